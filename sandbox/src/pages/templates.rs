//! Templates from `www/`, read anew for every page: an edit shows on reload.

use std::path::PathBuf;

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use efecty_checkout::calendar::ServerInstant;
use efecty_checkout::language::Language;
use efecty_checkout::view::day_and_hour;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, HtmlEscape, UndefinedBehavior, context, path_loader};

use super::visitor::Visitor;
use crate::db::Fault;
use crate::merchant::Shop;

/// The templates of a directory.
#[derive(Clone, Debug)]
pub(super) struct Templates {
    www: PathBuf,
}

impl Templates {
    pub fn new(www: PathBuf) -> Templates {
        Templates { www }
    }

    /// Whether the directory has this template; names are as `is_name` wants them.
    pub fn has(&self, name: &str) -> bool {
        self.www.join(name).is_file()
    }

    /// Whether the directory has this folder.
    pub fn has_folder(&self, name: &str) -> bool {
        self.www.join(name).is_dir()
    }

    /// A page; what it shows is in `page`, who reads it in `visitor`.
    pub fn page(
        &self,
        status: StatusCode,
        name: &str,
        visitor: &Visitor,
        shop: &Shop,
        page: Value,
    ) -> Result<Response, Fault> {
        let mut environment = Environment::new();
        environment.set_loader(path_loader(&self.www));
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.add_function("t", both);
        environment.add_filter("pesos", pesos);
        environment.add_filter("when", when);
        let shop = context! { name => shop.beneficiary.name, tax_id => shop.beneficiary.tax_id };
        let html = environment
            .get_template(name)
            .and_then(|template| template.render(context! { visitor, shop, page }))
            .map_err(|error| Fault::new(format!("{name}: {error:#}")))?;
        Ok((status, Html(html)).into_response())
    }
}

/// A text in both languages; the style sheet shows the page's.
fn both(es: &str, en: &str) -> Value {
    let (es, en) = (HtmlEscape(es), HtmlEscape(en));
    Value::from_safe_string(format!(
        "<span class=\"t\" lang=\"es\">{es}</span><span class=\"t\" lang=\"en\">{en}</span>"
    ))
}

/// `$ 1.234.567`
fn pesos(value: u64) -> Result<String, Error> {
    let pesos = efecty_checkout::money::Pesos::new(value);
    pesos
        .map(|pesos| pesos.to_string())
        .map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string()))
}

/// Milliseconds since 1970 as day and hour in Bogotá, in both languages.
fn when(millis: i64) -> Result<Value, Error> {
    let instant = ServerInstant::from_millis(millis)
        .map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string()))?;
    Ok(both(&day_and_hour(instant, Language::Es), &day_and_hour(instant, Language::En)))
}
