//! Putting a text on the clipboard, and telling truthfully whether it is there.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlDocument, HtmlElement, HtmlTextAreaElement, ShadowRoot, Window};

/// The clipboard, as one element reaches it.
pub(super) struct Clipboard {
    pub window: Window,
    pub document: Document,
    pub root: ShadowRoot,
}

impl Clipboard {
    /// Asks the clipboard to take `text`; nothing where the page has none (it is not served
    /// securely).
    pub fn write(&self, text: &str) -> Option<Promise> {
        let clipboard = self.window.navigator().clipboard();
        (!clipboard.is_undefined()).then(|| clipboard.write_text(text))
    }

    /// The older way: selects the text in a control of its own and copies the selection.
    pub fn copy_selection(&self, text: &str) -> bool {
        let control =
            self.document.create_element("textarea").ok().and_then(|element| element.dyn_into().ok());
        let Some(control) = control else { return false };
        let control: HtmlTextAreaElement = control;
        let focused = self.root.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
        control.set_read_only(true);
        control.set_class_name("hidden");
        control.set_value(text);
        let _ = self.root.append_child(&control);
        control.select();
        let document: &HtmlDocument = self.document.unchecked_ref();
        let done = document.exec_command("copy").unwrap_or(false);
        control.remove();
        if let Some(focused) = focused {
            let _ = focused.focus();
        }
        done
    }
}
