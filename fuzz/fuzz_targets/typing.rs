//! A field being typed: what is told stays true, and grouping keeps digits, caret and what is meant.
#![no_main]

use efecty_checkout::payer::{
    DocumentRule, DocumentType, Field, PayerInput, PhoneRule, Requirements, check_while_typing,
    format_while_typing, validate_document, validate_payer, validate_phone,
};
use libfuzzer_sys::fuzz_target;

const FIELDS: [Field; 4] = [Field::DocumentNumber, Field::Name, Field::Email, Field::Phone];

fuzz_target!(|input: (u8, u8, usize, &str, &str)| {
    let (field, kind, caret, begun, more) = input;
    let field = FIELDS[usize::from(field) % FIELDS.len()];
    let kind = DocumentType::COLOMBIAN[usize::from(kind) % DocumentType::COLOMBIAN.len()];
    let requirements = Requirements::default();

    if check_while_typing(field, &payer(field, kind, begun.to_owned()), &requirements).is_some() {
        let errors = validate_payer(&payer(field, kind, [begun, more].concat()), &requirements);
        assert!(errors.is_err_and(|errors| errors.iter().any(|error| error.field == field)));
    }

    let units: Vec<u16> = begun.encode_utf16().collect();
    let caret = caret % (units.len() + 1);
    let (formatted, moved) = format_while_typing(field, kind, begun, caret);
    let formatted_units: Vec<u16> = formatted.encode_utf16().collect();
    assert_eq!(digits(&formatted_units), digits(&units));
    assert_eq!(digits(&formatted_units[..moved]), digits(&units[..caret]));
    same_value(field, kind, begun, &formatted);
    assert_eq!(format_while_typing(field, kind, &formatted, moved), (formatted, moved));
});

/// The number, its check digit and how it was read; or the same error.
fn same_value(field: Field, kind: DocumentType, typed: &str, formatted: &str) {
    match field {
        Field::DocumentNumber => {
            for least in [1, 6, 9] {
                let documents = vec![DocumentRule::with_bounds(kind, least, 20)];
                let requirements = Requirements { documents, ..Requirements::default() };
                let read = |text| validate_document(kind.as_str(), text, &requirements);
                assert_eq!(read(formatted), read(typed));
            }
        }
        Field::Phone => {
            let rule = PhoneRule { foreign: true, ..PhoneRule::default() };
            assert_eq!(validate_phone(formatted, &rule), validate_phone(typed, &rule));
        }
        _ => assert_eq!(formatted, typed),
    }
}

fn payer(field: Field, kind: DocumentType, text: String) -> PayerInput {
    let mut input = PayerInput { document_type: kind.as_str().to_owned(), ..PayerInput::default() };
    match field {
        Field::DocumentNumber => input.document_number = text,
        Field::Name => input.name = text,
        Field::Email => input.email = text,
        _ => input.phone = text,
    }
    input
}

fn digits(units: &[u16]) -> Vec<u16> {
    units.iter().copied().filter(|unit| (0x30..=0x39).contains(unit)).collect()
}
