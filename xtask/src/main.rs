//! Everything that is more than plain cargo: `cargo xtask <command>`.

mod bench;
mod browser;
mod bundle;
mod demo;
mod engines;
mod fuzz;
mod node;
mod package;
mod process;
mod repo;
mod rust;
mod sandbox;
mod size;
mod stamp;
mod tally;
mod test;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask <command>

  demo [--port N] [--db PATH]          build everything and start the shop on http://127.0.0.1:8787/
  test [--all] [GROUP...] [-- ARGS]    set up and run the tests; ARGS go to the tests' runner
  build                                the three wasm modules and the npm package in pkg/
  size [--update]                      the weight of the package against its budget; lower the budget
  bench [NAME]                         run a measurement, or list them
  dist                                 build, then pack the npm package into target/dist/

";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let own = arguments.split(|argument| argument == "--").next().unwrap_or_default();
    let Some((command, _)) = own.split_first() else { return help() };
    if own.iter().any(|argument| argument == "--help" || argument == "-h") {
        return help();
    }
    let rest = &arguments[1..];
    match command.as_str() {
        "demo" => demo::run(rest)?,
        "test" => return test::run(rest),
        "build" => package::build()?,
        "size" => size::run(rest)?,
        "bench" => bench::run(rest)?,
        "dist" => package::dist()?,
        "help" => return help(),
        unknown => bail!("no command {unknown:?}; `cargo xtask help` lists them"),
    }
    Ok(ExitCode::SUCCESS)
}

fn help() -> Result<ExitCode> {
    print!("{HELP}{}", test::help());
    Ok(ExitCode::SUCCESS)
}
