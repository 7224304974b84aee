//! PayU's XML: nothing panics, and a reference is one that stands in the answer.
#![no_main]

use efecty_checkout::gateway::{Gateway, status_from_gateway};
use libfuzzer_sys::fuzz_target;

const RECORDED: &str = include_str!("../../tests/fixtures/gateway/payu-created.xml");

fuzz_target!(|input: (bool, u16, u8, &str)| {
    let (splices, at, length, text) = input;
    let raw = if splices {
        let start = RECORDED.floor_char_boundary(usize::from(at) % RECORDED.len());
        let end = RECORDED.ceil_char_boundary((start + usize::from(length)).min(RECORDED.len()));
        [&RECORDED[..start], text, &RECORDED[end..]].concat()
    } else {
        format!("<a>{text}")
    };
    let status = status_from_gateway(Gateway::Payu, &raw);
    assert_eq!(status, status_from_gateway(Gateway::Payu, &raw));
    let Ok(event) = status else { return };
    assert!(raw.contains('&') || raw.contains("<!") || raw.contains(&event.payment_id));
    // A document type is where entities would be declared.
    assert!(!raw.trim_start().starts_with("<!DOCTYPE"));
});
