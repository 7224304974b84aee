//! What is not within a gateway's documented limits is named before anything is sent.

use efecty_checkout::calendar::{BogotaDate, ServerInstant};
use efecty_checkout::gateway::{
    Credentials, ErrorCode, Gateway, GatewayError, HttpRequest, Options, PaymentRequest, Zone,
    payment_request,
};
use efecty_checkout::voucher::Kind;
use serde_json::Value;

use crate::support::{address, instant, payer, pesos};

/// Noon in Bogotá.
const NOON: &str = "2026-07-02T17:00:00Z";

fn ask(
    gateway: Gateway,
    last_day: &str,
    now: ServerInstant,
    invoice: &str,
) -> Result<HttpRequest, GatewayError> {
    let names = gateway.capabilities().credentials.iter();
    let mut credentials: Credentials = names.map(|name| (*name, "key")).collect();
    credentials.set("algorithm", "sha256");
    let options = Options {
        last_day: Some(BogotaDate::parse(last_day).unwrap()),
        zone: Some(Zone::BOGOTA),
        return_url: Some("https://tienda.example/back".to_owned()),
        payer_ip: Some("190.0.0.1".to_owned()),
        user_agent: Some("Mozilla/5.0".to_owned()),
        address: Some(address()),
        ..Options::default()
    };
    let request = PaymentRequest {
        kind: Kind::Payment,
        invoice,
        description: "Pedido A-1042",
        amount: pesos(20_000),
        payer: &payer("CC", "1020304050", "Ana Pérez"),
        options: &options,
        credentials: &credentials,
        now,
        nonce: "5f3c9a1b2d4e6f70",
    };
    payment_request(gateway, &request)
}

#[test]
fn a_last_day_out_of_reach_is_refused_with_the_limit() {
    // The last day that is too soon, the first that is not, the last that serves, the first too late.
    for (gateway, days, expected) in [
        (
            Gateway::Payu,
            [Some("2026-07-01"), Some("2026-07-02"), Some("2026-07-08"), Some("2026-07-09")],
            "7 days",
        ),
        (
            Gateway::Mercadopago,
            [Some("2026-07-02"), Some("2026-07-03"), Some("2026-07-31"), Some("2026-08-01")],
            "1 to 30 days",
        ),
        (Gateway::Kushki, [Some("2026-07-02"), Some("2026-07-03"), None, None], "1 day"),
        (Gateway::Payvalida, [None, Some("2026-07-02"), Some("2026-08-01"), Some("2026-08-02")], "30 days"),
    ] {
        for (i, day) in days.into_iter().enumerate() {
            let Some(day) = day else { continue };
            let asked = ask(gateway, day, instant(NOON), "A-1042-1");
            if matches!(i, 1 | 2) {
                assert!(asked.is_ok(), "{gateway} {day}: {asked:?}");
                continue;
            }
            let error = asked.unwrap_err();
            assert_eq!((error.code, error.path.as_str()), (ErrorCode::Unfit, "lastDay"), "{gateway} {day}");
            assert!(error.expected.contains(expected), "{gateway} {day}: {error}");
        }
    }
    // Cash needs half an hour at PlacetoPay, a minute at Bamboo.
    for (gateway, now, taken) in [
        (Gateway::Placetopay, "2026-07-03T04:29:59Z", true),
        (Gateway::Placetopay, "2026-07-03T04:30:00Z", false),
        (Gateway::Bamboo, "2026-07-03T04:58:59Z", true),
        (Gateway::Bamboo, "2026-07-03T04:59:00Z", false),
    ] {
        assert_eq!(ask(gateway, "2026-07-02", instant(now), "A-1042-1").is_ok(), taken, "{gateway} {now}");
    }
}

#[test]
fn a_day_that_has_passed_is_refused_by_all_that_take_one() {
    // dLocal and Yuno document no way to ask for a last day.
    for gateway in Gateway::ALL.iter().filter(|gateway| !matches!(gateway, Gateway::Dlocal | Gateway::Yuno)) {
        let error = ask(*gateway, "2026-07-01", instant(NOON), "A-1042-1").unwrap_err();
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::Unfit, "lastDay"), "{gateway}");
    }
}

#[test]
fn what_stands_in_a_header_is_printable() {
    let invoices =
        ["A-1042\r\nX-Evil: 1", "A-1042\n", "A-1042\0", "A-1042\u{7f}", "A-1042ñ", "A 1042\t1", " A-1042"];
    let mut in_headers = Vec::new();
    for gateway in Gateway::ALL {
        let plain = ask(*gateway, "2026-07-04", instant(NOON), "A 1042~1").unwrap();
        assert!(plain.headers.iter().all(|(_, value)| value.bytes().all(|b| (b' '..=b'~').contains(&b))));
        if !plain.headers.iter().any(|(_, value)| value == "A 1042~1") {
            continue;
        }
        in_headers.push(*gateway);
        for invoice in invoices {
            let error = ask(*gateway, "2026-07-04", instant(NOON), invoice).unwrap_err();
            assert_eq!(
                (error.code, error.path.as_str()),
                (ErrorCode::Unfit, "invoice"),
                "{gateway} {invoice:?}"
            );
        }
    }
    assert_eq!(in_headers, [Gateway::Dlocal, Gateway::Mercadopago, Gateway::Rapyd, Gateway::Yuno]);
}

#[test]
fn a_name_is_held_to_no_limit_that_is_not_documented() {
    let long = "María Fernanda Rodríguez de la Espriella";
    let credentials = Credentials::from_iter([("merchant", "tienda"), ("fixedHash", "fixed")]);
    let options = Options { last_day: Some(BogotaDate::parse("2026-07-08").unwrap()), ..Options::default() };
    let payer = payer("CC", "1020304050", long);
    let request = crate::support::request(&payer, &options, &credentials);
    let body: Value =
        serde_json::from_str(&payment_request(Gateway::Payvalida, &request).unwrap().body).unwrap();
    assert_eq!(body["user_name"], long);
}
