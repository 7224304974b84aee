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
fn no_gap_is_too_odd() {
    for (text, filled) in [
        ("{0} {0}", "Efecty Efecty"),
        ("{9}", ""),
        ("{x}", ""),
        ("{", "{"),
        ("a{", "a{"),
        ("{0", "{0"),
        ("{ñ}", "}"),
        ("}{0}{", "}Efecty{"),
    ] {
        speak(&json!({ "payTitle": text }));
        assert_eq!(Say::PayTitle.fill(Language::Es, &["Efecty"]), filled, "{text}");
        let _ = Say::PayTitle.around_gap(Language::Es);
    }
}
