//! What the browser tells, and what it means to the session.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, ShadowRoot};

use crate::payer::Field;
use crate::session::{Button, Input};
use crate::view::pressed_button;

use super::control::Control;
use super::typing;

/// Something that waits to be taken in.
pub(super) enum Notice {
    /// An input of the session.
    Input(Input),
    /// Another tab or the stream of events.
    Contact { what: String, text: String },
    /// A promise that was followed is settled.
    Settled {
        ticket: u32,
        /// What it gave, unless it was rejected.
        value: Option<JsValue>,
    },
}

/// What an event of this kind means to the session, if anything.
pub(super) fn input(kind: &str, event: &Event, document: &Document) -> Option<Input> {
    let target = || event.target()?.dyn_into::<Element>().ok();
    match kind {
        // A button of the host page's, whatever it is called, is not ours.
        "click" if event.current_target()?.dyn_into::<ShadowRoot>().is_ok() => {
            let button = target()?.closest("button[data-press]").ok()??;
            button_of(&button).map(Input::Pressed)
        }
        "click" => None,
        "submit" => {
            event.prevent_default();
            button_of(&target()?).map(Input::Pressed)
        }
        "input" | "change" => {
            let target = target()?;
            let control: &Control = target.unchecked_ref();
            let field = field_of(&target)?;
            typing::group(field, &target, event);
            Some(Input::Typed { field, text: control.text() })
        }
        "focusout" => field_of(&target()?).map(Input::Left),
        "keydown" | "pointerdown" => Some(Input::Attention),
        "pagehide" | "freeze" => Some(Input::Hidden),
        _ => Some(if document.hidden() { Input::Hidden } else { Input::Returned }),
    }
}

fn button_of(element: &Element) -> Option<Button> {
    pressed_button(&element.get_attribute("data-press")?)
}

fn field_of(element: &Element) -> Option<Field> {
    Field::from_path(&element.get_attribute("data-field")?)
}
