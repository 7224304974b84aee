//! A calendar entry (RFC 5545) at the last useful opening hours.

use crate::calendar::{ServerInstant, Visit};
use crate::language::Language;
use crate::voucher::Kind;

use super::super::{Say, VoucherView};
use super::{essentials, file_name, message};

const MINUTE: i64 = 60_000;
/// A reminder comes at least this long after it was asked for.
const LEAD: i64 = 15 * MINUTE;
/// And leaves this long to go, as the last visit does.
const LEFT: i64 = 30 * MINUTE;
/// How many octets a line may have, its end not counted.
const LINE: usize = 75;

/// Colombia's clock, and the beginning of an entry that leaves the day free for other things.
const HEAD: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//efecty-checkout//ES\r\n\
    BEGIN:VTIMEZONE\r\nTZID:America/Bogota\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n\
    TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0500\r\nTZNAME:-05\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
    BEGIN:VEVENT\r\nTRANSP:TRANSPARENT\r\n";
/// When it begins, and [`LAST_CALL`] before it ends.
const TRIGGERS: [&str; 2] = ["TRIGGER:PT0M\r\n", "TRIGGER;RELATED=END:-PT2H\r\n"];
const LAST_CALL: i64 = 120 * MINUTE;

/// An iCalendar file with one entry: it begins when the outlets open on the last day that is of use,
/// or soon where they are open already, and ends when they close.
///
/// None where the deadline is not known, or so close that there is nothing to wait for.
pub fn reminder(view: &VoucherView, language: Language) -> Option<String> {
    let voucher = &view.voucher;
    let visit = reminded_visit(view)?;
    let say = if voucher.kind == Kind::Pickup { Say::RemindPickup } else { Say::RemindPayment };
    let summary = say.fill(language, &[&voucher.amount.pesos.to_text(), &voucher.beneficiary.name]);
    let mut file = File(HEAD.to_owned());
    // The same entry again where it is added twice.
    file.line("UID", &[&file_name(view), "@efecty-checkout"].concat());
    file.line("DTSTAMP", &[&basic(now(view).to_text()), "Z"].concat());
    file.line("DTSTART;TZID=America/Bogota", &local(visit.opens));
    file.line("DTEND;TZID=America/Bogota", &local(visit.closes));
    file.text("SUMMARY", &summary);
    file.text("DESCRIPTION", &message(view, language));
    if let Some(link) = essentials::link(view) {
        file.line("URL", link);
    }
    // One that would come before the entry begins might never come, or come at once.
    let n_alarms = if visit.closes.millis() - visit.opens.millis() > LAST_CALL { 2 } else { 1 };
    for trigger in &TRIGGERS[..n_alarms] {
        file.0.push_str("BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
        file.0.push_str(trigger);
        file.text("DESCRIPTION", &summary);
        file.0.push_str("END:VALARM\r\n");
    }
    file.0.push_str("END:VEVENT\r\nEND:VCALENDAR\r\n");
    Some(file.0)
}

/// The opening hours that the reminder is for, from when it comes.
pub fn reminded_visit(view: &VoucherView) -> Option<Visit> {
    let visit = essentials::last_visit(view)?;
    let opens = visit.opens.max(now(view).plus_millis(LEAD));
    (visit.closes.millis() - opens.millis() >= LEFT).then_some(Visit { opens, ..visit })
}

fn now(view: &VoucherView) -> ServerInstant {
    view.server_now.unwrap_or(view.voucher.server_time)
}

/// `20261127T180000`, as a clock in Bogotá shows it.
fn local(instant: ServerInstant) -> String {
    // Colombia is five hours behind all year.
    basic(instant.plus_millis(-300 * MINUTE).to_text())
}

/// `2026-11-27T18:00:00.000Z` without what iCalendar leaves out.
fn basic(text: String) -> String {
    text.bytes().take(19).filter(|byte| !b"-:".contains(byte)).map(char::from).collect()
}

struct File(String);

impl File {
    /// A property whose value is a text: its commas, semicolons, backslashes and line ends escaped.
    fn text(&mut self, name: &str, text: &str) {
        let mut value = String::new();
        for c in text.chars() {
            match c {
                '\n' => value.push_str("\\n"),
                ',' | ';' | '\\' => value.extend(['\\', c]),
                c => value.push(c),
            }
        }
        self.line(name, &value);
    }

    /// A line, folded where it is longer than a line may be.
    fn line(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if length + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
