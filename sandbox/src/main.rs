//! `efecty-sandbox`: starts the sandbox and says where it is.

use std::io::Write;
use std::process::ExitCode;

use efecty_sandbox::{Config, Sandbox, USAGE};

#[tokio::main]
async fn main() -> ExitCode {
    let config = match Config::from_args(std::env::args().skip(1)) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("{error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let sandbox = match Sandbox::start(config).await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let url = sandbox.url();
    let opening = format!(
        "ready {url}/\n  storefront  {url}/\n  outlet      {url}/outlet/\n  console     {url}/console/\n"
    );
    // Whoever started this may have closed its end of the pipe; the shop is open all the same.
    let _ = std::io::stdout().write_all(opening.as_bytes());
    sandbox.run().await;
    ExitCode::SUCCESS
}
