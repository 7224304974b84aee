//! Every fixture is judged as the index says; what is read is what was meant.

use std::collections::BTreeSet;

use chrono::DateTime;
use efecty_checkout::payer::{Requirements, nit_check_digit, validate_document, validate_payer};
use efecty_checkout::voucher::{Status, Symbology, Voucher};
use efecty_checkout::wire::{CreateBody, CreateVoucher, Order};
use serde_json::Value;

use super::agreement::places;
use super::fixtures::{self, ALL, verdict};
use super::schema;

#[test]
fn judges_every_fixture_as_the_index_says() {
    let wrong = ALL.iter().filter_map(|fixture| {
        let found = verdict(fixture.kind, &fixture.text);
        (found != fixture.verdict).then(|| format!("{}: {found:?}, not {:?}", fixture.name, fixture.verdict))
    });
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_index_lists_every_file_once() {
    let listed: Vec<_> = ALL.iter().map(|f| f.name.clone()).filter(|name| name.contains('/')).collect();
    let once: BTreeSet<_> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), once.len());
    assert_eq!(once, fixtures::files());
}

#[test]
fn every_refusal_names_its_place() {
    let codes: BTreeSet<_> =
        ALL.iter().filter_map(|f| f.verdict.clone().err()).map(|(code, _)| code).collect();
    let all = [
        "array",
        "boolean",
        "code",
        "content",
        "date",
        "date-time",
        "deadline",
        "digit",
        "document",
        "json",
        "link",
        "link-or-path",
        "member",
        "network",
        "object",
        "offset",
        "opening",
        "paragraph",
        "pesos",
        "text",
        "token",
        "version",
        "whole-number",
        "word",
        "words",
    ];
    assert_eq!(codes, all.map(String::from).into(), "a code without a fixture, or a new one");
}

#[test]
fn says_what_was_expected_and_where() {
    let error = Voucher::from_json(&voucher("\"52000.5\"", "pesos")).unwrap_err();
    assert_eq!(error.to_string(), "expected whole pesos from 0 to 9007199254740991 at amount.pesos");
    let error = Voucher::from_json("[]").unwrap_err();
    assert_eq!(error.to_string(), "expected an object at the root");
}

#[test]
fn a_voucher_says_what_was_written() {
    let voucher = read("vouchers/valid/every-member.json");
    assert_eq!(voucher.status, Status::Mismatch);
    assert_eq!(voucher.server_time.to_string(), "2026-11-25T14:12:44.381Z");
    assert_eq!(voucher.order_id.as_deref(), Some("A-1042"));
    assert_eq!(voucher.beneficiary.tax_id.as_deref(), Some("901234567-7"));
    assert_eq!(voucher.networks[0].brands, ["Efecty", "Servientrega"]);
    assert_eq!(voucher.networks[0].agreement.as_ref().unwrap().code, "120450");
    assert_eq!(voucher.networks[0].reference.groups(), ["F482", "910", "375"]);
    assert_eq!(voucher.amount.pesos.to_string(), "$\u{a0}52.000");
    assert_eq!(voucher.amount_paid.unwrap().get(), 50_000);
    assert_eq!(voucher.barcode.as_ref().unwrap().symbology, Symbology::Code128);
    // The shop holds the order until the 28th, the network until the 30th.
    assert_eq!(voucher.pay_before().unwrap().instant().to_string(), "2026-11-29T04:59:59.999Z");
    assert_eq!(voucher.watch_until().unwrap().to_string(), "2026-12-04T04:59:59.000Z");
    assert_eq!(voucher.hours.unwrap().weekdays.unwrap().closes, 18 * 60 + 30);
    assert_eq!(voucher.poll_after_seconds, Some(30));
}

#[test]
fn every_member_is_written_as_it_was_read() {
    let voucher = read("vouchers/valid/every-member.json");
    assert_same("vouchers/valid/every-member.json", serde_json::to_value(voucher).unwrap());
    let order = Order::from_json(fixture("orders/valid/every-member.json")).unwrap();
    assert_same("orders/valid/every-member.json", serde_json::to_value(order).unwrap());
}

/// That the fixture and what was written are the same document; instants may be written otherwise.
fn assert_same(name: &str, mut written: Value) {
    let mut document = serde_json::from_str(fixture(name)).unwrap();
    for document in [&mut document, &mut written] {
        for place in places(document) {
            let value = document.pointer_mut(&place).unwrap();
            let instant = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
            if let Some(instant) = instant {
                *value = instant.timestamp_millis().into();
            }
        }
    }
    assert_eq!(written, document);
}

#[test]
fn null_is_absent() {
    let bare = read("vouchers/valid/only-required-members.json");
    assert_eq!(bare.expires_at, None);
    assert!(bare.amount.exact);
    let nulls = read("vouchers/valid/optional-members-null.json");
    assert_eq!(
        nulls,
        Voucher {
            status: nulls.status.clone(),
            server_time: nulls.server_time,
            networks: nulls.networks.clone(),
            ..bare
        }
    );
    assert_eq!(nulls.networks[0].agreement, None);
}

#[test]
fn a_status_is_known_by_its_exact_word() {
    let unknown = |name: &str| matches!(read(name).status, Status::Unknown(_));
    assert!(unknown("vouchers/valid/status-unknown.json"));
    assert!(unknown("vouchers/valid/status-unknown-by-case.json"));
    assert!(unknown("vouchers/valid/status-unknown-by-space.json"));
    assert_eq!(read("vouchers/valid/status-paid-late.json").status, Status::PaidLate);
}

#[test]
fn digits_are_what_was_written() {
    let reference = |name| read(name).networks.remove(0).reference.value;
    assert_eq!(reference("vouchers/valid/code-leading-zeros.json"), "0000000000");
    assert_eq!(reference("vouchers/valid/network-reference-in-letters.json"), "PAGUE-aZ-09");
    assert_eq!(reference("vouchers/valid/code-48-characters.json").len(), 48);
}

#[test]
fn of_two_members_the_last_counts() {
    assert_eq!(read("vouchers/valid/duplicate-member-last-counts.json").status, Status::Pending);
    assert_eq!(read("vouchers/valid/duplicate-member-last-is-null.json").order_id, None);
}

#[test]
fn half_a_surrogate_pair_is_a_replacement_character() {
    let name = |file| read(file).beneficiary.name;
    assert_eq!(name("vouchers/valid/name-with-half-a-surrogate-pair.json"), "Frutería \u{fffd}");
    assert_eq!(name("vouchers/valid/escapes.json"), "Frutería 🍎 \\ud800 \"/");
}

#[test]
fn a_check_digit_is_never_a_digit_of_the_number() {
    // With its check digit it has the ten digits of a cédula, which a NIT may be too.
    let (number, digit) = ("123456789", nit_check_digit("123456789").unwrap());
    let document = format!(r#"{{ "type": "NIT", "number": "{number}", "checkDigit": "{digit}" }}"#);
    let text = format!(r#"{{ "orderId": "A-1", "payer": {{ "name": "Ana Gil", "document": {document} }} }}"#);
    let payer = CreateVoucher::from_json(&text).unwrap().payer;
    let document = validate_document(&payer.document_type, &payer.document_number, &Requirements::default());
    let document = document.unwrap();
    assert_eq!((document.number.as_str(), document.check_digit()), (number, Some(digit)));
}

#[test]
fn the_request_is_read_as_the_widget_writes_it() {
    let requirements = Requirements::default();
    let text = fixture("creates/valid/every-member.json");
    let request = CreateVoucher::from_json(text).unwrap();
    let payer = validate_payer(&request.payer, &requirements).unwrap();
    let body = CreateBody { order_id: &request.order_id, payer: &payer, consent: request.consent.as_ref() };
    let written = serde_json::to_string(&body).unwrap();
    assert_eq!(CreateVoucher::from_json(&written).unwrap(), request);
    let document = serde_json::from_str(&written).unwrap();
    assert!(schema::accepts("createVoucher", &document), "{written}");
}

fn read(name: &str) -> Voucher {
    Voucher::from_json(fixture(name)).unwrap()
}

fn fixture(name: &str) -> &str {
    &ALL.iter().find(|fixture| fixture.name == name).unwrap().text
}

/// The smallest voucher with another value of a member.
fn voucher(value: &str, member: &str) -> String {
    let text = fixture("vouchers/valid/only-required-members.json");
    let changed = text.replace(&format!("\"{member}\": 52000"), &format!("\"{member}\": {value}"));
    assert_ne!(changed, text);
    changed
}

#[test]
fn a_name_shows_something_whatever_unicode_has_that_does_not() {
    let template = include_str!("../fixtures/vouchers/valid/deadline-day.json");
    let name = Voucher::from_json(template).unwrap().beneficiary.name;
    let is_read = |new: &str| Voucher::from_json(&template.replace(&name, new)).is_ok();
    let ignorable = regex::Regex::new(r"^[\p{Default_Ignorable_Code_Point}\u{2800}]$").unwrap();
    let mut n_ignorable = 0;
    for c in ('\u{80}'..=char::MAX).filter(|c| ignorable.is_match(c.encode_utf8(&mut [0; 4]))) {
        n_ignorable += 1;
        assert!(!is_read(&c.to_string()), "{c:?} alone is no name");
        // Persian, Indic scripts and emoji are spelt with these.
        let spells = matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
        assert_eq!(is_read(&format!("A{c}B")), spells, "{c:?}");
    }
    assert!(n_ignorable > 4_000, "{n_ignorable}");
}
