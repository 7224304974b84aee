//! E-mail addresses: nothing panics, canonical forms are fixed points, and a suggestion is an address.
#![no_main]

use efecty_checkout::payer::{EmailRule, suggest_email, validate_email};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, &str)| {
    let (max_length, text) = input;
    let rule = EmailRule { max_length, required: true };
    let _ = suggest_email(text);
    let Ok(email) = validate_email(text, &rule) else { return };

    assert_eq!(validate_email(&email.address, &rule).as_ref(), Ok(&email));
    assert!(email.address.is_ascii() && email.address.len() <= usize::from(max_length.min(254)));
    if let Some(suggestion) = email.suggestion {
        // It may be longer than what was typed.
        let rule = EmailRule { max_length: 254, required: true };
        let suggested = validate_email(&suggestion, &rule);
        assert!(suggested.is_ok_and(|suggested| suggested.suggestion.is_none()) || suggestion.len() > 254);
    }
});
