//! `cargo xtask demo`: from a fresh clone to a running shop.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{package, repo, sandbox};

/// Where the demo listens and what it keeps.
struct Options {
    port: u16,
    database: PathBuf,
}

/// Builds everything and becomes the sandbox, which prints `ready URL` and what to open.
pub fn run(arguments: &[String]) -> Result<()> {
    let options = parse(arguments)?;
    package::build()?;
    let binary = sandbox::build()?;
    become_process(&mut sandbox::launch(&binary, options.port, &options.database))
}

fn parse(arguments: &[String]) -> Result<Options> {
    let mut options = Options { port: 8787, database: repo::root().join("sandbox.db") };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{argument} takes a value"));
        match argument.as_str() {
            "--port" => {
                let port = value?;
                let Ok(port) = port.parse() else { bail!("--port takes 0 to 65535, found {port:?}") };
                options.port = port;
            }
            "--db" => options.database = std::env::current_dir()?.join(value?),
            unknown => bail!("no option {unknown:?}; `cargo xtask help` lists them"),
        }
    }
    Ok(options)
}

/// One process is left, so that whatever ends this command ends the sandbox.
#[cfg(unix)]
fn become_process(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("cannot start the sandbox")
}

#[cfg(not(unix))]
fn become_process(command: &mut Command) -> Result<()> {
    crate::process::run(command)
}
