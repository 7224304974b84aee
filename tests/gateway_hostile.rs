//! Answers and callbacks made to exhaust a server: each is refused in bounded time and memory.
//!
//! Alone in its process, so that the memory measured is its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails panics")]
#![cfg(feature = "server")]

use std::time::{Duration, Instant};

use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::gateway::{
    Callback, Context, Credentials, Gateway, VerifyOptions, session_from_gateway, status_from_gateway,
    token_from_gateway, verify_callback, voucher_from_gateway,
};
use efecty_checkout::money::Pesos;
use efecty_checkout::voucher::Beneficiary;

const MEGABYTE: usize = 1 << 20;

/// For all gateways together, not optimised and beside other work. What grows with the square of a
/// megabyte takes hours.
const LIMIT: Duration = Duration::from_secs(120);

/// A tree of values takes some tens of bytes for each byte of its text.
const MEMORY: usize = 192 * MEGABYTE;

#[test]
fn nothing_hostile_takes_long_or_much() {
    let before = peak();
    for (name, text) in hostile_texts() {
        let started = Instant::now();
        for gateway in Gateway::ALL {
            offer(*gateway, &text);
        }
        let taken = started.elapsed();
        assert!(taken < LIMIT, "{name} of {} bytes took {taken:?}", text.len());
        let grown = peak() - before;
        assert!(grown < MEMORY, "{name} of {} bytes took {grown} bytes", text.len());
    }
}

/// Everything that a text from outside is given to; none of these is an answer or authentic.
fn offer(gateway: Gateway, text: &str) {
    assert!(status_from_gateway(gateway, text).is_err());
    assert!(voucher_from_gateway(gateway, text, &context()).is_err());
    // The first to read them are glad with one member: they must come back, with or without it.
    let _ = (session_from_gateway(gateway, text), token_from_gateway(gateway, text));
    let names = gateway.capabilities().credentials.iter();
    let mut credentials: Credentials = names.map(|name| (*name, "secret")).collect();
    credentials.set("algorithm", "sha256");
    credentials.set("certificate", include_str!("fixtures/gateway/ebanx-certificate.pem"));
    let options = VerifyOptions::new(context().now);
    let long = [("x-signature".to_owned(), text.to_owned()), ("signature".to_owned(), text.to_owned())];
    for (headers, raw_body, url) in [(&[][..], text, ""), (&long[..], "{}", ""), (&[][..], "", text)] {
        let url = format!("https://tienda.example/?{url}");
        let callback = Callback { headers, raw_body: raw_body.as_bytes(), url: Some(&url) };
        let found = verify_callback(gateway, &callback, &credentials, &options).unwrap();
        assert!(found.authentic.is_err(), "{gateway}");
    }
}

fn context() -> Context {
    Context {
        token: "an-unguessable-token".to_owned(),
        order_id: "A-1042".to_owned(),
        amount: Pesos::new(20_000).unwrap(),
        beneficiary: Beneficiary { name: "Tienda Ejemplo SAS".to_owned(), tax_id: None },
        agreement: None,
        zone: None,
        pickup_documents: None,
        now: ServerInstant::parse("2026-07-03T00:50:08.000Z").unwrap(),
    }
}

fn hostile_texts() -> Vec<(&'static str, String)> {
    let payu = include_str!("fixtures/gateway/payu-created.xml");
    let epayco = include_str!("fixtures/gateway/epayco-created.json");
    let digits = "9".repeat(MEGABYTE);
    let entities: String =
        (1..10).map(|i| format!("<!ENTITY e{i} \"{}\">", format!("&e{};", i - 1).repeat(10))).collect();
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e0 \"lol\">{entities}]><a><code>&e9;</code></a>"
    );
    let file = "<!DOCTYPE a [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><a><code>&f;</code></a>".to_owned();
    vec![
        ("lists in lists", "[".repeat(MEGABYTE)),
        ("objects in objects", "{\"data\":".repeat(MEGABYTE / 8)),
        ("closed lists in lists", "[".repeat(MEGABYTE / 2) + &"]".repeat(MEGABYTE / 2)),
        ("elements in elements", "<a>".repeat(MEGABYTE / 3)),
        ("closed elements in elements", "<a>".repeat(MEGABYTE / 7) + &"</a>".repeat(MEGABYTE / 7)),
        ("a bomb of entities", bomb),
        ("a file as an entity", file),
        ("one long entity", format!("<!DOCTYPE a [<!ENTITY x \"{digits}\">]><a>&x;&x;&x;</a>")),
        ("unknown entities", format!("<a>{}</a>", "&x;".repeat(MEGABYTE / 3))),
        ("elements beside elements", format!("<a>{}</a>", "<b/>".repeat(MEGABYTE / 4))),
        ("attributes", format!("<a {}/>", "b=\"\" ".repeat(MEGABYTE / 5))),
        ("one attribute", format!("<a b=\"{digits}\"/>")),
        ("a comment without an end", format!("<a><!--{digits}")),
        ("a long name", format!("<{digits}")),
        ("digits in XML", payu.replace("857120993", &digits)),
        ("digits as a number", epayco.replace("418205936", &digits)),
        ("digits as an amount", epayco.replace("20000", &digits)),
        ("decimals", epayco.replace("20000", &format!("20000.{}1", "0".repeat(MEGABYTE)))),
        ("an exponent", epayco.replace("20000", &format!("1e{digits}"))),
        ("a number alone", digits.clone()),
        ("a text", format!("{{\"id\":\"{digits}\"}}")),
        ("escapes", format!("{{\"id\":\"{}\"}}", "\\u0041".repeat(MEGABYTE / 6))),
        ("members", format!("{{{}}}", "\"a\":1,".repeat(MEGABYTE / 6).trim_end_matches(','))),
        ("items", format!("[{}]", "0,".repeat(MEGABYTE / 2).trim_end_matches(','))),
        ("ampersands", "&".repeat(MEGABYTE)),
        ("the same parameter", "x_signature=0&".repeat(MEGABYTE / 14)),
        ("broken escapes", "%".repeat(MEGABYTE)),
        ("escaped escapes", "sign=%2525&".repeat(MEGABYTE / 11)),
        ("commas", format!("operation=payment_status_change&hash_codes={}", ",".repeat(MEGABYTE))),
        ("invisible characters", "\u{200b}".repeat(MEGABYTE / 3)),
        ("zeros", "\0".repeat(MEGABYTE)),
    ]
}

/// The most memory that this process has held, in bytes; 0 where the system does not tell.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok());
    kilobytes.unwrap_or_default() * 1024
}
