//! `POST /payouts/cash/v1/tokens`: who shall collect how much.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use rusqlite::{OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Refusal;
use super::account::{self, Account};
use crate::db::Fault;
use crate::gateway::Gateway;
use crate::random;

/// How long a token serves.
const LIFE_MILLIS: i64 = 30 * 60_000;
const DOCUMENT_TYPES: [&str; 5] = ["CC", "CE", "NIT", "TI", "PP"];

/// Who shall collect how much.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Collector {
    /// Given names.
    pub name: String,
    /// Family names.
    pub last_name: String,
    /// `CC`, `CE`, ...
    pub document_type: String,
    /// As the document has it.
    pub document_number: String,
    /// Where Kushki may write to.
    pub email: String,
    /// In pesos.
    pub total_amount: i64,
    /// `COP`.
    pub currency: String,
    /// What the money is for.
    pub description: String,
}

/// `POST /payouts/cash/v1/tokens`.
pub(super) async fn request(
    State(gateway): State<Gateway>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let merchant_id = account::merchant_id(&headers, "public-merchant-id")?;
    let Ok(collector) = serde_json::from_slice::<Collector>(&body) else {
        return Err(Refusal::Body("expected the documented members"));
    };
    check(&collector)?;
    let (token, expires_at) = (random::hex(16), gateway.clock.now() + LIFE_MILLIS);
    let new = token.clone();
    gateway
        .db
        .write(move |tx| {
            let account = account::by_public_id(tx, &merchant_id)?.ok_or(Refusal::Merchant)?;
            let collector = serde_json::to_string(&collector).map_err(Fault::new)?;
            tx.execute(
                "INSERT INTO gw_kushki_token (token, public_merchant_id, collector, expires_at)
                 VALUES (?1, ?2, ?3, ?4)",
                (new, account.public_merchant_id, collector, expires_at),
            )?;
            Ok::<_, Refusal>(())
        })
        .await?;
    Ok(Json(json!({ "token": token })))
}

/// What a token stands for, where it is this merchant's, young enough and not used yet.
pub(super) fn redeem(
    tx: &Transaction,
    token: &str,
    account: &Account,
    now: i64,
) -> Result<Collector, Refusal> {
    let query = "SELECT collector FROM gw_kushki_token
                 WHERE token = ?1 AND public_merchant_id = ?2 AND expires_at > ?3
                     AND token NOT IN (SELECT token FROM gw_kushki_payout)";
    let found: Option<String> =
        tx.query_row(query, (token, &account.public_merchant_id, now), |row| row.get(0)).optional()?;
    let collector = found.ok_or(Refusal::Token)?;
    Ok(serde_json::from_str(&collector).map_err(Fault::new)?)
}

fn check(collector: &Collector) -> Result<(), Refusal> {
    let texts = [&collector.name, &collector.last_name, &collector.document_number, &collector.email];
    if texts.iter().any(|text| text.trim().is_empty()) {
        return Err(Refusal::Body("expected name, lastName, documentNumber and email"));
    }
    if !DOCUMENT_TYPES.contains(&collector.document_type.as_str()) {
        return Err(Refusal::Body("expected a documentType of Colombia"));
    }
    if collector.currency != "COP" || collector.total_amount <= 0 {
        return Err(Refusal::Body("expected a totalAmount in COP"));
    }
    Ok(())
}
