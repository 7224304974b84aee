//! What is kept in the browser between visits.

use std::rc::Rc;

use serde::Serialize;

use crate::voucher::{Kind, Voucher};
use crate::wire::{Json, WireError};

use super::Start;

/// What is kept: the idempotency key until there is a voucher, then the voucher's token and the
/// voucher itself. Never anything about a person; of a pickup the token alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Memory {
    /// The idempotency key of a creation that may be under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The voucher's token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The voucher as last seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voucher: Option<Rc<Voucher>>,
}

impl Memory {
    /// The name under which the memory of `start` at `endpoint` is kept.
    pub fn slot(endpoint: &str, start: &Start) -> String {
        match start {
            Start::Order { order_id, .. } => ["efecty-checkout:", endpoint, ":order:", order_id].concat(),
            Start::Voucher { token } => ["efecty-checkout:", endpoint, ":voucher:", token].concat(),
        }
    }

    /// Remembers a voucher.
    pub fn of(voucher: &Rc<Voucher>) -> Memory {
        let whole = voucher.kind == Kind::Payment;
        Memory { key: None, token: Some(voucher.token.clone()), voucher: whole.then(|| voucher.clone()) }
    }

    /// Reads what was kept. Other scripts of the page can write there, so it is read as strictly
    /// as an answer.
    pub fn read(json: impl Json) -> Result<Memory, WireError> {
        Ok(Memory {
            key: json.member("key").and_then(|key| key.text()).filter(|key| is_key(key)),
            token: json.member("token").and_then(|token| token.text()),
            voucher: json.member("voucher").map(|v| Voucher::read(v).map(Rc::new)).transpose()?,
        })
    }
}

fn is_key(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit())
}
