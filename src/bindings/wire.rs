//! The wire contract's readers, for a merchant's own backend and its tests.

use js_sys::{Error, JSON, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::voucher::Voucher;
use crate::wire::{self, CreateVoucher, Describe, Expected, Order, Problem, WireError};

/// Reads a voucher from JSON text, as the widget does.
///
/// Returns it with its defaults and without members that are unknown. Throws an `Error` with the
/// `code` of what was expected and the `path` where, such as `networks[0].reference.value`.
#[wasm_bindgen(js_name = readVoucher, unchecked_return_type = "import('./voucher.js').Voucher")]
pub fn read_voucher(text: &str) -> Result<JsValue, JsValue> {
    read(text, Voucher::read)
}

/// Reads an order from JSON text, as the widget does; throws as `readVoucher` does.
#[wasm_bindgen(js_name = readOrder, unchecked_return_type = "import('./contract.js').Order")]
pub fn read_order(text: &str) -> Result<JsValue, JsValue> {
    read(text, Order::read)
}

/// Reads the request for a voucher, `{ orderId, payer, consent }`, from JSON text.
///
/// The payer is still as it was sent: `validatePayer` checks it. Throws as `readVoucher` does.
#[wasm_bindgen(js_name = readCreateVoucher, unchecked_return_type = "import('./contract.js').CreateVoucher")]
pub fn read_create_voucher(text: &str) -> Result<JsValue, JsValue> {
    read(text, CreateVoucher::read)
}

/// Reads a refusal from JSON text, as the widget does; throws as `readVoucher` does.
#[wasm_bindgen(js_name = readProblem, unchecked_return_type = "import('./contract.js').Problem")]
pub fn read_problem(text: &str) -> Result<JsValue, JsValue> {
    read(text, Problem::read)
}

fn read<T: Describe + Clone>(
    text: &str,
    read: impl FnOnce(JsValue) -> Result<T, WireError>,
) -> Result<JsValue, JsValue> {
    let json = JSON::parse(text.strip_prefix('\u{feff}').unwrap_or(text))
        .map_err(|_| thrown(&WireError { expected: Expected::Json, path: String::new() }))?;
    read(json).map(|value| wire::to_js(&value)).map_err(|error| thrown(&error))
}

fn thrown(error: &WireError) -> JsValue {
    let thrown = Error::new(&error.to_string());
    for (name, value) in [("code", error.expected.code()), ("path", &error.path)] {
        // It fails on frozen objects only.
        let _ = Reflect::set(&thrown, &name.into(), &value.into());
    }
    thrown.into()
}
