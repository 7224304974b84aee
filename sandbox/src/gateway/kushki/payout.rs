//! A payout: one PIN, one person, one amount, handed out once.

use rusqlite::types::{FromSqlError, Type};
use rusqlite::{OptionalExtension, Row, Transaction};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::token::Collector;
use crate::db::Fault;

/// Where a payout stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// The cash waits.
    Initialized,
    /// The cash was handed out.
    Approved,
    /// Called off.
    Declined,
    /// Nobody came in time.
    Expired,
}

impl Stage {
    /// Kushki's word: `transactionStatus`, and the event that webhooks are set up for.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Initialized => "initializedTransaction",
            Stage::Approved => "approvedTransaction",
            Stage::Declined => "declinedTransaction",
            Stage::Expired => "expiredTransaction",
        }
    }

    fn from_word(word: &str) -> Option<Stage> {
        let stages = [Stage::Initialized, Stage::Approved, Stage::Declined, Stage::Expired];
        stages.into_iter().find(|stage| stage.word() == word)
    }
}

/// Where a merchant wants to be told of what.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Webhook {
    /// Kushki's words for states.
    pub events: Vec<String>,
    /// The merchant's addresses.
    pub urls: Vec<String>,
}

/// A payout, as the operator sees it: without the PIN and the person.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Payout {
    /// Kushki's number.
    pub ticket_number: String,
    /// Kushki's other name of it.
    #[serde(skip)]
    pub transaction_reference: String,
    /// The merchant's account.
    #[serde(skip)]
    pub public_merchant_id: String,
    /// The token that it was begun with.
    #[serde(skip)]
    pub token: String,
    /// What the collector says, beside the document.
    #[serde(skip)]
    pub pin: String,
    /// Who collects how much; the operator sees how much.
    #[serde(rename = "pesos", serialize_with = "amount_alone")]
    pub collector: Collector,
    /// Whatever the merchant wants to be told again.
    pub metadata: Value,
    /// Where the merchant wants to be told.
    #[serde(skip)]
    pub webhooks: Vec<Webhook>,
    /// Where it stands.
    pub state: Stage,
    /// The outlet's authorisation, once paid out.
    pub authorization: Option<String>,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// When `state` began.
    pub state_at: i64,
    /// When outlets stop paying it out.
    pub expires_at: i64,
}

impl Payout {
    fn from_row(row: &Row) -> rusqlite::Result<Payout> {
        let word: String = row.get("state")?;
        Ok(Payout {
            ticket_number: row.get("ticket_number")?,
            transaction_reference: row.get("transaction_reference")?,
            public_merchant_id: row.get("public_merchant_id")?,
            token: row.get("token")?,
            pin: row.get("pin")?,
            collector: json(row, "collector")?,
            metadata: json(row, "metadata")?,
            webhooks: json(row, "webhooks")?,
            state: Stage::from_word(&word).ok_or(FromSqlError::InvalidType)?,
            authorization: row.get("authorization")?,
            created_at: row.get("created_at")?,
            state_at: row.get("state_at")?,
            expires_at: row.get("expires_at")?,
        })
    }
}

/// Keeps a new payout.
pub(super) fn insert(tx: &Transaction, new: &Payout) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO gw_kushki_payout (ticket_number, transaction_reference, public_merchant_id, token, pin,
             collector, metadata, webhooks, state, authorization, created_at, state_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        (
            &new.ticket_number,
            &new.transaction_reference,
            &new.public_merchant_id,
            &new.token,
            &new.pin,
            serde_json::to_string(&new.collector).map_err(Fault::new)?,
            new.metadata.to_string(),
            serde_json::to_string(&new.webhooks).map_err(Fault::new)?,
            new.state.word(),
            &new.authorization,
            new.created_at,
            new.state_at,
            new.expires_at,
        ),
    )?;
    Ok(())
}

/// Keeps what moves: state and authorisation.
pub(super) fn update(tx: &Transaction, changed: &Payout) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE gw_kushki_payout SET state = ?2, state_at = ?3, authorization = ?4 WHERE ticket_number = ?1",
        (&changed.ticket_number, changed.state.word(), changed.state_at, &changed.authorization),
    )?;
    Ok(())
}

/// The payout with this number.
pub(super) fn find(tx: &Transaction, ticket_number: &str) -> rusqlite::Result<Option<Payout>> {
    let query = "SELECT * FROM gw_kushki_payout WHERE ticket_number = ?1";
    tx.query_row(query, [ticket_number], Payout::from_row).optional()
}

/// The payout with this PIN.
pub(super) fn by_pin(tx: &Transaction, pin: &str) -> rusqlite::Result<Option<Payout>> {
    tx.query_row("SELECT * FROM gw_kushki_payout WHERE pin = ?1", [pin], Payout::from_row).optional()
}

/// Every payout, newest first.
pub(super) fn all(tx: &Transaction) -> rusqlite::Result<Vec<Payout>> {
    let query = "SELECT * FROM gw_kushki_payout ORDER BY created_at DESC, rowid DESC LIMIT 200";
    tx.prepare(query)?.query_map([], Payout::from_row)?.collect()
}

/// Payouts past their time that nobody collected.
pub(super) fn overdue(tx: &Transaction, now: i64) -> rusqlite::Result<Vec<Payout>> {
    let mut statement = tx.prepare("SELECT * FROM gw_kushki_payout WHERE state = ?1 AND expires_at <= ?2")?;
    statement.query_map((Stage::Initialized.word(), now), Payout::from_row)?.collect()
}

fn amount_alone<S: Serializer>(collector: &Collector, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(collector.total_amount)
}

fn json<T: DeserializeOwned>(row: &Row, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}
