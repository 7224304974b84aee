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
    // What went back was paid: written down once.
    assert_eq!(paid(Refunded, 52_000, IN_TIME), (Refunded, Outcome::Applied));
}

#[test]
fn money_for_an_invoice_that_is_not_on_record_pays_nothing() {
    let nameless = OrderPayment { invoice: None, ..order(Status::Pending) };
    let told = Event { invoice: Some("B-2".to_owned()), ..event(PaymentStatus::Paid, 52_000, IN_TIME) };
    let (moved, outcome) = apply_callback(&nameless, &told);
    assert_eq!((moved.status, outcome), (Status::Pending, Outcome::Refused(Mismatch::Invoice)));
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
                let recorded = order.amount_paid.is_none() && moved.amount_paid.is_some();
                let stays = order.status == moved.status && order.status == Status::Refunded && recorded;
                prop_assert!(stays || order.status.may_become(&moved.status));
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

/// What an order's status means for shop and shopper.
#[derive(Debug, PartialEq)]
enum Meaning {
    Open,
    /// Not paid and not to be paid any more.
    Over,
    Settled,
    /// Money came that does not fit: a person decides.
    Undecided,
    Returned,
}

fn meaning(status: &Status) -> Meaning {
    use Status::*;
    match status {
        Preparing | Pending => Meaning::Open,
        Expired | Cancelled | Superseded => Meaning::Over,
        Paid | PaidLate => Meaning::Settled,
        Mismatch | LateReview => Meaning::Undecided,
        Refunded => Meaning::Returned,
        Unknown(_) => panic!("no event leads to an unknown status"),
    }
}

/// Every order that so many things can come in.
fn permutations(count: usize) -> Vec<Vec<usize>> {
    let Some(last) = count.checked_sub(1) else { return vec![Vec::new()] };
    let shorter = permutations(last);
    let insert = |order: &Vec<usize>, at: usize| [&order[..at], &[last], &order[at..]].concat();
    shorter.iter().flat_map(|order| (0..count).map(move |at| insert(order, at))).collect()
}

/// A voucher is paid once: what is heard of its payment again is the same.
fn paid_once(mut events: Vec<Event>) -> Vec<Event> {
    let Some(payment) = events.iter().find(|event| event.status == PaymentStatus::Paid).cloned() else {
        return events;
    };
    for event in events.iter_mut().filter(|event| event.status == PaymentStatus::Paid) {
        event.clone_from(&payment);
    }
    events
}

fn after(events: &[Event], sequence: &[usize]) -> OrderPayment {
    sequence.iter().fold(order(Status::Pending), |order, i| apply_callback(&order, &events[*i]).0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn events_in_any_order_lead_to_the_same_end(events in prop::collection::vec(events(), 1..6)) {
        let events = paid_once(events);
        let heard = |status: PaymentStatus| events.iter().any(|event| event.status == status);
        let payments: Vec<&Event> = events.iter().filter(|event| event.status == PaymentStatus::Paid).collect();
        // Ended before the money was heard of, by the shop, or by a deadline nobody can check it against.
        let unfit = |event: &&Event| event.at.is_none() || event.amount != Some(pesos(52_000));
        let irreversible = !payments.is_empty()
            && (heard(PaymentStatus::Cancelled) || heard(PaymentStatus::Expired) && payments.iter().any(unfit));
        let first = after(&events, &permutations(events.len())[0]);
        for sequence in permutations(events.len()) {
            let end = after(&events, &sequence);
            // Cash is never lost, and never made up.
            prop_assert_eq!(end.amount_paid.is_some(), !payments.is_empty(), "{:?}", sequence);
            // The table has no way from a voucher that ran out to a refund: it is left to a person.
            if heard(PaymentStatus::Refunded) && heard(PaymentStatus::Expired) {
                prop_assert_ne!(meaning(&end.status), Meaning::Open);
                continue;
            }
            // Heard again, from the first to the last, nothing moves.
            let again = sequence.iter().fold(end.clone(), |order, i| apply_callback(&order, &events[*i]).0);
            prop_assert_eq!(meaning(&again.status), meaning(&end.status), "{:?}", sequence);
            if irreversible && meaning(&end.status) != meaning(&first.status) {
                let decided = [Meaning::Settled, Meaning::Undecided];
                prop_assert!(decided.contains(&meaning(&end.status)) && decided.contains(&meaning(&first.status)));
                continue;
            }
            prop_assert_eq!(meaning(&end.status), meaning(&first.status), "{:?} {:?}", sequence, end);
        }
    }

    #[test]
    fn one_payment_in_full_and_in_time_settles_whatever_else_is_heard(
        others in prop::collection::vec(events(), 0..5), replays in 1usize..4,
    ) {
        let others = others.into_iter().filter(|event| {
            !matches!(event.status, PaymentStatus::Paid | PaymentStatus::Cancelled | PaymentStatus::Refunded)
        });
        let payment = event(PaymentStatus::Paid, 52_000, IN_TIME);
        let mut events: Vec<Event> = others.collect();
        events.truncate(5 - replays);
        events.extend(vec![payment; replays]);
        for sequence in permutations(events.len()) {
            let end = after(&events, &sequence);
            prop_assert_eq!(&end.status, &Status::Paid, "{:?}", sequence);
            prop_assert_eq!(end.paid_at, Some(instant(IN_TIME)));
        }
    }
}
