//! Killed twenty times at random moments under load, nothing that was acknowledged is lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]

mod support;

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use efecty_checkout::voucher::Voucher;
use serde_json::Value;
use support::{API, dictated, wish};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const N_KILLS: u64 = 20;
const N_SHOPPERS: usize = 4;

/// What the sandbox said had happened.
#[derive(Default)]
struct Acknowledged {
    orders: Vec<String>,
    vouchers: Vec<Voucher>,
    paid: Vec<String>,
    collected: Vec<String>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("sandbox.db");
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    let acknowledged = Arc::new(Mutex::new(Acknowledged::default()));
    let mut random = Random::new();
    for _ in 0..N_KILLS {
        let mut sandbox = start(&database, port).await;
        let shoppers: Vec<_> = (0..N_SHOPPERS)
            .map(|_| tokio::spawn(shop_until_cut_off(url.clone(), acknowledged.clone())))
            .collect();
        tokio::time::sleep(Duration::from_millis(200 + random.below(600))).await;
        // On Unix this is SIGKILL: no handler runs, nothing is flushed.
        sandbox.kill().await.unwrap();
        for shopper in shoppers {
            shopper.await.unwrap();
        }
    }

    let sandbox = start(&database, port).await;
    let acknowledged = std::mem::take(&mut *acknowledged.lock().unwrap());
    println!(
        "{N_KILLS} kills, {} orders, {} vouchers, {} payments, {} payouts acknowledged",
        acknowledged.orders.len(),
        acknowledged.vouchers.len(),
        acknowledged.paid.len(),
        acknowledged.collected.len()
    );
    assert!(acknowledged.paid.len() as u64 > N_KILLS, "the load was too light to mean anything");
    assert!(acknowledged.collected.len() as u64 > N_KILLS / 4, "too little was collected to mean anything");
    check_vouchers(&url, &acknowledged).await;
    check_payments(&url, &acknowledged).await;
    drop(sandbox);
    check_tables(&database, &acknowledged);
}

/// Every voucher is there as it was told.
async fn check_vouchers(url: &str, acknowledged: &Acknowledged) {
    for told in &acknowledged.vouchers {
        let found = look(url, &told.token).await.expect("an acknowledged voucher is there");
        assert_eq!((&found.networks, found.amount), (&told.networks, told.amount));
        assert!(matches!(found.status.name(), "pending" | "paid" | "refunded"), "{:?}", found.status);
    }
}

/// Every payment and payout reaches the shop, through however many kills its confirmation had to go.
async fn check_payments(url: &str, acknowledged: &Acknowledged) {
    let deadline = Instant::now() + Duration::from_secs(20);
    for token in acknowledged.paid.iter().chain(&acknowledged.collected) {
        while !matches!(look(url, token).await.unwrap().status.name(), "paid" | "refunded") {
            assert!(Instant::now() < deadline, "cash whose receipt was printed is not confirmed");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// What no answer shows: the file is sound, and what raced with the kills left no doubles.
fn check_tables(database: &Path, acknowledged: &Acknowledged) {
    let tables = rusqlite::Connection::open(database).unwrap();
    let count = |query: &str| tables.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
    let integrity: String = tables.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
    assert_eq!(count("SELECT count(*) FROM vouchers WHERE status = 'preparing'"), 0);
    assert_eq!(
        count("SELECT count(*) - count(DISTINCT order_id) FROM vouchers WHERE kind = 'payment'"),
        0,
        "one voucher per order"
    );
    let unknown = "SELECT count(*) FROM vouchers LEFT JOIN gw_transaction ON payment_id = ref_payco
                   WHERE kind = 'payment' AND (ref_payco IS NULL OR value <> pesos)";
    assert_eq!(count(unknown), 0, "every voucher is the gateway's");
    // A pickup whose answer a kill cut off is cancelled, and its PIN nobody's.
    let unknown = "SELECT count(*) FROM vouchers LEFT JOIN gw_kushki_payout ON payment_id = ticket_number
                   WHERE kind = 'pickup' AND status <> 'cancelled'
                       AND (ticket_number IS NULL OR (state = 'approvedTransaction') <> (status = 'paid'))";
    assert_eq!(count(unknown), 0, "every pickup is the gateway's, and both know whether it was collected");
    let twice =
        "SELECT count(*) - count(DISTINCT refunds) FROM vouchers WHERE kind = 'pickup' AND status = 'paid'";
    assert_eq!(count(twice), 0, "nothing is paid back twice");
    let kept = "SELECT count(*) FROM vouchers AS pickup JOIN vouchers AS paid ON pickup.refunds = paid.token
                WHERE pickup.status = 'paid' AND paid.status <> 'refunded'";
    assert_eq!(count(kept), 0, "what was collected is paid back");
    for order in &acknowledged.orders {
        let query = "SELECT count(*) FROM orders WHERE id = ?1";
        assert_eq!(tables.query_row(query, [order], |row| row.get::<_, i64>(0)).unwrap(), 1, "{order}");
    }
}

/// Orders, asks for the voucher, pays it and collects the money again, over and over, until the sandbox is gone.
async fn shop_until_cut_off(url: String, acknowledged: Arc<Mutex<Acknowledged>>) {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    while let Ok(()) = shop_once(&http, &url, &acknowledged).await {}
}

async fn shop_once(
    http: &reqwest::Client,
    url: &str,
    told: &Mutex<Acknowledged>,
) -> Result<(), reqwest::Error> {
    let answer = http.post(format!("{url}/pedido/A-1042/repetir")).send().await?;
    let page = answer.headers()["location"].to_str().unwrap().to_owned();
    let order = page.rsplit('/').next().unwrap().to_owned();
    told.lock().unwrap().orders.push(order.clone());

    let html = http.get(format!("{url}{page}")).send().await?.text().await?;
    let order_token = html.split("order-token=\"").nth(1).unwrap().split('"').next().unwrap();
    let create = http
        .post(format!("{url}{API}/vouchers"))
        .header("content-type", "application/json")
        .header("order-token", order_token)
        .header("idempotency-key", format!("key-of-{order}"))
        .body(wish(&order).to_string());
    let text = create.send().await?.text().await?;
    let voucher = Voucher::from_json(&text).unwrap_or_else(|_| panic!("{text}"));
    told.lock().unwrap().vouchers.push(voucher.clone());

    at_the_counter(http, format!("{url}/outlet/api/payments"), &dictated(&voucher)).await?;
    told.lock().unwrap().paid.push(voucher.token.clone());

    let Some(pickup) = pay_back(http, url, &voucher.token).await? else { return Ok(()) };
    let pin = &pickup.pickup.as_ref().unwrap().pin;
    let said =
        serde_json::json!({ "pin": pin, "document": "1020304050", "pesos": pickup.amount.pesos.get() });
    at_the_counter(http, format!("{url}/outlet/api/payouts"), &said).await?;
    told.lock().unwrap().collected.push(pickup.token);
    Ok(())
}

/// Says this to the cashier, who hands out a receipt.
async fn at_the_counter(http: &reqwest::Client, url: String, said: &Value) -> Result<(), reqwest::Error> {
    let request = http.post(url).header("content-type", "application/json").body(said.to_string());
    let answer: Value = serde_json::from_str(&request.send().await?.text().await?).unwrap();
    assert!(answer["receipt"].is_object(), "{answer}");
    Ok(())
}

/// The pickup for a voucher that was paid just now, once the shop has heard of it.
async fn pay_back(http: &reqwest::Client, url: &str, token: &str) -> Result<Option<Voucher>, reqwest::Error> {
    for _ in 0..50 {
        let press = http.post(format!("{url}/console/api/vouchers/{token}/pay-back"));
        let answer = press.header("content-type", "application/json").body("{}").send().await?;
        if answer.status() == 200 {
            let made: Value = serde_json::from_str(&answer.text().await?).unwrap();
            let pickup = made["token"].as_str().unwrap();
            let text = http.get(format!("{url}{API}/vouchers/{pickup}")).send().await?.text().await?;
            return Ok(Some(Voucher::from_json(&text).unwrap_or_else(|_| panic!("{text}"))));
        }
        assert_eq!(answer.status(), 409, "{}", answer.text().await?);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(None)
}

async fn look(url: &str, token: &str) -> Option<Voucher> {
    let answer = reqwest::get(format!("{url}{API}/vouchers/{token}")).await.unwrap();
    Voucher::from_json(&answer.text().await.unwrap()).ok()
}

async fn start(database: &Path, port: u16) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_efecty-sandbox"));
    command.arg("--port").arg(port.to_string()).arg("--db").arg(database);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ready = tokio::time::timeout(Duration::from_secs(10), lines.next_line()).await;
    let line = ready.expect("ready in time").unwrap().expect("it says that it is ready");
    assert_eq!(line, format!("ready http://127.0.0.1:{port}/"));
    child
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A small generator: the moments differ from run to run.
struct Random(u64);

impl Random {
    fn new() -> Random {
        let nanos = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos();
        Random(u64::from(nanos) | 1)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
