//! The JSON between the widget and the merchant's backend, version 1.
//!
//! One reader serves every side: it is generic over [`Json`], which `serde_json::Value` implements
//! natively and JavaScript's own values implement in the browser, so both judge alike. Members that
//! this version does not know are ignored; an optional member may be absent or null. Writing is
//! `serde::Serialize`.

mod create;
mod error;
mod json;
mod order;
mod problem;
mod reader;
mod requirements;
mod surrogate;
mod voucher;
mod write;

pub use create::{Consent, CreateBody, CreateVoucher};
pub use error::{Expected, WireError};
pub use json::Json;
pub use order::{ConsentTerms, Order};
pub use problem::{Problem, ProblemField};
pub use write::to_json;

/// Parses as a browser does that fetches the text and hands it to `JSON.parse`.
fn parse(text: &str) -> Result<serde_json::Value, WireError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(&surrogate::mend(text))
        .map_err(|_| WireError { expected: Expected::Json, path: String::new() })
}
