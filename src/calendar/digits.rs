//! Numbers of a fixed width, as dates and clocks are written.

/// The numbers of a text that has digits where `pattern` has zeros, and else is like it.
pub(super) fn scan(text: &[u8], pattern: &[u8]) -> Option<[u32; 6]> {
    if text.len() != pattern.len() {
        return None;
    }
    let mut numbers = [0; 6];
    let mut n_numbers = 0;
    for (byte, like) in text.iter().zip(pattern) {
        let number = numbers.get_mut(n_numbers)?;
        match (byte, like) {
            (b'0'..=b'9', b'0') => *number = *number * 10 + u32::from(byte - b'0'),
            _ if byte == like => n_numbers += 1,
            _ => return None,
        }
    }
    Some(numbers)
}

/// Minutes after midnight of `HH:MM`, from 00:00 to 24:00.
pub(crate) fn minutes(clock: &[u8]) -> Option<u32> {
    let [hours, minutes, ..] = scan(clock, b"00:00")?;
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 24 * 60).then_some(total)
}

/// Appends a mark and the last `n_digits` digits of a number, zeros included.
pub(super) fn push_digits(text: &mut String, mark: &str, number: u32, n_digits: u32) {
    text.push_str(mark);
    for place in (0..n_digits).rev() {
        text.push(char::from(b'0' + (number / 10_u32.pow(place) % 10) as u8));
    }
}

/// `HH:MM` of minutes after midnight.
pub(crate) fn clock(minutes: u32) -> String {
    let mut clock = String::new();
    push_digits(&mut clock, "", minutes / 60, 2);
    push_digits(&mut clock, ":", minutes % 60, 2);
    clock
}
