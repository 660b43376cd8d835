//! 成批填写: a ledger as a grid of cells, saved as one change.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::not_found::not_found;
use super::record;
use super::unfinished::{self, OFFERED};
use crate::browser::tabs::tab_name;
use crate::desk::{Desk, Unfinished};
use crate::model::ledger::{Cells, Field, Kind, Ledger, Slot};
use crate::model::programmes::catalogue;
use crate::model::records::Draft;
use crate::model::value::Value;
use crate::ui::app::{Shell, use_shell};
use crate::ui::components::button::{Button, ButtonKind, Segments, Select};
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::dom::{next_frame, next_id, still_composing};
use crate::ui::screen::{Width, use_screen};
use crate::ui::state::{AppStore, use_store};
use crate::view::form::{self, value_of};
use crate::view::grid::{At, Fault, Grid, Ground, MOST_ROWS, held_for_all};
use crate::view::grid_draft::{Kept, from_text, to_text};
use crate::view::list;
use crate::view::route::{Address, ListQuery, Route};
use crate::view::tables::names::Names;

/// Most records that one value for all rows is chosen from.
const MOST: usize = 300;

/// A grid on its way. Copies are the same.
#[derive(Clone, Copy)]
struct Session {
    shell: Shell,
    town: AppStore,
    ledger: &'static Ledger,
    /// Whether each unit has one row.
    by_unit: RwSignal<bool>,
    /// What holds for all rows, as it was chosen or typed.
    fixed: RwSignal<Vec<(Slot, String)>>,
    grid: RwSignal<Option<Grid>>,
    /// The cell that keys go to, and the other corner of the range.
    at: RwSignal<At>,
    other: RwSignal<At>,
    /// What is being typed in the cell; `None` while it is only shown.
    typing: RwSignal<Option<String>>,
    faults: RwSignal<Vec<Fault>>,
    /// What is said of the last step.
    told: RwSignal<String>,
    /// Names the grid among what is kept unfinished, and the tab: `night_talk.grid`.
    name: StoredValue<String>,
    tab: StoredValue<String>,
    /// What was left unfinished and is to be taken up once the grid is made.
    pending: StoredValue<Option<Kept>>,
    /// Whether it was.
    restored: RwSignal<bool>,
}

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
    let kept = kept.filter(|kept| per_unit || !kept.by_unit);
    let session = Session {
        shell,
        town,
        ledger,
        by_unit: RwSignal::new(kept.as_ref().map_or(per_unit, |kept| kept.by_unit)),
        fixed: RwSignal::new(kept.as_ref().map_or_else(Vec::new, |kept| kept.fixed.clone())),
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
    view! {
        <div class="stack grid-page">
            {move || session.restored.get().then(|| unfinished::restored(move || session.drop_unfinished()))}
            {others(session, per_unit)}
            {per_unit.then(|| ways(session))}
            {move || held(session)}
            {move || body(session)}
        </div>
    }
    .into_any()
}

impl Session {
    fn ground<R>(self, work: impl FnOnce(&Ground, &Desk) -> R) -> R {
        self.town.read_untracked(|desk| {
            let why_not = |unit: &str| desk.why_not(self.ledger, unit, None);
            let ground = Ground {
                records: desk.replica(),
                catalogue: catalogue(),
                today: desk.today(),
                why_not: &why_not,
            };
            work(&ground, desk)
        })
    }

    /// What holds for all rows; `None` as long as something is missing.
    fn held(self) -> Option<Vec<(Slot, Value)>> {
        let wanted = held_for_all(self.ledger)?;
        let typed = self.fixed.get();
        let value = |(slot, field): &(Slot, &'static Field)| {
            let text = typed
                .iter()
                .find(|(s, _)| s == slot)
                .map_or("", |(_, text)| text.as_str());
            let value = value_of(field, text);
            let right = crate::model::validate::check_field(field, &value).is_none();
            (right && !value.is_blank()).then_some((*slot, value))
        };
        wanted.iter().map(value).collect()
    }

    /// Makes the grid anew, whenever what it is of was chosen.
    fn begin(self) {
        let by_unit = self.by_unit.get();
        let held = self.held();
        let query = self.shell.address.with_untracked(|here| ListQuery::of(&here.query));
        let made = self.ground(|ground, desk| match by_unit {
            true => held.map(|held| Grid::by_unit(ground, self.ledger, &held)),
            false => {
                let own = desk.own_unit().filter(|_| self.ledger.field("unit").is_some());
                let list = list::build(desk.replica(), self.ledger, &query, own);
                let records = list.rows.iter().filter_map(|ix| desk.replica().record(*ix));
                let records: Vec<&dyn Cells> = records.map(|record| record as &dyn Cells).collect();
                Some(Grid::of_list(ground, self.ledger, &records, own))
            }
        });
        self.grid.set(made);
        self.typing.set(None);
        self.faults.set(Vec::new());
        self.restored.set(false);
        self.at.set((0, 0));
        self.other.set((0, 0));
        if self.grid.with_untracked(Option::is_some)
            && let Some(kept) = self.pending.get_value()
        {
            self.pending.set_value(None);
            self.take_up(&kept);
        }
    }

    /// Puts into the grid what was left unfinished, and says what others wrote meanwhile. What is left over of a save
    /// that could not be stored at first is let go.
    fn take_up(self, kept: &Kept) {
        let Some(mut grid) = self.grid.get_untracked() else {
            return;
        };
        let (taken, stands) = self.ground(|ground, desk| {
            let taken = kept.take_up(ground, &mut grid);
            let checked = grid.check(ground);
            let known = |draft: &Draft| draft.id.is_empty() && form::stands(desk.replica(), self.ledger, draft);
            (taken, checked.faults.is_empty() && checked.drafts.iter().all(known))
        });
        if stands {
            self.forget();
            return;
        }
        let mut told = Vec::new();
        if !taken.faults.is_empty() {
            told.push(format!("有 {} 处后来被改过，请核对。", taken.faults.len()));
        }
        if taken.lost > 0 {
            told.push(format!("有 {} 行的记录已不在这里，那几行没有恢复。", taken.lost));
        }
        self.grid.set(Some(grid));
        self.faults.set(taken.faults);
        self.told.set(told.concat());
        self.restored.set(true);
    }

    /// Keeps what was written, with what is being typed.
    fn keep(self) {
        let Some(mut grid) = self.grid.get_untracked() else {
            return;
        };
        if let Some(text) = self.typing.get_untracked() {
            grid.write(vec![(self.at.get_untracked(), text.trim().to_owned())]);
        }
        let (name, tab) = (self.name.get_value(), self.tab.get_value());
        let fixed = self.fixed.get_untracked();
        match to_text(self.ledger, self.by_unit.get_untracked(), &fixed, &grid) {
            Some(text) => unfinished::keep(self.shell, self.town, (&name, &tab), &text),
            None => self.forget(),
        }
    }

    fn forget(self) {
        let (name, tab) = (self.name.get_value(), self.tab.get_value());
        unfinished::forget(self.shell, self.town, (&name, &tab));
    }

    fn drop_unfinished(self) {
        self.forget();
        self.told.set(String::new());
        untrack(|| self.begin());
    }

    fn change(self, change: impl FnOnce(&mut Grid)) {
        self.grid.update(|grid| {
            if let Some(grid) = grid {
                change(grid);
            }
        });
        self.faults.set(Vec::new());
        self.keep();
    }

    fn size(self) -> (usize, usize) {
        let of = |grid: &Option<Grid>| {
            grid.as_ref()
                .map_or((0, 0), |grid| (grid.rows.len(), grid.columns.len()))
        };
        self.grid.with_untracked(of)
    }

    /// Goes to a cell; with `range` the other corner stays.
    fn go(self, row: isize, column: isize, range: bool) {
        let (rows, columns) = self.size();
        let within = |place: isize, size: usize| place.clamp(0, size.max(1) as isize - 1) as usize;
        let at = (within(row, rows), within(column, columns));
        self.at.set(at);
        if !range {
            self.other.set(at);
        }
        let id = cell_id(at);
        next_frame(move || {
            if let Some(cell) = document()
                .get_element_by_id(&id)
                .and_then(|cell| cell.dyn_into::<HtmlElement>().ok())
            {
                let _ = cell.focus();
            }
        });
    }

    fn step(self, down: isize, right: isize, range: bool) {
        let (row, column) = self.at.get_untracked();
        self.go(row as isize + down, column as isize + right, range);
    }

    /// Begins to type into the cell, with a text in place of what stands there.
    fn edit(self, text: Option<String>) {
        let stands = self.grid.with_untracked(|grid| {
            grid.as_ref()
                .map_or_else(String::new, |g| g.text(self.at.get_untracked()).to_owned())
        });
        self.typing.set(Some(text.unwrap_or(stands)));
    }

    /// Takes what was typed into the cell.
    fn take(self) {
        if let Some(text) = self.typing.get_untracked() {
            self.typing.set(None);
            let at = self.at.get_untracked();
            self.change(|grid| grid.write(vec![(at, text.trim().to_owned())]));
        }
    }

    /// Whether the column of a cell holds yes or no.
    fn is_tick(self, at: At) -> bool {
        let kind = |grid: &Option<Grid>| {
            grid.as_ref()
                .and_then(|grid| grid.columns.get(at.1).map(|c| c.field.kind))
        };
        self.grid.with_untracked(kind) == Some(Kind::YesNo)
    }

    /// Turns yes into no, and anything else into yes.
    fn toggle(self, at: At) {
        let is_yes = self
            .grid
            .with_untracked(|grid| grid.as_ref().is_some_and(|grid| grid.text(at) == "是"));
        let text = if is_yes { "否" } else { "是" };
        self.change(|grid| grid.write(vec![(at, text.to_owned())]));
    }

    fn save(self) {
        self.take();
        let Some(mut grid) = self.grid.get_untracked() else {
            return;
        };
        let unseen = self.ground(|ground, _| grid.catch_up(ground));
        if !unseen.is_empty() {
            self.told
                .set(format!("有 {} 处在您填写时被改过，还没有保存。", unseen.len()));
            self.grid.set(Some(grid));
            self.faults.set(unseen);
            return;
        }
        let checked = self.ground(|ground, _| grid.check(ground));
        if let Some(first) = checked.faults.first() {
            self.told
                .set(format!("有 {} 处要改正，没有保存任何一行。", checked.faults.len()));
            let (row, column) = (first.row, first.column.unwrap_or(0));
            self.faults.set(checked.faults);
            self.go(row as isize, column as isize, false);
            return;
        }
        let count = checked.drafts.len();
        if count == 0 {
            self.told.set("和已有的记录一样，没有要保存的。".to_owned());
            return;
        }
        let label = format!("成批填写{} {count} {}", self.ledger.label, self.ledger.counted);
        let town = self.town;
        let done = town.act_and_say(format!("已保存：{label}"), |desk| {
            desk.save(&label, &checked.drafts)
        });
        // While storing fails, what was typed stays, so that closing the page loses nothing.
        if done.failure.is_none() {
            self.forget();
        }
        self.told.set(String::new());
        untrack(|| self.begin());
    }

    fn key(self, event: &KeyboardEvent) {
        if still_composing(event) {
            return;
        }
        let (key, control) = (event.key(), event.ctrl_key() || event.meta_key());
        if self.typing.get_untracked().is_some() {
            return self.key_typing(event, &key);
        }
        let range = event.shift_key();
        let (rows, columns) = self.size();
        let (row, column) = self.at.get_untracked();
        match key.as_str() {
            "ArrowUp" => self.step(-1, 0, range),
            "ArrowDown" => self.step(1, 0, range),
            "ArrowLeft" => self.step(0, -1, range),
            "ArrowRight" => self.step(0, 1, range),
            "Home" => self.go(if control { 0 } else { row as isize }, 0, range),
            "End" => self.go(
                if control { rows as isize } else { row as isize },
                columns as isize,
                range,
            ),
            "PageUp" => self.step(-10, 0, range),
            "PageDown" => self.step(10, 0, range),
            "Enter" if range => self.step(-1, 0, false),
            "Enter" => self.step(1, 0, false),
            // Out of the grid at its ends, so that nobody is caught in it.
            "Tab" if !range && column + 1 < columns => self.step(0, 1, false),
            "Tab" if range && column > 0 => self.step(0, -1, false),
            "F2" => self.edit(None),
            "Delete" | "Backspace" => {
                let (at, other) = (self.at.get_untracked(), self.other.get_untracked());
                self.change(|grid| grid.clear(at, other));
            }
            " " if self.is_tick((row, column)) => self.toggle((row, column)),
            "d" if control => {
                let (at, other) = (self.at.get_untracked(), self.other.get_untracked());
                self.change(|grid| grid.fill_down(other, at));
            }
            "z" if control && !range => self.change(|grid| {
                grid.undo();
            }),
            "z" | "Z" | "y" if control => self.change(|grid| {
                grid.redo();
            }),
            key if !control && !event.alt_key() && key.chars().count() == 1 => self.edit(Some(key.to_owned())),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn key_typing(self, event: &KeyboardEvent, key: &str) {
        match key {
            "Enter" => {
                self.take();
                self.step(if event.shift_key() { -1 } else { 1 }, 0, false);
            }
            "Tab" => {
                self.take();
                self.step(0, if event.shift_key() { -1 } else { 1 }, false);
            }
            "Escape" => {
                self.typing.set(None);
                self.step(0, 0, false);
            }
            _ => {
                event.stop_propagation();
                return;
            }
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn copy(self, event: &ClipboardEvent) {
        if self.typing.get_untracked().is_some() {
            return;
        }
        let (at, other) = (self.at.get_untracked(), self.other.get_untracked());
        let text = self
            .grid
            .with_untracked(|grid| grid.as_ref().map(|grid| grid.copy(other, at)));
        if let (Some(text), Some(data)) = (text, event.clipboard_data()) {
            let _ = data.set_data("text/plain", &text);
            event.prevent_default();
        }
    }

    fn paste(self, event: &ClipboardEvent) {
        if self.typing.get_untracked().is_some() {
            return;
        }
        let data = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
        let Some(text) = data.filter(|text| !text.is_empty()) else {
            return;
        };
        event.prevent_default();
        let rows = office::text::rows(&text).into_iter().map(|row| row.cells);
        let block: Vec<Vec<String>> = rows.collect();
        let at = self.at.get_untracked();
        let mut left = 0;
        self.change(|grid| left = grid.paste(at, &block));
        self.told.set(match left {
            0 => String::new(),
            left => format!("粘贴的内容比表格长，最后 {left} 行没有地方放。"),
        });
    }
}

fn cell_id((row, column): At) -> String {
    format!("cell-{row}-{column}")
}

/// What was written into this grid in other tabs and not saved. It stays theirs until the person goes on with it here or
/// does away with it.
fn others(session: Session, per_unit: bool) -> AnyView {
    let (name, tab) = (session.name.get_value(), session.tab.get_value());
    let all = session.town.read_untracked(|desk| desk.other_drafts(&name, &tab));
    let fits = |kept: Unfinished| {
        let read = from_text(session.ledger, &kept.text)?;
        (per_unit || !read.by_unit).then_some((kept, read))
    };
    let list = RwSignal::new(all.into_iter().filter_map(fits).take(OFFERED).collect::<Vec<_>>());
    let one = move |(kept, read): (Unfinished, Kept)| {
        let name = kept.name.clone();
        let off = move || list.update(|all| all.retain(|(other, _)| other.name != name));
        let name = kept.name.clone();
        let (done, take) = (off.clone(), move |read: &Kept| {
            session.pending.set_value(Some(read.clone()));
            session.by_unit.set(read.by_unit);
            session.fixed.set(read.fixed.clone());
        });
        let drop = move || {
            session.town.update(|desk| desk.forget_draft(&name));
            done();
        };
        let go_on = move || {
            take(&read);
            off();
        };
        unfinished::offered(&kept, "在另一个窗口", go_on, drop)
    };
    view! { {move || list.get().into_iter().map(one).collect_view()} }.into_any()
}

/// One row for each unit, or the records of the list.
fn ways(session: Session) -> AnyView {
    let options = vec![
        ("unit".to_owned(), "每个村（社区）一行".to_owned()),
        ("list".to_owned(), "已有的记录".to_owned()),
    ];
    let chosen = Signal::derive(move || if session.by_unit.get() { "unit" } else { "list" }.to_owned());
    let choose = move |way: String| session.by_unit.set(way == "unit");
    view! { <Segments label="填什么".to_owned() options chosen on_choose=choose /> }.into_any()
}

/// What holds for all rows.
fn held(session: Session) -> Option<AnyView> {
    let wanted = held_for_all(session.ledger).filter(|_| session.by_unit.get())?;
    let one = move |(slot, field): (Slot, &'static Field)| {
        let label = format!("全表的{}", field.label);
        let set = move |text: String| {
            session.fixed.update(|all| {
                all.retain(|(s, _)| *s != slot);
                all.push((slot, text));
            });
        };
        let chosen = Signal::derive(move || {
            let all = session.fixed.read();
            all.iter()
                .find(|(s, _)| *s == slot)
                .map_or_else(String::new, |(_, text)| text.clone())
        });
        let offers = session
            .town
            .read_untracked(|desk| Names::new(desk.replica(), catalogue()).offers(field, None, MOST));
        let control = match field.kind {
            Kind::Ref | Kind::Choice => {
                let none = (String::new(), "请选择".to_owned());
                let options: Vec<(String, String)> = std::iter::once(none).chain(offers).collect();
                view! { <Select label=label options chosen on_choose=set /> }.into_any()
            }
            _ => view! {
                <input
                    class="input"
                    aria-label=label
                    prop:value=chosen
                    on:change=move |event| set(event_target_value(&event))
                />
            }
            .into_any(),
        };
        view! { <span class="labelled">{field.label} {control}</span> }
    };
    (!wanted.is_empty())
        .then(|| view! { <p class="button-row">{wanted.into_iter().map(one).collect_view()}</p> }.into_any())
}

fn body(session: Session) -> AnyView {
    let shape = Memo::new(move |_| {
        let of = |grid: &Grid| (grid.rows.len(), grid.columns.clone());
        session.grid.read().as_ref().map(of)
    });
    let phone = use_screen();
    let drawn = move || match shape.get() {
        None => view! { <EmptyState why="先选定上面的内容，再逐行填写。" /> }.into_any(),
        Some((0, _)) => view! { <EmptyState why="没有可以填写的村（社区）。" /> }.into_any(),
        Some((rows, columns)) => {
            let labels = columns.iter().map(|column| column.field).collect::<Vec<_>>();
            match phone.width.get() == Width::Phone {
                true => cards(session, rows, labels),
                false => table(session, rows, labels),
            }
        }
    };
    let told = move || match phone.width.get() == Width::Phone {
        true => "打勾的行会保存。点开一条填写，填完按下面的保存；没有保存的内容留在本机，下次打开接着填。".to_owned(),
        false => format!(
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
                let row = grid.as_ref().and_then(|grid| grid.rows.get(fault.row));
                row.map_or_else(String::new, |row| row.label.clone())
            });
            let column = session.grid.with_untracked(|grid| {
                let column = fault
                    .column
                    .and_then(|at| grid.as_ref()?.columns.get(at).map(|c| c.field.label));
                column.unwrap_or_default()
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

/// The tick in front of a row.
fn tick(session: Session, row: usize, name: String) -> AnyView {
    let taken = move || {
        let grid = session.grid.read();
        grid.as_ref()
            .and_then(|grid| grid.rows.get(row))
            .is_some_and(|row| row.taken)
    };
    let set = move |event: web_sys::Event| {
        let on = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlInputElement>().ok())
            .is_some_and(|input| input.checked());
        session.change(|grid| grid.tick(row, on));
    };
    view! { <input type="checkbox" aria-label=format!("保存 {name}") prop:checked=taken on:change=set /> }.into_any()
}

fn name_of(session: Session, row: usize) -> String {
    let name = session.grid.with_untracked(|grid| {
        let row = grid.as_ref().and_then(|grid| grid.rows.get(row));
        row.map_or_else(String::new, |row| row.label.clone())
    });
    match name.is_empty() {
        true => format!("新的第 {} 行", row + 1),
        false => name,
    }
}

fn table(session: Session, rows: usize, fields: Vec<&'static Field>) -> AnyView {
    let heads = fields.iter().map(|field| {
        let star = field.required.then_some("（必填）");
        view! { <th scope="col">{field.head()} <span class="muted small">{star}</span></th> }
    });
    let heads = heads.collect_view();
    let row = |row: usize| {
        let name = name_of(session, row);
        let cells = (0..fields.len()).map(|column| {
            let field = fields.get(column).copied();
            field.map(|field| cell(session, (row, column), field, &name))
        });
        let cells = cells.collect::<Vec<_>>();
        view! {
            <tr>
                <td class="grid-tick">{tick(session, row, name.clone())}</td>
                <th scope="row">{name}</th>
                {cells}
            </tr>
        }
    };
    let name = format!("成批填写 {}", session.ledger.label);
    view! {
        <div
            class="chart-scroll grid-scroll"
            on:keydown=move |event| session.key(&event)
            on:copy=move |event| session.copy(&event)
            on:paste=move |event| session.paste(&event)
        >
            <table role="grid" class="cells" aria-label=name>
                <thead>
                    <tr>
                        <th scope="col">"保存"</th>
                        <th scope="col">"记录"</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{(0..rows).map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn cell(session: Session, at: At, field: &'static Field, name: &str) -> AnyView {
    let text = Memo::new(move |_| {
        session
            .grid
            .read()
            .as_ref()
            .map_or_else(String::new, |grid| grid.text(at).to_owned())
    });
    let here = Memo::new(move |_| session.at.get() == at);
    let chosen = Memo::new(move |_| {
        let ((a, b), (c, d)) = (session.at.get(), session.other.get());
        (a.min(c)..=a.max(c)).contains(&at.0) && (b.min(d)..=b.max(d)).contains(&at.1)
    });
    let wrong = Memo::new(move |_| {
        let faults = session.faults.read();
        let own = faults
            .iter()
            .find(|fault| fault.row == at.0 && fault.column == Some(at.1));
        own.map_or_else(String::new, |fault| fault.why.clone())
    });
    let typing = Memo::new(move |_| here.get() && session.typing.read().is_some());
    let press = move |event: web_sys::MouseEvent| {
        if session.typing.get_untracked().is_some() && !here.get_untracked() {
            session.take();
        }
        if !typing.get_untracked() {
            session.go(at.0 as isize, at.1 as isize, event.shift_key());
        }
    };
    let open = move |_| match session.is_tick(at) {
        true => session.toggle(at),
        false => session.edit(None),
    };
    let label = format!("{name} {}", field.label);
    let shown = move || match typing.get() {
        true => editor(session, field, label.clone()),
        false => match (field.kind, text.get().as_str()) {
            (Kind::YesNo, "是") => "√".into_any(),
            (Kind::YesNo, "否") => "×".into_any(),
            (_, text) => text.to_owned().into_any(),
        },
    };
    let numeric = matches!(field.kind, Kind::Int | Kind::Decimal | Kind::Year);
    view! {
        <td
            role="gridcell"
            id=cell_id(at)
            class="cell"
            class:num=numeric
            class:is-chosen=chosen
            class:is-wrong=move || !wrong.read().is_empty()
            aria-selected=move || if chosen.get() { "true" } else { "false" }
            aria-invalid=move || (!wrong.read().is_empty()).then_some("true")
            title=move || wrong.get()
            tabindex=move || if here.get() { "0" } else { "-1" }
            on:mousedown=press
            on:dblclick=open
        >
            {shown}
        </td>
    }
    .into_any()
}

/// The box that a cell becomes while it is typed into.
fn editor(session: Session, field: &'static Field, label: String) -> AnyView {
    let id = next_id("choices");
    let offers = session.town.read_untracked(|desk| match field.kind {
        Kind::YesNo => vec!["是".to_owned(), "否".to_owned()],
        Kind::Choice | Kind::Choices | Kind::Unit | Kind::District | Kind::Ref | Kind::Refs => {
            let offers = Names::new(desk.replica(), catalogue()).offers(field, None, MOST);
            offers.into_iter().map(|(_, word)| word).collect()
        }
        _ => Vec::new(),
    });
    let options = offers
        .into_iter()
        .map(|word| view! { <option value=word></option> })
        .collect_view();
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = node.get() {
            let _ = input.focus();
            let end = u32::try_from(input.value().encode_utf16().count()).unwrap_or(0);
            let _ = input.set_selection_range(end, end);
        }
    });
    let first = session.typing.get_untracked().unwrap_or_default();
    view! {
        <input
            node_ref=node
            class="cell-input"
            aria-label=label
            list=id.clone()
            autocomplete="off"
            value=first
            on:input=move |event| {
                session.typing.set(Some(event_target_value(&event)));
                session.keep();
            }
            on:blur=move |_| session.take()
        />
        <datalist id=id>{options}</datalist>
    }
    .into_any()
}

/// The same for phones: a block for each row, large ticks for yes and no.
fn cards(session: Session, rows: usize, fields: Vec<&'static Field>) -> AnyView {
    let row = |row: usize| {
        let name = name_of(session, row);
        let inputs = fields.iter().enumerate().map(|(column, field)| {
            let (at, field) = ((row, column), *field);
            let text = Memo::new(move |_| {
                session
                    .grid
                    .read()
                    .as_ref()
                    .map_or_else(String::new, |grid| grid.text(at).to_owned())
            });
            let label = format!("{name} {}", field.label);
            match field.kind {
                Kind::YesNo => view! {
                    <button
                        type="button"
                        class="big-tick"
                        role="checkbox"
                        aria-checked=move || if *text.read() == "是" { "true" } else { "false" }
                        aria-label=label
                        on:click=move |_| session.toggle(at)
                    >
                        {move || if *text.read() == "是" { "√ " } else { "× " }}
                        {field.label}
                    </button>
                }
                .into_any(),
                _ => view! {
                    <label class="labelled">
                        <span class="small muted">{field.head()}</span>
                        <input
                            class="input"
                            aria-label=label
                            prop:value=text
                            on:input=move |event| {
                                session.at.set(at);
                                session.typing.set(Some(event_target_value(&event)));
                                session.keep();
                            }
                            on:change=move |_| session.take()
                        />
                    </label>
                }
                .into_any(),
            }
        });
        let (ticks, others): (Vec<_>, Vec<_>) = inputs
            .zip(&fields)
            .map(|(input, field)| (field.kind == Kind::YesNo, input))
            .partition(|(is_tick, _)| *is_tick);
        let ticks: Vec<AnyView> = ticks.into_iter().map(|(_, input)| input).collect();
        let others: Vec<AnyView> = others.into_iter().map(|(_, input)| input).collect();
        view! {
            <li class="grid-card">
                <label class="tick">{tick(session, row, name.clone())} <b>{name}</b></label>
                {ticks}
                <details>
                    <summary>"其他栏目"</summary>
                    <div class="stack">{others}</div>
                </details>
            </li>
        }
    };
    view! { <ul class="grid-cards">{(0..rows).map(row).collect_view()}</ul> }.into_any()
}
