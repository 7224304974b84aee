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
/// A time that is ahead by more than this is one server's error until a second answer agrees.
const LEAP_MILLIS: i64 = 60_000;
/// A time ahead is believed once a second answer, at least this much later, agrees with it.
const APART_MILLIS: i64 = 1_000;
/// The device's clock bears witness for a server's that is as close as this.
const WITNESS_MILLIS: i64 = 2 * 24 * 3_600_000;

/// The server's clock, anchored by its answers and carried on by the monotonic clock.
#[derive(Clone, Debug, Default)]
pub(super) struct ServerClock {
    anchor: Option<Anchor>,
    /// A time far from the anchor's: an answer from some cache or from a server whose clock is wrong,
    /// unless another one agrees.
    doubt: Option<Anchor>,
    /// Whether the doubt is ahead: less time may be left than is known.
    leapt: bool,
    /// Whether two answers agree.
    confirmed: bool,
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
        Some(if lag.abs() <= self.bound(other) { 0 } else { lag })
    }

    /// How far two answers that say the same may differ.
    fn bound(&self, other: &Anchor) -> i64 {
        TOLERANCE_MILLIS + self.uncertainty + other.uncertainty
    }

    /// Whether the other came so much later that one copy, read twice, would not pass for both.
    fn is_apart_from(&self, other: &Anchor) -> bool {
        other.device.monotonic - self.device.monotonic > self.bound(other) + other.uncertainty
    }
}

impl ServerClock {
    /// Takes over the time that an answer carried; the request was sent at `sent`.
    ///
    /// The server spoke somewhere between sending and receiving: the middle is wrong by at most
    /// half the round trip. A cache can only make an answer older, so a somewhat later time wins at once;
    /// an older one, or one that leaps ahead, when it is confirmed.
    pub fn anchor(&mut self, server: ServerInstant, sent: i64, now: Now) {
        let uncertainty = (now.monotonic - sent).max(0) / 2;
        let heard = Anchor { server: server.plus_millis(uncertainty), device: now, uncertainty };
        let lag = self.anchor.and_then(|anchor| anchor.lag_behind(&heard));
        match lag {
            // Too slow an answer to improve on what is known; it agrees all the same.
            Some(0) if uncertainty > MAX_ROUND_TRIP_MILLIS / 2 => (self.doubt, self.leapt) = (None, false),
            Some(lag) if lag < 0 => self.weigh(heard, CONFIRM_MILLIS),
            // While it is in doubt whether time has leapt ahead, nothing in between settles it alone.
            Some(lag) if lag > LEAP_MILLIS || (self.leapt && lag > 0) => {
                self.leapt = true;
                self.weigh(heard, APART_MILLIS);
            }
            Some(0) => {
                let is_apart = self.anchor.is_some_and(|before| before.is_apart_from(&heard));
                if is_apart || !self.leapt {
                    self.believe(heard, self.confirmed || is_apart);
                }
            }
            _ => self.believe(heard, false),
        }
    }

    /// Believes what another answer, at least so much earlier, said too.
    fn weigh(&mut self, heard: Anchor, apart: i64) {
        let agrees = |doubt: &Anchor| doubt.lag_behind(&heard) == Some(0);
        match &self.doubt {
            Some(doubt) if agrees(doubt) => {
                if heard.device.monotonic - doubt.device.monotonic >= apart {
                    self.believe(heard, true);
                }
            }
            _ => self.doubt = Some(heard),
        }
    }

    fn believe(&mut self, heard: Anchor, confirmed: bool) {
        *self = ServerClock { anchor: Some(heard), confirmed, ..ServerClock::default() };
    }

    /// What the server's clock shows now; nothing before the first answer, after a sleep, and while less
    /// time may be left than that.
    pub fn at(&self, now: Now) -> Option<ServerInstant> {
        self.anchor.filter(|_| !self.leapt)?.at(now)
    }

    /// Whether two answers agree on what time it is.
    pub fn is_confirmed(&self) -> bool {
        self.confirmed
    }

    /// What the server's clock shows, where another answer or the device's clock bears witness.
    pub fn witnessed(&self, now: Now) -> Option<ServerInstant> {
        let near = |server: &ServerInstant| (server.millis() - now.wall).abs() <= WITNESS_MILLIS;
        self.at(now).filter(|server| self.confirmed || near(server))
    }

    /// Whether an anchor was there and is lost.
    pub fn is_lost(&self, now: Now) -> bool {
        self.anchor.is_some() && self.at(now).is_none()
    }
}
