//! The exports that draw codes.

use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::symbol::{self, Qr, SymbolError};
use crate::voucher::Symbology;

#[wasm_bindgen]
extern "C" {
    /// `{ symbology, content }`
    #[wasm_bindgen(typescript_type = "{ symbology: 'code128' | 'gs1-128' | 'itf'; content: string }")]
    pub type Barcode;

    #[wasm_bindgen(method, getter, structural)]
    fn symbology(this: &Barcode) -> JsValue;

    #[wasm_bindgen(method, getter, structural)]
    fn content(this: &Barcode) -> JsValue;
}

/// Draws a text as a QR code (UTF-8, error correction level M, the smallest version, quiet zone of 4
/// modules): an SVG document, black on white.
///
/// Throws an Error with a `code` where the text is empty (`empty`) or too long (`too_long`). Source:
/// ISO/IEC 18004.
#[wasm_bindgen(js_name = qrSvg)]
pub fn qr_svg(text: &str) -> Result<String, JsValue> {
    Ok(Qr::encode(text).map_err(thrown)?.to_svg())
}

/// Draws a barcode that says exactly `content` (quiet zones of 10 modules): an SVG document, black on
/// white.
///
/// The content of a GS1-128 is its element strings without brackets, separated by U+001D where GS1
/// wants an FNC1; the leading FNC1 is added. Throws an Error with a `code` where the symbology cannot
/// carry the content: `empty`, `invalid_character`, `odd_length`, `invalid_element_string`,
/// `unknown_symbology`. Source: ISO/IEC 15417 (Code 128), ISO/IEC 16390 (ITF) and the GS1 General
/// Specifications.
#[wasm_bindgen(js_name = barcodeSvg)]
pub fn barcode_svg(barcode: &Barcode) -> Result<String, JsValue> {
    let symbology = Symbology::from_name(&barcode.symbology().as_string().unwrap_or_default());
    let content = barcode.content().as_string().unwrap_or_default();
    Ok(symbol::barcode(&symbology, &content).map_err(thrown)?.to_svg())
}

fn thrown(error: SymbolError) -> JsValue {
    let thrown = Error::new(&error.to_string());
    // It fails on frozen objects only.
    let _ = Reflect::set(&thrown, &"code".into(), &error.code().into());
    thrown.into()
}
