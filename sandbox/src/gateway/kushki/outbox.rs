//! Webhooks on their way to the merchant: kept before they are sent, sent until answered with 200.

use reqwest::header::CONTENT_TYPE;
use rusqlite::{Row, Transaction};
use serde::Serialize;

use super::account::{self, Account};
use super::payout::{self, Payout};
use super::webhook;
use crate::clock::machine_now;
use crate::db::Fault;
use crate::gateway::Gateway;
use crate::gateway::outbox::{BATCH, attempt};

/// A webhook on its way.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The order in which they were written.
    pub id: i64,
    /// The payout it is about.
    pub ticket_number: String,
    /// The merchant's address.
    pub url: String,
    /// JSON. It holds the PIN, so it is for nobody else.
    #[serde(skip)]
    pub body: String,
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
            ticket_number: row.get("ticket_number")?,
            url: row.get("url")?,
            body: row.get("body")?,
            attempts: row.get("attempts")?,
            next_attempt_at: row.get("next_attempt_at")?,
            delivered_at: row.get("delivered_at")?,
            last_answer: row.get("last_answer")?,
        })
    }
}

/// Writes down what the merchant wanted to be told of the payout as it stands.
pub(super) fn enqueue(tx: &Transaction, account: &Account, payout: &Payout) -> rusqlite::Result<()> {
    let body = webhook::body(account, payout).to_string();
    let wanted = payout
        .webhooks
        .iter()
        .filter(|webhook| webhook.events.iter().any(|event| event == payout.state.word()));
    for url in wanted.flat_map(|webhook| &webhook.urls) {
        tx.execute(
            "INSERT INTO gw_kushki_outbox (ticket_number, url, body, next_attempt_at) VALUES (?1, ?2, ?3, ?4)",
            (&payout.ticket_number, url, &body, machine_now()),
        )?;
    }
    Ok(())
}

/// Every message, newest first.
pub(super) fn all(tx: &Transaction) -> rusqlite::Result<Vec<Message>> {
    let mut statement = tx.prepare("SELECT * FROM gw_kushki_outbox ORDER BY id DESC LIMIT 200")?;
    statement.query_map([], Message::from_row)?.collect()
}

/// Sends what is due, one after the other, until nothing is.
pub(super) async fn deliver_due(gateway: &Gateway) -> Result<(), Fault> {
    loop {
        let due = gateway.db.read(|tx| due(tx, machine_now())).await?;
        if due.is_empty() {
            return Ok(());
        }
        for (account, message) in due {
            deliver(gateway, &account, message).await?;
        }
    }
}

fn due(tx: &Transaction, now: i64) -> Result<Vec<(Account, Message)>, Fault> {
    let query = "SELECT * FROM gw_kushki_outbox WHERE delivered_at IS NULL AND next_attempt_at <= ?1
                 ORDER BY id LIMIT ?2";
    let mut statement = tx.prepare(query)?;
    let messages = statement.query_map((now, BATCH), Message::from_row)?;
    let mut due = Vec::new();
    for message in messages {
        let message = message?;
        let payout = payout::find(tx, &message.ticket_number)?;
        let account =
            payout.map(|payout| account::by_public_id(tx, &payout.public_merchant_id)).transpose()?;
        due.extend(account.flatten().map(|account| (account, message)));
    }
    Ok(due)
}

async fn deliver(gateway: &Gateway, account: &Account, message: Message) -> Result<(), Fault> {
    let mut request = gateway.http.post(&message.url).header(CONTENT_TYPE, "application/json");
    for (name, value) in webhook::headers(account, &message.body, gateway.clock.now()) {
        request = request.header(name, value);
    }
    let request = request.body(message.body);
    attempt(gateway, "gw_kushki_outbox", message.id, message.attempts + 1, request).await
}
