//! A sandbox on a free port with an empty database, and what tests ask of it over HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]
#![allow(dead_code, reason = "each test file uses its part")]

#[path = "../../../tests/wire/schema.rs"]
mod schema;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use efecty_checkout::voucher::Voucher;
use efecty_sandbox::{Config, Sandbox};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The endpoint's path.
pub const API: &str = "/api/efecty";

/// A running sandbox; dropping it ends it and removes its database.
pub struct Shop {
    pub url: String,
    pub http: reqwest::Client,
    _sandbox: Sandbox,
    directory: TempDir,
}

/// An answer, its body read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("expected JSON, got {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body, after checking that it is what the contract's schema calls `name`.
    pub fn follows(&self, name: &str) -> Value {
        let document = self.json();
        let objections = schema::objections(name, &document);
        assert!(objections.is_empty(), "{objections:#?} in {}", self.text);
        document
    }

    /// The problem's code, after checking that it is a problem with a trace id.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        let problem = self.follows("problem");
        assert_eq!(problem["traceId"], self.header("trace-id"));
        assert_eq!(problem["status"], self.status);
        problem["code"].as_str().unwrap().to_owned()
    }

    /// The voucher, by the contract's schema and as the crate reads it that the widget is made of.
    pub fn voucher(&self) -> Voucher {
        self.follows("voucher");
        Voucher::from_json(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

impl Shop {
    pub async fn start() -> Shop {
        Shop::start_with(|_| {}).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Shop {
        let directory = tempfile::tempdir().unwrap();
        let mut config = Config { port: 0, db: directory.path().join("sandbox.db"), ..Config::default() };
        change(&mut config);
        let sandbox = Sandbox::start(config).await.unwrap();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Shop { url: sandbox.url(), http, _sandbox: sandbox, directory }
    }

    /// The database's file.
    pub fn database(&self) -> PathBuf {
        self.directory.path().join("sandbox.db")
    }

    /// Changes the tables behind the sandbox's back.
    pub fn alter(&self, statements: &str) {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        database.busy_timeout(Duration::from_secs(5)).unwrap();
        database.execute_batch(statements).unwrap();
    }

    /// The payer as the shop's table has them.
    pub fn stored_payer(&self, token: &str) -> Value {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        let query = "SELECT payer FROM vouchers WHERE token = ?1";
        let payer: String = database.query_row(query, [token], |row| row.get(0)).unwrap();
        serde_json::from_str(&payer).unwrap()
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        send(
            self.request(Method::POST, path)
                .header("content-type", "application/json")
                .body(body.to_string()),
        )
        .await
    }

    /// The signed permission that the order's page hands to the widget.
    pub async fn order_token(&self, order_id: &str) -> String {
        let page = self.get(&format!("/pedido/{order_id}")).await.text;
        let (_, rest) = page.split_once("order-token=\"").expect("the page embeds the widget");
        rest.split('"').next().unwrap().to_owned()
    }

    /// A request for a voucher with a fresh key.
    pub async fn create(&self, order_id: &str) -> Answer {
        let key = format!("key-{order_id}-{:?}", Instant::now()).replace([' ', '{', '}', ':'], "");
        self.create_with(order_id, &key, &wish(order_id)).await
    }

    pub async fn create_with(&self, order_id: &str, key: &str, body: &Value) -> Answer {
        send(self.creation(&self.order_token(order_id).await, key).body(body.to_string())).await
    }

    /// A request to create, without its body.
    pub fn creation(&self, order_token: &str, key: &str) -> RequestBuilder {
        self.request(Method::POST, &format!("{API}/vouchers"))
            .header("content-type", "application/json")
            .header("order-token", order_token)
            .header("idempotency-key", key)
            .header("request-id", "test-request")
    }

    /// A new voucher for an order that has none.
    pub async fn voucher_for(&self, order_id: &str) -> Voucher {
        let answer = self.create(order_id).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.voucher()
    }

    /// The voucher as it stands now.
    pub async fn look(&self, token: &str) -> Voucher {
        self.get(&format!("{API}/vouchers/{token}")).await.voucher()
    }

    /// The status, once it is `expected`; fails after ten seconds.
    pub async fn until_status(&self, token: &str, expected: &str) -> Voucher {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let voucher = self.look(token).await;
            if voucher.status.name() == expected {
                return voucher;
            }
            assert!(Instant::now() < deadline, "still {}, expected {expected}", voucher.status.name());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Everything that the console shows.
    pub async fn state(&self) -> Value {
        self.get("/console/api/state").await.json()
    }

    /// The console's state, once `holds` says so; fails after ten seconds.
    pub async fn until(&self, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let state = self.state().await;
            if holds(&state) {
                return state;
            }
            assert!(Instant::now() < deadline, "not in time: {what}\n{state:#}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Pays at the outlet, which hands out a receipt.
    pub async fn pay(&self, voucher: &Voucher) -> Value {
        let said = self.dictate(&dictated(voucher)).await;
        assert!(said["receipt"].is_object(), "{said}");
        said["receipt"].clone()
    }

    /// What the outlet says to what was dictated.
    pub async fn dictate(&self, dictated: &Value) -> Value {
        let answer = self.post("/outlet/api/payments", dictated).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    /// Presses a button of the console.
    pub async fn press(&self, path: &str, body: Value) {
        let answer = self.post(&format!("/console/api{path}"), &body).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    }

    /// Moves the clock.
    pub async fn set_clock(&self, offset_seconds: i64) {
        self.press("/clock", json!({ "offsetSeconds": offset_seconds })).await;
    }
}

/// What the shopper dictates to the cashier.
pub fn dictated(voucher: &Voucher) -> Value {
    let network = &voucher.networks[0];
    json!({
        "agreement": network.agreement.as_ref().unwrap().code,
        "reference": network.reference.value,
        "pesos": voucher.amount.pesos.get(),
    })
}

/// The gateway's number of a voucher's payment.
pub fn ref_payco(voucher: &Voucher) -> String {
    voucher.networks[0].reference.value.trim_start_matches('P').to_owned()
}

/// A valid request for a voucher.
pub fn wish(order_id: &str) -> Value {
    json!({
        "orderId": order_id,
        "payer": {
            "document": { "type": "CC", "number": "1020304050" },
            "name": "María Ñáñez",
            "email": "maria@example.com",
            "phone": "+573001234567",
        },
        "consent": { "version": "2026-11", "acceptedAt": "2026-11-23T14:05:00.000Z" },
    })
}

pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().await.unwrap(),
    }
}
