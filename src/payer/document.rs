//! Colombian identity documents.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::nit::{self, NitReading};
use super::text::{self, is_apostrophe, is_hyphen, is_space};
use super::{DocumentCharset, DocumentRule, ErrorCode, Field, PayerError, Requirements};
use crate::language::{Language, bilingual};

/// A type of identity document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentType {
    /// Cédula de ciudadanía, the identity card of Colombian adults.
    Cc,
    /// Cédula de extranjería, the card of foreign residents.
    Ce,
    /// Tarjeta de identidad, the card of Colombians from 7 to 17.
    Ti,
    /// Registro civil, the birth certificate.
    Rc,
    /// Número de identificación tributaria, the tax number of companies and people.
    Nit,
    /// Passport of any country.
    Pa,
    /// Permiso por protección temporal, for Venezuelan migrants since 2021.
    Ppt,
    /// Permiso especial de permanencia, its predecessor.
    Pep,
    /// A document that the merchant names.
    Other,
}

impl DocumentType {
    /// Every type that has a rule of its own, in the order of a form.
    pub const COLOMBIAN: [DocumentType; 8] = [
        DocumentType::Cc,
        DocumentType::Ce,
        DocumentType::Nit,
        DocumentType::Ti,
        DocumentType::Pa,
        DocumentType::Ppt,
        DocumentType::Pep,
        DocumentType::Rc,
    ];

    /// The code of the type, as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            DocumentType::Cc => "CC",
            DocumentType::Ce => "CE",
            DocumentType::Ti => "TI",
            DocumentType::Rc => "RC",
            DocumentType::Nit => "NIT",
            DocumentType::Pa => "PA",
            DocumentType::Ppt => "PPT",
            DocumentType::Pep => "PEP",
            DocumentType::Other => "other",
        }
    }

    /// Reads the code of a type in any case, or one that gateways and the health system use for it:
    /// `PP`, `PPN`, `PAS`, `PASS`, `PS` for a passport, `PT` for a PPT, `PE` for a PEP, `Otro`.
    pub fn from_code(code: &str) -> Option<DocumentType> {
        let code = text::trim(code);
        let all = DocumentType::COLOMBIAN.into_iter().chain([DocumentType::Other]);
        for document_type in all {
            let same = |name: &&str| code.eq_ignore_ascii_case(name);
            if same(&document_type.as_str()) || document_type.aliases().iter().any(same) {
                return Some(document_type);
            }
        }
        None
    }

    /// The name of the type for the shopper.
    pub fn label(self, language: Language) -> &'static str {
        let label = match self {
            DocumentType::Cc => bilingual!("Cédula de ciudadanía", "Colombian ID card (cédula)"),
            DocumentType::Ce => bilingual!("Cédula de extranjería", "Foreign resident card (CE)"),
            DocumentType::Ti => bilingual!("Tarjeta de identidad", "Minor’s ID card (TI)"),
            DocumentType::Rc => bilingual!("Registro civil", "Birth certificate (RC)"),
            DocumentType::Nit => bilingual!("NIT", "Tax number (NIT)"),
            DocumentType::Pa => bilingual!("Pasaporte", "Passport"),
            DocumentType::Ppt => {
                bilingual!("Permiso por protección temporal (PPT)", "Temporary protection permit (PPT)")
            }
            DocumentType::Pep => {
                bilingual!("Permiso especial de permanencia (PEP)", "Special stay permit (PEP)")
            }
            DocumentType::Other => bilingual!("Otro documento", "Another document"),
        };
        label.text(language)
    }

    fn aliases(self) -> &'static [&'static str] {
        match self {
            DocumentType::Pa => &["PP", "PPN", "PAS", "PASS", "PS"],
            DocumentType::Ppt => &["PT"],
            DocumentType::Pep => &["PE"],
            DocumentType::Other => &["Otro"],
            _ => &[],
        }
    }

    /// What people write before the number. Codes are none where numbers begin with the same letters:
    /// `PA` begins the passports of Panama.
    fn labels(self) -> &'static [&'static str] {
        match self {
            DocumentType::Cc => &["CC"],
            DocumentType::Ce => &["CE", "cedula", "cédula", "deextranjeria", "extranjeria"],
            DocumentType::Ti => &["TI"],
            DocumentType::Rc => &["RC", "NUIP"],
            DocumentType::Nit => &["NIT"],
            DocumentType::Pa => &["pasaporte", "passport"],
            DocumentType::Ppt => &["PPT", "PT"],
            DocumentType::Pep => &["PEP", "PE"],
            DocumentType::Other => &[],
        }
    }

    /// What the numbers of this type are made of.
    pub(super) fn charset(self) -> DocumentCharset {
        match self {
            DocumentType::Ce | DocumentType::Rc | DocumentType::Pa | DocumentType::Other => {
                DocumentCharset::Alphanumeric
            }
            _ => DocumentCharset::Digits,
        }
    }

    /// The fewest and the most characters of a canonical number: the union of what the sources in
    /// `docs/validators.md` accept, bounded by what the registry has issued.
    pub(super) fn bounds(self) -> (u8, u8) {
        match self {
            DocumentType::Cc => (3, 10),
            DocumentType::Ce => (3, 16),
            DocumentType::Ti => (5, 11),
            DocumentType::Rc => (8, 11),
            DocumentType::Nit => (6, 10),
            DocumentType::Pa => (4, 16),
            DocumentType::Ppt => (6, 12),
            DocumentType::Pep => (15, 15),
            DocumentType::Other => (5, 20),
        }
    }

    /// A number as it is written by hand.
    pub(super) fn example(self) -> &'static str {
        match self {
            DocumentType::Cc => "1.020.304.050",
            DocumentType::Ce => "345.678",
            DocumentType::Ti => "1.020.304.050",
            DocumentType::Rc => "1020304050",
            DocumentType::Nit => "900.123.456-8",
            DocumentType::Pa => "AB123456",
            DocumentType::Ppt => "1234567",
            DocumentType::Pep => "900123456789012",
            DocumentType::Other => "",
        }
    }
}

impl Serialize for DocumentType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A checked identity document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The type.
    pub document_type: DocumentType,
    /// The number: upper case, no separators, without the check digit of a NIT.
    pub number: String,
    /// How a NIT was read, and its check digit.
    pub nit: Option<NitReading>,
}

impl Document {
    /// The check digit of a NIT, typed or computed.
    pub fn check_digit(&self) -> Option<u8> {
        self.nit.as_ref().map(|nit| nit.check_digit)
    }
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let check_digit = self.check_digit();
        let mut document = serializer.serialize_struct("Document", 2 + usize::from(check_digit.is_some()))?;
        document.serialize_field("type", &self.document_type)?;
        document.serialize_field("number", &self.number)?;
        if let Some(digit) = check_digit {
            document.serialize_field("checkDigit", &char::from(b'0' + digit))?;
        }
        document.end()
    }
}

/// Checks the type and the number of a document.
///
/// Spaces, dots, commas, hyphens and apostrophes are dropped wherever they stand, and so is the
/// name of the type before the number (`C.C. No. 1.020.304.050`, `NIT 900.123.456-8`). What remains
/// is checked against the rule of the type: its characters, and how many. Bounds count the canonical
/// number; their sources stand type by type in `docs/validators.md`.
///
/// # Errors
///
/// At `document.type`: `required`, `unknown_document_type`, `document_type_not_accepted`. At
/// `document.number`: `required`, `digits_only`, `leading_zero`, `too_short`, `too_long`,
/// `check_digit`, `invalid_character`, `invisible_character`, `ill_formed_text`.
pub fn validate_document(
    document_type: &str,
    number: &str,
    requirements: &Requirements,
) -> Result<Document, PayerError> {
    let rule = accepted_rule(document_type, requirements)?;
    let refused = |code| PayerError::new(Field::DocumentNumber, code);
    let number = without_labels(text::trim(number), rule.document_type);
    if number.is_empty() {
        return Err(refused(ErrorCode::Required));
    }
    if rule.document_type == DocumentType::Nit {
        let (number, reading) = nit::read(number, rule)?;
        return Ok(Document { document_type: DocumentType::Nit, number, nit: Some(reading) });
    }
    let number = compact(number, rule.effective_charset()).map_err(refused)?;
    // Marks may have hidden a name from the first look.
    let number = without_labels(&number, rule.document_type).to_owned();
    if rule.document_type == DocumentType::Cc && number.starts_with('0') {
        return Err(refused(ErrorCode::LeadingZero));
    }
    check_length(number.len(), rule)?;
    if rule.document_type != DocumentType::Other && !number.bytes().any(|b| b.is_ascii_digit()) {
        return Err(refused(ErrorCode::InvalidCharacter));
    }
    Ok(Document { document_type: rule.document_type, number, nit: None })
}

fn accepted_rule<'a>(code: &str, requirements: &'a Requirements) -> Result<&'a DocumentRule, PayerError> {
    let rule = if text::is_blank(code) {
        Err(ErrorCode::Required)
    } else {
        let document_type = DocumentType::from_code(code).ok_or(ErrorCode::UnknownDocumentType);
        document_type.and_then(|known| requirements.document(known).ok_or(ErrorCode::DocumentTypeNotAccepted))
    };
    rule.map_err(|code| PayerError::new(Field::DocumentType, code).expecting(accepted_types(requirements)))
}

fn accepted_types(requirements: &Requirements) -> String {
    let mut accepted = String::new();
    for rule in &requirements.documents {
        if !accepted.is_empty() {
            accepted.push_str(", ");
        }
        accepted.push_str(rule.document_type.as_str());
    }
    accepted
}

/// Checks the length of a canonical number.
pub(super) fn check_length(length: usize, rule: &DocumentRule) -> Result<(), PayerError> {
    let refused =
        |code, bound: u8| Err(PayerError::new(Field::DocumentNumber, code).expecting(bound.to_string()));
    if length < usize::from(rule.min_length) {
        return refused(ErrorCode::TooShort, rule.min_length);
    }
    if length > usize::from(rule.max_length) {
        return refused(ErrorCode::TooLong, rule.max_length);
    }
    Ok(())
}

/// A character that people write inside a document number and that is not part of it.
pub(super) fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',') || is_space(c) || is_hyphen(c) || is_apostrophe(c)
}

/// The characters of a number without separators, letters in upper case.
pub(super) fn compact(number: &str, charset: DocumentCharset) -> Result<String, ErrorCode> {
    let mut compact = String::with_capacity(number.len());
    for c in number.chars() {
        match c {
            '0'..='9' => compact.push(c),
            c if is_separator(c) => {}
            c if c.is_ascii_alphabetic() && charset == DocumentCharset::Alphanumeric => {
                compact.push(c.to_ascii_uppercase());
            }
            c if c.is_ascii_alphabetic() => return Err(ErrorCode::DigitsOnly),
            c => return Err(text::refusal(c)),
        }
    }
    if compact.is_empty() {
        return Err(ErrorCode::Required);
    }
    Ok(compact)
}

/// The number without the name of its type before it, however often: `C.C. No. 1.020` becomes `1.020`.
///
/// Only what is followed by a digit, or by a mark and a letter, counts as the name.
pub(super) fn without_labels(mut text: &str, document_type: DocumentType) -> &str {
    let after_label = |text| document_type.labels().iter().find_map(|label| number_after(text, label));
    while let Some(number) = after_label(text) {
        text = number;
    }
    text
}

/// What follows `label`, where it is a number.
fn number_after<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let named = after_word(text, label)?;
    let is_marked = |rest: &str| {
        let before = text.strip_suffix(rest).unwrap_or_default();
        !before.ends_with(|c: char| c.is_ascii_alphabetic())
    };
    // Behind the name a lone N may be the first letter of the number.
    let is_whole = |word: &str, rest| word.len() > 1 || is_marked(rest) || !is_marked(named);
    let rest = ["no", "nro", "num", "n"]
        .into_iter()
        .find_map(|word| after_word(named, word).filter(|rest| is_whole(word, rest)))
        .unwrap_or(named);
    let marked = is_marked(rest);
    let is_number = |c: char| c.is_ascii_digit() || (marked && c.is_ascii_alphabetic());
    rest.starts_with(is_number).then_some(rest)
}

/// What follows `word`, in any case and with dots and spaces between its letters (`C. C.`), and the
/// marks after it.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text;
    for letter in word.chars() {
        rest = rest.trim_start_matches(|c| c == '.' || is_space(c));
        rest = rest.strip_prefix(|first: char| first.eq_ignore_ascii_case(&letter))?;
    }
    let is_mark = |c: char| matches!(c, '.' | ':' | '#' | '°' | 'º') || is_space(c) || is_hyphen(c);
    Some(rest.trim_start_matches(is_mark))
}
