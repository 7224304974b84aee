//! What scanners read: QR codes and linear barcodes, from text to modules.
//!
//! A symbol says exactly the text it was given. A text that a symbology cannot carry is refused,
//! never changed to fit.

mod bars;
mod code128;
mod correction;
mod gs1;
mod itf;
mod mask;
mod qr;
mod room;
mod segments;
mod svg;

pub use bars::Bars;
pub use qr::Qr;
pub use room::{Room, Scale};

use core::fmt;

use crate::voucher::Symbology;

/// Draws `content` in `symbology`.
pub fn barcode(symbology: &Symbology, content: &str) -> Result<Bars, SymbolError> {
    match symbology {
        Symbology::Code128 => code128::encode(&code128::data(content)?),
        Symbology::Gs1128 => code128::encode(&gs1::data(content)?),
        Symbology::Itf => itf::encode(content),
        Symbology::Other(_) => Err(SymbolError::UnknownSymbology),
    }
}

/// Why a text cannot be drawn as a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolError {
    /// There is nothing to draw.
    Empty,
    /// More than the symbology holds.
    TooLong,
    /// A character that the symbology cannot carry, by its place in the text, from 0.
    Character(usize),
    /// Interleaved two of five pairs its digits.
    OddLength,
    /// GS1: no application identifier, or nothing after it, at this place in the text, from 0.
    ElementString(usize),
    /// A symbology that this version does not draw.
    UnknownSymbology,
}

impl SymbolError {
    /// The stable word for this error.
    pub fn code(self) -> &'static str {
        match self {
            SymbolError::Empty => "empty",
            SymbolError::TooLong => "too_long",
            SymbolError::Character(_) => "invalid_character",
            SymbolError::OddLength => "odd_length",
            SymbolError::ElementString(_) => "invalid_element_string",
            SymbolError::UnknownSymbology => "unknown_symbology",
        }
    }
}

impl SymbolError {
    pub(crate) fn to_text(self) -> String {
        let (expected, place) = match self {
            SymbolError::Empty => ("expected a text", None),
            SymbolError::TooLong => ("expected a shorter text for this symbol", None),
            SymbolError::Character(at) => ("expected a character of this symbology", Some(at)),
            SymbolError::OddLength => ("expected an even number of digits", None),
            SymbolError::ElementString(at) => {
                ("expected a GS1 application identifier and its data", Some(at))
            }
            SymbolError::UnknownSymbology => ("expected code128, gs1-128 or itf", None),
        };
        let place = place.map_or_else(String::new, |at| [" at character ", &at.to_string()].concat());
        [expected, &place].concat()
    }
}

impl fmt::Display for SymbolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl core::error::Error for SymbolError {}
