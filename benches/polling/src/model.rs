//! What happens to a voucher: the models of README.md.

use efecty_checkout::calendar::BogotaDate;

use crate::random::Random;

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// How long an answer takes.
pub const ROUND_TRIP: i64 = 200;
/// "Looking": visible, and touched within this time.
pub const LOOKING: i64 = 2 * MINUTE;
/// "Looking" too: within this time of "ya pagué".
pub const CLAIMED: i64 = 15 * MINUTE;

const GRACE: i64 = 72 * HOUR;
/// From the expiry to the server's saying so.
const EXPIRY_DELAY: i64 = 10 * MINUTE;
/// A day begins in Bogotá at 05:00 UTC.
const BOGOTA: i64 = 5 * HOUR;

/// How the vouchers live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    Realistic,
    AlwaysVisible,
}

/// One voucher's life; all times in milliseconds since 1970.
#[derive(Clone, Debug)]
pub struct Life {
    pub created: i64,
    pub expires: i64,
    pub confirmed: Option<i64>,
    pub visits: Vec<Visit>,
    pub is_phone: bool,
    /// Whether a tab was left visible for hours.
    pub is_forgotten: bool,
    /// When nobody looks at it any more, and nobody counts.
    pub end: i64,
}

/// A time during which the page is visible.
#[derive(Clone, Debug)]
pub struct Visit {
    pub from: i64,
    pub until: i64,
    /// When the page is touched.
    pub touches: Vec<i64>,
    /// When "ya pagué" is pressed.
    pub claim: Option<i64>,
    /// Whether the tab is closed at the end, or hidden.
    pub closes: bool,
}

/// What the server says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Pending,
    Expired,
    Paid,
}

impl Life {
    pub fn new(model: Model, random: &mut Random) -> Life {
        match model {
            Model::Realistic => {
                let created = day_start(random.between(0, 6)) + random.between(7 * HOUR, 23 * HOUR);
                let days = if random.percent(50) { 3 } else { 7 };
                realistic(created, last_second(created, days), random)
            }
            Model::AlwaysVisible => {
                let created = day_start(0) + random.between(0, DAY - 1);
                let confirmed = Some(created + random.between(1, DAY - 1));
                always_visible(created, created + DAY, last_second(created, 7), confirmed)
            }
        }
    }

    /// A life that shares its expiry with all others.
    pub fn with_shared_expiry(model: Model, random: &mut Random) -> Life {
        let expires = shared_expiry();
        match model {
            Model::Realistic => realistic(expires - random.between(1, 48 * HOUR), expires, random),
            Model::AlwaysVisible => {
                let created = expires - random.between(2 * HOUR, 3 * HOUR);
                always_visible(created, expires + HOUR, expires, None)
            }
        }
    }

    pub fn grace_end(&self) -> i64 {
        self.expires + GRACE
    }

    /// What the server says at this moment.
    pub fn state(&self, at: i64) -> State {
        match self.confirmed {
            Some(confirmed) if confirmed <= at => State::Paid,
            _ if self.expires + EXPIRY_DELAY < at => State::Expired,
            _ => State::Pending,
        }
    }

    /// The visit during which this moment is.
    pub fn visit_at(&self, at: i64) -> Option<&Visit> {
        self.visits.iter().find(|visit| (visit.from..visit.until).contains(&at))
    }

    /// For how long the page is visible from this moment on.
    pub fn visible_after(&self, at: i64) -> i64 {
        self.visits.iter().map(|visit| (visit.until - visit.from.max(at)).max(0)).sum()
    }
}

impl Visit {
    /// Whether somebody looks at this moment.
    pub fn is_looked_at(&self, at: i64) -> bool {
        let lately = |moment: i64, within: i64| (0..=within).contains(&(at - moment));
        lately(self.from, LOOKING)
            || self.touches.iter().any(|touch| lately(*touch, LOOKING))
            || self.claim.is_some_and(|claim| lately(claim, CLAIMED))
    }
}

/// The expiry that all vouchers share where they share one.
pub fn shared_expiry() -> i64 {
    last_second(day_start(3), 0)
}

fn realistic(created: i64, expires: i64, random: &mut Random) -> Life {
    let mut visits = vec![visit(created, random.between(MINUTE, 5 * MINUTE), random)];
    let at_outlet = created + random.between(2 * HOUR, 48 * HOUR);
    let mut paid_at = at_outlet;
    if random.percent(60) {
        let near = visit(at_outlet, random.between(MINUTE, 10 * MINUTE), random);
        paid_at = near.until;
        visits.push(near);
    }
    let pays = random.percent(90);
    if pays && random.percent(70) {
        let from = paid_at + random.between(SECOND, 30 * MINUTE);
        let mut after = visit(from, random.between(MINUTE, 15 * MINUTE), random);
        after.claim = random.percent(50).then(|| from + random.between(2 * SECOND, 20 * SECOND));
        visits.push(after);
    }
    let soon = paid_at + 15 * MINUTE;
    let confirmed =
        if random.percent(50) { soon } else { random.between(soon, latest_confirmation(paid_at)) };
    let is_forgotten = random.percent(10);
    if is_forgotten {
        leave_visible(&mut visits, random);
    }
    let is_phone = random.percent(80);
    let end = expires + GRACE;
    Life { created, expires, confirmed: pays.then_some(confirmed), visits, is_phone, is_forgotten, end }
}

fn always_visible(created: i64, until: i64, expires: i64, confirmed: Option<i64>) -> Life {
    let touches = (1..=4).map(|n| created + n * 30 * SECOND).collect();
    let visit = Visit { from: created, until, touches, claim: None, closes: true };
    Life { created, expires, confirmed, visits: vec![visit], is_phone: false, is_forgotten: true, end: until }
}

fn visit(from: i64, duration: i64, random: &mut Random) -> Visit {
    let until = from + duration;
    let mut touches = Vec::new();
    let mut at = from + random.between(20 * SECOND, MINUTE);
    while at < until {
        touches.push(at);
        at += random.between(20 * SECOND, MINUTE);
    }
    Visit { from, until, touches, claim: None, closes: random.percent(50) }
}

/// One of the visits goes on for hours, until the next one at the latest, with nobody there.
fn leave_visible(visits: &mut [Visit], random: &mut Random) {
    let i = random.between(0, visits.len() as i64 - 1) as usize;
    let longest = visits.get(i + 1).map_or(i64::MAX, |next| next.from - 1);
    let until = visits[i].until + random.between(HOUR, 12 * HOUR);
    visits[i].until = until.min(longest);
}

/// 18:00 of the second business day after.
fn latest_confirmation(paid_at: i64) -> i64 {
    let second = bogota_date(paid_at).next_business_day().and_then(BogotaDate::next_business_day);
    second.map_or(paid_at + 2 * DAY, |date| date.at(18 * 60).millis())
}

/// 23:59:59 of the day so many days after.
fn last_second(at: i64, days: i64) -> i64 {
    (at - BOGOTA).div_euclid(DAY) * DAY + BOGOTA + (days + 1) * DAY - SECOND
}

/// The first moment in Bogotá of a day from 1 December 2026 on.
fn day_start(days: i64) -> i64 {
    const FIRST: i64 = 1_796_083_200_000;
    FIRST + BOGOTA + days * DAY
}

fn bogota_date(at: i64) -> BogotaDate {
    // The model stays within 2026 and 2027.
    efecty_checkout::calendar::ServerInstant::from_millis(at)
        .unwrap_or_else(|_| unreachable!())
        .in_bogota()
        .date
}

#[cfg(test)]
mod tests {
    use super::*;
    use efecty_checkout::calendar::ServerInstant;

    fn at(text: &str) -> i64 {
        ServerInstant::parse(text).unwrap().millis()
    }

    #[test]
    fn days_are_bogotas() {
        assert_eq!(day_start(0), at("2026-12-01T00:00:00-05:00"));
        assert_eq!(last_second(at("2026-12-01T23:30:00-05:00"), 3), at("2026-12-04T23:59:59-05:00"));
    }

    #[test]
    fn business_days_jump_weekend_and_holiday() {
        // Paid on Friday 4 December: Monday 7, and, because Tuesday 8 is a holiday, Wednesday 9.
        let latest = latest_confirmation(at("2026-12-04T10:00:00-05:00"));
        assert_eq!(latest, at("2026-12-09T18:00:00-05:00"));
    }

    #[test]
    fn shares_are_as_written_down() {
        let lives: Vec<Life> =
            (0..20_000).map(|i| Life::new(Model::Realistic, &mut Random::new(1, i))).collect();
        let share =
            |holds: fn(&Life) -> bool| lives.iter().filter(|life| holds(life)).count() * 100 / lives.len();
        assert!((89..=91).contains(&share(|life| life.confirmed.is_some())));
        assert!((9..=11).contains(&share(|life| life.is_forgotten)));
        assert!((79..=81).contains(&share(|life| life.is_phone)));
        // 0.9 x 0.7 x 0.5
        assert!((30..=33).contains(&share(|life| life.visits.iter().any(|visit| visit.claim.is_some()))));
    }
}
