//! Verifications per second, natively: one JSON object, from gateway to figure.
//!
//! Run by `cargo xtask bench gateways`, beside wasm and Node's own crypto.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that fails panics")]

use std::time::{Duration, Instant};

use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::gateway::{Callback, Credentials, Gateway, VerifyOptions, verify_callback};
use serde_json::{Map, Value};

const CALLBACKS: &str = include_str!("callbacks.json");
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(400);

fn main() {
    let document: Value = serde_json::from_str(CALLBACKS).expect("JSON");
    let now = ServerInstant::parse(document["now"].as_str().expect("a text")).expect("an instant");
    let mut figures = Map::new();
    for callback in document["callbacks"].as_array().expect("a list") {
        let name = callback["gateway"].as_str().expect("a text");
        figures.insert(name.to_owned(), per_second(callback, &VerifyOptions::new(now)).into());
    }
    println!("{}", Value::Object(figures));
}

/// The best of some rounds: what else the machine does only takes away.
fn per_second(callback: &Value, options: &VerifyOptions) -> u64 {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let gateway = Gateway::from_name(&text(&callback["gateway"])).expect("a gateway");
    let pairs = callback["headers"].as_array().expect("a list").iter();
    let headers: Vec<(String, String)> = pairs.map(|pair| (text(&pair[0]), text(&pair[1]))).collect();
    let keys = callback["credentials"].as_object().expect("an object").iter();
    let credentials: Credentials = keys.map(|(name, value)| (name.as_str(), text(value))).collect();
    let body = text(&callback["body"]);
    let sent = Callback { headers: &headers, raw_body: body.as_bytes(), url: None };
    let verify = || {
        let found =
            verify_callback(gateway, &sent, &credentials, options).expect("every credential is there");
        assert!(found.authentic.is_ok(), "{gateway}");
    };
    (0..ROUNDS).map(|_| round(&verify)).max().unwrap_or_default()
}

fn round(verify: &impl Fn()) -> u64 {
    let started = Instant::now();
    let mut count: u32 = 0;
    while started.elapsed() < ROUND {
        (0..10).for_each(|_| verify());
        count += 10;
    }
    (f64::from(count) / started.elapsed().as_secs_f64()).round() as u64
}
