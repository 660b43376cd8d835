//! What a form says against the records as they would be.

use super::super::ahead::Ahead;
use super::kinds::{Fate, Problem};
use super::planner::Planner;
use crate::model::records::{Draft, Records};
use crate::turns::Turns;
use crate::view::{form, show};

impl<'a> Planner<'a> {
    /// Checks what would be saved as a form does, each record beside the others as they would be.
    pub(super) async fn check(&mut self, turns: Turns<'_>) {
        let whole = std::mem::take(&mut self.whole);
        let drafts: Vec<Draft> = whole.values().cloned().collect();
        let ahead = Ahead::new(self.ground.records, self.job.ledger.schema, drafts);
        for (place, draft) in &whole {
            let problems = self.problems(&ahead, draft);
            if let Some(row) = self.plan.rows.get_mut(*place).filter(|_| !problems.is_empty()) {
                row.fate = Fate::Wrong(problems);
            }
            turns.pause().await;
        }
        for (place, draft) in &std::mem::take(&mut self.broken) {
            let more = self.refused(&ahead, draft);
            if let Some(Fate::Wrong(known)) = self.plan.rows.get_mut(*place).map(|row| &mut row.fate) {
                let is_new = |problem: &Problem| known.iter().all(|said| said.heading != problem.heading);
                let more: Vec<Problem> = more.into_iter().filter(is_new).collect();
                known.extend(more);
            }
            turns.pause().await;
        }
    }

    /// Why a record could not be saved from a form either.
    pub(super) fn problems(&self, records: &dyn Records, draft: &Draft) -> Vec<Problem> {
        let unit = draft.unit().unwrap_or_default();
        if let Some(why) = (self.ground.why_not)(unit) {
            return vec![Problem {
                column: None,
                heading: "村（社区）".to_owned(),
                text: show::unit_name(self.ground.records, unit),
                why,
            }];
        }
        self.refused(records, draft)
    }

    /// What a form says against a record.
    pub(super) fn refused(&self, records: &dyn Records, draft: &Draft) -> Vec<Problem> {
        let ledger = self.job.ledger;
        let notices = form::errors(ledger, draft, records, self.ground.today);
        let problem = |notice: crate::model::notice::Notice| {
            let field = ledger.field(&notice.place);
            let column = self.columns.iter().find(|c| c.field.name == notice.place);
            Problem {
                column: column.map(|c| c.at),
                heading: column.map_or_else(
                    || field.map_or_else(String::new, |f| f.label.to_owned()),
                    |c| c.heading.clone(),
                ),
                text: String::new(),
                why: format!("{}，{}", notice.what, notice.todo),
            }
        };
        notices.into_iter().map(problem).collect()
    }
}
