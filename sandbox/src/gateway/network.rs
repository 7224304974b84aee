//! The cash network behind the gateway: what outlets ask of it, and what its operator can do.

use serde::Serialize;

use super::Gateway;
use super::account::{self, Account};
use super::outbox::{self, Message};
use super::transaction::{self, State, Transaction};
use crate::db::Fault;
use crate::random;

/// What the outlet prints.
#[derive(Clone, Debug)]
pub struct Collected {
    /// Who receives the money.
    pub account: Account,
    /// The transaction, paid.
    pub transaction: Transaction,
}

/// Why an outlet does not take the money.
#[derive(Debug)]
pub enum CollectError {
    /// No merchant has this convenio.
    UnknownAgreement,
    /// This merchant has no such reference.
    UnknownReference,
    /// Another amount is asked, in pesos.
    WrongAmount(i64),
    /// Its time has passed.
    Expired,
    /// It was paid before.
    AlreadyPaid,
    /// It was called off, or the money went back.
    Closed,
    /// The network itself failed.
    Fault(Fault),
}

impl From<Fault> for CollectError {
    fn from(fault: Fault) -> CollectError {
        CollectError::Fault(fault)
    }
}

impl From<rusqlite::Error> for CollectError {
    fn from(error: rusqlite::Error) -> CollectError {
        CollectError::Fault(error.into())
    }
}

/// Takes exactly `pesos` at an outlet for the merchant's reference.
///
/// When this returns, the payment and the confirmation to send are on the disk.
pub async fn collect(
    gateway: &Gateway,
    agreement: String,
    reference: String,
    pesos: i64,
) -> Result<Collected, CollectError> {
    let now = gateway.clock.now();
    let collected = gateway
        .db
        .write(move |tx| {
            let account = account::by_agreement(tx, &agreement)?.ok_or(CollectError::UnknownAgreement)?;
            let found = pin_number(&reference).map(|n| transaction::find(tx, n)).transpose()?.flatten();
            let Some(mut transaction) = found.filter(|found| found.customer_id == account.customer_id) else {
                return Err(CollectError::UnknownReference);
            };
            match transaction.state {
                State::Pending if transaction.expires_at <= now => return Err(CollectError::Expired),
                State::Pending => {}
                State::Expired => return Err(CollectError::Expired),
                State::Accepted => return Err(CollectError::AlreadyPaid),
                State::Reversed | State::Cancelled => return Err(CollectError::Closed),
            }
            if transaction.value != pesos {
                return Err(CollectError::WrongAmount(transaction.value));
            }
            accept(tx, &account, &mut transaction, pesos, now)?;
            Ok(Collected { account, transaction })
        })
        .await?;
    gateway.due.notify_one();
    Ok(collected)
}

/// What the operator can make happen to a transaction.
#[derive(Clone, Copy, Debug)]
pub enum Incident {
    /// Its time runs out now.
    Expire,
    /// The gateway calls it off.
    Cancel,
    /// The money goes back.
    Reverse,
    /// An outlet takes this many pesos, whatever was asked and however late it is.
    Pay(i64),
    /// The confirmation of its present state is sent once more.
    Confirm,
}

/// Makes an incident happen; `Ok(false)` where the transaction does not exist or cannot suffer it.
pub async fn cause(gateway: &Gateway, ref_payco: i64, incident: Incident) -> Result<bool, Fault> {
    let now = gateway.clock.now();
    let happened = gateway
        .db
        .write(move |tx| {
            let Some(mut transaction) = transaction::find(tx, ref_payco)? else {
                return Ok::<_, Fault>(false);
            };
            let account = account::by_customer(tx, &transaction.customer_id)?;
            let next = match (incident, transaction.state) {
                (Incident::Confirm, _) => {
                    outbox::enqueue(tx, &account, &transaction)?;
                    return Ok(true);
                }
                (Incident::Pay(pesos), State::Pending | State::Expired | State::Cancelled) => {
                    accept(tx, &account, &mut transaction, pesos, now)?;
                    return Ok(true);
                }
                (Incident::Expire, State::Pending) => State::Expired,
                (Incident::Cancel, State::Pending) => State::Cancelled,
                (Incident::Reverse, State::Accepted) => State::Reversed,
                _ => return Ok(false),
            };
            enter(tx, &account, &mut transaction, next, now)?;
            Ok(true)
        })
        .await?;
    gateway.due.notify_one();
    Ok(happened)
}

/// Lets unpaid pins expire when their time has passed.
pub(super) async fn expire_overdue(gateway: &Gateway) -> Result<(), Fault> {
    let now = gateway.clock.now();
    if gateway.db.read(move |tx| Ok::<_, Fault>(transaction::overdue(tx, now)?.is_empty())).await? {
        return Ok(());
    }
    gateway
        .db
        .write(move |tx| {
            for mut transaction in transaction::overdue(tx, now)? {
                let account = account::by_customer(tx, &transaction.customer_id)?;
                enter(tx, &account, &mut transaction, State::Expired, now)?;
            }
            Ok(())
        })
        .await
}

/// What the operator sees.
#[derive(Debug, Serialize)]
pub struct Overview {
    /// Newest first.
    pub transactions: Vec<Transaction>,
    /// Newest first.
    pub outbox: Vec<Message>,
}

/// The newest transactions and messages.
pub async fn overview(gateway: &Gateway) -> Result<Overview, Fault> {
    gateway.db.read(|tx| Ok(Overview { transactions: transaction::all(tx)?, outbox: outbox::all(tx)? })).await
}

fn accept(
    tx: &rusqlite::Transaction,
    account: &Account,
    transaction: &mut Transaction,
    pesos: i64,
    now: i64,
) -> rusqlite::Result<()> {
    transaction.paid_value = Some(pesos);
    transaction.approval_code = format!("{:06}", 100_000 + random::number(900_000));
    enter(tx, account, transaction, State::Accepted, now)
}

fn enter(
    tx: &rusqlite::Transaction,
    account: &Account,
    transaction: &mut Transaction,
    state: State,
    now: i64,
) -> rusqlite::Result<()> {
    transaction.state = state;
    transaction.state_at = now;
    transaction::update(tx, transaction)?;
    outbox::enqueue(tx, account, transaction)
}

/// `P418205936` without its letter, in either case.
fn pin_number(reference: &str) -> Option<i64> {
    let digits = reference.strip_prefix(['P', 'p'])?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}
