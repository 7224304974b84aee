//! The widget's one exported class.

use std::hint::black_box;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::ShadowRoot;

use crate::dom::{Driver, News, Shell};
use crate::payer::PayerError;
use crate::session::{Event, Trouble};
use crate::voucher::Voucher;
use crate::wire;

/// Three times what a voucher with its codes takes while it is drawn anew.
const ROOM: usize = 250_000;

/// Takes memory in one piece: the allocator joins no two pages that it has asked for, and a code's picture is a
/// text of many kilobytes in a row.
#[wasm_bindgen(start, private)]
fn make_room() {
    black_box(Box::<[u8; ROOM]>::new_uninit());
}

/// One element's session. The element's JavaScript class is its only user.
#[wasm_bindgen]
pub struct Checkout {
    driver: Driver,
}

impl core::fmt::Debug for Checkout {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Checkout")
    }
}

#[wasm_bindgen]
impl Checkout {
    /// Starts listening to `root`; draws there once there are settings. Throws where `root` is in
    /// no window.
    #[wasm_bindgen(constructor)]
    pub fn new(root: ShadowRoot, shell: Shell) -> Result<Checkout, JsValue> {
        match Driver::new(root, shell) {
            Some(driver) => Ok(Checkout { driver }),
            None => Err("expected a root in a window".into()),
        }
    }

    /// Notes the element's settings, a plain object of texts. Another order, token or endpoint
    /// begins anew; anything else goes on.
    pub fn configure(&self, settings: JsValue) {
        self.driver.configure(settings);
    }

    /// Notes an event.
    pub fn heard(&self, event: &web_sys::Event) {
        self.driver.heard(event);
    }

    /// Notes how a followed promise ended.
    pub fn settled(&self, ticket: u32, fulfilled: bool, value: JsValue) {
        self.driver.settled(ticket, fulfilled.then_some(value));
    }

    /// Notes what another tab or the stream of events said.
    pub fn contacted(&self, what: String, text: String) {
        self.driver.contacted(what, text);
    }

    /// Notes that the host page wants news.
    pub fn refresh(&self) {
        self.driver.refresh();
    }

    /// Takes in all that was noted, acts, draws, and returns `{ events, state, voucher }`: the
    /// events to dispatch, in order, the name of the screen, and the voucher where it changed
    /// (`null`: there is none any more). Nothing is returned from within itself.
    pub fn advance(&self) -> JsValue {
        self.driver.advance().map_or(JsValue::UNDEFINED, |news| news_object(&news).into())
    }

    /// Lets go of listeners, timer and requests; the screen stays.
    pub fn stop(&self) {
        self.driver.stop();
    }
}

fn news_object(news: &News) -> Object {
    let events: Array = news.events.iter().map(event_object).collect();
    let object = Object::new();
    put(&object, "events", &events);
    put(&object, "state", &news.state.into());
    if let Some(voucher) = &news.voucher {
        put(&object, "voucher", &voucher.as_deref().map_or(JsValue::NULL, voucher_object));
    }
    object
}

fn event_object(event: &Event) -> JsValue {
    let object = Object::new();
    let kind = match event {
        Event::Ready => "ready",
        Event::Invalid(errors) => {
            put(&object, "errors", &errors.iter().map(error_object).collect::<Array>());
            "invalid"
        }
        Event::Voucher(voucher) => {
            put(&object, "voucher", &voucher_object(voucher));
            "voucher"
        }
        Event::Status { from, voucher, initial } => {
            put(&object, "voucher", &voucher_object(voucher));
            put(&object, "status", &voucher.status.name().into());
            put(&object, "previous", &from.as_ref().map_or(JsValue::NULL, |status| status.name().into()));
            put(&object, "initial", &(*initial).into());
            "status"
        }
        Event::Error(trouble) => {
            put_trouble(&object, trouble);
            "error"
        }
    };
    put(&object, "kind", &kind.into());
    object.into()
}

/// Field and code alone: what was expected may repeat what was typed.
fn error_object(error: &PayerError) -> JsValue {
    let object = Object::new();
    put(&object, "field", &error.field.as_str().into());
    put(&object, "code", &error.code.as_str().into());
    object.into()
}

fn put_trouble(object: &Object, trouble: &Trouble) {
    put(object, "code", &trouble.code.name().into());
    let texts =
        [("requestId", &trouble.request_id), ("traceId", &trouble.trace_id), ("detail", &trouble.detail)];
    for (name, text) in texts {
        put(object, name, &text.as_deref().map_or(JsValue::NULL, JsValue::from));
    }
    put(object, "httpStatus", &trouble.http_status.map_or(JsValue::NULL, JsValue::from));
}

/// The voucher as the wire has it, without a pickup's secret.
fn voucher_object(voucher: &Voucher) -> JsValue {
    let object = wire::to_js(voucher);
    if voucher.pickup.is_some()
        && let Ok(pickup) = Reflect::get(&object, &"pickup".into())
    {
        let _ = Reflect::delete_property(&pickup.into(), &"pin".into());
        if voucher.scanned().is_none() {
            let _ = Reflect::delete_property(object.unchecked_ref::<Object>(), &"barcode".into());
        }
    }
    object
}

fn put(object: &Object, name: &str, value: &JsValue) {
    // It fails on frozen objects only.
    let _ = Reflect::set(object, &name.into(), value);
}
