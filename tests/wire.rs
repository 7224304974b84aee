//! The wire contract, read natively.

use efecty_checkout::voucher::{Status, Voucher};

const MINIMAL: &str = r#"{
  "version": 1, "token": "tok_0123456789abcdef", "status": "pending", "serverTime": "2026-11-23T14:05:00.000Z",
  "beneficiary": { "name": "Tienda Ejemplo SAS" },
  "networks": [ { "id": "efecty", "name": "Efecty", "agreement": { "code": "111992" }, "reference": { "value": "P374389735" } } ],
  "amount": { "pesos": 52000, "exact": true }, "expiresAt": { "date": "2026-11-30" } }"#;

#[test]
fn reads_a_minimal_voucher() {
    let voucher = Voucher::from_json(MINIMAL).unwrap();
    assert_eq!(voucher.status, Status::Pending);
    assert_eq!(voucher.amount.pesos.to_string(), "$\u{a0}52.000");
    let deadline = voucher.pay_before().unwrap().instant();
    assert_eq!(deadline.to_string(), "2026-12-01T04:59:59.999Z");
    assert_eq!(voucher.networks[0].reference.groups(), ["P374", "3897", "35"]);
}

#[test]
fn writes_what_it_reads() {
    let voucher = Voucher::from_json(MINIMAL).unwrap();
    let text = serde_json::to_string(&voucher).unwrap();
    assert_eq!(Voucher::from_json(&text).unwrap(), voucher);
}

#[test]
fn refuses_a_naive_date_time() {
    let text = MINIMAL.replace("14:05:00.000Z", "14:05:00");
    let error = Voucher::from_json(&text).unwrap_err();
    assert_eq!(error.to_string(), "expected a date-time with its offset from UTC at serverTime");
}
