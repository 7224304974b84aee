//! What is on screen, as plain data.

use std::rc::Rc;

use crate::calendar::ServerInstant;
use crate::language::Language;
use crate::payer::{Field, PayerError, PayerInput};
use crate::session::{Copyable, Device, Take, Trouble};
use crate::voucher::Voucher;
use crate::wire::Order;

/// All that is on screen.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The language of the texts.
    pub language: Language,
    /// The screen.
    pub screen: Screen,
    /// The other way with every copy: it is to be heard, though it says the same as the one before.
    pub echo: bool,
}

/// One of the screens.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// The first answer is awaited.
    Loading {
        /// Whether it takes longer than usual.
        stalled: bool,
    },
    /// The payer form.
    Form(Box<FormView>),
    /// A voucher, in whatever status.
    Voucher(Box<VoucherView>),
    /// Nothing can be shown.
    Failure(FailureView),
}

/// The payer form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormView {
    /// What is paid, and what is asked for.
    pub order: Rc<Order>,
    /// What was typed.
    pub input: PayerInput,
    /// Whether the consent is ticked.
    pub consent: bool,
    /// The errors to show, at most one a field.
    pub errors: Vec<PayerError>,
    /// The e-mail address that was probably meant.
    pub suggestion: Option<String>,
    /// What is sent where it is not what was typed: a NIT with its check digit, a name in ASCII.
    pub sent_as: Vec<(Field, String)>,
    /// Set while the voucher is being created.
    pub sending: Option<Sending>,
    /// Why the last try failed.
    pub trouble: Option<Trouble>,
    /// What was copied lately, and whether the clipboard has it.
    pub copied: Option<(Copyable, bool)>,
}

/// A creation under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Whether it takes longer than usual.
    pub slow: bool,
}

/// A voucher and what is known about it now.
#[derive(Clone, Debug, PartialEq)]
pub struct VoucherView {
    /// The voucher.
    pub voucher: Rc<Voucher>,
    /// What the shopper can do with it now.
    pub phase: Phase,
    /// The time left to pay, from 0; nothing while the server's clock is not known.
    pub remaining_millis: Option<i64>,
    /// What the server's clock shows.
    pub server_now: Option<ServerInstant>,
    /// How long ago the server confirmed this; nothing where it is from an earlier visit.
    pub checked_millis_ago: Option<i64>,
    /// Whether it is to be said that this is from an earlier visit and nobody has confirmed it yet.
    pub unverified: bool,
    /// Why the last check failed.
    pub trouble: Option<Trouble>,
    /// Whether the shopper has said "ya pagué".
    pub claimed: bool,
    /// Whether the amount or the codes are others than were shown before.
    pub changed: bool,
    /// Whether codes that should not be paid just now are unfolded.
    pub codes_open: bool,
    /// Whether the countdown was hidden.
    pub countdown_hidden: bool,
    /// Whether the barcode stands large.
    pub barcode_open: bool,
    /// Whether the ways to send a message stand open.
    pub share_open: bool,
    /// How the voucher was last taken along, and whether it worked.
    pub taken: Option<(Take, bool)>,
    /// What the browser offers.
    pub device: Device,
    /// What was copied lately, and whether the clipboard has it.
    pub copied: Option<(Copyable, bool)>,
    /// Whether a new voucher has been asked for and is awaited.
    pub renewing: bool,
    /// Whether a new voucher can be asked for.
    pub can_renew: bool,
}

/// What the shopper can do with a voucher now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The codes are on their way.
    Preparing,
    /// Outlets do not know it yet.
    NotYetActive,
    /// It can be paid.
    Payable,
    /// It could be paid, but the shopper says that it is: to pay once more would be wrong.
    Claimed,
    /// The deadline is over and the server has not said what became of it.
    Verifying,
    /// The status says it all.
    Settled,
}

/// A screen that says what went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureView {
    /// What went wrong.
    pub trouble: Trouble,
    /// What was copied lately, and whether the clipboard has it.
    pub copied: Option<(Copyable, bool)>,
}
