//! How the statistics of 头雁 are shown.

use crate::view::section::Section;

/// The sections of the programme's page, in order.
pub static SECTIONS: &[Section] = &[];
