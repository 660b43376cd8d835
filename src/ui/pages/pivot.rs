//! The cross table of a ledger: two of its dimensions against each other, each figure leading to its records.

use leptos::prelude::*;

use crate::exchange::writing::town_name;
use crate::model::ledger::Ledger;
use crate::ui::app::Shell;
use crate::ui::components::button::Select;
use crate::ui::components::message::EmptyState;
use crate::ui::components::portion::portion;
use crate::ui::state::AppStore;
use crate::ui::tables::{Asks, Wanted, export_menu};
use crate::view::list::List;
use crate::view::pivot::{self, Asked, Axis, MOST_COLUMNS, Pivot, PivotCell, PivotRow};
use crate::view::portion::LINES;
use crate::view::route::ListQuery;
use crate::view::tables::seen::{Over, cross, crosses_people};

/// What of the cross table the address asks for.
pub fn asked(shell: Shell, ledger: &'static Ledger) -> Memo<Option<Asked>> {
    Memo::new(move |_| Asked::of(&shell.address.read(), ledger))
}

/// The choices of rows, columns and figure, and the table.
pub fn cross_table(
    shell: Shell,
    town: AppStore,
    ledger: &'static Ledger,
    list: Memo<List>,
    asked: Memo<Option<Asked>>,
) -> AnyView {
    let pivot = Memo::new(move |_| {
        let asked = asked.get()?;
        let address = shell.address.read();
        let list = list.read();
        Some(town.read(|desk| {
            let own = desk.own_unit().filter(|_| ledger.field("unit").is_some());
            pivot::pivot(desk.replica(), ledger, &list, &asked, &address, own)
        }))
    });
    let chooser = move |label: &'static str, key: &'static str, options: Vec<Axis>, chosen: fn(&Asked) -> &str| {
        let chosen = Signal::derive(move || asked.read().as_ref().map(|a| chosen(a).to_owned()).unwrap_or_default());
        view! {
            <label class="pivot-choice">
                <span aria-hidden="true">{label}</span>
                <Select
                    label=label.to_owned()
                    options
                    chosen
                    on_choose=move |value: String| shell.refine_query(key, &value)
                />
            </label>
        }
        .into_any()
    };
    let ways = Memo::new(move |_| {
        let figure = asked.read().as_ref().map(|a| a.figure.clone()).unwrap_or_default();
        let ways = pivot::ways(ledger, &figure).into_iter();
        ways.map(|way| (way.id().to_owned(), way.label().to_owned()))
            .collect::<Vec<Axis>>()
    });
    let way = move || (ways.read().len() > 1).then(|| chooser("算法", pivot::WAY, ways.get(), |a| a.way.id()));
    view! {
        <div class="pivot-tools no-print">
            {chooser("行", pivot::ROWS, pivot::axes(ledger), |a| &a.rows)}
            {chooser("列", pivot::COLUMNS, pivot::axes(ledger), |a| &a.columns)}
            {chooser("统计", pivot::FIGURE, pivot::figures(ledger), |a| &a.figure)}
            {way}
        </div>
        {move || pivot.get().map(|pivot| table(ledger, pivot))}
    }
    .into_any()
}

/// `导出表格` of the cross table.
pub fn export(shell: Shell, town: AppStore, ledger: &'static Ledger, list: Memo<List>, asked: Asked) -> AnyView {
    let asks = match crosses_people(ledger, &asked) {
        true => Asks::Names,
        false => Asks::Format,
    };
    let make = move |wanted: Wanted| {
        let (list, address) = (list.read_untracked(), shell.address.read_untracked());
        town.read_untracked(|desk| {
            let (replica, today) = (desk.replica(), desk.today());
            let own = desk.own_unit().filter(|_| ledger.field("unit").is_some());
            let pivot = pivot::pivot(replica, ledger, &list, &asked, &address, own);
            let whose = town_name(replica);
            let over = Over {
                title: format!("{whose}{}交叉统计", ledger.label),
                line: list.paper_line(&ListQuery::of(&address.query), &whose, today),
            };
            let name = format!("{} {today}", over.title);
            (name, vec![cross(ledger, &asked, &pivot, &over, wanted.personal)])
        })
    };
    export_menu(town, asks, make)
}

fn table(ledger: &'static Ledger, pivot: Pivot) -> AnyView {
    if pivot.records == 0 || pivot.columns.is_empty() {
        return view! { <EmptyState why="没有可以统计的记录，可以清除筛选，或先记一条。" /> }.into_any();
    }
    if pivot.columns.len() > MOST_COLUMNS {
        let why = format!(
            "这样分有 {} 列，看不过来。请换一项作列，或先筛选。",
            pivot.columns.len()
        );
        return view! { <EmptyState why /> }.into_any();
    }
    let Pivot {
        rows,
        columns,
        totals,
        total,
        total_heads,
        notes,
        ..
    } = pivot;
    let frame = move |rows: Vec<AnyView>| {
        let head = |label: &String| view! { <th scope="col" class="num">{label.clone()}</th> };
        view! {
            <div class="pivot" tabindex="0" role="region" aria-label=format!("{}交叉统计", ledger.label)>
                <table>
                    <thead>
                        <tr>
                            <td></td>
                            {columns.iter().map(head).collect_view()}
                            <th scope="col" class="num">{total_heads.0}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{total_heads.1}</th>
                            {totals.iter().map(cell).collect_view()}
                            <td class="num">{total.clone()}</td>
                        </tr>
                    </tfoot>
                </table>
            </div>
        }
        .into_any()
    };
    let notes = notes.into_iter().map(|note| view! { <p class="note">{note}</p> });
    view! {
        {portion(Signal::stored(rows), LINES, |line: PivotRow| row(&line), frame)}
        {notes.collect_view()}
    }
    .into_any()
}

fn row(row: &PivotRow) -> AnyView {
    let cells = row.cells.iter().map(cell).collect_view();
    let unit = (!row.unit.is_empty()).then(|| view! { <span class="note">{row.unit.clone()}</span> });
    view! { <tr><th scope="row">{row.label.clone()} {unit}</th>{cells}{cell(&row.total)}</tr> }.into_any()
}

fn cell(cell: &PivotCell) -> AnyView {
    let text = cell.text.clone();
    if cell.href.is_empty() {
        return view! { <td class="num" class:is-none=cell.is_none>{text}</td> }.into_any();
    }
    view! { <td class="num"><a href=cell.href.clone()>{text}</a></td> }.into_any()
}
