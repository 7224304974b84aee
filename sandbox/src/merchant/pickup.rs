//! Refunds in cash: a paid voucher is paid back by a pickup, which its payer collects at an outlet.

use axum::http::StatusCode;
use efecty_checkout::gateway::{Context, Gateway, GatewayError, status_from_gateway, voucher_from_gateway};
use efecty_checkout::voucher::{Kind, Status, Voucher};
use rusqlite::Transaction;

use super::Merchant;
use super::answer::Trace;
use super::issue::{self, Obtained, Reserved};
use super::orders;
use super::problem::Refusal;
use super::provider::ProviderError;
use super::vouchers::{self, VoucherRow};
use crate::clock::{deadline, instant};
use crate::db::Fault;
use crate::random;

impl Merchant {
    /// The pickup that pays a voucher back: the one that waits or was collected, or a new one.
    pub async fn pay_back(&self, token: String, trace: Trace) -> Result<Obtained, Refusal> {
        self.obtain_after(token, trace, reserve).await
    }

    /// Asks for the PIN, in two steps.
    ///
    /// A token serves once and is on the disk before it does: asked again after a crash, the gateway
    /// gives the PIN or refuses the token, and never issues a second PIN for the same refund.
    pub(super) async fn ask_for_pickup(
        &self,
        row: &VoucherRow,
        trace: &Trace,
    ) -> Result<(Voucher, String), ProviderError> {
        let payer = self.stored_payer(row)?;
        let gateway_token = match &row.gateway_token {
            Some(known) => known.clone(),
            None => {
                let new = self.payouts.announce(row, &payer, trace).await?;
                let (token, kept) = (row.token.clone(), new.clone());
                self.db.write(move |tx| Ok::<_, Fault>(vouchers::keep_token(tx, &token, &kept)?)).await?;
                new
            }
        };
        let answer = self.payouts.pay_out(row, &payer, gateway_token, trace).await?;
        let now = self.clock.now();
        let context = Context {
            pickup_documents: Some(vec![payer.document.document_type.as_str().to_owned()]),
            ..self.context(row, now)
        };
        let read = || -> Result<(Voucher, String), GatewayError> {
            let mut voucher = voucher_from_gateway(Gateway::Kushki, &answer, &context)?;
            voucher.issued_at = Some(instant(now));
            voucher.expires_at.get_or_insert(deadline(now + self.shop.pickup_life_millis));
            Ok((voucher, status_from_gateway(Gateway::Kushki, &answer)?.payment_id))
        };
        Ok(read()?)
    }
}

fn reserve(tx: &Transaction, token: &str, now: i64, trace_id: &str) -> Result<Reserved, Refusal> {
    let paid = vouchers::find(tx, token)?.ok_or_else(Refusal::unknown_voucher)?;
    if let Some(row) = vouchers::pickup_for(tx, token)?.filter(issue::answers_a_wish) {
        return Ok(issue::reserved(row));
    }
    let Some(amount_paid) = paid.amount_paid.filter(|_| is_refundable(&paid)) else {
        let title = "expected a voucher that was paid and not paid back";
        return Err(Refusal::new(StatusCode::CONFLICT, "nothing-to-refund", title));
    };
    orders::close(tx, &paid.order_id, now)?;
    let new = VoucherRow {
        token: random::hex(20),
        kind: Kind::Pickup,
        refunds: Some(paid.token.clone()),
        gateway_token: None,
        invoice: issue::invoice(&paid.order_id),
        supersedes: None,
        payment_id: None,
        status: Status::Preparing,
        issued: None,
        pesos: amount_paid,
        expires_at: None,
        order_expires_at: None,
        amount_paid: None,
        paid_at: None,
        superseded_by: None,
        request_id: None,
        created_at: now,
        ..paid
    };
    vouchers::insert(tx, &new, trace_id)?;
    Ok(Reserved::Waiting(new))
}

fn is_refundable(row: &VoucherRow) -> bool {
    use Status::{LateReview, Mismatch, Paid, PaidLate};
    row.kind == Kind::Payment && matches!(row.status, Paid | PaidLate | Mismatch | LateReview)
}
