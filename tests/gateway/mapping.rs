//! What every gateway's mapping preserves: digits, instants and whole pesos.

use efecty_checkout::calendar::{BogotaDate, Deadline, ServerInstant};
use efecty_checkout::gateway::{Context, Gateway, GatewayError, Zone, voucher_from_gateway};
use efecty_checkout::voucher::Voucher;
use proptest::prelude::*;

use crate::support::context;
use crate::{bamboo, dlocal, ebanx, epayco, kushki, mercadopago, openpay, payu, payvalida, rapyd, yuno};

/// A recorded answer, and what stands where in it.
struct Answer {
    gateway: Gateway,
    raw: &'static str,
    reference: &'static str,
    expiry: &'static str,
    /// How the gateway writes an instant; `None` where it tells a day alone, or nothing.
    instant: Option<fn(ServerInstant) -> String>,
    /// The amount as it stands there, and how many decimals of it are implied.
    amount: &'static str,
    implied_zeros: usize,
}

const ANSWERS: [Answer; 12] = {
    const fn answer(gateway: Gateway, raw: &'static str, reference: &'static str) -> Answer {
        Answer { gateway, raw, reference, expiry: "", instant: None, amount: "", implied_zeros: 0 }
    }
    [
        Answer {
            expiry: "2026-07-07 18:31:44",
            instant: Some(|at| naive(at, Zone::BOGOTA).replace('T', " ")),
            amount: "\"total\": 20000",
            ..answer(Gateway::Epayco, epayco::CREATED, "P418205936")
        },
        Answer {
            expiry: "1783645199000",
            instant: Some(|at| at.millis().to_string()),
            ..answer(Gateway::Payu, payu::CREATED, "\"REFERENCE\": 857120993")
        },
        Answer {
            expiry: "2026-07-09T19:59:59",
            instant: Some(|at| naive(at, ZONE)),
            ..answer(Gateway::Payu, payu::CREATED_XML, "REFERENCE</string><int>857120993")
        },
        Answer {
            expiry: "2026-07-09T04:59:00.000+0000",
            instant: Some(|at| at.to_string().replace('Z', "+0000")),
            amount: "\"amount\": 20000",
            ..answer(Gateway::Dlocal, dlocal::CREATED, "51930284\",\n    \"exp")
        },
        Answer {
            expiry: "2026-07-08T23:59:59.000-04:00",
            instant: Some(|at| naive(at.plus_millis(3_600_000), Zone::BOGOTA) + "-04:00"),
            amount: "\"transaction_amount\": 20000",
            ..answer(Gateway::Mercadopago, mercadopago::CREATED, "40213377\",\n    \"veri")
        },
        Answer {
            expiry: "1783573199000",
            instant: Some(|at| at.millis().to_string()),
            amount: ": 20000",
            ..answer(Gateway::Kushki, kushki::CREATED, "5519307742")
        },
        Answer {
            expiry: "2026-07-08T23:59:59",
            instant: Some(|at| naive(at, ZONE)),
            amount: "\"amount\":20000.00",
            ..answer(Gateway::Openpay, openpay::CREATED, "1010102030405060")
        },
        Answer {
            amount: "\"amount_ext\":\"20000.00",
            ..answer(Gateway::Ebanx, ebanx::CREATED, "0012345678")
        },
        Answer {
            expiry: "1783573199",
            instant: Some(|at| (at.millis() / 1000).to_string()),
            amount: "\"amount\":20000",
            ..answer(Gateway::Rapyd, rapyd::CREATED, "0051930284")
        },
        Answer {
            amount: "\"Amount\":2000000",
            implied_zeros: 2,
            ..answer(Gateway::Bamboo, bamboo::CREATED, "7310448\"")
        },
        Answer {
            amount: "\"Monto\":\"20000.0",
            ..answer(Gateway::Payvalida, payvalida::CREATED, "0989898101")
        },
        Answer {
            amount: "\"value\":20000",
            ..answer(Gateway::Yuno, yuno::REDIRECTED, "0b6e6f5e-6f0a-4c37-9a4c-3f3a5f6d1c11")
        },
    ]
};

/// What the shop states where a gateway does not.
const ZONE: Zone = Zone::UTC;

/// `2026-07-02T19:50:07` on that zone's clocks; of the two zones that the answers are in.
fn naive(at: ServerInstant, zone: Zone) -> String {
    let hours = if zone == Zone::BOGOTA { -5 } else { 0 };
    at.plus_millis(hours * 3_600_000).to_string()[..19].to_owned()
}

impl Answer {
    /// The answer with one thing in place of another that stands there; letters and marks around it stay.
    fn with(&self, was: &str, is: &str) -> String {
        let digits = was.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let digits = if was.starts_with('P') { 0 } else { digits };
        let end = was[digits..].find(['"', '<']).map_or(was.len(), |end| digits + end);
        assert!(self.raw.contains(was), "{} {was}", self.gateway);
        self.raw.replace(was, &[&was[..digits], is, &was[end..]].concat())
    }

    fn read(&self, raw: &str, amount: u64) -> Result<Voucher, GatewayError> {
        let context = Context { zone: Some(ZONE), ..context(amount) };
        voucher_from_gateway(self.gateway, raw, &context)
    }

    /// PayU's answer does not repeat the amount.
    fn asked(&self) -> u64 {
        20_000
    }
}

#[test]
fn every_gateway_that_gives_a_number_is_here() {
    for gateway in Gateway::ALL {
        // PlacetoPay gives a page alone.
        let listed = ANSWERS.iter().any(|answer| answer.gateway == *gateway);
        assert_eq!(listed, *gateway != Gateway::Placetopay, "{gateway}");
    }
    for answer in &ANSWERS {
        assert!(answer.read(answer.raw, answer.asked()).is_ok(), "{}", answer.gateway);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// As a text or as a JSON number, of more digits than a double holds.
    #[test]
    fn a_reference_keeps_its_digits(digits in "[1-9][0-9]{3,47}", code in "[0-9A-Z]{1,20}-?[0-9A-Za-z]{1,20}") {
        for answer in &ANSWERS {
            let is_number = answer.gateway == Gateway::Payu;
            let text = if is_number { &digits } else { &code };
            for value in [&digits, text] {
                let voucher = answer.read(&answer.with(answer.reference, value), answer.asked()).unwrap();
                prop_assert!(voucher.networks.iter().all(|network| network.reference.value == *value));
                prop_assert!(!voucher.networks.is_empty(), "{}", answer.gateway);
                let shown = voucher.networks[0].reference.groups().concat();
                prop_assert_eq!(&shown, value);
            }
        }
    }

    #[test]
    fn an_expiry_is_the_same_instant(seconds in 1_600_000_000i64..4_000_000_000) {
        let at = ServerInstant::from_millis(seconds * 1000).unwrap();
        for answer in &ANSWERS {
            let Some(write) = answer.instant else { continue };
            let raw = answer.raw.replace(answer.expiry, &write(at));
            let voucher = answer.read(&raw, answer.asked()).unwrap();
            prop_assert_eq!(voucher.expires_at, Some(Deadline::At(at)), "{} {}", answer.gateway, raw);
        }
    }

    #[test]
    fn a_day_is_the_same_day(year in 2020i32..2090, month in 1u32..=12, day in 1u32..=28) {
        let expected = Some(Deadline::EndOf(BogotaDate::parse(&format!("{year}-{month:02}-{day:02}")).unwrap()));
        let ebanx = ebanx::CREATED.replace("2026-07-08", &format!("{year}-{month:02}-{day:02}"));
        prop_assert_eq!(voucher_from_gateway(Gateway::Ebanx, &ebanx, &context(20_000)).unwrap().expires_at, expected);
        let bamboo = bamboo::CREATED.replace("08/07/2026", &format!("{day:02}/{month:02}/{year}"));
        prop_assert_eq!(voucher_from_gateway(Gateway::Bamboo, &bamboo, &context(20_000)).unwrap().expires_at, expected);
    }

    #[test]
    fn an_amount_is_whole_pesos_to_the_peso(pesos in 1u64..=9_007_199_254_740, other in 1u64..=9_007_199_254_740) {
        for answer in ANSWERS.iter().filter(|answer| !answer.amount.is_empty()) {
            let zeros = "0".repeat(answer.implied_zeros);
            for decimals in ["", ".0", ".00"] {
                let raw = answer.with(answer.amount, &format!("{pesos}{zeros}{decimals}"));
                prop_assert_eq!(answer.read(&raw, pesos).unwrap().amount.pesos.get(), pesos);
                prop_assert_eq!(answer.read(&raw, other).is_ok(), other == pesos);
            }
            for fraction in [".5", ".01", ".001", "e0", ".", ",00"] {
                let raw = answer.with(answer.amount, &format!("{pesos}{zeros}{fraction}"));
                prop_assert!(answer.read(&raw, pesos).is_err(), "{}", raw);
            }
        }
    }
}
