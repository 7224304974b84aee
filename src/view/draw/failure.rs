//! The screen that says what went wrong.

use crate::session::{Button, Trouble, TroubleCode};

use super::super::Say;
use super::parts;
use super::pen::Pen;

pub fn draw(trouble: &Trouble, pen: &mut Pen) {
    parts::card("failure", pen, |pen| {
        pen.within("div", "pad center", |pen| {
            parts::mark("mark bad", parts::WARNING_ICON, pen);
            parts::heading(Say::FailureTitle.text(pen.language), pen);
            pen.line("p", "soft", parts::trouble_text(trouble));
            // Trying again mends no setting of the shop's page.
            if trouble.code != TroubleCode::Configuration {
                parts::primary(Button::Retry, Say::Retry, pen);
            }
            parts::support(trouble, pen);
        });
    });
}
