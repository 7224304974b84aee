//! Halves of a surrogate pair, as a text cut in the middle of an emoji leaves them.

use std::borrow::Cow;

/// JSON text in which every escaped half of a surrogate pair is U+FFFD.
///
/// `JSON.parse` reads such halves, and they become U+FFFD when they leave JavaScript; `serde_json`
/// would refuse the whole document, even where only a member that nobody reads holds one.
pub(super) fn mend(json: &str) -> Cow<'_, str> {
    let mut mended = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(n) = json[at..].find('\\') {
        let start = at + n;
        let escape = &json[start..];
        let length = match (unit(escape), unit(escape.get(6..).unwrap_or_default())) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                mended.push_str(&json[copied..start]);
                mended.push_str("\\ufffd");
                copied = start + 6;
                6
            }
            (Some(_), _) => 6,
            (None, _) => 1 + escape[1..].chars().next().map_or(0, char::len_utf8),
        };
        at = start + length;
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    mended.push_str(&json[copied..]);
    Cow::Owned(mended)
}

/// The UTF-16 unit that `\uXXXX` stands for, where `escape` starts with one.
fn unit(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hex { u16::from_str_radix(digits, 16).ok() } else { None }
}
