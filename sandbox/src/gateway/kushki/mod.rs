//! Kushki's cash-out, simulated: a token, a PIN, cash at an outlet, a signed webhook.
//!
//! Another company than the one beside it, with tables of its own. Kushki documents no way to ask
//! where a payout stands and none to call one off, so there is none here either.

mod account;
pub mod counter;
mod init;
mod outbox;
mod payout;
mod token;
mod webhook;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::json;

pub use account::Account;

use super::Gateway;
use crate::db::Fault;
use crate::guard;

/// The tables.
pub(super) const SCHEMA: &str = include_str!("schema.sql");

/// The interface that merchants call.
pub(super) fn router(gateway: &Gateway) -> Router {
    Router::new()
        .route("/payouts/cash/v1/tokens", post(token::request))
        .route("/payouts/cash/v1/init", post(init::init))
        .layer(from_fn(guard::only_json))
        .with_state(gateway.clone())
}

/// Lets payouts expire and sends what is due.
pub(super) async fn work(gateway: &Gateway) -> Result<(), Fault> {
    counter::expire_overdue(gateway).await?;
    outbox::deliver_due(gateway).await
}

/// A refusal in Kushki's form.
#[derive(Debug)]
enum Refusal {
    /// `C001`: the body is not as documented.
    Body(&'static str),
    /// `C003`: the token is unknown, too old or used.
    Token,
    /// `C004`: no merchant has this id.
    Merchant,
    /// `C002`: Kushki itself failed.
    Fault(Fault),
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Refusal {
        Refusal::Fault(fault)
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Refusal {
        Refusal::Fault(error.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code, message) = match self {
            Refusal::Body(expected) => (StatusCode::BAD_REQUEST, "C001", expected),
            Refusal::Token => (StatusCode::BAD_REQUEST, "C003", "Token inválido"),
            Refusal::Merchant => (StatusCode::UNAUTHORIZED, "C004", "Id de comercio no válido"),
            Refusal::Fault(fault) => {
                eprintln!("kushki: {fault}");
                (StatusCode::INTERNAL_SERVER_ERROR, "C002", "Ha ocurrido un error inesperado")
            }
        };
        (status, axum::Json(json!({ "code": code, "message": message }))).into_response()
    }
}
