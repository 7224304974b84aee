//! Documents: what people type, and what comes of it.

use efecty_checkout::payer::{
    Document, DocumentCharset, DocumentRule, DocumentType, Field, GATEWAYS, Requirements,
    gateway_requirements, nit_check_digit, validate_document,
};

fn read(document_type: &str, number: &str) -> Result<Document, String> {
    validate_document(document_type, number, &Requirements::default()).map_err(|error| error.to_string())
}

fn number(document_type: &str, number: &str) -> String {
    read(document_type, number).map_or_else(|error| error, |document| document.number)
}

#[test]
fn accepts_what_people_type() {
    for typed in [
        "1020304050",
        "1.020.304.050",
        "1,020,304,050",
        "1 020 304 050",
        "1'020.304.050",
        "1’020.304.050",
        " 1020304050\n",
        "1020 304\u{a0}050",
        "1020-304-050",
        "1020\u{2011}304050",
        "CC 1020304050",
        "C.C. 1.020.304.050",
        "c.c No. 1020304050",
        "CC: 1020304050",
        "CC#1020304050",
        "CC Nº 1020304050",
        "cc1020304050",
        "C.C. N° 1020304050",
        "C. C. 1.020.304.050",
    ] {
        assert_eq!(number("CC", typed), "1020304050", "{typed}");
    }
}

#[test]
fn a_canonical_number_never_begins_with_the_name_of_its_type() {
    for typed in ["CE 345678", "C'E 345678", "CE CE345678", "CE: C.E. No. 345678"] {
        assert_eq!(number("CE", typed), "345678", "{typed}");
    }
    assert_eq!(number("CE", "CEDRO123"), "CEDRO123");
    assert_eq!(number("PA", "PA123456"), "PA123456");
}

#[test]
fn reads_the_codes_of_types() {
    for (code, expected) in [
        ("CC", "CC"),
        (" cc ", "CC"),
        ("Nit", "NIT"),
        ("PP", "PA"),
        ("ppn", "PA"),
        ("PAS", "PA"),
        ("PASS", "PA"),
        ("PS", "PA"),
        ("PT", "PPT"),
        ("PE", "PEP"),
        ("Otro", "other"),
        ("OTHER", "other"),
    ] {
        assert_eq!(DocumentType::from_code(code).map(DocumentType::as_str), Some(expected), "{code}");
    }
    assert_eq!(DocumentType::from_code("DNI"), None);
    assert_eq!(DocumentType::from_code("C C"), None);
}

#[test]
fn bounds_are_what_the_sources_accept() {
    let digits = |n: usize| "1234567890123456789012345"[..n].to_owned();
    for (code, least, most) in [("CC", 3, 10), ("TI", 5, 11), ("PPT", 6, 12), ("PEP", 15, 15), ("CE", 3, 16)]
    {
        assert_eq!(number(code, &digits(least)), digits(least), "{code}");
        assert_eq!(number(code, &digits(most)), digits(most), "{code}");
        let too_short = format!("document.number: too_short, expected {least}");
        let too_long = format!("document.number: too_long, expected {most}");
        assert_eq!(number(code, &digits(least - 1)), too_short, "{code}");
        assert_eq!(number(code, &digits(most + 1)), too_long, "{code}");
    }
}

#[test]
fn letters_stand_where_the_document_has_them() {
    assert_eq!(number("PA", "ab 123456"), "AB123456");
    assert_eq!(number("PA", "PA0123456"), "PA0123456");
    assert_eq!(number("CE", "E-123456"), "E123456");
    assert_eq!(number("CE", "CE 123456"), "123456");
    assert_eq!(number("CE", "C.E. A123456"), "A123456");
    assert_eq!(number("RC", "a1b2c3d4e5"), "A1B2C3D4E5");
    assert_eq!(number("PPT", "PPT10503245989"), "10503245989");
    assert_eq!(number("TI", "00051212345"), "00051212345");
    assert_eq!(number("CC", "1020A04050"), "document.number: digits_only");
    assert_eq!(number("PA", "PASAPORTE"), "document.number: invalid_character");
    assert_eq!(number("PA", "AB_123456"), "document.number: invalid_character");
    assert_eq!(number("PA", "ÑB123456"), "document.number: invalid_character");
}

#[test]
fn refuses_what_only_looks_like_a_number() {
    assert_eq!(number("CC", ""), "document.number: required");
    assert_eq!(number("CC", " .- "), "document.number: required");
    assert_eq!(number("CC", "0123456789"), "document.number: leading_zero");
    assert_eq!(number("CC", "00000000"), "document.number: leading_zero");
    assert_eq!(number("CC", "1020\u{200b}304050"), "document.number: invisible_character");
    assert_eq!(number("CC", "\u{202d}1020304050"), "document.number: invisible_character");
    assert_eq!(number("CC", "１０２０３０４０５０"), "document.number: invalid_character");
    assert_eq!(number("CC", "١٠٢٠٣٠٤٠٥٠"), "document.number: invalid_character");
    assert_eq!(number("CC", "10203\u{fffd}4050"), "document.number: ill_formed_text");
}

#[test]
fn what_people_call_the_document_is_no_part_of_its_number() {
    for (document_type, typed, read) in [
        ("CE", "Cedula 345678", "345678"),
        ("CE", "Cédula de extranjeria No. 345678", "345678"),
        ("CE", "CEDULA EXTRANJERIA 345", "345"),
        ("CE", "C.E. Cedula E345678", "E345678"),
        ("PA", "Pasaporte No 12345", "12345"),
        ("PA", "Pasaporte N° AB12345", "AB12345"),
        ("PA", "Pasaporte N1234567", "N1234567"),
        ("PA", "pasaporte12345", "12345"),
        ("PA", "PasaporteNo12345", "12345"),
        ("PA", "P.A.S.A.P.O.R.T.E-12345", "12345"),
        ("PA", "Passport: PA0123456", "PA0123456"),
        ("RC", "NUIP 12345678", "12345678"),
        ("RC", "NUIP 1234567", "document.number: too_short, expected 8"),
        ("PPT", "PT 1234567", "1234567"),
        ("PPT", "P.P.T. 1234567", "1234567"),
        ("PEP", "PE 900123456789012", "900123456789012"),
        ("PT", "PT1234567", "1234567"),
    ] {
        assert_eq!(number(document_type, typed), read, "{typed}");
    }
}

#[test]
fn refuses_a_type_that_is_none_or_not_accepted() {
    let all = "CC, CE, NIT, TI, PA, PPT, PEP, RC";
    assert_eq!(read("", "1").unwrap_err(), format!("document.type: required, expected {all}"));
    assert_eq!(
        read("DNI", "1").unwrap_err(),
        format!("document.type: unknown_document_type, expected {all}")
    );
    let requirements = Requirements {
        documents: vec![DocumentRule::new(DocumentType::Cc), DocumentRule::new(DocumentType::Nit)],
        ..Requirements::default()
    };
    let error = validate_document("PA", "AB123456", &requirements).unwrap_err();
    assert_eq!(error.to_string(), "document.type: document_type_not_accepted, expected CC, NIT");
}

#[test]
fn a_merchant_may_name_another_document() {
    let other = |charset| Requirements {
        documents: vec![DocumentRule { charset, ..DocumentRule::with_bounds(DocumentType::Other, 4, 6) }],
        ..Requirements::default()
    };
    let letters = validate_document("other", "ab-cd", &other(Some(DocumentCharset::Alphanumeric)));
    assert_eq!(letters.map(|document| document.number).unwrap(), "ABCD");
    let digits = validate_document("other", "ab-cd", &other(Some(DocumentCharset::Digits)));
    assert_eq!(digits.unwrap_err().to_string(), "document.number: digits_only");
}

#[test]
fn check_digit_of_a_nit() {
    // Published examples: DIAN's own NIT, and those of Colombian companies on their invoices.
    for (number, digit) in [
        ("800197268", 4),
        ("890903938", 8),
        ("860002964", 4),
        ("899999068", 1),
        ("900123456", 8),
        ("213123432", 1),
        ("800.197.268", 4),
    ] {
        assert_eq!(nit_check_digit(number), Some(digit), "{number}");
    }
    for wrong in ["", "abc", "12345678901234567", "９００", "900-A"] {
        assert_eq!(nit_check_digit(wrong), None, "{wrong}");
    }
}

/// The number, its check digit, whether it was typed, and the other reading.
fn nit(text: &str) -> (String, u8, bool, Option<String>) {
    let document = read("NIT", text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let reading = document.nit.expect("a NIT is read");
    (document.number, reading.check_digit, reading.check_digit_typed, reading.alternative)
}

#[test]
fn a_nit_may_come_with_its_check_digit() {
    for typed in [
        "900.123.456-8",
        "900123456-8",
        "900 123 456 8",
        "900.123.456.8",
        "900123456 - 8",
        "900123456 DV 8",
        "900123456 D.V. 8",
        "900.123.456 dv: 8",
        "900123456-DV8",
        "NIT 900.123.456-8",
        "N.I.T. 900.123.456-8",
        "Nit: 900123456-8",
        "NIT No. 900123456-8",
        "900123456\u{2013}8",
        "9001234568",
    ] {
        assert_eq!(nit(typed), ("900123456".into(), 8, true, None), "{typed}");
    }
}

#[test]
fn a_nit_without_check_digit_says_so() {
    assert_eq!(nit("900.123.456"), ("900123456".into(), 8, false, None));
    assert_eq!(nit("1.020.304.050"), ("1020304050".into(), 8, false, None));
}

#[test]
fn nine_digits_that_could_be_read_in_two_ways_are_not_guessed_silently() {
    // 80.123.456 is a cédula whose check digit is 3; 801.234.563 is also a number.
    let digit = nit_check_digit("80123456").unwrap();
    let typed = format!("80123456{digit}");
    let (number, _, check_digit_typed, alternative) = nit(&typed);
    assert_eq!((number, check_digit_typed, alternative), (typed.clone(), false, Some("80123456".into())));

    let apart = format!("80.123.456-{digit}");
    for apart in [apart, format!("80123456\u{2013}{digit}."), format!("80123456 {digit},")] {
        assert_eq!(nit(&apart), ("80123456".into(), digit, true, None), "{apart}");
    }
}

#[test]
fn a_digit_set_apart_by_a_space_is_the_check_digit_only_where_it_can_be() {
    assert_eq!(nit("90012345 6"), ("900123456".into(), 8, false, None));
    // 8 would be right for 13217, but no NIT is so short.
    assert_eq!(nit("13217 8").0, "132178");
}

#[test]
fn eleven_digits_are_a_cedula_and_its_check_digit() {
    let digit = nit_check_digit("1020304050").unwrap();
    assert_eq!(nit(&format!("1020304050{digit}")), ("1020304050".into(), digit, true, None));
}

#[test]
fn a_wrong_check_digit_is_told_the_right_one() {
    for typed in ["900.123.456-3", "9001234563", "900123456 DV 3", "NIT 900123456-3", "900 123 456 3"] {
        assert_eq!(number("NIT", typed), "document.number: check_digit, expected 8", "{typed}");
    }
}

#[test]
fn a_nit_has_its_bounds() {
    assert_eq!(number("NIT", "12345"), "document.number: too_short, expected 6");
    assert_eq!(number("NIT", "900123456789"), "document.number: too_long, expected 9");
    assert_eq!(number("NIT", "1020304050123"), "document.number: too_long, expected 10");
    assert_eq!(number("NIT", "0900123456"), "document.number: leading_zero");
    assert_eq!(number("NIT", "00000000"), "document.number: leading_zero");
    assert_eq!(number("NIT", "900123456-A"), "document.number: digits_only");
    assert_eq!(number("NIT", "2345678901-2"), "document.number: too_long, expected 9");
}

#[test]
fn a_merchants_bound_does_not_make_a_check_digit_of_the_last_digit() {
    let documents = vec![DocumentRule::with_bounds(DocumentType::Nit, 6, 9)];
    let requirements = Requirements { documents, ..Requirements::default() };
    let read = |number| validate_document("NIT", number, &requirements).map_err(|error| error.to_string());
    assert_eq!(read("1000047514").unwrap_err(), "document.number: too_long, expected 9");
    assert_eq!(read("100004751-4").unwrap().number, "100004751");
    assert_eq!(read("9001234568").unwrap().number, "900123456");
}

#[test]
fn numbers_are_shown_in_groups() {
    let grouped = |code, number| read(code, number).map(|document| document.grouped()).unwrap();
    assert_eq!(grouped("CC", "1020304050"), "1.020.304.050");
    assert_eq!(grouped("CC", "345678"), "345.678");
    assert_eq!(grouped("NIT", "900123456"), "900.123.456-8");
    assert_eq!(grouped("PA", "AB123456"), "AB123456");
    assert_eq!(grouped("PEP", "900123456789012"), "900123456789012");
}

#[test]
fn every_gateway_has_a_preset_within_the_default() {
    let default = Requirements::default();
    for gateway in GATEWAYS {
        let preset = gateway_requirements(gateway).unwrap_or_else(|| panic!("{gateway}"));
        assert!(preset.document(DocumentType::Cc).is_some(), "{gateway} takes the commonest document");
        for rule in preset.documents.iter().filter(|rule| rule.document_type != DocumentType::Other) {
            let own = default.document(rule.document_type).expect("a Colombian document");
            assert!(rule.min_length >= own.min_length && rule.max_length <= own.max_length, "{gateway}");
            assert!(rule.min_length <= rule.max_length, "{gateway}");
        }
        assert!(preset.amount.min <= preset.amount.max, "{gateway}");
    }
    assert_eq!(gateway_requirements("nequi"), None);
}

#[test]
fn a_gateway_that_takes_digits_is_given_no_letters() {
    let read = |gateway, document_type, number| {
        let requirements = gateway_requirements(gateway).unwrap();
        validate_document(document_type, number, &requirements)
            .map_or_else(|error| error.to_string(), |document| document.number)
    };
    assert_eq!(read("ebanx", "CE", "E345678"), "document.number: digits_only");
    assert_eq!(read("ebanx", "CE", "345678"), "345678");
    assert_eq!(read("ebanx", "CE", "1234567890123456"), "document.number: too_long, expected 15");
    assert_eq!(read("mercadopago", "CE", "E345678"), "document.number: digits_only");
    assert_eq!(read("mercadopago", "other", "AB123456"), "document.number: digits_only");
    assert_eq!(read("payu", "CE", "E345678"), "E345678");
}

#[test]
fn errors_stand_at_their_field() {
    let error = validate_document("CC", "1", &Requirements::default()).unwrap_err();
    assert_eq!(error.field, Field::DocumentNumber);
}
