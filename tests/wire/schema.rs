//! Checks a document against `pkg/voucher.schema.json`, with a validator that is not ours.
//!
//! Stands alone, so that the tests of other crates can include it by its path.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

/// What documents are checked against: whole documents, and what stands for days in them.
const DEFINITIONS: [&str; 6] = ["voucher", "order", "createVoucher", "problem", "date", "instant"];

static VALIDATORS: LazyLock<Vec<(&str, Validator)>> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(include_str!("../../pkg/voucher.schema.json")).unwrap();
    DEFINITIONS.map(|name| (name, validator(&schema, name))).into()
});

fn validator(schema: &Value, name: &str) -> Validator {
    let mut schema = schema.clone();
    schema["$ref"] = json!(format!("#/$defs/{name}"));
    jsonschema::draft202012::new(&schema).unwrap()
}

/// Whether `document` is what the schema calls a `voucher`, an `order`, a `createVoucher`, a `problem`.
pub fn accepts(name: &str, document: &Value) -> bool {
    find(name).is_valid(document)
}

/// What the schema has against `document`, one sentence for each place.
pub fn objections(name: &str, document: &Value) -> Vec<String> {
    find(name).iter_errors(document).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

fn find(name: &str) -> &'static Validator {
    &VALIDATORS.iter().find(|(known, _)| *known == name).expect("a definition of the schema").1
}
