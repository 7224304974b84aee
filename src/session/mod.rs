//! The machine behind the element: form, creating, watching, settled.
//!
//! It does no input or output and has no clock: time, chance and answers are arguments. After every
//! call that changes it, drain [`Session::poll_action`] and [`Session::poll_event`], draw
//! [`Session::view`], and arm one timer for [`Session::poll_timeout`].

mod clock;
mod form;
mod memory;
mod port;
mod random;
mod schedule;
mod stream;
mod tabs;
mod watching;

pub use memory::Memory;
pub use port::{
    Action, Answer, Body, Button, Call, CallId, Copyable, Create, Device, Event, Focus, Input, Now, Outcome,
    Shares, Take, Trouble, TroubleCode,
};
pub use tabs::TabMessage;

use std::rc::Rc;

use crate::language::Language;
use crate::payer::PayerInput;
use crate::symbol;
use crate::view::{FailureView, FormView, Screen, Sending, View, take};
use crate::voucher::Voucher;
use crate::wire::{Consent, Expected, Order, Problem, WireError};

use clock::ServerClock;
use form::Form;
use random::Random;
use stream::Stream;
use tabs::{Due, Tabs};
use watching::{Here, Watching};

/// How long an answer may take, in milliseconds.
const TIMEOUT: u32 = 20_000;
/// Creating asks a gateway in turn, which may take long.
const CREATE_TIMEOUT: u32 = 60_000;
/// How often a creation whose answer got lost is sent again by itself; the key makes it safe.
const CREATE_RETRIES: u32 = 2;
/// Somebody who comes back does not wait for a question that is older than this by the device's clock.
const DEAD_MILLIS: i64 = 5_000;
/// A creation that is to wait longer than this is the shopper's to send again.
const MAX_CREATE_WAIT: i64 = 60_000;
/// From here on the screen says that it takes longer than usual.
const SLOW_MILLIS: i64 = 5_000;
/// How long "copied" is shown.
const COPIED_MILLIS: i64 = 3_000;

/// What a session starts from.
#[derive(Clone, Debug)]
pub struct Config {
    /// The order, or a voucher that exists.
    pub start: Start,
    /// The language of the texts.
    pub language: Language,
    /// What an earlier visit kept.
    pub memory: Option<Memory>,
    /// What the host page knows about the payer already.
    pub payer: PayerInput,
    /// 128 random bits.
    pub seed: [u64; 2],
}

/// Where a session begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// With the payer form of an order.
    Order {
        /// The order.
        order_id: String,
    },
    /// With a voucher: a return visit, a link in an e-mail.
    Voucher {
        /// Its token.
        token: String,
    },
}

impl Start {
    /// What to ask first: for the voucher with this token where there is one.
    fn call(&self, token: Option<&String>) -> Call {
        match (token, self) {
            (Some(token), _) | (None, Start::Voucher { token }) => {
                Call::Voucher { token: token.clone(), etag: None }
            }
            (None, Start::Order { order_id }) => Call::Order { order_id: order_id.clone() },
        }
    }
}

/// One shopper's way through one voucher.
#[derive(Clone, Debug)]
pub struct Session {
    start: Start,
    language: Language,
    prefill: PayerInput,
    random: Random,
    clock: ServerClock,
    stage: Stage,
    /// The idempotency key of this order's creation, until there is a voucher.
    key: Option<String>,
    /// The token of an expired voucher in whose place another is wanted.
    given_up: Option<String>,
    /// The token of a voucher that the order names and the backend does not find.
    missing: Option<String>,
    /// The one request under way: requests never overlap.
    call: Option<Underway>,
    next_id: CallId,
    is_ready: bool,
    /// Whether old memories were thrown away in this visit.
    is_swept: bool,
    visible: bool,
    device: Device,
    /// What was copied on this screen, whether the clipboard has it, and until when that is shown.
    copied: Option<(Copyable, bool, i64)>,
    /// The other way with every copy.
    echo: bool,
    load_failures: u32,
    tabs: Tabs,
    stream: Stream,
    actions: Vec<Action>,
    events: Vec<Event>,
}

#[derive(Clone, Debug)]
enum Stage {
    Loading {
        since: i64,
        token: Option<String>,
    },
    Form(Box<Form>, Option<Trouble>),
    Creating {
        form: Box<Form>,
        since: i64,
        retries: u32,
        again_at: Option<i64>,
        request: Box<Create>,
    },
    Watching(Box<Watching>),
    Failed {
        trouble: Trouble,
        token: Option<String>,
        again_at: Option<i64>,
        /// Before this the server does not want to be asked.
        earliest: i64,
    },
}

#[derive(Clone, Debug)]
struct Underway {
    id: CallId,
    sent: i64,
    sent_wall: i64,
    request_id: String,
    /// The voucher that is asked for, where it is one that exists.
    token: Option<String>,
    /// Whether the answer may be that nothing has changed.
    conditional: bool,
}

impl Session {
    /// Starts, from memory where there is one.
    pub fn new(config: Config, now: Now) -> Session {
        let mut session = Session {
            start: config.start,
            language: config.language,
            prefill: config.payer,
            random: Random::new(config.seed),
            clock: ServerClock::default(),
            stage: Stage::Loading { since: now.monotonic, token: None },
            key: None,
            given_up: None,
            missing: None,
            call: None,
            next_id: 1,
            is_ready: false,
            is_swept: false,
            visible: true,
            device: Device::default(),
            copied: None,
            echo: false,
            load_failures: 0,
            tabs: Tabs::default(),
            stream: Stream::default(),
            actions: Vec::new(),
            events: Vec::new(),
        };
        session.begin(config.memory.unwrap_or_default(), now);
        session
    }

    /// Takes in something that happened.
    pub fn handle(&mut self, input: Input, now: Now) {
        match input {
            Input::Ended { id, outcome } => {
                self.ended(id, outcome, now);
                self.sweep(now);
            }
            Input::Typed { field, text } => self.edit(|form| form.typed(field, text)),
            Input::Left(field) => self.edit(|form| form.left(field)),
            Input::Pressed(button) => self.pressed(button, now),
            Input::Copied { what, done } => {
                self.copied = Some((what, done, now.monotonic + COPIED_MILLIS));
                self.echo = !self.echo;
            }
            Input::Took { how, done } => {
                if let Stage::Watching(watching) = &mut self.stage {
                    watching.took(how, done);
                }
            }
            Input::Returned => self.returned(now),
            Input::Hidden => {
                self.visible = false;
                if let Stage::Watching(watching) = &mut self.stage {
                    watching.hidden();
                }
            }
            Input::Attention => {
                let here = self.here(now);
                if let Stage::Watching(watching) = &mut self.stage {
                    watching.attended(here, &mut self.random);
                }
            }
            Input::Refresh => self.refresh(now),
            Input::Device(device) => self.device = device,
            Input::Leads(leads) => {
                self.tabs.lead(leads, now.monotonic);
                self.reschedule(now);
            }
            Input::Told(message) => self.told(message, now),
            Input::StreamFailed => {
                self.stream.failed(now.monotonic, &mut self.random);
                self.reschedule(now);
            }
            Input::Streamed(body) => self.streamed(body, now),
        }
        self.handle_timeout(now);
    }

    /// Does what is due by now; harmless when nothing is.
    pub fn handle_timeout(&mut self, now: Now) {
        self.coordinate(now);
        self.copied = self.copied.filter(|(_, _, until)| *until > now.monotonic);
        let here = self.here(now);
        match &mut self.stage {
            Stage::Creating { again_at, .. } if again_at.is_some_and(|at| at <= now.monotonic) => {
                *again_at = None;
                self.send_create(now);
            }
            Stage::Watching(watching) => {
                watching.tick(here, &mut self.random);
                if self.call.is_none() && watching.is_due(now) {
                    let (token, etag) = (watching.voucher.token.clone(), watching.etag.clone());
                    self.ask(Call::Voucher { token, etag }, TIMEOUT, now);
                }
            }
            Stage::Failed { token, again_at, .. }
                if self.visible && again_at.is_some_and(|at| at <= now.monotonic) =>
            {
                // The failure stays on screen until there is something better.
                *again_at = None;
                let call = self.start.call(token.as_ref());
                self.ask(call, TIMEOUT, now);
            }
            _ => {}
        }
    }

    /// When [`Session::handle_timeout`] is due next, by the monotonic clock in milliseconds.
    pub fn poll_timeout(&self, now: Now) -> Option<i64> {
        let slow = |since: i64| Some(since + SLOW_MILLIS).filter(|at| *at > now.monotonic);
        let due = match &self.stage {
            Stage::Loading { since, .. } => slow(*since),
            Stage::Creating { since, again_at, .. } => earliest(slow(*since), *again_at),
            Stage::Watching(watching) => {
                let poll = if self.call.is_none() { watching.poll_at() } else { None };
                let tabs = earliest(self.tabs.next_due(), self.stream.next_try(now.monotonic));
                earliest(earliest(poll, tabs), watching.next_tick(self.here(now)))
            }
            Stage::Failed { again_at, .. } if self.visible => *again_at,
            Stage::Form(..) | Stage::Failed { .. } => None,
        };
        earliest(due, self.copied.map(|(_, _, until)| until))
    }

    /// The next thing to do.
    pub fn poll_action(&mut self) -> Option<Action> {
        // A handful at most: no queue is worth its code.
        if self.actions.is_empty() { None } else { Some(self.actions.remove(0)) }
    }

    /// The next thing to tell the host page.
    pub fn poll_event(&mut self) -> Option<Event> {
        if self.events.is_empty() { None } else { Some(self.events.remove(0)) }
    }

    /// What is on screen.
    pub fn view(&self, now: Now) -> View {
        let screen = match &self.stage {
            Stage::Loading { since, .. } => Screen::Loading { stalled: now.monotonic >= since + SLOW_MILLIS },
            Stage::Form(form, trouble) => {
                Screen::Form(Box::new(form_view(form, None, trouble.clone(), self.lately_copied())))
            }
            Stage::Creating { form, since, retries, .. } => {
                let slow = *retries > 0 || now.monotonic >= since + SLOW_MILLIS;
                Screen::Form(Box::new(form_view(form, Some(Sending { slow }), None, None)))
            }
            Stage::Watching(watching) => {
                let can_start_over = matches!(self.start, Start::Order { .. });
                Screen::Voucher(Box::new(watching.view(self.here(now), self.device, can_start_over)))
            }
            Stage::Failed { trouble, .. } => {
                Screen::Failure(FailureView { trouble: trouble.clone(), copied: self.lately_copied() })
            }
        };
        View { language: self.language, screen, echo: self.echo }
    }

    /// The voucher, where there is one.
    pub fn voucher(&self) -> Option<&Rc<Voucher>> {
        match &self.stage {
            Stage::Watching(watching) => Some(&watching.voucher),
            _ => None,
        }
    }

    /// Changes the language of the texts.
    pub fn set_language(&mut self, language: Language) {
        self.language = language;
    }

    fn here(&self, now: Now) -> Here {
        Here {
            now,
            server: self.clock.at(now),
            lost: self.clock.is_lost(now),
            sure: self.clock.is_confirmed(),
            visible: self.visible,
            following: self.tabs.is_following(),
            streaming: self.stream.is_open(),
            copied: self.lately_copied(),
        }
    }

    fn lately_copied(&self) -> Option<(Copyable, bool)> {
        self.copied.map(|(what, done, _)| (what, done))
    }

    /// Keeps this tab's part among the tabs, and its stream, as the voucher and the page want it.
    fn coordinate(&mut self, now: Now) {
        let here = self.here(now);
        let watching = match &self.stage {
            Stage::Watching(watching) if self.visible && watching.is_watched(here) => Some(watching),
            _ => None,
        };
        let token = watching.map(|watching| watching.voucher.token.clone());
        let events = watching.and_then(|watching| watching.voucher.links.events.clone());
        if self.tabs.token() != token.as_ref() {
            if self.tabs.token().is_some() {
                self.tabs.leave();
                self.actions.push(Action::Withdraw);
            }
            if let Some(token) = token {
                self.tabs.join(token.clone(), now.monotonic);
                self.actions.push(Action::Compete(token));
            }
        }
        self.keep_contact(now);
        let wanted = events.filter(|_| self.tabs.is_leading());
        if self.stream.link() != wanted.as_ref() {
            if self.stream.link().is_some() {
                self.stream.close();
                self.actions.push(Action::StopListening);
            }
            if let Some(link) = wanted.filter(|_| self.stream.may_open(now.monotonic)) {
                self.stream.open(link.clone());
                self.actions.push(Action::Listen(link));
            }
        }
    }

    fn keep_contact(&mut self, now: Now) {
        let looking = matches!(&self.stage, Stage::Watching(watching) if watching.is_looking(now));
        if looking {
            self.tabs.looked_at(now.monotonic);
        }
        match (self.tabs.due(now.monotonic), self.tabs.token().cloned()) {
            (Some(Due::Ping), _) => self.actions.push(Action::Tell(TabMessage::Ping { looking })),
            (Some(Due::Seize), Some(token)) => self.actions.push(Action::Seize(token)),
            _ => {}
        }
    }

    fn reschedule(&mut self, now: Now) {
        let here = self.here(now);
        if let Stage::Watching(watching) = &mut self.stage {
            watching.reschedule(here, &mut self.random);
        }
    }

    fn told(&mut self, message: TabMessage, now: Now) {
        let here = self.here(now);
        let Stage::Watching(watching) = &mut self.stage else { return };
        match message {
            TabMessage::Ping { looking } if self.tabs.is_leading() => {
                if looking {
                    watching.attended(here, &mut self.random);
                }
                self.actions.extend(watching.pong(now).map(Action::Tell));
            }
            TabMessage::Pong { digest, age } if self.tabs.is_following() => {
                self.tabs.heard(now.monotonic, &mut self.random);
                watching.heard(digest, age, now);
            }
            TabMessage::Ping { .. } | TabMessage::Pong { .. } => {}
        }
    }

    /// The stream brings whole vouchers; anything else means that it cannot be relied on.
    fn streamed(&mut self, body: Body, now: Now) {
        match body {
            Body::Voucher(voucher) => {
                let answer = Answer {
                    status: 200,
                    server_time: None,
                    etag: None,
                    retry_after: None,
                    trace_id: None,
                    body: Body::Empty,
                };
                self.stream.opened();
                self.take_over(voucher, answer, now);
                self.reschedule(now);
            }
            _ => {
                self.stream.failed(now.monotonic, &mut self.random);
                self.actions.push(Action::StopListening);
                self.reschedule(now);
            }
        }
    }

    fn begin(&mut self, memory: Memory, now: Now) {
        self.key = memory.key;
        let wanted = match &self.start {
            Start::Voucher { token } => Some(token.clone()),
            Start::Order { .. } => memory.token,
        };
        match (memory.voucher, wanted) {
            (Some(voucher), Some(token)) if voucher.token == token => {
                self.stage = Stage::Watching(Box::new(Watching::remembered(voucher, memory.claimed, now)));
                self.ready();
                self.handle_timeout(now);
            }
            (_, token) => self.load(token, now),
        }
    }

    /// Asks for the voucher with this token, else for the order.
    fn load(&mut self, token: Option<String>, now: Now) {
        let call = self.start.call(token.as_ref());
        self.enter(Stage::Loading { since: now.monotonic, token });
        self.ask(call, TIMEOUT, now);
    }

    fn ask(&mut self, call: Call, timeout: u32, now: Now) {
        if let Some(old) = self.call.take() {
            self.actions.push(Action::Abandon(old.id));
        }
        let id = self.next_id;
        self.next_id += 1;
        let (token, conditional) = match &call {
            Call::Voucher { token, etag } => (Some(token.clone()), etag.is_some()),
            _ => (None, false),
        };
        let request_id = self.random.name();
        self.actions.push(Action::Call { id, call, request_id: request_id.clone(), timeout });
        self.call =
            Some(Underway { id, sent: now.monotonic, sent_wall: now.wall, request_id, token, conditional });
    }

    fn edit(&mut self, change: impl FnOnce(&mut Form)) {
        if let Stage::Form(form, _) = &mut self.stage {
            change(form);
        }
    }

    fn pressed(&mut self, button: Button, now: Now) {
        let here = self.here(now);
        match (button, &mut self.stage) {
            (Button::Submit, Stage::Form(..)) => self.submit(now),
            (Button::TakeSuggestion, Stage::Form(form, _)) => form.take_suggestion(),
            (Button::Retry, Stage::Failed { token, .. }) => {
                let token = token.take();
                self.load(token, now);
            }
            (Button::Renew, Stage::Watching(watching)) if watching.is_over() && !watching.renewing => {
                match watching.voucher.links.renew.clone() {
                    Some(link) => self.renew(link, now),
                    None if matches!(self.start, Start::Order { .. }) => {
                        // It may have been paid meanwhile.
                        (watching.renewing, watching.starts_over) = (true, true);
                        watching.ask_now(now);
                    }
                    None => {}
                }
            }
            (Button::OpenNew, Stage::Watching(watching)) => {
                if let Some(token) = watching.voucher.superseded_by.clone() {
                    self.load(Some(token), now);
                }
            }
            (Button::Copy(what), Stage::Watching(watching)) => {
                let message = || take::message(&watching.view(here, self.device, false), self.language);
                let text = match what {
                    Copyable::Message => Some(message()),
                    what => watching.copy_text(what),
                };
                if let Some(text) = text {
                    self.actions.push(Action::Copy { what, text });
                }
            }
            (
                Button::Copy(what @ Copyable::Support),
                Stage::Failed { trouble, .. } | Stage::Form(_, Some(trouble)),
            ) => {
                self.actions.push(Action::Copy { what, text: trouble.support(" · ") });
            }
            (Button::Take(how), Stage::Watching(watching)) => {
                self.actions.extend(watching.take(how, self.device, here));
            }
            (button, Stage::Watching(watching)) => {
                watching.pressed(button, now);
                if matches!(button, Button::IHavePaid | Button::NotPaid) {
                    let is_over = watching.is_grace_over(here);
                    self.keep(is_over);
                    self.actions.push(Action::Focus(Focus::Heading));
                }
            }
            _ => {}
        }
    }

    fn renew(&mut self, link: String, now: Now) {
        let Stage::Watching(watching) = &mut self.stage else { return };
        watching.renewing = true;
        // Kept before the request goes out, and the same until a new voucher is there.
        let key = self.key.get_or_insert_with(|| self.random.name()).clone();
        self.keep(false);
        self.ask(Call::Renew { link, key }, CREATE_TIMEOUT, now);
    }

    /// Begins the order anew, where the server has just said once more that this voucher is over.
    fn start_over(&mut self, now: Now) {
        let Stage::Watching(watching) = &self.stage else { return };
        if watching.is_over() {
            self.given_up = Some(watching.voucher.token.clone());
            self.key = None;
            self.actions.push(Action::Forget);
            self.load(None, now);
        }
    }

    fn submit(&mut self, now: Now) {
        let Stage::Form(form, trouble) = &mut self.stage else { return };
        *trouble = None;
        let payer = match form.submit() {
            Ok(payer) => payer,
            Err(errors) => {
                if let Some(first) = errors.first() {
                    self.actions.push(Action::Focus(Focus::Field(first.field)));
                }
                self.events.push(Event::Invalid(errors));
                return;
            }
        };
        let Start::Order { order_id } = &self.start else { return };
        // Kept before the request goes out: a reload in between finds the same voucher.
        let key = self.key.get_or_insert_with(|| self.random.name()).clone();
        let accepted_at = self.clock.at(now).unwrap_or(form.order.server_time);
        self.actions.push(Action::Remember(Memory::of_key(key.clone(), accepted_at)));
        let consent =
            form.order.consent.as_ref().map(|terms| Consent { version: terms.version.clone(), accepted_at });
        let request = Box::new(Create { order_id: order_id.clone(), payer, consent, key });
        let form = form.clone();
        self.enter(Stage::Creating { form, since: now.monotonic, retries: 0, again_at: None, request });
        self.send_create(now);
    }

    fn send_create(&mut self, now: Now) {
        let Stage::Creating { request, .. } = &self.stage else { return };
        self.ask(Call::Create(request.clone()), CREATE_TIMEOUT, now);
    }

    fn returned(&mut self, now: Now) {
        self.visible = true;
        let here = self.here(now);
        // A question that was under way when the device fell asleep is dead.
        let dead = |call: &mut Underway| now.wall - call.sent_wall >= DEAD_MILLIS;
        match &mut self.stage {
            Stage::Watching(watching) => {
                let dead = self.call.take_if(|call| call.token.is_some() && dead(call));
                self.actions.extend(dead.map(|call| Action::Abandon(call.id)));
                watching.returned(here, &mut self.random);
            }
            Stage::Loading { token, .. } if self.call.as_mut().is_some_and(dead) => {
                let token = token.take();
                self.load(token, now);
            }
            Stage::Failed { trouble, token, earliest, .. }
                if trouble.code.may_pass() && *earliest <= now.monotonic =>
            {
                let token = token.take();
                self.load(token, now);
            }
            _ => {}
        }
    }

    fn refresh(&mut self, now: Now) {
        match &mut self.stage {
            Stage::Watching(watching) => watching.ask_now(now),
            Stage::Failed { token, earliest, .. } if *earliest <= now.monotonic => {
                let token = token.take();
                self.load(token, now);
            }
            _ => {}
        }
    }

    fn ended(&mut self, id: CallId, outcome: Outcome, now: Now) {
        // An answer to a request that was given up says nothing any more.
        let Some(call) = self.call.take_if(|call| call.id == id) else { return };
        let starts_over = match &mut self.stage {
            Stage::Watching(watching) => {
                watching.renewing = false;
                std::mem::take(&mut watching.starts_over)
            }
            _ => false,
        };
        let answer = match outcome {
            Outcome::Answer(answer) => answer,
            Outcome::NoAnswer => return self.failed(TroubleCode::Network, call, None, now),
            Outcome::TimedOut => return self.failed(TroubleCode::Timeout, call, None, now),
        };
        if let Some(server) = answer.server_time {
            self.clock.anchor(server, call.sent, now);
        }
        let here = self.here(now);
        match (answer.status, &answer.body) {
            (200..=299, Body::Order(order)) => {
                let order = order.clone();
                self.received_order(order, call, now);
            }
            (200..=299, Body::Voucher(voucher)) => {
                let voucher = voucher.clone();
                self.received_voucher(voucher, answer, call, now);
            }
            (304, _) if call.conditional => {
                if let Stage::Watching(watching) = &mut self.stage {
                    // What a stream has brought since then is another state than the one that was asked about.
                    match watching.etag {
                        Some(_) => watching.confirmed(answer.retry_after, here, &mut self.random),
                        None => watching.ask_now(now),
                    }
                }
            }
            (_, Body::NotJson) if answer.status < 400 => {
                return self.failed(TroubleCode::NotJson, call, Some(answer), now);
            }
            (status, _) => return self.failed(trouble_code(status), call, Some(answer), now),
        }
        if starts_over {
            self.start_over(now);
        }
    }

    fn received_order(&mut self, order: Rc<Order>, call: Underway, now: Now) {
        if self.is_of_another_order(Some(&order.order_id)) {
            return self.mixed_up("orderId", call, None, now);
        }
        self.clock.anchor(order.server_time, call.sent, now);
        // The voucher that has just been given up does not come back.
        if let Some(token) = order.voucher.clone().filter(|token| self.given_up.as_ref() != Some(token)) {
            if self.missing.take_if(|missing| *missing == token).is_some() {
                // Asked at once they would send each other round in circles.
                let trouble = trouble(TroubleCode::Backend, &call, None);
                self.load_failed(&trouble, None, None, now);
                return self.events.push(Event::Error(trouble));
            }
            return self.load(Some(token), now);
        }
        self.stage = Stage::Form(Box::new(Form::new(order, self.prefill.clone())), None);
        self.ready();
    }

    fn received_voucher(&mut self, voucher: Rc<Voucher>, answer: Answer, call: Underway, now: Now) {
        self.clock.anchor(answer.server_time.unwrap_or(voucher.server_time), call.sent, now);
        let here = self.here(now);
        let created = matches!(self.stage, Stage::Creating { .. });
        if self.voucher().is_some_and(|shown| shown.token == voucher.token) {
            return self.take_over(voucher, answer, now);
        }
        if call.token.as_ref().is_some_and(|asked| *asked != voucher.token) {
            return self.mixed_up("token", call, answer.retry_after, now);
        }
        if self.is_of_another_order(voucher.order_id.as_ref()) {
            return self.mixed_up("orderId", call, answer.retry_after, now);
        }
        // A voucher that was not here before: created, found, or in place of another.
        let renewed = matches!(self.stage, Stage::Watching(_));
        self.key = None;
        let found = voucher.clone();
        let watching = Watching::verified(voucher, answer, here, &mut self.random);
        let is_over = watching.is_grace_over(here);
        self.enter(Stage::Watching(Box::new(watching)));
        self.keep(is_over);
        self.events.push(Event::Voucher(found.clone()));
        self.events.extend(undrawable(&found, &call).map(Event::Error));
        self.events.push(Event::Status { from: None, voucher: found, initial: !created && !renewed });
        self.ready();
        if created || renewed {
            self.actions.push(Action::Focus(Focus::Heading));
        }
    }

    fn is_of_another_order(&self, named: Option<&String>) -> bool {
        matches!((&self.start, named), (Start::Order { order_id }, Some(named)) if named != order_id)
    }

    /// The answer is to another question: some cache or the backend has mixed them up.
    fn mixed_up(&mut self, path: &str, call: Underway, retry_after: Option<i64>, now: Now) {
        let body = Body::Invalid(WireError { expected: Expected::Asked, path: path.to_owned() });
        let answer = Answer { status: 200, server_time: None, etag: None, retry_after, trace_id: None, body };
        self.failed(TroubleCode::InvalidAnswer, call, Some(answer), now);
    }

    fn failed(&mut self, code: TroubleCode, call: Underway, answer: Option<Answer>, now: Now) {
        let trouble = trouble(code, &call, answer.as_ref());
        let here = self.here(now);
        let asked = answer.as_ref().and_then(|answer| answer.retry_after).unwrap_or(0);
        // A firewall or a session that is over says nothing about the voucher.
        let is_gone = call.token.is_some() && matches!(trouble.http_status, Some(404 | 410));
        let was_seen = matches!(&self.stage, Stage::Watching(watching) if watching.is_verified());
        if is_gone && !was_seen && matches!(self.start, Start::Order { .. }) {
            // The backend does not know what an earlier visit kept, or the order names: it is asked anew.
            self.missing = call.token;
            self.actions.push(Action::Forget);
            return self.load(None, now);
        }
        match &mut self.stage {
            Stage::Creating { retries, again_at, .. }
                if code.may_be_lost() && *retries < CREATE_RETRIES && asked <= MAX_CREATE_WAIT =>
            {
                *retries += 1;
                let wait = 1_000 + schedule::backoff(*retries, &mut self.random);
                *again_at = Some(now.monotonic + wait.max(asked));
                return;
            }
            Stage::Creating { form, .. } => {
                let mut form = form.clone();
                if let Some(Answer { body: Body::Problem(problem), .. }) = &answer {
                    form.refuse(problem);
                }
                let drawn = form.errors().into_iter().find(|error| form.has_control(error.field));
                let focus = drawn.map_or(Focus::Submit, |error| Focus::Field(error.field));
                self.actions.push(Action::Focus(focus));
                self.enter(Stage::Form(form, Some(trouble.clone())));
            }
            Stage::Watching(watching) if is_gone && !was_seen => {
                // What an earlier visit kept is not the server's: it must not stay on screen.
                self.actions.push(Action::Forget);
                let token = Some(watching.voucher.token.clone());
                self.load_failed(&trouble, token, answer, now);
            }
            Stage::Watching(watching) => {
                let retry_after = answer.and_then(|a| a.retry_after);
                if !watching.failed(trouble.clone(), retry_after, here, &mut self.random) {
                    return;
                }
            }
            Stage::Loading { token, .. } => {
                let token = token.take();
                self.load_failed(&trouble, token, answer, now);
            }
            Stage::Failed { token, trouble: before, .. } => {
                let (token, again) = (token.take(), before.code == code);
                self.load_failed(&trouble, token, answer, now);
                if again {
                    return;
                }
            }
            Stage::Form(..) => {}
        }
        self.events.push(Event::Error(trouble));
    }

    /// Takes over what the server says about the voucher on screen.
    fn take_over(&mut self, voucher: Rc<Voucher>, answer: Answer, now: Now) {
        let here = self.here(now);
        let Stage::Watching(watching) = &mut self.stage else { return };
        if watching.voucher.token != voucher.token {
            return;
        }
        let before = watching.voucher.status.clone();
        let first = !watching.is_verified();
        if !watching.update(voucher, answer, here, &mut self.random) {
            return;
        }
        let voucher = watching.voucher.clone();
        let is_over = watching.is_grace_over(here);
        self.keep(is_over);
        if first || voucher.status != before {
            let from = (!first).then_some(before);
            self.events.push(Event::Status { from, voucher, initial: first });
            if self.tabs.is_leading()
                && let Stage::Watching(watching) = &self.stage
            {
                self.actions.extend(watching.pong(now).map(Action::Tell));
            }
        }
    }

    /// Remembers what is shown, until grace is over.
    fn keep(&mut self, is_over: bool) {
        let Stage::Watching(watching) = &self.stage else { return };
        let memory =
            Memory { key: self.key.clone(), claimed: watching.is_claimed(), ..Memory::of(&watching.voucher) };
        self.actions.push(if is_over { Action::Forget } else { Action::Remember(memory) });
    }

    /// Throws old memories away, once it is known what time it is.
    fn sweep(&mut self, now: Now) {
        let server = self.clock.witnessed(now).filter(|_| !self.is_swept);
        if let Some(server) = server {
            self.is_swept = true;
            self.actions.push(Action::Sweep(server));
        }
    }

    fn load_failed(&mut self, trouble: &Trouble, token: Option<String>, answer: Option<Answer>, now: Now) {
        self.load_failures = self.load_failures.saturating_add(1);
        let asked = answer.as_ref().and_then(|a| a.retry_after).unwrap_or(0);
        let wait = schedule::reload_delay(self.load_failures, &mut self.random).max(asked);
        // A page in place of a problem comes from something in between, which lets the next one through.
        let is_foreign = answer.is_some_and(|answer| answer.body == Body::NotJson);
        let may_pass = is_foreign || trouble.code.may_pass();
        let again_at = may_pass.then_some(now.monotonic + wait);
        let earliest = now.monotonic + asked;
        self.enter(Stage::Failed { trouble: trouble.clone(), token, again_at, earliest });
    }

    /// Another screen: what was copied on the one before says nothing of this one.
    #[inline(never)]
    fn enter(&mut self, stage: Stage) {
        self.stage = stage;
        self.copied = None;
    }

    fn ready(&mut self) {
        self.load_failures = 0;
        if !self.is_ready {
            self.is_ready = true;
            self.events.insert(0, Event::Ready);
        }
    }
}

#[inline(never)]
fn form_view(
    form: &Form,
    sending: Option<Sending>,
    trouble: Option<Trouble>,
    copied: Option<(Copyable, bool)>,
) -> FormView {
    FormView {
        order: form.order.clone(),
        input: form.input.clone(),
        consent: form.consent,
        errors: form.errors(),
        suggestion: form.suggestion(),
        sent_as: form.sent_as(),
        sending,
        trouble,
        copied,
    }
}

fn trouble_code(http_status: u16) -> TroubleCode {
    match http_status {
        200..=399 => TroubleCode::InvalidAnswer,
        401 | 403 | 404 | 410 => TroubleCode::NotFound,
        408 | 425 | 429 | 500.. => TroubleCode::Backend,
        _ => TroubleCode::Refused,
    }
}

fn trouble(code: TroubleCode, call: &Underway, answer: Option<&Answer>) -> Trouble {
    let body = answer.map(|answer| &answer.body);
    let trace_id = match body {
        Some(Body::Problem(Problem { trace_id: Some(id), .. })) => Some(id.clone()),
        _ => answer.and_then(|answer| answer.trace_id.clone()),
    };
    let detail = match body {
        Some(Body::Invalid(error)) => Some(error.to_text()),
        Some(Body::Empty) if code == TroubleCode::InvalidAnswer => {
            Some(WireError { expected: Expected::Json, path: String::new() }.to_text())
        }
        // A title may be anything, a person's name included; a code is a code.
        Some(Body::Problem(problem)) => problem.code.clone().filter(|code| is_code(code)),
        _ => None,
    };
    let http_status = answer.map(|answer| answer.status);
    Trouble { code, request_id: Some(call.request_id.clone()), trace_id, http_status, detail }
}

/// What is wrong with a barcode that cannot be drawn; the voucher shows without it.
fn undrawable(voucher: &Voucher, call: &Underway) -> Option<Trouble> {
    let barcode = voucher.barcode.as_ref()?;
    let error = symbol::barcode(&barcode.symbology, &barcode.content).err()?;
    let detail = Some([&error.to_text(), " at barcode.content"].concat());
    Some(Trouble { detail, ..trouble(TroubleCode::InvalidAnswer, call, None) })
}

fn is_code(text: &str) -> bool {
    text.len() <= 64
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
}

fn earliest(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
