//! Refusals, as `application/problem+json`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use efecty_checkout::wire::{Problem, ProblemField, WireError};

use crate::db::Fault;

/// Why a request is refused; [`super::answer::layer`] writes it out, with the trace id.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    code: &'static str,
    title: String,
    errors: Vec<ProblemField>,
    retry_after_seconds: Option<u32>,
}

impl Refusal {
    /// A refusal with a stable code and a summary for developers.
    pub fn new(status: StatusCode, code: &'static str, title: impl Into<String>) -> Refusal {
        Refusal { status, code, title: title.into(), errors: Vec::new(), retry_after_seconds: None }
    }

    /// The same, with the fields that are refused.
    pub fn with_errors(self, errors: Vec<ProblemField>) -> Refusal {
        Refusal { errors, ..self }
    }

    /// The same, to be tried again.
    pub fn retry_after(self, seconds: u32) -> Refusal {
        Refusal { retry_after_seconds: Some(seconds), ..self }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Neither the session nor a token permits this order; says nothing about whether it exists.
    pub fn not_permitted() -> Refusal {
        let title = "expected the shop's session or an order token for this order";
        Refusal::new(StatusCode::FORBIDDEN, "not-permitted", title)
    }

    /// There is no such order.
    pub fn unknown_order() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, "unknown-order", "no such order")
    }

    /// There is no such voucher.
    pub fn unknown_voucher() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, "unknown-voucher", "no such voucher")
    }

    /// The order takes no new voucher.
    pub fn order_closed() -> Refusal {
        Refusal::new(StatusCode::CONFLICT, "order-closed", "the order is no longer held")
    }

    /// The gateway cannot be reached.
    pub fn gateway_unavailable() -> Refusal {
        let title = "the payment gateway does not answer";
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "gateway-unavailable", title).retry_after(5)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Refusal {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", fault.to_string())
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Refusal {
        Fault::from(error).into()
    }
}

impl From<WireError> for Refusal {
    fn from(error: WireError) -> Refusal {
        let field = ProblemField {
            field: error.path.clone(),
            code: error.expected.code().to_owned(),
            expected: None,
        };
        let errors = if error.path.is_empty() { Vec::new() } else { vec![field] };
        Refusal::new(StatusCode::BAD_REQUEST, "invalid-request", error.to_string()).with_errors(errors)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Problem {
            title: Some(self.title),
            status: Some(u32::from(self.status.as_u16())),
            code: Some(self.code.to_owned()),
            errors: self.errors,
            trace_id: None,
        });
        response
    }
}
