//! The operator's console: everything that both halves know, and buttons to make things happen.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::db::Fault;
use crate::gateway::Gateway;
use crate::gateway::network::{self, Incident};
use crate::merchant::{CallbackLine, Merchant};

/// Both halves, the clock that they share, and a client to send callbacks with.
#[derive(Clone, Debug)]
struct Console {
    merchant: Merchant,
    gateway: Gateway,
    clock: Clock,
    http: reqwest::Client,
    origin: String,
}

/// The console's interface.
pub fn router(merchant: Merchant, gateway: Gateway, clock: Clock, origin: &str) -> Router {
    let console =
        Console { merchant, gateway, clock, http: reqwest::Client::new(), origin: origin.to_owned() };
    Router::new()
        .route("/state", get(state))
        .route("/accounts", post(open_account))
        .route("/clock", post(move_clock))
        .route("/vouchers/{token}/{action}", post(act_on_voucher))
        .route("/payments/{ref_payco}/{incident}", post(act_on_payment))
        .route("/callbacks/{id}/{manner}", post(send_callback))
        .with_state(console)
}

async fn state(State(console): State<Console>) -> Result<Json<Value>, Fault> {
    Ok(Json(json!({
        "now": console.clock.now(),
        "clockOffsetSeconds": console.clock.offset() / 1000,
        "merchant": console.merchant.overview().await?,
        "gateway": network::overview(&console.gateway).await?,
    })))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewAccount {
    merchant_name: String,
    agreement: String,
}

/// Opens an account at the gateway for a merchant that runs elsewhere on this machine, or finds the one
/// with this convenio, and hands out its keys.
async fn open_account(
    State(console): State<Console>,
    Json(new): Json<NewAccount>,
) -> Result<Json<Value>, Fault> {
    let account = console.gateway.account_of(&new.merchant_name, &new.agreement).await?;
    Ok(Json(json!({
        "publicKey": account.public_key,
        "privateKey": account.private_key,
        "customerId": account.customer_id,
        "key": account.signing_key,
    })))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClockMove {
    offset_seconds: i64,
}

async fn move_clock(State(console): State<Console>, Json(moved): Json<ClockMove>) -> Json<Value> {
    console.clock.set_offset(moved.offset_seconds.saturating_mul(1000));
    Json(json!({ "now": console.clock.now() }))
}

/// `cancel`, `accept-late`: what the shop itself decides.
async fn act_on_voucher(
    State(console): State<Console>,
    Path((token, action)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    if !is_json(&headers) {
        return Ok(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    match action.as_str() {
        "cancel" => Ok(done(console.merchant.cancel(token, "shop cancels").await?)),
        "accept-late" => Ok(done(console.merchant.accept_late(token).await?)),
        _ => Ok(StatusCode::NOT_FOUND.into_response()),
    }
}

#[derive(Debug, Default, Deserialize)]
struct IncidentDetails {
    pesos: Option<i64>,
}

/// `expire`, `cancel`, `reverse`, `pay`, `confirm`: what happens at the gateway.
async fn act_on_payment(
    State(console): State<Console>,
    Path((ref_payco, incident)): Path<(i64, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    if !is_json(&headers) {
        return Ok(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    let details: IncidentDetails = serde_json::from_slice(&body).unwrap_or_default();
    let incident = match (incident.as_str(), details.pesos) {
        ("expire", _) => Incident::Expire,
        ("cancel", _) => Incident::Cancel,
        ("reverse", _) => Incident::Reverse,
        ("confirm", _) => Incident::Confirm,
        ("pay", Some(pesos)) if pesos > 0 => Incident::Pay(pesos),
        _ => return Ok(StatusCode::NOT_FOUND.into_response()),
    };
    Ok(done(network::cause(&console.gateway, ref_payco, incident).await?))
}

/// What became of a callback that the console sent.
#[derive(Debug, Serialize)]
struct Sent {
    status: u16,
}

/// Sends a callback once more: `replay` as it was, the others altered as somebody without the key could.
async fn send_callback(
    State(console): State<Console>,
    Path((id, manner)): Path<(i64, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    if !is_json(&headers) {
        return Ok(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    let Some(callback) = console.merchant.callback(id).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let body = match manner.as_str() {
        "replay" => callback.body.clone(),
        "forge-state" => forge_state(&callback),
        "forge-amount" => alter(&callback, &[("x_amount", "1")]),
        "forge-signature" => alter(&callback, &[("x_signature", &"0".repeat(64))]),
        _ => return Ok(StatusCode::NOT_FOUND.into_response()),
    };
    let request = console
        .http
        .post(format!("{}{}", console.origin, callback.url))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body);
    let answer = request.send().await.map_err(Fault::new)?;
    Ok(Json(Sent { status: answer.status().as_u16() }).into_response())
}

/// The same callback with another state: paid, or where it says paid already, reversed.
fn forge_state(callback: &CallbackLine) -> String {
    let is_paid = callback.body.contains("x_cod_response=1&");
    let forged = if is_paid { "6" } else { "1" };
    alter(callback, &[("x_cod_transaction_state", forged), ("x_cod_response", forged)])
}

/// The callback's form with some values replaced.
fn alter(callback: &CallbackLine, values: &[(&str, &str)]) -> String {
    let pairs = form_urlencoded::parse(callback.body.as_bytes()).map(|(name, value)| {
        let replaced = values.iter().find(|(altered, _)| *altered == name);
        (name.into_owned(), replaced.map_or_else(|| value.into_owned(), |(_, new)| (*new).to_owned()))
    });
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn done(happened: bool) -> Response {
    let status = if happened { StatusCode::OK } else { StatusCode::CONFLICT };
    (status, Json(json!({ "done": happened }))).into_response()
}

/// A form on another site can post here, but not as JSON: that would ask for permission first.
fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"application/json"))
}
