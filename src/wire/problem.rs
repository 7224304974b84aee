//! Refusals: `application/problem+json` (RFC 9457), with the fields that were refused.

use super::codec::{Codec, Describe, Document, read};
use super::{Expected, Json, WireError};

/// Why a backend refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// A short summary for developers.
    pub title: Option<String>,
    /// The HTTP status.
    pub status: Option<u32>,
    /// What kind of refusal, as a stable word: `order-closed`, `amount-changed`.
    pub code: Option<String>,
    /// The fields that were refused.
    pub errors: Vec<ProblemField>,
    /// What support asks for.
    pub trace_id: Option<String>,
}

/// A field that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemField {
    /// The field's path: `document.number`.
    pub field: String,
    /// Why, as one of the validators' codes.
    pub code: String,
    /// What was expected, where that can be said: a digit, a length.
    pub expected: Option<String>,
}

impl Problem {
    /// Reads a refusal from parsed JSON.
    pub fn read(json: impl Json) -> Result<Problem, WireError> {
        read(json)
    }

    /// Reads a refusal from JSON text.
    pub fn from_json(text: &str) -> Result<Problem, WireError> {
        Problem::read(&super::parse(text)?)
    }
}

impl Describe for Problem {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.optional_text("title", Expected::Text, &mut self.title);
            codec.optional_number("status", 100, 599, &mut self.status);
            codec.optional_text("code", Expected::Words, &mut self.code);
            codec.optional_list("errors", &mut self.errors);
            codec.optional_text("traceId", Expected::Words, &mut self.trace_id);
        });
    }
}

impl Document for Problem {
    fn blank() -> Problem {
        Problem::default()
    }
}

impl Describe for ProblemField {
    fn describe(&mut self, codec: &mut Codec) {
        codec.object(|codec| {
            codec.text("field", Expected::Words, &mut self.field);
            codec.text("code", Expected::Words, &mut self.code);
            codec.optional_text("expected", Expected::Words, &mut self.expected);
        });
    }
}

impl Document for ProblemField {
    fn blank() -> ProblemField {
        ProblemField { field: String::new(), code: String::new(), expected: None }
    }
}
