//! Whom the sandbox listens to: names of this machine, and on the cashier's and the operator's
//! interfaces its own pages and programs, but no page of anybody else's.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]

mod support;

use reqwest::Method;
use serde_json::{Value, json};
use support::{API, Answer, Shop, dictated, send};

const OUTLET: &str = "/outlet/api/payments";
const CLOCK: &str = "/console/api/clock";

/// Sends JSON as a browser would from a page of which it says this much.
async fn post(shop: &Shop, path: &str, body: &Value, page: &[(&str, &str)]) -> Answer {
    let request = shop.request(Method::POST, path).header("content-type", "application/json");
    let request = page.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    send(request.body(body.to_string())).await
}

/// Sends a body under this media type, or none.
async fn post_as(shop: &Shop, path: &str, media_type: Option<&str>, body: &Value) -> u16 {
    let request = shop.request(Method::POST, path).body(body.to_string());
    let request = match media_type {
        Some(media_type) => request.header("content-type", media_type),
        None => request,
    };
    send(request).await.status
}

#[tokio::test]
async fn a_name_that_somebody_elses_dns_leads_here_is_refused() {
    let shop = Shop::start().await;
    let port = shop.url.rsplit(':').next().unwrap().to_owned();
    let paths = ["/", OUTLET, "/console/api/state", "/pedido/A-1042", "/gateway/login", "/pkg/index.js", API];
    for path in paths {
        for name in ["rebound.example", "127.0.0.1.rebound.example", "localhost.rebound.example", "10.0.0.1"]
        {
            for host in [name.to_owned(), format!("{name}:{port}")] {
                let answer = send(shop.request(Method::GET, path).header("host", &host)).await;
                assert_eq!(answer.status, 421, "{path} at {host}");
                assert!(!answer.text.contains("order-token"), "{path} at {host}");
            }
        }
    }
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "127.0.0.1:1", "localhost:9000"] {
        let answer = send(shop.request(Method::GET, "/console/api/state").header("host", host)).await;
        assert_eq!(answer.status, 200, "a port may be forwarded: {host}");
    }
}

#[tokio::test]
async fn a_page_elsewhere_moves_no_money() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1042").await;
    let payment = dictated(&voucher);
    let elsewhere: &[&[(&str, &str)]] = &[
        &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:1")],
        // A browser that does not say where a request comes from says which origin.
        &[("origin", "https://evil.example")],
        &[("origin", "http://127.0.0.1:1")],
        &[("origin", "null")],
    ];
    for page in elsewhere {
        for (path, body) in
            [(OUTLET, &payment), ("/outlet/api/payouts", &payment), (CLOCK, &json!({ "offsetSeconds": 9 }))]
        {
            assert_eq!(post(&shop, path, body, page).await.status, 403, "{path} {page:?}");
        }
        let request = shop.request(Method::GET, "/console/api/state");
        let request = page.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        assert_eq!(send(request).await.status, 403, "the payers' data {page:?}");
    }
    assert_eq!(shop.state().await["clockOffsetSeconds"], 0);
    assert_eq!(shop.look(&voucher.token).await.status.name(), "pending");
}

#[tokio::test]
async fn our_own_pages_and_programs_are_let_in() {
    let shop = Shop::start().await;
    let origin = shop.url.clone();
    let own: &[&[(&str, &str)]] = &[
        &[],
        &[("sec-fetch-site", "same-origin"), ("origin", &origin)],
        &[("sec-fetch-site", "none")],
        &[("origin", &origin)],
        // Behind a proxy on this machine the browser's own word counts.
        &[("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:1")],
    ];
    for page in own {
        assert_eq!(post(&shop, CLOCK, &json!({ "offsetSeconds": 0 }), page).await.status, 200, "{page:?}");
    }
    let voucher = shop.voucher_for("A-1042").await;
    let paid = post(&shop, OUTLET, &dictated(&voucher), own[1]).await;
    assert!(paid.json()["receipt"].is_object(), "{}", paid.text);
}

#[tokio::test]
async fn what_a_form_could_send_is_no_request() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1042").await;
    let plain = [
        None,
        Some("text/plain"),
        Some("text/plain; x=application/json"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
        Some("application/jsonp"),
    ];
    for media_type in plain {
        for (path, body) in [
            (OUTLET, dictated(&voucher)),
            ("/outlet/api/payouts", json!({ "pin": "1", "document": "1", "pesos": 1 })),
            (CLOCK, json!({ "offsetSeconds": 9 })),
            ("/console/api/accounts", json!({ "merchantName": "x", "agreement": "1" })),
            ("/console/api/orders/A-1042/amount", json!({ "pesos": 1 })),
            ("/gateway/payment/process/cash", json!({})),
            ("/gateway/kushki/payouts/cash/v1/tokens", json!({})),
            ("/gateway/kushki/payouts/cash/v1/init", json!({})),
            ("/api/efecty/vouchers", json!({})),
        ] {
            assert_eq!(post_as(&shop, path, media_type, &body).await, 415, "{path} as {media_type:?}");
        }
    }
    assert_eq!(shop.look(&voucher.token).await.status.name(), "pending");
    for media_type in ["application/json", "Application/JSON; charset=utf-8"] {
        let said = post_as(&shop, OUTLET, Some(media_type), &json!({})).await;
        assert_eq!(said, 200, "{media_type}");
    }
}
