//! Why a field was refused: a closed list of codes.

use core::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::Field;
use super::messages::message;
use crate::language::{Language, Localized};

/// Why a field was refused. The list is closed: a new code is a new version of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// Nothing was given; for the type of document `expected` lists the accepted ones.
    Required,
    /// A lone surrogate, or the U+FFFD that replaces one.
    IllFormedText,
    /// A control, zero-width, bidi or filler character.
    InvisibleCharacter,
    /// A character that the field does not take.
    InvalidCharacter,
    /// A letter where only digits are written.
    DigitsOnly,
    /// A document number that begins with 0 and cannot.
    LeadingZero,
    /// Fewer characters than expected; `expected` is the least number.
    TooShort,
    /// More characters than expected; `expected` is the greatest number.
    TooLong,
    /// Not the code of a document type; `expected` lists the accepted ones.
    UnknownDocumentType,
    /// A document type that this merchant does not accept; `expected` lists the accepted ones.
    DocumentTypeNotAccepted,
    /// A NIT whose check digit is wrong; `expected` is the right one.
    CheckDigit,
    /// A number as it was written or dialled before 2021; `expected` is how it is written now.
    OldPhoneFormat,
    /// A toll-free or premium-rate number.
    ServiceNumber,
    /// Ten digits that no mobile or landline in Colombia has.
    UnassignedNumber,
    /// A number of another country where only Colombian ones are accepted; `expected` is `+57`.
    ForeignNumber,
    /// A kind of number that this merchant does not accept; `expected` is the accepted kind.
    PhoneKind,
    /// Digits in a person's name.
    DigitsInName,
    /// An e-mail address without `@`; `expected` is `@`.
    MissingAt,
    /// An e-mail address with a dot at an end of its local part, or two dots in a row.
    MisplacedDot,
    /// The domain of an e-mail address cannot be one; `expected` is a suggestion, where there is one.
    InvalidDomain,
    /// The part before `@` is above 64 characters; `expected` is `64`.
    LocalPartTooLong,
    /// Not written as an e-mail address.
    InvalidEmail,
    /// Not a whole number of pesos from 0 to 2^53 - 1.
    NotWholePesos,
    /// An amount below the least that can be paid; `expected` is that amount in pesos.
    BelowMinimum,
    /// An amount above the most that can be paid; `expected` is that amount in pesos.
    AboveMaximum,
    /// An argument of the wrong type, a mistake of the calling program; `expected` is the right type.
    InvalidArgument,
    /// Refused by the merchant's backend for a reason that is none of the others.
    Refused,
}

impl ErrorCode {
    /// Every code.
    pub const ALL: [ErrorCode; 27] = [
        ErrorCode::Required,
        ErrorCode::IllFormedText,
        ErrorCode::InvisibleCharacter,
        ErrorCode::InvalidCharacter,
        ErrorCode::DigitsOnly,
        ErrorCode::LeadingZero,
        ErrorCode::TooShort,
        ErrorCode::TooLong,
        ErrorCode::UnknownDocumentType,
        ErrorCode::DocumentTypeNotAccepted,
        ErrorCode::CheckDigit,
        ErrorCode::OldPhoneFormat,
        ErrorCode::ServiceNumber,
        ErrorCode::UnassignedNumber,
        ErrorCode::ForeignNumber,
        ErrorCode::PhoneKind,
        ErrorCode::DigitsInName,
        ErrorCode::MissingAt,
        ErrorCode::MisplacedDot,
        ErrorCode::InvalidDomain,
        ErrorCode::LocalPartTooLong,
        ErrorCode::InvalidEmail,
        ErrorCode::NotWholePesos,
        ErrorCode::BelowMinimum,
        ErrorCode::AboveMaximum,
        ErrorCode::InvalidArgument,
        ErrorCode::Refused,
    ];

    /// The code as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorCode::Required => "required",
            ErrorCode::IllFormedText => "ill_formed_text",
            ErrorCode::InvisibleCharacter => "invisible_character",
            ErrorCode::InvalidCharacter => "invalid_character",
            ErrorCode::DigitsOnly => "digits_only",
            ErrorCode::LeadingZero => "leading_zero",
            ErrorCode::TooShort => "too_short",
            ErrorCode::TooLong => "too_long",
            ErrorCode::UnknownDocumentType => "unknown_document_type",
            ErrorCode::DocumentTypeNotAccepted => "document_type_not_accepted",
            ErrorCode::CheckDigit => "check_digit",
            ErrorCode::OldPhoneFormat => "old_phone_format",
            ErrorCode::ServiceNumber => "service_number",
            ErrorCode::UnassignedNumber => "unassigned_number",
            ErrorCode::ForeignNumber => "foreign_number",
            ErrorCode::PhoneKind => "phone_kind",
            ErrorCode::DigitsInName => "digits_in_name",
            ErrorCode::MissingAt => "missing_at",
            ErrorCode::MisplacedDot => "misplaced_dot",
            ErrorCode::InvalidDomain => "invalid_domain",
            ErrorCode::LocalPartTooLong => "local_part_too_long",
            ErrorCode::InvalidEmail => "invalid_email",
            ErrorCode::NotWholePesos => "not_whole_pesos",
            ErrorCode::BelowMinimum => "below_minimum",
            ErrorCode::AboveMaximum => "above_maximum",
            ErrorCode::InvalidArgument => "invalid_argument",
            ErrorCode::Refused => "refused",
        }
    }

    /// The code that stands as `text` in JSON.
    pub fn from_code(text: &str) -> Option<ErrorCode> {
        ErrorCode::ALL.into_iter().find(|code| code.as_str() == text)
    }
}

/// Why a field was refused, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayerError {
    /// The field.
    pub field: Field,
    /// Why.
    pub code: ErrorCode,
    /// What was expected, in the form that the code's documentation gives.
    pub expected: Option<String>,
}

impl PayerError {
    /// An error that says nothing about what was expected.
    pub fn new(field: Field, code: ErrorCode) -> PayerError {
        PayerError { field, code, expected: None }
    }

    /// The same error with what was expected.
    pub fn expecting(self, expected: impl Into<String>) -> PayerError {
        PayerError { expected: Some(expected.into()), ..self }
    }

    /// The sentence shown to the shopper.
    pub fn message(&self, language: Language) -> String {
        message(self, language)
    }
}

impl fmt::Display for PayerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.field.as_str())?;
        f.write_str(": ")?;
        f.write_str(self.code.as_str())?;
        if let Some(expected) = &self.expected {
            f.write_str(", expected ")?;
            f.write_str(expected)?;
        }
        Ok(())
    }
}

impl core::error::Error for PayerError {}

impl Serialize for PayerError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let message = Localized { es: self.message(Language::Es), en: Some(self.message(Language::En)) };
        let mut error =
            serializer.serialize_struct("PayerError", 3 + usize::from(self.expected.is_some()))?;
        error.serialize_field("field", &self.field)?;
        error.serialize_field("code", self.code.as_str())?;
        error.serialize_field("message", &message)?;
        if let Some(expected) = &self.expected {
            error.serialize_field("expected", expected)?;
        }
        error.end()
    }
}
