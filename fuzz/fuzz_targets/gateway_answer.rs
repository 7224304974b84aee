//! Gateways' answers: nothing panics, what is read is a voucher that reads back, and digits are those
//! of the answer.
//!
//! Texts are made up whole or spliced into recorded answers, which lead deeper.
#![no_main]

use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::gateway::{
    Context, Gateway, Zone, session_from_gateway, status_from_gateway, token_from_gateway,
    voucher_from_gateway,
};
use efecty_checkout::money::Pesos;
use efecty_checkout::voucher::{Beneficiary, Voucher};
use libfuzzer_sys::fuzz_target;

const RECORDED: [(Gateway, &str); 6] = [
    (Gateway::Epayco, include_str!("../../tests/fixtures/gateway/epayco-created.json")),
    (Gateway::Payu, include_str!("../../tests/fixtures/gateway/payu-created.json")),
    (Gateway::Dlocal, include_str!("../../tests/fixtures/gateway/dlocal-created.json")),
    (Gateway::Mercadopago, include_str!("../../tests/fixtures/gateway/mercadopago-created.json")),
    (Gateway::Kushki, include_str!("../../tests/fixtures/gateway/kushki-created.json")),
    (Gateway::Kushki, include_str!("../../tests/fixtures/gateway/kushki-pickup-created.json")),
];

fn context(amount: u64, pickup: bool) -> Context {
    Context {
        token: "an-unguessable-token".to_owned(),
        order_id: "A-1042".to_owned(),
        amount: Pesos::new(amount).expect("small"),
        beneficiary: Beneficiary { name: "Tienda Ejemplo SAS".to_owned(), tax_id: None },
        agreement: None,
        zone: Some(Zone::BOGOTA),
        pickup_documents: pickup.then(|| vec!["CC".to_owned()]),
        now: ServerInstant::parse("2026-07-03T00:50:08.000Z").expect("an instant"),
    }
}

fuzz_target!(|input: (u8, bool, u16, u8, &str)| {
    let (choice, splices, at, length, text) = input;
    let choice = usize::from(choice);
    let (gateway, raw) = if splices {
        let (gateway, recorded) = RECORDED[choice % RECORDED.len()];
        let start = recorded.floor_char_boundary(usize::from(at) % recorded.len());
        let end = recorded.ceil_char_boundary((start + usize::from(length)).min(recorded.len()));
        (gateway, [&recorded[..start], text, &recorded[end..]].concat())
    } else {
        (Gateway::ALL[choice % Gateway::ALL.len()], text.to_owned())
    };
    let _ = session_from_gateway(gateway, &raw);
    let _ = token_from_gateway(gateway, &raw);
    let status = status_from_gateway(gateway, &raw);
    assert_eq!(status, status_from_gateway(gateway, &raw));
    for (amount, pickup) in [(20_000, false), (65_000, false), (20_000, true)] {
        let Ok(voucher) = voucher_from_gateway(gateway, &raw, &context(amount, pickup)) else { continue };
        let json = serde_json::to_string(&voucher).expect("a voucher is JSON");
        assert_eq!(Voucher::from_json(&json).expect("the widget reads it"), voucher);
        assert_eq!(voucher.amount.pesos.get(), amount);
        // An escape writes the same digits in another way.
        let plain = !raw.contains(['\\', '&']);
        assert!(!plain || voucher.networks.iter().all(|network| raw.contains(&network.reference.value)));
    }
});
