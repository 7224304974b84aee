//! A voucher on screen: its clock, its checks, what was pressed.

use std::rc::Rc;

use crate::calendar::ServerInstant;
use crate::view::{Phase, VoucherView};
use crate::voucher::{Kind, Status, Voucher, Watch};

use super::port::{Action, Answer, Button, Copyable, Device, Now, Shares, Take, Trouble};
use super::random::Random;
use super::schedule::{self, Situation};
use super::tabs::TabMessage;

/// Somebody is looking for this long after the last key, touch or pointer.
const LOOKING_MILLIS: i64 = 2 * 60_000;
/// "Ya pagué" counts as looking for this long.
const CLAIM_MILLIS: i64 = 15 * 60_000;
/// An answer this young need not be asked for again on return.
const FRESH_MILLIS: i64 = 2_000;
/// How long a remembered voucher may be on screen before it is said that it is only that.
const DOUBTFUL_MILLIS: i64 = 1_500;
/// An answer that cannot be taken is asked for again so soon, where nothing better is on screen.
const SOON_MILLIS: i64 = 2_000;
/// Checks at the deadline are spread over this time: vouchers of one day expire together.
const DEADLINE_SPREAD_MILLIS: i64 = 60_000;

/// The server is asked at most so often because another tab shows something else, or its clock is lost.
const DOUBT_MILLIS: i64 = 10_000;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// What the surroundings are when something happens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Here {
    pub now: Now,
    /// What the server's clock shows, where that is known.
    pub server: Option<ServerInstant>,
    /// Whether the server's clock was known and is lost: the device slept.
    pub lost: bool,
    /// Whether more than one answer's word says what time it is.
    pub sure: bool,
    /// Whether the page is visible.
    pub visible: bool,
    /// Whether another tab asks for this one.
    pub following: bool,
    /// Whether news come by themselves.
    pub streaming: bool,
    /// What was copied lately, and whether the clipboard has it.
    pub copied: Option<(Copyable, bool)>,
}

#[derive(Clone, Debug)]
pub(super) struct Watching {
    pub voucher: Rc<Voucher>,
    pub etag: Option<String>,
    /// When the server last confirmed what is shown; never in this visit, where only remembered.
    confirmed_at: Option<i64>,
    /// The same by the device's clock, which goes on while it sleeps.
    confirmed_wall: i64,
    /// The time of an answer that was older than what is shown, and ignored.
    older: Option<ServerInstant>,
    /// Since when it is on screen.
    shown_at: i64,
    trouble: Option<Trouble>,
    failures: u32,
    poll_at: Option<i64>,
    /// Before this the server does not want to be asked.
    earliest_poll: i64,
    /// When the server was last asked because its clock was lost.
    lost_at: i64,
    /// When another tab was last found to show something else.
    doubted_at: i64,
    attended_at: i64,
    claimed_at: Option<i64>,
    overdue: bool,
    /// Whether the amount or the codes became others under the same voucher.
    changed: bool,
    codes_open: bool,
    countdown_hidden: bool,
    /// Whether a new voucher was asked for and is awaited.
    pub renewing: bool,
    /// Whether the order begins anew, once the server has said again that this voucher is over.
    pub starts_over: bool,
    barcode_open: bool,
    share_open: bool,
    taken: Option<(Take, bool)>,
}

impl Watching {
    /// A voucher from an earlier visit: shown at once, asked about at once.
    pub fn remembered(voucher: Rc<Voucher>, claimed: bool, now: Now) -> Watching {
        Watching {
            voucher,
            etag: None,
            confirmed_at: None,
            shown_at: now.monotonic,
            confirmed_wall: now.wall,
            older: None,
            trouble: None,
            failures: 0,
            poll_at: Some(now.monotonic),
            earliest_poll: now.monotonic,
            lost_at: now.monotonic - DOUBT_MILLIS,
            doubted_at: now.monotonic - DOUBT_MILLIS,
            attended_at: now.monotonic,
            claimed_at: claimed.then_some(now.monotonic),
            overdue: false,
            changed: false,
            codes_open: false,
            countdown_hidden: false,
            renewing: false,
            starts_over: false,
            barcode_open: false,
            share_open: false,
            taken: None,
        }
    }

    /// A voucher that the server has just given.
    pub fn verified(voucher: Rc<Voucher>, answer: Answer, here: Here, random: &mut Random) -> Watching {
        let mut watching = Watching { etag: answer.etag, ..Watching::remembered(voucher, false, here.now) };
        watching.confirmed(answer.retry_after, here, random);
        watching
    }

    /// Whether "ya pagué" was pressed and not taken back.
    pub fn is_claimed(&self) -> bool {
        self.claimed_at.is_some()
    }

    pub fn is_verified(&self) -> bool {
        self.confirmed_at.is_some()
    }

    /// Takes over an answer about the same voucher; says whether it was news. A stale one is ignored.
    pub fn update(&mut self, voucher: Rc<Voucher>, answer: Answer, here: Here, random: &mut Random) -> bool {
        // An answer from a cache may bring back a wait that is over, nothing else. Where another one follows
        // whose time goes on, the server's clock was set back.
        let waits = matches!(voucher.status, Status::Preparing | Status::Pending);
        let older = waits && voucher.server_time < self.voucher.server_time;
        let is_alone = older && self.older.is_none_or(|before| voucher.server_time <= before);
        self.older = older.then_some(voucher.server_time);
        let same_status = voucher.status == self.voucher.status;
        // What an earlier visit kept binds nobody: another script may have written it.
        let allowed = same_status || !self.is_verified() || self.voucher.status.may_become(&voucher.status);
        if is_alone || !allowed {
            self.schedule(answer.retry_after, here, random);
            if !self.is_verified() {
                self.poll_at =
                    self.poll_at.map(|at| at.min((here.now.monotonic + SOON_MILLIS).max(self.earliest_poll)));
            }
            return false;
        }
        self.changed |= self.voucher.status.is_payable() && asks_otherwise(&self.voucher, &voucher);
        // What was opened on one screen does not stand open on the next.
        self.codes_open &= same_status;
        self.voucher = voucher;
        self.etag = answer.etag;
        self.confirmed(answer.retry_after, here, random);
        true
    }

    /// The server says that nothing has changed.
    pub fn confirmed(&mut self, retry_after: Option<i64>, here: Here, random: &mut Random) {
        self.confirmed_at = Some(here.now.monotonic);
        self.confirmed_wall = here.now.wall;
        self.trouble = None;
        self.failures = 0;
        if here.server.is_some() {
            self.overdue = self.is_past_deadline(here);
        }
        self.schedule(retry_after, here, random);
    }

    /// A check failed; says whether that is another trouble than before.
    pub fn failed(
        &mut self,
        trouble: Trouble,
        retry_after: Option<i64>,
        here: Here,
        random: &mut Random,
    ) -> bool {
        let is_new = self.trouble.as_ref().is_none_or(|before| before.code != trouble.code);
        self.trouble = Some(trouble);
        self.failures = self.failures.saturating_add(1);
        self.schedule(retry_after, here, random);
        is_new
    }

    /// After an answer: how long to wait is the server's to say first.
    fn schedule(&mut self, retry_after: Option<i64>, here: Here, random: &mut Random) {
        let asked = self.voucher.poll_after_seconds.map_or(0, |seconds| i64::from(seconds) * 1_000);
        self.earliest_poll = here.now.monotonic + retry_after.unwrap_or(0).max(asked);
        self.poll_at = self.next_poll(here, random);
    }

    fn next_poll(&self, here: Here, random: &mut Random) -> Option<i64> {
        let situation = Situation {
            watch: self.watch(),
            visible: here.visible,
            looking: self.is_looking(here.now),
            overdue: self.overdue,
            grace_over: self.is_grace_over(here),
            failures: self.failures,
            following: here.following,
            streaming: here.streaming,
        };
        let delay = schedule::delay(situation, random)?;
        Some((here.now.monotonic + delay).max(self.earliest_poll))
    }

    /// How long this is worth asking about; what is only remembered must be, whatever it says.
    fn watch(&self) -> Watch {
        if self.is_verified() { self.voucher.status.watch() } else { Watch::Schedule }
    }

    pub fn poll_at(&self) -> Option<i64> {
        self.poll_at
    }

    pub fn is_due(&self, now: Now) -> bool {
        self.poll_at.is_some_and(|at| at <= now.monotonic)
    }

    /// Asks as soon as nothing else is under way and the server allows it.
    pub fn ask_now(&mut self, now: Now) {
        self.poll_at = Some(now.monotonic.max(self.earliest_poll));
    }

    /// Somebody may be looking again: the answer on screen may be old.
    pub fn returned(&mut self, here: Here, random: &mut Random) {
        self.attended_at = here.now.monotonic;
        let fresh = self.confirmed_at.is_some_and(|at| here.now.monotonic - at < FRESH_MILLIS);
        if fresh {
            self.poll_at = self.next_poll(here, random);
        } else if self.watch() != Watch::Never {
            self.ask_now(here.now);
        }
    }

    /// Whether this is worth asking about at all, while somebody sees the page.
    pub fn is_watched(&self, here: Here) -> bool {
        match self.watch() {
            Watch::Never | Watch::OnReturn => false,
            Watch::Fast | Watch::Slow => true,
            Watch::Schedule | Watch::UntilGrace => !self.is_grace_over(here),
        }
    }

    /// Asks again by the schedule, or as soon as was planned: this tab has come to lead or to follow, or the
    /// stream has changed.
    pub fn reschedule(&mut self, here: Here, random: &mut Random) {
        let planned = self.poll_at;
        self.poll_at = match self.next_poll(here, random) {
            Some(next) => Some(planned.map_or(next, |planned| planned.min(next))),
            // Who follows asks no more than what is due.
            None => planned.filter(|at| *at <= here.now.monotonic),
        };
    }

    /// What this tab, leading, can tell the others.
    pub fn pong(&self, now: Now) -> Option<TabMessage> {
        let age = now.monotonic - self.confirmed_at?;
        Some(TabMessage::Pong { digest: self.voucher.digest(), age })
    }

    /// What the leading tab has seen: the same is as fresh as it says. Anything else is never taken from a
    /// tab: the server is asked.
    pub fn heard(&mut self, digest: u32, age: i64, now: Now) {
        if self.is_verified() && digest == self.voucher.digest() {
            let age = age.max(0);
            if self.confirmed_at.is_some_and(|at| now.monotonic - age > at) {
                self.confirmed_at = Some(now.monotonic - age);
                self.confirmed_wall = now.wall - age;
                self.trouble = None;
                self.failures = 0;
            }
            // The leader asks for this tab too; owed is only what waits for the server's leave.
            if self.earliest_poll <= now.monotonic {
                self.poll_at = self.poll_at.filter(|at| *at <= now.monotonic);
            }
        } else if now.monotonic - self.doubted_at >= DOUBT_MILLIS {
            self.doubted_at = now.monotonic;
            self.ask_now(now);
        }
    }

    pub fn hidden(&mut self) {
        self.poll_at = None;
    }

    /// Somebody has just touched the page, or another one for which this one asks.
    pub fn attended(&mut self, here: Here, random: &mut Random) {
        let was_looking = self.is_looking(here.now);
        self.attended_at = here.now.monotonic;
        if here.visible && !was_looking && self.poll_at.is_some() {
            // The slow schedule no longer fits: ask within a second.
            self.poll_at = Some((here.now.monotonic + random.below(1_000)).max(self.earliest_poll));
        }
    }

    pub fn pressed(&mut self, button: Button, now: Now) {
        self.attended_at = now.monotonic;
        match button {
            Button::IHavePaid => {
                self.claimed_at = Some(now.monotonic);
                self.codes_open = false;
                self.ask_now(now);
            }
            Button::NotPaid => self.claimed_at = None,
            Button::Retry => self.ask_now(now),
            Button::ToggleCodes => self.codes_open = !self.codes_open,
            Button::ToggleCountdown => self.countdown_hidden = !self.countdown_hidden,
            Button::ToggleBarcode => self.barcode_open = !self.barcode_open,
            _ => {}
        }
    }

    /// Notes that the voucher is to be taken along; says what the browser has to do for it.
    pub fn take(&mut self, how: Take, device: Device, here: Here) -> Option<Action> {
        self.attended_at = here.now.monotonic;
        self.taken = None;
        if how == Take::Share && device.shares == Shares::Nothing {
            self.share_open = !self.share_open;
            return None;
        }
        (self.phase(here) == Phase::Payable).then_some(Action::Take(how))
    }

    pub fn took(&mut self, how: Take, done: bool) {
        self.taken = Some((how, done));
        // Where the share menu fails, there are other ways.
        self.share_open |= how == Take::Share && !done;
    }

    pub fn copy_text(&self, what: Copyable) -> Option<String> {
        let network = |i: u8| self.voucher.networks.get(usize::from(i));
        match what {
            Copyable::Agreement(i) => Some(network(i)?.agreement.as_ref()?.code.clone()),
            Copyable::Reference(i) => Some(network(i)?.reference.value.clone()),
            Copyable::Amount => Some(self.voucher.amount.pesos.get().to_string()),
            Copyable::Support => Some(self.support_text()),
            Copyable::Message => None,
        }
    }

    /// What support asks for; nothing about the payer, and not the token of a pickup, which opens its PIN.
    fn support_text(&self) -> String {
        let (voucher, trouble) = (&*self.voucher, self.trouble.as_ref());
        let token = Some(&voucher.token).filter(|_| voucher.kind == Kind::Payment);
        let request = trouble.and_then(|t| t.request_id.as_ref());
        let trace = trouble.and_then(|t| t.trace_id.as_ref()).or(voucher.trace_id.as_ref());
        let mut text = voucher.status.name().to_owned();
        for part in [voucher.order_id.as_ref(), token, request, trace].into_iter().flatten() {
            text.push_str(" · ");
            text.push_str(part);
        }
        text
    }

    /// Notices what has come with time: the deadline, a device that slept.
    pub fn tick(&mut self, here: Here, random: &mut Random) {
        let now = here.now;
        if !self.overdue && self.is_past_deadline(here) {
            self.overdue = true;
            self.codes_open = false;
            let spread = (now.monotonic + random.below(DEADLINE_SPREAD_MILLIS)).max(self.earliest_poll);
            self.poll_at = self.poll_at.map(|at| at.min(spread));
        }
        let watched = !matches!(self.watch(), Watch::Never | Watch::OnReturn);
        let asked_lately = now.monotonic - self.lost_at < DOUBT_MILLIS;
        if here.visible && here.lost && self.failures == 0 && watched && !asked_lately {
            self.lost_at = now.monotonic;
            self.ask_now(now);
        }
    }

    /// When the picture changes by itself next.
    pub fn next_tick(&self, here: Here) -> Option<i64> {
        if !here.visible {
            return None;
        }
        let countdown = self.remaining(here).filter(|left| *left > 0 && self.voucher.status.is_payable());
        if !self.is_verified() && here.now.monotonic < self.doubtful_at() {
            return Some(self.doubtful_at());
        }
        let step = match countdown {
            // One step past the edge, so that the shown number has changed.
            Some(left) if left <= HOUR => left % 1_000 + 1,
            Some(left) => left % MINUTE + 1,
            None => MINUTE,
        };
        Some(here.now.monotonic + step)
    }

    pub fn is_looking(&self, now: Now) -> bool {
        let since = |at: i64| now.monotonic - at;
        since(self.attended_at) <= LOOKING_MILLIS
            || self.claimed_at.is_some_and(|at| since(at) <= CLAIM_MILLIS)
    }

    fn remaining(&self, here: Here) -> Option<i64> {
        let deadline = self.voucher.pay_before()?.instant();
        self.is_verified().then_some(())?;
        Some((deadline.millis() - here.server?.millis()).max(0))
    }

    fn is_past_deadline(&self, here: Here) -> bool {
        let deadline = self.voucher.pay_before().map(|deadline| deadline.instant());
        matches!((deadline, here.server), (Some(deadline), Some(server)) if server > deadline)
    }

    /// From when on it is said that this is only remembered. The first answer mostly comes sooner, and would
    /// move the codes by taking that away again.
    fn doubtful_at(&self) -> i64 {
        self.shown_at + DOUBTFUL_MILLIS
    }

    /// Whether the server has said in this visit that the time is over: another voucher may take its place.
    pub fn is_over(&self) -> bool {
        self.voucher.status == Status::Expired && self.is_verified()
    }

    pub fn is_grace_over(&self, here: Here) -> bool {
        let (Some(until), Some(server)) = (self.voucher.watch_until(), here.server) else { return false };
        // One wrong answer must not end the watch.
        server > until && (here.sure || here.now.wall > until.millis())
    }

    /// Whether a voucher is past its deadline by the device's clock, where the server's is not known: the
    /// device's may forbid to pay, never allow it.
    fn looks_overdue(&self, here: Here) -> bool {
        let deadline = self.voucher.pay_before().map(|deadline| deadline.instant().millis());
        (!self.is_verified() || here.lost) && deadline.is_some_and(|deadline| here.now.wall > deadline)
    }

    fn phase(&self, here: Here) -> Phase {
        match &self.voucher.status {
            Status::Preparing => Phase::Preparing,
            Status::Pending if self.overdue || self.looks_overdue(here) => Phase::Verifying,
            Status::Pending => {
                let time = here.server.map_or(here.now.wall, |server| server.millis());
                match self.voucher.active_from {
                    Some(from) if time < from.millis() => Phase::NotYetActive,
                    _ if self.is_claimed() => Phase::Claimed,
                    _ => Phase::Payable,
                }
            }
            _ => Phase::Settled,
        }
    }

    pub fn view(&self, here: Here, device: Device, can_start_over: bool) -> VoucherView {
        let can_renew = self.voucher.links.renew.is_some() || can_start_over;
        VoucherView {
            phase: self.phase(here),
            remaining_millis: self.remaining(here),
            checked_millis_ago: self.confirmed_at.map(|at| {
                let slept = if here.lost { here.now.wall - self.confirmed_wall } else { 0 };
                slept.max(here.now.monotonic - at)
            }),
            server_now: here.server,
            unverified: !self.is_verified()
                && (self.trouble.is_some() || here.now.monotonic >= self.doubtful_at()),
            trouble: self.trouble.clone(),
            claimed: self.is_claimed(),
            changed: self.changed,
            codes_open: self.codes_open,
            countdown_hidden: self.countdown_hidden,
            barcode_open: self.barcode_open,
            share_open: self.share_open,
            taken: self.taken,
            device,
            copied: here.copied,
            renewing: self.renewing,
            can_renew: can_renew && self.is_over(),
            voucher: self.voucher.clone(),
        }
    }
}

/// Whether the cashier would have to be told something else.
fn asks_otherwise(before: &Voucher, after: &Voucher) -> bool {
    before.amount != after.amount || before.networks != after.networks
}
