//! Unfinished forms. Each tab keeps its own; those of other tabs are theirs and can be looked at.

use super::environment::tag;
use super::state::Desk;
use crate::model::date::Instant;
use crate::order::Arrange;
use crate::storage::Failure;

/// Stands between the form and the tab in the name of a draft.
const OF: char = '~';
/// Begins the line that tells when; no field is called so.
const AT: &str = "@at=";
/// Milliseconds for which an unfinished form is kept: thirty days.
const KEPT_MS: i64 = 30 * 24 * 3_600_000;

/// An unfinished form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// Its name in the storage.
    pub name: String,
    /// When it was kept; unknown of those of version 0.1.
    pub at: Option<Instant>,
    /// What was typed, as the form wrote it.
    pub text: String,
}

impl Desk {
    /// Keeps what is typed into a form in one tab.
    ///
    /// # Errors
    /// Why it was not kept.
    pub fn keep_draft(&mut self, form: &str, tab: &str, text: &str) -> Result<(), Failure> {
        let text = format!("{AT}{}\n{text}", self.now().0);
        self.store_mut().set_draft(&format!("{form}{OF}{tab}"), Some(&text))
    }

    /// What was typed into a form in this tab.
    pub fn own_draft(&self, form: &str, tab: &str) -> Option<Unfinished> {
        self.unfinished(format!("{form}{OF}{tab}"))
    }

    /// What was typed into a form in other tabs, the latest first.
    pub fn other_drafts(&self, form: &str, tab: &str) -> Vec<Unfinished> {
        let of_form = |name: &String| match name.rsplit_once(OF) {
            Some((of, by)) => of == form && by != tab,
            None => name == form,
        };
        let names = self.store().drafts().into_iter().filter(of_form);
        let mut all: Vec<Unfinished> = names.filter_map(|name| self.unfinished(name)).collect();
        all.arrange_by(|a, b| (b.at, &a.name).cmp(&(a.at, &b.name)));
        all
    }

    /// What was typed, in whatever tab, into the forms of records that this one stands for by now: their addresses lead
    /// to its form. The latest first.
    pub fn drafts_of_joined(&self, ledger: &str, record: &str) -> Vec<Unfinished> {
        let replica = self.replica();
        let Some(ix) = replica.find_ix(ledger, record) else {
            return Vec::new();
        };
        let others = replica.joined_with(ix).into_iter().filter(|&other| other != ix);
        let ids = others.filter_map(|other| Some(&*replica.record(other)?.id));
        let forms: Vec<String> = ids.map(|id| format!("{ledger}.{id}")).collect();
        let of_joined = |name: &String| {
            let form = name.rsplit_once(OF).map_or(name.as_str(), |(form, _)| form);
            forms.iter().any(|known| known == form)
        };
        let names = self.store().drafts().into_iter().filter(of_joined);
        let mut all: Vec<Unfinished> = names.filter_map(|name| self.unfinished(name)).collect();
        all.arrange_by(|a, b| (b.at, &a.name).cmp(&(a.at, &b.name)));
        all
    }

    /// Does away with an unfinished form. One that stays is only offered again.
    pub fn forget_draft(&mut self, name: &str) {
        let _ = self.store_mut().set_draft(name, None);
    }

    /// The same for the form of this tab.
    pub fn forget_own_draft(&mut self, form: &str, tab: &str) {
        self.forget_draft(&format!("{form}{OF}{tab}"));
    }

    /// Does away with what has lain for long; those without a time begin to age now.
    pub fn tidy_drafts(&mut self) {
        let now = self.now().0;
        for name in self.store().drafts() {
            match self.unfinished(name) {
                Some(Unfinished { name, at: Some(at), .. }) if now - at.0 > KEPT_MS => self.forget_draft(&name),
                Some(Unfinished { name, at: None, text }) => {
                    let _ = self.store_mut().set_draft(&name, Some(&format!("{AT}{now}\n{text}")));
                }
                _ => {}
            }
        }
    }

    /// A name that nobody else has, for a tab.
    pub fn draw_name(&self) -> String {
        tag(&*self.environment)
    }

    fn unfinished(&self, name: String) -> Option<Unfinished> {
        let kept = self.store().draft(&name)?;
        let timed = kept.strip_prefix(AT).and_then(|rest| rest.split_once('\n'));
        let (at, text) = match timed {
            Some((at, text)) => (at.parse().ok().map(Instant), text),
            None => (None, kept.as_str()),
        };
        let text = text.to_owned();
        Some(Unfinished { name, at, text })
    }
}
