//! A text in the modes of a QR code, in as few bits as they allow (ISO/IEC 18004, 7.4).
//!
//! Digits alone take a third of a byte, upper case and some signs two thirds; each change of mode
//! costs a header. Kanji mode is left out: it would take bytes of UTF-8 for Japanese.

use super::{SymbolError, correction};

/// A way to write characters.
struct Mode {
    indicator: u16,
    /// How many bits say how many characters follow: in versions to 9, to 26, to 40.
    length_bits: [usize; 3],
    /// What a character takes. Costs are counted in sixths of a bit: three digits take 10 bits, two
    /// alphanumerics 11.
    units: usize,
    /// How many characters are written together.
    together: usize,
}

const MODES: [Mode; 3] = [
    Mode { indicator: 4, length_bits: [8, 16, 16], units: 48, together: 1 },
    Mode { indicator: 2, length_bits: [9, 11, 13], units: 33, together: 2 },
    Mode { indicator: 1, length_bits: [10, 12, 14], units: 20, together: 3 },
];
const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const UNITS: usize = 6;
const UNREACHABLE: usize = usize::MAX / 2;
/// What fills the codewords that are left.
const PADDING: [u8; 2] = [0xec, 0x11];

/// The smallest version that holds the text, and all of its codewords of data.
pub(super) fn encode(text: &[u8]) -> Result<(usize, Vec<u8>), SymbolError> {
    // The headers' lengths, and so the best segments, are the same within each range of versions.
    for (range, mut versions) in [1..=9, 10..=26, 27..=40].into_iter().enumerate() {
        let segments = segments(text, range);
        let length: usize = segments.iter().map(|(mode, n)| mode.head(range) + mode.bits(*n)).sum();
        if let Some(version) = versions.find(|version| length <= 8 * correction::capacity(*version)) {
            return Ok((version, write(&segments, text, range, correction::capacity(version))));
        }
    }
    Err(SymbolError::TooLong)
}

impl Mode {
    /// The bits of a segment's header.
    fn head(&self, range: usize) -> usize {
        4 + self.length_bits[range]
    }

    /// The bits of so many characters.
    fn bits(&self, n: usize) -> usize {
        (n * self.units).div_ceil(UNITS)
    }

    /// What a character stands for, where this mode has it.
    fn value(&self, byte: u8) -> Option<u16> {
        let place = || ALPHANUMERIC.iter().position(|c| *c == byte);
        match self.together {
            1 => Some(u16::from(byte)),
            together => place().filter(|place| together == 2 || *place < 10).map(|place| place as u16),
        }
    }
}

/// The modes and how many bytes each takes in, in order.
fn segments(text: &[u8], range: usize) -> Vec<(&'static Mode, usize)> {
    let heads = [0, 1, 2].map(|mode| MODES[mode].head(range) * UNITS);
    let mut costs = heads;
    // By byte and by the mode that the next byte is in: the mode that this byte is in.
    let mut modes = Vec::with_capacity(text.len());
    for byte in text {
        costs = [0, 1, 2].map(|i| match MODES[i].value(*byte) {
            Some(_) => costs[i] + MODES[i].units,
            None => UNREACHABLE,
        });
        let here = costs;
        let mut via = [0, 1, 2];
        for (next, head) in heads.iter().enumerate() {
            for (mode, cost) in here.iter().enumerate() {
                // A segment ends with a whole bit.
                let cost = cost.next_multiple_of(UNITS) + head;
                if cost < costs[next] {
                    (costs[next], via[next]) = (cost, mode);
                }
            }
        }
        modes.push(via);
    }
    let mut mode = (0..MODES.len()).min_by_key(|mode| costs[*mode]).unwrap_or(0);
    let mut segments: Vec<(&Mode, usize)> = Vec::new();
    let mut last = MODES.len();
    for via in modes.into_iter().rev() {
        mode = via[mode];
        match segments.last_mut() {
            Some((_, n)) if mode == last => *n += 1,
            _ => segments.push((&MODES[mode], 1)),
        }
        last = mode;
    }
    segments.reverse();
    segments
}

fn write(segments: &[(&Mode, usize)], text: &[u8], range: usize, capacity: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    let mut rest = text.iter();
    for (mode, n) in segments {
        bits.push(mode.indicator, 4);
        bits.push(*n as u16, mode.length_bits[range]);
        for start in (0..*n).step_by(mode.together) {
            let n = mode.together.min(n - start);
            let base = if mode.together == 2 { 45 } else { 10 };
            let values = rest.by_ref().take(n).filter_map(|byte| mode.value(*byte));
            bits.push(values.fold(0, |value, next| base * value + next), mode.bits(n));
        }
    }
    // Four zeros end the text, where there is room for them.
    bits.push(0, (8 * capacity - bits.length).min(4));
    let left = capacity - bits.bytes.len();
    bits.bytes.extend(PADDING.iter().cycle().take(left));
    bits.bytes
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    length: usize,
}

impl Bits {
    /// Adds the lowest `n` bits of a value, the highest of them first.
    fn push(&mut self, value: u16, n: usize) {
        for bit in (0..n).rev() {
            if self.length.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> bit & 1) as u8) << (7 - self.length % 8);
            }
            self.length += 1;
        }
    }
}
