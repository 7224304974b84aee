//! What every gateway's mapping preserves: digits, instants and whole pesos.

use efecty_checkout::calendar::{BogotaDate, Deadline, ServerInstant};
use efecty_checkout::gateway::{
    Context, ErrorCode, Gateway, GatewayError, Zone, status_from_gateway, voucher_from_gateway,
};
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
            amount: ": 20000",
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
            amount: ": 20000",
            ..answer(Gateway::Mercadopago, mercadopago::CREATED, "40213377")
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

/// What stands in an answer twice must be the same, and what was not asked for is no voucher.
#[test]
fn an_answer_that_contradicts_itself_says_where() {
    let method = "transactionResponse.additionalInfo.paymentNetwork";
    for (gateway, raw, was, is, path) in [
        (Gateway::Epayco, epayco::CREATED, "\"value\": 20000", "\"value\": 20001", "data.value"),
        (Gateway::Epayco, epayco::CREATED, "\"pesos\": 20000", "\"pesos\": 2", "data.pesos"),
        (Gateway::Epayco, epayco::CREATED, "\"EF\"", "\"BA\"", "data.franchise"),
        (Gateway::Epayco, epayco::CREATED, "\"Pendiente\"", "\"Rechazada\"", "data.status"),
        (Gateway::Payu, payu::CREATED, "\"EFECTY\"", "\"OTHERS_CASH\"", method),
        (Gateway::Dlocal, dlocal::CREATED, "\"EY\"", "\"BU\"", "payment_method_id"),
        (Gateway::Dlocal, dlocal::CREATED, "\"CO\"", "\"AR\"", "country"),
        (Gateway::Dlocal, dlocal::CREATED, "20000,\n    ", "20001,\n    ", "ticket.amount"),
        (Gateway::Dlocal, dlocal::CREATED, "\"COP\"\n", "\"USD\"\n", "ticket.currency"),
        (Gateway::Mercadopago, mercadopago::CREATED, "\"efecty\"", "\"baloto\"", "payment_method_id"),
        (
            Gateway::Mercadopago,
            mercadopago::CREATED,
            "\"verification_code\": \"40213377\"",
            "\"verification_code\": \"40213378\"",
            "transaction_details.verification_code",
        ),
        (
            Gateway::Mercadopago,
            mercadopago::CREATED,
            "\"total_paid_amount\": 20000",
            "\"total_paid_amount\": 25000",
            "transaction_details.total_paid_amount",
        ),
        (Gateway::Kushki, kushki::CREATED, "\"COP\"", "\"CLP\"", "details.amount.currency"),
        (Gateway::Kushki, kushki::CREATED, "initialized", "declined", "details.transactionStatus"),
        (Gateway::Kushki, kushki::CREATED, "initialized", "approved", "details.transactionStatus"),
        (Gateway::Kushki, kushki::CREATED, "initialized", "unheardOf", "details.transactionStatus"),
        (Gateway::Openpay, openpay::CREATED, "\"method\":\"store\"", "\"method\":\"card\"", "method"),
        (
            Gateway::Openpay,
            openpay::CREATED,
            "{\"type\":\"store\"",
            "{\"type\":\"card\"",
            "payment_method.type",
        ),
        (Gateway::Ebanx, ebanx::CREATED, "id\":\"0012345678", "id\":\"0012345679", "payment.voucher_id"),
        (Gateway::Rapyd, rapyd::CREATED, "co_efecty_cash", "co_baloto_cash", "data.payment_method_type"),
        (Gateway::Yuno, yuno::REDIRECTED, "\"EFECTY\"", "\"BALOTO\"", "payment_method.type"),
    ] {
        assert!(raw.contains(was), "{gateway} {was}");
        let error = voucher_from_gateway(gateway, &raw.replace(was, is), &context(20_000)).unwrap_err();
        assert_eq!(error.path, path, "{gateway}: {error}");
    }
}

/// Of two members of the same name other readers take the other one.
#[test]
fn a_member_that_stands_there_twice_is_refused() {
    let doubled = "\"transaction_amount\": 1, \"transaction\\u005famount\": 20000";
    for raw in [
        epayco::CREATED.replace("\"pin\"", "\"pin\": \"P1\", \"pin\""),
        payu::CREATED.replace("\"REFERENCE\"", "\"REFERENCE\": 1, \"REFERENCE\""),
        mercadopago::CREATED.replace("\"transaction_amount\": 20000", doubled),
        dlocal::CREATED.replace("\"status\"", "\"status\": \"PAID\", \"status\""),
        kushki::CREATED.replace("\"pin\"", "\"a\": [[{ \"b\": null, \"b\": null }]], \"pin\""),
    ] {
        for gateway in Gateway::ALL {
            let error = voucher_from_gateway(*gateway, &raw, &context(20_000)).unwrap_err();
            assert_eq!(error.code, ErrorCode::NotJson, "{gateway} {raw}");
            assert_eq!(
                status_from_gateway(*gateway, &raw).unwrap_err().code,
                ErrorCode::NotJson,
                "{gateway}"
            );
        }
    }
}

#[test]
fn what_nobody_can_dictate_is_no_reference() {
    let uuid = "0b6e6f5e-6f0a-4c37-9a4c-3f3a5f6d1c11";
    let texts = [uuid, &uuid.replace('-', ""), &uuid.to_uppercase().replace('-', ""), "-857120993"];
    for answer in ANSWERS.iter().filter(|answer| answer.gateway != Gateway::Yuno) {
        let is_number = answer.reference.contains(": ");
        for text in texts {
            let is = if is_number { &format!("\"{text}\"") } else { text };
            // Beside a page an answer may do without a number: nothing is dictated then.
            match answer.read(&answer.with(answer.reference, is), answer.asked()) {
                Ok(voucher) => assert!(voucher.networks.is_empty(), "{} {text}", answer.gateway),
                Err(error) => assert_ne!(error.path, "", "{}", answer.gateway),
            }
        }
    }
    // A JSON number is its digits, without a sign and without an exponent.
    for number in ["-857120993", "857120993e0", "8.57120993E8", "857120993.0"] {
        let raw = payu::CREATED.replace("\"REFERENCE\": 857120993", &format!("\"REFERENCE\": {number}"));
        let error = voucher_from_gateway(Gateway::Payu, &raw, &context(65_000)).unwrap_err();
        assert_eq!(error.path, "transactionResponse.extraParameters.REFERENCE", "{number}");
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
