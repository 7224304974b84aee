//! Reading a gateway's JSON by path, and the forms that gateways write values in.

use core::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::error::{ErrorCode, GatewayError};
use super::zone::{Zone, epoch_millis, iso};
use crate::calendar::ServerInstant;
use crate::money::Pesos;

/// A gateway's answer.
pub(super) struct Document(Value);

impl Document {
    pub fn parse(raw: &str) -> Result<Document, GatewayError> {
        match serde_json::from_str(raw) {
            Ok(value @ Value::Object(_)) => Ok(Document(value)),
            _ => Err(GatewayError::new(ErrorCode::NotJson, "", "a JSON object")),
        }
    }

    /// An answer that may stand alone in an array.
    pub fn parse_one(raw: &str) -> Result<Document, GatewayError> {
        match serde_json::from_str(raw) {
            Ok(Value::Array(mut items)) if items.len() == 1 && items[0].is_object() => {
                Ok(Document(items.remove(0)))
            }
            _ => Document::parse(raw),
        }
    }

    pub fn of(value: Value) -> Document {
        Document(value)
    }

    /// The members of the document itself.
    pub fn members(&self) -> Option<&serde_json::Map<String, Value>> {
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
        match self.at(path)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
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

    /// Letters, digits and hyphens.
    pub fn code(&self, path: &str) -> Result<String, GatewayError> {
        let text = self.text(path)?;
        if is_code(&text) {
            return Ok(text);
        }
        Err(GatewayError::unexpected(path, "letters, digits and hyphens"))
    }

    /// The same, where it is there.
    pub fn optional_code(&self, path: &str) -> Result<Option<String>, GatewayError> {
        self.at(path).map(|_| self.code(path)).transpose()
    }

    /// Refuses an answer where the member is not this text.
    pub fn expect(&self, path: &str, expected: &str) -> Result<(), GatewayError> {
        if self.text(path)? == expected { Ok(()) } else { Err(GatewayError::unexpected(path, expected)) }
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

/// Letters, digits and hyphens, as `wire` wants what a cashier types.
pub(super) fn is_code(text: &str) -> bool {
    (1..=48).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Whether a text is a UUID: a name for machines, which nobody can dictate.
pub(super) fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// The members of a flat JSON object as text, numbers digit by digit; objects and arrays left out.
pub(super) fn flat_members(body: &str) -> Option<Vec<(String, String)>> {
    let members: Members = serde_json::from_str(body).ok()?;
    Some(members.0)
}

/// A JSON object read member by member: a map would silently keep one of two equal names.
struct Members(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            match value {
                Value::String(text) => members.push((name, text)),
                Value::Number(number) => members.push((name, number.to_string())),
                _ => {}
            }
        }
        Ok(Members(members))
    }
}
