//! Date-times as gateways write them, and the zone of those that do not say it.

use crate::calendar::{BogotaDate, Deadline, ServerInstant};

use super::error::{ErrorCode, GatewayError};

pub(super) const MINUTE_MILLIS: i64 = 60_000;
pub(super) const DAY_MILLIS: i64 = 24 * 60 * MINUTE_MILLIS;

/// An offset from UTC: `-05:00` for Bogotá, `Z` or `+00:00` for UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    minutes: i32,
}

impl Zone {
    /// Colombia's.
    pub const BOGOTA: Zone = Zone { minutes: -300 };
    /// UTC.
    pub const UTC: Zone = Zone { minutes: 0 };

    /// Reads `Z` or `±HH:MM`, up to 14 hours.
    pub fn parse(text: &str) -> Result<Zone, GatewayError> {
        let refused = || GatewayError::new(ErrorCode::Incomplete, "zone", "an offset such as -05:00");
        if text == "Z" {
            return Ok(Zone::UTC);
        }
        let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = *text.as_bytes() else { return Err(refused()) };
        let digits = [h1, h2, m1, m2];
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(refused());
        }
        let [h1, h2, m1, m2] = digits.map(|digit| i32::from(digit - b'0'));
        let (hours, minutes) = (h1 * 10 + h2, m1 * 10 + m2);
        if minutes > 59 || hours * 60 + minutes > 14 * 60 {
            return Err(refused());
        }
        let minutes = hours * 60 + minutes;
        Ok(Zone { minutes: if sign == b'-' { -minutes } else { minutes } })
    }

    /// `2026-07-02 19:50:07` or with `T`, as this zone's clocks mean it.
    pub(super) fn instant(self, naive: &str) -> Option<ServerInstant> {
        let (date, time) = naive.split_once([' ', 'T'])?;
        let utc = ServerInstant::parse(&format!("{date}T{time}Z")).ok()?;
        ServerInstant::from_millis(utc.millis() - i64::from(self.minutes) * MINUTE_MILLIS).ok()
    }

    /// `2026-07-02T19:50:07.000` on this zone's clocks.
    pub(super) fn local(self, instant: ServerInstant) -> String {
        let shifted = instant.plus_millis(i64::from(self.minutes) * MINUTE_MILLIS).to_string();
        shifted.trim_end_matches('Z').to_owned()
    }
}

/// RFC 3339, or with an offset that has no colon: `2020-02-24T02:59:00.000+0000`.
pub(super) fn iso(text: &str) -> Option<ServerInstant> {
    if let Ok(instant) = ServerInstant::parse(text) {
        return Some(instant);
    }
    let (rest, minutes) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let has_offset = rest.len() > 19 && matches!(rest.as_bytes()[rest.len() - 3], b'+' | b'-');
    if has_offset { ServerInstant::parse(&format!("{rest}:{minutes}")).ok() } else { None }
}

/// Whole milliseconds since 1970, as digits.
pub(super) fn epoch_millis(text: &str) -> Option<ServerInstant> {
    let digits = (1..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { ServerInstant::from_millis(text.parse().ok()?).ok() } else { None }
}

/// `DD/MM/YYYY`: that day in Bogotá.
pub(super) fn day_first(text: &str) -> Option<BogotaDate> {
    let [day, month, year] = text.split('/').collect::<Vec<_>>()[..] else { return None };
    BogotaDate::parse(&format!("{year}-{month}-{day}")).ok()
}

/// `DD/MM/YYYY` of a day.
pub(super) fn in_day_first(day: BogotaDate) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// The last second of a day in Bogotá.
pub(super) fn last_second(day: BogotaDate) -> ServerInstant {
    Deadline::EndOf(day).instant().plus_millis(-999)
}
