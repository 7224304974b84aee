//! The merchant backend to develop and test against.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::process::{cargo, command, run, step};
use crate::repo;

/// Builds the sandbox and returns the path of its binary.
pub fn build() -> Result<PathBuf> {
    compile(&["build", "--package", "efecty-sandbox"])
}

/// The same, compiled with the Rust tests, whose dependencies have other features: nothing is compiled
/// again where they have run.
pub fn build_with_tests() -> Result<PathBuf> {
    compile(&["test", "--no-run", "--workspace", "--exclude", "xtask"])
}

fn compile(arguments: &[&str]) -> Result<PathBuf> {
    step("compiling the sandbox");
    run(&mut cargo(arguments))?;
    let name = format!("efecty-sandbox{}", std::env::consts::EXE_SUFFIX);
    Ok(repo::target()?.join("debug").join(name))
}

/// The sandbox's command line; port 0 takes a free one.
pub fn launch(binary: &Path, port: u16, database: &Path) -> Command {
    let mut sandbox = command(binary);
    sandbox.arg("--port").arg(port.to_string()).arg("--db").arg(database);
    sandbox
}

/// A running sandbox, ended when dropped.
pub struct Sandbox {
    child: Child,
    /// Its address, `http://127.0.0.1:PORT/`.
    pub url: String,
}

impl Sandbox {
    /// Starts a sandbox on a free port with an empty database, and waits until it answers.
    pub fn start(binary: &Path) -> Result<Sandbox> {
        let database = empty_database()?;
        let mut launch = launch(binary, 0, &database);
        let mut child = launch.stdout(Stdio::piped()).spawn().context("cannot start the sandbox")?;
        let stdout = child.stdout.take().context("the sandbox has no output")?;
        let mut sandbox = Sandbox { child, url: String::new() };
        let mut lines = BufReader::new(stdout).lines();
        for line in &mut lines {
            if let Some(url) = line?.strip_prefix("ready ") {
                sandbox.url = url.trim().to_owned();
                break;
            }
        }
        if sandbox.url.is_empty() {
            bail!("the sandbox ended before it was ready");
        }
        thread::spawn(move || lines.for_each(drop));
        Ok(sandbox)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn empty_database() -> Result<PathBuf> {
    let directory = repo::target()?.join("test");
    std::fs::create_dir_all(&directory)?;
    for file in ["sandbox.db", "sandbox.db-shm", "sandbox.db-wal"] {
        match std::fs::remove_file(directory.join(file)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove target/test/{file}"));
            }
            _ => {}
        }
    }
    Ok(directory.join("sandbox.db"))
}
