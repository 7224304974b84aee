//! QR codes (ISO/IEC 18004).

use qrcode::canvas::Canvas;
use qrcode::{Color, EcLevel, Version};

use super::svg::{self, Svg};
use super::{SymbolError, correction, mask, segments};

/// The light margin that the standard asks for, in modules.
const QUIET_ZONE: usize = 4;

/// A QR code: a square of dark and light modules, in the smallest version that holds its text.
#[derive(Clone, Debug)]
pub struct Qr {
    width: usize,
    modules: Vec<Color>,
}

impl Qr {
    /// Encodes a text as UTF-8 with error correction level M (15 % of the codewords).
    pub fn encode(text: &str) -> Result<Qr, SymbolError> {
        if text.is_empty() {
            return Err(SymbolError::Empty);
        }
        let (version, data) = segments::encode(text.as_bytes())?;
        let [data, corrections] = correction::interleaved(version, &data);
        let mut canvas = Canvas::new(Version::Normal(version as i16), EcLevel::M);
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &corrections);
        let width = 4 * version + 17;
        Ok(Qr { width, modules: mask::masked(&canvas, width) })
    }

    /// Modules a side, quiet zone included.
    pub fn size(&self) -> usize {
        self.width + 2 * QUIET_ZONE
    }

    /// Whether the module at `x`, `y` is dark; the quiet zone is light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |i: usize| i.checked_sub(QUIET_ZONE).filter(|i| *i < self.width);
        match (inside(x), inside(y)) {
            (Some(x), Some(y)) => self.modules[y * self.width + x] == Color::Dark,
            _ => false,
        }
    }

    /// The dark modules as SVG path data, in a view box from 0 to [`Qr::size`], quiet zone included.
    pub fn path(&self) -> String {
        // A quarter of the modules begin a rectangle, told in up to sixteen characters.
        let mut path = String::with_capacity(4 * self.size() * self.size());
        for y in 0..self.size() {
            let mut x = 0;
            while x < self.size() {
                let run = (x..self.size()).take_while(|x| self.is_dark(*x, y)).count();
                if run > 0 {
                    svg::rectangle(&mut path, x, y, run);
                }
                x += run.max(1);
            }
        }
        path
    }

    /// A whole SVG document: two pixels a module, black on white.
    pub fn to_svg(&self) -> String {
        Svg { width: self.size(), height: self.size(), stretch: 1, path: self.path() }.to_string()
    }
}
