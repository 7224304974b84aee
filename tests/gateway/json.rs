//! The functions as JavaScript calls them: JSON in, JSON out.

use efecty_checkout::gateway::json;
use serde_json::{Value, json};

pub const CREATED: &str = include_str!("../fixtures/gateway/dlocal-created.json");
const PAID: &str = include_str!("../fixtures/gateway/dlocal-paid.json");
const SIGNATURE: &str = "3df1c7b52a5582d0ebac0e05aca7c9368e9b8a73cc11e1faa0c38d368a9ff33f";
const KEYS: &str = r#"{"xLogin":"1955gdod","xTransKey":"trans","secretKey":"secretKey123"}"#;

#[test]
fn a_payment_from_request_to_paid() {
    let mut argument = json!({
        "invoice": "A-1042-1", "description": "Pedido", "amount": 20000, "now": "2026-07-03T00:50:05Z",
        "payer": { "document": { "type": "CC", "number": "1.020.304.050" }, "name": "Ana Gómez", "email": "ana@example.com" },
        "options": { "baseUrl": "https://sandbox.dlocal.com" },
    });
    argument["credentials"] = serde_json::from_str(KEYS).unwrap();
    let request = json::request("payment", "dlocal", &argument.to_string()).unwrap();
    assert_eq!(
        (&request["method"], &request["url"]),
        (&json!("POST"), &json!("https://sandbox.dlocal.com/payments"))
    );
    let body: Value = serde_json::from_str(request["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["payer"]["document"], "1020304050");

    let context = json!({
        "token": "an-unguessable-token", "orderId": "A-1042", "amount": 20000,
        "beneficiary": { "name": "Tienda" }, "agreement": "111571", "now": "2026-07-03T00:50:08Z",
    });
    let voucher = json::voucher("dlocal", CREATED, &context.to_string()).unwrap();
    assert!(voucher.contains("\"value\":\"51930284\""));
    let event = json::status("dlocal", CREATED).unwrap();
    assert_eq!(event["status"], "pending");

    let callback = json!({ "headers": [
        ["authorization", format!("V2-HMAC-SHA256, Signature: {SIGNATURE}")],
        ["x-date", "2026-07-03T00:50:05.000Z"], ["x-login", "1955gdod"],
    ] });
    let verify = |body: &str, now: &str| {
        let options = json!({ "now": now }).to_string();
        json::verify("dlocal", &callback.to_string(), body.as_bytes(), KEYS, &options).unwrap()
    };
    assert_eq!(verify(&PAID.replace("PAID", "LOST"), "2026-07-03T00:50:08Z")["reason"], "signature");
    assert_eq!(verify(PAID, "2026-07-03T02:50:08Z")["reason"], "time");
    let found = verify(PAID, "2026-07-03T00:50:08Z");
    assert_eq!((&found["authentic"], &found["requery"]), (&json!(true), &json!(false)));

    let order = json!({
        "paymentId": event["paymentId"], "invoice": "A-1042-1", "amount": 20000, "currency": "COP",
        "status": "pending", "expiresAt": "2026-07-09T04:59:00Z", "orderExpiresAt": { "date": "2026-07-10" },
        "acceptsLate": true,
    });
    let applied = json::apply(&order.to_string(), &found["event"].to_string()).unwrap();
    assert_eq!((&applied["outcome"], &applied["order"]["status"]), (&json!("applied"), &json!("paid")));
    let again = json::apply(&applied["order"].to_string(), &found["event"].to_string()).unwrap();
    assert_eq!((&again["outcome"], &again["order"]), (&json!("unchanged"), &applied["order"]));
}

#[test]
fn what_is_wrong_is_named() {
    let error = json::status("wompi", "{}").unwrap_err();
    assert_eq!((error.code.code(), error.path.as_str()), ("unexpected", "gateway"));
    let argument = json!({
        "invoice": "1", "description": "1", "amount": 20000, "now": "2026-07-03T00:50:05Z", "credentials": {},
        "payer": { "document": { "type": "CC", "number": "1" }, "name": "Ana Gómez", "email": "ana" },
    });
    let error = json::request("payment", "dlocal", &argument.to_string()).unwrap_err();
    assert_eq!(error.path, "payer.document.number, payer.email");
    assert_eq!(json::request("payment", "dlocal", "{}").unwrap_err().path, "now");
}
