//! Mercado Pago.
//!
//! Credentials: `accessToken` for requests, `webhookSecret` for notifications. A notification names
//! a payment and says nothing else: what it says is to be asked.

use serde_json::json;

use super::adapter::{Adapter, Capabilities};
use super::callback::{Callback, Covers, Parameters, Refusal, Verification, VerifyOptions};
use super::digest::{hex, hmac_sha256, same_secret};
use super::document::{Document, is_id};
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{HttpRequest, Needs, PaymentRequest, StatusRequest};
use super::zone::{DAY_MILLIS, Zone, epoch_millis, iso};
use super::{Context, Credentials, reference};
use crate::calendar::{Deadline, ServerInstant};
use crate::payer::DocumentType::{self, Cc, Ce, Nit, Other, Pa, Pep, Ppt, Rc, Ti};
use crate::voucher::{Agreement, Links, Voucher};

const API: &str = "https://api.mercadopago.com";
const COVERS: &[Covers] = &[Covers::Payment];
/// What the payer is asked for, and then what was taken.
const TO_PAY: &str = "transaction_details.total_paid_amount";
const DOCUMENTS: &[(DocumentType, &str)] = &[
    (Cc, "CC"),
    (Ce, "CE"),
    (Nit, "NIT"),
    (Ti, "Otro"),
    (Pa, "Otro"),
    (Ppt, "Otro"),
    (Pep, "Otro"),
    (Rc, "Otro"),
    (Other, "Otro"),
];

pub(super) struct Gateway;

impl Adapter for Gateway {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            title: "Mercado Pago",
            steps: "payment",
            formats: "",
            query: "GET v1/payments",
            signature: "HMAC-SHA256 over a manifest of number, request and time",
            covers: COVERS,
            timed: true,
            requery: true,
            pickup: false,
            credentials: &["accessToken", "webhookSecret"],
        }
    }

    /// `POST /v1/payments`.
    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let PaymentRequest { payer, options, credentials, .. } = request;
        let mut needs = Needs::default();
        let token = needs.key(credentials, "accessToken");
        let (first, last) = needs.names(payer, 255);
        let (document_type, number) = needs.document(&payer.document, DOCUMENTS);
        let mut body = json!({
            "transaction_amount": request.amount.get(),
            "description": request.description,
            "payment_method_id": "efecty",
            "external_reference": needs.header("invoice", request.invoice, 256),
            "payer": {
                "email": needs.email(payer, 255),
                "first_name": first,
                "last_name": last,
                "identification": { "type": document_type, "number": number },
            },
        });
        if let Some(url) = &options.confirmation_url {
            body["notification_url"] = json!(url);
        }
        let ahead = DAY_MILLIS..=30 * DAY_MILLIS;
        if let Some(end) = needs.last_second_in(request, ahead, "a day whose end is 1 to 30 days ahead") {
            body["date_of_expiration"] = json!(format!("{}-05:00", Zone::BOGOTA.local(end)));
        }
        needs.check()?;
        Ok(HttpRequest::post_json(format!("{}/v1/payments", options.base(API)), &body)
            .with("Authorization", format!("Bearer {token}"))
            .with("X-Idempotency-Key", request.invoice))
    }

    fn status_request(&self, request: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let token = request.credentials.get("accessToken")?;
        let url = format!("{}/v1/payments/{}", request.options.base(API), request.id()?);
        Ok(HttpRequest::get(url).with("Authorization", format!("Bearer {token}")))
    }

    fn voucher(&self, raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
        voucher(&accepted(raw)?, context)
    }

    fn status(&self, raw: &str) -> Result<Event, GatewayError> {
        status(&accepted(raw)?)
    }

    fn verify(
        &self,
        callback: &Callback<'_>,
        credentials: &Credentials,
        options: &VerifyOptions,
    ) -> Result<Verification, GatewayError> {
        let secret = credentials.get("webhookSecret")?;
        Ok(check(callback, secret, options).unwrap_or_else(Verification::refused))
    }
}

fn voucher(document: &Document, context: &Context) -> Result<Voucher, GatewayError> {
    context.check_amount(document, "transaction_amount", "currency_id")?;
    let state = document.text("status")?;
    if state != "pending" {
        let words = document.optional_text("status_detail").unwrap_or(state);
        return Err(GatewayError::new(ErrorCode::Refused, "status", words));
    }
    let agreement = context.agreement.clone().map(|code| Agreement { label: None, code });
    let reference = reference(document, "transaction_details.payment_method_reference_id", &[4, 4])?;
    context.amounts_agree(document, &[TO_PAY])?;
    document.agree(&[
        ("payment_method_id", "efecty"),
        ("transaction_details.verification_code", &reference.value),
    ])?;
    Ok(Voucher {
        links: Links {
            voucher: document.optional_text("transaction_details.external_resource_url"),
            ..Links::default()
        },
        issued_at: document.at("date_created").map(|_| document.instant("date_created")).transpose()?,
        expires_at: Some(Deadline::At(document.instant("date_of_expiration")?)),
        ..context.efecty(agreement, reference)
    })
}

fn status(document: &Document) -> Result<Event, GatewayError> {
    let detail = document.optional_text("status_detail");
    let status = match document.text("status")?.as_str() {
        "approved" => PaymentStatus::Paid,
        "pending" | "authorized" | "in_process" => PaymentStatus::Pending,
        "rejected" => PaymentStatus::Rejected,
        // There is no word for expired.
        "cancelled" if detail.as_deref() == Some("expired") => PaymentStatus::Expired,
        "cancelled" => PaymentStatus::Cancelled,
        "refunded" | "charged_back" => PaymentStatus::Refunded,
        other => PaymentStatus::Unknown(other.to_owned()),
    };
    let currency = document.text("currency_id")?;
    let dates: &[&str] = match status {
        PaymentStatus::Paid => &["date_approved"],
        _ => &["date_last_updated"],
    };
    // More than was asked may have been taken.
    let has_total = status == PaymentStatus::Paid && document.at(TO_PAY).is_some();
    let amount = if has_total { TO_PAY } else { "transaction_amount" };
    Ok(Event {
        payment_id: document.id("id")?,
        invoice: document.optional_text("external_reference"),
        status,
        amount: document.pesos_in(amount, &currency)?,
        currency: Some(currency),
        at: dates.iter().find_map(|path| iso(&document.optional_text(path)?)),
    })
}

/// The manifest is made of the address and two headers; the body is not signed.
fn check(callback: &Callback<'_>, secret: &str, options: &VerifyOptions) -> Result<Verification, Refusal> {
    let (ts, claimed) = signature_parts(callback.signed_header("x-signature")?)?;
    let request_id = callback.header("x-request-id")?.filter(|id| !id.is_empty());
    let query = Parameters::form(callback.query())?;
    let id = query.get("data.id")?.filter(|id| is_id(id)).ok_or(Refusal::Malformed)?;
    if request_id.is_some_and(|id| id.contains([';', ':'])) {
        return Err(Refusal::Malformed);
    }
    // The documents lower the case of the number, the libraries keep it.
    let spellings = [id.to_owned(), id.to_ascii_lowercase()];
    let matches = spellings.iter().fold(false, |found, id| {
        let request = request_id.map_or_else(String::new, |request| format!("request-id:{request};"));
        let manifest = format!("id:{id};{request}ts:{ts};");
        found | same_secret(claimed, &hex(&hmac_sha256(secret, &[manifest.as_bytes()])))
    });
    if !matches {
        return Err(Refusal::Signature);
    }
    options.check_time(signed_time(ts))?;
    contradiction(callback, id)?;
    // Other topics use the same address and number other things.
    if query.get("type")?.is_some_and(|topic| topic != "payment") {
        return Ok(Verification::notice(Vec::new(), COVERS));
    }
    Ok(Verification::notice(vec![id.to_owned()], COVERS))
}

/// `ts=…,v1=…`, each once.
fn signature_parts(header: &str) -> Result<(&str, &str), Refusal> {
    let (mut ts, mut v1) = (None, None);
    for part in header.split(',') {
        let (name, value) = part.trim().split_once('=').ok_or(Refusal::Malformed)?;
        let slot = match name {
            "ts" => &mut ts,
            "v1" => &mut v1,
            _ => continue,
        };
        if slot.replace(value).is_some() {
            return Err(Refusal::Ambiguous);
        }
    }
    ts.zip(v1).ok_or(Refusal::Unsigned)
}

/// Seconds in the documents, milliseconds in the libraries: by magnitude.
fn signed_time(ts: &str) -> Option<ServerInstant> {
    match ts.len() {
        0..=11 => epoch_millis(&format!("{ts}000")),
        _ => epoch_millis(ts),
    }
}

/// A body about another payment than the signed address.
fn contradiction(callback: &Callback<'_>, id: &str) -> Result<(), Refusal> {
    if callback.raw_body.is_empty() {
        return Ok(());
    }
    let document = Document::parse(callback.text()?).map_err(|_| Refusal::Malformed)?;
    match document.optional_text("data.id") {
        Some(other) if !other.eq_ignore_ascii_case(id) => Err(Refusal::Ambiguous),
        _ => Ok(()),
    }
}

/// An answer about a payment; Mercado Pago's words where it is an error.
fn accepted(raw: &str) -> Result<Document, GatewayError> {
    let document = Document::parse_one(raw)?;
    if document.at("id").is_some() {
        return Ok(document);
    }
    match document.optional_text("message") {
        Some(words) => Err(GatewayError::new(ErrorCode::Refused, "message", words)),
        None => Err(GatewayError::missing("id")),
    }
}
