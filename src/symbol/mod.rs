//! What scanners read.

mod qr;

pub use qr::Qr;

use core::fmt;

/// Why a text cannot be drawn as a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolError {
    /// More than the symbology holds.
    TooLong,
}

impl fmt::Display for SymbolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SymbolError::TooLong => "expected a shorter text for this symbol",
        })
    }
}

impl core::error::Error for SymbolError {}
