//! What servers, caches, clocks and browsers get wrong: nothing of it may cost a payment or show a false one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod shopper;

use std::rc::Rc;

use efecty_checkout::calendar::{Deadline, ServerInstant};
use efecty_checkout::money::Pesos;
use efecty_checkout::session::{
    Action, Answer, Body, Button, Call, Event, Input, Memory, Outcome, Start, TroubleCode,
};
use efecty_checkout::view::{Phase, Screen};
use efecty_checkout::voucher::{Status, Voucher};
use efecty_checkout::wire::Problem;

use shopper::{Shopper, answer, order, voucher};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn with_token() -> Start {
    Start::Voucher { token: voucher(Status::Pending).token }
}

fn with_order() -> Start {
    Start::Order { order_id: "A-1042".into() }
}

fn kept(status: Status) -> Option<Memory> {
    Some(Memory::of(&Rc::new(voucher(status))))
}

fn renewable() -> Voucher {
    let mut expired = voucher(Status::Expired);
    expired.links.renew = Some("/renew".into());
    expired
}

fn refused(status: u16) -> Outcome {
    Outcome::Answer(answer(status, Body::Problem(Problem::default())))
}

#[test]
fn another_voucher_is_no_answer_to_a_question_about_this_one() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.handle(Input::Refresh);
    let mut other = voucher(Status::Paid);
    other.token = "tok_of_somebody_else".into();
    shopper.answer(Body::Voucher(Rc::new(other)));
    let view = shopper.voucher_view();
    assert_eq!(
        (view.voucher.token.as_str(), &view.voucher.status),
        ("tok_0123456789abcdef", &Status::Pending)
    );
    let trouble = view.trouble.unwrap();
    assert_eq!(trouble.code, TroubleCode::InvalidAnswer);
    assert_eq!(trouble.detail.as_deref().map(|detail| detail.contains("token")), Some(true));
    assert_eq!(shopper.kept().unwrap().token.as_deref(), Some("tok_0123456789abcdef"));
}

#[test]
fn one_server_whose_clock_is_days_ahead_ends_nothing() {
    let mut shopper = Shopper::start(with_token(), None);
    shopper.answer_ahead(Status::Pending, 30 * DAY);
    assert!(shopper.kept().is_some(), "forgotten on the word of one answer");
    assert!(!shopper.actions.iter().any(|action| matches!(action, Action::Sweep(_))));
    shopper.advance(5 * MINUTE);
    assert!(shopper.call().is_some(), "the watch ended on the word of one answer");
    shopper.answer_ahead(Status::Paid, 0);
    assert_eq!(shopper.voucher_view().voucher.status, Status::Paid);
}

#[test]
fn one_leap_of_the_servers_clock_hides_the_countdown_until_the_next_answer() {
    let mut shopper = Shopper::watching(Status::Pending);
    let left = shopper.voucher_view().remaining_millis.unwrap();
    shopper.handle(Input::Refresh);
    shopper.unchanged_ahead(8 * DAY);
    assert_eq!((shopper.phase(), shopper.voucher_view().remaining_millis), (Phase::Payable, None));
    shopper.advance(11_000);
    assert!(shopper.call().is_some(), "the doubt is settled soon");
    shopper.unchanged_ahead(0);
    let now = shopper.voucher_view().remaining_millis.unwrap();
    assert!((left - 11_000 - now).abs() < 2_000, "{left} and {now}");
}

#[test]
fn two_answers_that_leap_alike_are_believed() {
    let mut shopper = Shopper::watching(Status::Pending);
    for _ in 0..2 {
        shopper.handle(Input::Refresh);
        shopper.unchanged_ahead(8 * DAY);
        shopper.advance(5_000);
    }
    assert_eq!(shopper.phase(), Phase::Verifying);
}

#[test]
fn neither_a_copy_read_twice_nor_another_one_settles_a_leap() {
    for second_copy in [-HOUR - 3_800, -HOUR + 50_000] {
        let mut shopper = Shopper::start(with_token(), None);
        // A cache gives a copy an hour old, the server the present time, the cache a copy again.
        shopper.answer_ahead(Status::Pending, -HOUR);
        for ahead in [0, second_copy] {
            shopper.handle(Input::Refresh);
            shopper.advance(1_900);
            shopper.unchanged_ahead(ahead);
        }
        assert_eq!(shopper.voucher_view().remaining_millis, None, "{second_copy}");
    }
}

#[test]
fn a_deadline_that_was_not_over_after_all_opens_again() {
    let mut shopper = Shopper::start(with_token(), None);
    // A first answer has nothing that contradicts it.
    shopper.answer_ahead(Status::Pending, 8 * DAY);
    assert_eq!(shopper.phase(), Phase::Verifying);
    for _ in 0..5 {
        shopper.advance(40_000);
        if shopper.call().is_none() {
            shopper.handle(Input::Refresh);
        }
        shopper.unchanged_ahead(0);
    }
    assert_eq!(shopper.phase(), Phase::Payable);
}

#[test]
fn after_a_sleep_without_network_nothing_overdue_is_payable_or_fresh() {
    let mut shopper = Shopper::watching(Status::Pending);
    // The device's clock is a day behind.
    shopper.sleep(9 * DAY);
    shopper.handle(Input::Returned);
    shopper.end(Outcome::NoAnswer);
    assert_eq!(shopper.phase(), Phase::Verifying);
    assert!(shopper.voucher_view().checked_millis_ago.unwrap() >= 9 * DAY);
}

#[test]
fn a_question_from_before_the_sleep_is_not_waited_for() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.handle(Input::Refresh);
    let before = shopper.n_requests();
    shopper.sleep(HOUR);
    shopper.handle(Input::Returned);
    assert_eq!((shopper.n_requests(), shopper.n_underway()), (before + 1, 1));

    let mut shopper = Shopper::start(with_token(), None);
    shopper.sleep(HOUR);
    shopper.handle(Input::Returned);
    assert_eq!((shopper.n_requests(), shopper.n_underway()), (2, 1), "while it is loading, too");
}

#[test]
fn a_server_whose_clock_was_set_back_is_believed_at_the_second_answer() {
    let mut shopper = Shopper::watching(Status::Preparing);
    shopper.advance(5_000);
    shopper.answer_ahead(Status::Pending, -HOUR);
    assert_eq!(shopper.voucher_view().voucher.status, Status::Preparing);
    shopper.advance(5_000);
    shopper.answer_ahead(Status::Pending, -HOUR);
    assert_eq!(shopper.voucher_view().voucher.status, Status::Pending);
}

#[test]
fn a_cache_that_says_the_same_again_is_not_believed() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.advance(MINUTE);
    let mut stale = voucher(Status::Pending);
    stale.amount.pesos = Pesos::new(99_000).unwrap();
    stale.server_time = shopper.server_now().plus_millis(-HOUR);
    for _ in 0..3 {
        shopper.handle(Input::Refresh);
        shopper.answer(Body::Voucher(Rc::new(stale.clone())));
        assert_eq!(shopper.voucher_view().voucher.amount.pesos.get(), 52_000);
        shopper.advance(1_000);
    }
}

#[test]
fn what_was_paid_is_not_asked_for_again_by_an_older_answer_after_a_reload() {
    let mut paid = voucher(Status::Paid);
    paid.server_time = paid.server_time.plus_millis(HOUR);
    let mut shopper = Shopper::start(with_token(), Some(Memory::of(&Rc::new(paid))));
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Pending))));
    assert_ne!(shopper.phase(), Phase::Payable);
    assert_eq!(shopper.statuses(), []);
    shopper.advance(2_000);
    assert!(shopper.call().is_some(), "asked again at once");
}

#[test]
fn who_may_not_see_it_does_not_throw_it_away() {
    for status in [401, 403] {
        let mut shopper = Shopper::start(with_token(), kept(Status::Pending));
        shopper.end(Outcome::Answer(answer(status, Body::NotJson)));
        assert!(!shopper.actions.contains(&Action::Forget), "{status}");
        assert!(matches!(shopper.view().screen, Screen::Voucher(_)), "{status}");
        shopper.advance(MINUTE);
        assert!(shopper.call().is_some(), "{status}: never asked again");
    }
}

#[test]
fn a_firewalls_page_in_place_of_the_order_is_got_past() {
    let mut shopper = Shopper::start(with_order(), None);
    shopper.end(Outcome::Answer(answer(403, Body::NotJson)));
    shopper.advance(MINUTE);
    assert!(matches!(shopper.call(), Some(Call::Order { .. })));

    let mut shopper = Shopper::start(with_order(), None);
    shopper.end(refused(404));
    shopper.advance(HOUR);
    assert!(shopper.call().is_none(), "the shop itself says that there is none");
}

#[test]
fn an_order_whose_voucher_is_not_there_is_no_circle() {
    for memory in [None, kept(Status::Pending)] {
        let mut shopper = Shopper::start(with_order(), memory);
        for _ in 0..12 {
            match shopper.call() {
                Some(Call::Order { .. }) => {
                    let mut named = order();
                    named.voucher = Some(voucher(Status::Pending).token);
                    shopper.answer(Body::Order(Rc::new(named)));
                }
                Some(_) => shopper.end(refused(404)),
                None => break,
            }
        }
        assert!(shopper.n_requests() <= 5, "{} requests at one moment", shopper.n_requests());
        shopper.advance(MINUTE);
        assert!(shopper.call().is_some(), "it may come to be there");
    }
}

#[test]
fn a_voucher_that_is_gone_when_tried_again_leads_back_to_the_order() {
    let memory = Memory { token: Some(voucher(Status::Pending).token), ..Memory::default() };
    let mut shopper = Shopper::start(with_order(), Some(memory));
    shopper.end(Outcome::Answer(answer(503, Body::NotJson)));
    shopper.advance(MINUTE);
    shopper.end(refused(404));
    assert!(matches!(shopper.call(), Some(Call::Order { .. })));
}

#[test]
fn what_is_only_remembered_is_not_replaced() {
    let mut shopper = Shopper::start(with_order(), Some(Memory::of(&Rc::new(renewable()))));
    shopper.end(Outcome::NoAnswer);
    assert!(!shopper.voucher_view().can_renew);
    shopper.press(Button::Renew);
    assert!(!matches!(shopper.call(), Some(Call::Renew { .. } | Call::Order { .. })));
}

#[test]
fn before_the_order_begins_anew_the_server_is_asked_once_more() {
    let mut shopper = Shopper::start(with_order(), kept(Status::Expired));
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Expired))));
    shopper.press(Button::Renew);
    assert!(shopper.voucher_view().renewing);
    assert!(matches!(shopper.call(), Some(Call::Voucher { .. })));
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::PaidLate))));
    assert_eq!(shopper.voucher_view().voucher.status, Status::PaidLate);
    assert!(shopper.call().is_none(), "paid: no new order");

    let mut shopper = Shopper::start(with_order(), kept(Status::Expired));
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Expired))));
    shopper.press(Button::Renew);
    shopper.end(Outcome::NoAnswer);
    assert!(!shopper.voucher_view().renewing);
    assert!(!matches!(shopper.call(), Some(Call::Order { .. })), "nobody said that it is over still");
}

#[test]
fn the_key_of_a_renewal_outlives_what_comes_in_between() {
    let mut shopper = Shopper::with_voucher(renewable());
    // Chance has gone on, so that a key that is made anew is another one.
    shopper.handle(Input::Refresh);
    shopper.answer(Body::Voucher(Rc::new(renewable())));
    shopper.press(Button::Renew);
    let Some(Call::Renew { key, .. }) = shopper.call() else { panic!("expected a renewal") };
    shopper.handle(Input::Streamed(Body::Voucher(Rc::new(renewable()))));
    assert_eq!(shopper.kept().unwrap().key.as_ref(), Some(&key));
    shopper.end(Outcome::NoAnswer);
    shopper.handle(Input::Refresh);
    shopper.answer(Body::Voucher(Rc::new(renewable())));
    let memory = shopper.kept().unwrap();
    assert_eq!(memory.key.as_ref(), Some(&key));

    let mut again = Shopper::start(with_token(), Some(memory));
    again.answer(Body::Voucher(Rc::new(renewable())));
    again.press(Button::Renew);
    let Some(Call::Renew { key: second, .. }) = again.call() else { panic!("expected a renewal") };
    assert_eq!(second, key, "the same after a reload");
    let mut new = voucher(Status::Pending);
    new.token = "tok_of_the_next_one".into();
    again.answer(Body::Voucher(Rc::new(new)));
    assert_eq!(again.kept().unwrap().key, None, "done: the next renewal is another");
}

#[test]
fn a_renewal_that_changes_nothing_can_be_asked_for_again() {
    for reply in [answer(200, Body::Voucher(Rc::new(renewable()))), answer(304, Body::Empty)] {
        let mut shopper = Shopper::start(with_token(), None);
        shopper.answer(Body::Voucher(Rc::new(renewable())));
        shopper.press(Button::Renew);
        shopper.end(Outcome::Answer(reply));
        assert!(!shopper.voucher_view().renewing);
    }
}

#[test]
fn a_missing_renewal_is_not_a_missing_voucher() {
    let mut shopper = Shopper::start(with_order(), None);
    let mut named = order();
    named.voucher = Some(voucher(Status::Expired).token);
    shopper.answer(Body::Order(Rc::new(named)));
    shopper.answer(Body::Voucher(Rc::new(renewable())));
    shopper.press(Button::Renew);
    shopper.end(refused(404));
    assert!(!shopper.actions.contains(&Action::Forget));
    assert!(matches!(shopper.view().screen, Screen::Voucher(_)));
}

#[test]
fn a_creation_that_is_to_wait_for_long_gives_the_form_back() {
    let mut shopper = Shopper::creating();
    shopper.end(Outcome::Answer(Answer { retry_after: Some(HOUR), ..answer(503, Body::NotJson) }));
    assert!(shopper.form().sending.is_none());
    assert_eq!(shopper.form().trouble.map(|trouble| trouble.code), Some(TroubleCode::Backend));
    assert_eq!(shopper.form().input.name, "María Ñáñez");
}

#[test]
fn nothing_has_changed_after_a_stream_brought_news_is_no_error() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.handle(Input::Refresh);
    shopper.handle(Input::Streamed(Body::Voucher(Rc::new(voucher(Status::Pending)))));
    shopper.end(Outcome::Answer(answer(304, Body::Empty)));
    assert!(!shopper.events.iter().any(|event| matches!(event, Event::Error(_))));
}

#[test]
fn whoever_looks_is_not_left_waiting_when_the_server_comes_back() {
    let mut shopper = Shopper::watching(Status::Pending);
    for _ in 0..200 {
        shopper.handle(Input::Attention);
        shopper.advance(5_000);
        if shopper.call().is_some() {
            shopper.end(Outcome::NoAnswer);
        }
    }
    let mut waited = 0;
    while shopper.call().is_none() {
        shopper.handle(Input::Attention);
        shopper.advance(1_000);
        waited += 1;
    }
    assert!(waited <= 25, "{waited} seconds");
}

#[test]
fn what_is_only_remembered_is_asked_about_on_return_whatever_it_says() {
    for status in [Status::Superseded, Status::Refunded] {
        let mut shopper = Shopper::start(with_token(), kept(status));
        shopper.handle(Input::Hidden);
        shopper.end(Outcome::NoAnswer);
        let before = shopper.n_requests();
        shopper.handle(Input::Returned);
        assert_eq!(shopper.n_requests(), before + 1);
    }
}

#[test]
fn a_grace_that_ends_before_the_deadline_forgets_nothing_payable() {
    let mut odd = voucher(Status::Pending);
    odd.grace_until = Some(odd.server_time.plus_millis(-1_000));
    let shopper = Shopper::with_voucher(odd);
    assert!(shopper.kept().is_some());
}

#[test]
fn what_is_remembered_and_not_active_yet_is_not_payable() {
    let mut early = voucher(Status::Pending);
    early.active_from = Some(early.server_time.plus_millis(6 * HOUR));
    let shopper = Shopper::start(with_token(), Some(Memory::of(&Rc::new(early))));
    assert_eq!(shopper.phase(), Phase::NotYetActive);
}

#[test]
fn nobody_is_sent_to_the_outlet_before_the_codes_work() {
    let mut late = voucher(Status::Pending);
    late.active_from = Some(ServerInstant::parse("2026-11-28T14:00:00-05:00").unwrap());
    late.expires_at = Some(Deadline::At(ServerInstant::parse("2026-11-29T23:59:59-05:00").unwrap()));
    let shopper = Shopper::with_voucher(late);
    let text = efecty_checkout::view::draw(&shopper.view()).text_content();
    assert!(!text.contains("ve antes de"), "{text}");
}

#[test]
fn another_orders_answer_is_no_answer() {
    let mut other = order();
    other.order_id = "B-7".into();
    let mut shopper = Shopper::with_order();
    shopper.answer(Body::Order(Rc::new(other)));
    let Screen::Failure(failure) = shopper.view().screen else { panic!("expected a failure") };
    assert_eq!(failure.trouble.code, TroubleCode::InvalidAnswer);
    assert_eq!(failure.trouble.detail.as_deref(), Some("expected what was asked for at orderId"));

    let mut shopper = Shopper::creating();
    let mut theirs = voucher(Status::Pending);
    theirs.order_id = Some("B-7".into());
    shopper.answer(Body::Voucher(Rc::new(theirs)));
    assert_eq!(shopper.form().trouble.map(|trouble| trouble.code), Some(TroubleCode::InvalidAnswer));
}

#[test]
fn nothing_at_all_says_what_was_expected() {
    let mut shopper = Shopper::start(with_token(), None);
    shopper.answer(Body::Empty);
    let Screen::Failure(failure) = shopper.view().screen else { panic!("expected a failure") };
    assert_eq!(failure.trouble.detail.as_deref(), Some("expected JSON at the root"));
}

#[test]
fn codes_that_were_opened_before_do_not_stand_open_when_the_time_is_over() {
    let mut early = voucher(Status::Pending);
    early.active_from = Some(early.server_time.plus_millis(HOUR));
    early.expires_at = Some(Deadline::At(early.server_time.plus_millis(2 * HOUR)));
    let mut shopper = Shopper::with_voucher(early);
    shopper.press(Button::ToggleCodes);
    assert!(shopper.voucher_view().codes_open);
    shopper.sleepless(2 * HOUR + 2 * MINUTE);
    assert_eq!((shopper.phase(), shopper.voucher_view().codes_open), (Phase::Verifying, false));
}

#[test]
fn what_is_remembered_says_so_unless_it_is_confirmed_at_once() {
    let mut shopper = Shopper::start(with_token(), kept(Status::Pending));
    assert!(!shopper.voucher_view().unverified);
    let due = shopper.session.poll_timeout(shopper.now).unwrap();
    assert!(due <= shopper.now.monotonic + 1_500, "the screen wakes up for it");
    shopper.advance(1_500);
    assert!(shopper.voucher_view().unverified);
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Pending))));
    assert!(!shopper.voucher_view().unverified);

    let mut shopper = Shopper::start(with_token(), kept(Status::Pending));
    shopper.end(Outcome::NoAnswer);
    assert!(shopper.voucher_view().unverified, "at once where nobody answers");
}

#[test]
fn a_change_of_status_is_spoken_whatever_was_done_before() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.handle(Input::Took { how: efecty_checkout::session::Take::Image, done: true });
    shopper.handle(Input::Refresh);
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Mismatch))));
    let tree = efecty_checkout::view::draw(&shopper.view());
    assert!(tree.text_content().matches("no coincide").count() >= 2, "{}", tree.text_content());
}
