//! ePayco, by its "apify" interface.
//!
//! Credentials: `publicKey` and `privateKey` open a session, `bearer` is that session's token,
//! `customerId` (`p_cust_id_cliente`) and `key` (`p_key`) verify confirmations.
//!
//! The signature of a confirmation covers the payment, the amount and the currency but not the
//! state: whoever saw one confirmation can alter its state. So every event is to be queried.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::callback::{Callback, Covers, Refusal, Verification, hex, same_secret};
use super::document::{Document, bogota, flat_members, is_code, pesos};
use super::encode::base64;
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{HttpRequest, Options, PaymentRequest};
use super::{Context, Credentials, form};
use crate::calendar::Deadline;
use crate::payer::{DocumentType, Phone};
use crate::voucher::{Agreement, Network, Reference, Status, Voucher};

const APIFY: &str = "https://apify.epayco.co";
const SECURE: &str = "https://secure.epayco.co";

/// `POST /login` with the keys as user and password.
pub(super) fn session_request(
    credentials: &Credentials,
    options: &Options,
) -> Result<HttpRequest, GatewayError> {
    let keys = [credentials.get("publicKey")?, ":", credentials.get("privateKey")?].concat();
    Ok(HttpRequest {
        method: "POST",
        url: format!("{}/login", options.base(APIFY)),
        headers: vec![("Authorization", format!("Basic {}", base64(keys.as_bytes())))],
        body: String::new(),
    })
}

/// The `token` of the login's answer.
pub(super) fn session(raw: &str) -> Result<String, GatewayError> {
    Document::parse(raw)?.text("token")
}

/// `POST /payment/process/cash`; needs the credential `bearer` and the option `payer_ip`.
pub(super) fn payment_request(request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
    let PaymentRequest { payer, options, credentials, .. } = request;
    let (name, last_name) = split_name(payer.name.as_deref().ok_or_else(|| incomplete("name"))?);
    let email = payer.email.as_deref().ok_or_else(|| incomplete("email"))?;
    let phone = payer.phone.as_ref().and_then(Phone::national).ok_or_else(|| incomplete("phone"))?;
    let ip = options.payer_ip.as_deref().ok_or_else(|| incomplete("payerIp"))?;
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
            ("Authorization", format!("Bearer {}", credentials.get("bearer")?)),
            ("Content-Type", "application/json".to_owned()),
        ],
        body: body.to_string(),
    })
}

/// `GET /validation/v1/reference/{ref}`.
pub(super) fn status_request(payment_id: &str, options: &Options) -> Result<HttpRequest, GatewayError> {
    if !is_code(payment_id) {
        return Err(GatewayError::new(ErrorCode::Incomplete, "paymentId", "letters, digits and hyphens"));
    }
    Ok(HttpRequest {
        method: "GET",
        url: format!("{}/validation/v1/reference/{payment_id}", options.base(SECURE)),
        headers: Vec::new(),
        body: String::new(),
    })
}

/// The voucher in the answer to `payment/process/cash`.
pub(super) fn voucher(raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
    let document = successful(raw)?;
    let amount = document.pesos("data.total")?;
    if amount != context.amount {
        return Err(GatewayError::unexpected("data.total", context.amount.get().to_string()));
    }
    if document.text("data.currency")? != "COP" {
        return Err(GatewayError::unexpected("data.currency", "COP"));
    }
    let status = created_status(&document)?;
    let network = Network {
        id: "efecty".to_owned(),
        name: "Efecty".to_owned(),
        brands: vec!["Efecty".to_owned()],
        agreement: Some(Agreement { label: None, code: code(&document, "data.codeProject")? }),
        reference: reference(code(&document, "data.pin")?),
    };
    Ok(Voucher {
        issued_at: Some(document.bogota("data.date")?),
        expires_at: Some(Deadline::At(document.bogota("data.expirationDate")?)),
        ..context.voucher(status, network)
    })
}

/// Where the payment stands, by the answer of the validation service (`x_*`) or of the creation.
pub(super) fn status(raw: &str) -> Result<Event, GatewayError> {
    let document = successful(raw)?;
    if document.at("data.refPayco").is_some() {
        return Ok(Event {
            payment_id: code(&document, "data.refPayco")?,
            invoice: document.optional_text("data.invoice"),
            status: payment_status(&document.text("data.codResponse")?),
            amount: Some(document.pesos("data.total")?),
            currency: Some(document.text("data.currency")?),
            at: Some(document.bogota("data.date")?),
        });
    }
    let state = state_code(|name| document.optional_text(&format!("data.{name}")));
    Ok(Event {
        payment_id: code(&document, "data.x_ref_payco")?,
        invoice: document.optional_text("data.x_id_invoice"),
        status: payment_status(&state.ok_or_else(|| GatewayError::missing("data.x_cod_response"))?),
        amount: Some(document.pesos("data.x_amount")?),
        currency: Some(document.text("data.x_currency_code")?),
        at: Some(document.bogota("data.x_transaction_date")?),
    })
}

/// A confirmation: `x_*` parameters as a form, as JSON, or in the address.
pub(super) fn verify(
    callback: &Callback<'_>,
    credentials: &Credentials,
) -> Result<Verification, GatewayError> {
    let customer = credentials.get("customerId")?;
    let key = credentials.get("key")?;
    Ok(check(callback, customer, key).unwrap_or_else(Verification::refused))
}

fn check(callback: &Callback<'_>, customer: &str, key: &str) -> Result<Verification, Refusal> {
    let parameters = Parameters::read(callback)?;
    let signature = parameters.get("x_signature")?.ok_or(Refusal::Unsigned)?;
    let mut signed = vec![customer, key];
    for name in ["x_ref_payco", "x_transaction_id", "x_amount", "x_currency_code"] {
        signed.push(parameters.get(name)?.ok_or(Refusal::Malformed)?);
    }
    let expected = hex(&Sha256::digest(signed.join("^")));
    if !same_secret(&signature.to_ascii_lowercase(), &expected) {
        return Err(Refusal::Signature);
    }
    if parameters.get("x_cust_id_cliente")?.is_some_and(|id| id != customer) {
        return Err(Refusal::Merchant);
    }
    Ok(Verification {
        authentic: Ok(()),
        event: Some(parameters.event()?),
        covers: &[Covers::Payment, Covers::Amount, Covers::Currency],
        requery: true,
    })
}

/// The `x_*` parameters of a confirmation, as they stand there.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn read(callback: &Callback<'_>) -> Result<Parameters, Refusal> {
        let body = core::str::from_utf8(callback.raw_body).map_err(|_| Refusal::Malformed)?;
        if body.trim_start().starts_with('{') {
            return Ok(Parameters(flat_members(body).ok_or(Refusal::Malformed)?));
        }
        let text = if body.is_empty() { callback.query() } else { body };
        Ok(Parameters(form::pairs(text).ok_or(Refusal::Malformed)?))
    }

    /// The one value of a parameter; two of them would be read differently by different readers.
    fn get(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let mut values = self.0.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str());
        let first = values.next();
        if values.next().is_some() { Err(Refusal::Ambiguous) } else { Ok(first) }
    }

    fn event(&self) -> Result<Event, Refusal> {
        // Every name that is read below is checked for a double first.
        for name in ["x_id_invoice", "x_cod_transaction_state", "x_cod_response", "x_transaction_date"] {
            self.get(name)?;
        }
        let text = |name: &str| self.get(name).ok().flatten().map(str::to_owned);
        let payment_id = text("x_ref_payco").filter(|id| is_code(id)).ok_or(Refusal::Malformed)?;
        Ok(Event {
            payment_id,
            invoice: text("x_id_invoice"),
            status: payment_status(&state_code(text).ok_or(Refusal::Malformed)?),
            amount: Some(pesos(&text("x_amount").unwrap_or_default()).ok_or(Refusal::Malformed)?),
            currency: text("x_currency_code"),
            at: text("x_transaction_date").and_then(|date| bogota(&date)),
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

fn created_status(document: &Document) -> Result<Status, GatewayError> {
    match payment_status(&document.text("data.codResponse")?) {
        PaymentStatus::Pending => Ok(Status::Pending),
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

fn code(document: &Document, path: &str) -> Result<String, GatewayError> {
    let text = document.text(path)?;
    if is_code(&text) { Ok(text) } else { Err(GatewayError::unexpected(path, "letters, digits and hyphens")) }
}

/// The letter stays with the first three digits, as ePayco's own voucher shows it.
fn reference(value: String) -> Reference {
    let grouping = if value.len() == 10 { vec![4, 3, 3] } else { Vec::new() };
    Reference { label: None, value, grouping }
}

/// ePayco's names for the documents.
fn doc_type(document_type: DocumentType) -> &'static str {
    match document_type {
        DocumentType::Pa => "PPN",
        other => other.as_str(),
    }
}

/// The first word, and the rest; ePayco wants both, so a single word serves twice.
fn split_name(name: &str) -> (&str, &str) {
    name.split_once(' ').unwrap_or((name, name))
}

fn incomplete(path: &str) -> GatewayError {
    GatewayError::new(ErrorCode::Incomplete, path, "a value")
}
