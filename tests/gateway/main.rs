//! Gateways by their public functions: recorded answers, known signatures, and the status table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]
#![cfg(feature = "server")]

mod dlocal;
mod epayco;
mod kushki;
mod mercadopago;
mod payu;
mod status_table;
mod support;
