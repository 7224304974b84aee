//! Taking the voucher along: made up here, handed to the browser by the shell.

use web_sys::Document;

use crate::language::Language;
use crate::session::{Device, Input, Shares, Take};
use crate::symbol::Room;
use crate::view::take::{Mark, Shape, file_name, message, poster, reminder};
use crate::view::{VoucherView, page};

use super::draw::Canvas;
use super::shell::Shell;

/// What the shell calls the ways.
const NAMES: [(Take, &str); 4] =
    [(Take::Image, "image"), (Take::Share, "share"), (Take::Reminder, "reminder"), (Take::Print, "print")];

/// What the browser offers, in a document with this room.
pub(super) fn device(shell: &Shell, room: Room) -> Device {
    let offers = shell.offers();
    let has = |bit: u32| offers & 1 << bit != 0;
    let shares = match (has(2), has(3)) {
        (_, true) => Shares::Images,
        (true, false) => Shares::Text,
        _ => Shares::Nothing,
    };
    Device { room, saves: has(0), prints: has(1), shares }
}

/// Takes the voucher along; how it ended comes back through the shell.
pub(super) fn take(how: Take, view: &VoucherView, language: Language, document: &Document, shell: &Shell) {
    let mut text = String::new();
    match how {
        Take::Image => draw(view, language, shell),
        Take::Share => {
            if view.device.shares == Shares::Images {
                draw(view, language, shell);
            }
            text = message(view, language);
        }
        Take::Reminder => text = reminder(view, language).unwrap_or_default(),
        Take::Print => Canvas::new(document.clone(), shell.paper()).draw(page(view, language)),
    }
    let name = NAMES.iter().find(|(other, _)| *other == how).map_or("", |(_, name)| name);
    shell.take(name, &file_name(view), &text);
}

/// How it ended.
pub(super) fn ended(name: &str, done: bool) -> Option<Input> {
    let (how, _) = NAMES.iter().find(|(_, other)| *other == name)?;
    Some(Input::Took { how: *how, done })
}

fn draw(view: &VoucherView, language: Language, shell: &Shell) {
    for Mark { shape, color, text, at: [left, top], size: [width, height] } in poster(view, language) {
        let shape = match shape {
            Shape::Area => "area",
            // The weights of fonts.
            Shape::Words => "400",
            Shape::Bold => "700",
            Shape::Modules => "modules",
        };
        shell.mark(shape, color, &text, left, top, width, height);
    }
}
