//! A linear barcode: bars and spaces side by side.

use super::svg::{self, Svg};

/// The light margin on either side that Code 128, GS1-128 and ITF ask for, in modules.
const QUIET_ZONE: usize = 10;

/// A linear barcode: widths in modules, a bar first, then a space, and so on, ending with a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    widths: Vec<u8>,
}

impl Bars {
    pub(super) fn new(widths: Vec<u8>) -> Bars {
        Bars { widths }
    }

    /// The widths of bars and spaces in turn, without the quiet zones.
    pub fn widths(&self) -> &[u8] {
        &self.widths
    }

    /// Modules from end to end, both quiet zones included.
    pub fn size(&self) -> usize {
        self.widths.iter().map(|width| usize::from(*width)).sum::<usize>() + 2 * QUIET_ZONE
    }

    /// The bars as SVG path data, in a view box [`Bars::size`] wide and 1 high, quiet zones included.
    pub fn path(&self) -> String {
        let mut path = String::new();
        let mut x = QUIET_ZONE;
        for (i, width) in self.widths.iter().enumerate() {
            let width = usize::from(*width);
            if i % 2 == 0 {
                svg::rectangle(&mut path, x, 0, width);
            }
            x += width;
        }
        path
    }

    /// A whole SVG document: two device-independent pixels a module, black on white.
    pub fn to_svg(&self) -> String {
        // A seventh of the length, as GS1 asks of Code 128, and at least what a hand holds level.
        const LEAST_HEIGHT: usize = 40;
        let height = (self.size() / 7).max(LEAST_HEIGHT);
        Svg { width: self.size(), height, stretch: height, path: self.path() }.to_string()
    }
}
