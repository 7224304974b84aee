//! `POST vouchers` and `POST links.renew`: what the requests must look like.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use efecty_checkout::payer::{ErrorCode, Field, Payer, PayerError, PayerInput, validate_payer};
use efecty_checkout::wire::{Consent, CreateVoucher, ProblemField};

use super::answer::Trace;
use super::issue::{Obtained, Wish};
use super::problem::Refusal;
use super::{Merchant, show};
use crate::guard::media_type;

/// `POST vouchers`: 201 with a new voucher, 200 with the one that is there.
pub async fn create(
    State(merchant): State<Merchant>,
    headers: HeaderMap,
    Extension(trace): Extension<Trace>,
    body: Bytes,
) -> Result<Response, Refusal> {
    require_json(&headers)?;
    let key = required_key(&headers)?;
    let request = CreateVoucher::from_json(&String::from_utf8_lossy(&body))?;
    merchant.require_permission(&headers, &request.order_id).await?;
    let (payer, consent) = merchant.check(&request.payer, request.consent).map_err(invalid_payer)?;
    let request_id = printable(&headers, "request-id").map(str::to_owned);
    let wish = Wish { order_id: request.order_id, payer, consent, key, request_id };
    let obtained = merchant.obtain(wish, trace.clone()).await?;
    answer(&merchant, &obtained, &trace)
}

/// `POST links.renew`: a voucher in place of an expired one; asked again, the same one.
pub async fn renew(
    State(merchant): State<Merchant>,
    Path(token): Path<String>,
    Extension(trace): Extension<Trace>,
) -> Result<Response, Refusal> {
    let obtained = merchant.renew(token, trace.clone()).await?;
    answer(&merchant, &obtained, &trace)
}

impl Merchant {
    /// Checks the payer and the consent; every field that is refused is named at once.
    pub fn check(
        &self,
        input: &PayerInput,
        consent: Option<Consent>,
    ) -> Result<(Payer, Consent), Vec<PayerError>> {
        let payer = validate_payer(input, &self.shop.requirements);
        let consent = consent.filter(|consent| consent.version == self.shop.consent.version);
        match (payer, consent) {
            (Ok(payer), Some(consent)) => Ok((payer, consent)),
            (payer, consent) => {
                let mut errors = payer.err().unwrap_or_default();
                if consent.is_none() {
                    errors.push(PayerError::new(Field::Consent, ErrorCode::Required));
                }
                Err(errors)
            }
        }
    }
}

fn invalid_payer(errors: Vec<PayerError>) -> Refusal {
    let title = "the payer's data are not as required";
    let refusal = Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-payer", title);
    refusal.with_errors(errors.into_iter().map(field).collect())
}

fn field(error: PayerError) -> ProblemField {
    ProblemField {
        field: error.field.as_str().to_owned(),
        code: error.code.as_str().to_owned(),
        expected: error.expected,
    }
}

fn answer(merchant: &Merchant, obtained: &Obtained, trace: &Trace) -> Result<Response, Refusal> {
    let status = if obtained.is_new { StatusCode::CREATED } else { StatusCode::OK };
    show::voucher(merchant, &obtained.row, status, &HeaderMap::new(), trace)
}

fn require_json(headers: &HeaderMap) -> Result<(), Refusal> {
    if media_type(headers) == "application/json" {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", "expected application/json"))
}

fn required_key(headers: &HeaderMap) -> Result<String, Refusal> {
    let key = printable(headers, "idempotency-key").filter(|key| key.len() >= 8);
    key.map(str::to_owned).ok_or_else(|| {
        let title = "expected the header Idempotency-Key with 8 to 128 printable characters";
        Refusal::new(StatusCode::BAD_REQUEST, "idempotency-key", title)
    })
}

fn printable<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let text = headers.get(name)?.to_str().ok()?;
    ((1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())).then_some(text)
}
