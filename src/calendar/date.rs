//! A day in Bogotá.

use core::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

use super::CalendarError;

/// A calendar day in Bogotá. Displays as `2026-11-30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BogotaDate(NaiveDate);

/// A day of the week; Monday is 0.
pub type Weekday = chrono::Weekday;

impl BogotaDate {
    /// The day of a Gregorian year (0 to 9999), month (1 to 12) and day of the month.
    pub fn new(year: i32, month: u32, day: u32) -> Result<BogotaDate, CalendarError> {
        if !(0..=9999).contains(&year) {
            return Err(CalendarError::Date);
        }
        NaiveDate::from_ymd_opt(year, month, day).map(BogotaDate).ok_or(CalendarError::Date)
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    pub fn parse(text: &str) -> Result<BogotaDate, CalendarError> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(CalendarError::Date);
        }
        let number = |range: core::ops::Range<usize>| {
            bytes[range]
                .iter()
                .try_fold(0u32, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
        };
        match (number(0..4), number(5..7), number(8..10)) {
            (Some(year), Some(month), Some(day)) => BogotaDate::new(year as i32, month, day),
            _ => Err(CalendarError::Date),
        }
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// The day `days` later, or earlier where negative; none past the calendar's end.
    pub fn plus_days(self, days: i64) -> Option<BogotaDate> {
        self.0.checked_add_signed(chrono::TimeDelta::try_days(days)?).map(BogotaDate)
    }

    pub(super) fn from_naive(date: NaiveDate) -> BogotaDate {
        BogotaDate(date)
    }

    pub(super) fn naive(self) -> NaiveDate {
        self.0
    }
}

impl fmt::Display for BogotaDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Serialize for BogotaDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
