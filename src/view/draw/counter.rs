//! What is used at the counter: the ticket, the deadline, the script for the cashier.

use crate::language::Language;
use crate::payer::DocumentType;
use crate::session::{Button, Copyable};
use crate::voucher::{Kind, Network, Voucher, groups};

use super::super::take::essentials;
use super::super::texts::next_gap;
use super::super::{Phase, Say, Text, VoucherView, time};
use super::parts;
use super::pen::Pen;

/// An amount of so many bytes, `$ 999.999`, stands as large as the codes beside its button.
const MOST_LARGE: usize = "$\u{a0}999.999".len();

/// What is dictated, and nothing else: whom to pay, what, how much.
pub fn ticket(view: &VoucherView, pen: &mut Pen) {
    let voucher = &view.voucher;
    let is_open = view.phase == Phase::Payable;
    pen.within("dl", "ticket", |pen| {
        pen.set("part", "ticket");
        for (i, network) in (0..=u8::MAX).zip(&voucher.networks) {
            network_rows(network, i, view, pen);
        }
        dictated(Copyable::Amount, view, pen, &|pen| {
            let amount = voucher.amount.pesos.to_text();
            pen.note("span", if amount.len() > MOST_LARGE { "nb long" } else { "nb" }, &amount);
        });
        // Once it is no longer time to collect, nobody needs the secret on a screen.
        if let Some(pickup) = voucher.pickup.as_ref().filter(|_| is_open && voucher.kind == Kind::Pickup) {
            pin(&pickup.pin, view, pen);
        }
    });
}

/// The secret of a pickup, covered until somebody asks for it.
fn pin(pin: &str, view: &VoucherView, pen: &mut Pen) {
    let toggle = if view.codes_open { Say::HidePin } else { Say::ShowPin };
    row(Say::Pin.text(pen.language), Copyable::Amount, view, pen, &|pen| {
        if view.codes_open {
            parts::code("pin", &groups(pin), pen);
        } else {
            pen.within("span", "", |pen| {
                pen.set("aria-hidden", "true");
                pen.words("••••");
            });
        }
        pen.within("div", "small", |pen| {
            parts::quiet(Button::ToggleCodes, toggle.text(pen.language), pen);
        });
    });
}

fn network_rows(network: &Network, i: u8, view: &VoucherView, pen: &mut Pen) {
    // A shopfront with the network's own name needs no hint.
    let has_brands = network.brands.iter().any(|brand| *brand != network.name);
    if view.voucher.networks.len() > 1 || has_brands {
        pen.within("div", "network", |pen| {
            pen.note("dt", "", &network.name);
            if has_brands {
                let brands: Vec<&str> = network.brands.iter().map(String::as_str).collect();
                pen.filled("dd", "note", Say::BrandsHint, &[&brands.join(", ")]);
            }
        });
    }
    if let Some(agreement) = &network.agreement {
        dictated(Copyable::Agreement(i), view, pen, &|pen| {
            parts::code("agreement", &agreement.groups(), pen);
        });
    }
    dictated(Copyable::Reference(i), view, pen, &|pen| {
        parts::code("reference", &network.reference.groups(), pen);
    });
}

fn dictated(what: Copyable, view: &VoucherView, pen: &mut Pen, value: &dyn Fn(&mut Pen)) {
    let label = essentials::label(what, &view.voucher, pen.language).unwrap_or_default();
    row(label, what, view, pen, value);
}

fn row(label: &str, what: Copyable, view: &VoucherView, pen: &mut Pen, value: &dyn Fn(&mut Pen)) {
    pen.within("div", "row", |pen| {
        pen.note("dt", "", label);
        pen.within("dd", "", value);
        if view.voucher.kind == Kind::Payment {
            copying(label, what, view, pen);
        }
    });
}

fn copying(label: &str, what: Copyable, view: &VoucherView, pen: &mut Pen) {
    let done = view.copied == Some((what, true));
    pen.within("dd", "act", |pen| {
        parts::press(Button::Copy(what), if done { "icon done" } else { "icon" }, pen, |pen| {
            let say = if done { Say::CopiedThing } else { Say::CopyThing };
            pen.set_text("aria-label", Text::Owned(say.fill(pen.language, &[label])));
            parts::icon(if done { parts::CHECK_ICON } else { parts::COPY_ICON }, pen);
        });
    });
    if view.copied == Some((what, false)) {
        pen.line("dd", "note", Say::CopyFailed);
    }
}

/// The last moment to pay, as a person would say it, and what is left.
pub fn deadline(view: &VoucherView, pen: &mut Pen) {
    let Some(instant) = essentials::last_moment(view) else { return };
    pen.within("div", "deadline", |pen| {
        pen.set("part", "deadline");
        pen.within("div", "", |pen| {
            pen.line("p", "small soft", essentials::before(view));
            pen.within("strong", "", |pen| {
                pen.words(&time::day(instant, pen.language));
                pen.words(", ");
                pen.note("span", "nb", &time::hour(instant, pen.language));
            });
        });
        if let (Some(left), false) = (view.remaining_millis, view.countdown_hidden) {
            pen.within("div", "left", |pen| {
                pen.set("role", "timer");
                pen.set("part", "countdown");
                pen.words(&time::countdown(left, pen.language));
            });
            bar(view, left, pen);
        }
        pen.within("p", "small soft", |pen| {
            pen.words(&essentials::until(view, pen.language));
            if view.remaining_millis.is_some() {
                pen.words(" ");
                let toggle = if view.countdown_hidden { Say::ShowCountdown } else { Say::HideCountdown };
                parts::quiet(Button::ToggleCountdown, toggle.text(pen.language), pen);
            }
        });
    });
}

/// How much of the time is left, drawn by lengths in an SVG: inline styles are forbidden.
fn bar(view: &VoucherView, left: i64, pen: &mut Pen) {
    let (Some(issued), Some(deadline)) = (view.voucher.issued_at, view.voucher.pay_before()) else { return };
    let whole = (deadline.instant().millis() - issued.millis()).max(1);
    let share = (left.saturating_mul(1_000) / whole).clamp(0, 1_000);
    pen.within("svg", "bar", |pen| {
        pen.set("viewBox", "0 0 1000 6");
        pen.set("preserveAspectRatio", "none");
        pen.set("aria-hidden", "true");
        pen.within("rect", "", |pen| {
            pen.set_text("width", Text::Owned(share.to_string()));
            pen.set("height", "6");
        });
    });
}

/// What to say and do at the counter, in order, on a screen or on paper.
pub fn steps(view: &VoucherView, is_screen: bool, pen: &mut Pen) {
    let voucher = &view.voucher;
    pen.within("div", "", |pen| {
        pen.filled("h3", "", Say::StepsTitle, &[&essentials::networks(voucher)]);
        pen.within("ol", "", |pen| {
            // Safari takes a list without bullets for none.
            pen.set("role", "list");
            match voucher.kind {
                Kind::Payment => pay_steps(view, pen),
                Kind::Pickup => collect_steps(view, pen),
            }
        });
        // What a page on a screen does, a page on paper does not.
        if voucher.kind == Kind::Payment && (is_screen || voucher.latency.is_some()) {
            pen.within("div", "after", |pen| {
                pen.line("h3", "", Say::AfterTitle);
                if let Some(latency) = &voucher.latency {
                    pen.note("p", "soft", latency.text(pen.language));
                }
                if is_screen {
                    pen.line("p", "soft", Say::AfterText);
                }
            });
        }
    });
}

fn pay_steps(view: &VoucherView, pen: &mut Pen) {
    let voucher = &view.voucher;
    if let Some(network) = voucher.networks.first() {
        pen.within("li", "", |pen| pen.within("div", "", |pen| opening_words(voucher, pen)));
        let is_letter = |b: u8| !b.is_ascii_digit();
        let has_letters =
            voucher.networks.iter().any(|network| network.reference.value.bytes().any(is_letter));
        let say = if has_letters { Say::StepReferenceLetters } else { Say::StepReference };
        step(say, essentials::reference(network, pen.language), pen);
    } else {
        plain(Say::StepOpenVoucher, pen);
    }
    step(Say::StepAmount, &voucher.amount.pesos.to_text(), pen);
    step(Say::StepReceipt, &voucher.beneficiary.name, pen);
}

/// What to begin with at the counter; each network's own words where there are several.
fn opening_words(voucher: &Voucher, pen: &mut Pen) {
    for network in &voucher.networks {
        pen.within("p", "", |pen| {
            if voucher.networks.len() > 1 {
                pen.note("b", "", &network.name);
                pen.words(". ");
            }
            match &network.agreement {
                Some(agreement) => {
                    said(Say::StepAgreement, pen, &|pen| parts::code("", &agreement.groups(), pen));
                }
                None => said(Say::StepNetwork, pen, &|pen| pen.words(&voucher.beneficiary.name)),
            }
        });
    }
}

fn collect_steps(view: &VoucherView, pen: &mut Pen) {
    plain(Say::PickupPerson, pen);
    if let Some(pickup) = &view.voucher.pickup {
        let name = |code| DocumentType::from_code(code).map_or(code, |known| known.label(pen.language));
        let documents: Vec<&str> = pickup.documents.iter().map(|code| name(code.as_str())).collect();
        if !documents.is_empty() {
            // One of them is enough.
            let or = if pen.language == Language::Es { " o " } else { " or " };
            step(Say::PickupBring, &documents.join(or), pen);
        }
    }
    // Some gateways give a PIN and nothing else.
    let has_reference = !view.voucher.networks.is_empty();
    plain(if has_reference { Say::PickupReference } else { Say::PickupPin }, pen);
    plain(Say::PickupCount, pen);
}

fn plain(say: Say, pen: &mut Pen) {
    pen.within("li", "", |pen| pen.line("span", "", say));
}

fn step(say: Say, value: &str, pen: &mut Pen) {
    pen.within("li", "", |pen| {
        pen.within("span", "", |pen| around(say.text(pen.language), pen, &|pen| pen.words(value)));
    });
}

/// A sentence that quotes what to say: that is Spanish whatever the language, and so it must sound.
fn said(say: Say, pen: &mut Pen, value: &dyn Fn(&mut Pen)) {
    let text = say.text(pen.language);
    // The quotation mark is the first sign beyond ASCII; where there is none before the value, all is said.
    let quote = text.bytes().position(|byte| !byte.is_ascii() || byte == b'{').unwrap_or(0);
    let (before, spoken) = text.split_at_checked(quote).unwrap_or(("", text));
    pen.words(before);
    pen.within("span", "", |pen| {
        pen.set("lang", Language::Es.tag());
        around(spoken, pen, value);
    });
}

/// A sentence whose filled-in part stands out, as often as it has a gap for it.
#[inline(never)]
fn around(mut text: &str, pen: &mut Pen, value: &dyn Fn(&mut Pen)) {
    while let Some((before, _, after)) = next_gap(text) {
        pen.words(before);
        pen.within("b", "", value);
        text = after;
    }
    pen.words(text);
}

/// The gateway's own page and its PDF.
pub fn links(view: &VoucherView, pen: &mut Pen) {
    let links = &view.voucher.links;
    // Where it is all there is, it stands in place of the codes.
    if let Some(address) = links.voucher.as_ref().filter(|_| !view.voucher.networks.is_empty()) {
        parts::link("btn", address, Say::OpenVoucher, pen);
    }
    if let Some(address) = &links.pdf {
        parts::link("btn", address, Say::OpenPdf, pen);
    }
}
