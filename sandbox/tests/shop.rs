//! What the sandbox's shop offers beyond the calls of the contract: sessions, prices that change, other
//! origins, late money that a person takes, callbacks forged from the console, and a record of what it
//! asked its gateway.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]

mod support;

use reqwest::Method;
use serde_json::{Value, json};
use support::{API, Shop, ref_payco, send};

#[tokio::test]
async fn an_order_is_shown_to_its_session_only() {
    let shop = Shop::start().await;
    let path = format!("{API}/orders/A-1042");
    let page = shop.get("/pedido/A-1042").await;
    let cookie = page.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let session = cookie.split(';').next().unwrap();
    let visitor = send(shop.request(Method::GET, &path).header("cookie", session)).await;
    assert_eq!(visitor.status, 200);
    let other = format!("{API}/orders/A-1043");
    let elsewhere = send(shop.request(Method::GET, &other).header("cookie", session)).await;
    assert_eq!(elsewhere.status, 403);
}

#[tokio::test]
async fn another_amount_takes_another_voucher() {
    let shop = Shop::start().await;
    let old = shop.voucher_for("A-1042").await;
    let path = "/console/api/orders/A-1042/amount";
    assert_eq!(shop.post(path, &json!({ "pesos": 60_000 })).await.status, 200);
    let superseded = shop.look(&old.token).await;
    assert_eq!(superseded.status.name(), "superseded");
    assert_eq!(superseded.amount, old.amount, "what the old codes ask for stays as it was");
    let new = shop.look(&superseded.superseded_by.unwrap()).await;
    assert_eq!((new.status.name(), new.amount.pesos.get()), ("pending", 60_000));
    assert_ne!(new.networks[0].reference.value, old.networks[0].reference.value);
    assert_eq!(shop.create("A-1042").await.voucher().token, new.token);
    assert_eq!(shop.post(path, &json!({ "pesos": 60_000 })).await.status, 409, "nothing to change");
}

#[tokio::test]
async fn other_origins_are_let_in_by_name() {
    let shop =
        Shop::start_with(|config| config.allowed_origins.push("https://tienda.example".to_owned())).await;
    let path = format!("{API}/vouchers");
    let preflight = |origin: &'static str| {
        let request = shop.request(Method::OPTIONS, &path).header("origin", origin);
        send(request.header("access-control-request-method", "POST"))
    };
    let allowed = preflight("https://tienda.example").await;
    assert_eq!(allowed.status, 204);
    assert_eq!(allowed.header("access-control-allow-origin"), "https://tienda.example");
    assert_eq!(allowed.header("access-control-allow-credentials"), "true");
    let headers = allowed.header("access-control-allow-headers").to_ascii_lowercase();
    for name in ["content-type", "idempotency-key", "request-id", "if-none-match", "order-token"] {
        assert!(headers.split(", ").any(|allowed| allowed == name), "{name} in {headers}");
    }
    assert!(allowed.header("access-control-max-age").parse::<u32>().unwrap() > 0);
    let other = preflight("https://otra.example").await;
    assert_eq!(other.header("access-control-allow-origin"), "");

    let nowhere =
        shop.request(Method::GET, &format!("{API}/nowhere")).header("origin", "https://tienda.example");
    let refused = send(nowhere).await;
    assert_eq!(refused.header("access-control-allow-origin"), "https://tienda.example");
    let exposed = refused.header("access-control-expose-headers").to_ascii_lowercase();
    for name in ["etag", "retry-after", "server-time", "trace-id"] {
        assert!(exposed.split(", ").any(|header| header == name), "{name} in {exposed}");
    }
    assert!(refused.headers.get_all("vary").iter().any(|value| value == "Origin"));
}

#[tokio::test]
async fn what_was_asked_of_the_gateway_is_kept_raw() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1042").await;
    let state = shop.state().await;
    let exchange = &state["merchant"]["exchanges"][0];
    assert_eq!(exchange["answerStatus"], 200);
    assert!(exchange["request"].as_str().unwrap().ends_with("/gateway/payment/process/cash"));
    assert!(exchange["answer"].as_str().unwrap().contains(&voucher.networks[0].reference.value));
    assert_eq!(exchange["traceId"].as_str(), voucher.trace_id.as_deref());
}

#[tokio::test]
async fn a_person_takes_late_money() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1044").await;
    shop.set_clock(91 * 60).await;
    shop.until_status(&voucher.token, "cancelled").await;
    shop.pay(&voucher).await;
    shop.until_status(&voucher.token, "late_review").await;
    shop.press(&format!("/vouchers/{}/accept-late", voucher.token), json!({})).await;
    assert_eq!(shop.look(&voucher.token).await.status.name(), "paid_late");
    shop.press(&format!("/payments/{}/reverse", ref_payco(&voucher)), json!({})).await;
    shop.until_status(&voucher.token, "refunded").await;
}

#[tokio::test]
async fn the_console_sends_a_callback_again_as_it_was_or_altered() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1042").await;
    shop.pay(&voucher).await;
    shop.until_status(&voucher.token, "paid").await;
    let applied = |state: &Value| {
        let callbacks = state["merchant"]["callbacks"].as_array().unwrap();
        callbacks.iter().find(|callback| callback["verdict"] == "applied").cloned()
    };
    let callback = applied(&shop.until("believed", |state| applied(state).is_some()).await).unwrap();
    assert_eq!(callback["traceId"].as_str().unwrap().len(), 16);
    for (manner, status, reason) in [("replay", 200, "replayed"), ("forge-state", 400, "gateway-disagrees")] {
        let path = format!("/console/api/callbacks/{}/{manner}", callback["id"]);
        assert_eq!(shop.post(&path, &json!({})).await.json()["status"], status);
        assert_eq!(shop.state().await["merchant"]["callbacks"][0]["reason"], reason);
    }
    assert_eq!(shop.look(&voucher.token).await.status.name(), "paid");
}
