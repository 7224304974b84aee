//! The gateways' functions, for a merchant's own backend.
//!
//! All throw an `Error` with `code`, `path` and `expected` where an answer cannot be used or a
//! request cannot be made.

use js_sys::{Array, Error, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::gateway::{Gateway, GatewayError, json};

type Thrown<T> = Result<T, JsValue>;

#[wasm_bindgen(typescript_custom_section)]
const GATEWAY_NAME: &str = Gateway::TYPESCRIPT;

/// The gateways' names, in lower case.
#[wasm_bindgen(js_name = gatewayNames, unchecked_return_type = "import('./gateway.js').GatewayName[]")]
pub fn gateway_names() -> Array {
    Gateway::ALL.iter().map(|gateway| JsValue::from_str(gateway.name())).collect()
}

/// The request that opens a session, for gateways that want one: `{ credentials, options }`.
#[wasm_bindgen(js_name = sessionRequest, unchecked_return_type = "import('./gateway.js').HttpRequest")]
pub fn session_request(
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').GatewayName")] gateway: &str,
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').SessionRequest")] request: JsValue,
) -> Thrown<JsValue> {
    make("session", gateway, &request)
}

/// The session's token, from the answer to `sessionRequest`: the credential `bearer`.
#[wasm_bindgen(js_name = sessionFromGateway)]
pub fn session_from_gateway(
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').GatewayName")] gateway: &str,
    raw: &str,
) -> Thrown<String> {
    json::token("session", gateway, raw).map_err(thrown)
}

/// The request that announces one payment, for gateways that create it in two steps.
#[wasm_bindgen(js_name = tokenRequest, unchecked_return_type = "import('./gateway.js').HttpRequest")]
pub fn token_request(
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').GatewayName")] gateway: &str,
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').PaymentRequest")] request: JsValue,
) -> Thrown<JsValue> {
    make("token", gateway, &request)
}

/// The announced payment's token, from the answer to `tokenRequest`: the credential `token`.
#[wasm_bindgen(js_name = tokenFromGateway)]
pub fn token_from_gateway(
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').GatewayName")] gateway: &str,
    raw: &str,
) -> Thrown<String> {
    json::token("token", gateway, raw).map_err(thrown)
}

/// The request that asks the gateway for a voucher; throws with every name that is missing.
#[wasm_bindgen(js_name = paymentRequest, unchecked_return_type = "import('./gateway.js').HttpRequest")]
pub fn payment_request(
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').GatewayName")] gateway: &str,
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').PaymentRequest")] request: JsValue,
) -> Thrown<JsValue> {
    make("payment", gateway, &request)
}

/// The request that asks where a payment stands.
#[wasm_bindgen(js_name = statusRequest, unchecked_return_type = "import('./gateway.js').HttpRequest")]
pub fn status_request(
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').GatewayName")] gateway: &str,
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').StatusRequest")] request: JsValue,
) -> Thrown<JsValue> {
    make("status", gateway, &request)
}

/// The voucher in a gateway's raw answer to `paymentRequest`.
///
/// Hand over the text, not what `JSON.parse` made of it: that loses digits.
#[wasm_bindgen(js_name = voucherFromGateway, unchecked_return_type = "import('./voucher.js').Voucher")]
pub fn voucher_from_gateway(
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').GatewayName")] gateway: &str,
    raw: &str,
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').GatewayContext")] context: JsValue,
) -> Thrown<JsValue> {
    let voucher = json::voucher(gateway, raw, &text(&context)?).map_err(thrown)?;
    JSON::parse(&voucher)
}

/// Where the payment stands, by the raw answer to `paymentRequest` or `statusRequest`.
#[wasm_bindgen(js_name = statusFromGateway, unchecked_return_type = "import('./gateway.js').PaymentEvent")]
pub fn status_from_gateway(
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').GatewayName")] gateway: &str,
    raw: &str,
) -> Thrown<JsValue> {
    JSON::parse(&json::status(gateway, raw).map_err(thrown)?.to_string())
}

/// Whether the gateway sent this callback, and what it says.
///
/// An authentic callback is not yet a payment: where `requery` says so, ask first; then
/// `applyCallback`. Throws only where a credential or an option is missing.
#[wasm_bindgen(js_name = verifyCallback, unchecked_return_type = "import('./gateway.js').Verification")]
pub fn verify_callback(
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').GatewayName")] gateway: &str,
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').Callback")] callback: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Record<string, string>")] credentials: JsValue,
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').VerifyOptions")] options: JsValue,
) -> Thrown<JsValue> {
    let plain = Object::new();
    Reflect::set(&plain, &"headers".into(), &headers(&Reflect::get(&callback, &"headers".into())?))?;
    Reflect::set(&plain, &"url".into(), &Reflect::get(&callback, &"url".into())?)?;
    let body = bytes(&Reflect::get(&callback, &"rawBody".into())?)?;
    let found = json::verify(gateway, &text(&plain)?, &body, &text(&credentials)?, &text(&options)?);
    JSON::parse(&found.map_err(thrown)?.to_string())
}

/// Moves an order's payment as the event says, along the status table: `{ order, outcome }`.
///
/// Applying an event twice changes nothing the second time.
#[wasm_bindgen(js_name = applyCallback, unchecked_return_type = "import('./gateway.js').Applied")]
pub fn apply_callback(
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').OrderPayment")] order: JsValue,
    #[wasm_bindgen(unchecked_param_type = "import('./gateway.js').PaymentEvent")] event: JsValue,
) -> Thrown<JsValue> {
    JSON::parse(&json::apply(&text(&order)?, &text(&event)?).map_err(thrown)?.to_string())
}

fn make(kind: &str, gateway: &str, request: &JsValue) -> Thrown<JsValue> {
    JSON::parse(&json::request(kind, gateway, &text(request)?).map_err(thrown)?.to_string())
}

fn text(value: &JsValue) -> Thrown<String> {
    let text = JSON::stringify(value)?;
    Ok(text.as_string().unwrap_or_default())
}

/// Pairs, from pairs, from `Headers` or a `Map`, or from an object as Node has it.
fn headers(value: &JsValue) -> Array {
    if let Ok(Some(_)) = js_sys::try_iter(value) {
        return Array::from(value);
    }
    let pairs = Array::new();
    let Some(object) = value.dyn_ref::<Object>() else { return pairs };
    for entry in Object::entries(object).iter() {
        let entry: Array = entry.unchecked_into();
        let (name, value) = (entry.get(0), entry.get(1));
        if Array::is_array(&value) {
            Array::from(&value).iter().for_each(|one| {
                pairs.push(&Array::of2(&name, &one));
            });
        } else if value.is_string() {
            pairs.push(&Array::of2(&name, &value));
        }
    }
    pairs
}

fn bytes(value: &JsValue) -> Thrown<Vec<u8>> {
    if let Some(text) = value.as_string() {
        return Ok(text.into_bytes());
    }
    match value.dyn_ref::<Uint8Array>() {
        Some(bytes) => Ok(bytes.to_vec()),
        None => Err(js_sys::TypeError::new("expected a Uint8Array or a string for rawBody").into()),
    }
}

fn thrown(error: GatewayError) -> JsValue {
    let thrown = Error::new(&error.to_string());
    for (name, value) in [("code", error.code.code()), ("path", &error.path), ("expected", &error.expected)] {
        // It fails on frozen objects only.
        let _ = Reflect::set(&thrown, &name.into(), &value.into());
    }
    thrown.into()
}
