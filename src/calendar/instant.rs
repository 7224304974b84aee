//! An instant, and the wall time that Colombia gives it.

use core::fmt;

use chrono::{DateTime, FixedOffset, NaiveTime, Timelike, Utc};
use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{BogotaDate, CalendarError};

const BOGOTA: FixedOffset = FixedOffset::west_opt(5 * 3600).expect("five hours is an offset");
const LAST_MILLISECOND: NaiveTime = NaiveTime::from_hms_milli_opt(23, 59, 59, 999).expect("a time of day");
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
    /// The instant `millis` milliseconds after 1970-01-01T00:00:00Z.
    pub fn from_millis(millis: i64) -> Result<ServerInstant, CalendarError> {
        let instant = DateTime::<Utc>::from_timestamp_millis(millis).ok_or(CalendarError::DateTime)?;
        let in_bogota = instant.with_timezone(&BOGOTA);
        if !in_range(&instant.naive_utc()) || !in_range(&in_bogota.naive_local()) {
            return Err(CalendarError::DateTime);
        }
        Ok(ServerInstant(millis))
    }

    /// Reads RFC 3339 with `T`, seconds, and `Z` or an offset; more than milliseconds is cut off.
    ///
    /// A date-time without offset is refused, never guessed.
    pub fn parse(text: &str) -> Result<ServerInstant, CalendarError> {
        check_shape(text.as_bytes())?;
        let instant = DateTime::parse_from_rfc3339(text).map_err(|_| CalendarError::DateTime)?;
        ServerInstant::from_millis(instant.timestamp_millis())
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
        let local = self.utc().with_timezone(&BOGOTA);
        BogotaTime {
            date: BogotaDate::from_naive(local.date_naive()),
            hour: local.hour(),
            minute: local.minute(),
        }
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

impl BogotaDate {
    /// The instant at which a clock in Bogotá shows so many minutes after this day's midnight.
    pub fn at(self, minutes: u16) -> ServerInstant {
        let midnight = self.naive().and_time(NaiveTime::MIN).and_utc().timestamp_millis();
        let offset = i64::from(BOGOTA.utc_minus_local()) * 1000;
        ServerInstant::from_millis(midnight + offset + i64::from(minutes) * 60_000).unwrap_or(LAST_INSTANT)
    }
}

/// The shape `YYYY-MM-DDTHH:MM:SS[.fraction](Z|±HH:MM)`, stricter than chrono's reading.
fn check_shape(text: &[u8]) -> Result<(), CalendarError> {
    const PATTERN: &[u8; 19] = b"0000-00-00T00:00:00";
    let Some((start, mut rest)) = text.split_at_checked(PATTERN.len()) else {
        return Err(CalendarError::DateTime);
    };
    let fits = |(byte, pattern): (&u8, &u8)| {
        if *pattern == b'0' { byte.is_ascii_digit() } else { byte == pattern }
    };
    // A leap second is refused: no deadline needs it and clocks disagree about it.
    if !start.iter().zip(PATTERN).all(fits) || start[17] > b'5' {
        return Err(CalendarError::DateTime);
    }
    if let [b'.', fraction @ ..] = rest {
        let digits = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
        if !(1..=9).contains(&digits) {
            return Err(CalendarError::DateTime);
        }
        rest = &fraction[digits..];
    }
    match rest {
        [] => Err(CalendarError::NaiveDateTime),
        [b'Z'] => Ok(()),
        [b'+' | b'-', h1, h2, b':', m1, m2]
            if [h1, h2, m1, m2].iter().all(|b| b.is_ascii_digit()) && *h1 < b'3' =>
        {
            Ok(())
        }
        _ => Err(CalendarError::DateTime),
    }
}

fn in_range(time: &chrono::NaiveDateTime) -> bool {
    (0..=9999).contains(&chrono::Datelike::year(time))
}

impl fmt::Display for ServerInstant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let utc = self.utc();
        write!(
            f,
            "{}T{:02}:{:02}:{:02}.{:03}Z",
            BogotaDate::from_naive(utc.date_naive()),
            utc.hour(),
            utc.minute(),
            utc.second(),
            self.0.rem_euclid(1000)
        )
    }
}

impl Serialize for ServerInstant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
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
            Deadline::EndOf(date) => {
                let end = date.naive().and_time(LAST_MILLISECOND).and_utc().timestamp_millis();
                let end = end + i64::from(BOGOTA.utc_minus_local()) * 1000;
                ServerInstant::from_millis(end).unwrap_or(LAST_INSTANT)
            }
        }
    }
}

impl Serialize for Deadline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Deadline::At(instant) => instant.serialize(serializer),
            Deadline::EndOf(date) => {
                let mut object = serializer.serialize_struct("Deadline", 1)?;
                object.serialize_field("date", date)?;
                object.end()
            }
        }
    }
}
