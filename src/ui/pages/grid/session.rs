//! A grid on its way: what it is of, what is written into it, what is kept unfinished, and how it is saved.

use leptos::prelude::*;

use super::super::unfinished;
use super::table::{begin_in_box, focus_cell};
use crate::desk::Desk;
use crate::model::ledger::{Cells, Field, Kind, Ledger, Preset, Slot};
use crate::model::programmes::catalogue;
use crate::model::records::Draft;
use crate::model::value::Value;
use crate::ui::app::Shell;
use crate::ui::dom::next_frame;
use crate::ui::state::AppStore;
use crate::view::form::{self, value_of};
use crate::view::grid::{At, Fault, Grid, Ground, Way};
use crate::view::grid_draft::{Kept, to_text};
use crate::view::list;
use crate::view::matrix::{held_in, matrix};
use crate::view::route::ListQuery;

/// A grid on its way. Copies are the same.
#[derive(Clone, Copy)]
pub struct Session {
    pub shell: Shell,
    pub town: AppStore,
    pub ledger: &'static Ledger,
    /// What the rows are.
    pub way: RwSignal<Way>,
    /// What holds for all rows, as it was chosen or typed.
    pub fixed: RwSignal<Vec<(Slot, String)>>,
    pub grid: RwSignal<Option<Grid>>,
    /// The cell that keys go to, and the other corner of the range.
    pub at: RwSignal<At>,
    pub other: RwSignal<At>,
    /// What is being typed in the cell; `None` while it is only shown.
    pub typing: RwSignal<Option<String>>,
    /// Whether it replaces what stood there, rather than changes it.
    pub replaces: StoredValue<bool>,
    pub faults: RwSignal<Vec<Fault>>,
    /// What is said of the last step.
    pub told: RwSignal<String>,
    /// Names the grid among what is kept unfinished, and the tab: `night_talk.grid`.
    pub name: StoredValue<String>,
    pub tab: StoredValue<String>,
    /// What the grid is of: its way and what was chosen for all rows.
    pub of: StoredValue<(Way, Vec<(Slot, String)>)>,
    /// What was left unfinished in other grids of the ledger.
    pub aside: RwSignal<Vec<Kept>>,
    /// What was left unfinished and is to be taken up once the grid is made.
    pub pending: StoredValue<Option<Kept>>,
    /// Whether it was.
    pub restored: RwSignal<bool>,
}

impl Session {
    pub fn ground<R>(self, work: impl FnOnce(&Ground, &Desk) -> R) -> R {
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
    pub fn held(self) -> Option<Vec<(Slot, Value)>> {
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

    /// Makes the grid anew, whenever what it is of was chosen. What was written into the one before stays unfinished.
    pub fn begin(self) {
        let (way, fixed) = (self.way.get(), self.fixed.get());
        let held = self.held();
        if let Some(kept) = self.written() {
            self.aside.update(|all| all.push(kept));
            self.told.set(String::new());
        }
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
        self.of.set_value((way, fixed));
        self.typing.set(None);
        self.faults.set(Vec::new());
        self.restored.set(false);
        self.at.set((0, 0));
        self.other.set((0, 0));
        if self.grid.with_untracked(Option::is_some)
            && let Some(kept) = self.waiting()
        {
            self.take_up(&kept);
        }
    }

    /// What is to be taken up in the grid that was just made: what the person goes on with, or what was written into the
    /// same one before.
    fn waiting(self) -> Option<Kept> {
        let pending = self.pending.try_update_value(Option::take).flatten();
        pending.or_else(|| {
            let (way, fixed) = self.of.get_value();
            let same = |kept: &Kept| kept.is_of(self.ledger, way, &fixed);
            let at = self.aside.with_untracked(|all| all.iter().position(same));
            self.without(at?)
        })
    }

    /// Takes one out of those that were left in other grids.
    pub fn without(self, at: usize) -> Option<Kept> {
        let take = |all: &mut Vec<Kept>| (at < all.len()).then(|| all.remove(at));
        self.aside.try_update(take).flatten()
    }

    /// Goes on with what was left unfinished: the first is taken up, the others stay beside it.
    pub fn go_on(self, all: Vec<Kept>) {
        let mut all = all.into_iter();
        let Some(first) = all.next() else { return };
        self.aside.update(|aside| aside.extend(all));
        self.pending.set_value(Some(first.clone()));
        self.way.set(first.way);
        self.fixed.set(first.fixed);
    }

    /// What was written into the grid and not saved, with what is being typed.
    fn written(self) -> Option<Kept> {
        let mut grid = self.grid.get_untracked()?;
        if let Some(text) = self.typing.get_untracked() {
            grid.write(vec![(self.at.get_untracked(), text.trim().to_owned())]);
        }
        let (way, fixed) = self.of.get_value();
        Kept::of(way, &fixed, &grid)
    }

    /// Makes the grid anew as long as nothing was written into it; the place stays.
    pub fn catch_up(self) {
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
    pub fn take_up(self, kept: &Kept) {
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
            self.keep();
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

    /// Keeps what was written here and in the other grids of the ledger.
    pub fn keep(self) {
        let (name, tab) = (self.name.get_value(), self.tab.get_value());
        let here = self.written().into_iter();
        let all: Vec<Kept> = here.chain(self.aside.get_untracked()).collect();
        match all.is_empty() {
            true => unfinished::forget(self.shell, self.town, (&name, &tab)),
            false => unfinished::keep(self.shell, self.town, (&name, &tab), &to_text(self.ledger, &all)),
        }
    }

    pub fn drop_unfinished(self) {
        self.begin_anew();
        self.keep();
    }

    /// Makes the grid anew without what was written into it.
    fn begin_anew(self) {
        self.told.set(String::new());
        self.grid.set(None);
        untrack(|| self.begin());
    }

    pub fn change(self, change: impl FnOnce(&mut Grid)) {
        self.grid.update(|grid| {
            if let Some(grid) = grid {
                change(grid);
            }
        });
        self.faults.set(Vec::new());
        self.keep();
    }

    pub fn size(self) -> (usize, usize) {
        let of = |grid: &Option<Grid>| grid.as_ref().map_or((0, 0), Grid::size);
        self.grid.with_untracked(of)
    }

    /// Goes to a cell; with `range` the other corner stays.
    pub fn go(self, row: isize, column: isize, range: bool) {
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

    pub fn step(self, down: isize, right: isize, range: bool) {
        let (row, column) = self.at.get_untracked();
        self.go(row as isize + down, column as isize + right, range);
    }

    /// Begins to type into the cell, with a text in place of what stands there.
    pub fn edit(self, text: Option<String>) {
        let at = self.at.get_untracked();
        let stands = self.grid.with_untracked(|grid| {
            let text = grid.as_ref().map(|grid| grid.text(at).to_owned());
            text.unwrap_or_default()
        });
        self.replaces.set_value(text.is_some());
        let text = text.unwrap_or(stands);
        self.typing.set(Some(text.clone()));
        self.keep();
        begin_in_box(at, &text);
    }

    /// Takes what the box of the cell holds while it is typed into.
    pub fn begin_typing(self, text: String) {
        if self.typing.with_untracked(Option::is_none) {
            self.replaces.set_value(true);
        }
        self.typing.set(Some(text));
        self.keep();
    }

    /// Takes what was typed into the cell.
    pub fn take(self) {
        // Browsers end the typing of a box that goes away with its page as well: that was kept when it was typed.
        if let Some(text) = self.typing.try_get_untracked().flatten() {
            self.typing.set(None);
            let at = self.at.get_untracked();
            self.change(|grid| grid.write(vec![(at, text.trim().to_owned())]));
        }
    }

    /// Whether a cell is ticked: it holds yes or no, or in a matrix the day on which something was done.
    pub fn is_tick(self, at: At) -> bool {
        let of = |grid: &Option<Grid>| {
            let grid = grid.as_ref()?;
            let (_, column) = grid.heads().into_iter().nth(at.1)?;
            Some(ticks(column.field, grid.is_matrix()))
        };
        self.grid.with_untracked(of) == Some(true)
    }

    /// Whether a cell says who came, where nothing means that nobody was asked: a row of a roll without a record.
    pub fn is_roll(self, at: At) -> bool {
        self.grid
            .with_untracked(|grid| grid.as_ref().is_some_and(|grid| grid.may_be_left_out(at)))
    }

    /// Ticks a cell, or takes its tick away.
    pub fn toggle(self, at: At) {
        let today = self.town.read_untracked(Desk::today);
        let next = |grid: &Option<Grid>| grid.as_ref().map(|grid| grid.next_tick(at, today));
        if let Some(text) = self.grid.with_untracked(next) {
            self.change(|grid| grid.write(vec![(at, text)]));
        }
    }

    pub fn save(self) {
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
        let is_stored = done.failure.is_none();
        self.begin_anew();
        if is_stored {
            self.keep();
        }
    }
}

/// Whether a field is ticked: yes or no, or in a matrix the day on which something was done, which is today at first.
pub fn ticks(field: &Field, matrix: bool) -> bool {
    match field.kind {
        Kind::YesNo => true,
        Kind::Day => matrix && field.preset == Preset::Today,
        _ => false,
    }
}
