//! Every kind of paper, in the order in which people choose.

use super::block::Paper;
use super::ground::{Asked, Ground};
use super::kind::Kind;
use super::{blank, bulletin, one_page, reminder, report, supervision};
use crate::model::records::Records;
use crate::view::programmes::{base, dream, lead, seedling};

/// The kinds.
pub const KINDS: &[&[&Kind]] = &[
    &[
        &report::REPORT,
        &one_page::ONE_PAGE,
        &reminder::REMINDER,
        &supervision::SUPERVISION,
        &bulletin::BULLETIN,
    ],
    dream::papers::PAPERS,
    seedling::papers::PAPERS,
    lead::papers::PAPERS,
    base::papers::PAPERS,
    &[&blank::BLANK],
];

/// Every kind.
pub fn all() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().flat_map(|some| some.iter().copied())
}

/// The kind stored under an id.
pub fn by_id(id: &str) -> Option<&'static Kind> {
    all().find(|kind| kind.id == id)
}

/// Makes a paper.
///
/// # Errors
/// A sentence that says what is missing.
pub fn make(kind: &Kind, records: &dyn Records, asked: &Asked) -> Result<Paper, String> {
    let ground = Ground::new(records, asked);
    if kind.period && !ground.has_begun() {
        let period = asked.period.label();
        return Err(format!(
            "{period}还没有开始，没有数据，做不了{}：请选别的统计期",
            kind.label
        ));
    }
    let blocks = (kind.make)(&ground)?;
    let mut paper = ground.paper(kind.id);
    paper.density = kind.density;
    if !kind.period {
        paper.period.clear();
    }
    paper.blocks = blocks;
    Ok(paper)
}
