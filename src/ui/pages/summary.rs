//! 汇总表: units by chosen indicators, sorted, printed, exported.

use std::ops::Range;

use leptos::prelude::*;

use crate::desk::Desk;
use crate::exchange::writing::town_name;
use crate::model::engine::indicator::Indicator;
use crate::model::ledger::Programme;
use crate::model::programmes::indicators;
use crate::ui::app::{Shell, use_shell};
use crate::ui::components::button::Button;
use crate::ui::figures::{narrow_bar, narrowed, period_bar, use_narrowed_figures};
use crate::ui::screen::{print, use_screen};
use crate::ui::tables::{Asks, Wanted, export_menu};
use crate::view::route::{ListQuery, Sort, key};
use crate::view::summary_table::{self as vm, SHOWN, SummaryRow, SummaryTable, Whose};
use crate::view::tables::write::date_in_words;

/// The page `#/summary`.
pub fn summary() -> AnyView {
    let figures = use_narrowed_figures();
    let shell = use_shell();
    let chosen = Memo::new(move |_| vm::chosen(shell.address.read().get(SHOWN)));
    let sort = Memo::new(move |_| ListQuery::of(&shell.address.read().query).sort);
    let table = move || figures.source(|source| vm::build(source.board, source.records, chosen.get(), sort.get()));
    let screen = use_screen();
    let make = move |_: Wanted| {
        let table = untrack(table);
        figures.source(|source| {
            let town = town_name(figures.town.read_untracked(|desk| desk.snapshot()).as_ref());
            let title = format!("{town}党建工作汇总表");
            let line = format!(
                "单位：{town}　统计期：{}　截至：{}　制表日期：{}",
                source.board.period().label(),
                date_in_words(source.board.as_of()),
                date_in_words(figures.town.read_untracked(Desk::today))
            );
            let name = format!("{title} {}", source.board.as_of());
            (name, vec![vm::sheet(source.board, &table, title, line)])
        })
    };
    view! {
        <div class="charts-bar">
            {period_bar(figures)} {narrow_bar(figures)}
            <div class="button-row no-print">
                <Button label="打印".to_owned() on_press=move |()| print(screen) />
                {export_menu(figures.town, Asks::Format, make)}
            </div>
        </div>
        {columns(shell, chosen)}
        {move || parts(shell, &table(), screen.printing.get())}
    }
    .into_any()
}

/// Which indicators are shown, a tick each.
fn columns(shell: Shell, chosen: Memo<Vec<&'static Indicator>>) -> AnyView {
    let tick = move |indicator: &'static Indicator| {
        let is_on = move || chosen.read().contains(&indicator);
        let toggle = move |_| {
            let mut all = chosen.get_untracked();
            match all.iter().position(|one| *one == indicator) {
                // The last one stays: a table of nothing shows nothing.
                Some(at) if all.len() > 1 => drop(all.remove(at)),
                Some(_) => {}
                None => all.push(indicator),
            }
            shell.refine_query(SHOWN, &vm::query_of(&all));
        };
        view! {
            <label class="tick">
                <input type="checkbox" prop:checked=is_on on:change=toggle />
                {indicator.name}
            </label>
        }
    };
    let group = move |programme: Programme| {
        let own = indicators().filter(|indicator| indicator.programme == programme);
        view! {
            <fieldset>
                <legend>{programme.label()}</legend>
                {own.map(tick).collect_view()}
            </fieldset>
        }
    };
    let count = move || format!("选择指标（已选 {} 个）", chosen.read().len());
    view! {
        <details class="fold no-print">
            <summary>{count}</summary>
            <div class="ticks">{Programme::ALL.map(group).into_iter().collect_view()}</div>
        </details>
    }
    .into_any()
}

/// Most indicators beside each other on a sheet of paper.
const ACROSS: usize = 7;

/// The table; on paper in parts that a sheet holds.
fn parts(shell: Shell, table: &SummaryTable, printing: bool) -> AnyView {
    let all = table.columns.len();
    let across = if printing { ACROSS } else { all.max(1) };
    let part = |from: usize| drawn(shell, table, from..(from + across).min(all));
    (0..all).step_by(across).map(part).collect_view().into_any()
}

fn drawn(shell: Shell, table: &SummaryTable, shown: Range<usize>) -> AnyView {
    let sorted = table.sort.clone();
    let head = |indicator: &&'static Indicator| {
        let id = indicator.id;
        let own = sorted.as_ref().filter(|sort| sort.column == id);
        let state = own.map_or("none", |sort| if sort.descending { "descending" } else { "ascending" });
        let next = match own {
            None => format!("-{id}"),
            Some(Sort { descending: true, .. }) => id.to_owned(),
            Some(_) => String::new(),
        };
        let mark = match state {
            "descending" => " ↓",
            "ascending" => " ↑",
            _ => "",
        };
        let printed = format!("{} {}", indicator.name, vm::measure_of(indicator));
        view! {
            <th scope="col" class="num" aria-sort=state data-head=printed>
                <button type="button" class="button button-link" on:click=move |_| shell.refine_query(key::SORT, &next)>
                    {indicator.name} {vm::measure_of(indicator)} {mark}
                </button>
            </th>
        }
    };
    let row = |row: &SummaryRow| {
        let class = match row.whose {
            Whose::Unit => "",
            Whose::District => "is-subtotal",
            Whose::Town => "is-total",
        };
        let name = match row.href.is_empty() {
            true => row.name.clone().into_any(),
            false => view! { <a href=row.href.clone()>{row.name.clone()}</a> }.into_any(),
        };
        let cells = row.cells.iter().skip(shown.start).take(shown.len()).map(|cell| {
            let share = (!cell.share.is_empty()).then(|| view! { <span class="note">{cell.share.clone()}</span> });
            view! { <td class="num"><a href=narrowed(shell, &cell.href)>{cell.text.clone()}</a> {share}</td> }
        });
        view! { <tr class=class><th scope="row">{name}</th> {cells.collect_view()}</tr> }
    };
    view! {
        <div class="chart-scroll summary-scroll" tabindex="0" role="region" aria-label="汇总表">
            <table class="mini summary-table">
                <thead>
                    <tr>
                        <th scope="col">"村（社区）"</th>
                        {table.columns.iter().skip(shown.start).take(shown.len()).map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>{table.rows.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
