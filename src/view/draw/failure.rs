//! The screen that says what went wrong.

use crate::language::Language;
use crate::session::{Button, Trouble, TroubleCode};

use super::super::{Element, Say, element};
use super::parts;

pub fn draw(trouble: &Trouble, language: Language) -> Element {
    let mut body = element("div")
        .class("pad center")
        .child(element("div").class("mark bad").child(parts::icon(parts::WARNING_ICON)))
        .child(parts::heading(Say::FailureTitle.text(language)))
        .child(parts::soft(parts::trouble_text(trouble).text(language)));
    // Trying again mends neither the shop's page nor a wrong address.
    if trouble.code != TroubleCode::Configuration {
        body = body.child(parts::primary(Button::Retry, Say::Retry.text(language)));
    }
    parts::card("failure").child(body.child(parts::support(trouble, language)))
}
