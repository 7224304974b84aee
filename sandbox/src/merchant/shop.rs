//! What this shop is like: everything a real shop would configure.

use efecty_checkout::money::Pesos;
use efecty_checkout::payer::{Requirements, gateway_requirements};
use efecty_checkout::voucher::{Beneficiary, Hours, Localized, Opening};
use efecty_checkout::wire::ConsentTerms;

/// What this shop is like.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Who receives the money.
    pub beneficiary: Beneficiary,
    /// The shop's convenio at the gateway.
    pub agreement: String,
    /// What payers agree to.
    pub consent: ConsentTerms,
    /// How long a confirmation takes.
    pub latency: Localized,
    /// When most outlets are open.
    pub hours: Hours,
    /// What the gateway wants of the payer.
    pub requirements: Requirements,
    /// Whether late money is taken as long as the order is held.
    pub accepts_late: bool,
    /// How long after its expiry a payment may still be confirmed.
    pub grace_millis: i64,
    /// How long cash waits to be collected, by agreement with the gateway, whose answer does not say.
    pub pickup_life_millis: i64,
    /// How often widgets may ask.
    pub poll_after_seconds: u32,
}

impl Shop {
    /// The example shop, whose pages are at `origin`.
    pub fn example(origin: &str) -> Shop {
        Shop {
            beneficiary: Beneficiary {
                name: "Tienda Ejemplo SAS".to_owned(),
                tax_id: Some("900123456-8".to_owned()),
            },
            agreement: "111992".to_owned(),
            consent: ConsentTerms {
                version: "2026-11".to_owned(),
                text: Localized {
                    es: "Autorizo a Tienda Ejemplo SAS a tratar estos datos para generar y confirmar este pago."
                        .to_owned(),
                    en: Some(
                        "I authorise Tienda Ejemplo SAS to use these data to issue and confirm this payment."
                            .to_owned(),
                    ),
                },
                link: Some(format!("{origin}/datos/")),
            },
            latency: Localized {
                es: "La confirmación suele tardar unos minutos. En fin de semana o festivo puede tardar hasta dos \
                     días hábiles."
                    .to_owned(),
                en: Some(
                    "Confirmation usually takes a few minutes. On weekends and holidays it can take up to two \
                     business days."
                        .to_owned(),
                ),
            },
            hours: Hours {
                weekdays: Some(Opening { opens: 8 * 60, closes: 18 * 60 }),
                saturday: Some(Opening { opens: 8 * 60, closes: 13 * 60 }),
                sunday: None,
            },
            requirements: gateway_requirements("epayco").unwrap_or_default(),
            accepts_late: true,
            grace_millis: 72 * 3_600_000,
            pickup_life_millis: 7 * 24 * 3_600_000,
            poll_after_seconds: 2,
        }
    }
}

/// A product on the shelf, sold by an order that exists from the first start.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    /// Its name in addresses and in the order's row.
    pub id: &'static str,
    /// The order that sells it.
    pub order_id: &'static str,
    /// Its name in Spanish.
    pub name_es: &'static str,
    /// Its name in English.
    pub name_en: &'static str,
    /// What it costs, in pesos.
    pub pesos: u64,
    /// How long the shop holds the order, in minutes.
    pub hold_minutes: Option<i64>,
}

/// An ordinary amount; an awkward one, without a hold; a hold shorter than the voucher's five days.
pub const PRODUCTS: [Product; 3] = [
    Product {
        id: "cafetera",
        order_id: "A-1042",
        name_es: "Cafetera de émbolo, 8 tazas",
        name_en: "French press, 8 cups",
        pesos: 52_000,
        hold_minutes: Some(7 * 24 * 60),
    },
    Product {
        id: "bicicleta",
        order_id: "A-1043",
        name_es: "Bicicleta urbana, 7 cambios",
        name_en: "City bicycle, 7 gears",
        pesos: 1_234_567,
        hold_minutes: None,
    },
    Product {
        id: "boletas",
        order_id: "A-1044",
        name_es: "Dos boletas, concierto del viernes",
        name_en: "Two tickets, Friday’s concert",
        pesos: 89_900,
        hold_minutes: Some(90),
    },
];

impl Product {
    /// The product with this name.
    pub fn find(id: &str) -> Option<&'static Product> {
        PRODUCTS.iter().find(|product| product.id == id)
    }
}

/// Whole pesos out of the database, where a check keeps them in range.
pub fn pesos(value: i64) -> Pesos {
    u64::try_from(value).ok().and_then(|value| Pesos::new(value).ok()).unwrap_or_default()
}
