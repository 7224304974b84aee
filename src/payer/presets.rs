//! What each gateway asks of the payer of an Efecty voucher in Colombia.

use super::{
    DocumentCharset, DocumentRule, DocumentType, EmailRule, NameCharset, NameRule, PhoneKind, PhoneRule,
    Requirements,
};
use crate::money::{AmountLimits, Pesos};

/// The gateways that have a preset, by the id that [`gateway_requirements`] takes.
pub const GATEWAYS: [&str; 8] =
    ["payu", "dlocal", "mercadopago", "epayco", "kushki", "placetopay", "bamboo", "ebanx"];

/// What a gateway asks of the payer; `None` for an unknown gateway.
///
/// A starting point: limits and lists change at the gateways, and the merchant's backend has the
/// last word. Sources stand in `docs/validators.md`.
pub fn gateway_requirements(gateway: &str) -> Option<Requirements> {
    use DocumentType::{Cc, Ce, Nit, Other, Pa, Rc, Ti};
    let requirements = match gateway {
        "payu" => Requirements {
            documents: [Cc, Ce, Nit, Ti, Pa, Rc].into_iter().map(DocumentRule::new).collect(),
            name: NameRule { max_length: 150, ..NameRule::default() },
            email: EmailRule { max_length: 254, ..EmailRule::default() },
            amount: limits(20_000, Some(6_000_000)),
            ..Requirements::default()
        },
        "dlocal" => Requirements {
            documents: vec![DocumentRule::with_bounds(Cc, 6, 10), DocumentRule::new(Nit)],
            name: NameRule { max_length: 64, charset: NameCharset::Ascii, ..NameRule::default() },
            phone: PhoneRule { required: false, ..PhoneRule::default() },
            amount: limits(1_000, None),
            ..Requirements::default()
        },
        "mercadopago" => Requirements {
            documents: vec![
                DocumentRule::with_bounds(Cc, 5, 10),
                digits(Ce, 5, 16),
                DocumentRule::new(Nit),
                digits(Other, 5, 20),
            ],
            phone: PhoneRule { required: false, ..PhoneRule::default() },
            amount: limits(5_000, Some(4_000_000)),
            ..Requirements::default()
        },
        "epayco" => Requirements {
            documents: [Cc, Ce, Nit, Ti, Pa].into_iter().map(DocumentRule::new).collect(),
            phone: PhoneRule { kinds: vec![PhoneKind::Mobile], ..PhoneRule::default() },
            amount: limits(20_000, None),
            ..Requirements::default()
        },
        "kushki" => Requirements {
            documents: [Cc, Ce, Nit, Ti, Pa].into_iter().map(DocumentRule::new).collect(),
            phone: PhoneRule { required: false, ..PhoneRule::default() },
            amount: limits(1, Some(1_000_000)),
            ..Requirements::default()
        },
        "placetopay" => Requirements {
            documents: vec![
                DocumentRule::with_bounds(Cc, 4, 10),
                DocumentRule::with_bounds(Ce, 4, 13),
                DocumentRule::with_bounds(Nit, 7, 10),
                DocumentRule::new(Ti),
                DocumentRule::new(Pa),
            ],
            ..Requirements::default()
        },
        "bamboo" => Requirements {
            documents: [Cc, Ce, Nit].into_iter().map(DocumentRule::new).collect(),
            phone: PhoneRule { required: false, ..PhoneRule::default() },
            amount: limits(1, Some(5_000_000)),
            ..Requirements::default()
        },
        "ebanx" => Requirements {
            documents: vec![DocumentRule::new(Cc), digits(Ce, 3, 15), DocumentRule::new(Nit)],
            ..Requirements::default()
        },
        _ => return None,
    };
    Some(requirements)
}

/// A type whose numbers have no letters at this gateway.
fn digits(document_type: DocumentType, min_length: u8, max_length: u8) -> DocumentRule {
    let charset = Some(DocumentCharset::Digits);
    DocumentRule { charset, ..DocumentRule::with_bounds(document_type, min_length, max_length) }
}

fn limits(min: u64, max: Option<u64>) -> AmountLimits {
    let pesos = |pesos| Pesos::new(pesos).unwrap_or(Pesos::MAX);
    AmountLimits { min: pesos(min), max: max.map_or(Pesos::MAX, pesos) }
}
