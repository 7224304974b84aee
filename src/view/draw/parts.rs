//! The pieces that screens share.

use crate::language::Language;
use crate::session::{Button, Trouble, TroubleCode};

use super::super::{Element, Say, Text, element, press_name};

/// A screen; `key` keeps the nodes of one screen from becoming another's.
pub fn card(key: &'static str) -> Element {
    element("section").class("card").with("part", "card").with("key", key).with("aria-labelledby", "heading")
}

/// The title of a screen; it can take the focus when a screen replaces another.
pub fn heading(text: impl Into<Text>) -> Element {
    element("h2").with("id", "heading").with("part", "heading").with("tabindex", "-1").text(text)
}

pub fn soft(text: impl Into<Text>) -> Element {
    element("p").class("soft").text(text)
}

pub fn pill(kind: &'static str, text: impl Into<Text>) -> Element {
    element("span").class(kind).with("part", "status").text(text)
}

pub fn button(button: Button, text: impl Into<Text>) -> Element {
    press(button, "btn").with("part", "button").text(text)
}

pub fn primary(button: Button, text: impl Into<Text>) -> Element {
    press(button, "btn primary").with("part", "button primary").text(text)
}

/// A button that looks like a link in running text.
pub fn quiet(button: Button, text: impl Into<Text>) -> Element {
    press(button, "quiet").text(text)
}

pub fn press(button: Button, class: &'static str) -> Element {
    element("button").with("type", "button").class(class).with("data-press", press_name(button))
}

/// A link that leaves the page; the page there learns nothing of this one.
pub fn link(address: &str, text: impl Into<Text>) -> Element {
    element("a")
        .with("href", address.to_owned())
        .with("target", "_blank")
        .with("rel", "noopener noreferrer")
        .text(text)
}

/// A code in groups. The eye sees the groups, a hand that selects copies the bare code, and a
/// screen reader hears one character after the other.
pub fn code(groups: &[&str]) -> Element {
    let spelled: String = groups.concat().chars().flat_map(|c| [c, ' ']).collect();
    let last = groups.len().saturating_sub(1);
    let mut visual = element("span").class("groups").with("aria-hidden", "true");
    for (i, group) in groups.iter().enumerate() {
        visual = visual.child(element("span").text((*group).to_owned()));
        if i < last {
            visual = visual.child(element("wbr"));
        }
    }
    element("span")
        .class("code")
        .child(visual)
        .child(element("span").class("hidden spelled").text(spelled.trim_end().to_owned()))
}

pub fn icon(path: &'static str) -> Element {
    element("svg")
        .with("viewBox", "0 0 24 24")
        .with("aria-hidden", "true")
        .child(element("path").with("d", path))
}

pub const COPY_ICON: &str = "M9 9h11v11H9zM5 15V4h11";
pub const CHECK_ICON: &str = "m5 13 4 4L19 7";
pub const WARNING_ICON: &str = "M12 8v5m0 3v.5M12 3 2.5 20h19z";

/// What went wrong, as a person would say it.
pub fn trouble_text(trouble: &Trouble) -> Say {
    match trouble.code {
        TroubleCode::Configuration => Say::TroubleConfiguration,
        TroubleCode::Network => Say::TroubleNetwork,
        TroubleCode::Timeout => Say::TroubleTimeout,
        TroubleCode::Backend => Say::TroubleBackend,
        TroubleCode::NotFound => Say::TroubleNotFound,
        TroubleCode::Refused => Say::TroubleRefused,
        TroubleCode::NotJson | TroubleCode::InvalidAnswer => Say::TroubleAnswer,
        TroubleCode::Internal => Say::TroubleInternal,
    }
}

/// What support asks for, small.
pub fn support(trouble: &Trouble, language: Language) -> Element {
    let status = trouble.http_status.map(|status| status.to_string());
    let parts = [
        Some(trouble.code.name().to_owned()),
        status,
        trouble.detail.clone(),
        trouble.request_id.clone(),
        trouble.trace_id.clone(),
    ];
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    element("p").class("support").with("part", "support").text(Say::ForSupport.fill(language, &[&words]))
}
