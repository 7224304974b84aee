//! Applies what the gateway says to the voucher it is about.

use efecty_checkout::gateway::{Event, OrderPayment, Outcome, PaymentStatus, apply_callback};
use efecty_checkout::voucher::{Kind, Status};
use rusqlite::Transaction;

use super::Merchant;
use super::answer::Trace;
use super::orders;
use super::shop::pesos;
use super::vouchers::{self, VoucherRow};
use crate::clock::deadline;
use crate::db::Fault;

/// Moves a voucher as an event from the gateway says, along the status table.
pub fn settle(
    tx: &Transaction,
    row: &VoucherRow,
    event: &Event,
    accepts_late: bool,
    trace: &Trace,
    now: i64,
) -> Result<Outcome, Fault> {
    let payment = OrderPayment {
        payment_id: row.payment_id.clone().unwrap_or_default(),
        invoice: Some(row.invoice.clone()),
        amount: pesos(row.pesos),
        currency: "COP".to_owned(),
        status: row.status.clone(),
        expires_at: row.expires_at.map(deadline),
        order_expires_at: row.order_expires_at.map(deadline),
        accepts_late,
        amount_paid: row.amount_paid.map(pesos),
        paid_at: row.paid_at.map(crate::clock::instant),
    };
    let (moved, outcome) = apply_callback(&payment, event);
    if outcome == Outcome::Applied {
        vouchers::become_status(tx, row, &moved.status, event.status.name(), &trace.0, now)?;
        let amount_paid = moved.amount_paid.map(|amount| i64::try_from(amount.get()).map_err(Fault::new));
        vouchers::record_payment(tx, &row.token, amount_paid.transpose()?, moved.paid_at)?;
        if matches!(moved.status, Status::Paid | Status::PaidLate) {
            record_refund(tx, row, trace, now)?;
        }
    }
    Ok(outcome)
}

/// A pickup that was collected has paid its voucher back.
fn record_refund(tx: &Transaction, pickup: &VoucherRow, trace: &Trace, now: i64) -> Result<(), Fault> {
    let Some(token) = &pickup.refunds else { return Ok(()) };
    let Some(paid_back) = vouchers::find(tx, token)? else { return Ok(()) };
    vouchers::become_status(tx, &paid_back, &Status::Refunded, "collected in cash", &trace.0, now)?;
    Ok(())
}

impl Merchant {
    /// Cancels vouchers whose order is no longer held: the shop would not deliver any more.
    pub async fn release_orders(&self) -> Result<(), Fault> {
        let now = self.clock.now();
        let pending = self.db.read(|tx| Ok::<_, Fault>(vouchers::in_status(tx, &Status::Pending)?)).await?;
        for row in pending.into_iter().filter(|row| row.order_expires_at.is_some_and(|end| end <= now)) {
            self.cancel(row.token, "order hold ended").await?;
        }
        Ok(())
    }

    /// Cancels a voucher and closes its order; not a pickup, which may be on its way over a counter and
    /// which only the gateway can stop.
    pub async fn cancel(&self, token: String, cause: &'static str) -> Result<bool, Fault> {
        let now = self.clock.now();
        let asked = token.clone();
        let moved = self
            .db
            .write(move |tx| {
                let found = vouchers::find(tx, &asked)?.filter(|row| row.kind == Kind::Payment);
                let Some(row) = found else { return Ok::<_, Fault>(false) };
                orders::close(tx, &row.order_id, now)?;
                Ok(vouchers::become_status(tx, &row, &Status::Cancelled, cause, &Trace::new().0, now)?)
            })
            .await?;
        self.changes.announce(&token);
        Ok(moved)
    }

    /// Takes money that came late and waited for the shop's decision.
    pub async fn accept_late(&self, token: String) -> Result<bool, Fault> {
        let now = self.clock.now();
        let asked = token.clone();
        let moved = self
            .db
            .write(move |tx| {
                let Some(row) = vouchers::find(tx, &asked)? else { return Ok::<_, Fault>(false) };
                let waits = row.status == Status::LateReview;
                Ok(waits
                    && vouchers::become_status(
                        tx,
                        &row,
                        &Status::PaidLate,
                        "shop accepts",
                        &Trace::new().0,
                        now,
                    )?)
            })
            .await?;
        self.changes.announce(&token);
        Ok(moved)
    }

    /// Asks the gateway about all that waits: a confirmation may be lost, or on its way to where this shop was
    /// before. Of pickups there is nothing to ask: their gateway repeats itself until it is heard.
    pub async fn reconcile(&self) -> Result<(), Fault> {
        /// How long the gateway's own confirmation may take before its answer is applied.
        const PATIENCE_MILLIS: i64 = 60_000;
        let now = self.clock.now();
        let pending = self.db.read(|tx| Ok::<_, Fault>(vouchers::in_status(tx, &Status::Pending)?)).await?;
        for row in pending.into_iter().filter(|row| row.kind == Kind::Payment) {
            let trace = Trace::new();
            let payment_id = row.payment_id.clone().unwrap_or_default();
            // The gateway may be down: the next round asks again.
            let Ok(event) = self.provider.status(&payment_id, &trace).await else { continue };
            let is_news = event.at.is_some_and(|at| now - at.millis() < PATIENCE_MILLIS);
            if event.status != PaymentStatus::Pending && !is_news {
                self.apply(row, event, trace).await?;
            }
        }
        Ok(())
    }

    async fn apply(&self, row: VoucherRow, event: Event, trace: Trace) -> Result<(), Fault> {
        let (now, accepts_late) = (self.clock.now(), self.shop.accepts_late);
        let token = row.token.clone();
        self.db
            .write(move |tx| {
                let Some(row) = vouchers::find(tx, &row.token)? else { return Ok::<_, Fault>(()) };
                settle(tx, &row, &event, accepts_late, &trace, now)?;
                Ok(())
            })
            .await?;
        self.changes.announce(&token);
        Ok(())
    }
}
