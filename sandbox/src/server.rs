//! Puts the parts together and listens.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::args::Config;
use crate::clock::Clock;
use crate::db::Fault;
use crate::gateway::Gateway;
use crate::merchant::{Merchant, Shop};
use crate::{console, guard, outlet, pages};

/// A running sandbox; dropping it stops it.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    tasks: JoinSet<()>,
}

/// Why the sandbox cannot start, in one sentence.
#[derive(Debug)]
pub struct StartError(String);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

impl From<Fault> for StartError {
    fn from(fault: Fault) -> StartError {
        StartError(fault.to_string())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        eprintln!("sandbox: {self}");
        (StatusCode::INTERNAL_SERVER_ERROR, "the sandbox failed; its log says why").into_response()
    }
}

impl Sandbox {
    /// Opens the database and listens on 127.0.0.1; when this returns, requests are answered.
    pub async fn start(config: Config) -> Result<Sandbox, StartError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, config.port)).await.map_err(|error| {
            StartError(format!("cannot listen on 127.0.0.1:{}: {error}; choose another --port", config.port))
        })?;
        let address = listener.local_addr().map_err(Fault::new)?;
        let origin = format!("http://{address}");
        let clock = Clock::ahead_by(config.clock_offset_seconds.saturating_mul(1000));
        let gateway = Gateway::open(&config.db, clock.clone())?;
        let shop = Shop::example(&origin);
        let account = gateway.account_of(&shop.beneficiary.name, &shop.agreement).await?;
        let payout_account = gateway.payout_account_of(&shop.beneficiary.name).await?;
        let merchant = Merchant::open(
            &config.db,
            clock.clone(),
            &origin,
            config.allowed_origins.clone(),
            &account,
            &payout_account,
        )
        .await?;
        let app = Router::new()
            .nest("/api/efecty", merchant.router())
            .nest("/gateway", gateway.router())
            .nest("/outlet/api", outlet::router(gateway.clone()))
            .nest("/console/api", console::router(merchant.clone(), gateway.clone(), clock, &origin))
            .merge(pages::router(merchant.clone(), &config))
            .layer(from_fn(guard::only_this_machine));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            if let Err(error) = axum::serve(listener, app).await {
                eprintln!("the server stopped: {error}");
            }
        });
        tasks.spawn(gateway.work());
        tasks.spawn(merchant.work());
        Ok(Sandbox { address, tasks })
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Runs until Ctrl+C.
    pub async fn run(mut self) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = self.tasks.join_next() => {}
        }
    }
}
