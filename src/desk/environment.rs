//! What a desk asks of the page around it: time and chance.

use crate::model::date::{Day, Instant};

/// The outside: time and chance.
pub trait Environment {
    /// Now, UTC.
    fn now(&self) -> Instant;
    /// Today by the wall clock, or the day the address fixes.
    fn today(&self) -> Day;
    /// Fills a buffer with unpredictable bytes.
    fn random(&self, bytes: &mut [u8]);
}

/// Eleven letters and digits: 62^11 is more than 2^65, enough that no two page loads ever share one.
pub(super) fn tag(environment: &dyn Environment) -> String {
    const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut out = String::with_capacity(11);
    while out.len() < 11 {
        let mut bytes = [0u8; 16];
        environment.random(&mut bytes);
        // Bytes from 248 on are left out, so that every letter is equally likely.
        let fair = bytes
            .iter()
            .filter(|b| **b < 248)
            .map(|b| char::from(LETTERS[usize::from(b % 62)]));
        out.extend(fair.take(11 - out.len()));
    }
    out
}
