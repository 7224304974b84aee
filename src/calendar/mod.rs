//! Instants and days as Colombia counts them.
//!
//! Colombia is five hours behind UTC all year (IANA `America/Bogota`, no daylight saving since
//! 1993), so a fixed offset is exact for every voucher.

mod date;
mod digits;
mod holidays;
mod instant;
mod opening;

pub use date::{BogotaDate, Weekday};
pub use holidays::{FIRST_HOLIDAY_YEAR, Holiday, colombian_holidays};
pub use instant::{BogotaTime, Deadline, ServerInstant};
pub use opening::{Hours, Opening, Visit};

pub(crate) use digits::{clock, minutes};

use core::fmt;

/// Why a text is not a date or a date-time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// Not `YYYY-MM-DDTHH:MM:SS` with `Z` or an offset, or no such instant.
    DateTime,
    /// A date-time that does not say its offset from UTC.
    NaiveDateTime,
    /// Not `YYYY-MM-DD`, or no such day.
    Date,
    /// Not a year from 1984 to 9999.
    Year,
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CalendarError::DateTime => "expected a date-time such as 2026-11-30T23:59:59-05:00",
            CalendarError::NaiveDateTime => {
                "expected a date-time with its offset from UTC, found one without"
            }
            CalendarError::Date => "expected a date such as 2026-11-30",
            CalendarError::Year => "expected a year from 1984 to 9999",
        })
    }
}

impl core::error::Error for CalendarError {}
