//! Kushki. Signatures were computed by Node's crypto: no digest is published.

use efecty_checkout::calendar::{BogotaDate, Deadline};
use efecty_checkout::gateway::{
    Context, Credentials, ErrorCode, Gateway, Options, PaymentRequest, PaymentStatus, Refusal, VerifyOptions,
    payment_request, status_from_gateway, status_request, token_from_gateway, token_request,
    voucher_from_gateway,
};
use efecty_checkout::voucher::Kind;
use serde_json::Value;

use crate::support::{Sent, context, instant, payer, pesos, request, status_of};

const KUSHKI: Gateway = Gateway::Kushki;
pub const CREATED: &str = include_str!("../fixtures/gateway/kushki-created.json");
const PAID: &str = include_str!("../fixtures/gateway/kushki-paid.json");
const PICKUP_CREATED: &str = include_str!("../fixtures/gateway/kushki-pickup-created.json");
const COLLECTED: &str = include_str!("../fixtures/gateway/kushki-pickup-collected.json");
const COLLECTED_FULL: &str = "b8017434d218c338937fa76a01f9259b792800292506993f5bfecd167bc8e97b";
const FULL: &str = "54a61639976773353593b3e959bc1d518edcbdaba872cb567c855cbeb583952f";
/// Over the time alone.
const SIMPLE: &str = "423fa226d2ab4dc7a515f34f39ac3f85ba25a8331fb4caa9ddaffdd191a722a8";

pub fn paid() -> Sent {
    let headers = [
        ("X-Kushki-Signature", FULL),
        ("X-Kushki-Id", "1783039805000"),
        ("X-Kushki-SimpleSignature", SIMPLE),
        ("X-Kushki-Key", "2000000012345678"),
    ];
    Sent::new(KUSHKI, &headers, PAID, &[("webhookSecret", "whsec")])
}

#[test]
fn one_voucher_several_networks() {
    let voucher = voucher_from_gateway(KUSHKI, CREATED, &context(20_000)).unwrap();
    let networks: Vec<(&str, &str, &str)> = voucher
        .networks
        .iter()
        .map(|n| (n.id.as_str(), n.agreement.as_ref().unwrap().code.as_str(), n.reference.value.as_str()))
        .collect();
    let expected = [
        ("efecty", "112766", "5519307742"),
        ("gana-red", "950715", "5519307742"),
        ("sured", "77254", "5519307742"),
    ];
    assert_eq!(networks, expected);
    assert_eq!(voucher.expires_at, Some(Deadline::At(instant("2026-07-09T04:59:59Z"))));
    assert!(voucher.links.pdf.is_some());

    let older = r#"{"ticketNumber":"1","pin":"5519307742","agreementNumber":"112766","pdfUrl":"https://x.example/1.pdf"}"#;
    let voucher = voucher_from_gateway(KUSHKI, older, &context(20_000)).unwrap();
    assert_eq!(voucher.networks[0].agreement.as_ref().unwrap().code, "112766");
    assert_eq!(voucher.expires_at, None);

    // The convenio that the shop knows is one of them.
    for (known, is_told) in [("950715", true), ("950716", false)] {
        let context = Context { agreement: Some(known.to_owned()), ..context(20_000) };
        let voucher = voucher_from_gateway(KUSHKI, CREATED, &context);
        assert_eq!(voucher.is_ok(), is_told, "{voucher:?}");
    }

    let error = |raw: &str| voucher_from_gateway(KUSHKI, raw, &context(20_000)).unwrap_err();
    assert_eq!(error(&CREATED.replace("20000", "20001")).path, "details.amount");
    assert_eq!(error(&CREATED.replace("20000", "199.99")).path, "details.amount.subtotalIva0");
    assert_eq!(
        error(&CREATED.replace("\"77254\"", "\"77 254\"")).path,
        "details.agreementDetails.1.storeName.1.agreementNumber"
    );
    assert_eq!(error(r#"{"code":"C003","message":"Token inválido"}"#).code, ErrorCode::Refused);
}

#[test]
fn a_payment_is_created_in_two_steps() {
    let options = Options {
        last_day: Some(BogotaDate::parse("2026-07-08").unwrap()),
        confirmation_url: Some("https://tienda.example/kushki".to_owned()),
        ..Options::default()
    };
    let mut credentials =
        Credentials::from_iter([("publicMerchantId", "pub"), ("privateMerchantId", "priv")]);
    let payer = payer("CC", "1020304050", "Ana Pérez");
    let http = token_request(KUSHKI, &request(&payer, &options, &credentials)).unwrap();
    assert_eq!(http.url, "https://api.kushkipagos.com/cash/v1/tokens");
    assert!(http.headers.contains(&("Public-Merchant-Id", "pub".to_owned())));
    let body: Value = serde_json::from_str(&http.body).unwrap();
    assert_eq!((&body["identification"], &body["totalAmount"]), (&"1020304050".into(), &20_000.into()));

    let missing = payment_request(KUSHKI, &request(&payer, &options, &credentials)).unwrap_err();
    assert_eq!(missing.path, "token");
    credentials.set("token", token_from_gateway(KUSHKI, r#"{"token":"b209ff69"}"#).unwrap());
    let http = payment_request(KUSHKI, &request(&payer, &options, &credentials)).unwrap();
    let body: Value = serde_json::from_str(&http.body).unwrap();
    assert_eq!(body["token"], "b209ff69");
    // The end of the day in Bogota, told in UTC.
    assert_eq!(body["expirationDate"], "2026-07-09 04:59:59");
    assert_eq!(body["amount"]["subtotalIva0"], 20_000);

    let none = Options::default();
    assert_eq!(status_request(KUSHKI, &status_of("1", &none)).unwrap_err().code, ErrorCode::Unsupported);
}

#[test]
fn a_webhook_is_authentic_by_its_full_signature() {
    let verification = paid().verify();
    assert_eq!(verification.authentic, Ok(()));
    assert!(!verification.requery);
    let event = verification.event.unwrap();
    assert_eq!((event.status, event.amount), (PaymentStatus::Paid, Some(pesos(20_000))));
    assert_eq!(
        (event.payment_id.as_str(), event.invoice.as_deref()),
        ("630284519073651284", Some("A-1042-1"))
    );
    assert_eq!(event.at, Some(instant("2026-07-04T00:50:07Z")));
    let late = VerifyOptions::new(instant("2026-07-03T01:00:00Z"));
    assert_eq!(paid().verify_by(&late).authentic, Err(Refusal::Time));
}

#[test]
fn whatever_is_altered_is_refused() {
    let paid = paid();
    paid.assert_body_holds();
    paid.assert_headers_hold(&["X-Kushki-Signature", "X-Kushki-Id"]);
    paid.assert_secrets_hold(&["webhookSecret"]);
    let mut simple = paid.clone();
    simple.headers[0].1 = SIMPLE.to_owned();
    assert_eq!(simple.verify().authentic, Err(Refusal::Signature));
    let mut only_simple = paid;
    only_simple.headers.remove(0);
    assert_eq!(only_simple.verify().authentic, Err(Refusal::Unsigned));
}

#[test]
fn an_answer_tells_the_status() {
    use PaymentStatus::*;
    for (word, status) in [
        ("approvedTransaction", Paid),
        ("declinedTransaction", Rejected),
        ("expiredTransaction", Expired),
        ("initializedTransaction", Pending),
        ("approved", Unknown("approved".to_owned())),
    ] {
        let raw = PAID.replace("approvedTransaction", word);
        assert_eq!(status_from_gateway(KUSHKI, &raw).unwrap().status, status, "{word}");
    }
    let declined = CREATED.replace("initializedTransaction", "declinedTransaction");
    assert_eq!(status_from_gateway(KUSHKI, &declined).unwrap().status, Rejected);
    let created = status_from_gateway(KUSHKI, CREATED).unwrap();
    assert_eq!((created.payment_id.as_str(), created.status), ("630284519073651284", Pending));
}

pub fn collected() -> Sent {
    let headers = [("X-Kushki-Signature", COLLECTED_FULL), ("X-Kushki-Id", "1783039805000")];
    Sent::new(KUSHKI, &headers, COLLECTED, &[("webhookSecret", "whsec")])
}

#[test]
fn cash_is_paid_out_by_a_pin() {
    let context = Context { pickup_documents: Some(vec!["CC".to_owned()]), ..context(20_000) };
    let voucher = voucher_from_gateway(KUSHKI, PICKUP_CREATED, &context).unwrap();
    assert_eq!((voucher.kind, voucher.networks.len()), (Kind::Pickup, 0));
    let pickup = voucher.pickup.clone().unwrap();
    assert_eq!((pickup.pin.as_str(), pickup.documents.join(",")), ("0387746120", "CC".to_owned()));
    assert!(!format!("{voucher:?}").contains("0387746120"));
    let created = status_from_gateway(KUSHKI, PICKUP_CREATED).unwrap();
    assert_eq!((created.payment_id.as_str(), created.status), ("481783039807411925", PaymentStatus::Pending));

    let declined = PICKUP_CREATED.replace("{\n", "{\n  \"transactionStatus\": \"declinedTransaction\",\n");
    assert_eq!(voucher_from_gateway(KUSHKI, &declined, &context).unwrap_err().path, "transactionStatus");
    let without_pin = PICKUP_CREATED.replace("\"pin\"", "\"pan\"");
    assert_eq!(voucher_from_gateway(KUSHKI, &without_pin, &context).unwrap_err().path, "pin");
    let elsewhere = voucher_from_gateway(Gateway::Epayco, PICKUP_CREATED, &context).unwrap_err();
    assert_eq!(elsewhere.code, ErrorCode::Unsupported);
}

#[test]
fn a_pickup_is_created_in_two_steps() {
    let mut options =
        Options { confirmation_url: Some("https://tienda.example/kushki".to_owned()), ..Options::default() };
    let credentials = Credentials::from_iter([
        ("publicMerchantId", "pub"),
        ("privateMerchantId", "priv"),
        ("token", "b209ff69"),
    ]);
    let payer = payer("CC", "1020304050", "Ana Pérez");
    let out = PaymentRequest { kind: Kind::Pickup, ..request(&payer, &options, &credentials) };
    let http = token_request(KUSHKI, &out).unwrap();
    assert_eq!(http.url, "https://api.kushkipagos.com/payouts/cash/v1/tokens");
    let body: Value = serde_json::from_str(&http.body).unwrap();
    assert_eq!((&body["documentNumber"], &body["identification"]), (&"1020304050".into(), &Value::Null));

    let http = payment_request(KUSHKI, &out).unwrap();
    assert_eq!(http.url, "https://api.kushkipagos.com/payouts/cash/v1/init");
    assert!(http.headers.contains(&("Private-Merchant-Id", "priv".to_owned())));
    let body: Value = serde_json::from_str(&http.body).unwrap();
    assert_eq!((&body["token"], &body["amount"]["subtotalIva0"]), (&"b209ff69".into(), &20_000.into()));
    // One object, as in the template of Kushki's documents.
    assert_eq!(body["webhooks"]["urls"][0], "https://tienda.example/kushki");

    let other = PaymentRequest { kind: Kind::Pickup, ..request(&payer, &options, &credentials) };
    for gateway in Gateway::ALL.iter().filter(|gateway| !gateway.capabilities().pickup) {
        assert_eq!(payment_request(*gateway, &other).unwrap_err().code, ErrorCode::Unsupported, "{gateway}");
    }
    options.last_day = Some(BogotaDate::parse("2026-07-08").unwrap());
    let dated = PaymentRequest { kind: Kind::Pickup, ..request(&payer, &options, &credentials) };
    assert_eq!(payment_request(KUSHKI, &dated).unwrap_err().path, "lastDay");
}

#[test]
fn a_webhook_tells_that_cash_was_collected() {
    let sent = collected();
    let verification = sent.verify();
    assert_eq!(verification.authentic, Ok(()));
    let event = verification.event.unwrap();
    assert_eq!((event.status, event.amount), (PaymentStatus::Paid, Some(pesos(20_000))));
    assert_eq!(event.payment_id, "481783039807411925");
    sent.assert_body_holds();
    sent.assert_headers_hold(&["X-Kushki-Signature", "X-Kushki-Id"]);
    for (word, status) in [
        ("declinedTransaction", PaymentStatus::Cancelled),
        ("expiredTransaction", PaymentStatus::Expired),
        ("initializedTransaction", PaymentStatus::Pending),
    ] {
        let raw = COLLECTED.replace("approvedTransaction", word);
        assert_eq!(status_from_gateway(KUSHKI, &raw).unwrap().status, status, "{word}");
    }
    // The amount stands there as a sum or in its parts.
    let parts = COLLECTED.replace("\"totalAmount\":20000,", "");
    assert_eq!(status_from_gateway(KUSHKI, &parts).unwrap().amount, Some(pesos(20_000)));
}
