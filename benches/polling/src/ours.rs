//! The widget's own machine, as it is.

use std::rc::Rc;

use efecty_checkout::calendar::{Deadline, ServerInstant};
use efecty_checkout::language::Language;
use efecty_checkout::payer::PayerInput;
use efecty_checkout::session::{
    Action, Answer, Body, Button, Call, CallId, Config, Input, Memory, Now, Outcome, Session, Start,
};
use efecty_checkout::voucher::{Status, Voucher};

use crate::model::State;
use crate::page::{Act, Page};
use crate::random::Random;

const VOUCHER: &str = r#"{
    "version": 1, "token": "tok_0123456789abcdef", "status": "pending", "serverTime": "2026-12-01T05:00:00.000Z",
    "beneficiary": { "name": "Tienda Ejemplo SAS" },
    "networks": [ { "id": "efecty", "name": "Efecty", "agreement": { "code": "111992" },
                    "reference": { "value": "48772157429542" } } ],
    "amount": { "pesos": 52000, "exact": true }, "expiresAt": "2026-12-08T04:59:59Z" }"#;

/// A page with the widget.
#[derive(Debug)]
pub struct OurPage {
    session: Option<Session>,
    memory: Option<Memory>,
    voucher: Voucher,
    underway: Option<(CallId, Option<String>)>,
    has_asked: bool,
    random: Random,
}

impl OurPage {
    pub fn new(expires: i64, random: Random) -> OurPage {
        let mut voucher = Voucher::from_json(VOUCHER).unwrap_or_else(|error| unreachable!("{error}"));
        voucher.expires_at = Some(Deadline::At(instant(expires)));
        OurPage { session: None, memory: None, voucher, underway: None, has_asked: false, random }
    }

    fn open(&mut self, now: i64) {
        let config = Config {
            start: Start::Voucher { token: self.voucher.token.clone() },
            language: Language::Es,
            memory: self.memory.clone(),
            payer: PayerInput::default(),
            seed: [self.random.next(), self.random.next()],
        };
        self.session = Some(Session::new(config, clock(now)));
        self.drain(now);
    }

    fn handle(&mut self, input: Input, now: i64) {
        if let Some(session) = &mut self.session {
            session.handle(input, clock(now));
            self.drain(now);
        }
    }

    fn drain(&mut self, now: i64) {
        let Some(session) = &mut self.session else { return };
        while let Some(action) = session.poll_action() {
            match action {
                Action::Call { id, call: Call::Voucher { etag, .. }, .. } => {
                    self.underway = Some((id, etag));
                    self.has_asked = true;
                }
                Action::Abandon(_) => self.underway = None,
                Action::Remember(memory) => self.memory = Some(memory),
                Action::Forget => self.memory = None,
                // The only tab: the lead is free.
                Action::Compete(_) => session.handle(Input::Leads(true), clock(now)),
                _ => {}
            }
        }
        while session.poll_event().is_some() {}
    }

    fn respond(&self, state: State, etag: Option<&str>, now: i64) -> Answer {
        let (status, tag) = match state {
            State::Pending => (Status::Pending, "1"),
            State::Expired => (Status::Expired, "2"),
            State::Paid => (Status::Paid, "3"),
        };
        let server_time = instant(now);
        let unchanged = Answer {
            status: 304,
            server_time: Some(server_time),
            etag: Some(tag.to_owned()),
            retry_after: None,
            trace_id: None,
            body: Body::Empty,
        };
        if etag == Some(tag) {
            return unchanged;
        }
        let voucher = Voucher { status, server_time, ..self.voucher.clone() };
        Answer { status: 200, body: Body::Voucher(Rc::new(voucher)), ..unchanged }
    }
}

impl Page for OurPage {
    fn act(&mut self, act: Act, now: i64) {
        match act {
            Act::Open => self.open(now),
            Act::Show => self.handle(Input::Returned, now),
            Act::Hide => self.handle(Input::Hidden, now),
            Act::Touch => self.handle(Input::Attention, now),
            Act::Claim => self.handle(Input::Pressed(Button::IHavePaid), now),
            Act::Close => (self.session, self.underway) = (None, None),
        }
    }

    fn due(&self, now: i64) -> Option<i64> {
        self.session.as_ref()?.poll_timeout(clock(now))
    }

    fn fire(&mut self, now: i64) {
        if let Some(session) = &mut self.session {
            session.handle_timeout(clock(now));
            self.drain(now);
        }
    }

    fn takes_off(&mut self) -> bool {
        std::mem::take(&mut self.has_asked)
    }

    fn answer(&mut self, state: State, now: i64) {
        if let Some((id, etag)) = self.underway.take() {
            let answer = self.respond(state, etag.as_deref(), now);
            self.handle(Input::Ended { id, outcome: Outcome::Answer(answer) }, now);
        }
    }

    fn says_paid(&self) -> bool {
        let voucher = self.session.as_ref().and_then(|session| session.voucher());
        voucher.is_some_and(|voucher| voucher.status == Status::Paid)
    }
}

fn clock(now: i64) -> Now {
    Now { monotonic: now, wall: now }
}

fn instant(millis: i64) -> ServerInstant {
    // The model stays within 2026 and 2027.
    ServerInstant::from_millis(millis).unwrap_or_else(|_| unreachable!())
}
