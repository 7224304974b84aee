//! PayU. Its published vectors stand in the pages of its documentation for Latin America.

use efecty_checkout::calendar::{BogotaDate, Deadline};
use efecty_checkout::gateway::{
    Covers, Credentials, ErrorCode, Gateway, Options, PaymentStatus, Refusal, Zone, payment_request,
    status_from_gateway, status_request, voucher_from_gateway,
};
use efecty_checkout::voucher::Voucher;
use serde_json::Value;

use crate::support::{
    Sent, address, altered_texts, context, instant, payer, pesos, request, status_of, verify_options,
};

const PAYU: Gateway = Gateway::Payu;
pub const CREATED: &str = include_str!("../fixtures/gateway/payu-created.json");
pub const CREATED_XML: &str = include_str!("../fixtures/gateway/payu-created.xml");
/// The key of PayU's public sandbox, page "test your solution".
const KEY: &str = "4Vj8eK4rloUd272L48hsrarnUA";

fn keys(algorithm: &'static str) -> [(&'static str, &'static str); 5] {
    [
        ("apiKey", KEY),
        ("apiLogin", "pRRXKOl8ikMmt9u"),
        ("merchantId", "508029"),
        ("accountId", "512321"),
        ("algorithm", algorithm),
    ]
}

/// In pesos; the digests were computed by Node's crypto.
pub fn genuine(algorithm: &'static str) -> Sent {
    let sign = match algorithm {
        "md5" => "6f9bdfdff45a0396572a5a68c547a6b1",
        "sha1" => "f2215df112bac28ad5060a6619a0f75246fe5b8c",
        _ => "8ce6440955a6c88c12b744e04d4ce442250db1eb9ed262bd6381b8ec5750f8af",
    };
    confirmation(algorithm, "A-1042-1", "65000.00", "4", sign).with("=USD&", "=COP&")
}

fn confirmation(algorithm: &'static str, reference: &str, value: &str, state: &str, sign: &str) -> Sent {
    let body = format!(
        "merchant_id=508029&reference_sale={reference}&reference_pol=7069375&value={value}&currency=USD\
         &state_pol={state}&transaction_date=2026-07-02+13%3A07%3A35&attempts=1&sign={sign}"
    );
    Sent::new(PAYU, &[], &body, &keys(algorithm))
}

#[test]
fn the_answer_is_a_voucher_in_json_and_in_xml() {
    let voucher = voucher_from_gateway(PAYU, CREATED, &context(65_000)).unwrap();
    assert_eq!(voucher.networks[0].reference.value, "857120993");
    assert_eq!(voucher.networks[0].agreement, None);
    assert_eq!(voucher.expires_at, Some(Deadline::At(instant("2026-07-10T00:59:59Z"))));
    assert!(voucher.links.voucher.is_some() && voucher.links.pdf.is_some());
    assert_eq!(Voucher::from_json(&serde_json::to_string(&voucher).unwrap()).unwrap(), voucher);

    // The XML has date-times without their zone: the caller states it, or there is no voucher.
    let unknown = voucher_from_gateway(PAYU, CREATED_XML, &context(65_000)).unwrap_err();
    assert_eq!((unknown.code, unknown.path.as_str()), (ErrorCode::Incomplete, "zone"));
    let mut in_bogota = context(65_000);
    in_bogota.zone = Some(Zone::BOGOTA);
    in_bogota.agreement = Some("112233".to_owned());
    let from_xml = voucher_from_gateway(PAYU, CREATED_XML, &in_bogota).unwrap();
    assert_eq!(from_xml.networks[0].reference, voucher.networks[0].reference);
    assert_eq!(from_xml.networks[0].agreement.as_ref().unwrap().code, "112233");
    assert_eq!(from_xml.expires_at, voucher.expires_at);
    assert!(from_xml.links.voucher.unwrap().ends_with("&l=es"));
}

#[test]
fn digits_of_a_reference_are_not_lost() {
    for digits in ["90071992547409931", "000123456789", "100000000000000000000000000000001"] {
        let as_text = CREATED.replace("\"REFERENCE\": 857120993", &format!("\"REFERENCE\": \"{digits}\""));
        let voucher = voucher_from_gateway(PAYU, &as_text, &context(65_000)).unwrap();
        assert_eq!(voucher.networks[0].reference.value, digits);
        if !digits.starts_with('0') {
            let as_number = CREATED.replace("\"REFERENCE\": 857120993", &format!("\"REFERENCE\": {digits}"));
            let voucher = voucher_from_gateway(PAYU, &as_number, &context(65_000)).unwrap();
            assert_eq!(voucher.networks[0].reference.value, digits);
        }
    }
}

#[test]
fn an_answer_that_cannot_be_used_says_where() {
    let error = |raw: &str| voucher_from_gateway(PAYU, raw, &context(65_000)).unwrap_err();
    let refused = r#"{"code":"ERROR","error":"Invalid credentials","transactionResponse":null}"#;
    assert_eq!(error(refused).to_string(), "the gateway refused: Invalid credentials");
    assert_eq!(error(&CREATED.replace("\"PENDING\"", "\"DECLINED\"")).code, ErrorCode::Refused);
    let without = error(&CREATED.replace("\"REFERENCE\"", "\"OTHER\""));
    assert_eq!(without.path, "transactionResponse.extraParameters.REFERENCE");
    let uuid = CREATED
        .replace(": 857120993,\n      \"URL", ": \"0b6e6f5e-6f0a-4c37-9a4c-3f3a5f6d1c11\",\n      \"URL");
    assert_eq!(error(&uuid).expected, "a reference that can be dictated");
    assert_eq!(error(&CREATED.replace("https://", "javascript://")).path, "voucher.links.voucher");
}

#[test]
fn hostile_xml_is_refused() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><paymentResponse><code>&c;</code></paymentResponse>"#;
    let unknown_entity = "<paymentResponse><code>&xxe;</code></paymentResponse>";
    let deep = "<a>".repeat(100_000);
    let open = "<paymentResponse><code>SUCCESS</code>";
    let crossed = "<paymentResponse><code>SUCCESS</paymentResponse></code>";
    for raw in [bomb, unknown_entity, deep.as_str(), open, crossed, "<", "<a/>", "&amp;", "<a>&#xD800;</a>"] {
        let error = status_from_gateway(PAYU, raw).unwrap_err();
        assert!(matches!(error.code, ErrorCode::NotJson), "{:.60}: {error}", raw);
    }
    let digits =
        CREATED.replace(": 857120993,\n      \"URL", &format!(": {},\n      \"URL", "9".repeat(1 << 20)));
    assert!(voucher_from_gateway(PAYU, &digits, &context(65_000)).is_err());
    assert!(status_from_gateway(PAYU, &"[".repeat(1 << 20)).is_err());
}

#[test]
fn a_request_is_signed_as_published() {
    let options = Options {
        payer_ip: Some("190.0.0.1".to_owned()),
        address: Some(address()),
        confirmation_url: Some("https://tienda.example/payu".to_owned()),
        last_day: Some(BogotaDate::parse("2026-07-08").unwrap()),
        zone: Some(Zone::BOGOTA),
        ..Options::default()
    };
    let payer = payer("CC", "1020304050", "Ana Pérez");
    // "Payments API Colombia" and the signature calculator of the documentation.
    for (algorithm, invoice, amount, expected) in [
        ("md5", "TestPayU", 20_000, "7ee7cf808ce6a39b17481c54f2c57acc"),
        ("sha1", "TestPayU", 20_000, "fa890d3f94e12b5cdb62e8771453b99b78e7ccdc"),
        ("sha256", "TestPayU", 20_000, "af3899a22336b79db46006491d15813158826f944599bf3bf601e2327f898022"),
        ("md5", "PRODUCT_TEST_2021-06-23T19:59:43.229Z", 65_000, "1d6c33aed575c4974ad5c0be7c6a1c87"),
    ] {
        let credentials = Credentials::from_iter(keys(algorithm));
        let mut request = request(&payer, &options, &credentials);
        request.invoice = invoice;
        request.amount = pesos(amount);
        let http = payment_request(PAYU, &request).unwrap();
        assert_eq!(http.url, "https://api.payulatam.com/payments-api/4.0/service.cgi");
        let body: Value = serde_json::from_str(&http.body).unwrap();
        let transaction = &body["transaction"];
        assert_eq!(transaction["order"]["signature"], expected);
        assert_eq!(transaction["order"]["additionalValues"]["TX_VALUE"]["value"], amount);
        assert_eq!(transaction["payer"]["billingAddress"]["city"], "Bogotá");
        assert_eq!(transaction["order"]["buyer"]["shippingAddress"]["postalCode"], "110111");
        assert_eq!(transaction["expirationDate"], "2026-07-08T23:59:59.000");
        assert_eq!(transaction["paymentMethod"], "EFECTY");
    }
}

#[test]
fn everything_missing_is_named_at_once() {
    let payer = payer("CC", "1020304050", "Ana Pérez");
    let day = Some(BogotaDate::parse("2026-07-08").unwrap());
    let options = Options { last_day: day, ..Options::default() };
    let credentials = Credentials::from_iter([("apiKey", "k"), ("apiLogin", "l"), ("merchantId", "1")]);
    let error = payment_request(PAYU, &request(&payer, &options, &credentials)).unwrap_err();
    assert_eq!(error.path, "algorithm, accountId, address, payerIp, zone");
    let other = Credentials::from_iter(keys("sha512"));
    let options =
        Options { payer_ip: Some("::1".to_owned()), address: Some(address()), ..Options::default() };
    let error = payment_request(PAYU, &request(&payer, &options, &other)).unwrap_err();
    assert_eq!((error.code, error.path.as_str()), (ErrorCode::Credential, "algorithm"));
    let long = "x".repeat(256);
    let credentials = Credentials::from_iter(keys("md5"));
    let mut request = request(&payer, &options, &credentials);
    request.invoice = &long;
    let error = payment_request(PAYU, &request).unwrap_err();
    assert_eq!(error.to_string(), "expected at most 255 characters for invoice");
}

#[test]
fn published_confirmations_are_authentic() {
    // "Confirmation page", and its older edition for the second.
    for (reference, value, state, sign, status) in [
        ("TestPayU05", "150.26", "4", "1d95778a651e11a0ab93c2169a519cd6", PaymentStatus::Paid),
        ("TestPayU04", "150.00", "6", "df67936f918887b2aa31688a77a10fe1", PaymentStatus::Rejected),
    ] {
        for sign in [sign.to_owned(), sign.to_uppercase()] {
            let verification = confirmation("md5", reference, value, state, &sign).verify();
            assert_eq!(verification.authentic, Ok(()), "{reference}");
            assert!(!verification.requery);
            assert!(!verification.covers.contains(&Covers::Payment));
            let event = verification.event.unwrap();
            assert_eq!((&event.status, event.invoice.as_deref()), (&status, Some(reference)));
            assert_eq!((event.currency.as_deref(), event.amount, event.at), (Some("USD"), None, None));
        }
    }
    let mut options = verify_options();
    options.zone = Some(Zone::BOGOTA);
    let sent = confirmation("md5", "TestPayU05", "150.26", "4", "1d95778a651e11a0ab93c2169a519cd6");
    assert_eq!(sent.verify_by(&options).event.unwrap().at, Some(instant("2026-07-02T18:07:35Z")));
}

#[test]
fn the_hash_published_for_another_state_is_refused() {
    // The 2022 page prints for state 6 what is the hash of state 4.
    let wrong = confirmation("md5", "TestPayU04", "150.00", "6", "b607a2c2fa100e0947b206d41864fb86");
    assert_eq!(wrong.verify().authentic, Err(Refusal::Signature));
    // The page's sample shows merchant 508029, but is signed by another.
    let sample = "merchant_id=508029&reference_sale=2015-05-27+13%3A04%3A37&reference_pol=7069375&value=100.00\
        &currency=USD&state_pol=6&sign=e1b0939bbdc99ea84387bee9b90e4f5c";
    let sample = Sent::new(PAYU, &[], sample, &keys("md5"));
    assert_eq!(sample.verify().authentic, Err(Refusal::Signature));
}

#[test]
fn the_response_page_rounds_to_the_even_digit() {
    // "Response page": 150.2, 150.4 and 150.3 are what is signed.
    let published = [
        ("150.25", "00286dc735bd9eaa8ae3a3a4cbb40688"),
        ("150.35", "9df2bb60e2838170009040982967923f"),
        ("150.34", "779f163be9347a691bcdb25064644795"),
    ];
    for (value, _) in published {
        for (signed, signature) in published {
            let url = format!(
                "/response?merchantId=508029&referenceCode=TestPayU04&TX_VALUE={value}&currency=USD\
                 &transactionState=6&reference_pol=7069375&signature={signature}"
            );
            let verification = Sent::new(PAYU, &[], "", &keys("md5")).at(&url).verify();
            assert_eq!(verification.authentic.is_ok(), value == signed, "{value} signed as {signed}");
            let warned = verification.requery && !verification.covers.contains(&Covers::Amount);
            assert!(warned || value != signed);
        }
    }
}

#[test]
fn whatever_is_altered_is_refused() {
    let sign = "1d95778a651e11a0ab93c2169a519cd6";
    let genuine = confirmation("md5", "TestPayU05", "150.26", "4", sign);
    genuine.assert_secrets_hold(&["apiKey", "merchantId"]);
    for (name, value) in [
        ("merchant_id", "508029"),
        ("reference_sale", "TestPayU05"),
        ("value", "150.26"),
        ("currency", "USD"),
        ("state_pol", "4"),
        ("sign", sign),
    ] {
        for altered in altered_texts(value) {
            let forged = genuine.with(&format!("{name}={value}"), &format!("{name}={altered}"));
            assert!(forged.verify().authentic.is_err(), "{name}={altered}");
        }
        let twice = genuine.with(&format!("{name}={value}"), &format!("{name}={value}&{name}={value}"));
        assert_eq!(twice.verify().authentic, Err(Refusal::Ambiguous), "{name}");
    }
    // Fields moved across the separator.
    let moved = genuine.with("reference_sale=TestPayU05&", "reference_sale=TestPayU05~150.26&");
    assert!(moved.verify().authentic.is_err());
}

#[test]
fn the_algorithm_is_the_merchants_choice() {
    let signs = [
        ("md5", "1d95778a651e11a0ab93c2169a519cd6"),
        ("sha1", "afe40179a2d87cb2e65fdeed61cb977b74ed0c67"),
        ("sha256", "23cf8fa69ca463fe1f37899a99123f75aa6f1c099d4d78f0285756eadea60a6e"),
    ];
    for (configured, _) in signs {
        for (used, sign) in signs {
            let sent = confirmation(configured, "TestPayU05", "150.26", "4", sign);
            assert_eq!(sent.verify().authentic.is_ok(), configured == used, "{used} at {configured}");
        }
    }
}

#[test]
fn a_query_tells_the_status() {
    let order = |order: &str, states: &[&str]| {
        let transactions: Vec<String> = states
            .iter()
            .map(|state| {
                format!(
                    r#"{{"id":"a","transactionResponse":{{"state":"{state}","operationDate":1783039807000}},
                    "additionalValues":{{"TX_VALUE":{{"value":65000.00,"currency":"COP"}}}}}}"#
                )
            })
            .collect();
        let raw = format!(
            r#"{{"code":"SUCCESS","error":null,"result":{{"payload":{{"id":857120993,"status":"{order}",
            "referenceCode":"A-1042-1","transactions":[{}]}}}}}}"#,
            transactions.join(",")
        );
        status_from_gateway(PAYU, &raw)
    };
    let event = order("IN_PROGRESS", &["PENDING"]).unwrap();
    assert_eq!((event.payment_id.as_str(), event.amount), ("857120993", Some(pesos(65_000))));
    assert_eq!(event.invoice.as_deref(), Some("A-1042-1"));
    let status = |word, states: &[&str]| order(word, states).unwrap().status;
    assert_eq!(status("CAPTURED", &["DECLINED", "APPROVED"]), PaymentStatus::Paid);
    assert_eq!(status("CAPTURED", &["APPROVED", "DECLINED"]), PaymentStatus::Paid);
    assert_eq!(status("DECLINED", &["DECLINED"]), PaymentStatus::Rejected);
    assert_eq!(status("REFUNDED", &["APPROVED"]), PaymentStatus::Refunded);
    assert_eq!(status("IN_PROGRESS", &["EXPIRED"]), PaymentStatus::Expired);
    assert_eq!(status("IN_PROGRESS", &["NEWS"]), PaymentStatus::Unknown("NEWS".to_owned()));
    assert!(order("NEW", &[]).is_err());
    assert_eq!(status_from_gateway(PAYU, CREATED).unwrap().status, PaymentStatus::Pending);

    let options = Options::default();
    let credentials = Credentials::from_iter(keys("md5"));
    let mut request = status_of("857120993", &options);
    request.credentials = &credentials;
    let http = status_request(PAYU, &request).unwrap();
    assert!(http.body.contains(r#""orderId":857120993"#));
    request.payment_id = "1e5";
    assert!(status_request(PAYU, &request).is_err());
}
