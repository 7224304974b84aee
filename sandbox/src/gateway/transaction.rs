//! A cash transaction at the gateway: one pin, one amount, one payment.

use rusqlite::{OptionalExtension, Row};
use serde::Serialize;

/// Where a transaction stands, in ePayco's numbers and words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// 1, the cash was taken.
    Accepted,
    /// 3, the pin waits.
    Pending,
    /// 6, the money went back.
    Reversed,
    /// 9, nobody paid in time.
    Expired,
    /// 11, called off.
    Cancelled,
}

impl State {
    /// ePayco's number.
    pub fn code(self) -> i64 {
        match self {
            State::Accepted => 1,
            State::Pending => 3,
            State::Reversed => 6,
            State::Expired => 9,
            State::Cancelled => 11,
        }
    }

    /// ePayco's word.
    pub fn word(self) -> &'static str {
        match self {
            State::Accepted => "Aceptada",
            State::Pending => "Pendiente",
            State::Reversed => "Reversada",
            State::Expired => "Expirada",
            State::Cancelled => "Cancelada",
        }
    }

    fn from_code(code: i64) -> Option<State> {
        let states = [State::Accepted, State::Pending, State::Reversed, State::Expired, State::Cancelled];
        states.into_iter().find(|state| state.code() == code)
    }
}

/// A cash transaction.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Transaction {
    /// The gateway's number.
    pub ref_payco: i64,
    /// The merchant's account.
    #[serde(skip)]
    pub customer_id: String,
    /// The merchant's number.
    pub invoice: String,
    /// What the merchant sells.
    pub description: String,
    /// What is asked, in pesos.
    pub value: i64,
    /// What was paid, in pesos.
    pub paid_value: Option<i64>,
    /// Where it stands.
    pub state: State,
    /// The number on the gateway's receipt.
    pub receipt: String,
    /// The outlet's authorisation; zeros until paid.
    pub approval_code: String,
    /// The create request's payer, as JSON.
    #[serde(skip)]
    pub payer: String,
    /// Where confirmations go.
    pub confirmation_url: String,
    /// `POST` or `GET`.
    pub confirmation_method: String,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// When `state` began.
    pub state_at: i64,
    /// When outlets stop taking it.
    pub expires_at: i64,
}

impl Transaction {
    /// What the cashier types: the letter and the number.
    pub fn pin(&self) -> String {
        format!("P{}", self.ref_payco)
    }

    fn from_row(row: &Row) -> rusqlite::Result<Transaction> {
        let code: i64 = row.get("state")?;
        let state = State::from_code(code).ok_or(rusqlite::Error::IntegralValueOutOfRange(0, code))?;
        Ok(Transaction {
            ref_payco: row.get("ref_payco")?,
            customer_id: row.get("customer_id")?,
            invoice: row.get("invoice")?,
            description: row.get("description")?,
            value: row.get("value")?,
            paid_value: row.get("paid_value")?,
            state,
            receipt: row.get("receipt")?,
            approval_code: row.get("approval_code")?,
            payer: row.get("payer")?,
            confirmation_url: row.get("confirmation_url")?,
            confirmation_method: row.get("confirmation_method")?,
            created_at: row.get("created_at")?,
            state_at: row.get("state_at")?,
            expires_at: row.get("expires_at")?,
        })
    }
}

/// Keeps a new transaction.
pub(super) fn insert(tx: &rusqlite::Transaction, new: &Transaction) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO gw_transaction (ref_payco, customer_id, invoice, description, value, paid_value, state,
             receipt, approval_code, payer, confirmation_url, confirmation_method, created_at, state_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        (
            new.ref_payco,
            &new.customer_id,
            &new.invoice,
            &new.description,
            new.value,
            new.paid_value,
            new.state.code(),
            &new.receipt,
            &new.approval_code,
            &new.payer,
            &new.confirmation_url,
            &new.confirmation_method,
            new.created_at,
            new.state_at,
            new.expires_at,
        ),
    )?;
    Ok(())
}

/// Keeps what moves: state, payment, authorisation.
pub(super) fn update(tx: &rusqlite::Transaction, changed: &Transaction) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE gw_transaction SET state = ?2, state_at = ?3, paid_value = ?4, approval_code = ?5
         WHERE ref_payco = ?1",
        (
            changed.ref_payco,
            changed.state.code(),
            changed.state_at,
            changed.paid_value,
            &changed.approval_code,
        ),
    )?;
    Ok(())
}

/// The transaction with this number.
pub(super) fn find(tx: &rusqlite::Transaction, ref_payco: i64) -> rusqlite::Result<Option<Transaction>> {
    let query = "SELECT * FROM gw_transaction WHERE ref_payco = ?1";
    tx.query_row(query, [ref_payco], Transaction::from_row).optional()
}

/// The transaction that a merchant already made under this invoice number.
pub(super) fn by_invoice(
    tx: &rusqlite::Transaction,
    customer_id: &str,
    invoice: &str,
) -> rusqlite::Result<Option<Transaction>> {
    let query = "SELECT * FROM gw_transaction WHERE customer_id = ?1 AND invoice = ?2";
    tx.query_row(query, [customer_id, invoice], Transaction::from_row).optional()
}

/// Every transaction, newest first.
pub(super) fn all(tx: &rusqlite::Transaction) -> rusqlite::Result<Vec<Transaction>> {
    let mut statement = tx.prepare("SELECT * FROM gw_transaction ORDER BY ref_payco DESC LIMIT 200")?;
    statement.query_map([], Transaction::from_row)?.collect()
}

/// Unpaid transactions past their time.
pub(super) fn overdue(tx: &rusqlite::Transaction, now: i64) -> rusqlite::Result<Vec<Transaction>> {
    let mut statement = tx.prepare("SELECT * FROM gw_transaction WHERE state = ?1 AND expires_at <= ?2")?;
    statement.query_map([State::Pending.code(), now], Transaction::from_row)?.collect()
}

/// The number after the newest one; numbers have gaps, because a gateway serves many shops.
pub(super) fn next_ref_payco(tx: &rusqlite::Transaction) -> rusqlite::Result<i64> {
    let newest: i64 =
        tx.query_row("SELECT coalesce(max(ref_payco), 374389700) FROM gw_transaction", [], |row| row.get(0))?;
    let gap = i64::try_from(crate::random::number(89)).unwrap_or(0);
    Ok(newest + 1 + gap)
}
