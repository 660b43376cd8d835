//! Records that a field names and that are not here yet, registered in the form that names them.

use leptos::prelude::*;

use super::{Sheet, Wrong, input};
use crate::model::ledger::{Cells as _, Field, Ledger, Slot};
use crate::model::notice::Notice;
use crate::model::records::Draft;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::field::to_field;
use crate::ui::dom::next_frame;
use crate::view::beside::{
    Beside, asked, begun, called, ledger_of, meant, naming, new_in, not_naming, with_ahead, wrong,
};

/// A record registered in this form. Copies are the same.
#[derive(Clone, Copy)]
pub struct OnTheSpot {
    ledger: &'static Ledger,
    draft: RwSignal<Draft>,
}

/// What the picker of a field does about a name that it does not find.
#[derive(Clone)]
pub struct Spot {
    /// Begins a record of that name.
    pub begin: Callback<String>,
    /// What a record begun here is called, by the id that stands for it.
    pub called: Callback<String, Option<String>>,
}

/// Ids of the controls of one such record begin so.
fn prefix(id: &str) -> String {
    id.replace(' ', "")
}

impl Sheet {
    /// The records that the form names and that are saved with it.
    pub(super) fn besides(self) -> Vec<Beside> {
        let all = self.beside.get().into_iter().map(|one| Beside {
            ledger: one.ledger,
            draft: one.draft.get(),
        });
        meant(&self.draft.read(), &all.collect::<Vec<_>>())
    }

    pub(super) fn set_besides(self, all: Vec<Beside>) {
        let all = all.into_iter().map(|one| OnTheSpot {
            ledger: one.ledger,
            draft: self.added(one.draft),
        });
        self.beside.set(all.collect());
    }

    /// What keeps them from being saved.
    pub(super) fn wrong_beside(self) -> Vec<(String, Notice)> {
        let all = self.besides();
        let of = |one: &Beside| {
            let found = self
                .town
                .read(|desk| with_ahead(desk.replica(), &all, &mut |records| wrong(one, records, desk.today())));
            let prefix = prefix(&one.draft.id);
            // What the fields here cannot say is said at the first of them.
            let shown = asked(one.ledger);
            let place = move |notice: &Notice| {
                let here = shown.iter().find(|(_, field)| field.name == notice.place);
                here.or(shown.first()).map_or("", |(_, field)| field.name)
            };
            let told = found
                .into_iter()
                .map(move |notice| (format!("{prefix}-{}", place(&notice)), notice));
            told.collect::<Vec<_>>()
        };
        all.iter().flat_map(of).collect()
    }

    /// What a field of the form can do about a name that is not here; `None` where that has to be registered first.
    pub(super) fn spot(self, slot: Slot, field: &'static Field) -> Option<Spot> {
        let ledger = ledger_of(field)?;
        let may = self.town.read_untracked(|desk| {
            let unit = self
                .draft
                .with_untracked(|draft| draft.unit().unwrap_or_default().to_owned());
            !unit.is_empty() && desk.why_not(ledger, &unit, None).is_none()
        });
        may.then(|| Spot {
            begin: Callback::new(move |words: String| self.begin(slot, field, ledger, &words)),
            called: Callback::new(move |id: String| self.called(&id)),
        })
    }

    fn called(self, id: &str) -> Option<String> {
        let all = self.besides();
        let one = all.iter().find(|one| one.draft.id == id)?;
        Some(self.town.read(|desk| called(one, desk.replica())))
    }

    fn begin(self, slot: Slot, field: &'static Field, ledger: &'static Ledger, words: &str) {
        let used = self.beside.get_untracked().into_iter().filter_map(|one| {
            let id = one.draft.read_untracked().id.clone();
            id.rsplit(' ').next().and_then(|number| number.parse::<usize>().ok())
        });
        let number = used.max().map_or(0, |last| last + 1);
        let unit = self
            .draft
            .with_untracked(|draft| draft.unit().unwrap_or_default().to_owned());
        let one = self
            .town
            .read_untracked(|desk| begun(ledger, words, &unit, number, desk.today()));
        let id = one.draft.id.clone();
        let empty = asked(ledger)
            .into_iter()
            .find(|(slot, _)| one.draft.cell(*slot).is_blank());
        let draft = self.added(one.draft);
        self.beside.update(|all| all.push(OnTheSpot { ledger, draft }));
        self.draft.update(|draft| {
            let value = naming(field, draft.cell(slot), &id);
            draft.set(slot, value);
        });
        self.keep();
        if let Some((_, field)) = empty {
            let place = format!("{}-{}", prefix(&id), field.name);
            next_frame(move || to_field(&place));
        }
    }

    /// Takes a record off that was begun here.
    fn take_off(self, slot: Slot, field: &'static Field, id: &str) {
        self.draft.update(|draft| {
            let value = not_naming(field, draft.cell(slot), id);
            draft.set(slot, value);
        });
        self.keep();
    }

    /// The records begun at a field, each with what has to be said of it.
    pub(super) fn begun_at(self, slot: Slot, field: &'static Field, wrong: Wrong) -> AnyView {
        let here = Memo::new(move |_| new_in(self.draft.read().cell(slot)));
        let cards = move || {
            let ids = here.get().into_iter();
            let card = |id: String| {
                let all = self.beside.get();
                let one = all.into_iter().find(|one| one.draft.read_untracked().id == id)?;
                Some(self.card(slot, field, wrong, id, one))
            };
            ids.filter_map(card).collect_view()
        };
        cards.into_any()
    }

    fn card(self, slot: Slot, field: &'static Field, wrong: Wrong, id: String, one: OnTheSpot) -> AnyView {
        let prefix = prefix(&id);
        let fields = asked(one.ledger)
            .into_iter()
            .map(|(slot, field)| input::control(self, one.ledger, one.draft, &prefix, slot, field, wrong));
        let title = format!("新登记{}", one.ledger.label);
        let off = move |()| self.take_off(slot, field, &id);
        view! {
            <div class="sub-record" role="group" aria-label=title.clone()>
                <div class="sub-record-head">
                    <h3>{title.clone()}</h3>
                    <span class="spacer"></span>
                    <Button kind=ButtonKind::Link label="不登记".to_owned() on_press=off />
                </div>
                <p class="small label">"和本表一起保存；其他内容以后在它的台账里补。"</p>
                {fields.collect_view()}
            </div>
        }
        .into_any()
    }
}
