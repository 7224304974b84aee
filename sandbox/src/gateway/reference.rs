//! `GET /validation/v1/reference/{ref}`: where a transaction stands.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::{Gateway, Refusal, account, confirmation, transaction};

/// Tells the transaction's state in the confirmation's own parameters; open to anyone, like ePayco's.
pub(super) async fn show(
    State(gateway): State<Gateway>,
    Path(ref_payco): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let number = ref_payco.parse::<i64>().ok();
    let data = gateway
        .db
        .read(move |tx| {
            let Some(found) = number.map(|n| transaction::find(tx, n)).transpose()?.flatten() else {
                return Ok::<_, Refusal>(None);
            };
            let account = account::by_customer(tx, &found.customer_id)?;
            Ok(Some(confirmation::as_json(&account, &found)))
        })
        .await?;
    let success = data.is_some();
    Ok(Json(json!({
        "success": success,
        "title_response": if success { "SUCCESS" } else { "ERROR" },
        "text_response": if success { "transacción encontrada" } else { "la referencia no existe" },
        "last_action": "GET Reference",
        "data": data.unwrap_or_else(|| json!({})),
    })))
}
