//! PlacetoPay (Evertec), by its hosted checkout.
//!
//! Credentials: `login`, `secretKey`, and `algorithm` (`sha256`, or `sha1` while PlacetoPay still
//! sends the old signature to this shop): never taken from the notification. A notification is sent
//! once, does not cover the amount, and none tells a refund: ask.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::adapter::{Adapter, Capabilities};
use super::callback::{Callback, Covers, Refusal, Verification, VerifyOptions};
use super::digest::{Algorithm, base64, same_secret};
use super::document::Document;
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{HttpRequest, Needs, PaymentRequest, StatusRequest};
use super::zone::{DAY_MILLIS, MINUTE_MILLIS, Zone, iso};
use super::{Context, Credentials};
use crate::calendar::ServerInstant;
use crate::payer::DocumentType::{self, Cc, Ce, Nit, Pa, Rc, Ti};
use crate::voucher::{Links, Voucher};

const API: &str = "https://checkout.placetopay.com";
const COVERS: &[Covers] = &[Covers::Payment, Covers::Status];
const DOCUMENTS: &[(DocumentType, &str)] =
    &[(Cc, "CC"), (Ce, "CE"), (Nit, "NIT"), (Ti, "TI"), (Pa, "PPN"), (Rc, "RC")];

pub(super) struct Gateway;

impl Adapter for Gateway {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            title: "PlacetoPay",
            steps: "payment",
            formats: "",
            query: "POST api/session",
            signature: "SHA-256 (or SHA-1) over three values and the key",
            covers: COVERS,
            timed: false,
            requery: true,
            pickup: false,
            credentials: &["login", "secretKey", "algorithm"],
        }
    }

    /// `POST /api/session`; needs the options `return_url`, `payer_ip` and `user_agent`.
    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let PaymentRequest { payer, options, credentials, .. } = request;
        let mut needs = Needs::default();
        let auth = auth(&mut needs, credentials, request.now, request.nonce);
        let (name, surname) = needs.names(payer, 60);
        let (document_type, number) = needs.document(&payer.document, DOCUMENTS);
        let expected = "a day whose end is at least 30 minutes ahead";
        let end = needs.last_second_in(request, 30 * MINUTE_MILLIS..=i64::MAX, expected);
        let end = end.unwrap_or(request.now.plus_millis(3 * DAY_MILLIS));
        let mut body = json!({
            "auth": auth,
            "locale": "es_CO",
            "buyer": {
                "name": name,
                "surname": surname,
                "email": needs.email(payer, 80),
                "documentType": document_type,
                "document": number,
            },
            "payment": {
                "reference": needs.text("invoice", Some(request.invoice), 32),
                "description": needs.fits("description", request.description, 250),
                "amount": { "currency": "COP", "total": request.amount.get() },
            },
            "paymentMethod": "efecty",
            "expiration": with_offset(end),
            "returnUrl": needs.text("returnUrl", options.return_url.as_deref(), 250),
            "ipAddress": needs.text("payerIp", options.payer_ip.as_deref(), 39),
            "userAgent": needs.text("userAgent", options.user_agent.as_deref(), 255),
        });
        if let Some(phone) = &payer.phone {
            body["buyer"]["mobile"] = json!(phone.e164);
        }
        if let Some(url) = &options.confirmation_url {
            body["notificationUrl"] = json!(url);
        }
        needs.check()?;
        Ok(HttpRequest::post_json(format!("{}/api/session", options.base(API)), &body))
    }

    fn status_request(&self, request: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let mut needs = Needs::default();
        let auth = auth(&mut needs, request.credentials, request.now, request.nonce);
        needs.check()?;
        let url = format!("{}/api/session/{}", request.options.base(API), request.id()?);
        Ok(HttpRequest::post_json(url, &json!({ "auth": auth })))
    }

    /// Only a page: it makes the slip.
    fn voucher(&self, raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
        let document = accepted(raw)?;
        let state = document.text("status.status")?;
        if by_word(&state) != PaymentStatus::Pending {
            return Err(GatewayError::new(ErrorCode::Refused, "status.status", state));
        }
        document.id("requestId")?;
        let links = Links { voucher: Some(document.text("processUrl")?), ..Links::default() };
        Ok(Voucher { links, ..context.voucher(Vec::new()) })
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
        let key = credentials.get("secretKey")?;
        let algorithm = Algorithm::read(credentials)?;
        if algorithm == Algorithm::Md5 {
            return Err(GatewayError::new(ErrorCode::Credential, "algorithm", "sha256 or sha1"));
        }
        Ok(check(callback, key, algorithm).unwrap_or_else(Verification::refused))
    }
}

/// `tranKey` is the digest of nonce, time and secret.
fn auth(needs: &mut Needs, credentials: &Credentials, now: ServerInstant, nonce: &str) -> Value {
    let login = needs.key(credentials, "login");
    let secret = needs.key(credentials, "secretKey");
    let nonce = needs.text("nonce", Some(nonce), 255);
    let seed = with_offset(now);
    json!({
        "login": login,
        "tranKey": base64(&Sha256::digest([nonce, &seed, secret].concat())),
        "nonce": base64(nonce.as_bytes()),
        "seed": seed,
    })
}

/// `2026-07-02T19:50:07-05:00`.
fn with_offset(instant: ServerInstant) -> String {
    let local = Zone::BOGOTA.local(instant);
    format!("{}-05:00", local.split('.').next().unwrap_or_default())
}

fn status(document: &Document) -> Result<Event, GatewayError> {
    let state = document.optional_text("status.status").unwrap_or_default();
    let date = document.optional_text("status.date").and_then(|date| iso(&date));
    if document.at("processUrl").is_some() {
        return Ok(Event {
            payment_id: document.id("requestId")?,
            invoice: None,
            status: PaymentStatus::Pending,
            amount: None,
            currency: None,
            at: date,
        });
    }
    let end = document.optional_text("request.expiration").and_then(|end| iso(&end));
    let ran_out = date.zip(end).is_some_and(|(date, end)| date >= end);
    let status = match by_word(&state) {
        // There is no other word for a session that ran out.
        PaymentStatus::Rejected if ran_out => PaymentStatus::Expired,
        status => status,
    };
    let currency = document.text("request.payment.amount.currency")?;
    Ok(Event {
        payment_id: document.id("requestId")?,
        invoice: document.optional_text("request.payment.reference"),
        status,
        amount: document.pesos_in("request.payment.amount.total", &currency)?,
        currency: Some(currency),
        at: date,
    })
}

fn by_word(state: &str) -> PaymentStatus {
    match state {
        "APPROVED" => PaymentStatus::Paid,
        "PENDING" | "OK" | "PENDING_VALIDATION" => PaymentStatus::Pending,
        "REJECTED" | "FAILED" => PaymentStatus::Rejected,
        "PARTIAL_EXPIRED" => PaymentStatus::Expired,
        "REFUNDED" => PaymentStatus::Refunded,
        other => PaymentStatus::Unknown(other.to_owned()),
    }
}

fn check(callback: &Callback<'_>, key: &str, algorithm: Algorithm) -> Result<Verification, Refusal> {
    let document = Document::parse(callback.text()?).map_err(|_| Refusal::Malformed)?;
    let text = |path: &str| document.optional_text(path);
    let signature = text("signature").ok_or(Refusal::Unsigned)?;
    // Payments that repeat are numbered by another name.
    let number = text("requestId").or_else(|| text("internalReference")).ok_or(Refusal::Malformed)?;
    let (state, date) = text("status.status").zip(text("status.date")).ok_or(Refusal::Malformed)?;
    let digest = algorithm.hex(&[&number, &state, &date, key].concat());
    let expected = if algorithm == Algorithm::Sha256 { format!("sha256:{digest}") } else { digest };
    if !same_secret(&signature, &expected) {
        return Err(Refusal::Signature);
    }
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    if !digits || !state.bytes().all(|b| b.is_ascii_uppercase() || b == b'_') {
        return Err(Refusal::Malformed);
    }
    // State and date are signed as one text: without a date that can be read, a part of one may stand in
    // the other, and `APPROVED_PARTIAL` be told as `APPROVED`.
    let at = iso(&date).ok_or(Refusal::Malformed)?;
    let event = Event {
        payment_id: number,
        invoice: text("reference"),
        status: by_word(&state),
        amount: None,
        currency: None,
        at: Some(at),
    };
    Ok(Verification::of(event, COVERS, true))
}

/// The answer where `status.status` is not `FAILED`; PlacetoPay's words where it is.
fn accepted(raw: &str) -> Result<Document, GatewayError> {
    let document = Document::parse(raw)?;
    let failed = document.text("status.status")? == "FAILED" && document.at("requestId").is_none();
    if !failed {
        return Ok(document);
    }
    let words = document.optional_text("status.message").unwrap_or_default();
    Err(GatewayError::new(ErrorCode::Refused, "status", words))
}
