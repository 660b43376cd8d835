//! The list of one ledger, with a record beside it.

use leptos::html;
use leptos::prelude::*;
use web_sys::DragEvent;

use super::form::probe_unit;
use super::not_found::not_found;
use super::several::{self, Several};
use super::{columns, pivot, record};
use crate::model::ledger::Ledger;
use crate::model::status::Status;
use crate::ui::app::{Shell, use_shell};
use crate::ui::components::button::{Button, ButtonKind, Segments};
use crate::ui::components::drop::Dropping;
use crate::ui::components::filters::{Filter, FilterRow};
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::components::panel::SidePanel;
use crate::ui::components::table::{Cell, Column, DataTable, Row, Tick, toggle};
use crate::ui::dom::still_composing;
use crate::ui::pending_file::keep_pending_file;
use crate::ui::state::{AppStore, use_store};
use crate::ui::tables::{Asks, Wanted, export_menu};
use crate::view::list::{List, ListFilter, ListRow, build};
use crate::view::pivot::{Asked, COLUMNS, FIGURE, ROWS, WAY, axes};
use crate::view::route::{Address, ListQuery, Route, Sort, key};
use crate::view::show;
use crate::view::tables::write::of_list;
use crate::view::words::CROSS_TABLE;

/// The page `#/l/<ledger>`.
pub fn page(id: String) -> AnyView {
    let (shell, town) = (use_shell(), use_store());
    let Some(ledger) = record::ledger(&id) else {
        return not_found(format!("l/{id}"));
    };
    shell.head.set(Head {
        full: true,
        back: Some("#/l".to_owned()),
        ..Head::titled(ledger.label)
    });
    // Without the selected record, so that selecting one does not build the list anew.
    let query = Memo::new(move |_| ListQuery {
        record: None,
        ..ListQuery::of(&shell.address.read().query)
    });
    let shown = RwSignal::new(town.read_untracked(|desk| desk.columns_of(ledger)));
    let list = Memo::new(move |_| {
        let query = query.get();
        town.read(|desk| {
            let own = desk.own_unit().filter(|_| ledger.field("unit").is_some());
            build(desk.replica(), ledger, &query, own).with_columns(desk.replica(), ledger, &shown.read())
        })
    });
    let selected = Memo::new(move |_| shell.address.read().get(key::RECORD).map(str::to_owned));
    let crossed = pivot::asked(shell, ledger);
    let is_crossed = Memo::new(move |_| crossed.read().is_some());
    let on_paper = move || {
        town.read(|desk| {
            let whose = show::name(&crate::exchange::writing::town_name(desk.replica()));
            let line = list.read().paper_line(&query.read(), &whose, desk.today());
            format!("{line}　{}", crate::view::reach::maker(&desk.person().label))
        })
    };
    let several = Several::new();
    let body = move || {
        if is_crossed.get() {
            return pivot::cross_table(shell, town, ledger, list, crossed);
        }
        view! { {several::bar(town, ledger, query, list, several)} {table(shell, town, ledger, list, selected, several)} }
            .into_any()
    };
    // A file that is dropped anywhere on the list is imported into its ledger.
    let dropping = Dropping::default();
    let dropped = move |event: DragEvent| {
        if let Some(file) = dropping.files(&event).into_iter().next() {
            keep_pending_file(file);
            shell.go(&Address::from(Route::Import).with(key::LEDGER, ledger.id));
        }
    };
    let landing = move || {
        let words = format!("放开鼠标，把表格导入到{}", ledger.label);
        dropping
            .over
            .get()
            .then(|| view! { <p class="drop-word" role="status">{words}</p> })
    };
    view! {
        <div
            class="ledger"
            on:dragover=move |event| dropping.enter(&event)
            on:dragleave=move |event| dropping.leave(&event)
            on:drop=dropped
        >
            {landing}
            <div class="ledger-list">
                {head(shell, town, ledger, (list, shown), crossed, several)}
                {filters(shell, query, list)}
                <p class="print-only paper-line">{on_paper}</p>
                {body}
            </div>
            {panel(shell, town, selected)}
        </div>
    }
    .into_any()
}

fn change(shell: Shell, change: impl FnOnce(&mut ListQuery)) {
    let mut address = shell.address.get_untracked();
    let mut query = ListQuery::of(&address.query);
    change(&mut query);
    query.write(&mut address.query);
    shell.refine(address);
}

fn head(
    shell: Shell,
    town: AppStore,
    ledger: &'static Ledger,
    (list, shown): (Memo<List>, RwSignal<Vec<String>>),
    crossed: Memo<Option<Asked>>,
    several: Several,
) -> AnyView {
    let is_crossed = Memo::new(move |_| crossed.read().is_some());
    let sentence = move || {
        let (lead, rest) = list.read().sentence(ledger);
        view! { <b>{lead}</b> {rest} }
    };
    let why_not = Memo::new(move |_| {
        town.read(|desk| desk.why_not(ledger, &probe_unit(desk), None))
            .unwrap_or_default()
    });
    let add = move |()| {
        // The filters go along: they say what the new record is about.
        let mut to = Address::from(Route::NewRecord(ledger.id.to_owned()));
        let filters = ListQuery::of(&shell.address.read_untracked().query).filters;
        ListQuery {
            filters,
            ..ListQuery::default()
        }
        .write(&mut to.query);
        shell.go(&to);
    };
    let print = move |()| {
        if window().print().is_err() {
            shell.toasts.say("浏览器不能打印这一页", None);
        }
    };
    let role = town.read_untracked(|desk| desk.person().role);
    let crossing = (axes(ledger).len() > 1).then(|| {
        let ways = vec![
            ("list".to_owned(), "明细".to_owned()),
            (ROWS.to_owned(), CROSS_TABLE.for_role(role).to_owned()),
        ];
        let chosen = Signal::derive(move || if is_crossed.get() { ROWS } else { "list" }.to_owned());
        let choose = move |way: String| {
            let here = shell.address.get_untracked();
            let plain = [COLUMNS, FIGURE, WAY, key::RECORD]
                .into_iter()
                .fold(here, |address, key| address.with(key, ""));
            shell.go(&plain.with(ROWS, if way == ROWS { "-" } else { "" }));
        };
        view! { <Segments label="怎样看".to_owned() options=ways chosen on_choose=choose /> }
    });
    let make = move |wanted: Wanted| {
        let query = ListQuery::of(&shell.address.read_untracked().query);
        town.read_untracked(|desk| {
            let (replica, today) = (desk.replica(), desk.today());
            let whose = crate::exchange::writing::town_name(replica);
            let line = list.read_untracked().paper_line(&query, &whose, today);
            let sheet = list.with_untracked(|list| {
                of_list(replica, (ledger, list), (line, &whose), !wanted.whole, wanted.personal)
            });
            (format!("{whose}{} {today}", ledger.label), vec![sheet])
        })
    };
    let export = move || match crossed.get() {
        Some(asked) => pivot::export(shell, town, ledger, list, asked),
        None => export_menu(town, Asks::Columns, make),
    };
    // The filters go along: they say which records are filled in.
    let many = move || {
        let mut to = Address::from(Route::Grid(ledger.id.to_owned()));
        ListQuery {
            record: None,
            ..ListQuery::of(&shell.address.read().query)
        }
        .write(&mut to.query);
        to.hash()
    };
    let import = Address::from(Route::Import).with(key::LEDGER, ledger.id).hash();
    // Who may add nothing here is told who does.
    let adds = move || match why_not.get() {
        why if why.is_empty() => view! {
            <a class=ButtonKind::Plain.class() href=import.clone()>"从表格导入"</a>
            <a class=ButtonKind::Plain.class() href=many>"成批填写"</a>
            <Button kind=ButtonKind::Main label=ledger.verb.to_owned() on_press=add />
        }
        .into_any(),
        why => view! { <span class="small muted">{why} "。"</span> }.into_any(),
    };
    view! {
        <div class="ledger-head">
            <p aria-live="polite">{sentence}</p>
            {crossing}
            <Button label="打印".to_owned() on_press=print />
            {export}
            {move || (!is_crossed.get()).then(|| view! { {columns::menu(town, ledger, list, shown)} {several::switch(several)} })}
            {adds}
        </div>
    }
    .into_any()
}

fn filters(shell: Shell, query: Memo<ListQuery>, list: Memo<List>) -> AnyView {
    let shown = Signal::derive(move || list.read().filters.iter().map(filter).collect::<Vec<_>>());
    let set = move |(key, value): (String, Option<String>)| {
        change(shell, |query| {
            match value {
                Some(value) => query.filters.insert(key, value),
                None => query.filters.remove(&key),
            };
        });
    };
    let clear = move |()| {
        change(shell, |query| {
            query.filters.clear();
            query.words.clear();
        });
    };
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        let words = query.read().words.clone();
        let Some(input) = input.get() else { return };
        // While somebody types, the words of the address are those typed but for blanks at the ends.
        if input.value().trim() != words.trim() {
            input.set_value(&words);
        }
    });
    let seek = move |words: String| change(shell, |query| query.words = words);
    view! {
        <div class="list-tools no-print">
        <input
            type="search"
            class="input"
            node_ref=input
            aria-label="在本台账中查找"
            placeholder="查找，可用拼音首字母"
            on:input=move |event| {
                if !still_composing(&event) {
                    seek(event_target_value(&event));
                }
            }
            on:compositionend=move |event| seek(event_target_value(&event))
        />
        <FilterRow filters=shown on_set=set on_clear=clear />
        </div>
    }
    .into_any()
}

fn filter(filter: &ListFilter) -> Filter {
    Filter {
        key: filter.key.clone(),
        label: filter.label.clone(),
        options: filter.options.clone(),
        chosen: filter.chosen.clone(),
    }
}

/// The columns; `ticks` is there while several records are selected.
fn table_columns(list: &List, ticks: bool) -> Vec<Column> {
    let column = |(place, column): (usize, &crate::view::list::ListColumn)| Column {
        key: column.key.to_owned(),
        label: column.head.clone(),
        width: column.width,
        numeric: column.numeric,
        sortable: true,
        sticky: place == 0,
        grows: column.grows,
    };
    let ticks = ticks.then(|| Column {
        key: String::new(),
        label: "选择".to_owned(),
        width: 3.5,
        numeric: false,
        sortable: false,
        sticky: true,
        grows: false,
    });
    let columns = list.columns.iter().enumerate().map(column);
    ticks.into_iter().chain(columns).collect()
}

fn table_row(shell: Shell, row: ListRow, several: Several) -> Row {
    let tick = several.on.get().then(|| Tick {
        chosen: several.chosen,
        id: row.id.clone(),
        name: row.title.clone(),
    });
    let first = tick.clone().map(|tick| Cell {
        tick: Some(tick),
        ..Cell::default()
    });
    let cells = row.cells.into_iter().map(|cell| Cell {
        mark: cell.disputed.then_some(Status::Warn),
        ..Cell::text(cell.text)
    });
    Row {
        href: shell.address.get_untracked().with(key::RECORD, &row.id).hash(),
        id: row.id,
        cells: first.into_iter().chain(cells).collect(),
        tick,
        card_title: row.title,
        card_aside: row.date,
        card_line: row.line,
        card_counts: row.counts,
    }
}

fn table(
    shell: Shell,
    town: AppStore,
    ledger: &'static Ledger,
    list: Memo<List>,
    selected: Memo<Option<String>>,
    several: Several,
) -> AnyView {
    let row = move |place: usize| {
        let list = list.read();
        town.read(|desk| list.row(desk.replica(), ledger, place))
            .map(|row| table_row(shell, row, several))
    };
    let open = move |id: String| {
        if several.on.get_untracked() {
            toggle(several.chosen, &id);
            return;
        }
        let to = shell.address.get_untracked().with(key::RECORD, &id);
        shell.go(&to);
    };
    let totals = move || {
        let totals = list.read().totals.clone();
        let ticks = (several.on.get() && !totals.is_empty()).then(String::new);
        ticks.into_iter().chain(totals).collect::<Vec<_>>()
    };
    let empty = move || {
        let why = if list.read().all == 0 {
            format!("{}还没有记录。{}。", ledger.label, ledger.help)
        } else {
            "没有符合条件的记录，可以清除筛选或换个词。".to_owned()
        };
        view! { <EmptyState why /> }
    };
    view! {
        <DataTable
            name=ledger.label.to_owned()
            columns=Signal::derive(move || table_columns(&list.read(), several.on.get()))
            count=Signal::derive(move || list.read().rows.len())
            row
            sort=Signal::derive(move || Some(list.read().sort.clone()))
            on_sort=move |sort: Sort| change(shell, |query| query.sort = Some(sort))
            totals=Signal::derive(totals)
            totals_line=Signal::derive(move || list.read().totals_line.clone())
            selected=Signal::derive(move || selected.get())
            on_open=open
            empty
        />
    }
    .into_any()
}

fn panel(shell: Shell, town: AppStore, selected: Memo<Option<String>>) -> AnyView {
    let close = Callback::new(move |()| shell.refine_query(key::RECORD, ""));
    let card = Memo::new(move |_| selected.get().and_then(|id| record::card_of(town, &id)));
    let title = Signal::derive(move || {
        let card = card.read();
        card.as_ref()
            .map_or_else(|| "没有这条记录".to_owned(), |c| c.title.clone())
    });
    let about = Signal::derive(move || card.read().as_ref().map(|c| c.about.clone()).unwrap_or_default());
    let acts = move || selected.get().map(|id| record::acts(shell, town, id, close));
    let opened = Memo::new(move |_| selected.read().is_some());
    view! {
        <Show when=move || opened.get()>
            <SidePanel title about on_close=close acts>
                {record::body(town, card)}
            </SidePanel>
        </Show>
    }
    .into_any()
}
