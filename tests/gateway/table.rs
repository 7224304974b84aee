//! The table in docs/gateways.md is what the code says; `UPDATE_DOCS=1` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use efecty_checkout::gateway::{Covers, Gateway};

const OFFERS: &str = "<!-- table: written by tests/gateway/table.rs -->\n";
const ALTERABLE: &str = "<!-- table: written by tests/gateway/forgery.rs -->\n";
const VECTORS: &str = "<!-- table: written by tests/gateway/vectors.rs -->\n";
const END: &str = "<!-- end of the table -->";

fn table() -> String {
    let mut text = String::from(
        "| gateway | name in code | calls for a voucher | status query | callback signed by | covers | does not cover \
         | time window | query owed | pickup | reads besides JSON |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let all = [Covers::Payment, Covers::Invoice, Covers::Amount, Covers::Currency, Covers::Status];
    for gateway in Gateway::ALL {
        let row = gateway.capabilities();
        let named = |covered: bool| {
            let names =
                all.iter().filter(|part| row.covers.contains(part) == covered).map(|part| part.name());
            names.collect::<Vec<_>>().join(", ")
        };
        let yes = |is: bool| if is { "yes" } else { "no" };
        text += &format!(
            "| {} | `{gateway}` | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
            row.title,
            row.steps,
            if row.query.is_empty() { "none on record" } else { row.query },
            row.signature,
            if row.covers.is_empty() { "nothing".to_owned() } else { named(true) },
            named(false),
            yes(row.timed),
            yes(row.requery),
            yes(row.pickup),
            row.formats,
        );
    }
    text
}

/// The table of what a forged callback can alter.
pub fn assert_alterable(found: &BTreeMap<&str, BTreeSet<&str>>) {
    let mut text = String::from(
        "| gateway | altered without being noticed | a recorded callback sent again |\n|---|---|---|\n",
    );
    for gateway in Gateway::ALL {
        let altered: Vec<&str> = found[gateway.name()].iter().copied().collect();
        let altered = if altered.is_empty() { "nothing".to_owned() } else { altered.join(", ") };
        let row = gateway.capabilities();
        let again = if row.timed { "refused after the window" } else { "authentic for ever" };
        text += &format!("| {} | {altered} | {again} |\n", row.title);
    }
    assert_documented(ALTERABLE, &text);
}

/// The list of published signatures.
pub fn assert_vectors(text: &str) {
    assert_documented(VECTORS, text);
}

/// The part of the document that begins with this mark.
fn assert_documented(mark: &str, table: &str) {
    /// Two tests write two parts of one file.
    static FILE: Mutex<()> = Mutex::new(());
    let _alone = FILE.lock().unwrap_or_else(PoisonError::into_inner);
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/gateways.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(mark).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let current = format!("{before}{mark}{table}{END}{after}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &current).unwrap();
        return;
    }
    let command = "UPDATE_DOCS=1 cargo test --features server --test gateway";
    assert!(document == current, "{command} writes this into docs/gateways.md:\n{table}");
}

#[test]
fn the_documented_table_is_what_the_code_says() {
    assert_documented(OFFERS, &table());
}

#[test]
fn every_gateway_has_a_name_of_its_own() {
    let names: BTreeSet<&str> = Gateway::ALL.iter().map(|gateway| gateway.name()).collect();
    assert_eq!(names.len(), Gateway::ALL.len());
    for gateway in Gateway::ALL {
        assert_eq!(Gateway::from_name(gateway.name()), Some(*gateway));
        // Where the amount or the state is not signed, a query is owed.
        let row = gateway.capabilities();
        let signed = row.covers.contains(&Covers::Amount) && row.covers.contains(&Covers::Status);
        assert_eq!(row.requery, !signed, "{gateway}");
    }
    assert_eq!(Gateway::from_name("wompi"), None);
}

/// The lines below a directory that name a gateway, outside its own file.
fn lines_about(gateway: Gateway, directory: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut directories = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(directory)];
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.file_stem().unwrap() != gateway.name() {
                let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                let about = |line: &&str| line.to_lowercase().contains(gateway.name());
                lines.extend(text.lines().filter(about).map(|line| format!("{}: {line}", path.display())));
            }
        }
    }
    lines
}

#[test]
fn a_gateway_is_one_file_and_one_line() {
    let last = *Gateway::ALL.last().unwrap();
    let lines = [lines_about(last, "src"), lines_about(last, "pkg/src")].concat();
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(lines[0].contains("src/gateway/mod.rs: "), "{lines:?}");
}
