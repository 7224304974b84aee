//! The signatures that gateways or their libraries publish, one by one with their source.
//!
//! Those published wrongly must not verify. The third table of docs/gateways.md is written from here.

use efecty_checkout::gateway::{
    Credentials, Gateway, Options, PaymentRequest, Refusal, payment_request, status_request,
};
use serde_json::Value;

use crate::support::{Sent, address, instant, payer, pesos, request, status_of};
use crate::{epayco, table};

/// A published signature.
struct Vector {
    gateway: Gateway,
    source: &'static str,
    /// What is signed, without the key.
    signed: &'static str,
    digest: &'static str,
    /// Whether it is the signature of what it is published for.
    holds: bool,
    /// Whether this project makes it, or takes it.
    check: fn(&Vector) -> bool,
}

const API: &str = "PayU, payments-api-colombia.html";
const CONFIRMATION: &str = "PayU, confirmation-page.html";
const SAMPLE: &str = "PayU, confirmation-page.html, its sample by the merchant it shows";
const OLDER_SAMPLE: &str = "PayU, confirmation-page.html, its sample by the sandbox's merchant before 2016";
const OLDER_CONFIRMATION: &str = "PayU, web_checkout/integration.html, the older edition";
const RESPONSE: &str = "PayU, response-page.html";
const DNETIX: &str = "dnetix/redirection, NotificationTest";

const VECTORS: [Vector; 18] = [
    payu(API, "TestPayU~20000~COP", "7ee7cf808ce6a39b17481c54f2c57acc", requested_md5),
    payu(API, "TestPayU~20000~COP", "fa890d3f94e12b5cdb62e8771453b99b78e7ccdc", requested_sha1),
    payu(
        API,
        "TestPayU~20000~COP",
        "af3899a22336b79db46006491d15813158826f944599bf3bf601e2327f898022",
        requested_sha256,
    ),
    payu(
        API,
        "PRODUCT_TEST_2021-06-23T19:59:43.229Z~65000~COP",
        "1d6c33aed575c4974ad5c0be7c6a1c87",
        requested_md5,
    ),
    payu(CONFIRMATION, "TestPayU05~150.26~USD~4", "1d95778a651e11a0ab93c2169a519cd6", confirmed),
    payu(OLDER_CONFIRMATION, "TestPayU04~150.00~USD~6", "df67936f918887b2aa31688a77a10fe1", confirmed),
    wrong(payu(CONFIRMATION, "TestPayU04~150.00~USD~6", "b607a2c2fa100e0947b206d41864fb86", confirmed)),
    payu(CONFIRMATION, "TestPayU04~150.00~USD~4", "b607a2c2fa100e0947b206d41864fb86", confirmed),
    payu(RESPONSE, "TestPayU04~150.25~USD~6", "00286dc735bd9eaa8ae3a3a4cbb40688", shown),
    payu(RESPONSE, "TestPayU04~150.35~USD~6", "9df2bb60e2838170009040982967923f", shown),
    payu(RESPONSE, "TestPayU04~150.34~USD~6", "779f163be9347a691bcdb25064644795", shown),
    // The page shows the merchant 508029 beside the signature of another.
    wrong(payu(SAMPLE, "2015-05-27 13:04:37~100.00~USD~6", "e1b0939bbdc99ea84387bee9b90e4f5c", confirmed)),
    payu(
        OLDER_SAMPLE,
        "2015-05-27 13:04:37~100.00~USD~6",
        "e1b0939bbdc99ea84387bee9b90e4f5c",
        confirmed_before_2016,
    ),
    Vector {
        gateway: Gateway::Dlocal,
        source: "shhac/agent-dlocal, signer_test.go",
        signed: "1955gdod, 2022-11-24T15:42:57.130Z, no body",
        digest: "98211fe059efc3606b831a1c30a3c6d7448e598b515a15456ae9ebc157314aa2",
        holds: true,
        check: signed_by_dlocal,
    },
    Vector {
        gateway: Gateway::Epayco,
        source: "epayco/Plugin_ePayco_WooCommerce, authSignature",
        signed: "12345^999^1000^COP",
        digest: epayco::KNOWN,
        holds: true,
        check: |vector| epayco::genuine().with(epayco::KNOWN, vector.digest).verify().authentic.is_ok(),
    },
    placetopay(DNETIX, "83, APPROVED, 2016-10-10T16:39:57-05:00", "8fb4beea130ab3e75a1de956bd0213892e0f6839"),
    placetopay(
        DNETIX,
        "126, REJECTED, 2016-10-12T01:44:37-05:00",
        "554fa6c36bd5d1376b192b8bc3a1e3dd9a01e448",
    ),
    // The documentation prints letters that no digest has.
    wrong(placetopay(
        "placetopay-org/placetopay-docs",
        "1234, APPROVED, 2019-01-01T12:00:00-05:00",
        "sha256:a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s",
    )),
];

const fn payu(
    source: &'static str,
    signed: &'static str,
    digest: &'static str,
    check: fn(&Vector) -> bool,
) -> Vector {
    Vector { gateway: Gateway::Payu, source, signed, digest, holds: true, check }
}

const fn placetopay(source: &'static str, signed: &'static str, digest: &'static str) -> Vector {
    Vector { gateway: Gateway::Placetopay, source, signed, digest, holds: true, check: notified }
}

const fn wrong(vector: Vector) -> Vector {
    Vector { holds: false, ..vector }
}

fn payu_keys(algorithm: &str) -> [(&'static str, String); 5] {
    let text = |text: &str| text.to_owned();
    [
        ("apiKey", text("4Vj8eK4rloUd272L48hsrarnUA")),
        ("apiLogin", text("pRRXKOl8ikMmt9u")),
        ("merchantId", text("508029")),
        ("accountId", text("512321")),
        ("algorithm", text(algorithm)),
    ]
}

fn requested_md5(vector: &Vector) -> bool {
    requested(vector, "md5")
}

fn requested_sha1(vector: &Vector) -> bool {
    requested(vector, "sha1")
}

fn requested_sha256(vector: &Vector) -> bool {
    requested(vector, "sha256")
}

fn requested(vector: &Vector, algorithm: &str) -> bool {
    let [invoice, amount, _] = vector.signed.split('~').collect::<Vec<_>>()[..] else {
        panic!("three values")
    };
    let (payer, credentials) =
        (payer("CC", "1020304050", "Ana Pérez"), Credentials::from_iter(payu_keys(algorithm)));
    let options =
        Options { address: Some(address()), payer_ip: Some("203.0.113.7".to_owned()), ..Options::default() };
    let asked = PaymentRequest {
        invoice,
        amount: pesos(amount.parse().unwrap()),
        ..request(&payer, &options, &credentials)
    };
    let body: Value = serde_json::from_str(&payment_request(Gateway::Payu, &asked).unwrap().body).unwrap();
    body["transaction"]["order"]["signature"] == vector.digest
}

fn confirmed(vector: &Vector) -> bool {
    let keys = payu_keys("md5");
    let keys: Vec<(&str, &str)> = keys.iter().map(|(name, value)| (*name, value.as_str())).collect();
    confirmed_by(vector, "508029", &keys)
}

/// The merchant that PayU's sandbox had then.
fn confirmed_before_2016(vector: &Vector) -> bool {
    let keys = [("apiKey", "6u39nqhq8ftd0hlvnjfs66eh8c"), ("merchantId", "500238"), ("algorithm", "md5")];
    confirmed_by(vector, "500238", &keys)
}

fn confirmed_by(vector: &Vector, merchant: &str, keys: &[(&str, &str)]) -> bool {
    let [invoice, value, currency, state] = vector.signed.split('~').collect::<Vec<_>>()[..] else {
        panic!("four values")
    };
    let body = format!(
        "merchant_id={merchant}&reference_sale={}&reference_pol=7069375&value={value}&currency={currency}\
         &state_pol={state}&sign={}",
        invoice.replace(' ', "+"),
        vector.digest
    );
    Sent::new(Gateway::Payu, &[], &body, keys).verify().authentic.is_ok()
}

fn shown(vector: &Vector) -> bool {
    let [invoice, value, currency, state] = vector.signed.split('~').collect::<Vec<_>>()[..] else {
        panic!("four values")
    };
    let url = format!(
        "/response?merchantId=508029&referenceCode={invoice}&TX_VALUE={value}&currency={currency}\
         &transactionState={state}&reference_pol=7069375&signature={}",
        vector.digest
    );
    let keys = payu_keys("md5");
    let keys: Vec<(&str, &str)> = keys.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Sent::new(Gateway::Payu, &[], "", &keys).at(&url).verify().authentic.is_ok()
}

fn signed_by_dlocal(vector: &Vector) -> bool {
    let keys = [("xLogin", "1955gdod"), ("xTransKey", "trans"), ("secretKey", "secretKey123")];
    let (options, credentials) = (Options::default(), Credentials::from_iter(keys));
    let mut asked = status_of("D-4-1", &options);
    asked.credentials = &credentials;
    asked.now = instant("2022-11-24T15:42:57.130Z");
    let headers = status_request(Gateway::Dlocal, &asked).unwrap().headers;
    headers.contains(&("Authorization", format!("V2-HMAC-SHA256, Signature: {}", vector.digest)))
}

fn notified(vector: &Vector) -> bool {
    let [number, state, date] = vector.signed.split(", ").collect::<Vec<_>>()[..] else {
        panic!("three values")
    };
    let body = format!(
        r#"{{"status":{{"status":"{state}","date":"{date}"}},"requestId":{number},"reference":"A","signature":"{}"}}"#,
        vector.digest
    );
    let algorithm = if vector.digest.starts_with("sha256:") { "sha256" } else { "sha1" };
    let sent =
        Sent::new(Gateway::Placetopay, &[], &body, &[("secretKey", "024h1IlD"), ("algorithm", algorithm)]);
    let authentic = sent.verify().authentic;
    assert!(matches!(authentic, Ok(()) | Err(Refusal::Signature)));
    authentic.is_ok()
}

#[test]
fn published_signatures_verify_where_they_are_right() {
    for vector in &VECTORS {
        assert_eq!(
            (vector.check)(vector),
            vector.holds,
            "{}: {} of {}",
            vector.source,
            vector.digest,
            vector.signed
        );
        // And no other digest passes for it.
        let last = if vector.digest.ends_with('0') { "1" } else { "0" };
        let other = [&vector.digest[..vector.digest.len() - 1], last].concat();
        let other: &'static str = Box::leak(other.into_boxed_str());
        assert!(!(vector.check)(&Vector { digest: other, ..*vector }), "{other}");
    }
}

#[test]
fn the_documented_list_is_this_one() {
    let mut text = String::from("| gateway | source | signed | digest | |\n|---|---|---|---|---|\n");
    for vector in &VECTORS {
        let verdict = if vector.holds { "verifies" } else { "published wrongly: refused" };
        let short: String = vector.digest.chars().take(15).collect();
        let row = format!("{} | `{}` | `{short}…` | {verdict}", vector.source, vector.signed);
        text += &format!("| {} | {row} |\n", vector.gateway.capabilities().title);
    }
    table::assert_vectors(&text);
}
