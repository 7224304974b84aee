//! Server-sent events of the voucher, where the backend offers them: news without asking.

use super::random::Random;
use super::schedule;

/// A stream that failed is tried again at the earliest after so long.
const RETRY_MILLIS: i64 = 30_000;

/// The stream of the voucher on screen.
#[derive(Clone, Debug, Default)]
pub(super) struct Stream {
    link: Option<String>,
    is_open: bool,
    failures: u32,
    again_at: i64,
}

impl Stream {
    /// Whether news come by themselves now.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    pub fn link(&self) -> Option<&String> {
        self.link.as_ref()
    }

    pub fn may_open(&self, now: i64) -> bool {
        now >= self.again_at
    }

    /// When a stream that failed is worth another try.
    pub fn next_try(&self, now: i64) -> Option<i64> {
        (self.link.is_none() && self.again_at > now).then_some(self.again_at)
    }

    pub fn open(&mut self, link: String) {
        self.link = Some(link);
        self.is_open = false;
    }

    /// The stream has brought something: one that is there may still be held back on its way.
    pub fn opened(&mut self) {
        self.is_open = self.link.is_some();
        self.failures = 0;
    }

    pub fn close(&mut self) {
        self.link = None;
        self.is_open = false;
    }

    pub fn failed(&mut self, now: i64, random: &mut Random) {
        self.close();
        self.failures = self.failures.saturating_add(1);
        self.again_at = now + RETRY_MILLIS + schedule::backoff(self.failures, random);
    }
}
