//! What is taken along: the same essentials everywhere, and nothing that is nobody's business.
#![allow(clippy::unwrap_used, clippy::panic)]

mod shopper;

use std::rc::Rc;

use efecty_checkout::calendar::{BogotaDate, Deadline, ServerInstant};
use efecty_checkout::language::{Language, Localized};
use efecty_checkout::session::{Action, Body, Button, Copyable, Device, Input, Shares, Take};
use efecty_checkout::symbol::Qr;
use efecty_checkout::view::take::{Shape, message, poster, reminder, whatsapp_link};
use efecty_checkout::view::{Element, Node, VoucherView, draw, page};
use efecty_checkout::voucher::{Barcode, Kind, Links, Pickup, Status, Symbology, Voucher};
use proptest::prelude::*;

use shopper::{Shopper, voucher};

const LINK: &str = "https://tienda.example/v/#tok_0123456789abcdef";

fn linked() -> Voucher {
    let links = Links { handover: Some(LINK.to_owned()), ..Links::default() };
    let barcode = Some(Barcode { symbology: Symbology::Code128, content: "48772157429542".to_owned() });
    Voucher { links, barcode, ..voucher(Status::Pending) }
}

fn pickup() -> Voucher {
    let pickup = Some(Pickup { pin: "987654".to_owned(), documents: vec!["CC".to_owned()] });
    Voucher { kind: Kind::Pickup, pickup, ..linked() }
}

/// A shopper before `voucher`, in a browser that can do everything.
fn before(voucher: Voucher) -> Shopper {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.advance(60_000);
    shopper.answer(Body::Voucher(Rc::new(voucher)));
    shopper.handle(Input::Device(able()));
    shopper
}

fn able() -> Device {
    Device { saves: true, prints: true, shares: Shares::Images, ..Device::default() }
}

fn view_of(voucher: Voucher) -> VoucherView {
    before(voucher).voucher_view()
}

fn texts(view: &VoucherView) -> [String; 4] {
    let marks = poster(view, Language::Es).into_iter();
    let words =
        marks.filter(|mark| matches!(mark.shape, Shape::Words | Shape::Bold)).map(|mark| mark.text + "\n");
    [
        message(view, Language::Es),
        words.collect(),
        page(view, Language::Es).text_content(),
        reminder(view, Language::Es).unwrap(),
    ]
}

fn took(shopper: &Shopper, how: Take) -> bool {
    shopper.actions.contains(&Action::Take(how))
}

#[test]
fn the_message_says_what_is_dictated_and_leads_to_the_voucher() {
    let expected = "Paga en efectivo en un punto Efecty\nPedido A-1042 en Tienda Ejemplo SAS\nConvenio: 111992\n\
                    Referencia: 48772157429542\nValor exacto: $\u{a0}52.000\n\
                    Paga antes del lunes 30 de noviembre, 9:05\u{a0}a.\u{a0}m.\nHora de Colombia.\n";
    assert_eq!(message(&view_of(linked()), Language::Es), [expected, LINK].concat());
}

#[test]
fn image_page_and_reminder_say_the_same() {
    let view = view_of(linked());
    for text in texts(&view) {
        let bare: String = text.replace("\r\n ", "").chars().filter(|c| !c.is_whitespace()).collect();
        for said in ["111992", "48772157429542", "$52.000", "A-1042", "lunes30denoviembre"] {
            assert!(bare.contains(said), "{said} in {text}");
        }
    }
}

#[test]
fn paper_says_nothing_that_only_a_screen_does() {
    let latency = Some(Localized { es: "Tarda 2 horas.".to_owned(), en: None });
    for (latency, is_said) in [(latency, true), (None, false)] {
        let view = view_of(Voucher { latency, ..linked() });
        let text = page(&view, Language::Es).text_content();
        assert!(!text.contains("Esta página"), "{text}");
        assert_eq!(text.contains("Tarda 2 horas."), is_said);
        assert_eq!(text.contains("Después de pagar"), is_said);
    }
}

#[test]
fn the_cashier_is_told_what_the_ticket_calls_it() {
    let mut voucher = linked();
    voucher.networks[0].reference.label = Some("Número de pago".to_owned());
    let shopper = before(voucher);
    for text in
        [draw(&shopper.view()), page(&shopper.voucher_view(), Language::Es)].map(|it| it.text_content())
    {
        assert!(text.contains("Dicta: Número de pago, número por número."), "{text}");
    }
}

#[test]
fn a_pickup_s_secret_goes_nowhere_and_nobody_is_shown_the_way() {
    let mut shopper = before(pickup());
    let view = shopper.voucher_view();
    for text in texts(&view) {
        assert!(!text.contains("987654"), "the secret in {text}");
        assert!(!text.contains("tok_"), "the link in {text}");
    }
    let symbols = poster(&view, Language::Es).into_iter().filter(|mark| matches!(mark.shape, Shape::Modules));
    assert_eq!(symbols.count(), 1, "the barcode alone");
    assert!(!draw(&shopper.view()).text_content().contains("Compartir"));
    shopper.press(Button::Take(Take::Print));
    assert!(took(&shopper, Take::Print));
}

#[test]
fn a_barcode_that_says_the_secret_is_drawn_nowhere() {
    for content in ["987654", "415770999801435080209876540", "98-7654"] {
        let barcode = Some(Barcode { symbology: Symbology::Code128, content: content.to_owned() });
        let shopper = before(Voucher { barcode, ..pickup() });
        let view = shopper.voucher_view();
        assert!(!draw(&shopper.view()).text_content().contains("Código de barras"), "{content}");
        assert!(poster(&view, Language::Es).iter().all(|mark| mark.shape != Shape::Modules), "{content}");
        assert!(!has(&page(&view, Language::Es), "svg"), "{content}");
    }
}

/// Whether there is an element of this kind in the tree.
fn has(element: &Element, tag: &str) -> bool {
    let within = |child: &Node| matches!(child, Node::Element(child) if has(child, tag));
    element.tag == tag || element.children.iter().any(within)
}

/// Whether this path is drawn in the tree.
fn has_path(element: &Element, path: &str) -> bool {
    let within = |child: &Node| matches!(child, Node::Element(child) if has_path(child, path));
    element.attribute("d") == Some(path) || element.children.iter().any(within)
}

#[test]
fn a_pickup_is_collected_and_not_paid() {
    for text in texts(&view_of(pickup())) {
        assert!(!text.to_lowercase().contains("paga antes"), "{text}");
        assert!(!text.contains("antes de pagar"), "{text}");
        assert!(text.replace("\r\n ", "").contains("Retira antes del"), "{text}");
    }
}

#[test]
fn a_link_too_long_for_a_code_makes_room_for_the_essentials() {
    for (length, is_coded) in [(60, true), (660, true), (700, false), (4_000, false)] {
        let link = format!("https://tienda.example/v/#{}", "a".repeat(length - 26));
        let links = Links { handover: Some(link.clone()), ..Links::default() };
        let shopper = before(Voucher { links, ..linked() });
        let view = shopper.voucher_view();
        let code = Qr::encode(&link).map_or("none".to_owned(), |qr| qr.path());
        let screen = draw(&shopper.view());
        assert!(screen.text_content().contains("Llévalo en tu celular"), "{length} on screen");
        assert_eq!(has_path(&screen, &code), is_coded, "{length} on screen");
        let marks = poster(&view, Language::Es);
        assert_eq!(marks.iter().any(|mark| mark.text == code), is_coded, "{length} in the image");
        assert_eq!(marks.iter().filter(|mark| mark.shape == Shape::Modules).count(), 2, "{length}");
        // What is sent has room for any link.
        assert!(message(&view, Language::Es).ends_with(&link));
    }
}

#[test]
fn midnight_is_said_as_the_end_of_the_day_before() {
    let at = |text| Some(Deadline::At(ServerInstant::parse(text).unwrap()));
    for (expires_at, said) in [
        ("2026-11-28T00:00:00-05:00", "viernes 27 de noviembre, 11:59\u{a0}p.\u{a0}m."),
        ("2026-11-27T23:59:59-05:00", "viernes 27 de noviembre, 11:59\u{a0}p.\u{a0}m."),
        ("2026-11-28T00:01:00-05:00", "sábado 28 de noviembre, 12:01\u{a0}a.\u{a0}m."),
        ("2026-11-27T12:00:00-05:00", "viernes 27 de noviembre, 12:00\u{a0}p.\u{a0}m."),
    ] {
        let shopper = before(Voucher { expires_at: at(expires_at), ..linked() });
        assert!(message(&shopper.voucher_view(), Language::Es).contains(said), "{expires_at}");
        assert!(draw(&shopper.view()).text_content().contains(said), "{expires_at}");
    }
}

#[test]
fn every_mark_of_the_image_lies_on_it() {
    for voucher in [linked(), pickup(), voucher(Status::Pending)] {
        let marks = poster(&view_of(voucher), Language::Es);
        let image = marks[0].size;
        for mark in &marks {
            let [left, top] = mark.at;
            let [right, bottom] = match mark.shape {
                Shape::Area => [left + mark.size[0], top + mark.size[1]],
                Shape::Words | Shape::Bold => [left + mark.size[0], top],
                Shape::Modules => [left, top],
            };
            assert!(right <= image[0] && bottom <= image[1], "{mark:?} on {image:?}");
        }
    }
}

#[test]
fn only_what_works_is_offered() {
    let offered = |device: Device| {
        let mut shopper = before(linked());
        shopper.handle(Input::Device(device));
        let text = draw(&shopper.view()).text_content();
        ["Guardar imagen", "Compartir", "Recordarme", "Imprimir"].map(|name| text.contains(name))
    };
    assert_eq!(offered(able()), [true; 4]);
    assert_eq!(offered(Device { saves: false, ..able() }), [false, true, false, true]);
    assert_eq!(offered(Device { prints: false, ..able() }), [true, true, true, false]);
    // Sharing has ways that work everywhere.
    assert_eq!(offered(Device::default()), [false, true, false, false]);
}

#[test]
fn without_a_share_menu_other_ways_open() {
    let mut shopper = before(linked());
    shopper.handle(Input::Device(Device { shares: Shares::Nothing, ..able() }));
    assert!(!draw(&shopper.view()).text_content().contains("WhatsApp"));
    shopper.press(Button::Take(Take::Share));
    assert!(!took(&shopper, Take::Share));
    assert!(draw(&shopper.view()).text_content().contains("WhatsApp"));
    shopper.press(Button::Copy(Copyable::Message));
    let message = message(&shopper.voucher_view(), Language::Es);
    assert!(shopper.actions.contains(&Action::Copy { what: Copyable::Message, text: message }));
}

#[test]
fn what_fails_is_said_and_leaves_the_others() {
    for (how, said) in [
        (Take::Image, "captura de pantalla"),
        (Take::Share, "Enviar por WhatsApp"),
        (Take::Reminder, "No se pudo crear el recordatorio"),
        (Take::Print, "no pudo imprimir"),
    ] {
        let mut shopper = before(linked());
        shopper.press(Button::Take(how));
        assert!(took(&shopper, how));
        shopper.handle(Input::Took { how, done: false });
        let text = draw(&shopper.view()).text_content();
        assert!(text.contains(said), "{said}");
        for name in ["Guardar imagen", "Compartir", "Recordarme", "Imprimir"] {
            assert!(text.contains(name), "{name}");
        }
        shopper.press(Button::Take(Take::Image));
        assert!(shopper.voucher_view().taken.is_none(), "the next try begins anew");
    }
}

#[test]
fn nothing_is_taken_along_that_should_not_be_paid() {
    for status in [Status::Paid, Status::Expired, Status::Cancelled, Status::Unknown("new".into())] {
        let mut shopper = before(Voucher { status, ..linked() });
        shopper.press(Button::Take(Take::Image));
        assert!(!took(&shopper, Take::Image));
        assert!(!draw(&shopper.view()).text_content().contains("Guardar imagen"));
    }
}

#[test]
fn a_link_to_whatsapp_carries_the_message() {
    assert_eq!(whatsapp_link("a b\nñ&#"), "https://wa.me/?text=a%20b%0A%C3%B1%26%23");
}

fn property<'a>(file: &'a str, name: &str) -> &'a str {
    file.split("\r\n").find_map(|line| line.strip_prefix(name)).unwrap()
}

#[test]
fn the_reminder_begins_when_outlets_open_on_the_last_day() {
    // Friday, 23:59:59.999 in Bogotá.
    let expires_at = Some(Deadline::EndOf(date("2026-11-27")));
    let file = reminder(&view_of(Voucher { expires_at, ..linked() }), Language::Es).unwrap();
    assert_eq!(property(&file, "DTSTART;TZID=America/Bogota:"), "20261127T080000");
    assert_eq!(property(&file, "DTEND;TZID=America/Bogota:"), "20261127T180000");
    assert_eq!(property(&file, "SUMMARY:"), "Pagar $\u{a0}52.000 en efectivo a Tienda Ejemplo SAS");
}

fn date(text: &str) -> BogotaDate {
    BogotaDate::parse(text).unwrap()
}

proptest! {
    #[test]
    fn a_reminder_comes_by_day_in_time_and_on_lines_that_fit(
        minutes in 0i64..30 * 24 * 60,
        name in "[A-Za-zñáé,;\\\\ ]{1,80}[A-Za-z]",
    ) {
        let mut voucher = linked();
        let expires_at = voucher.server_time.plus_millis(minutes * 60_000);
        voucher.expires_at = Some(Deadline::At(expires_at));
        voucher.beneficiary.name = name;
        let mut view = view_of(linked());
        view.voucher = Rc::new(voucher);
        if let Some(file) = reminder(&view, Language::Es) {
            prop_assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
            let local = |name: &str| {
                let text = property(&file, name);
                let parts = [&text[0..4], &text[4..6], &text[6..8], &text[9..11], &text[11..13], &text[13..15]];
                let [year, month, day, hour, minute, second] = parts;
                ServerInstant::parse(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}-05:00")).unwrap()
            };
            let (begins, ends) = (local("DTSTART;TZID=America/Bogota:"), local("DTEND;TZID=America/Bogota:"));
            prop_assert!(view.server_now.unwrap() < begins && begins < ends && ends <= expires_at);
            prop_assert!((8..18).contains(&begins.in_bogota().hour));
            let last_call = file.contains("TRIGGER;RELATED=END:-PT2H");
            prop_assert_eq!(last_call, begins < ends.plus_millis(-2 * 3_600_000), "no alarm before it begins");
        } else {
            prop_assert!(minutes < 5 * 24 * 60, "days ahead there is always a time");
        }
    }
}
