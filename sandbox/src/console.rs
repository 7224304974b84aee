//! The operator's console: everything that both halves know, and buttons to make things happen.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::db::Fault;
use crate::forgery::forge;
use crate::gateway::Gateway;
use crate::gateway::kushki::counter;
use crate::gateway::network::{self, Incident};
use crate::guard;
use crate::merchant::{Merchant, Trace};

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
        .route("/orders/{order}/amount", post(reprice))
        .route("/payments/{ref_payco}/{incident}", post(act_on_payment))
        .route("/payouts/{ticket_number}/{incident}", post(act_on_payout))
        .route("/callbacks/{id}/{manner}", post(send_callback))
        .layer(from_fn(guard::only_json))
        .layer(from_fn(guard::only_own_pages))
        .with_state(console)
}

async fn state(State(console): State<Console>) -> Result<Json<Value>, Fault> {
    Ok(Json(json!({
        "now": console.clock.now(),
        "clockOffsetSeconds": console.clock.offset() / 1000,
        "merchant": console.merchant.overview().await?,
        "gateway": network::overview(&console.gateway).await?,
        "kushki": counter::overview(&console.gateway).await?,
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

/// `cancel`, `accept-late`, `pay-back`: what the shop itself decides.
async fn act_on_voucher(
    State(console): State<Console>,
    Path((token, action)): Path<(String, String)>,
) -> Result<Response, Fault> {
    match action.as_str() {
        "cancel" => Ok(done(console.merchant.cancel(token, "shop cancels").await?)),
        "accept-late" => Ok(done(console.merchant.accept_late(token).await?)),
        "pay-back" => Ok(match console.merchant.pay_back(token, Trace::new()).await {
            Ok(obtained) => {
                let link = format!("{}/v/#{}", console.origin, obtained.row.token);
                Json(json!({ "done": obtained.is_new, "token": obtained.row.token, "link": link }))
                    .into_response()
            }
            Err(refusal) => {
                (refusal.status(), Json(json!({ "done": false, "code": refusal.code() }))).into_response()
            }
        }),
        _ => Ok(StatusCode::NOT_FOUND.into_response()),
    }
}

#[derive(Debug, Deserialize)]
struct Repricing {
    pesos: u32,
}

/// The shop changes what an order costs.
async fn reprice(
    State(console): State<Console>,
    Path(order_id): Path<String>,
    Json(new): Json<Repricing>,
) -> Response {
    match console.merchant.reprice(order_id, i64::from(new.pesos), Trace::new()).await {
        Ok(changed) => done(changed),
        Err(refusal) => refusal.into_response(),
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
    body: Bytes,
) -> Result<Response, Fault> {
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

/// `expire`, `cancel`, `confirm`: what happens where cash is paid out.
async fn act_on_payout(
    State(console): State<Console>,
    Path((ticket_number, incident)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let incident = match incident.as_str() {
        "expire" => counter::Incident::Expire,
        "cancel" => counter::Incident::Decline,
        "confirm" => counter::Incident::Confirm,
        _ => return Ok(StatusCode::NOT_FOUND.into_response()),
    };
    Ok(done(counter::cause(&console.gateway, ticket_number, incident).await?))
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
) -> Result<Response, Fault> {
    let Some(callback) = console.merchant.callback(id).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let Some(forged) = forge(&callback, &manner) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let mut request = console.http.post(format!("{}{}", console.origin, callback.url)).body(forged.body);
    for (name, value) in forged.headers {
        request = request.header(name, value);
    }
    let answer = request.send().await.map_err(Fault::new)?;
    Ok(Json(Sent { status: answer.status().as_u16() }).into_response())
}

fn done(happened: bool) -> Response {
    let status = if happened { StatusCode::OK } else { StatusCode::CONFLICT };
    (status, Json(json!({ "done": happened }))).into_response()
}
