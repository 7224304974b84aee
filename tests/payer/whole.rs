//! The payer as a whole: every error at once, and the JSON shapes.

use efecty_checkout::language::Language;
use efecty_checkout::payer::{ErrorCode, Field, PayerInput, Requirements, validate_payer};
use serde_json::json;

fn input() -> PayerInput {
    PayerInput {
        document_type: "CC".into(),
        document_number: "1.020.304.050".into(),
        name: "  María  Ñáñez O’Brien ".into(),
        email: "maria@Correo.com.co".into(),
        phone: "+57 (300) 123-4567".into(),
    }
}

#[test]
fn payer_is_written_in_canonical_form() {
    let payer = validate_payer(&input(), &Requirements::default()).expect("a valid payer");
    let expected = json!({
        "document": { "type": "CC", "number": "1020304050" },
        "name": "María Ñáñez O’Brien",
        "email": "maria@correo.com.co",
        "phone": "+573001234567",
    });
    assert_eq!(serde_json::to_value(payer).unwrap(), expected);
}

#[test]
fn payer_with_a_nit_carries_its_check_digit_and_may_be_a_company() {
    let input = PayerInput {
        document_type: "nit".into(),
        document_number: "NIT 900.123.456-8".into(),
        name: "Comercial 3M & Cía. S.A.S.".into(),
        ..input()
    };
    let payer = validate_payer(&input, &Requirements::default()).expect("a valid payer");
    assert_eq!(
        serde_json::to_value(payer.document).unwrap(),
        json!({ "type": "NIT", "number": "900123456", "checkDigit": "8" })
    );
}

#[test]
fn every_error_is_returned_at_once_in_the_order_of_the_form() {
    let input = PayerInput {
        document_type: "NIT".into(),
        document_number: "900123456-3".into(),
        name: "Maria_".into(),
        email: "maria".into(),
        phone: "2345678".into(),
    };
    let errors = validate_payer(&input, &Requirements::default()).expect_err("four errors");
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "document.number: check_digit, expected 8",
            "name: invalid_character",
            "email: missing_at, expected @",
            "phone: old_phone_format, expected 60X 234 5678",
        ]
    );
    assert_eq!(
        errors[0].message(Language::Es),
        "El dígito de verificación de este NIT debería ser 8. Revisa el número."
    );
    assert_eq!(
        serde_json::to_value(&errors[0]).unwrap(),
        json!({
            "field": "document.number",
            "code": "check_digit",
            "message": {
                "es": "El dígito de verificación de este NIT debería ser 8. Revisa el número.",
                "en": "The check digit of this NIT should be 8. Please check the number.",
            },
            "expected": "8",
        })
    );
}

#[test]
fn optional_fields_may_be_empty_but_not_wrong() {
    let mut requirements = Requirements::default();
    requirements.email.required = false;
    requirements.phone.required = false;
    let empty = PayerInput { email: " ".into(), phone: String::new(), ..input() };
    let payer = validate_payer(&empty, &requirements).expect("a valid payer");
    assert_eq!((payer.email, payer.phone), (None, None));

    let wrong = PayerInput { email: "maria@".into(), ..empty };
    let errors = validate_payer(&wrong, &requirements).expect_err("a wrong address");
    assert_eq!((errors[0].field, errors[0].code), (Field::Email, ErrorCode::InvalidDomain));
}

#[test]
fn nothing_given_is_one_error_a_field() {
    let errors = validate_payer(&PayerInput::default(), &Requirements::default()).expect_err("nothing");
    let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["document.type", "document.number", "name", "email", "phone"]);
    assert!(errors.iter().all(|error| error.code == ErrorCode::Required));
}
