//! A page that shows a voucher, by whatever policy.

use crate::model::State;

/// What the shopper does to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A tab opens the voucher's link.
    Open,
    /// The tab is visible again.
    Show,
    Hide,
    Close,
    Touch,
    /// "Ya pagué".
    Claim,
}

/// A policy at work in one tab. It has at most one request under way.
pub trait Page {
    fn act(&mut self, act: Act, now: i64);

    /// When its timer is due.
    fn due(&self, now: i64) -> Option<i64>;

    /// Its timer fires.
    fn fire(&mut self, now: i64);

    /// Whether it has sent a request since last asked.
    fn takes_off(&mut self) -> bool;

    /// The answer to its request.
    fn answer(&mut self, state: State, now: i64);

    /// Whether it shows that the voucher is paid.
    fn says_paid(&self) -> bool;
}
