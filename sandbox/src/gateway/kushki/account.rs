//! A merchant's account: two ids that serve as keys, and the secret of its webhooks.

use axum::http::HeaderMap;
use rusqlite::{OptionalExtension, Row, Transaction};

use super::Refusal;
use crate::db::Fault;
use crate::gateway::Gateway;
use crate::random;

/// What Kushki and its merchant agreed on when the account was opened.
#[derive(Clone)]
pub struct Account {
    /// Asks for tokens.
    pub public_merchant_id: String,
    /// Begins payouts.
    pub private_merchant_id: String,
    /// Signs webhooks.
    pub webhook_secret: String,
    /// Whom the receipt names.
    pub merchant_name: String,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("merchant_name", &self.merchant_name).finish_non_exhaustive()
    }
}

impl Account {
    fn from_row(row: &Row) -> rusqlite::Result<Account> {
        Ok(Account {
            public_merchant_id: row.get("public_merchant_id")?,
            private_merchant_id: row.get("private_merchant_id")?,
            webhook_secret: row.get("webhook_secret")?,
            merchant_name: row.get("merchant_name")?,
        })
    }
}

impl Gateway {
    /// Opens an account for payouts, or finds the one opened before.
    pub async fn payout_account_of(&self, merchant_name: &str) -> Result<Account, Fault> {
        let new = Account {
            public_merchant_id: random::hex(16),
            private_merchant_id: random::hex(16),
            webhook_secret: random::hex(20),
            merchant_name: merchant_name.to_owned(),
        };
        self.db.write(move |tx| find_or_insert(tx, new)).await
    }
}

fn find_or_insert(tx: &Transaction, new: Account) -> Result<Account, Fault> {
    let query = "SELECT * FROM gw_kushki_account WHERE merchant_name = ?1";
    let existing = tx.query_row(query, [&new.merchant_name], Account::from_row).optional()?;
    if let Some(account) = existing {
        return Ok(account);
    }
    tx.execute(
        "INSERT INTO gw_kushki_account (public_merchant_id, private_merchant_id, webhook_secret, merchant_name)
         VALUES (?1, ?2, ?3, ?4)",
        (&new.public_merchant_id, &new.private_merchant_id, &new.webhook_secret, &new.merchant_name),
    )?;
    Ok(new)
}

/// The account with this public id.
pub(super) fn by_public_id(tx: &Transaction, id: &str) -> rusqlite::Result<Option<Account>> {
    let query = "SELECT * FROM gw_kushki_account WHERE public_merchant_id = ?1";
    tx.query_row(query, [id], Account::from_row).optional()
}

/// The account with this private id.
pub(super) fn by_private_id(tx: &Transaction, id: &str) -> rusqlite::Result<Option<Account>> {
    let query = "SELECT * FROM gw_kushki_account WHERE private_merchant_id = ?1";
    tx.query_row(query, [id], Account::from_row).optional()
}

/// The id that a header carries.
pub(super) fn merchant_id(headers: &HeaderMap, name: &str) -> Result<String, Refusal> {
    let id = headers.get(name).and_then(|value| value.to_str().ok());
    id.map(str::to_owned).ok_or(Refusal::Merchant)
}
