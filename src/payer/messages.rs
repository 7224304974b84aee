//! What the shopper reads when a field is refused.

use super::{ErrorCode, Field, PayerError};
use crate::language::{Bilingual, Language, bilingual};
use crate::money::Pesos;

/// The sentence for `error`; `#` in a template stands for what was expected.
pub(super) fn message(error: &PayerError, language: Language) -> String {
    let template = template(error).text(language);
    let Some((before, after)) = template.split_once('#') else { return template.to_owned() };
    [before, &expected(error), after].concat()
}

fn expected(error: &PayerError) -> String {
    let expected = error.expected.clone().unwrap_or_default();
    if error.field != Field::Amount {
        return expected;
    }
    expected.parse().ok().and_then(|pesos| Pesos::new(pesos).ok()).map_or(expected, Pesos::to_text)
}

/// The sentence in Spanish and in English.
fn template(error: &PayerError) -> Bilingual {
    match error.code {
        ErrorCode::Required => required(error.field),
        ErrorCode::IllFormedText => bilingual!(
            "Hay un carácter dañado. Bórralo y escríbelo de nuevo.",
            "There is a broken character. Delete it and type it again."
        ),
        ErrorCode::InvisibleCharacter => bilingual!(
            "Se coló un carácter invisible al pegar. Borra y escríbelo a mano.",
            "Pasting brought in an invisible character. Clear the field and type it by hand."
        ),
        ErrorCode::InvalidCharacter => invalid_character(error.field),
        ErrorCode::DigitsOnly => bilingual!("Aquí solo van números.", "Only digits go here."),
        ErrorCode::LeadingZero => {
            bilingual!(
                "Este número no empieza por 0. Revísalo.",
                "This number does not start with 0. Please check it."
            )
        }
        ErrorCode::TooShort => too_short(error.field),
        ErrorCode::TooLong => too_long(error.field),
        ErrorCode::UnknownDocumentType => {
            bilingual!("Elige un tipo de documento de la lista.", "Choose a type of document from the list.")
        }
        ErrorCode::DocumentTypeNotAccepted => bilingual!(
            "Para este pago usa uno de estos documentos: #.",
            "For this payment use one of these documents: #."
        ),
        ErrorCode::CheckDigit => bilingual!(
            "El dígito de verificación de este NIT debería ser #. Revisa el número.",
            "The check digit of this NIT should be #. Please check the number."
        ),
        ErrorCode::OldPhoneFormat => bilingual!(
            "Desde 2021 todos los números tienen 10 dígitos. Escríbelo así: #.",
            "Since 2021 every number has 10 digits. Write it like this: #."
        ),
        ErrorCode::ServiceNumber => bilingual!(
            "Esa es una línea de servicio. Escribe tu celular o tu fijo.",
            "That is a service line. Enter your own mobile or landline."
        ),
        ErrorCode::UnassignedNumber => bilingual!(
            "Ese número no existe en Colombia: los celulares empiezan por 3 y los fijos por 60.",
            "That number does not exist in Colombia: mobiles start with 3 and landlines with 60."
        ),
        ErrorCode::ForeignNumber => bilingual!("Escribe un número de Colombia.", "Enter a Colombian number."),
        ErrorCode::PhoneKind => phone_kind(error),
        ErrorCode::DigitsInName => bilingual!("El nombre no lleva números.", "A name has no digits."),
        ErrorCode::MissingAt => bilingual!("Al correo le falta la @.", "The e-mail address needs an @."),
        ErrorCode::MisplacedDot => {
            bilingual!("Al correo le sobra un punto.", "The e-mail address has a dot too many.")
        }
        ErrorCode::InvalidDomain => invalid_domain(error),
        ErrorCode::LocalPartTooLong => bilingual!(
            "Lo que va antes de la @ es muy largo: máximo # caracteres.",
            "The part before the @ is too long: at most # characters."
        ),
        ErrorCode::InvalidEmail => bilingual!(
            "Escribe el correo así: nombre@correo.com.",
            "Write the e-mail address like this: name@mail.com."
        ),
        ErrorCode::NotWholePesos => {
            bilingual!("El valor va en pesos, sin centavos.", "The amount is in whole pesos, without cents.")
        }
        ErrorCode::BelowMinimum => bilingual!("Se puede pagar desde #.", "The least that can be paid is #."),
        ErrorCode::AboveMaximum => bilingual!("Se puede pagar hasta #.", "The most that can be paid is #."),
        ErrorCode::InvalidArgument => {
            bilingual!("Dato de tipo equivocado: se esperaba #.", "Argument of the wrong type: expected #.")
        }
        ErrorCode::Refused => {
            bilingual!(
                "La tienda no aceptó este dato. Revísalo.",
                "The shop did not accept this. Please check it."
            )
        }
    }
}

fn required(field: Field) -> Bilingual {
    match field {
        Field::DocumentType => bilingual!("Elige el tipo de documento.", "Choose the type of document."),
        Field::DocumentNumber => {
            bilingual!("Escribe el número de tu documento.", "Enter your document number.")
        }
        Field::Name => bilingual!("Escribe tu nombre.", "Enter your name."),
        Field::Email => bilingual!("Escribe tu correo.", "Enter your e-mail address."),
        Field::Phone => bilingual!("Escribe tu teléfono.", "Enter your phone number."),
        Field::Consent => bilingual!(
            "Para seguir, acepta el tratamiento de tus datos.",
            "To go on, accept the use of your personal data."
        ),
        Field::Amount => bilingual!("Falta el valor.", "The amount is missing."),
    }
}

fn invalid_character(field: Field) -> Bilingual {
    match field {
        Field::Name => bilingual!(
            "El nombre tiene un carácter que no se puede usar. Escríbelo con letras como a, é o ñ.",
            "The name has a character that cannot be used. Write it with letters like a, é or ñ."
        ),
        Field::Email => bilingual!(
            "El correo tiene un carácter que no se puede usar, como un espacio o una tilde.",
            "The e-mail address has a character that cannot be used, such as a space or an accent."
        ),
        Field::Phone => {
            bilingual!("Escribe solo los números del teléfono.", "Enter only the digits of the phone number.")
        }
        _ => bilingual!(
            "Escribe el documento solo con números, o con letras sin tilde si las tiene.",
            "Write the document with digits only, or with plain letters if it has them."
        ),
    }
}

fn too_short(field: Field) -> Bilingual {
    match field {
        Field::Phone => {
            bilingual!("Faltan números: el teléfono tiene #.", "Digits are missing: a phone number has #.")
        }
        Field::Name => bilingual!("Escribe tu nombre completo.", "Enter your full name."),
        _ => bilingual!(
            "Al documento le faltan números: tiene al menos #.",
            "The document number is too short: it has at least # characters."
        ),
    }
}

fn too_long(field: Field) -> Bilingual {
    match field {
        Field::Phone => {
            bilingual!("Sobran números: el teléfono tiene #.", "Too many digits: a phone number has #.")
        }
        Field::Name => {
            bilingual!(
                "El nombre es muy largo: máximo # caracteres.",
                "The name is too long: at most # characters."
            )
        }
        Field::Email => bilingual!(
            "El correo es muy largo: máximo # caracteres.",
            "The e-mail address is too long: at most # characters."
        ),
        _ => bilingual!(
            "Al documento le sobran números: tiene máximo #.",
            "The document number is too long: it has at most # characters."
        ),
    }
}

fn phone_kind(error: &PayerError) -> Bilingual {
    match error.expected.as_deref() {
        Some("landline") => {
            bilingual!("Escribe un teléfono fijo: empieza por 60.", "Enter a landline: it starts with 60.")
        }
        Some("foreign") => bilingual!(
            "Escribe un número de otro país con su indicativo: empieza por +.",
            "Enter a number of another country with its code: it starts with +."
        ),
        _ => bilingual!("Escribe un celular: empieza por 3.", "Enter a mobile number: it starts with 3."),
    }
}

fn invalid_domain(error: &PayerError) -> Bilingual {
    match error.expected {
        Some(_) => bilingual!("¿Quisiste decir #?", "Did you mean #?"),
        None => bilingual!(
            "Revisa lo que va después de la @, por ejemplo gmail.com.",
            "Check what follows the @, for example gmail.com."
        ),
    }
}
