//! EBANX.
//!
//! Credentials: `integrationKey` for requests, `certificate` (PEM, EBANX's) for notifications. A
//! notification lists payments and says nothing else: each is to be asked about.

use rsa::RsaPublicKey;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::pkcs8::der::asn1::AnyRef;
use rsa::pkcs8::der::{Decode, Reader, SliceReader, Tag, Tagged};
use rsa::pkcs8::spki::SubjectPublicKeyInfoRef;
use rsa::signature::Verifier;
use serde_json::json;
use sha1::Sha1;

use super::adapter::{Adapter, Capabilities};
use super::callback::{Callback, Covers, Parameters, Refusal, Verification, VerifyOptions};
use super::digest::from_base64;
use super::document::{Document, is_id};
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{HttpRequest, Needs, PaymentRequest, StatusRequest};
use super::zone::in_day_first;
use super::{Context, Credentials, reference};
use crate::calendar::{BogotaDate, Deadline};
use crate::payer::DocumentType::{self, Cc, Ce, Nit};
use crate::voucher::{Agreement, Links, Voucher};

const API: &str = "https://api.ebanxpay.com";
const COVERS: &[Covers] = &[Covers::Payment];
const DOCUMENTS: &[(DocumentType, &str)] = &[(Cc, "CC"), (Ce, "CE"), (Nit, "NIT")];

pub(super) struct Gateway;

impl Adapter for Gateway {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            title: "EBANX",
            steps: "payment",
            formats: "forms",
            query: "POST ws/query",
            signature: "RSA with SHA-1 over the body, by certificate",
            covers: COVERS,
            timed: false,
            requery: true,
            pickup: false,
            credentials: &["integrationKey", "certificate"],
        }
    }

    /// `POST /ws/direct`.
    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let PaymentRequest { payer, options, credentials, .. } = request;
        let mut needs = Needs::default();
        let key = needs.key(credentials, "integrationKey");
        let (document_type, number) = needs.document(&payer.document, DOCUMENTS);
        let mut payment = json!({
            "name": needs.name(payer, 100),
            "email": needs.email(payer, 100),
            "document": needs.fits("document.number", number, 15),
            "document_type": document_type,
            "phone_number": needs.phone(payer, 20),
            "country": "co",
            "payment_type_code": "efecty",
            "merchant_payment_code": needs.text("invoice", Some(request.invoice), 40),
            "currency_code": "COP",
            "amount_total": request.amount.get(),
        });
        if let Some(day) = options.last_day {
            needs.last_second(request);
            payment["due_date"] = json!(in_day_first(day));
        }
        if let Some(url) = &options.confirmation_url {
            payment["notification_url"] = json!(url);
        }
        needs.check()?;
        let body = json!({
            "integration_key": key, "operation": "request", "mode": "full", "payment": payment,
        });
        Ok(HttpRequest::post_json(format!("{}/ws/direct", options.base(API)), &body))
    }

    fn status_request(&self, request: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let key = request.credentials.get("integrationKey")?;
        let body = json!({ "integration_key": key, "hash": request.id()? });
        Ok(HttpRequest::post_json(format!("{}/ws/query", request.options.base(API)), &body))
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
        let expected = || GatewayError::new(ErrorCode::Credential, "certificate", "a certificate in PEM");
        let key = public_key(credentials.get("certificate")?).ok_or_else(expected)?;
        Ok(check(callback, key).unwrap_or_else(Verification::refused))
    }
}

fn public_key(pem: &str) -> Option<VerifyingKey<Sha1>> {
    let (_, rest) = pem.split_once("-----BEGIN CERTIFICATE-----")?;
    let (lines, _) = rest.split_once("-----END CERTIFICATE-----")?;
    let certificate = from_base64(&lines.split_ascii_whitespace().collect::<String>())?;
    let info = key_info(&certificate)?;
    Some(VerifyingKey::new(RsaPublicKey::try_from(info).ok()?))
}

/// The key of a certificate: RFC 5280, section 4.1.
///
/// The rest of it is passed over: whose certificate it is, and until when, the shop has seen to
/// when it took it from EBANX.
fn key_info(certificate: &[u8]) -> Option<SubjectPublicKeyInfoRef<'_>> {
    let signed = *parts(AnyRef::from_der(certificate).ok()?)?.first()?;
    let signed = parts(signed)?;
    // The version, which the oldest certificates leave out; then the serial number, the algorithm of the
    // signature, the issuer, the validity, the subject.
    let has_version = signed.first()?.tag().is_context_specific();
    signed.get(5 + usize::from(has_version))?.decode_as().ok()
}

/// What stands in a sequence.
fn parts(sequence: AnyRef<'_>) -> Option<Vec<AnyRef<'_>>> {
    if sequence.tag() != Tag::Sequence {
        return None;
    }
    let mut reader = SliceReader::new(sequence.value()).ok()?;
    let mut parts = Vec::new();
    while !reader.is_finished() {
        parts.push(reader.decode().ok()?);
    }
    Some(parts)
}

/// Older documents write the header's name in one word.
fn check(callback: &Callback<'_>, key: VerifyingKey<Sha1>) -> Result<Verification, Refusal> {
    let (one, other) = (callback.header("X-SignatureContent")?, callback.header("X-Signature-Content")?);
    let claimed = match (one, other) {
        (Some(_), Some(_)) => return Err(Refusal::Ambiguous),
        (one, other) => one.or(other).ok_or(Refusal::Unsigned)?,
    };
    let bytes = from_base64(claimed).ok_or(Refusal::Signature)?;
    let signature = Signature::try_from(bytes.as_slice()).map_err(|_| Refusal::Signature)?;
    key.verify(callback.raw_body, &signature).map_err(|_| Refusal::Signature)?;
    let parameters = Parameters::form(callback.text()?)?;
    if parameters.need("operation")? != "payment_status_change" {
        return Ok(Verification::notice(Vec::new(), COVERS));
    }
    let hashes: Vec<String> = parameters.need("hash_codes")?.split(',').map(str::to_owned).collect();
    if !hashes.iter().all(|hash| is_id(hash)) {
        return Err(Refusal::Malformed);
    }
    Ok(Verification::notice(hashes, COVERS))
}

fn voucher(document: &Document, context: &Context) -> Result<Voucher, GatewayError> {
    context.check_amount(document, "payment.amount_ext", "payment.currency_ext")?;
    document.expect("payment.status", "PE")?;
    let agreement = context.agreement.clone().map(|code| Agreement { label: None, code });
    let reference = reference(document, "payment.pin", &[])?;
    document.agree(&[("payment.voucher_id", &reference.value)])?;
    let pages = ["payment.efecty_url", "payment.voucher_url", "payment.baloto_url", "redirect_url"];
    let day = document.text("payment.due_date")?;
    let expected = |_| GatewayError::unexpected("payment.due_date", "a day as YYYY-MM-DD");
    Ok(Voucher {
        links: Links {
            voucher: pages.into_iter().find_map(|path| document.optional_text(path)),
            ..Links::default()
        },
        expires_at: Some(Deadline::EndOf(BogotaDate::parse(&day).map_err(expected)?)),
        ..context.efecty(agreement, reference)
    })
}

fn status(document: &Document) -> Result<Event, GatewayError> {
    let state = document.text("payment.status")?;
    let currency = document.text("payment.currency_ext")?;
    Ok(Event {
        payment_id: document.id("payment.hash")?,
        invoice: document.optional_text("payment.merchant_payment_code"),
        status: match state.as_str() {
            "PE" | "OP" => PaymentStatus::Pending,
            "CO" => PaymentStatus::Paid,
            // Called off, or run out: EBANX has one word for both.
            "CA" => PaymentStatus::Cancelled,
            _ => PaymentStatus::Unknown(state),
        },
        amount: document.pesos_in("payment.amount_ext", &currency)?,
        currency: Some(currency),
        // `confirm_date` does not say its zone.
        at: None,
    })
}

/// The answer where `status` is `SUCCESS`; EBANX's words where it is not.
fn accepted(raw: &str) -> Result<Document, GatewayError> {
    let document = Document::parse(raw)?;
    if document.text("status")? == "SUCCESS" {
        return Ok(document);
    }
    let words = document.optional_text("status_message").unwrap_or_default();
    Err(GatewayError::new(ErrorCode::Refused, "status", words))
}
