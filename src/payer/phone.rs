//! Colombian phone numbers.

use serde::{Serialize, Serializer};

use super::grouping::spaced;
use super::numbering::kind_of;
use super::text::{self, is_hyphen, is_space};
use super::{ErrorCode, Field, PayerError, PhoneRule};

/// What a phone number belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PhoneKind {
    /// A Colombian mobile.
    Mobile,
    /// A Colombian landline.
    Landline,
    /// A number of another country; only its shape is checked.
    Foreign,
}

impl PhoneKind {
    /// The kind as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            PhoneKind::Mobile => "mobile",
            PhoneKind::Landline => "landline",
            PhoneKind::Foreign => "foreign",
        }
    }
}

/// A checked phone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// The number with its country code: `+573001234567`.
    pub e164: String,
    /// Mobile, landline or foreign.
    pub kind: PhoneKind,
}

impl Phone {
    /// The ten digits of a Colombian number, `3001234567`; `None` for a foreign one.
    pub fn national(&self) -> Option<&str> {
        match self.kind {
            PhoneKind::Foreign => None,
            PhoneKind::Mobile | PhoneKind::Landline => self.e164.strip_prefix("+57"),
        }
    }
}

impl Serialize for Phone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.e164)
    }
}

/// Checks a phone number written in any habitual way: bare, with `+57`, `57` or `0057`, with
/// spaces, hyphens, dots, slashes or parentheses.
///
/// Colombian numbers are those of [`NUMBERING`](super::NUMBERING). Numbers as they were before 2021
/// are refused, and the error says how they are written now. A foreign number, where the rule
/// accepts them, begins with `+` or `00` and has 8 to 15 digits with its country code (ITU-T E.164);
/// whether it exists is not checked. What changed in 2021 is CRC's Resolución 5826 of 2019.
///
/// # Errors
///
/// `required`, `too_short`, `too_long`, `old_phone_format`, `service_number`, `unassigned_number`,
/// `foreign_number`, `phone_kind`, `digits_only`, `invalid_character`, `invisible_character`,
/// `ill_formed_text`.
pub fn validate_phone(text: &str, rule: &PhoneRule) -> Result<Phone, PayerError> {
    let refused = |code| PayerError::new(Field::Phone, code);
    if text::is_blank(text) {
        return Err(refused(ErrorCode::Required));
    }
    let dialled = Dialled::read(text).map_err(refused)?;
    let national = match dialled.destination() {
        Destination::Colombia(national) => national,
        Destination::Abroad(number) => return foreign(number, rule),
    };
    let Some(kind) = (national.len() == 10).then(|| kind_of(national)).flatten() else {
        return Err(unknown(national));
    };
    if !rule.kinds.contains(&kind) {
        let accepted = rule.kinds.first().unwrap_or(&PhoneKind::Foreign);
        return Err(refused(ErrorCode::PhoneKind).expecting(accepted.as_str()));
    }
    Ok(Phone { e164: ["+57", national].concat(), kind })
}

/// The digits of a number as dialled.
pub(super) struct Dialled {
    /// Whether a plus sign stands before them.
    plus: bool,
    digits: String,
}

/// Which country a number belongs to.
pub(super) enum Destination<'a> {
    /// Colombia; the number without the country code.
    Colombia(&'a str),
    /// Another country; the number with its country code.
    Abroad(&'a str),
}

impl Dialled {
    /// Keeps the digits and drops what people write between them.
    pub(super) fn read(text: &str) -> Result<Dialled, ErrorCode> {
        let mut dialled = Dialled { plus: false, digits: String::with_capacity(text.len()) };
        for c in text.chars() {
            match c {
                '0'..='9' => dialled.digits.push(c),
                '+' if !dialled.plus && dialled.digits.is_empty() => dialled.plus = true,
                c if is_mark(c) => {}
                c if c.is_ascii_alphabetic() => return Err(ErrorCode::DigitsOnly),
                c => return Err(text::refusal(c)),
            }
        }
        if dialled.digits.is_empty() { Err(ErrorCode::InvalidCharacter) } else { Ok(dialled) }
    }

    /// What follows `+` or `00`; no country code begins with 0.
    pub(super) fn international(&self) -> Option<&str> {
        if self.plus {
            return Some(&self.digits);
        }
        self.digits.strip_prefix("00").filter(|number| !number.starts_with('0'))
    }

    /// Tells the country. Twelve bare digits from 57 are a Colombian number with its country code.
    pub(super) fn destination(&self) -> Destination<'_> {
        let digits = self.digits.as_str();
        if let Some(number) = self.international() {
            return match number.strip_prefix("57") {
                Some(national) => Destination::Colombia(national),
                None => Destination::Abroad(number),
            };
        }
        match digits.strip_prefix("57") {
            Some(national) if national.len() == 10 => Destination::Colombia(national),
            _ => Destination::Colombia(digits),
        }
    }
}

/// What people write between the digits of a phone number.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '(' | ')' | '.' | '/') || is_space(c) || is_hyphen(c)
}

fn foreign(number: &str, rule: &PhoneRule) -> Result<Phone, PayerError> {
    let refused = |code| PayerError::new(Field::Phone, code);
    if !rule.foreign {
        return Err(refused(ErrorCode::ForeignNumber).expecting("+57"));
    }
    if number.starts_with('0') {
        return Err(refused(ErrorCode::UnassignedNumber));
    }
    match number.len() {
        0..8 => Err(refused(ErrorCode::TooShort).expecting("8")),
        8..=15 => Ok(Phone { e164: ["+", number].concat(), kind: PhoneKind::Foreign }),
        _ => Err(refused(ErrorCode::TooLong).expecting("15")),
    }
}

/// Why digits that are no mobile or landline are refused.
fn unknown(national: &str) -> PayerError {
    let refused = |code| PayerError::new(Field::Phone, code);
    if is_service(national) {
        return refused(ErrorCode::ServiceNumber);
    }
    if let Some(today) = since_2021(national) {
        return refused(ErrorCode::OldPhoneFormat).expecting(today);
    }
    match national.len() {
        0..10 => refused(ErrorCode::TooShort).expecting("10"),
        10 => refused(ErrorCode::UnassignedNumber),
        _ => refused(ErrorCode::TooLong).expecting("10"),
    }
}

/// Toll-free (`018000…`) and premium-rate (`01900…`, `901…`) numbers.
fn is_service(national: &str) -> bool {
    let number = national.strip_prefix('0').unwrap_or(national);
    match number.len() {
        10 => number.starts_with("901"),
        11 => ["1800", "1900", "1901", "1947", "1948"].iter().any(|prefix| number.starts_with(prefix)),
        _ => false,
    }
}

/// How a number of before September 2021 is written now: landlines were 7 digits, or 8 with their
/// region, and long distance began with `0` or `03`.
fn since_2021(national: &str) -> Option<String> {
    let number = match national.strip_prefix("03") {
        Some(rest) if matches!(rest.len(), 8 | 10) => rest,
        _ => national.strip_prefix('0').unwrap_or(national),
    };
    // With the country's code before it, and no plus sign.
    let number = number.strip_prefix("57").filter(|rest| matches!(rest.len(), 7 | 8)).unwrap_or(number);
    match number.len() {
        7 if !number.starts_with(['0', '1']) => Some(spaced(&["60X", number].concat())),
        8 => {
            let today = ["60", number].concat();
            kind_of(&today).map(|_| spaced(&today))
        }
        10 if number.len() < national.len() => kind_of(number).map(|_| spaced(number)),
        _ => None,
    }
}
