//! PlacetoPay.

use efecty_checkout::gateway::{
    Covers, Credentials, ErrorCode, Gateway, Options, PaymentStatus, Refusal, payment_request,
    status_from_gateway, voucher_from_gateway,
};
use serde_json::Value;

use crate::support::{Sent, altered_texts, context, payer, pesos, request};

const PLACETOPAY: Gateway = Gateway::Placetopay;
const DATE: &str = "2016-10-10T16:39:57-05:00";
const SHA1: &str = "8fb4beea130ab3e75a1de956bd0213892e0f6839";

/// The published one, or one whose digest was computed by Node's crypto.
pub fn genuine(algorithm: &str) -> Sent {
    let digest = "sha256:dda822b9531c4518f9adef5b518d5954c3d4ac350f16e4daf116b9ac88c47db6";
    match algorithm {
        "sha1" => sent("sha1", "83", "APPROVED", DATE, SHA1),
        _ => sent("sha256", "1234", "APPROVED", "2026-07-02T19:50:07-05:00", digest),
    }
}

/// Signed for a part of the amount; computed by Python's hashlib.
pub fn partial() -> Sent {
    sent("sha1", "83", "APPROVED_PARTIAL", DATE, "18dd8d604dfe357851d3ca9610e7e21922e326ca")
}

fn sent(algorithm: &str, number: &str, state: &str, date: &str, signature: &str) -> Sent {
    let body = format!(
        r#"{{"status":{{"status":"{state}","reason":"00","message":"ok","date":"{date}"}},"requestId":{number},"reference":"A-1042-1","signature":"{signature}"}}"#
    );
    Sent::new(PLACETOPAY, &[], &body, &[("secretKey", "024h1IlD"), ("algorithm", algorithm)])
}

#[test]
fn published_notifications_are_authentic() {
    // dnetix/redirection, NotificationTest: the old signature.
    let approved = sent("sha1", "83", "APPROVED", DATE, SHA1).verify();
    assert_eq!(approved.authentic, Ok(()));
    assert!(approved.requery && !approved.covers.contains(&Covers::Amount));
    assert_eq!(approved.event.unwrap().status, PaymentStatus::Paid);
    let signature = "554fa6c36bd5d1376b192b8bc3a1e3dd9a01e448";
    let rejected = sent("sha1", "126", "REJECTED", "2016-10-12T01:44:37-05:00", signature).verify();
    assert_eq!(rejected.event.unwrap().status, PaymentStatus::Rejected);
    // The new one, computed by Node's crypto.
    let digest = "sha256:dda822b9531c4518f9adef5b518d5954c3d4ac350f16e4daf116b9ac88c47db6";
    let new = sent("sha256", "1234", "APPROVED", "2026-07-02T19:50:07-05:00", digest);
    assert_eq!(new.verify().authentic, Ok(()));
    // The value that the documentation prints as an example is a placeholder.
    let printed = "sha256:a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s";
    let printed = sent("sha256", "1234", "APPROVED", "2019-01-01T12:00:00-05:00", printed);
    assert_eq!(printed.verify().authentic, Err(Refusal::Signature));
}

#[test]
fn nothing_moves_between_the_state_and_the_date() {
    assert_eq!(partial().verify().authentic, Ok(()));
    let moved = partial().with("_PARTIAL", "").with(DATE, &["_PARTIAL", DATE].concat());
    assert_eq!(moved.verify().authentic, Err(Refusal::Malformed));
}

#[test]
fn the_algorithm_is_the_merchants_choice() {
    assert_eq!(sent("sha256", "83", "APPROVED", DATE, SHA1).verify().authentic, Err(Refusal::Signature));
    let digest = "sha256:dda822b9531c4518f9adef5b518d5954c3d4ac350f16e4daf116b9ac88c47db6";
    let new = sent("sha1", "1234", "APPROVED", "2026-07-02T19:50:07-05:00", digest);
    assert_eq!(new.verify().authentic, Err(Refusal::Signature));
}

#[test]
fn whatever_is_covered_and_altered_is_refused() {
    let genuine = sent("sha1", "83", "APPROVED", DATE, SHA1);
    genuine.assert_secrets_hold(&["secretKey"]);
    for value in [DATE, SHA1, "APPROVED"] {
        for altered in altered_texts(value) {
            assert!(genuine.with(value, &altered).verify().authentic.is_err(), "{altered}");
        }
    }
    assert_eq!(genuine.with(":83,", ":84,").verify().authentic, Err(Refusal::Signature));
    let moved = genuine.with(":83,", ":\"83A\",").with("\"APPROVED\"", "\"PPROVED\"");
    assert_eq!(moved.verify().authentic, Err(Refusal::Malformed));
}

#[test]
fn a_session_is_a_page_and_tells_the_status() {
    let created = r#"{"status":{"status":"OK","date":"2026-07-02T19:50:07-05:00"},"requestId":1234,"processUrl":"https://checkout.example.com/session/1234/ab"}"#;
    let voucher = voucher_from_gateway(PLACETOPAY, created, &context(20_000)).unwrap();
    assert!(voucher.networks.is_empty() && voucher.links.voucher.is_some());
    let failed = created.replace("\"OK\"", "\"FAILED\"");
    let failed = voucher_from_gateway(PLACETOPAY, &failed, &context(20_000)).unwrap_err();
    assert_eq!((failed.code, failed.path.as_str()), (ErrorCode::Refused, "status.status"));
    let refused = r#"{"status":{"status":"FAILED","reason":401,"message":"Autenticación fallida"}}"#;
    assert_eq!(voucher_from_gateway(PLACETOPAY, refused, &context(1)).unwrap_err().code, ErrorCode::Refused);
    let answer = |state: &str, date: &str| {
        let raw = format!(
            r#"{{"requestId":1234,"status":{{"status":"{state}","date":"{date}"}},"request":{{"expiration":"2026-07-05T19:50:07-05:00",
            "payment":{{"reference":"A-1042-1","amount":{{"currency":"COP","total":20000}}}}}}}}"#
        );
        status_from_gateway(PLACETOPAY, &raw).unwrap()
    };
    use PaymentStatus::*;
    let (early, late) = ("2026-07-03T10:00:00-05:00", "2026-07-05T19:50:08-05:00");
    for (state, date, status) in [
        ("APPROVED", early, Paid),
        ("PENDING", early, Pending),
        ("REJECTED", early, Rejected),
        ("REJECTED", late, Expired),
        ("PARTIAL_EXPIRED", late, Expired),
        ("APPROVED_PARTIAL", early, Unknown("APPROVED_PARTIAL".to_owned())),
    ] {
        let event = answer(state, date);
        assert_eq!((event.status, event.amount), (status, Some(pesos(20_000))), "{state}");
    }
}

#[test]
fn the_create_request_is_authenticated() {
    let payer = payer("CC", "1020304050", "Ana Pérez");
    let credentials = Credentials::from_iter([("login", "tienda"), ("secretKey", "024h1IlD")]);
    let options = Options {
        return_url: Some("https://tienda.example/back".to_owned()),
        payer_ip: Some("190.0.0.1".to_owned()),
        user_agent: Some("Mozilla/5.0".to_owned()),
        ..Options::default()
    };
    let http = payment_request(PLACETOPAY, &request(&payer, &options, &credentials)).unwrap();
    let body: Value = serde_json::from_str(&http.body).unwrap();
    // Computed by Node's crypto.
    assert_eq!(body["auth"]["tranKey"], "TE44KF1utiGYoei2QGg7mOcEmNVtPKlHokHdEMGKNCI=");
    assert_eq!(body["expiration"], "2026-07-05T19:50:08-05:00");
    let error = payment_request(PLACETOPAY, &request(&payer, &Options::default(), &credentials)).unwrap_err();
    assert_eq!(error.path, "returnUrl, payerIp, userAgent");
}
