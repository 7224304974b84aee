//! When outlets are open.

use super::{BogotaDate, ServerInstant, Weekday};

/// What a visit to the outlet takes, the queue included; a shorter rest of the day is of no use.
const VISIT_MILLIS: i64 = 30 * 60_000;
/// Longer than any run of days without opening hours.
const MOST_CLOSED_DAYS: i64 = 14;

/// When most outlets are open, in Bogotá; a day that is absent is closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// Monday to Friday.
    pub weekdays: Option<Opening>,
    /// Saturday.
    pub saturday: Option<Opening>,
    /// Sunday and public holidays.
    pub sunday: Option<Opening>,
}

/// From opening to closing time, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// 0 to 1439.
    pub opens: u16,
    /// 1 to 1440, later than `opens`.
    pub closes: u16,
}

/// A time during which an outlet is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// From here on it is open.
    pub opens: ServerInstant,
    /// Here it closes, or the time to pay is over.
    pub closes: ServerInstant,
}

impl Hours {
    /// What most outlets keep, for a voucher that does not say: PayU publishes Monday to Friday from
    /// 8 to 18, Saturday from 8 to 13.
    pub const USUAL: Hours = Hours {
        weekdays: Some(Opening { opens: 8 * 60, closes: 18 * 60 }),
        saturday: Some(Opening { opens: 8 * 60, closes: 13 * 60 }),
        sunday: None,
    };

    /// The hours of a day; a public holiday is like a Sunday.
    pub fn on(&self, date: BogotaDate) -> Option<Opening> {
        match date.weekday() {
            Weekday::Sun => self.sunday,
            _ if date.is_holiday() => self.sunday,
            Weekday::Sat => self.saturday,
            _ => self.weekdays,
        }
    }

    /// The last opening hours before `deadline` that leave time for a visit.
    pub fn last_visit(&self, deadline: ServerInstant) -> Option<Visit> {
        let last_day = deadline.in_bogota().date;
        (0..=MOST_CLOSED_DAYS).find_map(|days| {
            let day = last_day.plus_days(-days)?;
            let opening = self.on(day)?;
            let (opens, closes) = (day.at(opening.opens), day.at(opening.closes).min(deadline));
            (closes.millis() - opens.millis() >= VISIT_MILLIS).then_some(Visit { opens, closes })
        })
    }
}
