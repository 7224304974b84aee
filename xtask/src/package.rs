//! The npm package.

use std::fs;

use anyhow::Result;

use crate::process::{capture, step};
use crate::{bundle, node, repo, rust, wasm};

/// Builds the wasm modules and the npm package in `pkg/`, and what is missing to do so.
pub fn build() -> Result<()> {
    node::ensure_packages()?;
    rust::ensure_wasm_target()?;
    let std = rust::ensure_std_sources()?;
    for module in wasm::MODULES {
        wasm::build(&module, std)?;
    }
    bundle::build()
}

/// Builds the package and packs it into `target/dist/`.
pub fn dist() -> Result<()> {
    build()?;
    let directory = repo::target()?.join("dist");
    fs::create_dir_all(&directory)?;
    step("packing the npm package");
    let mut pack = node::npm(&["pack", "--silent", "--pack-destination"]);
    let file = capture(pack.arg(&directory).current_dir(repo::package()))?;
    println!("{}", directory.join(file.trim()).display());
    Ok(())
}
