//! A shop's keys at a gateway.

use core::fmt;

use super::error::{ErrorCode, GatewayError};

/// Named keys; which names a gateway wants stands at its functions.
///
/// Never shows its values, not even to `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials(Vec<(String, String)>);

impl Credentials {
    /// The value of `name`, or an error that names what is missing.
    pub fn get(&self, name: &str) -> Result<&str, GatewayError> {
        let value = self.place(name).ok().map(|at| self.0[at].1.as_str()).filter(|value| !value.is_empty());
        value.ok_or_else(|| GatewayError::new(ErrorCode::Credential, name, "a value"))
    }

    /// Adds or replaces a key.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.put(name.into(), value.into());
    }

    fn put(&mut self, name: String, value: String) {
        match self.place(&name) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    /// Where `name` stands, or would have to: they are in order.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(found, _)| found.as_str().cmp(name))
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Credentials {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Credentials {
        let mut credentials = Credentials::default();
        pairs.into_iter().for_each(|(name, value)| credentials.set(name, value));
        credentials
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
