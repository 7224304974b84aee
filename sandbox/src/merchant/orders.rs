//! Orders: what is sold, for how much, and how long it is held.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use efecty_checkout::voucher::{Amount, Version1};
use efecty_checkout::wire::Order;
use rusqlite::{OptionalExtension, Row, Transaction};
use serde::Serialize;

use super::answer;
use super::problem::Refusal;
use super::shop::{PRODUCTS, Product, pesos};
use super::{Merchant, vouchers};
use crate::clock::{deadline, instant};
use crate::db::Fault;

/// An order's row.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderRow {
    /// As the shop names it to the shopper.
    pub id: String,
    /// What is sold.
    pub product: String,
    /// What it costs.
    pub pesos: i64,
    /// How long it is held from `placed_at` on.
    pub hold_minutes: Option<i64>,
    /// Milliseconds since 1970.
    pub placed_at: i64,
    /// When the shop called it off.
    pub closed_at: Option<i64>,
}

impl OrderRow {
    /// When the hold ends.
    pub fn expires_at(&self) -> Option<i64> {
        self.hold_minutes.map(|minutes| self.placed_at + minutes * 60_000)
    }

    /// Whether a voucher may be issued for it.
    pub fn is_open(&self, now: i64) -> bool {
        self.closed_at.is_none() && self.expires_at().is_none_or(|end| now < end)
    }

    fn from_row(row: &Row) -> rusqlite::Result<OrderRow> {
        Ok(OrderRow {
            id: row.get("id")?,
            product: row.get("product")?,
            pesos: row.get("pesos")?,
            hold_minutes: row.get("hold_minutes")?,
            placed_at: row.get("placed_at")?,
            closed_at: row.get("closed_at")?,
        })
    }
}

/// `GET orders/{id}`: what to collect and show before a voucher exists.
pub async fn show(
    State(merchant): State<Merchant>,
    Path(order_id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    merchant.require_permission(&headers, &order_id).await?;
    let (order, voucher) = merchant
        .db
        .read(move |tx| {
            let order = find(tx, &order_id)?.ok_or_else(Refusal::unknown_order)?;
            let voucher = vouchers::current(tx, &order_id)?;
            Ok::<_, Refusal>((order, voucher))
        })
        .await?;
    let shop = &merchant.shop;
    let answer = Order {
        version: Version1,
        server_time: instant(merchant.clock.now()),
        beneficiary: shop.beneficiary.clone(),
        amount: Amount { pesos: pesos(order.pesos), exact: true },
        requirements: shop.requirements.clone(),
        consent: Some(shop.consent.clone()),
        order_expires_at: order.expires_at().map(deadline),
        voucher: voucher.map(|voucher| voucher.token),
        order_id: order.id,
    };
    Ok(answer::json(&answer))
}

/// The order with this number.
pub fn find(tx: &Transaction, id: &str) -> rusqlite::Result<Option<OrderRow>> {
    tx.query_row("SELECT * FROM orders WHERE id = ?1", [id], OrderRow::from_row).optional()
}

/// Every order, in the order of their numbers.
pub fn all(tx: &Transaction) -> rusqlite::Result<Vec<OrderRow>> {
    tx.prepare("SELECT * FROM orders ORDER BY length(id), id")?.query_map([], OrderRow::from_row)?.collect()
}

/// Puts the shelf's orders in place on the first start.
pub fn seed(tx: &Transaction, now: i64) -> Result<(), Fault> {
    for product in PRODUCTS {
        insert(tx, product.order_id, &product, now)?;
    }
    Ok(())
}

/// A new order for the same product, under the next number.
pub fn repeat(tx: &Transaction, id: &str, now: i64) -> Result<Option<String>, Fault> {
    let Some(product) = find(tx, id)?.and_then(|order| Product::find(&order.product)) else {
        return Ok(None);
    };
    let query = "SELECT max(CAST(substr(id, 3) AS INTEGER)) FROM orders";
    let last: i64 = tx.query_row(query, [], |row| row.get(0))?;
    let new = format!("A-{}", last + 1);
    insert(tx, &new, product, now)?;
    Ok(Some(new))
}

/// Starts the hold anew for an order that nobody has begun to pay: opening its page is placing it.
pub fn place(tx: &Transaction, id: &str, now: i64) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE orders SET placed_at = ?2
         WHERE id = ?1 AND closed_at IS NULL AND id NOT IN (SELECT order_id FROM vouchers)",
        (id, now),
    )?;
    Ok(())
}

/// Changes what an order costs.
pub fn reprice(tx: &Transaction, id: &str, pesos: i64) -> rusqlite::Result<()> {
    tx.execute("UPDATE orders SET pesos = ?2 WHERE id = ?1", (id, pesos))?;
    Ok(())
}

/// Calls an order off.
pub fn close(tx: &Transaction, id: &str, now: i64) -> rusqlite::Result<()> {
    tx.execute("UPDATE orders SET closed_at = ?2 WHERE id = ?1 AND closed_at IS NULL", (id, now))?;
    Ok(())
}

fn insert(tx: &Transaction, id: &str, product: &Product, now: i64) -> Result<(), Fault> {
    let pesos = i64::try_from(product.pesos).map_err(Fault::new)?;
    tx.execute(
        "INSERT OR IGNORE INTO orders (id, product, pesos, hold_minutes, placed_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        (id, product.id, pesos, product.hold_minutes, now),
    )?;
    Ok(())
}
