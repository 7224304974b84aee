//! `POST /payouts/cash/v1/init`: a token in, a PIN out.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};

use super::payout::{self, Payout, Stage, Webhook};
use super::{Refusal, account, token};
use crate::gateway::Gateway;
use crate::random;

/// How long cash waits; of a cash-in Kushki documents seven days, of a cash-out nothing.
const LIFE_MILLIS: i64 = 7 * 24 * 3_600_000;

#[derive(Debug, Deserialize)]
struct Request {
    token: String,
    amount: Amount,
    #[serde(default)]
    metadata: Value,
    webhooks: Option<Webhook>,
}

/// The parts of the amount, in pesos.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Amount {
    subtotal_iva: i64,
    subtotal_iva0: i64,
    iva: i64,
}

/// `POST /payouts/cash/v1/init`.
pub(super) async fn init(
    State(gateway): State<Gateway>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let merchant_id = account::merchant_id(&headers, "private-merchant-id")?;
    let Ok(request) = serde_json::from_slice::<Request>(&body) else {
        return Err(Refusal::Body("expected the documented members"));
    };
    let now = gateway.clock.now();
    let payout = gateway.db.write(move |tx| begin(tx, &merchant_id, request, now)).await?;
    Ok(Json(json!({
        "transactionReference": payout.transaction_reference,
        "ticketNumber": payout.ticket_number,
        "pin": payout.pin,
    })))
}

fn begin(
    tx: &rusqlite::Transaction,
    merchant_id: &str,
    request: Request,
    now: i64,
) -> Result<Payout, Refusal> {
    let account = account::by_private_id(tx, merchant_id)?.ok_or(Refusal::Merchant)?;
    let collector = token::redeem(tx, &request.token, &account, now)?;
    let Amount { subtotal_iva, subtotal_iva0, iva } = request.amount;
    let parts = [subtotal_iva, subtotal_iva0, iva];
    if parts.iter().any(|part| *part < 0) || parts.iter().sum::<i64>() != collector.total_amount {
        return Err(Refusal::Body("expected the token's amount"));
    }
    let payout = Payout {
        ticket_number: format!("4817{:014}", random::number(100_000_000_000_000)),
        transaction_reference: random::hex(16),
        public_merchant_id: account.public_merchant_id,
        token: request.token,
        pin: format!("{:010}", random::number(10_000_000_000)),
        collector,
        metadata: request.metadata,
        webhooks: request.webhooks.into_iter().collect(),
        state: Stage::Initialized,
        authorization: None,
        created_at: now,
        state_at: now,
        expires_at: now + LIFE_MILLIS,
    };
    payout::insert(tx, &payout)?;
    Ok(payout)
}
