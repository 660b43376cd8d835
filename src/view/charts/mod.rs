//! The charts of the pages: each is a figure with a computed finding as its title and the records behind it.

pub(super) mod source;
mod town;
mod unit;
pub(super) mod window;

pub use super::programmes::{base::charts::*, dream::charts::*, lead::charts::*, phoenix::charts::*};
pub use source::*;
pub use town::*;
pub use unit::*;

#[cfg(test)]
mod tests;
