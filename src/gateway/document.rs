//! Reading a gateway's JSON by path, and the forms that gateways write values in.

use serde_json::Value;

use super::error::{ErrorCode, GatewayError};
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

    /// A date-time without offset that means Bogotá.
    pub fn bogota(&self, path: &str) -> Result<ServerInstant, GatewayError> {
        let expected = || GatewayError::unexpected(path, "a date-time such as 2026-07-02 19:50:07");
        bogota(&self.text(path)?).ok_or_else(expected)
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

/// `2026-07-02 19:50:07` on a clock in Bogotá.
pub(super) fn bogota(text: &str) -> Option<ServerInstant> {
    let (date, time) = text.split_once(' ')?;
    ServerInstant::parse(&format!("{date}T{time}-05:00")).ok()
}

/// Letters, digits and hyphens, as `wire` wants what a cashier types.
pub(super) fn is_code(text: &str) -> bool {
    (1..=48).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
