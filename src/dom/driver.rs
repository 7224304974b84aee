//! Runs one session in one element: takes in what happened, does what the session asks, draws.
//!
//! Drawing, moving the focus, sending and aborting a request all run functions of the host page,
//! at once, within the call. Therefore no borrow is held across any of them, and whatever comes in
//! meanwhile only waits in the inbox.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, ShadowRoot, Window};

use crate::payer::Field;
use crate::session::{Action, Config, Device, Event, Focus, Input, Now, Session, Take, Trouble, TroubleCode};
use crate::view::{self, Screen, View};
use crate::voucher::Voucher;

use super::clipboard::Clipboard;
use super::draw::Canvas;
use super::errands::Errands;
use super::listen::{Listener, listen};
use super::notice::{self, Notice};
use super::settings::Settings;
use super::shell::Shell;
use super::{contact, platform, storage, take};

/// Keys and touches closer together than this, in milliseconds, tell nothing new.
const ATTENTION_MILLIS: f64 = 1_000.0;
/// The longest that the timer sleeps, in milliseconds; a browser's timer overflows at 2^31.
const MAX_SLEEP: i64 = 3_600_000;
/// How often what was done may lead to more to do, before the browser gets its turn.
const MAX_ROUNDS: usize = 16;

/// One element's session and all that it does to the browser. Dropping it stops all of it.
pub struct Driver {
    window: Window,
    document: Document,
    root: ShadowRoot,
    shell: Shell,
    canvas: Canvas,
    clipboard: Clipboard,
    /// Settings that are still to be taken over.
    wanted: Cell<Option<JsValue>>,
    settings: RefCell<Option<Rc<Settings>>>,
    session: RefCell<Option<Session>>,
    /// What is still to be told about the settings themselves.
    complaint: Cell<Option<String>>,
    inbox: RefCell<VecDeque<Notice>>,
    errands: Errands,
    told: RefCell<Option<Rc<Voucher>>>,
    device: Cell<Device>,
    attended_at: Cell<f64>,
    /// Whether a pointer went down and what it does is still to come.
    pressing: Cell<bool>,
    /// A field that was left by that.
    left: Cell<Option<Field>>,
    listeners: RefCell<Vec<Listener>>,
    timer: Cell<Option<Timeout>>,
    advancing: Cell<bool>,
    drawing: Cell<bool>,
}

/// What one advance has to tell the shell.
pub struct News {
    /// What happened, in order.
    pub events: Vec<Event>,
    /// The screen: `loading`, `form`, `creating`, `voucher` or `failure`.
    pub state: &'static str,
    /// The voucher, where it is another than last told.
    pub voucher: Option<Option<Rc<Voucher>>>,
}

impl Driver {
    /// Starts listening; nothing is shown before settings come. `None` where `root` is in no window.
    pub fn new(root: ShadowRoot, shell: Shell) -> Option<Driver> {
        let document = root.owner_document()?;
        let window = document.default_view()?;
        let listeners = listen(&window, &document, &root, &shell.listener());
        Some(Driver {
            canvas: Canvas::new(document.clone(), root.clone()),
            clipboard: Clipboard { window: window.clone(), document: document.clone(), root: root.clone() },
            window,
            document,
            root,
            shell,
            wanted: Cell::new(None),
            settings: RefCell::new(None),
            session: RefCell::new(None),
            complaint: Cell::new(None),
            inbox: RefCell::new(VecDeque::new()),
            errands: Errands::default(),
            told: RefCell::new(None),
            device: Cell::new(Device::default()),
            attended_at: Cell::new(f64::NEG_INFINITY),
            pressing: Cell::new(false),
            left: Cell::new(None),
            listeners: RefCell::new(listeners),
            timer: Cell::new(None),
            advancing: Cell::new(false),
            drawing: Cell::new(false),
        })
    }

    /// Takes over other settings at the next advance.
    pub fn configure(&self, settings: JsValue) {
        self.wanted.set(Some(settings));
        self.shell.wake();
    }

    /// Notes an event of the browser.
    pub fn heard(&self, event: &web_sys::Event) {
        let kind = event.type_();
        let left = if kind == "focusout" { None } else { self.left.take() };
        match notice::input(&kind, event, &self.document) {
            // A field that loses the focus because it is taken away was not left by anybody.
            Some(Input::Left(_)) if self.drawing.get() => {}
            // What shows when a field is left may move what is being clicked: the click comes first.
            Some(Input::Left(field)) if self.pressing.get() => self.left.set(Some(field)),
            Some(Input::Attention) if !self.is_news(event.time_stamp()) => {}
            Some(input) => self.note(Notice::Input(input)),
            None => {}
        }
        self.pressing.set(match kind.as_str() {
            "pointerdown" => true,
            "focusout" | "input" | "change" => self.pressing.get(),
            _ => false,
        });
        if let Some(field) = left {
            self.note(Notice::Input(Input::Left(field)));
        }
    }

    /// Whether somebody was not there just before.
    fn is_news(&self, at: f64) -> bool {
        let is_news = at - self.attended_at.get() >= ATTENTION_MILLIS;
        if is_news {
            self.attended_at.set(at);
        }
        is_news
    }

    /// Notes what a followed promise gave, unless it was rejected.
    pub fn settled(&self, ticket: u32, value: Option<JsValue>) {
        self.note(Notice::Settled { ticket, value });
    }

    /// Notes what another tab or the stream of events said.
    pub fn contacted(&self, what: String, text: String) {
        self.note(Notice::Contact { what, text });
    }

    /// Asks the backend for news.
    pub fn refresh(&self) {
        self.note(Notice::Input(Input::Refresh));
    }

    /// Takes in all that waits, acts, draws, and tells what happened. Within itself it does nothing:
    /// what came in meanwhile has asked for another advance already.
    pub fn advance(&self) -> Option<News> {
        if self.advancing.replace(true) {
            return None;
        }
        if let Some(settings) = self.wanted.take() {
            self.take_over(&settings);
        }
        if let Some(settings) = self.settings() {
            settings.strings.speak();
        }
        let focus = self.catch_up();
        let now = platform::now(&self.window);
        let view = self.session.borrow().as_ref().map(|session| session.view(now));
        let state = state(view.as_ref());
        self.show(view, focus);
        self.arm(platform::now(&self.window));
        let news = News { events: self.events(), state, voucher: self.changed_voucher() };
        self.advancing.set(false);
        Some(news)
    }

    /// Lets go of listeners, timer and requests. The element shows what it showed.
    pub fn stop(&self) {
        let held = (self.listeners.take(), self.timer.take());
        drop(held);
        self.errands.abandon_all();
    }

    fn note(&self, notice: Notice) {
        self.inbox.borrow_mut().push_back(notice);
        self.shell.wake();
    }

    fn take_over(&self, settings: &JsValue) {
        let base = self.document.base_uri().ok().flatten().unwrap_or_default();
        let settings = match Settings::read(settings, &base) {
            Ok(settings) => Rc::new(settings),
            Err(complaint) => {
                self.end_session();
                self.complaint.set(Some(complaint));
                return;
            }
        };
        let before = self.settings().map(|before| (settings.continues(&before), before.strings.wrong));
        let (goes_on, wrong) = before.unwrap_or_default();
        if settings.strings.wrong != wrong {
            self.complaint.set(settings.strings.complaint());
        }
        if !goes_on {
            self.end_session();
            self.begin_session(&settings);
        } else if let Some(session) = &mut *self.session.borrow_mut() {
            session.set_language(settings.language);
        }
        self.settings.replace(Some(settings));
    }

    fn begin_session(&self, settings: &Settings) {
        let config = Config {
            start: settings.start.clone(),
            language: settings.language,
            memory: settings.memory(storage::recall(&self.window, &settings.slot())),
            payer: settings.payer.clone(),
            seed: platform::seed(&self.window),
        };
        let session = Session::new(config, platform::now(&self.window));
        self.session.replace(Some(session));
        self.device.set(Device::default());
        if self.document.hidden() {
            self.note(Notice::Input(Input::Hidden));
        }
    }

    fn end_session(&self) {
        self.settings.replace(None);
        self.session.replace(None);
        self.inbox.take();
        self.errands.abandon_all();
        self.shell.withdraw();
        self.shell.mute();
    }

    /// Handles all inputs and does what the session asks; tells where it wants the focus.
    fn catch_up(&self) -> Option<Focus> {
        let mut focus = None;
        for _ in 0..MAX_ROUNDS {
            let settings = self.settings()?;
            let now = platform::now(&self.window);
            let mut inputs: Vec<Input> = std::iter::from_fn(|| self.errands.expire(now)).collect();
            for notice in self.inbox.take() {
                inputs.extend(self.understand(notice, &settings));
            }
            let actions = self.handle(inputs, now);
            if actions.is_empty() && self.inbox.borrow().is_empty() {
                break;
            }
            for action in actions {
                focus = self.act(action, now, &settings).or(focus);
            }
        }
        if !self.inbox.borrow().is_empty() {
            self.shell.wake();
        }
        focus
    }

    fn handle(&self, inputs: Vec<Input>, now: Now) -> Vec<Action> {
        let mut session = self.session.borrow_mut();
        let Some(session) = &mut *session else { return Vec::new() };
        for input in inputs {
            session.handle(input, now);
        }
        session.handle_timeout(now);
        std::iter::from_fn(|| session.poll_action()).collect()
    }

    /// What a notice means to the session now, if anything.
    fn understand(&self, notice: Notice, settings: &Settings) -> Option<Input> {
        match notice {
            Notice::Input(input) => Some(input),
            Notice::Contact { what, text } => contact::input(&what, &text, settings),
            Notice::Settled { ticket, value } => {
                self.errands.settled(ticket, value, settings, &self.clipboard, &self.shell)
            }
        }
    }

    fn act(&self, action: Action, now: Now, settings: &Settings) -> Option<Focus> {
        let known_at_once = match action {
            Action::Call { id, call, request_id, timeout } => {
                let deadline = now.monotonic + i64::from(timeout);
                self.errands.send(id, &call, &request_id, deadline, settings, &self.shell)
            }
            Action::Copy { what, text } => self.errands.copy(what, text, &self.clipboard, &self.shell),
            Action::Focus(focus) => return Some(focus),
            Action::Abandon(id) => {
                self.errands.abandon(id);
                None
            }
            Action::Remember(memory) => {
                storage::remember(&self.window, &settings.slot(), &memory);
                None
            }
            Action::Forget => {
                storage::forget(&self.window, &settings.slot());
                None
            }
            Action::Sweep(now) => {
                storage::sweep(&self.window, now);
                None
            }
            Action::Take(how) => {
                self.take(how, now);
                None
            }
            other => contact::act(other, settings, &self.shell),
        };
        if let Some(input) = known_at_once {
            self.note(Notice::Input(input));
        }
        None
    }

    fn take(&self, how: Take, now: Now) {
        let view = self.session.borrow().as_ref().map(|session| session.view(now));
        if let Some(View { language, screen: Screen::Voucher(view), .. }) = view {
            take::take(how, &view, language, &self.document, &self.shell);
        }
    }

    fn show(&self, view: Option<View>, focus: Option<Focus>) {
        self.drawing.set(true);
        let was_inside = self.root.active_element().is_some();
        match view {
            // What the page has put inside the element serves until there is something better.
            Some(View { screen: Screen::Loading { .. }, .. })
                if self.canvas.is_untouched() && self.root.host().first_element_child().is_some() => {}
            Some(view) => self.canvas.draw(view::draw(&view)),
            None => self.canvas.clear(),
        }
        match focus {
            Some(Focus::Field(field)) => {
                self.canvas.focus(&["[data-field='", field.as_str(), "']"].concat());
            }
            Some(Focus::Heading) => self.canvas.focus("#heading"),
            Some(Focus::Submit) => self.canvas.focus("[type=submit]"),
            // What had the focus is gone: it goes to the heading, and nothing scrolls.
            None if was_inside && self.root.active_element().is_none() => {
                self.canvas.focus_in_place("#heading")
            }
            None => {}
        }
        self.drawing.set(false);
        self.measure();
    }

    /// Tells the session what room there is, where that is another than it knows.
    fn measure(&self) {
        let device = take::device(&self.shell, platform::room(&self.window, &self.root, &self.shell));
        if self.session.borrow().is_some() && self.device.replace(device) != device {
            self.note(Notice::Input(Input::Device(device)));
        }
    }

    /// Wakes when the session or a request has something due.
    fn arm(&self, now: Now) {
        let session = self.session.borrow().as_ref().and_then(|session| session.poll_timeout(now));
        let due = session.into_iter().chain(self.errands.next_deadline()).min();
        let timer = due.map(|due| {
            // One more, because a timer may fire a fraction of a millisecond early.
            let sleep = (due - now.monotonic + 1).clamp(0, MAX_SLEEP);
            let shell = self.shell.clone().unchecked_into::<Shell>();
            Timeout::new(sleep as u32, move || shell.wake())
        });
        self.timer.set(timer);
    }

    fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        if let Some(complaint) = self.complaint.take() {
            events.push(Event::Error(configuration(complaint)));
        }
        if let Some(session) = &mut *self.session.borrow_mut() {
            events.extend(std::iter::from_fn(|| session.poll_event()));
        }
        events
    }

    fn changed_voucher(&self) -> Option<Option<Rc<Voucher>>> {
        let session = self.session.borrow();
        let voucher = session.as_ref().and_then(|session| session.voucher());
        let mut told = self.told.borrow_mut();
        let same = match (told.as_ref(), voucher) {
            (Some(told), Some(voucher)) => Rc::ptr_eq(told, voucher),
            (told, voucher) => told.is_none() && voucher.is_none(),
        };
        if same {
            return None;
        }
        *told = voucher.cloned();
        Some(told.clone())
    }

    fn settings(&self) -> Option<Rc<Settings>> {
        self.settings.borrow().clone()
    }
}

fn state(view: Option<&View>) -> &'static str {
    match view.map(|view| &view.screen) {
        Some(Screen::Loading { .. }) => "loading",
        Some(Screen::Form(form)) if form.sending.is_some() => "creating",
        Some(Screen::Form(_)) => "form",
        Some(Screen::Voucher(_)) => "voucher",
        Some(Screen::Failure(_)) | None => "failure",
    }
}

fn configuration(complaint: String) -> Trouble {
    Trouble {
        code: TroubleCode::Configuration,
        request_id: None,
        trace_id: None,
        http_status: None,
        detail: Some(complaint),
    }
}
