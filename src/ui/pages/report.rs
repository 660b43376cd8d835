//! 与文章核对: every figure of the article beside what the records give.

use leptos::prelude::*;

use super::unit::elsewhere;
use crate::model::article;
use crate::model::engine::indicator::{Period, Scope};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes;
use crate::model::programmes::town::ledgers::Unit;
use crate::model::programmes::town::rules::WINDOW_START;
use crate::model::status::Status;
use crate::ui::components::card::{Card, Lede, Words};
use crate::ui::components::status::status_tag;
use crate::ui::figures::{Figures, use_figures};
use crate::view::reach;
use crate::view::route::{Address, Route};

/// The page.
pub fn report() -> AnyView {
    let figures = use_figures();
    let reach = Memo::new(move |_| figures.reach());
    (move || match reach.get() {
        Scope::Town => compared(figures),
        _ => elsewhere(figures, ""),
    })
    .into_any()
}

fn compared(figures: Figures) -> AnyView {
    let all = Memo::new(move |_| {
        let (_, day) = figures.asked();
        Compared(figures.town.read(|desk| article::figures(desk.replica(), day)))
    });
    let lede = Signal::derive(move || {
        let all = all.read();
        let count = |is: Option<bool>| all.0.iter().filter(|f| f.matches() == is).count();
        let (same, rest, open) = (count(Some(true)), count(Some(false)), count(None));
        let mut said = vec![format!("{same} 个一致")];
        said.extend((rest > 0).then(|| format!("{rest} 个不一致")));
        said.extend((open > 0).then(|| format!("{open} 个还没有填报")));
        vec![
            Words::Plain(format!("文章中的 {} 个数字，从台账算出", all.0.len())),
            Words::Fact(if same == all.0.len() {
                "全部一致".into()
            } else {
                said.join("，")
            }),
            Words::Plain("。".into()),
        ]
    });
    let about = Signal::derive(move || {
        let event = figures.town.read(|desk| {
            let start = WINDOW_START.get(&programmes::settings(desk.replica()));
            start.map(|day| reach::period_told(Period::Since(day), desk.replica()))
        });
        let event = event.map_or_else(String::new, |event| format!("，夜话和计划按 {event}统计"));
        format!("截至 {}{event}", figures.asked().1)
    });
    view! {
        <p class="print-only paper-line">{move || figures.on_paper()}</p>
        <Lede parts=lede />
        <Card title="逐项核对".to_owned() meta=about flush=true>
            <div class="article-table">{move || table(&all.read().0)}</div>
        </Card>
    }
    .into_any()
}

/// The figures as memos compare them.
#[derive(Clone, PartialEq)]
struct Compared(Vec<article::Figure>);

fn table(all: &[article::Figure]) -> AnyView {
    let rows = all.iter().map(|figure| {
        // Units stand on a page of their own rather than in a ledger.
        let to = if figure.ledger == Unit::LEDGER.id {
            Route::Units
        } else {
            Route::Ledger(figure.ledger.to_owned())
        };
        let (status, words) = match figure.matches() {
            Some(true) => (Status::Ok, "一致"),
            Some(false) => (Status::Late, "不一致"),
            None => (Status::None, "没有填报"),
        };
        let computed = if figure.computed.is_empty() {
            "--".to_owned()
        } else {
            figure.computed.clone()
        };
        view! {
            <tr data-figure=figure.id>
                <td>{figure.label}</td>
                <td class="article-quote">{figure.quote}</td>
                <td class="num">{figure.expected.clone()}</td>
                <td class="num" data-value=figure.computed.clone()><b>{computed}</b></td>
                <td>{status_tag(status, Some(words.to_owned()))}</td>
                <td><a href=Address::from(to).hash()>"看记录"</a></td>
            </tr>
        }
    });
    view! {
        <table class="mini">
            <thead>
                <tr>
                    <th scope="col">"事项"</th>
                    <th scope="col">"文章原文"</th>
                    <th scope="col" class="num">"文章"</th>
                    <th scope="col" class="num">"台账"</th>
                    <th scope="col">"核对"</th>
                    <th scope="col">"依据"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
