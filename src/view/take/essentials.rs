//! What a voucher comes down to.

use crate::calendar::{Hours, Visit};
use crate::language::Language;
use crate::symbol::Qr;
use crate::voucher::Kind;

use super::super::{Say, VoucherView, time};
use super::message;

/// Tells what is dictated, in order: what it is called, and it in groups for the eye. A heading has
/// no groups.
pub fn each_fact(view: &VoucherView, language: Language, tell: &mut dyn FnMut(&str, &[&str])) {
    let voucher = &view.voucher;
    for network in &voucher.networks {
        if voucher.networks.len() > 1 {
            tell(&network.name, &[]);
        }
        if let Some(agreement) = &network.agreement {
            let label = agreement.label.as_deref().unwrap_or(Say::Agreement.text(language));
            tell(label, &agreement.groups());
        }
        let label = network.reference.label.as_deref().unwrap_or(Say::Reference.text(language));
        tell(label, &network.reference.groups());
    }
    let amount = match (voucher.kind, voucher.amount.exact) {
        (Kind::Pickup, _) => Say::PickupAmount,
        (Kind::Payment, true) => Say::ExactAmount,
        (Kind::Payment, false) => Say::Amount,
    };
    tell(amount.text(language), &[&voucher.amount.pesos.to_string()]);
}

/// Which order it is for, at which shop.
pub fn order(view: &VoucherView, language: Language) -> String {
    let shop = &view.voucher.beneficiary.name;
    match &view.voucher.order_id {
        Some(order_id) => Say::OrderAt.fill(language, &[order_id, shop]),
        None => shop.clone(),
    }
}

/// The last moment: day and hour.
pub fn deadline(view: &VoucherView, language: Language) -> Option<String> {
    view.voucher.pay_before().map(|deadline| time::day_and_hour(deadline.instant(), language))
}

/// That the clock is Colombia's and, where outlets close before the deadline, until when to go.
pub fn until(view: &VoucherView, language: Language) -> String {
    let mut text = Say::ColombianTime.text(language).to_owned();
    let deadline = view.voucher.pay_before().map(|deadline| deadline.instant());
    if let Some(visit) = last_visit(view).filter(|visit| Some(visit.closes) < deadline) {
        if view.server_now.is_some_and(|now| now >= visit.closes) {
            return [&text, " ", Say::OutletsClosed.text(language)].concat();
        }
        let (day, hour) = (time::day(visit.closes, language), time::the_hour(visit.closes, language));
        text.push(' ');
        text.push_str(&Say::LastVisit.fill(language, &[&day, &hour]));
    }
    text
}

/// When the essentials were true.
pub fn as_of(view: &VoucherView, language: Language) -> Option<String> {
    view.server_now.map(|now| Say::AsOf.fill(language, &[&time::day_and_hour(now, language)]))
}

/// The same voucher elsewhere. A pickup has none: who opens it can ask for the secret.
pub fn link(view: &VoucherView) -> Option<&str> {
    let link = view.voucher.links.handover.as_deref();
    link.filter(|_| view.voucher.kind == Kind::Payment)
}

/// The QR code that hands the voucher over: its link, or else all of the message.
pub fn qr(view: &VoucherView, language: Language) -> Option<Qr> {
    if view.voucher.kind == Kind::Pickup {
        return None;
    }
    match link(view) {
        Some(link) => Qr::encode(link).ok(),
        None => Qr::encode(&message(view, language)).ok(),
    }
}

/// The last opening hours before the deadline.
pub fn last_visit(view: &VoucherView) -> Option<Visit> {
    let deadline = view.voucher.pay_before()?.instant();
    view.voucher.hours.unwrap_or(Hours::USUAL).last_visit(deadline)
}
