//! A shop's keys at a gateway.

use core::fmt;
use std::collections::BTreeMap;

use super::error::{ErrorCode, GatewayError};

/// Named keys; which names a gateway wants stands at its functions.
///
/// Never shows its values, not even to `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials(BTreeMap<String, String>);

impl Credentials {
    /// The value of `name`, or an error that names what is missing.
    pub fn get(&self, name: &str) -> Result<&str, GatewayError> {
        let value = self.0.get(name).filter(|value| !value.is_empty());
        value.map(String::as_str).ok_or_else(|| GatewayError::new(ErrorCode::Credential, name, "a value"))
    }

    /// Adds or replaces a key.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), value.into());
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Credentials {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Credentials {
        Credentials(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
