//! A callback as it arrived, and what is to be thought of it.

use super::event::Event;

/// A callback as it arrived, untouched.
#[derive(Clone, Copy, Debug)]
pub struct Callback<'a> {
    /// Names in any case, values as sent.
    pub headers: &'a [(String, String)],
    /// The body, byte by byte.
    pub raw_body: &'a [u8],
    /// The address that was called, with its query.
    pub url: Option<&'a str>,
}

impl Callback<'_> {
    /// The address's query, without the question mark.
    pub(super) fn query(&self) -> &str {
        let after = self.url.and_then(|url| url.split_once('?')).map_or("", |(_, query)| query);
        after.split('#').next().unwrap_or_default()
    }
}

/// What is to be thought of a callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Whether somebody who has the shop's key signed it; why not otherwise.
    pub authentic: Result<(), Refusal>,
    /// What it says, where it can be read at all; worth nothing unless authentic.
    pub event: Option<Event>,
    /// What of the event the signature covers.
    pub covers: &'static [Covers],
    /// Whether the gateway must be asked before the event is believed.
    pub requery: bool,
}

impl Verification {
    pub(super) fn refused(refusal: Refusal) -> Verification {
        Verification { authentic: Err(refusal), event: None, covers: &[], requery: false }
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
        }
    }
}

/// A part of an event that a signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covers {
    /// Which payment it is about.
    Payment,
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
            Covers::Amount => "amount",
            Covers::Currency => "currency",
            Covers::Status => "status",
        }
    }
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(super) fn same_secret(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (x, y)| differs | (x ^ y)) == 0
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|n| char::from_digit(n.into(), 16))
        .collect()
}
