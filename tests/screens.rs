//! The screens as plain trees: what is said when, and what stands open.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod shopper;

use std::rc::Rc;

use efecty_checkout::language::{Language, Localized};
use efecty_checkout::session::{Action, Body, Button, Copyable, Focus, Input, Outcome};
use efecty_checkout::view::{Element, Node, Phase, Strings, View, draw};
use efecty_checkout::voucher::{Barcode, Network, Status, Symbology, Voucher};
use efecty_checkout::wire::Problem;
use serde_json::json;

use shopper::{Shopper, answer, order, voucher};

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
    let taken_back = |screen: &Element| with(screen, "data-press", "not-paid").len();
    assert_eq!(taken_back(&drawn(&shopper, Language::Es)), 1);
    shopper.press(Button::ToggleCodes);
    let screen = drawn(&shopper, Language::Es);
    assert_eq!(heading(&screen), "Estamos esperando la confirmación");
    for (part, n) in [("ticket", 1), ("deadline", 0), ("barcode", 0), ("qr", 0), ("take", 0)] {
        assert_eq!(with(&screen, "part", part).len(), n, "{part}");
    }
    assert_eq!(taken_back(&screen), 1);
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

#[test]
fn what_the_payer_agrees_to_is_named_with_its_version() {
    let mut shopper = Shopper::with_order();
    shopper.answer(Body::Order(Rc::new(order())));
    for (language, words) in [(Language::Es, "Versión 2026-01"), (Language::En, "Version 2026-01")] {
        let screen = drawn(&shopper, language);
        let label = with(&screen, "class", "consent")[0].text_content();
        assert!(label.contains(words), "{label}");
    }
}

#[test]
fn what_is_wrong_is_told_in_the_order_of_the_form() {
    let mut shopper = Shopper::with_order();
    shopper.answer(Body::Order(Rc::new(order())));
    shopper.press(Button::Submit);
    let screen = drawn(&shopper, Language::Es);
    let wrong = with(&screen, "aria-invalid", "true");
    let told: Vec<&str> = shopper.form().errors.iter().map(|error| error.field.as_str()).collect();
    let in_form: Vec<&str> = wrong.iter().filter_map(|inner| inner.attribute("data-field")).collect();
    assert_eq!(told, in_form);
    assert_eq!(told, ["document.number", "name", "email", "phone", "consent"]);
}

#[test]
fn the_day_of_the_payment_is_called_so() {
    let mut refunded = full();
    refunded.status = Status::Refunded;
    refunded.paid_at = refunded.issued_at;
    let shopper = before(refunded);
    for (language, words) in [(Language::Es, "Pagado el "), (Language::En, "Paid on ")] {
        let text = drawn(&shopper, language).text_content();
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn a_closed_order_says_so() {
    for (language, words) in [
        (Language::Es, "Este pedido ya no se puede pagar. Habla con la tienda."),
        (Language::En, "This order can no longer be paid. Talk to the shop."),
    ] {
        let mut shopper = Shopper::with_order();
        shopper.answer(Body::Order(Rc::new(order())));
        shopper.fill_in();
        shopper.press(Button::Submit);
        shopper.end(Outcome::Answer(answer(409, Body::Problem(order_closed()))));
        let screen = drawn(&shopper, language);
        assert_eq!(with(&screen, "role", "alert")[0].text_content(), words);
        // The same where a new number is asked for in place of one that has expired.
        let mut shopper = before(full());
        let mut expired = full();
        expired.status = Status::Expired;
        expired.links.renew = Some("/renew".to_owned());
        shopper.sleepless(60_000);
        shopper.handle(Input::Refresh);
        shopper.answer(Body::Voucher(Rc::new(expired)));
        shopper.press(Button::Renew);
        shopper.end(Outcome::Answer(answer(409, Body::Problem(order_closed()))));
        assert!(with(&drawn(&shopper, language), "class", "live stale")[0].text_content().contains(words));
    }
}

fn order_closed() -> Problem {
    Problem { code: Some("order-closed".to_owned()), ..Problem::default() }
}

#[test]
fn every_network_is_named_and_no_article_has_to_fit_it() {
    let mut one = full();
    one.networks[0].name = "Gana".to_owned();
    let mut two = full();
    two.networks.push(Network { name: "SuRed".to_owned(), ..two.networks[0].clone() });
    for (voucher, es, en) in [
        (one, "Paga en efectivo en un punto Gana", "Pay in cash at any Gana outlet"),
        (two, "Paga en efectivo en un punto Efecty / SuRed", "Pay in cash at any Efecty / SuRed outlet"),
        (
            Voucher { networks: Vec::new(), ..full() },
            "Paga en efectivo en un punto Efecty",
            "Pay in cash at any Efecty outlet",
        ),
    ] {
        let shopper = before(voucher);
        assert_eq!(heading(&drawn(&shopper, Language::Es)), es);
        assert_eq!(heading(&drawn(&shopper, Language::En)), en);
    }
}

#[test]
fn each_copy_says_what_was_copied_and_is_heard_anew() {
    let mut shopper = before(full());
    let mut copy = |what| {
        shopper.handle(Input::Copied { what, done: true });
        let screen = drawn(&shopper, Language::Es);
        with(&screen, "role", "status")[0].clone()
    };
    let reference = copy(Copyable::Reference(0));
    assert_eq!(reference.text_content(), "Copiado: Referencia");
    let again = copy(Copyable::Reference(0));
    assert_eq!(again.text_content(), "Copiado: Referencia");
    assert_ne!(again, reference);
    assert_eq!(copy(Copyable::Agreement(0)).text_content(), "Copiado: Convenio");
    assert_eq!(copy(Copyable::Amount).text_content(), "Copiado: Valor exacto");
    assert_eq!(copy(Copyable::Support).text_content(), "Copiado");
}

#[test]
fn every_settled_screen_names_the_seller_and_offers_no_voucher() {
    for status in ["paid", "paid_late", "mismatch", "late_review", "expired", "cancelled", "refunded"] {
        let mut settled = full();
        settled.status = Status::from_name(status);
        settled.order_id = None;
        settled.beneficiary.tax_id = Some("900123456-8".to_owned());
        let screen = drawn(&before(settled), Language::Es);
        let text = screen.text_content();
        assert!(text.contains("Tienda Ejemplo SAS") && text.contains("NIT 900123456-8"), "{status}: {text}");
        assert!(!all(&screen).iter().any(|inner| inner.tag == "a"), "{status}");
    }
}

#[test]
fn the_steps_are_a_list_to_who_hears_them() {
    let screen = drawn(&before(full()), Language::Es);
    let list = all(&screen).into_iter().find(|inner| inner.tag == "ol").unwrap();
    assert_eq!(list.attribute("role"), Some("list"));
}

#[test]
fn a_sentence_of_the_page_s_own_says_the_value_where_its_gaps_are() {
    let sentences = Strings::read(&json!({
        "stepReference": "Lee el número en voz alta.",
        "stepAgreement": "Convenio para el cajero",
        "stepAmount": "Paga {0}. Solo {0}.",
    }));
    let steps = || {
        let screen = drawn(&before(full()), Language::Es);
        let items = all(&screen).into_iter().filter(|inner| inner.tag == "li");
        items.map(Element::text_content).collect::<Vec<_>>()
    };
    Rc::new(sentences).speak();
    let own = steps();
    Rc::new(Strings::default()).speak();
    assert_eq!(
        own[..3],
        ["Convenio para el cajero", "Lee el número en voz alta.", "Paga $\u{a0}52.000. Solo $\u{a0}52.000."]
    );
    assert_eq!(steps()[1], "Dicta: Referencia, número por número.");
}
