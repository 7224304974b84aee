//! What an event does to an order's payment.

use efecty_checkout::calendar::{BogotaDate, Deadline};
use efecty_checkout::gateway::{Event, Mismatch, OrderPayment, Outcome, PaymentStatus, apply_callback};
use efecty_checkout::voucher::Status;
use proptest::prelude::*;

use crate::support::{instant, pesos};

const IN_TIME: &str = "2026-11-25T12:00:00Z";
const AFTER_EXPIRY: &str = "2026-11-29T12:00:00Z";
const AFTER_HOLD: &str = "2026-12-05T12:00:00Z";

fn order(status: Status) -> OrderPayment {
    OrderPayment {
        payment_id: "1".to_owned(),
        invoice: Some("A-1042".to_owned()),
        amount: pesos(52_000),
        currency: "COP".to_owned(),
        status,
        expires_at: Some(Deadline::At(instant("2026-11-28T12:00:00Z"))),
        order_expires_at: Some(Deadline::EndOf(BogotaDate::parse("2026-11-30").unwrap())),
        accepts_late: true,
        amount_paid: None,
        paid_at: None,
    }
}

fn event(status: PaymentStatus, amount: u64, at: &str) -> Event {
    Event {
        payment_id: "1".to_owned(),
        invoice: None,
        status,
        amount: Some(pesos(amount)),
        currency: Some("COP".to_owned()),
        at: Some(instant(at)),
    }
}

fn paid(from: Status, amount: u64, at: &str) -> (Status, Outcome) {
    let (order, outcome) = apply_callback(&order(from), &event(PaymentStatus::Paid, amount, at));
    (order.status, outcome)
}

#[test]
fn a_payment_leads_where_the_table_says() {
    use Status::*;
    for (from, amount, at, to) in [
        (Pending, 52_000, IN_TIME, Paid),
        (Preparing, 52_000, IN_TIME, Paid),
        (Pending, 50_000, IN_TIME, Mismatch),
        (Pending, 60_000, IN_TIME, Mismatch),
        (Pending, 52_000, AFTER_EXPIRY, PaidLate),
        (Pending, 52_000, AFTER_HOLD, LateReview),
        (Expired, 52_000, IN_TIME, Paid),
        (Expired, 52_000, AFTER_EXPIRY, PaidLate),
        (Expired, 52_000, AFTER_HOLD, LateReview),
        (Expired, 50_000, IN_TIME, LateReview),
        (Cancelled, 52_000, IN_TIME, LateReview),
        (Superseded, 52_000, IN_TIME, LateReview),
    ] {
        assert_eq!(paid(from.clone(), amount, at), (to.clone(), Outcome::Applied), "{from:?} {amount} {at}");
    }
    assert_eq!(paid(Refunded, 52_000, IN_TIME), (Refunded, Outcome::Stale));
}

#[test]
fn a_strict_shop_decides_about_every_late_payment() {
    let strict = OrderPayment { accepts_late: false, ..order(Status::Expired) };
    let (moved, _) = apply_callback(&strict, &event(PaymentStatus::Paid, 52_000, AFTER_EXPIRY));
    assert_eq!(moved.status, Status::LateReview);
}

#[test]
fn an_expired_voucher_paid_at_an_unknown_time_is_for_the_shop() {
    let timeless = Event { at: None, ..event(PaymentStatus::Paid, 52_000, IN_TIME) };
    assert_eq!(apply_callback(&order(Status::Expired), &timeless).0.status, Status::LateReview);
    assert_eq!(apply_callback(&order(Status::Pending), &timeless).0.status, Status::Paid);
}

/// PayU tells a declined attempt before the approved one.
#[test]
fn a_payment_after_a_failed_attempt_is_paid() {
    let failed = event(PaymentStatus::Rejected, 52_000, IN_TIME);
    let (order, outcome) = apply_callback(&order(Status::Pending), &failed);
    assert_eq!((order.status.clone(), outcome), (Status::Pending, Outcome::Unchanged));
    let (order, _) = apply_callback(&order, &event(PaymentStatus::Paid, 52_000, IN_TIME));
    assert_eq!(order.status, Status::Paid);
    assert_eq!(apply_callback(&order, &failed), (order, Outcome::Unchanged));
}

#[test]
fn the_payment_is_written_down() {
    let (moved, _) = apply_callback(&order(Status::Pending), &event(PaymentStatus::Paid, 50_000, IN_TIME));
    assert_eq!((moved.amount_paid, moved.paid_at), (Some(pesos(50_000)), Some(instant(IN_TIME))));
}

#[test]
fn what_is_about_something_else_is_refused() {
    let order = order(Status::Pending);
    let paid = event(PaymentStatus::Paid, 52_000, IN_TIME);
    let refused = |event: Event| apply_callback(&order, &event).1;
    let other = Event { payment_id: "2".to_owned(), ..paid.clone() };
    assert_eq!(refused(other), Outcome::Refused(Mismatch::Payment));
    let another = Event { invoice: Some("A-1043".to_owned()), ..paid.clone() };
    assert_eq!(refused(another), Outcome::Refused(Mismatch::Invoice));
    let dollars = Event { currency: Some("USD".to_owned()), ..paid.clone() };
    assert_eq!(refused(dollars), Outcome::Refused(Mismatch::Currency));
    assert_eq!(refused(Event { amount: None, ..paid.clone() }), Outcome::Refused(Mismatch::Amount));
    assert_eq!(refused(Event { currency: None, ..paid }), Outcome::Refused(Mismatch::Amount));
}

fn statuses() -> impl Strategy<Value = Status> {
    use Status::*;
    proptest::sample::select(vec![
        Preparing, Pending, Paid, PaidLate, Mismatch, LateReview, Expired, Cancelled, Superseded, Refunded,
    ])
}

fn events() -> impl Strategy<Value = Event> {
    use PaymentStatus::*;
    let payment_statuses =
        vec![Pending, Paid, Rejected, Expired, Cancelled, Refunded, Unknown("99".to_owned())];
    let times = vec![IN_TIME, AFTER_EXPIRY, AFTER_HOLD];
    let chosen = (
        proptest::sample::select(payment_statuses),
        proptest::sample::select(vec![50_000, 52_000]),
        proptest::option::of(proptest::sample::select(times)),
    );
    chosen.prop_map(|(status, amount, at)| Event { at: at.map(instant), ..event(status, amount, IN_TIME) })
}

proptest! {
    #[test]
    fn every_move_is_an_edge_and_twice_is_once(start in statuses(), events in prop::collection::vec(events(), 1..6)) {
        let mut order = order(start);
        for event in &events {
            let (moved, outcome) = apply_callback(&order, event);
            if outcome == Outcome::Applied {
                prop_assert!(order.status.may_become(&moved.status));
            } else {
                prop_assert_eq!(&moved, &order);
            }
            let (again, outcome) = apply_callback(&moved, event);
            prop_assert_eq!(&again, &moved);
            prop_assert_ne!(outcome, Outcome::Applied);
            order = moved;
        }
    }

    #[test]
    fn nothing_but_a_payment_in_full_is_paid(start in statuses(), event in events()) {
        let before = order(start);
        let (after, _) = apply_callback(&before, &event);
        if after.status.is_paid() && !before.status.is_paid() {
            prop_assert_eq!(event.status, PaymentStatus::Paid);
            prop_assert_eq!(event.amount, Some(before.amount));
        }
    }
}
