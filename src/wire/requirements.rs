//! Reading what a merchant asks of the payer.

use crate::money::AmountLimits;
use crate::payer::{
    DocumentCharset, DocumentRule, DocumentType, EmailRule, NameCharset, NameRule, PhoneKind, PhoneRule,
    Requirements,
};

use super::reader::Reader;
use super::{Expected, Json, WireError};

/// No document number is longer.
const MAX_DOCUMENT: u32 = 40;

impl Requirements {
    /// Reads requirements from parsed JSON.
    pub fn read(json: impl Json) -> Result<Requirements, WireError> {
        read(&Reader::root(json))
    }
}

impl NameRule {
    /// Reads the rule of a name from parsed JSON.
    pub fn read(json: impl Json) -> Result<NameRule, WireError> {
        name(&Reader::root(json))
    }
}

impl EmailRule {
    /// Reads the rule of an e-mail address from parsed JSON.
    pub fn read(json: impl Json) -> Result<EmailRule, WireError> {
        email(&Reader::root(json))
    }
}

impl PhoneRule {
    /// Reads the rule of a phone number from parsed JSON.
    pub fn read(json: impl Json) -> Result<PhoneRule, WireError> {
        phone(&Reader::root(json))
    }
}

impl AmountLimits {
    /// Reads the limits of an amount from parsed JSON.
    pub fn read(json: impl Json) -> Result<AmountLimits, WireError> {
        amount(&Reader::root(json))
    }
}

/// Every member may be absent: what it would say is then the default.
pub(super) fn read<J: Json>(at: &Reader<J>) -> Result<Requirements, WireError> {
    let default = Requirements::default();
    Ok(Requirements {
        documents: at.map("documents", documents)?.unwrap_or(default.documents),
        name: at.map("name", name)?.unwrap_or_default(),
        email: at.map("email", email)?.unwrap_or_default(),
        phone: at.map("phone", phone)?.unwrap_or_default(),
        amount: at.map("amount", amount)?.unwrap_or_default(),
    })
}

fn documents<J: Json>(at: &Reader<J>) -> Result<Vec<DocumentRule>, WireError> {
    let rules = at.items()?.iter().map(document).collect::<Result<Vec<_>, _>>()?;
    if rules.is_empty() { Err(at.error(Expected::Document)) } else { Ok(rules) }
}

fn document<J: Json>(at: &Reader<J>) -> Result<DocumentRule, WireError> {
    let default = DocumentRule::new(document_type(&at.required("type")?)?);
    let length = |m: &Reader<J>| m.whole_number(1, MAX_DOCUMENT).map(|n| n as u8);
    let rule = DocumentRule {
        min_length: at.map("minLength", length)?.unwrap_or(default.min_length),
        max_length: at.map("maxLength", length)?.unwrap_or(default.max_length),
        label: at.map("label", |m| m.localized())?,
        charset: at.map("charset", charset)?,
        ..default
    };
    // A form that nobody can fill in is the merchant's to hear of, not the shopper's.
    if rule.min_length > rule.max_length {
        return Err(at.error_at("maxLength", Expected::WholeNumber));
    }
    Ok(rule)
}

/// One of the contract's own codes; what others call them is read in the payer's document only.
fn document_type<J: Json>(at: &Reader<J>) -> Result<DocumentType, WireError> {
    let code = at.text()?;
    let known = DocumentType::from_code(&code).filter(|known| known.as_str() == code);
    known.ok_or_else(|| at.error(Expected::Word))
}

fn charset<J: Json>(at: &Reader<J>) -> Result<DocumentCharset, WireError> {
    match at.text()?.as_str() {
        "digits" => Ok(DocumentCharset::Digits),
        "alphanumeric" => Ok(DocumentCharset::Alphanumeric),
        _ => Err(at.error(Expected::Word)),
    }
}

fn name<J: Json>(at: &Reader<J>) -> Result<NameRule, WireError> {
    let default = NameRule::default();
    Ok(NameRule {
        required: at.map("required", |m| m.boolean())?.unwrap_or(default.required),
        max_length: at.map("maxLength", |m| m.whole_number(1, 300))?.map_or(default.max_length, |n| n as u16),
        charset: at.map("charset", name_charset)?.unwrap_or(default.charset),
    })
}

fn name_charset<J: Json>(at: &Reader<J>) -> Result<NameCharset, WireError> {
    match at.text()?.as_str() {
        "latin" => Ok(NameCharset::Latin),
        "ascii" => Ok(NameCharset::Ascii),
        _ => Err(at.error(Expected::Word)),
    }
}

fn email<J: Json>(at: &Reader<J>) -> Result<EmailRule, WireError> {
    let default = EmailRule::default();
    Ok(EmailRule {
        required: at.map("required", |m| m.boolean())?.unwrap_or(default.required),
        max_length: at.map("maxLength", |m| m.whole_number(6, 254))?.map_or(default.max_length, |n| n as u16),
    })
}

fn phone<J: Json>(at: &Reader<J>) -> Result<PhoneRule, WireError> {
    let default = PhoneRule::default();
    Ok(PhoneRule {
        required: at.map("required", |m| m.boolean())?.unwrap_or(default.required),
        kinds: at.map("kinds", kinds)?.unwrap_or(default.kinds),
        foreign: at.map("foreign", |m| m.boolean())?.unwrap_or(default.foreign),
    })
}

fn kinds<J: Json>(at: &Reader<J>) -> Result<Vec<PhoneKind>, WireError> {
    let kind = |item: &Reader<J>| match item.text()?.as_str() {
        "mobile" => Ok(PhoneKind::Mobile),
        "landline" => Ok(PhoneKind::Landline),
        _ => Err(item.error(Expected::Word)),
    };
    at.items()?.iter().map(kind).collect()
}

fn amount<J: Json>(at: &Reader<J>) -> Result<AmountLimits, WireError> {
    let default = AmountLimits::default();
    let limits = AmountLimits {
        min: at.map("min", |m| m.pesos())?.unwrap_or(default.min),
        max: at.map("max", |m| m.pesos())?.unwrap_or(default.max),
    };
    if limits.min > limits.max { Err(at.error_at("max", Expected::Pesos)) } else { Ok(limits) }
}
