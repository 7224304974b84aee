//! A sandbox on a free port with an empty database, and what tests ask of it over HTTP.
//!
//! The shop is the sandbox's own, or the example in Node, which pays at the sandbox's gateway: the
//! contract's tests hold for both.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]
#![allow(dead_code, reason = "each test file uses its part")]

mod node;
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

/// A running shop; dropping it ends it and removes its database.
pub struct Shop {
    /// Where the shop is.
    pub url: String,
    pub http: reqwest::Client,
    node: Option<node::Node>,
    sandbox: Sandbox,
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

    /// The shop that `EFECTY_SHOP` names: `node`, or by default the sandbox's own.
    pub async fn start_chosen() -> Shop {
        let mut shop = Shop::start().await;
        if std::env::var_os("EFECTY_SHOP").is_some_and(|name| name == "node") {
            let node = node::Node::start(&shop.database(), &shop.url).await;
            shop.url.clone_from(&node.url);
            shop.node = Some(node);
        }
        shop
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Shop {
        let directory = tempfile::tempdir().unwrap();
        let mut config = Config { port: 0, db: directory.path().join("sandbox.db"), ..Config::default() };
        change(&mut config);
        let sandbox = Sandbox::start(config).await.unwrap();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Shop { url: sandbox.url(), http, node: None, sandbox, directory }
    }

    /// The database's file.
    pub fn database(&self) -> PathBuf {
        let name = if self.node.is_some() { node::DATABASE } else { "sandbox.db" };
        self.directory.path().join(name)
    }

    /// The convenio of the shop at the gateway.
    pub fn agreement(&self) -> &'static str {
        if self.node.is_some() { "111993" } else { "111992" }
    }

    /// Changes the shop's tables behind its back.
    pub fn alter(&self, statements: &str) {
        alter(self.database(), statements);
    }

    /// Changes the gateway's tables behind its back.
    pub fn alter_gateway(&self, statements: &str) {
        alter(self.directory.path().join("sandbox.db"), statements);
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

    /// Everything that the consoles of shop and gateway show.
    pub async fn state(&self) -> Value {
        let mut state = self.get("/console/api/state").await.json();
        if self.node.is_some() {
            state["gateway"] = self.at_sandbox("/console/api/state", None).await.json()["gateway"].take();
        }
        state
    }

    /// Asks the sandbox, which is the gateway and the outlet of every shop.
    async fn at_sandbox(&self, path: &str, body: Option<&Value>) -> Answer {
        let url = format!("{}{path}", self.sandbox.url());
        match body {
            None => send(self.http.get(url)).await,
            Some(body) => {
                let json = self.http.post(url).header("content-type", "application/json");
                send(json.body(body.to_string())).await
            }
        }
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
        let answer = self.at_sandbox("/outlet/api/payments", Some(dictated)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    /// Presses a button of the console.
    pub async fn press(&self, path: &str, body: Value) {
        let answer = self.at_sandbox(&format!("/console/api{path}"), Some(&body)).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    }

    /// Moves the clock.
    pub async fn set_clock(&self, offset_seconds: i64) {
        self.press("/clock", json!({ "offsetSeconds": offset_seconds })).await;
        if let Some(node) = &self.node {
            node.set_clock(offset_seconds).await;
        }
    }
}

fn alter(file: PathBuf, statements: &str) {
    let database = rusqlite::Connection::open(file).unwrap();
    database.busy_timeout(Duration::from_secs(5)).unwrap();
    database.execute_batch(statements).unwrap();
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
