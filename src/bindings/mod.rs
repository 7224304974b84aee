//! The JavaScript exports: the only place that names `wasm_bindgen`.

#[cfg(feature = "validators")]
pub mod validators;
