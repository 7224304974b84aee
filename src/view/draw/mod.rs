//! From the state of the screen to its elements.

mod codes;
mod counter;
mod failure;
mod form;
mod page;
mod parts;
mod pen;
mod settled;
mod take;
mod voucher;

pub use page::page;
pub(super) use voucher::title as voucher_title;

use super::take::essentials;
use super::{Element, Phase, Say, Screen, View};
use pen::Pen;

const TEN_MINUTES: i64 = 10 * 60_000;
const HOUR: i64 = 60 * 60_000;
const DAY: i64 = 24 * HOUR;

/// The whole content of the shadow root.
pub fn draw(view: &View) -> Element {
    Pen::draw(view.language, "div", "efecty", |pen| {
        pen.set("lang", view.language.tag());
        match &view.screen {
            Screen::Loading { stalled } => loading(*stalled, pen),
            Screen::Form(form) => form::draw(form, pen),
            Screen::Voucher(voucher) => voucher::draw(voucher, pen),
            Screen::Failure(failure) => failure::draw(failure, pen),
        }
        // There before it speaks, or screen readers miss it.
        pen.within("p", "hidden", |pen| {
            pen.set("role", "status");
            speak(view, pen);
        });
    })
}

fn loading(stalled: bool, pen: &mut Pen) {
    parts::card("loading", pen, |pen| {
        pen.within("div", "pad busy", |pen| {
            pen.within("span", "spinner", |pen| pen.set("aria-hidden", "true"));
            pen.line("p", "", if stalled { Say::LoadingSlow } else { Say::Loading });
        });
    });
}

/// What a screen reader hears of a change that moves no focus.
fn speak(view: &View, pen: &mut Pen) {
    let copied = match &view.screen {
        Screen::Loading { .. } => None,
        Screen::Form(form) => form.copied,
        Screen::Voucher(voucher) => voucher.copied,
        Screen::Failure(failure) => failure.copied,
    };
    if let Some((what, done)) = copied {
        let label = match &view.screen {
            Screen::Voucher(view) => essentials::label(what, &view.voucher, pen.language),
            _ => None,
        };
        return pen.within("span", "", |pen| {
            // Another node speaks, where the words are the same.
            pen.set("key", if view.echo { "again" } else { "once" });
            match label {
                _ if !done => pen.say(Say::CopyFailed),
                Some(label) => pen.fill(Say::CopiedThing, &[label]),
                None => pen.say(Say::Copied),
            }
        });
    }
    let say = match &view.screen {
        Screen::Loading { stalled: true } => Say::LoadingSlow,
        Screen::Loading { stalled: false } => return pen.words(""),
        Screen::Form(form) => match form.sending {
            Some(sending) if sending.slow => Say::CreatingSlow,
            Some(_) => Say::Creating,
            None if !form.errors.is_empty() => return pen.words(&form::errors_found(form, pen.language)),
            None => return pen.words(""),
        },
        Screen::Voucher(view) if view.phase != Phase::Payable => {
            return pen.words(&voucher::title(view, pen.language));
        }
        Screen::Voucher(view) if view.taken.is_some() => match take::outcome(view) {
            Some(say) => say,
            None => return pen.words(""),
        },
        Screen::Voucher(view) if view.trouble.is_some() => Say::CheckFailed,
        Screen::Voucher(view) => match view.remaining_millis {
            // Each is spoken once, when it comes to be true.
            Some(..TEN_MINUTES) => Say::LeftMinutes,
            Some(TEN_MINUTES..HOUR) => Say::LeftHour,
            Some(HOUR..DAY) => Say::LeftDay,
            _ => return pen.words(&voucher::title(view, pen.language)),
        },
        Screen::Failure(_) => Say::FailureTitle,
    };
    pen.say(say);
}
