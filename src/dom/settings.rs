//! What the host page has set on the element.

use std::rc::Rc;

use js_sys::JSON;
use wasm_bindgen::JsValue;
use web_sys::Url;

use crate::language::Language;
use crate::payer::{PayerInput, Requirements};
use crate::session::{Memory, Start};
use crate::view::Strings;
use crate::voucher::Voucher;
use crate::wire::{Json, WireError};

/// The attributes and properties, checked.
pub(super) struct Settings {
    /// The base URL of the merchant's backend, absolute.
    pub endpoint: String,
    pub start: Start,
    /// The voucher to show first, where the page knows it.
    known: Option<Known>,
    pub order_token: Option<String>,
    pub language: Language,
    /// `same-origin`, `include` or `omit`.
    pub credentials: &'static str,
    pub payer: PayerInput,
    /// In place of what the backend asks of the payer.
    pub requirements: Option<Requirements>,
    /// In place of the widget's own sentences.
    pub strings: Rc<Strings>,
}

#[derive(PartialEq)]
struct Known {
    token: String,
    voucher: Option<Voucher>,
}

impl Settings {
    /// Reads the object that the shell made of attributes and properties; the rich ones are JSON
    /// texts. Says what is missing or wrong.
    pub fn read(from: &JsValue, base: &str) -> Result<Settings, String> {
        let text =
            |name: &str| from.member(name).and_then(|value| value.text()).filter(|text| !text.is_empty());
        let endpoint = text("endpoint").ok_or("expected the attribute endpoint")?;
        let endpoint =
            resolve(&endpoint, base).ok_or("expected an http address in the attribute endpoint")?;
        let voucher = rich("voucher", text("voucher"), Voucher::read)?;
        let token = voucher.as_ref().map(|voucher| voucher.token.clone()).or_else(|| text("token"));
        let known = token.clone().map(|token| Known { token, voucher });
        let start = match (text("orderId"), token) {
            (Some(order_id), _) => Start::Order { order_id },
            (None, Some(token)) => Start::Voucher { token },
            (None, None) => return Err("expected the attribute order-id or token".to_owned()),
        };
        Ok(Settings {
            endpoint,
            start,
            known,
            order_token: text("orderToken"),
            language: Language::from_tag(&text("lang").unwrap_or_default()),
            credentials: match text("credentials").as_deref() {
                Some("include") => "include",
                Some("omit") => "omit",
                _ => "same-origin",
            },
            payer: rich("payer", text("payer"), PayerInput::read)?.unwrap_or_default(),
            requirements: rich("requirements", text("requirements"), Requirements::read)?,
            strings: Rc::new(
                rich("strings", text("strings"), |json| Ok(Strings::read(json)))?.unwrap_or_default(),
            ),
        })
    }

    /// Whether a session begun with `other` goes on with these.
    pub fn continues(&self, other: &Settings) -> bool {
        let place = |settings: &Settings| match &settings.start {
            Start::Order { order_id, .. } => Some(order_id.clone()),
            Start::Voucher { .. } => None,
        };
        self.endpoint == other.endpoint && place(self) == place(other) && self.known == other.known
    }

    /// The name of this session's memory.
    pub fn slot(&self) -> String {
        Memory::slot(&self.endpoint, &self.start)
    }

    /// What an earlier visit kept, corrected by what the page knows.
    pub fn memory(&self, kept: Option<Memory>) -> Option<Memory> {
        let Some(known) = &self.known else { return kept };
        // A key beside this token is the one of the voucher's renewal.
        let kept = kept.filter(|kept| kept.token.as_ref() == Some(&known.token));
        let mut memory =
            kept.unwrap_or_else(|| Memory { token: Some(known.token.clone()), ..Memory::default() });
        if let Some(voucher) = &known.voucher {
            memory.voucher = Some(Rc::new(voucher.clone()));
        }
        Some(memory)
    }
}

/// Reads a property that was handed over as JSON text.
fn rich<T>(
    name: &str,
    text: Option<String>,
    read: impl FnOnce(JsValue) -> Result<T, WireError>,
) -> Result<Option<T>, String> {
    let Some(text) = text else { return Ok(None) };
    let json = JSON::parse(&text).unwrap_or_default();
    read(json).map(Some).map_err(|error| [&error.to_text(), " of the property ", name].concat())
}

/// The absolute form of `endpoint`, where it is one that can be fetched.
fn resolve(endpoint: &str, base: &str) -> Option<String> {
    let url = Url::new_with_base(endpoint, base).ok()?;
    matches!(url.protocol().as_str(), "https:" | "http:").then(|| url.href())
}
