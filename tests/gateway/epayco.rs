//! ePayco.

use efecty_checkout::calendar::{BogotaDate, Deadline};
use efecty_checkout::gateway::{
    Covers, Credentials, ErrorCode, Event, Gateway, Options, PaymentStatus, Refusal, Verification,
    payment_request, session_from_gateway, session_request, status_from_gateway, status_request,
    verify_callback, voucher_from_gateway,
};
use efecty_checkout::voucher::{Status, Voucher};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Sent, callback, context, instant, payer, pesos, request, status_of, verify_options};

pub const CREATED: &str = include_str!("../fixtures/gateway/epayco-created.json");
const EPAYCO: Gateway = Gateway::Epayco;

#[test]
fn the_recorded_answer_is_a_voucher() {
    let voucher = voucher_from_gateway(EPAYCO, CREATED, &context(20_000)).unwrap();
    assert_eq!(voucher.status, Status::Pending);
    let network = &voucher.networks[0];
    assert_eq!(network.agreement.as_ref().unwrap().code, "112045");
    assert_eq!(network.reference.value, "P418205936");
    assert_eq!(network.reference.groups(), ["P418", "205", "936"]);
    assert_eq!(voucher.amount.pesos, pesos(20_000));
    // Naive in the answer; Bogota is five hours behind UTC.
    assert_eq!(voucher.issued_at, Some(instant("2026-07-02T23:31:44.000Z")));
    assert_eq!(voucher.expires_at, Some(Deadline::At(instant("2026-07-07T23:31:44.000Z"))));
    // What is written out is what the widget reads.
    let json = serde_json::to_string(&voucher).unwrap();
    assert_eq!(Voucher::from_json(&json).unwrap(), voucher);
}

#[test]
fn the_recorded_answer_tells_the_status_too() {
    let event = status_from_gateway(EPAYCO, CREATED).unwrap();
    assert_eq!(event.payment_id, "418205936");
    assert_eq!(event.status, PaymentStatus::Pending);
    assert_eq!(event.amount, Some(pesos(20_000)));
}

#[test]
fn digits_of_a_long_number_are_not_lost() {
    let long = CREATED.replace("\"refPayco\": 418205936", "\"refPayco\": 12345678901234567890123");
    assert_eq!(status_from_gateway(EPAYCO, &long).unwrap().payment_id, "12345678901234567890123");
}

#[test]
fn an_answer_that_cannot_be_used_says_where() {
    let change = |from: &str, to: &str| {
        assert!(CREATED.contains(from), "{from}");
        voucher_from_gateway(EPAYCO, &CREATED.replace(from, to), &context(20_000)).unwrap_err().to_string()
    };
    assert_eq!(change("\"pin\"", "\"pine\""), "expected a value at data.pin");
    assert_eq!(change("\"P418205936\"", "\"P418 205\""), "expected letters, digits and hyphens at data.pin");
    assert_eq!(change("\"total\": 20000", "\"total\": 20001"), "expected 20000 at data.total");
    assert_eq!(change("\"total\": 20000", "\"total\": 20000.5"), "expected whole pesos at data.total");
    assert_eq!(change("\"currency\": \"COP\"", "\"currency\": \"USD\""), "expected COP at data.currency");
    assert_eq!(
        change("2026-07-07 18:31:44", "07/07/2026"),
        "expected a date-time such as 2026-07-02 19:50:07 at data.expirationDate"
    );
    assert_eq!(change("\"success\": true", "\"success\": null"), "expected a value at success");
    let cut = voucher_from_gateway(EPAYCO, &CREATED[..200], &context(20_000)).unwrap_err();
    assert_eq!((cut.code, cut.to_string().as_str()), (ErrorCode::NotJson, "expected JSON from the gateway"));
}

#[test]
fn a_refusal_is_in_the_gateways_words() {
    let refused = r#"{"success":false,"textResponse":"Some fields are required",
        "data":{"totalErrors":1,"errors":[{"codError":"E035","errorMessage":"Amount must be greater than 20000"}]}}"#;
    let error = voucher_from_gateway(EPAYCO, refused, &context(20_000)).unwrap_err();
    assert_eq!(error.code, ErrorCode::Refused);
    assert_eq!(error.to_string(), "the gateway refused: Amount must be greater than 20000");
    let rejected = CREATED.replace("\"codResponse\": 3", "\"codResponse\": 2");
    assert_eq!(
        voucher_from_gateway(EPAYCO, &rejected, &context(20_000)).unwrap_err().code,
        ErrorCode::Refused
    );
}

#[test]
fn the_create_request_carries_what_the_documentation_asks_for() {
    let options = Options {
        confirmation_url: Some("https://tienda.example/confirmations".to_owned()),
        last_day: Some(BogotaDate::parse("2026-07-09").unwrap()),
        payer_ip: Some("190.0.0.1".to_owned()),
        ..Options::default()
    };
    let credentials = Credentials::from_iter([("bearer", "abc")]);
    let payer = payer("PA", "AB123456", "Ana de la Cruz");
    let request = request(&payer, &options, &credentials);
    let http = payment_request(EPAYCO, &request).unwrap();
    assert_eq!((http.method, http.url.as_str()), ("POST", "https://apify.epayco.co/payment/process/cash"));
    assert!(http.headers.contains(&("Authorization", "Bearer abc".to_owned())));
    let body: Value = serde_json::from_str(&http.body).unwrap();
    let expected = serde_json::json!({
        "description": "Pedido A-1042", "invoice": "A-1042-1", "value": 20000, "tax": 0, "taxBase": 0,
        "currency": "COP", "typePerson": "0", "docType": "PPN", "docNumber": "AB123456", "name": "Ana",
        "lastName": "de la Cruz", "email": "ana.gomez@example.com", "cellPhone": "3015550142",
        "ip": "190.0.0.1", "paymentMethod": "EF", "endDate": "2026-07-09",
        "urlConfirmation": "https://tienda.example/confirmations", "methodConfirmation": "POST",
    });
    assert_eq!(body, expected);
    assert!(!format!("{http:?}").contains("abc"), "keys stay out of logs");

    let unsigned =
        efecty_checkout::gateway::PaymentRequest { credentials: &Credentials::default(), ..request.clone() };
    let missing = payment_request(EPAYCO, &unsigned).unwrap_err();
    assert_eq!((missing.code, missing.path.as_str()), (ErrorCode::Credential, "bearer"));
    let nowhere = efecty_checkout::gateway::PaymentRequest { options: &Options::default(), ..request };
    let missing = payment_request(EPAYCO, &nowhere).unwrap_err();
    assert_eq!((missing.code, missing.path.as_str()), (ErrorCode::Incomplete, "payerIp"));
}

#[test]
fn a_session_is_opened_with_both_keys() {
    let credentials = Credentials::from_iter([("publicKey", "Aladdin"), ("privateKey", "open sesame")]);
    let request = session_request(EPAYCO, &credentials, &Options::default()).unwrap();
    assert_eq!(request.url, "https://apify.epayco.co/login");
    // The example of RFC 7617.
    let basic = ("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==".to_owned());
    assert_eq!(request.headers, [basic]);
    assert_eq!(session_from_gateway(EPAYCO, r#"{"token":"abc"}"#).unwrap(), "abc");
    assert!(session_from_gateway(EPAYCO, r#"{"error":"Unauthorized"}"#).is_err());
}

#[test]
fn a_status_is_asked_for_by_number_only() {
    let options =
        Options { base_url: Some("http://127.0.0.1:8787/gateway/".to_owned()), ..Options::default() };
    let request = status_request(EPAYCO, &status_of("418205936", &options)).unwrap();
    assert_eq!(request.url, "http://127.0.0.1:8787/gateway/validation/v1/reference/418205936");
    for number in ["", "../login", "1?x=1", "1 2"] {
        assert!(status_request(EPAYCO, &status_of(number, &options)).is_err(), "{number}");
    }
}

#[test]
fn a_query_tells_the_status() {
    let answer = |state: &str| {
        let raw = format!(
            r#"{{"success":true,"data":{{"x_ref_payco":418205936,"x_id_invoice":"A-1042-1",{state},
            "x_amount":52000,"x_currency_code":"COP","x_transaction_date":"2026-07-02 19:50:07"}}}}"#
        );
        status_from_gateway(EPAYCO, &raw).unwrap().status
    };
    use PaymentStatus::{Cancelled, Expired, Paid, Pending, Refunded, Rejected};
    let known = [
        (1, Paid),
        (2, Rejected),
        (3, Pending),
        (4, Rejected),
        (6, Refunded),
        (7, Pending),
        (9, Expired),
        (10, Cancelled),
        (11, Cancelled),
    ];
    for (code, status) in known {
        assert_eq!(answer(&format!(r#""x_cod_transaction_state":{code}"#)), status, "{code}");
        assert_eq!(answer(&format!(r#""x_cod_response":"{code}""#)), status, "{code}");
    }
    // Payment links say 0 there and the state here.
    assert_eq!(answer(r#""x_cod_transaction_state":0,"x_cod_response":1"#), Paid);
    assert_eq!(answer(r#""x_cod_response":99"#), PaymentStatus::Unknown("99".to_owned()));
}

/// `sha256("cust123^key456^12345^999^1000^COP")`, computed outside this project.
pub const KNOWN: &str = "69b86c8d29817aba051aabae0b63ce4fd1f808950c269a6e200bfd67260ef44a";

fn form(state: &str, signature: &str) -> String {
    format!(
        "x_cust_id_cliente=cust123&x_ref_payco=12345&x_id_invoice=A-1042-1&x_transaction_id=999&x_amount=1000\
         &x_currency_code=COP&x_cod_transaction_state={state}&x_cod_response={state}\
         &x_transaction_date=2026-07-02+19%3A50%3A07&x_signature={signature}"
    )
}

pub fn genuine() -> Sent {
    Sent::new(EPAYCO, &[], &form("1", KNOWN), &[("customerId", "cust123"), ("key", "key456")])
}

fn check(body: &[u8], url: Option<&str>) -> Verification {
    let credentials = Credentials::from_iter([("customerId", "cust123"), ("key", "key456")]);
    verify_callback(EPAYCO, &callback(&[], body, url), &credentials, &verify_options()).unwrap()
}

#[test]
fn the_known_signature_is_authentic_and_not_enough() {
    let expected = Event {
        payment_id: "12345".to_owned(),
        invoice: Some("A-1042-1".to_owned()),
        status: PaymentStatus::Paid,
        amount: Some(pesos(1000)),
        currency: Some("COP".to_owned()),
        at: Some(instant("2026-07-03T00:50:07Z")),
    };
    let post = check(form("1", KNOWN).as_bytes(), None);
    assert_eq!(post.authentic, Ok(()));
    assert_eq!(post.event.as_ref(), Some(&expected));
    assert!(post.requery && !post.covers.contains(&Covers::Status));
    assert_eq!(check(form("1", &KNOWN.to_uppercase()).as_bytes(), None).authentic, Ok(()));

    let get = check(b"", Some(&format!("/confirmations?{}#x", form("1", KNOWN))));
    assert_eq!(get.event.as_ref(), Some(&expected));

    // As JSON some parameters are numbers: the signature is over their digits.
    let json = format!(
        r#"{{"x_cust_id_cliente":"cust123","x_ref_payco":12345,"x_id_invoice":"A-1042-1","x_transaction_id":"999",
        "x_amount":1000,"x_currency_code":"COP","x_cod_transaction_state":1,"x_cod_response":1,
        "x_transaction_date":"2026-07-02 19:50:07","x_extra":{{"a":1}},"x_signature":"{KNOWN}"}}"#
    );
    assert_eq!(check(json.as_bytes(), None).event.as_ref(), Some(&expected));
    let doubled = json.replace("\"x_amount\":1000", "\"x_amount\":1000,\"x_amount\":1");
    assert_eq!(check(doubled.as_bytes(), None).authentic, Err(Refusal::Malformed));
}

#[test]
fn any_other_signature_is_refused() {
    let refusal = |body: String| check(body.as_bytes(), None).authentic.unwrap_err();
    assert_eq!(refusal(form("1", &KNOWN.replace("69b8", "69b9"))), Refusal::Signature);
    assert_eq!(refusal(form("1", &KNOWN[..63])), Refusal::Signature);
    assert_eq!(refusal(form("1", "")), Refusal::Signature);
    assert_eq!(refusal(form("1", KNOWN).replace("x_amount=1000", "x_amount=1001")), Refusal::Signature);
    // The same amount in other characters is not what was signed.
    assert_eq!(refusal(form("1", KNOWN).replace("x_amount=1000", "x_amount=1000.00")), Refusal::Signature);
    assert_eq!(refusal(form("1", KNOWN).replace("x_signature", "signature")), Refusal::Unsigned);
    assert_eq!(refusal(form("1", KNOWN).replace("=cust123", "=cust124")), Refusal::Merchant);
    assert_eq!(refusal(form("1", KNOWN) + "&x_cod_response=3"), Refusal::Ambiguous);
    assert_eq!(refusal("x_signature=%zz".to_owned()), Refusal::Malformed);
}

#[test]
fn a_missing_key_is_named() {
    let callback = callback(&[], b"", None);
    let error = verify_callback(EPAYCO, &callback, &Credentials::default(), &verify_options()).unwrap_err();
    assert_eq!((error.code, error.path.as_str()), (ErrorCode::Credential, "customerId"));
}

proptest! {
    #[test]
    fn nothing_that_arrives_is_believed_by_chance(body in ".{0,300}", url in ".{0,100}") {
        prop_assert!(check(body.as_bytes(), Some(&url)).authentic.is_err());
    }

    #[test]
    fn every_altered_signed_byte_is_noticed(at in 0usize..40, byte in b'0'..=b'9') {
        let genuine = form("1", KNOWN).into_bytes();
        let signed = b"x_ref_payco=12345&x_id_invoice=A-1042-1&x_transaction_id=999&x_amount=1000&x_currency_code=COP";
        let start = genuine.windows(signed.len()).position(|window| window == signed).unwrap();
        let digits: Vec<usize> = (start..start + signed.len()).filter(|i| genuine[*i].is_ascii_digit()).collect();
        let place = digits[at % digits.len()];
        let mut altered = genuine.clone();
        altered[place] = byte;
        // The invoice is not covered by the signature.
        let in_invoice = String::from_utf8_lossy(&genuine[..place]).rfind("x_id_invoice=")
            > String::from_utf8_lossy(&genuine[..place]).rfind("&x_transaction_id");
        let is_same = altered == genuine || in_invoice;
        prop_assert_eq!(check(&altered, None).authentic.is_ok(), is_same);
    }
}
