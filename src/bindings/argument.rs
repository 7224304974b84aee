//! What JavaScript hands over, before it is known to be anything.

use js_sys::{Array, JsString, Reflect, TypeError};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::payer::{ErrorCode, Field, PayerError};
use crate::wire::{Json, WireError};

/// What stands in Rust for a text that is not well-formed UTF-16: every field refuses it.
const ILL_FORMED: &str = "\u{fffd}";

#[wasm_bindgen]
extern "C" {
    type Utf16;

    #[wasm_bindgen(method, structural, catch, js_name = isWellFormed)]
    fn is_well_formed(this: &Utf16) -> Result<bool, JsValue>;
}

/// A text. Lone surrogates never cross: the conversion would replace them.
pub(super) fn text(value: &JsValue) -> Option<String> {
    let string = value.dyn_ref::<JsString>()?;
    let well_formed = value.unchecked_ref::<Utf16>().is_well_formed();
    if well_formed.unwrap_or_else(|_| string.is_valid_utf16()) {
        value.as_string()
    } else {
        Some(ILL_FORMED.to_owned())
    }
}

/// A text for `field`, or the typed error.
pub(super) fn field_text(value: &JsValue, field: Field) -> Result<String, PayerError> {
    text(value).ok_or_else(|| PayerError::new(field, ErrorCode::InvalidArgument).expecting("string"))
}

/// The exception for an argument that is the calling program's mistake.
pub(super) fn exception(error: &PayerError) -> JsValue {
    thrown(&error.to_string(), error.code, error.expected.as_deref())
}

/// The exception for a rule or requirements that are not what they should be.
pub(super) fn wire_exception(error: &WireError) -> JsValue {
    thrown(&error.to_string(), ErrorCode::InvalidArgument, None)
}

fn thrown(message: &str, code: ErrorCode, expected: Option<&str>) -> JsValue {
    let error = TypeError::new(message);
    put(&error, "code", code.as_str());
    if let Some(expected) = expected {
        put(&error, "expected", expected);
    }
    error.into()
}

fn put(error: &TypeError, name: &str, text: &str) {
    // It fails on frozen objects only.
    let _ = Reflect::set(error, &name.into(), &text.into());
}

/// A JavaScript value read as JSON.
#[derive(Clone, Debug)]
pub(super) struct Argument(pub JsValue);

impl Json for Argument {
    fn member(&self, name: &str) -> Option<Argument> {
        let value = Reflect::get(&self.0, &name.into()).ok()?;
        (!value.is_null() && !value.is_undefined()).then_some(Argument(value))
    }

    fn is_object(&self) -> bool {
        self.0.is_object() && !Array::is_array(&self.0)
    }

    fn length(&self) -> Option<usize> {
        self.0.dyn_ref::<Array>().map(|array| array.length() as usize)
    }

    fn item(&self, index: usize) -> Option<Argument> {
        self.0.dyn_ref::<Array>().map(|array| Argument(array.get(index as u32)))
    }

    fn text(&self) -> Option<String> {
        text(&self.0)
    }

    fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn boolean(&self) -> Option<bool> {
        self.0.as_bool()
    }
}
