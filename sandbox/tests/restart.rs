//! Starting, starting again, and not being able to start.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]

mod support;

use std::path::Path;
use std::time::{Duration, Instant};

use efecty_checkout::voucher::Voucher;
use efecty_sandbox::{Config, Sandbox};
use support::{API, send, wish};

fn config(database: &Path) -> Config {
    Config { port: 0, db: database.to_owned(), ..Config::default() }
}

fn args(words: &[&str]) -> Result<Config, String> {
    Config::from_args(words.iter().map(|word| (*word).to_owned())).map_err(|error| error.to_string())
}

async fn order_token(url: &str, order: &str) -> String {
    let page = reqwest::get(format!("{url}/pedido/{order}")).await.unwrap().text().await.unwrap();
    page.split("order-token=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn create(url: &str, order_token: &str) -> Voucher {
    let request = reqwest::Client::new().post(format!("{url}{API}/vouchers"));
    let request = request.header("content-type", "application/json").header("order-token", order_token);
    send(request.header("idempotency-key", "key-0001").body(wish("A-1042").to_string())).await.voucher()
}

#[tokio::test]
async fn a_second_start_knows_the_first() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("shop.db");
    let sandbox = Sandbox::start(config(&database)).await.unwrap();
    let token = order_token(&sandbox.url(), "A-1042").await;
    let voucher = create(&sandbox.url(), &token).await;
    drop(sandbox);

    let sandbox = Sandbox::start(config(&database)).await.unwrap();
    let again = create(&sandbox.url(), &token).await;
    assert_eq!((again.token, again.networks), (voucher.token, voucher.networks));
}

#[tokio::test]
async fn what_a_crash_interrupted_is_taken_up() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("shop.db");
    let sandbox = Sandbox::start(config(&database)).await.unwrap();
    let token = order_token(&sandbox.url(), "A-1042").await;
    let voucher = create(&sandbox.url(), &token).await;
    drop(sandbox);
    // As if the machine had stopped before the gateway's answer was written down.
    let tables = rusqlite::Connection::open(&database).unwrap();
    tables.execute("UPDATE vouchers SET status = 'preparing', issued = NULL, payment_id = NULL", []).unwrap();
    drop(tables);

    let sandbox = Sandbox::start(config(&database)).await.unwrap();
    let path = format!("{}{API}/vouchers/{}", sandbox.url(), voucher.token);
    let deadline = Instant::now() + Duration::from_secs(10);
    let found = loop {
        let answer = send(reqwest::Client::new().get(&path)).await;
        if answer.status == 200 {
            break answer.voucher();
        }
        assert!(Instant::now() < deadline, "{}", answer.text);
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!(found.networks, voucher.networks, "the gateway gives the same invoice the same codes");
}

#[tokio::test]
async fn a_clock_can_be_ahead() {
    let directory = tempfile::tempdir().unwrap();
    let ahead = Config { clock_offset_seconds: 86_400, ..config(&directory.path().join("shop.db")) };
    let sandbox = Sandbox::start(ahead).await.unwrap();
    let answer = send(reqwest::Client::new().get(format!("{}{API}/nowhere", sandbox.url()))).await;
    let server = efecty_checkout::calendar::ServerInstant::parse(answer.header("server-time")).unwrap();
    let machine = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let ahead = server.millis() - i64::try_from(machine.as_millis()).unwrap();
    assert!((86_395_000..=86_400_000).contains(&ahead), "{ahead}");
}

#[tokio::test]
async fn what_prevents_a_start_is_said_in_a_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let first = Sandbox::start(config(&directory.path().join("shop.db"))).await.unwrap();
    let port = first.url().rsplit(':').next().unwrap().parse().unwrap();
    let taken = Config { port, ..config(&directory.path().join("other.db")) };
    let error = Sandbox::start(taken).await.unwrap_err().to_string();
    assert!(error.starts_with(&format!("cannot listen on 127.0.0.1:{port}: ")), "{error}");
    let nowhere = Sandbox::start(config(Path::new("/nowhere/shop.db"))).await.unwrap_err().to_string();
    assert!(nowhere.starts_with("database: "), "{nowhere}");
}

#[test]
fn the_command_line_is_read_or_refused() {
    let config = args(&[
        "--port",
        "0",
        "--db",
        "x.db",
        "--clock-offset",
        "-60",
        "--allow-origin",
        "https://a.example",
    ]);
    let config = config.unwrap();
    assert_eq!((config.port, config.clock_offset_seconds), (0, -60));
    assert_eq!(config.allowed_origins, ["https://a.example"]);
    assert_eq!(args(&["--port"]).unwrap_err(), "--port: expected a value after it");
    assert_eq!(args(&["--port", "no"]).unwrap_err(), "--port: expected a whole number");
    assert_eq!(args(&["--colour", "red"]).unwrap_err(), "--colour: expected an option of this list");
}
