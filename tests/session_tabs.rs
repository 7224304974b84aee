//! Several tabs with one voucher: one asks for all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod shopper;

use std::rc::Rc;

use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::language::Language;
use efecty_checkout::money::Pesos;
use efecty_checkout::payer::PayerInput;
use efecty_checkout::session::{
    Action, Answer, Body, Button, Call, Config, Event, Input, Now, Outcome, Session, Start, TabMessage,
};
use efecty_checkout::view::Screen;
use efecty_checkout::voucher::Status;
use proptest::prelude::*;

use shopper::{answer, voucher};

const EPOCH: i64 = 1_795_442_700_000;
const STEP: i64 = 100;

/// A browser with tabs: one clock, one lock, one channel, and a server behind them.
struct Browser {
    tabs: Vec<Tab>,
    monotonic: i64,
    /// Who holds the lock, and who stands in line.
    holder: Option<usize>,
    line: Vec<usize>,
    server: Status,
    pesos: u64,
    /// Whether the server only says that it is busy.
    busy: bool,
    n_messages: usize,
}

struct Tab {
    session: Session,
    events: Vec<Event>,
    n_requests: usize,
    /// A frozen tab does nothing, but keeps the lock.
    frozen: bool,
    contact: Contact,
}

/// What a tab has heard of the lock, as far as it was awake.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Contact {
    Out,
    Waiting,
    Leading,
}

impl Browser {
    fn with_tabs(n: usize) -> Browser {
        let mut browser = Browser {
            tabs: Vec::new(),
            monotonic: 0,
            holder: None,
            line: Vec::new(),
            server: Status::Pending,
            pesos: 52_000,
            busy: false,
            n_messages: 0,
        };
        for i in 0..n {
            let config = Config {
                start: Start::Voucher { token: voucher(Status::Pending).token },
                language: Language::Es,
                memory: None,
                payer: PayerInput::default(),
                seed: [i as u64 + 1, 7],
            };
            let session = Session::new(config, browser.now());
            browser.tabs.push(Tab {
                session,
                events: Vec::new(),
                n_requests: 0,
                frozen: false,
                contact: Contact::Out,
            });
            browser.drain(i);
        }
        browser
    }

    fn now(&self) -> Now {
        Now { monotonic: self.monotonic, wall: EPOCH + self.monotonic }
    }

    fn run(&mut self, millis: i64) {
        let end = self.monotonic + millis;
        while self.monotonic < end {
            self.monotonic += STEP;
            let now = self.now();
            for i in 0..self.tabs.len() {
                if !self.tabs[i].frozen {
                    self.tabs[i].session.handle_timeout(now);
                    self.drain(i);
                }
            }
        }
    }

    fn tell(&mut self, i: usize, input: Input) {
        if !self.tabs[i].frozen {
            let now = self.now();
            self.tabs[i].session.handle(input, now);
            self.drain(i);
        }
    }

    fn drain(&mut self, i: usize) {
        while let Some(action) = self.tabs[i].session.poll_action() {
            match action {
                Action::Call { id, call: Call::Voucher { .. }, .. } => {
                    self.tabs[i].n_requests += 1;
                    if self.busy {
                        let outcome = Outcome::Answer(answer(503, Body::NotJson));
                        self.tell(i, Input::Ended { id, outcome });
                        continue;
                    }
                    let mut current = voucher(self.server.clone());
                    current.amount.pesos = Pesos::new(self.pesos).unwrap();
                    current.server_time = ServerInstant::from_millis(EPOCH + self.monotonic).unwrap();
                    let answer = Answer {
                        server_time: Some(current.server_time),
                        ..answer(200, Body::Voucher(Rc::new(current)))
                    };
                    self.tell(i, Input::Ended { id, outcome: Outcome::Answer(answer) });
                }
                Action::Compete(_) => self.compete(i),
                Action::Seize(_) => self.seize(i),
                Action::Withdraw => self.withdraw(i),
                Action::Tell(message) => self.broadcast(i, message),
                _ => {}
            }
        }
        while let Some(event) = self.tabs[i].session.poll_event() {
            self.tabs[i].events.push(event);
        }
    }

    fn compete(&mut self, i: usize) {
        self.withdraw(i);
        self.tabs[i].contact = Contact::Waiting;
        match self.holder {
            None => self.give(i),
            Some(_) => self.line.push(i),
        }
    }

    fn seize(&mut self, i: usize) {
        // Who takes the lead gives back first what it has, and is robbed by others only.
        self.withdraw(i);
        self.tabs[i].contact = Contact::Waiting;
        let before = self.holder;
        self.give(i);
        before.into_iter().for_each(|before| self.rob(before));
    }

    fn give(&mut self, i: usize) {
        self.holder = Some(i);
        if !self.tabs[i].frozen {
            self.tabs[i].contact = Contact::Leading;
            self.tell(i, Input::Leads(true));
        }
    }

    /// Who was robbed stands in line again; a frozen tab hears of it when it thaws.
    fn rob(&mut self, i: usize) {
        if !self.tabs[i].frozen {
            self.tabs[i].contact = Contact::Waiting;
            self.tell(i, Input::Leads(false));
            if self.tabs[i].contact == Contact::Waiting {
                self.compete(i);
            }
        }
    }

    /// The tab leaves: the browser gives its lock to whoever is next.
    fn withdraw(&mut self, i: usize) {
        self.tabs[i].contact = Contact::Out;
        self.line.retain(|other| *other != i);
        if self.holder == Some(i) {
            self.holder = None;
            if !self.line.is_empty() {
                let next = self.line.remove(0);
                self.give(next);
            }
        }
    }

    fn freeze(&mut self, i: usize) {
        self.tabs[i].frozen = true;
    }

    /// A tab that was frozen hears what the browser has done meanwhile.
    fn thaw(&mut self, i: usize) {
        self.tabs[i].frozen = false;
        match self.tabs[i].contact {
            Contact::Waiting if self.holder == Some(i) => self.give(i),
            Contact::Leading if self.holder != Some(i) => self.rob(i),
            _ => {}
        }
    }

    fn close(&mut self, i: usize) {
        self.freeze(i);
        self.withdraw(i);
    }

    fn broadcast(&mut self, from: usize, message: TabMessage) {
        self.n_messages += 1;
        for i in (0..self.tabs.len()).filter(|i| *i != from) {
            self.tell(i, Input::Told(message.clone()));
        }
    }

    fn n_requests(&self) -> usize {
        self.tabs.iter().map(|tab| tab.n_requests).sum()
    }

    fn status(&self, i: usize) -> Status {
        self.tabs[i].session.voucher().unwrap().status.clone()
    }

    fn checked_ago(&self, i: usize) -> i64 {
        let Screen::Voucher(view) = self.tabs[i].session.view(self.now()).screen else {
            panic!("expected a voucher")
        };
        view.checked_millis_ago.unwrap()
    }
}

#[test]
fn five_tabs_ask_hardly_more_than_one() {
    let (mut one, mut five) = (Browser::with_tabs(1), Browser::with_tabs(5));
    one.run(3_600_000);
    five.run(3_600_000);
    let leader = five.holder.unwrap();
    for i in (0..5).filter(|i| *i != leader) {
        assert_eq!(five.tabs[i].n_requests, 1, "a follower asks once, when it opens");
    }
    assert!(five.n_requests() <= one.n_requests() + 4 + 10, "{} and {}", five.n_requests(), one.n_requests());
}

#[test]
fn twenty_tabs_talk_hardly_more_than_two() {
    let (mut two, mut twenty) = (Browser::with_tabs(2), Browser::with_tabs(20));
    two.run(600_000);
    twenty.run(600_000);
    // A ping and its answer every second or two; of twenty a few are due at the same moment.
    assert!(twenty.n_messages <= 2 * two.n_messages, "{} and {}", twenty.n_messages, two.n_messages);
    for i in 0..20 {
        assert!(twenty.checked_ago(i) <= 60_000 + 3_500);
    }
}

#[test]
fn followers_stay_as_fresh_as_the_leader() {
    let mut browser = Browser::with_tabs(3);
    for _ in 0..20 {
        browser.run(30_000);
        let leader = browser.checked_ago(browser.holder.unwrap());
        for i in 0..3 {
            assert!(browser.checked_ago(i) <= leader.max(45_000) + 2_500);
        }
    }
}

#[test]
fn what_the_server_says_reaches_every_tab_once() {
    let mut browser = Browser::with_tabs(3);
    browser.run(10_000);
    browser.server = Status::Paid;
    browser.run(60_000);
    for i in 0..3 {
        assert_eq!(browser.status(i), Status::Paid);
        let paid =
            |event: &&Event| matches!(event, Event::Status { voucher, .. } if voucher.status == Status::Paid);
        assert_eq!(browser.tabs[i].events.iter().filter(paid).count(), 1);
    }
}

#[test]
fn another_tab_is_never_believed() {
    let mut browser = Browser::with_tabs(2);
    browser.run(10_000);
    let follower = 1 - browser.holder.unwrap();
    browser.tell(follower, Input::Told(TabMessage::Pong { digest: voucher(Status::Paid).digest(), age: 0 }));
    browser.run(5_000);
    assert_eq!(browser.status(follower), Status::Pending);
}

#[test]
fn hiding_hands_over_at_once() {
    let mut browser = Browser::with_tabs(2);
    browser.run(10_000);
    let leader = browser.holder.unwrap();
    browser.tell(leader, Input::Hidden);
    assert_eq!(browser.holder, Some(1 - leader));
    let before = browser.tabs[leader].n_requests;
    browser.run(600_000);
    assert_eq!(browser.tabs[leader].n_requests, before, "a hidden tab asks for nothing");
    assert!(browser.checked_ago(1 - leader) <= 60_000 + STEP);
}

#[test]
fn a_frozen_leader_is_replaced_within_five_seconds() {
    let mut browser = Browser::with_tabs(2);
    browser.run(60_000);
    let leader = browser.holder.unwrap();
    browser.freeze(leader);
    browser.run(5_200);
    assert_eq!(browser.holder, Some(1 - leader));
    browser.server = Status::Paid;
    browser.run(60_000);
    assert_eq!(browser.status(1 - leader), Status::Paid);
}

#[test]
fn another_amount_reaches_every_tab() {
    let mut browser = Browser::with_tabs(2);
    browser.run(20_000);
    browser.pesos = 61_500;
    browser.run(120_000);
    for tab in &browser.tabs {
        assert_eq!(tab.session.voucher().unwrap().amount.pesos.get(), 61_500);
    }
}

#[test]
fn whoever_looks_at_a_follower_is_kept_as_fresh() {
    let mut browser = Browser::with_tabs(2);
    // So long that nobody counts as looking any more.
    browser.run(180_000);
    let follower = 1 - browser.holder.unwrap();
    for _ in 0..60 {
        browser.tell(follower, Input::Attention);
        browser.run(5_000);
        assert!(browser.checked_ago(follower) <= 30_000, "{}", browser.checked_ago(follower));
    }
}

#[test]
fn a_claim_in_a_follower_is_answered_as_soon() {
    let mut browser = Browser::with_tabs(2);
    browser.run(180_000);
    let follower = 1 - browser.holder.unwrap();
    browser.tell(follower, Input::Pressed(Button::IHavePaid));
    browser.run(200_000);
    browser.server = Status::Paid;
    browser.run(15_000);
    assert_eq!(browser.status(follower), Status::Paid);
}

#[test]
fn a_follower_whose_own_question_failed_recovers_with_the_leader() {
    let mut browser = Browser::with_tabs(2);
    browser.run(20_000);
    let follower = 1 - browser.holder.unwrap();
    browser.busy = true;
    browser.tell(follower, Input::Refresh);
    browser.busy = false;
    browser.run(120_000);
    let Screen::Voucher(view) = browser.tabs[follower].session.view(browser.now()).screen else {
        panic!("expected a voucher")
    };
    assert_eq!(view.trouble, None);
}

/// Something that happens to one of five tabs, or to the server.
#[derive(Clone, Debug)]
enum Step {
    Wait(i64),
    Hide(usize),
    Return(usize),
    Touch(usize),
    Claim(usize),
    Freeze(usize),
    Thaw(usize),
    Close(usize),
    Advance(Status),
}

/// How many random lives; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(60)
}

fn step() -> impl Strategy<Value = Step> {
    let status = prop_oneof![Just(Status::Paid), Just(Status::Expired), Just(Status::Refunded)];
    prop_oneof![
        6 => (0..40_000i64).prop_map(Step::Wait),
        2 => (0..5usize).prop_map(Step::Hide),
        3 => (0..5usize).prop_map(Step::Return),
        2 => (0..5usize).prop_map(Step::Touch),
        1 => (0..5usize).prop_map(Step::Claim),
        2 => (0..5usize).prop_map(Step::Freeze),
        2 => (0..5usize).prop_map(Step::Thaw),
        1 => (0..4usize).prop_map(Step::Close),
        1 => status.prop_map(Step::Advance),
    ]
}

/// Does what happens, and expects that the tab which somebody looks at says what the server says, whatever
/// became of the others.
fn live(steps: &[Step]) {
    let mut browser = Browser::with_tabs(5);
    let mut closed = [false; 5];
    for step in steps {
        match *step {
            Step::Wait(millis) => browser.run(millis),
            Step::Hide(i) => browser.tell(i, Input::Hidden),
            Step::Return(i) => browser.tell(i, Input::Returned),
            Step::Touch(i) => browser.tell(i, Input::Attention),
            Step::Claim(i) => browser.tell(i, Input::Pressed(Button::IHavePaid)),
            Step::Freeze(i) => browser.freeze(i),
            Step::Thaw(i) if closed[i] => {}
            Step::Thaw(i) => browser.thaw(i),
            Step::Close(i) => {
                closed[i] = true;
                browser.close(i);
            }
            Step::Advance(ref status) => {
                // Of two steps at once that are none by the table a tab may believe neither.
                let seen = browser.status(4);
                if browser.server.may_become(status) && seen.may_become(status) {
                    browser.server = status.clone();
                }
            }
        }
        let stand = browser.line.iter().chain(&browser.holder);
        let places: Vec<_> = (0..5).map(|i| stand.clone().filter(|other| **other == i).count()).collect();
        assert!(
            places.iter().all(|n| *n <= 1),
            "tabs by how often they hold the lock or wait for it: {places:?}"
        );
    }
    // What was heard just now is not asked once more on return.
    browser.run(2_000);
    browser.thaw(4);
    browser.tell(4, Input::Returned);
    for second in 0..60 {
        browser.tell(4, Input::Attention);
        browser.run(1_000);
        let shown = browser.status(4);
        if second > 30 {
            assert_eq!(shown, browser.server);
            assert!(shown != Status::Pending || browser.checked_ago(4) <= 30_000);
        }
    }
    for tab in &browser.tabs {
        let status = |event: &Event| match event {
            Event::Status { voucher, .. } => Some(voucher.status.clone()),
            _ => None,
        };
        let told: Vec<_> = tab.events.iter().filter_map(status).collect();
        assert!(told.windows(2).all(|pair| pair[0] != pair[1] && pair[0].may_become(&pair[1])), "{told:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn tabs_may_die_at_any_moment(steps in prop::collection::vec(step(), 1..40)) {
        live(&steps);
    }
}

/// A browser hands on what a hidden tab gives back, and puts no tab in line that has left it.
#[test]
fn the_lead_goes_on_when_those_that_were_given_it_hide_one_by_one() {
    use Step::{Freeze, Hide, Thaw, Wait};
    live(&[Freeze(0), Wait(4_901), Hide(4), Freeze(3), Thaw(4), Hide(1), Wait(4_901), Hide(2)]);
}
