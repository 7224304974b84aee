//! What the validators answer in JSON, the same in Rust, in Node and in the browser.

use serde::Serialize;
use serde::ser::SerializeStruct;

use super::{
    Document, NameCharset, Payer, PayerError, Phone, PhoneKind, Requirements, ValidEmail, ValidName,
    suggest_email, transliterate_name,
};
use crate::money::Pesos;

/// `{ "ok": true, "value": … }`, or `{ "ok": false, "error": … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome<T>(pub Result<T, PayerError>);

/// `{ "ok": true, "payer": … }`, or `{ "ok": false, "errors": […] }`.
///
/// Beside the payer stands what its canonical form alone does not say: how a NIT was read (`nit`),
/// the name in ASCII where the requirements ask for it (`ascii`), and the address that was perhaps
/// meant (`suggestion`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayerOutcome<'a> {
    /// The payer, or every error.
    pub result: Result<Payer, Vec<PayerError>>,
    /// What was asked.
    pub requirements: &'a Requirements,
}

/// What stands beside `ok: true` in an outcome.
pub trait Answer {
    /// The members, the first of them `value`.
    fn members(&self) -> impl Serialize;
}

impl<T: Answer> Serialize for Outcome<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Ok(answer) => answer.members().serialize(serializer),
            Err(error) => refused(serializer, "error", error),
        }
    }
}

impl Serialize for PayerOutcome<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.result {
            Ok(payer) => payer_members(payer, self.requirements).serialize(serializer),
            Err(errors) => refused(serializer, "errors", errors),
        }
    }
}

fn refused<S: serde::Serializer>(
    serializer: S,
    name: &'static str,
    errors: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    let mut outcome = serializer.serialize_struct("Refused", 2)?;
    outcome.serialize_field("ok", &false)?;
    outcome.serialize_field(name, errors)?;
    outcome.end()
}

#[derive(Serialize)]
struct PayerMembers<'a> {
    ok: bool,
    payer: &'a Payer,
    #[serde(skip_serializing_if = "Option::is_none")]
    nit: Option<NitMembers<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ascii: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NitMembers<'a> {
    check_digit_typed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative: Option<&'a str>,
}

fn payer_members<'a>(payer: &'a Payer, requirements: &Requirements) -> PayerMembers<'a> {
    let nit = payer.document.nit.as_ref().map(|nit| NitMembers {
        check_digit_typed: nit.check_digit_typed,
        alternative: nit.alternative.as_deref(),
    });
    let ascii = match requirements.name.charset {
        NameCharset::Ascii => payer.name.as_deref().and_then(transliterate_name),
        NameCharset::Latin => None,
    };
    let suggestion = payer.email.as_deref().and_then(suggest_email);
    PayerMembers { ok: true, payer, nit, ascii, suggestion }
}

#[derive(Serialize)]
struct Members<'a, T> {
    ok: bool,
    value: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    ascii: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<&'a str>,
}

fn value<'a, T>(value: T) -> Members<'a, T> {
    Members { ok: true, value, ascii: None, suggestion: None }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DocumentValue<'a> {
    #[serde(rename = "type")]
    document_type: &'static str,
    number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    check_digit: Option<char>,
    #[serde(skip_serializing_if = "Option::is_none")]
    check_digit_typed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative: Option<&'a str>,
}

#[derive(Serialize)]
struct PhoneValue<'a> {
    e164: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    national: Option<&'a str>,
    kind: PhoneKind,
}

impl Answer for Document {
    fn members(&self) -> impl Serialize {
        let nit = self.nit.as_ref();
        value(DocumentValue {
            document_type: self.document_type.as_str(),
            number: &self.number,
            check_digit: nit.map(|nit| char::from(b'0' + nit.check_digit)),
            check_digit_typed: nit.map(|nit| nit.check_digit_typed),
            alternative: nit.and_then(|nit| nit.alternative.as_deref()),
        })
    }
}

impl Answer for Phone {
    fn members(&self) -> impl Serialize {
        value(PhoneValue { e164: &self.e164, national: self.national(), kind: self.kind })
    }
}

impl Answer for ValidName {
    fn members(&self) -> impl Serialize {
        Members { ascii: self.ascii.as_deref(), ..value(&self.text) }
    }
}

impl Answer for ValidEmail {
    fn members(&self) -> impl Serialize {
        Members { suggestion: self.suggestion.as_deref(), ..value(&self.address) }
    }
}

impl Answer for Pesos {
    fn members(&self) -> impl Serialize {
        value(*self)
    }
}
