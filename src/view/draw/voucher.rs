//! A voucher, in whatever status.

use crate::language::Language;
use crate::session::Button;
use crate::voucher::Kind;

use super::super::take::essentials;
use super::super::{Phase, Say, Text, VoucherView, time};
use super::pen::Pen;
use super::{codes, counter, parts, settled, take};

pub fn draw(view: &VoucherView, pen: &mut Pen) {
    parts::card("voucher", pen, |pen| {
        pen.set_text("data-status", Text::Owned(view.voucher.status.name().to_owned()));
        match view.phase {
            Phase::Payable => payable(view, pen),
            Phase::Settled => settled::draw(view, pen),
            _ => waiting(view, pen),
        }
    });
}

/// The heading: what is the matter, in one line.
pub fn title(view: &VoucherView, language: Language) -> String {
    let say = match view.phase {
        Phase::Preparing => Say::PreparingTitle,
        Phase::NotYetActive => Say::InactiveTitle,
        Phase::Claimed => Say::ClaimedTitle,
        Phase::Verifying if is_pickup(view) => Say::PickupVerifyingTitle,
        Phase::Verifying => Say::VerifyingTitle,
        Phase::Settled => settled::title(view),
        Phase::Payable if is_pickup(view) => Say::PickupTitle,
        Phase::Payable => Say::PayTitle,
    };
    say.fill(language, &[&essentials::networks(&view.voucher)])
}

fn payable(view: &VoucherView, pen: &mut Pen) {
    let voucher = &view.voucher;
    pen.within("div", "pad", |pen| {
        header(view, if is_pickup(view) { Say::PillPickup } else { Say::PillPending }, pen);
        unverified(view, pen);
        changed(view, pen);
        let bars = essentials::bars(view);
        // On a wide screen it fills the room below a short ticket.
        let beside = bars.is_none() && voucher.networks.len() < 2 && !is_pickup(view);
        pen.within("div", if beside { "cols beside" } else { "cols" }, |pen| {
            pen.within("div", "col", |pen| {
                counter::ticket(view, pen);
                if let (true, Some(address)) = (voucher.networks.is_empty(), &voucher.links.voucher) {
                    parts::link("btn primary", address, Say::OpenVoucher, pen);
                }
                counter::deadline(view, pen);
            });
            pen.within("div", "col", |pen| {
                counter::steps(view, true, pen);
                if bars.is_none() {
                    codes::handover(view, pen);
                    take::take(view, pen);
                }
            });
            if beside {
                foot(view, pen);
            }
        });
        // A barcode gets all the width that there is.
        if let Some(bars) = bars {
            codes::barcode(&bars, view, pen);
            pen.within("div", "cols", |pen| {
                pen.within("div", "col", |pen| codes::handover(view, pen));
                pen.within("div", "col", |pen| take::take(view, pen));
            });
        }
        if !beside {
            foot(view, pen);
        }
    });
}

/// Before and after the time to pay: no code stands open on a screen where paying would be wrong.
fn waiting(view: &VoucherView, pen: &mut Pen) {
    let (pill, text) = match view.phase {
        Phase::Verifying if is_pickup(view) => (Say::PillChecking, Say::PickupVerifyingText),
        Phase::Verifying => (Say::PillChecking, Say::VerifyingText),
        Phase::Claimed => (Say::PillChecking, Say::ClaimedText),
        _ => (Say::PillInactive, Say::PreparingText),
    };
    pen.within("div", "pad", |pen| {
        header(view, pill, pen);
        match (view.phase, view.voucher.active_from) {
            (Phase::NotYetActive, Some(from)) => {
                let from = time::day_and_hour(from, pen.language);
                pen.filled("p", "", Say::InactiveText, &[&from]);
            }
            _ => pen.line("p", "", text),
        }
        if let Some(latency) = view.voucher.latency.as_ref().filter(|_| view.claimed) {
            pen.note("p", "", latency.text(pen.language));
        }
        unverified(view, pen);
        if view.phase == Phase::NotYetActive {
            counter::deadline(view, pen);
        }
        if view.phase != Phase::Preparing {
            folded_codes(view, pen);
        }
        foot(view, pen);
    });
}

fn folded_codes(view: &VoucherView, pen: &mut Pen) {
    pen.within("div", "folded", |pen| {
        parts::toggle(Button::ToggleCodes, view.codes_open, Say::ShowCodes, Say::HideCodes, pen);
        if view.codes_open {
            changed(view, pen);
            counter::ticket(view, pen);
        }
        if view.phase == Phase::Claimed {
            parts::plain(Button::NotPaid, Say::NotPaid, pen);
        }
    });
}

fn changed(view: &VoucherView, pen: &mut Pen) {
    if view.changed {
        pen.within("p", "notice warn", |pen| {
            pen.set("role", "alert");
            pen.say(Say::Changed);
        });
    }
}

fn header(view: &VoucherView, pill: Say, pen: &mut Pen) {
    pen.within("header", "head", |pen| {
        parts::pill(pill, pen);
        parts::heading(&title(view, pen.language), pen);
        pen.within("p", "", |pen| {
            pen.say(if is_pickup(view) { Say::PaidBy } else { Say::PaidTo });
            pen.words(" ");
            pen.note("b", "", &view.voucher.beneficiary.name);
        });
        numbers(view, pen);
    });
}

/// `NIT 900123456-8 · Pedido A-1042`.
pub fn numbers(view: &VoucherView, pen: &mut Pen) {
    let (tax_id, order_id) = (&view.voucher.beneficiary.tax_id, &view.voucher.order_id);
    if tax_id.is_some() || order_id.is_some() {
        pen.within("p", "soft small", |pen| {
            if let Some(tax_id) = tax_id {
                pen.filled("span", "", Say::TaxId, &[tax_id]);
            }
            pen.words(if tax_id.is_some() && order_id.is_some() { " · " } else { "" });
            if let Some(order_id) = order_id {
                pen.filled("span", "", Say::OrderNumber, &[order_id]);
            }
        });
    }
}

fn is_pickup(view: &VoucherView) -> bool {
    view.voucher.kind == Kind::Pickup
}

pub fn unverified(view: &VoucherView, pen: &mut Pen) {
    if view.unverified {
        let told = time::day_and_hour(view.voucher.server_time, pen.language);
        pen.filled("p", "notice warn", Say::Unverified, &[&told]);
    }
}

#[inline(never)]
fn foot(view: &VoucherView, pen: &mut Pen) {
    pen.within("div", "foot", |pen| {
        let was_payable = matches!(view.phase, Phase::Payable | Phase::Verifying) && !is_pickup(view);
        if was_payable && view.claimed {
            pen.line("p", "notice", Say::ClaimedTitle);
        } else if was_payable {
            parts::primary(Button::IHavePaid, Say::IHavePaid, pen);
        }
        live(view, pen);
        help(view, pen);
        if view.phase == Phase::Payable && !is_pickup(view) {
            pen.line("p", "small soft", Say::WrongData);
        }
    });
}

/// Whom to ask, and what to tell them.
pub fn help(view: &VoucherView, pen: &mut Pen) {
    let voucher = &view.voucher;
    pen.within("details", "help", |pen| {
        pen.line("summary", "", Say::HelpTitle);
        pen.filled("p", "", Say::HelpText, &[&voucher.beneficiary.name]);
        pen.within("p", "support", |pen| {
            pen.set("part", "support");
            let trouble = view.trouble.as_ref();
            let request = trouble.and_then(|trouble| trouble.request_id.as_deref());
            let trace =
                trouble.and_then(|trouble| trouble.trace_id.as_deref()).or(voucher.trace_id.as_deref());
            for part in [Some(voucher.status.name()), voucher.order_id.as_deref(), request, trace]
                .into_iter()
                .flatten()
            {
                pen.note("span", "", part);
                pen.words(" ");
            }
        });
        parts::copying_support(view.copied, pen);
    });
}

/// How fresh the screen is, or that checking fails.
pub fn live(view: &VoucherView, pen: &mut Pen) {
    let Some(trouble) = &view.trouble else {
        return pen.within("div", "live", |pen| match view.checked_millis_ago {
            Some(millis) if millis >= 60_000 => {
                pen.filled("p", "", Say::CheckedAgo, &[&time::age(millis, pen.language)]);
            }
            Some(_) => pen.line("p", "", Say::CheckedNow),
            None => pen.line("p", "", Say::Loading),
        });
    };
    pen.within("div", "live stale", |pen| {
        let is_closed = parts::trouble_text(trouble) == Say::TroubleOrderClosed;
        pen.line("p", "", if is_closed { Say::TroubleOrderClosed } else { Say::CheckFailed });
        if let Some(millis) = view.checked_millis_ago.filter(|millis| *millis >= 60_000) {
            pen.filled("p", "", Say::LastChecked, &[&time::age(millis, pen.language)]);
        }
        parts::quiet(Button::Retry, Say::CheckNow.text(pen.language), pen);
        parts::support(trouble, pen);
    });
}
