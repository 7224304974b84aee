//! Requirements and payers in JSON: nothing panics, what is written is read back the same, and a
//! payer that is accepted is accepted again in its canonical form.
#![no_main]

use efecty_checkout::payer::{PayerInput, Requirements, validate_payer};
use efecty_checkout::wire::to_json;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|input: (&str, &str)| {
    let (requirements, payer) = input;
    let requirements = match parsed(requirements).as_ref().map(Requirements::read) {
        Some(Ok(requirements)) => {
            let written = to_json(&requirements).expect("requirements can be written");
            let again = parsed(&written).as_ref().map(Requirements::read);
            assert_eq!(again, Some(Ok(requirements.clone())));
            requirements
        }
        _ => Requirements::default(),
    };
    let Some(Ok(payer)) = parsed(payer).as_ref().map(PayerInput::read) else { return };
    let Ok(accepted) = validate_payer(&payer, &requirements) else { return };

    let written = to_json(&accepted).expect("a payer can be written");
    let again = parsed(&written).and_then(|json| PayerInput::read(&json).ok()).expect("it is read back");
    let again = validate_payer(&again, &requirements).expect("a canonical payer is accepted");
    assert_eq!(to_json(&again).expect("a payer can be written"), written);
});

fn parsed(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}
