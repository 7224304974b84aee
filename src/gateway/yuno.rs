//! Yuno, which passes payments on to other gateways.
//!
//! Credentials: `publicApiKey`, `privateSecretKey`, `accountId` for requests, `webhookSecret` for
//! webhooks. Whether their signature is written in hexadecimal or base64 is not documented; either
//! spelling of the one digest is accepted.

use serde_json::json;

use super::adapter::{Adapter, Capabilities};
use super::callback::{Callback, Covers, Refusal, Verification, VerifyOptions};
use super::digest::{base64, hex, hmac_sha256, same_secret};
use super::document::{Document, is_uuid};
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{HttpRequest, Needs, PaymentRequest, StatusRequest};
use super::zone::iso;
use super::{Context, Credentials, reference};
use crate::calendar::Deadline;
use crate::payer::DocumentType::{self, Cc, Ce, Nit, Pa, Ti};
use crate::voucher::{Agreement, Barcode, Links, Symbology, Voucher};

const API: &str = "https://api.y.uno";
const COVERS: &[Covers] =
    &[Covers::Payment, Covers::Invoice, Covers::Amount, Covers::Currency, Covers::Status];
const DOCUMENTS: &[(DocumentType, &str)] = &[(Cc, "CC"), (Ce, "CE"), (Nit, "NIT"), (Ti, "TI"), (Pa, "PASS")];

pub(super) struct Gateway;

impl Adapter for Gateway {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            title: "Yuno",
            steps: "payment",
            formats: "",
            query: "GET v1/payments",
            signature: "HMAC-SHA256 over the body",
            covers: COVERS,
            timed: false,
            requery: false,
            pickup: false,
            credentials: &["publicApiKey", "privateSecretKey", "accountId", "webhookSecret"],
        }
    }

    /// `POST /v1/payments`.
    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let PaymentRequest { payer, options, credentials, .. } = request;
        let mut needs = Needs::default();
        let (public, private) =
            (needs.key(credentials, "publicApiKey"), needs.key(credentials, "privateSecretKey"));
        let (first, last) = needs.names(payer, 80);
        let (document_type, number) = needs.document(&payer.document, DOCUMENTS);
        let mut body = json!({
            "account_id": needs.key(credentials, "accountId"),
            "merchant_order_id": needs.header("invoice", request.invoice, 255),
            "description": needs.text("description", Some(request.description), 255),
            "country": "CO",
            "amount": { "currency": "COP", "value": request.amount.get() },
            "workflow": "DIRECT",
            "payment_method": { "type": "EFECTY" },
            "customer_payer": {
                "first_name": first,
                "last_name": last,
                "email": needs.email(payer, 255),
                "country": "CO",
                "document": { "document_type": document_type, "document_number": number },
            },
        });
        if let Some(url) = &options.return_url {
            body["callback_url"] = json!(url);
        }
        needs.check()?;
        Ok(HttpRequest::post_json(format!("{}/v1/payments", options.base(API)), &body)
            .with("public-api-key", public)
            .with("private-secret-key", private)
            .with("X-Idempotency-Key", request.invoice))
    }

    fn status_request(&self, request: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let mut needs = Needs::default();
        let public = needs.key(request.credentials, "publicApiKey");
        let private = needs.key(request.credentials, "privateSecretKey");
        needs.check()?;
        let url = format!("{}/v1/payments/{}", request.options.base(API), request.id()?);
        Ok(HttpRequest::get(url).with("public-api-key", public).with("private-secret-key", private))
    }

    fn voucher(&self, raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
        voucher(&accepted(raw)?, context)
    }

    fn status(&self, raw: &str) -> Result<Event, GatewayError> {
        event(&accepted(raw)?, "")
    }

    fn verify(
        &self,
        callback: &Callback<'_>,
        credentials: &Credentials,
        _: &VerifyOptions,
    ) -> Result<Verification, GatewayError> {
        let secret = credentials.get("webhookSecret")?;
        Ok(check(callback, secret).unwrap_or_else(Verification::refused))
    }
}

fn voucher(document: &Document, context: &Context) -> Result<Voucher, GatewayError> {
    context.check_amount(document, "amount.value", "amount.currency")?;
    document.agree(&[("payment_method.type", "EFECTY"), ("country", "CO")])?;
    let state = document.text("status")?;
    if state != "READY_TO_PAY" && state != "PENDING" {
        return Err(GatewayError::new(ErrorCode::Refused, "status", state));
    }
    let ticket = |name: &str| format!("payment_method.payment_method_detail.ticket.{name}");
    let page = document.optional_text(&ticket("redirect_url"));
    let number = document.optional_text(&ticket("provider_number")).filter(|number| !is_uuid(number));
    let agreement = context.agreement.clone().map(|code| Agreement { label: None, code });
    let voucher = match (number, &page) {
        // In the redirected flow the number is a name for machines.
        (None, Some(_)) => context.voucher(Vec::new()),
        _ => context.efecty(agreement, reference(document, &ticket("provider_number"), &[])?),
    };
    let content = document.optional_text(&ticket("provider_barcode"));
    let format = document.optional_text(&ticket("provider_format"));
    let expiry = ticket("date_of_expiration");
    Ok(Voucher {
        barcode: content.zip(format).map(|(content, format)| {
            let bare: String = format.chars().filter(char::is_ascii_alphanumeric).collect();
            let code128 = bare.eq_ignore_ascii_case("code128");
            let symbology = if code128 { Symbology::Code128 } else { Symbology::Other(format) };
            Barcode { symbology, content }
        }),
        links: Links { voucher: page, ..Links::default() },
        expires_at: document.at(&expiry).map(|_| document.instant(&expiry)).transpose()?.map(Deadline::At),
        ..voucher
    })
}

fn check(callback: &Callback<'_>, secret: &str) -> Result<Verification, Refusal> {
    let claimed = callback.signed_header("x-hmac-signature")?;
    let digest = hmac_sha256(secret, &[callback.raw_body]);
    if !(same_secret(claimed, &base64(&digest)) | same_secret(claimed, &hex(&digest))) {
        return Err(Refusal::Signature);
    }
    let document = Document::parse(callback.text()?).map_err(|_| Refusal::Malformed)?;
    let event = event(&document, "data.payment.").map_err(|_| Refusal::Malformed)?;
    Ok(Verification::of(event, COVERS, false))
}

fn event(document: &Document, under: &str) -> Result<Event, GatewayError> {
    let at = |name: &str| format!("{under}{name}");
    let state = document.text(&at("status"))?;
    let currency = document.text(&at("amount.currency"))?;
    Ok(Event {
        payment_id: document.id(&at("id"))?,
        invoice: document.optional_text(&at("merchant_order_id")),
        status: match state.as_str() {
            "SUCCEEDED" => PaymentStatus::Paid,
            "CREATED" | "READY_TO_PAY" | "PENDING" => PaymentStatus::Pending,
            "DECLINED" | "REJECTED" | "ERROR" => PaymentStatus::Rejected,
            "EXPIRED" => PaymentStatus::Expired,
            "CANCELED" | "CANCELLED" => PaymentStatus::Cancelled,
            "REFUNDED" => PaymentStatus::Refunded,
            _ => PaymentStatus::Unknown(state),
        },
        amount: document.pesos_in(&at("amount.value"), &currency)?,
        currency: Some(currency),
        at: document.optional_text(&at("updated_at")).and_then(|date| iso(&date)),
    })
}

/// An answer about a payment; Yuno's words where it is an error.
fn accepted(raw: &str) -> Result<Document, GatewayError> {
    let document = Document::parse(raw)?;
    if document.at("id").is_some() {
        return Ok(document);
    }
    let words = ["messages.0", "message"].into_iter().find_map(|path| document.optional_text(path));
    match words {
        Some(words) => Err(GatewayError::new(ErrorCode::Refused, "message", words)),
        None => Err(GatewayError::missing("id")),
    }
}
