//! Figures as the pages show them: readings in words, cards of the five programmes, the opening sentence.

use super::filter::{COUNTED, DISTRICT, KIND_OF_UNIT, NO_DISTRICT, counted_key};
use super::programmes::{self, card_line};
use super::route::{Address, Programme, Route, key};
use super::{period, show};
use crate::model::date::Day;
use crate::model::engine::indicator::{Aim, Board, Form, Indicator, Period, Reading, Scope};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::indicators;
use crate::model::programmes::lead::ledgers::Secretary;
use crate::model::programmes::town::ledgers::{Assessment, AssessmentScope, Leader, Town};
use crate::model::programmes::town::rules::RANKING;
use crate::model::records::{Records, rows, rows_of};
use crate::model::value::Decimal;
use crate::order::Arrange as _;

/// The day for which figures hold: the one asked for, else today, which in the sample stands still.
pub fn figures_day(today: Day, asked: Option<&str>) -> Day {
    asked.and_then(Day::parse).unwrap_or(today)
}

/// The period of the figures as the address asks for it, else the year of the day.
pub fn figures_period(asked: Option<&str>, as_of: Day) -> Period {
    asked
        .and_then(period::parse)
        .unwrap_or_else(|| Period::Year(as_of.year()))
}

/// One figure, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureVm {
    /// What is counted, and its measure word.
    pub indicator: &'static Indicator,
    /// The value as a person reads it: `19/39`, `1,254`.
    pub shown: String,
    /// The same without separators.
    pub plain: String,
    /// The share in percent where it is not whole, or what else belongs to the value: `59.3%`.
    pub aside: String,
    /// Address of the records behind it.
    pub href: String,
    /// 口径, by the rules in force.
    pub definition: String,
}

impl FigureVm {
    /// Whether what stands beside the value is its share.
    pub fn is_share(&self) -> bool {
        self.aside.ends_with('%')
    }

    /// The value with what stands beside it, in one text: `127/214（59.3%）`.
    pub fn told(&self) -> String {
        match self.is_share() {
            true => format!("{}（{}）", self.shown, self.aside),
            false => self.shown.clone(),
        }
    }

    /// The value in columns of numbers: what is done or counted, of how many, and the share.
    pub fn in_columns(&self) -> [String; 3] {
        let Some((done, all)) = self.shown.split_once('/') else {
            return [self.shown.clone(), String::new(), String::new()];
        };
        let share = match self.is_share() {
            true => self.aside.clone(),
            false if done == all => "100%".to_owned(),
            false => String::new(),
        };
        [done.to_owned(), all.to_owned(), share]
    }

    /// The value with nothing beside it.
    pub fn alone(&self) -> FigureVm {
        FigureVm {
            aside: String::new(),
            ..self.clone()
        }
    }
}

/// A reading as a person reads it; `plain` leaves the separators out.
pub fn value_text(reading: &Reading, plain: bool) -> String {
    let number = |d: Decimal| if plain { d.to_string() } else { show::amount(d) };
    match reading.indicator.form {
        Form::Share if reading.denominator.ten_thousandths() == 0 && !plain => super::format::UNKNOWN.to_owned(),
        Form::Share | Form::Count if reading.is_unknown() && !plain => super::format::UNKNOWN.to_owned(),
        Form::Share => format!("{}/{}", number(reading.numerator), number(reading.denominator)),
        Form::Count => number(reading.numerator),
        Form::Mean if reading.denominator.ten_thousandths() == 0 => super::format::UNKNOWN.to_owned(),
        Form::Mean => super::format::mean(reading.numerator.to_f64() / reading.denominator.to_f64()),
    }
}

/// The records behind the figure of an indicator: their ledger, narrowed to the scope and to what was counted.
pub fn records_href(board: &Board, indicator: &'static Indicator, scope: &Scope) -> String {
    let reading = board.reading(indicator, scope);
    let read = indicator.reads.first().map(|ledger| ledger.id);
    let counted = reading.records().map(|r| r.ledger);
    let counted = counted.reduce(|one, other| if Some(other) == read { other } else { one });
    let Some(ledger) = counted.or(read) else {
        return Address::from(Route::Ledgers).hash();
    };
    let filter = |name: &str| format!("{}{name}", key::FILTER);
    let address = Address::from(Route::Ledger(ledger.to_owned()));
    let address = address.with(&filter(COUNTED), &counted_key(board, indicator));
    match scope {
        Scope::Town => address,
        Scope::District(id) if id.is_empty() => address.with(&filter(DISTRICT), NO_DISTRICT),
        Scope::District(id) => address.with(&filter(DISTRICT), id),
        Scope::Unit(code) => address.with(&filter("unit"), code),
    }
    .hash()
}

/// The address of a list with what the figures of a page are narrowed to; other addresses as they are.
pub fn within(href: &str, district: Option<&str>, kind: Option<&str>) -> String {
    let mut address = Address::parse(href);
    if !matches!(address.route, Route::Ledger(_)) {
        return href.to_owned();
    }
    let filter = |name: &str| format!("{}{name}", key::FILTER);
    if let Some(district) =
        district.filter(|_| address.get(&filter("unit")).is_none() && address.get(&filter(DISTRICT)).is_none())
    {
        address = address.with(&filter(DISTRICT), district);
    }
    if let Some(kind) = kind {
        address = address.with(&filter(KIND_OF_UNIT), kind);
    }
    address.hash()
}

/// The figure of an indicator for a scope.
pub fn figure(board: &Board, indicator: &'static Indicator, scope: &Scope) -> FigureVm {
    let reading = board.reading(indicator, scope);
    FigureVm {
        indicator,
        shown: value_text(&reading, false),
        plain: value_text(&reading, true),
        aside: aside(board, &reading),
        href: records_href(board, indicator, scope),
        definition: indicator.definition_in(board.settings()),
    }
}

/// What stands small beside a value: what its programme says of it, else its share in percent where it is not whole.
fn aside(board: &Board, reading: &Reading) -> String {
    programmes::aside(board, reading).unwrap_or_else(|| {
        let share = reading
            .permille()
            .filter(|p| reading.indicator.form == Form::Share && !reading.is_unknown() && *p != 1000);
        share.map_or_else(String::new, super::format::permille)
    })
}

fn percent(amount: Decimal) -> String {
    super::format::measured(&show::amount(amount), "%")
}

/// Whether the goal is one of the value itself; else it is one of the steps on the way to it.
pub fn is_own_goal(reading: &Reading) -> bool {
    let (Some(goal), Aim::Percent(_)) = (reading.goal, reading.indicator.aim) else {
        return true;
    };
    let actual = goal.actual.ten_thousandths() / 1_000;
    // Nearly all is not all: 99.96% is a hundred as it is shown, and 99.9% as it is judged.
    let is_same = |share: i64| share == actual || (share == 1_000 && actual == 999);
    reading.indicator.form == Form::Share && reading.permille().is_some_and(is_same)
}

/// What is asked for, and how far the value is from it: `60%` and `还差 0.7 个百分点`; `进度 80.1%，还差 19.9 个百分点` where the
/// goal is one of the steps on the way.
pub fn goal_words(reading: &Reading) -> (String, String) {
    let Some(goal) = reading.goal else {
        return (super::format::UNKNOWN.to_owned(), super::format::UNKNOWN.to_owned());
    };
    let (lack, measure) = (goal.lack(), reading.indicator.measure);
    let is_reached = lack.ten_thousandths() == 0;
    let wanted = show::amount(goal.wanted);
    let (asked, distance) = match goal.aim {
        Aim::AtMost(_) if is_reached => (format!("不超过 {wanted} {measure}"), "已达到".to_owned()),
        Aim::AtMost(_) => (
            format!("不超过 {wanted} {measure}"),
            format!("多 {} {measure}", show::amount(lack)),
        ),
        Aim::PerUnit(_) if is_reached => (format!("{wanted} {measure}"), "已达到".to_owned()),
        Aim::PerUnit(_) => (
            format!("{wanted} {measure}"),
            format!("还差 {} {measure}", show::amount(lack)),
        ),
        _ => {
            // Two rates under one name would contradict each other.
            let own = match is_own_goal(reading) {
                true => String::new(),
                false => format!("进度 {}，", percent(goal.actual)),
            };
            match is_reached {
                true => (percent(goal.wanted), "已达到".to_owned()),
                false => (
                    percent(goal.wanted),
                    format!("{own}还差 {} 个百分点", show::amount(lack)),
                ),
            }
        }
    };
    match reading.is_unknown() {
        true => (asked, super::format::UNKNOWN.to_owned()),
        false => (asked, distance),
    }
}

/// How many indicators of a programme have a goal in a scope, and how many of them reached it.
pub fn reached(board: &Board, programme: Programme, scope: &Scope) -> (usize, usize) {
    let own = indicators()
        .filter(|i| i.programme == programme)
        .map(|i| board.reading(i, scope));
    let reached = own.filter_map(|reading| Some(!reading.is_unknown() && reading.goal?.lack().ten_thousandths() == 0));
    let reached: Vec<bool> = reached.collect();
    (reached.len(), reached.iter().filter(|r| **r).count())
}

/// The districts with the progress of a programme and, where the town shows ranks, their place: best first, equal ones
/// share a place.
pub fn by_district(board: &Board, programme: Programme) -> Vec<(String, Option<i64>, Option<usize>)> {
    let of = |id: &str| {
        (
            id.to_owned(),
            board.progress(programme, &Scope::District(id.to_owned())),
            None,
        )
    };
    let mut found: Vec<(String, Option<i64>, Option<usize>)> = board.frame().groups().into_iter().map(of).collect();
    if RANKING.get(board.settings()) {
        found.arrange_by_key(|d| std::cmp::Reverse(d.1));
        let all: Vec<Option<i64>> = found.iter().map(|d| d.1).collect();
        for district in &mut found {
            district.2 = district
                .1
                .and_then(|own| Some(1 + all.iter().position(|p| *p == Some(own))?));
        }
    }
    found
}

/// Figures of these indicators.
pub fn figures(board: &Board, indicators: &[&'static Indicator], scope: &Scope) -> Vec<FigureVm> {
    indicators.iter().map(|i| figure(board, i, scope)).collect()
}

/// The same in fewer words, for the meeting room screen.
pub fn screen_line(reading: &Reading) -> String {
    let line = card_line(reading);
    match reading.indicator.programme {
        Programme::Dream => line.replace("夜话", ""),
        Programme::Lead => format!("书记{line}"),
        Programme::Seedling => format!("后备，{}", line.replace("个单位", "处")),
        Programme::Base | Programme::Phoenix => line,
    }
}

/// Progress of the five programmes in the order of the petals, each `0.0..=1.0`.
pub fn petals(board: &Board, scope: &Scope) -> [Option<f64>; 5] {
    Programme::ALL.map(|p| board.progress(p, scope).map(|v| v as f64 / 1000.0))
}

/// The five programmes in words, for the flower.
pub fn petals_text(petals: &[Option<f64>; 5]) -> String {
    let words = Programme::ALL.iter().zip(petals).map(|(p, v)| match v {
        Some(v) => format!("{} {}", p.label(), super::format::whole((v * 1000.0).round() as i64)),
        None => format!("{} 没有填报", p.label()),
    });
    format!("五项工程：{}", words.collect::<Vec<_>>().join("，"))
}

/// Name of the person in contact with a district on a day, as [`show::name`] shows it.
pub fn leader_name(records: &dyn Records, district: &str, day: Day) -> Option<String> {
    let mut found: Vec<Leader> = rows(records);
    found.retain(|l| {
        l.district() == Some(district) && l.since().is_none_or(|d| d <= day) && l.until().is_none_or(|d| d >= day)
    });
    found
        .iter()
        .max_by_key(|l| l.since())
        .and_then(|l| l.name())
        .map(show::name)
}

/// Name of the secretary of a unit on a day, as [`show::name`] shows it.
pub fn secretary_name(records: &dyn Records, unit: &str, day: Day) -> Option<String> {
    secretary(records, unit, day).map(|name| show::name(&name))
}

/// The whole name of the secretary of a unit on a day.
pub fn secretary(records: &dyn Records, unit: &str, day: Day) -> Option<String> {
    let mut found: Vec<Secretary> = rows_of(records, unit);
    found.retain(|s| s.since().is_some_and(|d| d <= day) && s.until().is_none_or(|d| d > day));
    found
        .iter()
        .max_by_key(|s| s.since())
        .and_then(|s| s.name())
        .map(str::to_owned)
}

/// Year and level of the latest assessment of the town on a day.
pub fn assessment(records: &dyn Records, day: Day) -> Option<(i32, String)> {
    let mut found: Vec<Assessment> = rows(records);
    found.retain(|a| !AssessmentScope::Unit.is(a.scope()) && a.year().is_some_and(|y| y <= day.year()));
    let latest = found.iter().max_by_key(|a| a.year())?;
    let level = show::choice_label(records, Assessment::LEDGER.field("level")?, latest.level()?);
    Some((latest.year()?, level.to_owned()))
}

/// Whether the town says that its division into districts is only an example.
pub fn is_sample_division(records: &dyn Records) -> bool {
    rows::<Town>(records).iter().any(|t| t.sample_division() == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::programmes;
    use crate::model::programmes::dream::indicators::NIGHT_TALKS;
    use crate::model::programmes::sample;
    use crate::model::programmes::sample::{SampleOptions, sheet};

    #[test]
    fn every_card_names_indicators_that_exist() {
        for programme in Programme::ALL {
            for (indicator, word) in crate::view::programmes::card(programme) {
                assert_eq!(indicator.programme, programme, "{}", indicator.id);
                assert!(!word.is_empty());
            }
        }
    }

    #[test]
    fn the_sample_shows_the_talks_of_the_year() {
        let day = figures_day(sample::as_of(), None);
        let mut board = programmes::board(figures_period(None, day), day);
        board.refresh(&sheet(&SampleOptions::default()));
        let found = figures(&board, &[&NIGHT_TALKS], &Scope::Town);
        assert_eq!(found.first().map(|f| f.plain.as_str()), Some("146"));
    }
}
