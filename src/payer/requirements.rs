//! What a merchant collects from the payer: plain data, because gateways disagree.

use super::{DocumentType, PhoneKind};
use crate::language::Localized;
use crate::money::AmountLimits;

/// What a merchant asks of the payer and accepts.
///
/// The default accepts every Colombian document, in bounds that no source of the registry or of a
/// gateway contradicts, and requires name, e-mail and a Colombian phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirements {
    /// The documents that are accepted, in the order of the form.
    pub documents: Vec<DocumentRule>,
    /// The name.
    pub name: NameRule,
    /// The e-mail address.
    pub email: EmailRule,
    /// The phone number.
    pub phone: PhoneRule,
    /// The amounts that can be paid.
    pub amount: AmountLimits,
}

impl Default for Requirements {
    fn default() -> Requirements {
        let documents = DocumentType::COLOMBIAN.into_iter().map(DocumentRule::new).collect();
        Requirements {
            documents,
            name: NameRule::default(),
            email: EmailRule::default(),
            phone: PhoneRule::default(),
            amount: AmountLimits::default(),
        }
    }
}

impl Requirements {
    /// The rule of a type of document, or `None` where it is not accepted.
    pub fn document(&self, document_type: DocumentType) -> Option<&DocumentRule> {
        self.documents.iter().find(|rule| rule.document_type == document_type)
    }
}

/// An accepted type of document and the bounds of its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRule {
    /// The type.
    pub document_type: DocumentType,
    /// The fewest characters of the canonical number. For a NIT its check digit is not counted.
    pub min_length: u8,
    /// The most characters of the canonical number. For a NIT its check digit is not counted, and
    /// no bound above 10 widens it.
    pub max_length: u8,
    /// What the form calls the document; only for [`DocumentType::Other`].
    pub label: Option<Localized>,
    /// What the number is made of: the choice of [`DocumentType::Other`]; of the other types, which have
    /// their own, `Digits` narrows those with letters.
    pub charset: Option<DocumentCharset>,
}

impl DocumentRule {
    /// The rule of a type with its default bounds.
    pub fn new(document_type: DocumentType) -> DocumentRule {
        let (min_length, max_length) = document_type.bounds();
        DocumentRule { document_type, min_length, max_length, label: None, charset: None }
    }

    /// The rule of a type with bounds of its own.
    pub fn with_bounds(document_type: DocumentType, min_length: u8, max_length: u8) -> DocumentRule {
        DocumentRule { document_type, min_length, max_length, label: None, charset: None }
    }

    /// What the number is made of.
    pub fn effective_charset(&self) -> DocumentCharset {
        match (self.document_type, self.charset) {
            (DocumentType::Other, Some(charset)) => charset,
            (_, Some(DocumentCharset::Digits)) => DocumentCharset::Digits,
            (document_type, _) => document_type.charset(),
        }
    }
}

/// What a document number is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentCharset {
    /// ASCII digits.
    Digits,
    /// ASCII digits and letters; letters become upper case.
    Alphanumeric,
}

/// What is asked of the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameRule {
    /// Whether it must be given.
    pub required: bool,
    /// The most characters, in code points of the NFC form.
    pub max_length: u16,
    /// What the gateway can carry.
    pub charset: NameCharset,
}

impl Default for NameRule {
    fn default() -> NameRule {
        NameRule { required: true, max_length: 60, charset: NameCharset::Latin }
    }
}

/// Which characters of a name reach the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameCharset {
    /// The name as it is written.
    Latin,
    /// Its ASCII transliteration, which counts for the length too and is shown to the shopper.
    Ascii,
}

/// What is asked of the e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmailRule {
    /// Whether it must be given.
    pub required: bool,
    /// The most characters. Nothing above 254 is accepted whatever it says.
    pub max_length: u16,
}

impl Default for EmailRule {
    fn default() -> EmailRule {
        EmailRule { required: true, max_length: 80 }
    }
}

/// What is asked of the phone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneRule {
    /// Whether it must be given.
    pub required: bool,
    /// The kinds of Colombian number that are accepted.
    pub kinds: Vec<PhoneKind>,
    /// Whether numbers of other countries are accepted.
    pub foreign: bool,
}

impl Default for PhoneRule {
    fn default() -> PhoneRule {
        PhoneRule { required: true, kinds: vec![PhoneKind::Mobile, PhoneKind::Landline], foreign: false }
    }
}
