//! The payer by its public interface.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod cases;
mod codes;
mod docs;
mod document;
mod email;
mod name;
mod phone;
mod properties;
mod typing;
mod whole;
