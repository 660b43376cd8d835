//! The map of the town, coloured by an indicator, with the district or the unit beside it.

mod edit;
mod legend;
mod names;
mod panel;
mod survey;
mod tools;

pub use legend::scale_bar;
pub use panel::{district_body, progress_rows};

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::desk::Desk;
use crate::map::TownMap;
use crate::model::date::{Day, Month};
use crate::model::engine::indicator::{Indicator, Roster, Scope};
use crate::model::programmes::dream::indicators::NIGHT_TALKS;
use crate::model::programmes::indicator_by_id;
use crate::ui::app::{Shell, use_shell};
use crate::ui::components::frame::Head;
use crate::ui::components::town_map::{MapActs, TownMapVm, town_map};
use crate::ui::figures::{Figures, use_figures};
use crate::ui::pages::overview::follow_ups;
use crate::view::map_edit::{self, Survey, lines, off_the_map};
use crate::view::map_page::{self, Coloured, Mode};
use crate::view::overview as vm;
use crate::view::pinyin;
use crate::view::route::Route;
use crate::view::standing::Overdue;

/// The query key of the chosen indicator.
pub const BY: &str = "by";
/// The query key of what the cells show.
pub const SHOW: &str = "show";
/// The query key of the day to compare with.
pub const VERSUS: &str = "vs";

thread_local! {
    /// The map drawn last: growing it anew takes longer than everything else on a page.
    static GROWN: RefCell<Option<(Grown, Arc<TownMap>)>> = const { RefCell::new(None) };
}

/// What the geometry follows from: the units with their districts, where they were put by hand, and the borders in use.
type Grown = (Roster, BTreeMap<String, (i32, i32)>, Option<String>);

/// The geometry, kept as long as units and districts stay.
pub fn use_map(figures: Figures) -> Memo<Arc<TownMap>> {
    let from = Memo::new(move |_| {
        figures.source(|s| {
            (
                s.board.everyone().clone(),
                map_page::places(s.records),
                map_edit::in_use(s.records),
            )
        })
    });
    Memo::new(move |_| {
        let from = from.get();
        GROWN.with_borrow_mut(|grown| match grown {
            Some((of, map)) if *of == from => Arc::clone(map),
            _ => {
                let map = Arc::new(
                    figures
                        .town
                        .read_untracked(|desk| map_page::town_map(desk.replica(), &from.0)),
                );
                *grown = Some((from, Arc::clone(&map)));
                map
            }
        })
    })
}

/// What the map shows for an indicator.
pub fn drawn(figures: Figures, map: Memo<Arc<TownMap>>, by: &'static Indicator) -> (TownMapVm, Coloured) {
    let map = map.get();
    figures.source(|s| {
        let coloured = map_page::with_tints(
            map_page::coloured(&map, s.board, by),
            &map,
            &map_page::tints(&map, s.records),
        );
        let plates = map_page::plates(&map, s.records, s.board, by);
        (vm_of(&map, &coloured, plates, by.name, Mode::Indicator), coloured)
    })
}

fn vm_of(
    map: &Arc<TownMap>,
    coloured: &Coloured,
    plates: Vec<crate::map::PlateText>,
    subject: &str,
    mode: Mode,
) -> TownMapVm {
    TownMapVm {
        map: Arc::clone(map),
        cells: coloured.cells.clone(),
        plates,
        subject: subject.to_owned(),
        mode,
    }
}

/// Everything the parts of the page share. Copies are the same.
#[derive(Clone, Copy)]
struct MapPage {
    shell: Shell,
    figures: Figures,
    map: Memo<Arc<TownMap>>,
    indicator: Memo<&'static Indicator>,
    mode: Memo<Mode>,
    /// The month the player stands at; `None` is the as-of day.
    month: RwSignal<Option<Month>>,
    /// The day to compare with.
    versus: Memo<Option<Day>>,
    /// The step or status the legend keeps.
    keep: RwSignal<Option<String>>,
    /// Words searched for on the map.
    words: RwSignal<String>,
    /// The map is being edited.
    editing: RwSignal<bool>,
    /// A unit put down in another district: its position and that of the district, waiting for the day.
    moving: RwSignal<Option<(usize, usize)>>,
    /// A file of borders that was read, or why it cannot be used.
    survey: RwSignal<Option<Result<Survey, String>>>,
    shown: Memo<Option<(TownMapVm, Coloured)>>,
    /// Ids of the chosen district and unit.
    chosen: Memo<(Option<String>, Option<String>)>,
}

/// The page.
pub fn map() -> AnyView {
    let shell = use_shell();
    shell.head.set(Head {
        full: true,
        ..Head::titled("地图")
    });
    let page = MapPage::new(shell);
    let acts = page.acts();
    // Built once: other values change what it shows, not the map itself.
    let map = page.map;
    let vm = Signal::derive(move || page.shown.get().map_or_else(|| empty(&map.get()), |s| s.0));
    let drawing = town_map(vm, acts, false);
    let notes = move || {
        let map = map.get();
        let mut notes = vec![lines(&map).note().to_owned()];
        let sample = page.figures.town.read(|desk| vm::is_sample_division(desk.replica()));
        notes.extend(sample.then(|| "片区为示例划分".to_owned()));
        notes.extend(page.figures.told());
        let off = off_the_map(&map);
        notes.extend((!off.is_empty()).then(|| format!("没有边界、图上未画：{}", crate::map::geojson::listed(&off))));
        notes
            .into_iter()
            .map(|note| view! { <span>{note}</span> })
            .collect_view()
    };
    view! {
        <div class="map-page">
            <div class="map-main">
                <p class="print-only paper-line">{move || page.figures.on_paper()}</p>
                {page.tools()}
                {move || page.edit_bar()}
                <div class="map-well">
                    {drawing}
                    <p class="map-note">{notes}</p>
                </div>
                {move || page.legend()}
            </div>
            {move || if page.editing.get() { None } else { page.panel() }}
        </div>
    }
    .into_any()
}

/// A map without values.
fn empty(map: &Arc<TownMap>) -> TownMapVm {
    TownMapVm {
        map: Arc::clone(map),
        cells: Vec::new(),
        plates: Vec::new(),
        subject: String::new(),
        mode: Mode::Indicator,
    }
}

impl MapPage {
    fn new(shell: Shell) -> MapPage {
        let figures = use_figures();
        let map = use_map(figures);
        let asked = move |key: &'static str| Memo::new(move |_| shell.address.read().get(key).map(str::to_owned));
        let (by, show, versus) = (asked(BY), asked(SHOW), asked(VERSUS));
        let indicator = Memo::new(move |_| {
            let id = by.get();
            id.and_then(|id| indicator_by_id(&id)).unwrap_or(&NIGHT_TALKS)
        });
        let mode = Memo::new(move |_| Mode::from_key(show.read().as_deref().unwrap_or_default()));
        let versus = Memo::new(move |_| versus.read().as_deref().and_then(Day::parse));
        let month = RwSignal::new(None::<Month>);
        let todo = follow_ups(figures, Scope::Town);
        let programmes = Memo::new(move |_| {
            let overdue = Overdue::of(&todo.read());
            figures.with(|board| map_page::programmes(&map.get(), board, &overdue))
        });
        let tints = Memo::new(move |_| figures.town.read(|desk| map_page::tints(&map.get(), desk.replica())));
        let shown = Memo::new(move |_| {
            // Flowers and statuses are those of the as-of day, whatever month the player shows.
            let (mut vm, coloured) = shown(figures, map, indicator.get(), mode.get(), month.get(), versus.get());
            let coloured = map_page::with_programmes(coloured, &programmes.read());
            let coloured = map_page::with_tints(coloured, &map.get(), &tints.read());
            vm.cells.clone_from(&coloured.cells);
            Some((vm, coloured))
        });
        let chosen = Memo::new(move |_| match &shell.address.read().route {
            Route::Map { district, unit } => {
                let own = |code: &String| figures.with(|b| b.everyone().unit(code).map(|u| u.district.clone()));
                let district = district.clone().or_else(|| unit.as_ref().and_then(own));
                (district.filter(|d| !d.is_empty()), unit.clone())
            }
            _ => (None, None),
        });
        MapPage {
            shell,
            figures,
            map,
            indicator,
            mode,
            month,
            versus,
            keep: RwSignal::new(None),
            words: RwSignal::new(String::new()),
            editing: RwSignal::new(false),
            moving: RwSignal::new(None),
            survey: RwSignal::new(None),
            shown,
            chosen,
        }
    }

    fn go(self, district: Option<String>, unit: Option<String>) {
        let mut to = self.shell.address.get_untracked();
        to.route = Route::Map { district, unit };
        self.shell.go(&to);
    }

    /// One level up: from the unit to its district, from the district to the town.
    fn up(self) {
        match self.chosen.get_untracked() {
            (district, Some(_)) => self.go(district, None),
            _ => self.go(None, None),
        }
    }

    fn acts(self) -> MapActs {
        let place = move |cell: usize| {
            let map = self.map.get_untracked();
            let cell = map.cells.get(cell)?;
            let district = cell.district.and_then(|d| map.districts.get(d)).map(|d| d.id.clone());
            Some((district, cell.code.clone()))
        };
        let choose = move |cell: usize| {
            let Some((district, code)) = place(cell) else { return };
            let (here, _) = self.chosen.get_untracked();
            // First the district, then the unit in it; a unit without a district at once, and where there are the records
            // of one unit only.
            let one = matches!(self.figures.reach(), Scope::Unit(_));
            let unit = (one || here == district || district.is_none()).then_some(code);
            self.go(district, unit);
        };
        let reach = move |cell: usize| {
            let (here, _) = self.chosen.get_untracked();
            if let (Some((district, _)), Some(here)) = (place(cell), here)
                && district.as_ref() != Some(&here)
            {
                // The arrow left the district: the map follows, without a step in the history for each.
                let mut to = self.shell.address.get_untracked();
                to.route = Route::Map { district, unit: None };
                self.shell.refine(to);
            }
        };
        let screen = crate::ui::screen::use_screen();
        let on_phone = Memo::new(move |_| screen.width.get() == crate::ui::screen::Width::Phone);
        MapActs {
            choose: Callback::new(choose),
            reach: Callback::new(reach),
            up: Callback::new(move |()| self.up()),
            selected: Signal::derive(move || self.chosen.get().0),
            // On a phone the first tap opens the sheet, the second zooms to the unit's district.
            zoomed: Signal::derive(move || !on_phone.get() || self.chosen.get().1.is_some()),
            unit: Signal::derive(move || self.chosen.get().1),
            keeps: Callback::new(move |cell| self.keeps(cell)),
            found: Signal::derive(move || self.found()),
            card: Callback::new(move |cell| self.card(cell)),
            editing: self.editing.into(),
            put: Callback::new(move |(cell, place)| self.put(cell, place)),
        }
    }

    fn keeps(self, cell: usize) -> bool {
        self.keep.with(|keep| {
            keep.as_ref().is_none_or(|keep| {
                self.shown.with(|s| {
                    let look = s.as_ref().and_then(|s| s.0.cells.get(cell));
                    look.is_some_and(|look| legend::key_of(look, self.mode.get()) == *keep)
                })
            })
        })
    }

    fn found(self) -> Vec<usize> {
        let words = self.words.get();
        if words.trim().is_empty() {
            return Vec::new();
        }
        let map = self.map.get();
        let cells = map.cells.iter().enumerate();
        let found = pinyin::best_first(&words, cells, |(_, cell)| (cell.name.as_str(), ""));
        found.into_iter().map(|(place, _)| place).collect()
    }
}

/// The values on the map: of the as-of day, of a month of the player, or the change since another day.
fn shown(
    figures: Figures,
    map: Memo<Arc<TownMap>>,
    by: &'static Indicator,
    mode: Mode,
    month: Option<Month>,
    versus: Option<Day>,
) -> (TownMapVm, Coloured) {
    let map = map.get();
    let (_, as_of) = figures.asked();
    let plates = |board: &crate::model::engine::indicator::Board| {
        let mut plates = figures
            .town
            .read_untracked(|desk| map_page::plates(&map, desk.replica(), board, by));
        // Flowers and statuses are not of this indicator; its values have no business among them.
        if mode != Mode::Indicator {
            plates.iter_mut().for_each(|p| p.value = None);
        }
        plates
    };
    let own = map_page::subject(mode, by);
    let (coloured, plates, subject) = figures.with(|board| match (month, versus) {
        (Some(month), _) => figures.one(month.last().min(as_of), by, |then| {
            (map_page::scaled(&map, then, board, by), plates(then), own.to_owned())
        }),
        (None, Some(day)) => figures.one(day, by, |then| {
            let subject = format!("{}较 {day} 的变化", by.name);
            let both = (then, board);
            let compared = |desk: &Desk| map_page::compared(&map, desk.replica(), both, by);
            (figures.town.read_untracked(compared), plates(board), subject)
        }),
        (None, None) => (map_page::coloured(&map, board, by), plates(board), own.to_owned()),
    });
    (vm_of(&map, &coloured, plates, &subject, mode), coloured)
}
