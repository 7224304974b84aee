//! The names by which the drawn tree speaks of buttons.

use crate::session::{Button, Copyable, Take};

use super::Text;

const PLAIN: [(Button, &str); 16] = [
    (Button::Submit, "submit"),
    (Button::Retry, "retry"),
    (Button::IHavePaid, "i-have-paid"),
    (Button::NotPaid, "not-paid"),
    (Button::ToggleCodes, "toggle-codes"),
    (Button::ToggleCountdown, "toggle-countdown"),
    (Button::ToggleBarcode, "toggle-barcode"),
    (Button::Renew, "renew"),
    (Button::OpenNew, "open-new"),
    (Button::TakeSuggestion, "take-suggestion"),
    (Button::Take(Take::Image), "take-image"),
    (Button::Take(Take::Share), "take-share"),
    (Button::Take(Take::Reminder), "take-reminder"),
    (Button::Take(Take::Print), "take-print"),
    (Button::Copy(Copyable::Message), "copy-message"),
    (Button::Copy(Copyable::Support), "copy-support"),
];
const COPY_AGREEMENT: &str = "copy-agreement-";
const COPY_REFERENCE: &str = "copy-reference-";
const COPY_AMOUNT: &str = "copy-amount";

/// The value of `data-press` for a button.
pub fn press_name(button: Button) -> Text {
    match button {
        Button::Copy(Copyable::Agreement(i)) => [COPY_AGREEMENT, &i.to_string()].concat().into(),
        Button::Copy(Copyable::Reference(i)) => [COPY_REFERENCE, &i.to_string()].concat().into(),
        Button::Copy(Copyable::Amount) => COPY_AMOUNT.into(),
        plain => PLAIN.iter().find(|(b, _)| *b == plain).map_or("", |(_, name)| name).into(),
    }
}

/// The button that `data-press` names.
pub fn pressed_button(name: &str) -> Option<Button> {
    let index = |prefix: &str| name.strip_prefix(prefix)?.parse::<u8>().ok();
    if name == COPY_AMOUNT {
        return Some(Button::Copy(Copyable::Amount));
    }
    if let Some(i) = index(COPY_AGREEMENT) {
        return Some(Button::Copy(Copyable::Agreement(i)));
    }
    if let Some(i) = index(COPY_REFERENCE) {
        return Some(Button::Copy(Copyable::Reference(i)));
    }
    PLAIN.iter().find(|(_, n)| *n == name).map(|(button, _)| *button)
}
