//! Payment gateways, for the merchant's server.
//!
//! Each gateway's file maps its answers to a [`Voucher`] or an [`Event`] and says whether a callback
//! is authentic. Nothing here sends, waits or reads a clock: requests are data to send, answers are
//! text that was received. The raw text matters: a parser that holds numbers as doubles loses
//! digits of references.
//!
//! An authentic callback is not yet a payment. Compare it with the order by [`apply_callback`], and
//! where [`Verification::requery`] says so, ask the gateway for the state first.

mod adapter;
mod callback;
mod credentials;
mod digest;
mod document;
mod error;
mod event;
mod form;
pub mod json;
mod request;
mod settle;
mod xml;
mod zone;

use core::fmt;

use adapter::Adapter;
use document::{Document, is_uuid};

use crate::calendar::ServerInstant;
use crate::money::Pesos;
use crate::voucher::{Agreement, Amount, Beneficiary, Kind, Network, Reference, Status, Voucher};
use crate::wire::Document as _;

pub use adapter::Capabilities;
pub use callback::{Callback, Covers, Refusal, Verification, VerifyOptions};
pub use credentials::Credentials;
pub use error::{ErrorCode, GatewayError};
pub use event::{Event, PaymentStatus};
pub use request::{Address, HttpRequest, Options, PaymentRequest, StatusRequest};
pub use settle::{Mismatch, OrderPayment, Outcome, apply_callback};
pub use zone::Zone;

/// One line per gateway: `Variant = file, "what it is"`. The file's name is the gateway's.
macro_rules! gateways {
    ($($variant:ident = $file:ident, $about:literal;)*) => {
        $(mod $file;)*

        /// A payment gateway that issues Efecty vouchers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Gateway {
            $(#[doc = $about] $variant,)*
        }

        impl Gateway {
            /// Every gateway.
            pub const ALL: &[Gateway] = &[$(Gateway::$variant),*];

            /// The names as a type of TypeScript.
            #[allow(dead_code, reason = "only the declarations of the exports read it")]
            pub(crate) const TYPESCRIPT: &str = concat!(
                "/** A gateway, by its name in lower case. */\nexport type GatewayName =",
                $("\n  | '", stringify!($file), "'",)* ";\n",
            );

            /// A stable name in lower case: `epayco`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Gateway::$variant => stringify!($file),)*
                }
            }

            fn adapter(self) -> &'static dyn Adapter {
                match self {
                    $(Gateway::$variant => &$file::Gateway,)*
                }
            }
        }
    };
}

gateways! {
    Epayco = epayco, "ePayco, by its \"apify\" interface.";
    Payu = payu, "PayU Latam.";
    Dlocal = dlocal, "dLocal.";
    Mercadopago = mercadopago, "Mercado Pago.";
    Kushki = kushki, "Kushki.";
    Openpay = openpay, "Openpay Colombia.";
    Ebanx = ebanx, "EBANX.";
    Rapyd = rapyd, "Rapyd.";
    Placetopay = placetopay, "PlacetoPay (Evertec), by its hosted checkout.";
    Bamboo = bamboo, "Bamboo Payment.";
    Payvalida = payvalida, "Payvalida.";
    Yuno = yuno, "Yuno, which passes payments on to other gateways.";
}

impl Gateway {
    /// The gateway with this name.
    pub fn from_name(name: &str) -> Option<Gateway> {
        Gateway::ALL.iter().copied().find(|gateway| gateway.name() == name)
    }

    /// What it offers, as data.
    pub fn capabilities(self) -> Capabilities {
        self.adapter().capabilities()
    }

    /// The adapter, where the gateway deals in this kind of voucher.
    fn dealing_in(self, kind: Kind) -> Result<&'static dyn Adapter, GatewayError> {
        if kind == Kind::Pickup && !self.capabilities().pickup {
            return Err(GatewayError::unsupported("cash pickup"));
        }
        Ok(self.adapter())
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
    /// The convenio, for gateways that do not tell it; one that tells another is refused.
    pub agreement: Option<String>,
    /// The zone of the gateway's date-times where its documents do not settle it.
    pub zone: Option<Zone>,
    /// Of cash paid out: the documents that the collector may show, as `CC`. `None` is a payment.
    pub pickup_documents: Option<Vec<String>>,
    /// The server's clock.
    pub now: ServerInstant,
}

impl Context {
    fn kind(&self) -> Kind {
        if self.pickup_documents.is_some() { Kind::Pickup } else { Kind::Payment }
    }

    /// Refuses an answer about another amount or another currency than pesos.
    fn check_amount(&self, document: &Document, amount: &str, currency: &str) -> Result<(), GatewayError> {
        document.expect(currency, "COP")?;
        self.check_pesos(document.pesos(amount)?, amount)
    }

    /// The same of amounts that an answer repeats, where they are there.
    fn amounts_agree(&self, document: &Document, paths: &[&str]) -> Result<(), GatewayError> {
        let mut repeated = paths.iter().filter(|path| document.at(path).is_some());
        repeated.try_for_each(|path| self.check_pesos(document.pesos(path)?, path))
    }

    fn check_pesos(&self, amount: Pesos, path: &str) -> Result<(), GatewayError> {
        if amount == self.amount {
            return Ok(());
        }
        Err(GatewayError::unexpected(path, self.amount.get().to_string()))
    }

    /// The convenio in the answer, or else the one that the shop knows.
    fn agreement(&self, document: &Document, path: &str) -> Result<Option<Agreement>, GatewayError> {
        let told = document.optional_code(path)?;
        if let (Some(told), Some(known)) = (&told, &self.agreement)
            && told != known
        {
            return Err(GatewayError::unexpected(path, known.as_str()));
        }
        let code = told.or_else(|| self.agreement.clone());
        Ok(code.map(|code| Agreement { label: None, code }))
    }

    /// A voucher that is paid at Efecty.
    fn efecty(&self, agreement: Option<Agreement>, reference: Reference) -> Voucher {
        let network = Network {
            id: "efecty".to_owned(),
            name: "Efecty".to_owned(),
            brands: vec!["Efecty".to_owned()],
            agreement,
            reference,
        };
        self.voucher(vec![network])
    }

    /// What is the same for every gateway's payable voucher; the caller adds what its answer says.
    fn voucher(&self, networks: Vec<Network>) -> Voucher {
        Voucher {
            token: self.token.clone(),
            kind: self.kind(),
            status: Status::Pending,
            server_time: self.now,
            order_id: Some(self.order_id.clone()),
            beneficiary: self.beneficiary.clone(),
            networks,
            amount: Amount { pesos: self.amount, exact: true },
            ..Voucher::blank()
        }
    }
}

/// A reference as the answer holds it, in groups for the eye; a UUID is nothing to dictate.
fn reference(document: &Document, path: &str, grouping: &[u8]) -> Result<Reference, GatewayError> {
    let value = document.code(path)?;
    if is_uuid(&value) {
        return Err(GatewayError::unexpected(path, "a reference that can be dictated"));
    }
    let fits = grouping.iter().map(|size| usize::from(*size)).sum::<usize>() == value.len();
    Ok(Reference { label: None, value, grouping: if fits { grouping.to_vec() } else { Vec::new() } })
}

/// The request that opens a session, for gateways that want one before anything else.
///
/// Send it, and give its answer to [`session_from_gateway`].
pub fn session_request(
    gateway: Gateway,
    credentials: &Credentials,
    options: &Options,
) -> Result<HttpRequest, GatewayError> {
    gateway.adapter().session_request(credentials, options)
}

/// The session's bearer token, from the answer to [`session_request`]: the credential `bearer`.
pub fn session_from_gateway(gateway: Gateway, raw: &str) -> Result<String, GatewayError> {
    gateway.adapter().session(raw)
}

/// The request that announces one payment, for gateways that create it in two steps.
///
/// Send it, and give its answer to [`token_from_gateway`].
pub fn token_request(gateway: Gateway, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
    require_amount(request)?;
    gateway.dealing_in(request.kind)?.token_request(request)
}

/// The announced payment's token, from the answer to [`token_request`]: the credential `token`.
pub fn token_from_gateway(gateway: Gateway, raw: &str) -> Result<String, GatewayError> {
    gateway.adapter().token(raw)
}

/// The request that asks the gateway for a voucher: to pay with, or to collect cash with.
///
/// What is missing for it is named before anything is sent.
pub fn payment_request(gateway: Gateway, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
    require_amount(request)?;
    gateway.dealing_in(request.kind)?.payment_request(request)
}

/// Nothing to pay is no payment: some gateways take 0 for an amount that the payer chooses.
fn require_amount(request: &PaymentRequest<'_>) -> Result<(), GatewayError> {
    if request.amount.get() == 0 {
        return Err(GatewayError::new(ErrorCode::Unfit, "amount", "1 peso or more"));
    }
    Ok(())
}

/// The request that asks where a payment stands.
pub fn status_request(gateway: Gateway, request: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
    gateway.adapter().status_request(request)
}

/// The voucher in a gateway's answer to [`payment_request`].
///
/// It is one that the widget reads.
pub fn voucher_from_gateway(gateway: Gateway, raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
    let voucher = gateway.dealing_in(context.kind())?.voucher(raw, context)?;
    let json = serde_json::to_string(&voucher).unwrap_or_default();
    match Voucher::from_json(&json) {
        Ok(_) => Ok(voucher),
        Err(error) => Err(GatewayError::unexpected(&format!("voucher.{}", error.path), error.to_string())),
    }
}

/// Where the payment stands, by any answer that describes it: to [`payment_request`] or to
/// [`status_request`].
pub fn status_from_gateway(gateway: Gateway, raw: &str) -> Result<Event, GatewayError> {
    gateway.adapter().status(raw)
}

/// Whether the gateway sent this callback, and what it says.
///
/// Fails only where a credential is missing, or the zone of a signed time that does not say its own; a
/// callback that is not authentic is a result.
pub fn verify_callback(
    gateway: Gateway,
    callback: &Callback<'_>,
    credentials: &Credentials,
    options: &VerifyOptions,
) -> Result<Verification, GatewayError> {
    gateway.adapter().verify(callback, credentials, options)
}
