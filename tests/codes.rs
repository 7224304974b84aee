//! The codes on the voucher's screen: where they are drawn, and where they must not be.
#![allow(clippy::unwrap_used, clippy::panic)]

mod shopper;

use std::rc::Rc;

use efecty_checkout::session::{Body, Button, Device, Event, Input, Start, TroubleCode};
use efecty_checkout::symbol::Room;
use efecty_checkout::view::{Element, Node, Phase, draw};
use efecty_checkout::voucher::{Barcode, Status, Symbology, Voucher};

use shopper::{Shopper, voucher};

fn barcode(symbology: Symbology, content: &str) -> Option<Barcode> {
    Some(Barcode { symbology, content: content.to_owned() })
}

fn watching(voucher: Voucher) -> Shopper {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.advance(60_000);
    shopper.answer(Body::Voucher(Rc::new(voucher)));
    shopper
}

/// All elements of the screen that carry this part.
fn parts<'a>(element: &'a Element, part: &str, found: &mut Vec<&'a Element>) {
    if element.attribute("part").is_some_and(|names| names.split(' ').any(|name| name == part)) {
        found.push(element);
    }
    for child in &element.children {
        if let Node::Element(child) = child {
            parts(child, part, found);
        }
    }
}

/// The width and height of the drawn barcode.
fn drawn_bars(screen: &Element) -> Option<(String, String)> {
    let mut found = Vec::new();
    parts(screen, "barcode", &mut found);
    let svg = tagged(found.first()?, "svg")?;
    Some((svg.attribute("width")?.to_owned(), svg.attribute("height")?.to_owned()))
}

fn tagged<'a>(element: &'a Element, tag: &str) -> Option<&'a Element> {
    if element.tag == tag {
        return Some(element);
    }
    element.children.iter().find_map(|child| match child {
        Node::Element(child) => tagged(child, tag),
        Node::Text(_) => None,
    })
}

#[test]
fn a_barcode_is_drawn_as_wide_as_it_is_easy_to_scan() {
    let mut shopper = watching(Voucher {
        barcode: barcode(Symbology::Code128, "48772157429542"),
        ..voucher(Status::Pending)
    });
    shopper.handle(Input::Device(Device {
        room: Room { width: 318, height: 700, ratio: 3_000 },
        ..Device::default()
    }));
    // 132 modules of 7 device pixels.
    assert_eq!(drawn_bars(&draw(&shopper.view())), Some(("308".to_owned(), "88".to_owned())));
    shopper.handle(Input::Device(Device {
        room: Room { width: 814, height: 700, ratio: 1_000 },
        ..Device::default()
    }));
    assert_eq!(drawn_bars(&draw(&shopper.view())), Some(("396".to_owned(), "88".to_owned())));
}

#[test]
fn a_long_barcode_stands_when_asked_to_and_is_never_too_fine() {
    let bill = "415770999801435080200000017209701643\u{1d}390001983090\u{1d}9620180630";
    let mut shopper =
        watching(Voucher { barcode: barcode(Symbology::Gs1128, bill), ..voucher(Status::Pending) });
    shopper.handle(Input::Device(Device {
        room: Room { width: 318, height: 700, ratio: 3_000 },
        ..Device::default()
    }));
    assert_eq!(drawn_bars(&draw(&shopper.view())), None, "407 modules are too many for 318 pixels");
    shopper.press(Button::ToggleBarcode);
    assert_eq!(drawn_bars(&draw(&shopper.view())), Some(("128".to_owned(), "678.333".to_owned())));
    shopper.handle(Input::Device(Device {
        room: Room { width: 318, height: 400, ratio: 3_000 },
        ..Device::default()
    }));
    let screen = draw(&shopper.view());
    assert_eq!(drawn_bars(&screen), None);
    assert!(screen.text_content().contains("no cabe aquí"));
}

#[test]
fn what_the_symbology_cannot_carry_leaves_the_voucher_standing() {
    for barcode in [barcode(Symbology::Itf, "123"), barcode(Symbology::Other("pdf417".into()), "1")] {
        let mut shopper = Shopper::start(Start::Voucher { token: voucher(Status::Pending).token }, None);
        shopper.answer(Body::Voucher(Rc::new(Voucher { barcode, ..voucher(Status::Pending) })));
        let told = |event: &Event| matches!(event, Event::Error(trouble) if trouble.code == TroubleCode::InvalidAnswer);
        assert_eq!(shopper.events.iter().filter(|event| told(event)).count(), 1);
        let screen = draw(&shopper.view());
        assert!(screen.text_content().contains("52.000"));
        assert!(!screen.text_content().contains("Código de barras"));
    }
}

#[test]
fn no_code_stands_where_paying_would_be_wrong() {
    let with_barcode = |status| Voucher { barcode: barcode(Symbology::Itf, "1234"), ..voucher(status) };
    for status in [
        Status::Preparing,
        Status::Paid,
        Status::PaidLate,
        Status::Mismatch,
        Status::LateReview,
        Status::Expired,
        Status::Cancelled,
        Status::Superseded,
        Status::Refunded,
        Status::Unknown("new".into()),
    ] {
        let mut shopper = watching(with_barcode(status.clone()));
        shopper.press(Button::ToggleCodes);
        shopper.press(Button::ToggleBarcode);
        let screen = draw(&shopper.view());
        for part in ["barcode", "qr"] {
            let mut found = Vec::new();
            parts(&screen, part, &mut found);
            assert!(found.is_empty(), "{part} while {}", status.name());
        }
    }
    let mut late = watching(with_barcode(Status::Pending));
    late.sleepless(8 * 24 * 3_600_000);
    late.press(Button::ToggleCodes);
    assert_eq!(late.phase(), Phase::Verifying);
    assert_eq!(drawn_bars(&draw(&late.view())), None);
}
