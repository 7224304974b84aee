//! The wire contract: what is read, what is refused and where, and that the schema says the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod agreement;
mod fixtures;
mod properties;
mod reading;
mod schema;
mod time;
mod writing;
