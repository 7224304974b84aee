//! Reading a gateway's JSON by path, and the forms that gateways write values in.

use core::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::error::{ErrorCode, GatewayError};
use super::zone::{Zone, epoch_millis, iso};
use crate::calendar::ServerInstant;
use crate::money::Pesos;

/// A gateway's answer.
pub(super) struct Document(Value);

impl Document {
    pub fn parse(raw: &str) -> Result<Document, GatewayError> {
        match read(raw) {
            Some(value @ Value::Object(_)) => Ok(Document(value)),
            _ => Err(GatewayError::new(ErrorCode::NotJson, "", "a JSON object, each of its members once")),
        }
    }

    /// An answer that may stand alone in an array.
    pub fn parse_one(raw: &str) -> Result<Document, GatewayError> {
        match read(raw) {
            Some(Value::Array(mut items)) if items.len() == 1 && items[0].is_object() => {
                Ok(Document(items.remove(0)))
            }
            _ => Document::parse(raw),
        }
    }

    pub fn of(value: Value) -> Document {
        Document(value)
    }

    /// The members of the document itself.
    pub fn members(&self) -> Option<&Map<String, Value>> {
        self.0.as_object()
    }

    /// The value at a path such as `data.pin` or `data.errors.0.errorMessage`; null counts as absent.
    pub fn at(&self, path: &str) -> Option<&Value> {
        let found = path.split('.').try_fold(&self.0, |value, name| match name.parse::<usize>() {
            Ok(index) if value.is_array() => value.get(index),
            _ => value.get(name),
        });
        found.filter(|value| !value.is_null())
    }

    /// A text, or a number as it stands in the document, digit by digit.
    pub fn optional_text(&self, path: &str) -> Option<String> {
        plain_text(self.at(path)?)
    }

    pub fn text(&self, path: &str) -> Result<String, GatewayError> {
        self.optional_text(path).ok_or_else(|| GatewayError::missing(path))
    }

    pub fn pesos(&self, path: &str) -> Result<Pesos, GatewayError> {
        pesos(&self.text(path)?).ok_or_else(|| GatewayError::unexpected(path, "whole pesos"))
    }

    /// Whole pesos where the currency is theirs; an amount of another currency is not read.
    pub fn pesos_in(&self, path: &str, currency: &str) -> Result<Option<Pesos>, GatewayError> {
        if currency == "COP" { self.pesos(path).map(Some) } else { Ok(None) }
    }

    /// What a cashier types: letters, digits and hyphens.
    pub fn code(&self, path: &str) -> Result<String, GatewayError> {
        self.plain(path, is_code, "letters, digits and hyphens")
    }

    /// A gateway's number of a payment, which may hold underscores as well.
    pub fn id(&self, path: &str) -> Result<String, GatewayError> {
        self.plain(path, is_id, ID)
    }

    fn plain(&self, path: &str, fits: fn(&str) -> bool, expected: &str) -> Result<String, GatewayError> {
        let text = self.text(path)?;
        // The minus and the exponent of a JSON number are no characters of a code.
        let is_number = self.at(path).is_some_and(Value::is_number);
        if fits(&text) && (!is_number || text.bytes().all(|b| b.is_ascii_digit())) {
            return Ok(text);
        }
        Err(GatewayError::unexpected(path, expected))
    }

    /// The same, where it is there.
    pub fn optional_code(&self, path: &str) -> Result<Option<String>, GatewayError> {
        self.at(path).map(|_| self.code(path)).transpose()
    }

    /// Refuses an answer where the member is not this text.
    pub fn expect(&self, path: &str, expected: &str) -> Result<(), GatewayError> {
        if self.text(path)? == expected { Ok(()) } else { Err(GatewayError::unexpected(path, expected)) }
    }

    /// The same of several members, where they are there.
    pub fn agree(&self, members: &[(&str, &str)]) -> Result<(), GatewayError> {
        members
            .iter()
            .filter(|(path, _)| self.at(path).is_some())
            .try_for_each(|(path, expected)| self.expect(path, expected))
    }

    /// A date-time without offset that means Bogotá.
    pub fn bogota(&self, path: &str) -> Result<ServerInstant, GatewayError> {
        self.naive(path, Some(Zone::BOGOTA))
    }

    /// A date-time without offset, in the zone that the caller has stated.
    pub fn naive(&self, path: &str, zone: Option<Zone>) -> Result<ServerInstant, GatewayError> {
        let text = self.text(path)?;
        let Some(zone) = zone else {
            return Err(GatewayError::new(ErrorCode::Incomplete, "zone", format!("the zone of {path}")));
        };
        let expected = || GatewayError::unexpected(path, "a date-time such as 2026-07-02 19:50:07");
        zone.instant(&text).ok_or_else(expected)
    }

    /// A date-time with its offset.
    pub fn instant(&self, path: &str) -> Result<ServerInstant, GatewayError> {
        let expected = || GatewayError::unexpected(path, "a date-time with its offset from UTC");
        iso(&self.text(path)?).ok_or_else(expected)
    }

    /// Milliseconds since 1970.
    pub fn epoch_millis(&self, path: &str) -> Result<ServerInstant, GatewayError> {
        let expected = || GatewayError::unexpected(path, "milliseconds since 1970");
        epoch_millis(&self.text(path)?).ok_or_else(expected)
    }
}

/// Whole pesos, with or without decimals, which must be zeros: `52000`, `52000.00`.
pub(super) fn pesos(text: &str) -> Option<Pesos> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits_only = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
    let zeros_only = !decimals.is_empty() && decimals.bytes().all(|b| b == b'0');
    if !digits_only || !zeros_only {
        return None;
    }
    Pesos::new(whole.parse().ok()?).ok()
}

/// Whole pesos of an amount in hundredths of a peso.
pub(super) fn pesos_of_cents(text: &str) -> Option<Pesos> {
    let cents = pesos(text)?.get();
    if cents.is_multiple_of(100) { Pesos::new(cents / 100).ok() } else { None }
}

/// Letters, digits and hyphens, as `wire` wants what a cashier types; no negative number.
pub(super) fn is_code(text: &str) -> bool {
    text.len() <= 48 && is_id(text) && !text.contains('_')
}

/// What [`is_id`] wants, in words.
pub(super) const ID: &str = "letters, digits, hyphens and underscores";

/// Whether a text can be a gateway's number of a payment; safe to stand in an address.
pub(super) fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    (1..=64).contains(&text.len()) && !text.starts_with('-') && text.bytes().all(plain)
}

/// Whether a text is a UUID, with its hyphens or without: a name for machines, which nobody can dictate.
pub(super) fn is_uuid(text: &str) -> bool {
    let hyphenated = text.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    // Digits alone are a long number, not one of a UUID.
    let bare = text.len() == 32 && !text.contains('-') && text.bytes().any(|b| b.is_ascii_alphabetic());
    (hyphenated || bare) && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// The members of a flat JSON object as text, numbers digit by digit; objects and arrays left out.
pub(super) fn flat_members(body: &str) -> Option<Vec<(String, String)>> {
    let Value::Object(members) = read(body)? else { return None };
    Some(members.into_iter().filter_map(|(name, value)| Some((name, plain_text(&value)?))).collect())
}

fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// JSON in which no object has a member twice: the tree would silently keep the last of them.
fn read(raw: &str) -> Option<Value> {
    serde_json::from_str::<Undoubled>(raw).ok()?;
    serde_json::from_str(raw).ok()
}

/// Any JSON in which no object has a member twice.
struct Undoubled;

impl<'de> Deserialize<'de> for Undoubled {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Undoubled, D::Error> {
        deserializer.deserialize_any(Undoubled)
    }
}

impl<'de> Visitor<'de> for Undoubled {
    type Value = Undoubled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Undoubled, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Undoubled, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Undoubled, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Undoubled, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Undoubled, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Undoubled, A::Error> {
        while items.next_element::<Undoubled>()?.is_some() {}
        Ok(self)
    }

    /// An object, or a number that is no whole one of 64 bits: that comes as a map of its digits.
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Undoubled, A::Error> {
        let mut names = Map::new();
        while let Some((name, Undoubled)) = members.next_entry::<String, _>()? {
            if names.insert(name, Value::Null).is_some() {
                return Err(A::Error::custom("a member twice"));
            }
        }
        Ok(self)
    }
}
