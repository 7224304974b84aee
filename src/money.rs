//! Whole Colombian pesos.

use core::fmt;

use serde::{Serialize, Serializer};

/// An amount in whole Colombian pesos, from 0 to 2^53 - 1.
///
/// The range is what a JavaScript number holds exactly. Displays in the Colombian form, with
/// U+00A0 after the sign and dots between thousands: `$ 1.234.567`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pesos(u64);

impl Pesos {
    /// The largest amount: 2^53 - 1 pesos.
    pub const MAX: Pesos = Pesos((1 << 53) - 1);

    /// Checks that `pesos` is in range.
    pub fn new(pesos: u64) -> Result<Pesos, MoneyError> {
        if pesos > Self::MAX.0 {
            return Err(MoneyError::TooLarge);
        }
        Ok(Pesos(pesos))
    }

    /// Reads a JavaScript number; a fraction, a negative or a non-number is refused.
    pub fn from_number(pesos: f64) -> Result<Pesos, MoneyError> {
        if pesos.is_nan() || pesos < 0.0 {
            return Err(MoneyError::NotAnAmount);
        }
        if pesos > Self::MAX.0 as f64 {
            return Err(MoneyError::TooLarge);
        }
        let whole = pesos as u64;
        if whole as f64 != pesos {
            return Err(MoneyError::Fraction);
        }
        Ok(Pesos(whole))
    }

    /// The amount in pesos.
    pub fn get(self) -> u64 {
        self.0
    }

    /// `$ 52.000`, with a space that does not break. A formatter of the standard library would weigh more
    /// than the rest of the amount.
    pub(crate) fn to_text(self) -> String {
        let digits = self.0.to_string();
        let mut text = "$\u{a0}".to_owned();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                text.push('.');
            }
            text.push(digit);
        }
        text
    }
}

impl fmt::Display for Pesos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl Serialize for Pesos {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}

/// The amounts that can be paid, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountLimits {
    /// The least amount.
    pub min: Pesos,
    /// The greatest amount.
    pub max: Pesos,
}

impl Default for AmountLimits {
    /// From one peso up: no two gateways agree on more.
    fn default() -> AmountLimits {
        AmountLimits { min: Pesos(1), max: Pesos::MAX }
    }
}

/// Why a number is not an amount in pesos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Negative, or not a number.
    NotAnAmount,
    /// Has a fraction of a peso.
    Fraction,
    /// Above 2^53 - 1.
    TooLarge,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MoneyError::NotAnAmount => "expected an amount of 0 pesos or more",
            MoneyError::Fraction => "expected whole pesos, found a fraction",
            MoneyError::TooLarge => "expected at most 9007199254740991 pesos",
        })
    }
}

impl core::error::Error for MoneyError {}
