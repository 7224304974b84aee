//! Rapyd. Signatures were computed by Node's crypto: none is published.

use efecty_checkout::gateway::{
    Credentials, Gateway, Options, PaymentStatus, Refusal, VerifyOptions, payment_request,
    status_from_gateway, status_request, voucher_from_gateway,
};

use crate::support::{Sent, context, instant, payer, pesos, request, status_of};

const RAPYD: Gateway = Gateway::Rapyd;
const BODY: &str = r#"{"id":"wh_1","type":"PAYMENT_COMPLETED","data":{"id":"payment_0a1b","amount":20000,"currency_code":"COP","status":"CLO","merchant_reference_id":"A-1042-1","paid_at":1783039801},"status":"NEW","created_at":1783039803}"#;
const COMPLETED: &str =
    "OThmOTdhN2E5MGQ3ZDcxNTkxNmFiMzg4ODdkZGIwNGU3ZTIzZDlmMDRjYjUyMzY0ZmZiZTJkOGZjZmIxMzk4NA==";
const SUCCEEDED: &str =
    "ZDA3ZTNjNzdkYmIyODcxNjU5ZWI1NmZjMDBhYTAxNTkzMjI5NDAxNTBmMTMzNmVkMmU3NzM3Y2E5MWQ4ZmY1Yg==";
/// Base64 of the digest itself, as the prose of the documentation reads.
const WITHOUT_HEX: &str = "mPl6epDX1xWRarOIh92wTn4j2fBMtSNk/74tj8+xOYQ=";
const KEYS: [(&str, &str); 2] = [("accessKey", "access"), ("secretKey", "secret")];
pub const CREATED: &str = r#"{"status":{"status":"SUCCESS"},"data":{"id":"payment_0a1b","amount":20000,"currency_code":"COP",
    "status":"ACT","payment_method_type":"co_efecty_cash","merchant_reference_id":"A-1042-1","expiration":1783573199,"paid_at":0,
    "textual_codes":{"PIN":"0051930284"},"visual_codes":{},"redirect_url":""}}"#;

pub fn genuine() -> Sent {
    sent(BODY, COMPLETED)
}

fn sent(body: &str, signature: &str) -> Sent {
    let headers = [("signature", signature), ("salt", "c0ffee12"), ("timestamp", "1783039805")];
    Sent::new(RAPYD, &headers, body, &KEYS).at("https://tienda.example/rapyd")
}

#[test]
fn a_completed_payment_is_paid_and_a_succeeded_one_is_not() {
    let verification = sent(BODY, COMPLETED).verify();
    assert_eq!(verification.authentic, Ok(()));
    let event = verification.event.unwrap();
    assert_eq!((event.status, event.amount), (PaymentStatus::Paid, Some(pesos(20_000))));
    assert_eq!(event.at, Some(instant("2026-07-03T00:50:01Z")));
    let made = BODY.replace("COMPLETED", "SUCCEEDED").replace("\"CLO\"", "\"ACT\"");
    assert_eq!(sent(&made, SUCCEEDED).verify().event.unwrap().status, PaymentStatus::Pending);
    assert_eq!(sent(BODY, WITHOUT_HEX).verify().authentic, Err(Refusal::Signature));
}

#[test]
fn whatever_is_altered_is_refused() {
    let genuine = sent(BODY, COMPLETED);
    genuine.assert_body_holds();
    genuine.assert_headers_hold(&["signature", "salt", "timestamp"]);
    genuine.assert_secrets_hold(&["accessKey", "secretKey"]);
    let elsewhere = genuine.clone().at("https://tienda.example/rapyd?x=1");
    assert_eq!(elsewhere.verify().authentic, Err(Refusal::Signature));
    // Digits moved between salt and time.
    let mut moved = genuine.clone();
    moved.headers[1].1 = "c0ffee1".to_owned();
    moved.headers[2].1 = "21783039805".to_owned();
    assert_eq!(moved.verify().authentic, Err(Refusal::Malformed));
    let late = VerifyOptions::new(instant("2026-07-03T01:00:00Z"));
    assert_eq!(genuine.verify_by(&late).authentic, Err(Refusal::Time));
}

#[test]
fn the_answer_is_a_voucher_that_is_not_paid() {
    let voucher = voucher_from_gateway(RAPYD, CREATED, &context(20_000)).unwrap();
    assert_eq!(voucher.networks[0].reference.value, "0051930284");
    let two = CREATED.replace("\"PIN\"", "\"A\":\"1\",\"PIN\"");
    assert_eq!(voucher_from_gateway(RAPYD, &two, &context(20_000)).unwrap_err().path, "data.textual_codes");
    use PaymentStatus::*;
    for (word, status) in [("ACT", Pending), ("CLO", Paid), ("ERR", Expired), ("CAN", Cancelled)] {
        let event = status_from_gateway(RAPYD, &CREATED.replace("\"ACT\"", &format!("\"{word}\""))).unwrap();
        assert_eq!(event.status, status, "{word}");
    }
}

#[test]
fn requests_are_signed() {
    let (options, credentials) = (Options::default(), Credentials::from_iter(KEYS));
    let mut asked = status_of("payment_0a1b", &options);
    asked.credentials = &credentials;
    let http = status_request(RAPYD, &asked).unwrap();
    let expected = "YTEwNGY5NTYyMWRmNmE3NTVmNzFhMWRkNWU5NDhjM2ZiZGEwMjY2ZDYyNDNlZGFlNGVkODU3YzJiODQ1ZGUwMA==";
    assert!(http.headers.contains(&("signature", expected.to_owned())));
    asked.payment_id = "../x";
    assert!(status_request(RAPYD, &asked).is_err());
    let payer = payer("CC", "1020304050", "Ana Pérez");
    assert!(payment_request(RAPYD, &request(&payer, &options, &credentials)).is_ok());
}
