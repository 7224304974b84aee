//! What the shopper types: document, name, e-mail and phone become a [`Payer`], or every field's
//! error at once.
//!
//! Gateways refuse vouchers for a badly written payer and do not tell the shopper why. These rules
//! accept what people in Colombia type, return one canonical form, and say what was expected where
//! they refuse. What is accepted by a particular merchant or gateway is data: [`Requirements`].

mod amount;
mod document;
mod email;
mod error;
mod field;
mod grouping;
mod messages;
mod name;
mod nit;
mod numbering;
mod outcome;
mod phone;
mod presets;
mod repertoire;
mod requirements;
mod suggestion;
mod text;
mod typing;

use serde::Serialize;

pub use amount::validate_amount;
pub use document::{Document, DocumentType, validate_document};
pub use email::{ValidEmail, validate_email};
pub use error::{ErrorCode, PayerError};
pub use field::{Field, FieldHints, field_hints};
pub use grouping::format_while_typing;
pub use name::{Bearer, ValidName, transliterate_name, validate_name};
pub use nit::{NitReading, nit_check_digit};
pub use numbering::{NUMBERING, NUMBERING_SOURCE, NumberRange};
pub use outcome::{Answer, Outcome, PayerOutcome};
pub use phone::{Phone, PhoneKind, validate_phone};
pub use presets::{GATEWAYS, gateway_requirements};
pub use requirements::{
    DocumentCharset, DocumentRule, EmailRule, NameCharset, NameRule, PhoneRule, Requirements,
};
pub use suggestion::suggest_email;
pub use typing::check_while_typing;

/// What stands in the fields of the form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PayerInput {
    /// The code of the document type: `CC`, `NIT`, …
    pub document_type: String,
    /// The document number with whatever separators were typed.
    pub document_number: String,
    /// The full name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The phone number, in any habitual spelling.
    pub phone: String,
}

impl PayerInput {
    /// Whose name it is: a NIT may belong to a company.
    pub fn bearer(&self) -> Bearer {
        match DocumentType::from_code(&self.document_type) {
            Some(DocumentType::Nit) => Bearer::Company,
            _ => Bearer::Person,
        }
    }

    /// Writes a check digit that was given apart behind the number; only a NIT has one.
    pub(crate) fn append_check_digit(&mut self, digit: &str) {
        if DocumentType::from_code(&self.document_type) == Some(DocumentType::Nit) {
            // After a hyphen it is the check digit; without one it could be the number's last.
            self.document_number += "-";
            self.document_number += digit;
        }
    }
}

/// Who pays, every member checked and in its canonical form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Payer {
    /// The identity document.
    pub document: Document,
    /// The full name in NFC, spaces collapsed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The e-mail address, its domain in lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The phone number; in JSON its E.164 form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
}

/// Checks every field and returns the payer, or all errors at once in the order of the form.
///
/// An empty optional field is left out of the payer. The name of a payer with a NIT may be a
/// company's.
///
/// # Errors
///
/// Those of the single validators, at most one a field.
pub fn validate_payer(input: &PayerInput, requirements: &Requirements) -> Result<Payer, Vec<PayerError>> {
    let mut errors = Vec::new();
    let document =
        keep(validate_document(&input.document_type, &input.document_number, requirements), &mut errors);
    let type_refused = errors.iter().any(|error| error.field == Field::DocumentType);
    if type_refused && text::is_blank(&input.document_number) {
        errors.push(PayerError::new(Field::DocumentNumber, ErrorCode::Required));
    }
    let name = optional(&input.name, requirements.name.required, &mut errors, || {
        validate_name(&input.name, &requirements.name, input.bearer()).map(|name| name.text)
    });
    let email = optional(&input.email, requirements.email.required, &mut errors, || {
        validate_email(&input.email, &requirements.email).map(|email| email.address)
    });
    let phone = optional(&input.phone, requirements.phone.required, &mut errors, || {
        validate_phone(&input.phone, &requirements.phone)
    });
    match document {
        Some(document) if errors.is_empty() => Ok(Payer { document, name, email, phone }),
        _ => Err(errors),
    }
}

fn optional<T>(
    text: &str,
    required: bool,
    errors: &mut Vec<PayerError>,
    validate: impl FnOnce() -> Result<T, PayerError>,
) -> Option<T> {
    if !required && text::is_blank(text) {
        return None;
    }
    keep(validate(), errors)
}

fn keep<T>(result: Result<T, PayerError>, errors: &mut Vec<PayerError>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            errors.push(error);
            None
        }
    }
}
