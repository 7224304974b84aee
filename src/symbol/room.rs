//! How large a symbol can be drawn, in whole device pixels a module.
//!
//! A module that is not a whole number of device pixels wide is drawn now wider, now narrower, and
//! scanners measure just that.

/// The finest barcode module that is drawn, in thousandths of a CSS pixel: 0.16 mm on a phone, where a
/// CSS pixel is 1/160 inch. Hand-held imagers, the scanners that read screens at all, resolve 0.13 mm.
const FINEST_BAR: u64 = 1_000;
/// Wider bars are no easier to scan, in thousandths of a CSS pixel.
const WIDEST_BAR: u64 = 3_000;
/// The finest QR module that a phone's camera reads from a screen, in thousandths of a CSS pixel.
const FINEST_QR: u64 = 3_000;
/// How long a QR code's side may be where its modules are not the finest, in CSS pixels.
const QR_SIDE: u64 = 164;
/// How long it may be at most, in CSS pixels: a column of the voucher on a narrow phone.
const LONGEST_QR_SIDE: u32 = 316;

/// The room that a screen has for a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// How wide a symbol may be, in CSS pixels.
    pub width: u32,
    /// How high the window is, in CSS pixels.
    pub height: u32,
    /// Device pixels to 1000 CSS pixels.
    pub ratio: u32,
}

impl Default for Room {
    /// A narrow phone with coarse pixels: what fits there fits anywhere.
    fn default() -> Room {
        Room { width: 318, height: 640, ratio: 1_000 }
    }
}

/// The size of a symbol on a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Device pixels to a module.
    pub module: u32,
    /// Device pixels to 1000 CSS pixels.
    ratio: u32,
}

impl Room {
    /// A barcode of so many modules, lying. None where it would be too fine to scan.
    pub fn level(self, modules: usize) -> Option<Scale> {
        self.bars(modules, self.width)
    }

    /// A barcode of so many modules, standing. None where it would be too fine to scan.
    pub fn upright(self, modules: usize) -> Option<Scale> {
        self.bars(modules, self.height)
    }

    /// A QR code of so many modules a side. None where a camera could not read it.
    pub fn qr(self, modules: usize) -> Option<Scale> {
        let wanted = self.device(QR_SIDE * 1_000) / modules as u64;
        let module = wanted.max(self.device(FINEST_QR)).min(self.longest(LONGEST_QR_SIDE, modules));
        // A device with coarse pixels may come a little closer to its finest.
        self.scale(module, FINEST_QR * 2 / 3)
    }

    fn bars(self, modules: usize, length: u32) -> Option<Scale> {
        let widest = self.device(WIDEST_BAR).max(1);
        self.scale(widest.min(self.longest(length, modules)), FINEST_BAR)
    }

    /// The most device pixels a module that keep `modules` within `length` CSS pixels.
    fn longest(self, length: u32, modules: usize) -> u64 {
        self.device(u64::from(length) * 1_000) / modules.max(1) as u64
    }

    /// Whole device pixels within thousandths of a CSS pixel.
    fn device(self, thousandths: u64) -> u64 {
        thousandths * u64::from(self.ratio) / 1_000_000
    }

    fn scale(self, module: u64, finest: u64) -> Option<Scale> {
        let is_coarse = module * 1_000_000 >= finest * u64::from(self.ratio);
        let module = u32::try_from(module).ok()?;
        (module > 0 && is_coarse).then_some(Scale { module, ratio: self.ratio })
    }
}

impl Scale {
    /// How long so many modules are in CSS pixels, as an attribute takes it: `163.809`.
    pub fn css(self, modules: usize) -> String {
        let device = modules as u64 * u64::from(self.module);
        let thousandths = device * 1_000_000 / u64::from(self.ratio.max(1));
        let rest = (thousandths % 1_000 + 1_000).to_string();
        let whole = (thousandths / 1_000).to_string();
        match rest.get(1..).map(|rest| rest.trim_end_matches('0')) {
            None | Some("") => whole,
            Some(rest) => [&whole, ".", rest].concat(),
        }
    }

    /// Whether a module is at least this many thousandths of a CSS pixel wide.
    pub fn is_at_least(self, thousandths: u64) -> bool {
        u64::from(self.module) * 1_000_000 >= thousandths * u64::from(self.ratio)
    }
}
