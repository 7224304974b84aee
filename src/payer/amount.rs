//! The amount to pay.

use super::{ErrorCode, Field, PayerError};
use crate::money::{AmountLimits, Pesos};

/// Checks that a JavaScript number is a whole amount within the limits, both inclusive.
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
