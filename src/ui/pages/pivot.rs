//! The cross table of a ledger: two of its fields against each other, each figure leading to its records.

use leptos::prelude::*;

use crate::model::ledger::Ledger;
use crate::ui::app::Shell;
use crate::ui::components::button::Select;
use crate::ui::components::message::EmptyState;
use crate::ui::state::Town;
use crate::view::list::List;
use crate::view::pivot::{self, Asked, MOST_COLUMNS, Pivot, PivotCell, PivotRow};

/// What of the cross table the address asks for.
pub fn asked(shell: Shell, ledger: &'static Ledger) -> Memo<Option<Asked>> {
    Memo::new(move |_| Asked::of(&shell.address.read(), ledger))
}

/// The choices of rows, columns and figure, and the table.
pub fn cross_table(
    shell: Shell,
    town: Town,
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
    let axes = move |label: &'static str, key: &'static str, chosen: fn(&Asked) -> &String| {
        let chosen = Signal::derive(move || asked.read().as_ref().map(|a| chosen(a).clone()).unwrap_or_default());
        view! {
            <label class="pivot-choice">
                <span aria-hidden="true">{label}</span>
                <Select
                    label=label.to_owned()
                    options=pivot::axes(ledger)
                    chosen
                    on_choose=move |value: String| shell.refine_query(key, &value)
                />
            </label>
        }
    };
    let mut figures = vec![(String::new(), format!("{}数", ledger.counted))];
    figures.extend(pivot::sums(ledger));
    let sum = Signal::derive(move || asked.read().as_ref().map(|a| a.sum.clone()).unwrap_or_default());
    let sums = (figures.len() > 1).then(|| {
        view! {
            <label class="pivot-choice">
                <span aria-hidden="true">"统计"</span>
                <Select
                    label="统计".to_owned()
                    options=figures
                    chosen=sum
                    on_choose=move |value: String| shell.refine_query(pivot::SUM, &value)
                />
            </label>
        }
    });
    view! {
        <div class="pivot-tools no-print">
            {axes("行", pivot::ROWS, |a| &a.rows)}
            {axes("列", pivot::COLUMNS, |a| &a.columns)}
            {sums}
        </div>
        {move || pivot.read().as_ref().map(|pivot| table(ledger, pivot))}
    }
    .into_any()
}

fn table(ledger: &'static Ledger, pivot: &Pivot) -> AnyView {
    if pivot.rows.is_empty() || pivot.columns.is_empty() {
        return view! { <EmptyState why="没有可以统计的记录。" /> }.into_any();
    }
    if pivot.columns.len() > MOST_COLUMNS {
        let why = format!(
            "这样分有 {} 列，看不过来。请换一项作列，或先筛选。",
            pivot.columns.len()
        );
        return view! { <EmptyState why /> }.into_any();
    }
    let heads = pivot
        .columns
        .iter()
        .map(|label| view! { <th scope="col" class="num">{label.clone()}</th> });
    let rows = pivot.rows.iter().map(row).collect_view();
    let totals = pivot.totals.iter().map(cell).collect_view();
    let note = pivot
        .repeats
        .then(|| view! { <p class="note">"一条记录可计入几格，合计只算一次。"</p> });
    view! {
        <div class="pivot" tabindex="0" role="region" aria-label=format!("{}交叉统计", ledger.label)>
            <table>
                <thead>
                    <tr>
                        <td></td>
                        {heads.collect_view()}
                        <th scope="col" class="num">"合计"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"合计"</th>
                        {totals}
                        <td class="num">{pivot.total.clone()}</td>
                    </tr>
                </tfoot>
            </table>
        </div>
        {note}
    }
    .into_any()
}

fn row(row: &PivotRow) -> AnyView {
    let cells = row.cells.iter().map(cell).collect_view();
    view! { <tr><th scope="row">{row.label.clone()}</th>{cells}{cell(&row.total)}</tr> }.into_any()
}

fn cell(cell: &PivotCell) -> AnyView {
    if cell.href.is_empty() {
        return view! { <td class="num is-none">"0"</td> }.into_any();
    }
    view! { <td class="num"><a href=cell.href.clone()>{cell.text.clone()}</a></td> }.into_any()
}
