//! Code 128 (ISO/IEC 15417) with as few symbol characters as its code sets allow.
//!
//! A symbol character is in code set A (control characters, upper case), B (upper and lower case) or
//! C (pairs of digits). A code character changes the set for good, a shift for one character. Which
//! sets are best at a place depends only on what follows, so they are chosen from the end.

use super::{Bars, SymbolError};

/// Function 1 among the data: GS1's mark at the start, its separator further on.
pub(super) const FNC1: u8 = 0x80;

const SHIFT: u8 = 98;
const FNC1_VALUE: u8 = 102;
/// The check character counts modulo this.
const CHECK: u32 = 103;

/// The widths of bar, space, bar, space, bar, space by value; then the three starts.
#[rustfmt::skip]
const PATTERNS: [u32; 106] = [
    0x212222, 0x222122, 0x222221, 0x121223, 0x121322, 0x131222, 0x122213, 0x122312, 0x132212, 0x221213,
    0x221312, 0x231212, 0x112232, 0x122132, 0x122231, 0x113222, 0x123122, 0x123221, 0x223211, 0x221132,
    0x221231, 0x213212, 0x223112, 0x312131, 0x311222, 0x321122, 0x321221, 0x312212, 0x322112, 0x322211,
    0x212123, 0x212321, 0x232121, 0x111323, 0x131123, 0x131321, 0x112313, 0x132113, 0x132311, 0x211313,
    0x231113, 0x231311, 0x112133, 0x112331, 0x132131, 0x113123, 0x113321, 0x133121, 0x313121, 0x211331,
    0x231131, 0x213113, 0x213311, 0x213131, 0x311123, 0x311321, 0x331121, 0x312113, 0x312311, 0x332111,
    0x314111, 0x221411, 0x431111, 0x111224, 0x111422, 0x121124, 0x121421, 0x141122, 0x141221, 0x112214,
    0x112412, 0x122114, 0x122411, 0x142112, 0x142211, 0x241211, 0x221114, 0x413111, 0x241112, 0x134111,
    0x111242, 0x121142, 0x121241, 0x114212, 0x124112, 0x124211, 0x411212, 0x421112, 0x421211, 0x212141,
    0x214121, 0x412121, 0x111143, 0x111341, 0x131141, 0x114113, 0x114311, 0x411113, 0x411311, 0x113141,
    0x114131, 0x311141, 0x411131, 0x211412, 0x211214, 0x211232,
];
const STOP: [u8; 7] = [2, 3, 3, 1, 1, 1, 2];

/// A code set.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Set {
    A,
    #[default]
    B,
    C,
}

impl Set {
    /// The value of the start character that begins in this set.
    fn start(self) -> u8 {
        103 + self as u8
    }

    /// The value of the code character that changes to this set.
    fn code(self) -> u8 {
        101 - self as u8
    }

    /// The value of the symbol character for the beginning of `data`, and how much it takes in.
    fn value(self, data: &[u8]) -> Option<(u8, usize)> {
        match (self, data) {
            (_, [FNC1, ..]) => Some((FNC1_VALUE, 1)),
            (Set::A, [c @ 0..32, ..]) => Some((c + 64, 1)),
            (Set::A, [c @ 32..96, ..]) | (Set::B, [c @ 32..128, ..]) => Some((c - 32, 1)),
            (Set::C, [tens @ b'0'..=b'9', units @ b'0'..=b'9', ..]) => {
                Some((10 * (tens - b'0') + units - b'0', 2))
            }
            _ => None,
        }
    }
}

/// The next symbol characters: a change of set or a shift where one is needed, then the data.
#[derive(Clone, Copy, Default)]
struct Step {
    change: Option<u8>,
    value: u8,
    taken: usize,
    set: Set,
}

/// The best that can be done in `set` at the beginning of `data`, and what all of `data` then takes;
/// `costs` is what is left to take after 0, 1, 2, … of the data, in each set.
///
/// Of equal ways the one without a change is taken, then C, B, A, then the shift.
fn best(set: Set, data: &[u8], costs: &[[u16; 3]]) -> Option<(u16, Step)> {
    let mut best: Option<(u16, Step)> = None;
    let mut offer = |change: Option<u8>, from: Set, set: Set| {
        let Some((value, taken)) = from.value(data) else { return };
        let cost = 1 + u16::from(change.is_some()) + costs[taken][set as usize];
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, Step { change, value, taken, set }));
        }
    };
    offer(None, set, set);
    for other in [Set::C, Set::B, Set::A] {
        offer(Some(other.code()), other, other);
    }
    if set != Set::C {
        offer(Some(SHIFT), if set == Set::A { Set::B } else { Set::A }, set);
    }
    best
}

/// How many symbol characters the data takes from each place on, in each set; the end last.
fn costs(data: &[u8]) -> Vec<[u16; 3]> {
    let mut costs = vec![[0; 3]; data.len() + 1];
    for at in (0..data.len()).rev() {
        for set in [Set::A, Set::B, Set::C] {
            let (cost, _) = best(set, &data[at..], &costs[at..]).unwrap_or_default();
            costs[at][set as usize] = cost;
        }
    }
    costs
}

/// The data of a plain Code 128: ASCII, control characters included.
///
/// Code 128 has a way to write Latin-1 (FNC4) that most scanners are not set up for: refused.
pub(super) fn data(content: &str) -> Result<Vec<u8>, SymbolError> {
    match content.chars().position(|c| !c.is_ascii()) {
        Some(at) => Err(SymbolError::Character(at)),
        None => Ok(content.as_bytes().to_vec()),
    }
}

/// Draws data: ASCII and [`FNC1`].
pub(super) fn encode(data: &[u8]) -> Result<Bars, SymbolError> {
    if data.is_empty() {
        return Err(SymbolError::Empty);
    }
    let values = values(data);
    let mut check = u32::from(values[0]);
    for (place, value) in (1u32..).zip(&values[1..]) {
        check = (check + place * u32::from(*value)) % CHECK;
    }
    let mut widths = Vec::with_capacity(6 * (values.len() + 1) + STOP.len());
    for value in values.into_iter().map(usize::from).chain([check as usize]) {
        let pattern = PATTERNS[value];
        widths.extend((0..6).rev().map(|i| (pattern >> (4 * i)) as u8 & 0xf));
    }
    widths.extend(STOP);
    Ok(Bars::new(widths))
}

/// The values of the symbol characters, from the start to the last of the data.
fn values(data: &[u8]) -> Vec<u8> {
    let costs = costs(data);
    // Of equal starts C, then B: what the standard's own rules would take.
    let [a, b, c] = costs[0];
    let mut set = match (a, b, c) {
        _ if c <= a.min(b) => Set::C,
        _ if b <= a => Set::B,
        _ => Set::A,
    };
    let mut values = vec![set.start()];
    let mut at = 0;
    while let Some((_, step)) = best(set, &data[at..], &costs[at..]) {
        values.extend(step.change);
        values.push(step.value);
        set = step.set;
        at += step.taken;
    }
    values
}
