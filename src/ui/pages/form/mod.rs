//! The form of a ledger, for a new record and for one that stands.

mod again;
mod beside;
mod input;
mod kept;
mod talk;

pub use input::{input, probe_unit};

use leptos::prelude::*;

use self::kept::{Typed, kept_draft};
use super::not_found::not_found;
use super::record;
use crate::browser::tabs::tab_name;
use crate::desk::Desk;
use crate::model::ledger::{Cells, Field, Kind, Ledger, Role, Slot, slots};
use crate::model::notice::Notice;
use crate::model::programmes::catalogue;
use crate::model::records::Draft;
use crate::model::value::Value;
use crate::order::Arrange as _;
use crate::ui::app::{Shell, use_shell};
use crate::ui::components::button::ButtonKind;
use crate::ui::components::field::{ErrorSummary, FieldError, Form, to_field};
use crate::ui::components::frame::Head;
use crate::ui::dom::{next_frame, root};
use crate::ui::state::{AppStore, use_store};
use crate::view::beside::{saved_with, with_ahead};
use crate::view::form::{self, changed, edited, errors, fresh, warnings};
use crate::view::meanwhile::unseen;
use crate::view::route::{Address, ListQuery, Route, key};
use crate::view::show;

/// Fewer optional fields than this are not put behind a fold.
const FOLDED: usize = 3;

/// What the parts of one form share. Copies are the same.
#[derive(Clone, Copy)]
struct Sheet {
    shell: Shell,
    town: AppStore,
    ledger: &'static Ledger,
    /// As it stood when the form was opened; the presets of a new record.
    base: StoredValue<Draft>,
    draft: RwSignal<Draft>,
    /// Suggestions of a night talk.
    more: RwSignal<Vec<RwSignal<Draft>>>,
    /// Owns the drafts that buttons add: what a button makes is gone with the button.
    home: StoredValue<Owner>,
    /// Records that fields name and that are saved with the form.
    beside: RwSignal<Vec<beside::OnTheSpot>>,
    attempts: RwSignal<u32>,
    /// The fold with the optional fields is open.
    unfolded: RwSignal<bool>,
    /// Names the form among what is kept unfinished: `night_talk.new`.
    name: StoredValue<String>,
    tab: StoredValue<String>,
    /// It is saved, and nothing is kept unfinished any more.
    saved: StoredValue<bool>,
    /// Answers that keep an unlikely value: id of the control, and the value.
    sure: RwSignal<Vec<(String, Value)>>,
    /// What was asked about, and the question: the same stands already, or others changed the record meanwhile. Saved
    /// when it is asked for again.
    asked: RwSignal<Option<(Draft, String)>>,
}

/// What is wrong: id of the control, and the notice.
type Wrong = Memo<Vec<(String, Notice)>>;

/// The page `#/l/<ledger>/new`, or `#/l/<ledger>/<record>/edit`.
pub fn page(id: String, record: Option<String>) -> AnyView {
    let (shell, town) = (use_shell(), use_store());
    let Some(ledger) = record::ledger(&id) else {
        return not_found(format!("l/{id}"));
    };
    let Some(base) = base(shell, town, ledger, record.as_deref()) else {
        return not_found(format!("l/{id}/{}/edit", record.unwrap_or_default()));
    };
    let new = record.is_none();
    let name = format!("{}.{}", ledger.id, record.as_deref().unwrap_or("new"));
    let back = record.map_or(Route::Ledger(id), Route::Record);
    let title = if new {
        ledger.verb.to_owned()
    } else {
        format!("修改{}记录", ledger.label)
    };
    shell.head.set(Head {
        back: Some(Address::from(back).hash()),
        save_bar: true,
        ..Head::titled(title)
    });
    town.update(Desk::tidy_drafts);
    let tab = tab_name(|| town.read_untracked(Desk::draw_name));
    let kept = kept_draft(town, ledger, &base, &name, &tab);
    let restored = kept.is_some();
    let Typed {
        base,
        draft,
        more,
        beside,
    } = kept.unwrap_or_else(|| Typed::nothing(base));
    let sheet = Sheet {
        shell,
        town,
        ledger,
        more: RwSignal::new(more.into_iter().map(RwSignal::new).collect()),
        home: StoredValue::new(Owner::new()),
        beside: RwSignal::new(Vec::new()),
        unfolded: RwSignal::new(
            !new && ledger
                .slots()
                .any(|(slot, f)| spare(ledger, f) && !draft.cell(slot).is_blank()),
        ),
        base: StoredValue::new(base),
        draft: RwSignal::new(draft),
        attempts: RwSignal::new(0),
        name: StoredValue::new(name),
        tab: StoredValue::new(tab),
        saved: StoredValue::new(false),
        sure: RwSignal::new(Vec::new()),
        asked: RwSignal::new(None),
    };
    sheet.set_besides(beside);
    sheet.lead_to_field();
    sheet.view(restored)
}

/// The record as it stands, or a new one; a list that is filtered gives its filters to the new record.
fn base(shell: Shell, town: AppStore, ledger: &'static Ledger, record: Option<&str>) -> Option<Draft> {
    town.read_untracked(|desk| match record {
        None => {
            let mut draft = fresh(ledger, desk.today(), desk.own_unit());
            let asked = ListQuery::of(&shell.address.read_untracked().query);
            form::prefill(ledger, &mut draft, &asked.filters, desk.replica(), desk.today());
            Some(draft)
        }
        Some(record) => {
            let ix = desk.replica().find_ix(ledger.id, record)?;
            desk.replica().record(ix).map(|cells| edited(ledger, cells))
        }
    })
}

/// Whether a field is optional and stands in no list, so that it may wait behind the fold.
fn spare(ledger: &Ledger, field: &Field) -> bool {
    !field.required && !field.column && !talk::always(ledger, field)
}

impl Sheet {
    /// Opens the form at the field that the address names, ready to be filled in.
    fn lead_to_field(self) {
        let asked = self.shell.address.read_untracked().get(key::FIELD).map(str::to_owned);
        let Some(field) = asked.and_then(|name| self.ledger.field(&name)) else {
            return;
        };
        if spare(self.ledger, field) {
            self.unfolded.set(true);
        }
        next_frame(move || to_field(&format!("main-{}", field.name)));
    }

    /// Whether a person has said that an unlikely value is meant, or it stood there before.
    fn is_sure(self, slot: Slot, id: &str, value: &Value) -> bool {
        let sure = self.sure.read();
        sure.iter().any(|(key, kept)| key == id && kept == value)
            || self
                .base
                .with_value(|base| !base.id.is_empty() && base.cell(slot) == value)
    }

    fn wrong(self) -> Vec<(String, Notice)> {
        let (draft, beside) = (self.draft.get(), self.besides());
        let found = self.town.read(|desk| {
            with_ahead(desk.replica(), &beside, &mut |records| {
                errors(self.ledger, &draft, records, desk.today())
            })
        });
        let used = (self.town).read(|desk| form::used_code(desk.replica(), self.ledger, &draft));
        let used = used.filter(|used| found.iter().all(|known| known.place != used.place));
        let found = found.into_iter().chain(used);
        let mut out: Vec<(String, Notice)> = found.map(|n| (format!("main-{}", n.place), n)).collect();
        if let Some(unit) = draft.unit().filter(|u| !u.is_empty()) {
            let reason = self.town.read(|desk| desk.why_not(self.ledger, unit, None));
            if let Some(reason) = reason {
                out.push(("main-unit".to_owned(), Notice::error("unit", "不能保存", reason)));
            }
        }
        let asked = self.base.with_value(|base| form::asked(self.ledger, &draft, base));
        for (slot, notice) in asked {
            let id = format!("main-{}", notice.place);
            if !self.is_sure(slot, &id, draft.cell(slot)) && out.iter().all(|(known, _)| *known != id) {
                out.push((id, notice));
            }
        }
        out.extend(talk::wrong(self));
        out.extend(self.wrong_beside());
        out
    }

    /// Asks once before a record is saved that says exactly what another says, or over what others wrote meanwhile.
    fn asks_first(self, draft: &Draft) -> bool {
        let question = self.town.read_untracked(|desk| {
            let replica = desk.replica();
            let called = |base: &Draft| form::has_namesake(replica, self.ledger, base, draft);
            if self.base.with_value(called) {
                return Some("已有同名的一条。确实是另一个的，请再按一次“保存”，最好先在名称里加以区分。".to_owned());
            }
            if !draft.id.is_empty() {
                let unseen = |base: &Draft| unseen(replica, self.ledger, base, draft);
                return self.base.with_value(unseen);
            }
            let told = "可能已记过同样的一条：各栏都和已有的一条相同。确实是另一条的，请再按一次“保存”，两条都会保留。";
            form::stands(replica, self.ledger, draft).then(|| told.to_owned())
        });
        let Some(question) = question else {
            return false;
        };
        let question = (draft.clone(), question);
        let asks = self.asked.read_untracked().as_ref() != Some(&question);
        if asks {
            self.asked.set(Some(question));
        }
        asks
    }

    /// The question, while the form says what was asked about.
    fn question(self) -> Option<AnyView> {
        let asked = self.asked.get().filter(|(draft, _)| *draft == *self.draft.read());
        asked.map(|(_, told)| view! { <p class="strong" role="alert">{told}</p> }.into_any())
    }

    /// Saves and leaves; false while something is to be corrected.
    fn save(self) -> bool {
        let id = self.draft.with_untracked(|draft| draft.id.clone());
        let Some(stored) = self.store() else {
            return false;
        };
        // While storing fails, what was typed stays as a draft, so that closing the page loses nothing.
        if stored {
            self.forget();
        } else {
            let text = "修改还没有存下，请按页面上方的提示导出备份";
            self.shell.toasts.say(text, None);
        }
        self.saved.set_value(true);
        self.shell.go_back(if id.is_empty() {
            Route::Ledger(self.ledger.id.to_owned())
        } else {
            Route::Record(id)
        });
        true
    }

    /// Saves, unless something is to be corrected or asked first; whether what was saved is stored.
    fn store(self) -> Option<bool> {
        self.attempts.update(|n| *n += 1);
        if !untrack(|| self.wrong()).is_empty() {
            return None;
        }
        let draft = self.draft.get_untracked();
        if self.asks_first(&draft) {
            return None;
        }
        let beside = untrack(|| self.besides());
        let (title, remarks) = self.town.read_untracked(|desk| {
            with_ahead(desk.replica(), &beside, &mut |records| {
                let title = show::called(records, catalogue(), self.ledger, &draft);
                (title, warnings(self.ledger, &draft, records, desk.today()))
            })
        });
        let new = draft.id.is_empty();
        let more = untrack(|| talk::filled(self));
        let main = if new {
            draft
        } else {
            let cells = self.base.with_value(|base| changed(self.ledger, base, &draft));
            Draft { cells, ..draft }
        };
        if !new && main.cells.is_empty() {
            return Some(true);
        }
        let label = format!("{}：{title}", if new { self.ledger.verb } else { "修改" });
        let said = match remarks.first() {
            Some(remark) => format!("已保存：{title}。请核对：{}", remark.what),
            None => format!("已保存：{title}"),
        };
        let said = match beside.len() {
            0 => said,
            n => format!("{said}，并登记 {n} 条"),
        };
        let mut named = None;
        let done = self.town.act_and_say(said, |desk| {
            let drafts = talk::with_more(desk, main, more);
            let drafts = saved_with(drafts, beside, |place| desk.next_record_id(place));
            named = drafts.first().cloned();
            desk.save(&label, &drafts)
        });
        // What comes after it names the same records by their ids.
        if let Some(named) = named.filter(|_| new) {
            self.draft.update_untracked(|draft| draft.cells = named.cells);
        }
        Some(done.failure.is_none())
    }

    fn view(self, restored: bool) -> AnyView {
        let wrong = Memo::new(move |_| {
            if self.attempts.get() == 0 {
                Vec::new()
            } else {
                self.wrong()
            }
        });
        let summary = Signal::derive(move || {
            let wrong = wrong.get().into_iter();
            wrong
                .map(|(id, n)| FieldError {
                    id,
                    text: form::to_correct(self.ledger, &n),
                })
                .collect::<Vec<_>>()
        });
        Effect::new(move |_| {
            let folded = |(id, _): &(String, Notice)| {
                let name = id.strip_prefix("main-").and_then(|name| self.ledger.field(name));
                name.is_some_and(|field| spare(self.ledger, field))
            };
            if wrong.read().iter().any(folded) {
                self.unfolded.set(true);
            }
        });
        view! {
            {restored.then(|| self.restored())}
            {self.others()}
            {again::copy(self)}
            <Form on_submit=move |()| self.save()>
                <ErrorSummary errors=summary attempts=self.attempts />
                {self.about()}
                {self.fields(wrong)}
                {move || self.question()}
                <div class="save-bar">
                    <button type="submit" class=ButtonKind::Main.class()>"保存"</button>
                    {again::button(self)}
                </div>
            </Form>
        }
        .into_any()
    }

    /// Whose form it is, where only one unit can be meant: `寺前村 · 寺前片区 · 填报人 龚正宇`.
    fn about(self) -> Option<AnyView> {
        let own = self.own_unit()?;
        let text = self.town.read_untracked(|desk| {
            let replica = desk.replica();
            let district = replica.district_of(&own).map(|id| show::district_name(replica, id));
            let by = Some(desk.person().label.clone()).filter(|label| !label.is_empty());
            let parts = [
                Some(show::unit_name(replica, &own)),
                district,
                by.map(|by| format!("填报人 {by}")),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        });
        Some(view! { <p class="small label form-note">{text}</p> }.into_any())
    }

    /// The person's own unit, if the record belongs to it and can belong to no other.
    fn own_unit(self) -> Option<String> {
        let own = self.town.read_untracked(|desk| match desk.person().role {
            Role::Unit => desk.own_unit().map(str::to_owned),
            _ => None,
        });
        own.filter(|own| self.base.with_value(|base| base.unit() == Some(own)))
    }

    fn fields(self, wrong: Wrong) -> AnyView {
        let own = self.own_unit().is_some();
        let all: Vec<(Slot, &'static Field)> = self
            .ledger
            .slots()
            .filter(|(slot, _)| !own || *slot != slots::UNIT)
            .collect();
        let talk = talk::is_new_talk(self);
        let last = |field: &Field| talk && field.name == talk::SETTLED;
        // What those who decide wrote to the person, such as why a plan came back, is read first.
        let opinion = |slot: Slot, field: &Field| {
            let told = field.decided_by.is_some() && field.kind == Kind::LongText;
            told && !self.base.with_value(|base| base.cell(slot).is_blank())
        };
        let (opinions, all): (Vec<_>, Vec<_>) = all.into_iter().partition(|(slot, f)| opinion(*slot, f));
        let spares = all.iter().filter(|(_, f)| spare(self.ledger, f)).count();
        let folds = spares >= FOLDED;
        let (folded, shown): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, f)| folds && spare(self.ledger, f));
        let (end, mut first): (Vec<_>, Vec<_>) = shown.into_iter().partition(|(_, f)| last(f));
        // On a phone what has to be filled in stands on the first screen.
        let new = self.base.with_value(|base| base.id.is_empty());
        if new && !talk && root("data-width") == "phone" {
            first.arrange_by_key(|(_, field)| !field.required);
        }
        let fold = folds.then(|| {
            let rest = self.rows(&folded, wrong);
            let toggled = move |event: leptos::ev::Event| {
                let open = js_sys::Reflect::get(&event_target::<wasm_bindgen::JsValue>(&event), &"open".into());
                self.unfolded.set(open.is_ok_and(|open| open.is_truthy()));
            };
            view! {
                <details class="fold" prop:open=move || self.unfolded.get() on:toggle=toggled>
                    <summary>{format!("更多内容，选填 {spares} 项")}</summary>
                    {rest}
                </details>
            }
        });
        view! {
            {self.rows(&opinions, wrong)}
            {self.rows(&first, wrong)}
            {talk.then(|| talk::section(self, wrong))}
            {self.rows(&end, wrong)}
            {fold}
        }
        .into_any()
    }

    /// The controls one below the other; two whole numbers share a row.
    fn rows(self, fields: &[(Slot, &'static Field)], wrong: Wrong) -> AnyView {
        let mut rows: Vec<AnyView> = Vec::new();
        let mut rest = fields.iter().peekable();
        let one = |&(slot, field): &(Slot, &'static Field)| {
            input::control(self, self.ledger, self.draft, "main", slot, field, wrong)
        };
        while let Some(field) = rest.next() {
            let mate = rest.next_if(|next| [field.1.kind, next.1.kind] == [Kind::Int, Kind::Int]);
            rows.push(match mate {
                Some(mate) => view! { <div class="field-pair">{one(field)} {one(mate)}</div> }.into_any(),
                None => one(field),
            });
        }
        rows.into_any()
    }
}
