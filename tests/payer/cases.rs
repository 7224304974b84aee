//! The table of cases that Rust, Node and the browser share.
//!
//! `tests/cases/validators.json` says what each call gives; `tests/cases/answers.json` holds every
//! answer to the letter, as it is written here. Node and Chromium compare theirs with it.

use std::fs;
use std::path::Path;

use efecty_checkout::language::{Language, Localized};
use efecty_checkout::money::{AmountLimits, Pesos};
use efecty_checkout::payer::{
    self, Bearer, DocumentType, EmailRule, Field, NameRule, Outcome, PayerInput, PayerOutcome, PhoneRule,
    Requirements,
};
use efecty_checkout::wire::to_json;
use serde_json::{Value, json};

fn cases() -> Vec<Value> {
    serde_json::from_str(include_str!("../cases/validators.json")).unwrap()
}

/// What the call answers, as JSON text.
fn answer(call: &str, with: &[Value]) -> String {
    let argument = |i: usize| with.get(i).cloned().unwrap_or_default();
    let text = |i: usize| argument(i).as_str().unwrap_or_default().to_owned();
    let given = |i: usize| (!argument(i).is_null()).then(|| argument(i));
    let requirements =
        |i| given(i).map_or_else(Requirements::default, |given| Requirements::read(&given).unwrap());
    match call {
        "validateDocument" => {
            let input = PayerInput::read(&json!({ "document": argument(0) })).unwrap();
            let (kind, number) = (&input.document_type, &input.document_number);
            written(&Outcome(payer::validate_document(kind, number, &requirements(1))))
        }
        "validatePhone" => {
            let rule = given(1).map_or_else(PhoneRule::default, |given| PhoneRule::read(&given).unwrap());
            written(&Outcome(payer::validate_phone(&text(0), &rule)))
        }
        "validateName" => {
            let rule = given(1).map_or_else(NameRule::default, |given| NameRule::read(&given).unwrap());
            let bearer = if text(2) == "company" { Bearer::Company } else { Bearer::Person };
            written(&Outcome(payer::validate_name(&text(0), &rule, bearer)))
        }
        "validateEmail" => {
            let rule = given(1).map_or_else(EmailRule::default, |given| EmailRule::read(&given).unwrap());
            written(&Outcome(payer::validate_email(&text(0), &rule)))
        }
        "validateAmount" => {
            let limits =
                given(1).map_or_else(AmountLimits::default, |given| AmountLimits::read(&given).unwrap());
            written(&Outcome(payer::validate_amount(argument(0).as_f64().unwrap(), &limits)))
        }
        "validatePayer" => {
            let input = PayerInput::read(&argument(0)).unwrap();
            let requirements = requirements(1);
            let result = payer::validate_payer(&input, &requirements);
            written(&PayerOutcome { result, requirements: &requirements })
        }
        "transliterateName" => or_thrown(payer::transliterate_name(&text(0)), "invalid_character"),
        "suggestEmail" => written(&payer::suggest_email(&text(0))),
        "nitCheckDigit" => or_thrown(payer::nit_check_digit(&text(0)), "invalid_argument"),
        "formatPesos" => {
            let pesos = Pesos::from_number(argument(0).as_f64().unwrap()).ok();
            or_thrown(pesos.map(|pesos| pesos.to_string()), "not_whole_pesos")
        }
        "checkWhileTyping" => {
            let field = Field::from_path(&text(0)).unwrap();
            let input = PayerInput::read(&argument(1)).unwrap();
            written(&payer::check_while_typing(field, &input, &requirements(2)))
        }
        "formatWhileTyping" => {
            let field = Field::from_path(&text(0)).unwrap();
            let caret = argument(2).as_u64().unwrap() as usize;
            let kind = DocumentType::from_code(&text(3)).unwrap_or(DocumentType::Cc);
            let (text, caret) = payer::format_while_typing(field, kind, &text(1), caret);
            written(&Formatted { text, caret })
        }
        "fieldHints" => {
            let kind = DocumentType::from_code(&text(1)).unwrap_or(DocumentType::Cc);
            written(&payer::field_hints(Field::from_path(&text(0)).unwrap(), kind, &requirements(2)))
        }
        "documentTypes" => {
            let named: Vec<NamedType> = requirements(0).documents.into_iter().map(NamedType::from).collect();
            written(&named)
        }
        "gatewayRequirements" if with.is_empty() => written(&Requirements::default()),
        "gatewayRequirements" => written(&payer::gateway_requirements(&text(0))),
        unknown => panic!("no call {unknown}"),
    }
}

#[derive(serde::Serialize)]
struct Formatted {
    text: String,
    caret: usize,
}

#[derive(serde::Serialize)]
struct NamedType {
    #[serde(rename = "type")]
    document_type: DocumentType,
    label: Localized,
}

impl From<payer::DocumentRule> for NamedType {
    fn from(rule: payer::DocumentRule) -> NamedType {
        let own = |language| rule.document_type.label(language).to_owned();
        let label = Localized { es: own(Language::Es), en: Some(own(Language::En)) };
        NamedType { document_type: rule.document_type, label: rule.label.unwrap_or(label) }
    }
}

fn written(value: &impl serde::Serialize) -> String {
    to_json(value).unwrap()
}

fn or_thrown<T: serde::Serialize>(value: Option<T>, code: &str) -> String {
    value.map_or_else(|| json!({ "throws": code }).to_string(), |value| written(&value))
}

#[test]
fn every_case_gives_what_the_table_says() {
    let cases = cases();
    assert!(cases.len() > 400, "{} cases", cases.len());
    for case in cases {
        let call = case["call"].as_str().unwrap();
        let with = case["with"].as_array().unwrap();
        let answer: Value = serde_json::from_str(&answer(call, with)).unwrap();
        if let Err(found) = gives(&answer, &case["gives"]) {
            panic!("{case}\nanswered {found}");
        }
    }
}

/// Whether an answer is what the table says: an error by its code, else every member named there.
fn gives(answer: &Value, expected: &Value) -> Result<(), Value> {
    let holds = if let Some(code) = expected.get("error") {
        let error = answer.get("error").unwrap_or(answer);
        let named = |name: &str| expected.get(name).is_none_or(|value| error.get(name) == Some(value));
        error["code"] == *code && named("expected") && named("field") && !error["message"]["es"].is_null()
    } else if let Some(errors) = expected.get("errors") {
        answer["errors"]
            .as_array()
            .is_some_and(|told| json!(told.iter().map(line).collect::<Vec<_>>()) == *errors)
    } else if answer["ok"] == json!(true) && expected.get("value").is_none() && answer.get("payer").is_none()
    {
        contains(&answer["value"], expected)
    } else {
        contains(answer, expected)
    };
    if holds { Ok(()) } else { Err(answer.clone()) }
}

fn line(error: &Value) -> String {
    let words = ["field", "code", "expected"].map(|name| error[name].as_str().unwrap_or_default());
    words.join(" ").trim_end().to_owned()
}

fn contains(answer: &Value, expected: &Value) -> bool {
    match expected {
        Value::Object(members) => members.iter().all(|(name, value)| answer.get(name) == Some(value)),
        other => answer == other,
    }
}

/// Set `UPDATE` to write the file anew.
#[test]
fn the_answers_are_those_that_node_and_the_browser_compare_with() {
    let answers: Vec<String> = cases()
        .iter()
        .map(|case| answer(case["call"].as_str().unwrap(), case["with"].as_array().unwrap()))
        .collect();
    let text = format!("[\n{}\n]\n", answers.join(",\n"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/answers.json");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept, text, "run with UPDATE=1 and look at what changed");
}
