//! GS1-128 (GS1 General Specifications 5.4): element strings in Code 128, marked by a leading FNC1.

use super::SymbolError;
use super::code128::FNC1;

/// Ends an element string of variable length where another follows: FNC1 on paper, U+001D in text.
const SEPARATOR: char = '\u{1d}';

/// The data of a GS1-128 symbol.
///
/// The content is the element strings without brackets: `415…8020…`, U+001D, `3900…`. Whether an
/// identifier exists and its data are right is the gateway's to know; what is refused is what no
/// reader could take apart. The limit of 48 characters is not kept: Colombian bills exceed it.
pub(super) fn data(content: &str) -> Result<Vec<u8>, SymbolError> {
    let mut data = vec![FNC1];
    let mut start = 0;
    for part in content.split(SEPARATOR) {
        check(part, start)?;
        if data.len() > 1 {
            data.push(FNC1);
        }
        data.extend(part.bytes());
        start += part.len() + 1;
    }
    Ok(data)
}

/// Checks what stands between two separators: an application identifier and its data at least.
fn check(part: &str, start: usize) -> Result<(), SymbolError> {
    if let Some(at) = part.chars().position(|c| !is_in_repertoire(c)) {
        return Err(SymbolError::Character(start + at));
    }
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    if digits < 2 || part.len() < 3 {
        return Err(SymbolError::ElementString(start));
    }
    Ok(())
}

/// The characters of element strings: GS1's character set 82.
fn is_in_repertoire(c: char) -> bool {
    c.is_ascii() && (c.is_ascii_alphanumeric() || b"!\"%&'()*+,-./_:;<=>?".contains(&(c as u8)))
}
