//! A voucher that is watched: when the server is asked, by what, and for how long.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod shopper;

use std::rc::Rc;

use efecty_checkout::calendar::{Deadline, ServerInstant};
use efecty_checkout::money::Pesos;
use efecty_checkout::session::{
    Action, Answer, Body, Button, Call, Input, Memory, Outcome, Start, TabMessage,
};
use efecty_checkout::view::Phase;
use efecty_checkout::voucher::{Kind, Status, Voucher};

use shopper::{Shopper, answer, order, voucher};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn due_in(millis: i64) -> Voucher {
    let mut voucher = voucher(Status::Pending);
    voucher.expires_at = Some(Deadline::At(voucher.server_time.plus_millis(millis)));
    voucher
}

/// How long until the next request, in whole seconds; nothing within so many.
fn next_request(shopper: &mut Shopper, within: i64) -> Option<i64> {
    (0..=within).find(|second| {
        if *second > 0 {
            shopper.advance(SECOND);
        }
        shopper.call().is_some()
    })
}

#[test]
fn the_server_says_how_often() {
    let mut slow = voucher(Status::Pending);
    slow.poll_after_seconds = Some(90);
    let mut shopper = Shopper::with_voucher(slow);
    let after = next_request(&mut shopper, 200).unwrap();
    assert!((90..=91).contains(&after), "{after}");
    // The longer of the two counts.
    for (retry_after, expected) in [(30 * SECOND, 90), (150 * SECOND, 150)] {
        shopper.end(Outcome::Answer(Answer { retry_after: Some(retry_after), ..answer(304, Body::Empty) }));
        shopper.press(Button::IHavePaid);
        let after = next_request(&mut shopper, 300).unwrap();
        assert!((expected..=expected + 1).contains(&after), "{after}");
    }
}

#[test]
fn an_older_answer_with_another_amount_changes_nothing() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.advance(MINUTE);
    let mut older = voucher(Status::Pending);
    older.amount.pesos = Pesos::new(1).unwrap();
    older.server_time = older.server_time.plus_millis(-SECOND);
    shopper.handle(Input::Refresh);
    shopper.answer(Body::Voucher(Rc::new(older)));
    assert_eq!(shopper.voucher_view().voucher.amount.pesos.get(), 52_000);
}

#[test]
fn a_tab_that_says_something_else_is_looked_into_every_ten_seconds_at_most() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.handle(Input::Leads(false));
    let before = shopper.n_requests();
    for _ in 0..30 {
        shopper.handle(Input::Told(TabMessage::Pong { digest: 7, age: 0 }));
        shopper.advance(2 * SECOND);
        if shopper.call().is_some() {
            shopper.end(Outcome::Answer(answer(304, Body::Empty)));
        }
    }
    let asked = shopper.n_requests() - before;
    assert!((4..=7).contains(&asked), "{asked} questions in a minute");
}

#[test]
fn an_answer_that_comes_while_hidden_leads_to_no_other_question() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.handle(Input::Refresh);
    shopper.handle(Input::Hidden);
    shopper.end(Outcome::Answer(answer(304, Body::Empty)));
    assert_eq!(next_request(&mut shopper, 3_600), None);
}

#[test]
fn a_load_that_failed_is_not_tried_again_while_hidden() {
    let mut shopper = Shopper::start(Start::Voucher { token: voucher(Status::Pending).token }, None);
    shopper.handle(Input::Hidden);
    shopper.end(Outcome::NoAnswer);
    assert_eq!(next_request(&mut shopper, 3_600), None);
    shopper.handle(Input::Returned);
    assert!(shopper.call().is_some());
}

#[test]
fn no_two_shoppers_ask_in_step() {
    let mut delays = Vec::new();
    let mut shopper = Shopper::watching(Status::Pending);
    for _ in 0..40 {
        shopper.handle(Input::Attention);
        let start = shopper.now.monotonic;
        let due = shopper.session.poll_timeout(shopper.now).unwrap();
        shopper.advance(due.max(start) - start);
        while shopper.call().is_none() {
            shopper.advance(100);
        }
        delays.push(shopper.now.monotonic - start);
        shopper.end(Outcome::Answer(answer(304, Body::Empty)));
    }
    assert!(delays.iter().all(|delay| (8_250..=11_200).contains(delay)), "{delays:?}");
    let (least, most) = (delays.iter().min().unwrap(), delays.iter().max().unwrap());
    assert!(most - least > 1_500, "{delays:?}");
}

#[test]
fn a_claim_counts_as_looking_for_a_quarter_of_an_hour() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.press(Button::IHavePaid);
    shopper.end(Outcome::Answer(answer(304, Body::Empty)));
    for _ in 0..60 {
        let after = next_request(&mut shopper, 120).unwrap();
        assert!(after <= 12, "{after}");
        shopper.end(Outcome::Answer(answer(304, Body::Empty)));
    }
}

#[test]
fn a_touch_after_a_pause_asks_within_a_second() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.sleepless(10 * MINUTE);
    shopper.handle(Input::Attention);
    assert!(next_request(&mut shopper, 60).unwrap() <= 1);
}

#[test]
fn the_earlier_of_two_deadlines_counts() {
    let mut both = due_in(3 * DAY);
    both.order_expires_at = Some(Deadline::At(both.server_time.plus_millis(HOUR)));
    let mut shopper = Shopper::with_voucher(both);
    assert!(shopper.voucher_view().remaining_millis.unwrap() <= HOUR);
    shopper.sleepless(HOUR + MINUTE);
    assert_eq!(shopper.phase(), Phase::Verifying);
}

#[test]
fn a_deadline_that_is_put_off_opens_the_codes_again() {
    let mut shopper = Shopper::with_voucher(due_in(HOUR));
    shopper.sleepless(HOUR + MINUTE);
    assert_eq!(shopper.phase(), Phase::Verifying);
    let mut later = due_in(2 * DAY);
    later.server_time = shopper.server_now();
    shopper.handle(Input::Refresh);
    shopper.answer(Body::Voucher(Rc::new(later)));
    assert_eq!(shopper.phase(), Phase::Payable);
}

#[test]
fn before_it_is_active_nobody_is_asked_to_pay() {
    let mut early = voucher(Status::Pending);
    early.active_from = Some(early.server_time.plus_millis(HOUR));
    let mut shopper = Shopper::with_voucher(early);
    assert_eq!(shopper.phase(), Phase::NotYetActive);
    shopper.sleepless(HOUR + SECOND);
    assert_eq!(shopper.phase(), Phase::Payable);
}

#[test]
fn after_grace_nobody_asks() {
    for status in [Status::Pending, Status::Expired] {
        let mut old = due_in(HOUR);
        old.status = status.clone();
        old.grace_until = Some(old.server_time.plus_millis(2 * HOUR));
        let mut shopper = Shopper::with_voucher(old);
        shopper.sleepless(HOUR + 30 * MINUTE);
        let before = shopper.n_requests();
        shopper.sleepless(25 * MINUTE);
        assert!(shopper.n_requests() > before, "{status:?}: within grace");
        // A clock that two answers have told, and a day for whoever stays.
        shopper.sleepless(20 * MINUTE);
        assert_eq!(next_request(&mut shopper, 24 * 3_600), None, "{status:?}: after grace");
    }
}

#[test]
fn a_slow_answer_says_little_about_the_time() {
    let mut shopper = Shopper::watching(Status::Pending);
    let deadline = voucher(Status::Pending).pay_before().unwrap().instant();
    for slow in [4 * SECOND, 19 * SECOND] {
        shopper.handle(Input::Refresh);
        shopper.advance(slow);
        // The server spoke as soon as it was asked, or only at the end.
        for ahead in [-slow, 0] {
            let mut other = shopper.session.clone();
            let id = match shopper.actions.iter().rev().find(|a| matches!(a, Action::Call { .. })) {
                Some(Action::Call { id, .. }) => *id,
                _ => panic!("expected a request"),
            };
            let server_time = Some(shopper.server_now().plus_millis(ahead));
            let told = Answer { server_time, ..answer(304, Body::Empty) };
            other.handle(Input::Ended { id, outcome: Outcome::Answer(told) }, shopper.now);
            let efecty_checkout::view::Screen::Voucher(view) = other.view(shopper.now).screen else {
                panic!("expected a voucher")
            };
            let left = deadline.millis() - shopper.server_now().millis();
            let off = view.remaining_millis.unwrap() - left;
            assert!(off.abs() <= slow.min(4 * SECOND) / 2 + 2_000, "{slow}, {ahead}: off by {off}");
        }
        shopper.end(Outcome::Answer(answer(304, Body::Empty)));
    }
}

#[test]
fn questions_at_a_shared_deadline_are_spread() {
    let mut first = Vec::new();
    for pause in 0..20 {
        let mut shopper = Shopper::with_voucher(due_in(HOUR));
        // Chance differs from shopper to shopper; here by what each has asked before.
        for _ in 0..pause {
            shopper.handle(Input::Refresh);
            shopper.end(Outcome::Answer(answer(304, Body::Empty)));
        }
        shopper.sleepless(HOUR - shopper.now.monotonic + 5_000);
        first.push(next_request(&mut shopper, 120).unwrap());
    }
    let (least, most) = (first.iter().min().unwrap(), first.iter().max().unwrap());
    assert!(most - least >= 15, "{first:?}");
}

#[test]
fn of_a_pickup_the_token_alone_is_kept() {
    let mut pickup = voucher(Status::Pending);
    pickup.kind = Kind::Pickup;
    let memory = Memory::of(&Rc::new(pickup.clone()));
    assert_eq!((memory.voucher, memory.token), (None, Some(pickup.token)));
}

#[test]
fn a_creation_is_sent_again_when_the_server_allows_it() {
    let mut shopper = Shopper::creating();
    let wait = Some(50 * SECOND);
    shopper.end(Outcome::Answer(Answer { retry_after: wait, ..answer(503, Body::NotJson) }));
    let after = next_request(&mut shopper, 120).unwrap();
    assert!((50..=52).contains(&after), "{after}");
}

#[test]
fn an_order_begun_anew_has_a_key_of_its_own_and_does_not_find_the_old_voucher() {
    let mut shopper = Shopper::creating();
    let Some(Call::Create(first)) = shopper.call() else { panic!("expected a creation") };
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Expired))));
    shopper.press(Button::Renew);
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Expired))));
    assert!(matches!(shopper.call(), Some(Call::Order { .. })));
    let mut again = order();
    again.voucher = Some(voucher(Status::Expired).token);
    shopper.answer(Body::Order(Rc::new(again)));
    shopper.fill_in();
    shopper.press(Button::Submit);
    let Some(Call::Create(second)) = shopper.call() else { panic!("expected a creation") };
    assert_ne!(first.key, second.key);
}

mod a_stream {
    use super::*;

    fn streamed() -> Voucher {
        let mut voucher = voucher(Status::Pending);
        voucher.links.events = Some("/events".into());
        voucher
    }

    fn brings(shopper: &mut Shopper, status: Status) {
        let voucher = Voucher { status, server_time: shopper.server_now(), ..streamed() };
        shopper.handle(Input::Streamed(Body::Voucher(Rc::new(voucher))));
    }

    fn n_opened(shopper: &Shopper) -> usize {
        shopper.actions.iter().filter(|action| matches!(action, Action::Listen(_))).count()
    }

    fn n_closed(shopper: &Shopper) -> usize {
        shopper.actions.iter().filter(|action| matches!(action, Action::StopListening)).count()
    }

    #[test]
    fn is_the_leaders_alone() {
        let mut shopper = Shopper::with_voucher(streamed());
        assert_eq!(n_opened(&shopper), 1);
        shopper.handle(Input::Leads(false));
        assert_eq!((n_opened(&shopper), n_closed(&shopper)), (1, 1));
    }

    #[test]
    fn is_closed_while_hidden_and_comes_back() {
        let mut shopper = Shopper::with_voucher(streamed());
        shopper.handle(Input::Hidden);
        assert_eq!((n_opened(&shopper), n_closed(&shopper)), (1, 1));
        shopper.handle(Input::Returned);
        assert_eq!(n_opened(&shopper), 2);
    }

    #[test]
    fn brings_news_without_a_question_and_slows_the_questions_down() {
        let mut shopper = Shopper::with_voucher(streamed());
        brings(&mut shopper, Status::Pending);
        let mut asked = 0;
        for second in 0..70 * 60 {
            shopper.advance(SECOND);
            if shopper.call().is_some() {
                asked += i32::from(second >= 10 * 60);
                let now = Voucher { server_time: shopper.server_now(), ..streamed() };
                shopper.answer(Body::Voucher(Rc::new(now)));
            }
        }
        assert!((10..=18).contains(&asked), "{asked} questions in an hour that nobody looks");
        brings(&mut shopper, Status::Paid);
        assert_eq!(shopper.voucher_view().voucher.status, Status::Paid);
    }

    #[test]
    fn that_brings_nothing_is_not_relied_on() {
        let mut shopper = Shopper::with_voucher(streamed());
        assert!(next_request(&mut shopper, 120).unwrap() <= 11);
    }

    #[test]
    fn that_fails_leaves_the_schedule_and_is_tried_again_later() {
        let mut shopper = Shopper::with_voucher(streamed());
        brings(&mut shopper, Status::Pending);
        shopper.handle(Input::StreamFailed);
        let opened = n_opened(&shopper);
        shopper.sleepless(20 * SECOND);
        assert_eq!(n_opened(&shopper), opened, "not at once");
        shopper.sleepless(2 * MINUTE);
        assert_eq!(n_opened(&shopper), opened + 1);
    }

    #[test]
    fn with_something_else_than_a_voucher_is_given_up() {
        let mut shopper = Shopper::with_voucher(streamed());
        shopper.handle(Input::Streamed(Body::NotJson));
        assert_eq!(n_closed(&shopper), 1);
        assert!(next_request(&mut shopper, 120).unwrap() <= 11);
    }

    #[test]
    fn about_another_voucher_changes_nothing() {
        let mut shopper = Shopper::with_voucher(streamed());
        let other = Voucher { token: "tok_of_somebody_else".into(), status: Status::Paid, ..streamed() };
        shopper.handle(Input::Streamed(Body::Voucher(Rc::new(other))));
        assert_eq!(shopper.voucher_view().voucher.status, Status::Pending);
        assert_eq!(shopper.statuses().len(), 1);
    }
}

#[test]
fn the_clock_of_a_deadline_by_date_is_bogotas() {
    let mut dated = voucher(Status::Pending);
    dated.expires_at =
        Some(Deadline::EndOf(efecty_checkout::calendar::BogotaDate::new(2026, 11, 24).unwrap()));
    let shopper = Shopper::with_voucher(dated);
    let end = ServerInstant::parse("2026-11-25T05:00:00Z").unwrap();
    let left = end.millis() - shopper.server_now().millis();
    assert!((left - shopper.voucher_view().remaining_millis.unwrap()).abs() <= 1_000);
}
