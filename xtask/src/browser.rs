//! The Chromium that the tests drive.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::node;
use crate::process::{capture, command, run, step, succeeds};

/// Where installers put it without a name in the path.
const USUAL_PLACES: [&str; 6] = [
    "/usr/bin/chromium",
    "/usr/bin/google-chrome",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Finds a Chromium or Chrome: `CHROME_PATH`, else an installed one, else Debian's package, else
/// Playwright's download.
pub fn ensure() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROME_PATH").filter(|path| !path.is_empty()) {
        let path = PathBuf::from(path);
        if !starts(&path) {
            bail!("CHROME_PATH names {}, which is not a Chromium that starts", path.display());
        }
        return Ok(path);
    }
    if let Some(path) = installed().or_else(downloaded) {
        return Ok(path);
    }
    install_packages(&["chromium", "fonts-dejavu-core"]);
    if let Some(path) = installed() {
        return Ok(path);
    }
    download();
    match downloaded() {
        Some(path) => Ok(path),
        None => bail!("no browser to test with: install Chromium or Chrome, or set CHROME_PATH to one"),
    }
}

/// Whether Playwright has its own build of `engine` (`firefox`, `webkit`), after an attempt to install it.
pub fn ensure_engine(engine: &str) -> bool {
    step(&format!("installing {engine} with Playwright"));
    succeeds(&mut playwright_install(engine))
}

fn installed() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path)
        .flat_map(|directory| NAMES.map(|name| directory.join(name)))
        .collect::<Vec<_>>();
    in_path.into_iter().chain(USUAL_PLACES.map(PathBuf::from)).find(|path| path.is_file() && starts(path))
}

/// The one that Playwright downloaded at some time.
fn downloaded() -> Option<PathBuf> {
    let print = "process.stdout.write(require('playwright-core').chromium.executablePath())";
    let path = PathBuf::from(capture(command("node").args(["--eval", print])).ok()?);
    (path.is_file() && starts(&path)).then_some(path)
}

/// Ubuntu's `chromium-browser` is a script that only says how to install a snap: a name proves nothing.
fn starts(path: &Path) -> bool {
    if cfg!(windows) {
        return path.is_file();
    }
    capture(command(path).arg("--version")).is_ok_and(|version| version.contains("Chrom"))
}

/// Installs Debian's packages, where this is Debian or Ubuntu and root may.
pub fn install_packages(names: &[&str]) {
    if !is_root() || !succeeds(command("apt-get").arg("--version")) {
        return;
    }
    step(&format!("installing {} with apt-get", names.join(", ")));
    let apt = |arguments: &[&str]| {
        capture(command("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    let install = [&["install", "--yes", "--no-install-recommends"], names].concat();
    if let Err(error) = apt(&["update"]).and_then(|_| apt(&install)) {
        step(&format!("{error}"));
    }
}

fn download() {
    step("downloading Chromium with Playwright");
    if let Err(error) = run(&mut playwright_install("chromium")) {
        step(&format!("{error}"));
    }
}

fn playwright_install(engine: &str) -> Command {
    let mut install = node::script("node_modules/@playwright/test/cli.js");
    install.args(["install", engine]);
    if is_root() {
        install.arg("--with-deps");
    }
    install
}

fn is_root() -> bool {
    cfg!(unix) && capture(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
