//! Firefox and WebKitGTK, each with its WebDriver, where Playwright's own builds cannot be had.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;

use crate::browser;
use crate::process::{capture, cargo, command, run, step, succeeds};
use crate::repo;

/// The driver of Firefox, from crates.io.
const GECKODRIVER: &str = "0.37.1";

/// What the tests are told, name by name; empty where the engine is not to be had.
pub type Environment = Vec<(&'static str, OsString)>;

/// Finds Firefox and its driver, and installs what is missing.
pub fn firefox() -> Result<Environment> {
    // A script that only says how to install a snap does not start.
    let starts = |path: &PathBuf| succeeds(command(path).arg("--version"));
    let find_firefox = || find(&["firefox", "firefox-esr"]).filter(starts);
    if find_firefox().is_none() {
        browser::install_packages(&["firefox-esr"]);
    }
    let Some(firefox) = find_firefox() else { return Ok(Vec::new()) };
    let Some(driver) = geckodriver()? else { return Ok(Vec::new()) };
    Ok(vec![("FIREFOX", firefox.into()), ("GECKODRIVER", driver.into())])
}

/// Finds WebKitGTK's driver and its small browser, and installs what is missing.
pub fn webkit() -> Environment {
    let all = || Some((find(&["WebKitWebDriver"])?, mini_browser()?, find(&["xvfb-run"])?));
    if all().is_none() {
        browser::install_packages(&["webkit2gtk-driver", "xvfb", "xauth"]);
    }
    match all() {
        Some((driver, browser, _)) => {
            vec![("WEBKIT_DRIVER", driver.into()), ("MINIBROWSER", browser.into())]
        }
        None => Vec::new(),
    }
}

/// The one in the path, else one that is compiled once and kept in the target directory.
fn geckodriver() -> Result<Option<PathBuf>> {
    if let Some(driver) = find(&["geckodriver"]) {
        return Ok(Some(driver));
    }
    let tools = repo::target()?.join("tools");
    let driver = tools.join("bin").join("geckodriver");
    if !driver.is_file() {
        step("compiling geckodriver");
        let install = ["install", "geckodriver", "--version", GECKODRIVER, "--locked", "--debug", "--root"];
        if let Err(error) = run(cargo(&install).arg(&tools)) {
            step(&format!("{error}"));
        }
    }
    Ok(driver.is_file().then_some(driver))
}

fn mini_browser() -> Option<PathBuf> {
    let listed = capture(command("dpkg").args(["--listfiles", "libwebkit2gtk-4.1-0"])).ok()?;
    listed.lines().find(|line| line.ends_with("/MiniBrowser")).map(PathBuf::from)
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut in_path =
        std::env::split_paths(&path).flat_map(|directory| names.iter().map(move |name| directory.join(name)));
    in_path.find(|path| path.is_file())
}
