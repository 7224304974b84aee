//! Paying without the widget: a plain form and a printable voucher, for browsers where wasm is blocked.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use efecty_checkout::language::Language;
use efecty_checkout::payer::{PayerError, PayerInput};
use efecty_checkout::voucher::Voucher;
use efecty_checkout::wire::Consent;
use minijinja::context;
use minijinja::value::Value;
use serde::Serialize;

use super::storefront::set_cookie;
use super::visitor::Visitor;
use super::{Pages, files};
use crate::db::Fault;
use crate::merchant::{ShelfLine, Trace, Wish};
use crate::random;

/// What was typed, to be shown again where it is refused.
#[derive(Clone, Debug, Default, Serialize)]
struct Typed {
    document_type: String,
    document_number: String,
    name: String,
    email: String,
    phone: String,
    consent: bool,
    key: String,
}

/// A refusal next to its field.
#[derive(Clone, Debug, Serialize)]
struct FieldError {
    field: String,
    es: String,
    en: String,
}

impl FieldError {
    fn new(error: &PayerError) -> FieldError {
        FieldError {
            field: error.field.as_str().to_owned(),
            es: error.message(Language::Es),
            en: error.message(Language::En),
        }
    }
}

/// `GET /pago/{order}`: the form, or the voucher that the order has.
pub(super) async fn form(
    State(pages): State<Pages>,
    Path(order_id): Path<String>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let Some((line, cookie)) = pages.merchant.visit(&headers, &order_id).await? else {
        return files::missing(&pages, &visitor);
    };
    let mut response = match &line.token {
        Some(token) => Redirect::to(&format!("/comprobante/{token}")).into_response(),
        None => {
            let typed = Typed { key: random::hex(16), ..Typed::default() };
            show_form(&pages, &visitor, StatusCode::OK, &line, &typed, Vec::new())?
        }
    };
    set_cookie(&mut response, cookie);
    Ok(response)
}

/// `POST /pago/{order}`: issues the voucher, or shows the form with what is wrong.
pub(super) async fn submit(
    State(pages): State<Pages>,
    Path(order_id): Path<String>,
    headers: HeaderMap,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Fault> {
    if pages.merchant.require_permission(&headers, &order_id).await.is_err() {
        return Ok(Redirect::to(&format!("/pago/{order_id}")).into_response());
    }
    let Some((line, _)) = pages.merchant.visit(&headers, &order_id).await? else {
        return files::missing(&pages, &visitor);
    };
    let typed = read(&body);
    let terms = pages.merchant.consent_terms();
    let consent = Consent { version: terms.version.clone(), accepted_at: pages.merchant.now() };
    let consent = typed.consent.then_some(consent);
    let checked = pages.merchant.check(&input(&typed), consent);
    let (payer, consent) = match checked {
        Ok(checked) => checked,
        Err(errors) => {
            let errors = errors.iter().map(FieldError::new).collect();
            return show_form(&pages, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &line, &typed, errors);
        }
    };
    let wish = Wish { order_id, payer, consent, key: typed.key.clone(), request_id: None };
    match pages.merchant.obtain(wish, Trace::new()).await {
        Ok(obtained) => Ok(Redirect::to(&format!("/comprobante/{}", obtained.row.token)).into_response()),
        Err(_) => {
            let sorry = FieldError {
                field: "form".to_owned(),
                es: "No pudimos generar el número de pago. Intenta de nuevo en un momento.".to_owned(),
                en: "We could not issue the payment number. Please try again in a moment.".to_owned(),
            };
            show_form(&pages, &visitor, StatusCode::SERVICE_UNAVAILABLE, &line, &typed, vec![sorry])
        }
    }
}

/// `GET /comprobante/{token}`: the voucher as a page.
pub(super) async fn voucher(
    State(pages): State<Pages>,
    Path(token): Path<String>,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let Some(voucher) = pages.merchant.find_voucher(token).await? else {
        return files::missing(&pages, &visitor);
    };
    if let Some(pickup) = &voucher.pickup {
        let page = context! { pin => pickup.pin, documents => pickup.documents, ..describe(&voucher) };
        let shop = pages.merchant.shop();
        let mut response = pages.templates.page(StatusCode::OK, "_pickup.html", &visitor, shop, page)?;
        // Nothing may keep the PIN.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        return Ok(response);
    }
    let page = describe(&voucher);
    pages.templates.page(StatusCode::OK, "_voucher.html", &visitor, pages.merchant.shop(), page)
}

/// `GET /console/correo/{token}`: the e-mail that the shop would send about the voucher. Its link has
/// the token in the fragment, which reaches no server's log, and nothing about the payer.
pub(super) async fn mail(
    State(pages): State<Pages>,
    Path(token): Path<String>,
    visitor: Visitor,
) -> Result<Response, Fault> {
    // A pickup is no payment: its link goes to the collector alone.
    let found = pages.merchant.find_voucher(token.clone()).await?;
    let Some(voucher) = found.filter(|voucher| voucher.pickup.is_none()) else {
        return files::missing(&pages, &visitor);
    };
    let address = pages.merchant.address_of(token).await?;
    let page = context! { address, link => voucher.links.handover, ..describe(&voucher) };
    pages.templates.page(StatusCode::OK, "_mail.html", &visitor, pages.merchant.shop(), page)
}

/// What the template of a voucher shows.
pub(super) fn describe(voucher: &Voucher) -> Value {
    let network = voucher.networks.first();
    let agreement = network.and_then(|network| network.agreement.as_ref());
    let reference = network.map(|network| &network.reference);
    let millis = |instant: efecty_checkout::calendar::ServerInstant| instant.millis();
    context! {
        status => voucher.status.name(),
        token => voucher.token,
        order_id => voucher.order_id,
        agreement => agreement.map(|agreement| agreement.groups()),
        reference => reference.map(|reference| reference.groups()),
        pesos => voucher.amount.pesos.get(),
        amount_paid => voucher.amount_paid.map(|pesos| pesos.get()),
        paid_at => voucher.paid_at.map(millis),
        pay_before => voucher.pay_before().map(|deadline| deadline.instant().millis()),
        latency => voucher.latency,
        superseded_by => voucher.superseded_by,
    }
}

fn show_form(
    pages: &Pages,
    visitor: &Visitor,
    status: StatusCode,
    line: &ShelfLine,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<Response, Fault> {
    let language = visitor.language();
    let rules = pages.merchant.requirements().documents.iter();
    let documents: Vec<(&str, &str)> =
        rules.map(|rule| (rule.document_type.as_str(), rule.document_type.label(language))).collect();
    let consent = pages.merchant.consent_terms();
    let page = context! { line, typed, errors, documents, consent };
    pages.templates.page(status, "_payment.html", visitor, pages.merchant.shop(), page)
}

fn read(body: &[u8]) -> Typed {
    let mut typed = Typed::default();
    for (name, value) in form_urlencoded::parse(body) {
        let value = value.into_owned();
        match name.as_ref() {
            "document.type" => typed.document_type = value,
            "document.number" => typed.document_number = value,
            "name" => typed.name = value,
            "email" => typed.email = value,
            "phone" => typed.phone = value,
            "consent" => typed.consent = value == "on",
            "key" => typed.key = value,
            _ => {}
        }
    }
    typed
}

fn input(typed: &Typed) -> PayerInput {
    PayerInput {
        document_type: typed.document_type.clone(),
        document_number: typed.document_number.clone(),
        name: typed.name.clone(),
        email: typed.email.clone(),
        phone: typed.phone.clone(),
    }
}
