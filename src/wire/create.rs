//! The request for a voucher.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::calendar::ServerInstant;
use crate::payer::{DocumentType, Payer, PayerInput};

use super::reader::Reader;
use super::{Json, WireError};

/// What `POST {endpoint}/vouchers` carries, as a backend receives it: the payer is not yet validated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateVoucher {
    /// The order to pay.
    pub order_id: String,
    /// The payer, as typed or already canonical.
    pub payer: PayerInput,
    /// What the payer agreed to, where the order asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
}

/// That a person agreed to a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Consent {
    /// Which text.
    pub version: String,
    /// When, by the server's clock as the widget knows it.
    pub accepted_at: ServerInstant,
}

/// The request as the widget sends it: the payer is valid and canonical.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateBody<'a> {
    /// The order to pay.
    pub order_id: &'a str,
    /// The payer.
    pub payer: &'a Payer,
    /// What the payer agreed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<&'a Consent>,
}

impl CreateVoucher {
    /// Reads a request from parsed JSON.
    pub fn read(json: impl Json) -> Result<CreateVoucher, WireError> {
        let at = Reader::root(json);
        Ok(CreateVoucher {
            order_id: at.required("orderId")?.words()?,
            payer: payer(&at.required("payer")?)?,
            consent: at.map("consent", consent)?,
        })
    }

    /// Reads a request from JSON text.
    pub fn from_json(text: &str) -> Result<CreateVoucher, WireError> {
        CreateVoucher::read(super::parse(text)?)
    }
}

impl PayerInput {
    /// Reads a payer, as typed or already canonical, from parsed JSON.
    pub fn read(json: impl Json) -> Result<PayerInput, WireError> {
        payer(&Reader::root(json))
    }
}

/// Members that are absent are empty texts: the validators say what they miss, at its field.
fn payer<J: Json>(at: &Reader<J>) -> Result<PayerInput, WireError> {
    let text = |from: &Reader<J>, name: &str| Ok(from.map(name, |m| m.text())?.unwrap_or_default());
    let mut input = PayerInput {
        name: text(at, "name")?,
        email: text(at, "email")?,
        phone: text(at, "phone")?,
        ..PayerInput::default()
    };
    if let Some(document) = at.optional("document")? {
        input.document_type = text(&document, "type")?;
        input.document_number = text(&document, "number")?;
        // After a hyphen it is the check digit; without one the last digit could be the number's.
        if let Some(digit) = document.map("checkDigit", |m| m.digit())?
            && DocumentType::from_code(&input.document_type) == Some(DocumentType::Nit)
        {
            input.document_number += "-";
            input.document_number += &digit;
        }
    }
    Ok(input)
}

impl Serialize for PayerInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut payer = serializer.serialize_struct("PayerInput", 4)?;
        payer.serialize_field("document", &DocumentInput(&self.document_type, &self.document_number))?;
        payer.serialize_field("name", &self.name)?;
        payer.serialize_field("email", &self.email)?;
        payer.serialize_field("phone", &self.phone)?;
        payer.end()
    }
}

/// Type and number of a document, as typed.
struct DocumentInput<'a>(&'a str, &'a str);

impl Serialize for DocumentInput<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("DocumentInput", 2)?;
        document.serialize_field("type", self.0)?;
        document.serialize_field("number", self.1)?;
        document.end()
    }
}

fn consent<J: Json>(at: &Reader<J>) -> Result<Consent, WireError> {
    Ok(Consent {
        version: at.required("version")?.words()?,
        accepted_at: at.required("acceptedAt")?.instant()?,
    })
}
