//! The screens of every status but the open ones.

use crate::session::Button;
use crate::voucher::{Kind, Status, Watch};

use super::super::{Say, VoucherView, time};
use super::pen::Pen;
use super::{parts, voucher};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Good,
    Warn,
    Bad,
}

/// Title, text and sign of a status.
fn words(view: &VoucherView) -> (Say, Say, Mark) {
    match &view.voucher.status {
        Status::Paid | Status::PaidLate if view.voucher.kind == Kind::Pickup => {
            (Say::CollectedTitle, Say::CollectedText, Mark::Good)
        }
        Status::Expired if view.voucher.kind == Kind::Pickup => {
            (Say::PickupExpiredTitle, Say::PickupExpiredText, Mark::Bad)
        }
        Status::Cancelled if view.voucher.kind == Kind::Pickup => {
            (Say::PickupCancelledTitle, Say::PickupExpiredText, Mark::Bad)
        }
        _ if view.voucher.kind == Kind::Pickup => (Say::UnknownTitle, Say::PickupUnknownText, Mark::Warn),
        Status::Paid => (Say::PaidTitle, Say::PaidText, Mark::Good),
        Status::PaidLate => (Say::PaidLateTitle, Say::PaidLateText, Mark::Good),
        Status::Mismatch if view.voucher.amount_paid.is_some() => {
            (Say::MismatchTitle, Say::MismatchPaidText, Mark::Warn)
        }
        Status::Mismatch => (Say::MismatchTitle, Say::MismatchText, Mark::Warn),
        Status::LateReview => (Say::LateReviewTitle, Say::LateReviewText, Mark::Warn),
        Status::Expired => (Say::ExpiredTitle, Say::ExpiredText, Mark::Bad),
        Status::Cancelled => (Say::CancelledTitle, Say::CancelledText, Mark::Bad),
        Status::Superseded => (Say::SupersededTitle, Say::SupersededText, Mark::Warn),
        Status::Refunded => (Say::RefundedTitle, Say::RefundedText, Mark::Warn),
        Status::Preparing | Status::Pending | Status::Unknown(_) => {
            (Say::UnknownTitle, Say::UnknownText, Mark::Warn)
        }
    }
}

pub fn title(view: &VoucherView) -> Say {
    words(view).0
}

pub fn draw(view: &VoucherView, pen: &mut Pen) {
    let (_, text, mark) = words(view);
    let amount = view.voucher.amount.pesos.to_text();
    let paid = view.voucher.amount_paid.map(|paid| paid.to_text()).unwrap_or_default();
    pen.within("div", "pad center", |pen| {
        let (class, icon) = match mark {
            Mark::Good => ("mark good", parts::CHECK_ICON),
            Mark::Warn => ("mark warn", parts::WARNING_ICON),
            Mark::Bad => ("mark bad", parts::WARNING_ICON),
        };
        parts::mark(class, icon, pen);
        parts::heading(&voucher::title(view, pen.language), pen);
        pen.filled("p", "", text, &[&amount, &view.voucher.beneficiary.name, &paid]);
        voucher::unverified(view, pen);
        facts(view, pen);
        next_step(view, pen);
        if matches!(view.voucher.status.watch(), Watch::Slow | Watch::UntilGrace) {
            voucher::live(view, pen);
        }
        if !view.voucher.status.is_paid() {
            voucher::help(view, pen);
        }
    });
}

/// When it was paid, for which order, under which reference.
fn facts(view: &VoucherView, pen: &mut Pen) {
    let voucher = &view.voucher;
    if let Some(at) = voucher.paid_at {
        pen.filled("p", "soft", Say::PaidOn, &[&time::day_and_hour(at, pen.language)]);
    }
    // Whom a payment was for is said with its amount.
    if words(view).1 != Say::PaidText {
        pen.note("p", "soft", &voucher.beneficiary.name);
    }
    voucher::numbers(view, pen);
    // No code stands open where paying would be wrong.
    let is_over = voucher.status.is_paid() || voucher.status == Status::Refunded;
    if let Some(network) = voucher.networks.first().filter(|_| is_over) {
        pen.within("p", "soft", |pen| {
            pen.words(network.reference.label.as_deref().unwrap_or(Say::Reference.text(pen.language)));
            pen.words(" ");
            parts::code("reference", &network.reference.groups(), pen);
        });
    }
    if voucher.status.is_paid() && voucher.kind == Kind::Payment {
        pen.line("p", "soft", Say::KeepReceipt);
    }
}

fn next_step(view: &VoucherView, pen: &mut Pen) {
    if view.renewing {
        pen.line("p", "notice", Say::Creating);
    } else if view.can_renew {
        parts::primary(Button::Renew, Say::Renew, pen);
    }
    if view.voucher.status == Status::Superseded && view.voucher.superseded_by.is_some() {
        parts::primary(Button::OpenNew, Say::OpenNew, pen);
    }
}
