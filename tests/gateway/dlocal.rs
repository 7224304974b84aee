//! dLocal. Signatures of notifications were computed by Node's crypto.

use efecty_checkout::calendar::Deadline;
use efecty_checkout::gateway::{
    Covers, Credentials, ErrorCode, Gateway, Options, PaymentStatus, Refusal, VerifyOptions, payment_request,
    status_from_gateway, status_request, voucher_from_gateway,
};
use efecty_checkout::voucher::Symbology;
use serde_json::Value;

use crate::support::{Sent, context, instant, payer, pesos, request, status_of, verify_options};

const DLOCAL: Gateway = Gateway::Dlocal;
pub const CREATED: &str = include_str!("../fixtures/gateway/dlocal-created.json");
const PAID: &str = include_str!("../fixtures/gateway/dlocal-paid.json");
const SIGNATURE: &str = "3df1c7b52a5582d0ebac0e05aca7c9368e9b8a73cc11e1faa0c38d368a9ff33f";
const KEYS: [(&str, &str); 3] =
    [("xLogin", "1955gdod"), ("xTransKey", "trans"), ("secretKey", "secretKey123")];

pub fn paid() -> Sent {
    let authorization = format!("V2-HMAC-SHA256, Signature: {SIGNATURE}");
    let headers = [
        ("Authorization", authorization.as_str()),
        ("X-Date", "2026-07-03T00:50:05.000Z"),
        ("X-Login", "1955gdod"),
        ("Content-Type", "application/json"),
    ];
    Sent::new(DLOCAL, &headers, PAID, &KEYS)
}

#[test]
fn the_answer_is_a_voucher() {
    let mut context = context(20_000);
    context.agreement = Some("111571".to_owned());
    let voucher = voucher_from_gateway(DLOCAL, CREATED, &context).unwrap();
    let network = &voucher.networks[0];
    assert_eq!(network.reference.groups(), ["5193", "0284"]);
    assert_eq!(network.agreement.as_ref().unwrap().code, "111571");
    let barcode = voucher.barcode.unwrap();
    assert_eq!(barcode.symbology, Symbology::Code128);
    assert_eq!(barcode.content, "41577012345678978020000051930284390020260708");
    assert_eq!(voucher.expires_at, Some(Deadline::At(instant("2026-07-09T04:59:00Z"))));
    assert_eq!(voucher.links.voucher.as_deref(), Some("https://pay.example.com/gmf/payments/M-51930284"));

    let other = CREATED.replace("\"company_name\"", "\"company_id\": \"999999\", \"company_name\"");
    let error = voucher_from_gateway(DLOCAL, &other, &context).unwrap_err();
    assert_eq!(error.to_string(), "expected 111571 at ticket.company_id");
}

#[test]
fn a_ticket_that_is_only_a_page_offers_no_number() {
    let uuid =
        CREATED.replace("51930284\",\n    \"exp", "3f0a6a0e-6b1d-4dc5-8f5e-1f6c0b6f7d10\",\n    \"exp");
    assert!(uuid.contains("3f0a6a0e"));
    let voucher = voucher_from_gateway(DLOCAL, &uuid, &context(20_000)).unwrap();
    assert!(voucher.networks.is_empty() && voucher.links.voucher.is_some());
    let nowhere = uuid.replace("\"image_url\"", "\"image\"");
    assert_eq!(voucher_from_gateway(DLOCAL, &nowhere, &context(20_000)).unwrap_err().path, "ticket.number");
}

#[test]
fn an_answer_that_cannot_be_used_says_where() {
    let error = |raw: String, amount| voucher_from_gateway(DLOCAL, &raw, &context(amount)).unwrap_err();
    assert_eq!(error(CREATED.to_owned(), 20_001).path, "amount");
    let fraction =
        CREATED.replace("\"amount\": 20000,\n  \"currency\"", "\"amount\": 20000.5,\n  \"currency\"");
    assert_eq!(error(fraction, 20_000).to_string(), "expected whole pesos at amount");
    assert_eq!(
        error(CREATED.replace("\"COP\",\n  \"country\"", "\"USD\",\n  \"country\""), 20_000).path,
        "currency"
    );
    assert_eq!(
        error(CREATED.replace(".000+0000\",\n    \"bar", "\",\n    \"bar"), 20_000).path,
        "ticket.expiration_date"
    );
    let refused = r#"{"code":5007,"message":"Amount exceeded"}"#.to_owned();
    assert_eq!(error(refused, 20_000).to_string(), "the gateway refused: Amount exceeded");
}

#[test]
fn requests_are_signed_as_published() {
    let credentials = Credentials::from_iter(KEYS);
    let options = Options::default();
    let mut asked = status_of("D-4-1", &options);
    asked.credentials = &credentials;
    asked.now = instant("2022-11-24T15:42:57.130Z");
    let http = status_request(DLOCAL, &asked).unwrap();
    assert_eq!(http.url, "https://api.dlocal.com/payments/D-4-1");
    // The vector of shhac/agent-dlocal, signer_test.go: no body.
    let expected =
        "V2-HMAC-SHA256, Signature: 98211fe059efc3606b831a1c30a3c6d7448e598b515a15456ae9ebc157314aa2";
    assert!(http.headers.contains(&("Authorization", expected.to_owned())));

    let payer = payer("CC", "1020304050", "José Núñez");
    let http = payment_request(DLOCAL, &request(&payer, &options, &credentials)).unwrap();
    let body: Value = serde_json::from_str(&http.body).unwrap();
    assert_eq!((&body["payment_method_id"], &body["amount"]), (&Value::from("EY"), &Value::from(20_000)));
    assert_eq!(body["payer"]["name"], "Jose Nunez");
    assert!(http.headers.contains(&("X-Idempotency-Key", "A-1042-1".to_owned())));

    let none = Credentials::default();
    let error = payment_request(DLOCAL, &request(&payer, &options, &none)).unwrap_err();
    assert_eq!((error.code, error.path.as_str()), (ErrorCode::Credential, "xLogin, xTransKey, secretKey"));
}

#[test]
fn a_notification_is_authentic_once_and_in_time() {
    let verification = paid().verify();
    assert_eq!(verification.authentic, Ok(()));
    assert!(!verification.requery && verification.covers.contains(&Covers::Status));
    let event = verification.event.unwrap();
    assert_eq!((event.status, event.amount), (PaymentStatus::Paid, Some(pesos(20_000))));
    assert_eq!(event.invoice.as_deref(), Some("A-1042-1"));
    assert_eq!(event.at, Some(instant("2026-07-03T00:50:01Z")));
    for (now, refusal) in [("2026-07-03T00:55:06Z", Refusal::Time), ("2026-07-03T00:45:04Z", Refusal::Time)] {
        assert_eq!(paid().verify_by(&VerifyOptions::new(instant(now))).authentic, Err(refusal));
    }
    let mut patient = verify_options();
    patient.now = instant("2026-07-03T01:50:05Z");
    patient.tolerance_seconds = 3600;
    assert_eq!(paid().verify_by(&patient).authentic, Ok(()));
}

#[test]
fn whatever_is_altered_is_refused() {
    let paid = paid();
    paid.assert_body_holds();
    paid.assert_headers_hold(&["Authorization", "X-Date", "X-Login"]);
    paid.assert_secrets_hold(&["xLogin", "secretKey"]);
    let mut upper = paid.clone();
    upper.headers[0].1 = upper.headers[0].1.replace(SIGNATURE, &SIGNATURE.to_uppercase());
    assert_eq!(upper.verify().authentic, Err(Refusal::Signature));
    let mut other_scheme = paid;
    other_scheme.headers[0].1 = other_scheme.headers[0].1.replace("SHA256", "MD5");
    assert_eq!(other_scheme.verify().authentic, Err(Refusal::Signature));
}

#[test]
fn the_word_tells_the_status() {
    use PaymentStatus::*;
    for (word, number, status) in [
        ("PENDING", 100, Pending),
        ("PAID", 200, Paid),
        ("REJECTED", 300, Rejected),
        ("CANCELLED", 400, Cancelled),
        ("EXPIRED", 500, Expired),
        ("EXPIRED", 600, Expired),
        ("AUTHORIZED", 600, Pending),
        ("NEWS", 200, Unknown("NEWS".to_owned())),
    ] {
        let raw = PAID.replace("\"PAID\"", &format!("\"{word}\"")).replace("\"200\"", &number.to_string());
        assert_eq!(status_from_gateway(DLOCAL, &raw).unwrap().status, status, "{word} {number}");
    }
    let dollars = PAID.replace("COP", "USD").replace("20000.00", "72.50");
    let event = status_from_gateway(DLOCAL, &dollars).unwrap();
    assert_eq!((event.amount, event.currency.as_deref()), (None, Some("USD")));
}
