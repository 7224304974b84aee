//! Gateways by their public functions: recorded answers, known signatures, and the status table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]
#![cfg(feature = "server")]

mod bamboo;
mod dlocal;
mod ebanx;
mod epayco;
mod forgery;
mod json;
mod kushki;
mod limits;
mod mapping;
mod mercadopago;
mod openpay;
mod payu;
mod payvalida;
mod placetopay;
mod rapyd;
mod status_table;
mod support;
mod table;
mod vectors;
mod yuno;
