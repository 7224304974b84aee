//! The essentials as an image: readable in a gallery, and where a chat has shrunk it.

use crate::language::Language;
use crate::symbol::Bars;

use super::super::{Say, VoucherView, draw};
use super::essentials;

const WIDTH: u32 = 1080;
/// How high the band along the upper edge is.
const BAND: u32 = 24;
const MARGIN: u32 = 72;
const PADDING: u32 = 40;
/// The most that a text may be wide.
const INSIDE: u32 = WIDTH - 2 * MARGIN;

const INK: &str = "#16202c";
const SOFT: &str = "#4c5a67";
const ACCENT: &str = "#ffd21f";
const TICKET: &str = "#fffbea";
const LINE: &str = "#e9d98a";
const BLACK: &str = "#000";
const WHITE: &str = "#fff";

const CODE_SIZE: u32 = 96;
/// How many characters of a code stand on a line, the gaps between groups included.
const CODE_LINE: usize = 15;
const BARS_HEIGHT: u32 = 160;
const QR_SIDE: u32 = 328;

/// Something to draw, in pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it is.
    pub shape: Shape,
    /// Its colour.
    pub color: &'static str,
    /// What it says; path data for modules.
    pub text: String,
    /// Where it begins: left and top, of words the line that they stand on.
    pub at: [u32; 2],
    /// Width and height: of words the most they may be wide and the size of their letters, of modules
    /// that of each.
    pub size: [u32; 2],
}

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A rectangle.
    Area,
    /// A line of text.
    Words,
    /// A line of text in bold letters.
    Bold,
    /// The dark modules of a symbol.
    Modules,
}

/// Draws the essentials: marks one over the other, of which the first is the ground of the whole image.
pub fn poster(view: &VoucherView, language: Language) -> Vec<Mark> {
    let mut sheet = Sheet { marks: Vec::new(), y: 0, left: MARGIN, width: INSIDE };
    // How high the ground is will be known in the end.
    sheet.area(WHITE, [0, 0], [WIDTH, 0]);
    sheet.area(ACCENT, [0, 0], [WIDTH, BAND]);
    sheet.y = BAND + 40;
    sheet.text(&draw::voucher_title(view, language), INK, 64, Shape::Bold);
    sheet.text(&essentials::order(view, language), SOFT, 38, Shape::Words);
    sheet.y += 32;
    ticket(view, language, &mut sheet);
    sheet.y += 48;
    if let Some(deadline) = essentials::deadline(view, language) {
        sheet.text(essentials::before(view).text(language), SOFT, 38, Shape::Words);
        sheet.text(&deadline, INK, 54, Shape::Bold);
        sheet.text(&essentials::until(view, language), SOFT, 34, Shape::Words);
        sheet.y += 40;
    }
    if let Some(bars) = essentials::bars(view) {
        stripes(&bars, &mut sheet);
    }
    handover(view, language, &mut sheet);
    if let Some(as_of) = essentials::as_of(view, language) {
        sheet.text(&as_of, SOFT, 32, Shape::Words);
    }
    let mut marks = sheet.marks;
    marks[0].size[1] = sheet.y + 48;
    marks
}

/// What is dictated, on a ground of its own.
fn ticket(view: &VoucherView, language: Language, sheet: &mut Sheet) {
    let (top, place) = (sheet.y, sheet.marks.len());
    sheet.area(LINE, [MARGIN - 3, top - 3], [INSIDE + 6, 0]);
    sheet.area(TICKET, [MARGIN, top], [INSIDE, 0]);
    sheet.left += PADDING;
    sheet.width -= 2 * PADDING;
    sheet.y += 28;
    let first = sheet.y;
    essentials::each_fact(view, language, &mut |label, groups| {
        if sheet.y > first {
            sheet.area(LINE, [MARGIN, sheet.y], [INSIDE, 3]);
            sheet.y += 28;
        }
        if groups.is_empty() {
            sheet.text(label, INK, 46, Shape::Bold);
        } else {
            sheet.text(label, SOFT, 38, Shape::Words);
            sheet.code(groups);
        }
        sheet.y += 24;
    });
    sheet.left -= PADDING;
    sheet.width += 2 * PADDING;
    let height = sheet.y - top;
    sheet.marks[place].size[1] = height + 6;
    sheet.marks[place + 1].size[1] = height;
}

/// A barcode, where two pixels a module or more fit.
fn stripes(bars: &Bars, sheet: &mut Sheet) {
    let size = bars.size() as u32;
    let module = (WIDTH / size).min(5);
    if module < 2 {
        return;
    }
    let at = [(WIDTH - size * module) / 2, sheet.y];
    sheet.add(Shape::Modules, BLACK, bars.path(), at, [module, BARS_HEIGHT]);
    sheet.y += BARS_HEIGHT + 40;
}

/// The QR code, and beside it what it is for.
fn handover(view: &VoucherView, language: Language, sheet: &mut Sheet) {
    let Some(qr) = essentials::qr(view, language) else { return };
    let size = qr.size() as u32;
    // Large codes get the width that they need.
    let module = (QR_SIDE / size).max(4);
    let side = size * module;
    if side > INSIDE {
        return;
    }
    // The code's own margin is white, as is the ground.
    let at = [MARGIN - 4 * module.min(MARGIN / 4), sheet.y];
    sheet.add(Shape::Modules, BLACK, qr.path(), at, [module, module]);
    let bottom = sheet.y + side;
    let beside = at[0] + side;
    if beside + 360 < WIDTH - MARGIN {
        sheet.left = beside;
        sheet.width = WIDTH - MARGIN - beside;
        sheet.y += 4 * module;
    } else {
        sheet.y = bottom;
    }
    sheet.text(Say::HandoverTitle.text(language), INK, 42, Shape::Bold);
    sheet.text(Say::HandoverText.text(language), SOFT, 34, Shape::Words);
    sheet.left = MARGIN;
    sheet.width = INSIDE;
    sheet.y = sheet.y.max(bottom) + 24;
}

struct Sheet {
    marks: Vec<Mark>,
    /// Where the next thing begins.
    y: u32,
    left: u32,
    width: u32,
}

impl Sheet {
    fn add(&mut self, shape: Shape, color: &'static str, text: String, at: [u32; 2], size: [u32; 2]) {
        self.marks.push(Mark { shape, color, text, at, size });
    }

    fn area(&mut self, color: &'static str, at: [u32; 2], size: [u32; 2]) {
        self.add(Shape::Area, color, String::new(), at, size);
    }

    /// A text on as many lines as it needs.
    fn text(&mut self, text: &str, color: &'static str, size: u32, shape: Shape) {
        // What letters of usual fonts are wide on average, in hundredths of their size.
        let letter = if shape == Shape::Bold { 58 } else { 52 };
        let fitting = (self.width * 100 / (size * letter)) as usize;
        let mut line = String::new();
        for word in text.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > fitting {
                self.line(std::mem::take(&mut line), color, size, shape);
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.line(line, color, size, shape);
    }

    /// A code in its groups, on lines of about the same length.
    fn code(&mut self, groups: &[&str]) {
        let length: usize = groups.iter().map(|group| group.len() + 1).sum();
        let n_lines = length.saturating_sub(1).div_ceil(CODE_LINE).clamp(1, groups.len().max(1));
        for groups in groups.chunks(groups.len().div_ceil(n_lines).max(1)) {
            self.line(groups.join("\u{2002}"), INK, CODE_SIZE, Shape::Bold);
        }
    }

    fn line(&mut self, text: String, color: &'static str, size: u32, shape: Shape) {
        let at = [self.left, self.y + size];
        self.y += size * 13 / 10;
        self.add(shape, color, text, at, [self.width, size]);
    }
}
