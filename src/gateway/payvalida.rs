//! Payvalida.
//!
//! Credentials: `merchant`, `fixedHash` for requests, `notificationHash` for notifications. A
//! notification's checksum covers the shop's number and the state, but not the amount.

use serde_json::json;
use sha2::{Digest, Sha256, Sha512};

use super::adapter::{Adapter, Capabilities};
use super::callback::{Callback, Covers, Refusal, Verification, VerifyOptions};
use super::digest::{hex, same_secret};
use super::document::Document;
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{HttpRequest, Needs, PaymentRequest};
use super::zone::{day_first, in_day_first};
use super::{Context, Credentials, reference};
use crate::calendar::Deadline;
use crate::payer::DocumentType::{self, Cc, Ce, Nit, Pa, Ti};
use crate::voucher::{Agreement, Links, Voucher};

const API: &str = "https://api.payvalida.com";
const COLOMBIA: &str = "343";
const COVERS: &[Covers] = &[Covers::Invoice, Covers::Status];
const DOCUMENTS: &[(DocumentType, &str)] = &[(Cc, "CC"), (Ce, "CE"), (Nit, "NIT"), (Ti, "TI"), (Pa, "PP")];

pub(super) struct Gateway;

impl Adapter for Gateway {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            title: "Payvalida",
            steps: "payment",
            formats: "",
            query: "",
            signature: "SHA-256 over two values and the key",
            covers: COVERS,
            timed: false,
            requery: true,
            pickup: false,
            credentials: &["merchant", "fixedHash", "notificationHash"],
        }
    }

    /// `POST /api/v3/porders`; needs the option `last_day`.
    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let PaymentRequest { payer, options, credentials, .. } = request;
        let mut needs = Needs::default();
        let merchant = needs.key(credentials, "merchant");
        let hash = needs.key(credentials, "fixedHash");
        let email = needs.email(payer, 100);
        let invoice = needs.text("invoice", Some(request.invoice), 200);
        let amount = request.amount.get().to_string();
        let (document_type, number) = needs.document(&payer.document, DOCUMENTS);
        let day = needs.some("lastDay", options.last_day);
        needs.last_second(request);
        if day > request.now.in_bogota().date.plus_days(30) {
            needs.unfit("lastDay", "a day at most 30 days ahead");
        }
        let signed = [email, COLOMBIA, invoice, "COP", &amount, hash].concat();
        let body = json!({
            "merchant": merchant,
            "email": email,
            "country": 343,
            "order": invoice,
            "money": "COP",
            "amount": amount,
            "description": needs.fits("description", request.description, 250),
            "method": "efecty",
            "language": "es",
            "recurrent": false,
            "expiration": day.map(in_day_first),
            "iva": "0",
            "user_di": needs.fits("document.number", number, 15),
            "user_type_di": document_type,
            "user_name": needs.name(payer, usize::MAX),
            "checksum": hex(&Sha512::digest(signed)),
        });
        needs.check()?;
        Ok(HttpRequest::post_json(format!("{}/api/v3/porders", options.base(API)), &body))
    }

    fn voucher(&self, raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
        voucher(&accepted(raw)?, context)
    }

    fn status(&self, raw: &str) -> Result<Event, GatewayError> {
        let document = Document::parse(raw)?;
        if document.at("po_id").is_some() {
            return event(&document);
        }
        let document = accepted(raw)?;
        Ok(Event {
            payment_id: document.id("DATA.PVordenID")?,
            invoice: document.optional_text("DATA.OrdenID"),
            status: PaymentStatus::Pending,
            amount: Some(document.pesos("DATA.Monto")?),
            currency: None,
            at: None,
        })
    }

    fn verify(
        &self,
        callback: &Callback<'_>,
        credentials: &Credentials,
        _: &VerifyOptions,
    ) -> Result<Verification, GatewayError> {
        let hash = credentials.get("notificationHash")?;
        Ok(check(callback, hash).unwrap_or_else(Verification::refused))
    }
}

/// The answer repeats neither the currency nor, as documented, the day.
fn voucher(document: &Document, context: &Context) -> Result<Voucher, GatewayError> {
    context.check_pesos(document.pesos("DATA.Monto")?, "DATA.Monto")?;
    let agreement = context.agreement.clone().map(|code| Agreement { label: None, code });
    let reference = reference(document, "DATA.Referencia", &[])?;
    let page = document.optional_text("DATA.checkout");
    let expected = || GatewayError::unexpected("DATA.expiration", "a day as DD/MM/YYYY");
    let day = document.optional_text("DATA.expiration").map(|day| day_first(&day).ok_or_else(expected));
    Ok(Voucher {
        // It stands there without its scheme.
        links: Links {
            voucher: page.map(|page| if page.contains("://") { page } else { format!("https://{page}") }),
            ..Links::default()
        },
        expires_at: day.transpose()?.map(Deadline::EndOf),
        ..context.efecty(agreement, reference)
    })
}

fn check(callback: &Callback<'_>, hash: &str) -> Result<Verification, Refusal> {
    let document = Document::parse(callback.text()?).map_err(|_| Refusal::Malformed)?;
    let text = |path: &str| document.optional_text(path);
    let claimed = text("pv_checksum").ok_or(Refusal::Unsigned)?;
    let (invoice, state) = text("po_id").zip(text("status")).ok_or(Refusal::Malformed)?;
    if !same_secret(&claimed, &hex(&Sha256::digest([&invoice, &state, hash].concat()))) {
        return Err(Refusal::Signature);
    }
    // Number and state stand side by side: only a whole word keeps one from taking of the other.
    if !matches!(state.as_str(), "approved" | "cancelled") {
        return Err(Refusal::Malformed);
    }
    let event = event(&document).map_err(|_| Refusal::Malformed)?;
    Ok(Verification::of(event, COVERS, true))
}

fn event(document: &Document) -> Result<Event, GatewayError> {
    let currency = document.text("iso_currency")?;
    Ok(Event {
        payment_id: document.id("pv_po_id")?,
        invoice: Some(document.text("po_id")?),
        status: match document.text("status")?.as_str() {
            "approved" => PaymentStatus::Paid,
            // Run out, or paid and given back.
            "cancelled" => PaymentStatus::Cancelled,
            other => PaymentStatus::Unknown(other.to_owned()),
        },
        amount: document.pesos_in("amount", &currency)?,
        currency: Some(currency),
        at: None,
    })
}

/// The answer where `CODE` is `0000`; Payvalida's words where it is not.
fn accepted(raw: &str) -> Result<Document, GatewayError> {
    let document = Document::parse(raw)?;
    if document.text("CODE")? == "0000" {
        return Ok(document);
    }
    let words = document.optional_text("DESC").unwrap_or_default();
    Err(GatewayError::new(ErrorCode::Refused, "CODE", words))
}
