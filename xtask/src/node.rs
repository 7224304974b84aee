//! Node and the npm packages that the build and the tests use.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{capture, command, step};
use crate::repo;
use crate::stamp::Stamp;

/// The oldest Node that the build tools run on and that can `require` an ES module.
const OLDEST: (u32, u32) = (20, 19);

/// Node, to run `script` (a path from the root of the repository).
pub fn script(script: &str) -> Command {
    let mut node = command("node");
    node.arg(repo::root().join(script));
    node
}

/// npm, which on Windows is a script that only its full name starts.
pub fn npm(arguments: &[&str]) -> Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(arguments);
    npm
}

/// Checks that Node is there and new enough, and installs the npm packages where they are missing or
/// out of step with the lock file.
pub fn ensure_packages() -> Result<()> {
    ensure_node()?;
    let lock = repo::root().join("package-lock.json");
    let stamp = Stamp::new(stamp_path(), &[lock, repo::root().join("package.json")])?;
    if stamp.is_current() {
        return Ok(());
    }
    step("installing the npm packages");
    capture(&mut npm(&["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))
        .context("the npm packages could not be installed")?;
    stamp.write()
}

/// Lies within what it vouches for, so that removing `node_modules` removes it too.
fn stamp_path() -> PathBuf {
    repo::root().join("node_modules").join(".xtask-stamp")
}

fn ensure_node() -> Result<()> {
    let advice = format!("install Node {}.{} or newer, see https://nodejs.org", OLDEST.0, OLDEST.1);
    let Ok(output) = command("node").arg("--version").output() else {
        bail!("Node is missing: {advice}");
    };
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if parse_version(&version).is_none_or(|found| found < OLDEST) {
        bail!("Node {version} is too old: {advice}");
    }
    Ok(())
}

/// Major and minor of `v20.19.0`.
fn parse_version(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix('v')?.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}
