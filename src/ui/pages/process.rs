//! 筑梦流程: the steps of a plan, who takes them, and how far each unit is.

use leptos::prelude::*;

use super::place::led;
use crate::model::ledger::Programme;
use crate::model::status::Status;
use crate::ui::app::use_shell;
use crate::ui::components::button::ButtonKind;
use crate::ui::components::card::{Card, Lede, Words};
use crate::ui::components::frame::Head;
use crate::ui::components::status::status_tag;
use crate::ui::figures::{link, narrow_bar, period_bar, use_narrowed_figures};
use crate::ui::tables::{Asks, figures_menu};
use crate::view::charts::Source;
use crate::view::programmes::dream::process::{ProcessVm, UnitVm, plans_href, process};
use crate::view::route::Route;
use crate::view::tables::book::of_process;
use crate::view::tables::seen::Over;

/// The page.
pub fn page() -> AnyView {
    use_shell().head.set(Head {
        back: Some(link(Route::Programme(Programme::Dream))),
        ..Head::titled("筑梦流程")
    });
    let figures = use_narrowed_figures();
    let vm = Memo::new(move |_| figures.source(process));
    let lede = Signal::derive(move || vm.with(lede));
    let rule = move || {
        vm.with(|vm| {
            let limit = vm.limit;
            format!("在一个环节停留不超过 {limit} 天为正常，超过为预警，超过一倍或者还没有计划为滞后；从来没有填报计划的不评。")
        })
    };
    let year = Signal::derive(move || format!("{} 年年度计划", vm.with(|vm| vm.year)));
    let until = Signal::derive(move || format!("截至 {}", figures.asked().1));
    let sheets = |source: Source<'_>, over: &Over, _| of_process(process(source), over);
    let export = figures_menu(figures, Asks::Format, "筑梦流程".to_owned(), sheets);
    view! {
        <Lede parts=lede />
        <div class="charts-bar">{period_bar(figures)} {narrow_bar(figures)} {export}</div>
        <div class="grid">
            <Card title="步骤".to_owned() meta=year class="span-12">{move || vm.with(steps)}</Card>
            <Card title="各村（社区）进度".to_owned() meta=until class="span-12">
                <p class="note">{rule}</p>
                {move || vm.with(units)}
            </Card>
        </div>
        <p class="button-row no-print">
            <a class=ButtonKind::Plain.class() href=move || plans_href(vm.with(|vm| vm.year))>"看全部计划"</a>
        </p>
    }
    .into_any()
}

/// `39 个村（社区）的 2022 年年度计划：36 个已定稿，3 个正常。`
fn lede(vm: &ProcessVm) -> Vec<Words> {
    let words = [
        (Status::Done, "已定稿"),
        (Status::Ok, "正常"),
        (Status::Warn, "预警"),
        (Status::Late, "滞后"),
        (Status::None, "没有填报"),
    ];
    let counted = words.map(|(status, word)| (vm.count(status), word)).into_iter();
    let said: Vec<String> = counted
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} 个{word}"))
        .collect();
    vec![
        Words::Plain(format!("{} 个村（社区）的 {} 年年度计划：", vm.units.len(), vm.year)),
        Words::Fact(said.join("，")),
        Words::Plain("。".to_owned()),
    ]
}

fn steps(vm: &ProcessVm) -> AnyView {
    let rows = vm.steps.iter().zip(1..).map(|(step, number)| {
        view! {
            <tr>
                <td>{format!("{number}. {}", step.label)}</td>
                <td>{step.who}</td>
                <td class="num" data-value=step.here.to_string()>{step.here}</td>
            </tr>
        }
    });
    view! {
        <table class="mini">
            <thead>
                <tr>
                    <th scope="col">"步骤"</th>
                    <th scope="col">"办理"</th>
                    <th scope="col" class="num">"停在这一步"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn units(vm: &ProcessVm) -> AnyView {
    let row = |unit: &UnitVm| {
        let waiting = unit.waiting.map_or_else(String::new, |days| format!("{days} 天"));
        let returned = (unit.returned > 0).then(|| format!("{} 次", unit.returned));
        let words = (unit.status == Status::None).then(|| "没有填报".to_owned());
        view! {
            <tr>
                <td><a href=unit.href.clone()>{unit.name.clone()}</a></td>
                <td>{status_tag(unit.status, words)}</td>
                <td>{led(unit.stage.to_owned(), unit.plan.clone())}</td>
                <td class="num nowrap">{waiting}</td>
                <td class="nowrap">{unit.since.map(|day| day.to_string())}</td>
                <td class="num nowrap">{returned}</td>
            </tr>
        }
    };
    view! {
        <div class="scroll-x">
            <table class="mini">
                <thead>
                    <tr>
                        <th scope="col">"村（社区）"</th>
                        <th scope="col">"状态"</th>
                        <th scope="col">"所在环节"</th>
                        <th scope="col" class="num">"已停留"</th>
                        <th scope="col">"日期"</th>
                        <th scope="col" class="num">"退回"</th>
                    </tr>
                </thead>
                <tbody>{vm.units.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
