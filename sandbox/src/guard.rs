//! Whom the sandbox listens to.
//!
//! It listens on this machine only, but a browser on this machine sends what a page anywhere on the web
//! tells it to: to a name that its own DNS leads to 127.0.0.1, or to the address itself, as a form or as
//! `text/plain`, for which no permission is asked.

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what was meant for a server of another name.
pub async fn only_this_machine(request: Request, next: Next) -> Response {
    if is_this_machine(request.headers()) {
        return next.run(request).await;
    }
    (StatusCode::MISDIRECTED_REQUEST, "expected the host 127.0.0.1 or localhost").into_response()
}

/// Refuses what a page of another origin sends. Programs that are no browser are let in.
pub async fn only_own_pages(request: Request, next: Next) -> Response {
    if is_from_elsewhere(request.headers()) {
        return (StatusCode::FORBIDDEN, "expected a page of this site").into_response();
    }
    next.run(request).await
}

/// Refuses to change anything for what is not JSON by its media type: a page elsewhere sends that only
/// with permission.
pub async fn only_json(request: Request, next: Next) -> Response {
    if request.method() == Method::POST && media_type(request.headers()) != "application/json" {
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, "expected application/json").into_response();
    }
    next.run(request).await
}

/// The media type without its parameters, in small letters; empty where there is none.
pub fn media_type(headers: &HeaderMap) -> String {
    let text = text(headers, &header::CONTENT_TYPE).unwrap_or_default();
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// By name, whatever the port: it may be forwarded.
fn is_this_machine(headers: &HeaderMap) -> bool {
    let host = text(headers, &header::HOST).and_then(|host| host.parse::<Authority>().ok());
    host.is_some_and(|host| host.host() == "127.0.0.1" || host.host().eq_ignore_ascii_case("localhost"))
}

fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    match (text(headers, &SEC_FETCH_SITE), text(headers, &header::ORIGIN)) {
        // The browser's word: a proxy in between may have changed the name of the host.
        (Some(site), _) => site != "same-origin" && site != "none",
        (None, Some(origin)) => text(headers, &header::HOST) != origin.strip_prefix("http://"),
        (None, None) => false,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
