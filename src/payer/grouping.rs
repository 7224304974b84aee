//! Digits in groups, as people write and read them.

use super::document::is_separator;
use super::nit::means_the_same;
use super::phone::is_mark;
use super::text::{is_hyphen, is_space};
use super::{Document, DocumentType, Field, Phone, PhoneKind};

/// The most digits that are grouped in thousands; longer numbers are serials without thousands.
const MAX_GROUPED: usize = 10;

impl Document {
    /// The number as it is written by hand: `1.020.304.050`, `900.123.456-8`.
    pub fn grouped(&self) -> String {
        let mut text = match in_groups(self.document_type, &self.number) {
            true => thousands(&self.number),
            false => self.number.clone(),
        };
        if let Some(digit) = self.check_digit() {
            text.push('-');
            text.push(char::from(b'0' + digit));
        }
        text
    }
}

impl Phone {
    /// The number as it is written by hand: `300 123 4567`; a foreign one as it is dialled.
    pub fn grouped(&self) -> String {
        match (self.kind, self.national()) {
            (PhoneKind::Mobile | PhoneKind::Landline, Some(national)) => spaced(national),
            _ => self.e164.clone(),
        }
    }
}

/// Groups the digits of a field while it is being typed; returns the text and the caret in it.
///
/// The caret is in UTF-16 units, as the DOM counts, and stays after the same digit. A text with
/// anything but digits and separators is returned as it is, so that nothing typed is lost before
/// the shopper is told; so are fields and documents that have no groups. Thousands have dots as es-CO
/// writes them, a NIT the hyphen that DIAN prints, and a phone three groups as people dictate them.
pub fn format_while_typing(
    field: Field,
    document_type: DocumentType,
    text: &str,
    caret: usize,
) -> (String, usize) {
    let unchanged = || (text.to_owned(), caret);
    let formatted = match field {
        Field::DocumentNumber => format_document(document_type, text),
        Field::Phone => format_phone(text),
        _ => None,
    };
    let Some(formatted) = formatted else { return unchanged() };
    // Every character of such a text is one UTF-16 unit.
    let before: String = text.chars().take(caret).collect();
    let caret = place_caret(&before, &formatted);
    (formatted, caret)
}

/// Where the caret stands after the digits and the sign that stood before it.
fn place_caret(before: &str, formatted: &str) -> usize {
    let digits = before.bytes().filter(u8::is_ascii_digit).count();
    let after_sign = usize::from(before.bytes().any(|b| b == b'+') && formatted.starts_with('+'));
    let mut seen = 0;
    let after_digits = match digits {
        0 => after_sign,
        _ => formatted
            .find(|c: char| {
                seen += usize::from(c.is_ascii_digit());
                seen == digits && c.is_ascii_digit()
            })
            .map_or(formatted.len(), |last| last + 1),
    };
    let after_hyphen = before.ends_with(is_hyphen) && formatted.as_bytes().get(after_digits) == Some(&b'-');
    after_digits + usize::from(after_hyphen)
}

fn format_document(document_type: DocumentType, text: &str) -> Option<String> {
    let digits = only_digits(text, is_separator)?;
    if document_type == DocumentType::Nit {
        return format_nit(text, &digits);
    }
    in_groups(document_type, &digits).then(|| thousands(&digits))
}

/// Groups a NIT; `None` where that would make another one of it, or where a mark was typed that tells
/// how the next digit is read.
fn format_nit(text: &str, digits: &str) -> Option<String> {
    let count = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let after_hyphen = text.rsplit_once(is_hyphen).map(|(_, tail)| count(tail));
    let formatted = match after_hyphen {
        Some(0) => thousands(digits) + "-",
        _ if text.ends_with(is_separator) => return None,
        _ if after_hyphen == Some(1) || (digits.len() == 10 && !digits.starts_with('1')) => {
            let (number, check_digit) = digits.split_at_checked(digits.len() - 1)?;
            [&thousands(number), "-", check_digit].concat()
        }
        _ => thousands(digits),
    };
    means_the_same(text, &formatted).then_some(formatted)
}

fn format_phone(text: &str) -> Option<String> {
    let signed = text.trim_start_matches(is_space).strip_prefix('+');
    let plus = signed.is_some();
    let digits = only_digits(signed.unwrap_or(text), is_mark)?;
    let coded = if plus || digits.len() > 10 { digits.strip_prefix("57") } else { None };
    match coded {
        Some("") => Some(if plus { "+57".to_owned() } else { digits }),
        Some(national) => Some([if plus { "+57 " } else { "57 " }, &spaced(national)].concat()),
        None if plus || !digits.starts_with(['3', '6']) => None,
        None => Some(spaced(&digits)),
    }
}

fn only_digits(text: &str, is_mark: fn(char) -> bool) -> Option<String> {
    let mut digits = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            c if is_mark(c) => {}
            _ => return None,
        }
    }
    (!digits.is_empty()).then_some(digits)
}

fn in_groups(document_type: DocumentType, number: &str) -> bool {
    use DocumentType::{Cc, Ce, Nit, Ppt, Ti};
    matches!(document_type, Cc | Ce | Nit | Ppt | Ti)
        && number.len() <= MAX_GROUPED
        && number.bytes().all(|b| b.is_ascii_digit())
}

/// `1020304050` as `1.020.304.050`.
fn thousands(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// `3001234567` as `300 123 4567`, and as much of it as there is.
pub(super) fn spaced(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + 2);
    for (i, digit) in digits.chars().enumerate() {
        if matches!(i, 3 | 6) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}
