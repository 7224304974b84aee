//! What the operator of the shop sees.

use efecty_checkout::voucher::{Kind, Voucher};
use rusqlite::{Row, Transaction};
use serde::Serialize;
use serde_json::Value;

use super::Merchant;
use super::orders::{self, OrderRow};
use super::vouchers::{self, VoucherRow};
use crate::db::Fault;

/// The shop's tables, newest first.
#[derive(Debug, Serialize)]
pub struct Overview {
    /// Every order.
    pub orders: Vec<OrderRow>,
    /// The newest vouchers.
    pub vouchers: Vec<VoucherLine>,
    /// The newest callbacks, raw.
    pub callbacks: Vec<CallbackLine>,
    /// What was asked of the gateway and answered, raw.
    pub exchanges: Vec<ExchangeLine>,
}

/// A voucher, for the operator.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VoucherLine {
    token: String,
    kind: &'static str,
    refunds: Option<String>,
    order_id: String,
    invoice: String,
    payment_id: Option<String>,
    status: String,
    pesos: i64,
    amount_paid: Option<i64>,
    paid_at: Option<i64>,
    expires_at: Option<i64>,
    order_expires_at: Option<i64>,
    superseded_by: Option<String>,
    consent_version: String,
    consent_accepted_at: i64,
    consent_recorded_at: i64,
    request_id: Option<String>,
    created_at: i64,
    history: Vec<HistoryLine>,
}

/// One step of a voucher along the status table.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryLine {
    at: i64,
    status: String,
    cause: String,
    trace_id: String,
}

/// A callback as it was received, and what was thought of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallbackLine {
    /// In the order of arrival.
    pub id: i64,
    received_at: i64,
    trace_id: String,
    /// `GET` or `POST`.
    pub method: String,
    /// The path that was called, with its query.
    pub url: String,
    /// Pairs of name and value.
    pub headers: Value,
    /// The body; bytes that are not UTF-8 are replaced.
    pub body: String,
    /// How many bytes were sent; of more than 64 kB the beginning is kept.
    body_length: i64,
    verdict: String,
    reason: Option<String>,
    token: Option<String>,
}

/// A question to the gateway and its answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExchangeLine {
    id: i64,
    at: i64,
    trace_id: String,
    request: String,
    request_body: String,
    answer_status: Option<u16>,
    answer: String,
}

impl Merchant {
    /// The shop's tables. A pickup's PIN is the shopper's: it is covered wherever it stands.
    pub async fn overview(&self) -> Result<Overview, Fault> {
        self.db
            .read(|tx| {
                let rows = vouchers::all(tx)?;
                let pins: Vec<String> = rows.iter().filter_map(pin).collect();
                let (mut callbacks, mut exchanges) = (callbacks(tx)?, exchanges(tx)?);
                let bodies = callbacks.iter_mut().map(|line| &mut line.body);
                for text in bodies.chain(exchanges.iter_mut().map(|line| &mut line.answer)) {
                    cover(text, &pins);
                }
                let vouchers = rows.into_iter().map(|row| line(tx, row));
                Ok(Overview {
                    orders: orders::all(tx)?,
                    vouchers: vouchers.collect::<rusqlite::Result<_>>()?,
                    callbacks,
                    exchanges,
                })
            })
            .await
    }

    /// The callback with this number.
    pub async fn callback(&self, id: i64) -> Result<Option<CallbackLine>, Fault> {
        self.db.read(move |tx| Ok(callbacks(tx)?.into_iter().find(|callback| callback.id == id))).await
    }
}

/// The PIN of a row that has one.
fn pin(row: &VoucherRow) -> Option<String> {
    let issued = row.issued.as_ref().filter(|_| row.kind == Kind::Pickup)?;
    Some(Voucher::from_json(issued).ok()?.pickup?.pin)
}

fn cover(text: &mut String, pins: &[String]) {
    for pin in pins.iter().filter(|pin| text.contains(pin.as_str())).collect::<Vec<_>>() {
        *text = text.replace(pin.as_str(), "••••");
    }
}

fn line(tx: &Transaction, row: VoucherRow) -> rusqlite::Result<VoucherLine> {
    let mut statement = tx.prepare("SELECT * FROM history WHERE token = ?1 ORDER BY id")?;
    let history = statement.query_map([&row.token], |row| {
        Ok(HistoryLine {
            at: row.get("at")?,
            status: row.get("status")?,
            cause: row.get("cause")?,
            trace_id: row.get("trace_id")?,
        })
    })?;
    Ok(VoucherLine {
        history: history.collect::<rusqlite::Result<_>>()?,
        token: row.token,
        kind: vouchers::kind_name(row.kind),
        refunds: row.refunds,
        order_id: row.order_id,
        invoice: row.invoice,
        payment_id: row.payment_id,
        status: row.status.name().to_owned(),
        pesos: row.pesos,
        amount_paid: row.amount_paid,
        paid_at: row.paid_at,
        expires_at: row.expires_at,
        order_expires_at: row.order_expires_at,
        superseded_by: row.superseded_by,
        consent_version: row.consent_version,
        consent_accepted_at: row.consent_accepted_at,
        consent_recorded_at: row.consent_recorded_at,
        request_id: row.request_id,
        created_at: row.created_at,
    })
}

fn callbacks(tx: &Transaction) -> rusqlite::Result<Vec<CallbackLine>> {
    let mut statement = tx.prepare("SELECT * FROM callbacks ORDER BY id DESC LIMIT 200")?;
    statement.query_map([], callback_line)?.collect()
}

fn callback_line(row: &Row) -> rusqlite::Result<CallbackLine> {
    let headers: String = row.get("headers")?;
    let body: Vec<u8> = row.get("body")?;
    Ok(CallbackLine {
        id: row.get("id")?,
        received_at: row.get("received_at")?,
        trace_id: row.get("trace_id")?,
        method: row.get("method")?,
        url: row.get("url")?,
        headers: serde_json::from_str(&headers).unwrap_or_default(),
        body: String::from_utf8_lossy(&body).into_owned(),
        body_length: row.get("body_length")?,
        verdict: row.get("verdict")?,
        reason: row.get("reason")?,
        token: row.get("token")?,
    })
}

fn exchanges(tx: &Transaction) -> rusqlite::Result<Vec<ExchangeLine>> {
    let mut statement = tx.prepare("SELECT * FROM gateway_exchanges ORDER BY id DESC LIMIT 100")?;
    let line = |row: &Row| {
        Ok(ExchangeLine {
            id: row.get("id")?,
            at: row.get("at")?,
            trace_id: row.get("trace_id")?,
            request: row.get("request")?,
            request_body: row.get("request_body")?,
            answer_status: row.get("answer_status")?,
            answer: row.get("answer")?,
        })
    };
    statement.query_map([], line)?.collect()
}
