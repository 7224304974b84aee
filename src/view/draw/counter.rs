//! What is used at the counter: the ticket, the deadline, the script for the cashier.

use crate::language::Language;
use crate::session::{Button, Copyable};
use crate::symbol::Qr;
use crate::voucher::{Kind, Network};

use super::super::{Element, Say, Text, VoucherView, element, time};
use super::parts;

/// What is dictated, and nothing else: whom to pay, what, how much.
pub fn ticket(view: &VoucherView, language: Language) -> Element {
    let voucher = &view.voucher;
    let mut ticket = element("dl").class("ticket").with("part", "ticket");
    for (i, network) in voucher.networks.iter().enumerate() {
        let i = u8::try_from(i).unwrap_or(u8::MAX);
        ticket = ticket.children(network_rows(network, i, view, language));
    }
    let say = match (voucher.kind, voucher.amount.exact) {
        (Kind::Pickup, _) => Say::PickupAmount,
        (Kind::Payment, true) => Say::ExactAmount,
        (Kind::Payment, false) => Say::Amount,
    };
    let amount = element("span").class("amount").text(voucher.amount.pesos.to_string());
    let copy = (voucher.kind == Kind::Payment).then_some(Copyable::Amount);
    ticket.child(row(say.text(language), amount, copy, view, language))
}

fn network_rows(network: &Network, i: u8, view: &VoucherView, language: Language) -> Vec<Element> {
    let mut rows = Vec::new();
    if view.voucher.networks.len() > 1 || !network.brands.is_empty() {
        rows.push(network_name(network, language));
    }
    if let Some(agreement) = &network.agreement {
        let label = agreement.label.clone().map_or(Say::Agreement.text(language).into(), Text::from);
        let code = parts::code(&agreement.groups()).with("part", "agreement");
        rows.push(row(label, code, Some(Copyable::Agreement(i)), view, language));
    }
    let label = network.reference.label.clone().map_or(Say::Reference.text(language).into(), Text::from);
    let code = parts::code(&network.reference.groups()).with("part", "reference");
    rows.push(row(label, code, Some(Copyable::Reference(i)), view, language));
    rows
}

fn network_name(network: &Network, language: Language) -> Element {
    let brands = network.brands.join(", ");
    let hint = (!brands.is_empty()).then(|| Say::BrandsHint.fill(language, &[&brands]));
    element("div")
        .class("network")
        .child(element("dt").text(network.name.clone()))
        .child(element("dd").class("note").text(hint.unwrap_or_default()))
}

fn row(
    label: impl Into<Text>,
    value: Element,
    copy: Option<Copyable>,
    view: &VoucherView,
    language: Language,
) -> Element {
    let label = label.into();
    let dd = element("dd").child(value);
    let button = copy.map(|what| copy_button(what, &label, view, language));
    element("div")
        .class("row")
        .child(element("dt").text(label))
        .child(dd)
        .children(button.map(|button| element("dd").class("act").child(button)))
        .children(copy.and_then(|what| copy_failure(what, view, language)))
}

fn copy_button(what: Copyable, label: &str, view: &VoucherView, language: Language) -> Element {
    let done = view.copied == Some((what, true));
    let name = if done {
        Say::Copied.text(language).to_owned()
    } else {
        Say::CopyThing.fill(language, &[&label.to_lowercase()])
    };
    let icon = if done { parts::CHECK_ICON } else { parts::COPY_ICON };
    parts::press(Button::Copy(what), if done { "icon done" } else { "icon" })
        .with("aria-label", name)
        .child(parts::icon(icon))
}

fn copy_failure(what: Copyable, view: &VoucherView, language: Language) -> Option<Element> {
    let note = element("dd").class("note").text(Say::CopyFailed.text(language));
    (view.copied == Some((what, false))).then_some(note)
}

/// The last moment to pay, as a person would say it, and what is left.
pub fn deadline(view: &VoucherView, language: Language) -> Option<Element> {
    let instant = view.voucher.pay_before()?.instant();
    let left = view.remaining_millis.filter(|_| !view.countdown_hidden).map(|millis| {
        element("div")
            .class("left")
            .with("role", "timer")
            .with("part", "countdown")
            .text(time::countdown(millis))
    });
    let bar = view.remaining_millis.filter(|_| !view.countdown_hidden).and_then(|left| bar(view, left));
    let toggle = if view.countdown_hidden { Say::ShowCountdown } else { Say::HideCountdown };
    let known = view.remaining_millis.is_some();
    let drawn = element("div")
        .class("deadline")
        .with("part", "deadline")
        .child(
            element("div").child(element("p").class("small soft").text(Say::PayBefore.text(language))).child(
                element("strong")
                    .text([&time::day(instant, language), ", "].concat())
                    .child(element("span").class("nb").text(time::hour(instant, language))),
            ),
        )
        .children(left)
        .children(bar)
        .child(
            element("p")
                .class("small soft")
                .text(Say::ColombianTime.text(language))
                .text(" ")
                .children(known.then(|| parts::quiet(Button::ToggleCountdown, toggle.text(language)))),
        );
    Some(drawn)
}

/// How much of the time is left, drawn by lengths in an SVG: inline styles are forbidden.
fn bar(view: &VoucherView, left: i64) -> Option<Element> {
    let issued = view.voucher.issued_at?;
    let whole = view.voucher.pay_before()?.instant().millis() - issued.millis();
    let share = if whole > 0 { (left.saturating_mul(1_000) / whole).clamp(0, 1_000) } else { 0 };
    let drawn = element("svg")
        .class("bar")
        .with("viewBox", "0 0 1000 6")
        .with("preserveAspectRatio", "none")
        .with("aria-hidden", "true")
        .child(element("rect").with("width", share.to_string()).with("height", "6"));
    Some(drawn)
}

/// What to say and do at the counter, in order.
pub fn steps(view: &VoucherView, language: Language) -> Element {
    let voucher = &view.voucher;
    let network = voucher.networks.first();
    let name = network.map_or("Efecty", |network| network.name.as_str());
    let strong = |text: String| element("b").text(text);
    let mut list = element("ol");
    if voucher.kind == Kind::Pickup {
        let documents = voucher.pickup.as_ref().map(|pickup| pickup.documents.join(", "));
        let bring = Say::PickupBring.fill(language, &[&documents.unwrap_or_default()]);
        list = list.child(step(element("span").text(bring)));
    } else {
        let first = match network.and_then(|network| network.agreement.as_ref()) {
            Some(agreement) => Say::StepAgreement.fill(language, &[&agreement.groups().join("\u{a0}")]),
            None => Say::StepNetwork.fill(language, &[&voucher.beneficiary.name]),
        };
        list = list.child(step(strong(first)));
        if network.is_some() {
            list = list.child(step(element("span").text(Say::StepReference.text(language))));
        }
        list = list
            .child(step(around(Say::StepAmount, &voucher.amount.pesos.to_string(), language)))
            .child(step(around(Say::StepReceipt, &voucher.beneficiary.name, language)));
    }
    let after = voucher.latency.as_ref().map(|latency| {
        element("div")
            .class("after")
            .child(element("h3").text(Say::AfterTitle.text(language)))
            .child(parts::soft(latency.text(language).to_owned()))
    });
    element("div")
        .child(element("h3").text(Say::StepsTitle.fill(language, &[name])))
        .child(list)
        .children(after)
}

fn step(words: Element) -> Element {
    element("li").child(words)
}

/// A sentence whose filled-in part stands out.
fn around(say: Say, value: &str, language: Language) -> Element {
    let (before, after) = say.text(language).split_once("{0}").unwrap_or_default();
    element("span").text(before).child(element("b").text(value.to_owned())).text(after)
}

/// The QR that hands the voucher over to a phone; it is not for the cashier.
pub fn handover(view: &VoucherView, language: Language) -> Option<Element> {
    if view.voucher.kind == Kind::Pickup {
        return None;
    }
    let qr = Qr::encode(&handover_text(view, language)).ok()?;
    let size = qr.size().to_string();
    let title = if view.voucher.links.handover.is_some() { Say::HandoverTitle } else { Say::EssentialsTitle };
    let drawn = element("svg")
        .with("viewBox", ["0 0 ", &size, " ", &size].concat())
        .with("role", "img")
        .with("aria-label", Say::HandoverLabel.text(language))
        .with("shape-rendering", "crispEdges")
        .with("part", "qr")
        .child(element("path").with("d", qr.path()));
    let text = element("div")
        .child(element("strong").text(title.text(language)))
        .child(element("p").class("soft small").text(Say::HandoverText.text(language)));
    Some(element("div").class("hand").child(element("div").class("qr").child(drawn)).child(text))
}

/// The link to the same voucher, or its essentials as text; nothing about the payer.
fn handover_text(view: &VoucherView, language: Language) -> String {
    let voucher = &view.voucher;
    if let Some(link) = &voucher.links.handover {
        return link.clone();
    }
    let mut lines = Vec::new();
    for network in &voucher.networks {
        lines.push(network.name.clone());
        let agreement = network.agreement.as_ref();
        lines.extend(agreement.map(|a| [Say::Agreement.text(Language::Es), ": ", &a.code].concat()));
        lines.push([Say::Reference.text(Language::Es), ": ", &network.reference.value].concat());
    }
    lines.push([Say::Amount.text(Language::Es), ": ", &voucher.amount.pesos.to_string()].concat());
    let deadline = voucher.pay_before().map(|deadline| time::day_and_hour(deadline.instant(), language));
    lines.extend(deadline.map(|at| [Say::PayBefore.text(language), " ", &at].concat()));
    lines.join("\n")
}

/// The gateway's own page and its PDF.
pub fn links(view: &VoucherView, language: Language) -> Option<Element> {
    let links = &view.voucher.links;
    let page = links.voucher.as_ref().map(|a| parts::link(a, Say::OpenVoucher.text(language)).class("btn"));
    let pdf = links.pdf.as_ref().map(|a| parts::link(a, Say::OpenPdf.text(language)).class("btn"));
    let any = page.is_some() || pdf.is_some();
    any.then(|| element("div").class("actions").children(page).children(pdf))
}
