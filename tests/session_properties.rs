//! The machine under random schedules: what may never happen, whatever happens.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod shopper;

use std::rc::Rc;

use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::language::Language;
use efecty_checkout::payer::PayerInput;
use efecty_checkout::session::{
    Action, Answer, Body, Button, CallId, Config, Event, Input, Memory, Now, Outcome, Session, Start,
};
use efecty_checkout::view::{Phase, Screen};
use efecty_checkout::voucher::{Status, Voucher, Watch};
use proptest::prelude::*;

use shopper::{answer, voucher};

/// The server's clock at the start of every run.
const EPOCH: i64 = 1_795_442_700_000;
const DAY: i64 = 24 * 3_600_000;
/// When the browser side gives a request up.
const TIMEOUT: i64 = 20_000;

/// Something that the world does to the machine.
#[derive(Clone, Debug)]
enum Step {
    /// Time passes, the timer fires when due.
    Wait(i64),
    /// The timer fires although nothing is due, or much too late.
    FireTimer,
    /// The request under way is answered after so long, with the server's present state.
    Reply(i64),
    /// An answer from the past arrives: the state of the server at an earlier moment.
    ReplyStale(usize),
    /// The last answer comes a second time.
    ReplyTwice,
    /// The answer gets lost, or comes as an error.
    Lose,
    TimeOut,
    Busy(i64),
    Nonsense,
    /// The server moves on along the table.
    Advance(Status),
    Hide,
    Return,
    Touch,
    Press(Button),
    Refresh,
    /// The device's wall clock is moved.
    MoveClock(i64),
    /// The device sleeps: the wall clock goes on, the monotonic clock stands still.
    Sleep(i64),
    /// The page is closed and opened again, from memory.
    Reload,
}

fn status() -> impl Strategy<Value = Status> {
    prop_oneof![
        Just(Status::Pending),
        Just(Status::Paid),
        Just(Status::PaidLate),
        Just(Status::Mismatch),
        Just(Status::LateReview),
        Just(Status::Expired),
        Just(Status::Cancelled),
        Just(Status::Superseded),
        Just(Status::Refunded),
        Just(Status::Unknown("held".into())),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..120_000i64).prop_map(Step::Wait),
        1 => (0..3 * DAY).prop_map(Step::Wait),
        1 => Just(Step::FireTimer),
        8 => (0..15_000i64).prop_map(Step::Reply),
        2 => (0..8usize).prop_map(Step::ReplyStale),
        1 => Just(Step::ReplyTwice),
        1 => Just(Step::Lose),
        1 => Just(Step::TimeOut),
        1 => (0..60_000i64).prop_map(Step::Busy),
        1 => Just(Step::Nonsense),
        2 => status().prop_map(Step::Advance),
        1 => Just(Step::Hide),
        2 => Just(Step::Return),
        2 => Just(Step::Touch),
        1 => Just(Step::Press(Button::IHavePaid)),
        1 => Just(Step::Press(Button::NotPaid)),
        1 => Just(Step::Press(Button::ToggleCodes)),
        1 => Just(Step::Press(Button::Retry)),
        1 => Just(Step::Refresh),
        1 => (-3 * DAY..3 * DAY).prop_map(Step::MoveClock),
        1 => (0..3 * DAY).prop_map(Step::Sleep),
        1 => Just(Step::Reload),
    ]
}

/// A server, a device, and everything that is checked on the way.
struct World {
    session: Session,
    now: Now,
    /// Real time, which no participant but the server sees.
    real: i64,
    server: Status,
    /// Every state the server ever was in, with its real time.
    history: Vec<(i64, Status)>,
    underway: Option<CallId>,
    last_answer: Option<(CallId, Outcome)>,
    memory: Option<Memory>,
    shown: Option<Status>,
    /// When the request under way was sent.
    sent: i64,
    /// Whether the server's present time has reached this page, and caches have not outvoted it.
    is_timed: bool,
    /// Answers from a cache since the page began, or since two answers in a row came from the server.
    n_stale: u32,
    /// Answers of the server in a row.
    n_fresh: u32,
    seed: u64,
}

impl World {
    fn new(seed: u64) -> World {
        let now = Now { monotonic: 0, wall: EPOCH };
        let mut world = World {
            session: Session::new(config(None, seed), now),
            now,
            real: EPOCH,
            server: Status::Pending,
            history: vec![(EPOCH, Status::Pending)],
            underway: None,
            last_answer: None,
            memory: None,
            shown: None,
            sent: 0,
            is_timed: false,
            n_stale: 0,
            n_fresh: 0,
            seed,
        };
        world.drain();
        world
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Wait(millis) => self.wait(*millis),
            Step::FireTimer => self.session.handle_timeout(self.now),
            Step::Reply(millis) => {
                self.wait(*millis);
                self.hear_fresh();
                self.reply(self.voucher_at(self.real));
            }
            Step::ReplyStale(back) => {
                self.hear_stale();
                let i = self.history.len().saturating_sub(1 + back);
                self.reply(self.voucher_at(self.history[i].0));
            }
            Step::ReplyTwice => {
                if let Some((id, outcome)) = self.last_answer.clone() {
                    self.session.handle(Input::Ended { id, outcome }, self.now);
                }
            }
            Step::Lose => self.end(Outcome::NoAnswer),
            Step::TimeOut => self.end(Outcome::TimedOut),
            Step::Busy(millis) => {
                self.end(Outcome::Answer(Answer {
                    retry_after: Some(*millis),
                    ..answer(503, Body::NotJson)
                }));
            }
            Step::Nonsense => self.end(Outcome::Answer(answer(200, Body::NotJson))),
            Step::Advance(status) => {
                if self.server.may_become(status) {
                    self.server = status.clone();
                    self.history.push((self.real, status.clone()));
                }
            }
            Step::Hide => self.session.handle(Input::Hidden, self.now),
            Step::Return => self.session.handle(Input::Returned, self.now),
            Step::Touch => self.session.handle(Input::Attention, self.now),
            Step::Press(button) => self.session.handle(Input::Pressed(*button), self.now),
            Step::Refresh => self.session.handle(Input::Refresh, self.now),
            Step::MoveClock(millis) => {
                self.now.wall += millis;
                self.lose_time();
            }
            Step::Sleep(millis) => {
                self.lose_time();
                self.now.wall += millis;
                self.real += millis;
                self.session.handle(Input::Returned, self.now);
            }
            Step::Reload => self.reload(),
        }
        self.drain();
        self.check();
    }

    fn hear_fresh(&mut self) {
        if self.underway.is_some() {
            self.n_fresh += 1;
            if self.n_fresh >= 2 {
                self.n_stale = 0;
            }
            self.is_timed |= self.n_stale == 0 || self.n_fresh >= 2;
        }
    }

    /// Two copies may happen to lie as far apart as the answers that brought them: then they agree.
    fn hear_stale(&mut self) {
        if self.underway.is_some() {
            (self.n_stale, self.n_fresh) = (self.n_stale + 1, 0);
            self.is_timed &= self.n_stale < 2;
        }
    }

    fn lose_time(&mut self) {
        (self.is_timed, self.n_stale, self.n_fresh) = (false, 0, 0);
    }

    fn reload(&mut self) {
        self.underway = None;
        self.last_answer = None;
        self.shown = None;
        self.lose_time();
        // A new page starts a new monotonic clock.
        self.now.monotonic = 0;
        self.seed += 1;
        self.session = Session::new(config(self.memory.clone(), self.seed), self.now);
    }

    /// Lets time pass: the timer fires when due, and a request is given up when its time is over.
    fn wait(&mut self, millis: i64) {
        let end = self.now.monotonic + millis;
        loop {
            let timeout = self.underway.map(|_| self.sent + TIMEOUT);
            let due = self.session.poll_timeout(self.now).into_iter().chain(timeout).min();
            let Some(due) = due.filter(|due| *due <= end) else { break };
            self.pass((due - self.now.monotonic).max(1));
            if timeout.is_some_and(|at| at <= self.now.monotonic) {
                self.end(Outcome::TimedOut);
            }
            self.session.handle_timeout(self.now);
            self.drain();
            self.check();
        }
        self.pass(end - self.now.monotonic);
    }

    fn pass(&mut self, millis: i64) {
        let millis = millis.max(0);
        self.now.monotonic += millis;
        self.now.wall += millis;
        self.real += millis;
    }

    fn voucher_at(&self, real: i64) -> Voucher {
        let (_, status) = self.history.iter().rev().find(|(since, _)| *since <= real).unwrap();
        let mut voucher = voucher(status.clone());
        voucher.server_time = ServerInstant::from_millis(real).unwrap();
        voucher
    }

    fn reply(&mut self, voucher: Voucher) {
        let server_time = Some(voucher.server_time);
        self.end(Outcome::Answer(Answer { server_time, ..answer(200, Body::Voucher(Rc::new(voucher))) }));
    }

    fn end(&mut self, outcome: Outcome) {
        if let Some(id) = self.underway.take() {
            self.last_answer = Some((id, outcome.clone()));
            self.session.handle(Input::Ended { id, outcome }, self.now);
        }
    }

    fn drain(&mut self) {
        while let Some(action) = self.session.poll_action() {
            match action {
                Action::Call { id, .. } => {
                    assert_eq!(self.underway, None, "two requests under way");
                    self.underway = Some(id);
                    self.sent = self.now.monotonic;
                }
                Action::Abandon(id) => {
                    assert_eq!(self.underway.take(), Some(id), "abandons what is not under way");
                }
                Action::Remember(memory) => self.memory = Some(memory),
                Action::Forget => self.memory = None,
                // The only tab: the lead is free.
                Action::Compete(_) => self.session.handle(Input::Leads(true), self.now),
                _ => {}
            }
        }
        while let Some(event) = self.session.poll_event() {
            if let Event::Status { from, voucher, initial } = event {
                self.check_status(from, voucher.status.clone(), initial);
            }
        }
    }

    fn check_status(&mut self, from: Option<Status>, to: Status, initial: bool) {
        assert!(self.history.iter().any(|(_, said)| *said == to), "{to:?} was never said by the server");
        if let Some(from) = &from {
            assert!(from.may_become(&to), "no such edge: {from:?} to {to:?}");
            assert_ne!(*from, to, "the same status twice");
        }
        assert_eq!(initial, from.is_none());
        assert_eq!(from, self.shown, "an edge that does not start where the last one ended");
        self.shown = Some(to);
    }

    /// What is watched is at most 30 seconds old, and what the server says now.
    fn check_fresh(&self) -> Result<(), TestCaseError> {
        let Screen::Voucher(view) = self.session.view(self.now).screen else {
            prop_assert!(false, "no voucher on screen");
            return Ok(());
        };
        let is_watched = match view.voucher.status.watch() {
            Watch::Fast | Watch::Schedule | Watch::Slow | Watch::UntilGrace => !self.is_grace_over(),
            Watch::OnReturn | Watch::Never => false,
        };
        // Through a status that this version does not know, the server may go where no edge leads.
        let follows = view.voucher.status.may_become(&self.server) || view.voucher.status == self.server;
        if is_watched && follows {
            prop_assert!(view.checked_millis_ago.unwrap() <= 30_000, "{:?} ms old", view.checked_millis_ago);
            let then = self.voucher_at(self.real - 30_000).status;
            prop_assert!(view.voucher.status == self.server || then != self.server, "another status");
        }
        Ok(())
    }

    fn is_grace_over(&self) -> bool {
        self.real > voucher(Status::Pending).watch_until().unwrap().millis()
    }

    fn check(&self) {
        let Screen::Voucher(view) = self.session.view(self.now).screen else { return };
        assert!(self.history.iter().any(|(_, said)| *said == view.voucher.status));
        if let Some(left) = view.remaining_millis {
            let deadline = view.voucher.pay_before().unwrap().instant().millis();
            let real_left = (deadline - self.real).max(0);
            assert!(left >= 0);
            let off = (left - real_left).abs();
            assert!(!self.is_timed || off <= TIMEOUT / 2 + 2_000 + 4_000, "the countdown is off by {off}");
        }
        if view.phase == Phase::Payable {
            assert_eq!(view.voucher.status, Status::Pending);
        }
    }
}

fn config(memory: Option<Memory>, seed: u64) -> Config {
    Config {
        start: Start::Voucher { token: voucher(Status::Pending).token },
        language: Language::Es,
        memory,
        payer: PayerInput::default(),
        seed: [seed, 1],
    }
}

/// How many random lives; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(120)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens(seed in any::<u32>(), steps in prop::collection::vec(step(), 1..120)) {
        let mut world = World::new(u64::from(seed));
        for step in &steps {
            world.take(step);
        }
    }

    /// No stall: where the server answers and somebody looks, the screen is at most 30 seconds old.
    #[test]
    fn somebody_who_looks_sees_the_present(seed in any::<u32>(), steps in prop::collection::vec(step(), 1..80)) {
        let mut world = World::new(u64::from(seed));
        for step in &steps {
            world.take(step);
        }
        world.take(&Step::Return);
        // A wait that the server itself asked for is obeyed, and over after a minute.
        let waits = steps.iter().any(|step| matches!(step, Step::Busy(_)));
        for second in 0..if waits { 150 } else { 90 } {
            world.take(&Step::Touch);
            world.take(&Step::Reply(100));
            world.take(&Step::Wait(900));
            if second >= if waits { 90 } else { 30 } {
                world.check_fresh()?;
            }
        }
    }
}
