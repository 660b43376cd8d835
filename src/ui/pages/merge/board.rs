//! Units by district: who has reported, or what a batch brings of each.

use leptos::prelude::*;

use super::units;
use crate::exchange::writing::town_name;
use crate::model::status::Status;
use crate::ui::by_hand::give_text;
use crate::ui::components::button::{Button, Select};
use crate::ui::components::message::EmptyState;
use crate::ui::components::status::{shape, status_tag};
use crate::ui::state::AppStore;
use crate::ui::tables::{Asks, Wanted, export_menu};
use crate::view::exchange::{DistrictRow, Standing, UnitCell, Whom, reminder, reports, standings, tasks};
use crate::view::tables::seen::{self as tables, Over, line_of};

/// The board of one batch or one task. `remind` copies a reminder for a district.
pub fn rows(rows: Vec<DistrictRow>, remind: Option<Callback<String>>) -> AnyView {
    let rows = rows.into_iter().map(|row| district(row, remind)).collect_view();
    view! { <div class="tally-board">{rows}</div> }.into_any()
}

fn district(row: DistrictRow, remind: Option<Callback<String>>) -> AnyView {
    let (done, all) = (row.reported(), row.units.len());
    let short = done < all;
    let open = !row.is_settled();
    let name = row.name.clone();
    let act = remind.filter(|_| open).map(|remind| {
        let label = format!("催报 {name}");
        view! { <Button label on_press=move |()| remind.run(name.clone()) /> }
    });
    let units = row.units.into_iter().map(cell).collect_view();
    view! {
        <div class="tally-row">
            <div class="tally-name"><b>{row.name}</b> <span class:is-short=short>{format!("{done}/{all}")}</span></div>
            <ul class="tally-units">{units}</ul>
            <div class="tally-act">{act}</div>
        </div>
    }
    .into_any()
}

fn cell(unit: UnitCell) -> AnyView {
    let class = match unit.status {
        Status::None => "tally is-none",
        Status::Warn => "tally is-warn",
        Status::Late => "tally is-late",
        Status::Ok | Status::Done => "tally",
    };
    let href = units::address(&unit.code).hash();
    let told = format!("{}：{}", unit.name, unit.told);
    view! {
        <li>
            <a class=class href=href title=told.clone() aria-label=told>
                {shape(unit.status, true)} <span>{unit.name}</span> <span>{unit.word}</span>
            </a>
        </li>
    }
    .into_any()
}

/// Whom a press reminds: a district by its name, everybody without one.
fn whom(district: String) -> Whom {
    match district.is_empty() {
        true => Whom::All,
        false => Whom::District(district),
    }
}

/// How many units wait for something else than their report, each with its mark.
fn others(board: &[DistrictRow]) -> AnyView {
    let some = standings(board).into_iter();
    let some = some.filter(|(standing, count)| *standing != Standing::Here && *count > 0);
    let tags =
        some.map(|(standing, count)| status_tag(standing.status(), Some(format!("{} {count}", standing.label()))));
    tags.collect_view().into_any()
}

/// Who has reported for a task, with reminders to copy.
pub fn reported(town: AppStore) -> AnyView {
    let all = Memo::new(move |_| town.read(|desk| tasks(desk.replica())));
    let picked = RwSignal::new(None::<String>);
    let chosen = Memo::new(move |_| {
        let all = all.read();
        let picked = picked.get().filter(|picked| all.iter().any(|(id, _)| id == picked));
        picked
            .or_else(|| all.first().map(|(id, _)| id.clone()))
            .unwrap_or_default()
    });
    let board = Memo::new(move |_| town.read(|desk| reports(desk.replica(), &chosen.read(), desk.today())));
    let remind = Callback::new(move |district: String| {
        let text = town.read_untracked(|desk| {
            reminder(
                desk.replica(),
                &chosen.read_untracked(),
                &board.read_untracked(),
                &whom(district),
            )
        });
        if let Some(text) = text {
            give_text(town, "催报语", text);
        }
    });
    let make = move |wanted: Wanted| {
        town.read_untracked(|desk| {
            let (whose, today) = (town_name(desk.replica()), desk.today());
            let id = chosen.get_untracked();
            let all = all.read_untracked();
            let task = all
                .iter()
                .find(|(known, _)| *known == id)
                .map_or("", |(_, title)| title);
            let over = Over {
                title: format!("{whose}上报情况"),
                line: line_of(&whose, &format!("任务：{task}"), today),
            };
            let sheet = tables::board(&board.read_untracked(), &over, wanted.personal);
            (format!("{} {today}", over.title), vec![sheet])
        })
    };
    let sums = move || {
        let board = board.read();
        let done = board.iter().map(DistrictRow::reported).sum::<usize>();
        let all = board.iter().map(|row| row.units.len()).sum::<usize>();
        (done, all)
    };
    let part = move || {
        if all.read().is_empty() {
            return view! { <EmptyState why="还没有下发任务。先在“发”里定一项，这里再看谁报了、谁没报。" /> }
                .into_any();
        }
        let (done, all_units) = sums();
        let all_in = board.read().iter().all(DistrictRow::is_settled);
        let act = if all_in {
            view! { <span>"都已报齐"</span> }.into_any()
        } else {
            view! { <Button label="复制催报语".to_owned() on_press=move |()| remind.run(String::new()) /> }.into_any()
        };
        view! {
            <div class="button-row">
                <Select
                    label="任务"
                    options=Signal::derive(move || all.get())
                    chosen=Signal::derive(move || chosen.get())
                    on_choose=move |id: String| picked.set(Some(id))
                />
                <b role="status">{format!("已报 {done}/{all_units}")}</b>
                {others(&board.read())}
                {act}
                {export_menu(town, Asks::Names, make)}
            </div>
            {rows(board.get(), Some(remind))}
        }
        .into_any()
    };
    part.into_any()
}
