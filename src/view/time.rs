//! Dates and durations as people in Colombia write them, whatever the engine's own formats.

use crate::calendar::{BogotaTime, ServerInstant};
use crate::language::Language;

const DAYS_ES: [&str; 7] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];
const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// `viernes 27 de noviembre`, `Friday, November 27` with a last space that does not break; the wall
/// time in Bogotá.
pub fn day(instant: ServerInstant, language: Language) -> String {
    let date = instant.in_bogota().date;
    let weekday = date.weekday() as usize;
    let month = date.month() as usize - 1;
    let number = date.day().to_string();
    match language {
        Language::Es => [DAYS_ES[weekday], " ", &number, " de ", MONTHS_ES[month]].concat(),
        Language::En => [DAYS_EN[weekday], ", ", MONTHS_EN[month], "\u{a0}", &number].concat(),
    }
}

/// `11:59 p. m.` with spaces that do not break, `11:59 p.m.` in English.
pub fn hour(instant: ServerInstant, language: Language) -> String {
    let BogotaTime { hour, minute, .. } = instant.in_bogota();
    let half = match (language, hour < 12) {
        (Language::Es, true) => "\u{a0}a.\u{a0}m.",
        (Language::Es, false) => "\u{a0}p.\u{a0}m.",
        (Language::En, true) => "\u{a0}a.m.",
        (Language::En, false) => "\u{a0}p.m.",
    };
    let hour = if hour.is_multiple_of(12) { 12 } else { hour % 12 };
    [&hour.to_string(), ":", &two_digits(minute.into()), half].concat()
}

/// The hour with its article: `las 6:00 p. m.`, `la 1:00 p. m.`; without one in English.
pub fn the_hour(instant: ServerInstant, language: Language) -> String {
    let article = match (language, instant.in_bogota().hour % 12) {
        (Language::En, _) => "",
        (Language::Es, 1) => "la ",
        (Language::Es, _) => "las ",
    };
    [article, &hour(instant, language)].concat()
}

/// Day and hour together.
pub fn day_and_hour(instant: ServerInstant, language: Language) -> String {
    [&day(instant, language), ", ", &hour(instant, language)].concat()
}

/// What is left: `3 días 9 h`, `1 día`, `9 h 12 min`, in the last hour `42 min 07 s`; whole units, cut
/// off.
pub fn countdown(millis: i64, language: Language) -> String {
    let (hours, minutes) = (millis % DAY / HOUR, millis % HOUR / MINUTE);
    let number = |n: i64| n.to_string();
    if millis >= DAY {
        let days = age(millis, language);
        if hours == 0 { days } else { [&days, " ", &number(hours), "\u{a0}h"].concat() }
    } else if hours > 0 {
        [&number(hours), "\u{a0}h ", &number(minutes), "\u{a0}min"].concat()
    } else {
        let seconds = two_digits(millis % MINUTE / 1_000);
        [&number(minutes), "\u{a0}min ", &seconds, "\u{a0}s"].concat()
    }
}

/// How long ago: `5 min`, `3 h`, `2 días`.
pub fn age(millis: i64, language: Language) -> String {
    let (n, unit) = match millis {
        ..HOUR => (millis / MINUTE, "min"),
        HOUR..DAY => (millis / HOUR, "h"),
        _ => (millis / DAY, if language == Language::Es { "día" } else { "day" }),
    };
    let plural = if millis >= 2 * DAY { "s" } else { "" };
    [&n.to_string(), "\u{a0}", unit, plural].concat()
}

fn two_digits(n: i64) -> String {
    let digits = n.to_string();
    if digits.len() < 2 { ["0", &digits].concat() } else { digits }
}
