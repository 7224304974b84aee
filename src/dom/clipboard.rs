//! Putting a text on the clipboard, and telling truthfully whether it is there.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlDocument, HtmlElement, HtmlTextAreaElement, ShadowRoot, Window};

/// Asks the clipboard to take `text`; nothing where the page has no clipboard (it is not served
/// securely).
pub(super) fn write(window: &Window, text: &str) -> Option<Promise> {
    let clipboard = window.navigator().clipboard();
    (!clipboard.is_undefined()).then(|| clipboard.write_text(text))
}

/// The older way: selects the text in a control of its own and copies the selection.
pub(super) fn copy_selection(document: &Document, root: &ShadowRoot, text: &str) -> bool {
    let Some(control) = document.create_element("textarea").ok().and_then(|e| e.dyn_into().ok()) else {
        return false;
    };
    let control: HtmlTextAreaElement = control;
    let focused = root.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    control.set_read_only(true);
    control.set_class_name("hidden");
    control.set_value(text);
    let _ = root.append_child(&control);
    control.select();
    let document: &HtmlDocument = document.unchecked_ref();
    let done = document.exec_command("copy").unwrap_or(false);
    control.remove();
    if let Some(focused) = focused {
        let _ = focused.focus();
    }
    done
}
