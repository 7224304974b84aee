//! In which language and which light somebody reads the pages.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use efecty_checkout::language::Language;
use serde::Serialize;

/// A visitor's preferences, from cookies; the address may name others.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Visitor {
    /// `es-CO` or `en`.
    pub lang: &'static str,
    /// `light`, `dark` or `auto`.
    pub theme: &'static str,
    /// The path of the page, to come back to.
    pub path: String,
}

impl Visitor {
    /// The language.
    pub fn language(&self) -> Language {
        Language::from_tag(self.lang)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Visitor, Infallible> {
        let OriginalUri(url) = OriginalUri::from_request_parts(parts, state).await?;
        let preference = |name: &str| {
            asked(url.query(), name).or_else(|| cookie(&parts.headers, name)).unwrap_or_default()
        };
        Ok(Visitor {
            lang: Language::from_tag(&preference("lang")).tag(),
            theme: theme(&preference("theme")),
            path: url.path().to_owned(),
        })
    }
}

/// `POST /preferencias`: keeps language and theme, and goes back to the page.
pub(super) async fn prefer(body: Bytes) -> Response {
    let mut cookies = Vec::new();
    let mut back = "/".to_owned();
    for (name, value) in form_urlencoded::parse(&body) {
        match name.as_ref() {
            "lang" => cookies.push(keep("lang", Language::from_tag(&value).tag())),
            "theme" => cookies.push(keep("theme", theme(&value))),
            "back" if is_path(&value) => back = value.into_owned(),
            _ => {}
        }
    }
    let cookies = AppendHeaders(cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie)));
    (StatusCode::SEE_OTHER, [(header::LOCATION, back)], cookies).into_response()
}

/// A path on this server, and nothing that a browser takes for another one.
fn is_path(text: &str) -> bool {
    text.starts_with('/')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-._~?=&%".contains(&b))
        && !text.starts_with("//")
}

fn keep(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax")
}

fn theme(name: &str) -> &'static str {
    match name {
        "light" => "light",
        "dark" => "dark",
        _ => "auto",
    }
}

fn asked(query: Option<&str>, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    pairs.find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value.to_owned())
}
