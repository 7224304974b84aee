//! Why a JSON document is not what the contract says.

use core::fmt;

/// What the contract wanted at a place where the document has something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// JSON at all.
    Json,
    /// A member that is not there.
    Member,
    /// An object.
    Object,
    /// An array.
    Array,
    /// A text.
    Text,
    /// A name or a label: 1 to 300 characters, something to see, no control or direction characters.
    Words,
    /// A text to read: as [`Words`](Self::Words), up to 2000 characters, line breaks and tabs allowed.
    Paragraph,
    /// What a barcode says: 1 to 256 characters of any kind.
    Content,
    /// A boolean.
    Boolean,
    /// A whole number within the member's range.
    WholeNumber,
    /// Whole pesos, 0 to 2^53 - 1.
    Pesos,
    /// A date-time with its offset.
    DateTime,
    /// A date-time whose offset is missing.
    Offset,
    /// A date-time with its offset, or an object with a date.
    Deadline,
    /// A day such as `2026-11-30`.
    Date,
    /// Letters, digits and hyphens.
    Code,
    /// An unguessable token: 16 to 512 letters, digits, `-`, `_`, `.` or `~`.
    Token,
    /// An `https` address, or `http` on this machine.
    Link,
    /// An `https` address or a path on the endpoint's origin.
    LinkOrPath,
    /// Opening and closing time, `HH:MM`, in this order.
    Opening,
    /// One of the words that the member knows.
    Word,
    /// Version 1.
    Version,
    /// At least one network, or `links.voucher`.
    Network,
    /// At least one kind of document.
    Document,
    /// One digit, as a text.
    Digit,
    /// What the question was about, and not another order or voucher.
    Asked,
}

impl Expected {
    /// The stable code: part of the public contract.
    pub fn code(self) -> &'static str {
        self.describe().0
    }

    fn describe(self) -> (&'static str, &'static str) {
        match self {
            Expected::Json => ("json", "JSON"),
            Expected::Member => ("member", "a value"),
            Expected::Object => ("object", "an object"),
            Expected::Array => ("array", "an array"),
            Expected::Text => ("text", "a text"),
            Expected::Words => ("words", "a visible text of at most 300 characters, none of them control"),
            Expected::Paragraph => ("paragraph", "a visible text of at most 2000 characters"),
            Expected::Content => ("content", "a text of 1 to 256 characters"),
            Expected::Boolean => ("boolean", "true or false"),
            Expected::WholeNumber => ("whole-number", "a whole number in range"),
            Expected::Pesos => ("pesos", "whole pesos from 0 to 9007199254740991"),
            Expected::DateTime => ("date-time", "a date-time such as 2026-11-30T23:59:59-05:00"),
            Expected::Offset => ("offset", "a date-time with its offset from UTC"),
            Expected::Deadline => ("deadline", "a date-time with offset, or an object with a date"),
            Expected::Date => ("date", "a date such as 2026-11-30"),
            Expected::Code => ("code", "letters, digits and hyphens only"),
            Expected::Token => ("token", "a token of 16 to 512 letters, digits and -_.~"),
            Expected::Link => ("link", "an https address"),
            Expected::LinkOrPath => ("link-or-path", "an https address or a path"),
            Expected::Opening => ("opening", "opening and closing time as HH:MM"),
            Expected::Word => ("word", "one of the words of the contract"),
            Expected::Version => ("version", "version 1"),
            Expected::Network => ("network", "at least one network, or links.voucher"),
            Expected::Document => ("document", "at least one kind of document"),
            Expected::Digit => ("digit", "one digit as a text"),
            Expected::Asked => ("asked", "what was asked for"),
        }
    }
}

/// A place in a document that is not what the contract says.
///
/// Displays as `expected a value at networks[0].reference.value`. Never holds the document's own text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireError {
    /// What was expected.
    pub expected: Expected,
    /// Where, as a path from the document's root; empty for the root itself.
    pub path: String,
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl WireError {
    pub(crate) fn to_text(&self) -> String {
        let place = if self.path.is_empty() { "the root" } else { &self.path };
        ["expected ", self.expected.describe().1, " at ", place].concat()
    }
}

impl core::error::Error for WireError {}
