//! Randomness from the operating system.

/// `bytes` random bytes in lower-case hexadecimal: 16 bytes cannot be guessed.
pub fn hex(bytes: usize) -> String {
    let mut buffer = vec![0u8; bytes];
    fill(&mut buffer);
    to_hex(&buffer)
}

/// A number from 0 up to, but not including, `below`.
pub fn number(below: u64) -> u64 {
    let mut buffer = [0u8; 8];
    fill(&mut buffer);
    u64::from_le_bytes(buffer) % below.max(1)
}

/// Lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[expect(clippy::expect_used, reason = "a machine without randomness cannot issue tokens at all")]
fn fill(buffer: &mut [u8]) {
    getrandom::fill(buffer).expect("the operating system gives randomness");
}
