//! E-mail addresses.

use super::suggestion::suggest_email;
use super::text::{self, is_space};
use super::{EmailRule, ErrorCode, Field, PayerError};

/// The most characters before the `@`: RFC 5321, section 4.5.3.1.1.
const MAX_LOCAL: usize = 64;
/// The most characters of an address: RFC 5321, section 4.5.3.1.3, less its angle brackets.
const MAX_ADDRESS: usize = 254;
/// The most characters between two dots of a domain: RFC 1034, section 3.1.
const MAX_LABEL: usize = 63;

/// A checked e-mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidEmail {
    /// The address without spaces around it, its domain in lower case.
    pub address: String,
    /// The address that was perhaps meant, where the domain looks like a slip: `gmial.com`.
    pub suggestion: Option<String>,
}

/// Checks an e-mail address.
///
/// The rule is the one browsers apply to `<input type="email">` (WHATWG HTML), and what gateways
/// refuse beyond it: a dot at an end of the local part or two in a row, a domain without a dot or
/// with a number as its last part, more than 64 characters before the `@`, more than the rule's
/// maximum in all (RFC 5321, section 4.5.3.1).
///
/// # Errors
///
/// `required`, `missing_at`, `misplaced_dot`, `invalid_domain`, `local_part_too_long`, `too_long`,
/// `invalid_email`, `invalid_character`, `invisible_character`, `ill_formed_text`.
pub fn validate_email(text: &str, rule: &EmailRule) -> Result<ValidEmail, PayerError> {
    let refused = |code| PayerError::new(Field::Email, code);
    let address = text::trim(text);
    if address.is_empty() {
        return Err(refused(ErrorCode::Required));
    }
    check_characters(address).map_err(refused)?;
    let Some((local, domain)) = address.split_once('@') else {
        return Err(refused(ErrorCode::MissingAt).expecting("@"));
    };
    if local.is_empty() || domain.bytes().any(|b| b == b'@') {
        return Err(refused(ErrorCode::InvalidEmail));
    }
    if local.starts_with('.') || local.ends_with('.') || has_two_dots(address) {
        return Err(refused(ErrorCode::MisplacedDot));
    }
    if local.len() > MAX_LOCAL {
        return Err(refused(ErrorCode::LocalPartTooLong).expecting(MAX_LOCAL.to_string()));
    }
    let domain = domain.to_ascii_lowercase();
    let address = [local, "@", &domain].concat();
    let suggestion = suggest_email(&address);
    if !is_domain(&domain) {
        return Err(PayerError { expected: suggestion, ..refused(ErrorCode::InvalidDomain) });
    }
    let longest = usize::from(rule.max_length).min(MAX_ADDRESS);
    if address.len() > longest {
        return Err(refused(ErrorCode::TooLong).expecting(longest.to_string()));
    }
    Ok(ValidEmail { address, suggestion })
}

fn has_two_dots(address: &str) -> bool {
    address.as_bytes().windows(2).any(|pair| pair == b"..")
}

fn check_characters(address: &str) -> Result<(), ErrorCode> {
    for c in address.chars() {
        if c.is_ascii_alphanumeric() || c == '@' || ".!#$%&'*+/=?^_`{|}~-".chars().any(|own| own == c) {
            continue;
        }
        return Err(if is_space(c) { ErrorCode::InvalidCharacter } else { text::refusal(c) });
    }
    Ok(())
}

/// Labels of letters, digits and inner hyphens, at least two, the last one not a number.
fn is_domain(domain: &str) -> bool {
    let last = domain.bytes().rposition(|b| b == b'.').map(|dot| &domain[dot + 1..]);
    let is_number = |label: &str| label.bytes().all(|b| b.is_ascii_digit());
    last.is_some_and(|last| !is_number(last)) && domain.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=MAX_LABEL).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
