//! The figures of the whole page: one board for each period and day, kept as long as the page is open, so that a
//! change computes again only what depends on its unit and ledger, whatever page is shown.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::app::{Shell, use_shell};
use super::components::button::Select;
use super::components::day::day_box;
use super::state::{AppStore, use_store};
use crate::desk::Desk;
use crate::model::date::Day;
use crate::model::engine::indicator::{Board, Indicator, Period, Scope};
use crate::model::ledger::Lies;
use crate::model::programmes;
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{COMMUNITY, VILLAGE};
use crate::model::programmes::town::rules::WINDOW_START;
use crate::model::records::Records;
use crate::view::charts::Source;
use crate::view::first_look::{self, Top};
use crate::view::follow;
use crate::view::overview as vm;
use crate::view::period;
use crate::view::reach;
use crate::view::route::{Route, key};
use crate::view::show;
use crate::view::standing::Overdue;

/// A board and the version of the replica it was last brought up to.
struct Kept {
    period: Period,
    day: Day,
    reach: Scope,
    community: Option<bool>,
    /// A board of one indicator, for the months of the map's player.
    only: Option<&'static str>,
    version: u64,
    /// Number of changes then.
    changes: usize,
    board: Rc<RefCell<Board>>,
}

/// After more changes than this, figures are worked out only when somebody looks at them.
const FEW_CHANGES: usize = 100;

/// Whole boards that are kept, and boards of one indicator: five years of months.
const MOST: (usize, usize) = (4, 64);

thread_local! {
    /// The boards, the latest used last.
    static BOARDS: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

/// The board of a period and a day, up to date; of one indicator, or of all.
fn board_of(
    desk: &Desk,
    (period, day, reach, community): (Period, Day, &Scope, Option<bool>),
    only: Option<&'static Indicator>,
) -> Rc<RefCell<Board>> {
    let id = only.map(|i| i.id);
    BOARDS.with_borrow_mut(|all| {
        let place = all
            .iter()
            .position(|k| (k.period, k.day, k.community, k.only) == (period, day, community, id) && k.reach == *reach);
        let mut kept = match place {
            Some(place) => all.remove(place),
            None => Kept {
                period,
                day,
                reach: reach.clone(),
                community,
                only: id,
                version: u64::MAX,
                changes: 0,
                board: Rc::new(RefCell::new(
                    programmes::board(period, day).over(reach.clone()).of_kind(community),
                )),
            },
        };
        let version = desk.replica().version();
        // A board being read is up to date: the reader came through here.
        if kept.version != version
            && let Ok(mut board) = kept.board.try_borrow_mut()
        {
            match only {
                Some(indicator) => board.refresh_some(desk.replica(), &[indicator]),
                None => board.refresh(desk.replica()),
            };
            kept.version = version;
            kept.changes = desk.replica().change_count();
        }
        let board = Rc::clone(&kept.board);
        let most = if id.is_some() { MOST.1 } else { MOST.0 };
        if all.iter().filter(|k| k.only.is_some() == id.is_some()).count() >= most
            && let Some(oldest) = all.iter().position(|k| k.only.is_some() == id.is_some())
        {
            all.remove(oldest);
        }
        all.push(kept);
        board
    })
}

/// Whether the figures that the next start shows first are kept, little has changed since, and they are of the town.
pub fn has_first(desk: &Desk) -> bool {
    let today = desk.today();
    let period = first_look::period_of(today);
    let changes = desk.replica().change_count();
    let few = |k: &Kept| changes.abs_diff(k.changes) <= FEW_CHANGES;
    let whole = |k: &Kept| k.only.is_none() && k.community.is_none();
    let first = |k: &Kept| whole(k) && k.reach == Scope::Town && k.day == today && k.period == period && few(k);
    BOARDS.with_borrow(|all| all.iter().any(first)) && desk.reach() == Scope::Town
}

/// What the next start shows first, where the figures of it are kept; brings them up to date.
pub fn first_top(desk: &Desk) -> Option<Top> {
    let today = desk.today();
    let period = first_look::period_of(today);
    let kept = has_first(desk).then(|| board_of(desk, (period, today, &Scope::Town, None), None))?;
    let todo = follow::follow_ups(desk.replica(), catalogue(), today, &Scope::Town);
    Some(Top::of(&kept.borrow(), Some(&Overdue::of(&todo))))
}

/// The figures of a period and a day, anew after every change. Copies are the same.
#[derive(Clone, Copy)]
pub struct Figures {
    asked: Memo<(Period, Day, u64, Scope, Option<bool>)>,
    /// The desk they come from.
    pub town: AppStore,
}

impl Figures {
    /// Reads the board; what reads this way runs again when the figures change.
    pub fn with<R>(self, read: impl FnOnce(&Board) -> R) -> R {
        let (period, day, _, reach, kind) = self.asked.get();
        let board = self
            .town
            .read_untracked(|desk| board_of(desk, (period, day, &reach, kind), None));
        let board = board.borrow();
        read(&board)
    }

    /// Reads records and board together.
    pub fn source<R>(self, read: impl FnOnce(Source) -> R) -> R {
        self.with(|board| {
            self.town.read_untracked(|desk| {
                read(Source {
                    records: desk.replica(),
                    board,
                })
            })
        })
    }

    /// The period and the day.
    pub fn asked(self) -> (Period, Day) {
        let (period, day, ..) = self.asked.get();
        (period, day)
    }

    /// Of whom they are: [`Desk::reach`], or a district that was chosen.
    pub fn reach(self) -> Scope {
        self.asked.get().3
    }

    /// Of which kind of unit they are: 社区 (`true`), 村 (`false`) or both.
    pub fn community(self) -> Option<bool> {
        self.asked.get().4
    }

    /// The sentence that says so, where the records of a part of the town alone are here.
    pub fn told(self) -> Option<String> {
        self.asked.track();
        self.town
            .read_untracked(|desk| reach::told(desk.replica(), &desk.reach()))
    }

    /// What stands under the title on paper.
    pub fn on_paper(self) -> String {
        let (asked, reach) = (self.asked(), self.reach());
        self.town
            .read_untracked(|desk| reach::on_paper(desk.replica(), &reach, asked, (desk.today(), &desk.person().label)))
    }

    /// Reads the values of one indicator on another day, over the same kind of period.
    pub fn one<R>(self, day: Day, indicator: &'static Indicator, read: impl FnOnce(&Board) -> R) -> R {
        let (period, _, _, reach, kind) = self.asked.get();
        let period = match period {
            Period::Since(_) | Period::All => period,
            other => period::of_kind(period::kind(other), day, None),
        };
        let board = self
            .town
            .read_untracked(|desk| board_of(desk, (period, day, &reach, kind), Some(indicator)));
        let board = board.borrow();
        read(&board)
    }
}

/// The figures that the address asks for.
pub fn use_figures() -> Figures {
    figures_of(false)
}

/// The same, narrowed to the district and the kind of unit that the address names.
pub fn use_narrowed_figures() -> Figures {
    figures_of(true)
}

/// The same over the whole year that the period of the address lies in.
pub fn use_year_figures() -> Figures {
    let figures = figures_of(false);
    let asked = Memo::new(move |_| {
        let (period, day, version, reach, kind) = figures.asked.get();
        let year = period.span(day).to.year();
        let year = if let Period::Year(year) = period { year } else { year };
        (Period::Year(year), day, version, reach, kind)
    });
    Figures {
        asked,
        town: figures.town,
    }
}

fn figures_of(narrowed: bool) -> Figures {
    let town = use_store();
    let shell = use_shell();
    let asked = Memo::new(move |_| {
        let address = shell.address.read();
        (
            address.get(key::PERIOD).map(str::to_owned),
            address.get(key::AS_OF).map(str::to_owned),
            address.get(key::WITHIN).map(str::to_owned).filter(|_| narrowed),
            address
                .get(key::KIND)
                .map(|kind| kind == COMMUNITY)
                .filter(|_| narrowed),
        )
    });
    let asked = Memo::new(move |_| {
        let (period, day, district, kind) = asked.get();
        town.read(|desk| {
            let reach = match (desk.reach(), district) {
                (Scope::Town, Some(district)) => Scope::District(district),
                (reach, _) => reach,
            };
            let day = vm::figures_day(desk.today(), day.as_deref());
            (
                vm::figures_period(period.as_deref(), day),
                day,
                desk.replica().version(),
                reach,
                kind,
            )
        })
    });
    Figures { asked, town }
}

/// Where district and kind of unit are chosen, beside [`period_bar`]; a person with the records of a part of the town has
/// no district to choose.
pub fn narrow_bar(figures: Figures) -> AnyView {
    let shell = use_shell();
    let town = figures.town;
    let districts = Memo::new(move |_| {
        figures.asked.track();
        town.read_untracked(|desk| {
            let named = show::districts(desk.replica()).into_iter();
            let named = named.map(|d| (d.id().to_owned(), show::name(d.name().unwrap_or(d.id()))));
            let all = std::iter::once((String::new(), "全镇".to_owned()));
            all.chain(named)
                .filter(|_| desk.reach() == Scope::Town)
                .collect::<Vec<_>>()
        })
    });
    let district = Signal::derive(move || match figures.reach() {
        Scope::District(id) => id,
        Scope::Town | Scope::Unit(_) => String::new(),
    });
    let kinds = [("", "村和社区"), ("village", "村"), ("community", "社区")];
    let kinds = Memo::new(move |_| kinds.map(|(key, word)| (key.to_owned(), word.to_owned())).to_vec());
    let kind = Signal::derive(move || {
        let kind = figures.community().map(|c| if c { COMMUNITY } else { VILLAGE });
        kind.unwrap_or_default().to_owned()
    });
    let lone = move || town.read_untracked(|desk| matches!(desk.reach(), Scope::Unit(_)));
    view! {
        <div class="period-bar no-print" role="group" aria-label="统计范围">
            <Show when=move || { districts.read().len() > 1 }>
                <Select
                    label="片区"
                    options=districts
                    chosen=district
                    on_choose=move |id: String| shell.refine_query(key::WITHIN, &id)
                />
            </Show>
            <Show when=move || !lone()>
                <Select
                    label="单位类型"
                    options=kinds
                    chosen=kind
                    on_choose=move |kind: String| shell.refine_query(key::KIND, &kind)
                />
            </Show>
        </div>
    }
    .into_any()
}

/// The address of a list narrowed to what the figures of the page are narrowed to, where they can be.
pub fn narrowed(shell: Shell, href: &str) -> String {
    let address = shell.address.read_untracked();
    if !matches!(address.route, Route::Programme(_) | Route::Charts | Route::Summary) {
        return href.to_owned();
    }
    vm::within(href, address.get(key::WITHIN), address.get(key::KIND))
}

/// The address of a page that keeps the period and the day of the figures.
pub fn link(route: Route) -> String {
    use_shell().address.read_untracked().go(route).hash()
}

/// Where period and day are chosen, for every page with figures.
pub fn period_bar(figures: Figures) -> AnyView {
    let shell = use_shell();
    let town = figures.town;
    let start =
        move || town.read_untracked(|desk| WINDOW_START.get(&programmes::settings(desk.replica() as &dyn Records)));
    let kinds = Memo::new(move |_| {
        let since = town.read(|_| start().is_some());
        let kinds = period::KINDS.iter().filter(|(kind, _)| *kind != "since" || since);
        kinds
            .map(|(kind, word)| ((*kind).to_owned(), (*word).to_owned()))
            .collect()
    });
    let kind = Signal::derive(move || period::kind(figures.asked().0).to_owned());
    let chosen = Signal::derive(move || period::key(figures.asked().0));
    let choices = Memo::new(move |_| {
        let (period, day) = figures.asked();
        period::choices(period, day)
    });
    let choose_kind = move |kind: String| {
        let (_, day) = untrack(|| figures.asked());
        shell.refine_query(key::PERIOD, &period::key(period::of_kind(&kind, day, start())));
    };
    let day = Signal::derive(move || figures.asked().1.to_string());
    // An emptied field goes back to the usual day.
    let choose_day = move |day: Option<Day>| {
        shell.refine_query(key::AS_OF, &day.map_or_else(String::new, |day| day.to_string()));
    };
    let today = (figures.town.read_untracked(Desk::today), Lies::Past);
    let since = move || {
        let (period, _) = figures.asked();
        let event = figures.town.read(|desk| reach::since(period, desk.replica()));
        event.map(|event| view! { <span class="note">{format!("从“{event}”这天算起")}</span> })
    };
    view! {
        <p class="print-only paper-line">{move || figures.on_paper()}</p>
        <div class="period-bar no-print" role="group" aria-label="统计期">
            <Select label="统计期类型" options=kinds chosen=kind on_choose=choose_kind />
            <Show when=move || !choices.read().is_empty()>
                <Select
                    label="统计期"
                    options=choices
                    chosen=chosen
                    on_choose=move |period: String| shell.refine_query(key::PERIOD, &period)
                />
            </Show>
            <span class="period-day">
                <span aria-hidden="true">"截至"</span>
                {day_box("截至", day, today, shell.toasts, Callback::new(choose_day))}
            </span>
            {since}
        </div>
        {move || figures.told().map(|told| view! { <p class="note reach-note">{told}</p> })}
    }
    .into_any()
}
