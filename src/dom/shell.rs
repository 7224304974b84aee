//! The JavaScript element's side: where everything that happens in the browser comes in.
//!
//! Rust hands no function of its own to the browser except the timer's. Events and promises are
//! answered by functions of the shell, which ask first whether this instance still lives: one that
//! trapped is never entered again, and nothing needs to be forgotten or leaked.

use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::ShadowRoot;

#[wasm_bindgen]
extern "C" {
    /// What the shell does for one `Checkout`.
    pub type Shell;

    /// Calls `advance()` once, in a microtask.
    #[wasm_bindgen(method)]
    pub(super) fn wake(this: &Shell);

    /// The listener for every event; it calls `heard(event)`, then wakes.
    #[wasm_bindgen(method, getter)]
    pub(super) fn listener(this: &Shell) -> Function;

    /// Calls `settled(ticket, …)` once the promise is settled, then wakes.
    #[wasm_bindgen(method)]
    pub(super) fn follow(this: &Shell, ticket: u32, promise: &Promise);

    /// Stands in line for the lead among the tabs with this name, or takes it from whoever has it; what
    /// comes of it calls `contacted(what, text)`, then wakes.
    #[wasm_bindgen(method)]
    pub(super) fn compete(this: &Shell, name: &str, seizes: bool);

    /// Gives the lead back, or leaves the line.
    #[wasm_bindgen(method)]
    pub(super) fn withdraw(this: &Shell);

    /// Tells the other tabs.
    #[wasm_bindgen(method)]
    pub(super) fn tell(this: &Shell, text: &str);

    /// Opens the stream of events; what comes of it calls `contacted(what, text)`, then wakes.
    #[wasm_bindgen(method)]
    pub(super) fn listen(this: &Shell, url: &str, with_credentials: bool);

    /// Closes the stream of events.
    #[wasm_bindgen(method)]
    pub(super) fn mute(this: &Shell);

    /// How high the window is, in CSS pixels, or of a frame as much as a screen can show at once.
    #[wasm_bindgen(method)]
    pub(super) fn height(this: &Shell) -> f64;

    /// What works in this document, as bits: files can be saved, pages printed, texts shared, images
    /// shared.
    #[wasm_bindgen(method)]
    pub(super) fn offers(this: &Shell) -> u32;

    /// Adds to the image that is taken along next.
    #[wasm_bindgen(method)]
    pub(super) fn mark(
        this: &Shell,
        shape: &str,
        color: &str,
        text: &str,
        left: u32,
        top: u32,
        width: u32,
        height: u32,
    );

    /// A root whose content is what will be printed.
    #[wasm_bindgen(method)]
    pub(super) fn paper(this: &Shell) -> ShadowRoot;

    /// Takes the voucher along; how it ended calls `contacted(what, text)`, then wakes.
    #[wasm_bindgen(method)]
    pub(super) fn take(this: &Shell, how: &str, name: &str, text: &str);

    /// Fetches, by the host page's own function where it has set one, and follows the answer.
    #[wasm_bindgen(method)]
    pub(super) fn fetch(this: &Shell, ticket: u32, url: &str, init: &Object);
}
