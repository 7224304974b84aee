//! `GET vouchers/{token}` and its server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::voucher::Voucher;
use futures_util::stream::{self, Stream};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::Merchant;
use super::answer::{self, Trace};
use super::problem::Refusal;
use super::vouchers::{self, VoucherRow};
use crate::db::Fault;

/// Tells who listens that a voucher has changed.
#[derive(Clone, Debug)]
pub struct Changes(broadcast::Sender<String>);

impl Changes {
    /// Nobody listens yet.
    pub fn new() -> Changes {
        Changes(broadcast::Sender::new(256))
    }

    /// The voucher with this token has changed.
    pub fn announce(&self, token: &str) {
        // An error only says that nobody listens.
        let _ = self.0.send(token.to_owned());
    }
}

/// `GET vouchers/{token}`: the voucher, or 304 where the widget has it already.
pub async fn show(
    State(merchant): State<Merchant>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Extension(trace): Extension<Trace>,
) -> Result<Response, Refusal> {
    let row = merchant.row(token).await?.ok_or_else(Refusal::unknown_voucher)?;
    voucher(&merchant, &row, StatusCode::OK, &headers, &trace)
}

/// The answer that shows a voucher.
pub fn voucher(
    merchant: &Merchant,
    row: &VoucherRow,
    status: StatusCode,
    headers: &HeaderMap,
    trace: &Trace,
) -> Result<Response, Refusal> {
    let voucher = merchant.voucher(row, Some(trace.0.clone()))?.ok_or_else(Refusal::unknown_voucher)?;
    let etag = etag(&voucher)?;
    let mut response = if answer::matches(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        answer::body(status, "application/json", &voucher)
    };
    if let Ok(value) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(header::ETAG, value);
    }
    Ok(response)
}

/// `GET vouchers/{token}/events`: the voucher at once, and again on each change.
pub async fn events(
    State(merchant): State<Merchant>,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    // Listening starts before the first look, so that no change falls between them.
    let listening = merchant.changes.0.subscribe();
    merchant.row(token.clone()).await?.ok_or_else(Refusal::unknown_voucher)?;
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(15));
    Ok(Sse::new(follow(merchant, token, listening)).keep_alive(keep_alive).into_response())
}

/// Where a listener stands.
struct Listener {
    merchant: Merchant,
    token: String,
    listening: broadcast::Receiver<String>,
    told: Option<String>,
}

fn follow(
    merchant: Merchant,
    token: String,
    listening: broadcast::Receiver<String>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let listener = Listener { merchant, token, listening, told: None };
    stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    })
}

impl Listener {
    /// The next state that was not told yet; `None` when the server stops.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.told.is_some() {
                self.wait().await?;
            }
            let row = self.merchant.row(self.token.clone()).await.ok()??;
            let voucher = self.merchant.voucher(&row, Some(Trace::new().0)).ok()??;
            let etag = etag(&voucher).ok()?;
            if self.told.as_ref() != Some(&etag) {
                let event = Event::default().id(etag.trim_matches('"')).json_data(&voucher).ok()?;
                self.told = Some(etag);
                return Some(event);
            }
        }
    }

    /// Until this voucher may have changed.
    async fn wait(&mut self) -> Option<()> {
        loop {
            match self.listening.recv().await {
                Ok(token) if token == self.token => return Some(()),
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return Some(()),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

impl Merchant {
    /// The row of a voucher that was issued.
    pub async fn row(&self, token: String) -> Result<Option<VoucherRow>, Fault> {
        let found = self.db.read(move |tx| Ok::<_, Fault>(vouchers::find(tx, &token)?)).await?;
        Ok(found.filter(|row| row.issued.is_some()))
    }
}

/// A validator of everything but the time and the trace of this answer.
fn etag(voucher: &Voucher) -> Result<String, Fault> {
    let epoch = ServerInstant::from_millis(0).map_err(Fault::new)?;
    let timeless = Voucher { server_time: epoch, trace_id: None, ..voucher.clone() };
    Ok(answer::etag(&serde_json::to_vec(&timeless).map_err(Fault::new)?))
}
