//! A field being typed: what is told stays true, and grouping keeps digits and caret.
#![no_main]

use efecty_checkout::payer::{
    DocumentType, Field, PayerInput, Requirements, check_while_typing, format_while_typing, validate_payer,
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
    assert_eq!(format_while_typing(field, kind, &formatted, moved), (formatted, moved));
});

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
