//! What to collect and show before a voucher exists.

use serde::Serialize;

use crate::calendar::{Deadline, ServerInstant};
use crate::language::Localized;
use crate::payer::Requirements;
use crate::voucher::{Amount, Beneficiary, Version1};

use super::reader::Reader;
use super::{Json, WireError, voucher};

/// An order that waits for a voucher: the answer of `GET {endpoint}/orders/{orderId}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// The contract's version.
    pub version: Version1,
    /// The order, as the shop names it to the shopper.
    pub order_id: String,
    /// The server's clock when it said this.
    pub server_time: ServerInstant,
    /// Who receives the money.
    pub beneficiary: Beneficiary,
    /// What is to be paid.
    pub amount: Amount,
    /// What the gateway wants of the payer.
    pub requirements: Requirements,
    /// What the payer has to agree to; absent where the shop already has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentTerms>,
    /// When the shop stops holding the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_expires_at: Option<Deadline>,
    /// The token of the voucher that this order already has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voucher: Option<String>,
}

/// What a person is asked to agree to (Colombia's law 1581 of 2012: prior, express, informed).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsentTerms {
    /// Which text; goes back with the request.
    pub version: String,
    /// The sentence beside the box to tick.
    pub text: Localized,
    /// The whole policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl Order {
    /// Reads an order from parsed JSON.
    pub fn read(json: impl Json) -> Result<Order, WireError> {
        let at = Reader::root(json);
        at.version_1()?;
        Ok(Order {
            version: Version1,
            order_id: at.required("orderId")?.words()?,
            server_time: at.required("serverTime")?.instant()?,
            beneficiary: voucher::beneficiary(&at.required("beneficiary")?)?,
            amount: voucher::amount(&at.required("amount")?)?,
            requirements: at.map("requirements", super::requirements::read)?.unwrap_or_default(),
            consent: at.map("consent", terms)?,
            order_expires_at: at.map("orderExpiresAt", |m| m.deadline())?,
            voucher: at.map("voucher", |m| m.token())?,
        })
    }

    /// Reads an order from JSON text.
    pub fn from_json(text: &str) -> Result<Order, WireError> {
        Order::read(super::parse(text)?)
    }
}

fn terms<J: Json>(at: &Reader<J>) -> Result<ConsentTerms, WireError> {
    Ok(ConsentTerms {
        version: at.required("version")?.words()?,
        text: at.required("text")?.localized()?,
        link: at.map("link", |m| m.link())?,
    })
}
