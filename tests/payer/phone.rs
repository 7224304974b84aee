//! Phones: what people type, and what comes of it.

use efecty_checkout::payer::{NUMBERING, NUMBERING_SOURCE, PhoneKind, PhoneRule, validate_phone};

fn read(text: &str) -> String {
    read_by(text, &PhoneRule::default())
}

fn read_by(text: &str, rule: &PhoneRule) -> String {
    match validate_phone(text, rule) {
        Ok(phone) => {
            let national = phone.national().unwrap_or("-");
            format!("{} {} {}", phone.e164, national, phone.kind.as_str())
        }
        Err(error) => error.to_string(),
    }
}

#[test]
fn accepts_every_habitual_spelling() {
    for typed in [
        "3001234567",
        "300 123 4567",
        "300-123-4567",
        "300.123.4567",
        "(300) 123-4567",
        "300 1234567",
        "300/1234567",
        "300\u{a0}123\u{202f}4567",
        "300\u{2013}123\u{2011}4567",
        "+57 300 123 4567",
        "+573001234567",
        "(+57) 300 123 4567",
        "+ 57 300 123 4567",
        "+57-300-1234567",
        "57 300 123 4567",
        "573001234567",
        "0057 300 123 4567",
        "00573001234567",
        "\t3001234567\r\n",
    ] {
        assert_eq!(read(typed), "+573001234567 3001234567 mobile", "{typed}");
    }
    assert_eq!(read("(601) 234 5678"), "+576012345678 6012345678 landline");
    assert_eq!(read("+57 604 444 5566"), "+576044445566 6044445566 landline");
}

#[test]
fn a_number_of_before_2021_is_told_how_it_is_written_now() {
    let old = |expected| format!("phone: old_phone_format, expected {expected}");
    assert_eq!(read("234 5678"), old("60X 234 5678"));
    assert_eq!(read("1 2345678"), old("601 234 5678"));
    assert_eq!(read("(4) 444 55 66"), old("604 444 5566"));
    assert_eq!(read("+57 (1) 234 5678"), old("601 234 5678"));
    assert_eq!(read("031 2345678"), old("601 234 5678"));
    assert_eq!(read("03 1 234 5678"), old("601 234 5678"));
    assert_eq!(read("03 300 1234567"), old("300 123 4567"));
    assert_eq!(read("0 300 123 4567"), old("300 123 4567"));
    assert_eq!(read("57 1 2345678"), old("601 234 5678"));
    assert_eq!(read("57 2345678"), old("60X 234 5678"));
    assert_eq!(read("46123456"), old("604 612 3456"));
    assert_eq!(read("0346123456"), old("604 612 3456"));
}

#[test]
fn refuses_what_is_no_mobile_or_landline() {
    for (typed, told) in [
        ("", "phone: required"),
        (" \t", "phone: required"),
        ("+", "phone: invalid_character"),
        ("()", "phone: invalid_character"),
        ("300123456", "phone: too_short, expected 10"),
        ("30012345678", "phone: too_long, expected 10"),
        ("+5730012345678", "phone: too_long, expected 10"),
        ("+57 300 123 456", "phone: too_short, expected 10"),
        ("3061234567", "phone: unassigned_number"),
        ("3401234567", "phone: unassigned_number"),
        ("6031234567", "phone: unassigned_number"),
        ("0000000000", "phone: unassigned_number"),
        ("01 8000 123 456", "phone: service_number"),
        ("1800 123 4567", "phone: service_number"),
        ("01900 123 4567", "phone: service_number"),
        ("901 234 5678", "phone: service_number"),
        ("+34 612 345 678", "phone: foreign_number, expected +57"),
        ("0034612345678", "phone: foreign_number, expected +57"),
        ("+1 305 123 4567", "phone: foreign_number, expected +57"),
    ] {
        assert_eq!(read(typed), told, "{typed}");
    }
}

#[test]
fn nothing_is_turned_into_a_digit_or_dropped_unseen() {
    for (typed, told) in [
        ("300123456O", "phone: digits_only"),
        ("300 ABC DEFG", "phone: digits_only"),
        ("300 123 4567 ext 2", "phone: digits_only"),
        ("tel:3001234567", "phone: digits_only"),
        ("３００１２３４５６７", "phone: invalid_character"),
        ("٣٠٠١٢٣٤٥٦٧", "phone: invalid_character"),
        ("＋573001234567", "phone: invalid_character"),
        ("300+1234567", "phone: invalid_character"),
        ("++573001234567", "phone: invalid_character"),
        ("3001234567#", "phone: invalid_character"),
        ("300\u{200b}1234567", "phone: invisible_character"),
        ("\u{202a}+573001234567\u{202c}", "phone: invisible_character"),
        ("\u{2068}3001234567\u{2069}", "phone: invisible_character"),
        ("300\u{ad}1234567", "phone: invisible_character"),
        ("300\u{fffd}1234567", "phone: ill_formed_text"),
    ] {
        assert_eq!(read(typed), told, "{typed:?}");
    }
}

#[test]
fn a_merchant_may_ask_for_one_kind() {
    let only = |kind| PhoneRule { kinds: vec![kind], ..PhoneRule::default() };
    assert_eq!(read_by("6012345678", &only(PhoneKind::Mobile)), "phone: phone_kind, expected mobile");
    assert_eq!(read_by("3001234567", &only(PhoneKind::Landline)), "phone: phone_kind, expected landline");
    let foreign_only = PhoneRule { kinds: Vec::new(), foreign: true, ..PhoneRule::default() };
    assert_eq!(read_by("3001234567", &foreign_only), "phone: phone_kind, expected foreign");
}

#[test]
fn a_merchant_may_accept_other_countries() {
    let rule = PhoneRule { foreign: true, ..PhoneRule::default() };
    assert_eq!(read_by("+34 612 34 56 78", &rule), "+34612345678 - foreign");
    assert_eq!(read_by("0034612345678", &rule), "+34612345678 - foreign");
    assert_eq!(read_by("+57 300 123 4567", &rule), "+573001234567 3001234567 mobile");
    assert_eq!(read_by("612345678", &rule), "phone: too_short, expected 10");
    assert_eq!(read_by("+1234567", &rule), "phone: too_short, expected 8");
    assert_eq!(read_by("+1234567890123456", &rule), "phone: too_long, expected 15");
    assert_eq!(read_by("+0123456789", &rule), "phone: unassigned_number");
}

#[test]
fn numbers_are_shown_in_groups() {
    let rule = PhoneRule { foreign: true, ..PhoneRule::default() };
    let grouped = |text| validate_phone(text, &rule).map(|phone| phone.grouped()).unwrap();
    assert_eq!(grouped("+573001234567"), "300 123 4567");
    assert_eq!(grouped("6012345678"), "601 234 5678");
    assert_eq!(grouped("+34612345678"), "+34612345678");
}

#[test]
fn both_ends_of_every_range_are_in_use_and_their_neighbours_are_not() {
    let in_use =
        |number: u64| validate_phone(&number.to_string(), &PhoneRule::default()).map(|phone| phone.kind);
    for range in &NUMBERING {
        assert_eq!(in_use(range.first), Ok(range.kind));
        assert_eq!(in_use(range.last), Ok(range.kind));
        assert!(in_use(range.first - 1).is_err(), "{}", range.first - 1);
        assert!(in_use(range.last + 1).is_err(), "{}", range.last + 1);
    }
    assert!(NUMBERING.is_sorted_by(|a, b| a.last < b.first));
    assert!(NUMBERING_SOURCE.contains("9.0.43"));
}

/// The file is derived from libphonenumber's expressions, which a Node test checks.
#[test]
fn the_numbers_in_use_are_libphonenumber_s() {
    let derived: serde_json::Value = serde_json::from_str(include_str!("../cases/numbering.json")).unwrap();
    let own: Vec<serde_json::Value> = NUMBERING
        .iter()
        .map(|range| serde_json::json!([range.first, range.last, range.kind.as_str()]))
        .collect();
    assert_eq!(derived["ranges"], serde_json::Value::Array(own));
}
