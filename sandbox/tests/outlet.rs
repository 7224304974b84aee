//! The counter: what the cashier takes, hands out and refuses.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]

mod support;

use serde_json::{Value, json};
use support::{Shop, dictated, ref_payco};

fn code(said: &Value) -> &str {
    let refusal = &said["refusal"];
    for language in ["es", "en"] {
        assert!(refusal["message"][language].as_str().unwrap().len() > 10, "{said}");
    }
    refusal["code"].as_str().unwrap()
}

#[tokio::test]
async fn the_receipt_says_what_was_paid() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1042").await;
    let receipt = shop.pay(&voucher).await;
    assert_eq!(receipt["merchant"], voucher.beneficiary.name);
    assert_eq!(receipt["agreement"], "111992");
    assert_eq!(receipt["reference"], voucher.networks[0].reference.value);
    assert_eq!(receipt["pesos"], 52_000);
    let authorization = receipt["authorization"].as_str().unwrap();
    assert!(authorization.len() == 6 && authorization != "000000", "{authorization}");
    assert!(receipt["paidAt"].as_str().unwrap().ends_with("-05:00"), "the hour in Bogota");
}

#[tokio::test]
async fn a_cashier_types_what_is_dictated() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1042").await;
    let reference = voucher.networks[0].reference.value.to_lowercase();
    let spaced = format!(" {} {} ", &reference[..4], &reference[4..]);
    let said = shop.dictate(&json!({ "agreement": "111 992", "reference": spaced, "pesos": 52_000 })).await;
    assert!(said["receipt"].is_object(), "{said}");
}

#[tokio::test]
async fn what_is_wrong_is_refused_and_changes_nothing() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1042").await;
    let right = dictated(&voucher);
    let reference = voucher.networks[0].reference.value.clone();
    let digits_only = reference.trim_start_matches('P');
    for (member, value, refusal) in [
        ("agreement", json!("111993"), "unknown-agreement"),
        ("agreement", json!(""), "unknown-agreement"),
        ("reference", json!("P1"), "unknown-reference"),
        ("reference", json!(digits_only), "unknown-reference"),
        ("reference", json!(""), "unknown-reference"),
        ("reference", json!(format!("{reference}0")), "unknown-reference"),
        ("reference", json!("P99999999999999999999"), "unknown-reference"),
        ("pesos", json!(51_999), "wrong-amount"),
        ("pesos", json!(52_001), "wrong-amount"),
        ("pesos", json!(0), "wrong-amount"),
        ("pesos", json!(-52_000), "wrong-amount"),
        ("pesos", json!(52_000.5), "incomplete"),
        ("pesos", json!("52000"), "incomplete"),
        ("pesos", Value::Null, "incomplete"),
    ] {
        let mut wrong = right.clone();
        wrong[member] = value;
        assert_eq!(code(&shop.dictate(&wrong).await), refusal, "{wrong}");
    }
    assert_eq!(shop.look(&voucher.token).await.status.name(), "pending");
    shop.pay(&voucher).await;
}

#[tokio::test]
async fn the_right_amount_is_said_with_a_wrong_one() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1043").await;
    let mut wrong = dictated(&voucher);
    wrong["pesos"] = json!(1);
    let said = shop.dictate(&wrong).await;
    assert!(said["refusal"]["message"]["es"].as_str().unwrap().contains("$\u{a0}1.234.567"), "{said}");
}

#[tokio::test]
async fn nothing_is_paid_twice() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1042").await;
    let mut cashiers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let request = shop.request(reqwest::Method::POST, "/outlet/api/payments");
        let request = request.header("content-type", "application/json").body(dictated(&voucher).to_string());
        cashiers.spawn(support::send(request));
    }
    let answers: Vec<Value> = cashiers.join_all().await.iter().map(|answer| answer.json()).collect();
    let (paid, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|said| said["receipt"].is_object());
    assert_eq!(paid.len(), 1);
    assert!(refused.iter().all(|said| code(said) == "already-paid"), "{refused:?}");
}

#[tokio::test]
async fn an_expired_or_cancelled_reference_is_refused() {
    let shop = Shop::start().await;
    let expired = shop.voucher_for("A-1042").await;
    shop.press(&format!("/payments/{}/expire", ref_payco(&expired)), json!({})).await;
    assert_eq!(code(&shop.dictate(&dictated(&expired)).await), "expired");
    let cancelled = shop.voucher_for("A-1043").await;
    shop.press(&format!("/payments/{}/cancel", ref_payco(&cancelled)), json!({})).await;
    assert_eq!(code(&shop.dictate(&dictated(&cancelled)).await), "closed");
}

#[tokio::test]
async fn a_reference_expires_with_its_second() {
    let shop = Shop::start().await;
    let voucher = shop.voucher_for("A-1043").await;
    shop.set_clock(5 * 24 * 3600 - 30).await;
    let mut wrong = dictated(&voucher);
    wrong["pesos"] = json!(1);
    assert_eq!(code(&shop.dictate(&wrong).await), "wrong-amount", "still payable");
    shop.set_clock(5 * 24 * 3600 + 1).await;
    assert_eq!(code(&shop.dictate(&wrong).await), "expired");
}
