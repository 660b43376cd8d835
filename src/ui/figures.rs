//! The figures of the whole page: one board for each period and day, kept as long as the page is open, so that a
//! change computes again only what depends on its unit and ledger, whatever page is shown.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::app::use_shell;
use super::components::button::Select;
use super::state::{Town, use_town};
use crate::desk::Desk;
use crate::model::date::Day;
use crate::model::indicator::{Board, Period};
use crate::model::records::Records;
use crate::model::settings::Settings;
use crate::view::charts::Source;
use crate::view::overview as vm;
use crate::view::period;
use crate::view::route::{Route, key};

/// A board and the version of the replica it was last brought up to.
struct Kept {
    period: Period,
    day: Day,
    version: u64,
    board: Rc<RefCell<Board>>,
}

/// Boards that are kept beside the one in use: for the comparison of two days.
const MOST: usize = 4;

thread_local! {
    /// The boards, the latest used last.
    static BOARDS: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

/// The board of a period and a day, up to date.
fn board_of(desk: &Desk, period: Period, day: Day) -> Rc<RefCell<Board>> {
    BOARDS.with_borrow_mut(|all| {
        let place = all.iter().position(|k| k.period == period && k.day == day);
        let mut kept = match place {
            Some(place) => all.remove(place),
            None => Kept {
                period,
                day,
                version: u64::MAX,
                board: Rc::new(RefCell::new(Board::new(period, day))),
            },
        };
        let version = desk.replica().version();
        // A board being read is up to date: the reader came through here.
        if kept.version != version
            && let Ok(mut board) = kept.board.try_borrow_mut()
        {
            board.refresh(desk.replica());
            kept.version = version;
        }
        let board = Rc::clone(&kept.board);
        if all.len() >= MOST {
            all.remove(0);
        }
        all.push(kept);
        board
    })
}

/// The figures of a period and a day, anew after every change. Copies are the same.
#[derive(Clone, Copy)]
pub struct Figures {
    asked: Memo<(Period, Day, u64)>,
    /// The desk they come from.
    pub town: Town,
}

impl Figures {
    /// Reads the board; what reads this way runs again when the figures change.
    pub fn with<R>(self, read: impl FnOnce(&Board) -> R) -> R {
        let (period, day, _) = self.asked.get();
        let board = self.town.peek(|desk| board_of(desk, period, day));
        let board = board.borrow();
        read(&board)
    }

    /// Reads records and board together.
    pub fn source<R>(self, read: impl FnOnce(Source) -> R) -> R {
        self.with(|board| {
            self.town.peek(|desk| {
                read(Source {
                    records: desk.replica(),
                    board,
                })
            })
        })
    }

    /// The period and the day.
    pub fn asked(self) -> (Period, Day) {
        let (period, day, _) = self.asked.get();
        (period, day)
    }

    /// The same kind of period on another day.
    pub fn on(self, day: Signal<Day>) -> Figures {
        let asked = Memo::new(move |_| {
            let (period, _, version) = self.asked.get();
            let day = day.get();
            let period = match period {
                Period::Since(_) | Period::All => period,
                other => period::of_kind(period::kind(other), day, None),
            };
            (period, day, version)
        });
        Figures { asked, ..self }
    }
}

/// The figures that the address asks for.
pub fn use_figures() -> Figures {
    let town = use_town();
    let shell = use_shell();
    let asked = Memo::new(move |_| {
        let address = shell.address.read();
        (
            address.get(key::PERIOD).map(str::to_owned),
            address.get(key::AS_OF).map(str::to_owned),
        )
    });
    let asked = Memo::new(move |_| {
        let (period, day) = asked.get();
        town.read(|desk| {
            let day = vm::figures_day(desk.is_sample(), desk.today(), day.as_deref());
            (
                vm::figures_period(period.as_deref(), day),
                day,
                desk.replica().version(),
            )
        })
    });
    Figures { asked, town }
}

/// The address of a page that keeps the period and the day of the figures.
pub fn link(route: Route) -> String {
    use_shell().address.read_untracked().go(route).hash()
}

/// Where period and day are chosen, for every page with figures.
pub fn period_bar(figures: Figures) -> AnyView {
    let shell = use_shell();
    let town = figures.town;
    let start = move || town.peek(|desk| Settings::read(desk.replica() as &dyn Records).window_start());
    let kinds: Vec<(String, String)> = period::KINDS
        .iter()
        .filter(|(kind, _)| *kind != "since" || start().is_some())
        .map(|(kind, word)| ((*kind).to_owned(), (*word).to_owned()))
        .collect();
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
    let day = move || figures.asked().1.to_string();
    let choose_day = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        // An emptied field goes back to the usual day.
        shell.refine_query(key::AS_OF, Day::parse(&typed).map_or("", |_| typed.as_str()));
    };
    view! {
        <div class="period-bar" role="group" aria-label="统计期">
            <Select label="统计期类型" options=kinds chosen=kind on_choose=choose_kind />
            <Show when=move || !choices.read().is_empty()>
                <Select
                    label="统计期"
                    options=choices
                    chosen=chosen
                    on_choose=move |period: String| shell.refine_query(key::PERIOD, &period)
                />
            </Show>
            <label class="period-day">
                "截至"
                <input type="date" class="select" prop:value=day on:change=choose_day />
            </label>
        </div>
    }
    .into_any()
}
