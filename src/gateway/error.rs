//! Why a gateway's answer cannot be used, or a request to it cannot be made.

use core::fmt;

/// What kind of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// The answer is not JSON (or XML, where the gateway speaks it).
    NotJson,
    /// A member is not there.
    Missing,
    /// A member is there, but not what was expected.
    Unexpected,
    /// The gateway refused what was asked.
    Refused,
    /// A credential was not given.
    Credential,
    /// Something that the request needs was not given.
    Incomplete,
    /// Something is not within what the gateway documents that it takes.
    Unfit,
    /// The gateway does not offer what was asked.
    Unsupported,
}

impl ErrorCode {
    /// The stable code: part of the public contract.
    pub fn code(self) -> &'static str {
        match self {
            ErrorCode::NotJson => "not-json",
            ErrorCode::Missing => "missing",
            ErrorCode::Unexpected => "unexpected",
            ErrorCode::Refused => "refused",
            ErrorCode::Credential => "credential",
            ErrorCode::Incomplete => "incomplete",
            ErrorCode::Unfit => "unfit",
            ErrorCode::Unsupported => "unsupported",
        }
    }
}

/// A gateway's answer that cannot be used, or a request that cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayError {
    /// What kind of thing is wrong.
    pub code: ErrorCode,
    /// Where: a member's path, a credential's or an option's name; several names where several are
    /// missing, as `postalCode, payerIp`.
    pub path: String,
    /// What was expected there; for a refusal the gateway's own words.
    pub expected: String,
}

impl GatewayError {
    pub(super) fn new(code: ErrorCode, path: &str, expected: impl Into<String>) -> GatewayError {
        GatewayError { code, path: path.to_owned(), expected: expected.into() }
    }

    pub(super) fn missing(path: &str) -> GatewayError {
        GatewayError::new(ErrorCode::Missing, path, "a value")
    }

    pub(super) fn unsupported(what: &str) -> GatewayError {
        GatewayError::new(ErrorCode::Unsupported, "", what)
    }

    pub(super) fn unexpected(path: &str, expected: impl Into<String>) -> GatewayError {
        GatewayError::new(ErrorCode::Unexpected, path, expected)
    }
}

impl fmt::Display for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            ErrorCode::NotJson => f.write_str("expected JSON from the gateway"),
            ErrorCode::Refused => write!(f, "the gateway refused: {}", self.expected),
            ErrorCode::Credential => write!(f, "expected the credential {}", self.path),
            ErrorCode::Incomplete | ErrorCode::Unfit => {
                write!(f, "expected {} for {}", self.expected, self.path)
            }
            ErrorCode::Unsupported => write!(f, "the gateway does not offer {}", self.expected),
            ErrorCode::Missing | ErrorCode::Unexpected => {
                write!(f, "expected {} at {}", self.expected, self.path)
            }
        }
    }
}

impl core::error::Error for GatewayError {}
