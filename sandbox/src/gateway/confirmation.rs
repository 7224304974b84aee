//! What the gateway says about a transaction: the `x_*` parameters and their signature.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::account::Account;
use super::transaction::{State, Transaction};
use crate::clock::naive_bogota;
use crate::random;

/// The parameters of a confirmation, signature included, in order.
pub fn parameters(account: &Account, transaction: &Transaction) -> Vec<(&'static str, String)> {
    let amount = transaction.paid_value.unwrap_or(transaction.value).to_string();
    let ref_payco = transaction.ref_payco.to_string();
    let signature = sign(account, [&ref_payco, &transaction.receipt, &amount, "COP"]);
    let word = transaction.state.word().to_owned();
    let code = transaction.state.code().to_string();
    let date = naive_bogota(transaction.state_at);
    vec![
        ("x_cust_id_cliente", account.customer_id.clone()),
        ("x_ref_payco", ref_payco),
        ("x_id_factura", transaction.invoice.clone()),
        ("x_id_invoice", transaction.invoice.clone()),
        ("x_description", transaction.description.clone()),
        ("x_amount", amount.clone()),
        ("x_amount_country", amount.clone()),
        ("x_amount_ok", amount),
        ("x_tax", "0".to_owned()),
        ("x_amount_base", "0".to_owned()),
        ("x_currency_code", "COP".to_owned()),
        ("x_bank_name", "EFECTY".to_owned()),
        ("x_cardnumber", "*******".to_owned()),
        ("x_quotas", "0".to_owned()),
        ("x_respuesta", word.clone()),
        ("x_response", word.clone()),
        ("x_approval_code", transaction.approval_code.clone()),
        ("x_transaction_id", transaction.receipt.clone()),
        ("x_fecha_transaccion", date.clone()),
        ("x_transaction_date", date),
        ("x_cod_respuesta", code.clone()),
        ("x_cod_response", code.clone()),
        ("x_response_reason_text", reason(transaction.state).to_owned()),
        ("x_cod_transaction_state", code),
        ("x_transaction_state", word),
        ("x_franchise", "EF".to_owned()),
        ("x_business", account.merchant_name.clone()),
        ("x_test_request", "TRUE".to_owned()),
        ("x_signature", signature),
    ]
}

/// The same parameters as the validation service shows them: some are JSON numbers there.
pub fn as_json(account: &Account, transaction: &Transaction) -> Value {
    const NUMBERS: [&str; 7] = [
        "x_ref_payco",
        "x_amount",
        "x_amount_country",
        "x_amount_ok",
        "x_cod_respuesta",
        "x_cod_response",
        "x_cod_transaction_state",
    ];
    let members = parameters(account, transaction).into_iter().map(|(name, text)| {
        let number = if NUMBERS.contains(&name) { text.parse::<i64>().ok() } else { None };
        (name.to_owned(), number.map_or(Value::String(text), Value::from))
    });
    Value::Object(members.collect::<Map<_, _>>())
}

/// SHA-256 of customer, key, reference, transaction, amount and currency with `^` between them.
fn sign(account: &Account, signed: [&str; 4]) -> String {
    let [ref_payco, transaction_id, amount, currency] = signed;
    let text =
        [&account.customer_id, &account.signing_key, ref_payco, transaction_id, amount, currency].join("^");
    random::to_hex(&Sha256::digest(text))
}

fn reason(state: State) -> &'static str {
    match state {
        State::Accepted => "00-Aprobada",
        State::Pending => "Se espera el pago en un punto Efecty",
        State::Reversed => "Transacción reversada",
        State::Expired => "Transacción expirada",
        State::Cancelled => "Transacción cancelada",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_the_known_answer_that_the_library_verifies() {
        let account = Account {
            customer_id: "cust123".to_owned(),
            signing_key: "key456".to_owned(),
            public_key: String::new(),
            private_key: String::new(),
            agreement: String::new(),
            merchant_name: String::new(),
        };
        let signature = sign(&account, ["12345", "999", "1000", "COP"]);
        assert_eq!(signature, "69b86c8d29817aba051aabae0b63ce4fd1f808950c269a6e200bfd67260ef44a");
    }
}
