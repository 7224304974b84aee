//! QR codes (ISO/IEC 18004).

use core::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

use super::SymbolError;

/// The light margin that the standard asks for, in modules.
const QUIET_ZONE: usize = 4;

/// A QR code: a square of dark and light modules, in the smallest version that holds its text.
#[derive(Clone, Debug)]
pub struct Qr {
    width: usize,
    modules: Vec<Color>,
}

impl Qr {
    /// Encodes a text with error correction level M (15 % of the codewords).
    pub fn encode(text: &str) -> Result<Qr, SymbolError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| SymbolError::TooLong)?;
        Ok(Qr { width: code.width(), modules: code.into_colors() })
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
        let mut path = String::new();
        for y in 0..self.size() {
            let mut x = 0;
            while x < self.size() {
                let run = (x..self.size()).take_while(|x| self.is_dark(*x, y)).count();
                if run > 0 {
                    // Writing to a String cannot fail.
                    let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
                }
                x += run.max(1);
            }
        }
        path
    }
}
