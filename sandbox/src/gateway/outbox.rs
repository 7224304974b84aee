//! Confirmations on their way to the merchant: kept before they are sent, sent until answered with 200.

use std::time::Duration;

use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;
use rusqlite::Row;
use serde::Serialize;

use super::{Account, Gateway, Transaction, confirmation};
use crate::clock::machine_now;
use crate::db::Fault;

/// The first confirmation of a new pin waits until the merchant has read the pin.
const FIRST_DELAY: Duration = Duration::from_secs(1);
/// The longest wait between two attempts.
const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// How many are on their way at once.
pub(super) const BATCH: u32 = 8;

/// A confirmation on its way.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The order in which they were written.
    pub id: i64,
    /// The transaction it is about.
    pub ref_payco: i64,
    /// `POST` or `GET`.
    pub method: String,
    /// The merchant's address.
    pub url: String,
    /// Form-encoded.
    pub parameters: String,
    /// How often it was sent.
    pub attempts: u32,
    /// When it is sent next, in milliseconds of the machine's clock.
    pub next_attempt_at: i64,
    /// When the merchant answered 200.
    pub delivered_at: Option<i64>,
    /// The last answer's status, or why there was none.
    pub last_answer: Option<String>,
}

impl Message {
    fn from_row(row: &Row) -> rusqlite::Result<Message> {
        Ok(Message {
            id: row.get("id")?,
            ref_payco: row.get("ref_payco")?,
            method: row.get("method")?,
            url: row.get("url")?,
            parameters: row.get("parameters")?,
            attempts: row.get("attempts")?,
            next_attempt_at: row.get("next_attempt_at")?,
            delivered_at: row.get("delivered_at")?,
            last_answer: row.get("last_answer")?,
        })
    }
}

/// Writes down what the merchant must be told about the transaction as it stands.
pub(super) fn enqueue(
    tx: &rusqlite::Transaction,
    account: &Account,
    transaction: &Transaction,
) -> rusqlite::Result<()> {
    if transaction.confirmation_url.is_empty() {
        return Ok(());
    }
    let parameters = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(confirmation::parameters(account, transaction))
        .finish();
    let delay = if transaction.state_at == transaction.created_at { millis(FIRST_DELAY) } else { 0 };
    tx.execute(
        "INSERT INTO gw_outbox (ref_payco, method, url, parameters, next_attempt_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        (
            transaction.ref_payco,
            &transaction.confirmation_method,
            &transaction.confirmation_url,
            parameters,
            machine_now() + delay,
        ),
    )?;
    Ok(())
}

/// Every message, newest first.
pub(super) fn all(tx: &rusqlite::Transaction) -> rusqlite::Result<Vec<Message>> {
    let mut statement = tx.prepare("SELECT * FROM gw_outbox ORDER BY id DESC LIMIT 200")?;
    statement.query_map([], Message::from_row)?.collect()
}

/// Sends what is due, a few at a time, until nothing is.
pub(super) async fn deliver_due(gateway: &Gateway) -> Result<(), Fault> {
    loop {
        let due = gateway.db.read(|tx| Ok::<_, Fault>(due(tx, machine_now())?)).await?;
        if due.is_empty() {
            return Ok(());
        }
        let sends: Vec<_> = due
            .into_iter()
            .map(|message| {
                let gateway = gateway.clone();
                tokio::spawn(async move { deliver(&gateway, message).await })
            })
            .collect();
        for send in sends {
            send.await.map_err(Fault::new)??;
        }
    }
}

fn due(tx: &rusqlite::Transaction, now: i64) -> rusqlite::Result<Vec<Message>> {
    let query =
        "SELECT * FROM gw_outbox WHERE delivered_at IS NULL AND next_attempt_at <= ?1 ORDER BY id LIMIT ?2";
    let mut statement = tx.prepare(query)?;
    statement.query_map((now, BATCH), Message::from_row)?.collect()
}

async fn deliver(gateway: &Gateway, message: Message) -> Result<(), Fault> {
    attempt(gateway, "gw_outbox", message.id, message.attempts + 1, request(gateway, &message)).await
}

fn request(gateway: &Gateway, message: &Message) -> RequestBuilder {
    if message.method == "GET" {
        let separator = if message.url.contains('?') { '&' } else { '?' };
        gateway.http.get(format!("{}{separator}{}", message.url, message.parameters))
    } else {
        gateway
            .http
            .post(&message.url)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(message.parameters.clone())
    }
}

/// Sends a message of the outbox `table` and writes down the answer's status, or why there is none, and
/// when to try again.
pub(super) async fn attempt(
    gateway: &Gateway,
    table: &'static str,
    id: i64,
    attempts: u32,
    request: RequestBuilder,
) -> Result<(), Fault> {
    let answer = match request.send().await {
        Ok(response) => response.status().as_u16().to_string(),
        Err(error) => format!("no answer: {error}"),
    };
    let now = machine_now();
    let delivered_at = (answer == "200").then_some(now);
    let next_attempt_at = now + millis(backoff(attempts));
    gateway
        .db
        .write(move |tx| {
            let update = format!(
                "UPDATE {table} SET attempts = ?2, next_attempt_at = ?3, delivered_at = ?4, last_answer = ?5
                 WHERE id = ?1"
            );
            tx.execute(&update, (id, attempts, next_attempt_at, delivered_at, answer))?;
            Ok::<_, Fault>(())
        })
        .await
}

/// 1, 2, 4, 8 … seconds, at most five minutes.
fn backoff(attempts: u32) -> Duration {
    let seconds = 1u64 << attempts.saturating_sub(1).min(16);
    Duration::from_secs(seconds).min(LONGEST_WAIT)
}

/// Milliseconds, for the tables.
fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
