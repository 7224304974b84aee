//! Phones: nothing panics, canonical forms are fixed points, and what is accepted is in use.
#![no_main]

use efecty_checkout::payer::{NUMBERING, PhoneKind, PhoneRule, validate_phone};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (bool, &str)| {
    let (foreign, text) = input;
    let rule = PhoneRule { foreign, ..PhoneRule::default() };
    let Ok(phone) = validate_phone(text, &rule) else { return };

    for form in [phone.e164.clone(), phone.grouped()] {
        assert_eq!(validate_phone(&form, &rule).as_ref(), Ok(&phone));
    }
    assert!(phone.e164.strip_prefix('+').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit())));
    match phone.national() {
        None => assert_eq!((phone.kind, foreign), (PhoneKind::Foreign, true)),
        Some(national) => {
            let number: u64 = national.parse().expect("ten digits");
            let range = NUMBERING.iter().find(|range| (range.first..=range.last).contains(&number));
            assert_eq!(range.map(|range| range.kind), Some(phone.kind));
        }
    }
    let typed: String = text.chars().filter(char::is_ascii_digit).collect();
    assert!(typed.ends_with(phone.national().unwrap_or(&phone.e164[1..])), "digits are only dropped in front");
});
