//! `POST /payment/process/cash`: issues a pin.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::account::{Account, authenticate};
use super::transaction::{self, State as Stage, Transaction};
use super::{Gateway, Refusal, envelope, outbox};
use crate::clock::{end_of_day, naive_bogota};
use crate::random;

/// Below this ePayco refuses.
const LEAST_VALUE: i64 = 20_000;
/// How long a pin lives where the merchant names no day.
const DEFAULT_LIFE_MILLIS: i64 = 5 * 24 * 3_600_000;
const ACTION: &str = "Crear pin efecty";
const REQUIRED: [&str; 9] =
    ["description", "currency", "docType", "docNumber", "name", "lastName", "email", "cellPhone", "ip"];
const PAYER: [&str; 6] = ["docType", "docNumber", "name", "lastName", "email", "cellPhone"];

/// `GET /payment/cash/entities`.
pub(super) async fn entities(
    State(gateway): State<Gateway>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    authenticate(&gateway, &headers).await?;
    let data = json!([{ "Id": "EF", "nombre": "Efecty" }]);
    Ok(envelope(StatusCode::OK, true, "Bancos Consultados Exitosamente", "Query Bancos", data))
}

/// `POST /payment/process/cash`.
pub(super) async fn create(
    State(gateway): State<Gateway>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let account = authenticate(&gateway, &headers).await?;
    let Ok(request) = serde_json::from_slice::<Map<String, Value>>(&body) else {
        return Err(invalid(vec![("A000", "expected a JSON object".to_owned())]));
    };
    let draft = read(&request, gateway.clock.now()).map_err(invalid)?;
    let kept = gateway.db.write(move |tx| keep(tx, &account, draft)).await?;
    gateway.due.notify_one();
    let text = "Pin creado";
    Ok(envelope(StatusCode::OK, true, text, ACTION, describe(&kept.0, &kept.1)))
}

/// Issues the pin, or gives the one issued before under the same invoice number.
fn keep(
    tx: &rusqlite::Transaction,
    account: &Account,
    draft: Transaction,
) -> Result<(Account, Transaction), Refusal> {
    if let Some(existing) = transaction::by_invoice(tx, &account.customer_id, &draft.invoice)? {
        if existing.value != draft.value {
            return Err(invalid(vec![("A005", "invoice already used with another value".to_owned())]));
        }
        return Ok((account.clone(), existing));
    }
    let ref_payco = transaction::next_ref_payco(tx)?;
    let receipt = format!("4877{:010}", random::number(10_000_000_000));
    let new = Transaction { ref_payco, receipt, customer_id: account.customer_id.clone(), ..draft };
    transaction::insert(tx, &new)?;
    outbox::enqueue(tx, account, &new)?;
    Ok((account.clone(), new))
}

fn read(request: &Map<String, Value>, now: i64) -> Result<Transaction, Vec<(&'static str, String)>> {
    let mut errors = complaints(request);
    let value = request.get("value").and_then(Value::as_i64).unwrap_or_default();
    if value < LEAST_VALUE {
        errors.push(("E035", format!("Amount must be greater than {LEAST_VALUE}")));
    }
    let expires_at = match text(request, "endDate") {
        Some(day) => end_date(&day).filter(|end| *end > now),
        None => Some(now + DEFAULT_LIFE_MILLIS),
    };
    let Some(expires_at) = expires_at else {
        errors.push(("A004", "field endDate must be a day to come, YYYY-MM-DD".to_owned()));
        return Err(errors);
    };
    if errors.is_empty() { Ok(draft(request, value, now, expires_at)) } else { Err(errors) }
}

fn complaints(request: &Map<String, Value>) -> Vec<(&'static str, String)> {
    let is_missing = |field: &&str| text(request, field).is_none_or(|value| value.trim().is_empty());
    let missing = REQUIRED.into_iter().filter(is_missing);
    let mut errors: Vec<_> = missing.map(|field| ("A001", format!("field {field} required"))).collect();
    if text(request, "currency").is_some_and(|currency| currency != "COP") {
        errors.push(("A002", "field currency must be COP".to_owned()));
    }
    if text(request, "paymentMethod").as_deref() != Some("EF") {
        errors.push(("A003", "field paymentMethod must be EF".to_owned()));
    }
    errors
}

/// The transaction as asked for; its numbers are given when it is kept.
fn draft(request: &Map<String, Value>, value: i64, now: i64, expires_at: i64) -> Transaction {
    let payer = PAYER.into_iter().filter_map(|field| Some((field.to_owned(), request.get(field)?.clone())));
    let method = text(request, "methodConfirmation").filter(|method| method.eq_ignore_ascii_case("GET"));
    Transaction {
        ref_payco: 0,
        customer_id: String::new(),
        invoice: text(request, "invoice").unwrap_or_else(|| format!("APIFY-{}", random::hex(12))),
        description: text(request, "description").unwrap_or_default(),
        value,
        paid_value: None,
        state: Stage::Pending,
        receipt: String::new(),
        approval_code: "000000".to_owned(),
        payer: Value::Object(payer.collect()).to_string(),
        confirmation_url: text(request, "urlConfirmation").unwrap_or_default(),
        confirmation_method: if method.is_some() { "GET" } else { "POST" }.to_owned(),
        created_at: now,
        state_at: now,
        expires_at,
    }
}

/// `2026-11-30`, or `26-11-30` as the documentation's example has it: the day's end in Bogotá.
fn end_date(day: &str) -> Option<i64> {
    let format = if day.len() == 8 { "%y-%m-%d" } else { "%Y-%m-%d" };
    end_of_day(NaiveDate::parse_from_str(day, format).ok()?)
}

fn text(request: &Map<String, Value>, field: &str) -> Option<String> {
    match request.get(field)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn invalid(errors: Vec<(&'static str, String)>) -> Refusal {
    Refusal::Invalid { last_action: ACTION, errors }
}

fn describe(account: &Account, transaction: &Transaction) -> Value {
    let payer: Value = serde_json::from_str(&transaction.payer).unwrap_or_default();
    json!({
        "refPayco": transaction.ref_payco,
        "invoice": transaction.invoice,
        "description": transaction.description,
        "value": transaction.value,
        "tax": 0,
        "ico": 0,
        "taxBase": 0,
        "total": transaction.value,
        "currency": "COP",
        "bank": "EFECTY",
        "status": transaction.state.word(),
        "response": "Se espera el pago en un punto Efecty",
        "autorization": transaction.approval_code,
        "receipt": transaction.receipt,
        "date": naive_bogota(transaction.created_at),
        "franchise": "EF",
        "codResponse": transaction.state.code(),
        "codError": "P004",
        "ip": "127.0.0.1",
        "testMode": 1,
        "docType": payer["docType"],
        "document": payer["docNumber"],
        "name": payer["name"],
        "lastName": payer["lastName"],
        "email": payer["email"],
        "city": "",
        "address": "NA",
        "pin": transaction.pin(),
        "codeProject": account.agreement.parse::<i64>().unwrap_or_default(),
        "paymentDate": naive_bogota(transaction.created_at),
        "expirationDate": naive_bogota(transaction.expires_at),
        "conversionFactor": 4012.7,
        "pesos": transaction.value,
    })
}
