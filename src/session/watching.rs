//! A voucher on screen: its clock, its checks, what was pressed.

use crate::calendar::ServerInstant;
use crate::view::{Phase, VoucherView};
use crate::voucher::{Status, Voucher, Watch};

use super::clock::ServerClock;
use super::port::{Answer, Button, Copyable, Now, Trouble};
use super::random::Random;
use super::schedule::{self, Situation};

/// Somebody is looking for this long after the last key, touch or pointer.
const LOOKING_MILLIS: i64 = 2 * 60_000;
/// "Ya pagué" counts as looking for this long.
const CLAIM_MILLIS: i64 = 15 * 60_000;
/// How long "copied" is shown.
const COPIED_MILLIS: i64 = 3_000;
/// An answer this young need not be asked for again on return.
const FRESH_MILLIS: i64 = 2_000;
/// Checks at the deadline are spread over this time: vouchers of one day expire together.
const DEADLINE_SPREAD_MILLIS: i64 = 15_000;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

#[derive(Clone, Debug)]
pub(super) struct Watching {
    pub voucher: Voucher,
    pub etag: Option<String>,
    /// When the server last confirmed what is shown; never in this visit, where only remembered.
    confirmed_at: Option<i64>,
    trouble: Option<Trouble>,
    failures: u32,
    poll_at: Option<i64>,
    visible: bool,
    attended_at: i64,
    claimed_at: Option<i64>,
    overdue: bool,
    codes_open: bool,
    countdown_hidden: bool,
    copied: Option<(Copyable, bool, i64)>,
}

impl Watching {
    /// A voucher from an earlier visit: shown at once, asked about at once.
    pub fn remembered(voucher: Voucher, now: Now) -> Watching {
        Watching {
            voucher,
            etag: None,
            confirmed_at: None,
            trouble: None,
            failures: 0,
            poll_at: Some(now.monotonic),
            visible: true,
            attended_at: now.monotonic,
            claimed_at: None,
            overdue: false,
            codes_open: false,
            countdown_hidden: false,
            copied: None,
        }
    }

    /// A voucher that the server has just given.
    pub fn verified(
        voucher: Voucher,
        answer: Answer,
        clock: &ServerClock,
        now: Now,
        random: &mut Random,
    ) -> Watching {
        let mut watching = Watching { etag: answer.etag, ..Watching::remembered(voucher, now) };
        watching.overdue = watching.is_past_deadline(clock, now);
        watching.confirmed(answer.retry_after, clock, now, random);
        watching
    }

    pub fn is_verified(&self) -> bool {
        self.confirmed_at.is_some()
    }

    /// Takes over an answer about the same voucher; says whether it was news. A stale one is ignored.
    pub fn update(
        &mut self,
        voucher: Voucher,
        answer: Answer,
        clock: &ServerClock,
        now: Now,
        random: &mut Random,
    ) -> bool {
        let older = voucher.server_time < self.voucher.server_time;
        let same_status = voucher.status == self.voucher.status;
        // What an earlier visit kept binds nobody: another script may have written it.
        let allowed = same_status || !self.is_verified() || self.voucher.status.may_become(&voucher.status);
        if (older && self.is_verified()) || !allowed {
            self.schedule(answer.retry_after, clock, now, random);
            return false;
        }
        self.voucher = voucher;
        self.etag = answer.etag;
        self.overdue = self.is_past_deadline(clock, now);
        self.confirmed(answer.retry_after, clock, now, random);
        true
    }

    /// The server says that nothing has changed.
    pub fn confirmed(
        &mut self,
        retry_after: Option<i64>,
        clock: &ServerClock,
        now: Now,
        random: &mut Random,
    ) {
        self.confirmed_at = Some(now.monotonic);
        self.trouble = None;
        self.failures = 0;
        self.schedule(retry_after, clock, now, random);
    }

    pub fn failed(
        &mut self,
        trouble: Trouble,
        retry_after: Option<i64>,
        clock: &ServerClock,
        now: Now,
        random: &mut Random,
    ) {
        self.trouble = Some(trouble);
        self.failures = self.failures.saturating_add(1);
        self.schedule(retry_after, clock, now, random);
    }

    fn schedule(&mut self, retry_after: Option<i64>, clock: &ServerClock, now: Now, random: &mut Random) {
        let grace_over = match (self.voucher.watch_until(), clock.at(now)) {
            (Some(until), Some(server)) => server > until,
            _ => false,
        };
        let situation = Situation {
            watch: self.voucher.status.watch(),
            visible: self.visible,
            looking: self.is_looking(now),
            overdue: self.overdue,
            grace_over,
            failures: self.failures,
        };
        let asked = self.voucher.poll_after_seconds.map_or(0, |seconds| i64::from(seconds) * 1_000);
        let at_least = retry_after.unwrap_or(0).max(asked);
        self.poll_at = schedule::delay(situation, random).map(|delay| now.monotonic + delay.max(at_least));
    }

    pub fn poll_at(&self) -> Option<i64> {
        self.poll_at
    }

    pub fn is_due(&self, now: Now) -> bool {
        self.poll_at.is_some_and(|at| at <= now.monotonic)
    }

    /// Asks as soon as nothing else is under way.
    pub fn ask_now(&mut self, now: Now) {
        self.poll_at = Some(now.monotonic);
    }

    /// Somebody may be looking again: the answer on screen may be old.
    pub fn returned(&mut self, now: Now) {
        self.visible = true;
        self.attended_at = now.monotonic;
        let fresh = self.confirmed_at.is_some_and(|at| now.monotonic - at < FRESH_MILLIS);
        if !fresh && self.voucher.status.watch() != Watch::Never {
            self.ask_now(now);
        }
    }

    /// The page is hidden, or somebody has just touched it.
    pub fn attend(&mut self, somebody: bool, now: Now, random: &mut Random) {
        if !somebody {
            self.visible = false;
            self.poll_at = None;
            return;
        }
        let was_looking = self.is_looking(now);
        self.attended_at = now.monotonic;
        if !was_looking && self.poll_at.is_some() {
            // The slow schedule no longer fits: ask within a second.
            self.poll_at = Some(now.monotonic + random.below(1_000));
        }
    }

    pub fn pressed(&mut self, button: Button, now: Now) {
        self.attended_at = now.monotonic;
        match button {
            Button::IHavePaid => {
                self.claimed_at = Some(now.monotonic);
                self.ask_now(now);
            }
            Button::Retry => self.ask_now(now),
            Button::ToggleCodes => self.codes_open = !self.codes_open,
            Button::ToggleCountdown => self.countdown_hidden = !self.countdown_hidden,
            _ => {}
        }
    }

    pub fn copied(&mut self, what: Copyable, done: bool, now: Now) {
        self.copied = Some((what, done, now.monotonic + COPIED_MILLIS));
    }

    pub fn copy_text(&self, what: Copyable) -> Option<String> {
        let network = |i: u8| self.voucher.networks.get(usize::from(i));
        match what {
            Copyable::Agreement(i) => Some(network(i)?.agreement.as_ref()?.code.clone()),
            Copyable::Reference(i) => Some(network(i)?.reference.value.clone()),
            Copyable::Amount => Some(self.voucher.amount.pesos.get().to_string()),
            Copyable::Support => Some(self.support_text()),
        }
    }

    /// What support asks for; nothing about the payer.
    fn support_text(&self) -> String {
        let mut lines = vec![["voucher ", &self.voucher.token].concat()];
        let trouble = self.trouble.as_ref();
        lines.extend(trouble.and_then(|t| t.request_id.as_ref()).map(|id| ["request ", id].concat()));
        let trace = trouble.and_then(|t| t.trace_id.as_ref()).or(self.voucher.trace_id.as_ref());
        lines.extend(trace.map(|id| ["trace ", id].concat()));
        lines.join("\n")
    }

    /// Notices what has come with time: the deadline, the end of "copied", a device that slept.
    pub fn tick(&mut self, clock: &ServerClock, now: Now, random: &mut Random) {
        self.copied = self.copied.filter(|(_, _, until)| *until > now.monotonic);
        if !self.overdue && self.is_past_deadline(clock, now) {
            self.overdue = true;
            let spread = now.monotonic + random.below(DEADLINE_SPREAD_MILLIS);
            self.poll_at = self.poll_at.map(|at| at.min(spread));
        }
        if self.visible
            && clock.is_lost(now)
            && self.failures == 0
            && self.voucher.status.watch() != Watch::Never
        {
            self.ask_now(now);
        }
    }

    /// When the picture changes by itself next.
    pub fn next_tick(&self, clock: &ServerClock, now: Now) -> Option<i64> {
        let copied = self.copied.map(|(_, _, until)| until);
        if !self.visible {
            return None;
        }
        let countdown =
            self.remaining(clock, now).filter(|left| *left > 0 && self.voucher.status.is_payable());
        let step = match countdown {
            // One step past the edge, so that the shown number has changed.
            Some(left) if left <= HOUR => left % 1_000 + 1,
            Some(left) => left % MINUTE + 1,
            None => MINUTE,
        };
        super::earliest(copied, Some(now.monotonic + step))
    }

    fn is_looking(&self, now: Now) -> bool {
        let since = |at: i64| now.monotonic - at;
        self.visible
            && (since(self.attended_at) <= LOOKING_MILLIS
                || self.claimed_at.is_some_and(|at| since(at) <= CLAIM_MILLIS))
    }

    fn remaining(&self, clock: &ServerClock, now: Now) -> Option<i64> {
        let deadline = self.voucher.pay_before()?.instant();
        self.is_verified().then_some(())?;
        Some((deadline.millis() - clock.at(now)?.millis()).max(0))
    }

    fn is_past_deadline(&self, clock: &ServerClock, now: Now) -> bool {
        let deadline = self.voucher.pay_before().map(|deadline| deadline.instant());
        matches!((deadline, clock.at(now)), (Some(deadline), Some(server)) if server > deadline)
    }

    fn phase(&self, server: Option<ServerInstant>) -> Phase {
        match &self.voucher.status {
            Status::Preparing => Phase::Preparing,
            Status::Pending if self.overdue => Phase::Verifying,
            Status::Pending => match (self.voucher.active_from, server) {
                (Some(from), Some(server)) if server < from => Phase::NotYetActive,
                _ => Phase::Payable,
            },
            _ => Phase::Settled,
        }
    }

    pub fn view(&self, clock: &ServerClock, now: Now, can_start_over: bool) -> VoucherView {
        let server = clock.at(now);
        let can_renew = self.voucher.links.renew.is_some() || can_start_over;
        VoucherView {
            phase: self.phase(server),
            remaining_millis: self.remaining(clock, now),
            checked_millis_ago: self.confirmed_at.map(|at| now.monotonic - at),
            server_now: server,
            trouble: self.trouble.clone(),
            claimed: self.claimed_at.is_some(),
            codes_open: self.codes_open,
            countdown_hidden: self.countdown_hidden,
            copied: self.copied.map(|(what, done, _)| (what, done)),
            can_renew: can_renew && self.voucher.status == Status::Expired,
            voucher: self.voucher.clone(),
        }
    }
}
