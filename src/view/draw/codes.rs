//! What is scanned: the barcode by the cashier, the QR code by another phone.

use crate::session::Button;
use crate::symbol::{Bars, Qr, Scale};

use super::super::take::essentials;
use super::super::{Say, Text, VoucherView};
use super::parts;
use super::pen::Pen;

/// How long the bars are, in CSS pixels: a hand holds a scanner level enough for that.
const LEVEL_BARS: &str = "88";
/// The same of a standing barcode, which is longer.
const UPRIGHT_BARS: &str = "128";
/// From here on wider bars are hardly easier to scan, in thousandths of a CSS pixel.
const EASY: u64 = 2_000;

/// The barcode, drawn as wide as scanners need it, or the reason why it is not.
///
/// It says what the backend gave and is for the scanner alone: its digits are not those that are
/// dictated, so they are not written below it.
pub fn barcode(bars: &Bars, view: &VoucherView, pen: &mut Pen) {
    let room = view.device.room;
    let level = room.level(bars.size());
    let is_enough = level.is_some_and(|scale| scale.is_at_least(EASY));
    let is_larger = |upright: &Scale| level.is_none_or(|level| upright.module > level.module);
    let upright = room.upright(bars.size()).filter(|upright| !is_enough && is_larger(upright));
    pen.within("div", "scan", |pen| {
        pen.set("part", "barcode");
        pen.line("h3", "", Say::BarcodeTitle);
        pen.within("div", "bars", |pen| {
            // How wide this is, is measured.
            pen.set("data-room", "");
            match (upright.filter(|_| view.barcode_open), level) {
                (Some(scale), _) => stripes(bars, scale, true, pen),
                (None, Some(scale)) => stripes(bars, scale, false, pen),
                (None, None) => {}
            }
        });
        if upright.is_some() {
            let (large, small) = (Say::LargeBarcode, Say::SmallBarcode);
            parts::toggle(Button::ToggleBarcode, view.barcode_open, large, small, pen);
        }
        let is_there = level.or(upright).is_some();
        pen.line("p", "soft", if is_there { Say::BarcodeHint } else { Say::BarcodeTooFine });
    });
}

fn stripes(bars: &Bars, scale: Scale, upright: bool, pen: &mut Pen) {
    let length = Text::Owned(scale.css(bars.size()));
    let modules = bars.size().to_string();
    picture(Say::BarcodeTitle, pen, |pen| {
        pen.set("preserveAspectRatio", "none");
        if upright {
            pen.set("width", UPRIGHT_BARS);
            pen.set_text("height", length);
            pen.set_text("viewBox", Text::Owned(["0 0 1 ", &modules].concat()));
        } else {
            pen.set_text("width", length);
            pen.set("height", LEVEL_BARS);
            pen.set_text("viewBox", Text::Owned(["0 0 ", &modules, " 1"].concat()));
        }
        pen.within("path", "", |pen| {
            if upright {
                // It swaps the axes.
                pen.set("transform", "matrix(0 1 1 0 0 0)");
            }
            pen.set_text("d", Text::Owned(bars.path()));
        });
    });
}

/// The QR that hands the voucher over to a phone; it is not for the cashier.
pub fn handover(view: &VoucherView, pen: &mut Pen) {
    let Some(qr) = essentials::qr(view, pen.language) else { return };
    let Some(scale) = view.device.room.qr(qr.size()) else { return };
    pen.within("div", "hand", |pen| {
        pen.within("div", "qr", |pen| square(&qr, Some(scale), pen));
        pen.within("div", "", |pen| {
            pen.line("strong", "", Say::HandoverTitle);
            pen.line("p", "soft small", Say::HandoverText);
        });
    });
}

/// A QR code; without a scale the style sheet says how large it is.
pub fn square(qr: &Qr, scale: Option<Scale>, pen: &mut Pen) {
    let side = qr.size().to_string();
    picture(Say::HandoverLabel, pen, |pen| {
        pen.set("part", "qr");
        if let Some(scale) = scale {
            pen.set_text("width", Text::Owned(scale.css(qr.size())));
            pen.set_text("height", Text::Owned(scale.css(qr.size())));
        }
        pen.set_text("viewBox", Text::Owned(["0 0 ", &side, " ", &side].concat()));
        pen.within("path", "", |pen| pen.set_text("d", Text::Owned(qr.path())));
    });
}

/// A symbol for the eye of a machine, with a name for those who hear the page.
#[inline(always)]
fn picture(label: Say, pen: &mut Pen, inside: impl FnOnce(&mut Pen)) {
    pen.within("svg", "", |pen| {
        pen.set("role", "img");
        pen.set("aria-label", label.text(pen.language));
        pen.set("shape-rendering", "crispEdges");
        inside(pen);
    });
}
