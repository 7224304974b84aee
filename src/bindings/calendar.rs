//! The exports that know the calendar.

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

use crate::calendar::{BogotaDate, CalendarError, Holiday};

#[derive(Serialize)]
struct HolidayObject {
    date: String,
    name: &'static str,
}

/// The public holidays of Colombia in a year from 1984 on, in order: the free day (`2026-07-13`) and
/// the name in Spanish. Two may share a day.
///
/// Throws where the year is not a whole number from 1984 to 9999.
///
/// Source: Ley 51 of 1983, and for 9 July since 2026 Ley 2578 of 2026.
#[wasm_bindgen(js_name = colombianHolidays, unchecked_return_type = "{ date: string; name: string }[]")]
pub fn colombian_holidays(year: f64) -> Result<JsValue, JsError> {
    // Anything but a whole number of that size becomes a year that is refused.
    let whole = if year.fract() == 0.0 { year as i32 } else { 0 };
    let holidays = crate::calendar::colombian_holidays(whole)?;
    let object = |holiday: &Holiday| HolidayObject { date: holiday.date.to_string(), name: holiday.name };
    Ok(serde_wasm_bindgen::to_value(&holidays.iter().map(object).collect::<Vec<_>>())?)
}

/// Whether a day in Bogotá (`2026-07-13`) is Monday to Friday and no public holiday.
///
/// Throws where it is not `YYYY-MM-DD` from 1984 on. Source: as `colombianHolidays`.
#[wasm_bindgen(js_name = isBusinessDay)]
pub fn is_business_day(date: &str) -> Result<bool, JsError> {
    Ok(day(date)?.is_business_day())
}

/// The first business day after a day in Bogotá (`2026-07-13`).
///
/// Throws where it is not `YYYY-MM-DD` from 1984 on, or too close to the end of the year 9999.
/// Source: as `colombianHolidays`.
#[wasm_bindgen(js_name = nextBusinessDay)]
pub fn next_business_day(date: &str) -> Result<String, JsError> {
    let next = day(date)?.next_business_day().ok_or(CalendarError::Date)?;
    Ok(next.to_string())
}

fn day(date: &str) -> Result<BogotaDate, CalendarError> {
    let day = BogotaDate::parse(date)?;
    if day.year() < crate::calendar::FIRST_HOLIDAY_YEAR { Err(CalendarError::Year) } else { Ok(day) }
}
