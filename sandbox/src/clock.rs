//! The sandbox's clock: the machine's, moved by as much as a developer asks.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};
use efecty_checkout::calendar::{Deadline, ServerInstant};

/// Colombia's offset, all year.
pub const BOGOTA: FixedOffset = match FixedOffset::west_opt(5 * 3600) {
    Some(offset) => offset,
    None => unreachable!(),
};

/// Says what time it is, for every half of the sandbox alike.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_millis: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that is `offset_millis` ahead of the machine's.
    pub fn ahead_by(offset_millis: i64) -> Clock {
        Clock { offset_millis: Arc::new(AtomicI64::new(offset_millis)) }
    }

    /// Milliseconds since 1970, moved.
    pub fn now(&self) -> i64 {
        machine_now().saturating_add(self.offset())
    }

    /// How far this clock is ahead of the machine's, in milliseconds.
    pub fn offset(&self) -> i64 {
        self.offset_millis.load(Ordering::Relaxed)
    }

    /// Moves the clock to `offset_millis` ahead of the machine's.
    pub fn set_offset(&self, offset_millis: i64) {
        self.offset_millis.store(offset_millis, Ordering::Relaxed);
    }
}

/// Milliseconds since 1970 by the machine's own clock: for retries, which nobody moves.
pub fn machine_now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// `2026-07-02 19:50:07`: wall time in Bogotá without its offset, as ePayco writes it.
pub fn naive_bogota(millis: i64) -> String {
    bogota(millis).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// The instant with Bogotá's offset.
pub fn bogota(millis: i64) -> DateTime<FixedOffset> {
    DateTime::<Utc>::from_timestamp_millis(millis).unwrap_or_default().with_timezone(&BOGOTA)
}

/// The last second of a day in Bogotá, in milliseconds since 1970.
pub fn end_of_day(date: NaiveDate) -> Option<i64> {
    bogota_millis(date.and_hms_opt(23, 59, 59)?)
}

fn bogota_millis(local: NaiveDateTime) -> Option<i64> {
    BOGOTA.from_local_datetime(&local).single().map(|instant| instant.timestamp_millis())
}

/// The instant in the wire's form.
#[expect(clippy::expect_used, reason = "1970 is within the calendar")]
pub fn instant(millis: i64) -> ServerInstant {
    ServerInstant::from_millis(millis).or_else(|_| ServerInstant::from_millis(0)).expect("1970 is an instant")
}

/// The deadline in the wire's form.
pub fn deadline(millis: i64) -> Deadline {
    Deadline::At(instant(millis))
}
