//! The voucher on paper: one page, black on white.

use crate::language::Language;
use crate::symbol::Bars;

use super::super::take::essentials;
use super::super::{Element, Say, Text, VoucherView};
use super::pen::Pen;
use super::{codes, counter, parts, voucher};

/// How many modules of a fifth of a millimetre, the finest that common scanners read from paper, a page
/// holds between its margins: a roll of 80 mm, A6, A5, A4. The style sheet knows the same pages.
const PAGES: [(usize, &str); 4] = [(316, "bars"), (441, "bars a6"), (656, "bars a5"), (966, "bars a4")];

/// The printed page.
pub fn page(view: &VoucherView, language: Language) -> Element {
    Pen::draw(language, "div", "page", |pen| {
        pen.set("lang", language.tag());
        pen.note("h1", "", &voucher::title(view, language));
        pen.note("p", "", &essentials::order(view, language));
        // The smallest page has room in large letters for one network.
        pen.within("dl", if view.voucher.networks.len() > 1 { "dense" } else { "" }, |pen| {
            essentials::each_fact(view, language, &mut |label, groups| row(label, groups, pen));
        });
        if let Some(deadline) = essentials::deadline(view, language) {
            pen.within("p", "", |pen| {
                pen.say(essentials::before(view));
                pen.words(" ");
                pen.note("b", "", &deadline);
                pen.words(" ");
                pen.words(&essentials::until(view, language));
            });
        }
        if let Some(bars) = essentials::bars(view) {
            stripes(&bars, pen);
        }
        counter::steps(view, false, pen);
        pen.within("div", "hand", |pen| {
            let qr = essentials::qr(view, language);
            if let Some(qr) = &qr {
                codes::square(qr, None, pen);
            }
            pen.within("div", "", |pen| {
                if qr.is_some() {
                    pen.line("p", "", Say::HandoverText);
                }
                pen.note("p", "", &essentials::as_of(view, language).unwrap_or_default());
            });
        });
    })
}

fn row(label: &str, groups: &[&str], pen: &mut Pen) {
    pen.within("div", "", |pen| {
        pen.note("dt", "", label);
        if !groups.is_empty() {
            pen.within("dd", "", |pen| parts::code("", groups, pen));
        }
    });
}

/// A third of a millimetre a module, or what the page has. Where that is too fine, the style sheet shows
/// what to do instead.
fn stripes(bars: &Bars, pen: &mut Pen) {
    let modules = bars.size();
    if let Some((_, class)) = PAGES.iter().find(|(most, _)| modules <= *most) {
        pen.within("svg", class, |pen| {
            pen.set_text("viewBox", Text::Owned(["0 0 ", &modules.to_string(), " 1"].concat()));
            pen.set("preserveAspectRatio", "none");
            pen.set_text("width", Text::Owned([&(modules / 3).to_string(), "mm"].concat()));
            pen.within("path", "", |pen| pen.set_text("d", Text::Owned(bars.path())));
        });
    }
    pen.line("p", "", Say::BarcodeTooFine);
}
