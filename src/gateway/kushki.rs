//! Kushki.
//!
//! Credentials: `publicMerchantId` and `privateMerchantId` for requests, `token` from the first of
//! the two steps, `webhookSecret` for webhooks. One voucher is paid at several networks, each with
//! its own convenio.
//!
//! Cash is paid out in the same two steps at addresses of their own. The one number that comes of
//! them, the PIN, is all that the collector needs beside a document: a secret, not a reference.
//!
//! Webhooks carry two signatures. Only the full one covers the body; the simple one is not read.

use serde_json::{Value, json};

use super::adapter::{Adapter, Capabilities};
use super::callback::{Callback, Covers, Refusal, Verification, VerifyOptions};
use super::digest::{hex, hmac_sha256, same_secret};
use super::document::{Document, pesos};
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{HttpRequest, Needs, PaymentRequest};
use super::zone::{DAY_MILLIS, Zone, epoch_millis};
use super::{Context, Credentials, reference};
use crate::calendar::Deadline;
use crate::money::Pesos;
use crate::payer::DocumentType::{self, Cc, Ce, Nit, Pa, Ti};
use crate::voucher::{Agreement, Kind, Links, Network, Pickup, Voucher};

const API: &str = "https://api.kushkipagos.com";
const COVERS: &[Covers] =
    &[Covers::Payment, Covers::Invoice, Covers::Amount, Covers::Currency, Covers::Status];
const DOCUMENTS: &[(DocumentType, &str)] = &[(Cc, "CC"), (Ce, "CE"), (Nit, "NIT"), (Ti, "TI"), (Pa, "PP")];
/// The soonest that a voucher may end.
const AHEAD: &str = "a day whose end is at least 1 day ahead";

pub(super) struct Gateway;

impl Adapter for Gateway {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            title: "Kushki",
            steps: "token, payment",
            formats: "",
            query: "",
            signature: "HMAC-SHA256 over body and time",
            covers: COVERS,
            timed: true,
            requery: false,
            pickup: true,
            credentials: &["publicMerchantId", "privateMerchantId", "token", "webhookSecret"],
        }
    }

    /// `POST /cash/v1/tokens`, or `/payouts/cash/v1/tokens`; the token lives thirty minutes and
    /// serves once.
    fn token_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let PaymentRequest { payer, options, credentials, .. } = request;
        let mut needs = Needs::default();
        let merchant = needs.key(credentials, "publicMerchantId");
        let (name, last_name) = needs.names(payer, 255);
        let (document_type, number) = needs.document(&payer.document, DOCUMENTS);
        let mut body = json!({
            "name": name,
            "lastName": last_name,
            "documentType": document_type,
            "email": needs.email(payer, 255),
            "totalAmount": request.amount.get(),
            "currency": "COP",
            "description": request.description,
        });
        let member = if request.kind == Kind::Pickup { "documentNumber" } else { "identification" };
        body[member] = json!(number);
        needs.check()?;
        let url = [options.base(API), root(request.kind), "/tokens"].concat();
        Ok(HttpRequest::post_json(url, &body).with("Public-Merchant-Id", merchant))
    }

    fn token(&self, raw: &str) -> Result<String, GatewayError> {
        accepted(raw, "token")?.text("token")
    }

    /// `POST /cash/v1/charges/init`, or `/payouts/cash/v1/init`, with the token of the first step.
    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let PaymentRequest { options, credentials, .. } = request;
        let mut needs = Needs::default();
        let merchant = needs.key(credentials, "privateMerchantId");
        let mut body = json!({
            "token": needs.key(credentials, "token"),
            "amount": { "currency": "COP", "subtotalIva": 0, "subtotalIva0": request.amount.get(), "iva": 0 },
            "metadata": { "invoice": request.invoice },
        });
        let is_pickup = request.kind == Kind::Pickup;
        if !is_pickup {
            body["fullResponse"] = json!("v2");
        }
        if let Some(end) = needs.last_second_in(request, DAY_MILLIS..=i64::MAX, AHEAD) {
            if is_pickup {
                needs.unfit("lastDay", "none: Kushki sets the last day of a pickup");
            }
            let local = Zone::UTC.local(end).replace('T', " ");
            body["expirationDate"] = json!(local.split('.').next().unwrap_or_default());
        }
        if let Some(url) = &options.confirmation_url {
            let events = ["approvedTransaction", "declinedTransaction", "expiredTransaction"];
            body["webhooks"] = json!({ "events": events, "urls": [url] });
        }
        needs.check()?;
        let step = if is_pickup { "/init" } else { "/charges/init" };
        let url = [options.base(API), root(request.kind), step].concat();
        Ok(HttpRequest::post_json(url, &body).with("Private-Merchant-Id", merchant))
    }

    fn voucher(&self, raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
        voucher(&accepted(raw, "ticketNumber")?, context)
    }

    fn status(&self, raw: &str) -> Result<Event, GatewayError> {
        let document = accepted(raw, "ticketNumber")?;
        let is_webhook = ["status", "transactionStatus"].iter().any(|path| document.at(path).is_some());
        if is_webhook { event(&document) } else { created(&document) }
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

/// Where an interface begins.
fn root(kind: Kind) -> &'static str {
    match kind {
        Kind::Payment => "/cash/v1",
        Kind::Pickup => "/payouts/cash/v1",
    }
}

fn voucher(document: &Document, context: &Context) -> Result<Voucher, GatewayError> {
    if let Some((path, state)) = state(document)
        && by_word(&state) != PaymentStatus::Pending
    {
        return Err(GatewayError::new(ErrorCode::Refused, path, state));
    }
    if document.at("details.amount").is_some() {
        document.agree(&[("details.amount.currency", "COP")])?;
        let told = sum(document, "details.amount")?;
        context.check_pesos(told, "details.amount")?;
    }
    let pickup = pickup(document, context)?;
    let networks = if pickup.is_some() { Vec::new() } else { networks(document, context)? };
    let expiry = document.at("details.expiration").map(|_| document.epoch_millis("details.expiration"));
    Ok(Voucher {
        links: Links { pdf: document.optional_text("pdfUrl"), ..Links::default() },
        expires_at: expiry.transpose()?.map(Deadline::At),
        pickup,
        ..context.voucher(networks)
    })
}

fn pickup(document: &Document, context: &Context) -> Result<Option<Pickup>, GatewayError> {
    let Some(documents) = context.pickup_documents.clone() else { return Ok(None) };
    Ok(Some(Pickup { pin: reference(document, "pin", &[])?.value, documents }))
}

/// Every network of the answer; of the older answer, which has one number, Efecty.
fn networks(document: &Document, context: &Context) -> Result<Vec<Network>, GatewayError> {
    let reference = reference(document, "pin", &[])?;
    let mut networks: Vec<Network> = Vec::new();
    for stores in paths(document, "details.agreementDetails") {
        for store in paths(document, &format!("{stores}.storeName")) {
            let name = document.text(&format!("{store}.processorName"))?;
            let code = document.code(&format!("{store}.agreementNumber"))?;
            networks.push(Network {
                id: slug(&name),
                brands: vec![name.clone()],
                name,
                agreement: Some(Agreement { label: None, code }),
                reference: reference.clone(),
            });
        }
    }
    if networks.is_empty() {
        let agreement = context.agreement(document, "agreementNumber")?;
        return Ok(context.efecty(agreement, reference).networks);
    }
    let told =
        |code: &String| networks.iter().flat_map(|network| &network.agreement).any(|a| a.code == *code);
    match &context.agreement {
        Some(known) if !told(known) => Err(GatewayError::unexpected("details.agreementDetails", known)),
        _ => Ok(networks),
    }
}

/// The paths of an array's items.
fn paths(document: &Document, path: &str) -> Vec<String> {
    let count = document.at(path).and_then(Value::as_array).map_or(0, Vec::len);
    (0..count).map(|i| format!("{path}.{i}")).collect()
}

/// A name's letters and digits, in lower case, for a network's id.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    slug.chars().take(32).collect()
}

fn check(callback: &Callback<'_>, secret: &str, options: &VerifyOptions) -> Result<Verification, Refusal> {
    let claimed = callback.signed_header("X-Kushki-Signature")?;
    let id = callback.signed_header("X-Kushki-Id")?;
    let expected = hex(&hmac_sha256(secret, &[callback.raw_body, b".", id.as_bytes()]));
    if !same_secret(claimed, &expected) {
        return Err(Refusal::Signature);
    }
    options.check_time(epoch_millis(id))?;
    let document = Document::parse(callback.text()?).map_err(|_| Refusal::Malformed)?;
    let event = event(&document).map_err(|_| Refusal::Malformed)?;
    Ok(Verification::of(event, COVERS, false))
}

/// A webhook's body: of a payment in (`status`) or of cash paid out (`transactionStatus`).
fn event(document: &Document) -> Result<Event, GatewayError> {
    let (_, state) = state(document).ok_or_else(|| GatewayError::missing("status"))?;
    let is_payout = document.optional_text("transactionType").as_deref() == Some("PAYOUT");
    let status = match by_word(&state) {
        // A PIN that was declined serves no second time.
        PaymentStatus::Rejected if is_payout => PaymentStatus::Cancelled,
        status => status,
    };
    let currency = document.text("currency")?;
    let amount = match document.at("totalAmount") {
        Some(_) => document.pesos_in("totalAmount", &currency)?,
        None if currency == "COP" => Some(sum(document, "amount")?),
        None => None,
    };
    Ok(Event {
        payment_id: document.id("ticketNumber")?,
        invoice: document.optional_text("metadata.invoice"),
        status,
        amount,
        currency: Some(currency),
        at: document.optional_text("completedAt").and_then(|millis| epoch_millis(&millis)),
    })
}

/// Where a state stands: in a webhook of a payment in, in one of cash paid out, in an answer.
fn state(document: &Document) -> Option<(&'static str, String)> {
    let paths = ["transactionStatus", "status", "details.transactionStatus"];
    paths.into_iter().find_map(|path| Some((path, document.optional_text(path)?)))
}

fn by_word(state: &str) -> PaymentStatus {
    match state {
        "approvedTransaction" => PaymentStatus::Paid,
        "declinedTransaction" => PaymentStatus::Rejected,
        "expiredTransaction" => PaymentStatus::Expired,
        "initializedTransaction" => PaymentStatus::Pending,
        other => PaymentStatus::Unknown(other.to_owned()),
    }
}

/// The answer to the creation.
fn created(document: &Document) -> Result<Event, GatewayError> {
    let has_amount = document.at("details.amount").is_some();
    Ok(Event {
        payment_id: document.id("ticketNumber")?,
        invoice: None,
        status: state(document).map_or(PaymentStatus::Pending, |(_, state)| by_word(&state)),
        amount: if has_amount { Some(sum(document, "details.amount")?) } else { None },
        currency: document.optional_text("details.amount.currency"),
        at: None,
    })
}

/// The parts of an amount together: without tax, taxed, and the tax.
fn sum(document: &Document, path: &str) -> Result<Pesos, GatewayError> {
    let mut total = 0u64;
    for part in ["subtotalIva0", "subtotalIva", "iva"] {
        let part = format!("{path}.{part}");
        let Some(text) = document.optional_text(&part) else { continue };
        let pesos = pesos(&text).ok_or_else(|| GatewayError::unexpected(&part, "whole pesos"))?;
        total = total.saturating_add(pesos.get());
    }
    Pesos::new(total).map_err(|_| GatewayError::unexpected(path, "whole pesos"))
}

/// An answer that holds `member`; Kushki's words where it is an error.
fn accepted(raw: &str, member: &str) -> Result<Document, GatewayError> {
    let document = Document::parse(raw)?;
    if document.at(member).is_some() {
        return Ok(document);
    }
    match document.optional_text("message") {
        Some(words) => Err(GatewayError::new(ErrorCode::Refused, "message", words)),
        None => Err(GatewayError::missing(member)),
    }
}
