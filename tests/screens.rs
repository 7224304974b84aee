//! The screens as plain trees: what is said when, and what stands open.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod shopper;

use std::rc::Rc;

use efecty_checkout::language::{Language, Localized};
use efecty_checkout::session::{Action, Body, Button, Focus};
use efecty_checkout::view::{Element, Node, Phase, View, draw};
use efecty_checkout::voucher::{Barcode, Status, Symbology, Voucher};

use shopper::{Shopper, voucher};

/// A voucher with everything that is scanned, dictated or taken along.
fn full() -> Voucher {
    let mut full = voucher(Status::Pending);
    full.links.handover = Some("https://tienda.example/v/#tok".to_owned());
    full.links.voucher = Some("https://pagos.example/v".to_owned());
    full.barcode =
        Some(Barcode { symbology: Symbology::Code128, content: full.networks[0].reference.value.clone() });
    full.latency =
        Some(Localized { es: "Puede tardar dos horas.".to_owned(), en: Some("Up to two hours.".to_owned()) });
    full
}

fn before(voucher: Voucher) -> Shopper {
    let mut shopper = Shopper::watching(Status::Pending);
    shopper.advance(60_000);
    shopper.answer(Body::Voucher(Rc::new(voucher)));
    shopper
}

fn drawn(shopper: &Shopper, language: Language) -> Element {
    draw(&View { language, ..shopper.view() })
}

/// All elements, outermost first.
fn all(element: &Element) -> Vec<&Element> {
    let inside = element.children.iter().filter_map(|child| match child {
        Node::Element(element) => Some(all(element)),
        Node::Text(_) => None,
    });
    [element].into_iter().chain(inside.flatten()).collect()
}

fn with<'a>(element: &'a Element, name: &str, value: &str) -> Vec<&'a Element> {
    all(element).into_iter().filter(|inner| inner.attribute(name) == Some(value)).collect()
}

fn heading(element: &Element) -> String {
    with(element, "id", "heading")[0].text_content()
}

#[test]
fn who_has_paid_is_told_what_is_awaited_and_sees_nothing_to_pay() {
    let mut shopper = before(full());
    let reference = shopper.voucher_view().voucher.networks[0].reference.value.clone();
    for (language, title, pill, latency) in [
        (Language::Es, "Estamos esperando la confirmación", "Verificando", "Puede tardar dos horas."),
        (Language::En, "Waiting for the confirmation", "Checking", "Up to two hours."),
    ] {
        let mut shopper = before(full());
        assert!(drawn(&shopper, language).text_content().contains(&reference));
        shopper.press(Button::IHavePaid);
        assert_eq!(shopper.phase(), Phase::Claimed);
        let screen = drawn(&shopper, language);
        assert_eq!(heading(&screen), title);
        assert_eq!(with(&screen, "part", "status")[0].text_content(), pill);
        assert_eq!(with(&screen, "role", "status")[0].text_content(), title);
        for part in ["ticket", "deadline", "barcode", "qr", "take"] {
            assert!(with(&screen, "part", part).is_empty(), "{part}");
        }
        let text = screen.text_content();
        assert!(!text.contains(&reference) && !all(&screen).iter().any(|inner| inner.tag == "a"), "{text}");
        assert!(text.contains(latency), "{text}");
    }
    // The title comes into view: the button that was pressed is far below it, and gone.
    shopper.press(Button::IHavePaid);
    assert!(shopper.actions.contains(&Action::Focus(Focus::Heading)));
}

#[test]
fn the_codes_of_what_is_said_to_be_paid_open_on_demand_and_a_slip_is_taken_back() {
    let mut shopper = before(full());
    shopper.press(Button::IHavePaid);
    shopper.press(Button::ToggleCodes);
    let screen = drawn(&shopper, Language::Es);
    assert_eq!(heading(&screen), "Estamos esperando la confirmación");
    for (part, n) in [("ticket", 1), ("deadline", 0), ("barcode", 0), ("qr", 0), ("take", 0)] {
        assert_eq!(with(&screen, "part", part).len(), n, "{part}");
    }
    assert_eq!(with(&screen, "data-press", "not-paid").len(), 1);
    shopper.press(Button::NotPaid);
    assert_eq!(shopper.phase(), Phase::Payable);
    assert_eq!(heading(&drawn(&shopper, Language::Es)), "Paga en efectivo en un punto Efecty");
    // What was opened then is folded the next time.
    shopper.press(Button::IHavePaid);
    assert!(with(&drawn(&shopper, Language::Es), "part", "ticket").is_empty());
}

#[test]
fn the_deadline_passes_for_who_has_paid_too() {
    let mut shopper = before(full());
    shopper.press(Button::IHavePaid);
    shopper.sleepless(8 * 24 * 3_600_000);
    assert_eq!(shopper.phase(), Phase::Verifying);
    let screen = drawn(&shopper, Language::Es);
    assert_eq!(heading(&screen), "Verificando tu pago");
    assert!(screen.text_content().contains("Estamos esperando la confirmación"));
}
