//! Instants and days, against chrono's own reading and against plain arithmetic.

use chrono::{DateTime, NaiveDate};
use efecty_checkout::calendar::{BogotaDate, CalendarError, Deadline, ServerInstant};
use proptest::prelude::*;
use serde_json::json;

use super::schema;

/// 9999-12-31T23:59:59.999Z, in milliseconds after 1970.
const LAST_MILLIS: i64 = 253_402_300_799_999;
/// 0000-01-01T05:00:00Z, which is the year's begin in Bogotá.
const FIRST_MILLIS: i64 = -62_167_201_200_000;

proptest! {
    #[test]
    fn what_is_accepted_is_what_chrono_reads(
        text in r"[0-9]{4}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9]([.,][0-9]{0,10})?(Z|z|[+-][0-2][0-9]:?[0-6][0-9])?",
    ) {
        if let Ok(instant) = ServerInstant::parse(&text) {
            let oracle = DateTime::parse_from_rfc3339(&text).unwrap();
            prop_assert_eq!(instant.millis(), oracle.timestamp_millis());
        }
    }

    #[test]
    fn an_instant_is_its_parts(
        (year, month, day) in (1_i64..9999, 1_i64..13, 1_i64..29),
        (hour, minute, second) in (0_i64..24, 0_i64..60, 0_i64..60),
        fraction in "[0-9]{0,9}",
        (sign, offset) in (any::<bool>(), 0_i64..24 * 60),
    ) {
        let point = if fraction.is_empty() { "" } else { "." };
        let mark = if sign { '+' } else { '-' };
        let text = format!(
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{point}{fraction}{mark}{:02}:{:02}",
            offset / 60, offset % 60,
        );
        let millis: i64 = format!("{fraction:0<3}")[..3].parse().unwrap();
        let minutes = (days(year, month, day) * 24 + hour) * 60 + minute - if sign { offset } else { -offset };
        let expected = (minutes * 60 + second) * 1000 + millis;
        prop_assert_eq!(ServerInstant::parse(&text).unwrap().millis(), expected);
    }

    #[test]
    fn writing_and_reading_an_instant_changes_nothing(millis in FIRST_MILLIS..=LAST_MILLIS) {
        let instant = ServerInstant::from_millis(millis).unwrap();
        prop_assert_eq!(ServerInstant::parse(&instant.to_string()), Ok(instant));
    }

    #[test]
    fn any_text_is_an_instant_or_none(text in any::<String>()) {
        prop_assert!(ServerInstant::parse(&text).is_err());
    }

    #[test]
    fn a_day_is_what_chrono_reads(text in "[0-9]{4}[-/]?[01]?[0-9][-/]?[0-3]?[0-9]") {
        match BogotaDate::parse(&text) {
            Ok(date) => {
                prop_assert_eq!(date.to_string(), text.as_str());
                let oracle = NaiveDate::parse_from_str(&text, "%Y-%m-%d").unwrap();
                prop_assert_eq!(oracle.to_string(), text);
            }
            Err(error) => {
                prop_assert_eq!(error, CalendarError::Date);
                let is_day = text.len() == 10 && NaiveDate::parse_from_str(&text, "%Y-%m-%d").is_ok();
                prop_assert!(!is_day, "{}", text);
            }
        }
    }

    #[test]
    fn writing_and_reading_a_day_changes_nothing(days in 0_i64..3_652_425) {
        let date = BogotaDate::new(0, 1, 1).unwrap().plus_days(days).unwrap();
        prop_assert_eq!(BogotaDate::parse(&date.to_string()), Ok(date));
    }

    #[test]
    fn a_day_ends_where_the_next_begins(days in 0_i64..3_652_424) {
        let date = BogotaDate::new(0, 1, 1).unwrap().plus_days(days).unwrap();
        let end = Deadline::EndOf(date).instant();
        prop_assert_eq!(end.in_bogota().date, date);
        prop_assert_eq!(Some(end.plus_millis(1).in_bogota().date), date.plus_days(1));
    }
}

#[test]
fn the_calendar_ends_with_the_year_9999() {
    assert!(ServerInstant::from_millis(LAST_MILLIS + 1).is_err());
    assert!(ServerInstant::from_millis(FIRST_MILLIS - 1).is_err());
    let last = Deadline::EndOf(BogotaDate::new(9999, 12, 31).unwrap()).instant();
    assert_eq!(last.to_string(), "9999-12-31T23:59:59.999Z");
    assert_eq!(ServerInstant::parse(&last.to_string()), Ok(last));
}

#[test]
fn the_schema_knows_the_calendar() {
    let leap_days = (0..10_000).map(|year| format!("{year:04}-02-29"));
    let days = (0..14).flat_map(|month| (0..33).map(move |day| (month, day)));
    let days = days.flat_map(|(month, day)| [2027, 2028].map(|year| format!("{year}-{month:02}-{day:02}")));
    for day in leap_days.chain(days) {
        let exists = BogotaDate::parse(&day).is_ok();
        assert_eq!(schema::accepts("date", &json!(day)), exists, "{day}");
        assert_eq!(schema::accepts("instant", &json!(format!("{day}T12:00:00Z"))), exists, "{day}");
    }
}

#[test]
fn a_date_time_without_offset_is_called_so() {
    for text in ["2026-11-23T14:05:00", "2026-11-23T14:05:00.5"] {
        assert_eq!(ServerInstant::parse(text), Err(CalendarError::NaiveDateTime), "{text}");
    }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, counted in years that begin in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
        - 719_469
}
