//! The validators' exports.
//!
//! What stands for something the shopper typed never throws: the answer is an outcome. A rule or
//! requirements that are not what they should be are a mistake of the program, and throw.

use js_sys::{Array, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::argument::{self, Argument, exception, field_text, wire_exception};
use crate::language::{Language, Localized};
use crate::money::{AmountLimits, Pesos};
use crate::payer::{
    self, Bearer, DocumentType, EmailRule, ErrorCode, Field, NameRule, Outcome, PayerError, PayerInput,
    PayerOutcome, PhoneRule, Requirements,
};
use crate::wire::{WireError, to_json};

type Thrown<T> = Result<T, JsValue>;

// Each member by its own accessor: a name made into a JavaScript string on every call would cost more
// than the validation.
#[wasm_bindgen]
extern "C" {
    /// A payer or a document, as the caller gave it.
    type Given;

    #[wasm_bindgen(method, structural, getter, catch)]
    fn document(this: &Given) -> Thrown<JsValue>;

    #[wasm_bindgen(method, structural, getter, catch, js_name = type)]
    fn document_type(this: &Given) -> Thrown<JsValue>;

    #[wasm_bindgen(method, structural, getter, catch)]
    fn number(this: &Given) -> Thrown<JsValue>;

    #[wasm_bindgen(method, structural, getter, catch, js_name = checkDigit)]
    fn check_digit(this: &Given) -> Thrown<JsValue>;

    #[wasm_bindgen(method, structural, getter, catch)]
    fn name(this: &Given) -> Thrown<JsValue>;

    #[wasm_bindgen(method, structural, getter, catch)]
    fn email(this: &Given) -> Thrown<JsValue>;

    #[wasm_bindgen(method, structural, getter, catch)]
    fn phone(this: &Given) -> Thrown<JsValue>;
}

/// A member that is there; null is as good as absent.
fn present(member: Thrown<JsValue>) -> Option<JsValue> {
    member.ok().filter(|value| !value.is_null() && !value.is_undefined())
}

/// What was typed, as far as it is text, and an error for every member that is not.
struct Typed {
    input: PayerInput,
    strange: Vec<PayerError>,
}

impl Typed {
    /// Reads a payer; an absent member is an empty text, and of what is no object every member is
    /// absent.
    fn payer(payer: &JsValue) -> Typed {
        let payer: &Given = payer.unchecked_ref();
        let mut typed = Typed { input: PayerInput::default(), strange: Vec::new() };
        if let Some(document) = present(payer.document()) {
            typed.read_document(&document);
        }
        typed.input.name = typed.text(payer.name(), Field::Name);
        typed.input.email = typed.text(payer.email(), Field::Email);
        typed.input.phone = typed.text(payer.phone(), Field::Phone);
        typed
    }

    /// Reads `{ type, number, checkDigit? }`.
    fn document(document: &JsValue) -> Typed {
        let mut typed = Typed { input: PayerInput::default(), strange: Vec::new() };
        typed.read_document(document);
        typed
    }

    fn read_document(&mut self, document: &JsValue) {
        if !document.is_object() || Array::is_array(document) {
            self.is_strange(Field::DocumentNumber, "object");
            return;
        }
        let document: &Given = document.unchecked_ref();
        self.input.document_type = self.text(document.document_type(), Field::DocumentType);
        self.input.document_number = self.text(document.number(), Field::DocumentNumber);
        let check_digit = self.text(document.check_digit(), Field::DocumentNumber);
        match check_digit.as_bytes() {
            [] => {}
            [digit] if digit.is_ascii_digit() => self.input.append_check_digit(&check_digit),
            _ => self.is_strange(Field::DocumentNumber, "a check digit of one digit"),
        }
    }

    fn text(&mut self, member: Thrown<JsValue>, field: Field) -> String {
        let Some(member) = present(member) else { return String::new() };
        argument::text(&member).unwrap_or_else(|| {
            self.is_strange(field, "string");
            String::new()
        })
    }

    fn is_strange(&mut self, field: Field, expected: &str) {
        self.strange.push(PayerError::new(field, ErrorCode::InvalidArgument).expecting(expected));
    }

    /// The result of a validation, where a member that was no text is refused as such.
    fn judged<T>(&self, result: Result<T, Vec<PayerError>>) -> Result<T, Vec<PayerError>> {
        if self.strange.is_empty() {
            return result;
        }
        let errors = result.err().unwrap_or_default();
        let of = |field| self.strange.iter().chain(&errors).find(|error| error.field == field);
        Err(Field::ALL.into_iter().filter_map(of).cloned().collect())
    }
}

/// Checks the type and the number of a document: `validateDocument({ type: "NIT", number: "900.123.456-8" })`.
///
/// Accepts what people type (spaces, dots, commas, hyphens, apostrophes, `NIT` or `C.C. No.` before
/// the number) and returns the canonical number, in upper case and without separators. A NIT comes
/// back as number and check digit; `checkDigitTyped` says whether the digit was among those typed,
/// and `alternative` is the other reading where there are two. A `checkDigit` of its own may stand
/// beside `number`.
///
/// Types, with the fewest and most characters: CC 3-10, CE 3-16, TI 5-11, RC 8-11, NIT 6-10 without
/// the check digit, PA 4-16, PPT 6-12, PEP 15, and `other` where the requirements name it; the
/// requirements may say otherwise.
///
/// Errors at `document.type`: `required`, `unknown_document_type`, `document_type_not_accepted`; at
/// `document.number`: `required`, `digits_only`, `leading_zero`, `too_short`, `too_long`,
/// `check_digit`, `invalid_character`, `invisible_character`, `ill_formed_text`; at both
/// `invalid_argument`. Throws a TypeError where `requirements` is not what it should be.
///
/// Source: the union of what the gateways document, type by type in `docs/validators.md`; the check
/// digit is DIAN's (Orden Administrativa 4 of 27 October 1989).
#[wasm_bindgen(js_name = validateDocument, unchecked_return_type = "Outcome<DocumentValue>")]
pub fn validate_document(
    #[wasm_bindgen(unchecked_param_type = "DocumentInput")] document: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Requirements")] requirements: JsValue,
) -> Thrown<JsValue> {
    let requirements = rule(requirements, Requirements::read)?;
    let typed = Typed::document(&document);
    let result = match typed.strange.first() {
        Some(error) => Err(error.clone()),
        None => {
            let input = &typed.input;
            payer::validate_document(&input.document_type, &input.document_number, &requirements)
        }
    };
    outcome(result)
}

/// Checks a phone number and returns it as E.164, as its ten national digits, and its kind.
///
/// Accepts any habitual spelling: bare, with `+57`, `57` or `0057`, with spaces, hyphens, dots,
/// slashes and parentheses. Letters, invisible characters and digits of other scripts are refused,
/// never converted. Numbers of other countries only with `foreign: true`, and by their shape: 8 to 15
/// digits after `+` or `00`.
///
/// Errors: `required`, `too_short`, `too_long`, `old_phone_format` (`expected` is how the number is
/// written since 2021), `service_number`, `unassigned_number`, `foreign_number`, `phone_kind`,
/// `digits_only`, `invalid_character`, `invisible_character`, `ill_formed_text`, `invalid_argument`.
/// Throws a TypeError where `rule` is not what it should be.
///
/// Source: libphonenumber's metadata 9.0.43 for Colombia, types MOBILE and FIXED_LINE, taken
/// 2026-11-23; numbers before 2021 by CRC's Resolución 5826 of 2019.
#[wasm_bindgen(js_name = validatePhone, unchecked_return_type = "Outcome<PhoneValue>")]
pub fn validate_phone(
    #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PhoneRule")] rule: JsValue,
) -> Thrown<JsValue> {
    let rule = self::rule(rule, PhoneRule::read)?;
    outcome(field_text(&text, Field::Phone).and_then(|text| payer::validate_phone(&text, &rule)))
}

/// Checks a name and returns it in NFC, spaces collapsed.
///
/// Accepts the letters of a documented Latin repertoire, apostrophes, hyphens and full stops; a
/// `"company"` may also have digits and `& , ( ) / + #`. At least two letters, at most `maxLength` code
/// points (default 60). With `charset: "ascii"` the outcome also has `ascii`, the transliteration that
/// the gateway gets, which counts for the length too: show it where it differs from the name.
///
/// Errors: `required`, `too_short`, `too_long`, `digits_in_name`, `invalid_character` (other scripts and
/// their look-alikes, emoji), `invisible_character`, `ill_formed_text`, `invalid_argument`. Throws a
/// TypeError where `rule` or `bearer` is not what it should be.
///
/// Source: the repertoire of `docs/validators.md`; NFC as in Unicode's UAX 15; 60 is Placetopay's limit.
#[wasm_bindgen(js_name = validateName, unchecked_return_type = "NameOutcome")]
pub fn validate_name(
    #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "NameRule")] rule: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "\"person\" | \"company\"")] bearer: JsValue,
) -> Thrown<JsValue> {
    let rule = self::rule(rule, NameRule::read)?;
    let bearer = match bearer.as_string().as_deref() {
        Some("company") => Bearer::Company,
        Some("person") => Bearer::Person,
        None if bearer.is_undefined() => Bearer::Person,
        _ => return Err(misused(Field::Name, "person or company")),
    };
    outcome(field_text(&text, Field::Name).and_then(|text| payer::validate_name(&text, &rule, bearer)))
}

/// Checks an e-mail address and returns it with its domain in lower case.
///
/// Accepts what `<input type="email">` accepts, without what gateways refuse: dots at an end of the
/// local part or two in a row, a domain without a dot or with a number as its last part, more than 64
/// characters before the `@` or `maxLength` (default 80, at most 254) in all. Spaces around it are
/// dropped. `suggestion` is the address perhaps meant where the domain looks like a slip: a hint, not a
/// refusal.
///
/// Errors: `required`, `missing_at`, `misplaced_dot`, `invalid_domain` (`expected` is a suggestion, if
/// any), `local_part_too_long`, `too_long`, `invalid_email`, `invalid_character`,
/// `invisible_character`, `ill_formed_text`, `invalid_argument`. Throws a TypeError where `rule` is not
/// what it should be.
///
/// Source: WHATWG HTML, "valid e-mail address"; RFC 5321 section 4.5.3.1 for 64 and 254; 80 is
/// Placetopay's limit.
#[wasm_bindgen(js_name = validateEmail, unchecked_return_type = "EmailOutcome")]
pub fn validate_email(
    #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "EmailRule")] rule: JsValue,
) -> Thrown<JsValue> {
    let rule = self::rule(rule, EmailRule::read)?;
    outcome(field_text(&text, Field::Email).and_then(|text| payer::validate_email(&text, &rule)))
}

/// Checks that an amount is in whole pesos, from 0 to 2^53 - 1, and within the limits, both included.
///
/// The default limits are from 1 peso up: no two gateways agree on more (`gatewayRequirements` has
/// theirs). Errors: `not_whole_pesos` (a fraction, NaN, a negative, too large), `below_minimum` and
/// `above_maximum` (`expected` is the limit in pesos), `invalid_argument`. Throws a TypeError where
/// `limits` is not what it should be.
///
/// Source: gateways take Colombian pesos without cents (dLocal's documentation); 2^53 - 1 is the
/// greatest whole number that JavaScript holds exactly.
#[wasm_bindgen(js_name = validateAmount, unchecked_return_type = "Outcome<number>")]
pub fn validate_amount(
    #[wasm_bindgen(unchecked_param_type = "number")] pesos: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "AmountLimits")] limits: JsValue,
) -> Thrown<JsValue> {
    let limits = rule(limits, AmountLimits::read)?;
    let result = match pesos.as_f64() {
        Some(pesos) => payer::validate_amount(pesos, &limits),
        None => Err(PayerError::new(Field::Amount, ErrorCode::InvalidArgument).expecting("number")),
    };
    outcome(result)
}

/// Checks every field of a payer and returns it in canonical form, or all errors at once.
///
/// Accepts what the single validators accept; an absent member counts as empty, and an empty one is
/// left out where it is optional. The name of a payer with a NIT may be a company's. Beside `payer`
/// stand `nit`, which says how the digits of a NIT were read; `ascii`, the name that the gateway gets
/// where the requirements ask for ASCII; and `suggestion`, the e-mail address perhaps meant.
///
/// Errors: those of the single validators, at most one a field, in the order of the form, each with
/// its field's path, its code, a message in Spanish and English, and what was expected. Whatever
/// `payer` is, it never throws for it; it throws a TypeError where `requirements` is not what it
/// should be.
///
/// Source: the rules of the single validators; the default requirements are the union of what the
/// gateways accept, and `gatewayRequirements` has what one of them asks.
#[wasm_bindgen(js_name = validatePayer, unchecked_return_type = "PayerOutcome")]
pub fn validate_payer(
    #[wasm_bindgen(unchecked_param_type = "PayerInput")] payer: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Requirements")] requirements: JsValue,
) -> Thrown<JsValue> {
    let requirements = rule(requirements, Requirements::read)?;
    let typed = Typed::payer(&payer);
    let result = typed.judged(payer::validate_payer(&typed.input, &requirements));
    to_value(&PayerOutcome { result, requirements: &requirements })
}

/// The ASCII form of a name, for gateways that take nothing else: `Ñáñez` becomes `Nanez`.
///
/// Accepts what `validateName` accepts for a company, of any length. Throws a TypeError with the code
/// `invalid_character` where a character has no place in a name, `invalid_argument` where `text` is no
/// text. Show it to the shopper where it differs from the name.
///
/// Source: Unicode's canonical decompositions, and for letters without one (`ß`, `ø`, `đ`) the usual
/// spelling, as in the crate deunicode; the differences from it stand in
/// `docs/validators-differences.md`.
#[wasm_bindgen(js_name = transliterateName)]
pub fn transliterate_name(#[wasm_bindgen(unchecked_param_type = "string")] text: JsValue) -> Thrown<String> {
    let text = field_text(&text, Field::Name).map_err(|error| exception(&error))?;
    payer::transliterate_name(&text)
        .ok_or_else(|| exception(&PayerError::new(Field::Name, ErrorCode::InvalidCharacter)))
}

/// The address that was perhaps meant: `maria@gmail.com` for `maria@gmial.com`; `undefined` where
/// nothing looks like a slip.
///
/// Accepts any text with an `@`; only its domain is looked at. A hint to offer, never a reason to
/// refuse. Throws a TypeError with the code `invalid_argument` where `text` is no text.
///
/// Source: a list of ours, of one slip of the finger in the providers most used in Colombia, in `com`,
/// and in `co` after `com`, `edu`, `gov`, `net`, `org`, `mil`.
#[wasm_bindgen(js_name = suggestEmail)]
pub fn suggest_email(
    #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
) -> Thrown<Option<String>> {
    let text = field_text(&text, Field::Email).map_err(|error| exception(&error))?;
    Ok(payer::suggest_email(&text))
}

/// The check digit of a NIT, from its digits without it: `nitCheckDigit("900123456")` is 8.
///
/// Separators are dropped. Throws a TypeError with the code `invalid_argument` where there is anything
/// but 1 to 15 digits.
///
/// Source: DIAN, Orden Administrativa 4 of 27 October 1989: weights 3, 7, 13, 17, 19, 23, 29, 37, 41, 43,
/// 47, 53, 59, 67, 71 from the right, modulo 11.
#[wasm_bindgen(js_name = nitCheckDigit)]
pub fn nit_check_digit(#[wasm_bindgen(unchecked_param_type = "string")] number: JsValue) -> Thrown<u8> {
    let number = field_text(&number, Field::DocumentNumber).map_err(|error| exception(&error))?;
    payer::nit_check_digit(&number).ok_or_else(|| misused(Field::DocumentNumber, "1 to 15 digits"))
}

/// Writes whole pesos the Colombian way: `$ 1.234.567`, with U+00A0 after the sign.
///
/// Accepts whole pesos from 0 to 2^53 - 1. Throws a TypeError with the code `not_whole_pesos` for any
/// other number, `invalid_argument` for what is no number.
///
/// Source: the pattern of es-CO in Unicode's CLDR without decimals, thousands grouped from four digits
/// on; the same in every engine, which `Intl.NumberFormat` is not.
#[wasm_bindgen(js_name = formatPesos)]
pub fn format_pesos(#[wasm_bindgen(unchecked_param_type = "number")] pesos: JsValue) -> Thrown<String> {
    let Some(number) = pesos.as_f64() else { return Err(misused(Field::Amount, "number")) };
    match Pesos::from_number(number) {
        Ok(pesos) => Ok(pesos.to_string()),
        Err(_) => Err(exception(&PayerError::new(Field::Amount, ErrorCode::NotWholePesos))),
    }
}

/// What a gateway asks of the payer of an Efecty voucher, to start from; without a gateway, the
/// default.
///
/// Accepts `payu`, `dlocal`, `mercadopago`, `epayco`, `kushki`, `placetopay`, `bamboo`, `ebanx`;
/// `undefined` for any other. Lengths are in characters, amounts in pesos. Throws nothing.
///
/// Source: each gateway's documentation, listed in `docs/validators.md`. Limits drift: what the
/// merchant's backend says comes first.
#[wasm_bindgen(js_name = gatewayRequirements, unchecked_return_type = "Required<Requirements> | undefined")]
pub fn gateway_requirements(
    #[wasm_bindgen(unchecked_optional_param_type = "string")] gateway: JsValue,
) -> Thrown<JsValue> {
    if gateway.is_undefined() {
        return to_value(&Requirements::default());
    }
    match gateway.as_string().and_then(|gateway| payer::gateway_requirements(&gateway)) {
        Some(requirements) => to_value(&requirements),
        None => Ok(JsValue::UNDEFINED),
    }
}

/// The types of document that the requirements accept, in the order of a form, with their names in
/// Spanish and English, for a select.
///
/// Without requirements the default ones. Throws a TypeError where `requirements` is not what it should
/// be.
///
/// Source: the names are those of the Registraduría, Migración Colombia and DIAN; that of `other` is the
/// requirements' own.
#[wasm_bindgen(js_name = documentTypes, unchecked_return_type = "{ type: DocumentType; label: Localized }[]")]
pub fn document_types(
    #[wasm_bindgen(unchecked_optional_param_type = "Requirements")] requirements: JsValue,
) -> Thrown<JsValue> {
    let requirements = rule(requirements, Requirements::read)?;
    let named = |rule: &payer::DocumentRule| {
        let own = |language| rule.document_type.label(language).to_owned();
        let label = rule.label.clone();
        NamedType {
            document_type: rule.document_type,
            label: label.unwrap_or_else(|| Localized { es: own(Language::Es), en: Some(own(Language::En)) }),
        }
    };
    to_value(&requirements.documents.iter().map(named).collect::<Vec<_>>())
}

#[derive(Serialize)]
struct NamedType {
    #[serde(rename = "type")]
    document_type: DocumentType,
    label: Localized,
}

/// The error to show while a field is still being typed: one that typing on cannot mend.
///
/// Accepts the path of a field and the payer as typed so far; of the payer only that field counts, and
/// for a document its type. `undefined` where there is nothing to say yet: nobody is told "too short"
/// at the first digit. Validate when the field is left.
///
/// Errors: those of the field's validator but `required`, `too_short`, `old_phone_format`, `missing_at`
/// and `invalid_domain`, and the others only once more typing cannot mend them. Throws a TypeError with
/// the code `invalid_argument` where `field` or `requirements` is not what it should be.
///
/// Source: the rules of the single validators.
#[wasm_bindgen(js_name = checkWhileTyping, unchecked_return_type = "PayerError | undefined")]
pub fn check_while_typing(
    #[wasm_bindgen(unchecked_param_type = "Field")] field: JsValue,
    #[wasm_bindgen(unchecked_param_type = "PayerInput")] payer: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Requirements")] requirements: JsValue,
) -> Thrown<JsValue> {
    let field = field_named(&field)?;
    let requirements = rule(requirements, Requirements::read)?;
    let typed = Typed::payer(&payer);
    let strange = typed.strange.iter().find(|error| error.field == field).cloned();
    match strange.or_else(|| payer::check_while_typing(field, &typed.input, &requirements)) {
        Some(error) => to_value(&error),
        None => Ok(JsValue::UNDEFINED),
    }
}

/// Groups the digits of a document or phone field while it is being typed: `1.020.304.050`,
/// `900.123.456-8`, `300 123 4567`.
///
/// Accepts the field's text and its caret (`selectionStart`), and returns both as they should be, the
/// caret after the same digit as before; both count UTF-16 units, as the DOM does. A text with anything
/// but digits and separators comes back unchanged, and so does a field or a document that has no groups.
/// Throws a TypeError with the code `invalid_argument` where an argument is not what it should be.
///
/// Source: thousands with dots as es-CO writes them, the hyphen of the NIT as DIAN prints it, mobiles in
/// three groups as people dictate them.
#[wasm_bindgen(js_name = formatWhileTyping, unchecked_return_type = "{ text: string; caret: number }")]
pub fn format_while_typing(
    #[wasm_bindgen(unchecked_param_type = "Field")] field: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] caret: JsValue,
    #[wasm_bindgen(js_name = documentType, unchecked_optional_param_type = "DocumentType")]
    document_type: JsValue,
) -> Thrown<JsValue> {
    let field = field_named(&field)?;
    let document_type = type_named(&document_type)?;
    let given = text;
    let text = field_text(&given, field).map_err(|error| exception(&error))?;
    let Some(caret) = caret.as_f64() else { return Err(misused(field, "number")) };
    let (formatted, caret) = payer::format_while_typing(field, document_type, &text, caret as usize);
    let is_unchanged = formatted == text;
    let answer = to_value(&Formatted { text: formatted, caret })?;
    if is_unchanged {
        // The caller's own text: a lone surrogate in it would not have come through.
        Reflect::set(&answer, &"text".into(), &given)?;
    }
    Ok(answer)
}

#[derive(Serialize)]
struct Formatted {
    text: String,
    caret: usize,
}

/// How a browser should present a field: `inputMode`, `autocomplete`, `autocapitalize`, `maxLength`
/// and an example. `undefined` for a field that is not a text.
///
/// Accepts the path of a field and, for the number of a document, its type (default CC). `maxLength` is
/// in UTF-16 units and wide, so that no pasted text is cut. Throws a TypeError with the code
/// `invalid_argument` where an argument is not what it should be.
///
/// Source: WHATWG HTML for the attributes and their words; the validators for what each field takes.
#[wasm_bindgen(js_name = fieldHints, unchecked_return_type = "FieldHints | undefined")]
pub fn field_hints(
    #[wasm_bindgen(unchecked_param_type = "Field")] field: JsValue,
    #[wasm_bindgen(js_name = documentType, unchecked_optional_param_type = "DocumentType")]
    document_type: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Requirements")] requirements: JsValue,
) -> Thrown<JsValue> {
    let requirements = rule(requirements, Requirements::read)?;
    match payer::field_hints(field_named(&field)?, type_named(&document_type)?, &requirements) {
        Some(hints) => to_value(&hints),
        None => Ok(JsValue::UNDEFINED),
    }
}

/// A rule, or its default where it is absent.
fn rule<T: Default>(value: JsValue, read: fn(Argument) -> Result<T, WireError>) -> Thrown<T> {
    if value.is_undefined() {
        return Ok(T::default());
    }
    read(Argument(value)).map_err(|error| wire_exception(&error))
}

fn field_named(name: &JsValue) -> Thrown<Field> {
    let field = name.as_string().and_then(|name| Field::from_path(&name));
    field.ok_or_else(|| misused(Field::DocumentType, "the name of a field"))
}

/// A type of document; the commonest where it is absent.
fn type_named(code: &JsValue) -> Thrown<DocumentType> {
    if code.is_undefined() {
        return Ok(DocumentType::Cc);
    }
    let document_type = code.as_string().and_then(|code| DocumentType::from_code(&code));
    document_type.ok_or_else(|| misused(Field::DocumentType, "a type of document"))
}

fn misused(field: Field, expected: &str) -> JsValue {
    exception(&PayerError::new(field, ErrorCode::InvalidArgument).expecting(expected))
}

fn outcome<T: payer::Answer>(result: Result<T, PayerError>) -> Thrown<JsValue> {
    to_value(&Outcome(result))
}

/// Through text: one call into JavaScript for the whole answer, whatever its members.
fn to_value(value: &impl Serialize) -> Thrown<JsValue> {
    // Every one of these values can be written.
    js_sys::JSON::parse(&to_json(value).unwrap_or_default())
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type {
  AmountLimits, DocumentInput, DocumentType, DocumentValue, EmailOutcome, EmailRule, Field, FieldHints,
  Localized, NameOutcome, NameRule, Outcome, PayerError, PayerInput, PayerOutcome, PhoneRule, PhoneValue,
  Requirements,
} from "./payer.js";
"#;
