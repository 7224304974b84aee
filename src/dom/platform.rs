//! The browser's clocks and its chance.

use js_sys::Date;
use web_sys::Window;

use crate::session::Now;

/// Both clocks, read at once.
pub(super) fn now(window: &Window) -> Now {
    let monotonic = window.performance().map_or_else(Date::now, |performance| performance.now());
    Now { monotonic: monotonic as i64, wall: Date::now() as i64 }
}

/// 128 random bits.
pub(super) fn seed(window: &Window) -> [u64; 2] {
    let mut bytes = [0; 16];
    // Every supported browser has it, in insecure contexts too.
    if let Ok(crypto) = window.crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    let bits = u128::from_le_bytes(bytes);
    [bits as u64, (bits >> 64) as u64]
}
