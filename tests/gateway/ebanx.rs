//! EBANX. The certificate and the signatures were made by OpenSSL: no vector is published.

use efecty_checkout::calendar::{BogotaDate, Deadline};
use efecty_checkout::gateway::{
    Callback, Covers, Credentials, ErrorCode, Gateway, Options, PaymentStatus, Refusal, payment_request,
    status_from_gateway, verify_callback, voucher_from_gateway,
};
use serde_json::Value;

use crate::support::{Sent, context, payer, pesos, request, verify_options};

const EBANX: Gateway = Gateway::Ebanx;
const CERTIFICATE: &str = include_str!("../fixtures/gateway/ebanx-certificate.pem");
const BODY: &str = include_str!("../fixtures/gateway/ebanx-notification.txt");
const SIGNATURE: &str = include_str!("../fixtures/gateway/ebanx-notification.sig");
/// The same body, the same key, another digest.
const WITH_SHA256: &str = "IeDic3Uu+o8HJ4Xo7hZk9zd9VO/QAi9J0cG++p48uu6fQFBxQPQwCirrcyxwr6BWzbkI30kEnRo3vCKA8R8UgzBrUnOlS2SnHCiViH0RB2hdGrnbxiPgdLtdE7G8dlW01b/KNUG4RBJLwNIpOcZG6XTcq5ua4lHvHFxbq69ZNLY9JF/oSkKdBG5jl52ztZKUCGw6fnRgAUtfIquVIKBb0kapB6w7Ih15d779r1a8NVf9FymwifVMAKTehXYyAwVT9b4SUmbTL1G421PhELNHBHhW5qIjH89q1NzUQzz+Q1gF7dK9+pRN7Hfsgmk88aRN9tP3FdHR/N0HXwqDAHzf1g==";
pub const CREATED: &str = r#"{"status":"SUCCESS","payment":{"hash":"59ad00dd18a6d5ba0e4c3c5f0e3a6d1b2c4f5a6978aabbcc",
    "pin":"0012345678","voucher_id":"0012345678","merchant_payment_code":"A-1042-1","status":"PE",
    "due_date":"2026-07-08","amount_ext":"20000.00","currency_ext":"COP",
    "efecty_url":"https://sandbox.example.com/print/efecty/?hash=59ad"}}"#;

pub fn sent() -> Sent {
    let headers = [("X-SignatureContent", SIGNATURE), ("X-SignatureType", "rsa,sha1")];
    Sent::new(EBANX, &headers, BODY, &[("certificate", CERTIFICATE)])
}

#[test]
fn a_notification_lists_payments_to_ask_about() {
    let mut newer = sent();
    newer.headers[0].0 = "X-Signature-Content".to_owned();
    for sent in [sent(), newer] {
        let verification = sent.verify();
        assert_eq!(verification.authentic, Ok(()));
        assert!(verification.event.is_none() && verification.requery);
        assert_eq!((verification.payments.len(), verification.covers), (2, &[Covers::Payment][..]));
    }
}

#[test]
fn whatever_is_altered_is_refused() {
    let sent = sent();
    sent.assert_headers_hold(&["X-SignatureContent"]);
    for i in 0..BODY.len() {
        let mut forged = sent.clone();
        forged.body[i] ^= 1;
        assert_eq!(forged.verify().authentic, Err(Refusal::Signature), "byte {i}");
    }
    let mut other_digest = sent.clone();
    other_digest.headers[0].1 = WITH_SHA256.to_owned();
    other_digest.headers[1].1 = "rsa,sha256".to_owned();
    assert_eq!(other_digest.verify().authentic, Err(Refusal::Signature));
    let mut both = sent;
    both.headers.push(("x-signature-content".to_owned(), SIGNATURE.to_owned()));
    assert_eq!(both.verify().authentic, Err(Refusal::Ambiguous));
}

#[test]
fn a_certificate_that_is_none_is_named() {
    let cut = &CERTIFICATE[..CERTIFICATE.len() / 2];
    for pem in ["", "x", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", cut] {
        let credentials = Credentials::from_iter([("certificate", pem)]);
        let callback = Callback { headers: &[], raw_body: b"", url: None };
        let error = verify_callback(EBANX, &callback, &credentials, &verify_options()).unwrap_err();
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::Credential, "certificate"));
    }
}

#[test]
fn the_answer_is_a_voucher_and_tells_the_status() {
    let voucher = voucher_from_gateway(EBANX, CREATED, &context(20_000)).unwrap();
    assert_eq!(voucher.networks[0].reference.value, "0012345678");
    assert_eq!(voucher.expires_at, Some(Deadline::EndOf(BogotaDate::parse("2026-07-08").unwrap())));
    assert!(voucher.links.voucher.is_some());
    let other = CREATED.replace("\"voucher_id\":\"0012345678\"", "\"voucher_id\":\"0012345679\"");
    let error = voucher_from_gateway(EBANX, &other, &context(20_000)).unwrap_err();
    assert_eq!(error.to_string(), "expected 0012345678 at payment.voucher_id");
    use PaymentStatus::*;
    for (word, status) in [("PE", Pending), ("OP", Pending), ("CO", Paid), ("CA", Cancelled)] {
        let event = status_from_gateway(EBANX, &CREATED.replace("\"PE\"", &format!("\"{word}\""))).unwrap();
        assert_eq!((event.status, event.amount), (status, Some(pesos(20_000))));
    }
    let refused =
        r#"{"status":"ERROR","status_code":"BP-DR-13","status_message":"Field payment.name is required"}"#;
    assert_eq!(status_from_gateway(EBANX, refused).unwrap_err().code, ErrorCode::Refused);
}

#[test]
fn the_create_request_tells_the_day_first() {
    let last_day = Some(BogotaDate::parse("2026-07-08").unwrap());
    let options = Options { last_day, ..Options::default() };
    let credentials = Credentials::from_iter([("integrationKey", "key")]);
    let payer = payer("NIT", "900123456-8", "Tienda Ejemplo SAS");
    let http = payment_request(EBANX, &request(&payer, &options, &credentials)).unwrap();
    let body: Value = serde_json::from_str(&http.body).unwrap();
    assert_eq!(
        (&body["payment"]["due_date"], &body["payment"]["document_type"]),
        (&"08/07/2026".into(), &"NIT".into())
    );
}
