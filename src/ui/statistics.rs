//! The statistics of the programmes on the pages, and the figures of the periods before: their boards, tables, charts.
//!
//! Only the pages of figures reach this; the first view has no statistics.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use office::sheet::Sheet;

use super::components::card::Card;
use super::components::chart::chart;
use super::figures::Figures;
use super::pages::figure_link;
use crate::chart::Kind;
use crate::desk::Desk;
use crate::model::date::Day;
use crate::model::engine::indicator::{Board, Indicator, Period, Scope};
use crate::model::ledger::Programme;
use crate::model::programmes;
use crate::view::charts::{ChartVm, Source};
use crate::view::period;
use crate::view::programmes::sections;
use crate::view::section::{Drawn, Section, Shown, wide};
use crate::view::statistics::{self, StatisticVm};
use crate::view::tables::book::of_statistics;
use crate::view::tables::seen::Over;

/// Which figures of a programme a board holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Indicators,
    Statistics,
}

/// Period, day, of whom, of which kind of unit, and what.
type Asked = (Period, Day, Scope, Option<bool>, Programme, Which);

/// A board of one programme, and the version of the replica it was last brought up to.
struct Kept {
    asked: Asked,
    version: u64,
    board: Rc<RefCell<Board>>,
}

/// Boards that are kept: the five programmes of one unit or of the town over a period and those before it.
const MOST: usize = 24;

thread_local! {
    /// The boards, the latest used last.
    static BOARDS: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

/// Reads records and the statistics of a programme together; what reads this way runs again when the figures change.
fn read<R>(figures: Figures, programme: Programme, scope: &Scope, read: impl FnOnce(Source) -> R) -> R {
    read_on(figures, figures.asked(), programme, scope, read)
}

/// The same of another period and day.
fn read_on<R>(
    figures: Figures,
    (period, day): (Period, Day),
    programme: Programme,
    scope: &Scope,
    read: impl FnOnce(Source) -> R,
) -> R {
    let asked = (
        period,
        day,
        reach_of(figures, scope),
        figures.community(),
        programme,
        Which::Statistics,
    );
    figures.town.read_untracked(|desk| {
        let board = board_of(desk, asked);
        let board = board.borrow();
        read(Source {
            records: desk.replica(),
            board: &board,
        })
    })
}

/// Of whom figures are worked out: those of a unit of that unit alone.
fn reach_of(figures: Figures, scope: &Scope) -> Scope {
    match scope {
        Scope::Unit(_) => scope.clone(),
        Scope::Town | Scope::District(_) => figures.reach(),
    }
}

/// Reads the indicators of a programme over the periods before, each with its word.
pub fn earlier<R>(
    figures: Figures,
    programme: Programme,
    scope: &Scope,
    read: impl Fn(Source) -> R,
) -> Vec<(&'static str, R)> {
    let (period, day) = figures.asked();
    let all = period::earlier(period, day).into_iter();
    let read = |(word, period, day)| {
        let asked = (
            period,
            day,
            reach_of(figures, scope),
            figures.community(),
            programme,
            Which::Indicators,
        );
        let told = figures.town.read_untracked(|desk| {
            let board = board_of(desk, asked);
            let board = board.borrow();
            read(Source {
                records: desk.replica(),
                board: &board,
            })
        });
        (word, told)
    };
    all.map(read).collect()
}

/// The board of what is asked, up to date.
fn board_of(desk: &Desk, asked: Asked) -> Rc<RefCell<Board>> {
    let records = desk.replica();
    let (period, day, _, kind, programme, which) = asked;
    BOARDS.with_borrow_mut(|all| {
        let mut kept = match all.iter().position(|k| k.asked == asked) {
            Some(place) => all.remove(place),
            None => {
                let board = match which {
                    Which::Indicators => programmes::board(period, day),
                    Which::Statistics => programmes::statistics_board(period, day),
                };
                Kept {
                    board: Rc::new(RefCell::new(board.over(asked.2.clone()).of_kind(kind))),
                    version: u64::MAX,
                    asked,
                }
            }
        };
        if kept.version != records.version() {
            let mut board = kept.board.borrow_mut();
            let own: Vec<&'static Indicator> = board.lists().of(programme).collect();
            board.refresh_some(records, &own);
            kept.version = records.version();
        }
        let board = Rc::clone(&kept.board);
        if all.len() >= MOST {
            all.remove(0);
        }
        all.push(kept);
        board
    })
}

/// The sections of a programme's page: a table of all statistics of each, then the charts of those that have one.
pub fn section_cards(figures: Figures, programme: Programme) -> AnyView {
    let cards = sections(programme).iter().map(|section| {
        let drawn_ones = section.shown.iter().filter(|shown| shown.drawn != Drawn::Not);
        let drawn_ones: Vec<&Shown> = drawn_ones.collect();
        // Every unit has a bar of its own, which takes the whole width.
        let asks: Vec<bool> = drawn_ones.iter().map(|shown| shown.drawn == Drawn::Units).collect();
        let charts = drawn_ones.into_iter().zip(wide(&asks)).map(|(shown, wide)| {
            let vm = Signal::derive(move || drawn(figures, shown));
            chart(vm, if wide { "span-12" } else { "span-6" }, 290.0)
        });
        let charts = charts.collect_view();
        let about = Signal::derive(move || figures.asked().0.label());
        view! {
            <Card title=section.title.to_owned() meta=about class="span-12">
                {move || table(figures, section, &Scope::Town)}
            </Card>
            {charts}
        }
    });
    cards.collect_view().into_any()
}

fn drawn(figures: Figures, shown: &'static Shown) -> ChartVm {
    let vm = read(figures, shown.statistic.programme, &Scope::Town, |source| {
        statistics::drawing(source, shown, &Scope::Town)
    });
    vm.unwrap_or_else(|| ChartVm {
        figure: crate::chart::Figure {
            title: shown.statistic.name.to_owned(),
            subject: String::new(),
            unit: String::new(),
            kind: Kind::Funnel(crate::chart::Funnel {
                steps: Vec::new(),
                ink: crate::chart::Ink::Line,
            }),
        },
        about: String::new(),
        records: None,
    })
}

/// All statistics of a programme for a scope, in one table; nothing where the programme has none.
pub fn all_of(figures: Figures, programme: Programme, scope: &Scope) -> AnyView {
    let tables = sections(programme).iter().map(|section| {
        let table = table(figures, section, scope)?;
        Some(view! { <h3 class="part-head">{section.title}</h3> {table} })
    });
    tables.collect_view().into_any()
}

/// What a table of statistics says: each with its value, and all values of each period before, with its word.
type Told = (Vec<StatisticVm>, Vec<(&'static str, Vec<String>)>);

/// The statistics of a section for a scope; nothing where none applies.
fn told(figures: Figures, section: &'static Section, scope: &Scope) -> Option<Told> {
    let programme = section.shown.first()?.statistic.programme;
    let (period, day) = figures.asked();
    let rows = read_on(figures, (period, day), programme, scope, |source| {
        let rows = section.shown.iter().map(|shown| statistics::row(source, shown, scope));
        rows.collect::<Vec<_>>()
    });
    if rows.iter().all(|vm| !vm.applies) {
        return None;
    }
    let told_on = |asked| {
        read_on(figures, asked, programme, scope, |source| {
            let told = section
                .shown
                .iter()
                .map(|shown| statistics::told_then(source, shown.statistic, scope));
            told.collect::<Vec<_>>()
        })
    };
    let before = period::earlier(period, day).into_iter();
    let before = before.map(|(word, period, day)| (word, told_on((period, day))));
    Some((rows, before.collect()))
}

/// The tables of the statistics of a programme for a scope, as sheets.
pub fn statistic_sheets(figures: Figures, programme: Programme, scope: &Scope, over: &Over) -> Vec<Sheet> {
    let sheet = |section: &'static Section| {
        let (rows, before) = told(figures, section, scope)?;
        let words: Vec<&'static str> = before.iter().map(|(word, _)| *word).collect();
        let rows = rows.into_iter().enumerate().map(|(place, vm)| {
            let then = before
                .iter()
                .map(|(_, told)| told.get(place).cloned().unwrap_or_default());
            (vm, then.collect())
        });
        Some(of_statistics(section.title, rows.collect(), &words, over))
    };
    sections(programme).iter().filter_map(sheet).collect()
}

/// The statistics of a section that apply to a scope, in one table; nothing where none does.
fn table(figures: Figures, section: &'static Section, scope: &Scope) -> Option<AnyView> {
    let (rows, before) = told(figures, section, scope)?;
    let heads = before
        .iter()
        .map(|(word, _)| view! { <th scope="col" class="num">{*word}</th> });
    let heads = heads.collect_view();
    let rows = rows.into_iter().enumerate().filter(|(_, vm)| vm.applies);
    let rows = rows.map(|(place, vm)| {
        let before = before.iter().map(|(word, told)| {
            let value = told.get(place).cloned().unwrap_or_default();
            view! { <td class="num nowrap note" data-label=*word>{value}</td> }
        });
        let before = before.collect_view();
        let figure = vm.figure;
        let share = figure
            .is_share()
            .then(|| view! { <small class="note">{figure.aside.clone()}</small> });
        let value = match vm.unjudged {
            Some(word) => view! {
                <span class="note" data-indicator=figure.indicator.id data-value="">{word}</span>
            }
            .into_any(),
            None => view! {
                <span class="nowrap">{figure_link(&figure.alone())} " " {figure.indicator.measure}</span> " " {share}
            }
            .into_any(),
        };
        let unknown =
            (vm.unknown > 0).then(|| view! { <span class="note">{format!(" {} 个没有填报", vm.unknown)}</span> });
        view! {
            <tr>
                <td>{figure.indicator.name} <span class="note">{figure.definition.clone()}</span></td>
                <td class="num">{value}</td>
                {before}
                <td data-label="其中">{vm.parts} {unknown}</td>
            </tr>
        }
    });
    let table = view! {
        <table class="mini readings statistics">
            <thead>
                <tr>
                    <th scope="col">"统计"</th>
                    <th scope="col" class="num">"数"</th>
                    {heads}
                    <th scope="col">"其中"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    };
    Some(table.into_any())
}
