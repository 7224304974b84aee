//! Which errors show while a field is still being typed.

use super::phone::{Destination, Dialled};
use super::text::is_space;
use super::{
    DocumentType, ErrorCode, Field, PayerError, PayerInput, Requirements, validate_document, validate_email,
    validate_name, validate_phone,
};

/// The error to show before the shopper leaves the field: one that typing on cannot mend.
///
/// Nobody is told "too short" at the first digit. What is not returned here is shown when the
/// shopper leaves the field or submits.
pub fn check_while_typing(
    field: Field,
    input: &PayerInput,
    requirements: &Requirements,
) -> Option<PayerError> {
    let (error, lasting) = match field {
        Field::DocumentType | Field::DocumentNumber => {
            let error =
                validate_document(&input.document_type, &input.document_number, requirements).err()?;
            let lasting = document_error_lasts(error.code, input);
            (error, lasting)
        }
        Field::Name => {
            let error = validate_name(&input.name, &requirements.name, input.bearer()).err()?;
            let lasting = !matches!(error.code, ErrorCode::Required | ErrorCode::TooShort);
            (error, lasting)
        }
        Field::Email => {
            let error = validate_email(&input.email, &requirements.email).err()?;
            let lasting =
                !matches!(error.code, ErrorCode::Required | ErrorCode::MissingAt | ErrorCode::InvalidDomain);
            (error, lasting)
        }
        Field::Phone => {
            let error = validate_phone(&input.phone, &requirements.phone).err()?;
            let lasting = phone_error_lasts(error.code, &input.phone);
            (error, lasting)
        }
        Field::Consent | Field::Amount => return None,
    };
    (lasting && error.field == field).then_some(error)
}

fn document_error_lasts(code: ErrorCode, input: &PayerInput) -> bool {
    let number = input.document_number.as_str();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_nit = DocumentType::from_code(&input.document_type) == Some(DocumentType::Nit);
    match code {
        // "C.C. N" may become "C.C. No. 1020", and "900123456 D" the beginning of "DV 8".
        ErrorCode::DigitsOnly => digits > 0 && !(is_nit && ends_in_label(number)),
        // "Cédula" and other words before the number go away with its first digit.
        ErrorCode::InvalidCharacter | ErrorCode::TooLong => digits > 0,
        // Ten digits from 1 may still be a cédula whose check digit follows.
        ErrorCode::CheckDigit => digits > 10 || (digits == 10 && first_digit(number) != Some('1')),
        ErrorCode::Required | ErrorCode::TooShort => false,
        _ => true,
    }
}

fn ends_in_label(number: &str) -> bool {
    number.ends_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | ':') || is_space(c))
}

fn first_digit(text: &str) -> Option<char> {
    text.chars().find(char::is_ascii_digit)
}

fn phone_error_lasts(code: ErrorCode, phone: &str) -> bool {
    if matches!(code, ErrorCode::IllFormedText | ErrorCode::InvisibleCharacter | ErrorCode::DigitsOnly) {
        return true;
    }
    let Ok(dialled) = Dialled::read(phone) else {
        return code == ErrorCode::InvalidCharacter && first_digit(phone).is_some();
    };
    let number = match dialled.destination() {
        Destination::Colombia(number) | Destination::Abroad(number) => number,
    };
    match code {
        // The beginning of +57 or 0057 is not yet a foreign number.
        ErrorCode::ForeignNumber => !"57".starts_with(number),
        // Ten or eleven digits from 57 may be the beginning of twelve, and from 0 of a number as before
        // 2021, which is told how it is written now.
        ErrorCode::TooLong | ErrorCode::UnassignedNumber => {
            let grows = number.starts_with("57") || number.starts_with('0');
            !(grows && number.len() < 12 && dialled.international().is_none())
        }
        ErrorCode::ServiceNumber | ErrorCode::PhoneKind => true,
        _ => false,
    }
}
