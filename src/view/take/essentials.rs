//! What a voucher comes down to.

use crate::calendar::{Hours, ServerInstant, Visit};
use crate::language::Language;
use crate::session::Copyable;
use crate::symbol::{self, Bars, Qr};
use crate::voucher::{Kind, Network, Voucher};

use super::super::{Say, VoucherView, time};
use super::message::text;

/// A link whose code has more modules a side is too long: with this many, quiet zone included, each is
/// three CSS pixels wide in the column of a narrow phone.
const MOST_MODULES: usize = 105;

const MINUTE: i64 = 60_000;
/// Midnight in Bogotá, after midnight in UTC, all year.
const MIDNIGHT: i64 = 5 * 60 * MINUTE;

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
        tell(reference(network, language), &network.reference.groups());
    }
    tell(amount(voucher).text(language), &[&voucher.amount.pesos.to_text()]);
}

/// Where it is paid: every network.
pub fn networks(voucher: &Voucher) -> String {
    let names: Vec<&str> = voucher.networks.iter().map(|network| network.name.as_str()).collect();
    if names.is_empty() { "Efecty".to_owned() } else { names.join(" / ") }
}

/// What something that is copied is called, where it is dictated.
pub fn label(what: Copyable, voucher: &Voucher, language: Language) -> Option<&str> {
    match what {
        Copyable::Agreement(i) => {
            let agreement = voucher.networks.get(usize::from(i))?.agreement.as_ref()?;
            Some(agreement.label.as_deref().unwrap_or(Say::Agreement.text(language)))
        }
        Copyable::Reference(i) => Some(reference(voucher.networks.get(usize::from(i))?, language)),
        Copyable::Amount => Some(amount(voucher).text(language)),
        Copyable::Support | Copyable::Message => None,
    }
}

/// What the network's reference is called: by the gateway, or as usual.
pub fn reference(network: &Network, language: Language) -> &str {
    network.reference.label.as_deref().unwrap_or(Say::Reference.text(language))
}

/// What the amount is called.
pub fn amount(voucher: &Voucher) -> Say {
    match (voucher.kind, voucher.amount.exact) {
        (Kind::Pickup, _) => Say::PickupAmount,
        (Kind::Payment, true) => Say::ExactAmount,
        (Kind::Payment, false) => Say::Amount,
    }
}

/// Which order it is for, at which shop.
pub fn order(view: &VoucherView, language: Language) -> String {
    let shop = &view.voucher.beneficiary.name;
    match &view.voucher.order_id {
        Some(order_id) => Say::OrderAt.fill(language, &[order_id, shop]),
        None => shop.clone(),
    }
}

/// What is to be done before the last moment.
pub fn before(view: &VoucherView) -> Say {
    match view.voucher.kind {
        Kind::Payment => Say::PayBefore,
        Kind::Pickup => Say::CollectBefore,
    }
}

/// The last moment, as it is said: who hears "Saturday, 12:00 a.m." comes on Saturday, too late by a
/// day, so that midnight is the end of the day before.
#[inline(never)]
pub fn last_moment(view: &VoucherView) -> Option<ServerInstant> {
    let instant = view.voucher.pay_before()?.instant();
    let is_midnight = (instant.millis() - MIDNIGHT).rem_euclid(24 * 60 * MINUTE) < MINUTE;
    Some(if is_midnight { instant.plus_millis(-MINUTE) } else { instant })
}

/// The last moment: day and hour.
pub fn deadline(view: &VoucherView, language: Language) -> Option<String> {
    last_moment(view).map(|instant| time::day_and_hour(instant, language))
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

/// The QR code that hands the voucher over: its link, or else the essentials as text.
pub fn qr(view: &VoucherView, language: Language) -> Option<Qr> {
    if view.voucher.kind == Kind::Pickup {
        return None;
    }
    let linked = link(view).and_then(|link| Qr::encode(link).ok()).filter(|qr| qr.size() <= MOST_MODULES);
    linked.or_else(|| Qr::encode(&text(view, language)).ok())
}

/// The barcode for the cashier, where it can be drawn.
pub fn bars(view: &VoucherView) -> Option<Bars> {
    let barcode = view.voucher.scanned()?;
    symbol::barcode(&barcode.symbology, &barcode.content).ok()
}

/// The last opening hours before the deadline, where paying works by then.
pub fn last_visit(view: &VoucherView) -> Option<Visit> {
    let deadline = view.voucher.pay_before()?.instant();
    let visit = view.voucher.hours.unwrap_or(Hours::USUAL).last_visit(deadline)?;
    view.voucher.active_from.is_none_or(|from| from < visit.closes).then_some(visit)
}
