//! The codewords of a QR code at level M, which repairs 15 % of them (ISO/IEC 18004, 7.5).
//!
//! What the standard has tables for is worked out here: they would weigh more than all the rest.

/// By version, from 1: the correction codewords of a block, and the blocks.
#[rustfmt::skip]
const BLOCKS: [[u8; 2]; 40] = [
    [10, 1], [16, 1], [26, 1], [18, 2], [24, 2], [16, 4], [18, 4], [22, 4], [22, 5], [26, 5],
    [30, 5], [22, 8], [22, 9], [24, 9], [24, 10], [28, 10], [28, 11], [26, 13], [26, 14], [26, 16],
    [26, 17], [28, 17], [28, 18], [28, 20], [28, 21], [28, 23], [28, 25], [28, 26], [28, 28], [28, 29],
    [28, 31], [28, 33], [28, 35], [28, 37], [28, 38], [28, 40], [28, 43], [28, 45], [28, 47], [28, 49],
];
/// The powers of 2 in the field of 256 elements stay in it by x⁸ = x⁴ + x³ + x² + 1.
const FIELD: u8 = 0x1d;

/// How many codewords of data a version holds.
pub(super) fn capacity(version: usize) -> usize {
    let [n_corrections, n_blocks] = blocks(version);
    codewords(version) - n_corrections * n_blocks
}

/// All the codewords of data that a version holds, and their correction, in the order in which they are
/// drawn: of each block the first, then of each the second.
pub(super) fn interleaved(version: usize, data: &[u8]) -> [Vec<u8>; 2] {
    let [n_corrections, n_blocks] = blocks(version);
    let generator = generator(n_corrections);
    let (mut blocks, mut corrections) = (Vec::new(), Vec::new());
    let mut rest = data;
    for left in (1..=n_blocks).rev() {
        // The blocks that are one longer come last.
        let Some((block, tail)) = rest.split_at_checked(rest.len() / left) else { break };
        rest = tail;
        corrections.push(remainder(block, &generator));
        blocks.push(block);
    }
    [in_turns(&blocks), in_turns(&corrections)]
}

fn blocks(version: usize) -> [usize; 2] {
    BLOCKS[version - 1].map(usize::from)
}

/// What is left of the square without the patterns that readers find it by, in bytes.
fn codewords(version: usize) -> usize {
    let mut modules = (16 * version + 128) * version + 64;
    if version > 1 {
        let n_alignments = version / 7 + 2;
        modules -= (25 * n_alignments - 10) * n_alignments - 55;
    }
    if version > 6 {
        modules -= 36;
    }
    modules / 8
}

fn in_turns(blocks: &[impl AsRef<[u8]>]) -> Vec<u8> {
    let longest = blocks.last().map_or(0, |block| block.as_ref().len());
    (0..longest).flat_map(|i| blocks.iter().filter_map(move |block| block.as_ref().get(i).copied())).collect()
}

/// The product of x - 2⁰, x - 2¹, …, without its highest power, which is 1.
fn generator(degree: usize) -> Vec<u8> {
    let mut product = vec![0; degree];
    product[degree - 1] = 1;
    let mut root = 1;
    for _ in 0..degree {
        for i in 0..degree {
            let next = product.get(i + 1).copied().unwrap_or_default();
            product[i] = times(product[i], root) ^ next;
        }
        root = times(root, 2);
    }
    product
}

/// What is left of a block, followed by as many zeros, when it is divided by the generator.
fn remainder(block: &[u8], generator: &[u8]) -> Vec<u8> {
    let mut remainder = vec![0; generator.len()];
    for byte in block {
        let factor = byte ^ remainder[0];
        remainder.rotate_left(1);
        remainder[generator.len() - 1] = 0;
        for (left, coefficient) in remainder.iter_mut().zip(generator) {
            *left ^= times(*coefficient, factor);
        }
    }
    remainder
}

fn times(a: u8, b: u8) -> u8 {
    (0..8).rev().fold(0, |product: u8, bit| {
        let doubled = (product << 1) ^ ((product >> 7) * FIELD);
        doubled ^ ((b >> bit & 1) * a)
    })
}
