//! Efecty cash vouchers on the web.
//!
//! Efecty is a Colombian cash network: a shopper orders online, receives a voucher (agreement,
//! reference, amount, deadline), pays cash at an outlet, and the shop learns of it later through a
//! payment gateway.
//!
//! The core has no clock, no randomness and no input or output: they are arguments. Only `dom` and
//! `bindings` know the browser.

pub mod language;

pub mod money;

pub mod calendar;

pub mod payer;

pub mod voucher;

pub mod symbol;

pub mod wire;

pub mod session;

pub mod view;

#[cfg(feature = "server")]
pub mod gateway;

#[cfg(all(target_arch = "wasm32", feature = "widget"))]
mod dom;

#[cfg(target_arch = "wasm32")]
pub mod bindings;

/// A fifth of the size of the standard library's, and every call takes constant time.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
