//! The public holidays of Colombia: Ley 51 of 1983, and Ley 2578 of 2026, which adds one.

use super::{BogotaDate, CalendarError, Weekday};

/// The first year of the law; what was free before is not known here.
pub const FIRST_HOLIDAY_YEAR: i32 = 1984;
/// The first year with the Virgin of Chiquinquirá.
const CHIQUINQUIRA_YEAR: i32 = 2026;

/// A public holiday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day that is free, moved to a Monday where the law moves it.
    pub date: BogotaDate,
    /// Its name in Spanish.
    pub name: &'static str,
}

#[derive(Clone, Copy)]
enum Rule {
    /// Always on this day of this month.
    Fixed(u32, u32),
    /// On this day where it is a Monday, else on the Monday after.
    Monday(u32, u32),
    /// So many days from Easter Sunday; those that the law moves are moved here already.
    Easter(i64),
}

const RULES: [(Rule, &str); 19] = [
    (Rule::Fixed(1, 1), "Año Nuevo"),
    (Rule::Monday(1, 6), "Día de los Reyes Magos"),
    (Rule::Monday(3, 19), "Día de San José"),
    (Rule::Easter(-3), "Jueves Santo"),
    (Rule::Easter(-2), "Viernes Santo"),
    (Rule::Fixed(5, 1), "Día del Trabajo"),
    (Rule::Easter(43), "Ascensión del Señor"),
    (Rule::Easter(64), "Corpus Christi"),
    (Rule::Easter(71), "Sagrado Corazón de Jesús"),
    (Rule::Monday(6, 29), "San Pedro y San Pablo"),
    (Rule::Monday(7, 9), "Virgen de Chiquinquirá"),
    (Rule::Fixed(7, 20), "Día de la Independencia"),
    (Rule::Fixed(8, 7), "Batalla de Boyacá"),
    (Rule::Monday(8, 15), "Asunción de la Virgen"),
    (Rule::Monday(10, 12), "Día de la Diversidad Étnica y Cultural"),
    (Rule::Monday(11, 1), "Todos los Santos"),
    (Rule::Monday(11, 11), "Independencia de Cartagena"),
    (Rule::Fixed(12, 8), "Inmaculada Concepción"),
    (Rule::Fixed(12, 25), "Navidad"),
];

/// The holidays of a year from 1984 to 9999, in order of date. Two may share a day.
pub fn colombian_holidays(year: i32) -> Result<Vec<Holiday>, CalendarError> {
    if !(FIRST_HOLIDAY_YEAR..=9999).contains(&year) {
        return Err(CalendarError::Year);
    }
    let mut holidays: Vec<Holiday> = of_year(year).collect();
    holidays.sort_by_key(|holiday| holiday.date);
    Ok(holidays)
}

impl BogotaDate {
    /// Whether it is a public holiday, by the law in force since 1984. Sundays are none by themselves.
    pub fn is_holiday(self) -> bool {
        of_year(self.year()).any(|holiday| holiday.date == self)
    }

    /// Whether it is a business day: Monday to Friday and no public holiday.
    pub fn is_business_day(self) -> bool {
        !matches!(self.weekday(), Weekday::Sat | Weekday::Sun) && !self.is_holiday()
    }

    /// The first business day after this one; none past the calendar's end.
    pub fn next_business_day(self) -> Option<BogotaDate> {
        let mut day = self.plus_days(1)?;
        while !day.is_business_day() {
            day = day.plus_days(1)?;
        }
        Some(day)
    }
}

fn of_year(year: i32) -> impl Iterator<Item = Holiday> {
    let easter = easter_sunday(year);
    let rules = RULES
        .iter()
        .filter(move |(rule, _)| year >= CHIQUINQUIRA_YEAR || !matches!(rule, Rule::Monday(7, _)));
    rules.filter_map(move |(rule, name)| {
        let date = match *rule {
            Rule::Fixed(month, day) => BogotaDate::new(year, month, day).ok(),
            Rule::Monday(month, day) => BogotaDate::new(year, month, day).ok().and_then(monday),
            Rule::Easter(days) => easter?.plus_days(days),
        };
        Some(Holiday { date: date?, name })
    })
}

/// The day itself where it is a Monday, else the Monday after.
fn monday(date: BogotaDate) -> Option<BogotaDate> {
    date.plus_days((7 - date.weekday() as i64) % 7)
}

/// Easter Sunday by the Gregorian calendar (the algorithm of Meeus, Jones and Butcher).
fn easter_sunday(year: i32) -> Option<BogotaDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    let n = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    BogotaDate::new(year, (n / 31) as u32, (n % 31 + 1) as u32).ok()
}
