//! The amount to pay.

use super::{ErrorCode, Field, PayerError};
use crate::money::{AmountLimits, Pesos};

/// Checks that a JavaScript number is a whole amount of pesos within the limits, both inclusive.
///
/// Gateways take Colombian pesos without cents, and 2^53 - 1 is the greatest whole number that
/// JavaScript holds exactly.
///
/// # Errors
///
/// `not_whole_pesos`, `below_minimum`, `above_maximum`.
pub fn validate_amount(pesos: f64, limits: &AmountLimits) -> Result<Pesos, PayerError> {
    let refused = |code| PayerError::new(Field::Amount, code);
    let pesos = Pesos::from_number(pesos).map_err(|_| refused(ErrorCode::NotWholePesos))?;
    if pesos < limits.min {
        return Err(refused(ErrorCode::BelowMinimum).expecting(limits.min.get().to_string()));
    }
    if pesos > limits.max {
        return Err(refused(ErrorCode::AboveMaximum).expecting(limits.max.get().to_string()));
    }
    Ok(pesos)
}
