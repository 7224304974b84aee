//! A voucher in JSON.

use crate::calendar::ServerInstant;
use crate::money::Pesos;
use crate::voucher::{
    Agreement, Amount, Barcode, Beneficiary, Kind, Links, Network, Pickup, Reference, Status, Symbology,
    Version1, Voucher,
};

use super::codec::{Codec, Describe, Document, read};
use super::text::MAX_CODE;
use super::{Expected, Json, WireError};

/// The longest name of a network.
const MAX_ID: usize = 32;

impl Voucher {
    /// Reads a voucher from parsed JSON.
    pub fn read(json: impl Json) -> Result<Voucher, WireError> {
        read(json)
    }

    /// Reads a voucher from JSON text.
    pub fn from_json(text: &str) -> Result<Voucher, WireError> {
        Voucher::read(&super::parse(text)?)
    }
}

impl Describe for Voucher {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.version_1();
            codec.text("token", Expected::Token, &mut self.token);
            codec.defaulted("kind", &mut self.kind);
            codec.required("status", &mut self.status);
            codec.required("serverTime", &mut self.server_time);
            codec.optional_text("orderId", Expected::Words, &mut self.order_id);
            codec.required("beneficiary", &mut self.beneficiary);
            codec.required_list("networks", &mut self.networks);
            codec.required("amount", &mut self.amount);
            codec.optional("amountPaid", &mut self.amount_paid);
            codec.optional("paidAt", &mut self.paid_at);
            codec.optional("barcode", &mut self.barcode);
            codec.defaulted("links", &mut self.links);
            codec.optional("issuedAt", &mut self.issued_at);
            codec.optional("activeFrom", &mut self.active_from);
            codec.optional("expiresAt", &mut self.expires_at);
            codec.optional("orderExpiresAt", &mut self.order_expires_at);
            codec.optional("graceUntil", &mut self.grace_until);
            codec.optional("latency", &mut self.latency);
            codec.optional("hours", &mut self.hours);
            codec.optional_text("supersededBy", Expected::Token, &mut self.superseded_by);
            codec.optional("pickup", &mut self.pickup);
            codec.optional_number("pollAfterSeconds", 1, 86_400, &mut self.poll_after_seconds);
            codec.optional_text("traceId", Expected::Words, &mut self.trace_id);
        });
        self.check_payable(codec);
    }
}

impl Document for Voucher {
    // Large, and begun at several places.
    #[inline(never)]
    fn blank() -> Voucher {
        Voucher {
            version: Version1,
            token: String::new(),
            kind: Kind::default(),
            status: Status::Preparing,
            server_time: ServerInstant::EPOCH,
            order_id: None,
            beneficiary: Beneficiary::blank(),
            networks: Vec::new(),
            amount: Amount::blank(),
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

impl Voucher {
    /// A voucher that waits for cash must say with which codes, or where they are shown.
    fn check_payable(&self, codec: &mut Codec) {
        let has_codes = !self.networks.is_empty() || self.links.voucher.is_some();
        if self.status == Status::Pending && self.kind == Kind::Payment && !has_codes {
            codec.fail_at("networks", Expected::Network);
        }
        if self.kind == Kind::Pickup && self.pickup.is_none() {
            codec.fail_at("pickup", Expected::Member);
        }
    }
}

impl Describe for Kind {
    fn describe(&mut self, codec: &mut Codec) {
        *self = match codec.word(&["payment", "pickup"], *self as usize) {
            0 => Kind::Payment,
            _ => Kind::Pickup,
        };
    }
}

impl Describe for Status {
    fn describe(&mut self, codec: &mut Codec) {
        let mut name = self.name().to_owned();
        codec.text_here(Expected::Words, &mut name);
        *self = Status::from_name(&name);
    }
}

impl Describe for Beneficiary {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.text("name", Expected::Words, &mut self.name);
            codec.optional_text("taxId", Expected::Words, &mut self.tax_id);
        });
    }
}

impl Document for Beneficiary {
    fn blank() -> Beneficiary {
        Beneficiary { name: String::new(), tax_id: None }
    }
}

impl Describe for Amount {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.required("pesos", &mut self.pesos);
            if self.pesos.get() == 0 {
                codec.fail_at("pesos", Expected::Pesos);
            }
            codec.flag("exact", &mut self.exact);
        });
    }
}

impl Document for Amount {
    fn blank() -> Amount {
        Amount { pesos: Pesos::default(), exact: true }
    }
}

impl Describe for Network {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.text("id", Expected::Code, &mut self.id);
            if self.id.len() > MAX_ID {
                codec.fail_at("id", Expected::Code);
            }
            codec.text("name", Expected::Words, &mut self.name);
            codec.optional_list("brands", &mut self.brands);
            codec.optional("agreement", &mut self.agreement);
            codec.required("reference", &mut self.reference);
        });
    }
}

impl Document for Network {
    fn blank() -> Network {
        Network {
            id: String::new(),
            name: String::new(),
            brands: Vec::new(),
            agreement: None,
            reference: Reference::blank(),
        }
    }
}

impl Describe for Agreement {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.optional_text("label", Expected::Words, &mut self.label);
            codec.text("code", Expected::Code, &mut self.code);
        });
    }
}

impl Document for Agreement {
    fn blank() -> Agreement {
        Agreement { label: None, code: String::new() }
    }
}

impl Describe for Reference {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.optional_text("label", Expected::Words, &mut self.label);
            codec.text("value", Expected::Code, &mut self.value);
            codec.optional_list("grouping", &mut self.grouping);
        });
    }
}

impl Document for Reference {
    fn blank() -> Reference {
        Reference { label: None, value: String::new(), grouping: Vec::new() }
    }
}

/// How many characters of a code stand together.
impl Describe for u8 {
    fn describe(&mut self, codec: &mut Codec) {
        *self = codec.number_here(1, MAX_CODE as u32, (*self).into()) as u8;
    }
}

impl Document for u8 {
    fn blank() -> u8 {
        0
    }
}

impl Describe for Barcode {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.required("symbology", &mut self.symbology);
            // What the symbology can carry is the encoder's to say.
            codec.text("content", Expected::Content, &mut self.content);
        });
    }
}

impl Document for Barcode {
    fn blank() -> Barcode {
        Barcode { symbology: Symbology::Code128, content: String::new() }
    }
}

impl Describe for Symbology {
    fn describe(&mut self, codec: &mut Codec) {
        let mut name = self.name().to_owned();
        codec.text_here(Expected::Words, &mut name);
        *self = Symbology::from_name(&name);
    }
}

impl Describe for Links {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.optional_text("voucher", Expected::Link, &mut self.voucher);
            codec.optional_text("pdf", Expected::Link, &mut self.pdf);
            codec.optional_text("handover", Expected::Link, &mut self.handover);
            codec.optional_text("events", Expected::LinkOrPath, &mut self.events);
            codec.optional_text("renew", Expected::LinkOrPath, &mut self.renew);
        });
    }
}

impl Document for Links {
    fn blank() -> Links {
        Links::default()
    }
}

impl Describe for Pickup {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.text("pin", Expected::Code, &mut self.pin);
            codec.required_list("documents", &mut self.documents);
        });
    }
}

impl Document for Pickup {
    fn blank() -> Pickup {
        Pickup { pin: String::new(), documents: Vec::new() }
    }
}
