//! Yuno. Signatures were computed by Node's crypto: none is published.

use efecty_checkout::gateway::{
    Credentials, Gateway, Options, PaymentStatus, payment_request, status_from_gateway, voucher_from_gateway,
};
use serde_json::Value;

use crate::support::{Sent, context, payer, pesos, request};

const YUNO: Gateway = Gateway::Yuno;
const BODY: &str = r#"{"type_event":"payment.purchase","data":{"payment":{"id":"9f2c1a00-1b2c-4d3e-8f90-a1b2c3d4e5f6","merchant_order_id":"A-1042-1","status":"SUCCEEDED","amount":{"currency":"COP","value":20000.00},"updated_at":"2026-07-03T00:50:01.123456Z"}}}"#;
const HEX: &str = "c234c8acd1614f04e2700ff0f6c29e4833cacd8adaa3b5231d4a0d8470bbe031";
const BASE64: &str = "wjTIrNFhTwTicA/w9sKeSDPKzYrao7UjHUoNhHC74DE=";
pub const REDIRECTED: &str = r#"{"id":"9f2c1a00-1b2c-4d3e-8f90-a1b2c3d4e5f6","status":"READY_TO_PAY","sub_status":"CREATED",
    "merchant_order_id":"A-1042-1","amount":{"currency":"COP","value":20000},"payment_method":{"type":"EFECTY","payment_method_detail":
    {"ticket":{"type":null,"date_of_expiration":null,"provider_number":"0b6e6f5e-6f0a-4c37-9a4c-3f3a5f6d1c11",
    "provider_barcode":null,"provider_format":null,"redirect_url":"https://pay.example.com/t/1"}}}}"#;

pub fn genuine() -> Sent {
    sent(HEX)
}

fn sent(signature: &str) -> Sent {
    Sent::new(YUNO, &[("x-hmac-signature", signature)], BODY, &[("webhookSecret", "whsec")])
}

#[test]
fn a_uuid_is_not_offered_to_dictate() {
    let voucher = voucher_from_gateway(YUNO, REDIRECTED, &context(20_000)).unwrap();
    assert!(voucher.networks.is_empty() && voucher.links.voucher.is_some());
    let direct = REDIRECTED
        .replace("0b6e6f5e-6f0a-4c37-9a4c-3f3a5f6d1c11", "51930284")
        .replace("\"date_of_expiration\":null", "\"date_of_expiration\":\"2026-07-08T23:59:59-05:00\"");
    let voucher = voucher_from_gateway(YUNO, &direct, &context(20_000)).unwrap();
    assert_eq!(voucher.networks[0].reference.value, "51930284");
    assert!(voucher.expires_at.is_some());
    assert_eq!(status_from_gateway(YUNO, REDIRECTED).unwrap().status, PaymentStatus::Pending);
}

#[test]
fn either_spelling_of_the_digest_is_authentic_and_no_other() {
    for signature in [HEX, BASE64] {
        let genuine = sent(signature);
        let verification = genuine.verify();
        assert_eq!(verification.authentic, Ok(()));
        let event = verification.event.unwrap();
        assert_eq!((event.status, event.amount), (PaymentStatus::Paid, Some(pesos(20_000))));
        genuine.assert_headers_hold(&["x-hmac-signature"]);
        genuine.assert_secrets_hold(&["webhookSecret"]);
    }
    sent(HEX).assert_body_holds();
}

#[test]
fn the_create_request_carries_what_is_asked_for() {
    let payer = payer("PA", "AB123456", "Ana Pérez");
    let keys = [("publicApiKey", "pub"), ("privateSecretKey", "priv"), ("accountId", "acc")];
    let (options, credentials) = (Options::default(), Credentials::from_iter(keys));
    let http = payment_request(YUNO, &request(&payer, &options, &credentials)).unwrap();
    let body: Value = serde_json::from_str(&http.body).unwrap();
    assert_eq!(body["payment_method"]["type"], "EFECTY");
    assert_eq!(body["customer_payer"]["document"]["document_type"], "PASS");
}
