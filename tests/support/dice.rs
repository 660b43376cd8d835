//! Chance that is the same in every run, for tests and benchmarks that choose their own way.

/// Deterministic numbers (a linear congruential generator).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `below`; 0 if that is 0.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % below.max(1) as u64).unwrap_or(0)
    }
}
