//! The characters that people type and paste around numbers and names.

use super::ErrorCode;

/// A space of any width, a tab or a line break.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// A hyphen, a dash or a minus sign.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// An apostrophe, or a mark that keyboards offer in its place.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bb}' | '\u{2bc}' | '\u{b4}' | '`')
}

/// A character that leaves no trace on the screen: controls, zero widths, bidi marks, fillers.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The text without the spaces around it.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Whether nothing but spaces was typed.
pub(super) fn is_blank(text: &str) -> bool {
    trim(text).is_empty()
}

/// Why a character that a field does not take is refused.
pub(super) fn refusal(c: char) -> ErrorCode {
    match c {
        // What a lone surrogate becomes on its way here.
        '\u{fffd}' => ErrorCode::IllFormedText,
        c if is_invisible(c) => ErrorCode::InvisibleCharacter,
        _ => ErrorCode::InvalidCharacter,
    }
}
