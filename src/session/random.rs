//! Chance, from a seed: jitter and names, the same again in every test.

/// xoroshiro128+ (Blackman and Vigna, 2018).
#[derive(Clone, Debug)]
pub(super) struct Random {
    state: [u64; 2],
}

impl Random {
    pub fn new(seed: [u64; 2]) -> Random {
        // All zeros is the one state that never leaves itself.
        Random { state: if seed == [0, 0] { [1, 0] } else { seed } }
    }

    fn next(&mut self) -> u64 {
        let [a, mut b] = self.state;
        let result = a.wrapping_add(b);
        b ^= a;
        self.state = [a.rotate_left(24) ^ b ^ (b << 16), b.rotate_left(37)];
        result
    }

    /// A number from 0 to `below` - 1; 0 where `below` is not positive.
    pub fn below(&mut self, below: i64) -> i64 {
        if below <= 0 { 0 } else { (self.next() >> 1) as i64 % below }
    }

    /// 128 random bits as 32 hexadecimal digits: an idempotency key or a request's name.
    pub fn name(&mut self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let bits = (u128::from(self.next()) << 64) | u128::from(self.next());
        (0..32).map(|i| char::from(DIGITS[(bits >> (4 * i)) as usize & 15])).collect()
    }
}
