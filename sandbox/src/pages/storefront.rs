//! The shelf and the orders' pages.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use minijinja::context;

use super::visitor::Visitor;
use super::{Pages, checkout, files};
use crate::db::Fault;

/// `GET /`
pub(super) async fn shelf(State(pages): State<Pages>, visitor: Visitor) -> Result<Response, Fault> {
    let orders = pages.merchant.shelf().await?;
    pages.templates.page(StatusCode::OK, "index.html", &visitor, pages.merchant.shop(), context! { orders })
}

/// `GET /pedido/{order}`: the page that embeds the widget.
pub(super) async fn order(
    State(pages): State<Pages>,
    Path(order_id): Path<String>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, Fault> {
    let Some((line, cookie)) = pages.merchant.visit(&headers, &order_id).await? else {
        return files::missing(&pages, &visitor);
    };
    let voucher = match &line.token {
        Some(token) => pages.merchant.find_voucher(token.clone()).await?,
        None => None,
    };
    let voucher = voucher.as_ref().map(checkout::describe);
    let page = context! { line, voucher, order_token => pages.merchant.order_token(&order_id) };
    let mut response =
        pages.templates.page(StatusCode::OK, "_order.html", &visitor, pages.merchant.shop(), page)?;
    set_cookie(&mut response, cookie);
    Ok(response)
}

/// `POST /pedido/{order}/repetir`: the same product once more.
pub(super) async fn order_again(
    State(pages): State<Pages>,
    Path(order_id): Path<String>,
    visitor: Visitor,
) -> Result<Response, Fault> {
    match pages.merchant.order_again(order_id).await? {
        Some(new) => Ok(Redirect::to(&format!("/pedido/{new}")).into_response()),
        None => files::missing(&pages, &visitor),
    }
}

/// Adds a cookie, where there is one to set.
pub(super) fn set_cookie(response: &mut Response, cookie: Option<String>) {
    if let Some(cookie) = cookie.and_then(|cookie| cookie.parse().ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
