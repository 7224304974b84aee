//! The request for a voucher.

use crate::calendar::ServerInstant;
use crate::payer::{self, Payer, PayerInput};

use super::codec::{Codec, Describe, Document, read};
use super::{Expected, Json, WireError};

/// What `POST {endpoint}/vouchers` carries, as a backend receives it: the payer is not yet validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateVoucher {
    /// The order to pay.
    pub order_id: String,
    /// The payer, as typed or already canonical.
    pub payer: PayerInput,
    /// What the payer agreed to, where the order asked for it.
    pub consent: Option<Consent>,
}

/// That a person agreed to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Which text.
    pub version: String,
    /// When, by the server's clock as the widget knows it.
    pub accepted_at: ServerInstant,
}

/// The request as the widget sends it: the payer is valid and canonical.
#[derive(Clone, Debug)]
pub struct CreateBody<'a> {
    /// The order to pay.
    pub order_id: &'a str,
    /// The payer.
    pub payer: &'a Payer,
    /// What the payer agreed to.
    pub consent: Option<&'a Consent>,
}

impl CreateVoucher {
    /// Reads a request from parsed JSON.
    pub fn read(json: impl Json) -> Result<CreateVoucher, WireError> {
        read(json)
    }

    /// Reads a request from JSON text.
    pub fn from_json(text: &str) -> Result<CreateVoucher, WireError> {
        CreateVoucher::read(&super::parse(text)?)
    }
}

impl PayerInput {
    /// Reads a payer, as typed or already canonical, from parsed JSON.
    pub fn read(json: impl Json) -> Result<PayerInput, WireError> {
        read(json)
    }
}

impl Describe for CreateVoucher {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.text("orderId", Expected::Words, &mut self.order_id);
            codec.required("payer", &mut self.payer);
            codec.optional("consent", &mut self.consent);
        });
    }
}

impl Document for CreateVoucher {
    fn blank() -> CreateVoucher {
        CreateVoucher { order_id: String::new(), payer: PayerInput::default(), consent: None }
    }
}

/// Members that are absent are empty texts: the validators say what they miss, at its field.
impl Describe for PayerInput {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            if codec.enter("document", true) {
                describe_document(self, codec);
                codec.leave();
            }
            codec.any_text("name", &mut self.name);
            codec.any_text("email", &mut self.email);
            codec.any_text("phone", &mut self.phone);
        });
    }
}

fn describe_document(payer: &mut PayerInput, codec: &mut Codec) {
    codec.object(|codec| {
        codec.any_text("type", &mut payer.document_type);
        codec.any_text("number", &mut payer.document_number);
        let mut check_digit = None;
        codec.optional_text("checkDigit", Expected::Digit, &mut check_digit);
        if let Some(digit) = check_digit {
            payer.append_check_digit(&digit);
        }
    });
}

impl Document for PayerInput {
    fn blank() -> PayerInput {
        PayerInput::default()
    }
}

impl Describe for Consent {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.text("version", Expected::Words, &mut self.version);
            codec.required("acceptedAt", &mut self.accepted_at);
        });
    }
}

impl Document for Consent {
    fn blank() -> Consent {
        Consent { version: String::new(), accepted_at: ServerInstant::EPOCH }
    }
}

/// As the widget sends it: nobody reads it in this form.
impl Describe for CreateBody<'_> {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.text("orderId", Expected::Words, &mut self.order_id.to_owned());
            codec.required("payer", &mut self.payer.clone());
            codec.optional("consent", &mut self.consent.cloned());
        });
    }
}

impl Describe for Payer {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.required("document", &mut self.document);
            codec.optional_text("name", Expected::Text, &mut self.name);
            codec.optional_text("email", Expected::Text, &mut self.email);
            let mut phone = self.phone.take().map(|phone| phone.e164);
            codec.optional_text("phone", Expected::Text, &mut phone);
        });
    }
}

impl Describe for payer::Document {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.required("type", &mut self.document_type);
            codec.text("number", Expected::Text, &mut self.number);
            let mut check_digit = self.check_digit().map(|digit| char::from(b'0' + digit).into());
            codec.optional_text("checkDigit", Expected::Digit, &mut check_digit);
        });
    }
}
