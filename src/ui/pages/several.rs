//! 多选: several records of a list, to change one field of all, delete them or export them.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::form::{input, probe_unit};
use crate::exchange::writing::town_name;
use crate::model::ledger::{Field, Ledger, Slot};
use crate::model::validate::check_field;
use crate::model::value::Value;
use crate::replica::RecordIx;
use crate::ui::components::button::{Button, ButtonKind, Select};
use crate::ui::components::field::Label;
use crate::ui::state::AppStore;
use crate::ui::tables::{Asks, Wanted, export_menu};
use crate::view::form::value_of;
use crate::view::list::List;
use crate::view::route::ListQuery;
use crate::view::several::{Changing, Deleting, Frame, changing, deleting, fields};
use crate::view::show;
use crate::view::tables::write::of_list;
use crate::view::typed::question;

/// Whether several are being selected, and which. Copies are the same.
#[derive(Clone, Copy)]
pub struct Several {
    /// Whether the list shows ticks.
    pub on: RwSignal<bool>,
    /// Ids of the selected records.
    pub chosen: RwSignal<BTreeSet<String>>,
    open: RwSignal<Open>,
}

/// Which part of the bar is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Nothing,
    Change,
    Delete,
}

impl Several {
    /// None selected, and no ticks.
    pub fn new() -> Several {
        Several {
            on: RwSignal::new(false),
            chosen: RwSignal::new(BTreeSet::new()),
            open: RwSignal::new(Open::Nothing),
        }
    }
}

/// What the parts of the bar share.
#[derive(Clone, Copy)]
struct Bar {
    town: AppStore,
    ledger: &'static Ledger,
    list: Memo<List>,
    several: Several,
    /// The selected records that the list shows.
    records: Memo<Vec<RecordIx>>,
}

impl Bar {
    fn framed<R>(self, work: impl FnOnce(&Frame) -> R) -> R {
        self.town.read_untracked(|desk| {
            let ledger = self.ledger;
            work(&Frame {
                replica: desk.replica(),
                ledger,
                today: desk.today(),
                why_not: &|unit, slot| desk.why_not(ledger, unit, Some(slot)),
            })
        })
    }

    fn close(self) {
        self.several.open.set(Open::Nothing);
    }
}

/// `多选`, which shows the ticks and takes them away again.
pub fn switch(several: Several) -> AnyView {
    let press = move |_| {
        several.on.update(|on| *on = !*on);
        several.chosen.update(BTreeSet::clear);
        several.open.set(Open::Nothing);
    };
    view! {
        <button
            type="button"
            class=ButtonKind::Plain.class()
            aria-pressed=move || if several.on.get() { "true" } else { "false" }
            on:click=press
        >
            "多选"
        </button>
    }
    .into_any()
}

/// The bar over the list, while several are selected.
pub fn bar(
    town: AppStore,
    ledger: &'static Ledger,
    query: Memo<ListQuery>,
    list: Memo<List>,
    several: Several,
) -> AnyView {
    let records = Memo::new(move |_| {
        let ids = several.chosen.read();
        town.read(|desk| list.read().chosen(desk.replica(), &ids))
    });
    let bar = Bar {
        town,
        ledger,
        list,
        several,
        records,
    };
    let body = move || several.on.get().then(|| row(bar, query));
    body.into_any()
}

fn row(bar: Bar, query: Memo<ListQuery>) -> AnyView {
    let count = move || bar.records.read().len();
    let all = Signal::derive(move || format!("全选 {} 条", bar.list.read().rows.len()));
    let choose_all = move |()| {
        let ids = bar.town.read_untracked(|desk| {
            let rows = bar.list.read_untracked();
            let records = rows.rows.iter().filter_map(|&ix| desk.replica().record(ix));
            records.map(|record| record.id.to_string()).collect()
        });
        bar.several.chosen.set(ids);
    };
    let none = move |()| bar.several.chosen.update(BTreeSet::clear);
    let why_not = Signal::derive(move || match count() {
        0 => "先选择记录".to_owned(),
        _ => String::new(),
    });
    let open = move |part: Open| {
        let is_open = bar.several.open.get_untracked() == part;
        bar.several.open.set(if is_open { Open::Nothing } else { part });
    };
    let make = move |wanted: Wanted| {
        bar.town.read_untracked(|desk| {
            let (replica, today) = (desk.replica(), desk.today());
            let whose = town_name(replica);
            let records = bar.records.get_untracked();
            let line = bar
                .list
                .read_untracked()
                .paper_line(&query.get_untracked(), &whose, today);
            let line = format!("{line}　选出 {} {}", records.len(), bar.ledger.counted);
            let list = bar.list.read_untracked().only(replica, bar.ledger, records);
            let sheet = of_list(
                replica,
                (bar.ledger, &list),
                (line, &whose),
                !wanted.whole,
                wanted.personal,
            );
            (format!("{whose}{} 选出 {today}", bar.ledger.label), vec![sheet])
        })
    };
    // Who may write nothing here is told who does.
    let barred = Memo::new(move |_| bar.town.read(|desk| desk.why_not(bar.ledger, &probe_unit(desk), None)));
    let changes = move || match barred.get() {
        Some(why) => view! { <span class="small muted">{why} "。"</span> }.into_any(),
        None => view! { <Button label="改一项".to_owned() on_press=move |()| open(Open::Change) why_not /> }.into_any(),
    };
    let more = move || {
        (count() > 0).then(|| {
            let delete = barred.read().is_none().then(|| {
                view! { <Button label="删除所选".to_owned() on_press=move |()| open(Open::Delete) /> }
            });
            view! { {delete} {export_menu(bar.town, Asks::Columns, make)} }
        })
    };
    let part = move || match bar.several.open.get() {
        _ if count() == 0 => ().into_any(),
        Open::Nothing => ().into_any(),
        Open::Change => change(bar),
        Open::Delete => delete(bar),
    };
    view! {
        <section class="several no-print" role="group" aria-label="多选">
            <p class="button-row">
                <b role="status">{move || format!("已选 {} 条", count())}</b>
                <Button label=all on_press=choose_all />
                <Button label="全不选".to_owned() on_press=none />
                {changes}
                {more}
            </p>
            {part}
        </section>
    }
    .into_any()
}

/// One field and one value for all of them.
fn change(bar: Bar) -> AnyView {
    let mut all = fields(bar.ledger);
    bar.town.read_untracked(|desk| {
        let unit = probe_unit(desk);
        all.retain(|(slot, _)| desk.why_not(bar.ledger, &unit, Some(*slot)).is_none());
    });
    let chosen = RwSignal::new(String::new());
    let none = (String::new(), "请选择".to_owned());
    let options = all
        .iter()
        .map(|(_, field)| (field.name.to_owned(), field.label.to_owned()));
    let options: Vec<(String, String)> = std::iter::once(none).chain(options).collect();
    let part = move || {
        let name = chosen.get();
        let found = all.iter().find(|(_, field)| field.name == name).copied();
        found.map(|(slot, field)| value(bar, slot, field))
    };
    view! {
        <div class="several-part">
            <p class="labelled">
                "改哪一项" <Select label="改哪一项".to_owned() options chosen on_choose=move |name| chosen.set(name) />
            </p>
            {part}
        </div>
    }
    .into_any()
}

fn value(bar: Bar, slot: Slot, field: &'static Field) -> AnyView {
    let value = RwSignal::new(Value::Null);
    let stored = Memo::new(move |_| value.get());
    let sure = RwSignal::new(Value::Null);
    let seen = RwSignal::new(None::<Changing>);
    let commit = Callback::new(move |text: String| {
        let new = value_of(field, &text);
        if *value.read_untracked() != new {
            value.set(new);
            seen.set(None);
        }
    });
    // What was looked at was of the records selected then, as they stood then.
    Effect::new(move |_| {
        bar.records.track();
        bar.town.read(|_| ());
        seen.set(None);
    });
    let label = Label {
        id: "several-value".to_owned(),
        text: format!("{}都改为", field.head()),
        hint: bar.town.read_untracked(|desk| show::hint(desk.replica(), field)),
        optional: false,
    };
    let wrong = Memo::new(move |_| match value.get() {
        blank if blank.is_blank() => "先填写新的内容".to_owned(),
        value => check_field(field, &value).map_or_else(String::new, |notice| notice.todo),
    });
    let error = Signal::derive(move || match value.read().is_blank() {
        true => String::new(),
        false => wrong.get(),
    });
    let asks = Memo::new(move |_| {
        let value = value.get();
        let is_sure = *sure.read() == value;
        question(field, &value).filter(|_| !is_sure)
    });
    let asked =
        move || {
            asks.get().map(|question| {
            let keep = move |()| sure.set(value.get_untracked());
            let keeps = question.keeps.map(|words| view! { <Button label=words on_press=keep /> });
            let offer = question.offer;
            view! {
                <p class="button-row" role="status">
                    {question.asks} <Button label=question.takes on_press=move |()| commit.run(offer.clone()) /> {keeps}
                </p>
            }
        })
        };
    let why_not = Signal::derive(move || match asks.read().is_some() {
        true => "先回答上面的问题".to_owned(),
        false => wrong.get(),
    });
    let look =
        move || bar.framed(|frame| changing(frame, &bar.records.read_untracked(), slot, &value.read_untracked()));
    // What must be filled in cannot be emptied.
    let empty = move |()| {
        value.set(Value::Null);
        seen.set(Some(look()));
    };
    let empties = (!field.required).then(|| {
        let label = format!("清空{}", field.label);
        view! { <Button label on_press=empty /> }
    });
    let unit = Memo::new(|_| String::new());
    view! {
        {input(bar.town, unit, field, label, stored, error, commit, None)}
        {asked}
        <p class="button-row">
            <Button label="看看改了什么".to_owned() on_press=move |()| seen.set(Some(look())) why_not />
            {empties}
        </p>
        {move || seen.get().map(|found| preview(bar, (slot, field), value, found))}
    }
    .into_any()
}

/// How many would change, and the button that does it.
fn preview(bar: Bar, (slot, field): (Slot, &'static Field), value: RwSignal<Value>, found: Changing) -> AnyView {
    let count = found.drafts.len();
    let told = bar.framed(|frame| found.told(frame, slot, &value.read_untracked()));
    let lines = told.into_iter().map(|line| view! { <li>{line}</li> });
    let save = move |()| {
        let label = format!("{count} {}的{}一起改", bar.ledger.counted, field.label);
        bar.town.act_and_say(
            format!("已把 {count} {}的{}一起改了", bar.ledger.counted, field.label),
            |desk| desk.save(&label, &found.drafts),
        );
        bar.close();
    };
    let act = (count > 0).then(|| {
        view! { <p class="button-row"><Button kind=ButtonKind::Main label=format!("改 {count} 条") on_press=save /></p> }
    });
    view! { <ul role="status">{lines.collect_view()}</ul> {act} }.into_any()
}

/// What deleting them would do, and the button that does it.
fn delete(bar: Bar) -> AnyView {
    let found = move || {
        bar.town.read(|_| ());
        let records = bar.records.get();
        bar.framed(|frame| deleting(frame, &records))
    };
    let body = move || {
        let Deleting { records, told } = found();
        let count = records.len();
        let lines = told.into_iter().map(|line| view! { <li>{line}</li> });
        let remove = move |()| {
            let told = format!("{count} {}{}", bar.ledger.counted, bar.ledger.label);
            bar.town.act_and_say(format!("已删除 {told}"), |desk| {
                desk.delete(&format!("删除 {told}"), &records)
            });
            bar.several.chosen.update(BTreeSet::clear);
            bar.close();
        };
        let act = (count > 0).then(|| {
            view! {
                <p class="button-row"><Button kind=ButtonKind::Main label=format!("删除 {count} 条") on_press=remove /></p>
            }
        });
        view! { <ul role="status">{lines.collect_view()}</ul> {act} }
    };
    view! { <div class="several-part">{body}</div> }.into_any()
}
