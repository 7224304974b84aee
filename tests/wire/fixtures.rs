//! The fixtures of `tests/fixtures/`, as `index.json` lists them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use efecty_checkout::voucher::Voucher;
use efecty_checkout::wire::{CreateVoucher, Order, Problem, WireError};
use serde::Serialize;
use serde_json::Value;

/// A document, and what is to be said about it.
#[derive(Debug)]
pub struct Fixture {
    pub kind: Kind,
    pub name: String,
    /// Empty where it is not UTF-8: whoever reads it sees no text at all.
    pub text: String,
    pub verdict: Verdict,
    /// What a schema cannot say.
    pub only_code_checks: bool,
    /// Whether the kind of text is what is judged: it may not even be JSON.
    pub is_text: bool,
}

/// Which document of the contract is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Voucher,
    Order,
    Create,
    Problem,
}

/// `Err` with the code and the path.
pub type Verdict = Result<(), (String, String)>;

pub static ALL: LazyLock<Vec<Fixture>> = LazyLock::new(|| {
    let index: Value = serde_json::from_str(&read("index.json")).unwrap();
    let sections = index.as_object().unwrap().iter();
    sections
        .flat_map(|(section, entries)| entries.as_array().unwrap().iter().map(|e| fixture(section, e)))
        .collect()
});

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Voucher, Kind::Order, Kind::Create, Kind::Problem];

    /// The document's name in the schema.
    pub fn schema(self) -> &'static str {
        match self {
            Kind::Voucher => "voucher",
            Kind::Order => "order",
            Kind::Create => "createVoucher",
            Kind::Problem => "problem",
        }
    }

    /// Reads `text`, and what is written of it, which must be the same; gives what was written.
    pub fn read(self, text: &str) -> Result<String, WireError> {
        match self {
            Kind::Voucher => read_back(text, Voucher::from_json),
            Kind::Order => read_back(text, Order::from_json),
            Kind::Create => read_back(text, CreateVoucher::from_json),
            Kind::Problem => read_back(text, Problem::from_json),
        }
    }
}

/// The verdict of [`Kind::read`] in the words of the index.
pub fn verdict(kind: Kind, text: &str) -> Verdict {
    kind.read(text).map(drop).map_err(|e| (e.expected.code().to_owned(), e.path))
}

/// Every file below the folders that the index is about.
pub fn files() -> BTreeSet<String> {
    let index: Value = serde_json::from_str(&read("index.json")).unwrap();
    index.as_object().unwrap().keys().flat_map(|section| walk(&root().join(section))).collect()
}

fn walk(folder: &Path) -> Vec<String> {
    let name = |path: &Path| path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![name(&path)] }).collect()
}

fn fixture(section: &str, entry: &Value) -> Fixture {
    let kind = match section {
        "vouchers" | "texts" => Kind::Voucher,
        "orders" => Kind::Order,
        "creates" => Kind::Create,
        "problems" => Kind::Problem,
        other => panic!("no such section: {other}"),
    };
    let expected = entry.get("nativeExpected").or(entry.get("expected"));
    assert_eq!(entry["valid"] == true, entry.get("expected").is_none(), "{entry}");
    Fixture {
        kind,
        name: entry.get("file").or(entry.get("name")).unwrap().as_str().unwrap().to_owned(),
        text: entry.get("file").map_or_else(|| make(entry), |file| read(file.as_str().unwrap())),
        verdict: match expected {
            Some(e) => Err((e["code"].as_str().unwrap().to_owned(), e["path"].as_str().unwrap().to_owned())),
            None => Ok(()),
        },
        only_code_checks: entry["onlyCodeChecks"] == true,
        is_text: section == "texts",
    }
}

/// A text that is too large to be kept as a file: repeated parts, alone or in the place of a word.
fn make(entry: &Value) -> String {
    let parts = entry["by"].as_array().unwrap().iter();
    let made: String =
        parts.map(|part| part[0].as_str().unwrap().repeat(part[1].as_u64().unwrap() as usize)).collect();
    match entry.get("in") {
        Some(file) => read(file.as_str().unwrap()).replacen(entry["replace"].as_str().unwrap(), &made, 1),
        None => made,
    }
}

fn read(name: &str) -> String {
    String::from_utf8(fs::read(root().join(name)).unwrap()).unwrap_or_default()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("fixtures")
}

fn read_back<T>(text: &str, read: fn(&str) -> Result<T, WireError>) -> Result<String, WireError>
where
    T: Serialize + PartialEq + std::fmt::Debug,
{
    let value = read(text)?;
    let written = serde_json::to_string(&value).unwrap();
    assert_eq!(read(&written).as_ref(), Ok(&value), "{written}");
    Ok(written)
}
