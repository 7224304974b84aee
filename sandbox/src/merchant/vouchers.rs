//! Vouchers: their rows, and the voucher that a row stands for.

use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::voucher::{Kind, Links, Status, Voucher};
use rusqlite::{OptionalExtension, Row, Transaction};

use super::Merchant;
use super::shop::pesos;
use crate::clock::{deadline, instant};
use crate::db::Fault;

/// A voucher's row.
#[derive(Clone, Debug)]
pub struct VoucherRow {
    /// The unguessable name.
    pub token: String,
    /// Cash paid in, or paid out to the shopper.
    pub kind: Kind,
    /// The order it pays for, or pays back.
    pub order_id: String,
    /// The shop's number of this payment at the gateway.
    pub invoice: String,
    /// The voucher that this one replaces once it is issued.
    pub supersedes: Option<String>,
    /// Of a pickup, the voucher that it pays back.
    pub refunds: Option<String>,
    /// Of a pickup, the gateway's token for it, which serves once.
    pub gateway_token: Option<String>,
    /// The gateway's number.
    pub payment_id: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// The voucher as the gateway issued it, in JSON; none while `preparing`.
    pub issued: Option<String>,
    /// What is asked.
    pub pesos: i64,
    /// When outlets stop taking the money.
    pub expires_at: Option<i64>,
    /// When the shop stops holding the order.
    pub order_expires_at: Option<i64>,
    /// What was paid.
    pub amount_paid: Option<i64>,
    /// When it was paid.
    pub paid_at: Option<i64>,
    /// The voucher that replaces this one.
    pub superseded_by: Option<String>,
    /// The payer, valid and canonical, in JSON.
    pub payer: String,
    /// Which text the payer agreed to.
    pub consent_version: String,
    /// When, by the payer's word.
    pub consent_accepted_at: i64,
    /// When this server learned of it.
    pub consent_recorded_at: i64,
    /// The widget's name of the request that made it.
    pub request_id: Option<String>,
    /// When it was made.
    pub created_at: i64,
}

impl VoucherRow {
    fn from_row(row: &Row) -> rusqlite::Result<VoucherRow> {
        let (kind, status): (String, String) = (row.get("kind")?, row.get("status")?);
        Ok(VoucherRow {
            token: row.get("token")?,
            kind: if kind == kind_name(Kind::Pickup) { Kind::Pickup } else { Kind::Payment },
            order_id: row.get("order_id")?,
            invoice: row.get("invoice")?,
            supersedes: row.get("supersedes")?,
            refunds: row.get("refunds")?,
            gateway_token: row.get("gateway_token")?,
            payment_id: row.get("payment_id")?,
            status: Status::from_name(&status),
            issued: row.get("issued")?,
            pesos: row.get("pesos")?,
            expires_at: row.get("expires_at")?,
            order_expires_at: row.get("order_expires_at")?,
            amount_paid: row.get("amount_paid")?,
            paid_at: row.get("paid_at")?,
            superseded_by: row.get("superseded_by")?,
            payer: row.get("payer")?,
            consent_version: row.get("consent_version")?,
            consent_accepted_at: row.get("consent_accepted_at")?,
            consent_recorded_at: row.get("consent_recorded_at")?,
            request_id: row.get("request_id")?,
            created_at: row.get("created_at")?,
        })
    }
}

impl Merchant {
    /// The voucher that a row stands for, now; `None` where it is not issued yet.
    pub fn voucher(&self, row: &VoucherRow, trace_id: Option<String>) -> Result<Option<Voucher>, Fault> {
        let Some(issued) = &row.issued else { return Ok(None) };
        let issued = Voucher::from_json(issued).map_err(Fault::new)?;
        let shop = &self.shop;
        Ok(Some(Voucher {
            status: row.status.clone(),
            server_time: instant(self.clock.now()),
            amount_paid: row.amount_paid.map(pesos),
            paid_at: row.paid_at.map(instant),
            links: self.links(row),
            order_expires_at: row.order_expires_at.map(deadline),
            grace_until: row.expires_at.map(|end| instant(end + shop.grace_millis)),
            latency: (row.kind == Kind::Payment).then(|| shop.latency.clone()),
            hours: Some(shop.hours),
            superseded_by: row.superseded_by.clone(),
            poll_after_seconds: Some(shop.poll_after_seconds),
            trace_id,
            ..issued
        }))
    }

    fn links(&self, row: &VoucherRow) -> Links {
        let (origin, token) = (&self.origin, &row.token);
        let events = Some(format!("/api/efecty/vouchers/{token}/events"));
        if row.kind == Kind::Pickup {
            // It is for one person: nothing to hand over, print or replace.
            return Links { events, ..Links::default() };
        }
        let now = self.clock.now();
        let renewable = row.status == Status::Expired && row.order_expires_at.is_none_or(|end| now < end);
        Links {
            voucher: Some(format!("{origin}/comprobante/{token}")),
            pdf: None,
            handover: Some(format!("{origin}/v/#{token}")),
            events,
            renew: renewable.then(|| format!("/api/efecty/vouchers/{token}/renew")),
        }
    }
}

/// Keeps a new row, and its first line of history.
pub fn insert(tx: &Transaction, new: &VoucherRow, trace_id: &str) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO vouchers (token, kind, order_id, invoice, supersedes, refunds, status, pesos,
             order_expires_at, payer, consent_version, consent_accepted_at, consent_recorded_at, request_id,
             created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        (
            &new.token,
            kind_name(new.kind),
            &new.order_id,
            &new.invoice,
            &new.supersedes,
            &new.refunds,
            new.status.name(),
            new.pesos,
            new.order_expires_at,
            &new.payer,
            &new.consent_version,
            new.consent_accepted_at,
            new.consent_recorded_at,
            &new.request_id,
            new.created_at,
        ),
    )?;
    remember(tx, &new.token, new.created_at, &new.status, "created", trace_id)
}

/// Keeps what the gateway issued for a row that was `preparing`.
pub fn issue(tx: &Transaction, token: &str, issued: &Voucher, payment_id: &str) -> Result<(), Fault> {
    let json = serde_json::to_string(issued).map_err(Fault::new)?;
    let expires_at = issued.expires_at.map(|deadline| deadline.instant().millis());
    tx.execute(
        "UPDATE vouchers SET issued = ?2, payment_id = ?3, expires_at = ?4 WHERE token = ?1",
        (token, json, payment_id, expires_at),
    )?;
    Ok(())
}

/// Keeps the gateway's token of a pickup that is `preparing`.
pub fn keep_token(tx: &Transaction, token: &str, gateway_token: &str) -> rusqlite::Result<()> {
    tx.execute("UPDATE vouchers SET gateway_token = ?2 WHERE token = ?1", [token, gateway_token])?;
    Ok(())
}

/// Forgets a row that nobody was told of.
pub fn forget(tx: &Transaction, token: &str) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM vouchers WHERE token = ?1 AND status = 'preparing'", [token])?;
    Ok(())
}

/// Moves a voucher along the status table and writes down why; `false` where no edge leads there.
pub fn become_status(
    tx: &Transaction,
    row: &VoucherRow,
    next: &Status,
    cause: &str,
    trace_id: &str,
    now: i64,
) -> rusqlite::Result<bool> {
    if row.status == *next || !row.status.may_become(next) {
        return Ok(false);
    }
    tx.execute("UPDATE vouchers SET status = ?2 WHERE token = ?1", (&row.token, next.name()))?;
    remember(tx, &row.token, now, next, cause, trace_id)?;
    Ok(true)
}

/// Writes down what was paid.
pub fn record_payment(
    tx: &Transaction,
    token: &str,
    amount_paid: Option<i64>,
    paid_at: Option<ServerInstant>,
) -> rusqlite::Result<()> {
    let paid_at = paid_at.map(ServerInstant::millis);
    tx.execute(
        "UPDATE vouchers SET amount_paid = ?2, paid_at = ?3 WHERE token = ?1",
        (token, amount_paid, paid_at),
    )?;
    Ok(())
}

/// Writes down the payer anew, in JSON.
pub fn record_payer(tx: &Transaction, token: &str, payer: &str) -> rusqlite::Result<()> {
    tx.execute("UPDATE vouchers SET payer = ?2 WHERE token = ?1", [token, payer])?;
    Ok(())
}

/// Writes down which voucher replaces another.
pub fn record_successor(tx: &Transaction, token: &str, successor: &str) -> rusqlite::Result<()> {
    tx.execute("UPDATE vouchers SET superseded_by = ?2 WHERE token = ?1", [token, successor])?;
    Ok(())
}

/// The voucher with this token.
pub fn find(tx: &Transaction, token: &str) -> rusqlite::Result<Option<VoucherRow>> {
    tx.query_row("SELECT * FROM vouchers WHERE token = ?1", [token], VoucherRow::from_row).optional()
}

/// The voucher with this number at the gateway that deals in its kind.
pub fn by_payment(tx: &Transaction, kind: Kind, payment_id: &str) -> rusqlite::Result<Option<VoucherRow>> {
    let query = "SELECT * FROM vouchers WHERE payment_id = ?1 AND kind = ?2";
    tx.query_row(query, [payment_id, kind_name(kind)], VoucherRow::from_row).optional()
}

/// The newest pickup that pays a voucher back.
pub fn pickup_for(tx: &Transaction, token: &str) -> rusqlite::Result<Option<VoucherRow>> {
    let query = "SELECT * FROM vouchers WHERE refunds = ?1 ORDER BY created_at DESC, rowid DESC LIMIT 1";
    tx.query_row(query, [token], VoucherRow::from_row).optional()
}

/// The voucher made with this idempotency key.
pub fn by_key(tx: &Transaction, key: &str) -> rusqlite::Result<Option<VoucherRow>> {
    let query = "SELECT vouchers.* FROM idempotency_keys JOIN vouchers USING (token) WHERE key = ?1";
    tx.query_row(query, [key], VoucherRow::from_row).optional()
}

/// The newest voucher of an order that was issued to pay it.
pub fn current(tx: &Transaction, order_id: &str) -> rusqlite::Result<Option<VoucherRow>> {
    let query = "SELECT * FROM vouchers WHERE order_id = ?1 AND kind = 'payment' AND status <> 'preparing'
                 ORDER BY created_at DESC, rowid DESC LIMIT 1";
    tx.query_row(query, [order_id], VoucherRow::from_row).optional()
}

/// The newest voucher to pay an order with, issued or not.
pub fn newest(tx: &Transaction, order_id: &str) -> rusqlite::Result<Option<VoucherRow>> {
    let query = "SELECT * FROM vouchers WHERE order_id = ?1 AND kind = 'payment'
                 ORDER BY created_at DESC, rowid DESC LIMIT 1";
    tx.query_row(query, [order_id], VoucherRow::from_row).optional()
}

/// Vouchers in a status, oldest first.
pub fn in_status(tx: &Transaction, status: &Status) -> rusqlite::Result<Vec<VoucherRow>> {
    let mut statement = tx.prepare("SELECT * FROM vouchers WHERE status = ?1 ORDER BY created_at, rowid")?;
    statement.query_map([status.name()], VoucherRow::from_row)?.collect()
}

/// Every voucher, newest first.
pub fn all(tx: &Transaction) -> rusqlite::Result<Vec<VoucherRow>> {
    let mut statement =
        tx.prepare("SELECT * FROM vouchers ORDER BY created_at DESC, rowid DESC LIMIT 200")?;
    statement.query_map([], VoucherRow::from_row)?.collect()
}

/// Gives a key to a voucher; the same key for the same voucher again is nothing new.
pub fn remember_key(tx: &Transaction, key: &str, token: &str) -> rusqlite::Result<()> {
    tx.execute("INSERT OR IGNORE INTO idempotency_keys (key, token) VALUES (?1, ?2)", [key, token])?;
    Ok(())
}

/// The kind in the tables.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Payment => "payment",
        Kind::Pickup => "pickup",
    }
}

fn remember(
    tx: &Transaction,
    token: &str,
    at: i64,
    status: &Status,
    cause: &str,
    trace_id: &str,
) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO history (token, at, status, cause, trace_id) VALUES (?1, ?2, ?3, ?4, ?5)",
        (token, at, status.name(), cause, trace_id),
    )?;
    Ok(())
}
