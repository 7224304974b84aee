//! The gateway's confirmations: what is believed, and what changes nothing.
//!
//! With `EFECTY_SHOP=node` of the example in Node, as for the contract.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]

mod support;

use serde_json::{Value, json};
use support::{API, Answer, Shop, ref_payco, send};

/// The callbacks that arrived, oldest first, as verdict and reason.
fn verdicts(state: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let callbacks = state["merchant"]["callbacks"].as_array().unwrap().iter().rev();
    callbacks.map(|callback| (text(&callback["verdict"]), text(&callback["reason"]))).collect()
}

/// Waits until the gateway has delivered `n` confirmations.
async fn until_delivered(shop: &Shop, n: usize) -> Value {
    shop.until("delivered", |state| {
        let outbox = state["gateway"]["outbox"].as_array().unwrap();
        outbox.iter().filter(|message| !message["deliveredAt"].is_null()).count() >= n
    })
    .await
}

/// The newest confirmation that arrived, as it stood there.
fn newest(state: &Value) -> String {
    state["merchant"]["callbacks"][0]["body"].as_str().unwrap().to_owned()
}

/// Says that the payment stands elsewhere, which the signature does not cover.
fn claim(genuine: &str, state: &str) -> String {
    with(&with(genuine, "x_cod_transaction_state", state), "x_cod_response", state)
}

/// Posts a confirmation as anybody could.
async fn confirm(shop: &Shop, body: String) -> Answer {
    let request = shop.request(reqwest::Method::POST, &format!("{API}/confirmations/epayco"));
    send(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
}

/// A form with one value replaced.
fn with(body: &str, name: &str, value: &str) -> String {
    let pairs = body.split('&').map(|pair| match pair.split_once('=') {
        Some((found, _)) if found == name => format!("{name}={value}"),
        _ => pair.to_owned(),
    });
    pairs.collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn a_payment_at_the_outlet_is_confirmed() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1043").await;
    shop.pay(&voucher).await;
    let paid = shop.until_status(&voucher.token, "paid").await;
    assert_eq!(paid.amount_paid, Some(voucher.amount.pesos));
    assert!(paid.paid_at.unwrap() >= voucher.issued_at.unwrap());
    assert_eq!(paid.networks, voucher.networks, "what was paid stays what it was");

    let state = until_delivered(&shop, 2).await;
    let verdicts = verdicts(&state);
    assert!(verdicts.contains(&("applied".to_owned(), String::new())), "{verdicts:?}");
    assert!(
        verdicts.iter().all(|(verdict, _)| verdict == "applied" || verdict == "unchanged"),
        "{verdicts:?}"
    );
    let callback = &state["merchant"]["callbacks"][0];
    assert!(callback["body"].as_str().unwrap().contains("x_signature="), "kept raw");
}

#[tokio::test]
async fn a_forged_signature_changes_nothing() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    let state = until_delivered(&shop, 1).await;
    let claim = claim(&newest(&state), "1");
    let forged = [
        ("signature", with(&claim, "x_signature", &"0".repeat(64))),
        ("signature", with(&claim, "x_amount", "1")),
        ("signature", with(&claim, "x_ref_payco", "1")),
        ("signature", with(&claim, "x_currency_code", "USD")),
        ("merchant", with(&claim, "x_cust_id_cliente", "someone-else")),
        ("unsigned", with(&claim, "x_signature", "").replace("&x_signature=", "")),
        ("ambiguous", format!("{claim}&x_amount=52000")),
        ("ambiguous", format!("{claim}&x_cod_response=1")),
        ("malformed", "x_signature=%ff".to_owned()),
        ("malformed", "{\"x_signature\":".to_owned()),
        ("unsigned", String::new()),
    ];
    for (reason, body) in forged {
        let answer = confirm(&shop, body.clone()).await;
        assert_eq!(answer.status, 400, "{body}");
        let state = shop.state().await;
        let (verdict, found) = verdicts(&state).pop().unwrap();
        assert_eq!((verdict.as_str(), found.as_str()), ("refused", reason), "{body}");
        assert_eq!(state["merchant"]["callbacks"][0]["body"], body, "kept raw");
    }
    assert_eq!(shop.look(&voucher.token).await.status.name(), "pending");
}

#[tokio::test]
async fn a_genuine_signature_with_an_altered_state_changes_nothing() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    let state = until_delivered(&shop, 1).await;
    // The signature does not cover the state: only asking the gateway unmasks this one.
    assert_eq!(confirm(&shop, claim(&newest(&state), "1")).await.status, 400);
    let last = verdicts(&shop.state().await).pop().unwrap();
    assert_eq!(last, ("refused".to_owned(), "gateway-disagrees".to_owned()));
    assert_eq!(shop.look(&voucher.token).await.status.name(), "pending");
}

#[tokio::test]
async fn a_paid_voucher_is_not_refunded_by_an_altered_state() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    shop.pay(&voucher).await;
    shop.until_status(&voucher.token, "paid").await;
    let state = until_delivered(&shop, 2).await;
    assert_eq!(confirm(&shop, claim(&newest(&state), "6")).await.status, 400);
    assert_eq!(shop.look(&voucher.token).await.status.name(), "paid");
}

#[tokio::test]
async fn a_replay_is_refused_and_changes_nothing() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    shop.pay(&voucher).await;
    let paid = shop.until_status(&voucher.token, "paid").await;
    let state = until_delivered(&shop, 2).await;
    for callback in state["merchant"]["callbacks"].as_array().unwrap() {
        assert_eq!(confirm(&shop, callback["body"].as_str().unwrap().to_owned()).await.status, 200);
        let verdict = verdicts(&shop.state().await).pop().unwrap();
        assert_eq!(verdict, ("refused".to_owned(), "replayed".to_owned()));
    }
    let after = shop.look(&voucher.token).await;
    assert_eq!(
        (after.status, after.paid_at, after.amount_paid),
        (paid.status, paid.paid_at, paid.amount_paid)
    );
}

#[tokio::test]
async fn an_old_confirmation_after_the_new_one_changes_nothing() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    let state = until_delivered(&shop, 1).await;
    let pending = newest(&state);
    // As if it were still on its way.
    shop.alter("DELETE FROM callbacks");
    shop.pay(&voucher).await;
    shop.until_status(&voucher.token, "paid").await;
    let answer = confirm(&shop, pending).await;
    assert_eq!(answer.status, 200);
    let (verdict, _) = verdicts(&shop.state().await).pop().unwrap();
    assert_eq!(verdict, "unchanged");
    assert_eq!(shop.look(&voucher.token).await.status.name(), "paid");
}

#[tokio::test]
async fn an_altered_replay_is_refused_and_changes_nothing() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    let pending = newest(&until_delivered(&shop, 1).await);
    shop.pay(&voucher).await;
    let before = shop.until_status(&voucher.token, "paid").await;
    let paid = newest(&until_delivered(&shop, 2).await);
    // No signature covers these: nothing but memory and the gateway unmask them.
    let altered = [
        ("altered", format!("{pending}&x_extra1=late")),
        ("altered", format!("{paid}&x_extra1=again")),
        ("altered", with(&paid, "x_description", "Otra+cosa")),
        ("altered", with(&paid, "x_transaction_date", "2020-01-01+00%3A00%3A00")),
        ("altered", with(&paid, "x_approval_code", "999999")),
        ("altered", paid.split('&').rev().collect::<Vec<_>>().join("&")),
        ("altered", claim(&paid, "3")),
        ("outdated", claim(&paid, "9")),
        ("outdated", claim(&paid, "11")),
        ("outdated", claim(&paid, "2")),
        ("outdated", claim(&pending, "99")),
    ];
    for (reason, body) in altered {
        let answer = confirm(&shop, body.clone()).await;
        assert_eq!(answer.status, 200, "the gateway sends until then: {body}");
        let (verdict, found) = verdicts(&shop.state().await).pop().unwrap();
        assert_eq!((verdict.as_str(), found.as_str()), ("refused", reason), "{body}");
    }
    let elsewhere = shop.get(&format!("{API}/confirmations/epayco?{paid}")).await;
    assert_eq!(elsewhere.status, 200);
    let verdict = verdicts(&shop.state().await).pop().unwrap();
    assert_eq!(verdict, ("refused".to_owned(), "altered".to_owned()), "by another method");
    let after = shop.look(&voucher.token).await;
    assert_eq!(
        (after.status, after.paid_at, after.amount_paid),
        (before.status, before.paid_at, before.amount_paid)
    );
}

#[tokio::test]
async fn news_that_comes_with_an_altered_replay_is_not_lost() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    let pending = newest(&until_delivered(&shop, 1).await);
    shop.alter_gateway("UPDATE gw_transaction SET confirmation_url = ''");
    shop.pay(&voucher).await;
    // It is the gateway's answer that is applied, whatever made the shop ask.
    assert_eq!(confirm(&shop, format!("{pending}&x_extra1=late")).await.status, 200);
    assert_eq!(verdicts(&shop.state().await).pop().unwrap().0, "applied");
    assert_eq!(shop.look(&voucher.token).await.status.name(), "paid");
}

#[tokio::test]
async fn a_confirmation_with_another_invoice_is_refused() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    let state = until_delivered(&shop, 1).await;
    let altered: Vec<String> = newest(&state)
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name @ ("x_id_invoice" | "x_id_factura"), _)) => format!("{name}=OTHER"),
            _ => pair.to_owned(),
        })
        .collect();
    let answer = confirm(&shop, altered.join("&")).await;
    assert_eq!(answer.status, 400);
    assert_eq!(verdicts(&shop.state().await).pop().unwrap().0, "refused");
    assert_eq!(shop.look(&voucher.token).await.status.name(), "pending");
}

#[tokio::test]
async fn another_amount_is_a_mismatch() {
    let shop = Shop::start_chosen().await;
    for (order, pesos) in [("A-1042", 50_000), ("A-1043", 2_000_000)] {
        let voucher = shop.voucher_for(order).await;
        shop.press(&format!("/payments/{}/pay", ref_payco(&voucher)), json!({ "pesos": pesos })).await;
        let mismatch = shop.until_status(&voucher.token, "mismatch").await;
        assert_eq!(mismatch.amount_paid.unwrap().get(), pesos);
        assert_eq!(
            shop.create(order).await.voucher().token,
            voucher.token,
            "cash was taken: no second voucher"
        );
        shop.press(&format!("/payments/{}/reverse", ref_payco(&voucher)), json!({})).await;
        shop.until_status(&voucher.token, "refunded").await;
    }
}

#[tokio::test]
async fn a_late_payment_on_a_held_order_is_paid_late() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    let path = format!("/payments/{}", ref_payco(&voucher));
    shop.set_clock(5 * 24 * 3600 + 60).await;
    shop.until_status(&voucher.token, "expired").await;
    shop.press(&format!("{path}/pay"), json!({ "pesos": 52_000 })).await;
    let late = shop.until_status(&voucher.token, "paid_late").await;
    assert!(late.paid_at.unwrap() > voucher.expires_at.unwrap().instant());
}

#[tokio::test]
async fn a_late_payment_on_a_released_order_waits_for_the_shop() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1044").await;
    shop.set_clock(91 * 60).await;
    shop.until_status(&voucher.token, "cancelled").await;
    // The outlet does not know that the shop has given up: the gateway still takes the cash.
    shop.pay(&voucher).await;
    shop.until_status(&voucher.token, "late_review").await;
    shop.press(&format!("/payments/{}/reverse", ref_payco(&voucher)), json!({})).await;
    shop.until_status(&voucher.token, "refunded").await;
}

#[tokio::test]
async fn a_payment_on_a_superseded_voucher_waits_for_the_shop() {
    let shop = Shop::start_chosen().await;
    let old = shop.voucher_for("A-1043").await;
    shop.press(&format!("/payments/{}/expire", ref_payco(&old)), json!({})).await;
    shop.until_status(&old.token, "expired").await;
    let new = shop.voucher_for("A-1043").await;
    shop.press(&format!("/payments/{}/pay", ref_payco(&old)), json!({ "pesos": 1_234_567 })).await;
    shop.until_status(&old.token, "late_review").await;
    assert_eq!(shop.look(&new.token).await.status.name(), "pending");
}

#[tokio::test]
async fn the_gateway_calls_a_payment_off() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    shop.press(&format!("/payments/{}/cancel", ref_payco(&voucher)), json!({})).await;
    shop.until_status(&voucher.token, "cancelled").await;
}

#[tokio::test]
async fn a_confirmation_by_get_is_believed_too() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    shop.alter_gateway("UPDATE gw_outbox SET method = 'GET'");
    let state = until_delivered(&shop, 1).await;
    assert!(state["merchant"]["callbacks"][0]["url"].as_str().unwrap().contains("?x_cust_id_cliente="));
    assert_eq!(verdicts(&state).pop().unwrap().0, "unchanged");
    assert_eq!(state["merchant"]["callbacks"][0]["token"], voucher.token);
}

#[tokio::test]
async fn of_an_oversize_confirmation_the_beginning_is_kept() {
    let shop = Shop::start_chosen().await;
    let genuine = {
        shop.voucher_for("A-1042").await;
        newest(&until_delivered(&shop, 1).await)
    };
    for padding in ["x".repeat(100_000), format!("{genuine}&x_extra1={}", "x".repeat(100_000))] {
        let answer = confirm(&shop, padding.clone()).await;
        assert_eq!((answer.status, answer.problem().as_str()), (413, "too-large"));
        let state = shop.state().await;
        let verdict = verdicts(&state).pop().unwrap();
        assert_eq!(verdict, ("refused".to_owned(), "too-large".to_owned()));
        let callback = &state["merchant"]["callbacks"][0];
        assert!(callback["body"] == padding[..64 * 1024], "the first 64 kB");
        assert_eq!(callback["bodyLength"], padding.len());
    }
    let all_of_it = confirm(&shop, "x".repeat(64 * 1024)).await;
    assert_eq!(all_of_it.status, 400, "read to its end, and not signed");
}

#[tokio::test]
async fn what_the_gateway_does_not_send_by_is_kept_and_refused() {
    let shop = Shop::start_chosen().await;
    shop.voucher_for("A-1042").await;
    let genuine = newest(&until_delivered(&shop, 1).await);
    for media_type in ["text/plain", "text/html; a=application/json", "multipart/form-data; boundary=x"] {
        let request = shop.request(reqwest::Method::POST, &format!("{API}/confirmations/epayco"));
        let answer = send(request.header("content-type", media_type).body(genuine.clone())).await;
        assert_eq!((answer.status, answer.problem().as_str()), (415, "media-type"), "{media_type}");
        let state = shop.state().await;
        let verdict = verdicts(&state).pop().unwrap();
        assert_eq!(verdict, ("refused".to_owned(), "media-type".to_owned()), "{media_type}");
        assert_eq!(newest(&state), genuine, "kept raw");
    }
}

#[tokio::test]
async fn what_signs_in_is_not_kept() {
    let shop = Shop::start_chosen().await;
    let request = shop.request(reqwest::Method::POST, &format!("{API}/confirmations/epayco"));
    let request =
        request.header("cookie", "tienda=hidden-session").header("authorization", "Basic hidden-key");
    send(request.header("x-kept", "as it came").body("x=1")).await;
    let database = rusqlite::Connection::open(shop.database()).unwrap();
    let headers: String = database.query_row("SELECT headers FROM callbacks", [], |row| row.get(0)).unwrap();
    assert!(headers.contains("as it came") && !headers.contains("hidden"), "{headers}");
}

#[tokio::test]
async fn a_confirmation_that_is_ahead_of_the_shops_records_is_asked_for_again() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    let number = ref_payco(&voucher);
    // As if the gateway's answer to the creation were still on its way.
    shop.alter(&format!("UPDATE vouchers SET payment_id = NULL WHERE token = '{}'", voucher.token));
    shop.pay(&voucher).await;
    let deferred = ("deferred".to_owned(), "unknown-payment".to_owned());
    shop.until("deferred", |state| verdicts(state).contains(&deferred)).await;
    shop.alter(&format!("UPDATE vouchers SET payment_id = '{number}' WHERE token = '{}'", voucher.token));
    shop.until_status(&voucher.token, "paid").await;
}

#[tokio::test]
async fn a_gateway_that_says_nothing_is_asked() {
    const EXPIRY: i64 = 5 * 24 * 3600;
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1043").await;
    shop.alter_gateway("UPDATE gw_transaction SET confirmation_url = ''; DELETE FROM gw_outbox");
    shop.set_clock(EXPIRY + 30).await;
    shop.until("expired at the gateway", |state| state["gateway"]["transactions"][0]["state"] == "expired")
        .await;
    assert_eq!(shop.look(&voucher.token).await.status.name(), "pending", "nobody told the shop");
    shop.set_clock(EXPIRY + 150).await;
    shop.until_status(&voucher.token, "expired").await;
}

#[tokio::test]
async fn a_payment_whose_confirmation_is_lost_is_found_by_asking() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    // As where the shop has moved to another port since.
    shop.alter_gateway("UPDATE gw_transaction SET confirmation_url = ''; DELETE FROM gw_outbox");
    shop.pay(&voucher).await;
    assert_eq!(shop.look(&voucher.token).await.status.name(), "pending", "nobody told the shop");
    shop.set_clock(150).await;
    let paid = shop.until_status(&voucher.token, "paid").await;
    assert_eq!(paid.amount_paid, Some(voucher.amount.pesos));
}
