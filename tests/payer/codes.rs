//! The closed list of error codes, and what they say.

use efecty_checkout::language::Language;
use efecty_checkout::payer::{DocumentType, ErrorCode, Field, PayerError};

#[test]
fn the_list_of_codes_is_closed() {
    let codes = ErrorCode::ALL.map(ErrorCode::as_str).join(" ");
    assert_eq!(
        codes,
        "required ill_formed_text invisible_character invalid_character digits_only leading_zero too_short \
         too_long unknown_document_type document_type_not_accepted check_digit old_phone_format \
         service_number unassigned_number foreign_number phone_kind digits_in_name missing_at misplaced_dot \
         invalid_domain local_part_too_long invalid_email not_whole_pesos below_minimum above_maximum \
         invalid_argument refused"
    );
}

#[test]
fn codes_and_fields_are_read_back() {
    for code in ErrorCode::ALL {
        assert_eq!(ErrorCode::from_code(code.as_str()), Some(code));
    }
    for field in Field::ALL {
        assert_eq!(Field::from_path(field.as_str()), Some(field));
    }
}

#[test]
fn every_code_speaks_to_the_shopper_in_every_field() {
    for field in Field::ALL {
        for code in ErrorCode::ALL {
            let error = PayerError::new(field, code).expecting("7");
            for language in [Language::Es, Language::En] {
                let message = error.message(language);
                assert!(message.ends_with(['.', '?']), "{message}");
                assert!(message.starts_with(|c: char| c.is_uppercase() || c == '¿'), "{message}");
                assert!(!message.contains('#'), "{message}");
                assert!(message.chars().count() <= 100, "{message}");
            }
        }
    }
}

#[test]
fn an_amount_is_written_as_pesos_in_its_message() {
    let error = PayerError::new(Field::Amount, ErrorCode::BelowMinimum).expecting("20000");
    assert_eq!(error.message(Language::Es), "Se puede pagar desde $\u{a0}20.000.");
}

#[test]
fn typescript_knows_the_same_codes_and_fields() {
    let declarations = include_str!("../../pkg/src/payer.d.ts");
    let union = |name: &str| -> Vec<&str> {
        let (_, from) = declarations.split_once(&format!("export type {name} =")).unwrap();
        from.split(';').next().unwrap().split('\'').skip(1).step_by(2).collect()
    };
    assert_eq!(union("PayerErrorCode"), ErrorCode::ALL.map(ErrorCode::as_str));
    assert_eq!(union("Field"), Field::ALL.map(Field::as_str));
    let types: Vec<&str> =
        DocumentType::COLOMBIAN.into_iter().map(DocumentType::as_str).chain(["other"]).collect();
    assert_eq!(union("DocumentType"), types);
}
