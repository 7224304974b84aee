//! Writing JSON text.

use efecty_checkout::payer::{PayerInput, Requirements};
use efecty_checkout::voucher::Voucher;
use efecty_checkout::wire::to_json;
use proptest::prelude::*;
use serde::Serialize;

use super::fixtures::ALL;

#[derive(Debug, Serialize)]
struct Values {
    text: String,
    letter: char,
    number: u64,
    negative: i64,
    small: u8,
    yes: bool,
    nothing: Option<String>,
    list: Vec<Vec<String>>,
    pair: (u8, bool),
    unit: (),
}

#[test]
fn writes_what_serde_json_writes() {
    let mut written = 0;
    for fixture in ALL.iter() {
        if let Ok(voucher) = Voucher::from_json(&fixture.text) {
            assert_eq!(to_json(&voucher), serde_json::to_string(&voucher).ok(), "{}", fixture.name);
            written += 1;
        }
    }
    assert!(written > 10, "{written} vouchers were written");
    let requirements = Requirements::default();
    assert_eq!(to_json(&requirements), serde_json::to_string(&requirements).ok());
}

#[test]
fn what_the_contract_does_not_have_is_not_written() {
    assert_eq!(to_json(&0.5), None);
    assert_eq!(to_json(&std::collections::BTreeMap::from([("a", 1)])), None);
}

proptest! {
    #[test]
    fn writes_any_text_as_serde_json_does(
        text: String, letter: char, number: u64, negative: i64, small: u8, yes: bool,
        nothing: Option<String>,
        list in prop::collection::vec(prop::collection::vec(any::<String>(), 0..3), 0..3),
    ) {
        let values = Values { text, letter, number, negative, small, yes, nothing, list, pair: (small, yes), unit: () };
        prop_assert_eq!(to_json(&values), serde_json::to_string(&values).ok());
    }

    #[test]
    fn writes_a_payer_as_serde_json_does(name: String, email: String) {
        let payer = PayerInput { name, email, ..PayerInput::default() };
        prop_assert_eq!(to_json(&payer), serde_json::to_string(&payer).ok());
    }
}
