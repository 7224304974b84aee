//! `confirmations/{gateway}`: what arrives there is kept raw, doubted, and only then believed.
//!
//! ePayco's signature proves who wrote the reference, the amount and the currency, not the state: so
//! the gateway is asked before anything moves, and it is its answer that is applied. Kushki's full
//! signature covers every byte, and a time.

use axum::Extension;
use axum::extract::{OriginalUri, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use efecty_checkout::gateway::{self, Callback, Event, Gateway, Outcome, PaymentStatus, VerifyOptions};
use efecty_checkout::voucher::Kind;
use rusqlite::{OptionalExtension, Transaction};

use super::Merchant;
use super::answer::Trace;
use super::problem::Refusal;
use super::provider::ProviderError;
use super::received::Received;
use super::settle::settle;
use super::shop::pesos;
use super::vouchers;
use crate::clock::instant;
use crate::db::Fault;

/// What was thought of a callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The voucher moved.
    Applied,
    /// True, and nothing new.
    Unchanged(&'static str),
    /// Not the gateway's word, or not about what it claims.
    Refused(&'static str),
    /// Refused, but answered as received, because a gateway sends until then: it brings nothing but what was
    /// believed before, in the same bytes (`replayed`) or in others (`altered`), or what the gateway, asked,
    /// no longer says (`outdated`).
    Dismissed(&'static str),
    /// Could not be judged: the gateway shall send it again.
    Deferred(&'static str),
}

impl Verdict {
    fn name(&self) -> &'static str {
        match self {
            Verdict::Applied => "applied",
            Verdict::Unchanged(_) => "unchanged",
            Verdict::Refused(_) | Verdict::Dismissed(_) => "refused",
            Verdict::Deferred(_) => "deferred",
        }
    }

    fn reason(&self) -> Option<&'static str> {
        match self {
            Verdict::Applied => None,
            Verdict::Unchanged(reason)
            | Verdict::Refused(reason)
            | Verdict::Dismissed(reason)
            | Verdict::Deferred(reason) => Some(reason),
        }
    }
}

/// Receives a confirmation of a payment, by GET or POST.
pub async fn from_epayco(
    State(merchant): State<Merchant>,
    Extension(trace): Extension<Trace>,
    OriginalUri(url): OriginalUri,
    request: Request,
) -> Result<Response, Refusal> {
    receive(Kind::Payment, merchant, trace, url.to_string(), request).await
}

/// Receives a webhook about cash paid out.
pub async fn from_kushki(
    State(merchant): State<Merchant>,
    Extension(trace): Extension<Trace>,
    OriginalUri(url): OriginalUri,
    request: Request,
) -> Result<Response, Refusal> {
    receive(Kind::Pickup, merchant, trace, url.to_string(), request).await
}

async fn receive(
    kind: Kind,
    merchant: Merchant,
    trace: Trace,
    url: String,
    request: Request,
) -> Result<Response, Refusal> {
    let received = Received::read(kind, url, request).await;
    let id = merchant.record(received.clone(), trace.clone()).await?;
    let finding = merchant.examine(kind, &received, &trace).await?;
    let verdict = merchant.conclude(id, finding, trace).await?;
    Ok(verdict.into_response())
}

/// What an examination found.
enum Finding {
    /// The gateway itself says this about the voucher with this token; the callback claimed as much, or
    /// what is no longer so.
    Believe { token: String, event: Event, claim: String, is_outdated: bool },
    /// Nothing to apply; the voucher it is about, where that is known.
    Decide(Verdict, Option<String>),
}

impl Merchant {
    /// Keeps the callback before anything is thought of it.
    async fn record(&self, received: Received, trace: Trace) -> Result<i64, Fault> {
        let now = self.clock.now();
        self.db
            .write(move |tx| {
                let headers = serde_json::to_string(&received.headers).map_err(Fault::new)?;
                tx.execute(
                    "INSERT INTO callbacks
                         (received_at, trace_id, method, url, headers, body, body_length, digest, verdict)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'received')",
                    (
                        now,
                        trace.0,
                        &received.method,
                        &received.url,
                        headers,
                        &received.body,
                        i64::try_from(received.length).unwrap_or(i64::MAX),
                        received.digest(),
                    ),
                )?;
                Ok(tx.last_insert_rowid())
            })
            .await
    }

    /// Doubts a callback; changes nothing.
    async fn examine(&self, kind: Kind, received: &Received, trace: &Trace) -> Result<Finding, Fault> {
        if let Some(flaw) = received.flaw {
            return Ok(Finding::Decide(Verdict::Refused(flaw), None));
        }
        let (gateway, provider) = match kind {
            Kind::Payment => (Gateway::Epayco, &self.provider),
            Kind::Pickup => (Gateway::Kushki, &self.payouts),
        };
        let callback =
            Callback { headers: &received.headers, raw_body: &received.body, url: Some(&received.url) };
        let options = VerifyOptions::new(instant(self.clock.now()));
        let checked = gateway::verify_callback(gateway, &callback, provider.credentials(), &options);
        let checked = checked.map_err(Fault::new)?;
        if let Err(refusal) = checked.authentic {
            return Ok(Finding::Decide(Verdict::Refused(refusal.code()), None));
        }
        let Some(claimed) = checked.event else {
            return Ok(Finding::Decide(Verdict::Refused("malformed"), None));
        };
        let (digest, payment_id) = (received.digest(), claimed.payment_id.clone());
        let (is_known, row) = self
            .db
            .read(move |tx| {
                Ok::<_, Fault>((was_believed(tx, &digest)?, vouchers::by_payment(tx, kind, &payment_id)?))
            })
            .await?;
        if is_known {
            return Ok(Finding::Decide(Verdict::Dismissed("replayed"), row.map(|row| row.token)));
        }
        let Some(row) = row else {
            // It may be ahead of the answer that tells this shop the number.
            return Ok(Finding::Decide(Verdict::Deferred("unknown-payment"), None));
        };
        let token = row.token;
        if kind == Kind::Pickup && claimed.amount != Some(pesos(row.pesos)) {
            // Cash taken is cash taken, but what goes out is what was agreed, or a matter for a person.
            return Ok(Finding::Decide(Verdict::Refused("other-amount"), Some(token)));
        }
        if !checked.requery {
            let claim = claim(&claimed);
            return Ok(Finding::Believe { token, event: claimed, claim, is_outdated: false });
        }
        Ok(match provider.status(&claimed.payment_id, trace).await {
            Ok(answered) if contradicts(&claimed, &answered) => {
                Finding::Decide(Verdict::Refused("gateway-disagrees"), Some(token))
            }
            Ok(answered) => Finding::Believe {
                token,
                claim: claim(&claimed),
                is_outdated: is_outdated(&claimed, &answered),
                event: answered,
            },
            Err(ProviderError::Refused(_)) => {
                Finding::Decide(Verdict::Refused("gateway-disagrees"), Some(token))
            }
            Err(ProviderError::Unavailable(_)) => {
                Finding::Decide(Verdict::Deferred("gateway-silent"), Some(token))
            }
            Err(ProviderError::Fault(fault)) => return Err(fault),
        })
    }

    /// Applies what was found and writes the verdict, both or neither.
    async fn conclude(&self, id: i64, finding: Finding, trace: Trace) -> Result<Verdict, Fault> {
        let (now, accepts_late) = (self.clock.now(), self.shop.accepts_late);
        let (verdict, moved) = self
            .db
            .write(move |tx| {
                let (verdict, token, refunds, claim) = match finding {
                    Finding::Decide(verdict, token) => (verdict, token, None, None),
                    Finding::Believe { token, event, claim, is_outdated } => {
                        let row =
                            vouchers::find(tx, &token)?.ok_or_else(|| Fault::new("the voucher is gone"))?;
                        let outcome = settle(tx, &row, &event, accepts_late, &trace, now)?;
                        let mut verdict = verdict_on(outcome);
                        if matches!(verdict, Verdict::Unchanged(_)) {
                            let outdated = is_outdated.then_some("outdated");
                            let reason = said_before(tx, &claim, id)?.or(outdated);
                            verdict = reason.map_or(verdict, Verdict::Dismissed);
                        }
                        (verdict, Some(token), row.refunds, Some(claim))
                    }
                };
                tx.execute(
                    "UPDATE callbacks SET verdict = ?2, reason = ?3, token = ?4, claim = ?5 WHERE id = ?1",
                    (id, verdict.name(), verdict.reason(), &token, claim),
                )?;
                Ok::<_, Fault>((verdict, [token, refunds]))
            })
            .await?;
        for token in moved.into_iter().flatten() {
            self.changes.announce(&token);
        }
        Ok(verdict)
    }
}

impl IntoResponse for Verdict {
    fn into_response(self) -> Response {
        let title = || self.reason().unwrap_or_default();
        match self {
            Verdict::Applied | Verdict::Unchanged(_) => (StatusCode::OK, self.name()).into_response(),
            Verdict::Dismissed(_) => (StatusCode::OK, title()).into_response(),
            Verdict::Refused(reason) => {
                let (status, code) = match reason {
                    "too-large" => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
                    "media-type" => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type"),
                    _ => (StatusCode::BAD_REQUEST, "callback-refused"),
                };
                Refusal::new(status, code, title()).into_response()
            }
            Verdict::Deferred(_) => {
                let refusal = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "callback-deferred", title());
                refusal.retry_after(5).into_response()
            }
        }
    }
}

fn was_believed(tx: &Transaction, digest: &str) -> rusqlite::Result<bool> {
    let query = "SELECT 1 FROM callbacks WHERE digest = ?1 AND verdict IN ('applied', 'unchanged') LIMIT 1";
    Ok(tx.query_row(query, [digest], |_| Ok(())).optional()?.is_some())
}

/// Whether callbacks that were believed have said this already: in the bytes of this one, or in others.
fn said_before(tx: &Transaction, claim: &str, id: i64) -> rusqlite::Result<Option<&'static str>> {
    let query = "SELECT max(digest = (SELECT digest FROM callbacks WHERE id = ?2)) FROM callbacks
                 WHERE claim = ?1 AND verdict IN ('applied', 'unchanged')";
    let in_these_bytes: Option<bool> = tx.query_row(query, (claim, id), |row| row.get(0))?;
    Ok(in_these_bytes.map(|is_same| if is_same { "replayed" } else { "altered" }))
}

/// What an event says, but for what neither a signature nor the gateway's answer vouches for.
fn claim(event: &Event) -> String {
    let amount = event.amount.map(|amount| amount.get().to_string()).unwrap_or_default();
    let currency = event.currency.as_deref().unwrap_or_default();
    [&event.payment_id, event.status.name(), &amount, currency].join(" ")
}

/// Whether the gateway, asked, says something else. A pin's first confirmation may be overtaken by the second.
fn is_outdated(claimed: &Event, answered: &Event) -> bool {
    claimed.status != answered.status && claimed.status != PaymentStatus::Pending
}

/// Whether the callback claims what the gateway, asked, does not say.
///
/// A callback that lags behind the gateway's answer is only late; one that is ahead of it, or tells
/// another amount for the same state, was altered.
fn contradicts(claimed: &Event, answered: &Event) -> bool {
    let is_ahead = progress(&claimed.status) > progress(&answered.status);
    let differs = claimed.amount != answered.amount || claimed.currency != answered.currency;
    let is_anothers = matches!((&claimed.invoice, &answered.invoice), (Some(a), Some(b)) if a != b);
    is_ahead || is_anothers || (claimed.status == answered.status && differs)
}

/// How far a payment has come.
fn progress(status: &PaymentStatus) -> u8 {
    match status {
        PaymentStatus::Pending | PaymentStatus::Unknown(_) => 0,
        PaymentStatus::Rejected | PaymentStatus::Expired | PaymentStatus::Cancelled => 1,
        PaymentStatus::Paid => 2,
        PaymentStatus::Refunded => 3,
    }
}

fn verdict_on(outcome: Outcome) -> Verdict {
    match outcome {
        Outcome::Applied => Verdict::Applied,
        Outcome::Unchanged => Verdict::Unchanged("nothing-new"),
        Outcome::Stale => Verdict::Unchanged("stale"),
        Outcome::Refused(_) => Verdict::Refused(outcome.code()),
    }
}
