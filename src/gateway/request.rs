//! Requests to a gateway, as data for whatever HTTP client the server has.

use core::fmt;

use crate::calendar::{BogotaDate, ServerInstant};
use crate::money::Pesos;
use crate::payer::Payer;

use super::Credentials;

/// A request to send. `Debug` leaves out headers and body: they hold keys and personal data.
#[derive(Clone, PartialEq, Eq)]
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
    /// The last day to pay, where the gateway's default is not wanted.
    pub last_day: Option<BogotaDate>,
    /// The shopper's address, for gateways that want it.
    pub payer_ip: Option<String>,
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
    /// The shop's number of this payment: unique, and the same when the request is sent again.
    pub invoice: &'a str,
    /// What is sold, in a few words.
    pub description: &'a str,
    /// How much.
    pub amount: Pesos,
    /// Who pays.
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
