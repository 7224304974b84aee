//! Openpay.

use efecty_checkout::calendar::{BogotaDate, Deadline};
use efecty_checkout::gateway::{
    Credentials, ErrorCode, Gateway, Options, PaymentStatus, Refusal, Zone, payment_request,
    status_from_gateway, status_request, voucher_from_gateway,
};
use serde_json::Value;

use crate::support::{Sent, address, context, instant, payer, request, status_of};

const OPENPAY: Gateway = Gateway::Openpay;
pub const CREATED: &str = r#"{"id":"trq7yrthx5vc4gtjdkwg","method":"store","status":"in_progress","amount":20000.00,
    "currency":"COP","order_id":"A-1042-1","due_date":"2026-07-08T23:59:59",
    "payment_method":{"type":"store","reference":"1010102030405060","barcode_url":"https://example.com/b"}}"#;

pub fn genuine() -> Sent {
    sent("charge.succeeded")
}

fn sent(topic: &str) -> Sent {
    let body = format!(
        r#"{{"type":"{topic}","event_date":"2026-07-03T12:00:00","transaction":{{"id":"trq7yrthx5vc4gtjdkwg","method":"store","order_id":"A-1042-1"}}}}"#
    );
    // The example of RFC 7617.
    let headers = [("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")];
    let keys = [("webhookUser", "Aladdin"), ("webhookPassword", "open sesame")];
    Sent::new(OPENPAY, &headers, &body, &keys)
}

#[test]
fn the_answer_is_a_voucher_in_the_stated_zone() {
    let mut context = context(20_000);
    context.agreement = Some("112806".to_owned());
    let unknown = voucher_from_gateway(OPENPAY, CREATED, &context).unwrap_err();
    assert_eq!((unknown.code, unknown.path.as_str()), (ErrorCode::Incomplete, "zone"));
    // The plugin counts in Mexico even for Colombia.
    context.zone = Some(Zone::parse("-06:00").unwrap());
    let voucher = voucher_from_gateway(OPENPAY, CREATED, &context).unwrap();
    assert_eq!(voucher.expires_at, Some(Deadline::At(instant("2026-07-09T05:59:59Z"))));
    assert_eq!(voucher.networks[0].reference.groups(), ["1010", "1020", "3040", "5060"]);
    let with_offset = CREATED.replace("23:59:59\"", "23:59:59-05:00\"");
    let voucher = voucher_from_gateway(OPENPAY, &with_offset, &context).unwrap();
    assert_eq!(voucher.expires_at, Some(Deadline::At(instant("2026-07-09T04:59:59Z"))));
    for zone in ["", "-6", "-15:00", "+05:60", "America/Bogota", "é05:00"] {
        assert!(Zone::parse(zone).is_err(), "{zone}");
    }
}

#[test]
fn the_create_request_names_what_is_missing() {
    let payer = payer("CC", "1020304050", "Ana Pérez");
    let credentials = Credentials::from_iter([("merchantId", "m1"), ("privateKey", "sk_1")]);
    let last_day = Some(BogotaDate::parse("2026-07-08").unwrap());
    let mut options = Options { last_day, ..Options::default() };
    let error = payment_request(OPENPAY, &request(&payer, &options, &credentials)).unwrap_err();
    assert_eq!(error.path, "address, zone");
    options.address = Some(address());
    options.zone = Some(Zone::BOGOTA);
    let mut asked = status_of("tr_123", &options);
    asked.credentials = &credentials;
    assert_eq!(status_request(OPENPAY, &asked).unwrap().url, "https://api.openpay.co/v1/m1/charges/tr_123");
    let http = payment_request(OPENPAY, &request(&payer, &options, &credentials)).unwrap();
    assert_eq!(http.url, "https://api.openpay.co/v1/m1/charges");
    let body: Value = serde_json::from_str(&http.body).unwrap();
    assert_eq!((&body["due_date"], &body["method"]), (&"2026-07-08T23:59:59".into(), &"store".into()));
}

#[test]
fn a_webhook_with_the_password_is_a_reason_to_ask() {
    use PaymentStatus::*;
    for (topic, status) in [
        ("charge.succeeded", Paid),
        ("charge.cancelled", Cancelled),
        ("order.expired", Expired),
        ("transaction.expired", Expired),
        ("charge.failed", Rejected),
    ] {
        let verification = sent(topic).verify();
        assert_eq!(verification.authentic, Ok(()));
        assert!(verification.requery && verification.covers.is_empty());
        assert_eq!(verification.event.unwrap().status, status);
    }
    // RFC 9110: the scheme's case does not matter. An underscore stands in a charge's number.
    let mut other = sent("charge.succeeded").with("trq7yrthx5vc4gtjdkwg", "tr_123");
    for scheme in ["basic", "BASIC"] {
        other.headers[0].1 = [scheme, " QWxhZGRpbjpvcGVuIHNlc2FtZQ=="].concat();
        assert_eq!(other.verify().payments, ["tr_123"]);
    }
    let verification = sent("verification").verify();
    assert!(verification.authentic.is_ok() && !verification.requery);
    let charge = sent("charge.succeeded");
    charge.assert_headers_hold(&["Authorization"]);
    charge.assert_secrets_hold(&["webhookUser", "webhookPassword"]);
    let mut lower = charge;
    lower.headers[0].1 = lower.headers[0].1.replace("QWx", "qWx");
    assert_eq!(lower.verify().authentic, Err(Refusal::Signature));
}

#[test]
fn a_query_tells_the_status() {
    use PaymentStatus::*;
    for (word, status) in
        [("completed", Paid), ("in_progress", Pending), ("failed", Rejected), ("expired", Expired)]
    {
        let raw = CREATED.replace("in_progress", word);
        assert_eq!(status_from_gateway(OPENPAY, &raw).unwrap().status, status);
    }
    let refused = r#"{"category":"request","description":"order_id already processed","http_code":409,"error_code":1006}"#;
    let error = status_from_gateway(OPENPAY, refused).unwrap_err();
    assert_eq!(error.to_string(), "the gateway refused: order_id already processed");
}
