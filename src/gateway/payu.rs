//! PayU Latam.
//!
//! Credentials: `apiLogin`, `apiKey`, `merchantId`, `accountId`, and `algorithm` (`md5`, `sha1` or
//! `sha256`), which is the merchant's setting at PayU and never taken from a callback.
//!
//! PayU reads and writes date-times without their zone and does not document it: the caller states
//! it. A confirmation is signed over everything but PayU's own number of the payment, so the
//! shop's number (`reference_sale`) is what ties it to an order.

use serde_json::{Map, Number, Value, json};

use super::adapter::{Adapter, Capabilities};
use super::callback::{Callback, Covers, Parameters, Refusal, Verification, VerifyOptions};
use super::digest::{Algorithm, same_secret};
use super::document::{Document, is_id, pesos};
use super::error::{ErrorCode, GatewayError};
use super::event::{Event, PaymentStatus};
use super::request::{Address, HttpRequest, Needs, PaymentRequest, StatusRequest};
use super::zone::{DAY_MILLIS, epoch_millis};
use super::{Context, Credentials, reference, xml};
use crate::calendar::{Deadline, ServerInstant};
use crate::payer::DocumentType::{self, Cc, Ce, Nit, Pa, Rc, Ti};
use crate::voucher::{Links, Voucher};

const API: &str = "https://api.payulatam.com";
const COVERS: &[Covers] = &[Covers::Invoice, Covers::Amount, Covers::Currency, Covers::Status];
const DOCUMENTS: &[(DocumentType, &str)] =
    &[(Cc, "CC"), (Ce, "CE"), (Nit, "NIT"), (Ti, "TI"), (Pa, "PP"), (Rc, "RC")];

pub(super) struct Gateway;

impl Adapter for Gateway {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            title: "PayU Latam",
            steps: "payment",
            formats: "XML, forms",
            query: "POST reports-api ORDER_DETAIL",
            signature: "MD5, SHA-1 or SHA-256 over five values and the key",
            covers: COVERS,
            timed: false,
            requery: false,
            pickup: false,
            credentials: &["apiLogin", "apiKey", "merchantId", "accountId", "algorithm"],
        }
    }

    fn payment_request(&self, request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
        payment_request(request)
    }

    fn status_request(&self, request: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
        status_request(request)
    }

    fn voucher(&self, raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
        voucher(raw, context)
    }

    fn status(&self, raw: &str) -> Result<Event, GatewayError> {
        status(&successful(raw)?)
    }

    fn verify(
        &self,
        callback: &Callback<'_>,
        credentials: &Credentials,
        options: &VerifyOptions,
    ) -> Result<Verification, GatewayError> {
        let signer = Signer {
            key: credentials.get("apiKey")?,
            merchant: credentials.get("merchantId")?,
            algorithm: Algorithm::read(credentials)?,
        };
        Ok(signer.check(callback, options).unwrap_or_else(Verification::refused))
    }
}

/// `SUBMIT_TRANSACTION`; needs the options `address` and `payer_ip`, and `zone` where a last day is
/// asked for.
fn payment_request(request: &PaymentRequest<'_>) -> Result<HttpRequest, GatewayError> {
    let PaymentRequest { payer, options, credentials, .. } = request;
    let mut needs = Needs::default();
    let signer = Signer {
        key: needs.key(credentials, "apiKey"),
        merchant: needs.key(credentials, "merchantId"),
        algorithm: Algorithm::read(credentials).unwrap_or(Algorithm::Md5),
    };
    needs.key(credentials, "algorithm");
    let merchant = json!({ "apiLogin": needs.key(credentials, "apiLogin"), "apiKey": signer.key });
    let account = needs.key(credentials, "accountId");
    let none = Address::default();
    let address = needs.some("address", options.address.as_ref()).unwrap_or(&none);
    let place = match options.address {
        Some(_) => place(&mut needs, address, needs_phone(payer)),
        None => Value::Null,
    };
    let (dni_type, dni) = needs.document(&payer.document, DOCUMENTS);
    let person = json!({
        "fullName": needs.name(payer, 150),
        "emailAddress": needs.email(payer, 255),
        "contactPhone": needs.phone(payer, 20),
        "dniNumber": needs.fits("document.number", dni, 20),
        "dniType": dni_type,
    });
    let invoice = needs.text("invoice", Some(request.invoice), 255);
    let pesos = request.amount.get();
    let mut transaction = json!({
        "order": {
            "accountId": account,
            "referenceCode": invoice,
            "description": needs.text("description", Some(request.description), 255),
            "language": "es",
            "signature": signer.sign(&[invoice, &pesos.to_string(), "COP"]),
            // Without TX_TAX PayU would take 19 % of it for tax.
            "additionalValues": {
                "TX_VALUE": { "value": pesos, "currency": "COP" },
                "TX_TAX": { "value": 0, "currency": "COP" },
                "TX_TAX_RETURN_BASE": { "value": 0, "currency": "COP" },
            },
            "buyer": joined(&person, "shippingAddress", &place),
        },
        "payer": joined(&person, "billingAddress", &place),
        "type": "AUTHORIZATION_AND_CAPTURE",
        "paymentMethod": "EFECTY",
        "paymentCountry": "CO",
        "ipAddress": needs.text("payerIp", options.payer_ip.as_deref(), 39),
    });
    if let Some(url) = &options.confirmation_url {
        transaction["order"]["notifyUrl"] = json!(needs.fits("confirmationUrl", url, 2048));
    }
    // A later date PayU passes over without a word.
    let ahead = 1..=7 * DAY_MILLIS;
    if let Some(end) = needs.last_second_in(request, ahead, "a day whose end is at most 7 days ahead")
        && let Some(zone) = needs.some("zone", options.zone)
    {
        transaction["expirationDate"] = json!(zone.local(end));
    }
    needs.check()?;
    Algorithm::read(credentials)?;
    let body = json!({
        "language": "es", "command": "SUBMIT_TRANSACTION", "merchant": merchant, "test": false,
        "transaction": transaction,
    });
    let url = format!("{}/payments-api/4.0/service.cgi", options.base(API));
    Ok(HttpRequest::post_json(url, &body).with("Accept", "application/json"))
}

fn needs_phone(payer: &crate::payer::Payer) -> &str {
    payer.phone.as_ref().map_or("", |phone| phone.national().unwrap_or(&phone.e164))
}

fn place(needs: &mut Needs, address: &Address, phone: &str) -> Value {
    json!({
        "street1": needs.text("address.street", Some(&address.street), 100),
        "city": needs.text("address.city", Some(&address.city), 50),
        "state": needs.text("address.state", Some(&address.state), 40),
        "country": "CO",
        "postalCode": needs.text("address.postalCode", Some(&address.postal_code), 20),
        "phone": phone,
    })
}

fn joined(person: &Value, name: &str, place: &Value) -> Value {
    let mut members: Map<String, Value> = person.as_object().cloned().unwrap_or_default();
    members.insert(name.to_owned(), place.clone());
    Value::Object(members)
}

/// `ORDER_DETAIL`; PayU's number of the order goes as a number, digit by digit.
fn status_request(request: &StatusRequest<'_>) -> Result<HttpRequest, GatewayError> {
    let mut needs = Needs::default();
    let merchant = json!({
        "apiLogin": needs.key(request.credentials, "apiLogin"),
        "apiKey": needs.key(request.credentials, "apiKey"),
    });
    needs.check()?;
    let digits = request.payment_id.bytes().all(|b| b.is_ascii_digit());
    let number = request.payment_id.parse::<Number>().ok().filter(|_| digits);
    let expected = || GatewayError::new(ErrorCode::Incomplete, "paymentId", "digits");
    let body = json!({
        "language": "es", "command": "ORDER_DETAIL", "merchant": merchant, "test": false,
        "details": { "orderId": number.ok_or_else(expected)? },
    });
    let url = format!("{}/reports-api/4.0/service.cgi", request.options.base(API));
    Ok(HttpRequest::post_json(url, &body).with("Accept", "application/json"))
}

/// The voucher in the answer to `SUBMIT_TRANSACTION`, in JSON or XML.
fn voucher(raw: &str, context: &Context) -> Result<Voucher, GatewayError> {
    let document = successful(raw)?;
    let state = document.text("transactionResponse.state")?;
    if state != "PENDING" {
        let paths = ["transactionResponse.responseMessage", "transactionResponse.responseCode"];
        let words = paths.into_iter().find_map(|path| document.optional_text(path)).unwrap_or(state);
        return Err(GatewayError::new(ErrorCode::Refused, "transactionResponse.state", words));
    }
    document.agree(&[("transactionResponse.additionalInfo.paymentNetwork", "EFECTY")])?;
    let at = |name: &str| format!("transactionResponse.extraParameters.{name}");
    let agreement = context.agreement.clone().map(|code| crate::voucher::Agreement { label: None, code });
    let reference = reference(&document, &at("REFERENCE"), &[])?;
    Ok(Voucher {
        expires_at: Some(Deadline::At(moment(&document, &at("EXPIRATION_DATE"), context)?)),
        issued_at: document
            .at("transactionResponse.operationDate")
            .map(|_| moment(&document, "transactionResponse.operationDate", context))
            .transpose()?,
        links: Links {
            voucher: document.optional_text(&at("URL_PAYMENT_RECEIPT_HTML")),
            pdf: document.optional_text(&at("URL_PAYMENT_RECEIPT_PDF")),
            ..Links::default()
        },
        ..context.efecty(agreement, reference)
    })
}

/// Milliseconds since 1970 in JSON, a date-time without its zone in XML.
fn moment(document: &Document, path: &str, context: &Context) -> Result<ServerInstant, GatewayError> {
    match epoch_millis(&document.text(path)?) {
        Some(instant) => Ok(instant),
        None => document.naive(path, context.zone),
    }
}

/// Where the payment stands, by the answer to the creation or to a query for the order.
fn status(document: &Document) -> Result<Event, GatewayError> {
    if document.at("transactionResponse.orderId").is_some() {
        return Ok(Event {
            payment_id: document.id("transactionResponse.orderId")?,
            invoice: None,
            status: by_word(&document.text("transactionResponse.state")?),
            amount: None,
            currency: None,
            at: document.epoch_millis("transactionResponse.operationDate").ok(),
        });
    }
    let payload = "result.payload";
    let order = match document.at(payload) {
        Some(Value::Array(orders)) if orders.len() == 1 => format!("{payload}.0"),
        Some(Value::Array(_)) => return Err(GatewayError::unexpected(payload, "one order")),
        _ => payload.to_owned(),
    };
    let transaction = decisive(document, &format!("{order}.transactions"))?;
    let currency = document.text(&format!("{transaction}.additionalValues.TX_VALUE.currency"))?;
    let amount = format!("{transaction}.additionalValues.TX_VALUE.value");
    let word = document.text(&format!("{transaction}.transactionResponse.state"))?;
    let order_word = document.optional_text(&format!("{order}.status")).unwrap_or_default();
    Ok(Event {
        payment_id: document.id(&format!("{order}.id"))?,
        invoice: document.optional_text(&format!("{order}.referenceCode")),
        status: match order_word.as_str() {
            "REFUNDED" | "CHARGEBACK" => PaymentStatus::Refunded,
            "CANCELLED" => PaymentStatus::Cancelled,
            _ => by_word(&word),
        },
        amount: document.pesos_in(&amount, &currency)?,
        currency: Some(currency),
        at: document.epoch_millis(&format!("{transaction}.transactionResponse.operationDate")).ok(),
    })
}

/// The approved one of an order's transactions, or else the last: a payer may try again.
fn decisive(document: &Document, path: &str) -> Result<String, GatewayError> {
    let Some(Value::Array(transactions)) = document.at(path) else { return Err(GatewayError::missing(path)) };
    let approved = transactions.iter().position(|t| t["transactionResponse"]["state"] == "APPROVED");
    let last = transactions.len().checked_sub(1).ok_or_else(|| GatewayError::missing(path))?;
    Ok(format!("{path}.{}", approved.unwrap_or(last)))
}

fn by_word(state: &str) -> PaymentStatus {
    match state {
        "APPROVED" => PaymentStatus::Paid,
        "DECLINED" | "ERROR" => PaymentStatus::Rejected,
        "EXPIRED" => PaymentStatus::Expired,
        "PENDING" | "SUBMITTED" => PaymentStatus::Pending,
        other => PaymentStatus::Unknown(other.to_owned()),
    }
}

fn by_number(state: &str) -> PaymentStatus {
    match state {
        "4" => PaymentStatus::Paid,
        "6" | "104" => PaymentStatus::Rejected,
        "5" => PaymentStatus::Expired,
        "7" | "10" | "12" | "14" | "15" | "18" => PaymentStatus::Pending,
        other => PaymentStatus::Unknown(other.to_owned()),
    }
}

/// The answer where `code` is `SUCCESS`; PayU's words where it is not.
fn successful(raw: &str) -> Result<Document, GatewayError> {
    let not_read = || GatewayError::new(ErrorCode::NotJson, "", "a JSON object or XML");
    let document = if raw.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        Document::of(xml::parse(raw).filter(Value::is_object).ok_or_else(not_read)?)
    } else {
        Document::parse(raw)?
    };
    if document.text("code")? == "SUCCESS" {
        return Ok(document);
    }
    let words = document.optional_text("error").unwrap_or_default();
    Err(GatewayError::new(ErrorCode::Refused, "code", words))
}

struct Signer<'a> {
    key: &'a str,
    merchant: &'a str,
    algorithm: Algorithm,
}

impl Signer<'_> {
    fn sign(&self, values: &[&str]) -> String {
        self.algorithm.hex(&[&[self.key, self.merchant], values].concat().join("~"))
    }

    /// A confirmation (POST), or the response page that the shopper's browser calls (GET).
    fn check(&self, callback: &Callback<'_>, options: &VerifyOptions) -> Result<Verification, Refusal> {
        let body = callback.text()?;
        let page = body.is_empty();
        let values = Parameters::form(if page { callback.query() } else { body })?;
        let names = if page { &RESPONSE_PAGE } else { &CONFIRMATION };
        let signature = values.get(names.signature)?.ok_or(Refusal::Unsigned)?.to_ascii_lowercase();
        let text = values.need(names.value)?;
        let value = if page { half_even(text) } else { confirmed(text) };
        let (invoice, currency) = (values.need(names.invoice)?, values.need(names.currency)?);
        let state = values.need(names.state)?;
        let signed = [invoice, &value.ok_or(Refusal::Malformed)?, currency, state];
        if !same_secret(&signature, &self.sign(&signed)) {
            return Err(Refusal::Signature);
        }
        if values.need(names.merchant)? != self.merchant {
            return Err(Refusal::Merchant);
        }
        let payment_id = values.need("reference_pol")?;
        let amount = if currency == "COP" { Some(pesos(text).ok_or(Refusal::Malformed)?) } else { None };
        let at =
            values.get("transaction_date")?.zip(options.zone).and_then(|(text, zone)| zone.instant(text));
        let event = Event {
            payment_id: Some(payment_id).filter(|id| is_id(id)).ok_or(Refusal::Malformed)?.to_owned(),
            invoice: Some(invoice.to_owned()),
            status: by_number(state),
            amount,
            currency: Some(currency.to_owned()),
            at,
        };
        // The page's value is signed rounded; PayU says not to update orders by it.
        if page {
            return Ok(Verification::of(event, &[Covers::Invoice, Covers::Currency, Covers::Status], true));
        }
        Ok(Verification::of(event, COVERS, false))
    }
}

struct Names {
    merchant: &'static str,
    signature: &'static str,
    invoice: &'static str,
    value: &'static str,
    currency: &'static str,
    state: &'static str,
}

const CONFIRMATION: Names = Names {
    merchant: "merchant_id",
    signature: "sign",
    invoice: "reference_sale",
    value: "value",
    currency: "currency",
    state: "state_pol",
};

const RESPONSE_PAGE: Names = Names {
    merchant: "merchantId",
    signature: "signature",
    invoice: "referenceCode",
    value: "TX_VALUE",
    currency: "currency",
    state: "transactionState",
};

/// The value as a confirmation signs it: both decimals, or one where the second is 0.
fn confirmed(text: &str) -> Option<String> {
    let (whole, decimals) = decimal(text)?;
    match *decimals.as_bytes() {
        [] => Some(format!("{whole}.0")),
        [tenths] | [tenths, b'0'] => Some(format!("{whole}.{}", char::from(tenths))),
        [_, _] => Some(text.to_owned()),
        _ => None,
    }
}

/// The value as the response page signs it: rounded to one decimal, a half to the even digit.
fn half_even(text: &str) -> Option<String> {
    let (whole, decimals) = decimal(text)?;
    let digit = |i: usize| decimals.as_bytes().get(i).map_or(0, |b| u128::from(b - b'0'));
    let whole = if whole.is_empty() { 0 } else { whole.parse::<u128>().ok()? };
    let tenths = whole.checked_mul(10)?.checked_add(digit(0))?;
    let rest_is_zero = decimals.bytes().skip(2).all(|b| b == b'0');
    let up = match digit(1) {
        0..=4 => false,
        5 if rest_is_zero => tenths % 2 == 1,
        _ => true,
    };
    let tenths = tenths.checked_add(u128::from(up))?;
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

/// The digits before and after the point.
fn decimal(text: &str) -> Option<(&str, &str)> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let fits = digits(whole) && digits(decimals) && !text.is_empty() && text != "." && text.len() <= 40;
    if fits { Some((whole, decimals)) } else { None }
}
