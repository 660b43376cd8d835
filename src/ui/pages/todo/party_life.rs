//! Organisation life: units by months, what was held, what is due and what is late.

use leptos::prelude::*;

use super::{by_units, on_paper, over, reach, use_dues};
use crate::model::engine::due::State;
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind, Select};
use crate::ui::components::card::{Lede, Words};
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::figures::link;
use crate::ui::tables::{Asks, export_menu};
use crate::view::party_life::{self as vm, CellVm, KIND, MatrixVm, RowVm};
use crate::view::route::Route;
use crate::view::tables::dues::party_life as sheet_of;

/// The page `#/party-life`.
pub fn party_life() -> AnyView {
    use_shell().head.set(Head {
        back: Some(link(Route::Todo)),
        ..Head::titled("组织生活")
    });
    let dues = use_dues();
    let kind = Signal::derive(move || dues.shell.address.read().get(KIND).unwrap_or_default().to_owned());
    let shown = Memo::new(move |_| {
        let kind = kind.get();
        let kind = (!kind.is_empty()).then_some(kind.as_str());
        dues.town
            .read(|desk| vm::matrix(desk.replica(), desk.today(), &reach(desk), kind))
    });
    let lede = Signal::derive(move || lede(&shown.read()));
    let kinds = Signal::derive(vm::kinds);
    let print = move |()| {
        if window().print().is_err() {
            dues.shell.toasts.say("浏览器不能打印这一页", None);
        }
    };
    let make = move |_| {
        let (over, name) = over(dues, "组织生活");
        (name, vec![sheet_of(&shown.read_untracked(), &over)])
    };
    view! {
        {on_paper(dues)}
        <Lede parts=lede />
        <div class="charts-bar no-print">
            <div class="period-bar" role="group" aria-label="看哪一种">
                <Select label="类型" options=kinds chosen=kind on_choose=move |key: String| dues.refine(KIND, &key) />
            </div>
            <div class="button-row">
                <a class=ButtonKind::Plain.class() href=vm::todo_href()>"看待办"</a>
                <a class=ButtonKind::Plain.class() href=link(Route::Ledger("branch".to_owned()))>"党组织名册"</a>
                {export_menu(dues.town, Asks::Format, make)} <Button label="打印".to_owned() on_press=print />
            </div>
        </div>
        <p class="note">
            "格里是已开展／应开展的项数，点一格就记那一次；按季度、年度的算在到期的那个月。应开展多少按党组织名册里的支部、党员数和党小组数算，没有登记支部的按村（社区）算一个；从第一次登记的那个月起算，以前的不知道。"
        </p>
        {move || drawn(&shown.read())}
    }
    .into_any()
}

fn lede(shown: &MatrixVm) -> Vec<Words> {
    let [late, due, done] = shown.counts;
    if late + due + done == 0 {
        return vec![Words::Plain(format!("{} 年还没有登记组织生活。", shown.year))];
    }
    let mut said = vec![
        Words::Plain(format!("{} 年的组织生活：", shown.year)),
        Words::Fact(format!("已开展 {done} 项")),
        Words::Plain(format!("，{due} 项还没有到期，")),
        Words::Fact(format!("{late} 项逾期没有开展")),
    ];
    if shown.no_minutes > 0 {
        said.push(Words::Plain(format!("，{} 次没有记要", shown.no_minutes)));
    }
    if shown.silent > 0 {
        said.push(Words::Plain(format!("；{} 个村（社区）没有填报，不评", shown.silent)));
    }
    said.push(Words::Plain("。".to_owned()));
    said
}

fn drawn(shown: &MatrixVm) -> AnyView {
    if shown.rows.is_empty() {
        return view! { <EmptyState why="还没有村（社区）。" /> }.into_any();
    }
    let cell = |cell: &CellVm| {
        let minutes =
            (cell.no_minutes > 0).then(|| view! { <span class="life-minutes" aria-label="没有记要">"缺"</span> });
        by_units::cell(
            cell.state,
            (&cell.text, &cell.title),
            cell.href.as_deref(),
            minutes.into_any(),
        )
    };
    let row = |row: &RowVm| {
        let rate = if row.silent { "没有填报" } else { row.rate.as_str() };
        let rate = view! { <td class="num nowrap">{rate.to_owned()}</td> }.into_any();
        let cells = row.cells.iter().map(cell).chain([rate]);
        by_units::row(&row.name, &row.href, cells.collect())
    };
    let columns = shown.columns.iter().map(|head| (head.clone(), false));
    let heads = columns.chain([("按期／应开展".to_owned(), true)]).collect();
    let states = [State::Done, State::Soon, State::Late, State::Waived];
    view! {
        {by_units::table("组织生活", heads, shown.rows.iter().map(row).collect())}
        {by_units::legend(&states, "缺：没有记要")}
    }
    .into_any()
}
