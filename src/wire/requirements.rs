//! What a merchant asks of the payer, in JSON. Every member may be absent.

use crate::money::AmountLimits;
use crate::payer::{
    DocumentCharset, DocumentRule, DocumentType, EmailRule, NameCharset, NameRule, PhoneKind, PhoneRule,
    Requirements,
};

use super::codec::{Codec, Describe, Document, read};
use super::{Expected, Json, WireError};

/// No document number is longer.
const MAX_DOCUMENT: u32 = 40;

impl Requirements {
    /// Reads requirements from parsed JSON.
    pub fn read(json: impl Json) -> Result<Requirements, WireError> {
        read(json)
    }
}

impl NameRule {
    /// Reads the rule of a name from parsed JSON.
    pub fn read(json: impl Json) -> Result<NameRule, WireError> {
        read(json)
    }
}

impl EmailRule {
    /// Reads the rule of an e-mail address from parsed JSON.
    pub fn read(json: impl Json) -> Result<EmailRule, WireError> {
        read(json)
    }
}

impl PhoneRule {
    /// Reads the rule of a phone number from parsed JSON.
    pub fn read(json: impl Json) -> Result<PhoneRule, WireError> {
        read(json)
    }
}

impl AmountLimits {
    /// Reads the limits of an amount from parsed JSON.
    pub fn read(json: impl Json) -> Result<AmountLimits, WireError> {
        read(json)
    }
}

impl Describe for Requirements {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            if codec.enter("documents", true) {
                codec.list(&mut self.documents);
                if self.documents.is_empty() {
                    codec.fail(Expected::Document);
                }
                codec.leave();
            }
            codec.defaulted("name", &mut self.name);
            codec.defaulted("email", &mut self.email);
            codec.defaulted("phone", &mut self.phone);
            codec.defaulted("amount", &mut self.amount);
        });
    }
}

impl Document for Requirements {
    fn blank() -> Requirements {
        Requirements::default()
    }
}

impl Describe for DocumentRule {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.required("type", &mut self.document_type);
            if codec.reads() {
                *self = DocumentRule::new(self.document_type);
            }
            self.min_length = codec.number("minLength", 1, MAX_DOCUMENT, self.min_length.into()) as u8;
            self.max_length = codec.number("maxLength", 1, MAX_DOCUMENT, self.max_length.into()) as u8;
            codec.optional("label", &mut self.label);
            codec.optional("charset", &mut self.charset);
            // A form that nobody can fill in is the merchant's to hear of, not the shopper's.
            if self.min_length > self.max_length {
                codec.fail_at("maxLength", Expected::WholeNumber);
            }
        });
    }
}

impl Document for DocumentRule {
    fn blank() -> DocumentRule {
        DocumentRule::new(DocumentType::Cc)
    }
}

/// One of the contract's own codes; what others call them is read in the payer's document only.
impl Describe for DocumentType {
    fn describe(&mut self, codec: &mut Codec) {
        let mut code = self.as_str().to_owned();
        codec.text_here(Expected::Text, &mut code);
        match DocumentType::from_code(&code).filter(|known| known.as_str() == code) {
            Some(known) => *self = known,
            None => codec.fail(Expected::Word),
        }
    }
}

impl Describe for DocumentCharset {
    fn describe(&mut self, codec: &mut Codec) {
        *self = match codec.word(&["digits", "alphanumeric"], *self as usize) {
            0 => DocumentCharset::Digits,
            _ => DocumentCharset::Alphanumeric,
        };
    }
}

impl Document for DocumentCharset {
    fn blank() -> DocumentCharset {
        DocumentCharset::Digits
    }
}

impl Describe for NameRule {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.flag("required", &mut self.required);
            self.max_length = codec.number("maxLength", 1, 300, self.max_length.into()) as u16;
            codec.defaulted("charset", &mut self.charset);
        });
    }
}

impl Document for NameRule {
    fn blank() -> NameRule {
        NameRule::default()
    }
}

impl Describe for NameCharset {
    fn describe(&mut self, codec: &mut Codec) {
        *self = match codec.word(&["latin", "ascii"], *self as usize) {
            0 => NameCharset::Latin,
            _ => NameCharset::Ascii,
        };
    }
}

impl Describe for EmailRule {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.flag("required", &mut self.required);
            self.max_length = codec.number("maxLength", 6, 254, self.max_length.into()) as u16;
        });
    }
}

impl Document for EmailRule {
    fn blank() -> EmailRule {
        EmailRule::default()
    }
}

impl Describe for PhoneRule {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.flag("required", &mut self.required);
            if codec.enter("kinds", true) {
                codec.list(&mut self.kinds);
                codec.leave();
            }
            codec.flag("foreign", &mut self.foreign);
        });
    }
}

impl Document for PhoneRule {
    fn blank() -> PhoneRule {
        PhoneRule::default()
    }
}

/// A kind of Colombian number.
impl Describe for PhoneKind {
    fn describe(&mut self, codec: &mut Codec) {
        *self = match codec.word(&["mobile", "landline"], *self as usize) {
            0 => PhoneKind::Mobile,
            1 => PhoneKind::Landline,
            _ => PhoneKind::Foreign,
        };
    }
}

impl Document for PhoneKind {
    fn blank() -> PhoneKind {
        PhoneKind::Mobile
    }
}

impl Describe for AmountLimits {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.defaulted("min", &mut self.min);
            codec.defaulted("max", &mut self.max);
            if self.min > self.max {
                codec.fail_at("max", Expected::Pesos);
            }
        });
    }
}

impl Document for AmountLimits {
    fn blank() -> AmountLimits {
        AmountLimits::default()
    }
}
