//! The JavaScript exports: the only place that names `wasm_bindgen`.

#[cfg(feature = "validators")]
mod argument;
#[cfg(feature = "validators")]
pub mod calendar;
#[cfg(feature = "widget")]
pub mod checkout;
#[cfg(feature = "server")]
pub mod gateway;
#[cfg(feature = "validators")]
pub mod symbols;
#[cfg(feature = "validators")]
pub mod validators;
#[cfg(feature = "server")]
pub mod wire;
