//! Papers that leave the office: reports, notices, slips, forms.
//!
//! A paper is blocks ([`block`]) computed from records ([`ground`], [`figure`]); a person's words stand beside them
//! ([`edit`]). The same blocks give the page ([`html`]) and the document ([`docx`]). Each kind is declared once in its file
//! or in its programme's `papers.rs` and named in [`kinds`].

pub mod blank;
pub mod block;
pub mod bulletin;
pub mod docx;
pub mod edit;
pub mod figure;
pub mod ground;
pub mod html;
pub mod kind;
pub mod kinds;
pub mod one_page;
pub mod pen;
pub mod picture;
pub mod reminder;
pub mod report;
pub mod setting;
pub mod supervision;
