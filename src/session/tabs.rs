//! Several tabs show one voucher, and one of them asks for all.
//!
//! The browser gives the lead to one visible tab (Web Locks). The others ping it; it answers with
//! what it last saw, so that they stay fresh without asking the backend. An answer to one follower
//! serves them all: the others then need not ping. A leader that does not answer for five seconds has
//! died or is frozen: another takes its place.

use super::random::Random;

/// How long a follower does without news of the leader before it pings.
const PING_MILLIS: i64 = 2_000;
/// Followers hear the leader at the same moment; their next pings are spread over this time, so that
/// the first is answered before the others are due.
const SPREAD_MILLIS: i64 = 1_000;
/// How often a follower tells that somebody looks at it; the leader takes it for longer than that.
const LOOKED_AT_MILLIS: i64 = 60_000;
/// How long a leader may be silent.
const SILENCE_MILLIS: i64 = 5_000;

/// What tabs tell each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TabMessage {
    /// A follower: who leads?
    Ping {
        /// Whether somebody looks at this tab, so that the leader asks accordingly.
        looking: bool,
    },
    /// The leader: this is what I last saw.
    Pong {
        /// [`Voucher::digest`](crate::voucher::Voucher::digest); only an equal one confirms what another
        /// tab shows.
        digest: u32,
        /// How many milliseconds ago the server confirmed it.
        age: i64,
    },
}

/// This tab's part.
#[derive(Clone, Debug, Default)]
pub(super) struct Tabs {
    role: Role,
    heard_at: i64,
    ping_at: i64,
    /// When the leader was last told that somebody looks here.
    looked_at: Option<i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Role {
    /// No part: nothing to watch, or nobody looks.
    #[default]
    Out,
    /// In for the voucher with this token; another tab leads.
    Following(String),
    /// In for the voucher with this token, and asks for all.
    Leading(String),
}

/// What is due for a follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    Ping,
    Seize,
}

impl Tabs {
    /// The voucher that this tab is in for.
    pub fn token(&self) -> Option<&String> {
        match &self.role {
            Role::Out => None,
            Role::Following(token) | Role::Leading(token) => Some(token),
        }
    }

    pub fn is_leading(&self) -> bool {
        matches!(self.role, Role::Leading(_))
    }

    pub fn is_following(&self) -> bool {
        matches!(self.role, Role::Following(_))
    }

    /// Comes in for a voucher, behind whoever leads.
    pub fn join(&mut self, token: String, now: i64) {
        self.role = Role::Following(token);
        self.heard_at = now;
        // The lead is given at once where nobody has it; only then is there nobody to ping.
        self.ping_at = now + PING_MILLIS / 4;
    }

    pub fn leave(&mut self) {
        self.role = Role::Out;
    }

    /// Somebody looks at this tab: the leader hears of it at once.
    pub fn looked_at(&mut self, now: i64) {
        if self.is_following() && self.looked_at.is_none_or(|at| now - at >= LOOKED_AT_MILLIS) {
            self.looked_at = Some(now);
            self.ping_at = now;
        }
    }

    /// The browser has given the lead to this tab, or taken it away.
    pub fn lead(&mut self, leads: bool, now: i64) {
        let Some(token) = self.token().cloned() else { return };
        if leads {
            self.role = Role::Leading(token);
        } else {
            self.join(token, now);
        }
    }

    /// The leader has spoken.
    pub fn heard(&mut self, now: i64, random: &mut Random) {
        self.heard_at = now;
        self.ping_at = now + PING_MILLIS - random.below(SPREAD_MILLIS);
    }

    pub fn due(&mut self, now: i64) -> Option<Due> {
        if !self.is_following() {
            return None;
        }
        if now - self.heard_at >= SILENCE_MILLIS {
            self.heard_at = now;
            return Some(Due::Seize);
        }
        if now >= self.ping_at {
            self.ping_at = now + PING_MILLIS;
            return Some(Due::Ping);
        }
        None
    }

    pub fn next_due(&self) -> Option<i64> {
        self.is_following().then(|| self.ping_at.min(self.heard_at + SILENCE_MILLIS))
    }
}
