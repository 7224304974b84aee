//! The Rust toolchain.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{capture, command, run, step, succeeds};

/// The target of the wasm modules.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The compiler and its version, in its own words.
pub fn version() -> Result<String> {
    capture(rustc().arg("-vV"))
}

/// Installs the standard library for wasm where it is missing.
pub fn ensure_wasm_target() -> Result<()> {
    if has_wasm_target()? {
        return Ok(());
    }
    if !succeeds(command("rustup").arg("--version")) {
        bail!("no {WASM} target and no rustup to add it: install rustup, see https://rustup.rs");
    }
    step("adding the wasm target");
    run(command("rustup").args(["target", "add", WASM]))
        .with_context(|| format!("the {WASM} target is missing and rustup could not add it"))
}

/// Installs the standard library's sources where they are missing.
pub fn ensure_std_sources() -> Result<()> {
    let sysroot = capture(rustc().args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
        return Ok(());
    }
    step("adding the sources of the standard library");
    run(command("rustup").args(["component", "add", "rust-src"]))
        .context("the standard library's sources (rust-src) are missing and rustup could not add them")
}

/// Whether the component (`clippy`, `rustfmt`) is there, after an attempt to install it.
pub fn ensure_component(component: &str, subcommand: &str) -> bool {
    let works =
        || succeeds(crate::process::cargo(&[subcommand, "--version"]).env("RUSTUP_AUTO_INSTALL", "0"));
    if works() {
        return true;
    }
    step(&format!("adding {component}"));
    succeeds(command("rustup").args(["component", "add", component])) && works()
}

fn has_wasm_target() -> Result<bool> {
    let directory = capture(rustc().args(["--print", "target-libdir", "--target", WASM]))?;
    Ok(Path::new(directory.trim()).is_dir())
}

fn rustc() -> Command {
    command(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}
