//! What was typed into a form and is not saved: kept, brought back, taken over from another window.

use leptos::prelude::*;

use super::Sheet;
use crate::desk::{Desk, Unfinished};
use crate::model::ledger::Ledger;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::Suggestion;
use crate::model::records::Draft;
use crate::ui::pages::unfinished;
use crate::ui::state::AppStore;
use crate::view::beside::{self, Beside};
use crate::view::form::{self, from_text, to_text};
use crate::view::meanwhile::taken_up;

/// Separates the main record from its suggestions in a kept draft; cannot be typed.
const PART: char = '\u{1e}';
/// Separates what was typed from what the record said when the form was opened; cannot be typed.
const BEGAN: char = '\u{1d}';
/// Comes before each record that is registered on the spot; cannot be typed.
const BESIDE: char = '\u{1c}';

/// What was typed into a form.
#[derive(Clone)]
pub struct Typed {
    /// What the record said.
    pub base: Draft,
    pub draft: Draft,
    /// Suggestions that go with it.
    pub more: Vec<Draft>,
    /// Records registered on the spot.
    pub beside: Vec<Beside>,
}

impl Typed {
    /// Nothing but what the record says.
    pub fn nothing(base: Draft) -> Typed {
        Typed {
            draft: base.clone(),
            base,
            more: Vec::new(),
            beside: Vec::new(),
        }
    }

    fn says_something(&self) -> bool {
        self.draft != self.base || !self.more.is_empty()
    }
}

/// Unfinished forms of other tabs, and what they say.
type Others = RwSignal<Vec<(Unfinished, Typed)>>;

/// What was typed earlier in this tab and not saved. A draft whose record stands is left over from a save that could not
/// be stored at first.
pub fn kept_draft(town: AppStore, ledger: &'static Ledger, base: &Draft, form: &str, tab: &str) -> Option<Typed> {
    let kept = town.read_untracked(|desk| desk.own_draft(form, tab))?;
    let typed = typed(ledger, base, &kept.text);
    if town.read_untracked(|desk| form::stands(desk.replica(), ledger, &typed.draft)) {
        town.update(|desk| desk.forget_own_draft(form, tab));
        return None;
    }
    typed.says_something().then_some(typed)
}

/// Reads what [`Sheet::keep`] wrote, for the record as it stands now.
fn typed(ledger: &'static Ledger, now: &Draft, text: &str) -> Typed {
    let mut besides = text.split(BESIDE);
    let mut parts = besides.next().unwrap_or_default().split(PART);
    let main = parts.next().unwrap_or_default();
    let (main, began) = main.split_once(BEGAN).unwrap_or((main, ""));
    let main = from_text(ledger, &now.id, main);
    let (base, draft) = if now.id.is_empty() || began.is_empty() {
        (now.clone(), main)
    } else {
        taken_up(ledger, now, &from_text(ledger, &now.id, began), &main)
    };
    Typed {
        base,
        draft,
        more: parts.map(|text| from_text(Suggestion::LEDGER, "", text)).collect(),
        beside: besides.filter_map(beside::from_text).collect(),
    }
}

impl Sheet {
    /// Keeps what is typed, and says so.
    pub(super) fn keep(self) {
        if self.saved.get_value() {
            return;
        }
        let mut text = to_text(self.ledger, &self.draft.read_untracked());
        let base = self.base.with_value(|base| to_text(self.ledger, base));
        text.push_str(&format!("{BEGAN}{base}"));
        for draft in self.more.read_untracked().iter() {
            text.push(PART);
            text.push_str(&to_text(Suggestion::LEDGER, &draft.read_untracked()));
        }
        for beside in untrack(|| self.besides()) {
            text.push(BESIDE);
            text.push_str(&beside::to_text(&beside));
        }
        let (form, tab) = (self.name.get_value(), self.tab.get_value());
        unfinished::keep(self.shell, self.town, (&form, &tab), &text);
    }

    pub(super) fn forget(self) {
        let (form, tab) = (self.name.get_value(), self.tab.get_value());
        unfinished::forget(self.shell, self.town, (&form, &tab));
    }

    /// A draft that lives as long as the form, whatever button adds it.
    pub(super) fn added(self, draft: Draft) -> RwSignal<Draft> {
        self.home.get_value().with(|| RwSignal::new(draft))
    }

    /// Puts what was typed into the form.
    fn take_up(self, typed: Typed) {
        self.base.set_value(typed.base);
        self.draft.set(typed.draft);
        self.more
            .set(typed.more.into_iter().map(|draft| self.added(draft)).collect());
        self.set_besides(typed.beside);
    }

    /// That typed content came back, and the way to be rid of it.
    pub(super) fn restored(self) -> AnyView {
        let shown = RwSignal::new(true);
        let drop = move || {
            self.take_up(Typed::nothing(self.base.get_value()));
            self.forget();
            shown.set(false);
        };
        view! { <Show when=move || shown.get()>{unfinished::restored(drop)}</Show> }.into_any()
    }

    /// What was typed into this form in other tabs and not saved. It stays theirs until the person goes on with it here
    /// or does away with it.
    pub(super) fn others(self) -> AnyView {
        let (form, tab) = (self.name.get_value(), self.tab.get_value());
        let of_joined = |desk: &Desk| {
            let id = self.base.with_value(|base| base.id.clone());
            desk.drafts_of_joined(self.ledger.id, &id)
        };
        let all = self
            .town
            .read_untracked(|desk| (desk.other_drafts(&form, &tab), of_joined(desk)));
        let told = all.0.into_iter().chain(all.1).filter_map(|kept| {
            let typed = self.base.with_value(|base| {
                let typed = typed(self.ledger, base, &kept.text);
                typed.says_something().then_some(typed)
            })?;
            let stands = self
                .town
                .read_untracked(|desk| form::stands(desk.replica(), self.ledger, &typed.draft));
            (!stands).then_some((kept, typed))
        });
        let list = RwSignal::new(told.take(unfinished::OFFERED).collect::<Vec<_>>());
        let rows = move || {
            list.get()
                .into_iter()
                .map(|(kept, typed)| self.other(list, kept, typed))
                .collect_view()
        };
        rows.into_any()
    }

    fn other(self, list: Others, kept: Unfinished, typed: Typed) -> AnyView {
        let own = self
            .name
            .with_value(|name| kept.name == *name || kept.name.starts_with(&format!("{name}~")));
        let of_joined = !own;
        let name = kept.name.clone();
        let place = if of_joined {
            "给并入这一条的记录"
        } else {
            "在另一个窗口"
        };
        let off = {
            let name = kept.name.clone();
            move || list.update(|all| all.retain(|(other, _)| other.name != name))
        };
        let take = {
            let off = off.clone();
            move || {
                self.take_up(typed.clone());
                self.keep();
                // It goes on under the name of this form; the other has none any more.
                if of_joined {
                    self.town.update(|desk| desk.forget_draft(&name));
                }
                off();
            }
        };
        let gone = kept.name.clone();
        let drop = move || {
            self.town.update(|desk| desk.forget_draft(&gone));
            off();
        };
        unfinished::offered(&kept, place, take, drop)
    }
}
