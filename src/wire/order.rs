//! What to collect and show before a voucher exists.

use crate::calendar::{Deadline, ServerInstant};
use crate::language::Localized;
use crate::payer::Requirements;
use crate::voucher::{Amount, Beneficiary, Version1};

use super::codec::{Codec, Describe, Document, read};
use super::{Expected, Json, WireError};

/// An order that waits for a voucher: the answer of `GET {endpoint}/orders/{orderId}`.
#[derive(Clone, Debug, PartialEq)]
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
    pub consent: Option<ConsentTerms>,
    /// When the shop stops holding the order.
    pub order_expires_at: Option<Deadline>,
    /// The token of the voucher that this order already has.
    pub voucher: Option<String>,
}

/// What a person is asked to agree to (Colombia's law 1581 of 2012: prior, express, informed).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentTerms {
    /// Which text; goes back with the request.
    pub version: String,
    /// The sentence beside the box to tick.
    pub text: Localized,
    /// The whole policy.
    pub link: Option<String>,
}

impl Order {
    /// Reads an order from parsed JSON.
    pub fn read(json: impl Json) -> Result<Order, WireError> {
        read(json)
    }

    /// Reads an order from JSON text.
    pub fn from_json(text: &str) -> Result<Order, WireError> {
        Order::read(&super::parse(text)?)
    }
}

impl Describe for Order {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.version_1();
            codec.text("orderId", Expected::Words, &mut self.order_id);
            codec.required("serverTime", &mut self.server_time);
            codec.required("beneficiary", &mut self.beneficiary);
            codec.required("amount", &mut self.amount);
            codec.defaulted("requirements", &mut self.requirements);
            codec.optional("consent", &mut self.consent);
            codec.optional("orderExpiresAt", &mut self.order_expires_at);
            codec.optional_text("voucher", Expected::Token, &mut self.voucher);
        });
    }
}

impl Document for Order {
    fn blank() -> Order {
        Order {
            version: Version1,
            order_id: String::new(),
            server_time: ServerInstant::EPOCH,
            beneficiary: Beneficiary::blank(),
            amount: Amount::blank(),
            requirements: Requirements::default(),
            consent: None,
            order_expires_at: None,
            voucher: None,
        }
    }
}

impl Describe for ConsentTerms {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.text("version", Expected::Words, &mut self.version);
            codec.required("text", &mut self.text);
            codec.optional_text("link", Expected::Link, &mut self.link);
        });
    }
}

impl Document for ConsentTerms {
    fn blank() -> ConsentTerms {
        ConsentTerms { version: String::new(), text: Localized::blank(), link: None }
    }
}
