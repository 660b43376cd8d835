//! How the statistics of 强基 are shown.

use crate::view::statistics::Section;

/// The sections of the programme's page, in order.
pub static SECTIONS: &[Section] = &[];
