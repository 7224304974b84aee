//! The mask of a QR code: of the eight, the one that disturbs readers least (ISO/IEC 18004, 7.8.3).

use qrcode::Color;
use qrcode::canvas::{Canvas, MaskPattern};

const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];
/// What finder patterns look like along a line.
const FINDER: u32 = 0b101_1101;

/// The modules under the best mask, row by row.
pub(super) fn masked(canvas: &Canvas, width: usize) -> Vec<Color> {
    let mut best = (u32::MAX, Vec::new());
    for mask in MASKS {
        let mut canvas = canvas.clone();
        canvas.apply_mask(mask);
        let modules = canvas.into_colors();
        let penalty = penalty(&modules, width);
        if penalty < best.0 {
            best = (penalty, modules);
        }
    }
    best.1
}

fn penalty(modules: &[Color], width: usize) -> u32 {
    let mut penalty = 0;
    for i in 0..width {
        penalty += line(modules, i * width, 1, width) + line(modules, i, width, width);
    }
    for (above, below) in modules.chunks_exact(width).zip(modules.chunks_exact(width).skip(1)) {
        for (above, below) in above.windows(2).zip(below.windows(2)) {
            if above == below && above[0] == above[1] {
                penalty += 3;
            }
        }
    }
    let dark = modules.iter().filter(|module| **module == Color::Dark).count();
    penalty + (dark * 200 / modules.len()).abs_diff(100) as u32
}

/// Long runs of one colour, and what could be taken for a finder pattern, in a row or column.
fn line(modules: &[Color], start: usize, step: usize, width: usize) -> u32 {
    let (mut penalty, mut run, mut before) = (0, 0, false);
    // The modules so far, the last one lowest. It is light beyond the edges.
    let mut seen = 0_u32;
    for i in 0..width + 4 {
        let dark = i < width && modules[start + i * step] == Color::Dark;
        seen = seen << 1 | u32::from(dark);
        if seen >> 4 & 0x7f == FINDER && (seen & 0xf == 0 || seen >> 11 & 0xf == 0) {
            penalty += 40;
        }
        if i < width && dark == before {
            run += 1;
            continue;
        }
        if run >= 5 {
            penalty += run - 2;
        }
        (run, before) = (1, dark);
    }
    penalty
}
