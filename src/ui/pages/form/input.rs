//! One control of a form, chosen by the kind of its field.

use leptos::prelude::*;

use super::beside::Spot;
use super::{Sheet, Wrong};
use crate::desk::Desk;
use crate::model::ledger::{Cells, Field, Kind, Ledger, Role, Slot, TypedRow, slots};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{District, Unit};
use crate::model::records::{Draft, rows};
use crate::model::value::Value;
use crate::ui::components::button::Button;
use crate::ui::components::field::{
    ChoiceField, DayField, Label, LongTextField, ManyField, ManyReferenceField, MonthField, RefOption, RefSource,
    ReferenceField, StepperField, TextField, TextKind, YearField, YesNoField,
};
use crate::ui::state::AppStore;
use crate::view::form::{SEPARATOR, take_day, text_of, value_of};
use crate::view::list::live_records;
use crate::view::route::{Address, Route, key};
use crate::view::show;
use crate::view::typed::{Question, question};

/// A unit the person may fill in for, to ask with before a unit is chosen; empty if any or none.
pub fn probe_unit(desk: &Desk) -> String {
    let person = desk.person();
    match person.role {
        Role::Unit => person.unit.clone(),
        Role::District => {
            let units = rows::<Unit>(desk.replica())
                .into_iter()
                .map(|unit| unit.cells().id().to_owned());
            let inside = |code: &String| desk.replica().district_of(code) == Some(desk.own_district());
            units.filter(inside).min().unwrap_or_default()
        }
        Role::Town | Role::Guide | Role::Viewer => String::new(),
    }
}

/// The control of one field, or why the person may not fill it in.
pub fn control(
    sheet: Sheet,
    ledger: &'static Ledger,
    draft: RwSignal<Draft>,
    prefix: &str,
    slot: Slot,
    field: &'static Field,
    wrong: Wrong,
) -> AnyView {
    let id = format!("{prefix}-{}", field.name);
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
            let shown = move || named(sheet.town, field, draft.read().cell(slot));
            view! {
                <div class="field">
                    <p><span class="strong">{field.head()}</span> " " {shown}</p>
                    <span class="field-hint">{reason}</span>
                </div>
            }
            .into_any()
        }
        None => open_control(sheet, ledger, draft, id.clone(), slot, field, wrong),
    };
    part.into_any()
}

fn open_control(
    sheet: Sheet,
    ledger: &'static Ledger,
    draft: RwSignal<Draft>,
    id: String,
    slot: Slot,
    field: &'static Field,
    wrong: Wrong,
) -> AnyView {
    let own = id.clone();
    let error = Signal::derive(move || {
        let wrong = wrong.read();
        let found = wrong.iter().find(|(id, _)| *id == own);
        found.map(|(_, n)| n.todo.clone()).unwrap_or_default()
    });
    let commit = Callback::new(move |text: String| {
        let value = value_of(field, &text);
        if draft.with_untracked(|draft| *draft.cell(slot) != value) {
            let mut new = draft.get_untracked();
            new.set(slot, value);
            sheet
                .town
                .read_untracked(|desk| take_day(ledger, &mut new, field, desk.replica(), desk.today()));
            draft.set(new);
            sheet.keep();
        }
    });
    let key = id.clone();
    let label = Label {
        id,
        text: field.head(),
        hint: sheet.town.read_untracked(|desk| show::hint(desk.replica(), field)),
        optional: !field.required,
    };
    let value = Memo::new(move |_| draft.read().cell(slot).clone());
    let asked = move || {
        let value = value.get();
        let open = question(field, &value).filter(|_| !sheet.is_sure(slot, &key, &value));
        open.map(|question| ask(sheet, key.clone(), value, question, commit))
    };
    let unit = Memo::new(move |_| draft.read().unit().unwrap_or_default().to_owned());
    let spot = sheet.spot(slot, field);
    let begun = spot.is_some().then(|| sheet.begun_at(slot, field, wrong));
    view! { {input(sheet.town, unit, field, label, value, error, commit, spot)} {asked} {begun} }.into_any()
}

/// A question about what was typed, with both answers.
fn ask(sheet: Sheet, key: String, value: Value, question: Question, commit: Callback<String>) -> AnyView {
    let Question {
        asks,
        offer,
        takes,
        keeps,
    } = question;
    let keep = keeps.map(|words| {
        let sure = move |()| sheet.sure.update(|sure| sure.push((key.clone(), value.clone())));
        view! { <Button label=words on_press=sure /> }
    });
    view! {
        <p class="button-row form-note" role="status">
            {asks} <Button label=takes on_press=move |()| commit.run(offer.clone()) /> {keep}
        </p>
    }
    .into_any()
}

/// The control of a field, whatever it is part of; what is committed is the text that [`value_of`] reads. With `spot`, what
/// it points to can be registered here.
#[expect(clippy::too_many_arguments, reason = "what a control is made of")]
pub fn input(
    town: AppStore,
    unit: Memo<String>,
    field: &'static Field,
    label: Label,
    stored: Memo<Value>,
    error: Signal<String>,
    on_commit: Callback<String>,
    spot: Option<Spot>,
) -> AnyView {
    let value = Signal::derive(move || text_of(&stored.read()));
    // Asked anew each time: a form may stay open over midnight.
    let today = Signal::derive(move || town.read(|desk| desk.today().to_string()));
    let options = || town.read_untracked(|desk| show::choices(desk.replica(), field));
    let (min, max) = field.range;
    match field.kind {
        Kind::Text => view! { <TextField label value error on_commit on_draft=on_commit /> }.into_any(),
        Kind::LongText => view! { <LongTextField label value error on_commit on_draft=on_commit /> }.into_any(),
        Kind::Int => view! { <StepperField label value error on_commit min max /> }.into_any(),
        Kind::Decimal => {
            view! { <TextField label value error on_commit kind=TextKind::Amount(field.measure) /> }.into_any()
        }
        Kind::Phone => view! { <TextField label value error on_commit kind=TextKind::Phone /> }.into_any(),
        Kind::Day => view! { <DayField label value error on_commit today lies=field.lies /> }.into_any(),
        Kind::Month => view! { <MonthField label value error on_commit today lies=field.lies /> }.into_any(),
        Kind::Year => view! { <YearField label value error on_commit today /> }.into_any(),
        Kind::Choice => view! { <ChoiceField label options=options() value error on_commit /> }.into_any(),
        Kind::YesNo => view! { <YesNoField label value error on_commit /> }.into_any(),
        Kind::Choices => {
            let chosen = Signal::derive(move || items(&stored.read()));
            let commit = move |items: Vec<String>| on_commit.run(items.join(&SEPARATOR.to_string()));
            view! { <ManyField label options=options() value=chosen error on_commit=commit /> }.into_any()
        }
        Kind::Refs => {
            let begun = spot.clone();
            let chosen = Signal::derive(move || {
                let name = |id: String| {
                    let new = begun.as_ref().and_then(|spot| spot.called.run(id.clone()));
                    let name = new.unwrap_or_else(|| named(town, field, &Value::list([id.as_str()])));
                    (id, name)
                };
                items(&stored.read()).into_iter().map(name).collect::<Vec<_>>()
            });
            let options = Signal::derive(move || references(town, &unit.read(), field));
            let commit = move |items: Vec<String>| on_commit.run(items.join(&SEPARATOR.to_string()));
            let source = source(field, spot);
            view! { <ManyReferenceField label options chosen error on_commit=commit source /> }.into_any()
        }
        Kind::Ref | Kind::Unit | Kind::District => {
            let options = Signal::derive(move || references(town, &unit.read(), field));
            let begun = spot.clone();
            let name = Signal::derive(move || match &*stored.read() {
                value if value.is_blank() => String::new(),
                value => {
                    let new = begun.as_ref().and_then(|spot| spot.called.run(text_of(value)));
                    new.unwrap_or_else(|| of_unit(town, &unit.read(), field, value))
                }
            });
            let source = source(field, spot);
            view! { <ReferenceField label options name error on_commit source /> }.into_any()
        }
    }
}

fn items(value: &Value) -> Vec<String> {
    value.items().iter().map(|item| item.to_string()).collect()
}

fn named(town: AppStore, field: &Field, value: &Value) -> String {
    town.read_untracked(|desk| show::value(desk.replica(), catalogue(), field, value))
}

/// What a reference names; of a record of another unit also whose it is.
fn of_unit(town: AppStore, unit: &str, field: &Field, value: &Value) -> String {
    let name = named(town, field, value);
    town.read_untracked(|desk| {
        let replica = desk.replica();
        let found = value.as_str().and_then(|id| replica.find_ix(field.target, id));
        let other = found
            .and_then(|ix| replica.record(ix))
            .map(|record| replica.unit_of(record));
        match other.filter(|other| is_far(unit, other)) {
            Some(other) => format!("{} · {name}", show::unit_name(replica, other)),
            None => name,
        }
    })
}

/// Whether a record belongs to another unit than the one filled in.
fn is_far(unit: &str, other: &str) -> bool {
    !unit.is_empty() && !other.is_empty() && other != unit
}

/// Where that is registered which a reference points to; `None` for ledgers, which are not registered.
fn source(field: &'static Field, spot: Option<Spot>) -> Option<RefSource> {
    let target = match field.kind {
        Kind::Unit => Unit::LEDGER,
        Kind::District => District::LEDGER,
        _ => catalogue().get(field.target)?,
    };
    let named = target.title.first().and_then(|name| target.field(name));
    let named = named.filter(|field| field.kind == Kind::Text);
    Some(RefSource {
        empty: format!("{}还没有登记，先登记后再选。", target.label),
        act: target.verb.to_owned(),
        form: Address::from(Route::NewRecord(target.id.to_owned())),
        key: named
            .map(|field| format!("{}{}", key::FILTER, field.name))
            .unwrap_or_default(),
        spot: spot.map(|spot| spot.begin),
        label: target.label,
    })
}

/// What a reference can point to.
fn references(town: AppStore, unit: &str, field: &'static Field) -> Vec<RefOption> {
    town.read(|desk| {
        let replica = desk.replica();
        let option = |key: &str, name: &str, note: String| RefOption {
            key: key.to_owned(),
            name: name.to_owned(),
            note,
            far: false,
        };
        match field.kind {
            Kind::Unit => {
                let units = rows::<Unit>(replica).into_iter();
                let note = |id: &str| replica.district_of(id).map(|d| show::district_name(replica, d));
                units
                    .map(|u| option(u.id(), u.name().unwrap_or_default(), note(u.id()).unwrap_or_default()))
                    .collect()
            }
            Kind::District => {
                let districts = show::districts(replica).into_iter();
                districts
                    .map(|d| option(d.id(), d.name().unwrap_or_default(), String::new()))
                    .collect()
            }
            _ => match catalogue().get(field.target) {
                Some(target) => live_records(replica, target)
                    .into_iter()
                    .filter(|(_, r)| {
                        desk.own_unit()
                            .is_none_or(|own| [own, ""].contains(&replica.unit_of(r)))
                    })
                    .map(|(_, r)| {
                        let title = show::title(replica, catalogue(), target, r);
                        let far = is_far(unit, replica.unit_of(r));
                        RefOption {
                            far,
                            ..option(&r.id, &title, show::about(replica, target, r))
                        }
                    })
                    .collect(),
                None => {
                    let all = catalogue().all().iter().filter(|l| !l.system);
                    all.map(|l| option(l.id, l.label, String::new())).collect()
                }
            },
        }
    })
}
