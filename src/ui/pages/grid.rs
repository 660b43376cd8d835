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
use crate::model::ledger::{Cells, Field, Kind, Ledger, Preset, Slot};
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
use crate::view::grid::{At, FEW, Fault, Grid, GridColumn, Ground, MOST_ROWS, Way, held_for_all};
use crate::view::grid_draft::{Kept, from_text, to_text};
use crate::view::list;
use crate::view::matrix::{Shape, matrix, shape};
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
    /// What the rows are.
    way: RwSignal<Way>,
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
            {others(session, ways.clone())}
            {(ways.len() > 1).then(|| choice(session, ways))}
            {move || held(session)}
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
        let wanted = held_in(self.ledger, self.way.get())?;
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
        let way = self.way.get();
        let held = self.held();
        let query = self.shell.address.with_untracked(|here| ListQuery::of(&here.query));
        let made = self.ground(|ground, desk| match way {
            Way::Unit => held.map(|held| Grid::by_unit(ground, self.ledger, &held)),
            Way::Matrix => held.and_then(|held| matrix(ground, self.ledger, &held)),
            Way::List => {
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

    /// Makes the grid anew as long as nothing was written into it; the place stays.
    fn catch_up(self) {
        let is_untouched = |grid: &Option<Grid>| grid.as_ref().is_some_and(Grid::is_untouched);
        if self.typing.with_untracked(Option::is_some) || !self.grid.with_untracked(is_untouched) {
            return;
        }
        let (at, other) = (self.at.get_untracked(), self.other.get_untracked());
        untrack(|| self.begin());
        self.at.set(at);
        self.other.set(other);
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
        match to_text(self.ledger, self.way.get_untracked(), &fixed, &grid) {
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
        let of = |grid: &Option<Grid>| grid.as_ref().map_or((0, 0), Grid::size);
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
        // At once, so that a key in the same moment goes to the cell; and again after the page has painted, where a grid
        // that was made anew stands only then.
        focus_cell(at);
        next_frame(move || {
            // Who was quick types into the cell already, and keeps the focus.
            let is_typed = self.typing.try_get_untracked().flatten().is_some();
            if !is_typed && self.at.try_get_untracked() == Some(at) {
                focus_cell(at);
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

    /// Whether a cell is ticked: it holds yes or no, or in a matrix the day on which something was done.
    fn is_tick(self, at: At) -> bool {
        let of = |grid: &Option<Grid>| {
            let grid = grid.as_ref()?;
            let (_, column) = grid.heads().into_iter().nth(at.1)?;
            Some(ticks(column.field, grid.is_matrix()))
        };
        self.grid.with_untracked(of) == Some(true)
    }

    /// Turns yes into no, and anything else into yes; puts today where nothing was done, and takes a day away.
    fn toggle(self, at: At) {
        let text = self.grid.with_untracked(|grid| {
            let grid = grid.as_ref()?;
            let stands = grid.text(at);
            Some(match (grid.is_matrix(), stands) {
                (true, "") => self.town.read_untracked(|desk| desk.today().to_string()),
                (true, _) => String::new(),
                (false, "是") => "否".to_owned(),
                (false, _) => "是".to_owned(),
            })
        });
        let text = text.unwrap_or_default();
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
        let deleted = self.ground(|_, desk| {
            let found = checked
                .deleted
                .iter()
                .map(|id| desk.replica().find_ix(self.ledger.id, id));
            found.flatten().collect::<Vec<_>>()
        });
        let count = checked.drafts.len() + deleted.len();
        if count == 0 {
            self.told.set("和已有的记录一样，没有要保存的。".to_owned());
            return;
        }
        let label = format!("成批填写{} {count} {}", self.ledger.label, self.ledger.counted);
        let town = self.town;
        let done = town.act_and_say(format!("已保存：{label}"), |desk| {
            desk.save_and_delete(&label, &checked.drafts, &deleted)
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

fn focus_cell(at: At) {
    let found = document().get_element_by_id(&cell_id(at));
    if let Some(cell) = found.and_then(|cell| cell.dyn_into::<HtmlElement>().ok()) {
        let _ = cell.focus();
    }
}

/// What was written into this grid in other tabs and not saved. It stays theirs until the person goes on with it here or
/// does away with it.
fn others(session: Session, ways: Vec<(Way, String)>) -> AnyView {
    let (name, tab) = (session.name.get_value(), session.tab.get_value());
    let all = session.town.read_untracked(|desk| desk.other_drafts(&name, &tab));
    let fits = |kept: Unfinished| {
        let read = from_text(session.ledger, &kept.text)?;
        ways.iter().any(|(way, _)| *way == read.way).then_some((kept, read))
    };
    let list = RwSignal::new(all.into_iter().filter_map(fits).take(OFFERED).collect::<Vec<_>>());
    let one = move |(kept, read): (Unfinished, Kept)| {
        let name = kept.name.clone();
        let off = move || list.update(|all| all.retain(|(other, _)| other.name != name));
        let name = kept.name.clone();
        let (done, take) = (off.clone(), move |read: &Kept| {
            session.pending.set_value(Some(read.clone()));
            session.way.set(read.way);
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

/// What the rows are.
fn choice(session: Session, ways: Vec<(Way, String)>) -> AnyView {
    let number = |at: usize| at.to_string();
    let options = ways
        .iter()
        .enumerate()
        .map(|(at, (_, label))| (number(at), label.clone()));
    let options: Vec<_> = options.collect();
    let all: Vec<Way> = ways.into_iter().map(|(way, _)| way).collect();
    let others = all.clone();
    let chosen = Signal::derive(move || {
        let here = session.way.get();
        all.iter().position(|way| *way == here).map_or_else(String::new, number)
    });
    let choose = move |at: String| {
        let way = at.parse().ok().and_then(|at: usize| others.get(at).copied());
        session.way.set(way.unwrap_or_default());
    };
    view! { <Segments label="填什么".to_owned() options chosen on_choose=choose /> }.into_any()
}

/// What holds for all rows.
fn held(session: Session) -> Option<AnyView> {
    let wanted = held_in(session.ledger, session.way.get())?;
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
            true => cards(session, rows, heads, matrix),
            false => table(session, rows, heads, matrix),
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
    let name = session
        .grid
        .with_untracked(|grid| grid.as_ref().map_or_else(String::new, |grid| grid.name(row).to_owned()));
    match name.is_empty() {
        true => format!("新的第 {} 行", row + 1),
        false => name,
    }
}

/// Whether a field is ticked: yes or no, or in a matrix the day on which something was done, which is today at first.
fn ticks(field: &Field, matrix: bool) -> bool {
    match field.kind {
        Kind::YesNo => true,
        Kind::Day => matrix && field.preset == Preset::Today,
        _ => false,
    }
}

fn table(session: Session, rows: usize, columns: Vec<(String, GridColumn)>, matrix: bool) -> AnyView {
    let heads = columns.iter().map(|(head, column)| {
        let star = (column.field.required && !matrix).then_some("（必填）");
        view! { <th scope="col">{head.clone()} <span class="muted small">{star}</span></th> }
    });
    let heads = heads.collect_view();
    let row = |row: usize| {
        let name = name_of(session, row);
        let cells = columns.iter().enumerate().map(|(place, (head, column))| {
            let called = if matrix { head } else { column.field.label };
            cell(session, (row, place), column.field, format!("{name} {called}"))
        });
        let cells = cells.collect::<Vec<_>>();
        let saves = (!matrix).then(|| view! { <td class="grid-tick">{tick(session, row, name.clone())}</td> });
        view! {
            <tr>
                {saves}
                <th scope="row">{name}</th>
                {cells}
            </tr>
        }
    };
    let name = format!("成批填写 {}", session.ledger.label);
    let first = match shape(session.ledger).filter(|_| matrix) {
        Some(shape) => shape.rows.map_or("村（社区）", |(_, field)| field.label),
        None => "记录",
    };
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
                        {(!matrix).then(|| view! { <th scope="col">"保存"</th> })}
                        <th scope="col">{first}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{(0..rows).map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn cell(session: Session, at: At, field: &'static Field, label: String) -> AnyView {
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
fn cards(session: Session, rows: usize, columns: Vec<(String, GridColumn)>, matrix: bool) -> AnyView {
    let row = |row: usize| {
        let name = name_of(session, row);
        let (mut ticked, mut typed) = (Vec::new(), Vec::new());
        for (place, (head, column)) in columns.iter().enumerate() {
            let field = column.field;
            let called = if matrix { head.as_str() } else { field.label };
            let label = format!("{name} {called}");
            let is_tick = ticks(field, matrix);
            if is_tick {
                ticked.push(big_tick(session, (row, place), label.clone(), called.to_owned()));
            }
            // The day of a tick can be put right.
            if !is_tick || field.kind == Kind::Day {
                typed.push(box_of(session, (row, place), label, head.clone()));
            }
        }
        let few = matrix && ticked.is_empty();
        let title = match matrix {
            true => view! { <b>{name}</b> }.into_any(),
            false => view! { <label class="tick">{tick(session, row, name.clone())} <b>{name}</b></label> }.into_any(),
        };
        let others = if matrix { "日期" } else { "其他栏目" };
        let rest = match few {
            true => view! { <div class="stack">{typed}</div> }.into_any(),
            false => {
                view! { <details><summary>{others}</summary><div class="stack">{typed}</div></details> }.into_any()
            }
        };
        view! { <li class="grid-card">{title} {ticked} {rest}</li> }
    };
    view! { <ul class="grid-cards">{(0..rows).map(row).collect_view()}</ul> }.into_any()
}

fn text_at(session: Session, at: At) -> Memo<String> {
    Memo::new(move |_| {
        let grid = session.grid.read();
        grid.as_ref().map_or_else(String::new, |grid| grid.text(at).to_owned())
    })
}

/// A large tick of a card: yes, or done on a day.
fn big_tick(session: Session, at: At, label: String, called: String) -> AnyView {
    let text = text_at(session, at);
    let is_on = Memo::new(move |_| !matches!(text.read().as_str(), "" | "否"));
    let day = move || Some(text.get()).filter(|text| !text.is_empty() && text != "是" && text != "否");
    view! {
        <button
            type="button"
            class="big-tick"
            role="checkbox"
            aria-checked=move || if is_on.get() { "true" } else { "false" }
            aria-label=label
            on:click=move |_| session.toggle(at)
        >
            {move || if is_on.get() { "√ " } else { "× " }}
            {called}
            {move || day().map(|day| view! { " " <span class="small">{day}</span> })}
        </button>
    }
    .into_any()
}

/// The box of a card that a text is typed into.
fn box_of(session: Session, at: At, label: String, head: String) -> AnyView {
    let text = text_at(session, at);
    view! {
        <label class="labelled">
            <span class="small muted">{head}</span>
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
    .into_any()
}
