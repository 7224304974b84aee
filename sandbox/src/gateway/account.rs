//! A merchant's account at the gateway: keys, login, sessions.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{OptionalExtension, Row, Transaction};
use serde_json::{Value, json};

use super::{Gateway, Refusal};
use crate::db::Fault;
use crate::random;

/// How long a session lasts.
const SESSION_MILLIS: i64 = 15 * 60_000;

/// What the gateway and its merchant agreed on when the account was opened.
#[derive(Clone)]
pub struct Account {
    /// `p_cust_id_cliente`.
    pub customer_id: String,
    /// `p_key`: signs confirmations.
    pub signing_key: String,
    /// User of the login.
    pub public_key: String,
    /// Password of the login.
    pub private_key: String,
    /// `codeProject`: the convenio that the cashier types.
    pub agreement: String,
    /// Whom the receipt names.
    pub merchant_name: String,
}

impl Account {
    fn from_row(row: &Row) -> rusqlite::Result<Account> {
        Ok(Account {
            customer_id: row.get("customer_id")?,
            signing_key: row.get("signing_key")?,
            public_key: row.get("public_key")?,
            private_key: row.get("private_key")?,
            agreement: row.get("agreement")?,
            merchant_name: row.get("merchant_name")?,
        })
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("customer_id", &self.customer_id).finish_non_exhaustive()
    }
}

impl Gateway {
    /// Opens an account for a merchant, or finds the one opened before.
    pub async fn account_of(&self, merchant_name: &str, agreement: &str) -> Result<Account, Fault> {
        let new = Account {
            customer_id: (1_000_000 + random::number(9_000_000)).to_string(),
            signing_key: random::hex(20),
            public_key: random::hex(16),
            private_key: random::hex(16),
            agreement: agreement.to_owned(),
            merchant_name: merchant_name.to_owned(),
        };
        self.db.write(move |tx| find_or_insert(tx, new)).await
    }
}

fn find_or_insert(tx: &Transaction, new: Account) -> Result<Account, Fault> {
    let query = "SELECT * FROM gw_account WHERE agreement = ?1";
    let existing = tx.query_row(query, [&new.agreement], Account::from_row).optional()?;
    if let Some(account) = existing {
        return Ok(account);
    }
    tx.execute(
        "INSERT INTO gw_account (customer_id, signing_key, public_key, private_key, agreement, merchant_name)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (
            &new.customer_id,
            &new.signing_key,
            &new.public_key,
            &new.private_key,
            &new.agreement,
            &new.merchant_name,
        ),
    )?;
    Ok(new)
}

/// The account with this convenio.
pub(super) fn by_agreement(tx: &Transaction, agreement: &str) -> rusqlite::Result<Option<Account>> {
    tx.query_row("SELECT * FROM gw_account WHERE agreement = ?1", [agreement], Account::from_row).optional()
}

/// The account with this customer number.
pub(super) fn by_customer(tx: &Transaction, customer_id: &str) -> rusqlite::Result<Account> {
    tx.query_row("SELECT * FROM gw_account WHERE customer_id = ?1", [customer_id], Account::from_row)
}

/// `POST /login`: Basic public and private key in, bearer token out.
pub(super) async fn login(
    State(gateway): State<Gateway>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let (public_key, private_key) = basic(&headers).ok_or(Refusal::Unauthorized)?;
    let expires_at = gateway.clock.now() + SESSION_MILLIS;
    let bearer = random::hex(32);
    let token = bearer.clone();
    gateway
        .db
        .write(move |tx| {
            let query = "SELECT * FROM gw_account WHERE public_key = ?1";
            let account = tx.query_row(query, [&public_key], Account::from_row).optional()?;
            let Some(account) = account.filter(|account| account.private_key == private_key) else {
                return Err(Refusal::Unauthorized);
            };
            tx.execute(
                "INSERT INTO gw_session (bearer, customer_id, expires_at) VALUES (?1, ?2, ?3)",
                (bearer, account.customer_id, expires_at),
            )?;
            Ok(())
        })
        .await?;
    Ok(Json(json!({ "token": token })))
}

/// The account that a bearer token speaks for.
pub(super) async fn authenticate(gateway: &Gateway, headers: &HeaderMap) -> Result<Account, Refusal> {
    let bearer = authorization(headers, "Bearer ").ok_or(Refusal::Unauthorized)?.to_owned();
    let now = gateway.clock.now();
    gateway
        .db
        .read(move |tx| {
            let query = "SELECT gw_account.* FROM gw_session JOIN gw_account USING (customer_id)
                         WHERE bearer = ?1 AND expires_at > ?2";
            let account = tx.query_row(query, (bearer, now), Account::from_row).optional()?;
            account.ok_or(Refusal::Unauthorized)
        })
        .await
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let decoded = STANDARD.decode(authorization(headers, "Basic ")?).ok()?;
    let (user, password) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

fn authorization<'a>(headers: &'a HeaderMap, scheme: &str) -> Option<&'a str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix(scheme)
}
