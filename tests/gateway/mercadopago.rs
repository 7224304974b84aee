//! Mercado Pago. Signatures were computed by Node's crypto: no digest is published.

use efecty_checkout::calendar::{BogotaDate, Deadline};
use efecty_checkout::gateway::{
    Covers, Credentials, Gateway, Options, PaymentStatus, Refusal, payment_request, status_from_gateway,
    status_request, voucher_from_gateway,
};
use serde_json::Value;

use crate::support::{Sent, context, instant, payer, pesos, request, status_of};

const MERCADOPAGO: Gateway = Gateway::Mercadopago;
pub const CREATED: &str = include_str!("../fixtures/gateway/mercadopago-created.json");
const BODY: &str = r#"{"id":12345,"type":"payment","action":"payment.updated","data":{"id":"71234567890"}}"#;
const IN_SECONDS: &str = "b8ff1572e46218f9e2153619a8c113adcb290dea20ecca372165ba575cf50019";
const IN_MILLISECONDS: &str = "2f5539efcaf272d67f5d39990817075ef9e21bbccb0b83521f22c52aa58cc832";
const WITHOUT_REQUEST: &str = "39429a285aa534f9f1c052231b5df62635a5ba2394978bd8524bc81248e5b6d1";

fn sent(ts: &str, signature: &str, id: &str) -> Sent {
    let header = format!("ts={ts},v1={signature}");
    let headers = [("x-signature", header.as_str()), ("x-request-id", "6f1c2b3a")];
    Sent::new(MERCADOPAGO, &headers, "", &[("webhookSecret", "whsec")])
        .at(&format!("https://tienda.example/mp?data.id={id}&type=payment"))
}

pub fn genuine() -> Sent {
    Sent { body: BODY.as_bytes().to_vec(), ..sent("1783039805", IN_SECONDS, "71234567890") }
}

#[test]
fn the_answer_is_a_voucher_alone_or_in_an_array() {
    for raw in [CREATED.to_owned(), format!("[{CREATED}]")] {
        let voucher = voucher_from_gateway(MERCADOPAGO, &raw, &context(20_000)).unwrap();
        assert_eq!(voucher.networks[0].reference.value, "40213377");
        assert_eq!(voucher.expires_at, Some(Deadline::At(instant("2026-07-09T03:59:59Z"))));
        assert_eq!(voucher.issued_at, Some(instant("2026-07-03T00:50:07.123Z")));
        assert!(voucher.links.voucher.is_some());
    }
    let error = |from: &str, to: &str| {
        voucher_from_gateway(MERCADOPAGO, &CREATED.replace(from, to), &context(20_000)).unwrap_err()
    };
    assert_eq!(
        error("\"transaction_amount\": 20000", "\"transaction_amount\": 20000.01").path,
        "transaction_amount"
    );
    assert_eq!(error("-08T23:59:59.000-04:00", "-08T23:59:59.000").path, "date_of_expiration");
    assert_eq!(error("\"pending\"", "\"rejected\"").code.code(), "refused");
    assert_eq!(error("_reference_id", "_id").path, "transaction_details.payment_method_reference_id");
    let refused =
        voucher_from_gateway(MERCADOPAGO, r#"{"message":"invalid payer","status":400}"#, &context(1));
    assert_eq!(refused.unwrap_err().to_string(), "the gateway refused: invalid payer");
}

#[test]
fn the_create_request_carries_what_is_asked_for() {
    let options = Options {
        last_day: Some(BogotaDate::parse("2026-07-08").unwrap()),
        confirmation_url: Some("https://tienda.example/mp".to_owned()),
        ..Options::default()
    };
    let credentials = Credentials::from_iter([("accessToken", "APP_USR-1")]);
    let payer = payer("PA", "AB123456", "Ana Pérez");
    let http = payment_request(MERCADOPAGO, &request(&payer, &options, &credentials)).unwrap();
    assert_eq!(http.url, "https://api.mercadopago.com/v1/payments");
    assert!(http.headers.contains(&("Authorization", "Bearer APP_USR-1".to_owned())));
    let body: Value = serde_json::from_str(&http.body).unwrap();
    assert_eq!(body["date_of_expiration"], "2026-07-08T23:59:59.000-05:00");
    assert_eq!(body["payer"]["identification"], serde_json::json!({ "type": "Otro", "number": "AB123456" }));
    let mut asked = status_of("71234567890", &options);
    asked.credentials = &credentials;
    let http = status_request(MERCADOPAGO, &asked).unwrap();
    assert_eq!(http.url, "https://api.mercadopago.com/v1/payments/71234567890");
    asked.payment_id = "../users";
    assert!(status_request(MERCADOPAGO, &asked).is_err());
}

#[test]
fn a_query_tells_the_status() {
    use PaymentStatus::*;
    for (status, detail, expected) in [
        ("approved", "accredited", Paid),
        ("pending", "pending_waiting_payment", Pending),
        ("in_process", "", Pending),
        ("cancelled", "expired", Expired),
        ("cancelled", "by_collector", Cancelled),
        ("rejected", "", Rejected),
        ("refunded", "", Refunded),
        ("charged_back", "", Refunded),
        ("in_mediation", "", Unknown("in_mediation".to_owned())),
    ] {
        let raw = CREATED
            .replace("\"pending\"", &format!("\"{status}\""))
            .replace("\"pending_waiting_payment\"", &format!("\"{detail}\""));
        let event = status_from_gateway(MERCADOPAGO, &raw).unwrap();
        assert_eq!(event.status, expected, "{status} {detail}");
        assert_eq!((event.payment_id.as_str(), event.amount), ("71234567890", Some(pesos(20_000))));
        assert_eq!(event.invoice.as_deref(), Some("A-1042-1"));
    }
    // Paid is what was taken, which may be more than was asked.
    let overpaid = CREATED
        .replace("\"pending\"", "\"approved\"")
        .replace("\"total_paid_amount\": 20000", "\"total_paid_amount\": 25000");
    assert_eq!(status_from_gateway(MERCADOPAGO, &overpaid).unwrap().amount, Some(pesos(25_000)));
}

#[test]
fn a_notification_names_a_payment_to_ask_about() {
    for sent in [genuine(), sent("1783039805000", IN_MILLISECONDS, "71234567890")] {
        let verification = sent.verify();
        assert_eq!(verification.authentic, Ok(()));
        assert!(verification.requery && verification.event.is_none());
        assert_eq!(verification.payments, ["71234567890"]);
        assert_eq!(verification.covers, [Covers::Payment]);
    }
    // A part without a value is left out of the manifest.
    let mut without = sent("1783039805", WITHOUT_REQUEST, "71234567890");
    without.headers.pop();
    assert_eq!(without.verify().authentic, Ok(()));
}

#[test]
fn both_casings_of_the_number_are_accepted() {
    let kept = "890843856b4c9660aa67d98faf27f7e1d42b830c3a614fc60c4e1532ce2a75e5";
    let lowered = "67b69598a0463386826bdd70b7a45afbe57e32abc40fd1ab8dcb16e289713189";
    assert_eq!(sent("1783039805", kept, "ORD01JX").verify().authentic, Ok(()));
    assert_eq!(sent("1783039805", lowered, "ORD01JX").verify().authentic, Ok(()));
    assert_eq!(sent("1783039805", kept, "ord01jx").verify().authentic, Err(Refusal::Signature));
}

#[test]
fn whatever_is_altered_is_refused() {
    let genuine = genuine();
    genuine.assert_headers_hold(&["x-signature", "x-request-id"]);
    genuine.assert_secrets_hold(&["webhookSecret"]);
    for id in ["71234567891", "7123456789", "71234567890;", "", "７1234567890", "71234567890&data.id=1"] {
        assert!(sent("1783039805", IN_SECONDS, id).verify().authentic.is_err(), "{id}");
    }
    let other_body = genuine.with("71234567890", "71234567891");
    assert_eq!(other_body.verify().authentic, Err(Refusal::Ambiguous));
    let mut late = genuine.clone();
    late.headers[0].1 = late.headers[0].1.replace("v1=", "ts=1783039805,v1=");
    assert_eq!(late.verify().authentic, Err(Refusal::Ambiguous));
    let unknown = Sent { url: None, ..genuine.clone() };
    assert_eq!(unknown.verify().authentic, Err(Refusal::Malformed));
    let mut options = crate::support::verify_options();
    options.now = instant("2026-07-03T01:00:00Z");
    assert_eq!(genuine.verify_by(&options).authentic, Err(Refusal::Time));
    let topic = Sent {
        url: genuine.url.clone().map(|url| url.replace("type=payment", "type=merchant_order")),
        ..genuine
    };
    assert!(topic.verify().payments.is_empty() && !topic.verify().requery);
}
