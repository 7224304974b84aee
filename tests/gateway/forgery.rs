//! The same attacks on every gateway's callback.
//!
//! A forged callback must be refused, or differ from the genuine one only in what its signature does
//! not cover. What could be altered without being noticed is written to the second table of
//! docs/gateways.md, so that the table is what the attacks found.

use std::collections::{BTreeMap, BTreeSet};

use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::gateway::{
    Credentials, Gateway, Options, Refusal, Verification, VerifyOptions, Zone, payment_request,
    status_request, token_request, verify_callback,
};
use serde_json::Value;

use crate::support::{Sent, altered_texts, callback, now, payer, request, status_of, verify_options};
use crate::{bamboo, dlocal, ebanx, epayco, kushki, mercadopago, openpay, payu, payvalida, placetopay};
use crate::{rapyd, table, yuno};

/// A genuine callback and what of it is signed.
pub struct Case {
    sent: Sent,
    /// The headers that are signed, and those that hold the signature.
    headers: &'static [&'static str],
    /// The credentials without which nobody can sign.
    secrets: &'static [&'static str],
    /// Whether the signature is over the whole body, so that no byte of it may change.
    whole_body: bool,
    /// The scheme with which the signed header begins, where it is one of RFC 9110.
    scheme: &'static str,
    /// What is signed side by side with nothing between, so that digits may move from one to the other.
    joined: &'static [&'static str],
}

fn cases() -> Vec<Case> {
    let case = |sent, headers, secrets, whole_body| Case {
        sent,
        headers,
        secrets,
        whole_body,
        scheme: "",
        joined: &[],
    };
    let payu = ["md5", "sha1", "sha256"].map(payu::genuine);
    let mut cases = vec![
        case(epayco::genuine(), &[], &["customerId", "key"], false),
        case(dlocal::paid(), &["Authorization", "X-Date", "X-Login"], &["xLogin", "secretKey"], true),
        case(mercadopago::genuine(), &["x-signature", "x-request-id"], &["webhookSecret"], false),
        case(kushki::paid(), &["X-Kushki-Signature", "X-Kushki-Id"], &["webhookSecret"], true),
        case(kushki::collected(), &["X-Kushki-Signature", "X-Kushki-Id"], &["webhookSecret"], true),
        Case {
            scheme: "Basic",
            ..case(openpay::genuine(), &["Authorization"], &["webhookUser", "webhookPassword"], false)
        },
        case(ebanx::sent(), &["X-SignatureContent"], &[], true),
        case(rapyd::genuine(), &["signature", "salt", "timestamp"], &["accessKey", "secretKey"], true),
        case(placetopay::genuine("sha1"), &[], &["secretKey"], false),
        case(placetopay::genuine("sha256"), &[], &["secretKey"], false),
        case(placetopay::partial(), &[], &["secretKey"], false),
        Case {
            joined: &["paymentId", "amount"],
            ..case(bamboo::sent(), &["signature", "dateSent"], &["merchantSecretKey"], false)
        },
        case(payvalida::sent(), &[], &["notificationHash"], false),
        case(yuno::genuine(), &["x-hmac-signature"], &["webhookSecret"], true),
    ];
    cases.extend(payu.map(|sent| case(sent, &[], &["apiKey", "merchantId"], false)));
    cases
}

impl Case {
    fn name(&self) -> &'static str {
        self.sent.gateway.name()
    }

    /// RSA takes a hundred times as long as a hash.
    fn is_slow(&self) -> bool {
        self.sent.gateway == Gateway::Ebanx
    }

    /// Every byte of the body in all its other values (of a slow scheme eight), missing, and doubled;
    /// the body cut at every length.
    fn bodies(&self) -> impl Iterator<Item = Vec<u8>> {
        let body = &self.sent.body;
        let changes: Vec<u8> =
            if self.is_slow() { (0..8).map(|bit| 1 << bit).collect() } else { (1..=255).collect() };
        let changed = (0..body.len()).flat_map(move |i| {
            let changes = changes.clone();
            changes.into_iter().map(move |change| {
                let mut forged = body.clone();
                forged[i] ^= change;
                forged
            })
        });
        let missing = (0..body.len()).map(|i| [&body[..i], &body[i + 1..]].concat());
        let doubled = (0..body.len()).map(|i| [&body[..=i], &body[i..]].concat());
        let cut = (0..body.len()).map(|i| body[..i].to_vec());
        changed.chain(missing).chain(doubled).chain(cut)
    }

    /// The body with look-alike letters, invisible characters and other spellings of the same bytes.
    fn look_alikes(&self) -> Vec<Vec<u8>> {
        let Ok(body) = std::str::from_utf8(&self.sent.body) else { return Vec::new() };
        let mut forged = vec![format!("\u{feff}{body}"), format!("{body}\u{0}"), format!("{body}\r\n")];
        for (i, c) in body.char_indices() {
            let (before, after) = (&body[..i], &body[i + c.len_utf8()..]);
            let look_alike = match c {
                'a' => 'а',
                'e' => 'е',
                'o' => 'о',
                'p' => 'р',
                'A' => 'Α',
                'P' => 'Ρ',
                '~' => '∼',
                '.' => '․',
                '-' => '‐',
                _ if c.is_ascii_alphanumeric() => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
                _ => continue,
            };
            forged.push(format!("{before}{look_alike}{after}"));
            forged.push(format!("{before}{c}\u{200b}{after}"));
            forged.push(format!("{before}{c}\u{301}{after}"));
            // In a form the same character, in JSON another text; overlong, in no text at all.
            forged.push(format!("{before}%{:02x}{after}", u32::from(c)));
            forged.push(format!("{before}\\u{:04x}{after}", u32::from(c)));
            forged.push(format!("{before}%c1%{:02x}{after}", 0x80 | (u32::from(c) & 0x3f)));
        }
        forged.into_iter().map(String::into_bytes).collect()
    }

    /// Two bytes changed at once: one of the body and one of a signed header, or two of the body.
    fn in_two_places(&self) -> impl Iterator<Item = Sent> {
        let step = if self.is_slow() { 20 } else { 1 };
        let signed = self
            .signed_headers()
            .flat_map(move |at| (0..self.sent.headers[at].1.len()).step_by(step).map(move |i| Some((at, i))));
        let bytes = 0..self.sent.body.len();
        let with_a_header =
            signed.flat_map(move |other| bytes.clone().step_by(step).map(move |i| (i, i, other)));
        let bytes = (0..self.sent.body.len()).step_by(3 * step);
        let in_the_body = bytes.clone().flat_map(move |i| bytes.clone().map(move |j| (i, j, None)));
        with_a_header.chain(in_the_body.filter(|(i, j, _)| i < j)).map(|(i, j, header)| {
            let mut forged = self.sent.clone();
            forged.body[i] ^= 1;
            match header {
                None => forged.body[j] ^= 1,
                Some((at, k)) => {
                    let value = &mut forged.headers[at].1;
                    let other = if value.as_bytes()[k] == b'1' { "2" } else { "1" };
                    value.replace_range(k..=k, other);
                }
            }
            forged
        })
    }

    fn signed_headers(&self) -> impl Iterator<Item = usize> {
        let is_signed = |at: &usize| self.headers.contains(&self.sent.headers[*at].0.as_str());
        (0..self.sent.headers.len()).filter(is_signed)
    }

    /// Characters moved from the end of one text to the beginning of another, and the other way round:
    /// of members, headers, the address and the body as a whole. What is signed as one text stays the same.
    fn moved(&self) -> Vec<Sent> {
        let mut places = vec![Place::Body, Place::Url];
        places.extend(self.signed_headers().map(Place::Header));
        places.extend(members(&self.sent.body).into_iter().map(Place::Member));
        let mut forged = Vec::new();
        for (i, from) in places.iter().enumerate() {
            for (_, to) in places.iter().enumerate().filter(|(j, _)| *j != i) {
                let (Some(one), Some(other)) = (from.text(&self.sent), to.text(&self.sent)) else { continue };
                let most = if self.is_slow() { 2 } else { 64 };
                for n in (1..=one.len()).rev().take(most).filter(|n| one.is_char_boundary(*n)) {
                    let (stays, goes) = one.split_at(n - 1);
                    let sent = from.set(&self.sent, stays.to_owned());
                    forged.push(to.set(&sent, [goes, &other].concat()));
                }
                for n in (1..=one.len()).take(most).filter(|n| one.is_char_boundary(*n)) {
                    let (goes, stays) = one.split_at(n);
                    let sent = from.set(&self.sent, stays.to_owned());
                    forged.push(to.set(&sent, [&other, goes].concat()));
                }
            }
        }
        forged
    }

    /// Every two values of the body exchanged, and every value replaced by such as mean something.
    fn swapped(&self) -> Vec<Vec<u8>> {
        match serde_json::from_slice(&self.sent.body) {
            Ok(document) => swapped_json(&document),
            Err(_) => swapped_form(std::str::from_utf8(&self.sent.body).unwrap()),
        }
    }
}

/// A text of a callback.
enum Place {
    Body,
    Url,
    Header(usize),
    /// A member of a JSON body, by its pointer; a parameter of a form, by its number.
    Member(String),
}

impl Place {
    fn text(&self, sent: &Sent) -> Option<String> {
        let body = std::str::from_utf8(&sent.body).unwrap();
        match self {
            Place::Body => Some(body.to_owned()),
            Place::Url => sent.url.clone(),
            Place::Header(at) => Some(sent.headers[*at].1.clone()),
            Place::Member(name) => match serde_json::from_str::<Value>(body) {
                Ok(document) => document.pointer(name).map(plain),
                Err(_) => Some(form(body)[name.parse::<usize>().unwrap()].1.clone()),
            },
        }
    }

    fn set(&self, sent: &Sent, text: String) -> Sent {
        let mut other = sent.clone();
        let body = String::from_utf8(sent.body.clone()).unwrap();
        match self {
            Place::Body => other.body = text.into_bytes(),
            Place::Url => other.url = Some(text),
            Place::Header(at) => other.headers[*at].1 = text,
            // Where the body was changed as a whole there may be no such member any more.
            Place::Member(name) => match serde_json::from_str::<Value>(&body) {
                Ok(mut document) => {
                    document.pointer_mut(name).into_iter().for_each(|member| *member = text.clone().into());
                    other.body = document.to_string().into_bytes();
                }
                Err(_) => {
                    let mut pairs = form(&body);
                    let at = name.parse::<usize>().ok();
                    at.and_then(|at| pairs.get_mut(at)).into_iter().for_each(|pair| pair.1.clone_from(&text));
                    let encode = |text: &str| text.bytes().map(|b| format!("%{b:02x}")).collect::<String>();
                    let pairs = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value)));
                    other.body = pairs.collect::<Vec<_>>().join("&").into_bytes();
                }
            },
        }
        other
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A form's pairs, the values decoded.
fn form(body: &str) -> Vec<(String, String)> {
    let decoded = |value: &str| {
        let bytes = value.replace('+', " ").into_bytes();
        let mut rest = &bytes[..];
        let mut text = Vec::new();
        while let [first, tail @ ..] = rest {
            let escaped = match rest {
                [b'%', high, low, ..] => {
                    u8::from_str_radix(&format!("{}{}", *high as char, *low as char), 16).ok()
                }
                _ => None,
            };
            text.push(escaped.unwrap_or(*first));
            rest = if escaped.is_some() { &rest[3..] } else { tail };
        }
        String::from_utf8_lossy(&text).into_owned()
    };
    let pairs = body.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect()
}

/// The names of a body's members, as [`Place::Member`] has them.
fn members(body: &[u8]) -> Vec<String> {
    let Ok(document) = serde_json::from_slice::<Value>(body) else {
        return (0..form(std::str::from_utf8(body).unwrap()).len()).map(|i| i.to_string()).collect();
    };
    let mut leaves = Vec::new();
    collect_leaves(&document, String::new(), &mut leaves);
    leaves.into_iter().map(|(place, _)| place).collect()
}

const VALUES: [&str; 18] = [
    "",
    "0",
    "1",
    "3",
    "4",
    "5",
    "20001",
    "20000.00",
    "approved",
    "APPROVED",
    "Approved",
    "PAID",
    "CLO",
    "REJECTED",
    "cancelled",
    "USD",
    "A-9999-9",
    "2026-07-01T00:00:00-05:00",
];

fn swapped_form(body: &str) -> Vec<Vec<u8>> {
    let pairs: Vec<(&str, &str)> = body.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let form = |pairs: &[(&str, &str)]| {
        let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&").into_bytes()
    };
    let mut forged = Vec::new();
    for i in 0..pairs.len() {
        for j in i + 1..pairs.len() {
            let mut other = pairs.clone();
            (other[i].1, other[j].1) = (pairs[j].1, pairs[i].1);
            forged.push(form(&other));
        }
        for value in VALUES {
            let mut other = pairs.clone();
            other[i].1 = value;
            forged.push(form(&other));
            // The same name twice, the forged one first or last.
            let doubled = (pairs[i].0, value);
            forged.push(form(&[&[doubled], &pairs[..]].concat()));
            forged.push(form(&[&pairs[..], &[doubled]].concat()));
        }
    }
    forged
}

fn swapped_json(document: &Value) -> Vec<Vec<u8>> {
    let mut leaves = Vec::new();
    collect_leaves(document, String::new(), &mut leaves);
    let mut forged = Vec::new();
    let mut with = |changes: &[(&String, Value)]| {
        let mut other = document.clone();
        for (place, value) in changes {
            *other.pointer_mut(place).unwrap() = value.clone();
        }
        forged.push(other.to_string().into_bytes());
    };
    for (i, (place, value)) in leaves.iter().enumerate() {
        for (other_place, other) in &leaves[i + 1..] {
            with(&[(place, other.clone()), (other_place, value.clone())]);
        }
        for text in VALUES {
            with(&[(place, Value::from(text))]);
            if let Ok(number) = text.parse::<u64>() {
                with(&[(place, number.into())]);
            }
        }
        with(&[(place, Value::Null)]);
    }
    forged
}

fn collect_leaves(value: &Value, place: String, leaves: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| collect_leaves(value, format!("{place}/{name}"), leaves));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(i, item)| collect_leaves(item, format!("{place}/{i}"), leaves));
        }
        leaf => leaves.push((place, leaf.clone())),
    }
}

/// The event's members in which a callback differs from the genuine one.
fn differences(genuine: &Verification, forged: &Verification) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let known = |payment| genuine.payments.contains(payment);
    if !forged.payments.iter().all(known) {
        found.insert("paymentId");
    }
    let (Some(was), Some(is)) = (&genuine.event, &forged.event) else { return found };
    let compared = [
        ("paymentId", was.payment_id != is.payment_id),
        ("invoice", was.invoice != is.invoice),
        ("amount", was.amount != is.amount),
        ("currency", was.currency != is.currency),
        ("status", was.status != is.status),
        ("at", was.at != is.at),
    ];
    found.extend(compared.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name));
    found
}

/// With the zone of date-times that do not say theirs, so that they are read.
fn verify(sent: &Sent) -> Verification {
    sent.verify_by(&VerifyOptions { zone: Some(Zone::BOGOTA), ..verify_options() })
}

/// Refuses a forged callback that is believed where it should not be; what else it could alter.
#[track_caller]
fn judge(case: &Case, genuine: &Verification, forged: &Sent, attack: &str) -> BTreeSet<&'static str> {
    let verification = verify(forged);
    if verification.authentic.is_err() {
        assert!(verification.event.is_none() && verification.payments.is_empty(), "{} {attack}", case.name());
        return BTreeSet::new();
    }
    let shown = || format!("{} {attack}: {}", case.name(), String::from_utf8_lossy(&forged.body));
    let mut altered = differences(genuine, &verification);
    // What the shop passes for the address is its own, but for the query.
    assert!(!case.whole_body || (forged.url != case.sent.url && altered.is_empty()), "{}", shown());
    let is_joined = !case.joined.is_empty() && case.joined.iter().all(|part| altered.contains(part));
    if attack == "moved" && is_joined {
        assert!(verification.requery, "{}", shown());
        altered.retain(|part| !case.joined.contains(part));
    }
    for part in genuine.covers {
        assert!(!altered.contains(part.name()), "{} altered: {}", part.name(), shown());
    }
    altered
}

/// Every attack on the body and the address; what of the event they could alter.
fn alterable(case: &Case) -> BTreeSet<&'static str> {
    let genuine = verify(&case.sent);
    assert_eq!(genuine.authentic, Ok(()), "{}", case.name());
    let mut found = BTreeSet::new();
    let bodies = [("byte", case.bodies().collect()), ("text", case.look_alikes()), ("value", case.swapped())];
    for (attack, bodies) in bodies {
        for body in bodies.into_iter().filter(|body: &Vec<u8>| *body != case.sent.body) {
            let forged = Sent { body, ..case.sent.clone() };
            found.extend(judge(case, &genuine, &forged, attack));
        }
    }
    for forged in case.in_two_places() {
        found.extend(judge(case, &genuine, &forged, "two bytes"));
    }
    for forged in case.moved() {
        found.extend(judge(case, &genuine, &forged, "moved"));
    }
    for url in case.sent.url.iter().flat_map(|url| altered_texts(url)) {
        let forged = Sent { url: Some(url), ..case.sent.clone() };
        let verification = verify(&forged);
        if verification.authentic.is_ok() {
            found.extend(differences(&genuine, &verification));
        }
    }
    found
}

/// What the attacks could alter, by gateway: the second table of docs/gateways.md.
pub fn uncovered() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut found: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let cases = cases();
    std::thread::scope(|scope| {
        let attacked = cases.iter().map(|case| (case.name(), scope.spawn(move || alterable(case))));
        for (name, attack) in attacked.collect::<Vec<_>>() {
            found.entry(name).or_default().extend(attack.join().unwrap());
        }
    });
    found
}

#[test]
fn every_gateway_is_attacked() {
    let attacked: BTreeSet<&str> = cases().iter().map(Case::name).collect();
    assert_eq!(attacked, Gateway::ALL.iter().map(|gateway| gateway.name()).collect());
}

#[test]
fn no_forged_body_changes_what_is_covered() {
    let found = uncovered();
    table::assert_alterable(&found);
    for gateway in Gateway::ALL {
        let covers = gateway.capabilities().covers;
        let altered = &found[gateway.name()];
        assert!(covers.iter().all(|part| !altered.contains(part.name())), "{gateway}: {altered:?}");
    }
}

#[test]
fn no_header_can_be_forged() {
    for case in cases() {
        for name in case.headers {
            let at = case.sent.headers.iter().position(|(found, _)| found == name).unwrap();
            let value = case.sent.headers[at].1.clone();
            let refuses = |headers: Vec<(String, String)>| {
                let forged = Sent { headers, ..case.sent.clone() };
                let authentic = forged.verify().authentic;
                assert!(
                    authentic.is_err(),
                    "{} {name}: {:?}",
                    case.name(),
                    forged.headers[at.min(forged.headers.len() - 1)]
                );
            };
            let with = |value: String| {
                let mut headers = case.sent.headers.clone();
                headers[at].1 = value;
                headers
            };
            // Each character in all its other values, or in three.
            for (i, was) in value.bytes().enumerate() {
                let others = if case.is_slow() { vec![b'A', b'b', b'='] } else { (0x20..0x7f).collect() };
                // The name of a scheme may stand in any case.
                let recased = i < case.scheme.len();
                let differs = |other: &u8| *other != was && !(recased && other.eq_ignore_ascii_case(&was));
                for other in others.into_iter().filter(differs) {
                    let mut bytes = value.clone().into_bytes();
                    bytes[i] = other;
                    refuses(with(String::from_utf8(bytes).unwrap()));
                }
                refuses(with(value[..i].to_owned()));
                refuses(with(value[i + 1..].to_owned()));
            }
            altered_texts(&value)
                .into_iter()
                .step_by(if case.is_slow() { 50 } else { 1 })
                .for_each(|value| refuses(with(value)));
            refuses(with(format!("{value},{value}")));
            let mut without = case.sent.headers.clone();
            without.remove(at);
            // Where nothing else is left there is nothing to show either.
            without.push(("x-nothing".to_owned(), String::new()));
            refuses(without);
            for again in [value.clone(), String::new(), "0".to_owned()] {
                for doubled in [name.to_string(), name.to_uppercase(), name.to_lowercase()] {
                    refuses([&case.sent.headers[..], &[(doubled, again.clone())]].concat());
                }
            }
            let mut recased = case.sent.clone();
            recased.headers[at].0 = name.chars().rev().collect();
            assert!(recased.verify().authentic.is_err(), "{name} backwards");
            for spelling in [name.to_uppercase(), name.to_lowercase()] {
                recased.headers[at].0 = spelling;
                assert_eq!(recased.verify().authentic, Ok(()), "{name} in another case");
            }
        }
    }
}

#[test]
fn no_other_secret_verifies_and_an_empty_one_is_an_error() {
    for case in cases() {
        case.sent.assert_secrets_hold(case.secrets);
        let name = case.secrets.first().copied().unwrap_or("certificate");
        let others = case.sent.credentials.iter().filter(|(found, _)| found != name).cloned();
        let credentials = Credentials::from_iter(others);
        let callback = callback(&case.sent.headers, &case.sent.body, case.sent.url.as_deref());
        let error =
            verify_callback(case.sent.gateway, &callback, &credentials, &verify_options()).unwrap_err();
        assert_eq!((error.code.code(), error.path.as_str()), ("credential", name), "{}", case.name());
    }
}

#[test]
fn no_secret_is_shown() {
    let (payer, options) = (payer("CC", "1020304050", "Ana Pérez"), Options::default());
    for case in cases() {
        let gateway = case.sent.gateway;
        let names = gateway.capabilities().credentials.iter();
        // An algorithm that is none, so that its error is seen as well.
        let mut credentials: Credentials = names.map(|name| (*name, "s3cr3t-word")).collect();
        // Openpay's addresses name the merchant.
        credentials.set("merchantId", "508029");
        let callback = callback(&case.sent.headers, &case.sent.body, case.sent.url.as_deref());
        let request = request(&payer, &options, &credentials);
        let mut asked = status_of("857120993", &options);
        asked.credentials = &credentials;
        let shown = format!(
            "{credentials:?} {request:?} {asked:?} {:?} {:?} {:?} {:?}",
            verify_callback(gateway, &callback, &credentials, &verify_options()),
            payment_request(gateway, &request),
            token_request(gateway, &request),
            status_request(gateway, &asked),
        );
        assert!(!shown.contains("s3cr3t"), "{shown}");
        let shown = format!("{callback:?} {:?}", case.sent.verify());
        for name in case.secrets.iter().chain(&["webhookPassword"]) {
            let secret = case.sent.credential(name).unwrap_or("none of these");
            // The number of a merchant is no secret in what it is named.
            assert!(secret.len() < 5 || !shown.contains(secret), "{} {name}: {shown}", case.name());
        }
        let header =
            case.headers.first().and_then(|name| case.sent.headers.iter().find(|(found, _)| found == name));
        assert!(header.is_none_or(|(_, value)| !shown.contains(value)), "{}: {shown}", case.name());
    }
}

#[test]
fn a_recorded_callback_serves_as_long_as_its_time_is_signed() {
    let hour = VerifyOptions::new(ServerInstant::from_millis(now().millis() + 3_600_000).unwrap());
    let year = VerifyOptions::new(ServerInstant::from_millis(now().millis() + 366 * 86_400_000).unwrap());
    let early = VerifyOptions::new(ServerInstant::from_millis(now().millis() - 3_600_000).unwrap());
    for case in cases() {
        assert_eq!(case.sent.verify(), case.sent.verify(), "{}", case.name());
        let timed = case.sent.gateway.capabilities().timed;
        let expected = if timed { Err(Refusal::Time) } else { Ok(()) };
        for options in [&hour, &year, &early] {
            assert_eq!(case.sent.verify_by(options).authentic, expected, "{}", case.name());
        }
    }
}

#[test]
fn no_gateway_takes_the_callback_of_another() {
    for case in cases() {
        for gateway in Gateway::ALL.iter().filter(|gateway| **gateway != case.sent.gateway) {
            // Every credential there is, each the same text: as weak as a shop can be.
            let secret = case.secrets.last().and_then(|name| case.sent.credential(name)).unwrap_or("whsec");
            let names = gateway.capabilities().credentials.iter();
            let mut credentials: Credentials = names.map(|name| (*name, secret)).collect();
            credentials.set("algorithm", "sha256");
            let callback = callback(&case.sent.headers, &case.sent.body, case.sent.url.as_deref());
            let Ok(found) = verify_callback(*gateway, &callback, &credentials, &verify_options()) else {
                continue;
            };
            assert!(found.authentic.is_err(), "{} at {gateway}", case.name());
        }
    }
}

/// Bamboo's values stand side by side: a digit moves from one to the other unnoticed, and only the
/// comparison with the order and the query that is owed tell.
#[test]
fn digits_move_between_joined_values_only_where_the_documents_say() {
    let moved = bamboo::sent().with("184098", "18409").with("2000000", "82000000");
    let verification = moved.verify();
    assert!(verification.authentic.is_ok() && verification.requery);
    assert_eq!(verification.event.unwrap().payment_id, "18409");
}
