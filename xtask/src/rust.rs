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

/// Which standard library a wasm module is compiled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Std {
    /// The one that comes with the compiler, made for speed.
    Prebuilt,
    /// One compiled together with the module, made for size.
    Compiled,
}

/// The standard library to use: compiled from its sources, which are installed where they are missing,
/// or else the prebuilt one, which makes the modules larger but not different.
pub fn ensure_std_sources() -> Result<Std> {
    if std()? == Std::Prebuilt {
        step("adding the sources of the standard library");
        if capture(command("rustup").args(["component", "add", "rust-src"])).is_err() {
            step("without them the wasm modules are larger than those that are published");
        }
    }
    std()
}

/// The standard library to use with what is installed.
pub fn std() -> Result<Std> {
    let sysroot = capture(rustc().args(["--print", "sysroot"]))?;
    let sources = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock");
    Ok(if sources.is_file() { Std::Compiled } else { Std::Prebuilt })
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
