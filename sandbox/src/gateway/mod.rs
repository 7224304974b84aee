//! The payment gateway and the cash network behind it, simulated.
//!
//! It speaks the shapes that ePayco documents ("apify": login, cash, validation) and confirms by
//! `x_*` parameters over HTTP; cash is paid out in the shapes of Kushki (`kushki`). Neither shares
//! tables or code with the merchant half, and both sign with code of their own, so that a mistake in
//! the library cannot hide behind the same mistake here.

mod account;
mod cash;
mod confirmation;
pub mod kushki;
pub mod network;
mod outbox;
mod reference;
mod transaction;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::sync::Notify;

pub use account::Account;
pub use transaction::Transaction;

use crate::clock::Clock;
use crate::db::{Db, Fault};
use crate::guard;

/// The gateway: its tables, its clock and its messenger.
#[derive(Clone, Debug)]
pub struct Gateway {
    db: Db,
    clock: Clock,
    http: reqwest::Client,
    /// Wakes the messenger: something is due.
    due: Arc<Notify>,
}

impl Gateway {
    /// Opens the gateway's tables in the file at `path`.
    pub fn open(path: &Path, clock: Clock) -> Result<Gateway, Fault> {
        let db = Db::open(path, "gateway", &[include_str!("schema.sql"), kushki::SCHEMA])?;
        // A merchant that hangs must not hold up the others' confirmations.
        let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().map_err(Fault::new)?;
        Ok(Gateway { db, clock, http, due: Arc::new(Notify::new()) })
    }

    /// The interface that merchants call.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/login", post(account::login))
            .route("/payment/cash/entities", get(cash::entities))
            .route("/payment/process/cash", post(cash::create).layer(from_fn(guard::only_json)))
            .route("/validation/v1/reference/{ref_payco}", get(reference::show))
            .with_state(self.clone())
            .nest("/kushki", kushki::router(self))
    }

    /// Delivers confirmations and lets unpaid vouchers expire, for ever.
    pub async fn work(self) {
        loop {
            let expired = network::expire_overdue(&self).await;
            let delivered = outbox::deliver_due(&self).await;
            for result in [expired, delivered, kushki::work(&self).await] {
                if let Err(fault) = result {
                    eprintln!("gateway: {fault}");
                }
            }
            tokio::select! {
                () = self.due.notified() => {}
                () = tokio::time::sleep(Duration::from_millis(250)) => {}
            }
        }
    }
}

/// A refusal in apify's envelope.
#[derive(Debug)]
enum Refusal {
    /// Who is asking is not known.
    Unauthorized,
    /// What is asked does not hold; apify answers 200 with `success: false`.
    Invalid { last_action: &'static str, errors: Vec<(&'static str, String)> },
    /// The gateway itself failed.
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
        match self {
            Refusal::Unauthorized => {
                envelope(StatusCode::UNAUTHORIZED, false, "Unauthorized", "authentication", json!({}))
            }
            Refusal::Invalid { last_action, errors } => {
                let errors: Vec<Value> = errors
                    .into_iter()
                    .map(|(code, message)| json!({ "codError": code, "errorMessage": message }))
                    .collect();
                let text = "Some fields are required, please correct the errors and try again";
                let data = json!({ "totalErrors": errors.len(), "errors": errors });
                envelope(StatusCode::OK, false, text, last_action, data)
            }
            Refusal::Fault(fault) => {
                eprintln!("gateway: {fault}");
                envelope(StatusCode::INTERNAL_SERVER_ERROR, false, "Internal error", "error", json!({}))
            }
        }
    }
}

fn envelope(status: StatusCode, success: bool, text: &str, last_action: &str, data: Value) -> Response {
    let body = json!({
        "success": success,
        "titleResponse": if success { "SUCCESS" } else { "Error" },
        "textResponse": text,
        "lastAction": last_action,
        "data": data,
    });
    (status, axum::Json(body)).into_response()
}
