//! The screens of every status but the open ones.

use crate::language::Language;
use crate::session::Button;
use crate::voucher::{Kind, Status, Watch};

use super::super::{Element, Say, VoucherView, element, time};
use super::{counter, parts, voucher};

/// What a settled screen says.
pub struct Words {
    pub title: String,
    text: String,
    mark: Mark,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Good,
    Warn,
    Bad,
}

pub fn words(view: &VoucherView, language: Language) -> Words {
    let plain = |title: Say, text: Say, mark: Mark| Words {
        title: title.text(language).to_owned(),
        text: text.text(language).to_owned(),
        mark,
    };
    let amount = view.voucher.amount.pesos.to_string();
    match &view.voucher.status {
        Status::Paid | Status::PaidLate if view.voucher.kind == Kind::Pickup => {
            Words { title: Say::CollectedTitle.text(language).to_owned(), text: amount, mark: Mark::Good }
        }
        Status::Paid => Words {
            title: Say::PaidTitle.text(language).to_owned(),
            text: Say::PaidText.fill(language, &[&amount, &view.voucher.beneficiary.name]),
            mark: Mark::Good,
        },
        Status::PaidLate => plain(Say::PaidLateTitle, Say::PaidLateText, Mark::Good),
        Status::Mismatch => Words {
            text: mismatch(view, language),
            ..plain(Say::MismatchTitle, Say::MismatchText, Mark::Warn)
        },
        Status::LateReview => plain(Say::LateReviewTitle, Say::LateReviewText, Mark::Warn),
        Status::Expired => plain(Say::ExpiredTitle, Say::ExpiredText, Mark::Bad),
        Status::Cancelled => plain(Say::CancelledTitle, Say::CancelledText, Mark::Bad),
        Status::Superseded => plain(Say::SupersededTitle, Say::SupersededText, Mark::Warn),
        Status::Refunded => plain(Say::RefundedTitle, Say::RefundedText, Mark::Warn),
        Status::Preparing | Status::Pending | Status::Unknown(_) => {
            plain(Say::UnknownTitle, Say::UnknownText, Mark::Warn)
        }
    }
}

fn mismatch(view: &VoucherView, language: Language) -> String {
    let asked = view.voucher.amount.pesos.to_string();
    match view.voucher.amount_paid {
        Some(paid) => Say::MismatchPaidText.fill(language, &[&asked, &paid.to_string()]),
        None => Say::MismatchText.fill(language, &[&asked]),
    }
}

pub fn draw(view: &VoucherView, language: Language) -> Element {
    let words = words(view, language);
    let (class, icon) = match words.mark {
        Mark::Good => ("mark good", parts::CHECK_ICON),
        Mark::Warn => ("mark warn", parts::WARNING_ICON),
        Mark::Bad => ("mark bad", parts::WARNING_ICON),
    };
    let body = element("div")
        .class("pad center")
        .child(element("div").class(class).child(parts::icon(icon)))
        .child(parts::heading(words.title))
        .child(element("p").text(words.text))
        .children(facts(view, language))
        .children(next_step(view, language));
    match view.voucher.status.watch() {
        Watch::Slow | Watch::UntilGrace => body.child(voucher::live(view, language)),
        _ => body,
    }
}

/// When it was paid, for which order, under which reference.
fn facts(view: &VoucherView, language: Language) -> Vec<Element> {
    let voucher = &view.voucher;
    let mut facts = Vec::new();
    let paid_at = voucher.paid_at.map(|at| time::day_and_hour(at, language));
    facts.extend(paid_at.map(parts::soft));
    facts.extend(voucher::order_line(view, language).map(parts::soft));
    for network in voucher.networks.iter().take(1) {
        let label = network.reference.label.as_deref().unwrap_or(Say::Reference.text(language)).to_owned();
        facts.push(
            element("p")
                .class("soft reference")
                .text(label)
                .text(" ")
                .child(parts::code(&network.reference.groups())),
        );
    }
    if voucher.status.is_paid() && voucher.kind == Kind::Payment {
        facts.push(parts::soft(Say::KeepReceipt.text(language)));
    }
    facts
}

fn next_step(view: &VoucherView, language: Language) -> Vec<Element> {
    let mut steps = Vec::new();
    if view.can_renew {
        steps.push(parts::primary(Button::Renew, Say::Renew.text(language)));
    }
    if view.voucher.status == Status::Superseded && view.voucher.superseded_by.is_some() {
        steps.push(parts::primary(Button::OpenNew, Say::OpenNew.text(language)));
    }
    if view.voucher.status.is_paid() {
        steps.extend(counter::links(view, language));
    }
    steps
}
