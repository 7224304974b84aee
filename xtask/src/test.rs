//! `cargo xtask test`: what must hold before a change lands.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::process::{cargo, step, tee};
use crate::rust::WASM;
use crate::sandbox::{self, Sandbox};
use crate::tally::Tally;
use crate::{browser, engines, fuzz, node, package, repo, rust, size};

/// Tests that run together and are counted together.
struct Group {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<Tally>,
}

/// What runs always.
const GROUPS: [Group; 7] = [
    Group { name: "format", about: "rustfmt", run: format },
    Group { name: "lint", about: "clippy, natively and for wasm, every combination of features", run: lint },
    Group {
        name: "native",
        about: "the Rust tests, the examples in the documentation included",
        run: native,
    },
    Group {
        name: "node",
        about: "tests/node: the package's functions, under Node; the contract against its shop",
        run: in_node,
    },
    Group { name: "packaging", about: "tests/packaging: the package, packed and installed", run: packaging },
    Group { name: "size", about: "the weight of the package against size.json", run: weight },
    Group { name: "e2e", about: "tests/e2e: Chromium against the running sandbox", run: e2e },
];

/// What `--all` adds: Rust tests marked `#[ignore]`, Playwright tests with `@slow` in their title.
const SLOW_GROUPS: [Group; 5] = [
    Group {
        name: "native-slow",
        about: "ignored Rust tests, and 100 times the random cases",
        run: native_slow,
    },
    Group { name: "node-slow", about: "tests/slow: what takes Node minutes", run: node_slow },
    Group { name: "e2e-slow", about: "the tests in tests/e2e tagged @slow", run: e2e_slow },
    Group { name: "fuzz", about: "fuzz/: a minute for each target, where nightly can be had", run: fuzz },
    Group { name: "engines", about: "the journey in Firefox and WebKit", run: in_engines },
];

/// The packages in two parts: together with the rest, this one's dependencies would have other features
/// than where it was built to run, and be compiled once more.
const PACKAGES: [&[&str]; 2] = [&["--workspace", "--exclude", "xtask"], &["--package", "xtask"]];

const FEATURES: [&str; 3] = ["widget", "validators", "server"];

/// The groups, for the help text.
pub fn help() -> String {
    let line = |group: &Group| format!("    {:<12} {}\n", group.name, group.about);
    let always: String = GROUPS.iter().map(line).collect();
    let slow: String = SLOW_GROUPS.iter().map(line).collect();
    format!("  groups of tests:\n{always}  added by --all:\n{slow}")
}

/// Runs the groups named in `arguments`, or all; what follows `--` goes to their runners.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let mut parts = arguments.splitn(2, |argument| argument == "--");
    let names = parts.next().unwrap_or_default();
    let extra = parts.next().unwrap_or_default();

    let mut results = Vec::new();
    for group in chosen(names)? {
        step(&format!("testing: {}", group.name));
        let start = Instant::now();
        let tally = (group.run)(extra).unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Tally::one(false)
        });
        results.push((group.name, tally, start.elapsed()));
    }
    report(&results);
    let failed = results.iter().any(|(_, tally, _)| tally.failed > 0);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn chosen(names: &[String]) -> Result<Vec<&'static Group>> {
    let mut chosen: Vec<&Group> = Vec::new();
    for name in names {
        if name == "--all" {
            chosen.extend(GROUPS.iter().chain(&SLOW_GROUPS));
            continue;
        }
        let Some(group) = GROUPS.iter().chain(&SLOW_GROUPS).find(|group| group.name == name) else {
            bail!("no group of tests {name:?}; `cargo xtask help` lists them");
        };
        chosen.push(group);
    }
    if chosen.is_empty() {
        chosen.extend(&GROUPS);
    }
    Ok(chosen)
}

fn report(results: &[(&str, Tally, Duration)]) {
    println!();
    for (name, tally, duration) in results {
        let seconds = duration.as_secs_f32();
        println!("{name:<12} {:>5} passed {:>3} failed {seconds:>7.1} s", tally.passed, tally.failed);
        for skipped in &tally.skipped {
            println!("{:<12} skipped: {skipped}", "");
        }
    }
    let counts: Vec<String> = results.iter().map(|(name, tally, _)| summary(name, tally)).collect();
    let sum = |count: fn(&Tally) -> u32| results.iter().map(|(_, tally, _)| count(tally)).sum::<u32>();
    let (passed, failed) = (sum(|tally| tally.passed), sum(|tally| tally.failed));
    println!("\nran {}: {passed} passed, {failed} failed", counts.join(", "));
}

fn summary(name: &str, tally: &Tally) -> String {
    match tally.failed {
        0 => format!("{name} {}", tally.passed),
        failed => format!("{name} {} ({failed} failed)", tally.passed),
    }
}

fn format(_: &[String]) -> Result<Tally> {
    if !rust::ensure_component("rustfmt", "fmt") {
        return Ok(Tally::skipped("rustfmt is missing and could not be installed"));
    }
    check(&mut cargo(&["fmt", "--all", "--check"]))
}

/// Without clippy everything is still compiled.
fn lint(_: &[String]) -> Result<Tally> {
    rust::ensure_wasm_target()?;
    let mut tally = Tally::default();
    let clippy = rust::ensure_component("clippy", "clippy");
    if !clippy {
        tally.skipped.push("clippy is missing and could not be installed; everything is compiled".to_owned());
    }
    let warnings: &[&str] = if clippy { &["--", "--deny", "warnings"] } else { &[] };
    let command = if clippy { "clippy" } else { "check" };

    for packages in PACKAGES {
        tally.add(check(cargo(&[command, "--all-targets"]).args(packages).args(warnings))?);
    }
    for features in combinations(&FEATURES) {
        let crate_with = [command, "--package", "efecty-checkout", "--lib", "--features", &features];
        tally.add(check(cargo(&crate_with).args(warnings))?);
        tally.add(check(cargo(&crate_with).args(["--target", WASM]).args(warnings))?);
    }
    Ok(tally)
}

/// Every subset, as cargo takes it: separated by commas.
fn combinations(features: &[&str]) -> Vec<String> {
    let subset = |bits: usize| {
        let chosen: Vec<&str> = features
            .iter()
            .enumerate()
            .filter(|(i, _)| bits & (1 << i) != 0)
            .map(|(_, name)| *name)
            .collect();
        chosen.join(",")
    };
    (0..1 << features.len()).map(subset).collect()
}

fn native(extra: &[String]) -> Result<Tally> {
    let mut tally = Tally::default();
    for packages in PACKAGES {
        let mut tests = cargo(&["test", "--no-fail-fast"]);
        tally.add(counted(tests.args(packages).arg("--").args(extra), Tally::read_cargo)?);
    }
    Ok(tally)
}

fn native_slow(_: &[String]) -> Result<Tally> {
    let tests = ["test", "--workspace", "--release", "--tests", "--no-fail-fast", "--", "--include-ignored"];
    counted(cargo(&tests).env("PROPTEST_CASES", "25600"), Tally::read_cargo)
}

fn in_node(extra: &[String]) -> Result<Tally> {
    package::build()?;
    let mut tally = node_tests("tests/node", extra, &[])?;
    if !extra.is_empty() {
        return Ok(tally);
    }
    let mut shop = cargo(&["test", "--no-fail-fast", "--test", "contract", "--test", "confirmations"]);
    tally.add(counted(shop.args(PACKAGES[0]).env("EFECTY_SHOP", "node"), Tally::read_cargo)?);
    Ok(tally)
}

fn node_slow(extra: &[String]) -> Result<Tally> {
    package::build()?;
    node_tests("tests/slow", extra, &[("CHROME_PATH", browser::ensure()?)])
}

fn packaging(extra: &[String]) -> Result<Tally> {
    package::build()?;
    node_tests("tests/packaging", extra, &[("CHROME_PATH", browser::ensure()?)])
}

fn weight(_: &[String]) -> Result<Tally> {
    package::build()?;
    size::check()
}

fn e2e(extra: &[String]) -> Result<Tally> {
    playwright("chromium", &["--grep-invert", "@slow"], extra)
}

fn e2e_slow(extra: &[String]) -> Result<Tally> {
    playwright("chromium", &["--grep", "@slow", "--pass-with-no-tests"], extra)
}

fn fuzz(_: &[String]) -> Result<Tally> {
    fuzz::run_all()
}

fn in_engines(extra: &[String]) -> Result<Tally> {
    node::ensure_packages()?;
    let mut tally = Tally::default();
    let mut environment = engines::Environment::new();
    for engine in ["firefox", "webkit"] {
        if browser::ensure_engine(engine) {
            tally.add(playwright(engine, &["--grep-invert", "@slow"], extra)?);
            continue;
        }
        let found = if engine == "firefox" { engines::firefox()? } else { engines::webkit() };
        if found.is_empty() {
            tally.skipped.push(format!("{engine} could not be installed"));
        }
        environment.extend(found);
    }
    if !environment.is_empty() {
        package::build()?;
        let sandbox = Sandbox::start(&sandbox::build()?)?;
        environment.push(("BASE_URL", sandbox.url.clone().into()));
        let environment: Vec<_> = environment.into_iter().map(|(name, value)| (name, value.into())).collect();
        tally.add(node_tests("tests/engines", extra, &environment)?);
    }
    Ok(tally)
}

fn playwright(engine: &str, choice: &[&str], extra: &[String]) -> Result<Tally> {
    if !repo::root().join("tests/e2e").is_dir() {
        return Ok(Tally::skipped("no tests in tests/e2e"));
    }
    package::build()?;
    let browser = browser::ensure()?;
    let sandbox = Sandbox::start(&sandbox::build_with_tests()?)?;
    let mut tests = node::script("node_modules/@playwright/test/cli.js");
    tests.args(["test", "--project", engine]).args(choice).args(extra);
    tests.env("CHROME_PATH", browser).env("BASE_URL", &sandbox.url);
    counted(&mut tests, Tally::read_playwright)
}

/// Runs the files `*.test.js` and `*.test.mjs` below `directory`: which of Node's own patterns and
/// directories are understood differs from version to version.
fn node_tests(directory: &str, extra: &[String], environment: &[(&str, PathBuf)]) -> Result<Tally> {
    let mut files = Vec::new();
    find_tests(&repo::root().join(directory), &mut files)?;
    if files.is_empty() {
        return Ok(Tally::skipped(format!("no tests in {directory}")));
    }
    let mut tests = crate::process::command("node");
    tests.args(["--test", "--test-reporter=spec"]).args(extra).args(files);
    counted(tests.envs(environment.iter().cloned()), Tally::read_node)
}

fn find_tests(directory: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !directory.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && name != "node_modules" {
            find_tests(&path, files)?;
        } else if name.ends_with(".test.js") || name.ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(())
}

fn counted(tests: &mut Command, read: fn(&mut Tally, &str)) -> Result<Tally> {
    let mut tally = Tally::default();
    let ended = tee(tests, |line| read(&mut tally, line))?;
    Ok(tally.ended(ended))
}

fn check(command: &mut Command) -> Result<Tally> {
    Ok(Tally::one(tee(command, |_| {})?.success()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_combination_once() {
        let all = super::combinations(&["a", "b", "c"]);
        assert_eq!(all, ["", "a", "b", "a,b", "c", "a,c", "b,c", "a,b,c"]);
    }
}
