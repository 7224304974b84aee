//! What a gateway's file provides.

use super::callback::{Callback, Covers, Verification};
use super::error::GatewayError;
use super::event::Event;
use super::request::{HttpRequest, Options, PaymentRequest, StatusRequest};
use super::{Context, Credentials, VerifyOptions};
use crate::voucher::Voucher;

/// One gateway. What a method's default refuses, the gateway does not offer.
pub(super) trait Adapter: Sync {
    /// What it offers, as data.
    fn capabilities(&self) -> Capabilities;

    /// Opens a session, for gateways that want one before anything else.
    fn session_request(&self, _: &Credentials, _: &Options) -> Result<HttpRequest, GatewayError> {
        Err(GatewayError::unsupported("a session"))
    }

    /// The session's token.
    fn session(&self, _raw: &str) -> Result<String, GatewayError> {
        Err(GatewayError::unsupported("a session"))
    }

    /// Announces one payment, for gateways that create it in two steps.
    fn token_request(&self, _: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        Err(GatewayError::unsupported("a payment in two steps"))
    }

    /// The announced payment's token.
    fn token(&self, _raw: &str) -> Result<String, GatewayError> {
        Err(GatewayError::unsupported("a payment in two steps"))
    }

    /// Asks for a voucher.
    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError>;

    /// Asks where a payment stands.
    fn status_request(&self, _: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
        Err(GatewayError::unsupported("asking for a status"))
    }

    /// The voucher in the answer to `payment_request`.
    fn voucher(&self, raw: &str, context: &Context) -> Result<Voucher, GatewayError>;

    /// Where the payment stands, by any answer that describes it.
    fn status(&self, raw: &str) -> Result<Event, GatewayError>;

    /// Whether the gateway sent this callback, and what it says.
    fn verify(
        &self,
        callback: &Callback<'_>,
        credentials: &Credentials,
        options: &VerifyOptions,
    ) -> Result<Verification, GatewayError>;
}

/// What a gateway offers, as data: the rows of the table in `docs/gateways.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// The gateway's own name.
    pub title: &'static str,
    /// What a merchant calls to have a voucher, in order.
    pub steps: &'static str,
    /// What is read besides JSON.
    pub formats: &'static str,
    /// The request that asks for a status; empty where the gateway has none on record.
    pub query: &'static str,
    /// How callbacks are authenticated.
    pub signature: &'static str,
    /// What of an event the signature covers.
    pub covers: &'static [Covers],
    /// Whether a signed time is held against the clock.
    pub timed: bool,
    /// Whether the gateway must be asked before a callback's event is believed.
    pub requery: bool,
    /// Whether it pays cash out as well.
    pub pickup: bool,
    /// The credentials that requests and callbacks want.
    pub credentials: &'static [&'static str],
}
