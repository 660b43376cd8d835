//! The form of a ledger, for a new record and for one that stands.

use leptos::prelude::*;

use super::list::probe_unit;
use super::not_found::not_found;
use super::record;
use crate::desk::Desk;
use crate::model::ledger::{Cells, Field, Kind, Ledger, Slot, TypedRow, slots};
use crate::model::notice::Notice;
use crate::model::records::{Draft, rows};
use crate::model::town::{District, Unit};
use crate::model::value::Value;
use crate::ui::app::{Shell, use_shell};
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::field::{
    ChoiceField, DayField, ErrorSummary, FieldError, Form, Label, LongTextField, ManyField, MonthField, RefOption,
    ReferenceField, StepperField, TextField, TextKind, YearField, YesNoField,
};
use crate::ui::components::frame::Head;
use crate::ui::state::{Town, use_town};
use crate::view::form::{SEPARATOR, changed, edited, errors, fresh, from_text, text_of, to_text, value_of};
use crate::view::list::live_records;
use crate::view::route::{Address, Route};
use crate::view::show;

/// Separates the main record from its suggestions in a kept draft; cannot be typed.
const PART: char = '\u{1e}';
/// What a suggestion shows inside the form of its night talk; the rest follows from the talk.
const SUGGESTED: [&str; 3] = ["text", "category", "place"];

/// What the parts of one form share. Copies are the same.
#[derive(Clone, Copy)]
struct Sheet {
    shell: Shell,
    town: Town,
    ledger: &'static Ledger,
    /// As it stood when the form was opened; the presets of a new record.
    base: StoredValue<Draft>,
    draft: RwSignal<Draft>,
    /// Suggestions of a night talk; their count only grows.
    more: RwSignal<Vec<RwSignal<Draft>>>,
    attempts: RwSignal<u32>,
    name: StoredValue<String>,
}

/// The page `#/l/<ledger>/new`, or `#/l/<ledger>/<record>/edit`.
pub fn page(id: String, record: Option<String>) -> AnyView {
    let (shell, town) = (use_shell(), use_town());
    let Some(ledger) = record::ledger(town, &id) else {
        return not_found(format!("l/{id}"));
    };
    let base = town.peek(|desk| match &record {
        None => Some(fresh(ledger, desk.today(), desk.own_unit())),
        Some(record) => {
            let ix = desk.replica().find_ix(ledger.id, record)?;
            desk.replica().record(ix).map(|cells| edited(ledger, cells))
        }
    });
    let Some(base) = base else {
        return not_found(format!("l/{id}/{}/edit", record.unwrap_or_default()));
    };
    let back = match &record {
        None => Route::Ledger(id),
        Some(record) => Route::Record(record.clone()),
    };
    let title = if record.is_none() {
        ledger.verb.to_owned()
    } else {
        format!("修改{}记录", ledger.label)
    };
    shell.head.set(Head {
        back: Some(Address::from(back).hash()),
        save_bar: true,
        ..Head::titled(title)
    });
    let name = format!("{}.{}", ledger.id, record.as_deref().unwrap_or("new"));
    let kept = town.peek(|desk| desk.store().draft(&name));
    let mut parts = kept.as_deref().unwrap_or_default().split(PART);
    let main = parts.next().filter(|_| kept.is_some());
    let draft = main.map_or_else(|| base.clone(), |text| from_text(ledger, &base.id, text));
    let child = suggestion(town);
    let more = parts.filter_map(|text| child.map(|c| RwSignal::new(from_text(c, "", text))));
    let sheet = Sheet {
        shell,
        town,
        ledger,
        more: RwSignal::new(more.collect()),
        base: StoredValue::new(base),
        draft: RwSignal::new(draft),
        attempts: RwSignal::new(0),
        name: StoredValue::new(name),
    };
    sheet.view(kept.is_some())
}

fn suggestion(town: Town) -> Option<&'static Ledger> {
    town.peek(|desk| desk.replica().catalogue().get("suggestion"))
}

impl Sheet {
    fn keep(self) {
        let mut text = to_text(self.ledger, &self.draft.read_untracked());
        if let Some(child) = suggestion(self.town) {
            for draft in self.more.read_untracked().iter() {
                text.push(PART);
                text.push_str(&to_text(child, &draft.read_untracked()));
            }
        }
        // A lost draft costs typing, not records; a storage that fails is reported at the next save.
        let name = self.name.get_value();
        let _ = self.town.tend(|desk| desk.store_mut().set_draft(&name, Some(&text)));
    }

    fn forget(self) {
        let name = self.name.get_value();
        let _ = self.town.tend(|desk| desk.store_mut().set_draft(&name, None));
    }

    fn filled(self) -> Vec<Draft> {
        let drafts = self.more.get().into_iter().map(|draft| draft.get());
        drafts
            .filter(|d| SUGGESTED.iter().any(|name| !by_name(self.town, d, name).is_blank()))
            .collect()
    }

    fn wrong(self) -> Vec<(String, Notice)> {
        let draft = self.draft.get();
        let mut out: Vec<(String, Notice)> = errors(self.ledger, &draft)
            .into_iter()
            .map(|n| (format!("main-{}", n.place), n))
            .collect();
        if let Some(unit) = draft.unit().filter(|u| !u.is_empty()) {
            let reason = self.town.read(|desk| desk.why_not(self.ledger, unit, None));
            if let Some(reason) = reason {
                out.push(("main-unit".to_owned(), Notice::error("unit", "不能保存", reason)));
            }
        }
        if let Some(child) = suggestion(self.town) {
            for (place, more) in self.more.get().into_iter().enumerate() {
                let more = more.get();
                let used = SUGGESTED.iter().any(|name| !by_name(self.town, &more, name).is_blank());
                let found = errors(child, &more)
                    .into_iter()
                    .filter(|n| used && SUGGESTED.contains(&n.place.as_str()));
                out.extend(found.map(|n| (format!("more{place}-{}", n.place), n)));
            }
        }
        out
    }

    fn save(self) {
        self.attempts.update(|n| *n += 1);
        if !untrack(|| self.wrong()).is_empty() {
            return;
        }
        let draft = self.draft.get_untracked();
        let title = self
            .town
            .peek(|desk| show::title(desk.replica(), desk.replica().catalogue(), self.ledger, &draft));
        let (new, id) = (draft.id.is_empty(), draft.id.clone());
        let more = untrack(|| self.filled());
        let main = if new {
            draft
        } else {
            let cells = self.base.with_value(|base| changed(self.ledger, base, &draft));
            Draft { cells, ..draft }
        };
        if new || !main.cells.is_empty() {
            let label = format!("{}：{title}", if new { self.ledger.verb } else { "修改" });
            let done = self.town.act_and_say(format!("已保存：{title}"), |desk| {
                let drafts = with_more(desk, self.ledger, main, more);
                desk.save(&label, &drafts)
            });
            if done.failure.is_some() {
                self.shell
                    .toasts
                    .say("修改还没有存下，请按页面上方的提示导出备份", None);
            }
        }
        self.forget();
        self.shell.go_to(if new {
            Route::Ledger(self.ledger.id.to_owned())
        } else {
            Route::Record(id)
        });
    }

    fn view(self, restored: bool) -> AnyView {
        let restored = RwSignal::new(restored);
        let drop = move |()| {
            self.draft.set(self.base.get_value());
            self.more.set(Vec::new());
            self.forget();
            restored.set(false);
        };
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
                    text: format!("{}：{}", n.what, n.todo),
                })
                .collect::<Vec<_>>()
        });
        let fields = self.ledger.slots();
        let fields =
            fields.map(move |(slot, field)| control(self, self.ledger, self.draft, "main", slot, field, wrong));
        let talk = self.ledger.id == "night_talk" && self.base.with_value(|b| b.id.is_empty());
        view! {
            <Show when=move || restored.get()>
                <p class="button-row" role="status">
                    "已恢复上次没有保存的内容 " <Button label="放弃这些内容".to_owned() on_press=drop />
                </p>
            </Show>
            <Form on_submit=move |()| self.save()>
                <ErrorSummary errors=summary attempts=self.attempts />
                {fields.collect_view()}
                {talk.then(|| suggestions(self, wrong))}
                <div class="save-bar">
                    <button type="submit" class=ButtonKind::Main.class()>"保存"</button>
                </div>
            </Form>
        }
        .into_any()
    }
}

fn by_name(town: Town, draft: &Draft, name: &str) -> Value {
    let slot = suggestion(town).and_then(|child| child.slot(name));
    slot.map_or(Value::Null, |slot| draft.cell(slot).clone())
}

fn with_more(desk: &mut Desk, ledger: &'static Ledger, main: Draft, more: Vec<Draft>) -> Vec<Draft> {
    let id = desk.next_record_id(0);
    let mut out = vec![main];
    let Some(child) = desk
        .replica()
        .catalogue()
        .get("suggestion")
        .filter(|_| !more.is_empty())
    else {
        return out;
    };
    for mut draft in more {
        draft.set(slots::UNIT, out[0].cell(slots::UNIT).clone());
        if let Some(slot) = child.slot("talk") {
            draft.set(slot, Value::text(id.as_str()));
        }
        if let (Some(to), Some(from)) = (child.slot("date"), ledger.slot("date")) {
            draft.set(to, out[0].cell(from).clone());
        }
        out.push(draft);
    }
    out
}

fn suggestions(sheet: Sheet, wrong: Memo<Vec<(String, Notice)>>) -> AnyView {
    let Some(child) = suggestion(sheet.town) else {
        return ().into_any();
    };
    let add = move |()| {
        let draft = sheet.town.peek(|desk| fresh(child, desk.today(), None));
        sheet.more.update(|all| all.push(RwSignal::new(draft)));
    };
    let cards = move || {
        let cards = sheet.more.get().into_iter().enumerate().map(|(place, draft)| {
            let fields = child.slots().filter(|(_, f)| SUGGESTED.contains(&f.name));
            let prefix = format!("more{place}");
            let fields = fields.map(|(slot, f)| control(sheet, child, draft, &prefix, slot, f, wrong)).collect_view();
            let title = format!("建议 {}", place + 1);
            view! { <div class="sub-record" role="group" aria-label=title.clone()><h3>{title.clone()}</h3>{fields}</div> }
        });
        cards.collect_view()
    };
    view! {
        <section aria-label="群众建议">
            <h2>"群众建议"</h2>
            {cards}
            <Button kind=ButtonKind::Add label="再记一条建议".to_owned() on_press=add />
        </section>
    }
    .into_any()
}

fn control(
    sheet: Sheet,
    ledger: &'static Ledger,
    draft: RwSignal<Draft>,
    prefix: &str,
    slot: Slot,
    field: &'static Field,
    wrong: Memo<Vec<(String, Notice)>>,
) -> AnyView {
    let id = format!("{prefix}-{}", field.name);
    let value = Signal::derive(move || text_of(draft.read().cell(slot)));
    let blocked = Memo::new(move |_| {
        let unit = sheet.draft.read().unit().unwrap_or_default().to_owned();
        sheet.town.read(|desk| {
            // The unit itself can always be corrected; saving checks it.
            let unit = if unit.is_empty() || slot == slots::UNIT {
                probe_unit(desk)
            } else {
                unit
            };
            desk.why_not(ledger, &unit, Some(slot))
        })
    });
    let part = move || match blocked.get() {
        Some(reason) => {
            let shown = move || {
                let draft = draft.read();
                sheet
                    .town
                    .peek(|d| show::value(d.replica(), d.replica().catalogue(), field, draft.cell(slot)))
            };
            view! { <div class="field"><p>{field.head()} " " {shown} <span class="field-hint">{reason}</span></p></div> }
                .into_any()
        }
        None => {
            let own = id.clone();
            let error = Signal::derive(move || {
                let wrong = wrong.read();
                wrong
                    .iter()
                    .find(|(id, _)| *id == own)
                    .map(|(_, n)| n.todo.clone())
                    .unwrap_or_default()
            });
            let commit = Callback::new(move |text: String| {
                draft.update(|draft| draft.set(slot, value_of(field, &text)));
                sheet.keep();
            });
            let label = Label {
                id: id.clone(),
                text: field.head(),
                hint: field.hint.to_owned(),
                optional: !field.required,
            };
            input(sheet, field, label, value, error, commit)
        }
    };
    part.into_any()
}

fn input(
    sheet: Sheet,
    field: &'static Field,
    label: Label,
    value: Signal<String>,
    error: Signal<String>,
    on_commit: Callback<String>,
) -> AnyView {
    let today = sheet.town.peek(|desk| desk.today().to_string());
    let options: Vec<(String, String)> = field
        .choices
        .iter()
        .map(|c| (c.code.to_owned(), c.label.to_owned()))
        .collect();
    let (min, max) = field.range;
    match field.kind {
        Kind::Text => view! { <TextField label value error on_commit on_draft=on_commit /> }.into_any(),
        Kind::LongText => view! { <LongTextField label value error on_commit on_draft=on_commit /> }.into_any(),
        Kind::Int => view! { <StepperField label value error on_commit min max /> }.into_any(),
        Kind::Decimal => view! { <TextField label value error on_commit kind=TextKind::Decimal /> }.into_any(),
        Kind::Phone => view! { <TextField label value error on_commit kind=TextKind::Phone /> }.into_any(),
        Kind::Day => view! { <DayField label value error on_commit today /> }.into_any(),
        Kind::Month => view! { <MonthField label value error on_commit today /> }.into_any(),
        Kind::Year => view! { <YearField label value error on_commit today /> }.into_any(),
        Kind::Choice => view! { <ChoiceField label options value error on_commit /> }.into_any(),
        Kind::YesNo => view! { <YesNoField label value error on_commit /> }.into_any(),
        Kind::Choices => many(label, options, value, error, on_commit),
        Kind::Refs => {
            let found = references(sheet.town, field).into_iter();
            let options = found.map(|o| {
                (
                    o.key,
                    if o.note.is_empty() {
                        o.name
                    } else {
                        format!("{}（{}）", o.name, o.note)
                    },
                )
            });
            many(label, options.collect(), value, error, on_commit)
        }
        Kind::Ref | Kind::Unit | Kind::District => {
            let options = Signal::derive(move || references(sheet.town, field));
            view! { <ReferenceField label options value error on_commit /> }.into_any()
        }
    }
}

fn many(
    label: Label,
    options: Vec<(String, String)>,
    value: Signal<String>,
    error: Signal<String>,
    on_commit: Callback<String>,
) -> AnyView {
    let chosen = Signal::derive(move || {
        let text = value.get();
        text.split(SEPARATOR)
            .filter(|i| !i.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    let commit = move |items: Vec<String>| on_commit.run(items.join(&SEPARATOR.to_string()));
    view! { <ManyField label options value=chosen error on_commit=commit /> }.into_any()
}

fn references(town: Town, field: &'static Field) -> Vec<RefOption> {
    town.read(|desk| {
        let replica = desk.replica();
        let option = |key: &str, name: &str, note: String| RefOption {
            key: key.to_owned(),
            name: name.to_owned(),
            note,
        };
        match field.kind {
            Kind::Unit => {
                let units = rows::<Unit>(replica).into_iter();
                units
                    .map(|u| option(u.cells().id(), u.name().unwrap_or_default(), String::new()))
                    .collect()
            }
            Kind::District => {
                let districts = rows::<District>(replica).into_iter();
                districts
                    .map(|d| option(d.cells().id(), d.name().unwrap_or_default(), String::new()))
                    .collect()
            }
            _ => match replica.catalogue().get(field.target) {
                Some(target) => live_records(replica, target)
                    .into_iter()
                    .filter(|(_, r)| {
                        desk.own_unit()
                            .is_none_or(|own| [own, ""].contains(&replica.unit_of(r)))
                    })
                    .map(|(_, r)| {
                        let title = show::title(replica, replica.catalogue(), target, r);
                        option(&r.id, &title, show::unit_name(replica, replica.unit_of(r)))
                    })
                    .collect(),
                None => {
                    let all = replica.catalogue().all().iter().filter(|l| !l.system);
                    all.map(|l| option(l.id, l.label, String::new())).collect()
                }
            },
        }
    })
}
