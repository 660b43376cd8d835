//! The list of what is due.

use leptos::prelude::*;

use super::{Dues, filters, on_paper, over, use_dues};
use crate::model::engine::due::State;
use crate::model::ledger::Role;
use crate::model::programmes::catalogue;
use crate::model::status::Status;
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind, Segments};
use crate::ui::components::card::{Card, Lede, Words};
use crate::ui::components::frame::Head;
use crate::ui::components::message::{AllDone, EmptyState};
use crate::ui::components::portion::{portion, portion_printed};
use crate::ui::components::status::status_tag;
use crate::ui::figures::link;
use crate::ui::tables::{self, Asks, export_menu};
use crate::view::due::{self as vm, DueVm, Part, Wanted, When, asked};
use crate::view::portion::{BLOCKS, PRINTED, ROWS};
use crate::view::route::Route;
use crate::view::tables::dues::todo as todo_sheet;

/// The page `#/todo`.
pub fn todo() -> AnyView {
    use_shell().head.set(Head::titled("待办"));
    let dues = use_dues();
    let lede = Signal::derive(move || {
        let counts = dues.with(|board, _| vm::counts(board, &dues.wanted.read()));
        vec![Words::Fact(vm::words(counts)), Words::Plain("。".to_owned())]
    });
    let shown = Signal::derive(move || {
        dues.shell
            .address
            .read()
            .get(asked::SHOW)
            .unwrap_or_default()
            .to_owned()
    });
    let options = [("", "要办的"), ("done", "连同已办的")].map(|(key, word)| (key.to_owned(), word.to_owned()));
    let parts = Memo::new(move |_| {
        let with_done = *shown.read() == "done";
        let wanted = dues.wanted.read();
        dues.with(|board, desk| vm::todo(board, desk.replica(), catalogue(), &wanted, with_done))
    });
    let whens = Memo::new(move |_| parts.read().iter().map(|part| part.when).collect::<Vec<_>>());
    let lists = move || {
        let whens = whens.get();
        if whens.is_empty() {
            return view! { <AllDone text="没有要办的事。期限到了提醒日就会列在这里。".to_owned() /> }.into_any();
        }
        whens
            .into_iter()
            .map(|when| part(dues, parts, when))
            .collect_view()
            .into_any()
    };
    let print = move |()| {
        if window().print().is_err() {
            dues.shell.toasts.say("浏览器不能打印这一页", None);
        }
    };
    view! {
        {on_paper(dues)}
        <Lede parts=lede />
        {filters(dues)}
        <div class="charts-bar no-print">
            <Segments
                label="列哪些"
                options=options.to_vec()
                chosen=shown
                on_choose=move |key: String| dues.refine(asked::SHOW, &key)
            />
            <div class="button-row">
                <a class=ButtonKind::Plain.class() href=link(Route::Calendar)>"日历"</a>
                <a class=ButtonKind::Plain.class() href=link(Route::PartyLife)>"组织生活"</a>
                <a class=ButtonKind::Plain.class() href=link(Route::Elections)>"换届"</a>
                <a class=ButtonKind::Plain.class() href=link(Route::Development)>"发展党员"</a>
                <a class=ButtonKind::Plain.class() href=link(Route::Ledger("supervision".to_owned()))>"督办台账"</a>
                {export(dues, parts)} <Button label="打印".to_owned() on_press=print />
            </div>
        </div>
        <div class="stack">{lists}</div>
    }
    .into_any()
}

/// `导出表格` of the list as it is shown.
fn export(dues: Dues, parts: Memo<Vec<Part>>) -> AnyView {
    let make = move |wanted: tables::Wanted| {
        let (over, name) = over(dues, "待办");
        (name, vec![todo_sheet(&parts.read_untracked(), &over, wanted.personal)])
    };
    export_menu(dues.town, Asks::Names, make)
}

/// What is due in one unit, on its page: the late ones first.
pub fn unit_card(code: &str) -> AnyView {
    let dues = use_dues();
    let wanted = Wanted {
        unit: Some(code.to_owned()),
        ..Wanted::default()
    };
    let wanted = StoredValue::new(wanted);
    let list = Memo::new(move |_| {
        let parts = wanted
            .with_value(|wanted| dues.with(|board, desk| vm::todo(board, desk.replica(), catalogue(), wanted, false)));
        parts.into_iter().flat_map(|part| part.list).collect::<Vec<_>>()
    });
    let said =
        Signal::derive(move || wanted.with_value(|wanted| dues.with(|board, _| vm::words(vm::counts(board, wanted)))));
    let frame = |rows: Vec<AnyView>| match rows.is_empty() {
        true => view! { <EmptyState why="没有到期的事。" /> }.into_any(),
        false => view! { <ul class="dues">{rows}</ul> }.into_any(),
    };
    view! {
        <Card title="待办".to_owned() meta=said class="span-12" flush=true link=("全部待办".to_owned(), vm::unit_href(code))>
            {portion(list.into(), BLOCKS, move |due| row(dues, due), frame)}
        </Card>
    }
    .into_any()
}

fn part(dues: Dues, parts: Memo<Vec<Part>>, when: When) -> AnyView {
    let list = Signal::derive(move || {
        let parts = parts.read();
        let own = parts.iter().find(|part| part.when == when);
        own.map_or_else(Vec::new, |part| part.list.clone())
    });
    let count = Signal::derive(move || format!("{} 件", list.read().len()));
    let frame = |rows: Vec<AnyView>| view! { <ul class="dues">{rows}</ul> }.into_any();
    view! {
        <Card title=when.label().to_owned() meta=count flush=true>
            {portion_printed(list, ROWS, PRINTED, move |due| row(dues, due), frame)}
        </Card>
    }
    .into_any()
}

/// The status that a state looks like.
pub(in crate::ui::pages) fn status(state: State) -> Status {
    match state {
        State::Late => Status::Late,
        State::Soon => Status::Warn,
        State::Ahead => Status::Ok,
        State::Done => Status::Done,
        State::Waived => Status::None,
    }
}

fn row(dues: Dues, due: DueVm) -> AnyView {
    // What is followed up already is not followed up twice.
    let supervise = dues.town.read_untracked(|desk| {
        let may = desk.person().role == Role::Town && due.state == State::Late && !due.code.is_empty();
        (may && due.noted.is_none()).then(|| vm::supervision_href(desk.replica(), desk.today(), &due))
    });
    let supervise = supervise.map(|href| view! { <a class="button button-link" href=href>"转督办"</a> });
    let words = match due.state {
        State::Waived => "看登记",
        _ => "督办中",
    };
    let noted = due
        .noted
        .clone()
        .map(|href| view! { <a class="button button-link" href=href>{words}</a> });
    let can_write = dues.town.read_untracked(|desk| desk.person().role != Role::Viewer);
    // What does not apply is a record of a unit.
    let waive = (can_write && due.act.is_some() && !due.code.is_empty())
        .then(|| view! { <a class="button button-link" href=vm::waiver_href(&due)>"不适用"</a> });
    // What is registered by others is said in place of a button that leads to a form nobody here may save.
    let barred = dues.town.read_untracked(|desk| {
        let ledger = due.writes.and_then(|ledger| catalogue().get(ledger))?;
        desk.why_not(ledger, &due.code, None)
    });
    let act = due.act.clone().filter(|_| barred.is_none()).map(|(href, words)| {
        let label = format!("{words}：{} {}", due.unit.0, due.what);
        view! { <a class=ButtonKind::Plain.class() href=href aria-label=label>{words}</a> }
    });
    let of = match (&due.href, due.of.is_empty()) {
        (Some(href), false) => view! { <a href=href.clone()>{due.of.clone()}</a> }.into_any(),
        (Some(href), true) => view! { <a href=href.clone()>"看记录"</a> }.into_any(),
        (None, _) => ().into_any(),
    };
    let why = due.why_not.clone().map(|why| format!("理由：{why}"));
    let note = (!due.note.is_empty()).then(|| format!("（{}）", due.note));
    view! {
        <li class="due" data-due=due.id.clone()>
            {status_tag(status(due.state), Some(due.state.label().to_owned()))}
            <div class="due-what">
                <b>{due.what.clone()}</b>
                <span class="due-of"><a href=due.unit.1.clone()>{due.unit.0.clone()}</a> {of}</span>
                <span class="note">{format!("办理：{} · 依据：{}", due.who.label(), due.rule)} {why}</span>
            </div>
            <div class="due-day">
                <b>{due.left.clone()}</b>
                <span>{due.due.to_string()}</span>
                <span class="note">{note}</span>
            </div>
            <div class="due-acts no-print">
                {act} {barred.map(|why| view! { <span class="note">{why}</span> })} {noted} {supervise} {waive}
            </div>
        </li>
    }
    .into_any()
}
