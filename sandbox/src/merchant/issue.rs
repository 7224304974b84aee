//! One order, one live voucher, whatever is asked how often.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;
use efecty_checkout::gateway::{Context, Gateway, GatewayError, status_from_gateway, voucher_from_gateway};
use efecty_checkout::payer::Payer;
use efecty_checkout::voucher::{Kind, Status, Voucher};
use efecty_checkout::wire::{Consent, CreateVoucher};
use rusqlite::Transaction;
use serde_json::json;
use tokio::sync::OwnedMutexGuard;

use super::Merchant;
use super::answer::Trace;
use super::orders;
use super::problem::Refusal;
use super::provider::ProviderError;
use super::shop::pesos;
use super::vouchers::{self, VoucherRow};
use crate::clock::instant;
use crate::db::Fault;
use crate::random;

/// What is asked for, checked.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The order to pay.
    pub order_id: String,
    /// The payer, valid and canonical.
    pub payer: Payer,
    /// What the payer agreed to.
    pub consent: Consent,
    /// The same key gets the same voucher.
    pub key: String,
    /// The widget's name of the request.
    pub request_id: Option<String>,
}

/// The voucher that a wish got.
#[derive(Clone, Debug)]
pub struct Obtained {
    /// The voucher.
    pub row: VoucherRow,
    /// Whether this wish made it.
    pub is_new: bool,
}

/// Lets one request per order at a time talk to the gateway.
#[derive(Clone, Debug, Default)]
pub struct Turns(Arc<Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>>);

impl Turns {
    pub(super) async fn take(&self, order_id: &str) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            turns.entry(order_id.to_owned()).or_default().clone()
        };
        turn.lock_owned().await
    }
}

/// What stands in the tables after a wish was looked at.
pub(super) enum Reserved {
    /// A voucher that answers the wish.
    Existing(VoucherRow),
    /// A row that waits for its codes.
    Waiting(VoucherRow),
}

impl Merchant {
    /// The voucher of the wished order: the live one, or a new one.
    ///
    /// The work goes on when the browser hangs up, so that its next try finds the voucher.
    pub async fn obtain(&self, wish: Wish, trace: Trace) -> Result<Obtained, Refusal> {
        let merchant = self.clone();
        let work = async move {
            let _turn = merchant.turns.take(&wish.order_id).await;
            let (shop, now, trace_id) = (merchant.shop.clone(), merchant.clock.now(), trace.0.clone());
            let reserved = merchant
                .db
                .write(move |tx| {
                    let reserved = reserve(tx, &wish, now, &trace_id)?;
                    if let Reserved::Waiting(row) = &reserved {
                        let limits = shop.requirements.amount;
                        if pesos(row.pesos) < limits.min || pesos(row.pesos) > limits.max {
                            let title = "the order's amount cannot be paid at an outlet";
                            return Err(Refusal::new(
                                StatusCode::UNPROCESSABLE_ENTITY,
                                "amount-out-of-range",
                                title,
                            ));
                        }
                    }
                    Ok(reserved)
                })
                .await?;
            merchant.finish(reserved, &trace).await
        };
        tokio::spawn(work).await.map_err(Fault::new)?
    }

    /// The voucher that replaces an expired one.
    pub async fn renew(&self, token: String, trace: Trace) -> Result<Obtained, Refusal> {
        self.obtain_after(token, trace, reserve_successor).await
    }

    /// What `reserve` finds or makes in place of the voucher with this token, finished in its order's turn.
    pub(super) async fn obtain_after(
        &self,
        token: String,
        trace: Trace,
        reserve: fn(&Transaction, &str, i64, &str) -> Result<Reserved, Refusal>,
    ) -> Result<Obtained, Refusal> {
        let merchant = self.clone();
        let work = async move {
            let asked = token.clone();
            let found = merchant.db.read(move |tx| Ok::<_, Refusal>(vouchers::find(tx, &asked)?)).await?;
            let old = found.ok_or_else(Refusal::unknown_voucher)?;
            let _turn = merchant.turns.take(&old.order_id).await;
            let (now, trace_id) = (merchant.clock.now(), trace.0.clone());
            let reserved = merchant.db.write(move |tx| reserve(tx, &token, now, &trace_id)).await?;
            merchant.finish(reserved, &trace).await
        };
        tokio::spawn(work).await.map_err(Fault::new)?
    }

    /// Changes what an order costs; its waiting voucher is replaced by one for the new amount.
    ///
    /// The old one stays good until the new one is there: both change at once, or nothing does.
    pub async fn reprice(&self, order_id: String, pesos: i64, trace: Trace) -> Result<bool, Refusal> {
        let _turn = self.turns.take(&order_id).await;
        let (now, trace_id, asked) = (self.clock.now(), trace.0.clone(), order_id.clone());
        let (order, newest) = self
            .db
            .read(move |tx| {
                let order = orders::find(tx, &asked)?.ok_or_else(Refusal::unknown_order)?;
                Ok::<_, Refusal>((order, vouchers::newest(tx, &asked)?))
            })
            .await?;
        if !order.is_open(now) || order.pesos == pesos {
            return Ok(false);
        }
        let Some(old) = newest.filter(|row| row.status == Status::Pending) else {
            self.db.write(move |tx| Ok::<_, Refusal>(orders::reprice(tx, &order_id, pesos)?)).await?;
            return Ok(true);
        };
        let new = successor(old.clone(), &order, pesos, now);
        let (voucher, payment_id) =
            self.ask_gateway(&new, &trace).await.map_err(|error| refusal(error, &trace))?;
        let (old_token, new_token) = (old.token.clone(), new.token.clone());
        let replace = move |tx: &Transaction| {
            let Some(old) = vouchers::find(tx, &old.token)? else { return Ok::<_, Refusal>(false) };
            if !vouchers::become_status(tx, &old, &Status::Superseded, "amount changed", &trace_id, now)? {
                return Ok(false);
            }
            orders::reprice(tx, &order_id, pesos)?;
            vouchers::insert(tx, &new, &trace_id)?;
            vouchers::issue(tx, &new.token, &voucher, &payment_id)?;
            vouchers::become_status(tx, &new, &voucher.status, "issued", &trace_id, now)?;
            vouchers::record_successor(tx, &old.token, &new.token)?;
            Ok(true)
        };
        let changed = self.db.write(replace).await?;
        self.changes.announce(&old_token);
        self.changes.announce(&new_token);
        Ok(changed)
    }

    /// Takes up what a crash interrupted: rows that wait for their codes.
    pub async fn resume(&self) -> Result<(), Fault> {
        let waiting = self.db.read(|tx| Ok::<_, Fault>(vouchers::in_status(tx, &Status::Preparing)?)).await?;
        for row in waiting {
            let trace = Trace::new();
            let _turn = self.turns.take(&row.order_id).await;
            let token = row.token.clone();
            let still = self.db.read(move |tx| Ok::<_, Fault>(vouchers::find(tx, &token)?)).await?;
            let Some(row) = still.filter(|row| row.status == Status::Preparing) else { continue };
            if let Err(refusal) = self.finish(Reserved::Waiting(row), &trace).await {
                eprintln!("merchant: {} an interrupted voucher is dropped: {}", trace.0, refusal.code());
            }
        }
        Ok(())
    }

    pub(super) async fn finish(&self, reserved: Reserved, trace: &Trace) -> Result<Obtained, Refusal> {
        let row = match reserved {
            Reserved::Existing(row) => return Ok(Obtained { row, is_new: false }),
            Reserved::Waiting(row) => row,
        };
        let asked = match row.kind {
            Kind::Payment => self.ask_gateway(&row, trace).await,
            Kind::Pickup => self.ask_for_pickup(&row, trace).await,
        };
        match asked {
            Ok((voucher, payment_id)) => self.keep(row, voucher, payment_id, trace).await,
            Err(error) => {
                let (now, trace_id) = (self.clock.now(), trace.0.clone());
                self.db.write(move |tx| give_up(tx, &row.token, now, &trace_id)).await?;
                Err(refusal(error, trace))
            }
        }
    }

    async fn ask_gateway(&self, row: &VoucherRow, trace: &Trace) -> Result<(Voucher, String), ProviderError> {
        let payer = self.stored_payer(row)?;
        let answer = self.provider.create(row, &payer, trace).await?;
        let context = self.context(row, self.clock.now());
        let read = || -> Result<(Voucher, String), GatewayError> {
            let voucher = voucher_from_gateway(Gateway::Epayco, &answer, &context)?;
            Ok((voucher, status_from_gateway(Gateway::Epayco, &answer)?.payment_id))
        };
        Ok(read()?)
    }

    /// What the shop knows of a row and the gateway does not.
    pub(super) fn context(&self, row: &VoucherRow, now: i64) -> Context {
        Context {
            token: row.token.clone(),
            order_id: row.order_id.clone(),
            amount: pesos(row.pesos),
            beneficiary: self.shop.beneficiary.clone(),
            agreement: None,
            zone: None,
            pickup_documents: None,
            now: instant(now),
        }
    }

    pub(super) fn stored_payer(&self, row: &VoucherRow) -> Result<Payer, Fault> {
        let payer: serde_json::Value = serde_json::from_str(&row.payer).map_err(Fault::new)?;
        let request =
            CreateVoucher::read(&json!({ "orderId": row.order_id, "payer": payer })).map_err(Fault::new)?;
        let payer = efecty_checkout::payer::validate_payer(&request.payer, &self.shop.requirements);
        payer.map_err(|_| Fault::new("the stored payer no longer meets the requirements"))
    }

    async fn keep(
        &self,
        row: VoucherRow,
        voucher: Voucher,
        payment_id: String,
        trace: &Trace,
    ) -> Result<Obtained, Refusal> {
        let (now, trace_id) = (self.clock.now(), trace.0.clone());
        let obtained = self
            .db
            .write(move |tx| {
                if let Some(paid) = settle_predecessor(tx, &row, now, &trace_id)? {
                    vouchers::forget(tx, &row.token)?;
                    return Ok::<_, Refusal>(Obtained { row: paid, is_new: false });
                }
                vouchers::issue(tx, &row.token, &voucher, &payment_id)?;
                vouchers::become_status(tx, &row, &voucher.status, "issued", &trace_id, now)?;
                let row = vouchers::find(tx, &row.token)?.ok_or_else(Refusal::unknown_voucher)?;
                Ok(Obtained { row, is_new: true })
            })
            .await?;
        if let Some(old) = &obtained.row.supersedes {
            self.changes.announce(old);
        }
        self.changes.announce(&obtained.row.token);
        Ok(obtained)
    }
}

fn reserve(tx: &Transaction, wish: &Wish, now: i64, trace_id: &str) -> Result<Reserved, Refusal> {
    if let Some(row) = vouchers::by_key(tx, &wish.key)? {
        if row.order_id != wish.order_id {
            let title = "the Idempotency-Key was used for another order";
            return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-reused", title));
        }
        return Ok(reserved(row));
    }
    let order = orders::find(tx, &wish.order_id)?.ok_or_else(Refusal::unknown_order)?;
    let newest = vouchers::newest(tx, &wish.order_id)?;
    if let Some(row) = newest.clone().filter(answers_a_wish) {
        vouchers::remember_key(tx, &wish.key, &row.token)?;
        correct_contact(tx, &row, &wish.payer)?;
        return Ok(reserved(row));
    }
    let was_refunded = newest.as_ref().is_some_and(|row| row.status == Status::Refunded);
    if !order.is_open(now) || was_refunded {
        return Err(Refusal::order_closed());
    }
    let new = VoucherRow {
        token: random::hex(20),
        kind: Kind::Payment,
        refunds: None,
        gateway_token: None,
        order_id: order.id.clone(),
        invoice: invoice(&order.id),
        supersedes: newest.filter(|row| row.status == Status::Expired).map(|row| row.token),
        payment_id: None,
        status: Status::Preparing,
        issued: None,
        pesos: order.pesos,
        expires_at: None,
        order_expires_at: order.expires_at(),
        amount_paid: None,
        paid_at: None,
        superseded_by: None,
        payer: serde_json::to_string(&wish.payer).map_err(Fault::new)?,
        consent_version: wish.consent.version.clone(),
        consent_accepted_at: wish.consent.accepted_at.millis(),
        consent_recorded_at: now,
        request_id: wish.request_id.clone(),
        created_at: now,
    };
    vouchers::insert(tx, &new, trace_id)?;
    vouchers::remember_key(tx, &wish.key, &new.token)?;
    Ok(Reserved::Waiting(new))
}

fn reserve_successor(tx: &Transaction, token: &str, now: i64, trace_id: &str) -> Result<Reserved, Refusal> {
    let old = vouchers::find(tx, token)?.ok_or_else(Refusal::unknown_voucher)?;
    let order = orders::find(tx, &old.order_id)?.ok_or_else(Refusal::unknown_order)?;
    match &old.status {
        // The shop pays back once more by a new pickup, not the shopper.
        _ if old.kind == Kind::Pickup => return Err(Refusal::order_closed()),
        Status::Expired if order.is_open(now) => {}
        Status::Superseded => {
            let successor = old.superseded_by.map(|token| vouchers::find(tx, &token)).transpose()?.flatten();
            return successor.map(reserved).ok_or_else(Refusal::unknown_voucher);
        }
        Status::Expired | Status::Cancelled | Status::Refunded => return Err(Refusal::order_closed()),
        _ => return Ok(reserved(old)),
    }
    if let Some(row) = vouchers::newest(tx, &old.order_id)?.filter(|row| row.token != old.token) {
        return Ok(reserved(row));
    }
    let new = successor(old, &order, order.pesos, now);
    vouchers::insert(tx, &new, trace_id)?;
    Ok(Reserved::Waiting(new))
}

/// A new number for the gateway. A row keeps its own, so that asking again after a crash gives the
/// same codes.
pub(super) fn invoice(order_id: &str) -> String {
    format!("{order_id}-{}", random::hex(4))
}

pub(super) fn reserved(row: VoucherRow) -> Reserved {
    if row.status == Status::Preparing { Reserved::Waiting(row) } else { Reserved::Existing(row) }
}

/// Whether the order needs no other voucher: this one waits, or cash was taken for it.
pub(super) fn answers_a_wish(row: &VoucherRow) -> bool {
    use Status::{LateReview, Mismatch, Paid, PaidLate, Pending, Preparing};
    matches!(row.status, Preparing | Pending | Paid | PaidLate | Mismatch | LateReview)
}

/// Drops a row that got no codes. Nobody was told of it: codes that the gateway may have issued for it
/// are never shown. Of a pickup that the gateway may hold money for, a trace is left to the operator.
fn give_up(tx: &Transaction, token: &str, now: i64, trace_id: &str) -> Result<(), Fault> {
    let row = vouchers::find(tx, token)?.filter(|row| row.gateway_token.is_some());
    match row {
        Some(row) => {
            let cause = "the gateway may have issued a PIN that nobody knows";
            vouchers::become_status(tx, &row, &Status::Cancelled, cause, trace_id, now)?;
        }
        None => vouchers::forget(tx, token)?,
    }
    Ok(())
}

/// Whom the shop writes to is the last word of whoever may pay the order; who pays stays as it was.
fn correct_contact(tx: &Transaction, row: &VoucherRow, payer: &Payer) -> Result<(), Fault> {
    let mut stored: serde_json::Value = serde_json::from_str(&row.payer).map_err(Fault::new)?;
    let corrected = serde_json::to_value(payer).map_err(Fault::new)?;
    for name in ["email", "phone"] {
        stored[name] = corrected[name].clone();
    }
    vouchers::record_payer(tx, &row.token, &stored.to_string())?;
    Ok(())
}

/// A row for another voucher of the same order.
fn successor(old: VoucherRow, order: &orders::OrderRow, pesos: i64, now: i64) -> VoucherRow {
    VoucherRow {
        token: random::hex(20),
        invoice: invoice(&old.order_id),
        supersedes: Some(old.token.clone()),
        payment_id: None,
        status: Status::Preparing,
        issued: None,
        pesos,
        expires_at: None,
        order_expires_at: order.expires_at(),
        request_id: None,
        created_at: now,
        ..old
    }
}

/// Supersedes the voucher that `row` replaces; gives it back where it was paid in the meantime.
fn settle_predecessor(
    tx: &Transaction,
    row: &VoucherRow,
    now: i64,
    trace_id: &str,
) -> Result<Option<VoucherRow>, Fault> {
    let Some(old) = row.supersedes.as_ref().map(|token| vouchers::find(tx, token)).transpose()?.flatten()
    else {
        return Ok(None);
    };
    if !vouchers::become_status(tx, &old, &Status::Superseded, "renewed", trace_id, now)? {
        return Ok(Some(old));
    }
    vouchers::record_successor(tx, &old.token, &row.token)?;
    Ok(None)
}

fn refusal(error: ProviderError, trace: &Trace) -> Refusal {
    match error {
        ProviderError::Refused(words) => {
            Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "gateway-refused", words)
        }
        ProviderError::Unavailable(why) => {
            eprintln!("merchant: {} the gateway does not answer as documented: {why}", trace.0);
            Refusal::gateway_unavailable()
        }
        ProviderError::Fault(fault) => fault.into(),
    }
}
