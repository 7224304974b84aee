//! `cargo xtask bench NAME`: measurements, each printing its figures and how it got them.

use anyhow::{Context, Result, bail};

use crate::{browser, node, package, process, rust, wasm};

/// A measurement.
struct Bench {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<()>,
}

const BENCHES: [Bench; 5] = [
    Bench {
        name: "functions",
        about: "what the code of a wasm module consists of: checkout, or the module named after it",
        run: functions,
    },
    Bench {
        name: "polling",
        about: "how often policies ask for a voucher's state, and how late they tell; --vouchers N, --ours",
        run: polling,
    },
    Bench {
        name: "gateways",
        about: "callbacks verified per second: natively, in wasm, and by Node's own crypto",
        run: gateways,
    },
    Bench {
        name: "symbols",
        about: "the time to draw a QR code or barcode beside other packages, in Node and Chromium",
        run: |_| beside("symbols"),
    },
    Bench {
        name: "validators",
        about: "the time of a validator's call beside other packages, in Node and Chromium",
        run: |_| beside("validators"),
    },
];

/// Runs the bench named by the first argument, or lists them.
pub fn run(arguments: &[String]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        list();
        return Ok(());
    };
    match BENCHES.iter().find(|bench| bench.name == name) {
        Some(bench) => (bench.run)(rest),
        None => {
            list();
            bail!("no bench {name:?}")
        }
    }
}

fn list() {
    for bench in &BENCHES {
        println!("{:<16} {}", bench.name, bench.about);
    }
}

fn functions(arguments: &[String]) -> Result<()> {
    let name = arguments.first().map_or("checkout", String::as_str);
    let module = wasm::MODULES.iter().find(|module| module.name == name);
    let module = module.with_context(|| format!("no wasm module {name:?}"))?;
    node::ensure_packages()?;
    rust::ensure_wasm_target()?;
    let named = wasm::build_named(module, rust::ensure_std_sources()?)?;
    process::run(node::script("xtask/functions.mjs").arg(named))
}

fn polling(arguments: &[String]) -> Result<()> {
    let simulation = ["run", "--quiet", "--release", "--package", "polling", "--"];
    process::run(process::cargo(&simulation).args(arguments))
}

fn gateways(_: &[String]) -> Result<()> {
    package::build()?;
    let native = ["bench", "--package", "efecty-checkout", "--features", "server", "--bench", "gateways"];
    let figures = process::capture(&mut process::cargo(&native))?;
    let mut bench = process::command("node");
    process::run(bench.arg("benches/gateways/run.mjs").arg(figures.trim()))
}

/// Runs `benches/NAME` in Node and in a browser.
fn beside(name: &str) -> Result<()> {
    package::build()?;
    let mut bench = process::command("node");
    process::run(bench.args(["benches/beside.mjs", name]).env("CHROME_PATH", browser::ensure()?))
}
