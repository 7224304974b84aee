//! The screen that says what went wrong.

use crate::session::Button;

use super::super::{FailureView, Say};
use super::parts;
use super::pen::Pen;

pub fn draw(view: &FailureView, pen: &mut Pen) {
    let trouble = &view.trouble;
    parts::card("failure", pen, |pen| {
        pen.within("div", "pad center", |pen| {
            parts::mark("mark bad", parts::WARNING_ICON, pen);
            parts::heading(Say::FailureTitle.text(pen.language), pen);
            pen.line("p", "soft", parts::trouble_text(trouble));
            parts::primary(Button::Retry, Say::Retry, pen);
            parts::support(trouble, pen);
            parts::copying_support(view.copied, pen);
        });
    });
}
