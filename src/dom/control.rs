//! The live properties of a form control, whichever its kind.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// An `input`, a `select`, a `textarea`; of any other element the properties are `None`.
    pub(super) type Control;

    /// What was typed or chosen. A lone surrogate in it arrives as U+FFFD, which every validator
    /// refuses: ill-formed text is told to the shopper, never sent on changed.
    #[wasm_bindgen(method, getter)]
    pub(super) fn value(this: &Control) -> Option<String>;

    #[wasm_bindgen(method, setter)]
    pub(super) fn set_value(this: &Control, value: &str);

    /// Where the caret stands, in UTF-16 units; `None` where it cannot be told.
    #[wasm_bindgen(method, getter, js_name = selectionStart)]
    pub(super) fn selection_start(this: &Control) -> Option<u32>;

    #[wasm_bindgen(method, js_name = setSelectionRange)]
    pub(super) fn set_selection_range(this: &Control, start: u32, end: u32);

    /// Whether it is ticked.
    #[wasm_bindgen(method, getter)]
    pub(super) fn checked(this: &Control) -> Option<bool>;

    #[wasm_bindgen(method, setter)]
    pub(super) fn set_checked(this: &Control, checked: bool);

    /// `checkbox`, `text`, …
    #[wasm_bindgen(method, getter, js_name = type)]
    pub(super) fn kind(this: &Control) -> Option<String>;
}

impl Control {
    /// The text that stands for the control's state: a ticked box is `on`, an unticked one empty.
    pub(super) fn text(&self) -> String {
        if self.kind().as_deref() != Some("checkbox") {
            return self.value().unwrap_or_default();
        }
        if self.checked() == Some(true) { "on".to_owned() } else { String::new() }
    }
}
