//! Everything that is more than plain cargo: `cargo xtask <command>`.

mod bundle;
mod node;
mod package;
mod process;
mod repo;
mod rust;
mod stamp;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask <command>

  build             the three wasm modules and the npm package in pkg/
  dist              build, then `npm pack` into target/dist/
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((command, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    if rest.iter().any(|argument| argument == "--help" || argument == "-h") {
        print!("{HELP}");
        return Ok(());
    }
    match command.as_str() {
        "build" => package::build(),
        "dist" => package::dist(),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        unknown => bail!("no command {unknown:?}; `cargo xtask help` lists them"),
    }
}
