//! Interleaved two of five (ISO/IEC 16390): pairs of digits, one in the bars, one in the spaces.

use super::{Bars, SymbolError};

/// Of the five elements of a digit two are wide; the first is the leftmost.
const WIDE: [[bool; 5]; 10] = {
    const N: bool = false;
    const W: bool = true;
    [
        [N, N, W, W, N],
        [W, N, N, N, W],
        [N, W, N, N, W],
        [W, W, N, N, N],
        [N, N, W, N, W],
        [W, N, W, N, N],
        [N, W, W, N, N],
        [N, N, N, W, W],
        [W, N, N, W, N],
        [N, W, N, W, N],
    ]
};

/// A wide element, in modules: fine symbols need more than twice the width of a narrow one.
const WIDE_MODULES: u8 = 3;
const START: [u8; 4] = [1; 4];
const STOP: [u8; 3] = [WIDE_MODULES, 1, 1];

/// Draws an even number of digits: a leading zero would make another number.
pub(super) fn encode(content: &str) -> Result<Bars, SymbolError> {
    if content.is_empty() {
        return Err(SymbolError::Empty);
    }
    if let Some(at) = content.chars().position(|c| !c.is_ascii_digit()) {
        return Err(SymbolError::Character(at));
    }
    if content.len() % 2 == 1 {
        return Err(SymbolError::OddLength);
    }
    let mut widths = START.to_vec();
    for pair in content.as_bytes().chunks_exact(2) {
        let [bars, spaces] = [pair[0], pair[1]].map(|digit| WIDE[usize::from(digit - b'0')]);
        for (bar, space) in bars.into_iter().zip(spaces) {
            widths.extend([bar, space].map(|wide| if wide { WIDE_MODULES } else { 1 }));
        }
    }
    widths.extend(STOP);
    Ok(Bars::new(widths))
}
