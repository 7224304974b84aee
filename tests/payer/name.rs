//! Names: what they contain, how they are composed, and their ASCII form.

use std::path::Path;
use std::sync::LazyLock;

use deunicode::deunicode_char;
use efecty_checkout::payer::{Bearer, ErrorCode, NameCharset, NameRule, transliterate_name, validate_name};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

fn read(text: &str) -> Result<String, String> {
    read_as(text, Bearer::Person)
}

fn read_as(text: &str, bearer: Bearer) -> Result<String, String> {
    validate_name(text, &NameRule::default(), bearer).map(|name| name.text).map_err(|error| error.to_string())
}

#[test]
fn accepts_the_names_of_people_in_colombia() {
    for name in [
        "María",
        "Íngrid Ñáñez",
        "José de Jesús Peña de la Hoz",
        "Juan Pablo D'Angelo-Restrepo",
        "Sinéad O’Brien",
        "O´Connor Ruiz",
        "Güemes",
        "Ma. Fernanda Ruiz",
        "Mª José",
        "Wilmer Muñoz Jr.",
        "Iguarán Epieyú",
        "Çetin Ağaoğlu",
        "Łukasz Żółć",
        "Nguyễn Thị Hồng Nhung",
        "Gal·la Puig",
        "Ũa Ɨrɨ",
        "Li",
        "SHAKIRA",
        "'t Hooft",
    ] {
        assert_eq!(read(name).as_deref(), Ok(name));
    }
}

#[test]
fn spaces_are_collapsed() {
    assert_eq!(read("  María \t de\u{a0}\u{2003}los\n Ángeles ").as_deref(), Ok("María de los Ángeles"));
}

#[test]
fn refuses_what_is_no_letter_of_a_name() {
    for (name, told) in [
        ("", "name: required"),
        ("\u{a0}\n", "name: required"),
        ("J", "name: too_short, expected 2"),
        ("J.", "name: too_short, expected 2"),
        ("''", "name: too_short, expected 2"),
        ("-Juan", "name: invalid_character"),
        ("=Juan", "name: invalid_character"),
        ("Juan 3", "name: digits_in_name"),
        ("Jоsé", "name: invalid_character"),
        ("Ιωάννης", "name: invalid_character"),
        ("ЈОSЕ", "name: invalid_character"),
        ("Ｊｏｓｅ", "name: invalid_character"),
        ("𝐉𝐨𝐬𝐞", "name: invalid_character"),
        ("José 😀", "name: invalid_character"),
        ("José\u{0}", "name: invisible_character"),
        ("Jo\u{200b}sé", "name: invisible_character"),
        ("Jo\u{200d}sé", "name: invisible_character"),
        ("\u{202e}ésoJ", "name: invisible_character"),
        ("Jo\u{ad}sé", "name: invisible_character"),
        ("Jo\u{34f}sé", "name: invisible_character"),
        ("Jo\u{3164}sé", "name: invisible_character"),
        ("Jo\u{2800}sé", "name: invisible_character"),
        ("\u{feff}José", "name: invisible_character"),
        ("Jos\u{fffd}", "name: ill_formed_text"),
        ("José <b>", "name: invalid_character"),
        ("José × Ana", "name: invalid_character"),
        ("José ÷ Ana", "name: invalid_character"),
        ("Z\u{301}\u{301}\u{301}algo", "name: invalid_character"),
        ("g\u{303}ua", "name: invalid_character"),
        ("\u{301}Ana", "name: invalid_character"),
        ("Ana —", "name: invalid_character"),
        ("Ana_María", "name: invalid_character"),
    ] {
        assert_eq!(read(name), Err(told.to_owned()), "{name:?}");
    }
}

#[test]
fn a_company_may_have_digits_and_signs() {
    for name in ["Comercial 3M & Cía. S.A.S.", "3M Colombia", "Restrepo, Ruiz (Asociados)", "A+B / C #1"] {
        assert_eq!(read_as(name, Bearer::Company).as_deref(), Ok(name));
        assert!(read(name).is_err(), "{name}");
    }
    assert_eq!(read_as("& Cía", Bearer::Company).unwrap_err(), "name: invalid_character");
    assert_eq!(read_as("123", Bearer::Company).unwrap_err(), "name: too_short, expected 2");
}

#[test]
fn lengths_count_code_points_of_the_composed_form() {
    let rule = NameRule { max_length: 4, ..NameRule::default() };
    let length =
        |text: &str| validate_name(text, &rule, Bearer::Person).map(|name| name.text.chars().count());
    assert_eq!(length("Pen\u{303}a"), Ok(4));
    assert_eq!(length("Ñáñé"), Ok(4));
    let error = length("Ñáñez").unwrap_err();
    assert_eq!((error.code, error.expected.as_deref()), (ErrorCode::TooLong, Some("4")));
}

#[test]
fn the_ascii_form_is_given_beside_the_name_and_counts_too() {
    let rule = NameRule { charset: NameCharset::Ascii, max_length: 10, ..NameRule::default() };
    let name = validate_name("Ñáñez O’Boß", &rule, Bearer::Person);
    assert_eq!(name.unwrap_err().expected.as_deref(), Some("10"));
    let name = validate_name("Ñáñez Boß", &rule, Bearer::Person).unwrap();
    assert_eq!((name.text.as_str(), name.ascii.as_deref()), ("Ñáñez Boß", Some("Nanez Boss")));
}

#[test]
fn transliterates_for_gateways_that_take_ascii() {
    for (name, ascii) in [
        ("María Ñáñez", "Maria Nanez"),
        ("O’Brien-Güemes", "O'Brien-Guemes"),
        ("Łukasz Æsir Straße", "Lukasz AEsir Strasse"),
        ("Nguyễn Thị Hồng", "Nguyen Thi Hong"),
        ("Jose\u{301}", "Jose"),
        ("Compañía 3M & Cía.", "Compania 3M & Cia."),
    ] {
        assert_eq!(transliterate_name(name).as_deref(), Some(ascii));
    }
    assert_eq!(transliterate_name("Иван"), None);
    assert_eq!(transliterate_name("José 😀"), None);
}

/// Every letter that a name may have, beside ASCII.
static REPERTOIRE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let accepted = |c: &char| validate_name(&format!("Aa{c}"), &NameRule::default(), Bearer::Person).is_ok();
    ('\u{80}'..=char::MAX).filter(|c| c.is_alphabetic()).filter(accepted).collect()
});

#[test]
fn the_repertoire_is_the_documented_one() {
    let documented = |c: char| {
        matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ž' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ș'..='ț' | 'Ẁ'..='ẅ' | 'Ạ'..='ỹ')
            && !matches!(c, 'ĸ' | 'Ŀ' | 'ŀ' | 'ŉ')
            || matches!(c, 'ª' | 'º' | 'Ɨ' | 'ɨ' | 'Ʉ' | 'ʉ' | 'ẞ' | '\u{2bb}' | '\u{2bc}')
    };
    let expected: Vec<char> = ('\u{80}'..=char::MAX).filter(|c| documented(*c)).collect();
    assert_eq!(*REPERTOIRE, expected);
}

#[test]
fn composes_as_unicode_says() {
    let ascii = ('A'..='Z').chain('a'..='z');
    let mut composed = 0;
    for letter in ascii.chain(REPERTOIRE.iter().copied()) {
        // Decomposed, as some keyboards and file systems write it.
        let decomposed: String = letter.nfd().collect();
        assert_eq!(read(&format!("Aa{decomposed}")), Ok(format!("Aa{letter}")));
        for mark in '\u{300}'..='\u{36f}' {
            let text = format!("Aa{letter}{mark}");
            let Ok(ours) = read(&text) else { continue };
            assert_eq!(ours, text.nfc().collect::<String>(), "{}", text.escape_unicode());
            composed += 1;
        }
    }
    assert!(composed > 250, "{composed} compositions were compared");
}

#[test]
fn accepts_every_composition_whose_letter_is_in_the_repertoire() {
    let letters = &*REPERTOIRE;
    for letter in letters {
        let mut decomposed: Vec<char> = letter.nfd().collect();
        // Marks of different classes may be typed in either order.
        if decomposed.len() == 3 {
            decomposed.swap(1, 2);
        }
        let text: String = ['A', 'a'].into_iter().chain(decomposed).collect();
        let expected: String = text.nfc().collect();
        let in_repertoire =
            expected.chars().skip(2).all(|c| letters.contains(&c)) && expected.chars().count() == 3;
        assert_eq!(read(&text).is_ok(), in_repertoire, "{letter}");
        if in_repertoire {
            assert_eq!(read(&text), Ok(expected));
        }
    }
}

/// Where our ASCII form is not `deunicode`'s, and why.
const DECIDED: [(char, &str); 4] = [
    ('Ŋ', "A capital stays a capital; deunicode has the two letters the wrong way round."),
    ('ŋ', "A small letter stays small; deunicode has the two letters the wrong way round."),
    ('ʻ', "Every apostrophe becomes the one that ASCII has."),
    ('ẞ', "A capital stays a capital."),
];

/// Set `UPDATE` to write the file anew; `docs/validators-differences.md` is made from it.
#[test]
fn transliterates_as_deunicode_does() {
    let mut differences = Vec::new();
    let letters = &*REPERTOIRE;
    for letter in letters {
        let ours = transliterate_name(&letter.to_string()).expect("a letter of the repertoire");
        assert!(ours.is_ascii() && !ours.is_empty(), "{letter}");
        let theirs = deunicode_char(*letter).unwrap_or_default();
        if ours != theirs {
            let reason = DECIDED.iter().find(|(decided, _)| decided == letter).map(|(_, reason)| reason);
            let reason =
                reason.unwrap_or_else(|| panic!("{letter} becomes {ours}, and {theirs} by deunicode"));
            differences.push(json!({ "letter": letter, "ours": ours, "theirs": theirs, "reason": reason }));
        }
    }
    assert_eq!(differences.len(), DECIDED.len());
    let found = json!({ "letters": letters.len(), "differences": differences });
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/names.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, format!("{found:#}\n")).unwrap();
    }
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(kept, found, "run with UPDATE=1 and look at what changed");
}
