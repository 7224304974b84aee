//! `cargo xtask size`: the weight of the npm package against its budget in `size.json`.

use anyhow::Result;

use crate::node;
use crate::process::{self, tee};
use crate::rust::{self, Std};
use crate::{package, tally::Tally};

/// Builds the package, prints the weight of each file and the distance of each entry to its budget.
pub fn run(arguments: &[String]) -> Result<()> {
    package::build()?;
    process::run(node::script("xtask/size.mjs").args(arguments))
}

/// Counts the entries within their budget; the package has been built.
pub fn check() -> Result<Tally> {
    if rust::std()? == Std::Prebuilt {
        return Ok(Tally::skipped(
            "the budget is for a standard library compiled from its sources (rust-src)",
        ));
    }
    let mut tally = Tally::default();
    let ended = tee(&mut node::script("xtask/size.mjs"), |line| {
        if line.ends_with("within budget") {
            tally.passed += 1;
        } else if line.ends_with("OVER BUDGET") {
            tally.failed += 1;
        }
    })?;
    Ok(tally.ended(ended))
}
