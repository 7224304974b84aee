//! The merchant's backend: the wire contract that the widget speaks, and the shop's side of its
//! payment gateway. A backend in production has these same parts.

mod access;
mod answer;
mod confirmations;
mod create;
mod issue;
mod operator;
mod orders;
mod pickup;
mod problem;
mod provider;
mod received;
mod settle;
mod shop;
mod show;
mod storefront;
mod vouchers;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use efecty_checkout::gateway::{self, Credentials};

pub use access::Access;
pub use answer::Trace;
pub use issue::Wish;
pub use operator::CallbackLine;
pub use shop::Shop;
pub use storefront::ShelfLine;

use crate::clock::Clock;
use crate::db::{Db, Fault};
use crate::gateway::{Account, kushki};
use issue::Turns;
use provider::Provider;
use show::Changes;

/// The largest request body: a payer and a consent are far smaller.
const MAX_BODY: usize = 16 * 1024;
/// How often the gateway is asked about what waits.
const ASKS_AFTER_MILLIS: u64 = 60_000;

/// The shop: its tables, its settings, its gateways.
#[derive(Clone, Debug)]
pub struct Merchant {
    db: Db,
    clock: Clock,
    shop: Arc<Shop>,
    access: Access,
    /// Takes cash in.
    provider: Provider,
    /// Pays cash out.
    payouts: Provider,
    changes: Changes,
    turns: Turns,
    origin: Arc<str>,
    allowed_origins: Arc<[String]>,
}

impl Merchant {
    /// Opens the shop's tables in the file at `path`; its pages and its gateways are at `origin`.
    pub async fn open(
        path: &Path,
        clock: Clock,
        origin: &str,
        allowed_origins: Vec<String>,
        account: &Account,
        payout_account: &kushki::Account,
    ) -> Result<Merchant, Fault> {
        let migrations =
            [include_str!("schema.sql"), include_str!("pickups.sql"), include_str!("callbacks.sql")];
        let db = Db::open(path, "merchant", &migrations)?;
        let now = clock.now();
        let access = db
            .write(move |tx| {
                orders::seed(tx, now)?;
                Access::load(tx)
            })
            .await?;
        let provider = Provider::new(
            gateway::Gateway::Epayco,
            (db.clone(), clock.clone()),
            format!("{origin}/gateway"),
            format!("{origin}/api/efecty/confirmations/epayco"),
            credentials(account),
        )?;
        let payouts = Provider::new(
            gateway::Gateway::Kushki,
            (db.clone(), clock.clone()),
            format!("{origin}/gateway/kushki"),
            format!("{origin}/api/efecty/confirmations/kushki"),
            payout_credentials(payout_account),
        )?;
        Ok(Merchant {
            db,
            clock,
            shop: Arc::new(Shop::example(origin)),
            access,
            provider,
            payouts,
            changes: Changes::new(),
            turns: Turns::default(),
            origin: origin.into(),
            allowed_origins: allowed_origins.into(),
        })
    }

    /// The endpoint that widgets are given.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/orders/{order_id}", get(orders::show))
            .route("/vouchers", post(create::create))
            .route("/vouchers/{token}", get(show::show))
            .route("/vouchers/{token}/events", get(show::events))
            .route("/vouchers/{token}/renew", post(create::renew))
            .route("/confirmations/epayco", get(confirmations::from_epayco).post(confirmations::from_epayco))
            .route("/confirmations/kushki", post(confirmations::from_kushki))
            .fallback(async || axum::http::StatusCode::NOT_FOUND)
            .layer(DefaultBodyLimit::max(MAX_BODY))
            .layer(from_fn_with_state(self.clone(), answer::layer))
            .with_state(self.clone())
    }

    /// Takes up what a crash interrupted, then lets holds end and asks about what waits, for ever.
    pub async fn work(self) {
        if let Err(fault) = self.resume().await {
            eprintln!("merchant: {fault}");
        }
        let mut asked_at = None;
        loop {
            let mut results = vec![self.release_orders().await];
            let now = self.clock.now();
            if asked_at.is_none_or(|at| now.abs_diff(at) >= ASKS_AFTER_MILLIS) {
                asked_at = Some(now);
                results.push(self.reconcile().await);
            }
            for fault in results.into_iter().filter_map(Result::err) {
                eprintln!("merchant: {fault}");
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }
}

fn credentials(account: &Account) -> Credentials {
    Credentials::from_iter([
        ("publicKey", &account.public_key),
        ("privateKey", &account.private_key),
        ("customerId", &account.customer_id),
        ("key", &account.signing_key),
    ])
}

fn payout_credentials(account: &kushki::Account) -> Credentials {
    Credentials::from_iter([
        ("publicMerchantId", &account.public_merchant_id),
        ("privateMerchantId", &account.private_merchant_id),
        ("webhookSecret", &account.webhook_secret),
    ])
}
