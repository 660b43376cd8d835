//! 成批填写: a ledger as a grid of cells, saved as one change.

mod cards;
mod heads;
mod keys;
mod session;
mod table;

use leptos::prelude::*;

use super::not_found::not_found;
use super::record;
use super::unfinished;
use crate::browser::tabs::tab_name;
use crate::desk::Desk;
use crate::model::ledger::{Field, Ledger, Preset, Slot};
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::screen::{Width, use_screen};
use crate::ui::state::{AppStore, use_store};
use crate::view::grid::{FEW, Grid, MOST_ROWS, Way, held_for_all};
use crate::view::grid_draft::from_text;
use crate::view::matrix::{Shape, shape};
use crate::view::route::{Address, Route};
use session::{Session, ticks};

/// The page `#/l/<ledger>/grid`.
pub fn page(id: String) -> AnyView {
    let (shell, town) = (use_shell(), use_store());
    let Some(ledger) = record::ledger(&id) else {
        return not_found(format!("l/{id}/grid"));
    };
    shell.head.set(Head {
        back: Some(Address::from(Route::Ledger(ledger.id.to_owned())).hash()),
        ..Head::titled(format!("成批填写 {}", ledger.label))
    });
    let per_unit = held_for_all(ledger).is_some() && town.read_untracked(|desk| desk.own_unit().is_none());
    town.update(Desk::tidy_drafts);
    let tab = tab_name(|| town.read_untracked(Desk::draw_name));
    let name = format!("{}.grid", ledger.id);
    let kept = town.read_untracked(|desk| desk.own_draft(&name, &tab));
    let kept = kept.and_then(|kept| from_text(ledger, &kept.text));
    let ways = possible(ledger, per_unit);
    let kept = kept.filter(|kept| ways.iter().any(|(way, _)| *way == kept.way));
    let session = Session {
        shell,
        town,
        ledger,
        way: RwSignal::new(match &kept {
            Some(kept) => kept.way,
            None => ways.first().map_or(Way::List, |(way, _)| *way),
        }),
        fixed: RwSignal::new(match &kept {
            Some(kept) => kept.fixed.clone(),
            None => usual(ledger, town),
        }),
        grid: RwSignal::new(None),
        at: RwSignal::new((0, 0)),
        other: RwSignal::new((0, 0)),
        typing: RwSignal::new(None),
        faults: RwSignal::new(Vec::new()),
        told: RwSignal::new(String::new()),
        name: StoredValue::new(name),
        tab: StoredValue::new(tab),
        pending: StoredValue::new(kept),
        restored: RwSignal::new(false),
    };
    Effect::new(move |_| session.begin());
    // What changes meanwhile, as by 撤销, is shown where nothing was written.
    Effect::new(move |before: Option<()>| {
        town.read(|_| ());
        if before.is_some() {
            session.catch_up();
        }
    });
    view! {
        <div class="stack grid-page">
            {move || session.restored.get().then(|| unfinished::restored(move || session.drop_unfinished()))}
            {heads::others(session, ways.clone())}
            {(ways.len() > 1).then(|| heads::choice(session, ways))}
            {move || heads::held(session)}
            {move || body(session)}
        </div>
    }
    .into_any()
}

/// The ways in which a ledger can be filled in, the usual one first. A small ledger that has a matrix is one.
fn possible(ledger: &'static Ledger, per_unit: bool) -> Vec<(Way, String)> {
    let has = shape(ledger);
    let cells = has.as_ref().map(|shape| (Way::Matrix, shape.label()));
    let units = per_unit.then(|| (Way::Unit, "每个村（社区）一行".to_owned()));
    let is_small = ledger.fields.len() <= FEW;
    let (first, then) = if is_small { (cells, units) } else { (units, cells) };
    let list = (Way::List, "已有的记录".to_owned());
    first.into_iter().chain(then).chain([list]).collect()
}

/// What holds for all rows at first: this year.
fn usual(ledger: &'static Ledger, town: AppStore) -> Vec<(Slot, String)> {
    let year = town.read_untracked(|desk| desk.today().year());
    let years = ledger.slots().filter(|(_, field)| field.preset == Preset::ThisYear);
    years.map(|(slot, _)| (slot, year.to_string())).collect()
}

/// The fields that hold for all rows in a way; `None` where there is no such grid.
fn held_in(ledger: &'static Ledger, way: Way) -> Option<Vec<(Slot, &'static Field)>> {
    match way {
        Way::List => Some(Vec::new()),
        Way::Unit => held_for_all(ledger),
        Way::Matrix => shape(ledger).map(|Shape { held, .. }| held),
    }
}

fn body(session: Session) -> AnyView {
    let shape = Memo::new(move |_| {
        let of = |grid: &Grid| (grid.size().0, grid.heads(), grid.is_matrix());
        session.grid.read().as_ref().map(of)
    });
    let phone = use_screen();
    let drawn = move || match shape.get() {
        None => view! { <EmptyState why="先选定上面的内容，再逐行填写。" /> }.into_any(),
        Some((0, ..)) => {
            view! { <EmptyState why="没有可以填写的行：先登记要逐行填写的村（社区）、人员或事项。" /> }.into_any()
        }
        Some((rows, heads, matrix)) => match phone.width.get() == Width::Phone {
            true => cards::cards(session, rows, heads, matrix),
            false => table::table(session, rows, heads, matrix),
        },
    };
    let told = move || match (phone.width.get() == Width::Phone, session.way.get()) {
        (true, Way::Matrix) => {
            "做了的点一下打勾，再点一下取消；填完按下面的保存。没有保存的内容留在本机，下次打开接着填。".to_owned()
        }
        (true, _) => {
            "打勾的行会保存。点开一条填写，填完按下面的保存；没有保存的内容留在本机，下次打开接着填。".to_owned()
        }
        (false, Way::Matrix) => {
            let value = crate::view::matrix::shape(session.ledger).map(|shape| shape.value.1);
            let day = if value.is_some_and(|field| ticks(field, true)) {
                "空格键填上今天，"
            } else {
                ""
            };
            let unit = value
                .and_then(|field| field.measure)
                .map_or_else(String::new, |unit| format!("单位：{unit}。"));
            format!(
                "{unit}填了的格子会保存，清空一格就删除那一条；没有保存的内容留在本机，下次打开接着填。{day}方向键移动，回车往下，直接打字替换，F2 修改，Ctrl+D 向下填充，Ctrl+Z 撤销；可以和 Excel 互相复制、粘贴。一次最多 {MOST_ROWS} 行。",
            )
        }
        (false, _) => format!(
            "打勾的行会保存，没有保存的内容留在本机，下次打开接着填。方向键移动，回车往下，直接打字替换，F2 修改，Ctrl+D 向下填充，Ctrl+Z 撤销；可以和 Excel 互相复制、粘贴。一次最多 {MOST_ROWS} 行。",
        ),
    };
    view! {
        <p class="small">{told}</p>
        {drawn}
        {foot(session)}
    }
    .into_any()
}

fn foot(session: Session) -> AnyView {
    let count = move || session.grid.read().as_ref().map_or(0, Grid::taken);
    let label = Signal::derive(move || format!("保存 {} {}", count(), session.ledger.counted));
    let why_not = Signal::derive(move || match count() {
        0 => "还没有填写".to_owned(),
        _ => String::new(),
    });
    let undo = move |()| {
        session.change(|grid| {
            grid.undo();
        })
    };
    let faults = move || {
        let all = session.faults.read();
        let lines = all.iter().take(20).map(|fault| {
            let name = session.grid.with_untracked(|grid| {
                grid.as_ref()
                    .map_or_else(String::new, |grid| grid.name(fault.row).to_owned())
            });
            let column = session.grid.with_untracked(|grid| {
                let heads = grid.as_ref().map(Grid::heads).unwrap_or_default();
                let head = fault.column.and_then(|at| heads.into_iter().nth(at));
                head.map_or_else(String::new, |(head, _)| head)
            });
            let at = (fault.row, fault.column.unwrap_or(0));
            let go = move |_| session.go(at.0 as isize, at.1 as isize, false);
            let place = format!("第 {} 行 {name} {column}", fault.row + 1);
            view! {
                <li>
                    <button type="button" class="button button-link" on:click=go>{place}</button>
                    "："
                    {fault.why.clone()}
                </li>
            }
        });
        (!all.is_empty()).then(|| view! { <ul role="alert">{lines.collect_view()}</ul> })
    };
    view! {
        <p role="status">{move || session.told.get()}</p>
        {faults}
        <div class="button-row grid-foot">
            <Button kind=ButtonKind::Main label why_not on_press=move |()| session.save() />
            <Button label="撤销一步".to_owned() on_press=undo />
        </div>
    }
    .into_any()
}
