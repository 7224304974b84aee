//! The mobile and landline numbers that exist in Colombia.

use super::PhoneKind;

/// Where [`NUMBERING`] comes from: source, version and the day it was taken.
pub const NUMBERING_SOURCE: &str =
    "libphonenumber metadata 9.0.43, region CO, types MOBILE and FIXED_LINE, taken 2026-11-23";

/// Numbers of ten digits in use, from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberRange {
    /// The first number.
    pub first: u64,
    /// The last number.
    pub last: u64,
    /// Mobile or landline.
    pub kind: PhoneKind,
}

const fn mobile(first: u64, last: u64) -> NumberRange {
    NumberRange { first, last, kind: PhoneKind::Mobile }
}

const fn landline(first: u64, last: u64) -> NumberRange {
    NumberRange { first, last, kind: PhoneKind::Landline }
}

/// Every number in use, in ascending order.
///
/// A test derives these ranges from libphonenumber's expressions and fails where they differ.
pub static NUMBERING: [NumberRange; 17] = [
    mobile(3_000_000_000, 3_059_999_999),
    mobile(3_100_000_000, 3_239_999_999),
    mobile(3_241_000_000, 3_249_999_999),
    mobile(3_300_000_000, 3_300_999_999),
    mobile(3_330_000_000, 3_333_015_999),
    mobile(3_333_250_000, 3_339_999_999),
    mobile(3_500_000_000, 3_519_999_999),
    mobile(3_700_000_000, 3_709_999_999),
    landline(6_010_000_000, 6_010_555_099),
    landline(6_011_000_000, 6_019_999_999),
    landline(6_022_000_000, 6_029_999_999),
    landline(6_042_000_000, 6_049_999_999),
    landline(6_052_000_000, 6_059_999_999),
    landline(6_062_000_000, 6_069_999_999),
    landline(6_072_000_000, 6_079_999_999),
    landline(6_081_000_000, 6_089_999_999),
    mobile(9_408_000_000, 9_408_999_999),
];

/// The kind of a number of ten digits, where it is in use.
pub(super) fn kind_of(number: &str) -> Option<PhoneKind> {
    let number: u64 = number.parse().ok()?;
    NUMBERING.iter().find(|range| (range.first..=range.last).contains(&number)).map(|range| range.kind)
}
