//! Payment gateways, for the merchant's server.
//!
//! Each gateway's file maps its answers to a [`Voucher`] or an [`Event`] and says whether a callback
//! is authentic. Nothing here sends, waits or reads a clock: requests are data to send, answers are
//! text that was received. The raw text matters: a parser that holds numbers as doubles loses
//! digits of references.
//!
//! An authentic callback is not yet a payment. Compare it with the order by [`apply_callback`], and
//! where [`Verification::requery`] says so, ask the gateway for the state first.

mod callback;
mod credentials;
mod document;
mod encode;
mod epayco;
mod error;
mod event;
mod form;
mod request;
mod settle;

use core::fmt;

use crate::calendar::ServerInstant;
use crate::money::Pesos;
use crate::voucher::{Amount, Beneficiary, Kind, Links, Network, Status, Version1, Voucher};

pub use callback::{Callback, Covers, Refusal, Verification};
pub use credentials::Credentials;
pub use error::{ErrorCode, GatewayError};
pub use event::{Event, PaymentStatus};
pub use request::{HttpRequest, Options, PaymentRequest};
pub use settle::{Mismatch, OrderPayment, Outcome, apply_callback};

/// A payment gateway that issues Efecty vouchers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gateway {
    /// ePayco, by its "apify" interface.
    Epayco,
}

impl Gateway {
    /// Every gateway.
    pub const ALL: [Gateway; 1] = [Gateway::Epayco];

    /// The gateway with this name.
    pub fn from_name(name: &str) -> Option<Gateway> {
        Gateway::ALL.into_iter().find(|gateway| gateway.name() == name)
    }

    /// A stable name in lower case: `epayco`.
    pub fn name(self) -> &'static str {
        match self {
            Gateway::Epayco => "epayco",
        }
    }
}

impl fmt::Display for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What the shop knows about a voucher and the gateway does not.
#[derive(Clone, Debug)]
pub struct Context {
    /// The unguessable name that the shop gives the voucher.
    pub token: String,
    /// The order, as the shop names it to the shopper.
    pub order_id: String,
    /// What was asked for; an answer about another amount is refused.
    pub amount: Pesos,
    /// Who receives the money.
    pub beneficiary: Beneficiary,
    /// The server's clock.
    pub now: ServerInstant,
}

impl Context {
    /// What is the same for every gateway's payable voucher; the caller adds what its answer says.
    fn voucher(&self, status: Status, network: Network) -> Voucher {
        Voucher {
            version: Version1,
            token: self.token.clone(),
            kind: Kind::Payment,
            status,
            server_time: self.now,
            order_id: Some(self.order_id.clone()),
            beneficiary: self.beneficiary.clone(),
            networks: vec![network],
            amount: Amount { pesos: self.amount, exact: true },
            amount_paid: None,
            paid_at: None,
            barcode: None,
            links: Links::default(),
            issued_at: None,
            active_from: None,
            expires_at: None,
            order_expires_at: None,
            grace_until: None,
            latency: None,
            hours: None,
            superseded_by: None,
            pickup: None,
            poll_after_seconds: None,
            trace_id: None,
        }
    }
}

/// The request that opens a session, for gateways that want one before anything else.
///
/// Send it, and give its answer to [`session_from_gateway`].
pub fn session_request(
    gateway: Gateway,
    credentials: &Credentials,
    options: &Options,
) -> Result<HttpRequest, GatewayError> {
    match gateway {
        Gateway::Epayco => epayco::session_request(credentials, options),
    }
}

/// The session's bearer token, from the answer to [`session_request`].
pub fn session_from_gateway(gateway: Gateway, raw: &str) -> Result<String, GatewayError> {
    match gateway {
        Gateway::Epayco => epayco::session(raw),
    }
}

/// The request that asks the gateway for a voucher.
pub fn payment_request(gateway: Gateway, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
    match gateway {
        Gateway::Epayco => epayco::payment_request(request),
    }
}

/// The request that asks where a payment stands.
pub fn status_request(
    gateway: Gateway,
    payment_id: &str,
    options: &Options,
) -> Result<HttpRequest, GatewayError> {
    match gateway {
        Gateway::Epayco => epayco::status_request(payment_id, options),
    }
}

/// The voucher in a gateway's answer to [`payment_request`].
pub fn voucher_from_gateway(gateway: Gateway, raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
    match gateway {
        Gateway::Epayco => epayco::voucher(raw, context),
    }
}

/// Where the payment stands, by any answer that describes it: to [`payment_request`] or to
/// [`status_request`].
pub fn status_from_gateway(gateway: Gateway, raw: &str) -> Result<Event, GatewayError> {
    match gateway {
        Gateway::Epayco => epayco::status(raw),
    }
}

/// Whether the gateway sent this callback, and what it says.
///
/// Fails only where a credential is missing; a callback that is not authentic is a result.
pub fn verify_callback(
    gateway: Gateway,
    callback: &Callback<'_>,
    credentials: &Credentials,
) -> Result<Verification, GatewayError> {
    match gateway {
        Gateway::Epayco => epayco::verify(callback, credentials),
    }
}
