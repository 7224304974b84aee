//! Documents: nothing panics, and canonical forms are fixed points.
#![no_main]

use efecty_checkout::payer::{DocumentType, Requirements, nit_check_digit, validate_document};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    let (kind, number) = input;
    let kind = DocumentType::COLOMBIAN[usize::from(kind) % DocumentType::COLOMBIAN.len()].as_str();
    let requirements = Requirements::default();
    let _ = nit_check_digit(number);
    let _ = validate_document(number, number, &requirements);
    let Ok(document) = validate_document(kind, number, &requirements) else { return };

    for form in [document.number.clone(), document.grouped()] {
        let again = validate_document(kind, &form, &requirements).expect("a canonical form is accepted");
        assert_eq!(again.number, document.number);
        assert_eq!(again.check_digit(), document.check_digit());
    }
    if let Some(digit) = document.check_digit() {
        assert_eq!(nit_check_digit(&document.number), Some(digit));
    }
});
