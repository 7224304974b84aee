//! What happens while a field is being typed.

use efecty_checkout::payer::{
    DocumentType, Field, PayerInput, PhoneRule, Requirements, check_while_typing, field_hints,
    format_while_typing,
};

fn typing(field: Field, document_type: &str, text: &str) -> Option<String> {
    let mut input = PayerInput { document_type: document_type.into(), ..PayerInput::default() };
    match field {
        Field::DocumentNumber => input.document_number = text.into(),
        Field::Name => input.name = text.into(),
        Field::Email => input.email = text.into(),
        Field::Phone => input.phone = text.into(),
        _ => {}
    }
    check_while_typing(field, &input, &Requirements::default()).map(|error| error.to_string())
}

#[test]
fn nobody_is_told_of_what_typing_on_may_mend() {
    let whole = [
        (Field::DocumentNumber, "CC", "C.C. No. 1.020.304.050"),
        (Field::DocumentNumber, "NIT", "NIT 900.123.456-8"),
        (Field::DocumentNumber, "NIT", "900.123.456 D.V. 8"),
        (Field::DocumentNumber, "NIT", "10203040508"),
        (Field::DocumentNumber, "PA", "AB-123456"),
        (Field::DocumentNumber, "PA", "Pasaporte No. AB123456"),
        (Field::DocumentNumber, "CE", "Cédula de extranjeria No. 345678"),
        (Field::DocumentNumber, "CE", "CEDULADEEXTRANJERIA"),
        (Field::DocumentNumber, "PEP", "900123456789012"),
        (Field::Name, "CC", "O’Brien-Ruiz "),
        (Field::Name, "CC", "María del Carmen Ñáñez"),
        (Field::Email, "CC", "maria.del.carmen+1@correo.com.co"),
        (Field::Phone, "CC", "+57 (300) 123 45 67"),
        (Field::Phone, "CC", "57 300 123 45 67"),
        (Field::Phone, "CC", "0057 300 123 45 67"),
        (Field::Phone, "CC", "(601) 234 56 78"),
        (Field::Phone, "CC", "03 300 123 4567"),
        (Field::Phone, "CC", "0 300 123 4567"),
        (Field::Phone, "CC", "03 1 234 5678"),
    ];
    for (field, document_type, text) in whole {
        for (end, _) in text.char_indices() {
            assert_eq!(typing(field, document_type, &text[..end]), None, "{}", &text[..end]);
        }
    }
}

#[test]
fn what_typing_on_cannot_mend_is_told_at_once() {
    for (field, document_type, text, told) in [
        (Field::DocumentNumber, "CC", "0", "document.number: leading_zero"),
        (Field::DocumentNumber, "CC", "10203040501", "document.number: too_long, expected 10"),
        (Field::DocumentNumber, "CC", "1020A", "document.number: digits_only"),
        (Field::DocumentNumber, "CC", "1\u{200b}", "document.number: invisible_character"),
        (Field::DocumentNumber, "NIT", "900.123.456-3", "document.number: check_digit, expected 8"),
        (Field::Name, "CC", "Juan 3", "name: digits_in_name"),
        (Field::Name, "CC", "Ju@", "name: invalid_character"),
        (Field::Email, "CC", "maría", "email: invalid_character"),
        (Field::Email, "CC", "maria.@", "email: misplaced_dot"),
        (Field::Email, "CC", "a@b@", "email: invalid_email"),
        (Field::Phone, "CC", "300 123 45678", "phone: too_long, expected 10"),
        (Field::Phone, "CC", "306 123 4567", "phone: unassigned_number"),
        (Field::Phone, "CC", "03 306 123 4567", "phone: too_long, expected 10"),
        (Field::Phone, "CC", "300x", "phone: digits_only"),
        (Field::Phone, "CC", "+34", "phone: foreign_number, expected +57"),
        (Field::Phone, "CC", "0034", "phone: foreign_number, expected +57"),
    ] {
        assert_eq!(typing(field, document_type, text).as_deref(), Some(told), "{text}");
    }
}

#[test]
fn what_is_too_short_waits_until_the_field_is_left() {
    for (field, document_type, text) in [
        (Field::DocumentNumber, "CC", ""),
        (Field::DocumentNumber, "CC", "1"),
        (Field::DocumentNumber, "NIT", "900-1"),
        (Field::Name, "CC", ""),
        (Field::Name, "CC", "J"),
        (Field::Email, "CC", "maria"),
        (Field::Email, "CC", "maria@gmail"),
        (Field::Phone, "CC", "3"),
        (Field::Phone, "CC", "234 5678"),
        (Field::Phone, "CC", "+5"),
        (Field::Phone, "CC", "57 3061 234"),
    ] {
        assert_eq!(typing(field, document_type, text), None, "{text}");
    }
}

/// The text with a bar where the caret stands, formatted.
fn format(field: Field, document_type: DocumentType, marked: &str) -> String {
    let caret = marked.chars().take_while(|c| *c != '|').map(char::len_utf16).sum();
    let text = marked.replace('|', "");
    let (formatted, caret) = format_while_typing(field, document_type, &text, caret);
    let units: Vec<u16> = formatted.encode_utf16().collect();
    let before = String::from_utf16(&units[..caret]).unwrap();
    let after = String::from_utf16(&units[caret..]).unwrap();
    format!("{before}|{after}")
}

#[test]
fn digits_are_grouped_and_the_caret_stays_after_the_same_digit() {
    for (document_type, typed, shown) in [
        (DocumentType::Cc, "1|", "1|"),
        (DocumentType::Cc, "102|", "102|"),
        (DocumentType::Cc, "1020|", "1.020|"),
        (DocumentType::Cc, "1.0203|", "10.203|"),
        (DocumentType::Cc, "1020304050|", "1.020.304.050|"),
        (DocumentType::Cc, "1.0|20", "1.0|20"),
        (DocumentType::Cc, "9|1.020", "9|1.020"),
        (DocumentType::Cc, "1.9|020", "19|.020"),
        (DocumentType::Cc, "|1020", "|1.020"),
        (DocumentType::Cc, "1.|020", "1|.020"),
        (DocumentType::Cc, "1020304050 |", "1.020.304.050|"),
        (DocumentType::Cc, "10203040501|", "10203040501|"),
        (DocumentType::Cc, "1020x|", "1020x|"),
        (DocumentType::Cc, "C.C. 10|20", "C.C. 10|20"),
        (DocumentType::Nit, "900123456|", "900.123.456|"),
        (DocumentType::Nit, "900.123.456-|", "900.123.456-|"),
        (DocumentType::Nit, "900.123.456-8|", "900.123.456-8|"),
        (DocumentType::Nit, "900.123.4568|", "900.123.456-8|"),
        (DocumentType::Nit, "900-|", "900-|"),
        (DocumentType::Nit, "900-1|", "900-1|"),
        (DocumentType::Nit, "900-12|", "90.012|"),
        (DocumentType::Nit, "12345-6|", "12.345-6|"),
        (DocumentType::Nit, "900123456\u{2013}|", "900.123.456-|"),
        (DocumentType::Nit, "80.123.456\u{2013}4|", "80.123.456-4|"),
        (DocumentType::Nit, "80.123.456 |", "80.123.456 |"),
        (DocumentType::Nit, "80.123.456 4|", "80.123.456 4|"),
        (DocumentType::Nit, "80123456.4|", "80123456.4|"),
        (DocumentType::Nit, "9873714 9|", "9873714 9|"),
        (DocumentType::Nit, "900 123 456 8|", "900.123.456-8|"),
        (DocumentType::Nit, "8001972-6-|", "8001972-6-|"),
        (DocumentType::Nit, "900.123|.456-8", "900.123|.456-8"),
        (DocumentType::Nit, "1020304050|", "1.020.304.050|"),
        (DocumentType::Pa, "ab 123|", "ab 123|"),
        (DocumentType::Pep, "9001234|", "9001234|"),
    ] {
        assert_eq!(format(Field::DocumentNumber, document_type, typed), shown, "{typed}");
    }
    for (typed, shown) in [
        ("300|", "300|"),
        ("3001|", "300 1|"),
        ("3001234567|", "300 123 4567|"),
        ("300 12|3 4567", "300 12|3 4567"),
        ("300 9|123 4567", "300 9|12 34567"),
        ("+|", "+|"),
        ("+57|", "+57|"),
        ("+573|", "+57 3|"),
        ("++573001234567|", "++573001234567|"),
        ("\u{2028}+573001234567|", "\u{2028}+573001234567|"),
        ("+|573001234567", "+|57 300 123 4567"),
        ("573001234567|", "57 300 123 4567|"),
        ("(601) 2345678|", "601 234 5678|"),
        ("+34612345678|", "+34612345678|"),
        ("2345678|", "2345678|"),
        ("300 123 456O|", "300 123 456O|"),
        ("\u{202a}300|", "\u{202a}300|"),
    ] {
        assert_eq!(format(Field::Phone, DocumentType::Cc, typed), shown, "{typed}");
    }
    assert_eq!(format(Field::Name, DocumentType::Cc, "Ma 1020|"), "Ma 1020|");
}

#[test]
fn fields_tell_the_browser_how_to_present_them() {
    let requirements = Requirements::default();
    let hints =
        |field, document_type| field_hints(field, document_type, &requirements).expect("a text field");
    assert_eq!(hints(Field::DocumentNumber, DocumentType::Cc).input_mode, "numeric");
    assert_eq!(hints(Field::DocumentNumber, DocumentType::Pa).input_mode, "text");
    assert_eq!(hints(Field::Phone, DocumentType::Cc).input_mode, "numeric");
    assert_eq!(hints(Field::Phone, DocumentType::Cc).autocomplete, "tel-national");
    assert_eq!(hints(Field::Email, DocumentType::Cc).input_mode, "email");
    assert_eq!(hints(Field::Name, DocumentType::Cc).autocomplete, "name");
    assert_eq!(field_hints(Field::Consent, DocumentType::Cc, &requirements), None);

    let foreign = Requirements {
        phone: PhoneRule { foreign: true, ..PhoneRule::default() },
        ..Requirements::default()
    };
    let phone = field_hints(Field::Phone, DocumentType::Cc, &foreign).expect("a text field");
    assert_eq!((phone.input_mode, phone.autocomplete), ("tel", "tel"));
}
