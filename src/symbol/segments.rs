//! A text in the modes of a QR code, in as few bits as they allow (ISO/IEC 18004, 7.4).
//!
//! Digits alone take a third of a byte, upper case and some signs two thirds; each change of mode
//! costs a header. Kanji mode is left out: it would take bytes of UTF-8 for Japanese.

use qrcode::bits::Bits;
use qrcode::types::Mode;
use qrcode::{EcLevel, Version};

use super::SymbolError;

const MODES: [Mode; 3] = [Mode::Byte, Mode::Alphanumeric, Mode::Numeric];

/// Costs are counted in sixths of a bit: three digits take 10 bits, two alphanumerics 11.
const UNITS: usize = 6;
const UNREACHABLE: usize = usize::MAX / 2;

/// The text's bits in the smallest version that holds them.
pub(super) fn encode(text: &[u8], level: EcLevel) -> Result<Bits, SymbolError> {
    // The headers' lengths, and so the best segments, are the same within each range of versions.
    for versions in [1..=9, 10..=26, 27..=40] {
        let segments = segments(text, Version::Normal(*versions.end()));
        for version in versions {
            if let Some(bits) = push(&segments, text, Version::Normal(version), level) {
                return Ok(bits);
            }
        }
    }
    Err(SymbolError::TooLong)
}

/// The whole of the bits, where `version` holds them.
fn push(segments: &[(Mode, usize)], text: &[u8], version: Version, level: EcLevel) -> Option<Bits> {
    let mut bits = Bits::new(version);
    let length: usize =
        segments.iter().map(|(mode, n)| 4 + mode.length_bits_count(version) + mode.data_bits_count(*n)).sum();
    if length > bits.max_len(level).ok()? {
        return None;
    }
    let mut rest = text;
    for (mode, n) in segments {
        let (data, tail) = rest.split_at_checked(*n)?;
        rest = tail;
        match mode {
            Mode::Numeric => bits.push_numeric_data(data),
            Mode::Alphanumeric => bits.push_alphanumeric_data(data),
            _ => bits.push_byte_data(data),
        }
        .ok()?;
    }
    bits.push_terminator(level).ok()?;
    Some(bits)
}

/// The modes and how many bytes each takes in, in order.
fn segments(text: &[u8], version: Version) -> Vec<(Mode, usize)> {
    let heads = MODES.map(|mode| (4 + mode.length_bits_count(version)) * UNITS);
    let mut costs = heads;
    // By byte and by the mode that the next byte is in: the mode that this byte is in.
    let mut modes = Vec::with_capacity(text.len());
    for byte in text {
        costs = [0, 1, 2].map(|i| units(MODES[i], *byte).map_or(UNREACHABLE, |more| costs[i] + more));
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
    let mut segments: Vec<(Mode, usize)> = Vec::new();
    for via in modes.into_iter().rev() {
        mode = via[mode];
        match segments.last_mut() {
            Some((last, n)) if *last == MODES[mode] => *n += 1,
            _ => segments.push((MODES[mode], 1)),
        }
    }
    segments.reverse();
    segments
}

/// What a byte takes in a mode that can hold it.
fn units(mode: Mode, byte: u8) -> Option<usize> {
    match mode {
        Mode::Numeric => byte.is_ascii_digit().then_some(20),
        Mode::Alphanumeric => {
            let is_held = byte.is_ascii_digit() || byte.is_ascii_uppercase() || b" $%*+-./:".contains(&byte);
            is_held.then_some(33)
        }
        _ => Some(48),
    }
}
