//! What is kept between visits, in `localStorage`.
//!
//! Every access may throw (private windows, sandboxed frames, a full disk): that costs the memory
//! and nothing else.

use js_sys::JSON;
use web_sys::{Storage, Window};

use crate::calendar::ServerInstant;
use crate::session::Memory;
use crate::wire;

/// What was kept under `slot`.
pub(super) fn recall(window: &Window, slot: &str) -> Option<Memory> {
    let text = storage(window)?.get_item(slot).ok()??;
    Memory::read(JSON::parse(&text).ok()?).ok()
}

/// Keeps `memory` under `slot`; a key alone takes no place of a voucher, which another tab has kept.
pub(super) fn remember(window: &Window, slot: &str, memory: &Memory) {
    let has_voucher = |kept: Memory| kept.token.is_some();
    if memory.token.is_none() && recall(window, slot).is_some_and(has_voucher) {
        return;
    }
    let text = JSON::stringify(&wire::to_js(memory));
    if let (Some(storage), Ok(text)) = (storage(window), text) {
        let _ = storage.set_item(slot, &String::from(text));
    }
}

/// Keeps nothing under `slot`.
pub(super) fn forget(window: &Window, slot: &str) {
    if let Some(storage) = storage(window) {
        let _ = storage.remove_item(slot);
    }
}

/// Throws away every memory of this package that is over.
pub(super) fn sweep(window: &Window, now: ServerInstant) {
    let Some(storage) = storage(window) else { return };
    let n_items = storage.length().unwrap_or_default();
    // From the end: removing one moves those behind it.
    for i in (0..n_items).rev() {
        let Ok(Some(slot)) = storage.key(i) else { continue };
        if slot.starts_with(Memory::PREFIX) && recall(window, &slot).is_none_or(|memory| memory.is_over(now))
        {
            let _ = storage.remove_item(&slot);
        }
    }
}

fn storage(window: &Window) -> Option<Storage> {
    window.local_storage().ok()?
}
