//! The machine, under a clock of its own.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod shopper;

use std::rc::Rc;

use efecty_checkout::calendar::{Deadline, ServerInstant};
use efecty_checkout::payer::{Field, NameCharset};
use efecty_checkout::session::{
    Action, Answer, Body, Button, Call, Copyable, Event, Focus, Input, Memory, Outcome, Start, TroubleCode,
};
use efecty_checkout::view::{Phase, Screen, draw};
use efecty_checkout::voucher::{Kind, Pickup, Status};
use efecty_checkout::wire::Problem;

use shopper::{Shopper, answer, order, voucher};

#[test]
fn form_to_voucher_to_paid() {
    let mut shopper = Shopper::creating();
    let Some(Call::Create(create)) = shopper.call() else { panic!("expected a creation") };
    assert_eq!(create.payer.document.number, "1020304050");
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Pending))));
    assert_eq!(shopper.phase(), Phase::Payable);

    shopper.advance(60_000);
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Paid))));
    assert_eq!(
        shopper.statuses(),
        [(None, Status::Pending, false), (Some(Status::Pending), Status::Paid, false)]
    );
    shopper.advance(3_600_000);
    assert!(shopper.call().is_none(), "nobody asks about a paid voucher again");
}

#[test]
fn an_invalid_form_is_not_sent() {
    let mut shopper = Shopper::with_order();
    shopper.answer(Body::Order(Rc::new(order())));
    shopper.fill_in();
    shopper.type_in(Field::DocumentType, "NIT");
    shopper.type_in(Field::DocumentNumber, "900.123.456-3");
    shopper.press(Button::Submit);
    assert!(shopper.call().is_none());
    assert!(shopper.events.iter().any(|event| matches!(event, Event::Invalid(_))));
    assert_eq!(shopper.form().errors[0].expected.as_deref(), Some("8"));
}

#[test]
fn the_key_is_kept_before_the_request_goes_out() {
    let shopper = Shopper::creating();
    let kept =
        shopper.actions.iter().position(|a| matches!(a, Action::Remember(Memory { key: Some(_), .. })));
    let sent = shopper.actions.iter().position(|a| matches!(a, Action::Call { call: Call::Create(_), .. }));
    assert!(kept.unwrap() < sent.unwrap());
}

#[test]
fn a_lost_creation_is_sent_again_with_the_same_key() {
    let mut shopper = Shopper::creating();
    let Some(Call::Create(first)) = shopper.call() else { panic!("expected a creation") };
    let first_id = shopper.request_id();
    shopper.end(Outcome::NoAnswer);
    shopper.advance(30_000);
    let Some(Call::Create(second)) = shopper.call() else { panic!("expected another try") };
    assert_eq!(first.key, second.key);
    assert_ne!(first_id, shopper.request_id());
}

#[test]
fn a_creation_that_fails_for_good_gives_back_what_was_typed() {
    let mut shopper = Shopper::creating();
    let Some(Call::Create(first)) = shopper.call() else { panic!("expected a creation") };
    for outcome in [Outcome::NoAnswer, Outcome::TimedOut, Outcome::Answer(answer(500, Body::NotJson))] {
        shopper.advance(30_000);
        assert!(matches!(shopper.call(), Some(Call::Create(_))), "no other try");
        shopper.end(outcome);
    }
    let form = shopper.form();
    assert_eq!((form.input.name.as_str(), form.consent), ("María Ñáñez", true));
    assert_eq!(form.trouble.map(|trouble| trouble.code), Some(TroubleCode::Backend));
    assert!(draw(&shopper.view()).text_content().contains("no se genera un segundo número"));
    let n_errors = shopper.events.iter().filter(|event| matches!(event, Event::Error(_))).count();
    assert_eq!(n_errors, 1, "what is tried again is no error yet");
    shopper.press(Button::Submit);
    let Some(Call::Create(second)) = shopper.call() else { panic!("expected a creation") };
    assert_eq!(first.key, second.key);
}

#[test]
fn a_double_click_creates_once() {
    let mut shopper = Shopper::creating();
    shopper.press(Button::Submit);
    let n_created =
        shopper.actions.iter().filter(|a| matches!(a, Action::Call { call: Call::Create(_), .. })).count();
    assert_eq!(n_created, 1);
}

#[test]
fn a_refused_form_keeps_what_was_typed() {
    let mut shopper = Shopper::creating();
    let problem = r#"{ "errors": [ { "field": "email", "code": "invalid_domain" } ], "traceId": "t-1" }"#;
    let problem = efecty_checkout::wire::Problem::from_json(problem).unwrap();
    shopper.end(Outcome::Answer(answer(422, Body::Problem(problem))));
    let form = shopper.form();
    assert_eq!(form.input.name, "María Ñáñez");
    assert_eq!(form.errors[0].field, Field::Email);
    assert_eq!(form.trouble.as_ref().unwrap().trace_id.as_deref(), Some("t-1"));
}

#[test]
fn what_support_asks_for_is_copied_wherever_something_fails() {
    let copies = |shopper: &mut Shopper| {
        shopper.press(Button::Copy(Copyable::Support));
        let Some(Action::Copy { what, text }) = shopper.actions.pop() else { panic!("expected a copy") };
        shopper.handle(Input::Copied { what, done: true });
        text
    };
    let trouble = || {
        let problem = r#"{ "code": "down", "traceId": "t-1" }"#;
        Outcome::Answer(answer(503, Body::Problem(Problem::from_json(problem).unwrap())))
    };
    let mut shopper = Shopper::with_order();
    shopper.end(trouble());
    let request_id = shopper.request_id();
    assert_eq!(copies(&mut shopper), format!("backend · 503 · down · {request_id} · t-1"));
    assert!(draw(&shopper.view()).text_content().contains("Copiado"));
    shopper.advance(3_000);
    shopper.handle(Input::Attention);
    assert!(!draw(&shopper.view()).text_content().contains("Copiado"));

    copies(&mut shopper);
    shopper.press(Button::Retry);
    shopper.answer(Body::Order(Rc::new(order())));
    assert!(!draw(&shopper.view()).text_content().contains("Copiado"), "another screen");
    shopper.fill_in();
    shopper.press(Button::Submit);
    let request_id = shopper.request_id();
    shopper.end(Outcome::Answer(answer(400, Body::Empty)));
    assert!(shopper.actions.contains(&Action::Focus(Focus::Submit)), "what failed stands above it");
    assert_eq!(copies(&mut shopper), format!("refused · 400 · {request_id}"));
    assert_eq!(shopper.form().copied, Some((Copyable::Support, true)));
}

#[test]
fn support_is_not_handed_what_opens_a_pickup() {
    let mut pickup = voucher(Status::Pending);
    pickup.kind = Kind::Pickup;
    pickup.pickup = Some(Pickup { pin: "40213377".to_owned(), documents: Vec::new() });
    for (given, told) in [(pickup, false), (voucher(Status::Pending), true)] {
        let token = given.token.clone();
        let mut shopper = Shopper::with_voucher(given);
        shopper.press(Button::Copy(Copyable::Support));
        let Some(Action::Copy { text, .. }) = shopper.actions.pop() else { panic!("expected a copy") };
        assert_eq!(text.contains(&token), told, "{text}");
        assert!(text.contains("A-1042") && !text.contains("40213377"), "{text}");
    }
}

/// The request and the trace id that the last error was told with.
fn ids(shopper: &Shopper) -> (Option<String>, Option<String>) {
    let Some(Event::Error(trouble)) = shopper.events.last() else { panic!("expected an error") };
    (trouble.request_id.clone(), trouble.trace_id.clone())
}

#[test]
fn every_question_that_fails_is_told_with_its_request_and_trace_id() {
    let traced = |status, body| {
        Outcome::Answer(Answer { trace_id: Some("trz-header".to_owned()), ..answer(status, body) })
    };
    let problem = || Body::Problem(Problem::from_json(r#"{ "traceId": "trz-body" }"#).unwrap());
    let outcomes = [
        (Outcome::NoAnswer, None),
        (Outcome::TimedOut, None),
        (Outcome::Answer(answer(500, Body::NotJson)), None),
        (traced(500, Body::NotJson), Some("trz-header")),
        (traced(404, Body::Empty), Some("trz-header")),
        (traced(200, Body::NotJson), Some("trz-header")),
        (traced(200, Body::Empty), Some("trz-header")),
        (traced(503, Body::Problem(Problem::default())), Some("trz-header")),
        // What a refusal says of itself is the more exact: what stands in front has ids of its own.
        (traced(503, problem()), Some("trz-body")),
    ];
    for (outcome, trace_id) in outcomes {
        for start in [Shopper::with_order, Shopper::with_token] {
            let mut shopper = start();
            let sent = shopper.request_id();
            assert!(sent.len() == 32 && sent.bytes().all(|b| b.is_ascii_hexdigit()), "{sent}");
            shopper.end(outcome.clone());
            assert_eq!(ids(&shopper), (Some(sent.clone()), trace_id.map(str::to_owned)), "{outcome:?}");
            shopper.press(Button::Retry);
            assert_ne!(shopper.request_id(), sent, "another request, another name");
        }
    }
}

#[test]
fn memory_shows_the_voucher_at_once_and_unverified() {
    let memory = Memory::of(&Rc::new(voucher(Status::Pending)));
    let mut shopper = Shopper::start(Start::Voucher { token: voucher(Status::Pending).token }, Some(memory));
    assert_eq!(shopper.voucher_view().checked_millis_ago, None);
    assert_eq!(shopper.voucher_view().remaining_millis, None, "no countdown before the server has spoken");
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Pending))));
    assert!(shopper.voucher_view().checked_millis_ago.is_some());
    assert_eq!(shopper.statuses(), [(None, Status::Pending, true)]);
}

#[test]
fn who_has_said_to_have_paid_is_not_asked_to_pay_again_after_a_reload() {
    let start = || Start::Voucher { token: voucher(Status::Pending).token };
    let kept = |shopper: &Shopper| {
        let remembered = |action: &Action| match action {
            Action::Remember(memory) => Some(memory.clone()),
            _ => None,
        };
        shopper.actions.iter().rev().find_map(remembered)
    };
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.press(Button::IHavePaid);
    let mut shopper = Shopper::start(start(), kept(&shopper));
    assert_eq!(shopper.phase(), Phase::Claimed);
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Pending))));
    assert_eq!(shopper.phase(), Phase::Claimed);
    // The answer is remembered with it; a slip that was taken back is not.
    let mut shopper = Shopper::start(start(), kept(&shopper));
    assert_eq!(shopper.phase(), Phase::Claimed);
    shopper.press(Button::NotPaid);
    assert_eq!(Shopper::start(start(), kept(&shopper)).phase(), Phase::Payable);
}

#[test]
fn at_the_deadline_it_asks_and_never_says_expired_by_itself() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.sleepless(7 * 24 * 3_600_000 + 60_000);
    assert_eq!(shopper.phase(), Phase::Verifying);
    assert_eq!(shopper.voucher_view().voucher.status, Status::Pending);
}

#[test]
fn a_stale_answer_changes_nothing() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.advance(60_000);
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Paid))));
    shopper.handle(Input::Refresh);
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Pending))));
    assert_eq!(shopper.voucher_view().voucher.status, Status::Paid);
}

#[test]
fn requests_never_overlap() {
    let mut shopper = Shopper::watching(Status::Pending);
    for _ in 0..5 {
        shopper.handle(Input::Refresh);
        shopper.handle(Input::Returned);
        shopper.press(Button::IHavePaid);
    }
    assert_eq!(shopper.n_underway(), 1);
}

#[test]
fn nobody_asks_while_hidden_and_one_asks_on_return() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.handle(Input::Hidden);
    shopper.sleepless(3_600_000);
    assert!(shopper.call().is_none());
    shopper.handle(Input::Returned);
    assert!(matches!(shopper.call(), Some(Call::Voucher { .. })));
}

#[test]
fn a_clock_that_was_moved_hides_the_countdown_until_the_server_speaks() {
    let mut shopper = Shopper::watching(Status::Pending);
    assert!(shopper.voucher_view().remaining_millis.is_some());
    shopper.now.wall += 3 * 24 * 3_600_000;
    shopper.advance(0);
    assert_eq!(shopper.voucher_view().remaining_millis, None);
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Pending))));
    assert!(shopper.voucher_view().remaining_millis.is_some());
}

#[test]
fn retry_after_is_obeyed() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.advance(60_000);
    let mut busy = answer(503, Body::NotJson);
    busy.retry_after = Some(120_000);
    shopper.end(Outcome::Answer(busy));
    shopper.advance(119_000);
    assert!(shopper.call().is_none());
    shopper.advance(200_000);
    assert!(shopper.call().is_some());
}

#[test]
fn what_cannot_be_shown_says_why() {
    let mut shopper = Shopper::with_order();
    shopper.end(Outcome::Answer(answer(200, Body::NotJson)));
    let Screen::Failure(failure) = shopper.view().screen else { panic!("expected a failure") };
    assert_eq!(failure.trouble.code, TroubleCode::NotJson);
    shopper.press(Button::Retry);
    assert!(matches!(shopper.call(), Some(Call::Order { .. })));
}

#[test]
fn an_unknown_status_is_never_paid() {
    let shopper = Shopper::watching(Status::Unknown("settled_v2".into()));
    let text = efecty_checkout::view::draw(&shopper.view()).text_content();
    assert!(text.contains("Consulta con la tienda"));
    assert!(!text.contains("Recibimos tu pago"));
}

#[test]
fn server_time_is_parsed_back() {
    let text = "2026-11-23T14:05:00.000Z";
    assert_eq!(ServerInstant::parse(text).unwrap().to_string(), text);
}

#[test]
fn a_deadline_after_closing_time_says_until_when_to_go() {
    let mut late = voucher(Status::Pending);
    // Monday 30 November, 23:59 in Bogota.
    late.expires_at = Some(efecty_checkout::calendar::Deadline::EndOf(
        efecty_checkout::calendar::BogotaDate::new(2026, 11, 30).unwrap(),
    ));
    let shopper = Shopper::with_voucher(late);
    let text = efecty_checkout::view::draw(&shopper.view()).text_content();
    assert!(text.contains("lunes 30 de noviembre, 11:59\u{a0}p.\u{a0}m."), "{text}");
    assert!(text.contains("ve antes de las 6:00\u{a0}p.\u{a0}m. del lunes 30 de noviembre."), "{text}");
}

#[test]
fn where_several_networks_take_the_money_each_has_its_own_words() {
    let mut several = voucher(Status::Pending);
    let mut other = several.networks[0].clone();
    other.name = "Otra Red".to_owned();
    other.agreement.as_mut().unwrap().code = "900001".to_owned();
    several.networks.push(other);
    let own = several.networks[0].agreement.as_ref().unwrap().code.clone();
    let shopper = Shopper::with_voucher(several);
    let text = efecty_checkout::view::draw(&shopper.view()).text_content();
    let said = text.replace(' ', "");
    assert!(text.contains("Otra Red. Di: «Voy a pagar el convenio "), "{text}");
    assert!(said.contains(&format!("Efecty.Di:«Voyapagarelconvenio{own}")), "{text}");
}

#[test]
fn a_pickup_without_a_reference_is_asked_for_by_its_pin() {
    let mut pickup = voucher(Status::Pending);
    pickup.kind = Kind::Pickup;
    pickup.networks.clear();
    pickup.pickup = Some(Pickup { pin: "40213377".to_owned(), documents: vec!["CC".to_owned()] });
    let shopper = Shopper::with_voucher(pickup);
    let text = efecty_checkout::view::draw(&shopper.view()).text_content();
    assert!(text.contains("dicta el PIN") && !text.contains("dicta la referencia"), "{text}");
    assert!(!text.contains("40213377"), "{text}");
}

#[test]
fn a_lost_clock_is_asked_about_without_a_storm() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.now.wall += 3_600_000;
    let before = shopper.actions.len();
    // A proxy strips the header: the answers never say what time it is.
    for _ in 0..100 {
        shopper.handle(Input::Attention);
        if shopper.call().is_some() {
            shopper.end_without_time(304);
        }
    }
    let n_calls = shopper.actions[before..].iter().filter(|a| matches!(a, Action::Call { .. })).count();
    assert!(n_calls <= 2, "{n_calls} requests at one moment");
}

#[test]
fn a_kept_voucher_that_the_server_does_not_know_goes() {
    let kept = Rc::new(voucher(Status::Pending));
    let start = Start::Order { order_id: "A-1042".into() };
    let mut shopper = Shopper::start(start, Some(Memory::of(&kept)));
    shopper.end(Outcome::Answer(answer(404, Body::Problem(Default::default()))));
    assert!(shopper.actions.iter().any(|action| matches!(action, Action::Forget)));
    assert!(matches!(shopper.call(), Some(Call::Order { .. })));
}

#[test]
fn a_kept_voucher_past_its_deadline_is_not_offered_for_payment() {
    let kept = Rc::new(voucher(Status::Pending));
    let token = kept.token.clone();
    let mut shopper = Shopper::start(Start::Voucher { token }, Some(Memory::of(&kept)));
    shopper.now.wall += 30 * 24 * 3_600_000;
    assert_eq!(shopper.phase(), Phase::Verifying);
}

#[test]
fn paid_is_believed_though_the_servers_clock_was_set_back() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.advance(60_000);
    let mut paid = voucher(Status::Paid);
    paid.server_time = paid.server_time.plus_millis(-3_600_000);
    shopper.answer(Body::Voucher(Rc::new(paid)));
    assert_eq!(shopper.voucher_view().voucher.status, Status::Paid);
}

#[test]
fn pressing_renew_twice_asks_once_and_keeps_the_key() {
    let mut expired = voucher(Status::Expired);
    expired.links.renew = Some("/renew".into());
    let mut shopper = Shopper::with_voucher(expired);
    shopper.press(Button::Renew);
    shopper.press(Button::Renew);
    let renewals = |a: &&Action| matches!(a, Action::Call { call: Call::Renew { .. }, .. });
    assert_eq!(shopper.actions.iter().filter(renewals).count(), 1);
    assert!(
        shopper
            .actions
            .iter()
            .any(|a| matches!(a, Action::Remember(Memory { key: Some(_), token: Some(_), .. })))
    );
    assert!(shopper.voucher_view().renewing);
}

#[test]
fn what_a_backend_writes_in_a_title_is_not_told() {
    let mut shopper = Shopper::with_order();
    let problem = r#"{ "title": "1020304050 de María", "traceId": "t-9" }"#;
    let problem = efecty_checkout::wire::Problem::from_json(problem).unwrap();
    shopper.end(Outcome::Answer(answer(403, Body::Problem(problem))));
    let told = shopper.events.iter().find_map(|event| match event {
        Event::Error(trouble) => Some(trouble.clone()),
        _ => None,
    });
    let told = told.unwrap();
    assert_eq!((told.detail, told.trace_id.as_deref()), (None, Some("t-9")));
}

#[test]
fn the_time_left_is_spoken_at_thresholds_only() {
    const MINUTE: i64 = 60_000;
    let mut shopper = Shopper::watching(Status::Pending);
    let mut left = 7 * 24 * 60;
    let mut spoken = Vec::new();
    for minutes in [5_000, 1_500, 1_400, 700, 61, 59, 30, 11, 9, 1, -1] {
        shopper.sleepless((left - minutes) * MINUTE);
        left = minutes;
        let tree = efecty_checkout::view::draw(&shopper.view());
        let efecty_checkout::view::Node::Element(status) = tree.children.last().unwrap() else {
            panic!("expected the live region")
        };
        let text = status.text_content();
        if spoken.last() != Some(&text) {
            spoken.push(text);
        }
    }
    assert_eq!(
        spoken,
        [
            "Paga en efectivo en un punto Efecty",
            "Te queda menos de un día.",
            "Te queda menos de una hora.",
            "Te quedan menos de diez minutos.",
            "Verificando tu pago",
        ]
    );
}

#[test]
fn a_failure_that_asked_to_wait_is_not_asked_again_on_return() {
    let mut shopper = Shopper::with_order();
    let mut busy = answer(503, Body::NotJson);
    busy.retry_after = Some(120_000);
    shopper.end(Outcome::Answer(busy));
    for _ in 0..3 {
        shopper.handle(Input::Hidden);
        shopper.advance(30_000);
        shopper.handle(Input::Returned);
        shopper.handle(Input::Refresh);
        assert!(shopper.call().is_none(), "asked before the wait was over");
    }
    shopper.handle(Input::Hidden);
    shopper.advance(31_000);
    shopper.handle(Input::Returned);
    assert!(matches!(shopper.call(), Some(Call::Order { .. })));
}

#[test]
fn old_memories_are_thrown_away_once_by_the_servers_clock() {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.sleepless(600_000);
    let sweeps: Vec<_> = shopper.actions.iter().filter(|a| matches!(a, Action::Sweep(_))).collect();
    let [Action::Sweep(now)] = sweeps[..] else { panic!("expected one sweep, not {sweeps:?}") };
    // The device's clock is a day behind.
    assert_eq!(now.to_string(), "2026-11-23T14:05:00.000Z");

    let memory = Memory::of(&Rc::new(voucher(Status::Pending)));
    let grace_end = ServerInstant::parse("2026-12-03T14:05:00Z").unwrap();
    assert!(!memory.is_over(grace_end));
    assert!(memory.is_over(grace_end.plus_millis(1)));
}

#[test]
fn a_voucher_found_after_its_grace_is_shown_and_not_kept() {
    let mut old = voucher(Status::Paid);
    old.expires_at = Some(Deadline::At(ServerInstant::parse("2026-11-17T00:00:00Z").unwrap()));
    old.grace_until = Some(ServerInstant::parse("2026-11-20T00:00:00Z").unwrap());
    let shopper = Shopper::with_voucher(old);
    assert_eq!(shopper.voucher_view().voucher.status, Status::Paid);
    assert!(!shopper.actions.iter().any(|action| matches!(action, Action::Remember(_))));
}

#[test]
fn somebody_who_looks_at_an_expired_voucher_is_not_left_for_minutes() {
    let mut shopper = Shopper::watching(Status::Expired);
    for _ in 0..8 {
        shopper.handle(Input::Attention);
        shopper.advance(30_000);
        assert!(shopper.call().is_some(), "half a minute without a question");
        shopper.end(Outcome::Answer(answer(304, Body::Empty)));
    }
}

#[test]
fn nothing_has_changed_confirms_nothing_that_is_only_remembered() {
    let kept = Rc::new(voucher(Status::Paid));
    let token = kept.token.clone();
    let mut shopper = Shopper::start(Start::Voucher { token }, Some(Memory::of(&kept)));
    shopper.end(Outcome::Answer(answer(304, Body::Empty)));
    assert_eq!(shopper.voucher_view().checked_millis_ago, None);
    assert_eq!(shopper.statuses(), []);
    shopper.advance(60_000);
    shopper.answer(Body::Voucher(Rc::new(voucher(Status::Pending))));
    assert_eq!(shopper.statuses(), [(None, Status::Pending, true)]);
}

#[test]
fn coming_to_lead_neither_forgets_a_wait_nor_the_question_on_return() {
    let mut shopper = Shopper::watching(Status::Pending);
    let busy = |retry_after| Outcome::Answer(Answer { retry_after, ..answer(503, Body::NotJson) });
    // Failed so often that the next try is minutes away.
    for _ in 0..10 {
        shopper.handle(Input::Refresh);
        shopper.advance(400_000);
        shopper.end(busy(None));
    }
    shopper.handle(Input::Refresh);
    shopper.end(busy(Some(20_000)));
    shopper.handle(Input::Hidden);
    shopper.handle(Input::Returned);
    shopper.handle(Input::Leads(false));
    shopper.handle(Input::Leads(true));
    shopper.handle(Input::Hidden);
    shopper.handle(Input::Returned);
    shopper.advance(19_000);
    assert!(shopper.call().is_none(), "asked before the wait was over");
    shopper.advance(1_000);
    assert!(shopper.call().is_some(), "the question on return was forgotten");
}

#[test]
fn an_address_is_suggested_once_the_field_is_left() {
    let mut shopper = Shopper::with_order();
    shopper.answer(Body::Order(Rc::new(order())));
    for typed in ["ana@gmai", "ana@gmail.co", "ana@gmial.com"] {
        shopper.type_in(Field::Email, typed);
        assert_eq!(shopper.form().suggestion, None, "{typed}");
    }
    shopper.handle(Input::Left(Field::Email));
    assert_eq!(shopper.form().suggestion.as_deref(), Some("ana@gmail.com"));
    shopper.press(Button::TakeSuggestion);
    assert_eq!(shopper.form().input.email, "ana@gmail.com");
    assert_eq!(shopper.form().suggestion, None);
}

#[test]
fn what_is_sent_in_another_form_is_shown_once_the_field_is_left() {
    let mut shopper = Shopper::with_order();
    let mut asked = order();
    asked.requirements.name.charset = NameCharset::Ascii;
    shopper.answer(Body::Order(Rc::new(asked)));
    shopper.type_in(Field::DocumentType, "NIT");
    shopper.type_in(Field::DocumentNumber, "900123456");
    shopper.type_in(Field::Name, "María Ñáñez");
    assert_eq!(shopper.form().sent_as, []);
    shopper.handle(Input::Left(Field::DocumentNumber));
    shopper.handle(Input::Left(Field::Name));
    let sent = [(Field::DocumentNumber, "900.123.456-8"), (Field::Name, "Maria Nanez")];
    assert_eq!(shopper.form().sent_as, sent.map(|(field, text)| (field, text.to_owned())));

    shopper.type_in(Field::DocumentNumber, "900123456-8");
    shopper.type_in(Field::Name, "Maria Nanez");
    assert_eq!(shopper.form().sent_as, []);
}

#[test]
fn another_amount_under_the_same_voucher_is_pointed_out() {
    let says = |shopper: &Shopper| efecty_checkout::view::draw(&shopper.view()).text_content();
    let notice = "El valor o los números cambiaron.";
    let mut shopper = Shopper::watching(Status::Pending);
    assert!(!says(&shopper).contains(notice));
    shopper.handle(Input::Refresh);
    let mut dearer = voucher(Status::Pending);
    dearer.amount.pesos = efecty_checkout::money::Pesos::new(60_000).unwrap();
    shopper.answer(Body::Voucher(Rc::new(dearer)));
    assert!(says(&shopper).contains(notice), "{}", says(&shopper));
    assert!(says(&shopper).contains("60.000"));
}
