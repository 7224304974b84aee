//! The fields of the payer form, and how a browser should present them.

use serde::{Serialize, Serializer};

use super::{DocumentCharset, DocumentType, Requirements};

/// A field of the payer form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The type of document.
    DocumentType,
    /// The number of the document.
    DocumentNumber,
    /// The full name.
    Name,
    /// The e-mail address.
    Email,
    /// The phone number.
    Phone,
    /// The consent to the use of personal data.
    Consent,
    /// The amount to pay, which the order sets and the shopper does not type.
    Amount,
}

impl Field {
    /// Every field, in the order of the form.
    pub const ALL: [Field; 7] = [
        Field::DocumentType,
        Field::DocumentNumber,
        Field::Name,
        Field::Email,
        Field::Phone,
        Field::Consent,
        Field::Amount,
    ];

    /// The path of the field in JSON: `document.type`, `document.number`, `name`, …
    pub fn as_str(self) -> &'static str {
        match self {
            Field::DocumentType => "document.type",
            Field::DocumentNumber => "document.number",
            Field::Name => "name",
            Field::Email => "email",
            Field::Phone => "phone",
            Field::Consent => "consent",
            Field::Amount => "amount",
        }
    }

    /// The field with this path.
    pub fn from_path(path: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.as_str() == path)
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// How a browser should present a text field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldHints {
    /// The `inputmode` attribute: which keyboard a phone shows.
    pub input_mode: &'static str,
    /// The `autocomplete` attribute.
    pub autocomplete: &'static str,
    /// The `autocapitalize` attribute.
    pub autocapitalize: &'static str,
    /// The `maxlength` attribute, in UTF-16 units. Wide on purpose: a pasted text with separators
    /// is never cut, it is told what is wrong.
    pub max_length: u16,
    /// An example of what to write, the same in every language.
    pub example: &'static str,
}

/// How to present `field` for the chosen type of document.
///
/// `None` for the fields that are not a text: the type of document, the consent, the amount.
pub fn field_hints(
    field: Field,
    document_type: DocumentType,
    requirements: &Requirements,
) -> Option<FieldHints> {
    let hints = match field {
        Field::DocumentNumber => document_hints(document_type, requirements),
        Field::Name => FieldHints {
            input_mode: "text",
            autocomplete: "name",
            autocapitalize: "words",
            max_length: 240,
            example: "María Ñáñez",
        },
        Field::Email => FieldHints {
            input_mode: "email",
            autocomplete: "email",
            autocapitalize: "none",
            max_length: 320,
            example: "maria@correo.com",
        },
        Field::Phone => FieldHints {
            // The numeric keyboard of some phones has no plus sign.
            input_mode: if requirements.phone.foreign { "tel" } else { "numeric" },
            autocomplete: if requirements.phone.foreign { "tel" } else { "tel-national" },
            autocapitalize: "none",
            max_length: 40,
            example: "300 123 4567",
        },
        Field::DocumentType | Field::Consent | Field::Amount => return None,
    };
    Some(hints)
}

fn document_hints(document_type: DocumentType, requirements: &Requirements) -> FieldHints {
    let charset =
        requirements.document(document_type).map_or(document_type.charset(), |rule| rule.effective_charset());
    let digits = charset == DocumentCharset::Digits;
    FieldHints {
        input_mode: if digits { "numeric" } else { "text" },
        autocomplete: "off",
        autocapitalize: if digits { "none" } else { "characters" },
        max_length: 60,
        example: document_type.example(),
    }
}
