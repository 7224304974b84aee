//! A day in Bogotá.

use core::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

use super::CalendarError;
use super::digits::{push_digits, scan};

/// A calendar day in Bogotá. Displays as `2026-11-30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BogotaDate(NaiveDate);

/// A day of the week; Monday is 0.
pub type Weekday = chrono::Weekday;

impl BogotaDate {
    /// 1970-01-01.
    pub(super) const EPOCH: BogotaDate = BogotaDate(NaiveDate::from_epoch_days(0).expect("a day"));

    /// The day of a Gregorian year (0 to 9999), month (1 to 12) and day of the month.
    pub fn new(year: i32, month: u32, day: u32) -> Result<BogotaDate, CalendarError> {
        if !(0..=9999).contains(&year) {
            return Err(CalendarError::Date);
        }
        NaiveDate::from_ymd_opt(year, month, day).map(BogotaDate).ok_or(CalendarError::Date)
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    pub fn parse(text: &str) -> Result<BogotaDate, CalendarError> {
        let numbers = scan(text.as_bytes(), b"0000-00-00").ok_or(CalendarError::Date)?;
        let [year, month, day, ..] = numbers;
        BogotaDate::new(year as i32, month, day)
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

    /// The day `days` later, or earlier where negative; none past the years 0 to 9999.
    pub fn plus_days(self, days: i64) -> Option<BogotaDate> {
        BogotaDate::from_epoch_days(self.epoch_days().checked_add(days)?)
    }

    /// The day so many days after 1970-01-01.
    pub(super) fn from_epoch_days(days: i64) -> Option<BogotaDate> {
        let date = NaiveDate::from_epoch_days(i32::try_from(days).ok()?)?;
        (0..=9999).contains(&date.year()).then_some(BogotaDate(date))
    }

    pub(super) fn epoch_days(self) -> i64 {
        self.0.to_epoch_days().into()
    }

    /// `2026-11-30`
    pub(crate) fn to_text(self) -> String {
        let mut text = String::new();
        push_digits(&mut text, "", self.year() as u32, 4);
        push_digits(&mut text, "-", self.month(), 2);
        push_digits(&mut text, "-", self.day(), 2);
        text
    }
}

impl fmt::Display for BogotaDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl Serialize for BogotaDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}
