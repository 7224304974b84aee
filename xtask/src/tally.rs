//! How many tests passed and failed, as their runners print it.

use std::process::ExitStatus;

/// The result of one group of tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed, were cancelled, or passed only when run again.
    pub failed: u32,
    /// What could not be run, and why.
    pub skipped: Vec<String>,
}

impl Tally {
    /// One check, passed or failed.
    pub fn one(passed: bool) -> Tally {
        Tally { passed: passed.into(), failed: (!passed).into(), skipped: Vec::new() }
    }

    /// Nothing run.
    pub fn skipped(reason: impl Into<String>) -> Tally {
        Tally { skipped: vec![reason.into()], ..Tally::default() }
    }

    /// Adds the counts of `other`.
    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped.extend(other.skipped);
    }

    /// Counts a runner that failed without a failed test: it did not compile, or crashed.
    pub fn ended(mut self, status: ExitStatus) -> Tally {
        if !status.success() && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    /// Reads a line of cargo's: `test result: ok. 12 passed; 0 failed; 1 ignored; …`.
    pub fn read_cargo(&mut self, line: &str) {
        let Some(counts) = line.strip_prefix("test result: ") else { return };
        self.passed += number_before(counts, " passed;").unwrap_or(0);
        self.failed += number_before(counts, " failed;").unwrap_or(0);
    }

    /// Reads a line of Node's `spec` reporter: `ℹ pass 12`.
    pub fn read_node(&mut self, line: &str) {
        let Some(count) = line.strip_prefix("ℹ ") else { return };
        let Some((what, number)) = count.split_once(' ') else { return };
        let Ok(number) = number.parse::<u32>() else { return };
        match what {
            "pass" => self.passed += number,
            "fail" | "cancelled" => self.failed += number,
            _ => {}
        }
    }

    /// Reads a line of Playwright's summary: `  12 passed (3.4s)`.
    pub fn read_playwright(&mut self, line: &str) {
        let Some((number, what)) = line.trim().split_once(' ') else { return };
        let Ok(number) = number.parse::<u32>() else { return };
        let what = what.split_once(" (").map_or(what, |(what, _)| what);
        match what {
            "passed" => self.passed += number,
            "failed" | "flaky" | "interrupted" | "did not run" => self.failed += number,
            _ => {}
        }
    }
}

fn number_before(text: &str, word: &str) -> Option<u32> {
    let before = &text[..text.find(word)?];
    before.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(read: fn(&mut Tally, &str), output: &str) -> (u32, u32) {
        let mut tally = Tally::default();
        output.lines().for_each(|line| read(&mut tally, line));
        (tally.passed, tally.failed)
    }

    #[test]
    fn reads_cargo_over_several_binaries() {
        let output = "running 2 tests\ntest a ... ok\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n\
            test result: FAILED. 10 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\n";
        assert_eq!(read(Tally::read_cargo, output), (12, 3));
    }

    #[test]
    fn reads_node() {
        let output = "✔ it works (1.2ms)\nℹ tests 6\nℹ suites 1\nℹ pass 3\nℹ fail 1\nℹ cancelled 2\nℹ skipped 0\n\
            ℹ duration_ms 54.1\n";
        assert_eq!(read(Tally::read_node, output), (3, 3));
    }

    #[test]
    fn reads_playwright() {
        let output = "  1 failed\n    [chromium] › a.spec.js:3:1 › title\n  1 flaky\n  2 skipped\n  3 did not run\n  \
            12 passed (3.4s)\n";
        assert_eq!(read(Tally::read_playwright, output), (12, 5));
    }
}
