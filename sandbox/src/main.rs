//! `efecty-sandbox`: starts the sandbox and says where it is.

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
    println!("ready {url}/");
    println!("  storefront  {url}/");
    println!("  outlet      {url}/outlet/");
    println!("  console     {url}/console/");
    sandbox.run().await;
    ExitCode::SUCCESS
}
