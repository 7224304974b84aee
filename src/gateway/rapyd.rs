//! Rapyd.
//!
//! Credentials: `accessKey` and `secretKey`. Requests and webhooks are signed over the address, the
//! salt, the time, both keys and the body; the digest is written in hexadecimal and that again in
//! base64. `PAYMENT_SUCCEEDED` is sent when the voucher is made: it does not mean paid.

use serde_json::{Value, json};

use super::adapter::{Adapter, Capabilities};
use super::callback::{Callback, Covers, Refusal, Verification, VerifyOptions};
use super::digest::{base64, hex, hmac_sha256, same_secret};
use super::document::{Document, is_code, is_uuid};
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{HttpRequest, Needs, PaymentRequest, StatusRequest};
use super::zone::epoch_millis;
use super::{Context, Credentials, reference};
use crate::calendar::{Deadline, ServerInstant};
use crate::voucher::{Agreement, Links, Voucher};

const API: &str = "https://api.rapyd.net";
const COVERS: &[Covers] =
    &[Covers::Payment, Covers::Invoice, Covers::Amount, Covers::Currency, Covers::Status];

pub(super) struct Gateway;

impl Adapter for Gateway {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            title: "Rapyd",
            steps: "payment",
            formats: "",
            query: "GET v1/payments",
            signature: "HMAC-SHA256 over address, salt, time, keys and body",
            covers: COVERS,
            timed: true,
            requery: false,
            pickup: false,
            credentials: &["accessKey", "secretKey"],
        }
    }

    /// `POST /v1/payments`; what `co_efecty_cash` wants as `fields` is not documented in public.
    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let PaymentRequest { payer, options, credentials, .. } = request;
        let mut needs = Needs::default();
        let keys = Keys::read(&mut needs, credentials);
        let mut body = json!({
            "amount": request.amount.get(),
            "currency": "COP",
            "description": needs.fits("description", request.description, 255),
            "merchant_reference_id": needs.header("invoice", request.invoice, 45),
            "receipt_email": needs.email(payer, 255),
            "payment_method": { "type": "co_efecty_cash", "fields": {} },
        });
        if let Some(end) = needs.last_second(request) {
            body["expiration"] = json!(end.millis() / 1000);
        }
        needs.header("nonce", request.nonce, 16);
        needs.check()?;
        let unsigned = HttpRequest::post_json(format!("{}/v1/payments", options.base(API)), &body)
            .with("idempotency", request.invoice);
        Ok(keys.sign(unsigned, "/v1/payments", request.now, request.nonce))
    }

    fn status_request(&self, request: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let mut needs = Needs::default();
        let keys = Keys::read(&mut needs, request.credentials);
        needs.header("nonce", request.nonce, 16);
        needs.check()?;
        let path = format!("/v1/payments/{}", request.id()?);
        let unsigned = HttpRequest::get(format!("{}{path}", request.options.base(API)));
        Ok(keys.sign(unsigned, &path, request.now, request.nonce))
    }

    fn voucher(&self, raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
        voucher(&accepted(raw)?, context)
    }

    fn status(&self, raw: &str) -> Result<Event, GatewayError> {
        let document = accepted(raw)?;
        let status = by_word(&document.text("data.status")?);
        event(&document, status)
    }

    fn verify(
        &self,
        callback: &Callback<'_>,
        credentials: &Credentials,
        options: &VerifyOptions,
    ) -> Result<Verification, GatewayError> {
        let keys = Keys { access: credentials.get("accessKey")?, secret: credentials.get("secretKey")? };
        Ok(keys.check(callback, options).unwrap_or_else(Verification::refused))
    }
}

struct Keys<'a> {
    access: &'a str,
    secret: &'a str,
}

impl<'a> Keys<'a> {
    fn read(needs: &mut Needs, credentials: &'a Credentials) -> Keys<'a> {
        Keys { access: needs.key(credentials, "accessKey"), secret: needs.key(credentials, "secretKey") }
    }

    fn signature(&self, address: &str, salt: &str, time: &str, body: &[u8]) -> String {
        let parts = [address, salt, time, self.access, self.secret].map(str::as_bytes);
        base64(hex(&hmac_sha256(self.secret, &[&parts[..], &[body]].concat())).as_bytes())
    }

    fn sign(&self, request: HttpRequest, path: &str, now: ServerInstant, salt: &str) -> HttpRequest {
        let time = (now.millis() / 1000).to_string();
        let address = [request.method.to_ascii_lowercase().as_str(), path].concat();
        let signature = self.signature(&address, salt, &time, request.body.as_bytes());
        request
            .with("access_key", self.access)
            .with("salt", salt)
            .with("timestamp", time)
            .with("signature", signature)
    }

    fn check(&self, callback: &Callback<'_>, options: &VerifyOptions) -> Result<Verification, Refusal> {
        let claimed = callback.signed_header("signature")?;
        let salt = callback.signed_header("salt")?;
        let time = callback.signed_header("timestamp")?;
        let url = callback.url.ok_or(Refusal::Malformed)?;
        if !same_secret(claimed, &self.signature(url, salt, time, callback.raw_body)) {
            return Err(Refusal::Signature);
        }
        if callback.header("access_key")?.is_some_and(|key| key != self.access) {
            return Err(Refusal::Merchant);
        }
        // Salt and time stand side by side: ten digits keep one from taking of the other.
        if time.len() != 10 {
            return Err(Refusal::Malformed);
        }
        options.check_time(epoch_millis(&format!("{time}000")))?;
        let document = Document::parse(callback.text()?).map_err(|_| Refusal::Malformed)?;
        let topic = document.optional_text("type").ok_or(Refusal::Malformed)?;
        let event = event(&document, by_topic(&topic)).map_err(|_| Refusal::Malformed)?;
        Ok(Verification::of(event, COVERS, false))
    }
}

fn by_topic(topic: &str) -> PaymentStatus {
    match topic {
        "PAYMENT_COMPLETED" => PaymentStatus::Paid,
        "PAYMENT_SUCCEEDED" => PaymentStatus::Pending,
        "PAYMENT_EXPIRED" => PaymentStatus::Expired,
        "PAYMENT_FAILED" => PaymentStatus::Rejected,
        "PAYMENT_CANCELED" => PaymentStatus::Cancelled,
        "PAYMENT_REVERSED" => PaymentStatus::Refunded,
        other => PaymentStatus::Unknown(other.to_owned()),
    }
}

fn by_word(status: &str) -> PaymentStatus {
    match status {
        "CLO" => PaymentStatus::Paid,
        // A voucher that waits for cash.
        "ACT" | "NEW" => PaymentStatus::Pending,
        // A voucher that ran out ends as an error.
        "ERR" | "EXP" => PaymentStatus::Expired,
        "CAN" => PaymentStatus::Cancelled,
        "REV" => PaymentStatus::Refunded,
        other => PaymentStatus::Unknown(other.to_owned()),
    }
}

fn event(document: &Document, status: PaymentStatus) -> Result<Event, GatewayError> {
    let path =
        if document.at("data.currency_code").is_some() { "data.currency_code" } else { "data.currency" };
    let currency = document.text(path)?;
    let paid_at = document.optional_text("data.paid_at").filter(|seconds| seconds != "0");
    Ok(Event {
        payment_id: document.id("data.id")?,
        invoice: document.optional_text("data.merchant_reference_id"),
        status,
        amount: document.pesos_in("data.amount", &currency)?,
        currency: Some(currency),
        at: paid_at.and_then(|seconds| epoch_millis(&format!("{seconds}000"))),
    })
}

/// The one textual code, or a page where there is none.
fn voucher(document: &Document, context: &Context) -> Result<Voucher, GatewayError> {
    let path =
        if document.at("data.currency_code").is_some() { "data.currency_code" } else { "data.currency" };
    context.check_amount(document, "data.amount", path)?;
    document.expect("data.status", "ACT")?;
    document.agree(&[("data.payment_method_type", "co_efecty_cash"), ("data.country_code", "CO")])?;
    let codes: Vec<&String> = match document.at("data.textual_codes") {
        Some(Value::Object(codes)) => codes
            .iter()
            .filter(|(_, value)| value.as_str().is_some_and(|code| is_code(code) && !is_uuid(code)))
            .map(|(name, _)| name)
            .collect(),
        _ => Vec::new(),
    };
    let page = document.optional_text("data.redirect_url").filter(|url| !url.is_empty());
    let agreement = context.agreement.clone().map(|code| Agreement { label: None, code });
    let voucher = match (&codes[..], &page) {
        ([name], _) => {
            let path = format!("data.textual_codes.{name}");
            context.efecty(agreement, reference(document, &path, &[])?)
        }
        ([], Some(_)) => context.voucher(Vec::new()),
        _ => return Err(GatewayError::unexpected("data.textual_codes", "one code")),
    };
    let expiry = document.optional_text("data.expiration").filter(|seconds| seconds != "0");
    let expected = || GatewayError::unexpected("data.expiration", "seconds since 1970");
    let expiry = expiry.map(|seconds| epoch_millis(&format!("{seconds}000")).ok_or_else(expected));
    Ok(Voucher {
        links: Links { voucher: page, ..Links::default() },
        expires_at: expiry.transpose()?.map(Deadline::At),
        ..voucher
    })
}

/// The answer where `status.status` is `SUCCESS`; Rapyd's words where it is not.
fn accepted(raw: &str) -> Result<Document, GatewayError> {
    let document = Document::parse(raw)?;
    if document.text("status.status")? == "SUCCESS" {
        return Ok(document);
    }
    let words = ["status.message", "status.error_code"];
    let words = words.into_iter().find_map(|path| document.optional_text(path)).unwrap_or_default();
    Err(GatewayError::new(ErrorCode::Refused, "status.status", words))
}
