//! 发展党员: every person by stage, with the next step and its days; a step registered for several persons at once.

mod together;

use leptos::prelude::*;

use crate::model::engine::due::State;
use crate::model::ledger::{Programme, TypedRow as _};
use crate::model::programmes::seedling::ledgers::Quota;
use crate::model::programmes::seedling::ledgers::development::Development;
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::card::{Card, Lede, Words};
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::components::portion::portion;
use crate::ui::components::status::status_tag;
use crate::ui::figures::{Figures, link, narrow_bar, use_narrowed_figures};
use crate::ui::pages::todo::status;
use crate::ui::tables::{Asks, figures_menu};
use crate::view::charts::Source;
use crate::view::portion::BLOCKS;
use crate::view::programmes::seedling::board::{self as vm, BoardVm, Card as Person, STAGES};
use crate::view::route::Route;
use crate::view::tables::dues::development as vm_sheet;
use crate::view::tables::seen::Over;

/// Query key of the step that is registered for several persons.
const ACT: &str = "act";

/// The page `#/development`.
pub fn page() -> AnyView {
    let shell = use_shell();
    shell.head.set(Head {
        back: Some(link(Route::Programme(Programme::Seedling))),
        ..Head::titled("发展党员")
    });
    let figures = use_narrowed_figures();
    let board = Memo::new(move |_| figures.source(vm::board));
    let lede = Signal::derive(move || board.with(lede));
    let act = Memo::new(move |_| shell.address.read().get(ACT).unwrap_or_default().to_owned());
    let print = move |()| {
        if window().print().is_err() {
            shell.toasts.say("浏览器不能打印这一页", None);
        }
    };
    let sheets = |source: Source<'_>, over: &Over, personal| vec![vm_sheet(&vm::board(source), over, personal)];
    let new = link(Route::NewRecord(Development::SCHEMA.id.to_owned()));
    let body = move || {
        match board.with(|board| board.is_empty) {
        true => empty(),
        false => view! { <div class="stages">{STAGES.iter().enumerate().map(|(place, _)| column(board, place)).collect_view()}</div> }
            .into_any(),
    }
    };
    view! {
        <p class="print-only paper-line">{move || figures.on_paper()}</p>
        <Lede parts=lede />
        <div class="charts-bar no-print">
            {narrow_bar(figures)}
            <div class="button-row">
                <a class=ButtonKind::Plain.class() href=new>"建一份发展档案"</a>
                <a class=ButtonKind::Plain.class() href=link(Route::Ledger(Quota::SCHEMA.id.to_owned()))>"年度指标"</a>
                <a class=ButtonKind::Plain.class() href=link(Route::Ledger(Development::SCHEMA.id.to_owned()))>"台账"</a>
                {figures_menu(figures, Asks::Names, "发展党员".to_owned(), sheets)}
                <Button label="打印".to_owned() on_press=print />
            </div>
        </div>
        {together::panel(figures, board, act)}
        {body}
    }
    .into_any()
}

fn empty() -> AnyView {
    view! { <EmptyState why="还没有发展档案。收到入党申请书后，按“建一份发展档案”登记；以后每一步都在这里办。" /> }
        .into_any()
}

/// `在办 45 人：入党申请人 12，…；3 人有步骤逾期，2 人近期到期；2022 年已接收 20 人，指标 28 人，还可接收 8 人。`
fn lede(board: &BoardVm) -> Vec<Words> {
    if board.is_empty {
        return vec![Words::Plain("还没有发展档案。".to_owned())];
    }
    let all = board.cards().count();
    let stages = board.columns.iter().filter(|column| !column.cards.is_empty());
    let stages: Vec<String> = stages
        .map(|column| format!("{} {}", column.stage.label(), column.cards.len()))
        .collect();
    let mut said = vec![Words::Fact(format!("在办 {all} 人"))];
    if !stages.is_empty() {
        said.push(Words::Plain(format!("：{}", stages.join("，"))));
    }
    let (late, soon) = (board.count(State::Late), board.count(State::Soon));
    said.push(Words::Plain("；".to_owned()));
    said.push(Words::Fact(match late {
        0 => "没有步骤逾期".to_owned(),
        late => format!("{late} 人有步骤逾期"),
    }));
    if soon > 0 {
        said.push(Words::Plain(format!("，{soon} 人 15 天内到期")));
    }
    let year = board.day.year();
    said.push(Words::Plain(match &board.quota {
        Some(quota) => format!("；{year} 年{}。", quota.words()),
        None => format!("；{year} 年没有登记发展指标。"),
    }));
    said
}

/// One stage and the persons in it.
fn column(board: Memo<BoardVm>, place: usize) -> AnyView {
    let cards = Signal::derive(move || {
        board.with(|board| {
            board
                .columns
                .get(place)
                .map_or_else(Vec::new, |column| column.cards.clone())
        })
    });
    let count = Signal::derive(move || format!("{} 人", cards.read().len()));
    let frame = |rows: Vec<AnyView>| match rows.is_empty() {
        true => view! { <p class="note stage-none">"没有人"</p> }.into_any(),
        false => view! { <ul class="stage-list">{rows}</ul> }.into_any(),
    };
    view! {
        <Card title=STAGES[place].label().to_owned() meta=count flush=true>
            {portion(cards, BLOCKS, person, frame)}
        </Card>
    }
    .into_any()
}

fn person(card: Person) -> AnyView {
    let waiting = card
        .waiting
        .filter(|days| *days > 0)
        .map(|days| format!("已等 {days} 天"));
    let tag = (card.state != State::Ahead).then(|| status_tag(status(card.state), Some(card.state.label().to_owned())));
    view! {
        <li class="stage-person" data-file=card.id>
            <p>
                <a class="strong" href=card.href>{card.name}</a> " "
                <a class="small" href=card.unit.1>{card.unit.0}</a> {tag}
            </p>
            <p class="small">{format!("下一步：{}", card.next)} <span class="muted">{format!("（{}）", card.who)}</span></p>
            <p class="small muted">{[Some(card.says).filter(|says| !says.is_empty()), waiting].into_iter().flatten().collect::<Vec<_>>().join("，")}</p>
        </li>
    }
    .into_any()
}

/// Whether the board shows today: only then steps can be registered from it.
fn is_today(figures: Figures) -> bool {
    figures.town.read(|desk| desk.today()) == figures.asked().1
}
