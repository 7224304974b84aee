//! What goes into the machine and what comes out of it.

use std::rc::Rc;

use crate::calendar::ServerInstant;
use crate::payer::{Field, Payer, PayerError};
use crate::symbol::Room;
use crate::voucher::{Status, Voucher};
use crate::wire::{Consent, Order, Problem, WireError};

use super::Memory;
use super::tabs::TabMessage;

/// Two clocks read at once, in milliseconds: where they diverge, the device slept or its clock was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// A clock that only goes forward, from an arbitrary start.
    pub monotonic: i64,
    /// The device's wall clock, since 1970-01-01T00:00:00Z.
    pub wall: i64,
}

/// The name of one request, unique within a session.
pub type CallId = u32;

/// A request to the merchant's backend; the caller adds the endpoint.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    /// `GET orders/{order_id}`
    Order {
        /// The order.
        order_id: String,
    },
    /// `POST vouchers`
    Create(Box<Create>),
    /// `GET vouchers/{token}`
    Voucher {
        /// The voucher.
        token: String,
        /// The last answer's `ETag`.
        etag: Option<String>,
    },
    /// `POST` to `links.renew`
    Renew {
        /// The link or path, as the backend gave it.
        link: String,
        /// Goes with the request as `Idempotency-Key`.
        key: String,
    },
}

/// What `POST vouchers` needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Create {
    /// The order.
    pub order_id: String,
    /// The payer, valid and canonical.
    pub payer: Payer,
    /// What the payer agreed to.
    pub consent: Option<Consent>,
    /// Goes with the request as `Idempotency-Key`.
    pub key: String,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// An answer came.
    Answer(Answer),
    /// No answer came: offline, refused, cut off.
    NoAnswer,
    /// No answer came in time.
    TimedOut,
}

/// An HTTP answer, its body already read.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// `Server-Time`, where it was there and readable.
    pub server_time: Option<ServerInstant>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Retry-After`, in milliseconds from now.
    pub retry_after: Option<i64>,
    /// `Trace-Id`.
    pub trace_id: Option<String>,
    /// The body.
    pub body: Body,
}

/// What an answer's body turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Nothing, as in a 304.
    Empty,
    /// An order.
    Order(Rc<Order>),
    /// A voucher.
    Voucher(Rc<Voucher>),
    /// A refusal that explains itself.
    Problem(Problem),
    /// JSON that breaks the contract.
    Invalid(WireError),
    /// Not JSON at all, by its content type or its text.
    NotJson,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A request ended.
    Ended {
        /// Which.
        id: CallId,
        /// How.
        outcome: Outcome,
    },
    /// A field's text changed; a ticked box is `on`, an unticked one empty.
    Typed {
        /// Which field.
        field: Field,
        /// All of its text.
        text: String,
    },
    /// A field lost the focus.
    Left(Field),
    /// A button, or what acts as one.
    Pressed(Button),
    /// A copy to the clipboard ended.
    Copied {
        /// What was copied.
        what: Copyable,
        /// Whether the clipboard has it.
        done: bool,
    },
    /// The voucher was taken along, or could not be.
    Took {
        /// How.
        how: Take,
        /// Whether it worked.
        done: bool,
    },
    /// Somebody may be looking again: visible, `pageshow`, `online`, resumed.
    Returned,
    /// Nobody can be looking.
    Hidden,
    /// A key, a touch, a pointer: somebody is there.
    Attention,
    /// The host asks for news: the element's `refresh()`.
    Refresh,
    /// What the browser offers, at the start and where it changed.
    Device(Device),
    /// The browser gave this tab the lead for its voucher, or took it away.
    Leads(bool),
    /// Another tab with the same voucher says something.
    Told(TabMessage),
    /// The stream of events has failed, or could not be opened.
    StreamFailed,
    /// The stream brought something.
    Streamed(Body),
}

/// What the browser offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// The room that the screen has for a symbol.
    pub room: Room,
    /// Whether a file can be saved.
    pub saves: bool,
    /// Whether the page can be printed.
    pub prints: bool,
    /// What the share menu takes.
    pub shares: Shares,
}

/// What the browser's share menu takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shares {
    /// There is none, or it may not be used here.
    #[default]
    Nothing,
    /// Texts.
    Text,
    /// Texts and images.
    Images,
}

/// A way to take the voucher along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// As an image in the gallery.
    Image,
    /// In a message to whoever pays.
    Share,
    /// As an entry in the calendar.
    Reminder,
    /// On paper.
    Print,
}

/// What can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Send the form.
    Submit,
    /// Try again what failed.
    Retry,
    /// "Ya pagué."
    IHavePaid,
    /// "Ya pagué" was a slip.
    NotPaid,
    /// Copy to the clipboard.
    Copy(Copyable),
    /// Show or fold the codes of a voucher that should not be paid just now.
    ToggleCodes,
    /// Show or hide the countdown.
    ToggleCountdown,
    /// Show the barcode standing and large, or put it back.
    ToggleBarcode,
    /// Take the voucher along.
    Take(Take),
    /// Ask for a new voucher in place of an expired one.
    Renew,
    /// Show the voucher that replaces this one.
    OpenNew,
    /// Take over the e-mail address that was suggested.
    TakeSuggestion,
}

/// What can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copyable {
    /// The agreement of the network with this index.
    Agreement(u8),
    /// The reference of the network with this index.
    Reference(u8),
    /// The amount, digits only.
    Amount,
    /// All that has to be known at the counter, as a message.
    Message,
    /// What support asks for.
    Support,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Make a request; its end comes back as `Input::Ended` with the same id.
    Call {
        /// Its name.
        id: CallId,
        /// The request.
        call: Call,
        /// Goes with it as `Request-Id`.
        request_id: String,
        /// Give up after this many milliseconds.
        timeout: u32,
    },
    /// Give up a request; no `Input::Ended` is needed for it.
    Abandon(CallId),
    /// Keep this for the next visit, in place of what was kept before.
    Remember(Memory),
    /// Keep nothing.
    Forget,
    /// Throw away what visits to other orders and vouchers left behind and is over by now.
    Sweep(ServerInstant),
    /// Put a text on the clipboard; its end comes back as `Input::Copied`.
    Copy {
        /// What it is.
        what: Copyable,
        /// The text.
        text: String,
    },
    /// Take the voucher along, as `view` makes it up; its end comes back as `Input::Took`, unless the
    /// shopper thought better of it.
    Take(Take),
    /// Move the focus, once the view is drawn.
    Focus(Focus),
    /// Stand in line for the lead among the tabs that show the voucher with this token. The lead comes
    /// back as `Input::Leads`; at once where the browser knows no locks.
    Compete(String),
    /// Take the lead for the voucher with this token from whoever has it and is silent.
    Seize(String),
    /// Give the lead back, or leave the line.
    Withdraw,
    /// Tell the other tabs.
    Tell(TabMessage),
    /// Open the stream of events at this link or path; what becomes of it comes back as
    /// `Input::StreamFailed` and `Input::Streamed`.
    Listen(String),
    /// Close the stream of events.
    StopListening,
}

/// Where the focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// A field of the form.
    Field(Field),
    /// The heading of the screen.
    Heading,
    /// The button that sends the form; what failed stands above it.
    Submit,
}

/// Something to tell the host page; never anything about a person.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The first screen of use is there.
    Ready,
    /// The form was sent and is not valid; field and code, no text.
    Invalid(Vec<PayerError>),
    /// There is a voucher that was not there before.
    Voucher(Rc<Voucher>),
    /// The status is another than before, or was found at the start (`initial`).
    Status {
        /// The status before.
        from: Option<Status>,
        /// The voucher.
        voucher: Rc<Voucher>,
        /// Whether it merely tells what was found at the start.
        initial: bool,
    },
    /// Something failed.
    Error(Trouble),
}

/// Something that failed, with what support asks for and nothing about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What failed.
    pub code: TroubleCode,
    /// The `Request-Id` that was sent.
    pub request_id: Option<String>,
    /// The backend's trace id.
    pub trace_id: Option<String>,
    /// The HTTP status, where an answer came.
    pub http_status: Option<u16>,
    /// What was wrong and where, for developers: `expected a value at networks[0].reference`.
    pub detail: Option<String>,
}

impl Trouble {
    /// All that support asks for, in one line, with `sign` in between.
    pub fn support(&self, sign: &str) -> String {
        let mut words = self.code.name().to_owned();
        let status = self.http_status.map(|status| status.to_string());
        for more in [&status, &self.detail, &self.request_id, &self.trace_id].into_iter().flatten() {
            words.push_str(sign);
            words.push_str(more);
        }
        words
    }
}

/// What can fail; a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TroubleCode {
    /// The element has neither `order-id` nor `token`, or no `endpoint`.
    Configuration,
    /// No answer: offline, or the backend cannot be reached.
    Network,
    /// No answer in time.
    Timeout,
    /// The backend failed (500 and above), or asks to wait (429).
    Backend,
    /// The backend knows no such order or voucher, or does not let this visitor see it.
    NotFound,
    /// The backend refused the request.
    Refused,
    /// The backend's answer is not JSON.
    NotJson,
    /// The backend's answer breaks the contract.
    InvalidAnswer,
    /// The widget itself failed.
    Internal,
}

impl TroubleCode {
    /// Whether the request may have arrived all the same, or would on another try.
    pub fn may_be_lost(self) -> bool {
        matches!(self, TroubleCode::Network | TroubleCode::Timeout | TroubleCode::Backend)
    }

    /// Whether it may pass by itself: another try later is worth while.
    pub fn may_pass(self) -> bool {
        self.may_be_lost() || matches!(self, TroubleCode::NotJson | TroubleCode::InvalidAnswer)
    }

    /// The stable word that `efecty-error` carries.
    pub fn name(self) -> &'static str {
        match self {
            TroubleCode::Configuration => "configuration",
            TroubleCode::Network => "network",
            TroubleCode::Timeout => "timeout",
            TroubleCode::Backend => "backend",
            TroubleCode::NotFound => "not-found",
            TroubleCode::Refused => "refused",
            TroubleCode::NotJson => "not-json",
            TroubleCode::InvalidAnswer => "invalid-answer",
            TroubleCode::Internal => "internal",
        }
    }
}
