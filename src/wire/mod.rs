//! The JSON between the widget and the merchant's backend, version 1.
//!
//! Every document is described once: the description reads and writes, natively and in the browser,
//! so all sides judge alike. It reads whatever is [`Json`]: `serde_json::Value` natively,
//! JavaScript's own values in the browser. Members that this version does not know are ignored; an
//! optional member may be absent or null. It writes `serde::Serialize` natively and JavaScript's own
//! values in the browser.

mod codec;
mod create;
mod error;
#[cfg(all(target_arch = "wasm32", any(feature = "widget", feature = "server")))]
mod javascript;
mod order;
mod problem;
mod requirements;
mod sink;
mod source;
mod surrogate;
mod text;
mod values;
mod voucher;
mod write;

pub use create::{Consent, CreateBody, CreateVoucher};
pub use error::{Expected, WireError};
pub use order::{ConsentTerms, Order};
pub use problem::{Problem, ProblemField};
pub use source::Json;
pub use write::to_json;

pub(crate) use codec::{Codec, Describe, Document, read};
#[cfg(all(target_arch = "wasm32", any(feature = "widget", feature = "server")))]
pub(crate) use javascript::to_js;

/// Parses as a browser does that fetches the text and hands it to `JSON.parse`.
fn parse(text: &str) -> Result<serde_json::Value, WireError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(&surrogate::mend(text))
        .map_err(|_| WireError { expected: Expected::Json, path: String::new() })
}
