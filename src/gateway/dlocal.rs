//! dLocal.
//!
//! Credentials: `xLogin`, `xTransKey` and `secretKey`. Requests and notifications are signed alike,
//! over the login, the date and the whole body.

use serde_json::json;

use super::adapter::{Adapter, Capabilities};
use super::callback::{Callback, Covers, Refusal, Verification, VerifyOptions};
use super::digest::{hex, hmac_sha256, same_secret};
use super::document::{Document, is_uuid};
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{HttpRequest, Needs, PaymentRequest, StatusRequest};
use super::zone::iso;
use super::{Context, Credentials, reference};
use crate::calendar::{Deadline, ServerInstant};
use crate::payer::DocumentType::{self, Cc, Nit};
use crate::payer::transliterate_name;
use crate::voucher::{Barcode, Links, Symbology, Voucher};

const API: &str = "https://api.dlocal.com";
const COVERS: &[Covers] =
    &[Covers::Payment, Covers::Invoice, Covers::Amount, Covers::Currency, Covers::Status];
/// dLocal knows the type by the number; other documents it does not take in Colombia.
const DOCUMENTS: &[(DocumentType, &str)] = &[(Cc, "CC"), (Nit, "NIT")];
const SCHEME: &str = "V2-HMAC-SHA256, Signature: ";

pub(super) struct Gateway;

impl Adapter for Gateway {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            title: "dLocal",
            steps: "payment",
            formats: "",
            query: "GET payments",
            signature: "HMAC-SHA256 over login, date and body",
            covers: COVERS,
            timed: true,
            requery: false,
            pickup: false,
            credentials: &["xLogin", "xTransKey", "secretKey"],
        }
    }

    /// `POST /payments`, in the direct flow.
    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let PaymentRequest { payer, options, credentials, .. } = request;
        let mut needs = Needs::default();
        let keys = Keys::read(&mut needs, credentials);
        let name = needs.name(payer, 100);
        let (_, number) = needs.document(&payer.document, DOCUMENTS);
        let mut body = json!({
            "amount": request.amount.get(),
            "currency": "COP",
            "country": "CO",
            "payment_method_id": "EY",
            "payment_method_flow": "DIRECT",
            "payer": {
                "name": transliterate_name(name).unwrap_or_else(|| name.to_owned()),
                "email": needs.email(payer, 100),
                "document": number,
            },
            "order_id": needs.header("invoice", request.invoice, 128),
            "description": needs.fits("description", request.description, 100),
        });
        if let Some(phone) = &payer.phone {
            body["payer"]["phone"] = json!(phone.e164);
        }
        if let Some(ip) = &options.payer_ip {
            body["payer"]["ip"] = json!(ip);
        }
        if let Some(url) = &options.confirmation_url {
            body["notification_url"] = json!(url);
        }
        needs.check()?;
        let unsigned = HttpRequest::post_json(format!("{}/payments", options.base(API)), &body)
            .with("X-Idempotency-Key", request.invoice);
        Ok(keys.sign(unsigned, request.now))
    }

    fn status_request(&self, request: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let mut needs = Needs::default();
        let keys = Keys::read(&mut needs, request.credentials);
        needs.check()?;
        let url = format!("{}/payments/{}", request.options.base(API), request.id()?);
        Ok(keys.sign(HttpRequest::get(url), request.now))
    }

    fn voucher(&self, raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
        voucher(&accepted(raw)?, context)
    }

    fn status(&self, raw: &str) -> Result<Event, GatewayError> {
        event(&accepted(raw)?)
    }

    fn verify(
        &self,
        callback: &Callback<'_>,
        credentials: &Credentials,
        options: &VerifyOptions,
    ) -> Result<Verification, GatewayError> {
        let login = credentials.get("xLogin")?;
        let secret = credentials.get("secretKey")?;
        Ok(check(callback, login, secret, options).unwrap_or_else(Verification::refused))
    }
}

struct Keys<'a> {
    login: &'a str,
    trans_key: &'a str,
    secret: &'a str,
}

impl<'a> Keys<'a> {
    fn read(needs: &mut Needs, credentials: &'a Credentials) -> Keys<'a> {
        Keys {
            login: needs.key(credentials, "xLogin"),
            trans_key: needs.key(credentials, "xTransKey"),
            secret: needs.key(credentials, "secretKey"),
        }
    }

    fn sign(&self, request: HttpRequest, now: ServerInstant) -> HttpRequest {
        let date = now.to_string();
        let authorization = [SCHEME, &signature(self.secret, self.login, &date, request.body.as_bytes())];
        let authorization = authorization.concat();
        request
            .with("X-Date", date)
            .with("X-Login", self.login)
            .with("X-Trans-Key", self.trans_key)
            .with("X-Version", "2.1")
            .with("Authorization", authorization)
    }
}

fn signature(secret: &str, login: &str, date: &str, body: &[u8]) -> String {
    hex(&hmac_sha256(secret, &[login.as_bytes(), date.as_bytes(), body]))
}

fn check(
    callback: &Callback<'_>,
    login: &str,
    secret: &str,
    options: &VerifyOptions,
) -> Result<Verification, Refusal> {
    let authorization = callback.signed_header("Authorization")?;
    let date = callback.signed_header("X-Date")?;
    let sender = callback.signed_header("X-Login")?;
    let claimed = authorization.strip_prefix(SCHEME).ok_or(Refusal::Signature)?;
    if !same_secret(claimed, &signature(secret, sender, date, callback.raw_body)) {
        return Err(Refusal::Signature);
    }
    if sender != login {
        return Err(Refusal::Merchant);
    }
    options.check_time(iso(date))?;
    let document = Document::parse(callback.text()?).map_err(|_| Refusal::Malformed)?;
    let event = event(&document).map_err(|_| Refusal::Malformed)?;
    Ok(Verification::of(event, COVERS, false))
}

/// The payment's ticket.
fn voucher(document: &Document, context: &Context) -> Result<Voucher, GatewayError> {
    context.check_amount(document, "amount", "currency")?;
    context.amounts_agree(document, &["ticket.amount"])?;
    document.agree(&[("payment_method_id", "EY"), ("country", "CO"), ("ticket.currency", "COP")])?;
    if by_word(&document.text("status")?) != PaymentStatus::Pending {
        let words = document.optional_text("status_detail").unwrap_or_default();
        return Err(GatewayError::new(ErrorCode::Refused, "status", words));
    }
    let agreement = context.agreement(document, "ticket.company_id")?;
    let page = document.optional_text("ticket.image_url");
    // A redirected ticket has a page and at most a name for machines.
    let number = document.optional_text("ticket.number").filter(|number| !is_uuid(number));
    let voucher = match (number, &page) {
        (None, Some(_)) => context.voucher(Vec::new()),
        _ => context.efecty(agreement, reference(document, "ticket.number", &[4, 4])?),
    };
    Ok(Voucher {
        barcode: barcode(document),
        links: Links { voucher: page, ..Links::default() },
        issued_at: document.at("created_date").map(|_| document.instant("created_date")).transpose()?,
        expires_at: Some(Deadline::At(document.instant("ticket.expiration_date")?)),
        ..voucher
    })
}

/// The barcode as it stands there: its parts do not follow the standard that they resemble.
fn barcode(document: &Document) -> Option<Barcode> {
    let content = document.optional_text("ticket.barcode")?;
    let format = document.optional_text("ticket.format")?;
    let bare: String = format.chars().filter(char::is_ascii_alphanumeric).collect();
    let symbology = match bare.to_ascii_uppercase().as_str() {
        "CODE128" => Symbology::Code128,
        "GS1" | "GS1128" => Symbology::Gs1128,
        "ITF" => Symbology::Itf,
        _ => Symbology::Other(format),
    };
    Some(Barcode { symbology, content })
}

fn event(document: &Document) -> Result<Event, GatewayError> {
    let currency = document.text("currency")?;
    Ok(Event {
        payment_id: document.id("id")?,
        invoice: document.optional_text("order_id"),
        status: by_word(&document.text("status")?),
        amount: document.pesos_in("amount", &currency)?,
        currency: Some(currency),
        at: document.optional_text("approved_date").and_then(|date| iso(&date)),
    })
}

/// By the word: documents disagree about the numbers (500 and 600 both stand for expired).
fn by_word(status: &str) -> PaymentStatus {
    match status {
        "PENDING" | "AUTHORIZED" => PaymentStatus::Pending,
        "PAID" => PaymentStatus::Paid,
        "REJECTED" => PaymentStatus::Rejected,
        "CANCELLED" => PaymentStatus::Cancelled,
        "EXPIRED" => PaymentStatus::Expired,
        "REFUNDED" => PaymentStatus::Refunded,
        other => PaymentStatus::Unknown(other.to_owned()),
    }
}

/// An answer about a payment; dLocal's words where it is an error.
fn accepted(raw: &str) -> Result<Document, GatewayError> {
    let document = Document::parse(raw)?;
    if document.at("status").is_some() || document.at("code").is_none() {
        return Ok(document);
    }
    let words = document.optional_text("message").unwrap_or_default();
    Err(GatewayError::new(ErrorCode::Refused, "code", words))
}
