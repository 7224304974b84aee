//! Bamboo. The signature was computed by Node's crypto: no digest is published.

use efecty_checkout::calendar::{BogotaDate, Deadline};
use efecty_checkout::gateway::{
    Covers, Credentials, ErrorCode, Gateway, Options, PaymentStatus, Refusal, VerifyOptions, Zone,
    payment_request, status_from_gateway, verify_callback, voucher_from_gateway,
};
use serde_json::Value;

use crate::support::{Sent, callback, context, payer, pesos, request, verify_options};

const BAMBOO: Gateway = Gateway::Bamboo;
pub const CREATED: &str = r#"{"TransactionId":"81234567890123456","Result":"ACTION_REQUIRED","Status":"PENDING",
    "Amount":2000000,"Currency":"COP","MetadataOut":{"PaymentCode":"7310448","PaymentExpirationDate":"08/07/2026",
    "AgreementCode":"110342"},"Action":{"URL":"https://coupons.example.com/7310448.html"}}"#;
const BODY: &str = r#"{"PurchaseId":184098,"UniqueId":null,"Order":"A-1042-1","Amount":2000000,"Currency":"COP","Transaction":{"TransactionStatusId":3,"Status":"Approved"}}"#;
const SIGNATURE: &str = "80438afa8f0d3fc2fa9b4bc9fedb0c8a458201ee9bac656124cd90940a2497e3";

const NAIVE: &str = "831bf0f4cb4ba8b5193517b4d251ec1a80763dfa255bdd042dd9858cd1595d8f";
const COMPACT: &str = "7390a239e9382340f668d14fa4eb44f5ee92ef9954571bb1d38dd7aea98da862";

pub fn sent() -> Sent {
    let headers = [("signature", SIGNATURE), ("dateSent", "2026-07-03T00:50:05.000Z")];
    Sent::new(BAMBOO, &headers, BODY, &[("merchantSecretKey", "whsec")])
}

#[test]
fn amounts_are_in_hundredths() {
    let voucher = voucher_from_gateway(BAMBOO, CREATED, &context(20_000)).unwrap();
    assert_eq!(voucher.networks[0].agreement.as_ref().unwrap().code, "110342");
    assert_eq!(voucher.networks[0].reference.value, "7310448");
    assert_eq!(voucher.expires_at, Some(Deadline::EndOf(BogotaDate::parse("2026-07-08").unwrap())));
    for amount in ["20000", "2000050", "2000000.5"] {
        let other = CREATED.replace("2000000", amount);
        assert_eq!(voucher_from_gateway(BAMBOO, &other, &context(20_000)).unwrap_err().path, "Amount");
    }
    let american = CREATED.replace("08/07/2026", "07/28/2026");
    let error = voucher_from_gateway(BAMBOO, &american, &context(20_000)).unwrap_err();
    assert_eq!(error.path, "MetadataOut.PaymentExpirationDate");
    let mut context = context(20_000);
    context.agreement = Some("111111".to_owned());
    let error = voucher_from_gateway(BAMBOO, CREATED, &context).unwrap_err();
    assert_eq!(error.path, "MetadataOut.AgreementCode");
}

#[test]
fn the_create_request_asks_in_hundredths_and_minutes() {
    let last_day = Some(BogotaDate::parse("2026-07-02").unwrap());
    let mut options = Options { last_day, ..Options::default() };
    let credentials = Credentials::from_iter([("privateKey", "key")]);
    let payer = payer("CC", "1020304050", "Ana Pérez");
    let http = payment_request(BAMBOO, &request(&payer, &options, &credentials)).unwrap();
    let body: Value = serde_json::from_str(&http.body).unwrap();
    assert_eq!(body["Amount"], 2_000_000);
    assert_eq!(body["Customer"]["DocumentType"], "CC.CO");
    // From 19:50:08 to 23:59:59 in Bogota.
    assert_eq!(body["MetaDataIn"]["PaymentExpirationInMinutes"], "249");
    options.last_day = Some(BogotaDate::parse("2026-07-01").unwrap());
    assert_eq!(
        payment_request(BAMBOO, &request(&payer, &options, &credentials)).unwrap_err().path,
        "lastDay"
    );
}

#[test]
fn nothing_moves_between_the_currency_and_the_time() {
    for (currency, time) in [("COP2", "026-07-03T00:50:05.000Z"), ("CO", "P2026-07-03T00:50:05.000Z")] {
        let headers = [("signature", SIGNATURE), ("dateSent", time)];
        let body = BODY.replace("COP", currency);
        let moved = Sent::new(BAMBOO, &headers, &body, &[("merchantSecretKey", "whsec")]).verify();
        assert_eq!(moved.authentic, Err(Refusal::Malformed), "{currency} {time}");
    }
}

#[test]
fn a_time_without_its_zone_is_read_in_the_stated_one() {
    // Signed by Node's crypto: half past seven in the evening in Bogotá, and in no form that is known.
    let at = |time: &str, signature: &str| {
        let headers = [("signature", signature), ("dateSent", time)];
        Sent::new(BAMBOO, &headers, BODY, &[("merchantSecretKey", "whsec")])
    };
    let naive = at("2026-07-02T19:50:05", NAIVE);
    let verify = |zone: Option<Zone>| {
        let credentials = Credentials::from_iter(naive.credentials.clone());
        let options = VerifyOptions { zone, ..verify_options() };
        verify_callback(BAMBOO, &callback(&naive.headers, &naive.body, None), &credentials, &options)
    };
    assert_eq!(verify(Some(Zone::BOGOTA)).unwrap().authentic, Ok(()));
    assert_eq!(verify(Some(Zone::UTC)).unwrap().authentic, Err(Refusal::Time));
    let error = verify(None).unwrap_err();
    assert_eq!((error.code, error.path.as_str()), (ErrorCode::Incomplete, "zone"));
    // Only a genuine one is a reason to ask for the zone.
    assert_eq!(at("2026-07-02T19:50:06", NAIVE).verify().authentic, Err(Refusal::Signature));
    let year = VerifyOptions::new(crate::support::instant("2027-07-02T19:50:05Z"));
    assert_eq!(at("20260702195005", COMPACT).verify_by(&year).authentic, Ok(()));
}

#[test]
fn a_webhook_is_authentic_and_not_enough() {
    let verification = sent().verify();
    assert_eq!(verification.authentic, Ok(()));
    assert!(verification.requery && !verification.covers.contains(&Covers::Status));
    let event = verification.event.unwrap();
    assert_eq!((event.status, event.amount), (PaymentStatus::Paid, Some(pesos(20_000))));
    // Altered, and still authentic: the state is not signed.
    assert_eq!(sent().with("Approved", "Pending").verify().authentic, Ok(()));
}

#[test]
fn whatever_is_covered_and_altered_is_refused() {
    let sent = sent();
    sent.assert_headers_hold(&["signature", "dateSent"]);
    sent.assert_secrets_hold(&["merchantSecretKey"]);
    for (from, to) in
        [("184098", "184099"), ("2000000", "2000001"), ("\"COP\"", "\"USD\""), ("2000000", "2000000.0")]
    {
        assert_eq!(sent.with(from, to).verify().authentic, Err(Refusal::Signature), "{to}");
    }
    let mut late = crate::support::verify_options();
    late.now = crate::support::instant("2026-07-03T01:00:00Z");
    assert_eq!(sent.verify_by(&late).authentic, Err(Refusal::Time));
    assert_eq!(status_from_gateway(BAMBOO, CREATED).unwrap().status, PaymentStatus::Pending);
}
