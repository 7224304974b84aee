//! `cargo xtask bench NAME`: measurements, each printing its figures and how it got them.

use anyhow::{Result, bail};

/// A measurement.
struct Bench {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<()>,
}

const BENCHES: [Bench; 0] = [];

/// Runs the bench named by the first argument, or lists them.
pub fn run(arguments: &[String]) -> Result<()> {
    let Some(name) = arguments.first() else {
        list();
        return Ok(());
    };
    match BENCHES.iter().find(|bench| bench.name == name) {
        Some(bench) => (bench.run)(),
        None => {
            list();
            bail!("no bench {name:?}")
        }
    }
}

fn list() {
    if BENCHES.is_empty() {
        println!("there are no benches yet");
    }
    for bench in &BENCHES {
        println!("{:<16} {}", bench.name, bench.about);
    }
}
