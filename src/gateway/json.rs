//! The gateways' functions in JSON: what JavaScript hands over and gets back.

use serde_json::{Map, Value, json};

use super::document::Document;
use super::{
    Address, Callback, Context, Credentials, ErrorCode, Event, Gateway, GatewayError, HttpRequest, Options,
    OrderPayment, PaymentRequest, PaymentStatus, StatusRequest, Verification, VerifyOptions, Zone,
};
use crate::calendar::{BogotaDate, Deadline, ServerInstant};
use crate::payer::{Payer, PayerInput, gateway_requirements, validate_payer};
use crate::voucher::{Beneficiary, Kind, Status};

/// A request that some gateway wants sent, by the name of the function that makes it.
///
/// `session` takes `{ credentials, options }`; `token` and `payment` take `{ kind?, invoice,
/// description, amount, payer, options, credentials, now, nonce }`; `status` takes `{ paymentId, options,
/// credentials, now, nonce }`.
pub fn request(kind: &str, gateway: &str, argument: &str) -> Result<Value, GatewayError> {
    let gateway = named(gateway)?;
    let at = Document::parse(argument)?;
    let credentials = credentials(&at, "credentials");
    let options = options(&at)?;
    if kind == "session" {
        return Ok(http(&super::session_request(gateway, &credentials, &options)?));
    }
    let now = instant(&at, "now")?;
    let nonce = at.optional_text("nonce").unwrap_or_default();
    if kind == "status" {
        let payment_id = at.text("paymentId")?;
        let request = StatusRequest {
            payment_id: &payment_id,
            options: &options,
            credentials: &credentials,
            now,
            nonce: &nonce,
        };
        return Ok(http(&super::status_request(gateway, &request)?));
    }
    let (invoice, description) = (at.text("invoice")?, at.text("description")?);
    let payer = payer(&at, gateway)?;
    let request = PaymentRequest {
        kind: kind_of(&at)?,
        invoice: &invoice,
        description: &description,
        amount: at.pesos("amount")?,
        payer: &payer,
        options: &options,
        credentials: &credentials,
        now,
        nonce: &nonce,
    };
    match kind {
        "token" => Ok(http(&super::token_request(gateway, &request)?)),
        _ => Ok(http(&super::payment_request(gateway, &request)?)),
    }
}

/// The token in the answer to `session` or `token`.
pub fn token(kind: &str, gateway: &str, raw: &str) -> Result<String, GatewayError> {
    match kind {
        "session" => super::session_from_gateway(named(gateway)?, raw),
        _ => super::token_from_gateway(named(gateway)?, raw),
    }
}

/// The voucher in the raw answer; the context is `{ token, orderId, amount, beneficiary: { name,
/// taxId? }, agreement?, zone?, pickupDocuments?, now }`.
pub fn voucher(gateway: &str, raw: &str, context: &str) -> Result<String, GatewayError> {
    let at = Document::parse(context)?;
    let context = Context {
        token: at.text("token")?,
        order_id: at.text("orderId")?,
        amount: at.pesos("amount")?,
        beneficiary: Beneficiary {
            name: at.text("beneficiary.name")?,
            tax_id: at.optional_text("beneficiary.taxId"),
        },
        agreement: at.optional_text("agreement"),
        zone: zone(&at, "zone")?,
        pickup_documents: texts(&at, "pickupDocuments")?,
        now: instant(&at, "now")?,
    };
    let voucher = super::voucher_from_gateway(named(gateway)?, raw, &context)?;
    serde_json::to_string(&voucher).map_err(|error| GatewayError::unexpected("voucher", error.to_string()))
}

/// The event in the raw answer.
pub fn status(gateway: &str, raw: &str) -> Result<Value, GatewayError> {
    super::status_from_gateway(named(gateway)?, raw).map(|event| written(&event))
}

/// What is to be thought of a callback: `{ headers: [[name, value]], url? }`, its body byte by byte,
/// and the options `{ now, toleranceSeconds?, zone? }`.
pub fn verify(
    gateway: &str,
    callback: &str,
    raw_body: &[u8],
    keys: &str,
    options: &str,
) -> Result<Value, GatewayError> {
    let at = Document::parse(callback)?;
    let headers = headers(&at);
    let url = at.optional_text("url");
    let callback = Callback { headers: &headers, raw_body, url: url.as_deref() };
    let at = Document::parse(options)?;
    let mut options = VerifyOptions::new(instant(&at, "now")?);
    if let Some(seconds) = at.optional_text("toleranceSeconds") {
        let expected = |_| GatewayError::unexpected("toleranceSeconds", "whole seconds");
        options.tolerance_seconds = seconds.parse().map_err(expected)?;
    }
    options.zone = zone(&at, "zone")?;
    let keys = credentials(&Document::parse(keys)?, "");
    super::verify_callback(named(gateway)?, &callback, &keys, &options).map(|found| verification(&found))
}

/// `{ order, outcome }`: the order after the event.
pub fn apply(order: &str, event: &str) -> Result<Value, GatewayError> {
    let at = Document::parse(order)?;
    let optional_instant = |path: &str| at.at(path).map(|_| instant(&at, path)).transpose();
    let optional_pesos = |path: &str| at.at(path).map(|_| at.pesos(path)).transpose();
    let order = OrderPayment {
        payment_id: at.text("paymentId")?,
        invoice: at.optional_text("invoice"),
        amount: at.pesos("amount")?,
        currency: at.text("currency")?,
        status: Status::from_name(&at.text("status")?),
        expires_at: deadline(&at, "expiresAt")?,
        order_expires_at: deadline(&at, "orderExpiresAt")?,
        accepts_late: at.at("acceptsLate").and_then(Value::as_bool).unwrap_or(false),
        amount_paid: optional_pesos("amountPaid")?,
        paid_at: optional_instant("paidAt")?,
    };
    let at = Document::parse(event)?;
    let event = Event {
        payment_id: at.text("paymentId")?,
        invoice: at.optional_text("invoice"),
        status: PaymentStatus::from_name(&at.text("status")?),
        amount: at.at("amount").map(|_| at.pesos("amount")).transpose()?,
        currency: at.optional_text("currency"),
        at: at.at("at").map(|_| instant(&at, "at")).transpose()?,
    };
    let (order, outcome) = super::apply_callback(&order, &event);
    Ok(json!({ "order": written(&order), "outcome": outcome.code() }))
}

fn named(gateway: &str) -> Result<Gateway, GatewayError> {
    let names: Vec<&str> = Gateway::ALL.iter().map(|gateway| gateway.name()).collect();
    Gateway::from_name(gateway).ok_or_else(|| GatewayError::unexpected("gateway", names.join(", ")))
}

fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn http(request: &HttpRequest) -> Value {
    let mut headers = Map::new();
    for (name, value) in &request.headers {
        headers.insert((*name).to_owned(), json!(value));
    }
    let body = if request.body.is_empty() { Value::Null } else { json!(request.body) };
    json!({ "method": request.method, "url": request.url, "headers": headers, "body": body })
}

fn verification(found: &Verification) -> Value {
    let covers: Vec<&str> = found.covers.iter().map(|part| part.name()).collect();
    let mut value = json!({
        "authentic": found.authentic.is_ok(),
        "payments": found.payments,
        "covers": covers,
        "requery": found.requery,
    });
    if let Err(refusal) = found.authentic {
        value["reason"] = json!(refusal.code());
    }
    if let Some(event) = &found.event {
        value["event"] = written(event);
    }
    value
}

/// The texts of an object; an empty path is the document itself.
fn credentials(at: &Document, path: &str) -> Credentials {
    let members = if path.is_empty() { at.members() } else { at.at(path).and_then(Value::as_object) };
    let texts = members.into_iter().flatten();
    texts.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect()
}

fn headers(at: &Document) -> Vec<(String, String)> {
    let Some(Value::Array(pairs)) = at.at("headers") else { return Vec::new() };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    pairs.iter().filter_map(|pair| Some((text(&pair[0])?, text(&pair[1])?))).collect()
}

fn options(at: &Document) -> Result<Options, GatewayError> {
    let text = |name: &str| at.optional_text(&format!("options.{name}"));
    let expected = |_| GatewayError::unexpected("options.lastDay", "a day as YYYY-MM-DD");
    let address = |name: &str| text(&format!("address.{name}")).unwrap_or_default();
    Ok(Options {
        base_url: text("baseUrl"),
        confirmation_url: text("confirmationUrl"),
        return_url: text("returnUrl"),
        last_day: text("lastDay").map(|day| BogotaDate::parse(&day).map_err(expected)).transpose()?,
        zone: zone(at, "options.zone")?,
        payer_ip: text("payerIp"),
        user_agent: text("userAgent"),
        address: at.at("options.address").map(|_| Address {
            street: address("street"),
            city: address("city"),
            state: address("state"),
            postal_code: address("postalCode"),
        }),
    })
}

fn kind_of(at: &Document) -> Result<Kind, GatewayError> {
    match at.optional_text("kind").as_deref() {
        None | Some("payment") => Ok(Kind::Payment),
        Some("pickup") => Ok(Kind::Pickup),
        Some(_) => Err(GatewayError::unexpected("kind", "payment, pickup")),
    }
}

/// The texts of a list, where there is one.
fn texts(at: &Document, path: &str) -> Result<Option<Vec<String>>, GatewayError> {
    let expected = || GatewayError::unexpected(path, "a list of texts");
    let Some(value) = at.at(path) else { return Ok(None) };
    let texts = value.as_array().ok_or_else(expected)?.iter();
    texts
        .map(|text| text.as_str().map(str::to_owned).ok_or_else(expected))
        .collect::<Result<_, _>>()
        .map(Some)
}

fn zone(at: &Document, path: &str) -> Result<Option<Zone>, GatewayError> {
    at.optional_text(path).map(|text| Zone::parse(&text)).transpose()
}

fn instant(at: &Document, path: &str) -> Result<ServerInstant, GatewayError> {
    let expected = |_| GatewayError::unexpected(path, "a date-time with its offset from UTC");
    ServerInstant::parse(&at.text(path)?).map_err(expected)
}

fn deadline(at: &Document, path: &str) -> Result<Option<Deadline>, GatewayError> {
    let expected = |_| GatewayError::unexpected(path, "a day as YYYY-MM-DD");
    match at.optional_text(&format!("{path}.date")) {
        Some(day) => Ok(Some(Deadline::EndOf(BogotaDate::parse(&day).map_err(expected)?))),
        None => Ok(at.at(path).map(|_| instant(at, path)).transpose()?.map(Deadline::At)),
    }
}

/// The payer, checked by what the gateway asks for where that is known.
fn payer(at: &Document, gateway: Gateway) -> Result<Payer, GatewayError> {
    let member = at.at("payer").ok_or_else(|| GatewayError::missing("payer"))?;
    let input = PayerInput::read(member)
        .map_err(|error| GatewayError::unexpected(&format!("payer.{}", error.path), error.to_string()))?;
    let requirements = gateway_requirements(gateway.name()).unwrap_or_default();
    validate_payer(&input, &requirements).map_err(|errors| {
        let fields: Vec<String> =
            errors.iter().map(|error| format!("payer.{}", error.field.as_str())).collect();
        let codes: Vec<&str> = errors.iter().map(|error| error.code.as_str()).collect();
        GatewayError::new(ErrorCode::Unfit, &fields.join(", "), codes.join(", "))
    })
}
