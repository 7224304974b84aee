//! From the state of the screen to its elements.

mod counter;
mod failure;
mod form;
mod parts;
mod settled;
mod voucher;

use super::{Element, Say, Screen, View, element};

/// The whole content of the shadow root.
pub fn draw(view: &View) -> Element {
    let language = view.language;
    let content = match &view.screen {
        Screen::Loading { stalled } => {
            let say = if *stalled { Say::LoadingSlow } else { Say::Loading };
            parts::card("loading").child(
                element("div")
                    .class("pad busy")
                    .child(element("span").class("spinner").with("aria-hidden", "true"))
                    .child(element("p").text(say.text(language))),
            )
        }
        Screen::Form(form) => form::draw(form, language),
        Screen::Voucher(voucher) => voucher::draw(voucher, language),
        Screen::Failure(failure) => failure::draw(&failure.trouble, language),
    };
    element("div")
        .class("efecty")
        .with("lang", language.tag())
        .child(content)
        // There before it speaks, or screen readers miss it.
        .child(element("p").class("hidden").with("role", "status").text(spoken(view)))
}

/// What a screen reader hears of a change that moves no focus.
fn spoken(view: &View) -> String {
    let language = view.language;
    let say = |say: Say| say.text(language).to_owned();
    match &view.screen {
        Screen::Loading { stalled: true } => say(Say::LoadingSlow),
        Screen::Loading { stalled: false } => String::new(),
        Screen::Form(form) => match form.sending {
            Some(sending) => say(if sending.slow { Say::CreatingSlow } else { Say::Creating }),
            None => String::new(),
        },
        Screen::Voucher(view) => match view.copied {
            Some((_, true)) => say(Say::Copied),
            Some((_, false)) => say(Say::CopyFailed),
            None => voucher::title(view, language),
        },
        Screen::Failure(_) => say(Say::FailureTitle),
    }
}
