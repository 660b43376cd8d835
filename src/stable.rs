//! Numbers that are the same on every device and in every version: a hash of texts, a stream from a seed. Not for secrets.

/// FNV-1a, 64 bits (Fowler, Noll, Vo).
#[derive(Clone, Copy, Debug)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Goes on with bytes.
    #[must_use]
    pub fn and(self, bytes: impl IntoIterator<Item = u8>) -> Fnv {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Fnv(bytes.into_iter().fold(self.0, step))
    }

    /// The hash.
    pub fn value(self) -> u64 {
        self.0
    }

    /// The hash as sixteen hex digits.
    pub fn hex(self) -> String {
        format!("{:016x}", self.0)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Clone, Debug)]
pub struct Stream(u64);

impl Stream {
    /// By this much the state grows: 2^64 over the golden ratio.
    pub const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

    /// The stream of a seed.
    pub fn new(seed: u64) -> Stream {
        Stream(seed)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(Stream::STEP);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0, up to but not including 1.
    pub fn unit(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// From `lo`, up to but not including `hi`.
    pub fn between(&mut self, lo: f64, hi: f64) -> f64 {
        lo + (hi - lo) * self.unit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of the authors' own code.
    #[test]
    fn published_values() {
        assert_eq!(Fnv::default().hex(), "cbf29ce484222325");
        assert_eq!(Fnv::default().and(*b"a").hex(), "af63dc4c8601ec8c");
        assert_eq!(Fnv::default().and(*b"foo").and(*b"bar").hex(), "85944171f73967e8");
        let mut stream = Stream::new(1_234_567);
        let drawn = [stream.draw(), stream.draw(), stream.draw()];
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
        let mut stream = Stream::new(7);
        assert!(
            (0..1000)
                .map(|_| stream.between(2.0, 3.0))
                .all(|n| (2.0..3.0).contains(&n))
        );
    }
}
