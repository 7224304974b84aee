//! Event listeners that go when they are dropped.

use js_sys::Function;
use web_sys::{Document, EventTarget, ShadowRoot, Window};

/// What a shopper does inside the element.
const INSIDE: [&str; 5] = ["click", "input", "change", "focusout", "submit"];
/// What tells that somebody is there, or that the page is looked at or not.
const PAGE: [&str; 6] = ["keydown", "pointerdown", "click", "visibilitychange", "freeze", "resume"];
/// The rest of the page's life.
const WINDOW: [&str; 3] = ["pageshow", "pagehide", "online"];

/// Listens to everything that concerns one element, with one function.
pub(super) fn listen(
    window: &Window,
    document: &Document,
    root: &ShadowRoot,
    listener: &Function,
) -> Vec<Listener> {
    let on = |target: &EventTarget, events: &[&'static str]| -> Vec<Listener> {
        events.iter().map(|event| Listener::new(target, event, listener)).collect()
    };
    [on(root, &INSIDE), on(document, &PAGE), on(window, &WINDOW)].into_iter().flatten().collect()
}

/// One listener on one target.
#[must_use = "it stops listening when dropped"]
pub(super) struct Listener {
    target: EventTarget,
    event: &'static str,
    function: Function,
}

impl Listener {
    fn new(target: &EventTarget, event: &'static str, function: &Function) -> Listener {
        let _ = target.add_event_listener_with_callback(event, function);
        Listener { target: target.clone(), event, function: function.clone() }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.event, &self.function);
    }
}
