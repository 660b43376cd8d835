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
use crate::model::ledger::{Ledger, Preset, Slot};
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::screen::{Width, use_screen};
use crate::ui::state::{AppStore, use_store};
use crate::view::grid::{Grid, GridColumn, MOST_ROWS, held_for_all};
use crate::view::grid_draft::from_text;
use crate::view::matrix;
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
    let kept = kept.map_or_else(Vec::new, |kept| from_text(ledger, &kept.text));
    let ways = matrix::ways(ledger, per_unit);
    let mut kept = kept.into_iter().filter(|kept| ways.contains(&kept.way));
    let (kept, aside) = (kept.next(), kept.collect());
    let session = Session {
        shell,
        town,
        ledger,
        way: RwSignal::new(match &kept {
            Some(kept) => kept.way,
            None => ways.first().copied().unwrap_or_default(),
        }),
        fixed: RwSignal::new(match &kept {
            Some(kept) => kept.fixed.clone(),
            None => usual(ledger, town),
        }),
        grid: RwSignal::new(None),
        at: RwSignal::new((0, 0)),
        other: RwSignal::new((0, 0)),
        typing: RwSignal::new(None),
        replaces: StoredValue::new(false),
        faults: RwSignal::new(Vec::new()),
        told: RwSignal::new(String::new()),
        name: StoredValue::new(name),
        tab: StoredValue::new(tab),
        of: StoredValue::default(),
        pending: StoredValue::new(kept),
        aside: RwSignal::new(aside),
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
            {move || heads::aside(session)}
            {(ways.len() > 1).then(|| heads::choice(session, ways))}
            {move || heads::held(session)}
            {move || body(session)}
        </div>
    }
    .into_any()
}

/// What holds for all rows at first: this year.
fn usual(ledger: &'static Ledger, town: AppStore) -> Vec<(Slot, String)> {
    let year = town.read_untracked(|desk| desk.today().year());
    let years = ledger.slots().filter(|(_, field)| field.preset == Preset::ThisYear);
    years.map(|(slot, _)| (slot, year.to_string())).collect()
}

/// What is drawn of a grid; drawn anew when it changes.
#[derive(Clone, PartialEq)]
struct Drawn {
    rows: usize,
    heads: Vec<(String, GridColumn)>,
    matrix: bool,
    /// Every row is saved unless its cell says nothing: there are no ticks in front.
    roll: Option<&'static str>,
}

fn body(session: Session) -> AnyView {
    let drawn = Memo::new(move |_| {
        let of = |grid: &Grid| Drawn {
            rows: grid.size().0,
            heads: grid.heads(),
            matrix: grid.is_matrix(),
            roll: grid.roll().map(|field| field.label),
        };
        session.grid.read().as_ref().map(of)
    });
    let phone = use_screen();
    let is_phone = move || phone.width.get() == Width::Phone;
    let shown = move || match drawn.get() {
        None => view! { <EmptyState why="先选定上面的内容，再逐行填写。" /> }.into_any(),
        Some(Drawn { rows: 0, .. }) => {
            view! { <EmptyState why="没有可以填写的行：先登记要逐行填写的村（社区）、人员或事项。" /> }.into_any()
        }
        Some(drawn) if is_phone() => cards::cards(session, drawn),
        Some(drawn) => table::table(session, drawn),
    };
    let told = move || drawn.get().map(|drawn| told(session, &drawn, is_phone()));
    view! {
        <p class="small">{told}</p>
        {shown}
        {foot(session)}
    }
    .into_any()
}

/// How the grid is filled in.
fn told(session: Session, drawn: &Drawn, phone: bool) -> String {
    const KEPT: &str = "没有保存的内容留在本机，下次打开接着填。";
    let value = matrix::shape(session.ledger).map(|shape| shape.value.1);
    let value = value.filter(|_| drawn.matrix);
    let saved = match (drawn.roll, drawn.matrix, phone) {
        (Some(came), ..) => format!(
            "每行都会保存：{came}的是 √，没来的点成 ×，记为没有{came}；再点一下是“不记”，不在应到之列的不留记录。"
        ),
        (None, true, true) if value.is_some_and(|field| ticks(field, true)) => {
            "做了的点一下打勾，再点一下取消；填完按下面的保存。".to_owned()
        }
        (None, true, _) => {
            let unit = value.and_then(|field| field.measure);
            let unit = unit.map_or_else(String::new, |unit| format!("单位：{unit}。"));
            format!("{unit}填了的格子会保存，清空一格就删除那一条；")
        }
        (None, false, true) => "打勾的行会保存，没有打勾的不留记录。点开一条填写，填完按下面的保存。".to_owned(),
        (None, false, false) => "打勾的行会保存，没有打勾的不留记录；".to_owned(),
    };
    if phone {
        return format!("{saved}{KEPT}");
    }
    let space = match value.is_some_and(|field| ticks(field, true)) {
        true => "空格键填上今天，",
        false if drawn.roll.is_some() => "空格键打勾，",
        false => "",
    };
    format!(
        "{saved}{KEPT}{space}方向键移动，回车往下，直接打字替换，F2 修改，Ctrl+D 向下填充，Ctrl+Z 撤销；可以和 Excel 互相复制、粘贴。一次最多 {MOST_ROWS} 行。"
    )
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
