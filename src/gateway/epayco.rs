//! ePayco, by its "apify" interface.
//!
//! Credentials: `publicKey` and `privateKey` open a session, `bearer` is that session's token,
//! `customerId` (`p_cust_id_cliente`) and `key` (`p_key`) verify confirmations.
//!
//! The signature of a confirmation covers the payment, the amount and the currency but not the
//! state: whoever saw one confirmation can alter its state. So every event is to be queried.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::adapter::{Adapter, Capabilities};
use super::callback::{Callback, Covers, Parameters, Refusal, Verification, VerifyOptions};
use super::digest::{base64, hex, same_secret};
use super::document::{Document, flat_members, is_id, pesos};
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{HttpRequest, Needs, Options, PaymentRequest, StatusRequest};
use super::zone::Zone;
use super::{Context, Credentials, reference};
use crate::calendar::Deadline;
use crate::payer::{DocumentType, Phone};
use crate::voucher::Voucher;

const APIFY: &str = "https://apify.epayco.co";
const SECURE: &str = "https://secure.epayco.co";

const COVERS: &[Covers] = &[Covers::Payment, Covers::Amount, Covers::Currency];

pub(super) struct Gateway;

impl Adapter for Gateway {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            title: "ePayco",
            steps: "session, payment",
            formats: "",
            query: "GET validation/v1/reference",
            signature: "SHA-256 over six values and the key",
            covers: COVERS,
            timed: false,
            requery: true,
            pickup: false,
            credentials: &["publicKey", "privateKey", "bearer", "customerId", "key"],
        }
    }

    fn session_request(
        &self,
        credentials: &Credentials,
        options: &Options,
    ) -> Result<HttpRequest, GatewayError> {
        session_request(credentials, options)
    }

    fn session(&self, raw: &str) -> Result<String, GatewayError> {
        Document::parse(raw)?.text("token")
    }

    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        payment_request(request)
    }

    fn status_request(&self, request: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
        let base = request.options.base(SECURE);
        Ok(HttpRequest::get(format!("{base}/validation/v1/reference/{}", request.id()?)))
    }

    fn voucher(&self, raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
        voucher(raw, context)
    }

    fn status(&self, raw: &str) -> Result<Event, GatewayError> {
        status(raw)
    }

    fn verify(
        &self,
        callback: &Callback<'_>,
        credentials: &Credentials,
        _: &VerifyOptions,
    ) -> Result<Verification, GatewayError> {
        let customer = credentials.get("customerId")?;
        let key = credentials.get("key")?;
        Ok(check(callback, customer, key).unwrap_or_else(Verification::refused))
    }
}

/// `POST /login` with the keys as user and password.
fn session_request(credentials: &Credentials, options: &Options) -> Result<HttpRequest, GatewayError> {
    let keys = [credentials.get("publicKey")?, ":", credentials.get("privateKey")?].concat();
    Ok(HttpRequest {
        method: "POST",
        url: format!("{}/login", options.base(APIFY)),
        headers: vec![("Authorization", format!("Basic {}", base64(keys.as_bytes())))],
        body: String::new(),
    })
}

/// `POST /payment/process/cash`; needs the credential `bearer` and the option `payer_ip`.
fn payment_request(request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
    let PaymentRequest { payer, options, credentials, .. } = request;
    let mut needs = Needs::default();
    let (name, last_name) = needs.names(payer, usize::MAX);
    let email = needs.email(payer, usize::MAX);
    let phone = needs.text("phone", payer.phone.as_ref().and_then(Phone::national), 10);
    let ip = needs.text("payerIp", options.payer_ip.as_deref(), 39);
    let bearer = needs.key(credentials, "bearer");
    needs.last_second(request);
    needs.check()?;
    let mut body = json!({
        "description": request.description,
        "invoice": request.invoice,
        "value": request.amount.get(),
        "tax": 0,
        "taxBase": 0,
        "currency": "COP",
        "typePerson": if payer.document.document_type == DocumentType::Nit { "1" } else { "0" },
        "docType": doc_type(payer.document.document_type),
        "docNumber": payer.document.number,
        "name": name,
        "lastName": last_name,
        "email": email,
        "cellPhone": phone,
        "ip": ip,
        "paymentMethod": "EF",
    });
    if let Some(url) = &options.confirmation_url {
        body["urlConfirmation"] = json!(url);
        body["methodConfirmation"] = json!("POST");
    }
    if let Some(day) = options.last_day {
        body["endDate"] = json!(day.to_string());
    }
    Ok(HttpRequest {
        method: "POST",
        url: format!("{}/payment/process/cash", options.base(APIFY)),
        headers: vec![
            ("Authorization", format!("Bearer {bearer}")),
            ("Content-Type", "application/json".to_owned()),
        ],
        body: body.to_string(),
    })
}

/// The voucher in the answer to `payment/process/cash`.
fn voucher(raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
    let document = successful(raw)?;
    context.check_amount(&document, "data.total", "data.currency")?;
    context.amounts_agree(&document, &["data.value", "data.pesos"])?;
    check_created(&document)?;
    document.agree(&[("data.franchise", "EF"), ("data.status", "Pendiente")])?;
    let agreement = context.agreement(&document, "data.codeProject")?;
    // The letter stays with the first three digits, as ePayco's own voucher shows it.
    let reference = reference(&document, "data.pin", &[4, 3, 3])?;
    Ok(Voucher {
        issued_at: Some(document.bogota("data.date")?),
        expires_at: Some(Deadline::At(document.bogota("data.expirationDate")?)),
        ..context.efecty(agreement, reference)
    })
}

/// Where the payment stands, by the answer of the validation service (`x_*`) or of the creation.
fn status(raw: &str) -> Result<Event, GatewayError> {
    let document = successful(raw)?;
    if document.at("data.refPayco").is_some() {
        return Ok(Event {
            payment_id: document.id("data.refPayco")?,
            invoice: document.optional_text("data.invoice"),
            status: payment_status(&document.text("data.codResponse")?),
            amount: Some(document.pesos("data.total")?),
            currency: Some(document.text("data.currency")?),
            at: Some(document.bogota("data.date")?),
        });
    }
    let state = state_code(|name| document.optional_text(&format!("data.{name}")));
    Ok(Event {
        payment_id: document.id("data.x_ref_payco")?,
        invoice: document.optional_text("data.x_id_invoice"),
        status: payment_status(&state.ok_or_else(|| GatewayError::missing("data.x_cod_response"))?),
        amount: Some(document.pesos("data.x_amount")?),
        currency: Some(document.text("data.x_currency_code")?),
        at: Some(document.bogota("data.x_transaction_date")?),
    })
}

/// A confirmation: `x_*` parameters as a form, as JSON, or in the address.
fn check(callback: &Callback<'_>, customer: &str, key: &str) -> Result<Verification, Refusal> {
    let parameters = Confirmation(read(callback)?);
    let Confirmation(values) = &parameters;
    let signature = values.get("x_signature")?.ok_or(Refusal::Unsigned)?;
    let mut signed = vec![customer, key];
    for name in ["x_ref_payco", "x_transaction_id", "x_amount", "x_currency_code"] {
        signed.push(values.need(name)?);
    }
    let expected = hex(&Sha256::digest(signed.join("^")));
    if !same_secret(&signature.to_ascii_lowercase(), &expected) {
        return Err(Refusal::Signature);
    }
    if values.get("x_cust_id_cliente")?.is_some_and(|id| id != customer) {
        return Err(Refusal::Merchant);
    }
    Ok(Verification::of(parameters.event()?, COVERS, true))
}

fn read(callback: &Callback<'_>) -> Result<Parameters, Refusal> {
    let body = callback.text()?;
    if body.trim_start().starts_with('{') {
        return flat_members(body).map(Parameters).ok_or(Refusal::Malformed);
    }
    Parameters::form(if body.is_empty() { callback.query() } else { body })
}

/// The `x_*` parameters of a confirmation, as they stand there.
struct Confirmation(Parameters);

impl Confirmation {
    fn event(&self) -> Result<Event, Refusal> {
        // Every name that is read below is checked for a double first.
        for name in ["x_id_invoice", "x_cod_transaction_state", "x_cod_response", "x_transaction_date"] {
            self.0.get(name)?;
        }
        let text = |name: &str| self.0.get(name).ok().flatten().map(str::to_owned);
        let payment_id = text("x_ref_payco").filter(|id| is_id(id)).ok_or(Refusal::Malformed)?;
        Ok(Event {
            payment_id,
            invoice: text("x_id_invoice"),
            status: payment_status(&state_code(text).ok_or(Refusal::Malformed)?),
            amount: Some(pesos(&text("x_amount").unwrap_or_default()).ok_or(Refusal::Malformed)?),
            currency: text("x_currency_code"),
            at: text("x_transaction_date").and_then(|date| Zone::BOGOTA.instant(&date)),
        })
    }
}

/// The state's number. Payment links confirm with `x_cod_transaction_state` 0: then it is in
/// `x_cod_response`.
fn state_code(text: impl Fn(&str) -> Option<String>) -> Option<String> {
    text("x_cod_transaction_state")
        .filter(|code| code != "0" && !code.is_empty())
        .or_else(|| text("x_cod_response"))
}

fn payment_status(code: &str) -> PaymentStatus {
    match code {
        "1" => PaymentStatus::Paid,
        "2" | "4" | "12" => PaymentStatus::Rejected,
        // 7 is held for a review, 8 has just begun.
        "3" | "7" | "8" => PaymentStatus::Pending,
        "6" => PaymentStatus::Refunded,
        "9" => PaymentStatus::Expired,
        "10" | "11" => PaymentStatus::Cancelled,
        other => PaymentStatus::Unknown(other.to_owned()),
    }
}

fn check_created(document: &Document) -> Result<(), GatewayError> {
    match payment_status(&document.text("data.codResponse")?) {
        PaymentStatus::Pending => Ok(()),
        _ => {
            let words = document.optional_text("data.response").unwrap_or_default();
            Err(GatewayError::new(ErrorCode::Refused, "data.codResponse", words))
        }
    }
}

/// The answer where `success` is true; ePayco's words where it is not.
fn successful(raw: &str) -> Result<Document, GatewayError> {
    let document = Document::parse(raw)?;
    match document.at("success").and_then(serde_json::Value::as_bool) {
        Some(true) => Ok(document),
        Some(false) => {
            let paths = ["data.errors.0.errorMessage", "textResponse", "text_response"];
            let words = paths.into_iter().find_map(|path| document.optional_text(path)).unwrap_or_default();
            Err(GatewayError::new(ErrorCode::Refused, "success", words))
        }
        None => Err(GatewayError::missing("success")),
    }
}

/// ePayco's names for the documents.
fn doc_type(document_type: DocumentType) -> &'static str {
    match document_type {
        DocumentType::Pa => "PPN",
        other => other.as_str(),
    }
}
