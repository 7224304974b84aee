//! A shopper in front of the machine, with clocks that the test moves.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::language::Language;
use efecty_checkout::payer::{Field, PayerInput};
use efecty_checkout::session::{
    Action, Answer, Body, Button, Call, CallId, Config, Event, Input, Memory, Now, Outcome, Session, Start,
};
use efecty_checkout::view::{FormView, Phase, Screen, View, VoucherView};
use efecty_checkout::voucher::{Status, Voucher};
use efecty_checkout::wire::Order;

/// 2026-11-23T14:05:00Z, when every test starts by the server's clock.
const START: i64 = 1_795_442_700_000;

pub struct Shopper {
    pub session: Session,
    pub now: Now,
    pub actions: Vec<Action>,
    pub events: Vec<Event>,
    underway: Vec<(CallId, Call)>,
}

impl Shopper {
    pub fn start(start: Start, memory: Option<Memory>) -> Shopper {
        // The device's clock is a day behind: nothing may depend on it.
        let now = Now { monotonic: 5_000, wall: START - 24 * 3_600_000 };
        let config =
            Config { start, language: Language::Es, memory, payer: PayerInput::default(), seed: [7, 11] };
        let session = Session::new(config, now);
        let mut shopper =
            Shopper { session, now, actions: Vec::new(), events: Vec::new(), underway: Vec::new() };
        shopper.drain();
        shopper
    }

    pub fn with_order() -> Shopper {
        Shopper::start(Start::Order { order_id: "A-1042".into() }, None)
    }

    pub fn with_token() -> Shopper {
        Shopper::start(Start::Voucher { token: voucher(Status::Pending).token }, None)
    }

    pub fn watching(status: Status) -> Shopper {
        Shopper::with_voucher(voucher(status))
    }

    /// In front of a voucher that the server has just given.
    pub fn with_voucher(voucher: Voucher) -> Shopper {
        let mut shopper = Shopper::start(Start::Voucher { token: voucher.token.clone() }, None);
        shopper.answer(Body::Voucher(std::rc::Rc::new(voucher)));
        shopper
    }

    /// Waiting for the creation, with the form filled in and sent.
    pub fn creating() -> Shopper {
        let mut shopper = Shopper::with_order();
        shopper.answer(Body::Order(std::rc::Rc::new(order())));
        shopper.fill_in();
        shopper.press(Button::Submit);
        shopper
    }

    pub fn fill_in(&mut self) {
        self.type_in(Field::DocumentType, "CC");
        self.type_in(Field::DocumentNumber, "1.020.304.050");
        self.type_in(Field::Name, "María Ñáñez");
        self.type_in(Field::Email, "maria@correo.com");
        self.type_in(Field::Phone, "300 123 4567");
        self.type_in(Field::Consent, "on");
    }

    pub fn type_in(&mut self, field: Field, text: &str) {
        self.handle(Input::Typed { field, text: text.into() });
    }

    pub fn press(&mut self, button: Button) {
        self.handle(Input::Pressed(button));
    }

    pub fn handle(&mut self, input: Input) {
        self.session.handle(input, self.now);
        self.drain();
    }

    /// Lets time pass, firing the timer whenever it is due; stops at the next request.
    pub fn advance(&mut self, millis: i64) {
        let end = self.now.monotonic + millis;
        loop {
            self.session.handle_timeout(self.now);
            self.drain();
            let due = self.session.poll_timeout(self.now).filter(|due| *due <= end);
            if !self.underway.is_empty() || due.is_none() {
                return self.move_to(end);
            }
            self.move_to(due.unwrap().max(self.now.monotonic + 1));
        }
    }

    /// Lets time pass and answers every request that nothing has changed.
    pub fn sleepless(&mut self, millis: i64) {
        let end = self.now.monotonic + millis;
        while self.now.monotonic < end {
            self.session.handle_timeout(self.now);
            self.drain();
            if !self.underway.is_empty() {
                self.end(Outcome::Answer(answer(304, Body::Empty)));
                continue;
            }
            let due = self.session.poll_timeout(self.now).unwrap_or(end).min(end);
            self.move_to(due.max(self.now.monotonic + 1));
        }
    }

    fn move_to(&mut self, monotonic: i64) {
        let passed = (monotonic - self.now.monotonic).max(0);
        self.now.monotonic += passed;
        self.now.wall += passed;
    }

    /// The request under way.
    pub fn call(&self) -> Option<Call> {
        self.underway.last().map(|(_, call)| call.clone())
    }

    pub fn n_underway(&self) -> usize {
        self.underway.len()
    }

    /// Answers the request under way with 200 and the server's present time.
    pub fn answer(&mut self, body: Body) {
        self.end(Outcome::Answer(answer(200, body)));
    }

    pub fn end(&mut self, outcome: Outcome) {
        let (id, _) = self.underway.pop().expect("a request under way");
        let outcome = match outcome {
            Outcome::Answer(answer) => {
                Outcome::Answer(Answer { server_time: Some(self.server_now()), ..answer })
            }
            other => other,
        };
        self.session.handle(Input::Ended { id, outcome }, self.now);
        self.drain();
    }

    /// Answers the request under way with a voucher, as a server does whose clock is ahead by so much.
    pub fn answer_ahead(&mut self, status: Status, millis: i64) {
        let mut told = voucher(status);
        told.server_time = self.server_now().plus_millis(millis);
        let server_time = Some(told.server_time);
        self.end_as_is(Answer { server_time, ..answer(200, Body::Voucher(std::rc::Rc::new(told))) });
    }

    /// Answers the request under way that nothing has changed, by a clock that is ahead by so much.
    pub fn unchanged_ahead(&mut self, millis: i64) {
        let server_time = Some(self.server_now().plus_millis(millis));
        self.end_as_is(Answer { server_time, ..answer(304, Body::Empty) });
    }

    fn end_as_is(&mut self, answer: Answer) {
        let (id, _) = self.underway.pop().expect("a request under way");
        self.session.handle(Input::Ended { id, outcome: Outcome::Answer(answer) }, self.now);
        self.drain();
    }

    /// The device sleeps: its wall clock goes on, its monotonic clock stands still.
    pub fn sleep(&mut self, millis: i64) {
        self.now.wall += millis;
    }

    /// What was last kept in the browser; nothing where it was thrown away.
    pub fn kept(&self) -> Option<Memory> {
        let last = self.actions.iter().rev().find(|a| matches!(a, Action::Remember(_) | Action::Forget));
        match last {
            Some(Action::Remember(memory)) => Some(memory.clone()),
            _ => None,
        }
    }

    /// The `Request-Id` of the last request.
    pub fn request_id(&self) -> String {
        let id = self.actions.iter().rev().find_map(|action| match action {
            Action::Call { request_id, .. } => Some(request_id.clone()),
            _ => None,
        });
        id.expect("a request")
    }

    /// How many requests were sent so far.
    pub fn n_requests(&self) -> usize {
        self.actions.iter().filter(|action| matches!(action, Action::Call { .. })).count()
    }

    /// Answers the request under way without saying what time it is.
    pub fn end_without_time(&mut self, status: u16) {
        let (id, _) = self.underway.pop().expect("a request under way");
        let outcome = Outcome::Answer(answer(status, Body::Empty));
        self.session.handle(Input::Ended { id, outcome }, self.now);
        self.drain();
    }

    pub fn server_now(&self) -> ServerInstant {
        ServerInstant::from_millis(START + self.now.monotonic - 5_000).unwrap()
    }

    pub fn view(&self) -> View {
        self.session.view(self.now)
    }

    pub fn form(&self) -> FormView {
        let Screen::Form(form) = self.view().screen else { panic!("expected the form") };
        *form
    }

    pub fn voucher_view(&self) -> VoucherView {
        let Screen::Voucher(voucher) = self.view().screen else { panic!("expected a voucher") };
        *voucher
    }

    pub fn phase(&self) -> Phase {
        self.voucher_view().phase
    }

    /// The status events: from, to, initial.
    pub fn statuses(&self) -> Vec<(Option<Status>, Status, bool)> {
        let of = |event: &Event| match event {
            Event::Status { from, voucher, initial } => {
                Some((from.clone(), voucher.status.clone(), *initial))
            }
            _ => None,
        };
        self.events.iter().filter_map(of).collect()
    }

    fn drain(&mut self) {
        while let Some(action) = self.session.poll_action() {
            match &action {
                Action::Call { id, call, .. } => self.underway.push((*id, call.clone())),
                Action::Abandon(id) => self.underway.retain(|(other, _)| other != id),
                // The only tab: the lead is free.
                Action::Compete(_) => self.session.handle(Input::Leads(true), self.now),
                _ => {}
            }
            self.actions.push(action);
        }
        while let Some(event) = self.session.poll_event() {
            self.events.push(event);
        }
    }
}

pub fn answer(status: u16, body: Body) -> Answer {
    Answer { status, server_time: None, etag: Some("\"1\"".into()), retry_after: None, trace_id: None, body }
}

pub fn order() -> Order {
    Order::from_json(
        r#"{ "version": 1, "orderId": "A-1042", "serverTime": "2026-11-23T14:05:00.000Z",
             "beneficiary": { "name": "Tienda Ejemplo SAS", "taxId": "900123456-8" },
             "amount": { "pesos": 52000, "exact": true },
             "consent": { "version": "2026-01", "text": { "es": "Autorizo el uso de mis datos para este pago." } } }"#,
    )
    .unwrap()
}

pub fn voucher(status: Status) -> Voucher {
    let mut voucher = Voucher::from_json(
        r#"{ "version": 1, "token": "tok_0123456789abcdef", "status": "pending", "serverTime": "2026-11-23T14:05:00.000Z",
             "orderId": "A-1042", "beneficiary": { "name": "Tienda Ejemplo SAS" },
             "networks": [ { "id": "efecty", "name": "Efecty", "agreement": { "code": "111992" },
                             "reference": { "value": "48772157429542" } } ],
             "amount": { "pesos": 52000, "exact": true }, "issuedAt": "2026-11-23T14:05:00Z",
             "expiresAt": "2026-11-30T14:05:00Z" }"#,
    )
    .unwrap();
    voucher.status = status;
    voucher
}
