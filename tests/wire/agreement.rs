//! The schema accepts what the reader accepts, and nothing else.

use std::sync::LazyLock;

use serde_json::Value;

use super::fixtures::{ALL, Kind, verdict};
use super::schema;

#[test]
fn the_schema_judges_every_fixture_alike() {
    for fixture in ALL.iter().filter(|fixture| !fixture.is_text) {
        let Ok(document) = serde_json::from_str(&fixture.text) else { continue };
        let accepted = schema::accepts(fixture.kind.schema(), &document);
        let expected = fixture.verdict.is_ok() || fixture.only_code_checks;
        let objections = schema::objections(fixture.kind.schema(), &document);
        assert_eq!(accepted, expected, "{}: {objections:#?}", fixture.name);
    }
}

#[test]
fn what_is_written_fits_the_schema() {
    for fixture in ALL.iter() {
        let Ok(written) = fixture.kind.read(&fixture.text) else { continue };
        let document = serde_json::from_str(&written).unwrap();
        let objections = schema::objections(fixture.kind.schema(), &document);
        assert!(objections.is_empty(), "{}: {objections:#?}", fixture.name);
    }
}

/// Every value that stands in any fixture, in the place of every member of the fullest documents.
#[test]
#[ignore = "takes a minute; the random mutations cover a part of it each time"]
fn the_schema_judges_every_exchange_alike() {
    for fixture in ALL.iter().filter(|fixture| fixture.name.ends_with("/every-member.json")) {
        let document: Value = serde_json::from_str(&fixture.text).unwrap();
        for place in places(&document) {
            for value in VALUES.iter() {
                let mut changed = document.clone();
                *changed.pointer_mut(&place).unwrap() = value.clone();
                assert_agree(fixture.kind, &changed);
            }
        }
    }
}

/// Every member of every valid fixture, left out and null.
#[test]
fn the_schema_judges_every_omission_alike() {
    for (kind, document) in DOCUMENTS.iter() {
        for place in places(document) {
            let mut without = document.clone();
            let (parent, member) = place.rsplit_once('/').unwrap_or_default();
            if let Some(Value::Object(object)) = without.pointer_mut(parent) {
                object.remove(member);
                assert_agree(*kind, &without);
            }
            *without.pointer_mut(parent).unwrap() = Value::Null;
            assert_agree(*kind, &without);
        }
    }
}

/// That reader and schema agree, but for the rules that only code checks.
pub fn assert_agree(kind: Kind, document: &Value) {
    let text = document.to_string();
    let verdict = verdict(kind, &text);
    if !schema::accepts(kind.schema(), document) {
        assert!(
            verdict.is_err(),
            "only the schema refuses: {:#?}\n{text}",
            schema::objections(kind.schema(), document)
        );
    } else if let Err((code, path)) = verdict {
        let excused = only_code_checks(document, &code, &path);
        assert!(excused, "only the reader refuses: {code} at {path}\n{text}");
    }
}

/// The rules that the schema's comment says it cannot check.
fn only_code_checks(document: &Value, code: &str, path: &str) -> bool {
    let value = document.pointer(&pointer(path)).unwrap_or(&Value::Null);
    let parent = path.rsplit_once('.').map_or("", |(parent, _)| parent);
    let sibling = |name| document.pointer(&pointer(parent)).and_then(|parent| parent.get(name)?.as_f64());
    match (code, path.rsplit_once('.').unwrap_or_default().1) {
        ("opening", _) => value[0].as_str() >= value[1].as_str(),
        ("date-time", _) => value.as_str().is_some_and(is_at_an_end_of_the_calendar),
        // The default of `min` is 1, and a type's own bounds lie within 1 and 40.
        ("pesos", "max") => sibling("min").unwrap_or(1.0) > sibling("max").unwrap_or(0.0),
        ("whole-number", "maxLength") => {
            sibling("minLength").unwrap_or(40.0) > sibling("maxLength").unwrap_or(0.0)
        }
        _ => false,
    }
}

fn is_at_an_end_of_the_calendar(text: &str) -> bool {
    text.starts_with("0000-01-01") || text.starts_with("9999-12-31")
}

/// The JSON pointer of a path such as `networks[0].id`.
fn pointer(path: &str) -> String {
    let steps = path.split(['.', '[']).filter(|step| !step.is_empty());
    steps.map(|step| format!("/{}", step.trim_end_matches(']'))).collect()
}

/// Every valid fixture, parsed.
pub static DOCUMENTS: LazyLock<Vec<(Kind, Value)>> = LazyLock::new(|| {
    let valid = ALL.iter().filter(|fixture| fixture.verdict.is_ok() && !fixture.is_text);
    valid.filter_map(|fixture| Some((fixture.kind, serde_json::from_str(&fixture.text).ok()?))).collect()
});

/// Every value that stands in any fixture.
pub static VALUES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let mut values = Vec::new();
    for fixture in ALL.iter().filter(|fixture| !fixture.is_text) {
        let Ok(document) = serde_json::from_str::<Value>(&fixture.text) else { continue };
        for place in places(&document) {
            let value = document.pointer(&place).unwrap();
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
    }
    values
});

/// The JSON pointers of everything in `document`, itself first.
pub fn places(document: &Value) -> Vec<String> {
    let mut places = vec![String::new()];
    let children: Vec<(String, &Value)> = match document {
        Value::Object(object) => object.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(i, value)| (i.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        let name = name.replace('~', "~0").replace('/', "~1");
        places.extend(self::places(child).into_iter().map(|place| format!("/{name}{place}")));
    }
    places
}
