//! 待办 and what belongs to it: the list, the calendar, organisation life, 换届, the days off, reminders.

mod by_units;
mod calendar;
mod district;
mod elections;
mod holidays;
mod list;
mod party_life;
mod remind;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

pub use calendar::calendar;
pub use district::district_card;
pub use elections::elections;
pub use holidays::holidays;
pub(in crate::ui::pages) use list::status;
pub use list::{todo, unit_card};
pub use party_life::party_life;
pub use remind::begin as remind;

use crate::desk::Desk;
use crate::model::date::Day;
use crate::model::engine::due::Who;
use crate::model::engine::due_board::DueBoard;
use crate::model::engine::indicator::Scope;
use crate::model::ledger::Programme;
use crate::model::programmes::due_board;
use crate::ui::app::{Shell, use_shell};
use crate::ui::components::button::Select;
use crate::ui::state::{AppStore, use_store};
use crate::view::due::{Wanted, asked, rules, usual};
use crate::view::reach::maker;
use crate::view::show;
use crate::view::tables::seen::{Over, line_of};

/// The board of the day, kept as long as the page is open.
struct Kept {
    today: Day,
    reach: Scope,
    board: Rc<RefCell<DueBoard>>,
}

thread_local! {
    static BOARD: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

fn board_of(desk: &Desk, reach: &Scope) -> Rc<RefCell<DueBoard>> {
    let today = desk.today();
    BOARD.with_borrow_mut(|kept| {
        let same = kept.as_ref().filter(|kept| kept.today == today && kept.reach == *reach);
        let board = match same {
            Some(kept) => Rc::clone(&kept.board),
            None => Rc::new(RefCell::new(due_board(today, reach.clone()))),
        };
        if let Ok(mut board) = board.try_borrow_mut() {
            board.refresh(desk.replica());
        }
        *kept = Some(Kept {
            today,
            reach: reach.clone(),
            board: Rc::clone(&board),
        });
        board
    })
}

/// What the pages of deadlines look at. Copies are the same.
#[derive(Clone, Copy)]
struct Dues {
    shell: Shell,
    town: AppStore,
    wanted: Memo<Wanted>,
}

impl Dues {
    /// Reads the board and the desk; what reads this way runs again when a record changes or the day turns.
    fn with<R>(self, read: impl FnOnce(&DueBoard, &Desk) -> R) -> R {
        self.town.read(|desk| {
            let board = board_of(desk, &reach(desk));
            let board = board.borrow();
            read(&board, desk)
        })
    }

    fn refine(self, key: &str, value: &str) {
        self.shell.refine_query(key, value);
    }
}

/// Whose deadlines are here: a leader sees those of the district, though the records of the town may be here.
fn reach(desk: &Desk) -> Scope {
    match (desk.reach(), desk.own_district()) {
        (Scope::Town, district)
            if !district.is_empty() && desk.person().role == crate::model::ledger::Role::District =>
        {
            Scope::District(district.to_owned())
        }
        (reach, _) => reach,
    }
}

fn use_dues() -> Dues {
    let (shell, town) = (use_shell(), use_store());
    let wanted = Memo::new(move |_| {
        let usual = town.read(|desk| usual(desk.person().role));
        Wanted::of(&shell.address.read(), usual)
    });
    Dues { shell, town, wanted }
}

/// What the list and the calendar are narrowed to: who, programme, unit, rule.
fn filters(dues: Dues) -> AnyView {
    let all = |word: &str| (String::new(), word.to_owned());
    let whose = move || {
        let usual = dues.town.read(|desk| usual(desk.person().role));
        let every = ("all".to_owned(), "所有办理人".to_owned());
        let each = Who::ALL
            .into_iter()
            .map(|who| (who.code().to_owned(), who.label().to_owned()));
        // What is usual stands in the address by being left out.
        let key = move |key: String| match usual {
            Some(who) if who.code() == key => String::new(),
            None if key == "all" => String::new(),
            _ => key,
        };
        std::iter::once(every)
            .chain(each)
            .map(|(code, word)| (key(code), word))
            .collect::<Vec<_>>()
    };
    let who = Signal::derive(move || dues.shell.address.read().get(asked::WHO).unwrap_or_default().to_owned());
    let whose = Signal::derive(whose);
    let programmes = move || {
        let each = Programme::ALL
            .into_iter()
            .map(|p| (p.id().to_owned(), p.label().to_owned()));
        std::iter::once(all("所有工程")).chain(each).collect::<Vec<_>>()
    };
    let programme = Signal::derive(move || {
        dues.wanted
            .read()
            .programme
            .map_or_else(String::new, |p| p.id().to_owned())
    });
    let programmes = Signal::derive(programmes);
    let units = move || {
        let named = |board: &DueBoard| {
            let units = board.frame().units.iter();
            units
                .map(|unit| (unit.code.clone(), unit.name.clone()))
                .collect::<Vec<_>>()
        };
        let each = dues.with(|board, _| named(board));
        std::iter::once(all("所有村（社区）")).chain(each).collect::<Vec<_>>()
    };
    let unit = Signal::derive(move || dues.wanted.read().unit.clone().unwrap_or_default());
    let units = Signal::derive(units);
    let is_one = move || units.read().len() <= 2;
    let kinds = move || {
        let each = rules().into_iter().map(|(id, what)| (id.to_owned(), what.to_owned()));
        std::iter::once(all("所有事项")).chain(each).collect::<Vec<_>>()
    };
    let rule = Signal::derive(move || dues.wanted.read().rule.clone().unwrap_or_default());
    let kinds = Signal::derive(kinds);
    view! {
        <div class="period-bar no-print" role="group" aria-label="筛选待办">
            <Select label="办理人" options=whose chosen=who on_choose=move |key: String| dues.refine(asked::WHO, &key) />
            <Select
                label="工程"
                options=programmes
                chosen=programme
                on_choose=move |key: String| dues.refine(asked::PROGRAMME, &key)
            />
            <Show when=move || !is_one()>
                <Select
                    label="村（社区）"
                    options=units
                    chosen=unit
                    on_choose=move |key: String| dues.refine(asked::UNIT, &key)
                />
            </Show>
            <Select label="事项" options=kinds chosen=rule on_choose=move |key: String| dues.refine(asked::RULE, &key) />
        </div>
    }
    .into_any()
}

/// Whose deadlines they are, in words.
fn whose(desk: &Desk) -> String {
    match reach(desk) {
        Scope::Town => crate::exchange::writing::town_name(desk.replica()),
        Scope::District(id) => show::district_name(desk.replica(), &id),
        Scope::Unit(code) => show::unit_name(desk.replica(), &code),
    }
}

/// What stands over an exported table of a page, and the name of the file.
fn over(dues: Dues, what: &str) -> (Over, String) {
    untrack(|| {
        dues.with(|board, desk| {
            let (whose, today) = (whose(desk), board.today());
            let over = Over {
                title: format!("{whose}{what}"),
                line: line_of(&whose, &format!("截至：{today}"), today),
            };
            (over, format!("{whose}{what} {today}"))
        })
    })
}

/// What is said on paper under the title: of whom, until when, who printed it.
fn on_paper(dues: Dues) -> AnyView {
    let line = move || {
        dues.with(|board, desk| {
            let whose = whose(desk);
            let (day, made_by) = (board.today(), maker(&desk.person().label));
            format!("单位：{whose}　截至：{day}　制表日期：{day}　{made_by}")
        })
    };
    view! { <p class="print-only paper-line">{line}</p> }.into_any()
}
