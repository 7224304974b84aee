//! What the server's clock shows, whatever the device's clock says.

use crate::calendar::ServerInstant;

use super::Now;

/// How far the two device clocks may drift apart before the device must have slept, or its wall
/// clock been moved.
const MAX_DRIFT_MILLIS: i64 = 2_000;
/// An answer that took longer says too little about the time to replace a better anchor.
const MAX_ROUND_TRIP_MILLIS: i64 = 10_000;

/// The server's clock, anchored by its answers and carried on by the monotonic clock.
#[derive(Clone, Debug, Default)]
pub(super) struct ServerClock {
    anchor: Option<Anchor>,
}

#[derive(Clone, Copy, Debug)]
struct Anchor {
    server: ServerInstant,
    device: Now,
}

impl ServerClock {
    /// Takes over the time that an answer carried; the request was sent at `sent`.
    ///
    /// The server spoke somewhere between sending and receiving: the middle is wrong by at most
    /// half the round trip.
    pub fn anchor(&mut self, server: ServerInstant, sent: i64, now: Now) {
        let round_trip = (now.monotonic - sent).max(0);
        if round_trip > MAX_ROUND_TRIP_MILLIS && self.at(now).is_some() {
            return;
        }
        self.anchor = Some(Anchor { server: server.plus_millis(round_trip / 2), device: now });
    }

    /// What the server's clock shows now; nothing before the first answer and after a sleep.
    pub fn at(&self, now: Now) -> Option<ServerInstant> {
        let anchor = self.anchor?;
        let passed = now.monotonic - anchor.device.monotonic;
        let drift = (now.wall - anchor.device.wall) - passed;
        (drift.abs() <= MAX_DRIFT_MILLIS).then(|| anchor.server.plus_millis(passed))
    }

    /// Whether an anchor was there and is lost.
    pub fn is_lost(&self, now: Now) -> bool {
        self.anchor.is_some() && self.at(now).is_none()
    }
}
