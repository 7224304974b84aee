//! The wire contract, over HTTP: orders, vouchers, and how refusals look.
//!
//! `EFECTY_SHOP=node cargo test -p efecty-sandbox --test contract` asks the same of the example in Node,
//! for which the package must have been built.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]

mod support;

use std::collections::HashSet;
use std::time::Duration;

use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::voucher::Voucher;
use efecty_checkout::wire::{Order, Problem};
use reqwest::Method;
use serde_json::json;
use support::{API, Answer, Shop, ref_payco, send, wish};

#[tokio::test]
async fn an_order_says_what_to_collect() {
    let shop = Shop::start_chosen().await;
    let token = shop.order_token("A-1044").await;
    let answer =
        send(shop.request(Method::GET, &format!("{API}/orders/A-1044")).header("order-token", token)).await;
    assert_eq!(answer.status, 200);
    answer.follows("order");
    let order = Order::from_json(&answer.text).unwrap();
    assert_eq!(order.order_id, "A-1044");
    assert_eq!(order.amount.pesos.get(), 89_900);
    assert!(order.beneficiary.tax_id.is_some());
    assert!(!order.requirements.documents.is_empty());
    assert_eq!(order.consent.unwrap().version, "2026-11");
    let hold = order.order_expires_at.unwrap().instant().millis() - order.server_time.millis();
    assert!((0..=90 * 60_000).contains(&hold), "{hold}");
    assert_eq!(order.voucher, None);
}

#[tokio::test]
async fn an_order_is_not_shown_to_a_stranger() {
    let shop = Shop::start_chosen().await;
    let path = format!("{API}/orders/A-1042");
    let stranger = shop.get(&path).await;
    assert_eq!((stranger.status, stranger.problem().as_str()), (403, "not-permitted"));
}

#[tokio::test]
async fn a_wrong_order_token_is_refused_like_an_unknown_order() {
    let shop = Shop::start_chosen().await;
    let good = shop.order_token("A-1042").await;
    let (until, signature) = good.split_once('.').unwrap();
    let later = format!("{}.{signature}", until.parse::<i64>().unwrap() + 1);
    let mut flipped = good.clone().into_bytes();
    let last = flipped.len() - 1;
    flipped[last] = if flipped[last] == b'0' { b'1' } else { b'0' };
    let flipped = String::from_utf8(flipped).unwrap();
    let cut = good[..good.len() - 2].to_owned();
    let mut refusals = HashSet::new();
    for token in [later, flipped, cut, "".to_owned(), ".".to_owned(), "x.y".to_owned()] {
        let path = format!("{API}/orders/A-1042");
        let answer = send(shop.request(Method::GET, &path).header("order-token", &token)).await;
        refusals.insert((answer.status, answer.problem()));
    }
    for order in ["A-1043", "A-9999", "nope"] {
        let path = format!("{API}/orders/{order}");
        let answer = send(shop.request(Method::GET, &path).header("order-token", &good)).await;
        refusals.insert((answer.status, answer.problem()));
        let answer = send(shop.creation(&good, "key-unknown").body(wish(order).to_string())).await;
        refusals.insert((answer.status, answer.problem()));
    }
    assert_eq!(refusals, HashSet::from([(403, "not-permitted".to_owned())]));
}

#[tokio::test]
async fn an_order_token_ends_after_a_day() {
    let shop = Shop::start_chosen().await;
    let token = shop.order_token("A-1043").await;
    shop.set_clock(25 * 3600).await;
    let path = format!("{API}/orders/A-1043");
    assert_eq!(send(shop.request(Method::GET, &path).header("order-token", token)).await.status, 403);
}

#[tokio::test]
async fn a_voucher_is_created_once_per_key() {
    let shop = Shop::start_chosen().await;
    let first = shop.create_with("A-1042", "key-0001", &wish("A-1042")).await;
    assert_eq!(first.status, 201);
    let voucher = first.voucher();
    assert_eq!(voucher.status.name(), "pending");
    assert_eq!(voucher.networks[0].agreement.as_ref().unwrap().code, shop.agreement());
    assert!(voucher.networks[0].reference.value.starts_with('P'));
    assert_eq!(voucher.amount.pesos.get(), 52_000);
    assert_eq!(voucher.trace_id.as_deref(), Some(first.header("trace-id")));

    let again = shop.create_with("A-1042", "key-0001", &wish("A-1042")).await;
    assert_eq!((again.status, again.voucher().token), (200, voucher.token.clone()));
    let other_key = shop.create_with("A-1042", "key-0002", &wish("A-1042")).await;
    assert_eq!((other_key.status, other_key.voucher().token), (200, voucher.token));
}

#[tokio::test]
async fn a_key_does_not_lead_to_another_order() {
    let shop = Shop::start_chosen().await;
    shop.create_with("A-1042", "key-0001", &wish("A-1042")).await;
    let other = shop.create_with("A-1043", "key-0001", &wish("A-1043")).await;
    assert_eq!((other.status, other.problem().as_str()), (422, "idempotency-key-reused"));
}

#[tokio::test]
async fn twenty_creates_at_once_end_with_one_voucher() {
    let shop = Shop::start_chosen().await;
    let token = shop.order_token("A-1042").await;
    let mut creates = tokio::task::JoinSet::new();
    for n in 0..20 {
        // Half of them are one double click, half are twenty devices.
        let key = if n % 2 == 0 { "key-same".to_owned() } else { format!("key-{n:04}") };
        creates.spawn(send(shop.creation(&token, &key).body(wish("A-1042").to_string())));
    }
    let answers = creates.join_all().await;
    let tokens: HashSet<String> = answers.iter().map(|answer| answer.voucher().token).collect();
    assert_eq!(tokens.len(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    let state = shop.state().await;
    assert_eq!(state["gateway"]["transactions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_create_goes_on_when_the_browser_hangs_up() {
    let shop = Shop::start_chosen().await;
    let token = shop.order_token("A-1042").await;
    let create = shop.creation(&token, "key-0001").body(wish("A-1042").to_string());
    let _ = tokio::time::timeout(Duration::from_millis(3), create.send()).await;
    let again = shop.create_with("A-1042", "key-0001", &wish("A-1042")).await;
    assert!(matches!(again.status, 200 | 201), "{}", again.text);
    let state = shop.state().await;
    assert_eq!(state["gateway"]["transactions"].as_array().unwrap().len(), 1);
    assert_eq!(state["merchant"]["vouchers"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_payer_is_refused_with_every_field_at_once() {
    let shop = Shop::start_chosen().await;
    let mut body = wish("A-1042");
    body["payer"] = json!({
        "document": { "type": "NIT", "number": "900123456", "checkDigit": "3" },
        "name": "",
        "email": "maria",
        "phone": "+573001234567",
    });
    body["consent"]["version"] = json!("1999-01");
    let answer = shop.create_with("A-1042", "key-0001", &body).await;
    assert_eq!((answer.status, answer.problem().as_str()), (422, "invalid-payer"));
    let problem = Problem::from_json(&answer.text).unwrap();
    let refused: Vec<(&str, &str)> =
        problem.errors.iter().map(|error| (error.field.as_str(), error.code.as_str())).collect();
    assert_eq!(
        refused,
        [
            ("document.number", "check_digit"),
            ("name", "required"),
            ("email", "missing_at"),
            ("consent", "required")
        ]
    );
    assert_eq!(problem.errors[0].expected.as_deref(), Some("8"));

    // What was refused left nothing behind: the same key works with the right data.
    assert_eq!(shop.create_with("A-1042", "key-0001", &wish("A-1042")).await.status, 201);
}

#[tokio::test]
async fn the_consent_is_on_record() {
    let shop = Shop::start_chosen().await;
    let before = shop.state().await["now"].as_i64().unwrap();
    shop.voucher_for("A-1042").await;
    let voucher = &shop.state().await["merchant"]["vouchers"][0];
    assert_eq!(voucher["consentVersion"], "2026-11");
    assert_eq!(voucher["consentAcceptedAt"], 1_795_442_700_000_i64);
    assert!(voucher["consentRecordedAt"].as_i64().unwrap() >= before);
    assert_eq!(voucher["requestId"], "test-request");
}

#[tokio::test]
async fn requests_that_are_not_as_documented_are_refused() {
    let shop = Shop::start_chosen().await;
    let token = shop.order_token("A-1042").await;
    let good = wish("A-1042").to_string();
    let create = || shop.creation(&token, "key-0001");
    let refusal = |answer: &Answer| (answer.status, answer.problem());

    let cut = send(create().body(good[..40].to_owned())).await;
    assert_eq!(refusal(&cut), (400, "invalid-request".to_owned()));
    let empty = send(create()).await;
    assert_eq!(refusal(&empty), (400, "invalid-request".to_owned()));
    let not_utf8 = send(create().body(vec![0xff, 0xfe, 0x00])).await;
    assert_eq!(refusal(&not_utf8), (400, "invalid-request".to_owned()));
    let array = send(create().body("[]")).await;
    assert_eq!(refusal(&array), (400, "invalid-request".to_owned()));

    let mut naive = wish("A-1042");
    naive["consent"]["acceptedAt"] = json!("2026-11-23T14:05:00");
    let naive = send(create().body(naive.to_string())).await;
    assert_eq!(refusal(&naive), (400, "invalid-request".to_owned()));
    assert_eq!(naive.json()["errors"][0]["field"], "consent.acceptedAt");

    let form = shop.request(Method::POST, &format!("{API}/vouchers")).header("order-token", &token);
    let form = send(form.header("content-type", "text/plain").body(good.clone())).await;
    assert_eq!(refusal(&form), (415, "media-type".to_owned()));

    let keyless = shop.request(Method::POST, &format!("{API}/vouchers")).header("order-token", &token);
    let keyless = send(keyless.header("content-type", "application/json").body(good.clone())).await;
    assert_eq!(refusal(&keyless), (400, "idempotency-key".to_owned()));

    let oversize = send(create().body(format!("{{\"padding\":\"{}\"}}", "x".repeat(20_000)))).await;
    assert_eq!(refusal(&oversize), (413, "too-large".to_owned()));

    let method = send(shop.request(Method::DELETE, &format!("{API}/vouchers"))).await;
    assert_eq!(refusal(&method), (405, "method-not-allowed".to_owned()));
    let nowhere = shop.get(&format!("{API}/nowhere")).await;
    assert_eq!(refusal(&nowhere), (404, "not-found".to_owned()));

    assert_eq!(send(create().body(good)).await.status, 201);
}

#[tokio::test]
async fn an_unknown_voucher_is_not_found() {
    let shop = Shop::start_chosen().await;
    for token in ["0123456789abcdef0123", "%00", "..%2f..", "P374389735"] {
        let answer = shop.get(&format!("{API}/vouchers/{token}")).await;
        assert_eq!((answer.status, answer.problem().as_str()), (404, "unknown-voucher"), "{token}");
        let events = shop.get(&format!("{API}/vouchers/{token}/events")).await;
        assert_eq!((events.status, events.problem().as_str()), (404, "unknown-voucher"), "{token}");
        let renewed = send(shop.request(Method::POST, &format!("{API}/vouchers/{token}/renew"))).await;
        assert_eq!((renewed.status, renewed.problem().as_str()), (404, "unknown-voucher"), "{token}");
    }
}

#[tokio::test]
async fn every_answer_tells_the_servers_time() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    let path = format!("{API}/vouchers/{}", voucher.token);
    let fresh = shop.get(&path).await;
    let kept = send(shop.request(Method::GET, &path).header("if-none-match", fresh.header("etag"))).await;
    let answers = [
        shop.create("A-1042").await,
        kept,
        fresh,
        shop.get(&format!("{API}/orders/A-1042")).await,
        shop.get(&format!("{API}/vouchers/nothing-like-it-here")).await,
        shop.get(&format!("{API}/nowhere")).await,
        send(shop.request(Method::DELETE, &path)).await,
        shop.post(&format!("{API}/vouchers"), &json!({})).await,
    ];
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200, 304, 200, 403, 404, 404, 405, 400]);
    for answer in &answers {
        let text = answer.header("server-time");
        assert_eq!(text.len(), "2026-11-23T14:05:00.000Z".len(), "{} {text}", answer.status);
        ServerInstant::parse(text).unwrap();
        assert!(!answer.header("trace-id").is_empty());
    }
}

#[tokio::test]
async fn an_unchanged_voucher_is_not_sent_again() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    let path = format!("{API}/vouchers/{}", voucher.token);
    let first = shop.get(&path).await;
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with('"') && etag.ends_with('"'), "strong: {etag}");
    tokio::time::sleep(Duration::from_millis(5)).await;
    let second = shop.get(&path).await;
    assert_ne!(first.voucher().server_time, second.voucher().server_time);
    assert_eq!(second.header("etag"), etag, "the time is not part of it");

    let ask = |tag: String| send(shop.request(Method::GET, &path).header("if-none-match", tag));
    for tag in [etag.clone(), format!("W/{etag}"), format!("\"other\", {etag}"), "*".to_owned()] {
        let answer = ask(tag).await;
        assert_eq!((answer.status, answer.text.as_str(), answer.header("etag")), (304, "", etag.as_str()));
    }
    assert_eq!(ask("\"other\"".to_owned()).await.status, 200);

    shop.pay(&voucher).await;
    shop.until_status(&voucher.token, "paid").await;
    let changed = ask(etag.clone()).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), etag);
}

#[tokio::test]
async fn events_tell_each_change_once() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1042").await;
    let path = voucher.links.events.clone().unwrap();
    let mut stream = shop.request(Method::GET, &path).send().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    assert!(stream.headers().contains_key("server-time"));
    assert_eq!(next_event(&mut stream).await.status.name(), "pending");
    shop.pay(&voucher).await;
    let paid = next_event(&mut stream).await;
    assert_eq!((paid.token.as_str(), paid.status.name()), (voucher.token.as_str(), "paid"));
    shop.press(&format!("/payments/{}/reverse", ref_payco(&voucher)), json!({})).await;
    assert_eq!(next_event(&mut stream).await.status.name(), "refunded");
}

async fn next_event(stream: &mut reqwest::Response) -> Voucher {
    let mut text = String::new();
    let waiting = async {
        while !text.ends_with("\n\n") {
            let chunk = stream.chunk().await.unwrap().expect("the stream stays open");
            text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    };
    tokio::time::timeout(Duration::from_secs(10), waiting).await.expect("an event in time");
    let data = text.lines().find_map(|line| line.strip_prefix("data: ")).expect("an event has data");
    Voucher::from_json(data).unwrap()
}

#[tokio::test]
async fn an_expired_voucher_is_renewed_once() {
    let shop = Shop::start_chosen().await;
    let old = shop.voucher_for("A-1042").await;
    assert_eq!(old.links.renew, None);
    let early = send(shop.request(Method::POST, &format!("{API}/vouchers/{}/renew", old.token))).await;
    assert_eq!((early.status, early.voucher().token), (200, old.token.clone()), "still good");

    shop.press(&format!("/payments/{}/expire", ref_payco(&old)), json!({})).await;
    let expired = shop.until_status(&old.token, "expired").await;
    let renew = expired.links.renew.expect("an order that is still held can be renewed");
    let new = send(shop.request(Method::POST, &renew)).await;
    assert_eq!(new.status, 201, "{}", new.text);
    let new = new.voucher();
    assert_eq!(new.status.name(), "pending");
    assert_ne!(new.networks[0].reference.value, old.networks[0].reference.value);
    let superseded = shop.look(&old.token).await;
    assert_eq!((superseded.status.name(), superseded.superseded_by), ("superseded", Some(new.token.clone())));

    let again = send(shop.request(Method::POST, &renew)).await;
    assert_eq!((again.status, again.voucher().token), (200, new.token.clone()));
    assert_eq!(shop.create("A-1042").await.voucher().token, new.token);
}

#[tokio::test]
async fn creating_after_expiry_supersedes_too() {
    let shop = Shop::start_chosen().await;
    let old = shop.voucher_for("A-1043").await;
    shop.press(&format!("/payments/{}/expire", ref_payco(&old)), json!({})).await;
    shop.until_status(&old.token, "expired").await;
    let new = shop.voucher_for("A-1043").await;
    assert_eq!(shop.look(&old.token).await.superseded_by, Some(new.token));
}

#[tokio::test]
async fn a_corrected_e_mail_is_kept_with_the_same_voucher() {
    let shop = Shop::start_chosen().await;
    let first = shop.voucher_for("A-1042").await;
    let mut corrected = wish("A-1042");
    corrected["payer"]["email"] = json!("otra@correo.example");
    corrected["payer"]["document"]["number"] = json!("1099999999");
    let answer = shop.create_with("A-1042", "another-key", &corrected).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.voucher().token, first.token);
    let stored = shop.stored_payer(&first.token);
    assert_eq!(stored["email"], "otra@correo.example");
    assert_eq!(stored["document"], wish("A-1042")["payer"]["document"], "who pays stays as it was");
}

#[tokio::test]
async fn renewals_at_once_end_with_one_voucher() {
    let shop = Shop::start_chosen().await;
    let old = shop.voucher_for("A-1042").await;
    shop.press(&format!("/payments/{}/expire", ref_payco(&old)), json!({})).await;
    let renew = shop.until_status(&old.token, "expired").await.links.renew.unwrap();
    let mut renewals = tokio::task::JoinSet::new();
    for _ in 0..10 {
        renewals.spawn(send(shop.request(Method::POST, &renew)));
    }
    let tokens: HashSet<String> =
        renewals.join_all().await.iter().map(|answer| answer.voucher().token).collect();
    assert_eq!(tokens.len(), 1);
}

#[tokio::test]
async fn an_order_that_is_no_longer_held_cancels_its_voucher() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1044").await;
    let hold = voucher.order_expires_at.unwrap().instant();
    assert!(hold < voucher.expires_at.unwrap().instant(), "the hold is the earlier deadline");
    shop.set_clock(91 * 60).await;
    let cancelled = shop.until_status(&voucher.token, "cancelled").await;
    assert_eq!(cancelled.links.renew, None);
    let closed = shop.create("A-1044").await;
    assert_eq!((closed.status, closed.problem().as_str()), (409, "order-closed"));
    let renewed = send(shop.request(Method::POST, &format!("{API}/vouchers/{}/renew", voucher.token))).await;
    assert_eq!((renewed.status, renewed.problem().as_str()), (409, "order-closed"));
}

#[tokio::test]
async fn a_voucher_expires_by_the_clock() {
    let shop = Shop::start_chosen().await;
    let voucher = shop.voucher_for("A-1043").await;
    let life = voucher.expires_at.unwrap().instant().millis() - voucher.issued_at.unwrap().millis();
    assert_eq!(life, 5 * 24 * 3_600_000);
    shop.set_clock(5 * 24 * 3600 + 1).await;
    let expired = shop.until_status(&voucher.token, "expired").await;
    assert_eq!(expired.grace_until.unwrap(), voucher.grace_until.unwrap());
}

#[tokio::test]
async fn a_gateway_that_fails_leaves_nothing_behind() {
    let shop = Shop::start_chosen().await;
    shop.alter_gateway("UPDATE gw_account SET private_key = private_key || 'x'");
    let failed = shop.create_with("A-1042", "key-0001", &wish("A-1042")).await;
    assert_eq!((failed.status, failed.problem().as_str()), (503, "gateway-unavailable"));
    assert_eq!(failed.header("retry-after"), "5");
    assert!(shop.state().await["merchant"]["vouchers"].as_array().unwrap().is_empty());
    shop.alter_gateway("UPDATE gw_account SET private_key = rtrim(private_key, 'x')");
    assert_eq!(shop.create_with("A-1042", "key-0001", &wish("A-1042")).await.status, 201);
}

#[tokio::test]
async fn an_amount_that_no_outlet_takes_is_refused() {
    let shop = Shop::start_chosen().await;
    shop.alter("UPDATE orders SET pesos = 19999 WHERE id = 'A-1042'");
    let refused = shop.create("A-1042").await;
    assert_eq!((refused.status, refused.problem().as_str()), (422, "amount-out-of-range"));
}
