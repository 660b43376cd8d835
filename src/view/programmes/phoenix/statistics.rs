//! How the statistics of 引凤 are shown.

use crate::view::section::Section;

/// The sections of the programme's page, in order.
pub static SECTIONS: &[Section] = &[];
