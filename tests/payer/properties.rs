//! What holds for every text.

use efecty_checkout::payer::{
    Bearer, DocumentRule, DocumentType, EmailRule, Field, NUMBERING, NameCharset, NameRule, PayerInput,
    PhoneRule, Requirements, check_while_typing, format_while_typing, nit_check_digit, suggest_email,
    transliterate_name, validate_document, validate_email, validate_name, validate_payer, validate_phone,
};
use proptest::prelude::*;

/// Any text, and texts made of what the fields give meaning to.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9 .,+()/-]{0,20}",
        "(NUIP|CEDULA|[Pp]asaporte|EXTRANJERIA|PT|CE|N|[0-9]{1,4}|[ .:-]){0,6}",
        "(NIT|CC|C\\.C\\.|No\\.|DV|[0-9]{1,4}|[ .:-]){0,8}",
        "[a-zA-ZñÑáéíóúüÜ'’.\u{301}\u{303}\u{308}\u{323} -]{0,40}",
        "[a-z.0-9+@-]{0,20}@[a-z.0-9-]{0,20}",
        "[\u{0}-\u{2f}\u{a0}\u{ad}\u{200b}-\u{202e}\u{feff}\u{fffd}0-9a-z]{0,10}",
    ]
}

/// A NIT as people write it, most often with its right check digit and with any mark before it.
fn nit() -> impl Strategy<Value = String> {
    let number = prop_oneof!["[1-9][0-9]{3,9}", "[1-9][0-9]{0,2}([., ][0-9]{3}){1,3}"];
    let mark = prop_oneof![Just(String::new()), "[-–‐−., '\u{a0}]", " ?[-–] ?"];
    (number, mark, 0_u8..14).prop_map(|(number, mark, digit)| {
        let digit = if digit < 10 { Some(digit) } else { nit_check_digit(&number) };
        format!("{number}{mark}{}", digit.unwrap_or_default())
    })
}

fn document_type() -> impl Strategy<Value = DocumentType> {
    let mut types = DocumentType::COLOMBIAN.to_vec();
    types.push(DocumentType::Other);
    prop::sample::select(types)
}

fn field() -> impl Strategy<Value = Field> {
    prop::sample::select(vec![Field::DocumentNumber, Field::Name, Field::Email, Field::Phone])
}

fn input(field: Field, document_type: DocumentType, text: String) -> PayerInput {
    let mut input = PayerInput { document_type: document_type.as_str().into(), ..PayerInput::default() };
    match field {
        Field::DocumentNumber => input.document_number = text,
        Field::Name => input.name = text,
        Field::Email => input.email = text,
        Field::Phone => input.phone = text,
        Field::DocumentType | Field::Consent | Field::Amount => {}
    }
    input
}

/// Spaces and marks that people write between digits.
fn spacing() -> impl Strategy<Value = String> {
    "[ .\u{a0}]{0,2}"
}

fn spaced(digits: &str, gaps: &[String]) -> String {
    let gaps = gaps.iter().map(String::as_str).chain(std::iter::repeat(""));
    digits.chars().zip(gaps).map(|(digit, gap)| format!("{digit}{gap}")).collect()
}

proptest! {
    #[test]
    fn nothing_panics(code in text(), number in text(), name in text(), email in text(), phone in text()) {
        let input = PayerInput { document_type: code, document_number: number, name, email, phone };
        let requirements = Requirements::default();
        let _ = validate_payer(&input, &requirements);
        let _ = nit_check_digit(&input.document_number);
        let _ = transliterate_name(&input.name);
        let _ = suggest_email(&input.email);
        for field in Field::ALL {
            let _ = check_while_typing(field, &input, &requirements);
        }
    }

    #[test]
    fn canonical_documents_are_fixed_points(kind in document_type(), number in text()) {
        let requirements = Requirements::default();
        if let Ok(document) = validate_document(kind.as_str(), &number, &requirements) {
            let again = validate_document(kind.as_str(), &document.number, &requirements).expect("accepted");
            prop_assert_eq!(&again.number, &document.number);
            prop_assert_eq!(again.check_digit(), document.check_digit());
            let grouped = validate_document(kind.as_str(), &document.grouped(), &requirements).expect("accepted");
            prop_assert_eq!(grouped.number, document.number);
        }
    }

    #[test]
    fn canonical_nits_are_fixed_points(number in "[1-9][0-9]{5,9}(-[0-9]| [0-9]|[0-9])?") {
        let requirements = Requirements::default();
        if let Ok(document) = validate_document("NIT", &number, &requirements) {
            let again = validate_document("NIT", &document.number, &requirements).expect("accepted");
            prop_assert_eq!(&again.number, &document.number);
            let grouped = validate_document("NIT", &document.grouped(), &requirements).expect("accepted");
            prop_assert_eq!(grouped.number, document.number);
        }
    }

    #[test]
    fn canonical_phones_are_fixed_points(text in text(), foreign: bool) {
        let rule = PhoneRule { foreign, ..PhoneRule::default() };
        if let Ok(phone) = validate_phone(&text, &rule) {
            for form in [phone.e164.clone(), phone.grouped()] {
                prop_assert_eq!(validate_phone(&form, &rule), Ok(phone.clone()));
            }
        }
    }

    #[test]
    fn canonical_names_are_fixed_points(text in text(), company: bool, ascii: bool) {
        let bearer = if company { Bearer::Company } else { Bearer::Person };
        let charset = if ascii { NameCharset::Ascii } else { NameCharset::Latin };
        let rule = NameRule { charset, ..NameRule::default() };
        if let Ok(name) = validate_name(&text, &rule, bearer) {
            prop_assert_eq!(validate_name(&name.text, &rule, bearer), Ok(name.clone()));
            let ascii = transliterate_name(&name.text).expect("a checked name");
            prop_assert!(ascii.is_ascii());
            prop_assert_eq!(transliterate_name(&ascii), Some(ascii));
        }
    }

    #[test]
    fn canonical_addresses_are_fixed_points(text in text()) {
        let rule = EmailRule::default();
        if let Ok(email) = validate_email(&text, &rule) {
            prop_assert_eq!(validate_email(&email.address, &rule), Ok(email.clone()));
            if let Some(suggestion) = email.suggestion {
                let suggested = validate_email(&suggestion, &EmailRule { max_length: 254, ..rule });
                prop_assert_eq!(suggested.expect("a valid suggestion").suggestion, None);
            }
        }
    }

    #[test]
    fn no_document_is_refused_for_its_spacing(
        kind in document_type(),
        number in "[1-9][0-9]{2,14}",
        gaps in prop::collection::vec(spacing(), 0..15),
        around in spacing(),
    ) {
        let requirements = Requirements::default();
        if validate_document(kind.as_str(), &number, &requirements).is_ok() {
            let typed = format!("{around}{}{around}", spaced(&number, &gaps));
            prop_assert!(validate_document(kind.as_str(), &typed, &requirements).is_ok(), "{}", typed);
        }
    }

    #[test]
    fn no_phone_is_refused_for_its_spacing(
        range in prop::sample::select(NUMBERING.to_vec()),
        offset: u64,
        prefix in prop::sample::select(vec!["", "+57", "57", "0057"]),
        gaps in prop::collection::vec("[ .()/\u{a0}-]{0,2}", 0..15),
    ) {
        let number = range.first + offset % (range.last - range.first + 1);
        let plain = format!("{prefix}{number}");
        let phone = validate_phone(&plain, &PhoneRule::default()).expect("a number in use");
        prop_assert_eq!(&phone.e164, &format!("+57{number}"));
        prop_assert_eq!(validate_phone(&spaced(&plain, &gaps), &PhoneRule::default()), Ok(phone));
    }

    #[test]
    fn what_is_told_while_typing_stays_true(
        field in field(), kind in document_type(), begun in text(), more in text(),
    ) {
        let requirements = Requirements::default();
        let begun_input = input(field, kind, begun.clone());
        if check_while_typing(field, &begun_input, &requirements).is_some() {
            let typed_on = input(field, kind, begun + &more);
            let errors = validate_payer(&typed_on, &requirements).expect_err("still refused");
            prop_assert!(errors.iter().any(|error| error.field == field));
        }
    }

    #[test]
    fn grouping_keeps_digits_and_caret(
        field in field(), kind in document_type(), text in text(), at in 0_usize..40,
    ) {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let units: Vec<u16> = text.encode_utf16().collect();
        let caret = at.min(units.len());
        let (formatted, moved) = format_while_typing(field, kind, &text, caret);
        let formatted_units: Vec<u16> = formatted.encode_utf16().collect();
        prop_assert_eq!(digits(&formatted), digits(&text));
        prop_assert!(moved <= formatted_units.len());
        let before = |units: &[u16]| digits(&String::from_utf16_lossy(units));
        prop_assert_eq!(before(&formatted_units[..moved]), before(&units[..caret]));
        let (again, still) = format_while_typing(field, kind, &formatted, moved);
        prop_assert_eq!((again, still), (formatted, moved));
    }

    #[test]
    fn grouping_does_not_change_what_is_meant(
        (field, kind, text) in prop_oneof![
            (field(), document_type(), text()),
            (Just(Field::DocumentNumber), Just(DocumentType::Nit), nit()),
        ],
        least in 1_u8..=10,
    ) {
        let documents = vec![DocumentRule::with_bounds(kind, least, 20)];
        let requirements = Requirements { documents, ..Requirements::default() };
        let foreign = PhoneRule { foreign: true, ..PhoneRule::default() };
        let (formatted, _) = format_while_typing(field, kind, &text, 0);
        match field {
            Field::DocumentNumber => {
                let read = |text: &str| validate_document(kind.as_str(), text, &requirements);
                prop_assert_eq!(read(&formatted), read(&text), "{} as {}", text, formatted);
            }
            Field::Phone => {
                let read = |text: &str| validate_phone(text, &foreign);
                prop_assert_eq!(read(&formatted), read(&text), "{} as {}", text, formatted);
            }
            _ => prop_assert_eq!(formatted, text),
        }
    }

    #[test]
    fn a_nit_typed_key_by_key_is_the_one_pasted(text in nit()) {
        let mut typed = String::new();
        for key in text.chars() {
            typed.push(key);
            typed = format_while_typing(Field::DocumentNumber, DocumentType::Nit, &typed, 0).0;
        }
        let read = |text: &str| validate_document("NIT", text, &Requirements::default());
        prop_assert_eq!(read(&typed), read(&text), "{} as {}", text, typed);
    }
}
