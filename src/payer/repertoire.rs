//! The Latin letters of names, their composed forms (NFC) and their ASCII transliteration.
//!
//! The repertoire is what Spanish, the other languages of Western and Central Europe, Turkish,
//! Vietnamese and the indigenous languages of Colombia write with one code point: Latin-1, Latin
//! Extended-A, and a few letters beyond. Tests prove composition against `unicode-normalization` and
//! transliteration against `deunicode`.

/// A combining mark with the letters it composes: each base is followed by the composed letter.
struct Mark {
    mark: char,
    /// The canonical combining class: marks of lower classes come first.
    class: u8,
    pairs: &'static str,
}

const fn mark(mark: char, class: u8, pairs: &'static str) -> Mark {
    Mark { mark, class, pairs }
}

/// The marks of Spanish first: most lookups end there.
static MARKS: [Mark; 17] = [
    mark('\u{301}', 230, "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ"),
    mark('\u{303}', 230, "AÃNÑOÕaãnñoõIĨiĩUŨuũÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"),
    mark('\u{308}', 230, "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸWẄwẅ"),
    mark('\u{300}', 230, "AÀEÈIÌOÒUÙaàeèiìoòuùWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ"),
    mark('\u{302}', 230, "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷẠẬạậẸỆẹệỌỘọộ"),
    mark('\u{304}', 230, "AĀaāEĒeēIĪiīOŌoōUŪuū"),
    mark('\u{306}', 230, "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭẠẶạặ"),
    mark('\u{307}', 230, "CĊcċEĖeėGĠgġIİZŻzż"),
    mark('\u{309}', 230, "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"),
    mark('\u{30a}', 230, "AÅaåUŮuů"),
    mark('\u{30b}', 230, "OŐoőUŰuű"),
    mark('\u{30c}', 230, "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzž"),
    mark('\u{31b}', 216, "OƠoơUƯuư"),
    mark('\u{323}', 220, "AẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"),
    mark('\u{326}', 220, "SȘsșTȚtț"),
    mark('\u{327}', 202, "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţ"),
    mark('\u{328}', 202, "AĄaąEĘeęIĮiįUŲuų"),
];

/// Letters that are no base with a mark, and signs of names, with their ASCII form.
static OTHERS: [(char, &str); 34] = [
    ('Æ', "AE"),
    ('æ', "ae"),
    ('Œ', "OE"),
    ('œ', "oe"),
    ('Ø', "O"),
    ('ø', "o"),
    ('ẞ', "SS"),
    ('ß', "ss"),
    ('Ð', "D"),
    ('ð', "d"),
    ('Þ', "Th"),
    ('þ', "th"),
    ('Đ', "D"),
    ('đ', "d"),
    ('Ħ', "H"),
    ('ħ', "h"),
    ('ı', "i"),
    ('Ĳ', "IJ"),
    ('ĳ', "ij"),
    ('Ł', "L"),
    ('ł', "l"),
    ('Ŋ', "NG"),
    ('ŋ', "ng"),
    ('Ŧ', "T"),
    ('ŧ', "t"),
    ('Ɨ', "I"),
    ('ɨ', "i"),
    ('Ʉ', "U"),
    ('ʉ', "u"),
    ('ª', "a"),
    ('º', "o"),
    ('·', "."),
    ('\u{2010}', "-"),
    ('\u{2011}', "-"),
];

/// Whether `c` is a letter of the repertoire.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || decompose(c).is_some() || (other(c).is_some() && !is_sign(c))
}

/// Whether `c` is a sign that stands in names beside letters, apart from apostrophes.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '-' | '.' | '·' | '\u{2010}' | '\u{2011}')
}

/// The combining class of a mark of the repertoire.
pub(super) fn class(c: char) -> Option<u8> {
    MARKS.iter().find(|mark| mark.mark == c).map(|mark| mark.class)
}

/// A composed letter as its base and its mark.
pub(super) fn decompose(c: char) -> Option<(char, char)> {
    if c.is_ascii() {
        return None;
    }
    MARKS.iter().find_map(|mark| {
        let (base, _) = pairs(mark).find(|(_, composed)| *composed == c)?;
        Some((base, mark.mark))
    })
}

/// The letter that a base and a mark compose.
pub(super) fn compose(base: char, with: char) -> Option<char> {
    let mark = MARKS.iter().find(|mark| mark.mark == with)?;
    pairs(mark).find(|(candidate, _)| *candidate == base).map(|(_, composed)| composed)
}

fn pairs(mark: &Mark) -> impl Iterator<Item = (char, char)> {
    let mut letters = mark.pairs.chars();
    core::iter::from_fn(move || Some((letters.next()?, letters.next()?)))
}

/// The ASCII form of a letter that no mark composes, or of a sign.
pub(super) fn other(c: char) -> Option<&'static str> {
    OTHERS.iter().find(|(letter, _)| *letter == c).map(|(_, ascii)| *ascii)
}
