//! The pieces that screens share.

use crate::session::{Button, Copyable, Trouble, TroubleCode};

use super::super::{Say, Text, press_name};
use super::pen::Pen;

pub const COPY_ICON: &str = "M9 9h11v11H9zM5 15V4h11";
pub const CHECK_ICON: &str = "m5 13 4 4L19 7";
pub const WARNING_ICON: &str = "M12 8v5m0 3v.5M12 3 2.5 20h19z";

/// A screen; `key` keeps the nodes of one screen from becoming another's.
#[inline(always)]
pub fn card(key: &'static str, pen: &mut Pen, inside: impl FnOnce(&mut Pen)) {
    pen.within("section", "card", |pen| {
        pen.set("part", "card");
        pen.set("key", key);
        pen.set("aria-labelledby", "heading");
        inside(pen);
    });
}

/// The title of a screen; it can take the focus when a screen replaces another.
pub fn heading(text: &str, pen: &mut Pen) {
    pen.within("h2", "", |pen| {
        pen.set("id", "heading");
        pen.set("part", "heading");
        pen.set("tabindex", "-1");
        pen.words(text);
    });
}

pub fn pill(say: Say, pen: &mut Pen) {
    pen.within("span", "pill", |pen| {
        pen.set("part", "status");
        pen.say(say);
    });
}

/// A sign that says at a glance how things stand.
pub fn mark(class: &'static str, path: &'static str, pen: &mut Pen) {
    pen.within("div", class, |pen| icon(path, pen));
}

pub fn icon(path: &'static str, pen: &mut Pen) {
    pen.within("svg", "", |pen| {
        pen.set("viewBox", "0 0 24 24");
        pen.set("aria-hidden", "true");
        pen.within("path", "", |pen| pen.set("d", path));
    });
}

pub fn primary(button: Button, say: Say, pen: &mut Pen) {
    press(button, "btn primary", pen, |pen| {
        pen.set("part", "button primary");
        pen.say(say);
    });
}

pub fn plain(button: Button, say: Say, pen: &mut Pen) {
    press(button, "btn", pen, |pen| {
        pen.set("part", "button");
        pen.say(say);
    });
}

/// A button that opens and folds something.
#[inline(never)]
pub fn toggle(button: Button, is_open: bool, open: Say, fold: Say, pen: &mut Pen) {
    press(button, "btn", pen, |pen| {
        pen.set("part", "button");
        pen.set("aria-expanded", if is_open { "true" } else { "false" });
        pen.say(if is_open { fold } else { open });
    });
}

/// A button that looks like a link in running text.
pub fn quiet(button: Button, text: &str, pen: &mut Pen) {
    press(button, "quiet", pen, |pen| pen.words(text));
}

#[inline(always)]
pub fn press(button: Button, class: &'static str, pen: &mut Pen, inside: impl FnOnce(&mut Pen)) {
    pen.within("button", class, |pen| {
        pen.set("type", "button");
        pen.set_text("data-press", press_name(button));
        inside(pen);
    });
}

/// A link that leaves the page; the page there learns nothing of this one.
pub fn link(class: &'static str, address: &str, say: Say, pen: &mut Pen) {
    pen.within("a", class, |pen| {
        pen.set_text("href", Text::Owned(address.to_owned()));
        pen.set("target", "_blank");
        pen.set("rel", "noopener noreferrer");
        pen.say(say);
    });
}

/// A code in groups. The eye sees the groups, a hand that selects copies the bare code, and a
/// screen reader hears one character after the other.
pub fn code(part: &'static str, groups: &[&str], pen: &mut Pen) {
    let mut spelled = String::new();
    for c in groups.iter().flat_map(|group| group.chars()) {
        if !spelled.is_empty() {
            spelled.push(' ');
        }
        spelled.push(c);
    }
    pen.within("span", "code", |pen| {
        if !part.is_empty() {
            pen.set("part", part);
        }
        pen.within("span", "groups", |pen| {
            pen.set("aria-hidden", "true");
            for (i, group) in groups.iter().enumerate() {
                if i > 0 {
                    pen.within("wbr", "", |_| {});
                }
                pen.note("span", "", group);
            }
        });
        pen.note("span", "hidden spelled", &spelled);
    });
}

/// What went wrong, as a person would say it.
pub fn trouble_text(trouble: &Trouble) -> Say {
    match trouble.code {
        TroubleCode::Network => Say::TroubleNetwork,
        TroubleCode::Timeout => Say::TroubleTimeout,
        TroubleCode::Backend => Say::TroubleBackend,
        TroubleCode::NotFound => Say::TroubleNotFound,
        TroubleCode::Refused if trouble.detail.as_deref() == Some("order-closed") => Say::TroubleOrderClosed,
        TroubleCode::Refused => Say::TroubleRefused,
        TroubleCode::NotJson | TroubleCode::InvalidAnswer => Say::TroubleAnswer,
        // Neither is a screen: what the page has put there stays.
        TroubleCode::Configuration | TroubleCode::Internal => Say::FailureTitle,
    }
}

/// What support asks for, small.
pub fn support(trouble: &Trouble, pen: &mut Pen) {
    pen.within("p", "support", |pen| {
        pen.set("part", "support");
        // No line begins with the sign.
        pen.fill(Say::ForSupport, &[&trouble.support("\u{a0}· ")]);
    });
}

/// A button that copies, and how that went.
#[inline(never)]
pub fn copying(what: Copyable, say: Say, copied: Option<(Copyable, bool)>, pen: &mut Pen) {
    let outcome = copied.filter(|(copied, _)| *copied == what).map(|(_, done)| done);
    plain(Button::Copy(what), if outcome == Some(true) { Say::Copied } else { say }, pen);
    if outcome == Some(false) {
        pen.line("p", "small", Say::CopyFailed);
    }
}

/// The same for what support asks for.
pub fn copying_support(copied: Option<(Copyable, bool)>, pen: &mut Pen) {
    copying(Copyable::Support, Say::CopySupport, copied, pen);
}
