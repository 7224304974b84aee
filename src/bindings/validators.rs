//! The validators' exports.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::money::Pesos;

/// Writes whole pesos the Colombian way: `$ 1.234.567`, with U+00A0 after the sign.
///
/// Throws where `pesos` is not a whole number from 0 to 2^53 - 1.
#[wasm_bindgen(js_name = formatPesos)]
pub fn format_pesos(pesos: f64) -> Result<String, wasm_bindgen::JsError> {
    Ok(Pesos::from_number(pesos)?.to_string())
}
