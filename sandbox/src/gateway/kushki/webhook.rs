//! What Kushki tells a merchant about a payout, and how it signs it.

use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::account::Account;
use super::payout::{Payout, Stage};
use crate::random;

/// The body, with the documented members.
pub fn body(account: &Account, payout: &Payout) -> Value {
    let collector = &payout.collector;
    let mut body = json!({
        "country": "Colombia",
        "name": collector.name,
        "lastName": collector.last_name,
        "documentType": collector.document_type,
        "documentNumber": collector.document_number,
        "email": collector.email,
        "description": collector.description,
        "ticketNumber": payout.ticket_number,
        "transactionId": payout.transaction_reference,
        "token": payout.token,
        "pin": payout.pin,
        "totalAmount": collector.total_amount,
        "amount": { "subtotalIva0": collector.total_amount, "subtotalIva": 0, "iva": 0 },
        "kushkiAmount": 0,
        "currency": collector.currency,
        "created": payout.created_at,
        "expiration": payout.expires_at,
        "transactionStatus": payout.state.word(),
        "transactionType": "PAYOUT",
        "paymentMethod": "cash",
        "processorName": "Efecty",
        "processorType": "gateway",
        "merchantId": account.public_merchant_id,
        "merchantName": account.merchant_name,
        "metadata": payout.metadata,
    });
    if payout.state == Stage::Approved {
        body["completedAt"] = json!(payout.state_at);
    }
    body
}

/// The headers of a webhook that is sent at `now`: a new signature for every attempt.
pub fn headers(account: &Account, body: &str, now: i64) -> [(&'static str, String); 4] {
    let id = now.to_string();
    [
        ("X-Kushki-Key", account.public_merchant_id.clone()),
        ("X-Kushki-SimpleSignature", sign(&account.webhook_secret, &id)),
        ("X-Kushki-Signature", sign(&account.webhook_secret, &format!("{body}.{id}"))),
        ("X-Kushki-Id", id),
    ]
}

/// HMAC-SHA256 in lower-case hexadecimal.
#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
fn sign(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(text.as_bytes());
    random::to_hex(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_the_known_answer_that_the_library_verifies() {
        let account = Account {
            public_merchant_id: String::new(),
            private_merchant_id: String::new(),
            webhook_secret: "whsec".to_owned(),
            merchant_name: String::new(),
        };
        let body = include_str!("../../../../tests/fixtures/gateway/kushki-pickup-collected.json");
        let headers = headers(&account, body, 1_783_039_805_000);
        let signature = headers.iter().find(|(name, _)| *name == "X-Kushki-Signature");
        let known = "b8017434d218c338937fa76a01f9259b792800292506993f5bfecd167bc8e97b";
        assert_eq!(signature.map(|(_, value)| value.as_str()), Some(known));
    }
}
