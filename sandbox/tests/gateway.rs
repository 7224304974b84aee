//! The gateway's own interface, as any of its merchants sees it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]

mod support;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Shop, send};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// The keys of the account, which only the database knows.
struct Keys {
    public: String,
    private: String,
}

fn keys(shop: &Shop) -> Keys {
    let database = rusqlite::Connection::open(shop.database()).unwrap();
    let row = "SELECT public_key, private_key FROM gw_account";
    database.query_row(row, [], |row| Ok(Keys { public: row.get(0)?, private: row.get(1)? })).unwrap()
}

async fn login(shop: &Shop, keys: &Keys) -> Answer {
    send(shop.request(Method::POST, "/gateway/login").basic_auth(&keys.public, Some(&keys.private))).await
}

async fn bearer(shop: &Shop) -> String {
    login(shop, &keys(shop)).await.json()["token"].as_str().unwrap().to_owned()
}

async fn create(shop: &Shop, bearer: &str, body: &Value) -> Answer {
    let request = shop.request(Method::POST, "/gateway/payment/process/cash").bearer_auth(bearer);
    send(request.header("content-type", "application/json").body(body.to_string())).await
}

/// A request in the documented shape.
fn example() -> Value {
    json!({
        "description": "Pedido A-1042", "value": 20000, "tax": 0, "taxBase": 0, "currency": "COP", "typePerson": "0",
        "docType": "CC", "docNumber": "1020304050", "name": "Ana", "lastName": "Gómez",
        "email": "ana.gomez@example.com", "cellPhone": "3015550142", "ip": "127.0.0.1", "paymentMethod": "EF",
    })
}

#[tokio::test]
async fn a_session_needs_both_keys() {
    let shop = Shop::start().await;
    let right = keys(&shop);
    let wrong = Keys { public: right.public.clone(), private: "no".to_owned() };
    assert_eq!(login(&shop, &wrong).await.status, 401);
    let token = login(&shop, &right).await.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(create(&shop, &token, &example()).await.status, 200);
    assert_eq!(create(&shop, "no", &example()).await.status, 401);
    shop.set_clock(16 * 60).await;
    assert_eq!(create(&shop, &token, &example()).await.status, 401, "a session ends");
}

#[tokio::test]
async fn the_shop_signs_in_again_when_its_session_has_ended() {
    let shop = Shop::start().await;
    shop.voucher_for("A-1042").await;
    shop.set_clock(16 * 60).await;
    shop.voucher_for("A-1043").await;
}

#[tokio::test]
async fn the_answer_has_the_recorded_shape() {
    let shop = Shop::start().await;
    let recorded: Value =
        serde_json::from_str(include_str!("../../tests/fixtures/gateway/epayco-created.json")).unwrap();
    let answer = create(&shop, &bearer(&shop).await, &example()).await.json();
    let kinds = |value: &Value| -> Vec<(String, &'static str)> {
        let object = value.as_object().unwrap().iter();
        object.map(|(name, value)| (name.clone(), kind(value))).collect()
    };
    assert_eq!(kinds(&answer), kinds(&recorded));
    assert_eq!(kinds(&answer["data"]), kinds(&recorded["data"]));
    let data = &answer["data"];
    assert_eq!(data["pin"], format!("P{}", data["refPayco"]));
    assert_eq!(data["codeProject"], 111_992);
    assert_eq!(data["expirationDate"].as_str().unwrap().len(), "2026-07-07 19:50:07".len());
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[tokio::test]
async fn a_request_is_refused_in_the_documented_envelope() {
    let shop = Shop::start().await;
    let bearer = bearer(&shop).await;
    for (member, value, message) in [
        ("value", json!(19_999), "Amount must be greater than 20000"),
        ("docNumber", Value::Null, "field docNumber required"),
        ("ip", json!(""), "field ip required"),
        ("currency", json!("USD"), "field currency must be COP"),
        ("paymentMethod", json!("BA"), "field paymentMethod must be EF"),
        ("endDate", json!("2020-01-01"), "field endDate must be a day to come, YYYY-MM-DD"),
        ("endDate", json!("soon"), "field endDate must be a day to come, YYYY-MM-DD"),
    ] {
        let mut request = example();
        request[member] = value;
        let answer = create(&shop, &bearer, &request).await;
        assert_eq!((answer.status, &answer.json()["success"]), (200, &json!(false)), "{request}");
        assert_eq!(answer.json()["data"]["errors"][0]["errorMessage"], message);
    }
    let cut = shop
        .request(Method::POST, "/gateway/payment/process/cash")
        .bearer_auth(&bearer)
        .header("content-type", "application/json")
        .body("{");
    assert_eq!(send(cut).await.json()["success"], false);
}

#[tokio::test]
async fn the_end_date_is_the_end_of_that_day_in_bogota() {
    let shop = Shop::start().await;
    let bearer = bearer(&shop).await;
    for (given, expected) in [("2099-12-31", "2099-12-31 23:59:59"), ("49-12-31", "2049-12-31 23:59:59")] {
        let mut request = example();
        request["endDate"] = json!(given);
        assert_eq!(create(&shop, &bearer, &request).await.json()["data"]["expirationDate"], expected);
    }
}

#[tokio::test]
async fn the_same_invoice_gives_the_same_pin() {
    let shop = Shop::start().await;
    let bearer = bearer(&shop).await;
    let mut request = example();
    request["invoice"] = json!("once");
    let first = create(&shop, &bearer, &request).await.json();
    let again = create(&shop, &bearer, &request).await.json();
    assert_eq!(first["data"]["pin"], again["data"]["pin"]);
    request["value"] = json!(30_000);
    assert_eq!(create(&shop, &bearer, &request).await.json()["success"], false);
}

#[tokio::test]
async fn the_networks_are_listed() {
    let shop = Shop::start().await;
    let request =
        shop.request(Method::GET, "/gateway/payment/cash/entities").bearer_auth(bearer(&shop).await);
    assert_eq!(send(request).await.json()["data"], json!([{ "Id": "EF", "nombre": "Efecty" }]));
}

#[tokio::test]
async fn an_unknown_reference_is_said_to_be_unknown() {
    let shop = Shop::start().await;
    for reference in ["1", "x", "99999999999999999999999"] {
        let answer = shop.get(&format!("/gateway/validation/v1/reference/{reference}")).await;
        assert_eq!((answer.status, &answer.json()["success"]), (200, &json!(false)));
    }
}

/// A merchant that refuses a confirmation a few times; keeps request lines with bodies.
async fn stubborn_merchant(refusals: usize) -> (String, Arc<Mutex<Vec<(String, Instant)>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/confirm", listener.local_addr().unwrap());
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = heard.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = vec![0; 16 * 1024];
            let n = stream.read(&mut buffer).await.unwrap_or_default();
            let n_heard = {
                let mut heard = hears.lock().unwrap();
                heard.push((String::from_utf8_lossy(&buffer[..n]).into_owned(), Instant::now()));
                heard.len()
            };
            let status = if n_heard > refusals { "200 OK" } else { "500 Internal Server Error" };
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (url, heard)
}

#[tokio::test]
async fn a_confirmation_is_sent_until_it_is_taken() {
    let shop = Shop::start().await;
    let (url, heard) = stubborn_merchant(2).await;
    let mut request = example();
    request["urlConfirmation"] = json!(url);
    request["methodConfirmation"] = json!("GET");
    create(&shop, &bearer(&shop).await, &request).await;
    let state =
        shop.until("delivered", |state| !state["gateway"]["outbox"][0]["deliveredAt"].is_null()).await;
    assert_eq!(state["gateway"]["outbox"][0]["attempts"], 3);
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard.len(), 3);
    assert!(heard[0].0.starts_with("GET /confirm?x_cust_id_cliente="), "{}", heard[0].0);
    assert!(heard[0].0.contains("x_cod_transaction_state=3"));
    let waits: Vec<Duration> = heard.windows(2).map(|pair| pair[1].1 - pair[0].1).collect();
    assert!(waits[0] >= Duration::from_millis(900) && waits[1] >= Duration::from_millis(1900), "{waits:?}");
}
