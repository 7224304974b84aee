//! The payer form.

use crate::language::Language;
use crate::payer::{DocumentRule, DocumentType, Field, PayerError, field_hints};
use crate::session::{Button, Trouble};
use crate::wire::ConsentTerms;

use super::super::{FormView, Say, Text};
use super::parts;
use super::pen::Pen;

pub fn draw(view: &FormView, pen: &mut Pen) {
    parts::card("form", pen, |pen| {
        pen.within("form", "pad", |pen| {
            pen.set("novalidate", "");
            pen.set("data-press", "submit");
            header(view, pen);
            // It is there to disable what is in it, and is no group to be told of.
            pen.within("fieldset", "", |pen| {
                pen.set("role", "none");
                pen.flag("disabled", view.sending.is_some());
                fields(view, pen);
            });
            if let Some(trouble) = &view.trouble {
                notice(trouble, view, pen);
            }
            if !view.errors.is_empty() {
                let text = errors_found(view, pen.language);
                pen.note("p", "notice bad", &text);
            }
            submit(view, pen);
        });
    });
}

fn header(view: &FormView, pen: &mut Pen) {
    pen.within("header", "head", |pen| {
        parts::heading(Say::FormTitle.text(pen.language), pen);
        pen.line("p", "soft", Say::FormIntro);
    });
    pen.within("div", "sum", |pen| {
        pen.line("span", "soft", Say::OrderTotal);
        pen.note("b", "", &view.order.amount.pesos.to_text());
    });
}

fn fields(view: &FormView, pen: &mut Pen) {
    document_type(view, pen);
    text_field(Field::DocumentNumber, view, pen);
    text_field(Field::Name, view, pen);
    text_field(Field::Email, view, pen);
    text_field(Field::Phone, view, pen);
    if let Some(terms) = &view.order.consent {
        consent(terms, view, pen);
    }
}

fn submit(view: &FormView, pen: &mut Pen) {
    pen.within("div", "foot", |pen| {
        pen.within("button", "btn primary", |pen| {
            pen.set("type", "submit");
            pen.set("part", "button primary");
            if view.sending.is_some() {
                pen.set("disabled", "");
                pen.set("aria-busy", "true");
                pen.say(Say::Creating);
            } else {
                pen.say(Say::Create);
            }
        });
        if view.sending.is_some_and(|sending| sending.slow) {
            pen.line("p", "soft", Say::CreatingSlow);
        }
        let seller = &view.order.beneficiary;
        pen.within("p", "soft small", |pen| {
            pen.fill(Say::Seller, &[&seller.name]);
            if let Some(tax_id) = &seller.tax_id {
                pen.words(" · ");
                pen.filled("span", "", Say::TaxId, &[tax_id]);
            }
        });
    });
}

/// Which fields are to be looked at again.
pub fn errors_found(view: &FormView, language: Language) -> String {
    let mut fields = String::new();
    for error in view.errors.iter().filter(|error| has_control(error.field, view)) {
        if !fields.is_empty() {
            fields.push_str(", ");
        }
        fields.push_str(label(error.field).text(language));
    }
    Say::ErrorsFound.fill(language, &[&fields])
}

fn label(field: Field) -> Say {
    match field {
        Field::DocumentType => Say::DocumentType,
        Field::DocumentNumber => Say::DocumentNumber,
        Field::Name => Say::Name,
        Field::Email => Say::Email,
        Field::Phone => Say::Phone,
        Field::Consent => Say::Consent,
        Field::Amount => Say::Amount,
    }
}

fn has_control(which: Field, view: &FormView) -> bool {
    match which {
        Field::Amount => false,
        Field::Consent => view.order.consent.is_some(),
        _ => true,
    }
}

/// Why the last try failed; where the backend named fields, they say it themselves.
fn notice(trouble: &Trouble, view: &FormView, pen: &mut Pen) {
    pen.within("div", "notice bad", |pen| {
        pen.within("div", "", |pen| {
            pen.set("role", "alert");
            pen.line("p", "", parts::trouble_text(trouble));
            if trouble.code.may_be_lost() {
                pen.line("p", "", Say::SafeToRetry);
            }
            // What was refused and has no control on screen is said here.
            for error in view.errors.iter().filter(|error| !has_control(error.field, view)) {
                pen.note("p", "", &error.message(pen.language));
            }
        });
        parts::support(trouble, pen);
        parts::copying_support(view.copied, pen);
    });
}

fn document_type(view: &FormView, pen: &mut Pen) {
    let chosen = DocumentType::from_code(&view.input.document_type);
    field(Field::DocumentType, view, pen, |pen| {
        pen.within("label", "", |pen| {
            pen.set("for", id(Field::DocumentType));
            pen.say(Say::DocumentType);
        });
        pen.within("select", "", |pen| {
            control(Field::DocumentType, view, pen);
            pen.set_text("value", Text::Owned(view.input.document_type.clone()));
            for rule in &view.order.requirements.documents {
                pen.within("option", "", |pen| {
                    pen.set("value", rule.document_type.as_str());
                    pen.flag("selected", chosen == Some(rule.document_type));
                    pen.words(document_label(rule, pen.language));
                });
            }
        });
    });
}

fn document_label(rule: &DocumentRule, language: Language) -> &str {
    match &rule.label {
        Some(label) => label.text(language),
        None => rule.document_type.label(language),
    }
}

fn text_field(which: Field, view: &FormView, pen: &mut Pen) {
    let requirements = &view.order.requirements;
    let (value, required) = match which {
        Field::Name => (&view.input.name, requirements.name.required),
        Field::Email => (&view.input.email, requirements.email.required),
        Field::Phone => (&view.input.phone, requirements.phone.required),
        _ => (&view.input.document_number, true),
    };
    field(which, view, pen, |pen| {
        pen.within("label", "", |pen| {
            pen.set("for", id(which));
            pen.say(label(which));
            if !required {
                pen.words(" ");
                pen.line("span", "soft", Say::Optional);
            }
        });
        pen.within("input", "", |pen| {
            control(which, view, pen);
            pen.set("type", if which == Field::Email { "email" } else { "text" });
            pen.set_text("value", Text::Owned(value.clone()));
            pen.set("spellcheck", "false");
            pen.flag("required", required);
            hints(which, view, pen);
        });
        if let Some((_, sent)) = view.sent_as.iter().find(|(field, _)| *field == which) {
            let text = Say::SentAs.fill(pen.language, &[sent]);
            pen.note("p", "small soft", &text);
        }
        if let (Field::Email, Some(email)) = (which, &view.suggestion) {
            let text = Say::DidYouMean.fill(pen.language, &[email]);
            pen.within("p", "small", |pen| parts::quiet(Button::TakeSuggestion, &text, pen));
        }
    });
}

fn hints(which: Field, view: &FormView, pen: &mut Pen) {
    let document_type = DocumentType::from_code(&view.input.document_type).unwrap_or(DocumentType::Cc);
    let Some(hints) = field_hints(which, document_type, &view.order.requirements) else { return };
    pen.set("inputmode", hints.input_mode);
    pen.set("autocomplete", hints.autocomplete);
    pen.set("autocapitalize", hints.autocapitalize);
    pen.set_text("maxlength", Text::Owned(hints.max_length.to_string()));
    // Where the form of the number helps; a name or an address in grey looks like one typed.
    if matches!(which, Field::DocumentNumber | Field::Phone) {
        pen.set("placeholder", hints.example);
    }
}

fn consent(terms: &ConsentTerms, view: &FormView, pen: &mut Pen) {
    field(Field::Consent, view, pen, |pen| {
        pen.within("label", "consent", |pen| {
            pen.set("for", id(Field::Consent));
            pen.within("input", "", |pen| {
                control(Field::Consent, view, pen);
                pen.set("type", "checkbox");
                pen.flag("checked", view.consent);
                pen.set("required", "");
            });
            pen.within("span", "", |pen| {
                pen.words(terms.text.text(pen.language));
                if let Some(address) = &terms.link {
                    pen.words(" ");
                    parts::link("", address, Say::Policy, pen);
                }
                pen.words(" ");
                pen.filled("span", "soft", Say::PolicyVersion, &[&terms.version]);
            });
        });
    });
}

/// A label and its control, and its error where there is one.
#[inline(always)]
fn field(which: Field, view: &FormView, pen: &mut Pen, inside: impl FnOnce(&mut Pen)) {
    let error = error_of(which, view);
    pen.within("div", if error.is_some() { "field invalid" } else { "field" }, |pen| {
        inside(pen);
        if let Some(error) = error {
            pen.within("p", "msg", |pen| {
                pen.set_text("id", message_id(which));
                pen.words(&error.message(pen.language));
            });
        }
    });
}

/// What every control has.
fn control(which: Field, view: &FormView, pen: &mut Pen) {
    pen.set("id", id(which));
    pen.set("part", "input");
    pen.set("data-field", which.as_str());
    if error_of(which, view).is_some() {
        pen.set("aria-invalid", "true");
        pen.set_text("aria-describedby", message_id(which));
    }
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

fn message_id(which: Field) -> Text {
    Text::Owned([id(which), "-error"].concat())
}
