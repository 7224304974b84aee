//! The outlet: the cashier types convenio, reference and amount, takes the cash and hands out a receipt;
//! or types PIN, document and amount, and hands out the cash.

use axum::body::Bytes;
use axum::extract::State;
use axum::middleware::from_fn;
use axum::routing::post;
use axum::{Json, Router};
use efecty_checkout::money::Pesos;
use serde::{Deserialize, Serialize};

use crate::clock::bogota;
use crate::db::Fault;
use crate::gateway::Gateway;
use crate::gateway::kushki::counter::{self, PaidOut, PayOutError};
use crate::gateway::network::{self, CollectError, Collected};
use crate::guard;

/// The outlet's interface.
pub fn router(gateway: Gateway) -> Router {
    Router::new()
        .route("/payments", post(pay))
        .route("/payouts", post(pay_out))
        .layer(from_fn(guard::only_json))
        .layer(from_fn(guard::only_own_pages))
        .with_state(gateway)
}

/// What the cashier types.
#[derive(Debug, Deserialize)]
struct Payment {
    agreement: String,
    reference: String,
    pesos: i64,
}

/// What the cashier types to hand out cash.
#[derive(Debug, Deserialize)]
struct Payout {
    pin: String,
    document: String,
    pesos: i64,
}

/// What the network says.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Receipt(Receipt),
    #[serde(rename = "receipt")]
    PayoutReceipt(PayoutReceipt),
    Refusal(Refusal),
}

/// What the cashier hands out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Receipt {
    merchant: String,
    agreement: String,
    reference: String,
    pesos: i64,
    authorization: String,
    /// The hour in Bogotá, with its offset.
    paid_at: String,
}

/// What the cashier hands out with the cash. The PIN is not on it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PayoutReceipt {
    merchant: String,
    ticket: String,
    document: String,
    pesos: i64,
    authorization: String,
    /// The hour in Bogotá, with its offset.
    paid_at: String,
}

/// What the cashier says instead.
#[derive(Debug, Serialize)]
struct Refusal {
    code: &'static str,
    message: Message,
}

#[derive(Debug, Serialize)]
struct Message {
    es: String,
    en: String,
}

/// `POST payments`: what the cashier hands out, or says instead.
///
/// A refusal is a result like any other, so both are 200; only a network that fails is not.
async fn pay(State(gateway): State<Gateway>, body: Bytes) -> Result<Json<Answer>, Fault> {
    let Ok(payment) = serde_json::from_slice::<Payment>(&body) else {
        return Ok(Json(Answer::Refusal(incomplete())));
    };
    let agreement = dictated(&payment.agreement);
    let reference = dictated(&payment.reference);
    let answer = match network::collect(&gateway, agreement, reference, payment.pesos).await {
        Ok(collected) => Answer::Receipt(receipt(&collected)),
        Err(error) => Answer::Refusal(refusal(error)?),
    };
    Ok(Json(answer))
}

/// `POST payouts`: the same for cash that is handed out.
async fn pay_out(State(gateway): State<Gateway>, body: Bytes) -> Result<Json<Answer>, Fault> {
    let Ok(payout) = serde_json::from_slice::<Payout>(&body) else {
        let message = say("Me falta el PIN, el documento o el valor.", "PIN, document or amount is missing.");
        return Ok(Json(Answer::Refusal(Refusal { code: "incomplete", message })));
    };
    let (pin, document) = (dictated(&payout.pin), dictated(&payout.document));
    let answer = match counter::pay_out(&gateway, pin, document, payout.pesos).await {
        Ok(paid_out) => Answer::PayoutReceipt(payout_receipt(&paid_out)),
        Err(error) => Answer::Refusal(payout_refusal(error)?),
    };
    Ok(Json(answer))
}

/// What the cashier typed, without the spaces and dots of dictation.
fn dictated(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect()
}

fn receipt(collected: &Collected) -> Receipt {
    let Collected { account, transaction } = collected;
    Receipt {
        merchant: account.merchant_name.clone(),
        agreement: account.agreement.clone(),
        reference: transaction.pin(),
        pesos: transaction.paid_value.unwrap_or(transaction.value),
        authorization: transaction.approval_code.clone(),
        paid_at: bogota(transaction.state_at).to_rfc3339(),
    }
}

fn payout_receipt(paid_out: &PaidOut) -> PayoutReceipt {
    let PaidOut { merchant_name, payout } = paid_out;
    PayoutReceipt {
        merchant: merchant_name.clone(),
        ticket: payout.ticket_number.clone(),
        document: format!("{} {}", payout.collector.document_type, payout.collector.document_number),
        pesos: payout.collector.total_amount,
        authorization: payout.authorization.clone().unwrap_or_default(),
        paid_at: bogota(payout.state_at).to_rfc3339(),
    }
}

fn payout_refusal(error: PayOutError) -> Result<Refusal, Fault> {
    let (code, message) = match error {
        PayOutError::UnknownPin => (
            "unknown-pin",
            say(
                "Con ese PIN no me aparece nada por entregar. Revíselo y me lo dicta otra vez.",
                "Nothing comes up under that PIN. Check it and dictate it again.",
            ),
        ),
        PayOutError::WrongDocument => (
            "wrong-document",
            say(
                "Ese documento no es el de la persona que puede recibir este dinero. No se lo puedo entregar.",
                "That document is not of the person who may collect this money. I cannot hand it out.",
            ),
        ),
        PayOutError::WrongAmount => (
            "wrong-amount",
            say(
                "Ese no es el valor que me aparece. Confirme en su pantalla cuánto va a recibir.",
                "That is not the amount that comes up. Check on your screen how much you are to receive.",
            ),
        ),
        PayOutError::Expired => (
            "expired",
            say(
                "Ese retiro ya venció. Pida uno nuevo en la tienda.",
                "That pickup has expired. Ask the shop for a new one.",
            ),
        ),
        PayOutError::AlreadyCollected => {
            ("already-collected", say("Ese dinero ya se entregó.", "That money was handed out already."))
        }
        PayOutError::Closed => (
            "closed",
            say(
                "Ese retiro está anulado. Consulte con la tienda.",
                "That pickup was called off. Ask the shop.",
            ),
        ),
        PayOutError::Fault(fault) => return Err(fault),
    };
    Ok(Refusal { code, message })
}

fn refusal(error: CollectError) -> Result<Refusal, Fault> {
    let (code, message) = match error {
        CollectError::UnknownAgreement => (
            "unknown-agreement",
            say(
                "Ese convenio no existe. ¿Me lo repite, por favor?",
                "There is no such agreement. Could you repeat it?",
            ),
        ),
        CollectError::UnknownReference => (
            "unknown-reference",
            say(
                "El convenio está bien, pero esa referencia no aparece. Revísela y me la dicta otra vez.",
                "The agreement is fine, but that reference does not come up. Check it and dictate it again.",
            ),
        ),
        CollectError::WrongAmount(asked) => ("wrong-amount", only(asked)),
        CollectError::Expired => (
            "expired",
            say(
                "Ese pago ya venció. Pida una referencia nueva en la tienda; con esta no le puedo recibir.",
                "That payment has expired. Ask the shop for a new reference; I cannot take this one.",
            ),
        ),
        CollectError::AlreadyPaid => (
            "already-paid",
            say(
                "Esa referencia ya está paga. No la pague dos veces.",
                "That reference is already paid. Do not pay twice.",
            ),
        ),
        CollectError::Closed => (
            "closed",
            say(
                "Esa referencia está anulada. Consulte con la tienda antes de pagar.",
                "That reference was called off. Ask the shop before you pay.",
            ),
        ),
        CollectError::Fault(fault) => return Err(fault),
    };
    Ok(Refusal { code, message })
}

fn only(asked: i64) -> Message {
    let asked = u64::try_from(asked).ok().and_then(|pesos| Pesos::new(pesos).ok()).unwrap_or_default();
    say(
        &format!("El sistema solo me deja recibir el valor exacto: {asked}."),
        &format!("The system only takes the exact amount: {asked}."),
    )
}

fn incomplete() -> Refusal {
    let message =
        say("Me falta el convenio, la referencia o el valor.", "Agreement, reference or amount is missing.");
    Refusal { code: "incomplete", message }
}

fn say(es: &str, en: &str) -> Message {
    Message { es: es.to_owned(), en: en.to_owned() }
}
