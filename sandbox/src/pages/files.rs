//! Everything under `www/` that needs no code: pages by their template, the rest as it is.

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::context;
use tower::ServiceExt;

use super::Pages;
use super::visitor::Visitor;
use crate::db::Fault;

/// `/outlet/` is `outlet/index.html`; a file whose name begins with `_` is a part of others.
pub(super) async fn page_or_file(
    State(pages): State<Pages>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Fault> {
    let path = request.uri().path().trim_start_matches('/').to_owned();
    if !is_name(&path) || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return missing(&pages, &visitor);
    }
    let folder = path.trim_end_matches('/');
    if !path.ends_with('/') && pages.templates.has_folder(folder) {
        return Ok(
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, format!("/{folder}/"))]).into_response()
        );
    }
    let template = if path.ends_with('/') { format!("{path}index.html") } else { path };
    if !template.ends_with(".html") {
        let Ok(response) = pages.files.clone().oneshot(request).await;
        return match response.status() {
            StatusCode::NOT_FOUND => missing(&pages, &visitor),
            _ => Ok(response.into_response()),
        };
    }
    if !pages.templates.has(&template) {
        return missing(&pages, &visitor);
    }
    pages.templates.page(StatusCode::OK, &template, &visitor, pages.merchant.shop(), context! {})
}

/// The page that says that there is no such page.
pub(super) fn missing(pages: &Pages, visitor: &Visitor) -> Result<Response, Fault> {
    pages.templates.page(StatusCode::NOT_FOUND, "_missing.html", visitor, pages.merchant.shop(), context! {})
}

/// Plain names between single slashes: no way out of the directory, nothing hidden.
fn is_name(path: &str) -> bool {
    let is_plain = |segment: &str| {
        segment.starts_with(|c: char| c.is_ascii_alphanumeric())
            && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    path.trim_end_matches('/').split('/').all(is_plain) && !path.ends_with("//")
}
