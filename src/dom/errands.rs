//! What was asked of the browser and has not come yet: answers of the backend, copies made.
//!
//! Sending, aborting and copying run functions of the host page, at once: no borrow is held then.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsValue;

use crate::session::{Call, CallId, Copyable, Input, Now, Outcome};

use super::clipboard::Clipboard;
use super::fetch::Request;
use super::settings::Settings;
use super::shell::Shell;

/// Requests and copies under way, each with the ticket under which its promises are followed.
/// Dropping it gives the requests up.
#[derive(Default)]
pub(super) struct Errands {
    requests: RefCell<Vec<Request>>,
    copies: RefCell<Vec<Copying>>,
    next_ticket: Cell<u32>,
}

/// A copy that the clipboard has not confirmed yet.
struct Copying {
    ticket: u32,
    what: Copyable,
    text: String,
}

impl Errands {
    /// Sends a call, to be given up at `deadline`; tells at once where it leads nowhere.
    pub fn send(
        &self,
        id: CallId,
        call: &Call,
        request_id: &str,
        deadline: i64,
        settings: &Settings,
        shell: &Shell,
    ) -> Option<Input> {
        match Request::send(id, self.ticket(), call, request_id, deadline, settings, shell) {
            Ok(request) => {
                self.requests.borrow_mut().push(request);
                None
            }
            Err(outcome) => Some(Input::Ended { id, outcome }),
        }
    }

    /// Puts a text on the clipboard; tells at once where the page has none.
    pub fn copy(&self, what: Copyable, text: String, clipboard: &Clipboard, shell: &Shell) -> Option<Input> {
        let Some(promise) = clipboard.write(&text) else {
            return Some(Input::Copied { what, done: clipboard.copy_selection(&text) });
        };
        let ticket = self.ticket();
        self.copies.borrow_mut().push(Copying { ticket, what, text });
        shell.follow(ticket, &promise);
        None
    }

    /// What it means that the promise with this ticket gave `value`, or was rejected.
    pub fn settled(
        &self,
        ticket: u32,
        value: Option<JsValue>,
        settings: &Settings,
        clipboard: &Clipboard,
        shell: &Shell,
    ) -> Option<Input> {
        if let Some(mut request) = take(&self.requests, |request| request.ticket == ticket) {
            let Some(outcome) = request.settled(value, settings, shell) else {
                self.requests.borrow_mut().push(request);
                return None;
            };
            return Some(Input::Ended { id: request.id, outcome });
        }
        let copy = take(&self.copies, |copy| copy.ticket == ticket)?;
        let done = value.is_some() || clipboard.copy_selection(&copy.text);
        Some(Input::Copied { what: copy.what, done })
    }

    /// Gives up a request whose time is over.
    pub fn expire(&self, now: Now) -> Option<Input> {
        let late = take(&self.requests, |request| request.deadline <= now.monotonic)?;
        Some(Input::Ended { id: late.id, outcome: Outcome::TimedOut })
    }

    /// When the next request is given up.
    pub fn next_deadline(&self) -> Option<i64> {
        self.requests.borrow().iter().map(|request| request.deadline).min()
    }

    /// Gives up one request.
    pub fn abandon(&self, id: CallId) {
        drop(take(&self.requests, |request| request.id == id));
    }

    /// Gives up everything.
    pub fn abandon_all(&self) {
        let all = (self.requests.take(), self.copies.take());
        drop(all);
    }

    fn ticket(&self) -> u32 {
        let ticket = self.next_ticket.get();
        self.next_ticket.set(ticket.wrapping_add(1));
        ticket
    }
}

/// Takes the first item that fits; dropping it is left to the caller, after the borrow.
fn take<T>(from: &RefCell<Vec<T>>, fits: impl Fn(&T) -> bool) -> Option<T> {
    let mut items = from.borrow_mut();
    let index = items.iter().position(fits)?;
    Some(items.remove(index))
}
