//! Callbacks sent once more: as they were, or altered as somebody without the key could.

use serde_json::{Value, json};

use crate::merchant::CallbackLine;

/// A callback to send.
#[derive(Debug)]
pub struct Forged {
    /// The media type and, where they carry the signature, the gateway's own.
    pub headers: Vec<(String, String)>,
    /// As it was, or altered.
    pub body: String,
}

/// The callback, `replay`ed or with its `forge-state`, `forge-amount`, `forge-signature`; `None` of
/// any other manner.
pub fn forge(callback: &CallbackLine, manner: &str) -> Option<Forged> {
    if callback.url.ends_with("/kushki") {
        forge_kushki(callback, manner)
    } else {
        forge_epayco(callback, manner)
    }
}

fn forge_epayco(callback: &CallbackLine, manner: &str) -> Option<Forged> {
    let body = match manner {
        "replay" => callback.body.clone(),
        "forge-state" => {
            // Paid, or where it says paid already, reversed.
            let is_paid = callback.body.contains("x_cod_response=1&");
            let state = if is_paid { "6" } else { "1" };
            alter(callback, &[("x_cod_transaction_state", state), ("x_cod_response", state)])
        }
        "forge-amount" => alter(callback, &[("x_amount", "1")]),
        "forge-signature" => alter(callback, &[("x_signature", &"0".repeat(64))]),
        _ => return None,
    };
    let headers = vec![("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())];
    Some(Forged { headers, body })
}

fn forge_kushki(callback: &CallbackLine, manner: &str) -> Option<Forged> {
    let headers = callback.headers.as_array()?.iter().filter_map(|pair| {
        let (name, value) = (pair.get(0)?.as_str()?, pair.get(1)?.as_str()?);
        let forged = manner == "forge-signature" && name == "x-kushki-signature";
        let value = if forged { "0".repeat(64) } else { value.to_owned() };
        (name.starts_with("x-kushki-") || name == "content-type").then(|| (name.to_owned(), value))
    });
    let body = match manner {
        "replay" | "forge-signature" => callback.body.clone(),
        "forge-state" => {
            let is_paid = callback.body.contains("\"approvedTransaction\"");
            let state = if is_paid { "declinedTransaction" } else { "approvedTransaction" };
            with(callback, "transactionStatus", json!(state))?
        }
        "forge-amount" => with(callback, "totalAmount", json!(1))?,
        _ => return None,
    };
    Some(Forged { headers: headers.collect(), body })
}

/// The callback's form with some values replaced.
fn alter(callback: &CallbackLine, values: &[(&str, &str)]) -> String {
    let pairs = form_urlencoded::parse(callback.body.as_bytes()).map(|(name, value)| {
        let replaced = values.iter().find(|(altered, _)| *altered == name);
        (name.into_owned(), replaced.map_or_else(|| value.into_owned(), |(_, new)| (*new).to_owned()))
    });
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The callback's JSON with a member replaced.
fn with(callback: &CallbackLine, member: &str, value: Value) -> Option<String> {
    let mut body: Value = serde_json::from_str(&callback.body).ok()?;
    *body.get_mut(member)? = value;
    Some(body.to_string())
}
