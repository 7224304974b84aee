//! The counter where payouts are collected: what outlets ask, and what Kushki's operator can do.

use rusqlite::Transaction;
use serde::Serialize;

use super::account::{self, Account};
use super::outbox::{self, Message};
use super::payout::{self, Payout, Stage};
use crate::db::Fault;
use crate::gateway::Gateway;
use crate::random;

/// What the outlet prints.
#[derive(Clone, Debug)]
pub struct PaidOut {
    /// Whose money it was.
    pub merchant_name: String,
    /// The payout, handed out.
    pub payout: Payout,
}

/// Why an outlet keeps the money.
#[derive(Debug)]
pub enum PayOutError {
    /// There is no such PIN.
    UnknownPin,
    /// The money waits for somebody else.
    WrongDocument,
    /// Another amount waits. Which, the collector has to know.
    WrongAmount,
    /// Its time has passed.
    Expired,
    /// It was handed out before.
    AlreadyCollected,
    /// It was called off.
    Closed,
    /// The network itself failed.
    Fault(Fault),
}

impl From<Fault> for PayOutError {
    fn from(fault: Fault) -> PayOutError {
        PayOutError::Fault(fault)
    }
}

impl From<rusqlite::Error> for PayOutError {
    fn from(error: rusqlite::Error) -> PayOutError {
        PayOutError::Fault(error.into())
    }
}

/// Hands out exactly `pesos` to the holder of PIN and document.
///
/// Nothing is said about a payout to somebody who has not shown the document. When this returns, the
/// payout and the webhook to send are on the disk.
pub async fn pay_out(
    gateway: &Gateway,
    pin: String,
    document_number: String,
    pesos: i64,
) -> Result<PaidOut, PayOutError> {
    let now = gateway.clock.now();
    let paid_out = gateway
        .db
        .write(move |tx| {
            let mut payout = payout::by_pin(tx, &pin)?.ok_or(PayOutError::UnknownPin)?;
            if payout.collector.document_number != document_number {
                return Err(PayOutError::WrongDocument);
            }
            match payout.state {
                Stage::Initialized if payout.expires_at <= now => return Err(PayOutError::Expired),
                Stage::Initialized => {}
                Stage::Expired => return Err(PayOutError::Expired),
                Stage::Approved => return Err(PayOutError::AlreadyCollected),
                Stage::Declined => return Err(PayOutError::Closed),
            }
            if payout.collector.total_amount != pesos {
                return Err(PayOutError::WrongAmount);
            }
            payout.authorization = Some(format!("{:06}", 100_000 + random::number(900_000)));
            let account = enter(tx, &mut payout, Stage::Approved, now)?;
            Ok(PaidOut { merchant_name: account.merchant_name, payout })
        })
        .await?;
    gateway.due.notify_one();
    Ok(paid_out)
}

/// What Kushki's operator can make happen to a payout.
#[derive(Clone, Copy, Debug)]
pub enum Incident {
    /// Its time runs out now.
    Expire,
    /// It is called off.
    Decline,
    /// The webhook of its present state is sent once more.
    Confirm,
}

/// Makes an incident happen; `Ok(false)` where the payout does not exist or cannot suffer it.
pub async fn cause(gateway: &Gateway, ticket_number: String, incident: Incident) -> Result<bool, Fault> {
    let now = gateway.clock.now();
    let happened = gateway
        .db
        .write(move |tx| {
            let Some(mut payout) = payout::find(tx, &ticket_number)? else { return Ok::<_, Fault>(false) };
            let next = match (incident, payout.state) {
                (Incident::Confirm, _) => {
                    outbox::enqueue(tx, &account_of(tx, &payout)?, &payout)?;
                    return Ok(true);
                }
                (Incident::Expire, Stage::Initialized) => Stage::Expired,
                (Incident::Decline, Stage::Initialized) => Stage::Declined,
                _ => return Ok(false),
            };
            enter(tx, &mut payout, next, now)?;
            Ok(true)
        })
        .await?;
    gateway.due.notify_one();
    Ok(happened)
}

/// Lets payouts expire that nobody collected in time.
pub(super) async fn expire_overdue(gateway: &Gateway) -> Result<(), Fault> {
    let now = gateway.clock.now();
    if gateway.db.read(move |tx| Ok::<_, Fault>(payout::overdue(tx, now)?.is_empty())).await? {
        return Ok(());
    }
    gateway
        .db
        .write(move |tx| {
            for mut payout in payout::overdue(tx, now)? {
                enter(tx, &mut payout, Stage::Expired, now)?;
            }
            Ok(())
        })
        .await
}

/// What the operator sees.
#[derive(Debug, Serialize)]
pub struct Overview {
    /// Newest first.
    pub payouts: Vec<Payout>,
    /// Newest first.
    pub outbox: Vec<Message>,
}

/// The newest payouts and webhooks.
pub async fn overview(gateway: &Gateway) -> Result<Overview, Fault> {
    gateway.db.read(|tx| Ok(Overview { payouts: payout::all(tx)?, outbox: outbox::all(tx)? })).await
}

/// Moves a payout and writes down what the merchant is to be told.
fn enter(tx: &Transaction, payout: &mut Payout, state: Stage, now: i64) -> Result<Account, Fault> {
    payout.state = state;
    payout.state_at = now;
    payout::update(tx, payout)?;
    let account = account_of(tx, payout)?;
    outbox::enqueue(tx, &account, payout)?;
    Ok(account)
}

fn account_of(tx: &Transaction, payout: &Payout) -> Result<Account, Fault> {
    let account = account::by_public_id(tx, &payout.public_merchant_id)?;
    account.ok_or_else(|| Fault::new("a payout without its account"))
}
