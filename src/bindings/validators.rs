//! The validators' exports.
//!
//! What stands for something the shopper typed never throws: the answer is an outcome. A rule or
//! requirements that are not what they should be are a mistake of the program, and throw.

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::argument::{Argument, exception, field_text, wire_exception};
use crate::language::{Language, Localized};
use crate::money::{AmountLimits, Pesos};
use crate::payer::{
    self, Bearer, DocumentType, EmailRule, ErrorCode, Field, NameRule, Outcome, PayerError, PayerInput,
    PayerOutcome, PhoneRule, Requirements,
};
use crate::wire::{WireError, to_json};

type Thrown<T> = Result<T, JsValue>;

#[wasm_bindgen]
extern "C" {
    /// `{ type, number }`, as the caller gave it.
    type DocumentArgument;

    #[wasm_bindgen(method, structural, getter, catch, js_name = type)]
    fn document_type(this: &DocumentArgument) -> Thrown<JsValue>;

    #[wasm_bindgen(method, structural, getter, catch)]
    fn number(this: &DocumentArgument) -> Thrown<JsValue>;
}

/// Checks the type and the number of a document: `validateDocument({ type: "NIT", number: "900.123.456-8" })`.
///
/// Accepts what people type (spaces, dots, commas, hyphens, apostrophes, `NIT` or `C.C. No.` before
/// the number) and returns the canonical number, in upper case and without separators. A NIT comes
/// back as number and check digit; `checkDigitTyped` says whether the digit was among those typed,
/// and `alternative` is the other reading where there are two.
///
/// Types: CC, CE, TI, RC, NIT, PA, PPT, PEP; `other` where the requirements name it. Errors stand at
/// `document.type` or `document.number`. The rule of the check digit is DIAN's (Orden Administrativa
/// 4 of 1989); the bounds and their sources stand in the documentation. Throws a TypeError where
/// `requirements` is not what it should be.
#[wasm_bindgen(js_name = validateDocument, unchecked_return_type = "Outcome<DocumentValue>")]
pub fn validate_document(
    #[wasm_bindgen(unchecked_param_type = "DocumentInput")] document: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Requirements")] requirements: JsValue,
) -> Thrown<JsValue> {
    let requirements = rule(requirements, Requirements::read)?;
    let result = document_texts(document.unchecked_ref())
        .and_then(|(kind, number)| payer::validate_document(&kind, &number, &requirements));
    outcome(result)
}

fn document_texts(document: &DocumentArgument) -> Result<(String, String), PayerError> {
    let text = |value: Thrown<JsValue>, field| match value {
        Ok(value) => field_text(&value, field),
        Err(_) => Err(PayerError::new(field, ErrorCode::InvalidArgument).expecting("object")),
    };
    Ok((
        text(document.document_type(), Field::DocumentType)?,
        text(document.number(), Field::DocumentNumber)?,
    ))
}

/// Checks a phone number and returns it as E.164, as its ten national digits, and its kind.
///
/// Accepts any habitual spelling: bare, with `+57`, `57` or `0057`, with spaces, hyphens, dots,
/// slashes and parentheses. The numbers in use are those of libphonenumber's metadata for Colombia,
/// types MOBILE and FIXED_LINE. A landline as it was written before 2021 is refused with
/// `old_phone_format`, and `expected` is how it is written now. Letters, invisible characters and
/// digits of other scripts are refused, never converted. Throws a TypeError where `rule` is not what
/// it should be.
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
/// `"company"` may also have digits and `& , ( ) / + #`. Lengths count code points; the default is 60.
/// With `charset: "ascii"` the outcome also has `ascii`, the transliteration that the gateway gets: show
/// it where it differs from the name. Throws a TypeError where `rule` or `bearer` is not what it
/// should be.
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
/// The rule is that of `<input type="email">` (WHATWG HTML) and what gateways refuse beyond it: dots
/// at an end of the local part or two in a row, a domain without a dot or with a number as its last
/// part, more than 64 characters before the `@` or `maxLength` (default 80, at most 254) in all.
/// `suggestion` is the address perhaps meant where the domain looks like a slip; it is a hint, not a
/// refusal. Throws a TypeError where `rule` is not what it should be.
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
/// The default limits are from 1 peso up. `expected` is the limit in pesos. Throws a TypeError where
/// `limits` is not what it should be.
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
/// An absent member counts as empty. The name of a payer with a NIT may be a company's. Throws a
/// TypeError where `payer` is no object, where a member is no text, or where `requirements` is not
/// what it should be.
#[wasm_bindgen(js_name = validatePayer, unchecked_return_type = "PayerOutcome")]
pub fn validate_payer(
    #[wasm_bindgen(unchecked_param_type = "PayerInput")] payer: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Requirements")] requirements: JsValue,
) -> Thrown<JsValue> {
    let requirements = rule(requirements, Requirements::read)?;
    let input = PayerInput::read(Argument(payer)).map_err(|error| wire_exception(&error))?;
    to_value(&PayerOutcome(payer::validate_payer(&input, &requirements)))
}

/// The ASCII form of a name, for gateways that take nothing else: `Ñáñez` becomes `Nanez`.
///
/// Throws a TypeError with the code `invalid_character` where a character has no place in a name.
#[wasm_bindgen(js_name = transliterateName)]
pub fn transliterate_name(#[wasm_bindgen(unchecked_param_type = "string")] text: JsValue) -> Thrown<String> {
    let text = field_text(&text, Field::Name).map_err(|error| exception(&error))?;
    payer::transliterate_name(&text)
        .ok_or_else(|| exception(&PayerError::new(Field::Name, ErrorCode::InvalidCharacter)))
}

/// The address that was perhaps meant: `maria@gmail.com` for `maria@gmial.com`; `undefined` where
/// nothing looks like a slip.
#[wasm_bindgen(js_name = suggestEmail)]
pub fn suggest_email(
    #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
) -> Thrown<Option<String>> {
    let text = field_text(&text, Field::Email).map_err(|error| exception(&error))?;
    Ok(payer::suggest_email(&text))
}

/// The check digit of a NIT, from its digits without it: `nitCheckDigit("900123456")` is 8.
///
/// Separators are dropped. Throws a TypeError where there is anything but 1 to 15 digits.
#[wasm_bindgen(js_name = nitCheckDigit)]
pub fn nit_check_digit(#[wasm_bindgen(unchecked_param_type = "string")] number: JsValue) -> Thrown<u8> {
    let number = field_text(&number, Field::DocumentNumber).map_err(|error| exception(&error))?;
    payer::nit_check_digit(&number).ok_or_else(|| misused(Field::DocumentNumber, "1 to 15 digits"))
}

/// Writes whole pesos the Colombian way: `$ 1.234.567`, with U+00A0 after the sign.
///
/// Throws a TypeError where `pesos` is not a whole number from 0 to 2^53 - 1.
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
/// Gateways: payu, dlocal, mercadopago, epayco, kushki, placetopay, bamboo, ebanx. `undefined` for
/// any other.
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

/// The types of document that the requirements accept, in the order of a form, with their names.
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
/// `undefined` where there is none yet; validate when the field is left. Throws a TypeError where an
/// argument is not what it should be.
#[wasm_bindgen(js_name = checkWhileTyping, unchecked_return_type = "PayerError | undefined")]
pub fn check_while_typing(
    #[wasm_bindgen(unchecked_param_type = "Field")] field: JsValue,
    #[wasm_bindgen(unchecked_param_type = "PayerInput")] payer: JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Requirements")] requirements: JsValue,
) -> Thrown<JsValue> {
    let field = field_named(&field)?;
    let requirements = rule(requirements, Requirements::read)?;
    let input = PayerInput::read(Argument(payer)).map_err(|error| wire_exception(&error))?;
    match payer::check_while_typing(field, &input, &requirements) {
        Some(error) => to_value(&error),
        None => Ok(JsValue::UNDEFINED),
    }
}

/// Groups the digits of a document or phone field while it is being typed.
///
/// Returns the text and where the caret stands in it, in UTF-16 units: after the same digit as
/// before. A text with anything but digits and separators comes back unchanged. Throws a TypeError
/// where an argument is not what it should be.
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
    let text = field_text(&text, field).map_err(|error| exception(&error))?;
    let Some(caret) = caret.as_f64() else { return Err(misused(field, "number")) };
    let (text, caret) = payer::format_while_typing(field, document_type, &text, caret as usize);
    to_value(&Formatted { text, caret })
}

#[derive(Serialize)]
struct Formatted {
    text: String,
    caret: usize,
}

/// How a browser should present a field: `inputMode`, `autocomplete`, `autocapitalize`, `maxLength`
/// and an example. `undefined` for a field that is not a text.
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
