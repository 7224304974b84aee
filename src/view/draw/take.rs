//! The ways to take the voucher along.

use crate::session::{Button, Copyable, Take};
use crate::voucher::Kind;

use super::super::take::{message, reminded_visit, whatsapp_link};
use super::super::{Say, VoucherView};
use super::pen::Pen;
use super::{counter, parts};

/// What works in this browser, and how it went.
pub fn take(view: &VoucherView, pen: &mut Pen) {
    let is_payment = view.voucher.kind == Kind::Payment;
    pen.within("div", "actions", |pen| {
        pen.set("part", "take");
        if view.device.saves {
            button(Take::Image, Say::TakeImage, pen);
        }
        // A pickup is for one person: its reference is nobody else's.
        if is_payment {
            button(Take::Share, Say::TakeShare, pen);
        }
        if view.device.saves && reminded_visit(view).is_some() {
            button(Take::Reminder, Say::TakeReminder, pen);
        }
        if view.device.prints {
            button(Take::Print, Say::TakePrint, pen);
        }
        counter::links(view, pen);
    });
    if let Some(say) = outcome(view) {
        pen.line("p", "notice", say);
    }
    if view.share_open && is_payment {
        pen.within("div", "actions", |pen| {
            let link = whatsapp_link(&message(view, pen.language));
            parts::link("btn", &link, Say::ShareByWhatsApp, pen);
            parts::copying(Copyable::Message, Say::ShareByCopy, view.copied, pen);
        });
    }
}

/// What there is to say of how it went. The share menu and the print dialogue speak for themselves.
pub fn outcome(view: &VoucherView) -> Option<Say> {
    match view.taken? {
        (Take::Image, true) => Some(Say::TookImage),
        (Take::Reminder, true) => Some(Say::TookReminder),
        (Take::Image, false) => Some(Say::ImageFailed),
        (Take::Share, false) => Some(Say::ShareFailed),
        (Take::Reminder, false) => Some(Say::ReminderFailed),
        (Take::Print, false) => Some(Say::PrintFailed),
        (Take::Share | Take::Print, true) => None,
    }
}

fn button(how: Take, say: Say, pen: &mut Pen) {
    parts::plain(Button::Take(how), say, pen);
}
