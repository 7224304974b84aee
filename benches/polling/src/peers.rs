//! The other policies, as their sources have them. A reload begins each of them anew; none takes notice of
//! hiding, showing, touching or saying "ya pagué".

use crate::model::{MINUTE, ROUND_TRIP, SECOND, State};
use crate::page::{Act, Page};

/// When a policy asks.
#[derive(Clone, Copy, Debug)]
pub enum Plan {
    Never,
    /// The next question so long after each answer: `fast`, and `slow` from one minute on.
    Chain {
        first: i64,
        fast: i64,
        slow: i64,
        ends: i64,
    },
    /// At fixed times.
    Every {
        first: i64,
        period: i64,
        times: u32,
    },
}

/// A policy of somebody else's.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    pub name: &'static str,
    pub plan: Plan,
}

const FOREVER: i64 = i64::MAX / 2;

/// Adyen Web: 2 s after each answer, 10 s once a minute has passed, until the countdown ends.
const fn adyen(minutes: i64) -> Plan {
    Plan::Chain { first: 0, fast: 2 * SECOND, slow: 10 * SECOND, ends: minutes * MINUTE }
}

pub const PEERS: [Peer; 10] = [
    Peer { name: "Adyen Voucher (Oxxo, Boleto…)", plan: Plan::Never },
    Peer { name: "Adyen QR/Await, 15 min", plan: adyen(15) },
    Peer { name: "Adyen WeChat, 30 min", plan: adyen(30) },
    Peer { name: "Adyen QR/Await, 1440 min", plan: adyen(1440) },
    Peer {
        name: "BTCPay, websocket lost",
        plan: Plan::Chain { first: 2 * SECOND, fast: 2 * SECOND, slow: 2 * SECOND, ends: FOREVER },
    },
    Peer {
        name: "Hyperswitch QR",
        plan: Plan::Chain { first: 0, fast: 2 * SECOND, slow: 2 * SECOND, ends: FOREVER },
    },
    Peer {
        name: "Mercado Pago Woo, Pix",
        plan: Plan::Every { first: 20 * SECOND, period: 5 * SECOND, times: 60 },
    },
    Peer { name: "Mercado Pago Woo, Efecty", plan: Plan::Never },
    Peer {
        name: "Omise PromptPay",
        plan: Plan::Every { first: 10 * SECOND, period: 10 * SECOND, times: 59 },
    },
    Peer {
        name: "timer of 5 s",
        plan: Plan::Every { first: 5 * SECOND, period: 5 * SECOND, times: u32::MAX },
    },
];

/// A page with another policy.
#[derive(Clone, Debug)]
pub struct PeerPage {
    plan: Plan,
    opened: i64,
    next: Option<i64>,
    /// What the policy itself counts as the time that has passed.
    passed: i64,
    n_asked: u32,
    has_asked: bool,
    is_paid: bool,
}

impl PeerPage {
    pub fn new(plan: Plan) -> PeerPage {
        PeerPage { plan, opened: 0, next: None, passed: 0, n_asked: 0, has_asked: false, is_paid: false }
    }

    fn open(&mut self, now: i64) {
        *self = PeerPage { opened: now, ..PeerPage::new(self.plan) };
        self.next = match self.plan {
            Plan::Never => None,
            Plan::Chain { first, .. } | Plan::Every { first, .. } => Some(now + first),
        };
    }
}

impl Page for PeerPage {
    fn act(&mut self, act: Act, now: i64) {
        match act {
            Act::Open => self.open(now),
            Act::Close => self.next = None,
            Act::Show | Act::Hide | Act::Touch | Act::Claim => {}
        }
    }

    fn due(&self, _: i64) -> Option<i64> {
        self.next
    }

    fn fire(&mut self, now: i64) {
        self.next = None;
        match self.plan {
            Plan::Never => {}
            Plan::Chain { ends, .. } => self.has_asked = now - self.opened < ends,
            Plan::Every { period, times, .. } => {
                self.has_asked = true;
                self.n_asked += 1;
                self.next = (self.n_asked < times).then_some(now + period);
            }
        }
    }

    fn takes_off(&mut self) -> bool {
        std::mem::take(&mut self.has_asked)
    }

    fn answer(&mut self, state: State, now: i64) {
        // An expiry that the server tells stops none of them here: that flatters some.
        if state == State::Paid {
            self.is_paid = true;
            self.next = None;
        } else if let Plan::Chain { fast, slow, .. } = self.plan {
            let delay = if self.passed >= MINUTE { slow } else { fast };
            self.passed += ROUND_TRIP + delay;
            self.next = Some(now + delay);
        }
    }

    fn says_paid(&self) -> bool {
        self.is_paid
    }
}
