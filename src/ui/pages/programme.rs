//! A programme: what stands, what moves, what is missing.

use leptos::prelude::*;

use super::overview::{figure_link, follow_ups};
use crate::model::engine::indicator::{Board, Scope};
use crate::model::ledger::{Ledger, Programme};
use crate::model::programmes::catalogue;
use crate::model::programmes::indicators;
use crate::ui::app::use_shell;
use crate::ui::components::button::ButtonKind;
use crate::ui::components::card::{Card, Lede, Words};
use crate::ui::components::chart::chart;
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::components::portion::{more, opened};
use crate::ui::components::status::status_tag;
use crate::ui::figures::{Figures, link, narrow_bar, period_bar, use_narrowed_figures};
use crate::ui::statistics::{earlier, section_cards, statistic_sheets};
use crate::ui::tables::{Asks, figures_menu};
use crate::view::charts::{ChartVm, Source};
use crate::view::follow::{self, EntryVm, FollowVm, GAP};
use crate::view::format;
use crate::view::list::live_records;
use crate::view::overview as vm;
use crate::view::portion::{Portion, ROWS};
use crate::view::programmes;
use crate::view::route::{Address, Route};
use crate::view::section::wide;
use crate::view::show;
use crate::view::standing::{Overdue, Standing, standing};
use crate::view::statistics;
use crate::view::tables::book;
use crate::view::tables::seen::Over;
use crate::view::unit_page;

/// The page.
pub fn programme(programme: Programme) -> AnyView {
    use_shell().head.set(Head::titled(programme.full_name()));
    let figures = use_narrowed_figures();
    let todo = follow_ups(figures, Scope::Town);
    let own = Memo::new(move |_| {
        let mut own = todo.get();
        own.retain(|f| f.programme == programme);
        own
    });
    let lede = Signal::derive(move || figures.with(|board| lede(board, programme, &own.read())));
    let about = Signal::derive(move || figures.asked().0.label());
    // What is missing is missing now, whatever period the figures are of.
    let until = Signal::derive(move || format!("截至 {}", figures.asked().1));
    let drawing = move |draw: fn(Source) -> ChartVm| Signal::derive(move || figures.source(draw));
    let reach = Memo::new(move |_| figures.reach());
    let drawn = move || {
        let all = programmes::charts(programme, &reach.read());
        let wide = wide(&vec![false; all.len()]);
        all.iter()
            .zip(wide)
            .map(|(draw, wide)| chart(drawing(*draw), if wide { "span-12" } else { "span-6" }, 290.0))
            .collect_view()
    };
    let sheets = move |source: Source<'_>, over: &Over, personal| {
        let scope = figures.reach();
        let mut all = book::of_programme(source, (programme, &scope), &own.read_untracked(), over, personal);
        all.extend(statistic_sheets(figures, programme, &Scope::Town, over));
        all
    };
    let export = figures_menu(figures, Asks::Names, programme.full_name().to_owned(), sheets);
    let among = move || {
        let whole = *reach.read() == Scope::Town;
        whole.then(|| {
            view! { <Card title="各片区进度".to_owned() class="span-5">{move || districts(figures, programme, &Overdue::of(&own.read()))}</Card> }
        })
    };
    view! {
        <Lede parts=lede />
        <div class="charts-bar">{period_bar(figures)} {narrow_bar(figures)} {export} {ways(programme)}</div>
        <div class="grid">
            <Card title="现状".to_owned() meta=about class="span-7">
                {move || readings(figures, programme, &Scope::Town)}
            </Card>
            {among}
            <Card title="还缺什么".to_owned() meta=until class="span-12" flush=true>{move || gap_lists(figures, &own.read())}</Card>
            {drawn}
            {section_cards(figures, programme)}
            <Card title="台账".to_owned() class="span-12">{move || ledgers(figures, programme)}</Card>
        </div>
    }
    .into_any()
}

/// Pages that belong to one programme alone.
fn ways(programme: Programme) -> Option<AnyView> {
    let ways: &[(&str, Route)] = match programme {
        Programme::Dream => &[("筑梦流程", Route::Process)],
        Programme::Lead => &[("换届", Route::Elections), ("书记通讯录", Route::Secretaries)],
        Programme::Seedling => &[("发展党员", Route::Development)],
        Programme::Base | Programme::Phoenix => return None,
    };
    let way = |(words, route): &(&'static str, Route)| {
        let (words, route) = (*words, route.clone());
        let way = move || link(route.clone());
        view! { <a class=ButtonKind::Plain.class() href=way>{words}</a> }
    };
    Some(view! { <div class="button-row end no-print">{ways.iter().map(way).collect_view()}</div> }.into_any())
}

fn lede(board: &Board, programme: Programme, todo: &[FollowVm]) -> Vec<Words> {
    let [(indicator, word), ..] = programmes::card(programme);
    let main = vm::figures(board, &[indicator], &Scope::Town);
    let mut parts = vec![Words::Plain(format!("{}：", programme.question()))];
    if let Some(main) = main.first() {
        parts.push(Words::Fact(format!("{} {word}", main.shown)));
    }
    let said = standing(board, &Overdue::of(todo), programme, &Scope::Town).words;
    parts.push(Words::Plain(format!("，{said}")));
    let (goals, reached) = vm::reached(board, programme, &Scope::Town);
    parts.push(Words::Plain(format!("，{goals} 项有目标，")));
    parts.push(Words::Fact(format!("{reached} 项达到")));
    parts.push(Words::Plain("；".into()));
    let words = follow::follow_words(todo);
    parts.push(match todo.first() {
        Some(first) => Words::Follow(words, first.list_href.clone()),
        None => Words::Plain(words),
    });
    parts.push(Words::Plain("。".into()));
    parts
}

/// All indicators of a programme for a scope, as a table.
pub fn readings(figures: Figures, programme: Programme, scope: &Scope) -> AnyView {
    let rows = figures.source(|source| {
        let own = indicators().filter(|i| i.programme == programme);
        let row = |i| {
            let (mut figure, reading) = (vm::figure(source.board, i, scope), source.board.reading(i, scope));
            let fact = unit_page::fact(source, &reading).filter(|_| matches!(scope, Scope::Unit(_)));
            let measure = if fact.is_some() { "" } else { i.measure };
            if let Some(fact) = fact {
                (figure.shown, figure.aside) = (fact, String::new());
            }
            (figure, reading, measure)
        };
        own.map(row).collect::<Vec<_>>()
    });
    let before = earlier(figures, programme, scope, |source| {
        let own = indicators().filter(|i| i.programme == programme);
        own.map(|i| statistics::told_then(source, i, scope)).collect::<Vec<_>>()
    });
    let rows = rows.into_iter().enumerate().map(|(place, (f, reading, measure))| {
        let before = before.iter().map(|(word, values)| {
            let value = values.get(place).cloned().unwrap_or_default();
            view! { <td class="num nowrap note" data-label=*word>{value}</td> }
        });
        let before = before.collect_view();
        let aside = (!f.aside.is_empty()).then(|| view! { <small class="note">" " {f.aside.clone()}</small> });
        let (wanted, distance) = vm::goal_words(&reading);
        let some = reading.unknown > 0 && !reading.is_unknown();
        let unknown = some.then(|| view! { <span class="note">{format!("{} 个没有填报", reading.unknown)}</span> });
        view! {
            <tr>
                <td>{f.indicator.name} <span class="note">{f.definition.clone()}</span></td>
                <td class="num"><span class:nowrap=!measure.is_empty()>{figure_link(&f.alone())} " " {measure}</span> {aside}</td>
                {before}
                <td class="num nowrap" data-label="目标">{wanted}</td>
                <td data-label="离目标">{distance}</td>
                <td>{match reading.progress { Some(_) => status_tag(reading.status, None), None => reading.unjudged().into_any() }} {unknown}</td>
            </tr>
        }
    });
    let heads = before
        .iter()
        .map(|(word, _)| view! { <th scope="col" class="num">{*word}</th> });
    let heads = heads.collect_view();
    view! {
        <table class="mini readings">
            <thead>
                <tr>
                    <th scope="col">"指标"</th>
                    <th scope="col" class="num">"实际"</th>
                    {heads}
                    <th scope="col" class="num">"目标"</th>
                    <th scope="col">"离目标"</th>
                    <th scope="col">"状态"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn districts(figures: Figures, programme: Programme, overdue: &Overdue) -> AnyView {
    figures.source(|source| {
        let rows = vm::by_district(source.board, programme)
            .into_iter()
            .map(|(id, progress, rank)| {
                let id = id.as_str();
                let scope = Scope::District(id.to_owned());
                let Standing { status, words: said } = standing(source.board, overdue, programme, &scope);
                let rank = rank.map(|n| view! { <span class="note">{format!(" 第 {n}")}</span> });
                let words = progress.map_or_else(|| "--".to_owned(), crate::view::format::whole);
                let width = format!("width:{}%", progress.map_or(0, crate::view::format::whole_percent));
                let name = show::district_name(source.records, id);
                let name = match id {
                    "" => name.into_any(),
                    id => view! { <a href=link(Route::District(id.to_owned()))>{name}</a> }.into_any(),
                };
                view! {
                    <tr data-district=id.to_owned()>
                        <td>{name} {rank}</td>
                        <td>
                            <span class="bar-track">
                                <span class=format!("bar-fill ground-{}", programme.id()) style=width></span>
                            </span>
                        </td>
                        <td class="num">{words}</td>
                        <td>{status_tag(status, Some(said))}</td>
                    </tr>
                }
            });
        view! { <table class="mini is-bars"><tbody>{rows.collect_view()}</tbody></table> }.into_any()
    })
}

/// Every follow-up with its entries; the one the address names is open.
pub fn gap_lists(figures: Figures, all: &[FollowVm]) -> AnyView {
    let asked = use_shell().address.read().get(GAP).map(str::to_owned);
    if all.is_empty() {
        return view! { <EmptyState why="没有要跟进的缺口；目标达到没有，看现状。" /> }.into_any();
    }
    let lists = all.iter().map(|item| {
        let open = asked.as_deref() == Some(item.id);
        let summary = view! {
            <summary class="todo" data-gap=item.id data-value=item.count().to_string()>
                {status_tag(item.status, None)}
                <div>
                    <b>{item.title.clone()}</b>
                    <span class="todo-why">{item.detail.clone()}</span>
                </div>
                <span class="todo-due">{item.when.clone()}</span>
            </summary>
        };
        let behind = item.clone();
        opened("gap", summary, open, move || gap_body(figures, behind.clone()))
    });
    lists.collect_view().into_any()
}

/// What is behind a follow-up: the first entries, and a way to more.
fn gap_body(figures: Figures, item: FollowVm) -> AnyView {
    let acts = item.acts();
    let ledger = (!acts || item.count() == 1)
        .then(|| view! { <p><a class=ButtonKind::Plain.class() href=item.act_href.clone()>{item.action}</a></p> });
    let limit = RwSignal::new(ROWS);
    let list = move || {
        let shown = Portion::of(item.count(), limit.get());
        let entries = figures
            .town
            .read_untracked(|desk| item.entries(desk.replica(), catalogue(), shown.shown));
        let rows = entries.iter().map(entry_row).collect_view();
        view! {
            <table class="mini">
                <thead>
                    <tr>
                        <th scope="col">"村（社区）"</th>
                        <th scope="col">"记录"</th>
                        <th scope="col" class="num">"天数"</th>
                        <th scope="col">"期限"</th>
                        {acts.then(|| view! { <th scope="col">"办理"</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {more(shown, ROWS, limit)}
        }
    };
    view! { <div class="gap-body">{list} {ledger}</div> }.into_any()
}

fn entry_row(entry: &EntryVm) -> AnyView {
    let action = entry.action;
    let record = match entry.record.clone() {
        Some((title, href)) => view! { <a href=href>{title}</a> }.into_any(),
        None => "没有记录".into_any(),
    };
    let act = entry.act_href.clone().map(|href| {
        let label = format!("{action}：{}", entry.unit);
        view! { <td><a href=href aria-label=label>{action}</a></td> }
    });
    view! {
        <tr>
            <td><a href=entry.unit_href.clone()>{entry.unit.clone()}</a></td>
            <td>{record}</td>
            <td class="num">{entry.days.clone()}</td>
            <td class="nowrap">{entry.due.clone()}</td>
            {act}
        </tr>
    }
    .into_any()
}

fn ledgers(figures: Figures, programme: Programme) -> AnyView {
    let all: Vec<(&'static Ledger, usize)> = figures.town.read(|desk| {
        let all = catalogue().all().iter().copied();
        let own = all.filter(|l| l.programme == Some(programme) && !l.system);
        own.map(|l| (l, live_records(desk.replica(), l).len())).collect()
    });
    let rows = all.into_iter().map(|(ledger, count)| {
        let href = Address::from(Route::Ledger(ledger.id.to_owned())).hash();
        let count = format!("{} {}", format::count(count as i64), ledger.counted);
        view! { <a class="ledger-link" href=href>{ledger.label} <span class="num">{count}</span></a> }
    });
    view! { <div class="ledger-groups">{rows.collect_view()}</div> }.into_any()
}
