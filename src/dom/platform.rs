//! The browser's clocks and its chance.

use js_sys::{Date, Math};
use web_sys::{ShadowRoot, Window};

use crate::session::Now;
use crate::symbol::Room;

use super::shell::Shell;

/// Both clocks, read at once.
pub(super) fn now(window: &Window) -> Now {
    let monotonic = window.performance().map_or_else(Date::now, |performance| performance.now());
    Now { monotonic: monotonic as i64, wall: Date::now() as i64 }
}

/// 128 random bits.
pub(super) fn seed(window: &Window) -> [u64; 2] {
    let mut bytes = [0; 16];
    if let Ok(crypto) = window.crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    let bits = u128::from_le_bytes(bytes);
    // Where that failed, two shoppers must still not share a key; where it did not, nothing is lost.
    let now = now(window);
    let chance = |time: i64| Math::random().to_bits() ^ time as u64;
    [bits as u64 ^ chance(now.wall), (bits >> 64) as u64 ^ chance(now.monotonic)]
}

/// What the window's edge and a thumb take away of its height, in CSS pixels.
const EDGES: f64 = 24.0;

/// The room for a symbol: as wide as what the view has marked for it.
pub(super) fn room(window: &Window, root: &ShadowRoot, shell: &Shell) -> Room {
    let usual = Room::default();
    let marked = root.query_selector("[data-room]").ok().flatten();
    // It has no width while the element is not shown.
    let width = marked.map(|marked| marked.client_width()).filter(|width| *width > 0);
    let ratio = window.device_pixel_ratio();
    Room {
        width: width.map_or(usual.width, |width| width.unsigned_abs()),
        height: (shell.height() - EDGES).max(0.0) as u32,
        ratio: if ratio > 0.0 { (ratio * 1_000.0).round() as u32 } else { usual.ratio },
    }
}
