//! The model of merging: `rules` says what must be shown, `history` draws files, `facts` says both sides in one form.
//! Only the second half of `facts` uses the program.

pub mod facts;
pub mod history;
pub mod rules;
