//! Where things are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The root of the repository.
pub fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest)
}

/// The npm package.
pub fn package() -> PathBuf {
    root().join("pkg")
}

/// Cargo's target directory: this binary lies in its `debug`, wherever the user's settings put it.
pub fn target() -> Result<PathBuf> {
    let binary = std::env::current_exe().context("the path of this program is unknown")?;
    let target = binary.ancestors().nth(2).context("this program is not in a target directory")?;
    Ok(target.to_path_buf())
}

/// Where the wasm module `name` and its generated JavaScript are.
pub fn glue(name: &str) -> Result<PathBuf> {
    Ok(target()?.join("pkg-build").join(name))
}
