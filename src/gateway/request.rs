//! Requests to a gateway, as data for whatever HTTP client the server has.

use core::fmt;
use core::ops::RangeInclusive;

use serde::Serialize;

use crate::calendar::{BogotaDate, ServerInstant};
use crate::money::Pesos;
use crate::payer::{Document, DocumentType, Payer};
use crate::voucher::Kind;

use super::Credentials;
use super::document::{ID, is_id};
use super::error::{ErrorCode, GatewayError};
use super::zone::{Zone, last_second};

/// A request to send. `Debug` leaves out headers and body: they hold keys and personal data.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct HttpRequest {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Absolute.
    pub url: String,
    /// In the order to send them.
    pub headers: Vec<(&'static str, String)>,
    /// Empty for `GET`.
    pub body: String,
}

impl HttpRequest {
    pub(super) fn get(url: String) -> HttpRequest {
        HttpRequest { method: "GET", url, headers: Vec::new(), body: String::new() }
    }

    pub(super) fn post_json(url: String, body: &serde_json::Value) -> HttpRequest {
        let headers = vec![("Content-Type", "application/json".to_owned())];
        HttpRequest { method: "POST", url, headers, body: body.to_string() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> HttpRequest {
        self.headers.push((name, value.into()));
        self
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// How the shop has set its gateway up.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the gateway listens, where that is not its public address: a sandbox, a proxy.
    pub base_url: Option<String>,
    /// Where the gateway confirms payments.
    pub confirmation_url: Option<String>,
    /// Where a hosted page leads back to.
    pub return_url: Option<String>,
    /// The last day to pay, where the gateway's default is not wanted.
    pub last_day: Option<BogotaDate>,
    /// The zone in which the gateway reads date-times that do not say theirs.
    pub zone: Option<Zone>,
    /// The shopper's network address, for gateways that want it.
    pub payer_ip: Option<String>,
    /// The shopper's browser, for gateways that want it.
    pub user_agent: Option<String>,
    /// Where the shopper lives, for gateways that want it.
    pub address: Option<Address>,
}

/// Where the shopper lives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// The city.
    pub city: String,
    /// The department.
    pub state: String,
    /// The postal code.
    pub postal_code: String,
}

impl Options {
    /// The gateway's address without a slash at its end.
    pub(super) fn base<'a>(&'a self, public: &'a str) -> &'a str {
        self.base_url.as_deref().unwrap_or(public).trim_end_matches('/')
    }
}

/// What a gateway needs to know to issue a voucher.
#[derive(Clone, Debug)]
pub struct PaymentRequest<'a> {
    /// Cash paid in, or paid out to the shopper.
    pub kind: Kind,
    /// The shop's number of this payment: unique, and the same when the request is sent again.
    pub invoice: &'a str,
    /// What is sold, in a few words.
    pub description: &'a str,
    /// How much.
    pub amount: Pesos,
    /// Who pays; of a pickup, who collects.
    pub payer: &'a Payer,
    /// How the shop has set its gateway up.
    pub options: &'a Options,
    /// The shop's keys.
    pub credentials: &'a Credentials,
    /// The server's clock.
    pub now: ServerInstant,
    /// Fresh randomness, for gateways that sign with it.
    pub nonce: &'a str,
}

/// What a gateway needs to know to say where a payment stands.
#[derive(Clone, Copy, Debug)]
pub struct StatusRequest<'a> {
    /// The gateway's number of the payment.
    pub payment_id: &'a str,
    /// How the shop has set its gateway up.
    pub options: &'a Options,
    /// The shop's keys.
    pub credentials: &'a Credentials,
    /// The server's clock.
    pub now: ServerInstant,
    /// Fresh randomness, for gateways that sign with it.
    pub nonce: &'a str,
}

impl<'a> StatusRequest<'a> {
    /// The payment's number, safe to stand in an address.
    pub(super) fn id(&self) -> Result<&'a str, GatewayError> {
        if is_id(self.payment_id) {
            return Ok(self.payment_id);
        }
        Err(GatewayError::new(ErrorCode::Incomplete, "paymentId", ID))
    }
}

/// Collects what a request needs, so that everything missing is named at once.
#[derive(Default)]
pub(super) struct Needs {
    missing: Vec<&'static str>,
    wants_more_than_keys: bool,
    unfit: Option<GatewayError>,
}

impl Needs {
    /// A credential.
    pub fn key<'a>(&mut self, credentials: &'a Credentials, name: &'static str) -> &'a str {
        credentials.get(name).unwrap_or_else(|_| {
            self.missing.push(name);
            ""
        })
    }

    /// A text of at most so many characters.
    pub fn text<'a>(&mut self, name: &'static str, value: Option<&'a str>, max: usize) -> &'a str {
        let Some(value) = value.filter(|value| !value.trim().is_empty()) else {
            self.missing.push(name);
            self.wants_more_than_keys = true;
            return "";
        };
        self.fits(name, value, max)
    }

    /// A text that may be empty, of at most so many characters.
    pub fn fits<'a>(&mut self, name: &'static str, value: &'a str, max: usize) -> &'a str {
        if value.chars().count() > max {
            self.unfit(name, format!("at most {max} characters"));
        }
        value
    }

    /// A text that stands in a header too, where a line's end would begin another header.
    pub fn header<'a>(&mut self, name: &'static str, value: &'a str, max: usize) -> &'a str {
        let text = self.text(name, Some(value), max);
        if text.trim() != text || !text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
            self.unfit(name, "printable ASCII without a space at its ends");
        }
        text
    }

    /// The last second to pay, where the shop asks for a last day.
    pub fn last_second(&mut self, request: &PaymentRequest<'_>) -> Option<ServerInstant> {
        self.last_second_in(request, 1..=i64::MAX, "a day that has not passed")
    }

    /// The same, so many milliseconds ahead.
    pub fn last_second_in(
        &mut self,
        request: &PaymentRequest<'_>,
        ahead: RangeInclusive<i64>,
        expected: &str,
    ) -> Option<ServerInstant> {
        let end = last_second(request.options.last_day?);
        if !ahead.contains(&(end.millis() - request.now.millis())) {
            self.unfit("lastDay", expected);
        }
        Some(end)
    }

    /// Something is there, but not as the gateway takes it.
    pub fn unfit(&mut self, name: &'static str, expected: impl Into<String>) {
        self.unfit.get_or_insert_with(|| GatewayError::new(ErrorCode::Unfit, name, expected));
    }

    /// A thing of any type.
    pub fn some<T>(&mut self, name: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.missing.push(name);
            self.wants_more_than_keys = true;
        }
        value
    }

    /// The payer's name.
    pub fn name<'a>(&mut self, payer: &'a Payer, max: usize) -> &'a str {
        self.text("name", payer.name.as_deref(), max)
    }

    /// The payer's name, its first word and the rest; a single word serves twice.
    pub fn names<'a>(&mut self, payer: &'a Payer, max: usize) -> (&'a str, &'a str) {
        let name = self.name(payer, max);
        name.split_once(' ').unwrap_or((name, name))
    }

    /// The payer's e-mail address.
    pub fn email<'a>(&mut self, payer: &'a Payer, max: usize) -> &'a str {
        self.text("email", payer.email.as_deref(), max)
    }

    /// The payer's phone number: ten digits of a Colombian one, any other with its country code.
    pub fn phone<'a>(&mut self, payer: &'a Payer, max: usize) -> &'a str {
        let number = payer.phone.as_ref().map(|phone| phone.national().unwrap_or(&phone.e164));
        self.text("phone", number, max)
    }

    /// The payer's document in the gateway's words; `words` lists the types that it takes.
    pub fn document<'a>(
        &mut self,
        document: &'a Document,
        words: &[(DocumentType, &'static str)],
    ) -> (&'static str, &'a str) {
        let word = words.iter().find(|(document_type, _)| *document_type == document.document_type);
        if word.is_none() {
            let taken: Vec<&str> = words.iter().map(|(document_type, _)| document_type.as_str()).collect();
            self.unfit("document.type", taken.join(", "));
        }
        (word.map_or("", |(_, word)| *word), &document.number)
    }

    /// Fails where something is missing or unfit.
    pub fn check(self) -> Result<(), GatewayError> {
        if let Some(error) = self.unfit.filter(|_| self.missing.is_empty()) {
            return Err(error);
        }
        if self.missing.is_empty() {
            return Ok(());
        }
        let code = if self.wants_more_than_keys { ErrorCode::Incomplete } else { ErrorCode::Credential };
        Err(GatewayError::new(code, &self.missing.join(", "), "a value"))
    }
}
