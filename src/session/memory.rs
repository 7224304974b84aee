//! What is kept in the browser between visits.

use std::rc::Rc;

use crate::calendar::ServerInstant;
use crate::voucher::{Kind, Voucher};
use crate::wire::{Codec, Describe, Document, Expected, Json, WireError, read};

use super::Start;

/// How long a key without a voucher is worth keeping, and a voucher without a deadline.
const KEPT_MILLIS: i64 = 90 * 24 * 3_600_000;

/// What is kept: the idempotency key until there is a voucher, then the voucher's token and the
/// voucher itself and whether it is said to be paid. Never anything about a person; of a pickup the
/// token alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    /// The idempotency key of a creation that may be under way.
    pub key: Option<String>,
    /// The voucher's token.
    pub token: Option<String>,
    /// The voucher as last seen.
    pub voucher: Option<Rc<Voucher>>,
    /// Whether "ya pagué" was pressed: who comes back is not to pay again.
    pub claimed: bool,
    /// Until when it is worth keeping, by the server's clock.
    pub until: Option<ServerInstant>,
}

impl Memory {
    /// What the names of all memories begin with.
    pub const PREFIX: &'static str = "efecty-checkout:";

    /// The name under which the memory of `start` at `endpoint` is kept.
    pub fn slot(endpoint: &str, start: &Start) -> String {
        match start {
            Start::Order { order_id, .. } => [Memory::PREFIX, endpoint, ":order:", order_id].concat(),
            Start::Voucher { token } => [Memory::PREFIX, endpoint, ":voucher:", token].concat(),
        }
    }

    /// Remembers a voucher, until the end of its grace.
    pub fn of(voucher: &Rc<Voucher>) -> Memory {
        let whole = voucher.kind == Kind::Payment;
        let until = voucher.watch_until().unwrap_or(voucher.server_time.plus_millis(KEPT_MILLIS));
        Memory {
            key: None,
            token: Some(voucher.token.clone()),
            voucher: whole.then(|| voucher.clone()),
            claimed: false,
            until: Some(until),
        }
    }

    /// Remembers the key of a creation that goes out at `now`.
    pub fn of_key(key: String, now: ServerInstant) -> Memory {
        Memory { key: Some(key), until: Some(now.plus_millis(KEPT_MILLIS)), ..Memory::default() }
    }

    /// Whether it is worth nothing any more; what does not say until when is not ours.
    pub fn is_over(&self, now: ServerInstant) -> bool {
        self.until.is_none_or(|until| until < now)
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
            codec.flag("claimed", &mut self.claimed);
            codec.optional("until", &mut self.until);
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
