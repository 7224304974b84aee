//! The payer form.

use crate::language::Language;
use crate::payer::{DocumentRule, DocumentType, Field, PayerError, field_hints};
use crate::session::{Button, Trouble, TroubleCode};
use crate::wire::ConsentTerms;

use super::super::{Element, FormView, Say, element};
use super::parts;

pub fn draw(view: &FormView, language: Language) -> Element {
    let total = element("div")
        .class("sum")
        .child(element("span").class("soft").text(Say::OrderTotal.text(language)))
        .child(element("b").text(view.order.amount.pesos.to_string()));
    let header = element("header")
        .class("head")
        .child(parts::heading(Say::FormTitle.text(language)))
        .child(parts::soft(Say::FormIntro.text(language)));
    let fields = element("fieldset")
        .flag("disabled", view.sending.is_some())
        .child(document(view, language))
        .children(text_fields(view, language))
        .children(view.order.consent.iter().map(|terms| consent(terms, view, language)));
    let form = element("form")
        .class("pad")
        .with("novalidate", "")
        .with("data-press", "submit")
        .child(header)
        .child(total)
        .child(fields)
        .children(view.trouble.iter().map(|trouble| notice(trouble, view, language)))
        .child(submit(view, language));
    parts::card("form").child(form)
}

fn submit(view: &FormView, language: Language) -> Element {
    let button = |say: Say| {
        element("button")
            .with("type", "submit")
            .class("btn primary")
            .with("part", "button primary")
            .text(say.text(language))
    };
    let Some(sending) = view.sending else { return element("div").class("foot").child(button(Say::Create)) };
    element("div")
        .class("foot")
        .child(button(Say::Creating).flag("disabled", true).with("aria-busy", "true"))
        .children(sending.slow.then(|| parts::soft(Say::CreatingSlow.text(language))))
}

/// Why the last try failed; where the backend named fields, they say it themselves.
fn notice(trouble: &Trouble, view: &FormView, language: Language) -> Element {
    let mut text = parts::trouble_text(trouble).text(language).to_owned();
    if trouble.code.may_be_lost() {
        text = [&text, " ", Say::SafeToRetry.text(language)].concat();
    }
    let says_more = trouble.code != TroubleCode::Refused || view.errors.is_empty();
    element("div")
        .class("notice bad")
        .with("role", "alert")
        .child(element("p").text(text))
        .children(says_more.then(|| parts::support(trouble, language)))
}

fn document(view: &FormView, language: Language) -> Element {
    let rules = &view.order.requirements.documents;
    let chosen = DocumentType::from_code(&view.input.document_type);
    let options = rules.iter().map(|rule| {
        let code = rule.document_type.as_str();
        element("option")
            .with("value", code)
            .flag("selected", chosen == Some(rule.document_type))
            .text(document_label(rule, language))
    });
    let kind = element("select")
        .with("id", "document-type")
        .with("part", "input")
        .with("data-field", Field::DocumentType.as_str())
        .with("value", view.input.document_type.clone())
        .children(options);
    let kind = field(Field::DocumentType, Say::DocumentType.text(language), kind, view, language);
    element("div").class("two").child(kind).child(text_field(
        Field::DocumentNumber,
        Say::DocumentNumber,
        view,
        language,
    ))
}

fn document_label(rule: &DocumentRule, language: Language) -> String {
    match &rule.label {
        Some(label) => label.text(language).to_owned(),
        None => rule.document_type.label(language).to_owned(),
    }
}

fn text_fields(view: &FormView, language: Language) -> Vec<Element> {
    vec![
        text_field(Field::Name, Say::Name, view, language),
        text_field(Field::Phone, Say::Phone, view, language),
        text_field(Field::Email, Say::Email, view, language),
    ]
}

fn text_field(which: Field, say: Say, view: &FormView, language: Language) -> Element {
    let requirements = &view.order.requirements;
    let (value, required) = match which {
        Field::Name => (&view.input.name, requirements.name.required),
        Field::Email => (&view.input.email, requirements.email.required),
        Field::Phone => (&view.input.phone, requirements.phone.required),
        _ => (&view.input.document_number, true),
    };
    let mut input = element("input")
        .with("id", id(which))
        .with("part", "input")
        .with("type", if which == Field::Email { "email" } else { "text" })
        .with("data-field", which.as_str())
        .with("value", value.clone())
        .with("spellcheck", "false")
        .flag("required", required);
    let document_type = DocumentType::from_code(&view.input.document_type).unwrap_or(DocumentType::Cc);
    if let Some(hints) = field_hints(which, document_type, requirements) {
        input = input
            .with("inputmode", hints.input_mode)
            .with("autocomplete", hints.autocomplete)
            .with("autocapitalize", hints.autocapitalize)
            .with("maxlength", hints.max_length.to_string());
    }
    let label = say.text(language);
    let label =
        if required { label.to_owned() } else { [label, " (", Say::Optional.text(language), ")"].concat() };
    let drawn = field(which, label, input, view, language);
    match &view.suggestion {
        Some(suggestion) if which == Field::Email => drawn.child(suggest(suggestion, language)),
        _ => drawn,
    }
}

fn suggest(email: &str, language: Language) -> Element {
    let text = Say::DidYouMean.fill(language, &[email]);
    element("p").class("small").child(parts::quiet(Button::TakeSuggestion, text))
}

/// A label, its control and its error.
fn field(
    which: Field,
    label: impl Into<super::super::Text>,
    control: Element,
    view: &FormView,
    language: Language,
) -> Element {
    let error = error_of(which, view);
    let label = element("label").with("for", id(which)).text(label);
    let mut control = control;
    if error.is_some() {
        control = control.with("aria-invalid", "true").with("aria-describedby", message_id(which));
    }
    element("div")
        .class(if error.is_some() { "field invalid" } else { "field" })
        .child(label)
        .child(control)
        .children(error.map(|error| message(error, language)))
}

fn consent(terms: &ConsentTerms, view: &FormView, language: Language) -> Element {
    let error = error_of(Field::Consent, view);
    let mut tick = element("input")
        .with("id", id(Field::Consent))
        .with("type", "checkbox")
        .with("data-field", Field::Consent.as_str())
        .flag("checked", view.consent)
        .flag("required", true);
    if error.is_some() {
        tick = tick.with("aria-invalid", "true").with("aria-describedby", message_id(Field::Consent));
    }
    let mut words = element("span").text(terms.text.text(language).to_owned());
    if let Some(address) = &terms.link {
        words = words.text(" ").child(parts::link(address, Say::Policy.text(language)));
    }
    element("div")
        .class(if error.is_some() { "field invalid" } else { "field" })
        .child(element("label").class("consent").with("for", id(Field::Consent)).child(tick).child(words))
        .children(error.map(|error| message(error, language)))
}

fn message(error: &PayerError, language: Language) -> Element {
    element("p").class("msg").with("id", message_id(error.field)).text(error.message(language))
}

fn error_of(which: Field, view: &FormView) -> Option<&PayerError> {
    view.errors.iter().find(|error| error.field == which)
}

fn id(which: Field) -> &'static str {
    match which {
        Field::DocumentType => "document-type",
        Field::DocumentNumber => "document-number",
        Field::Name => "name",
        Field::Email => "email",
        Field::Phone => "phone",
        Field::Consent => "consent",
        Field::Amount => "amount",
    }
}

fn message_id(which: Field) -> String {
    [id(which), "-error"].concat()
}
