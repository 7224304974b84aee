//! A callback as it arrived, as far as it is kept.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header;
use efecty_checkout::voucher::Kind;
use futures_util::StreamExt;
use sha2::{Digest, Sha256};

use crate::guard::media_type;
use crate::random;

/// The longest confirmation; of a longer one this much is kept.
const MAX_BODY: usize = 64 * 1024;

/// A callback as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    /// `GET` or `POST`.
    pub method: String,
    /// The path that was called, with its query.
    pub url: String,
    /// Names and values, but for what signs in to this server.
    pub headers: Vec<(String, String)>,
    /// All of it, or its beginning.
    pub body: Vec<u8>,
    /// How many bytes were sent: as the sender says where not all of them were read.
    pub length: u64,
    /// Why it is no confirmation, whatever it says.
    pub flaw: Option<&'static str>,
}

impl Received {
    /// Reads what came from the gateway that does this kind of thing.
    pub async fn read(kind: Kind, url: String, request: Request) -> Received {
        let (parts, body) = request.into_parts();
        // Whatever signs in to this server has no place in the tables.
        let secret = [header::COOKIE, header::AUTHORIZATION];
        let headers = parts.headers.iter().filter(|(name, _)| !secret.contains(name));
        let headers =
            headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()));
        let declared =
            parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let (body, cut) = read_body(body).await;
        let is_documented =
            body.is_empty() || media_types(kind).contains(&media_type(&parts.headers).as_str());
        Received {
            method: parts.method.to_string(),
            url,
            headers: headers.collect(),
            length: declared.unwrap_or(body.len() as u64),
            flaw: cut.or((!is_documented).then_some("media-type")),
            body,
        }
    }

    /// Names these bytes: the same confirmation sent again has the same name.
    pub fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        for part in [self.method.as_bytes(), self.url.as_bytes(), &self.body] {
            hasher.update(Sha256::digest(part));
        }
        random::to_hex(&hasher.finalize())
    }
}

/// The body; of one that is too long or breaks off its beginning, and which of the two.
async fn read_body(body: Body) -> (Vec<u8>, Option<&'static str>) {
    let mut read = Vec::new();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let Ok(chunk) = chunk else { return (read, Some("incomplete")) };
        let room = MAX_BODY - read.len();
        read.extend(chunk.iter().take(room));
        if chunk.len() > room {
            return (read, Some("too-large"));
        }
    }
    (read, None)
}

/// What the gateways document that they send a body by.
fn media_types(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Payment => &["application/x-www-form-urlencoded", "application/json"],
        Kind::Pickup => &["application/json"],
    }
}
