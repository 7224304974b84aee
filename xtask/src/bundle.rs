//! The JavaScript of the npm package: `pkg/src` and the wasm modules in, one file per entry point out.

use anyhow::Result;

use crate::node;
use crate::process::{capture, step};
use crate::repo;
use crate::stamp::Stamp;
use crate::wasm::MODULES;

/// What the bundle depends on, beside the wasm modules.
const INPUTS: [&str; 6] =
    ["pkg/src", "xtask/bundle.mjs", "package-lock.json", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// Bundles the entry points into `pkg/`, with their declarations.
pub fn build() -> Result<()> {
    let package = repo::package();
    let mut inputs: Vec<_> = INPUTS.iter().map(|path| repo::root().join(path)).collect();
    for module in MODULES {
        inputs.push(repo::glue(module.name)?);
    }
    let stamp = Stamp::new(package.join(".stamp"), &inputs)?;
    if stamp.is_current() {
        return Ok(());
    }
    step("bundling the npm package");
    capture(node::script("xtask/bundle.mjs").arg(repo::target()?.join("pkg-build")).arg(&package))?;
    stamp.write()
}
