//! The names of people and companies.

use super::repertoire::{class, compose, decompose, is_letter, is_sign, other};
use super::text::{self, is_apostrophe, is_space};
use super::{ErrorCode, Field, NameCharset, NameRule, PayerError};

/// The fewest letters of a name.
const MIN_LETTERS: usize = 2;

/// Whose name it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bearer {
    /// A person: letters, spaces, apostrophes, hyphens and full stops.
    #[default]
    Person,
    /// A company, which may also have digits and the signs `& , ( ) / + #`.
    Company,
}

/// A checked name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidName {
    /// The name in NFC, without spaces around it and with single spaces inside.
    pub text: String,
    /// What the gateway gets, where the rule asks for ASCII: to be shown to the shopper where it
    /// differs.
    pub ascii: Option<String>,
}

/// Checks a name.
///
/// Letters are those of the Latin repertoire described in `docs/validators.md`, composed (NFC) or
/// not. Lengths count code points of the NFC form (Unicode's UAX 15), and of its transliteration
/// where the rule asks for ASCII. A name of one word is a name; one letter is none.
///
/// # Errors
///
/// `required`, `too_short`, `too_long`, `digits_in_name`, `invalid_character`, `invisible_character`,
/// `ill_formed_text`.
pub fn validate_name(text: &str, rule: &NameRule, bearer: Bearer) -> Result<ValidName, PayerError> {
    let refused = |code| PayerError::new(Field::Name, code);
    if text::is_blank(text) {
        return Err(refused(ErrorCode::Required));
    }
    let name = composed(&single_spaced(text)).map_err(refused)?;
    let letters = check_characters(&name, bearer).map_err(refused)?;
    if letters < MIN_LETTERS {
        return Err(refused(ErrorCode::TooShort).expecting(MIN_LETTERS.to_string()));
    }
    let ascii = match rule.charset {
        NameCharset::Latin => None,
        NameCharset::Ascii => Some(transliterate(&name)),
    };
    let length = name.chars().count().max(ascii.as_ref().map_or(0, String::len));
    if length > usize::from(rule.max_length) {
        return Err(refused(ErrorCode::TooLong).expecting(rule.max_length.to_string()));
    }
    Ok(ValidName { text: name, ascii })
}

/// The ASCII form of a name, for gateways that take nothing else: `Ñáñez` becomes `Nanez`.
///
/// `None` where a character has no place in a name. Accents go by Unicode's canonical decompositions;
/// letters without one have their usual spelling, as in the crate deunicode.
pub fn transliterate_name(text: &str) -> Option<String> {
    let name = composed(&single_spaced(text)).ok()?;
    check_characters(&name, Bearer::Company).ok()?;
    Some(transliterate(&name))
}

fn single_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// The text in NFC. A mark that composes with nothing is refused.
fn composed(text: &str) -> Result<String, ErrorCode> {
    if !text.chars().any(|c| class(c).is_some()) {
        return Ok(text.to_owned());
    }
    let mut composed = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(first) = rest.next() {
        let (base, mut marks) = taken_apart(first);
        while let Some(mark) = rest.next_if(|c| class(*c).is_some()) {
            insert_by_class(&mut marks, mark);
        }
        let letter = marks.into_iter().try_fold(base, compose).ok_or(ErrorCode::InvalidCharacter)?;
        composed.push(letter);
    }
    Ok(composed)
}

/// Keeps marks of lower classes first, and equal ones in the order they were typed.
fn insert_by_class(marks: &mut Vec<char>, mark: char) {
    let at = marks.iter().rposition(|earlier| class(*earlier) <= class(mark)).map_or(0, |i| i + 1);
    marks.insert(at, mark);
}

/// A letter as its base and its marks, innermost first.
fn taken_apart(letter: char) -> (char, Vec<char>) {
    let mut base = letter;
    let mut marks = Vec::new();
    while let Some((inner, mark)) = decompose(base) {
        marks.insert(0, mark);
        base = inner;
    }
    (base, marks)
}

/// The number of letters of a name that has nothing but what a name may have.
fn check_characters(name: &str, bearer: Bearer) -> Result<usize, ErrorCode> {
    let mut letters = 0;
    for (i, c) in name.chars().enumerate() {
        if is_letter(c) {
            letters += 1;
            continue;
        }
        if is_apostrophe(c) || (i > 0 && (c == ' ' || is_sign(c))) {
            continue;
        }
        match bearer {
            Bearer::Company if c.is_ascii_digit() => {}
            Bearer::Company if i > 0 && matches!(c, '&' | ',' | '(' | ')' | '/' | '+' | '#') => {}
            Bearer::Person if c.is_ascii_digit() => return Err(ErrorCode::DigitsInName),
            _ => return Err(text::refusal(c)),
        }
    }
    Ok(letters)
}

fn transliterate(name: &str) -> String {
    let mut ascii = String::with_capacity(name.len());
    for c in name.chars() {
        let (base, _) = taken_apart(c);
        match other(base) {
            Some(form) => ascii.push_str(form),
            None if is_apostrophe(base) => ascii.push('\''),
            None => ascii.push(base),
        }
    }
    ascii
}
