//! A voucher, in whatever status.

use crate::language::Language;
use crate::session::Button;
use crate::voucher::{Kind, Status};

use super::super::{Element, Phase, Say, VoucherView, element, time};
use super::{counter, parts, settled};

pub fn draw(view: &VoucherView, language: Language) -> Element {
    let card = parts::card("voucher").with("data-status", view.voucher.status.name().to_owned());
    match view.phase {
        Phase::Payable => card.child(payable(view, language)),
        Phase::Settled => card.child(settled::draw(view, language)),
        Phase::Preparing | Phase::NotYetActive | Phase::Verifying => card.child(waiting(view, language)),
    }
}

/// The heading: what is the matter, in one line.
pub fn title(view: &VoucherView, language: Language) -> String {
    let say = match view.phase {
        Phase::Preparing => Say::PreparingTitle,
        Phase::NotYetActive => Say::InactiveTitle,
        Phase::Verifying => Say::VerifyingTitle,
        Phase::Settled => return settled::words(view, language).title,
        Phase::Payable => {
            let network = view.voucher.networks.first().map_or("Efecty", |network| network.name.as_str());
            let pickup = view.voucher.kind == Kind::Pickup;
            let say = if pickup { Say::PickupTitle } else { Say::PayTitle };
            return say.fill(language, &[network]);
        }
    };
    say.text(language).to_owned()
}

fn payable(view: &VoucherView, language: Language) -> Element {
    let columns = element("div")
        .class("cols")
        .child(
            element("div")
                .class("col")
                .child(counter::ticket(view, language))
                .children(counter::deadline(view, language)),
        )
        .child(
            element("div")
                .class("col")
                .child(counter::steps(view, language))
                .children(counter::handover(view, language))
                .children(counter::links(view, language)),
        );
    element("div")
        .class("pad")
        .child(header(view, Say::PillPending, "pill", language))
        .children(unverified(view, language))
        .child(columns)
        .child(foot(view, language))
}

/// Before and after the time to pay: no code stands open on a screen where paying would be wrong.
fn waiting(view: &VoucherView, language: Language) -> Element {
    let text = match view.phase {
        Phase::NotYetActive => {
            let from = view.voucher.active_from.map(|from| time::day_and_hour(from, language));
            Say::InactiveText.fill(language, &[&from.unwrap_or_default()])
        }
        Phase::Verifying => Say::VerifyingText.text(language).to_owned(),
        _ => Say::PreparingText.text(language).to_owned(),
    };
    let pill = if view.phase == Phase::Verifying { Say::PillChecking } else { Say::PillPending };
    let foldable = view.phase != Phase::Preparing;
    element("div")
        .class("pad")
        .child(header(view, pill, "pill", language))
        .child(element("p").text(text))
        .children(unverified(view, language))
        .children(foldable.then(|| folded_codes(view, language)))
        .child(foot(view, language))
}

pub fn folded_codes(view: &VoucherView, language: Language) -> Element {
    let say = if view.codes_open { Say::HideCodes } else { Say::ShowCodes };
    let toggle = parts::button(Button::ToggleCodes, say.text(language))
        .with("aria-expanded", if view.codes_open { "true" } else { "false" });
    element("div")
        .class("folded")
        .child(toggle)
        .children(view.codes_open.then(|| counter::ticket(view, language)))
}

fn header(view: &VoucherView, pill: Say, class: &'static str, language: Language) -> Element {
    element("header")
        .class("head")
        .child(parts::pill(class, pill.text(language)))
        .child(parts::heading(title(view, language)))
        .children(order_line(view, language).map(parts::soft))
}

/// `Pedido A-1042 en Tienda Ejemplo SAS`.
pub fn order_line(view: &VoucherView, language: Language) -> Option<String> {
    let order_id = view.voucher.order_id.as_ref()?;
    Some(Say::OrderAt.fill(language, &[order_id, &view.voucher.beneficiary.name]))
}

fn unverified(view: &VoucherView, language: Language) -> Option<Element> {
    let notice = element("p").class("notice warn").text(Say::Unverified.text(language));
    view.checked_millis_ago.is_none().then_some(notice)
}

fn foot(view: &VoucherView, language: Language) -> Element {
    let foot = element("div").class("foot");
    if view.voucher.status == Status::Preparing || view.voucher.kind == Kind::Pickup {
        return foot.child(live(view, language));
    }
    if view.claimed {
        let claimed = element("div")
            .class("notice")
            .with("key", "claimed")
            .child(element("strong").text(Say::ClaimedTitle.text(language)))
            .child(element("p").text(Say::ClaimedText.text(language)))
            .children(
                view.voucher.latency.as_ref().map(|text| element("p").text(text.text(language).to_owned())),
            );
        return foot.child(claimed).child(live(view, language));
    }
    foot.child(parts::primary(Button::IHavePaid, Say::IHavePaid.text(language))).child(live(view, language))
}

/// How fresh the screen is, or that checking fails.
pub fn live(view: &VoucherView, language: Language) -> Element {
    let line = element("div").class(if view.trouble.is_some() { "live stale" } else { "live" });
    if let Some(trouble) = &view.trouble {
        return line
            .child(element("p").text(Say::CheckFailed.text(language)))
            .child(parts::quiet(Button::Retry, Say::CheckNow.text(language)))
            .child(parts::support(trouble, language));
    }
    let text = match view.checked_millis_ago {
        Some(millis) if millis >= 60_000 => Say::CheckedAgo.fill(language, &[&time::age(millis)]),
        Some(_) => Say::CheckedNow.text(language).to_owned(),
        None => Say::Loading.text(language).to_owned(),
    };
    line.child(element("p").text(text))
}
