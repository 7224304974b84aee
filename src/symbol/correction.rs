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
/// The powers of 2 stay in the field by x⁸ = x⁴ + x³ + x² + 1.
const POLYNOMIAL: u8 = 0x1d;

/// How many codewords of data a version holds.
pub(super) fn capacity(version: usize) -> usize {
    let [n_corrections, n_blocks] = blocks(version);
    codewords(version) - n_corrections * n_blocks
}

/// All the codewords of data that a version holds, and their correction, in the order in which they are
/// drawn: of each block the first, then of each the second.
pub(super) fn interleaved(version: usize, data: &[u8]) -> [Vec<u8>; 2] {
    let [n_corrections, n_blocks] = blocks(version);
    let field = Field::new();
    let generator = field.generator(n_corrections);
    let (mut blocks, mut corrections) = (Vec::new(), Vec::new());
    let mut rest = data;
    for left in (1..=n_blocks).rev() {
        // The blocks that are one longer come last.
        let Some((block, tail)) = rest.split_at_checked(rest.len() / left) else { break };
        rest = tail;
        corrections.push(field.remainder(block, &generator));
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

/// The field of 256 elements: the powers of 2, and of which power each element is.
struct Field {
    powers: [u8; 255],
    logarithms: [u8; 256],
}

impl Field {
    fn new() -> Field {
        let mut field = Field { powers: [0; 255], logarithms: [0; 256] };
        let mut power = 1;
        for (place, i) in field.powers.iter_mut().zip(0..) {
            *place = power;
            field.logarithms[usize::from(power)] = i;
            power = (power << 1) ^ ((power >> 7) * POLYNOMIAL);
        }
        field
    }

    /// An element times this power of 2.
    fn shifted(&self, element: u8, power: usize) -> u8 {
        if element == 0 {
            return 0;
        }
        self.powers[(usize::from(self.logarithms[usize::from(element)]) + power) % 255]
    }

    /// The product of x - 2⁰, x - 2¹, …, without its highest power, which is 1.
    fn generator(&self, degree: usize) -> Vec<u8> {
        let mut product = vec![0; degree];
        product[degree - 1] = 1;
        for root in 0..degree {
            for i in 0..degree {
                let next = product.get(i + 1).copied().unwrap_or_default();
                product[i] = self.shifted(product[i], root) ^ next;
            }
        }
        product
    }

    /// What is left of a block, followed by as many zeros, when it is divided by the generator.
    fn remainder(&self, block: &[u8], generator: &[u8]) -> Vec<u8> {
        let mut remainder = vec![0; generator.len()];
        for byte in block {
            let factor = byte ^ remainder[0];
            remainder.rotate_left(1);
            remainder[generator.len() - 1] = 0;
            if factor == 0 {
                continue;
            }
            let power = usize::from(self.logarithms[usize::from(factor)]);
            for (left, coefficient) in remainder.iter_mut().zip(generator) {
                *left ^= self.shifted(*coefficient, power);
            }
        }
        remainder
    }
}
