//! Callbacks: nothing panics, and nothing made up is believed.
#![no_main]

use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::gateway::{Callback, Credentials, Gateway, VerifyOptions, verify_callback};
use libfuzzer_sys::fuzz_target;

const CERTIFICATE: &str = include_str!("../../tests/fixtures/gateway/ebanx-certificate.pem");

/// The headers that gateways sign with, so that a made-up text may stand in each.
const HEADERS: [&str; 12] = [
    "authorization",
    "x-date",
    "x-login",
    "x-signature",
    "x-request-id",
    "x-kushki-signature",
    "x-kushki-id",
    "x-signaturecontent",
    "signature",
    "salt",
    "timestamp",
    "datesent",
];

fuzz_target!(|input: (u8, u8, bool, Vec<(u8, &str)>, &str, &[u8])| {
    let (choice, algorithm, cuts_certificate, headers, url, raw_body) = input;
    let gateway = Gateway::ALL[usize::from(choice) % Gateway::ALL.len()];
    let headers: Vec<(String, String)> = headers
        .into_iter()
        .map(|(name, value)| (HEADERS[usize::from(name) % HEADERS.len()].to_owned(), value.to_owned()))
        .collect();
    let names = gateway.capabilities().credentials.iter();
    let mut credentials: Credentials = names.map(|name| (*name, "a secret that nobody guesses")).collect();
    credentials.set("algorithm", ["md5", "sha1", "sha256", "none"][usize::from(algorithm) % 4]);
    let end = if cuts_certificate { url.len() % CERTIFICATE.len() } else { CERTIFICATE.len() };
    credentials.set("certificate", &CERTIFICATE[..end]);
    let callback = Callback { headers: &headers, raw_body, url: Some(url) };
    let options = VerifyOptions::new(ServerInstant::parse("2026-07-03T00:50:08.000Z").expect("an instant"));
    let Ok(found) = verify_callback(gateway, &callback, &credentials, &options) else { return };
    assert!(found.authentic.is_err() && found.event.is_none() && found.payments.is_empty());
});
