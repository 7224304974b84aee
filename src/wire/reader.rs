//! A value and its place in the document, with the rules that members share.

use crate::calendar::{BogotaDate, CalendarError, Deadline, ServerInstant};
use crate::language::Localized;
use crate::money::Pesos;

use super::{Expected, Json, WireError};

/// How long a name or a label may be, in characters.
const MAX_WORDS: usize = 300;
/// How long a text to read may be, in characters.
const MAX_PARAGRAPH: usize = 2000;
/// How long a token may be, in characters: a signed one with a few claims fits in.
const MAX_TOKEN: usize = 512;
/// How long an address may be, in characters: one that a cloud storage signed fits in.
const MAX_ADDRESS: usize = 4096;

/// A value, and where it stands.
pub(super) struct Reader<J> {
    value: J,
    path: String,
}

type Read<T> = Result<T, WireError>;

impl<J: Json> Reader<J> {
    pub fn root(value: J) -> Reader<J> {
        Reader { value, path: String::new() }
    }

    pub fn error(&self, expected: Expected) -> WireError {
        WireError { expected, path: self.path.clone() }
    }

    pub fn error_at(&self, name: &str, expected: Expected) -> WireError {
        WireError { expected, path: self.path_to(name) }
    }

    /// The member `name`, where it is there; `self` must be an object.
    pub fn optional(&self, name: &str) -> Read<Option<Reader<J>>> {
        if !self.value.is_object() {
            return Err(self.error(Expected::Object));
        }
        Ok(self.value.member(name).map(|value| Reader { value, path: self.path_to(name) }))
    }

    /// The member `name`, which must be there.
    pub fn required(&self, name: &str) -> Read<Reader<J>> {
        self.optional(name)?.ok_or_else(|| self.error_at(name, Expected::Member))
    }

    /// What `read` makes of the member `name`, where it is there.
    pub fn map<T>(&self, name: &str, read: impl FnOnce(&Reader<J>) -> Read<T>) -> Read<Option<T>> {
        match self.optional(name)? {
            Some(member) => read(&member).map(Some),
            None => Ok(None),
        }
    }

    pub fn items(&self) -> Read<Vec<Reader<J>>> {
        let items = self.value.items().ok_or_else(|| self.error(Expected::Array))?;
        let at = |(i, value): (usize, J)| Reader { value, path: format!("{}[{}]", self.path, i) };
        Ok(items.into_iter().enumerate().map(at).collect())
    }

    pub fn text(&self) -> Read<String> {
        self.value.text().ok_or_else(|| self.error(Expected::Text))
    }

    /// A name or a label: something to see, and no character that could disguise it.
    pub fn words(&self) -> Read<String> {
        self.visible(MAX_WORDS, disguises, Expected::Words)
    }

    /// A text to read: as a name, but longer and with lines.
    pub fn paragraph(&self) -> Read<String> {
        let forbidden = |c| disguises(c) && !matches!(c, '\t' | '\n' | '\r');
        self.visible(MAX_PARAGRAPH, forbidden, Expected::Paragraph)
    }

    fn visible(&self, max: usize, forbidden: impl Fn(char) -> bool, expected: Expected) -> Read<String> {
        let text = self.text()?;
        let is_blank = text.chars().all(char::is_whitespace);
        if is_blank || text.chars().count() > max || text.chars().any(forbidden) {
            return Err(self.error(expected));
        }
        Ok(text)
    }

    /// What a barcode says: opaque, bounded only by the work of drawing it.
    pub fn content(&self, max: usize) -> Read<String> {
        let text = self.text()?;
        let fits = (1..=max).contains(&text.chars().count());
        if fits { Ok(text) } else { Err(self.error(Expected::Content)) }
    }

    /// What the cashier types: never anything that looks like another character.
    pub fn code(&self, max_length: usize) -> Read<String> {
        let text = self.text()?;
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !plain || !(1..=max_length).contains(&text.len()) {
            return Err(self.error(Expected::Code));
        }
        Ok(text)
    }

    pub fn digit(&self) -> Read<String> {
        let text = self.text()?;
        let is_digit = text.len() == 1 && text.bytes().all(|b| b.is_ascii_digit());
        if is_digit { Ok(text) } else { Err(self.error(Expected::Digit)) }
    }

    pub fn token(&self) -> Read<String> {
        let text = self.text()?;
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b));
        if !plain || !(16..=MAX_TOKEN).contains(&text.len()) {
            return Err(self.error(Expected::Token));
        }
        Ok(text)
    }

    pub fn boolean(&self) -> Read<bool> {
        self.value.boolean().ok_or_else(|| self.error(Expected::Boolean))
    }

    pub fn whole_number(&self, min: u32, max: u32) -> Read<u32> {
        let number = self.value.number().unwrap_or(f64::NAN);
        let whole = number as u32;
        if f64::from(whole) != number || !(min..=max).contains(&whole) {
            return Err(self.error(Expected::WholeNumber));
        }
        Ok(whole)
    }

    pub fn pesos(&self) -> Read<Pesos> {
        let number = self.value.number().unwrap_or(f64::NAN);
        Pesos::from_number(number).map_err(|_| self.error(Expected::Pesos))
    }

    pub fn instant(&self) -> Read<ServerInstant> {
        ServerInstant::parse(&self.text()?).map_err(|error| {
            let naive = error == CalendarError::NaiveDateTime;
            self.error(if naive { Expected::Offset } else { Expected::DateTime })
        })
    }

    pub fn deadline(&self) -> Read<Deadline> {
        if self.value.is_object() {
            let date = self.required("date")?;
            let read = BogotaDate::parse(&date.text()?);
            return read.map(Deadline::EndOf).map_err(|_| date.error(Expected::Date));
        }
        if self.value.text().is_none() {
            return Err(self.error(Expected::Deadline));
        }
        self.instant().map(Deadline::At)
    }

    pub fn localized(&self) -> Read<Localized> {
        Ok(Localized { es: self.required("es")?.paragraph()?, en: self.map("en", |en| en.paragraph())? })
    }

    pub fn link(&self) -> Read<String> {
        let text = self.text()?;
        if is_link(&text) { Ok(text) } else { Err(self.error(Expected::Link)) }
    }

    pub fn link_or_path(&self) -> Read<String> {
        let text = self.text()?;
        if is_link(&text) || is_path(&text) { Ok(text) } else { Err(self.error(Expected::LinkOrPath)) }
    }

    pub fn version_1(&self) -> Read<()> {
        let version = self.required("version")?;
        if version.value.number() == Some(1.0) { Ok(()) } else { Err(version.error(Expected::Version)) }
    }

    fn path_to(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { [&self.path, ".", name].concat() }
    }
}

/// Whether a character hides, reorders or breaks the text around it.
///
/// The joiners U+200C and U+200D are allowed: Persian, Indic scripts and emoji are spelt with them.
fn disguises(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn is_link(text: &str) -> bool {
    /// Hosts that are this machine: the demo runs there without a certificate.
    const LOCAL: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = split_port(authority);
    let may_lead_there = match scheme {
        "https" => is_host(host),
        "http" => LOCAL.contains(&host),
        _ => false,
    };
    may_lead_there && port.is_none_or(is_port) && is_address_text(text)
}

/// Host and port; the colons of `[::1]` belong to the host.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

/// A name or an address; no user before it, which could pass for the host.
fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return !address.is_empty() && address.bytes().all(|b| b.is_ascii_hexdigit() || b":.".contains(&b));
    }
    host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
}

fn is_port(port: &str) -> bool {
    (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit())
}

fn is_path(text: &str) -> bool {
    is_address_text(text) && text.starts_with('/') && !text.starts_with("//")
}

/// Printable ASCII without what ends or escapes an address.
fn is_address_text(text: &str) -> bool {
    text.len() <= MAX_ADDRESS && text.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b))
}
