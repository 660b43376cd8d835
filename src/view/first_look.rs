//! The top of the overview as plain data: what the next start shows at once, before the records are read.
//!
//! It is worked out from the figures ([`Top::of`]) and kept as a text, with the day, the period and the mark of the
//! storage it was worked out from. A start that finds all three unchanged shows it; the figures take its place as soon
//! as they are there. That of the sample town comes with the page, and a test compares it with the figures.

use super::overview::{FigureVm, figures, figures_period};
use super::period;
use super::programmes::{card, card_line};
use super::route::Programme;
use super::standing::{Overdue, Standing, standing};
use crate::model::date::Day;
use crate::model::engine::indicator::{Board, Indicator, Period, Scope};
use crate::model::settings::Settings;
use crate::model::status::Status;

/// The look of the sample town on the day for which it is complete.
const SAMPLE: &str = include_str!("first_look_sample.txt");
/// Between the values of a line; [`Top::write`] leaves out texts that hold it, and none does.
const TAB: char = '\t';

/// The card of a programme: the main figure first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopCard {
    /// The programme.
    pub programme: Programme,
    /// How it stands; not known before the follow-ups are.
    pub standing: Option<Standing>,
    /// The line under the main figure.
    pub line: String,
    /// In the order of [`card`].
    pub figures: Vec<FigureVm>,
}

/// What stands above the fold: the units, and the five programmes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Top {
    /// How many villages and communities there are.
    pub units: usize,
    /// In the order of [`Programme::ALL`].
    pub cards: Vec<TopCard>,
}

impl Top {
    /// From the figures, and what is overdue where that is known.
    pub fn of(board: &Board, overdue: Option<&Overdue>) -> Top {
        let cards = Programme::ALL.map(|programme| TopCard::of(board, overdue, programme));
        Top {
            units: board.frame().units.len(),
            cards: cards.into(),
        }
    }

    /// The card of a programme.
    pub fn card(&self, programme: Programme) -> Option<&TopCard> {
        self.cards.iter().find(|card| card.programme == programme)
    }

    /// The figure of an indicator that stands on a card.
    pub fn figure(&self, indicator: &Indicator) -> Option<&FigureVm> {
        self.cards
            .iter()
            .flat_map(|card| &card.figures)
            .find(|figure| figure.indicator == indicator)
    }

    /// How the programmes stand, in the order of [`Programme::ALL`]; nothing before all of it is known.
    pub fn standings(&self) -> Option<Vec<Standing>> {
        self.cards.iter().map(|card| card.standing.clone()).collect()
    }

    /// What [`Top::read`] reads: a line with the number of units, then for each card a line with its light and words,
    /// and a line for each of its figures. Nothing before it is known how the programmes stand.
    pub fn write(&self) -> Option<String> {
        let mut out = format!("{}\n", self.units);
        for card in &self.cards {
            let standing = card.standing.as_ref()?;
            line(&mut out, &[standing.status.key(), &standing.words, &card.line]);
            for figure in &card.figures {
                line(&mut out, &[&figure.shown, &figure.plain, &figure.href, &figure.aside]);
            }
        }
        Some(out)
    }

    /// The look of such a text; `None` for any other.
    pub fn read(text: &str) -> Option<Top> {
        let mut lines = text.lines();
        let units = lines.next()?.parse().ok()?;
        let cards = Programme::ALL.map(|programme| TopCard::read(&mut lines, programme));
        let cards: Option<Vec<TopCard>> = cards.into_iter().collect();
        lines.next().is_none().then_some(Top { units, cards: cards? })
    }
}

impl TopCard {
    fn of(board: &Board, overdue: Option<&Overdue>, programme: Programme) -> TopCard {
        let figures = figures(board, &card(programme).map(|(indicator, _)| indicator), &Scope::Town);
        let main = figures.first().map(|main| board.reading(main.indicator, &Scope::Town));
        TopCard {
            programme,
            standing: overdue.map(|overdue| standing(board, overdue, programme, &Scope::Town)),
            line: main.map(|reading| card_line(&reading)).unwrap_or_default(),
            figures,
        }
    }

    fn read(lines: &mut std::str::Lines<'_>, programme: Programme) -> Option<TopCard> {
        let (key, words) = lines.next()?.split_once(TAB)?;
        let (words, under) = words.split_once(TAB)?;
        let status = Status::ALL.into_iter().find(|status| status.key() == key)?;
        let mut figures = Vec::new();
        for (indicator, _) in card(programme) {
            let mut parts = lines.next()?.split(TAB);
            figures.push(FigureVm {
                indicator,
                shown: parts.next()?.to_owned(),
                plain: parts.next()?.to_owned(),
                href: parts.next().filter(|href| href.starts_with("#/"))?.to_owned(),
                aside: parts.next()?.to_owned(),
                // By the defaults, until the records with the settings are read.
                definition: indicator.definition_in(&Settings::default()),
            });
        }
        Some(TopCard {
            programme,
            standing: Some(Standing {
                status,
                words: words.to_owned(),
            }),
            line: under.to_owned(),
            figures,
        })
    }
}

fn line(out: &mut String, parts: &[&str]) {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            out.push(TAB);
        }
        out.extend(part.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')));
    }
    out.push('\n');
}

/// What a look was worked out from; it is shown only where all of it is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The build of the page.
    pub build: String,
    /// What stands in the storage.
    pub mark: String,
    /// The day of the figures; their period is the usual one of that day.
    pub day: Day,
}

/// A look and what else the first page shows before the records are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstLook {
    /// The top of the overview.
    pub top: Top,
    /// Records that wait for a decision.
    pub open: usize,
}

impl FirstLook {
    /// That of the sample town.
    pub fn sample() -> Option<FirstLook> {
        Some(FirstLook {
            top: Top::read(SAMPLE)?,
            open: 0,
        })
    }

    /// As a text to keep, once it is known how the programmes stand.
    pub fn write(&self, basis: &Basis) -> Option<String> {
        let mut out = String::new();
        line(
            &mut out,
            &[
                &basis.build,
                &basis.mark,
                &basis.day.to_string(),
                &self.open.to_string(),
            ],
        );
        Some(out + &self.top.write()?)
    }

    /// The look kept as `text`, if it was worked out from the same; `None` otherwise, or for any other text.
    pub fn read(text: &str, basis: &Basis) -> Option<FirstLook> {
        let (head, top) = text.split_once('\n')?;
        let mut wanted = String::new();
        line(&mut wanted, &[&basis.build, &basis.mark, &basis.day.to_string(), ""]);
        let open = head.strip_prefix(wanted.trim_end_matches('\n'))?.parse().ok()?;
        Some(FirstLook {
            top: Top::read(top)?,
            open,
        })
    }
}

/// The period of the figures that a look can stand for: the one shown where the address asks for none.
pub fn period_of(day: Day) -> Period {
    figures_period(None, day)
}

/// Whether the figures of a board are those that the next start shows first.
pub fn is_first(board: &Board, today: Day) -> bool {
    board.as_of() == today && period::key(board.period()) == period::key(period_of(today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::programmes;
    use crate::model::programmes::sample;
    use crate::model::programmes::sample::{SampleOptions, sheet};
    use crate::view::follow::follow_ups;

    fn sample_top() -> Top {
        let day = sample::as_of();
        let mut board = programmes::board(period_of(day), day);
        let records = sheet(&SampleOptions::default());
        board.refresh(&records);
        assert!(is_first(&board, day));
        let todo = follow_ups(&records, crate::model::programmes::catalogue(), day, &Scope::Town);
        Top::of(&board, Some(&Overdue::of(&todo)))
    }

    fn sample_look(open: usize) -> (FirstLook, Basis) {
        let basis = Basis {
            build: "page-1.js".into(),
            mark: "0123".into(),
            day: sample::as_of(),
        };
        let top = sample_top();
        (FirstLook { top, open }, basis)
    }

    /// `UPDATE_LOOK=1 cargo test --lib first_look` writes it anew.
    #[test]
    fn the_look_that_comes_with_the_page_is_that_of_the_sample() {
        let top = sample_top();
        if std::env::var_os("UPDATE_LOOK").is_some() {
            let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/view/first_look_sample.txt");
            std::fs::write(file, top.write().unwrap()).unwrap();
            return;
        }
        assert_eq!(Some(SAMPLE), top.write().as_deref());
        assert_eq!(FirstLook::sample().map(|look| look.top), Some(top));
    }

    #[test]
    fn a_look_is_read_only_with_what_it_was_worked_out_from() {
        let (look, basis) = sample_look(12);
        let text = look.write(&basis).unwrap();
        assert_eq!(FirstLook::read(&text, &basis), Some(look));
        let day = Day::parse("2022-11-23").unwrap();
        let others = [
            Basis { day, ..basis.clone() },
            Basis {
                mark: "012".into(),
                ..basis.clone()
            },
            Basis {
                build: "page-2.js".into(),
                ..basis.clone()
            },
        ];
        for other in others {
            assert_eq!(FirstLook::read(&text, &other), None, "{other:?}");
        }
    }

    #[test]
    fn a_damaged_text_is_no_look() {
        let (look, basis) = sample_look(0);
        let text = look.write(&basis).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for cut in 0..lines.len() {
            assert_eq!(FirstLook::read(&lines[..cut].join("\n"), &basis), None, "{cut} lines");
        }
        assert_eq!(FirstLook::read(&format!("{text}more\n"), &basis), None);
        assert_eq!(FirstLook::read(&text.replace("#/", "javascript:"), &basis), None);
    }
}
