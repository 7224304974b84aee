//! What the contract accepts of a text.

use crate::calendar::BogotaDate;

use super::Expected;

/// How long a name or a label may be, in characters.
const MAX_WORDS: usize = 300;
/// How long a text to read may be, in characters.
const MAX_PARAGRAPH: usize = 2000;
/// The longest content of a barcode, in characters: bounded only by the work of drawing it.
const MAX_CONTENT: usize = 256;
/// The longest code that a cashier is asked to type.
pub(super) const MAX_CODE: usize = 48;
/// How long a token may be, in characters: a signed one with a few claims fits in.
const MAX_TOKEN: usize = 512;
/// How long an address may be, in characters: one that a cloud storage signed fits in.
const MAX_ADDRESS: usize = 4096;
/// First and last of each run of characters that disguise; as text it weighs the least.
const DISGUISES: &str = "\u{ad}\u{ad}\u{34f}\u{34f}\u{61c}\u{61c}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}\u{180f}\
    \u{200b}\u{200b}\u{200e}\u{200f}\u{2028}\u{202e}\u{2060}\u{206f}\u{2800}\u{2800}\u{3164}\u{3164}\u{feff}\u{feff}\
    \u{ffa0}\u{ffa0}\u{fff0}\u{fffb}\u{1bca0}\u{1bca3}\u{1d173}\u{1d17a}\u{e0000}\u{e0fff}";

impl Expected {
    /// Whether a text is what was expected; what has no rule for texts accepts any.
    pub(super) fn accepts(self, text: &str) -> bool {
        let bytes = text.as_bytes();
        match self {
            Expected::Words => is_visible(text, MAX_WORDS, false),
            Expected::Paragraph => is_visible(text, MAX_PARAGRAPH, true),
            // Opaque: every character counts and none is refused.
            Expected::Content => !text.is_empty() && length(text) <= MAX_CONTENT,
            // Never anything that looks like another character.
            Expected::Code => is_plain(bytes, 1, MAX_CODE, |b| b == b'-'),
            Expected::Token => is_plain(bytes, 16, MAX_TOKEN, |b| matches!(b, b'-' | b'_' | b'.' | b'~')),
            Expected::Digit => matches!(bytes, [b'0'..=b'9']),
            Expected::Date => BogotaDate::parse(text).is_ok(),
            Expected::Link => is_link(bytes),
            Expected::LinkOrPath => is_link(bytes) || is_path(bytes),
            _ => true,
        }
    }
}

/// Whether there is something to see, and no character that could disguise it.
fn is_visible(text: &str, max_length: usize, with_lines: bool) -> bool {
    let mut is_blank = true;
    for c in text.chars() {
        // A joiner or a selector shows nothing by itself.
        is_blank &= c.is_whitespace() || matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
        if disguises(c) && !(with_lines && matches!(c, '\t' | '\n' | '\r')) {
            return false;
        }
    }
    !is_blank && length(text) <= max_length
}

/// In characters.
fn length(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

/// Whether a character hides, reorders or breaks the text around it, or is a letter that shows nothing.
///
/// The joiners U+200C and U+200D are allowed: Persian, Indic scripts and emoji are spelt with them.
fn disguises(c: char) -> bool {
    let mut ends = DISGUISES.chars();
    let within = |(first, last)| (first..=last).contains(&c);
    c.is_control() || core::iter::from_fn(|| Some((ends.next()?, ends.next()?))).any(within)
}

fn is_plain(text: &[u8], min_length: usize, max_length: usize, is_mark: fn(u8) -> bool) -> bool {
    (min_length..=max_length).contains(&text.len())
        && text.iter().all(|b| b.is_ascii_alphanumeric() || is_mark(*b))
}

fn is_link(text: &[u8]) -> bool {
    let (rest, is_secure) = match text.strip_prefix(b"https://") {
        Some(rest) => (rest, true),
        None => (text.strip_prefix(b"http://").unwrap_or_default(), false),
    };
    let (host, port) = host_and_port(rest);
    // Without a certificate only this machine: the demo runs there.
    let local: [&[u8]; 3] = [b"localhost", b"127.0.0.1", b"[::1]"];
    let may_lead_there = if is_secure { is_host(host) } else { local.contains(&host) };
    may_lead_there && is_port(port) && is_address_text(text)
}

/// The colons of `[::1]` belong to the host; the port comes with its own.
fn host_and_port(rest: &[u8]) -> (&[u8], &[u8]) {
    let end = rest.iter().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    let authority = rest.get(..end).unwrap_or_default();
    match authority.iter().rposition(|b| *b == b':').and_then(|colon| authority.split_at_checked(colon)) {
        Some((host, port)) if !port.ends_with(b"]") => (host, port),
        _ => (authority, b""),
    }
}

/// A name or an address; no user before it, which could pass for the host.
fn is_host(host: &[u8]) -> bool {
    match host {
        [b'[', address @ .., b']'] => {
            !address.is_empty() && address.iter().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'))
        }
        [first, ..] => {
            first.is_ascii_alphanumeric()
                && is_plain(host, 1, MAX_ADDRESS, |b| matches!(b, b'-' | b'_' | b'.'))
        }
        [] => false,
    }
}

fn is_port(port: &[u8]) -> bool {
    match port {
        [] => true,
        [_, digits @ ..] => (1..=5).contains(&digits.len()) && digits.iter().all(|b| b.is_ascii_digit()),
    }
}

fn is_path(text: &[u8]) -> bool {
    is_address_text(text) && text.starts_with(b"/") && !text.starts_with(b"//")
}

/// Printable ASCII without what ends or escapes an address.
fn is_address_text(text: &[u8]) -> bool {
    let fits = |b: &u8| {
        b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
    };
    text.len() <= MAX_ADDRESS && text.iter().all(fits)
}
