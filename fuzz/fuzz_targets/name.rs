//! Names: nothing panics, canonical forms are fixed points, and the ASCII form is ASCII.
#![no_main]

use efecty_checkout::payer::{Bearer, NameCharset, NameRule, transliterate_name, validate_name};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (bool, u16, &str)| {
    let (company, max_length, text) = input;
    let bearer = if company { Bearer::Company } else { Bearer::Person };
    let rule = NameRule { charset: NameCharset::Ascii, max_length, required: true };
    let transliterated = transliterate_name(text);
    let Ok(name) = validate_name(text, &rule, bearer) else { return };

    assert_eq!(validate_name(&name.text, &rule, bearer).as_ref(), Ok(&name));
    assert!(name.text.chars().count() <= usize::from(max_length));
    assert!(!name.text.contains(char::is_control));
    assert_eq!(name.ascii, transliterated);
    assert!(name.ascii.as_ref().is_some_and(|ascii| ascii.is_ascii() && ascii.len() <= usize::from(max_length)));
    assert_eq!(name.ascii.as_deref().and_then(transliterate_name), name.ascii);
});
