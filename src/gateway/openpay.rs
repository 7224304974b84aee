//! Openpay Colombia.
//!
//! Credentials: `merchantId` and `privateKey` for requests, `webhookUser` and `webhookPassword`, as
//! the shop chose them with its webhook. Nothing is signed: a webhook that knows the password names
//! a charge to ask about. Date-times do not say their zone: the caller states it.

use serde_json::{Value, json};

use super::adapter::{Adapter, Capabilities};
use super::callback::{Callback, Covers, Refusal, Verification, VerifyOptions};
use super::digest::{base64, same_secret};
use super::document::Document;
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{HttpRequest, Needs, PaymentRequest, StatusRequest};
use super::zone::iso;
use super::{Context, Credentials, reference};
use crate::calendar::Deadline;
use crate::voucher::{Agreement, Voucher};

const API: &str = "https://api.openpay.co";
/// The password proves the sender, not what the body says.
const COVERS: &[Covers] = &[];
const BASIC: &str = "Basic";

pub(super) struct Gateway;

impl Adapter for Gateway {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            title: "Openpay",
            steps: "payment",
            formats: "",
            query: "GET charges",
            signature: "none; HTTP Basic",
            covers: COVERS,
            timed: false,
            requery: true,
            pickup: false,
            credentials: &["merchantId", "privateKey", "webhookUser", "webhookPassword"],
        }
    }

    /// `POST /v1/{merchant}/charges`; needs `address`, and `zone` where a last day is asked for.
    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let PaymentRequest { payer, options, credentials, .. } = request;
        let mut needs = Needs::default();
        let merchant = needs.key(credentials, "merchantId");
        let key = needs.key(credentials, "privateKey");
        let (name, last_name) = needs.names(payer, 100);
        let address = needs.some("address", options.address.as_ref());
        let mut body = json!({
            "method": "store",
            "amount": request.amount.get(),
            "currency": "COP",
            "description": needs.text("description", Some(request.description), 250),
            "order_id": needs.text("invoice", Some(request.invoice), 100),
            "iva": "0",
            "customer": {
                "name": name,
                "last_name": last_name,
                "email": needs.email(payer, 100),
                "phone_number": needs.phone(payer, 100),
            },
        });
        if let Some(address) = address {
            body["customer"]["customer_address"] = json!({
                "department": needs.text("address.state", Some(&address.state), 100),
                "city": needs.text("address.city", Some(&address.city), 100),
                "additional": needs.text("address.street", Some(&address.street), 200),
            });
        }
        if let Some(end) = needs.last_second(request)
            && let Some(zone) = needs.some("zone", options.zone)
        {
            let local = zone.local(end);
            body["due_date"] = json!(local.split('.').next());
        }
        needs.check()?;
        let url = format!("{}/v1/{merchant}/charges", options.base(API));
        Ok(HttpRequest::post_json(url, &body).with("Authorization", basic(key, "")))
    }

    fn status_request(&self, request: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let mut needs = Needs::default();
        let merchant = needs.key(request.credentials, "merchantId");
        let key = needs.key(request.credentials, "privateKey");
        needs.check()?;
        let url = format!("{}/v1/{merchant}/charges/{}", request.options.base(API), request.id()?);
        Ok(HttpRequest::get(url).with("Authorization", basic(key, "")))
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
        _: &VerifyOptions,
    ) -> Result<Verification, GatewayError> {
        let expected = pair(credentials.get("webhookUser")?, credentials.get("webhookPassword")?);
        Ok(check(callback, &expected).unwrap_or_else(Verification::refused))
    }
}

fn basic(user: &str, password: &str) -> String {
    [BASIC, " ", &pair(user, password)].concat()
}

fn pair(user: &str, password: &str) -> String {
    base64([user, ":", password].concat().as_bytes())
}

fn voucher(document: &Document, context: &Context) -> Result<Voucher, GatewayError> {
    context.check_amount(document, "amount", "currency")?;
    document.expect("status", "in_progress")?;
    document.agree(&[("method", "store"), ("payment_method.type", "store")])?;
    let agreement = context.agreement.clone().map(|code| Agreement { label: None, code });
    let reference = reference(document, "payment_method.reference", &[4, 4, 4, 4])?;
    let expires_at = match document.optional_text("due_date") {
        Some(text) => match iso(&text) {
            Some(instant) => Some(instant),
            None => Some(document.naive("due_date", context.zone)?),
        },
        None => None,
    };
    Ok(Voucher { expires_at: expires_at.map(Deadline::At), ..context.efecty(agreement, reference) })
}

fn status(document: &Document) -> Result<Event, GatewayError> {
    let state = document.text("status")?;
    let currency = document.text("currency")?;
    Ok(Event {
        payment_id: document.id("id")?,
        invoice: document.optional_text("order_id"),
        status: match state.as_str() {
            "completed" if document.at("refund").is_some() => PaymentStatus::Refunded,
            "completed" => PaymentStatus::Paid,
            "in_progress" | "charge_pending" => PaymentStatus::Pending,
            "failed" => PaymentStatus::Rejected,
            "cancelled" => PaymentStatus::Cancelled,
            "expired" => PaymentStatus::Expired,
            "refunded" | "chargeback_accepted" => PaymentStatus::Refunded,
            _ => PaymentStatus::Unknown(state),
        },
        amount: document.pesos_in("amount", &currency)?,
        currency: Some(currency),
        at: document.optional_text("operation_date").and_then(|date| iso(&date)),
    })
}

/// The user name and the password, after a scheme in any case; then the charge that the body names.
fn check(callback: &Callback<'_>, expected: &str) -> Result<Verification, Refusal> {
    let header = callback.signed_header("Authorization")?;
    let (scheme, claimed) = header.split_once(' ').ok_or(Refusal::Signature)?;
    if !scheme.eq_ignore_ascii_case(BASIC) || !same_secret(claimed, expected) {
        return Err(Refusal::Signature);
    }
    let document = Document::parse(callback.text()?).map_err(|_| Refusal::Malformed)?;
    let topic = document.optional_text("type").ok_or(Refusal::Malformed)?;
    // Sent once, to see whether somebody answers.
    if topic == "verification" {
        return Ok(Verification::notice(Vec::new(), COVERS));
    }
    let payment_id = document.id("transaction.id").map_err(|_| Refusal::Malformed)?;
    let event = Event {
        payment_id,
        invoice: document.optional_text("transaction.order_id"),
        status: match topic.as_str() {
            "charge.succeeded" => PaymentStatus::Paid,
            "charge.created" => PaymentStatus::Pending,
            "charge.failed" => PaymentStatus::Rejected,
            "charge.cancelled" => PaymentStatus::Cancelled,
            "charge.refunded" => PaymentStatus::Refunded,
            // The documents say the one, the plugin listens for the other.
            "order.expired" | "transaction.expired" => PaymentStatus::Expired,
            _ => PaymentStatus::Unknown(topic),
        },
        amount: None,
        currency: None,
        at: None,
    };
    Ok(Verification::of(event, COVERS, true))
}

/// An answer about a charge; Openpay's words where it is an error.
fn accepted(raw: &str) -> Result<Document, GatewayError> {
    let document = Document::parse(raw)?;
    if document.at("error_code").and_then(Value::as_u64).is_none() || document.at("id").is_some() {
        return Ok(document);
    }
    let words = document.optional_text("description").unwrap_or_default();
    Err(GatewayError::new(ErrorCode::Refused, "error_code", words))
}
