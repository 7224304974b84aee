//! Digests, their spellings, and their comparison.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::Credentials;
use super::error::{ErrorCode, GatewayError};

/// A hash that the merchant has chosen at its gateway: configuration, never what a sender says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Md5,
    Sha1,
    Sha256,
}

impl Algorithm {
    /// The credential `algorithm`: `md5`, `sha1` or `sha256`.
    pub fn read(credentials: &Credentials) -> Result<Algorithm, GatewayError> {
        match credentials.get("algorithm")? {
            "md5" => Ok(Algorithm::Md5),
            "sha1" => Ok(Algorithm::Sha1),
            "sha256" => Ok(Algorithm::Sha256),
            _ => Err(GatewayError::new(ErrorCode::Credential, "algorithm", "md5, sha1 or sha256")),
        }
    }

    /// The digest in lower-case hexadecimal.
    pub fn hex(self, text: &str) -> String {
        match self {
            Algorithm::Md5 => hex(&Md5::digest(text)),
            Algorithm::Sha1 => hex(&Sha1::digest(text)),
            Algorithm::Sha256 => hex(&Sha256::digest(text)),
        }
    }
}

/// HMAC-SHA256 of the parts, one after the other.
pub(super) fn hmac_sha256(key: &str, parts: &[&[u8]]) -> Vec<u8> {
    // A key of any length is a key.
    let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(key.as_bytes()) else { return Vec::new() };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
pub(super) fn same_secret(a: &str, b: &str) -> bool {
    !b.is_empty() && bool::from(a.as_bytes().ct_eq(b.as_bytes()))
}

/// Base64 with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of canonical base64 with padding.
pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|n| char::from_digit(n.into(), 16))
        .collect()
}
