//! Lets one page live through one voucher's life.

use crate::model::{DAY, HOUR, Life, MINUTE, ROUND_TRIP, SECOND};
use crate::page::{Act, Page};

/// After so long a phone freezes a hidden page, and a computer slows its timers down further.
const HIDDEN: i64 = 5 * MINUTE;
/// How long a hidden tab is kept.
const KEPT: i64 = 24 * HOUR;

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Lived {
    /// When the server was asked.
    pub requests: Vec<i64>,
    /// The first moment at which a visible page said "paid".
    pub seen: Option<i64>,
}

impl Lived {
    pub fn n_first_day(&self, life: &Life) -> usize {
        self.requests.iter().filter(|at| **at < life.created + DAY).count()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Closed,
    Visible,
    Hidden { since: i64 },
}

/// Plays a life to its end.
pub fn live(life: &Life, page: &mut dyn Page) -> Lived {
    let mut lived = Lived::default();
    let mut tab = Tab::Closed;
    let mut answer_at: Option<i64> = None;
    let mut script = script(life).into_iter().peekable();
    let mut now = life.created;
    loop {
        let act_at = script.peek().map(|(at, _)| *at);
        let timer_at = page.due(now).and_then(|due| fires_at(due.max(now), tab, life.is_phone));
        let next = [answer_at, act_at, timer_at].into_iter().flatten().min();
        let Some(next) = next.filter(|next| *next < life.end) else { return lived };
        now = next;
        if answer_at == Some(now) {
            answer_at = None;
            page.answer(life.state(now - ROUND_TRIP / 2), now);
        } else if act_at == Some(now) {
            let Some((_, act)) = script.next() else { return lived };
            tab = tab.after(act, now);
            answer_at = answer_at.filter(|_| tab != Tab::Closed);
            page.act(act, now);
        } else {
            page.fire(now);
        }
        if page.takes_off() {
            lived.requests.push(now);
            answer_at = Some(now + ROUND_TRIP);
        }
        if tab == Tab::Visible && lived.seen.is_none() && page.says_paid() {
            lived.seen = Some(now);
        }
    }
}

impl Tab {
    fn after(self, act: Act, now: i64) -> Tab {
        match act {
            Act::Open | Act::Show => Tab::Visible,
            Act::Hide => Tab::Hidden { since: now },
            Act::Close => Tab::Closed,
            Act::Touch | Act::Claim => self,
        }
    }
}

/// All that the shopper does, in order.
fn script(life: &Life) -> Vec<(i64, Act)> {
    let mut script = Vec::new();
    let mut kept_since = None;
    for (i, visit) in life.visits.iter().enumerate() {
        script.push((visit.from, if kept_since.is_some() { Act::Show } else { Act::Open }));
        let mut acts: Vec<(i64, Act)> = visit.touches.iter().map(|at| (*at, Act::Touch)).collect();
        acts.extend(visit.claim.map(|at| (at, Act::Claim)));
        acts.sort_by_key(|(at, _)| *at);
        script.extend(acts);
        let next = life.visits.get(i + 1).map_or(i64::MAX, |next| next.from);
        kept_since = (!visit.closes).then_some(visit.until);
        script.push((visit.until, if visit.closes { Act::Close } else { Act::Hide }));
        if let Some(gone) = kept_since.map(|since| since + KEPT).filter(|gone| *gone < next) {
            script.push((gone, Act::Close));
            kept_since = None;
        }
    }
    script
}

/// When a timer that is due really fires.
fn fires_at(due: i64, tab: Tab, is_phone: bool) -> Option<i64> {
    let Tab::Hidden { since } = tab else { return Some(due) };
    let aligned = |to: i64| (due - since + to - 1) / to * to + since;
    match due - since < HIDDEN {
        true => Some(aligned(SECOND)),
        false if is_phone => None,
        false => Some(aligned(MINUTE)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{State, Visit};
    use crate::peers::{PEERS, PeerPage};

    /// One visible page for 24 h, never paid: the figures that others counted for these policies.
    #[test]
    fn peers_ask_as_often_as_was_counted_elsewhere() {
        let visit = Visit { from: 0, until: DAY, touches: Vec::new(), claim: None, closes: true };
        let life = Life {
            created: 0,
            expires: 7 * DAY,
            confirmed: None,
            visits: vec![visit],
            is_phone: false,
            is_forgotten: true,
            end: DAY,
        };
        assert_eq!(life.state(DAY), State::Pending);
        let asked = PEERS.map(|peer| live(&life, &mut PeerPage::new(peer.plan)).requests);
        let counts = asked.each_ref().map(Vec::len);
        assert_eq!(counts, [0, 111, 199, 8_493, 39_272, 39_273, 60, 0, 59, 17_279]);
        let last = |i: usize| (asked[i].last().unwrap() + SECOND / 2) / SECOND;
        assert_eq!([1, 2, 6, 8].map(last), [898, 1_796, 315, 590]);
    }

    #[test]
    fn a_phone_freezes_hidden_pages_and_a_computer_slows_them_down() {
        let hidden = Tab::Hidden { since: 0 };
        assert_eq!(fires_at(2_500, hidden, true), Some(3_000));
        assert_eq!(fires_at(HIDDEN + 1, hidden, true), None);
        assert_eq!(fires_at(HIDDEN + 1, hidden, false), Some(HIDDEN + MINUTE));
        assert_eq!(fires_at(HIDDEN + 1, Tab::Visible, true), Some(HIDDEN + 1));
    }
}
