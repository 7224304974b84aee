//! Requests to the merchant's backend: what goes out, and what an answer turns out to be.

use std::rc::Rc;

use js_sys::{Date, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, Headers, ReadableStreamDefaultReader, Response, Url};

use crate::calendar::ServerInstant;
use crate::session::{Answer, Body, Call, CallId, Create, Outcome};
use crate::voucher::Voucher;
use crate::wire::{self, CreateBody, Expected, Json, Order, Problem, WireError};

use super::settings::Settings;
use super::shell::Shell;

/// No voucher is longer, in bytes.
const MAX_BODY: usize = 256 * 1024;
/// No name of a request is longer, in bytes.
const MAX_TRACE_ID: usize = 100;
/// No backend asks for more patience than this, in milliseconds.
const MAX_RETRY_AFTER: f64 = 24.0 * 3_600_000.0;

/// A request under way. Dropping it gives it up.
pub(super) struct Request {
    pub id: CallId,
    /// Under which its promises are followed.
    pub ticket: u32,
    /// When it is given up, by the monotonic clock.
    pub deadline: i64,
    wants: Wants,
    abort: Option<AbortController>,
    reading: Option<Reading>,
}

#[derive(Clone, Copy)]
enum Wants {
    Order,
    Voucher,
}

/// An answer whose body is still coming in.
struct Reading {
    answer: Answer,
    is_json: bool,
    reader: ReadableStreamDefaultReader,
    bytes: Vec<u8>,
}

impl Drop for Request {
    fn drop(&mut self) {
        // Harmless once it is done.
        if let Some(abort) = &self.abort {
            abort.abort();
        }
    }
}

impl Request {
    /// Sends a call; an address that leads elsewhere than to the endpoint is not followed.
    pub fn send(
        id: CallId,
        ticket: u32,
        call: &Call,
        request_id: &str,
        deadline: i64,
        settings: &Settings,
        shell: &Shell,
    ) -> Result<Request, Outcome> {
        let url = address(call, &settings.endpoint).ok_or_else(|| refused(call))?;
        let abort = AbortController::new().ok();
        let init = Object::new();
        set(&init, "method", &if is_post(call) { "POST" } else { "GET" }.into());
        set(&init, "headers", &headers(call, request_id, settings));
        set(&init, "credentials", &settings.credentials.into());
        // A voucher has no place in the browser's cache, and 304 is ours to understand.
        set(&init, "cache", &"no-store".into());
        if let Call::Create(create) = call {
            set(&init, "body", &body(create));
        }
        if let Some(abort) = &abort {
            set(&init, "signal", &abort.signal());
        }
        shell.fetch(ticket, &url, &init);
        let wants = if matches!(call, Call::Order { .. }) { Wants::Order } else { Wants::Voucher };
        Ok(Request { id, ticket, deadline, wants, abort, reading: None })
    }

    /// Takes in what the followed promise gave; tells the outcome once there is one.
    pub fn settled(&mut self, value: Option<JsValue>, settings: &Settings, shell: &Shell) -> Option<Outcome> {
        let Some(value) = value else { return Some(Outcome::NoAnswer) };
        match self.reading.take() {
            None => self.begin(&value, shell),
            Some(reading) => self.go_on(reading, &value, settings, shell),
        }
    }

    fn begin(&mut self, response: &JsValue, shell: &Shell) -> Option<Outcome> {
        // The page's own fetch function may give anything.
        let Some(response) = response.dyn_ref::<Response>() else { return Some(Outcome::NoAnswer) };
        let answer = answer(response);
        let is_json = header(&response.headers(), "Content-Type").is_none_or(|kind| is_json(&kind));
        let reader = response.body().and_then(|body| ReadableStreamDefaultReader::new(&body).ok());
        let Some(reader) = reader else { return Some(Outcome::Answer(answer)) };
        shell.follow(self.ticket, &reader.read());
        self.reading = Some(Reading { answer, is_json, reader, bytes: Vec::new() });
        None
    }

    fn go_on(
        &mut self,
        mut reading: Reading,
        chunk: &JsValue,
        settings: &Settings,
        shell: &Shell,
    ) -> Option<Outcome> {
        let is_last = chunk.member("done").and_then(|done| done.boolean()) == Some(true);
        if let Some(bytes) = chunk.member("value").and_then(|value| value.dyn_into::<Uint8Array>().ok()) {
            if reading.bytes.len() + bytes.length() as usize > MAX_BODY {
                reading.answer.body = Body::NotJson;
                return Some(Outcome::Answer(reading.answer));
            }
            reading.bytes.extend(bytes.to_vec());
        }
        if !is_last {
            shell.follow(self.ticket, &reading.reader.read());
            self.reading = Some(reading);
            return None;
        }
        let mut answer = reading.answer;
        let text = String::from_utf8(reading.bytes).ok().filter(|_| reading.is_json);
        answer.body = understand(text.as_deref(), answer.status, self.wants, settings);
        Some(Outcome::Answer(answer))
    }
}

fn is_post(call: &Call) -> bool {
    matches!(call, Call::Create(_) | Call::Renew { .. })
}

/// Where a call goes; a link of the backend's stays on the endpoint's origin.
fn address(call: &Call, endpoint: &str) -> Option<String> {
    let url = Url::new(endpoint).ok()?;
    let part = |name: &str| String::from(js_sys::encode_uri_component(name));
    let path = match call {
        Call::Order { order_id, .. } => ["/orders/", &part(order_id)].concat(),
        Call::Create(_) => "/vouchers".to_owned(),
        Call::Voucher { token, .. } => ["/vouchers/", &part(token)].concat(),
        Call::Renew { link, .. } => {
            let renew = Url::new_with_base(link, endpoint).ok()?;
            return (renew.origin() == url.origin()).then(|| renew.href());
        }
    };
    url.set_pathname(&[url.pathname().trim_end_matches('/'), &path].concat());
    url.set_hash("");
    // A name of dots alone would climb to another path.
    url.pathname().ends_with(&path).then(|| url.href())
}

/// What becomes of a call that has no address.
fn refused(call: &Call) -> Outcome {
    let (status, body) = match call {
        Call::Renew { .. } => {
            let error = WireError { expected: Expected::LinkOrPath, path: "links.renew".to_owned() };
            (200, Body::Invalid(error))
        }
        _ => (404, Body::Empty),
    };
    Outcome::Answer(Answer { status, server_time: None, etag: None, retry_after: None, trace_id: None, body })
}

fn headers(call: &Call, request_id: &str, settings: &Settings) -> Object {
    let headers = Object::new();
    let put = |name: &str, value: &str| set(&headers, name, &value.into());
    put("Accept", "application/json, application/problem+json");
    put("Request-Id", request_id);
    match call {
        Call::Order { .. } => {}
        Call::Create(create) => {
            put("Content-Type", "application/json");
            put("Idempotency-Key", &create.key);
        }
        Call::Voucher { etag, .. } => {
            if let Some(etag) = etag {
                put("If-None-Match", etag);
            }
        }
        Call::Renew { key, .. } => put("Idempotency-Key", key),
    }
    if let Some(token) = &settings.order_token
        && !matches!(call, Call::Voucher { .. })
    {
        put("Order-Token", token);
    }
    headers
}

fn body(create: &Create) -> JsValue {
    let body =
        CreateBody { order_id: &create.order_id, payer: &create.payer, consent: create.consent.as_ref() };
    JSON::stringify(&wire::to_js(&body)).map_or(JsValue::UNDEFINED, JsValue::from)
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // It fails on frozen objects only.
    let _ = Reflect::set(object, &name.into(), value);
}

/// All of an answer but its body.
fn answer(response: &Response) -> Answer {
    let headers = response.headers();
    let server_time = header(&headers, "Server-Time").and_then(|text| ServerInstant::parse(&text).ok());
    Answer {
        status: response.status(),
        server_time,
        etag: header(&headers, "ETag"),
        retry_after: header(&headers, "Retry-After").and_then(|text| {
            let now = match server_time {
                Some(time) => time.millis() as f64,
                // A device's clock may be wrong by days: the last resort.
                None => header(&headers, "Date").map_or_else(Date::now, |date| Date::parse(&date)),
            };
            retry_after(&text, now)
        }),
        trace_id: header(&headers, "Trace-Id").filter(|id| id.len() <= MAX_TRACE_ID),
        body: Body::Empty,
    }
}

fn header(headers: &Headers, name: &str) -> Option<String> {
    headers.get(name).ok()?
}

/// Whether this is `application/json`, `application/problem+json` or another of the kind.
fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim_end().as_bytes();
    essence.last_chunk::<4>().is_some_and(|end| end.eq_ignore_ascii_case(b"json"))
}

/// Milliseconds from `now`, of a number of seconds or an HTTP date.
fn retry_after(text: &str, now: f64) -> Option<i64> {
    let millis = match text.trim().parse::<u32>() {
        Ok(seconds) => f64::from(seconds) * 1_000.0,
        Err(_) => Date::parse(text) - now,
    };
    (millis > 0.0).then(|| millis.min(MAX_RETRY_AFTER) as i64)
}

/// What the stream of events brought: a voucher, or why it is none.
pub(super) fn understand_voucher(text: &str, settings: &Settings) -> Body {
    understand(Some(text), 200, Wants::Voucher, settings)
}

fn understand(text: Option<&str>, status: u16, wants: Wants, settings: &Settings) -> Body {
    let Some(text) = text else { return Body::NotJson };
    if text.is_empty() {
        return Body::Empty;
    }
    let Ok(json) = JSON::parse(text.trim_start_matches('\u{feff}')) else { return Body::NotJson };
    let body = if !(200..300).contains(&status) {
        // A refusal that is not quite one still has an id to quote.
        let trace_id = json.member("traceId").and_then(|id| id.text()).filter(|id| id.len() <= MAX_TRACE_ID);
        Ok(Body::Problem(Problem::read(json).unwrap_or(Problem { trace_id, ..Problem::default() })))
    } else {
        match wants {
            Wants::Voucher => Voucher::read(json).map(|voucher| Body::Voucher(Rc::new(voucher))),
            Wants::Order => Order::read(json).map(|order| Body::Order(Rc::new(asking(order, settings)))),
        }
    };
    body.unwrap_or_else(Body::Invalid)
}

/// The order, asking of the payer what the page says in place of the backend.
fn asking(order: Order, settings: &Settings) -> Order {
    match &settings.requirements {
        Some(requirements) => Order { requirements: requirements.clone(), ..order },
        None => order,
    }
}
