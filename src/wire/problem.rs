//! Refusals: `application/problem+json` (RFC 9457), with the fields that were refused.

use serde::Serialize;

use super::reader::Reader;
use super::{Json, WireError};

/// Why a backend refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// A short summary for developers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The HTTP status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u32>,
    /// What kind of refusal, as a stable word: `order-closed`, `amount-changed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The fields that were refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// What support asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
}

/// A field that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemField {
    /// The field's path: `document.number`.
    pub field: String,
    /// Why, as one of the validators' codes.
    pub code: String,
    /// What was expected, where that can be said: a digit, a length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
}

impl Problem {
    /// Reads a refusal from parsed JSON.
    pub fn read(json: impl Json) -> Result<Problem, WireError> {
        let at = Reader::root(json);
        Ok(Problem {
            title: at.map("title", |m| m.text())?,
            status: at.map("status", |m| m.whole_number(100, 599))?,
            code: at.map("code", |m| m.words())?,
            errors: at.map("errors", fields)?.unwrap_or_default(),
            trace_id: at.map("traceId", |m| m.words())?,
        })
    }

    /// Reads a refusal from JSON text.
    pub fn from_json(text: &str) -> Result<Problem, WireError> {
        Problem::read(super::parse(text)?)
    }
}

fn fields<J: Json>(at: &Reader<J>) -> Result<Vec<ProblemField>, WireError> {
    at.items()?.iter().map(field).collect()
}

fn field<J: Json>(at: &Reader<J>) -> Result<ProblemField, WireError> {
    Ok(ProblemField {
        field: at.required("field")?.words()?,
        code: at.required("code")?.words()?,
        expected: at.map("expected", |m| m.words())?,
    })
}
