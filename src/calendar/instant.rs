//! An instant, and the wall time that Colombia gives it.

use core::fmt;

use super::digits::{push_digits, scan};
use super::{BogotaDate, CalendarError};

const MINUTE_MILLIS: i64 = 60_000;
const DAY_MILLIS: i64 = 24 * 60 * MINUTE_MILLIS;
/// How far Bogotá is behind UTC.
const BEHIND_MILLIS: i64 = 5 * 60 * MINUTE_MILLIS;
/// The begin of the year 0 in Bogotá, where it comes later than in UTC.
const FIRST_INSTANT: ServerInstant = ServerInstant(-62_167_201_200_000);
/// The last millisecond of the year 9999 in UTC.
const LAST_INSTANT: ServerInstant = ServerInstant(253_402_300_799_999);

/// An instant of the server's clock, to the millisecond.
///
/// Displays in RFC 3339, UTC: `2026-11-23T14:05:00.000Z`. Years 0 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServerInstant(i64);

/// What a clock on a wall in Bogotá shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BogotaTime {
    /// The day.
    pub date: BogotaDate,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
}

impl ServerInstant {
    /// 1970-01-01T00:00:00Z.
    pub(crate) const EPOCH: ServerInstant = ServerInstant(0);

    /// The instant `millis` milliseconds after 1970-01-01T00:00:00Z.
    pub fn from_millis(millis: i64) -> Result<ServerInstant, CalendarError> {
        let instant = ServerInstant(millis);
        let in_range = (FIRST_INSTANT..=LAST_INSTANT).contains(&instant);
        if in_range { Ok(instant) } else { Err(CalendarError::DateTime) }
    }

    /// Reads RFC 3339 with `T`, seconds, and `Z` or an offset; more than milliseconds is cut off.
    ///
    /// A date-time without offset is refused, never guessed.
    pub fn parse(text: &str) -> Result<ServerInstant, CalendarError> {
        let (days, millis, zone) = clock_and_zone(text).ok_or(CalendarError::DateTime)?;
        let ahead = match *zone {
            [] => return Err(CalendarError::NaiveDateTime),
            [b'Z'] => Some(0),
            [sign @ (b'+' | b'-'), ref offset @ ..] => offset_millis(sign, offset),
            _ => None,
        };
        let ahead = ahead.ok_or(CalendarError::DateTime)?;
        ServerInstant::from_millis(days * DAY_MILLIS + i64::from(millis - ahead))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// The instant `millis` later (earlier where negative), held within the calendar's range.
    pub fn plus_millis(self, millis: i64) -> ServerInstant {
        ServerInstant::from_millis(self.0.saturating_add(millis)).unwrap_or(self)
    }

    /// The wall time in Bogotá.
    pub fn in_bogota(self) -> BogotaTime {
        let (days, millis) = days_and_millis(self.0 - BEHIND_MILLIS);
        let minutes = (millis / MINUTE_MILLIS) as u32;
        BogotaTime { date: day(days), hour: minutes / 60, minute: minutes % 60 }
    }

    /// `2026-11-23T14:05:00.000Z`
    pub(crate) fn to_text(self) -> String {
        let (days, millis) = days_and_millis(self.0);
        let (seconds, millis) = (millis as u32 / 1_000, millis as u32 % 1_000);
        let mut text = day(days).to_text();
        push_digits(&mut text, "T", seconds / 3_600, 2);
        push_digits(&mut text, ":", seconds / 60 % 60, 2);
        push_digits(&mut text, ":", seconds % 60, 2);
        push_digits(&mut text, ".", millis, 3);
        text.push('Z');
        text
    }
}

impl BogotaDate {
    /// The instant at which a clock in Bogotá shows so many minutes after this day's midnight.
    pub fn at(self, minutes: u16) -> ServerInstant {
        self.at_millis(i64::from(minutes) * MINUTE_MILLIS)
    }

    /// The instant so many milliseconds after this day's midnight, or the last instant there is.
    fn at_millis(self, millis: i64) -> ServerInstant {
        let midnight = self.epoch_days() * DAY_MILLIS + BEHIND_MILLIS;
        ServerInstant::from_millis(midnight + millis).unwrap_or(LAST_INSTANT)
    }
}

/// What `YYYY-MM-DDTHH:MM:SS[.fraction]` is if read in UTC, as days after 1970 and milliseconds, and
/// what follows.
fn clock_and_zone(text: &str) -> Option<(i64, i32, &[u8])> {
    let (start, rest) = text.as_bytes().split_at_checked(19)?;
    let [year, month, day, hours, minutes, seconds] = scan(start, b"0000-00-00T00:00:00")?;
    let date = BogotaDate::new(year as i32, month, day).ok()?;
    let (fraction, zone) = fraction(rest)?;
    Some((date.epoch_days(), clock_millis(hours, minutes, seconds)? + fraction, zone))
}

fn offset_millis(sign: u8, offset: &[u8]) -> Option<i32> {
    let [hours, minutes, ..] = scan(offset, b"00:00")?;
    let millis = clock_millis(hours, minutes, 0)?;
    Some(if sign == b'-' { -millis } else { millis })
}

/// Milliseconds after midnight. A leap second is refused: no deadline needs it and clocks disagree
/// about it.
fn clock_millis(hours: u32, minutes: u32, seconds: u32) -> Option<i32> {
    let in_range = hours < 24 && minutes < 60 && seconds < 60;
    in_range.then(|| ((hours * 60 + minutes) * 60 + seconds) as i32 * 1_000)
}

/// Milliseconds of a fraction of 1 to 9 digits, where there is one, and what follows.
fn fraction(text: &[u8]) -> Option<(i32, &[u8])> {
    let [b'.', rest @ ..] = text else { return Some((0, text)) };
    let n_digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let (digits, rest) = rest.split_at_checked(n_digits)?;
    let digit = |place| digits.get(place).map_or(0, |b: &u8| i32::from(b - b'0'));
    let millis = (0..3).fold(0, |millis, place| millis * 10 + digit(place));
    (1..=9).contains(&n_digits).then_some((millis, rest))
}

fn days_and_millis(millis: i64) -> (i64, i64) {
    (millis.div_euclid(DAY_MILLIS), millis.rem_euclid(DAY_MILLIS))
}

/// The day of an instant, none of which is out of the calendar's range.
fn day(epoch_days: i64) -> BogotaDate {
    BogotaDate::from_epoch_days(epoch_days).unwrap_or(BogotaDate::EPOCH)
}

impl fmt::Display for ServerInstant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

/// When something ends: an instant, or a whole day in Bogotá that ends with its last millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// At this instant.
    At(ServerInstant),
    /// With the end of this day in Bogotá.
    EndOf(BogotaDate),
}

impl Deadline {
    /// The instant; for a day 23:59:59.999 in Bogotá, or the last instant there is.
    pub fn instant(self) -> ServerInstant {
        match self {
            Deadline::At(instant) => instant,
            Deadline::EndOf(date) => date.at_millis(DAY_MILLIS - 1),
        }
    }
}
