//! Payvalida. Digests were computed by Node's crypto: none is published.

use efecty_checkout::calendar::BogotaDate;
use efecty_checkout::gateway::{
    Covers, Credentials, ErrorCode, Gateway, Options, PaymentRequest, PaymentStatus, Refusal,
    payment_request, status_from_gateway, voucher_from_gateway,
};
use serde_json::Value;

use crate::support::{Sent, altered_texts, context, payer, pesos, request};

const PAYVALIDA: Gateway = Gateway::Payvalida;
pub const CREATED: &str = r#"{"CODE":"0000","DESC":"OK","DATA":{"OrdenID":"A-1042-1","Monto":"20000.0",
    "PVordenID":"95777","Referencia":"0989898101","Operacion":"CREADA","checkout":"checkout.example.com/?token=abc"}}"#;
const CHECKSUM: &str = "4f8612f2f78cbb635a50996b91d476252fc62a5ce0b08b60f4367fd3870e0e07";

pub fn sent() -> Sent {
    let body = format!(
        r#"{{"pv_po_id":95777,"po_id":"A-1042-1","status":"approved","amount":"20000","iso_currency":"COP","pv_payment":"EFECTY","pv_checksum":"{CHECKSUM}"}}"#
    );
    Sent::new(PAYVALIDA, &[], &body, &[("notificationHash", "notif")])
}

#[test]
fn the_answer_is_a_voucher() {
    let voucher = voucher_from_gateway(PAYVALIDA, CREATED, &context(20_000)).unwrap();
    assert_eq!(voucher.networks[0].reference.value, "0989898101");
    assert_eq!(voucher.links.voucher.as_deref(), Some("https://checkout.example.com/?token=abc"));
    let other = CREATED.replace("20000.0", "20000.5");
    assert_eq!(voucher_from_gateway(PAYVALIDA, &other, &context(20_000)).unwrap_err().path, "DATA.Monto");
    let refused =
        voucher_from_gateway(PAYVALIDA, r#"{"CODE":"1021","DESC":"Checksum inválido"}"#, &context(1));
    assert_eq!(refused.unwrap_err().to_string(), "the gateway refused: Checksum inválido");
    let event = status_from_gateway(PAYVALIDA, CREATED).unwrap();
    assert_eq!((event.payment_id.as_str(), event.status), ("95777", PaymentStatus::Pending));
}

#[test]
fn the_create_request_carries_its_checksum() {
    let options = Options { last_day: Some(BogotaDate::parse("2026-07-08").unwrap()), ..Options::default() };
    let credentials = Credentials::from_iter([("merchant", "tienda"), ("fixedHash", "fixed")]);
    let payer = payer("CC", "1020304050", "Ana Pérez");
    let http = payment_request(PAYVALIDA, &request(&payer, &options, &credentials)).unwrap();
    let body: Value = serde_json::from_str(&http.body).unwrap();
    assert_eq!((&body["expiration"], &body["amount"]), (&"08/07/2026".into(), &"20000".into()));
    assert_eq!(
        body["checksum"],
        "daab008f98cfab12ca6fcf5630e967f2d6f9cb7237a7709e5eeb1e29eeedf102e228efc302f5c8168b650184e932228f880d2e4783ef6389c7c9644ff967c05f"
    );
    let missing =
        payment_request(PAYVALIDA, &request(&payer, &Options::default(), &credentials)).unwrap_err();
    assert_eq!(missing.path, "lastDay");
}

#[test]
fn a_notification_does_not_cover_the_amount() {
    let verification = sent().verify();
    assert_eq!(verification.authentic, Ok(()));
    assert!(verification.requery);
    assert_eq!(verification.covers, [Covers::Invoice, Covers::Status]);
    let event = verification.event.unwrap();
    assert_eq!((event.status, event.amount), (PaymentStatus::Paid, Some(pesos(20_000))));
    assert_eq!(sent().with("\"20000\"", "\"1\"").verify().authentic, Ok(()));
}

#[test]
fn whatever_is_covered_and_altered_is_refused() {
    let sent = sent();
    sent.assert_secrets_hold(&["notificationHash"]);
    for value in ["A-1042-1", CHECKSUM] {
        for altered in altered_texts(value) {
            assert!(sent.with(value, &altered).verify().authentic.is_err(), "{altered}");
        }
    }
    assert_eq!(sent.with("approved", "cancelled").verify().authentic, Err(Refusal::Signature));
    // The state's first letter moved to the number.
    let moved = sent.with("A-1042-1", "A-1042-1a").with("\"approved\"", "\"pproved\"");
    assert_eq!(moved.verify().authentic, Err(Refusal::Malformed));
}

#[test]
fn an_amount_of_nothing_is_not_asked_for() {
    // There 0 stands for an amount that the payer chooses.
    let (payer, options) = (payer("CC", "1020304050", "Ana Pérez"), Options::default());
    let credentials = Credentials::default();
    let nothing = PaymentRequest { amount: pesos(0), ..request(&payer, &options, &credentials) };
    let error = payment_request(Gateway::Payvalida, &nothing).unwrap_err();
    assert_eq!((error.code, error.path.as_str()), (ErrorCode::Unfit, "amount"));
}
