//! The payer form: what was typed, and which errors are worth showing yet.

use std::rc::Rc;

use crate::payer::{
    ErrorCode, Field, Payer, PayerError, PayerInput, check_while_typing, suggest_email, validate_document,
    validate_name, validate_payer,
};
use crate::wire::{Order, Problem};

/// The form and its state.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub order: Rc<Order>,
    pub input: PayerInput,
    pub consent: bool,
    /// Fields that were left, with something typed: their errors are shown.
    left: Vec<Field>,
    /// Whether the form was sent once: from then on every error is shown, live.
    submitted: bool,
    /// What the backend refused; a field's refusal goes when the field is edited.
    refused: Vec<PayerError>,
}

impl Form {
    pub fn new(order: Rc<Order>, prefill: PayerInput) -> Form {
        let mut input = prefill;
        if input.document_type.is_empty() {
            let first = order.requirements.documents.first();
            input.document_type =
                first.map(|rule| rule.document_type.as_str().to_owned()).unwrap_or_default();
        }
        Form { order, input, consent: false, left: Vec::new(), submitted: false, refused: Vec::new() }
    }

    pub fn typed(&mut self, field: Field, text: String) {
        // A document number belongs to its type, and the other way round.
        let is_document = |f: Field| matches!(f, Field::DocumentType | Field::DocumentNumber);
        self.refused.retain(|e| e.field != field && !(is_document(e.field) && is_document(field)));
        match field {
            Field::DocumentType => self.input.document_type = text,
            Field::DocumentNumber => self.input.document_number = text,
            Field::Name => self.input.name = text,
            Field::Email => self.input.email = text,
            Field::Phone => self.input.phone = text,
            Field::Consent => self.consent = !text.is_empty(),
            Field::Amount => {}
        }
    }

    pub fn left(&mut self, field: Field) {
        if !self.left.contains(&field) && !self.text(field).is_empty() {
            self.left.push(field);
        }
    }

    pub fn take_suggestion(&mut self) {
        if let Some(email) = self.suggestion() {
            self.typed(Field::Email, email);
        }
    }

    /// The e-mail address that was probably meant, once the shopper is done with it.
    pub fn suggestion(&self) -> Option<String> {
        if self.is_done(Field::Email) { suggest_email(&self.input.email) } else { None }
    }

    /// What is sent in place of what was typed, for the shopper to see: the check digit of a NIT that
    /// was typed without it, the name in ASCII.
    pub fn sent_as(&self) -> Vec<(Field, String)> {
        let requirements = &self.order.requirements;
        let mut sent = Vec::new();
        if self.is_done(Field::DocumentNumber)
            && let Ok(document) =
                validate_document(&self.input.document_type, &self.input.document_number, requirements)
            && document.nit.as_ref().is_some_and(|nit| !nit.check_digit_typed)
        {
            sent.push((Field::DocumentNumber, document.grouped()));
        }
        if self.is_done(Field::Name)
            && let Ok(name) = validate_name(&self.input.name, &requirements.name, self.input.bearer())
            && let Some(ascii) = name.ascii.filter(|ascii| *ascii != name.text)
        {
            sent.push((Field::Name, ascii));
        }
        sent
    }

    /// Checks everything; from now on every error is shown.
    pub fn submit(&mut self) -> Result<Payer, Vec<PayerError>> {
        self.submitted = true;
        self.refused.clear();
        match (validate_payer(&self.input, &self.order.requirements), self.consent_error()) {
            (Ok(payer), None) => Ok(payer),
            (Ok(_), Some(error)) => Err(vec![error]),
            (Err(errors), None) => Err(errors),
            (Err(mut errors), Some(error)) => {
                errors.push(error);
                Err(errors)
            }
        }
    }

    /// Takes over what the backend refused, field by field.
    pub fn refuse(&mut self, problem: &Problem) {
        self.refused = problem
            .errors
            .iter()
            .filter_map(|e| {
                let field = Field::from_path(&e.field)?;
                let code = ErrorCode::from_code(&e.code).unwrap_or(ErrorCode::Refused);
                Some(PayerError { expected: e.expected.clone(), ..PayerError::new(field, code) })
            })
            .collect();
    }

    /// The errors to show now, at most one a field.
    pub fn errors(&self) -> Vec<PayerError> {
        let mut errors = self.refused.clone();
        if self.submitted {
            add(&mut errors, validate_payer(&self.input, &self.order.requirements).err().unwrap_or_default());
            add(&mut errors, self.consent_error());
            return errors;
        }
        for field in Field::ALL {
            if self.left.contains(&field) {
                let all = validate_payer(&self.input, &self.order.requirements).err().unwrap_or_default();
                add(&mut errors, all.into_iter().filter(|e| e.field == field));
            } else {
                add(&mut errors, check_while_typing(field, &self.input, &self.order.requirements));
            }
        }
        errors
    }

    /// Whether the form draws a control for this field.
    pub fn has_control(&self, field: Field) -> bool {
        match field {
            Field::Amount => false,
            Field::Consent => self.order.consent.is_some(),
            _ => true,
        }
    }

    fn consent_error(&self) -> Option<PayerError> {
        let owed = self.order.consent.is_some() && !self.consent;
        owed.then(|| PayerError::new(Field::Consent, ErrorCode::Required))
    }

    /// Whether the shopper left the field, or sent the form.
    fn is_done(&self, field: Field) -> bool {
        self.submitted || self.left.contains(&field)
    }

    fn text(&self, field: Field) -> &str {
        match field {
            Field::DocumentType => &self.input.document_type,
            Field::DocumentNumber => &self.input.document_number,
            Field::Name => &self.input.name,
            Field::Email => &self.input.email,
            Field::Phone => &self.input.phone,
            Field::Consent | Field::Amount => "",
        }
    }
}

fn add(errors: &mut Vec<PayerError>, more: impl IntoIterator<Item = PayerError>) {
    for error in more {
        if !errors.iter().any(|e| e.field == error.field) {
            errors.push(error);
        }
    }
}
