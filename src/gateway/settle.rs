//! What an event does to an order's payment: the merchant's side of the status table.

use serde::Serialize;

use super::event::{Event, PaymentStatus};
use crate::calendar::{Deadline, ServerInstant};
use crate::money::Pesos;
use crate::voucher::Status;

/// An order's payment, as the shop has it on record.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderPayment {
    /// The gateway's number of the payment.
    pub payment_id: String,
    /// The shop's number of the payment; an event that tells another one is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice: Option<String>,
    /// What was asked.
    pub amount: Pesos,
    /// ISO 4217: `COP`.
    pub currency: String,
    /// Where it stands.
    pub status: Status,
    /// When outlets stop taking the money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Deadline>,
    /// When the shop stops holding the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_expires_at: Option<Deadline>,
    /// Whether the shop takes money that came after the deadline, as long as it holds the order.
    pub accepts_late: bool,
    /// What was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_paid: Option<Pesos>,
    /// When it was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<ServerInstant>,
}

/// What an event did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The payment moved, or what was paid was written down.
    Applied,
    /// The payment stood there already, or the event asks for nothing.
    Unchanged,
    /// No way leads there from where the payment stands: old news, or a matter for a person.
    Stale,
    /// It is about something else than this order's payment.
    Refused(Mismatch),
}

impl Outcome {
    /// The stable code: part of the public contract.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Applied => "applied",
            Outcome::Unchanged => "unchanged",
            Outcome::Stale => "stale",
            Outcome::Refused(Mismatch::Payment) => "other-payment",
            Outcome::Refused(Mismatch::Invoice) => "other-invoice",
            Outcome::Refused(Mismatch::Currency) => "other-currency",
            Outcome::Refused(Mismatch::Amount) => "no-amount",
        }
    }
}

/// What differs between an event and an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// The gateway's number of the payment.
    Payment,
    /// The shop's number of the payment.
    Invoice,
    /// The currency.
    Currency,
    /// It says paid, but not how much. (A different amount is no refusal: cash was taken.)
    Amount,
}

/// Moves the order's payment as the event says, where that is possible.
///
/// The event must come from an authentic callback or a query. Applying one twice changes nothing
/// the second time. Events in another order lead to the same end, with what the status table makes
/// irreversible as the one exception: an order that was called off or had run out before its money
/// was heard of is for the shop to decide about, where the money heard of first would have settled it.
pub fn apply_callback(order: &OrderPayment, event: &Event) -> (OrderPayment, Outcome) {
    if let Some(mismatch) = compare(order, event) {
        return (order.clone(), Outcome::Refused(mismatch));
    }
    let Some(next) = next_status(order, event) else {
        return (order.clone(), Outcome::Unchanged);
    };
    if next == order.status || same_payment(order, event) {
        return (order.clone(), Outcome::Unchanged);
    }
    // Refunded, it is heard, before it was paid: what went back was paid all the same.
    if order.status == Status::Refunded && order.amount_paid.is_none() && event.status == PaymentStatus::Paid
    {
        return (record(order, Status::Refunded, event), Outcome::Applied);
    }
    if !order.status.may_become(&next) {
        return (order.clone(), Outcome::Stale);
    }
    (record(order, next, event), Outcome::Applied)
}

/// The order there, and what was paid written down.
fn record(order: &OrderPayment, status: Status, event: &Event) -> OrderPayment {
    let mut moved = OrderPayment { status, ..order.clone() };
    if event.status == PaymentStatus::Paid {
        moved.amount_paid = event.amount;
        moved.paid_at = event.at;
    }
    moved
}

fn compare(order: &OrderPayment, event: &Event) -> Option<Mismatch> {
    if event.payment_id != order.payment_id {
        return Some(Mismatch::Payment);
    }
    // Some signatures cover the invoice and not the payment's number: money for an invoice that is not on
    // record may be another order's.
    let is_other_invoice = match (&order.invoice, &event.invoice) {
        (Some(known), Some(told)) => known != told,
        (None, Some(_)) => event.status == PaymentStatus::Paid,
        (_, None) => false,
    };
    if is_other_invoice {
        return Some(Mismatch::Invoice);
    }
    if event.currency.as_ref().is_some_and(|currency| *currency != order.currency) {
        return Some(Mismatch::Currency);
    }
    let unsaid = event.status == PaymentStatus::Paid && (event.amount.is_none() || event.currency.is_none());
    unsaid.then_some(Mismatch::Amount)
}

/// Where the event wants to lead; `None` where it wants nothing.
fn next_status(order: &OrderPayment, event: &Event) -> Option<Status> {
    match event.status {
        // After an attempt that failed another may succeed: the deadline ends a payment.
        PaymentStatus::Pending | PaymentStatus::Rejected | PaymentStatus::Unknown(_) => None,
        PaymentStatus::Paid => Some(paid_status(order, event)),
        PaymentStatus::Expired => Some(Status::Expired),
        PaymentStatus::Cancelled => Some(Status::Cancelled),
        PaymentStatus::Refunded => Some(Status::Refunded),
    }
}

fn paid_status(order: &OrderPayment, event: &Event) -> Status {
    let in_full = event.amount == Some(order.amount);
    match order.status {
        // The shop had given the order up: a person decides, whatever the amount.
        Status::Cancelled | Status::Superseded => Status::LateReview,
        Status::Expired if !in_full => Status::LateReview,
        _ if !in_full => Status::Mismatch,
        // Without a time nobody knows whether an expired voucher was paid in time.
        Status::Expired if event.at.is_none() => Status::LateReview,
        _ if in_time(event.at, order.expires_at) && in_time(event.at, order.order_expires_at) => Status::Paid,
        _ if order.accepts_late && in_time(event.at, order.order_expires_at) => Status::PaidLate,
        _ => Status::LateReview,
    }
}

/// Whether the cash that this event reports is already on record.
fn same_payment(order: &OrderPayment, event: &Event) -> bool {
    let recorded = order.amount_paid.is_some() && order.amount_paid == event.amount;
    event.status == PaymentStatus::Paid && recorded && order.paid_at == event.at
}

fn in_time(at: Option<ServerInstant>, deadline: Option<Deadline>) -> bool {
    match (at, deadline) {
        (Some(at), Some(deadline)) => at <= deadline.instant(),
        _ => true,
    }
}
