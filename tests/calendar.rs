//! Holidays and opening hours, seen from outside.
#![allow(clippy::unwrap_used)]

use efecty_checkout::calendar::{
    BogotaDate, CalendarError, Hours, Opening, ServerInstant, Weekday, colombian_holidays,
};
use proptest::prelude::*;

fn date(text: &str) -> BogotaDate {
    BogotaDate::parse(text).unwrap()
}

fn instant(text: &str) -> ServerInstant {
    ServerInstant::parse(text).unwrap()
}

/// Opens and closes, as a clock in Bogotá shows them.
fn visit(hours: &Hours, deadline: &str) -> Option<(String, String)> {
    let clock = |at: ServerInstant| {
        let at = at.in_bogota();
        format!("{} {:02}:{:02}", at.date, at.hour, at.minute)
    };
    hours.last_visit(instant(deadline)).map(|visit| (clock(visit.opens), clock(visit.closes)))
}

#[test]
fn the_holidays_of_2026() {
    let days: Vec<String> =
        colombian_holidays(2026).unwrap().iter().map(|holiday| holiday.date.to_string()).collect();
    let expected = "01-01 01-12 03-23 04-02 04-03 05-01 05-18 06-08 06-15 06-29 07-13 07-20 08-07 08-17 10-12 \
                    11-02 11-16 12-08 12-25";
    assert_eq!(days.join(" ").replace("2026-", ""), expected);
}

#[test]
fn chiquinquira_begins_in_2026() {
    let has_it = |year: i32| {
        colombian_holidays(year).unwrap().iter().any(|holiday| holiday.name.contains("Chiquinquirá"))
    };
    assert!(!has_it(2025));
    assert!(has_it(2026));
}

#[test]
fn two_holidays_may_share_a_day() {
    let names: Vec<&str> = colombian_holidays(2025)
        .unwrap()
        .into_iter()
        .filter(|holiday| holiday.date == date("2025-06-30"))
        .map(|holiday| holiday.name)
        .collect();
    assert_eq!(names, ["Sagrado Corazón de Jesús", "San Pedro y San Pablo"]);
}

#[test]
fn years_before_the_law_are_refused() {
    assert_eq!(colombian_holidays(1983), Err(CalendarError::Year));
    assert_eq!(colombian_holidays(10_000), Err(CalendarError::Year));
    assert!(colombian_holidays(9999).is_ok());
}

#[test]
fn business_days() {
    assert!(!date("2026-07-13").is_business_day());
    assert!(!date("2026-11-28").is_business_day());
    assert!(date("2026-11-27").is_business_day());
    assert_eq!(date("2026-04-01").next_business_day(), Some(date("2026-04-06")));
    assert_eq!(date("2026-07-10").next_business_day(), Some(date("2026-07-14")));
}

#[test]
fn the_last_visit_is_not_at_midnight() {
    let two = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
    // Friday 23:59:59 in Bogotá.
    assert_eq!(visit(&Hours::USUAL, "2026-11-28T04:59:59Z"), two("2026-11-27 08:00", "2026-11-27 18:00"));
    // A deadline within the opening hours ends them.
    assert_eq!(visit(&Hours::USUAL, "2026-11-27T20:15:00Z"), two("2026-11-27 08:00", "2026-11-27 15:15"));
    // Sunday: Saturday until 13:00.
    assert_eq!(visit(&Hours::USUAL, "2026-11-30T04:59:59Z"), two("2026-11-28 08:00", "2026-11-28 13:00"));
    // The Monday of Cartagena's independence: Saturday.
    assert_eq!(visit(&Hours::USUAL, "2026-11-17T04:59:59Z"), two("2026-11-14 08:00", "2026-11-14 13:00"));
    // Easter Sunday: Holy Saturday is a Saturday like any other.
    assert_eq!(visit(&Hours::USUAL, "2026-04-06T04:59:59Z"), two("2026-04-04 08:00", "2026-04-04 13:00"));
    // A quarter of an hour after opening is too little: the day before.
    assert_eq!(visit(&Hours::USUAL, "2026-11-27T13:15:00Z"), two("2026-11-26 08:00", "2026-11-26 18:00"));
    assert_eq!(visit(&Hours::default(), "2026-11-28T04:59:59Z"), None);
}

fn hours() -> impl Strategy<Value = Hours> {
    let opening = || {
        proptest::option::of(
            (0u16..1440, 1u16..=1440)
                .prop_filter("opens before it closes", |(a, b)| a < b)
                .prop_map(|(opens, closes)| Opening { opens, closes }),
        )
    };
    (opening(), opening(), opening()).prop_map(|(weekdays, saturday, sunday)| Hours {
        weekdays,
        saturday,
        sunday,
    })
}

proptest! {
    #[test]
    fn a_visit_ends_by_the_deadline_within_one_day_s_hours(hours in hours(), millis in 1_700_000_000_000i64..2_500_000_000_000) {
        let deadline = ServerInstant::from_millis(millis).unwrap();
        if let Some(visit) = hours.last_visit(deadline) {
            prop_assert!(visit.closes <= deadline);
            prop_assert!(visit.closes.millis() - visit.opens.millis() >= 30 * 60_000);
            let day = visit.opens.in_bogota().date;
            let opening = hours.on(day).unwrap();
            prop_assert_eq!(visit.opens, day.at(opening.opens));
            prop_assert!(visit.closes <= day.at(opening.closes));
            // No opening of a later day ends before the deadline and lasts.
            let mut later = day;
            loop {
                later = later.plus_days(1).unwrap();
                if later.at(0) > deadline { break }
                if let Some(opening) = hours.on(later) {
                    prop_assert!(later.at(opening.closes).min(deadline).millis() - later.at(opening.opens).millis() < 30 * 60_000);
                }
            }
        }
    }

    #[test]
    fn a_day_s_minutes_are_what_its_clock_shows(days in 0i64..40_000, minutes in 0u16..1440) {
        let day = date("1984-01-01").plus_days(days).unwrap();
        let shown = day.at(minutes).in_bogota();
        prop_assert_eq!((shown.date, shown.hour * 60 + shown.minute), (day, u32::from(minutes)));
    }

    #[test]
    fn the_next_business_day_skips_nothing(days in 0i64..40_000) {
        let day = date("1984-01-01").plus_days(days).unwrap();
        let next = day.next_business_day().unwrap();
        prop_assert!(next.is_business_day());
        let mut between = day.plus_days(1).unwrap();
        while between < next {
            prop_assert!(!between.is_business_day());
            between = between.plus_days(1).unwrap();
        }
    }

    #[test]
    fn moved_holidays_are_mondays(year in 1984i32..=9999) {
        let holidays = colombian_holidays(year).unwrap();
        let moved = ["Reyes", "José", "Ascensión", "Corpus", "Sagrado", "Pedro", "Chiquinquirá", "Asunción", "Diversidad", "Santos", "Cartagena"];
        for holiday in holidays.iter().filter(|holiday| moved.iter().any(|name| holiday.name.contains(name))) {
            prop_assert_eq!(holiday.date.weekday(), Weekday::Mon);
        }
        prop_assert_eq!(holidays.len(), if year < 2026 { 18 } else { 19 });
    }
}
