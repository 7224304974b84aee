//! The shop's pages: templates and files under `www/`, the npm package as a user would get it, and the
//! documents of the gallery.
//!
//! Everything is served under the content security policy that the widget promises to live with.

mod checkout;
mod files;
mod storefront;
mod templates;
mod visitor;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use axum::routing::{get, post};
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::args::Config;
use crate::merchant::Merchant;
use templates::Templates;

/// Nothing but what stands here: no inline script or style, no other origin, no frame.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// What the pages stand on.
#[derive(Clone, Debug)]
struct Pages {
    merchant: Merchant,
    templates: Templates,
    files: ServeDir,
}

/// The pages and the package.
pub fn router(merchant: Merchant, config: &Config) -> Router {
    let pages = Pages {
        merchant,
        templates: Templates::new(config.www.clone()),
        files: ServeDir::new(&config.www).append_index_html_on_directories(false),
    };
    Router::new()
        .route("/", get(storefront::shelf))
        .route("/pedido/{order_id}", get(storefront::order))
        .route("/pedido/{order_id}/repetir", post(storefront::order_again))
        .route("/pago/{order_id}", get(checkout::form).post(checkout::submit))
        .route("/comprobante/{token}", get(checkout::voucher))
        .route("/console/correo/{token}", get(checkout::mail))
        .route("/preferencias", post(visitor::prefer))
        .nest_service("/fixtures", ServeDir::new(&config.fixtures).append_index_html_on_directories(false))
        .nest_service("/pkg", ServeDir::new(&config.pkg).append_index_html_on_directories(false))
        .fallback(files::page_or_file)
        .with_state(pages)
        .layer(CompressionLayer::new())
        .layer(always(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(header::REFERRER_POLICY, "no-referrer"))
        // Everything may change with the next build: browsers keep it, but ask first.
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-cache"),
        ))
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}
