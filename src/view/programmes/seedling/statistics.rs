//! How the statistics of 青苗 are shown.

use crate::view::section::Section;

/// The sections of the programme's page, in order.
pub static SECTIONS: &[Section] = &[];
