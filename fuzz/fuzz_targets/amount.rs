//! Amounts: nothing panics, limits hold, and what is written reads back to the same number.
#![no_main]

use efecty_checkout::money::{AmountLimits, Pesos};
use efecty_checkout::payer::{ErrorCode, validate_amount};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (f64, u64, u64)| {
    let (number, one, other) = input;
    let (Ok(one), Ok(other)) = (Pesos::new(one >> 11), Pesos::new(other >> 11)) else { return };
    let limits = AmountLimits { min: one.min(other), max: one.max(other) };
    check(number, &limits);
    // A random number is seldom whole: ask about the limits and their neighbours too.
    for limit in [limits.min, limits.max] {
        for step in [-1.0, -0.5, 0.0, 0.5, 1.0] {
            check(limit.get() as f64 + step, &limits);
        }
    }
});

fn check(number: f64, limits: &AmountLimits) {
    match validate_amount(number, limits) {
        Ok(pesos) => {
            assert_eq!(pesos.get() as f64, number);
            assert!((limits.min..=limits.max).contains(&pesos));
            let digits: String = pesos.to_string().chars().filter(char::is_ascii_digit).collect();
            assert_eq!(digits.parse(), Ok(pesos.get()));
        }
        Err(error) => {
            let whole = number.fract() == 0.0 && (0.0..=Pesos::MAX.get() as f64).contains(&number);
            assert_eq!(whole, error.code != ErrorCode::NotWholePesos);
            assert_eq!(error.code == ErrorCode::BelowMinimum, whole && number < limits.min.get() as f64);
        }
    }
}
