//! What the shop's own pages ask of it.

use axum::http::HeaderMap;
use efecty_checkout::payer::Requirements;
use efecty_checkout::voucher::Voucher;
use efecty_checkout::wire::ConsentTerms;
use serde::Serialize;

use super::orders::{self, OrderRow};
use super::shop::{Product, Shop};
use super::{Merchant, vouchers};
use crate::clock::instant;
use crate::db::Fault;

/// An order on the shelf.
#[derive(Clone, Debug, Serialize)]
pub struct ShelfLine {
    /// The order.
    pub order: OrderRow,
    /// Its product's name in Spanish.
    pub name_es: &'static str,
    /// Its product's name in English.
    pub name_en: &'static str,
    /// Where its newest voucher stands.
    pub status: Option<String>,
    /// Its newest voucher.
    pub token: Option<String>,
    /// When the hold ends.
    pub expires_at: Option<i64>,
    /// Whether a voucher may be issued for it.
    pub is_open: bool,
}

impl Merchant {
    /// How the shop is set up.
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// What the gateway wants of the payer.
    pub fn requirements(&self) -> &Requirements {
        &self.shop.requirements
    }

    /// What payers agree to.
    pub fn consent_terms(&self) -> &ConsentTerms {
        &self.shop.consent
    }

    /// Every order, oldest first.
    pub async fn shelf(&self) -> Result<Vec<ShelfLine>, Fault> {
        let now = self.clock.now();
        self.db
            .read(move |tx| {
                let mut lines = Vec::new();
                for order in orders::all(tx)? {
                    let voucher = vouchers::current(tx, &order.id)?;
                    lines.extend(shelf_line(order, voucher, now));
                }
                Ok(lines)
            })
            .await
    }

    /// The order for whoever opens its page, who may pay it from now on; and the cookie to set.
    pub async fn visit(
        &self,
        headers: &HeaderMap,
        order_id: &str,
    ) -> Result<Option<(ShelfLine, Option<String>)>, Fault> {
        let (now, id) = (self.clock.now(), order_id.to_owned());
        let line = self
            .db
            .write(move |tx| {
                orders::place(tx, &id, now)?;
                let Some(order) = orders::find(tx, &id)? else { return Ok::<_, Fault>(None) };
                let voucher = vouchers::current(tx, &id)?;
                Ok(shelf_line(order, voucher, now))
            })
            .await?;
        let Some(line) = line else { return Ok(None) };
        let cookie = self.permit(headers, order_id).await?;
        Ok(Some((line, cookie)))
    }

    /// A new order for the same product; `None` where the old one does not exist.
    pub async fn order_again(&self, order_id: String) -> Result<Option<String>, Fault> {
        let now = self.clock.now();
        self.db.write(move |tx| orders::repeat(tx, &order_id, now)).await
    }

    /// A signed permission for the order's page to hand to the widget.
    pub fn order_token(&self, order_id: &str) -> String {
        self.access.sign(order_id, self.clock.now())
    }

    /// The voucher with this token, as the wire has it.
    pub async fn find_voucher(&self, token: String) -> Result<Option<Voucher>, Fault> {
        let Some(row) = self.row(token).await? else { return Ok(None) };
        self.voucher(&row, None)
    }

    /// Whom the shop writes to about a voucher.
    pub async fn address_of(&self, token: String) -> Result<Option<String>, Fault> {
        let Some(row) = self.row(token).await? else { return Ok(None) };
        let payer: serde_json::Value = serde_json::from_str(&row.payer).map_err(Fault::new)?;
        Ok(payer["email"].as_str().map(str::to_owned))
    }

    /// The server's clock.
    pub fn now(&self) -> efecty_checkout::calendar::ServerInstant {
        instant(self.clock.now())
    }
}

fn shelf_line(order: OrderRow, voucher: Option<vouchers::VoucherRow>, now: i64) -> Option<ShelfLine> {
    let product = Product::find(&order.product)?;
    Some(ShelfLine {
        name_es: product.name_es,
        name_en: product.name_en,
        status: voucher.as_ref().map(|row| row.status.name().to_owned()),
        token: voucher.map(|row| row.token),
        expires_at: order.expires_at(),
        is_open: order.is_open(now),
        order,
    })
}
