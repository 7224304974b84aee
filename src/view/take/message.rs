//! The essentials as a message to whoever pays.

use crate::language::Language;

use super::super::{VoucherView, draw};
use super::essentials;

/// The essentials, and the link to the voucher.
pub fn message(view: &VoucherView, language: Language) -> String {
    let mut text = text(view, language);
    if let Some(link) = essentials::link(view) {
        text.push('\n');
        text.push_str(link);
    }
    text
}

/// The essentials, a line each; no grouping, so that a code can be copied out of it.
pub(super) fn text(view: &VoucherView, language: Language) -> String {
    let mut text = draw::voucher_title(view, language);
    let mut line = |parts: &[&str]| {
        text.push('\n');
        for part in parts {
            text.push_str(part);
        }
    };
    line(&[&essentials::order(view, language)]);
    essentials::each_fact(view, language, &mut |label, groups| match groups {
        [] => line(&[label]),
        groups => line(&[label, ": ", &groups.concat()]),
    });
    if let Some(deadline) = essentials::deadline(view, language) {
        line(&[essentials::before(view).text(language), " ", &deadline]);
        line(&[&essentials::until(view, language)]);
    }
    text
}

/// A link that opens WhatsApp with a message to send.
pub fn whatsapp_link(message: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut link = "https://wa.me/?text=".to_owned();
    for byte in message.bytes() {
        if byte.is_ascii_alphanumeric() {
            link.push(char::from(byte));
        } else {
            link.push('%');
            link.push(char::from(HEX[usize::from(byte >> 4)]));
            link.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    link
}
