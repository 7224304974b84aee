//! From the form to the voucher under random schedules: whatever gets lost, nothing typed does, and one order
//! has one voucher.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod shopper;

use std::collections::HashSet;
use std::rc::Rc;

use efecty_checkout::language::Language;
use efecty_checkout::payer::{Field, PayerInput};
use efecty_checkout::session::{
    Action, Answer, Body, Button, Call, CallId, Config, Event, Input, Memory, Now, Outcome, Session, Start,
};
use efecty_checkout::view::Screen;
use efecty_checkout::voucher::Status;
use efecty_checkout::wire::Problem;
use proptest::prelude::*;

use shopper::{answer, order, voucher};

/// What becomes of the request under way.
#[derive(Clone, Copy, Debug)]
enum Fate {
    /// It is done and answered.
    Answered,
    /// It is done, and the answer is lost.
    AnswerLost,
    /// It is done, and something in between answers in its place: with this status.
    AnswerReplaced(u16),
    /// It never arrives.
    Lost,
    TimedOut,
    /// The backend refuses a field.
    Refused,
    /// The backend wants to be left alone for so many seconds.
    Busy(i64),
}

#[derive(Clone, Debug)]
enum Step {
    Type(Field, &'static str),
    Submit,
    Retry,
    End(Fate),
    Wait(i64),
    Hide,
    Return,
    Refresh,
    /// The page is closed and opened again.
    Reload,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        6 => Just(Fate::Answered),
        2 => Just(Fate::AnswerLost),
        2 => prop_oneof![Just(200), Just(403), Just(500), Just(502)].prop_map(Fate::AnswerReplaced),
        1 => Just(Fate::Lost),
        1 => Just(Fate::TimedOut),
        1 => Just(Fate::Refused),
        1 => (0..200i64).prop_map(Fate::Busy),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => prop_oneof![Just("Ana Ruiz"), Just("María Ñáñez"), Just("")].prop_map(|text| Step::Type(Field::Name, text)),
        2 => prop_oneof![Just("ana@correo.com"), Just("ana@")].prop_map(|text| Step::Type(Field::Email, text)),
        8 => Just(Step::Submit),
        1 => Just(Step::Retry),
        10 => fate().prop_map(Step::End),
        4 => (0..70_000i64).prop_map(Step::Wait),
        1 => Just(Step::Hide),
        1 => Just(Step::Return),
        1 => Just(Step::Refresh),
        1 => Just(Step::Reload),
    ]
}

/// A shopper, a browser that keeps what it is told, and a backend with one order.
struct World {
    session: Session,
    now: Now,
    underway: Option<(CallId, Call)>,
    memory: Option<Memory>,
    /// What the shopper has typed in this visit.
    typed: PayerInput,
    /// The keys that creations came with before the shopper saw a voucher.
    keys: HashSet<String>,
    is_created: bool,
    n_visits: u64,
}

impl World {
    fn new() -> World {
        let now = Now { monotonic: 0, wall: 1_795_442_700_000 };
        let session = visit(None, 1, now);
        let mut world = World {
            session,
            now,
            underway: None,
            memory: None,
            typed: PayerInput::default(),
            keys: HashSet::new(),
            is_created: false,
            n_visits: 1,
        };
        world.drain();
        world
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Type(field, text) => self.type_in(*field, text),
            Step::Submit => self.submit(),
            Step::Retry => self.handle(Input::Pressed(Button::Retry)),
            Step::End(fate) => self.end(*fate),
            Step::Wait(millis) => self.wait(*millis),
            Step::Hide => self.handle(Input::Hidden),
            Step::Return => self.handle(Input::Returned),
            Step::Refresh => self.handle(Input::Refresh),
            Step::Reload => self.reload(),
        }
        self.check();
    }

    fn handle(&mut self, input: Input) {
        self.session.handle(input, self.now);
        self.drain();
    }

    fn type_in(&mut self, field: Field, text: &str) {
        let Screen::Form(form) = self.session.view(self.now).screen else { return };
        if form.sending.is_none() {
            let typed = match field {
                Field::Name => &mut self.typed.name,
                Field::Email => &mut self.typed.email,
                Field::Phone => &mut self.typed.phone,
                _ => &mut self.typed.document_number,
            };
            text.clone_into(typed);
        }
        self.handle(Input::Typed { field, text: text.to_owned() });
    }

    /// Fills in what is needed beside name and address, and sends the form twice, as a double click does.
    fn submit(&mut self) {
        self.type_in(Field::DocumentNumber, "1020304050");
        self.type_in(Field::Phone, "3001234567");
        self.handle(Input::Typed { field: Field::Consent, text: "on".to_owned() });
        self.handle(Input::Pressed(Button::Submit));
        self.handle(Input::Pressed(Button::Submit));
    }

    fn wait(&mut self, millis: i64) {
        let end = self.now.monotonic + millis;
        while self.now.monotonic < end {
            let due = self.session.poll_timeout(self.now).unwrap_or(end).clamp(self.now.monotonic + 1, end);
            self.now.wall += due - self.now.monotonic;
            self.now.monotonic = due;
            self.session.handle_timeout(self.now);
            self.drain();
        }
    }

    fn reload(&mut self) {
        self.n_visits += 1;
        self.underway = None;
        self.typed = PayerInput::default();
        self.session = visit(self.memory.clone(), self.n_visits, self.now);
        self.drain();
    }

    fn end(&mut self, fate: Fate) {
        let Some((id, call)) = self.underway.take() else { return };
        let arrives = !matches!(fate, Fate::Lost | Fate::TimedOut | Fate::Refused | Fate::Busy(_));
        let body = self.backend(&call, arrives);
        let outcome = match fate {
            Fate::Answered => Outcome::Answer(answer(200, body)),
            Fate::AnswerReplaced(status) => Outcome::Answer(answer(status, Body::NotJson)),
            Fate::AnswerLost | Fate::Lost => Outcome::NoAnswer,
            Fate::TimedOut => Outcome::TimedOut,
            Fate::Refused => {
                let problem = r#"{ "errors": [ { "field": "email", "code": "invalid_domain" } ] }"#;
                Outcome::Answer(answer(422, Body::Problem(Problem::from_json(problem).unwrap())))
            }
            Fate::Busy(seconds) => {
                let busy = answer(503, Body::NotJson);
                Outcome::Answer(Answer { retry_after: Some(seconds * 1_000), ..busy })
            }
        };
        self.handle(Input::Ended { id, outcome });
    }

    /// What the backend says; a creation that arrives is done.
    fn backend(&mut self, call: &Call, arrives: bool) -> Body {
        if matches!(call, Call::Create(_)) && arrives {
            self.is_created = true;
        }
        let mut order = order();
        order.voucher = self.is_created.then(|| voucher(Status::Pending).token);
        match call {
            Call::Order { .. } => Body::Order(Rc::new(order)),
            _ => Body::Voucher(Rc::new(voucher(Status::Pending))),
        }
    }

    fn drain(&mut self) {
        while let Some(action) = self.session.poll_action() {
            match action {
                Action::Call { id, call, .. } => {
                    assert!(self.underway.is_none(), "two requests at once");
                    if let Call::Create(create) = &call {
                        assert_eq!(create.payer.name.as_deref(), Some(self.typed.name.as_str()));
                        self.keys.insert(create.key.clone());
                    }
                    self.underway = Some((id, call));
                }
                Action::Abandon(id) => self.underway = self.underway.take().filter(|(other, _)| *other != id),
                Action::Remember(memory) => self.memory = Some(memory),
                Action::Forget => self.memory = None,
                _ => {}
            }
        }
        while let Some(event) = self.session.poll_event() {
            if let Event::Status { voucher, .. } = event {
                assert_eq!(voucher.status, Status::Pending, "the server never said anything else");
            }
        }
    }

    fn check(&mut self) {
        assert!(self.keys.len() <= 1, "another key, and so another voucher: {:?}", self.keys);
        match self.session.view(self.now).screen {
            Screen::Form(form) => {
                assert_eq!((&form.input.name, &form.input.email), (&self.typed.name, &self.typed.email));
                let waits = self.underway.is_some() || self.session.poll_timeout(self.now).is_some();
                assert!(form.sending.is_none() || waits, "it says that it works, and nothing does");
            }
            Screen::Voucher(_) => assert!(self.is_created),
            Screen::Loading { .. } => assert!(self.underway.is_some(), "it loads for ever"),
            Screen::Failure(_) => {}
        }
    }

    /// Once nothing gets lost any more, the shopper comes to the voucher.
    fn succeed(&mut self) {
        self.handle(Input::Returned);
        for _ in 0..40 {
            self.type_in(Field::Name, "Ana Ruiz");
            self.type_in(Field::Email, "ana@correo.com");
            match self.session.view(self.now).screen {
                Screen::Voucher(_) if self.underway.is_none() => return,
                Screen::Failure(_) if self.underway.is_none() => self.handle(Input::Pressed(Button::Retry)),
                Screen::Form(form) if form.sending.is_none() => self.submit(),
                _ => self.wait(30_000),
            }
            self.end(Fate::Answered);
            self.check();
        }
        panic!("no way to the voucher");
    }
}

/// Opens the page. Chance is another in each visit.
fn visit(memory: Option<Memory>, seed: u64, now: Now) -> Session {
    let start = Start::Order { order_id: "A-1042".into() };
    let payer = PayerInput::default();
    Session::new(Config { start, language: Language::Es, memory, payer, seed: [seed, !seed] }, now)
}

proptest! {
    #[test]
    fn one_order_ends_in_one_voucher(steps in prop::collection::vec(step(), 1..60)) {
        let mut world = World::new();
        for step in &steps {
            world.take(step);
        }
        world.succeed();
    }
}
