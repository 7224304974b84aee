//! A callback as it arrived, and what is to be thought of it.

use core::fmt;

use super::event::Event;
use super::form;
use super::zone::Zone;
use crate::calendar::ServerInstant;

/// A callback as it arrived, untouched. `Debug` shows names and lengths: a header may be a password,
/// and a body is about a person.
#[derive(Clone, Copy)]
pub struct Callback<'a> {
    /// Names in any case, values as sent.
    pub headers: &'a [(String, String)],
    /// The body, byte by byte.
    pub raw_body: &'a [u8],
    /// The address that was called, with its query.
    pub url: Option<&'a str>,
}

impl<'a> Callback<'a> {
    /// The one value of a header, its name in any case; two of them would be read differently by
    /// different readers.
    pub(super) fn header(&self, name: &str) -> Result<Option<&'a str>, Refusal> {
        let mut values = self.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
        let first = values.next().map(|(_, value)| value.as_str());
        if values.next().is_some() { Err(Refusal::Ambiguous) } else { Ok(first) }
    }

    /// The value of a header without which the callback is not signed.
    pub(super) fn signed_header(&self, name: &str) -> Result<&'a str, Refusal> {
        self.header(name)?.filter(|value| !value.is_empty()).ok_or(Refusal::Unsigned)
    }

    /// The body as text.
    pub(super) fn text(&self) -> Result<&str, Refusal> {
        core::str::from_utf8(self.raw_body).map_err(|_| Refusal::Malformed)
    }

    /// The address's query, without the question mark.
    pub(super) fn query(&self) -> &str {
        let after = self.url.and_then(|url| url.split_once('?')).map_or("", |(_, query)| query);
        after.split('#').next().unwrap_or_default()
    }
}

impl fmt::Debug for Callback<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Callback")
            .field("headers", &names)
            .field("raw_body", &self.raw_body.len())
            .finish_non_exhaustive()
    }
}

/// The caller's clock and conventions, for verifying a callback.
#[derive(Clone, Copy, Debug)]
pub struct VerifyOptions {
    /// The server's clock.
    pub now: ServerInstant,
    /// How many seconds a signed time may be away from the clock, either way.
    pub tolerance_seconds: u32,
    /// The zone of date-times that do not say theirs; without it they are left out of the event, and a
    /// signed one cannot be held against the clock, which is an error.
    pub zone: Option<Zone>,
}

impl VerifyOptions {
    /// By this clock, with a tolerance of five minutes and no zone.
    pub fn new(now: ServerInstant) -> VerifyOptions {
        VerifyOptions { now, tolerance_seconds: 300, zone: None }
    }

    /// Refuses a signed time too far from the clock: the callback may have been recorded.
    pub(super) fn check_time(&self, signed: Option<ServerInstant>) -> Result<(), Refusal> {
        let signed = signed.ok_or(Refusal::Malformed)?;
        let away = self.now.millis().abs_diff(signed.millis());
        if away > u64::from(self.tolerance_seconds) * 1000 { Err(Refusal::Time) } else { Ok(()) }
    }
}

/// Parameters of a form or a query, as they stand there.
pub(super) struct Parameters(pub Vec<(String, String)>);

impl Parameters {
    pub fn form(text: &str) -> Result<Parameters, Refusal> {
        form::pairs(text).map(Parameters).ok_or(Refusal::Malformed)
    }

    /// The one value of a parameter; two of them would be read differently by different readers.
    pub fn get(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let mut values = self.0.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str());
        let first = values.next();
        if values.next().is_some() { Err(Refusal::Ambiguous) } else { Ok(first) }
    }

    /// The one value of a parameter that must be there.
    pub fn need(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name)?.ok_or(Refusal::Malformed)
    }
}

/// What is to be thought of a callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Whether somebody who has the shop's key signed it; why not otherwise.
    pub authentic: Result<(), Refusal>,
    /// What it says, where it can be read at all; worth nothing unless authentic.
    pub event: Option<Event>,
    /// The gateway's numbers of the payments it is about: what to ask for where a query is owed.
    pub payments: Vec<String>,
    /// What of the event the signature covers.
    pub covers: &'static [Covers],
    /// Whether the gateway must be asked before the event is believed.
    pub requery: bool,
}

impl Verification {
    pub(super) fn refused(refusal: Refusal) -> Verification {
        let payments = Vec::new();
        Verification { authentic: Err(refusal), event: None, payments, covers: &[], requery: false }
    }

    /// An authentic callback that says where one payment stands.
    pub(super) fn of(event: Event, covers: &'static [Covers], requery: bool) -> Verification {
        let payments = vec![event.payment_id.clone()];
        Verification { authentic: Ok(()), event: Some(event), payments, covers, requery }
    }

    /// An authentic callback that says no more than which payments to ask about.
    pub(super) fn notice(payments: Vec<String>, covers: &'static [Covers]) -> Verification {
        let requery = !payments.is_empty();
        Verification { authentic: Ok(()), event: None, payments, covers, requery }
    }
}

/// Why a callback is not authentic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not in the gateway's form.
    Malformed,
    /// A parameter that matters stands there twice.
    Ambiguous,
    /// It is not signed.
    Unsigned,
    /// The signature is another one.
    Signature,
    /// It is meant for another merchant.
    Merchant,
    /// It was signed too long ago, or in the future.
    Time,
}

impl Refusal {
    /// The stable code: part of the public contract.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::Malformed => "malformed",
            Refusal::Ambiguous => "ambiguous",
            Refusal::Unsigned => "unsigned",
            Refusal::Signature => "signature",
            Refusal::Merchant => "merchant",
            Refusal::Time => "time",
        }
    }
}

/// A part of an event that a signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covers {
    /// The gateway's number of the payment.
    Payment,
    /// The shop's number of the payment.
    Invoice,
    /// How much.
    Amount,
    /// In which currency.
    Currency,
    /// Where it stands.
    Status,
}

impl Covers {
    /// The name of the event's member.
    pub fn name(self) -> &'static str {
        match self {
            Covers::Payment => "paymentId",
            Covers::Invoice => "invoice",
            Covers::Amount => "amount",
            Covers::Currency => "currency",
            Covers::Status => "status",
        }
    }
}
