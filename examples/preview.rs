#![allow(clippy::all, clippy::unwrap_used, missing_docs)]
#[path = "../tests/shopper/mod.rs"]
mod shopper;
use efecty_checkout::{payer::Field, session::*, view::draw, voucher::Status};
use shopper::*;
fn page(name: &str, theme: &str, s: &Shopper) {
    let css = std::fs::read_to_string("pkg/src/checkout.css").unwrap();
    let html = format!(
        "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><style>body{{margin:0;padding:12px;background:{}}}</style><x-h theme={theme}><template shadowrootmode=open><style>{css}</style>{}</template></x-h>",
        if theme == "dark" { "#0c1015" } else { "#eef1f4" },
        draw(&s.view()).to_html()
    );
    std::fs::write(format!("/tmp/preview/{name}-{theme}.html"), html).unwrap();
}
fn main() {
    std::fs::create_dir_all("/tmp/preview").unwrap();
    for theme in ["light", "dark"] {
        let mut s = Shopper::with_order();
        page("loading", theme, &s);
        s.answer(Body::Order(Box::new(order())));
        page("form", theme, &s);
        s.fill_in();
        s.type_in(Field::DocumentType, "NIT");
        s.type_in(Field::DocumentNumber, "900.123.456-3");
        s.type_in(Field::Email, "maria@gmial.com");
        s.press(Button::Submit);
        page("form-errors", theme, &s);
        s.type_in(Field::DocumentNumber, "900.123.456-8");
        s.press(Button::Submit);
        s.advance(6000);
        page("creating", theme, &s);
        let mut s = Shopper::watching(Status::Pending);
        page("voucher", theme, &s);
        s.press(Button::IHavePaid);
        page("claimed", theme, &s);
        let mut s = Shopper::watching(Status::Pending);
        s.sleepless(7 * 24 * 3_600_000 + 60_000);
        page("verifying", theme, &s);
        for status in [Status::Paid, Status::Expired, Status::Cancelled, Status::Mismatch, Status::LateReview]
        {
            let name = status.name().to_owned();
            page(&name, theme, &Shopper::watching(status));
        }
        let mut s = Shopper::with_order();
        s.end(Outcome::NoAnswer);
        page("failure", theme, &s);
    }
}
