//! A ledger as a grid of cells: many records filled in at once, saved as one change.
//!
//! Cells are texts as in a sheet, read as cells of sheets are ([`tables::cell`](super::tables::cell)). Nothing is saved
//! before [`Grid::check`] finds no fault in the rows that are to be saved.

mod check;
mod edit;
mod kinds;
mod make;

pub use kinds::{At, Checked, Fault, Grid, GridColumn, GridRow, Ground, MOST_ROWS, SPARE_ROWS, Way};
pub(super) use make::text_of;
pub use make::{FEW, held_for_all};
