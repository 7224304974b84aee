//! The page's own sentences, and their declaration for TypeScript.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]

use std::rc::Rc;

use efecty_checkout::language::Language;
use efecty_checkout::view::{Say, Strings};
use serde_json::json;

fn speak(strings: &serde_json::Value) {
    Rc::new(Strings::read(strings)).speak();
}

#[test]
fn the_declaration_names_every_sentence_and_quotes_it() {
    let declared = std::fs::read_to_string("pkg/src/strings.d.ts").unwrap();
    let members: Vec<&str> =
        declared.lines().skip_while(|line| !line.starts_with("export")).skip(1).collect();
    let expected: Vec<String> = Say::all()
        .flat_map(|(name, es, en)| [format!("  /** {es} / {en} */"), format!("  {name}?: string;")])
        .chain(["}".to_owned()])
        .collect();
    assert_eq!(members, expected);
}

#[test]
fn some_are_replaced_and_the_others_stay() {
    speak(&json!({ "iHavePaid": "Listo, pagué", "payTitle": "Cancela en {0}", "nothing": "x" }));
    assert_eq!(Say::IHavePaid.text(Language::Es), "Listo, pagué");
    assert_eq!(Say::IHavePaid.text(Language::En), "Listo, pagué");
    assert_eq!(Say::PayTitle.fill(Language::Es, &["Efecty"]), "Cancela en Efecty");
    assert_eq!(Say::Retry.text(Language::Es), "Intentar de nuevo");
    speak(&json!({}));
    assert_eq!(Say::IHavePaid.text(Language::Es), "Ya pagué");
}

#[test]
fn whatever_else_is_left_out() {
    for wrong in
        [json!(null), json!(7), json!(["x"]), json!({ "text": "x" }), json!(""), json!("x".repeat(1_001))]
    {
        speak(&json!({ "iHavePaid": wrong }));
        assert_eq!(Say::IHavePaid.text(Language::Es), "Ya pagué", "{wrong}");
    }
    for wrong in [json!(null), json!(7), json!("iHavePaid"), json!([])] {
        speak(&wrong);
        assert_eq!(Say::IHavePaid.text(Language::Es), "Ya pagué", "{wrong}");
    }
}

#[test]
fn a_gap_that_the_original_has_not_leaves_the_sentence_out() {
    for text in ["{", "a{", "{0", "{x}", "{ñ}", "{1}", "{10}", "{{0}}", "{ 0}", "{0}{", "{0} {9}"] {
        let strings = Strings::read(&json!({ "payTitle": text, "iHavePaid": "Listo" }));
        let complaint = strings.complaint().unwrap();
        assert!(complaint.contains("at payTitle of the property strings"), "{complaint}");
        Rc::new(strings).speak();
        assert_eq!(
            Say::PayTitle.fill(Language::En, &["Efecty"]),
            "Pay in cash at any Efecty outlet",
            "{text}"
        );
        assert_eq!(Say::IHavePaid.text(Language::En), "Listo");
    }
    for (text, filled) in [("{0} {0}", "Efecty Efecty"), ("}{0}", "}Efecty"), ("En efectivo", "En efectivo")]
    {
        let strings = Strings::read(&json!({ "payTitle": text }));
        assert_eq!(strings.complaint(), None);
        Rc::new(strings).speak();
        assert_eq!(Say::PayTitle.fill(Language::Es, &["Efecty"]), filled);
    }
    assert_eq!(Strings::read(&json!({ "payTitle": null, "nothing": 7 })).complaint(), None);
}

#[test]
fn both_languages_have_the_same_gaps() {
    let gaps = |text: &str| {
        let mut gaps: Vec<String> = text.split('{').skip(1).map(|rest| rest[..2].to_owned()).collect();
        gaps.sort();
        gaps.dedup();
        gaps
    };
    for (name, es, en) in Say::all() {
        assert_eq!(gaps(es), gaps(en), "{name}");
        assert!(gaps(es).iter().all(|gap| gap.ends_with('}')), "{name}");
    }
}
