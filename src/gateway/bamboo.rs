//! Bamboo Payment.
//!
//! Credentials: `privateKey` for requests, `merchantSecretKey` for webhooks. Amounts have two
//! implied decimals. A webhook's signature joins number, amount, currency and time without
//! separators and leaves the state out: the gateway is to be asked.

use serde_json::json;

use super::adapter::{Adapter, Capabilities};
use super::callback::{Callback, Covers, Refusal, Verification, VerifyOptions};
use super::digest::{hex, hmac_sha256, same_secret};
use super::document::{Document, pesos_of_cents};
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{HttpRequest, Needs, PaymentRequest, StatusRequest};
use super::zone::{MINUTE_MILLIS, day_first, iso};
use super::{Context, Credentials, Zone, reference};
use crate::calendar::{Deadline, ServerInstant};
use crate::money::Pesos;
use crate::payer::DocumentType::{self, Cc, Ce, Nit};
use crate::voucher::{Links, Voucher};

const API: &str = "https://api.bamboopayment.com";
const COVERS: &[Covers] = &[Covers::Payment, Covers::Amount, Covers::Currency];
const DOCUMENTS: &[(DocumentType, &str)] = &[(Cc, "CC.CO"), (Ce, "CE.CO"), (Nit, "NIT.CO")];

pub(super) struct Gateway;

impl Adapter for Gateway {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            title: "Bamboo Payment",
            steps: "payment",
            formats: "",
            query: "GET v3/api/Purchase",
            signature: "HMAC-SHA256 over three values and the date sent",
            covers: COVERS,
            timed: true,
            requery: true,
            pickup: false,
            credentials: &["privateKey", "merchantSecretKey"],
        }
    }

    /// `POST /v3/api/Purchase`.
    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let PaymentRequest { payer, options, credentials, .. } = request;
        let mut needs = Needs::default();
        let key = needs.key(credentials, "privateKey");
        let (first, last) = needs.names(payer, 255);
        let (document_type, number) = needs.document(&payer.document, DOCUMENTS);
        let cents = request.amount.get().saturating_mul(100);
        let mut body = json!({
            "PaymentMethod": "EFC",
            "TargetCountryISO": "CO",
            "Order": needs.text("invoice", Some(request.invoice), 255),
            "Amount": cents,
            "Currency": "COP",
            "Description": request.description,
            "Customer": {
                "FirstName": first,
                "LastName": last,
                "Email": needs.email(payer, 255),
                "DocumentType": document_type,
                "DocumentNumber": number,
            },
        });
        if let Some(phone) = &payer.phone {
            body["Customer"]["PhoneNumber"] = json!(phone.national().unwrap_or(&phone.e164));
        }
        if let Some(url) = &options.confirmation_url {
            body["NotificationUrl"] = json!(url);
        }
        let ahead = MINUTE_MILLIS..=i64::MAX;
        if let Some(end) = needs.last_second_in(request, ahead, "a day whose end is at least 1 minute ahead")
        {
            let minutes = (end.millis() - request.now.millis()) / MINUTE_MILLIS;
            body["MetaDataIn"] = json!({ "PaymentExpirationInMinutes": minutes.to_string() });
        }
        needs.check()?;
        Ok(HttpRequest::post_json(format!("{}/v3/api/Purchase", options.base(API)), &body)
            .with("Authorization", format!("Basic {key}")))
    }

    fn status_request(&self, request: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let key = request.credentials.get("privateKey")?;
        let url = format!("{}/v3/api/Purchase/{}", request.options.base(API), request.id()?);
        Ok(HttpRequest::get(url).with("Authorization", format!("Basic {key}")))
    }

    fn voucher(&self, raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
        voucher(&Document::parse(raw)?, context)
    }

    fn status(&self, raw: &str) -> Result<Event, GatewayError> {
        event(&Document::parse(raw)?)
    }

    fn verify(
        &self,
        callback: &Callback<'_>,
        credentials: &Credentials,
        options: &VerifyOptions,
    ) -> Result<Verification, GatewayError> {
        let secret = credentials.get("merchantSecretKey")?;
        let (found, sent) = match check(callback, secret) {
            Ok(checked) => checked,
            Err(refusal) => return Ok(Verification::refused(refusal)),
        };
        let in_time = match signed_time(sent, options.zone)? {
            // The form of the time is not documented: one that cannot be read is not held against the clock.
            None => Ok(()),
            time => options.check_time(time),
        };
        Ok(in_time.map_or_else(Verification::refused, |()| found))
    }
}

fn voucher(document: &Document, context: &Context) -> Result<Voucher, GatewayError> {
    let state = document.text("Status")?;
    if !state.eq_ignore_ascii_case("PENDING") {
        let words = document.optional_text("ErrorDescription").unwrap_or(state);
        return Err(GatewayError::new(ErrorCode::Refused, "Status", words));
    }
    document.expect("Currency", "COP")?;
    context.check_pesos(amount(document)?, "Amount")?;
    let agreement = context.agreement(document, "MetadataOut.AgreementCode")?;
    let reference = reference(document, "MetadataOut.PaymentCode", &[])?;
    let day = document.text("MetadataOut.PaymentExpirationDate")?;
    let expected = || GatewayError::unexpected("MetadataOut.PaymentExpirationDate", "a day as DD/MM/YYYY");
    Ok(Voucher {
        links: Links { voucher: document.optional_text("Action.URL"), ..Links::default() },
        expires_at: Some(Deadline::EndOf(day_first(&day).ok_or_else(expected)?)),
        ..context.efecty(agreement, reference)
    })
}

fn amount(document: &Document) -> Result<Pesos, GatewayError> {
    let cents = document.text("Amount")?;
    pesos_of_cents(&cents).ok_or_else(|| GatewayError::unexpected("Amount", "hundredths of whole pesos"))
}

fn event(document: &Document) -> Result<Event, GatewayError> {
    let number = if document.at("PurchaseId").is_some() { "PurchaseId" } else { "TransactionId" };
    let state = ["Transaction.Status", "Status"].into_iter().find_map(|path| document.optional_text(path));
    let state = state.ok_or_else(|| GatewayError::missing("Status"))?;
    let currency = document.text("Currency")?;
    Ok(Event {
        payment_id: document.id(number)?,
        invoice: document.optional_text("Order"),
        status: match state.to_ascii_uppercase().as_str() {
            "APPROVED" => PaymentStatus::Paid,
            "PENDING" => PaymentStatus::Pending,
            "REJECTED" => PaymentStatus::Rejected,
            "EXPIRED" => PaymentStatus::Expired,
            "CANCELLED" | "CANCELED" => PaymentStatus::Cancelled,
            "REFUNDED" => PaymentStatus::Refunded,
            _ => PaymentStatus::Unknown(state),
        },
        amount: if currency == "COP" { Some(amount(document)?) } else { None },
        currency: Some(currency),
        // `AuthorizationDate` does not say its zone.
        at: None,
    })
}

/// The time in the header; the caller states the zone of one that does not say its own.
fn signed_time(sent: &str, zone: Option<Zone>) -> Result<Option<ServerInstant>, GatewayError> {
    let is_naive = Zone::UTC.instant(sent).is_some();
    match zone {
        Some(zone) if is_naive => Ok(zone.instant(sent)),
        None if is_naive => Err(GatewayError::new(ErrorCode::Incomplete, "zone", "the zone of dateSent")),
        _ => Ok(iso(sent)),
    }
}

/// The verification, and the time that was signed.
fn check<'a>(callback: &Callback<'a>, secret: &str) -> Result<(Verification, &'a str), Refusal> {
    let claimed = callback.signed_header("signature")?;
    let sent = callback.signed_header("dateSent")?;
    let document = Document::parse(callback.text()?).map_err(|_| Refusal::Malformed)?;
    let text = |path: &str| document.optional_text(path).ok_or(Refusal::Malformed);
    let currency = text("Currency")?;
    let signed = [&text("PurchaseId")?, &text("Amount")?, &currency, sent].concat();
    if !same_secret(claimed, &hex(&hmac_sha256(secret, &[signed.as_bytes()]))) {
        return Err(Refusal::Signature);
    }
    // They are signed as one text: what is a letter of the one and a digit of the other cannot be moved.
    let is_currency = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
    if !is_currency || !sent.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(Refusal::Malformed);
    }
    let event = event(&document).map_err(|_| Refusal::Malformed)?;
    Ok((Verification::of(event, COVERS, true), sent))
}
