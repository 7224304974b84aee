//! What every answer of the merchant carries: the server's time, a trace id, and for a refusal its
//! problem document; and for other origins the CORS headers.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use efecty_checkout::wire::Problem;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Merchant;
use crate::clock::instant;
use crate::random;

/// RFC 3339 with milliseconds.
pub const SERVER_TIME: HeaderName = HeaderName::from_static("server-time");
/// The name under which the log and the tables know this request.
pub const TRACE_ID: HeaderName = HeaderName::from_static("trace-id");

const ALLOWED_HEADERS: &str = "Content-Type, Idempotency-Key, Request-Id, If-None-Match, Order-Token";
const EXPOSED_HEADERS: &str = "ETag, Retry-After, Server-Time, Trace-Id";

/// The name of one request.
#[derive(Clone, Debug)]
pub struct Trace(pub String);

impl Trace {
    /// A new name.
    pub fn new() -> Trace {
        Trace(random::hex(8))
    }
}

/// Surrounds every answer.
pub async fn layer(State(merchant): State<Merchant>, mut request: Request, next: Next) -> Response {
    let trace = Trace::new();
    request.extensions_mut().insert(trace.clone());
    let origin = allowed_origin(&merchant, request.headers());
    let mut response = if origin.is_some() && is_preflight(&request) {
        preflight()
    } else {
        explain(next.run(request).await, &trace)
    };
    let headers = response.headers_mut();
    insert(headers, SERVER_TIME, &instant(merchant.clock.now()).to_string());
    insert(headers, TRACE_ID, &trace.0);
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !merchant.allowed_origins.is_empty() {
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED_HEADERS));
    }
    response
}

/// 200 with a JSON body.
pub fn json<T: Serialize>(value: &T) -> Response {
    body(StatusCode::OK, "application/json", value)
}

/// An answer with a JSON body.
pub fn body<T: Serialize>(status: StatusCode, content_type: &'static str, value: &T) -> Response {
    match serde_json::to_vec(value) {
        Ok(bytes) => (status, [(header::CONTENT_TYPE, content_type)], bytes).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A strong validator: it changes exactly when the bytes it stands for do.
pub fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", random::to_hex(&Sha256::digest(bytes)[..16]))
}

/// Whether `If-None-Match` names this validator; the comparison is weak, as RFC 9110 wants it here.
pub fn matches(headers: &HeaderMap, etag: &str) -> bool {
    let lines = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    let mut named = lines.flat_map(|line| line.split(',')).map(|one| one.trim());
    named.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag)
}

/// Gives every refusal a problem document: a handler's own, or one for what the router refused.
fn explain(mut response: Response, trace: &Trace) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let known = response.extensions_mut().remove::<Problem>();
    let mut problem = known.unwrap_or_else(|| Problem {
        title: status.canonical_reason().map(|reason| reason.to_ascii_lowercase()),
        status: Some(u32::from(status.as_u16())),
        code: Some(code_of(status).to_owned()),
        ..Problem::default()
    });
    problem.trace_id = Some(trace.0.clone());
    if status.is_server_error() {
        // The cause is for the log; outside, the trace id is enough.
        eprintln!("merchant: {} {}", trace.0, problem.title.as_deref().unwrap_or_default());
        problem.title = status.canonical_reason().map(|reason| reason.to_ascii_lowercase());
    }
    let explained = body(status, "application/problem+json", &problem);
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.extend(explained.headers().clone());
    *response.body_mut() = explained.into_body();
    response
}

fn code_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "media-type",
        status if status.is_server_error() => "internal",
        _ => "invalid-request",
    }
}

fn allowed_origin(merchant: &Merchant, headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(header::ORIGIN)?;
    let text = origin.to_str().ok()?;
    merchant.allowed_origins.iter().any(|allowed| allowed == text).then(|| origin.clone())
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

fn preflight() -> Response {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ];
    (StatusCode::NO_CONTENT, headers, Body::from(Bytes::new())).into_response()
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
