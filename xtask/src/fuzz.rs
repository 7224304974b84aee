//! The fuzz targets in `fuzz/`.

use anyhow::Result;

use crate::process::{capture, command, run, step, succeeds, tee};
use crate::tally::Tally;

/// How long each target runs.
const SECONDS: u32 = 60;

/// Runs every target and counts those that found nothing; skipped where nightly or cargo-fuzz is
/// missing and cannot be installed.
pub fn run_all() -> Result<Tally> {
    if let Err(missing) = ensure_tools() {
        return Ok(Tally::skipped(missing.to_string()));
    }
    let mut tally = Tally::default();
    for target in targets()? {
        step(&format!("fuzzing {target}"));
        let limit = format!("-max_total_time={SECONDS}");
        let ended = tee(command("cargo").args(["+nightly", "fuzz", "run", &target, "--", &limit]), |_| {})?;
        tally.add(Tally::one(ended.success()));
    }
    Ok(tally)
}

fn ensure_tools() -> Result<()> {
    if !succeeds(command("cargo").args(["+nightly", "--version"]).env("RUSTUP_AUTO_INSTALL", "0")) {
        step("adding the nightly toolchain");
        run(command("rustup").args(["toolchain", "install", "nightly", "--profile", "minimal"]))?;
    }
    if !succeeds(command("cargo").args(["fuzz", "--version"])) {
        step("installing cargo-fuzz");
        run(command("cargo").args(["install", "cargo-fuzz", "--locked"]))?;
    }
    Ok(())
}

/// The targets, in the order of their names.
fn targets() -> Result<Vec<String>> {
    let listed = capture(command("cargo").args(["+nightly", "fuzz", "list"]))?;
    Ok(listed.lines().map(str::to_owned).collect())
}
