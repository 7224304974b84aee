//! Whatever the input: nothing panics, the schema agrees, and what was accepted is accepted again
//! and equal.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

use efecty_checkout::voucher::{Agreement, Reference};

use super::agreement::{DOCUMENTS, VALUES, assert_agree, places};
use super::fixtures::{ALL, Kind, verdict};

/// Characters that have broken readers before, and some that have not.
const CHARACTERS: &[char] = &[
    '0', '9', 'a', 'Z', '-', '.', ':', '/', '@', '[', ']', '?', '#', '%', '+', 'T', ' ', '\n', '\t', '\0',
    '\u{7f}', '\u{85}', '\u{a0}', '\u{ad}', 'ñ', '\u{301}', '\u{200b}', '\u{200d}', '\u{202e}', '\u{2028}',
    '\u{2066}', '\u{3000}', '\u{feff}', '\u{fffd}', '０', '٣', '𝟘', '🍎', '\\', '"', '|', '~', '_',
];

/// A change to a document.
#[derive(Clone, Debug)]
enum Mutation {
    /// A value of another fixture in this place.
    Exchange(Index, Index),
    /// This place without the member, or one item fewer.
    Remove(Index, Index),
    /// A character more, or another one, in a text.
    Edit(Index, Index, char, bool),
    /// A number nearby.
    Shift(Index, i64),
}

proptest! {
    #[test]
    fn a_mutated_document_is_judged_alike(
        (kind, document) in select(DOCUMENTS.as_slice()),
        mutations in prop::collection::vec(mutation(), 1..5),
    ) {
        let mut document = document;
        for mutation in &mutations {
            mutation.apply(&mut document);
        }
        assert_agree(kind, &document);
    }

    #[test]
    fn a_damaged_text_does_not_panic(
        fixture in any::<Index>(),
        damages in prop::collection::vec((any::<Index>(), any::<Option<u8>>(), any::<bool>()), 1..8),
    ) {
        let fixture = fixture.get(ALL.as_slice());
        let mut bytes = fixture.text.clone().into_bytes();
        bytes.truncate(4096);
        for (at, byte, insert) in damages {
            let at = at.index(bytes.len() + 1);
            bytes.splice(at..(at + usize::from(!insert)).min(bytes.len()), byte);
        }
        let _ = verdict(fixture.kind, &String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn escapes_are_read_as_javascript_reads_them(units in prop::collection::vec(0xd7ff_u16..0xe001, 0..6)) {
        let escapes: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
        let document = format!(r#"{{ "title": "{escapes}" }}"#);
        let problem = efecty_checkout::wire::Problem::from_json(&document).unwrap();
        prop_assert_eq!(problem.title, Some(String::from_utf16_lossy(&units)));
    }

    #[test]
    fn any_text_is_judged(text in any::<String>()) {
        for kind in Kind::ALL {
            let _ = verdict(kind, &text);
        }
    }

    #[test]
    fn groups_joined_are_the_value(
        value in "[0-9A-Za-z-]{1,48}",
        grouping in prop::collection::vec(1u8..12, 0..8),
    ) {
        let agreement = Agreement { label: None, code: value.clone() };
        prop_assert_eq!(agreement.groups().concat(), value.as_str());
        let reference = Reference { label: None, value: value.clone(), grouping };
        let groups = reference.groups();
        prop_assert_eq!(groups.concat(), value.as_str());
        prop_assert!(groups.iter().all(|group| !group.is_empty()), "{:?}", groups);
    }

    #[test]
    fn a_grouping_that_adds_up_is_used(sizes in prop::collection::vec(1u8..8, 1..7)) {
        let value = "7".repeat(sizes.iter().map(|n| usize::from(*n)).sum());
        let reference = Reference { label: None, value, grouping: sizes.clone() };
        let lengths: Vec<_> = reference.groups().iter().map(|group| group.len() as u8).collect();
        prop_assert_eq!(lengths, sizes);
    }
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        4 => any::<(Index, Index)>().prop_map(|(place, value)| Mutation::Exchange(place, value)),
        2 => any::<(Index, Index)>().prop_map(|(place, member)| Mutation::Remove(place, member)),
        4 => (any::<Index>(), any::<Index>(), select(CHARACTERS), any::<bool>())
            .prop_map(|(place, at, c, insert)| Mutation::Edit(place, at, c, insert)),
        1 => (any::<Index>(), -100_i64..100).prop_map(|(place, by)| Mutation::Shift(place, by)),
    ]
}

impl Mutation {
    fn apply(&self, document: &mut Value) {
        match self {
            Mutation::Exchange(place, value) => {
                if let Some(value_there) = pick(document, place, |_| true) {
                    *value_there = value.get(VALUES.as_slice()).clone();
                }
            }
            Mutation::Remove(place, member) => match pick(document, place, |v| v.is_object() || v.is_array())
            {
                Some(Value::Object(object)) if !object.is_empty() => {
                    let name = object.keys().nth(member.index(object.len())).unwrap().clone();
                    object.remove(&name);
                }
                Some(Value::Array(items)) if !items.is_empty() => {
                    items.remove(member.index(items.len()));
                }
                _ => {}
            },
            Mutation::Edit(place, at, c, insert) => {
                if let Some(Value::String(text)) = pick(document, place, Value::is_string) {
                    let mut characters: Vec<char> = text.chars().collect();
                    let at = at.index(characters.len() + 1);
                    characters.splice(at..(at + usize::from(!insert)).min(characters.len()), [*c]);
                    *text = characters.into_iter().collect();
                }
            }
            Mutation::Shift(place, by) => {
                if let Some(number) = pick(document, place, Value::is_u64) {
                    *number = Value::from(number.as_i64().unwrap_or(i64::MAX).saturating_add(*by));
                }
            }
        }
    }
}

/// One of the places of `document` whose value is `wanted`.
fn pick<'a>(document: &'a mut Value, place: &Index, wanted: fn(&Value) -> bool) -> Option<&'a mut Value> {
    let fits = |place: &String| document.pointer(place).is_some_and(wanted);
    let places: Vec<_> = places(document).into_iter().filter(fits).collect();
    if places.is_empty() { None } else { document.pointer_mut(&places[place.index(places.len())]) }
}
