//! What the server's clock shows, whatever the device's clock says.

use crate::calendar::ServerInstant;

use super::Now;

/// How far the two device clocks may drift apart before the device must have slept, or its wall
/// clock been moved.
const MAX_DRIFT_MILLIS: i64 = 2_000;
/// An answer that took longer says too little about the time to replace a better anchor.
const MAX_ROUND_TRIP_MILLIS: i64 = 10_000;

/// Two answers that disagree by less than this say the same.
const TOLERANCE_MILLIS: i64 = 2_000;
/// An older time is believed once a second answer, at least this much later, agrees with it.
const CONFIRM_MILLIS: i64 = 30_000;

/// The server's clock, anchored by its answers and carried on by the monotonic clock.
#[derive(Clone, Debug, Default)]
pub(super) struct ServerClock {
    anchor: Option<Anchor>,
    /// A time older than the anchor's: an answer from some cache, unless another one agrees.
    doubt: Option<Anchor>,
}

#[derive(Clone, Copy, Debug)]
struct Anchor {
    server: ServerInstant,
    device: Now,
    uncertainty: i64,
}

impl Anchor {
    /// What the server's clock shows now, unless the device has slept or was set since.
    fn at(&self, now: Now) -> Option<ServerInstant> {
        let passed = now.monotonic - self.device.monotonic;
        let drift = (now.wall - self.device.wall) - passed;
        (drift.abs() <= MAX_DRIFT_MILLIS).then(|| self.server.plus_millis(passed))
    }

    /// How much later the other's clock is than this one's, where both are known and differ.
    fn lag_behind(&self, other: &Anchor) -> Option<i64> {
        let lag = other.server.millis() - self.at(other.device)?.millis();
        let bound = TOLERANCE_MILLIS + self.uncertainty + other.uncertainty;
        Some(if lag.abs() <= bound { 0 } else { lag })
    }
}

impl ServerClock {
    /// Takes over the time that an answer carried; the request was sent at `sent`.
    ///
    /// The server spoke somewhere between sending and receiving: the middle is wrong by at most
    /// half the round trip. A cache can only make an answer older, so a later time wins at once
    /// and an older one when it is confirmed.
    pub fn anchor(&mut self, server: ServerInstant, sent: i64, now: Now) {
        let uncertainty = (now.monotonic - sent).max(0) / 2;
        let heard = Anchor { server: server.plus_millis(uncertainty), device: now, uncertainty };
        let lag = self.anchor.and_then(|anchor| anchor.lag_behind(&heard));
        match lag {
            // Too slow an answer to improve on what is known.
            Some(0) if uncertainty > MAX_ROUND_TRIP_MILLIS / 2 => {}
            Some(lag) if lag < 0 => {
                let agrees = |doubt: &Anchor| {
                    doubt.lag_behind(&heard) == Some(0)
                        && now.monotonic - doubt.device.monotonic >= CONFIRM_MILLIS
                };
                if self.doubt.as_ref().is_some_and(agrees) {
                    self.believe(heard);
                } else if self.doubt.is_none_or(|doubt| doubt.lag_behind(&heard) != Some(0)) {
                    self.doubt = Some(heard);
                }
            }
            _ => self.believe(heard),
        }
    }

    fn believe(&mut self, heard: Anchor) {
        self.anchor = Some(heard);
        self.doubt = None;
    }

    /// What the server's clock shows now; nothing before the first answer and after a sleep.
    pub fn at(&self, now: Now) -> Option<ServerInstant> {
        self.anchor?.at(now)
    }

    /// Whether an anchor was there and is lost.
    pub fn is_lost(&self, now: Now) -> bool {
        self.anchor.is_some() && self.at(now).is_none()
    }
}
