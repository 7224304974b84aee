//! What is kept in the browser between visits.

use std::rc::Rc;

use crate::voucher::{Kind, Voucher};
use crate::wire::{Codec, Describe, Document, Expected, Json, WireError, read};

use super::Start;

/// What is kept: the idempotency key until there is a voucher, then the voucher's token and the
/// voucher itself. Never anything about a person; of a pickup the token alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    /// The idempotency key of a creation that may be under way.
    pub key: Option<String>,
    /// The voucher's token.
    pub token: Option<String>,
    /// The voucher as last seen.
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
        let mut memory: Memory = read(json)?;
        memory.key = memory.key.filter(|key| is_key(key));
        Ok(memory)
    }
}

impl Describe for Memory {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.optional_text("key", Expected::Text, &mut self.key);
            codec.optional_text("token", Expected::Text, &mut self.token);
            codec.optional("voucher", &mut self.voucher);
        });
    }
}

impl Document for Memory {
    fn blank() -> Memory {
        Memory::default()
    }
}

fn is_key(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit())
}
