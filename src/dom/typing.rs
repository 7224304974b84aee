//! Groups the digits of a field as they are typed, and keeps the caret where it was.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, Event};

use crate::payer::{DocumentType, Field, format_while_typing};

use super::control::Control;

#[wasm_bindgen]
extern "C" {
    /// An event of typing; of any other event the properties are `None`.
    type Typing;

    /// Whether a keyboard is still putting a character together.
    #[wasm_bindgen(method, getter, js_name = isComposing)]
    fn is_composing(this: &Typing) -> Option<bool>;

    /// `insertText`, `deleteContentForward`, …
    #[wasm_bindgen(method, getter, js_name = inputType)]
    fn input_type(this: &Typing) -> Option<String>;
}

/// Shows what was just typed or pasted in `field` in groups.
pub(super) fn group(field: Field, target: &Element, event: &Event) {
    if !matches!(field, Field::DocumentNumber | Field::Phone) {
        return;
    }
    let (control, typing): (&Control, &Typing) = (target.unchecked_ref(), event.unchecked_ref());
    let how = typing.input_type().unwrap_or_default();
    // What is undone is to look as it did.
    if typing.is_composing() == Some(true) || how.starts_with("history") {
        return;
    }
    let (Some(text), Some(caret)) = (control.value(), control.selection_start()) else { return };
    let (grouped, mut caret) = format_while_typing(field, document_type(target), &text, caret as usize);
    if grouped == text {
        return;
    }
    if how == "deleteContentForward" {
        // The mark that was deleted stands there again: the next delete is for the digit behind it.
        caret += grouped.bytes().skip(caret).take_while(|byte| !byte.is_ascii_digit()).count();
    }
    control.set_value(&grouped);
    if target.matches(":focus") == Ok(true) {
        control.set_selection_range(caret as u32, caret as u32);
    }
}

fn document_type(target: &Element) -> DocumentType {
    let form = target.closest("form").ok().flatten();
    let select = form.and_then(|form| form.query_selector("select").ok().flatten());
    let code = select.and_then(|select| select.unchecked_ref::<Control>().value());
    code.and_then(|code| DocumentType::from_code(&code)).unwrap_or(DocumentType::Cc)
}
