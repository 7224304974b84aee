//! The NIT and its check digit.

use super::document::{check_length, compact, is_separator};
use super::text::is_hyphen;
use super::{DocumentCharset, DocumentRule, ErrorCode, Field, PayerError};

/// The weights of the digits of a NIT from the right: DIAN, Orden Administrativa 4 of 27 October
/// 1989.
const WEIGHTS: [u32; 15] = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];

/// The most digits of a NIT without its check digit: those of a cédula that begins with 1.
const MAX_LENGTH: usize = 10;

/// How the digits of a NIT were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NitReading {
    /// The check digit, typed or computed.
    pub check_digit: u8,
    /// Whether the check digit was among the digits typed.
    pub check_digit_typed: bool,
    /// The other possible reading: all but the last digit as the number and the last one as its
    /// check digit, where that digit is right. Ask the shopper where it matters.
    pub alternative: Option<String>,
}

/// The check digit of a NIT, from its digits without it.
///
/// Separators are dropped. `None` where there is no digit, more than 15, or anything but digits. The
/// rule is DIAN's: Orden Administrativa 4 of 27 October 1989.
pub fn nit_check_digit(number: &str) -> Option<u8> {
    let digits = compact(number, DocumentCharset::Digits).ok()?;
    check_digit(&digits)
}

/// Reads a NIT with or without its check digit.
///
/// - A last digit after a hyphen or `DV` is the check digit (`900.123.456-8`, `900123456 DV 8`).
/// - So is one set apart by a space or a dot, where it is right.
/// - So is the last of 11 digits, or of 10 that do not begin with 1: no company has more than 9
///   digits, no cédula more than 10, and those of 10 begin with 1.
/// - All other digits are the number alone. Where their last one would also be right as a check
///   digit, the reading says so.
pub(super) fn read(text: &str, rule: &DocumentRule) -> Result<(String, NitReading), PayerError> {
    let refused = |code| PayerError::new(Field::DocumentNumber, code);
    let (number, typed) = split(text, rule.min_length).map_err(refused)?;
    if number.starts_with('0') {
        return Err(refused(ErrorCode::LeadingZero));
    }
    let longest = if number.starts_with('1') { MAX_LENGTH } else { MAX_LENGTH - 1 };
    if number.len() > longest {
        return Err(refused(ErrorCode::TooLong).expecting(longest.to_string()));
    }
    check_length(number.len(), rule)?;
    let Some(check_digit) = check_digit(&number) else { return Err(refused(ErrorCode::DigitsOnly)) };
    if typed.is_some_and(|typed| typed != check_digit) {
        return Err(refused(ErrorCode::CheckDigit).expecting(check_digit.to_string()));
    }
    let alternative = if typed.is_none() { alternative(&number, rule) } else { None };
    Ok((number, NitReading { check_digit, check_digit_typed: typed.is_some(), alternative }))
}

/// Whether two texts are the same NIT, or the same mistake, whatever its least length.
pub(super) fn means_the_same(one: &str, other: &str) -> bool {
    // No head is too short for a least length of 0, so every digit set apart counts.
    split(one, 0) == split(other, 0)
}

/// The number, and the check digit where one was typed.
fn split(text: &str, min_length: u8) -> Result<(String, Option<u8>), ErrorCode> {
    if let Some((head, typed, certain)) = last_digit_apart(text) {
        let number = compact(head, DocumentCharset::Digits)?;
        let fits = number.len() >= usize::from(min_length);
        if certain || (fits && check_digit(&number) == Some(typed)) {
            return Ok((number, Some(typed)));
        }
    }
    let mut digits = compact(text, DocumentCharset::Digits)?;
    let carries = digits.len() > MAX_LENGTH || (digits.len() == MAX_LENGTH && !digits.starts_with('1'));
    let typed = if carries { digits.pop().and_then(digit_value) } else { None };
    Ok((digits, typed))
}

/// What stands before a last digit that is set apart, that digit, and whether it can be nothing but
/// a check digit.
fn last_digit_apart(text: &str) -> Option<(&str, u8, bool)> {
    let (before, last) = without_last_digit(text)?;
    let unlabelled = before.trim_end_matches(|c| is_separator(c) || c == ':');
    let labelled = unlabelled
        .strip_suffix(['v', 'V'])
        .map(|rest| rest.trim_end_matches('.'))
        .and_then(|rest| rest.strip_suffix(['d', 'D']));
    if let Some(head) = labelled {
        return Some((head, last, true));
    }
    let head = unlabelled;
    if head.len() == before.len() || !head.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let in_group = head.bytes().rev().take_while(u8::is_ascii_digit).count() >= 2;
    let hyphen = before.strip_prefix(head)?.contains(is_hyphen);
    let only_hyphen = hyphen && !head.contains(is_hyphen);
    (in_group || only_hyphen).then_some((head, last, hyphen))
}

/// All but the last digit, where the last one would be right as their check digit.
fn alternative(number: &str, rule: &DocumentRule) -> Option<String> {
    let (head, last) = without_last_digit(number)?;
    let possible = head.len() >= usize::from(rule.min_length) && check_digit(head) == Some(last);
    possible.then(|| head.to_owned())
}

fn without_last_digit(text: &str) -> Option<(&str, u8)> {
    let text = text.trim_end_matches(is_separator);
    let last = text.chars().next_back().and_then(digit_value)?;
    Some((text.strip_suffix(|c: char| c.is_ascii_digit())?, last))
}

fn check_digit(digits: &str) -> Option<u8> {
    if digits.is_empty() || digits.len() > WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (digit, weight) in digits.chars().rev().zip(WEIGHTS) {
        sum += digit.to_digit(10)? * weight;
    }
    let rest = (sum % 11) as u8;
    Some(if rest < 2 { rest } else { 11 - rest })
}

fn digit_value(c: char) -> Option<u8> {
    c.to_digit(10).map(|digit| digit as u8)
}
