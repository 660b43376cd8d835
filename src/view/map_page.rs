//! The map of the town coloured by an indicator.

use crate::map::{Class, Options, PlateText, TownMap, UnitSite, class_of, classes, layout, short_district_names};
use crate::model::indicator::{Board, Form, Frame, Indicator, Reading, Scope};
use crate::model::records::{Records, rows};
use crate::model::town::Unit;

use super::{format, overview, show};

/// What the map starts with.
pub const FIRST_INDICATOR: &str = "dream.night_talks";

/// The map of the units of a frame: grown from the division in the units' records, divided as on the frame's day.
pub fn town_map(records: &dyn Records, frame: &Frame) -> TownMap {
    let home: Vec<(String, Option<String>)> = rows::<Unit>(records)
        .iter()
        .map(|u| (u.id().to_owned(), u.district().map(str::to_owned)))
        .collect();
    let sites: Vec<UnitSite> = frame
        .units
        .iter()
        .map(|u| UnitSite {
            code: u.code.clone(),
            name: u.name.clone(),
            is_village: !u.community,
            district: home.iter().find(|h| h.0 == u.code).and_then(|h| h.1.clone()),
        })
        .collect();
    let now = |code: &str| frame.unit(code).map(|u| u.district.clone()).filter(|d| !d.is_empty());
    layout(&sites, &Options::default()).with_division(&now)
}

/// A unit on the coloured map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellVm {
    /// Step of the scale, 1 to 5; `None` where the indicator does not apply.
    pub step: Option<usize>,
    /// The value in the cell; empty where there is none.
    pub shown: String,
}

/// One step of the legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepVm {
    /// Step of the scale, 1 to 5.
    pub step: usize,
    /// `5–6 场`.
    pub range: String,
    /// How many units.
    pub count: usize,
}

/// The map coloured by one indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coloured {
    /// One per cell of the map.
    pub cells: Vec<CellVm>,
    /// The legend, ascending.
    pub steps: Vec<StepVm>,
    /// Units to which the indicator does not apply.
    pub without: usize,
}

/// The number by which a unit is coloured: a count, or percent of a share.
fn amount(reading: &Reading) -> Option<i64> {
    if reading.units == 0 {
        return None;
    }
    match reading.indicator.form {
        Form::Count => Some(reading.numerator.ten_thousandths() / 10_000),
        Form::Share => reading.permille().map(|p| (p + 5) / 10),
        Form::Mean => (reading.denominator.ten_thousandths() != 0)
            .then(|| (reading.numerator.to_f64() / reading.denominator.to_f64()).round() as i64),
    }
}

/// Spreads `count` classes over the five steps of the scale.
const fn step(place: usize, count: usize) -> usize {
    match count {
        0 | 1 => 3,
        n => 1 + place * 4 / (n - 1),
    }
}

/// Colours a map by an indicator.
pub fn coloured(map: &TownMap, board: &Board, indicator: &'static Indicator) -> Coloured {
    let readings: Vec<Reading> = map
        .cells
        .iter()
        .map(|c| board.reading(indicator, &Scope::Unit(c.code.clone())))
        .collect();
    let amounts: Vec<Option<i64>> = readings.iter().map(amount).collect();
    let known: Vec<i64> = amounts.iter().copied().flatten().collect();
    let found = classes(&known);
    let cells = readings.iter().zip(&amounts).map(|(reading, amount)| CellVm {
        step: amount.and_then(|a| class_of(&found, a)).map(|i| step(i, found.len())),
        shown: amount.map_or_else(String::new, |_| overview::value_text(reading, false)),
    });
    let measure = match indicator.form {
        Form::Share => "%",
        Form::Count | Form::Mean => indicator.measure,
    };
    let steps = found.iter().enumerate().map(|(i, class)| StepVm {
        step: step(i, found.len()),
        range: range(class, measure),
        count: class.count,
    });
    Coloured {
        cells: cells.collect(),
        steps: steps.collect(),
        without: amounts.iter().filter(|a| a.is_none()).count(),
    }
}

fn range(class: &Class, measure: &str) -> String {
    let low = format::count(class.lo);
    if class.lo == class.hi {
        format!("{low} {measure}")
    } else {
        format!("{low}–{} {measure}", format::count(class.hi))
    }
}

/// The plates of the districts with the indicator's value.
pub fn plates(map: &TownMap, records: &dyn Records, board: &Board, indicator: &'static Indicator) -> Vec<PlateText> {
    let names: Vec<String> = map
        .districts
        .iter()
        .map(|d| show::district_name(records, &d.id))
        .collect();
    let short = short_district_names(&names);
    let shapes = map.districts.iter().zip(names.iter().zip(short));
    shapes
        .map(|(shape, (name, short))| PlateText {
            name: name.clone(),
            short,
            value: Some(overview::value_text(
                &board.reading(indicator, &Scope::District(shape.id.clone())),
                false,
            )),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::indicator::by_id;
    use crate::model::sample::{SampleOptions, as_of, sheet};

    #[test]
    fn the_sample_is_coloured_whole() {
        let records = sheet(&SampleOptions::default());
        let mut board = Board::new(overview::figures_period(None, as_of()), as_of());
        board.refresh(&records);
        let map = town_map(&records, board.frame());
        let indicator = by_id(FIRST_INDICATOR).unwrap();
        let found = coloured(&map, &board, indicator);
        assert_eq!(found.cells.len(), 39);
        assert_eq!(found.steps.iter().map(|s| s.count).sum::<usize>() + found.without, 39);
        assert_eq!(plates(&map, &records, &board, indicator).len(), map.districts.len());
    }
}
