//! The map of the town coloured by an indicator.

use crate::map::{Class, Options, PlateText, TownMap, UnitSite, class_of, classes, layout, short_district_names};
use crate::model::date::Day;
use crate::model::engine::indicator::{Board, Form, Indicator, Reading, Roster, Scope, UnitAt};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::town::ledgers::{MapPlace, Unit, UnitMove};
use crate::model::records::{Draft, Records, rows};
use crate::model::status::Status;
use std::collections::BTreeMap;

use super::map_edit::{draft, held, in_use, lend, tint};
use super::standing::{Overdue, worst};
use super::{format, overview, show};

/// Ids of the records that hold where a person put a unit begin so; the rest is the unit's code.
pub const PLACE: &str = "place.";

/// Where units were put by hand, in map units; what reads as no place is left out.
pub fn places(records: &dyn Records) -> BTreeMap<String, (i32, i32)> {
    let mut found = BTreeMap::new();
    records.visit(MapPlace::SCHEMA, None, &mut |cells| {
        let place = || {
            let code = cells.id().strip_prefix(PLACE)?;
            let (x, y) = MapPlace::of(cells).value()?.split_once(',')?;
            Some((code.to_owned(), (x.parse().ok()?, y.parse().ok()?)))
        };
        found.extend(place());
    });
    lend(records, &mut found);
    found
}

/// The record that puts a unit somewhere; `None` lets it grow where it would.
pub fn place_draft(code: &str, name: &str, place: Option<(i32, i32)>) -> Draft {
    let text = place.map_or_else(|| "auto".to_owned(), |(x, y)| format!("{x},{y}"));
    let label = format!("{name}在地图上的位置");
    draft(
        MapPlace::LEDGER,
        &format!("{PLACE}{code}"),
        &[("label", &label), ("value", &text)],
    )
}

/// The record that moves a unit into a district from a day on (T11).
pub fn move_draft(code: &str, district: &str, day: Day) -> Draft {
    draft(
        UnitMove::LEDGER,
        "",
        &[("unit", code), ("district", district), ("date", &day.to_string())],
    )
}

/// The units of a frame; `home` tells the district of each.
fn sites(frame: &Roster, home: &dyn Fn(&UnitAt) -> Option<String>) -> Vec<UnitSite> {
    let site = |u: &UnitAt| UnitSite {
        code: u.code.clone(),
        name: u.name.clone(),
        is_village: !u.community,
        district: home(u).filter(|d| !d.is_empty()),
    };
    frame.units.iter().map(site).collect()
}

/// The units of a frame with their districts of that day.
pub fn sites_now(frame: &Roster) -> Vec<UnitSite> {
    sites(frame, &|u| Some(u.district.clone()))
}

/// The map of the units of a frame: over borders from a file where they are in use; else grown from the division in
/// the units' records, so that cells stay where people know them, and divided as on the frame's day.
pub fn town_map(records: &dyn Records, frame: &Roster) -> TownMap {
    if let Some(borders) = in_use(records).and_then(|print| held(records, &print)) {
        return TownMap::from_borders(&sites_now(frame), &borders);
    }
    let home: Vec<(String, Option<String>)> = rows::<Unit>(records)
        .iter()
        .map(|u| (u.id().to_owned(), u.district().map(str::to_owned)))
        .collect();
    let sites = sites(frame, &|u| {
        home.iter().find(|h| h.0 == u.code).and_then(|h| h.1.clone())
    });
    let now = |code: &str| frame.unit(code).map(|u| u.district.clone()).filter(|d| !d.is_empty());
    let options = Options {
        moved: places(records),
        ..Options::default()
    };
    layout(&sites, &options).with_division(&now)
}

/// What the map shows of the units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// 指标: colour and value of one indicator.
    #[default]
    Indicator,
    /// 五瓣: the flower of the five programmes.
    Petals,
    /// 状态: ground and shape of the status.
    Status,
}

impl Mode {
    /// All with the words of the interface.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Indicator, "value", "指标"),
        (Self::Petals, "petals", "五瓣"),
        (Self::Status, "status", "状态"),
    ];

    /// The mode of a key in the address; the first for anything else.
    pub fn from_key(key: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|m| m.1 == key)
            .map_or(Self::Indicator, |m| m.0)
    }
}

/// A unit on the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CellVm {
    /// Step of the scale, 1 to 5; `None` where the indicator does not apply.
    pub step: Option<usize>,
    /// The value in the cell; empty where there is none.
    pub shown: String,
    /// Progress of the five programmes, each `0.0..=1.0`.
    pub petals: [Option<f64>; 5],
    /// The worst of the five.
    pub status: Option<Status>,
    /// The colour a person gave its district, from 1.
    pub tint: Option<u8>,
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
#[derive(Clone, Debug, PartialEq)]
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
    if reading.units == 0 || reading.is_unknown() {
        return None;
    }
    match reading.indicator.form {
        Form::Count => Some(reading.numerator.ten_thousandths() / 10_000),
        Form::Share => percent(reading),
        Form::Mean => (reading.denominator.ten_thousandths() != 0)
            .then(|| (reading.numerator.to_f64() / reading.denominator.to_f64()).round() as i64),
    }
}

/// A share as whole percent, rounded once: what is not whole is never 100, what has begun never 0.
fn percent(reading: &Reading) -> Option<i64> {
    let (part, whole) = (
        reading.numerator.ten_thousandths(),
        reading.denominator.ten_thousandths(),
    );
    let rounded = (i128::from(part) * 200 + i128::from(whole)).checked_div(i128::from(whole) * 2)?;
    let rounded = i64::try_from(rounded).ok()?;
    Some(match rounded {
        100 if part < whole => 99,
        0 if part > 0 => 1,
        other => other,
    })
}

/// Spreads `count` classes over the five steps of the scale.
const fn step(place: usize, count: usize) -> usize {
    match count {
        0 | 1 => 3,
        n => 1 + place * 4 / (n - 1),
    }
}

fn readings(map: &TownMap, board: &Board, indicator: &'static Indicator) -> Vec<Reading> {
    let of = |code: &String| board.reading(indicator, &Scope::Unit(code.clone()));
    map.cells.iter().map(|c| of(&c.code)).collect()
}

/// Colours a map by an indicator.
pub fn coloured(map: &TownMap, board: &Board, indicator: &'static Indicator) -> Coloured {
    let readings = readings(map, board, indicator);
    let amounts: Vec<i64> = readings.iter().filter_map(amount).collect();
    shaded(&readings, &classes(&amounts), indicator)
}

/// Colours a map by an indicator with the scale of another day, so that colours can be compared over time. Nothing has
/// a class of its own in it, whether it occurs on that day or not, and the ends reach as far as the values shown.
pub fn scaled(map: &TownMap, board: &Board, scale: &Board, indicator: &'static Indicator) -> Coloured {
    let mut of_scale: Vec<i64> = readings(map, scale, indicator).iter().filter_map(amount).collect();
    of_scale.push(0);
    let mut found = classes(&of_scale);
    // What is less than ever on that day counts with the least that is something.
    if let Some(first) = found.iter_mut().find(|c| c.lo > 0) {
        first.lo = 1;
    }
    shaded(&readings(map, board, indicator), &found, indicator)
}

fn shaded(readings: &[Reading], found: &[Class], indicator: &'static Indicator) -> Coloured {
    let amounts: Vec<Option<i64>> = readings.iter().map(amount).collect();
    let shown = readings
        .iter()
        .zip(&amounts)
        .map(|(reading, amount)| amount.map_or_else(String::new, |_| overview::value_text(reading, false)));
    in_classes(found, &amounts, shown.collect(), measure(indicator))
}

/// Colours a map by what changed between two days. What a unit had not begun to enter by the earlier day is not known.
pub fn compared(
    map: &TownMap,
    records: &dyn Records,
    (then, now): (&Board, &Board),
    indicator: &'static Indicator,
) -> Coloured {
    let kept = |code: &str| then.was_kept(records, indicator, &Scope::Unit(code.to_owned()));
    let of_then = readings(map, then, indicator);
    let known = of_then.iter().zip(&map.cells);
    let before: Vec<Option<i64>> = known
        .map(|(reading, cell)| amount(reading).filter(|_| kept(&cell.code)))
        .collect();
    let after: Vec<Option<i64>> = readings(map, now, indicator).iter().map(amount).collect();
    let change = before.iter().zip(&after).map(|(a, b)| Some((*b)? - (*a)?));
    let change: Vec<Option<i64>> = change.collect();
    let known: Vec<i64> = change.iter().copied().flatten().collect();
    let shown = change.iter().map(|c| c.map_or_else(String::new, signed)).collect();
    let measure = match indicator.form {
        Form::Share => "个百分点",
        Form::Count | Form::Mean => indicator.measure,
    };
    in_classes(&classes(&known), &change, shown, measure)
}

/// `+3`, `−2`, `0`.
fn signed(change: i64) -> String {
    match change {
        0 => "0".to_owned(),
        c if c > 0 => format!("+{}", format::count(c)),
        c => format!("−{}", format::count(-c)),
    }
}

const fn measure(indicator: &Indicator) -> &'static str {
    match indicator.form {
        Form::Share => "%",
        Form::Count | Form::Mean => indicator.measure,
    }
}

fn in_classes(found: &[Class], amounts: &[Option<i64>], shown: Vec<String>, measure: &str) -> Coloured {
    let place = |a: i64| class_of(found, a);
    let places: Vec<Option<usize>> = amounts.iter().map(|a| a.and_then(place)).collect();
    let cells = places.iter().zip(shown).map(|(place, shown)| CellVm {
        step: place.map(|i| step(i, found.len())),
        shown,
        ..CellVm::default()
    });
    let steps = found.iter().enumerate().map(|(i, class)| StepVm {
        step: step(i, found.len()),
        range: {
            // The values of another day may go beyond the greatest of the scale.
            let own = places.iter().zip(amounts).filter(|(p, _)| **p == Some(i));
            let most = own.filter_map(|(_, a)| *a).fold(class.hi, i64::max);
            range(&Class { hi: most, ..*class }, measure)
        },
        count: places.iter().filter(|p| **p == Some(i)).count(),
    });
    Coloured {
        cells: cells.collect(),
        steps: steps.collect(),
        without: amounts.iter().filter(|a| a.is_none()).count(),
    }
}

/// Flower and status of every cell.
pub fn programmes(map: &TownMap, board: &Board, overdue: &Overdue) -> Vec<([Option<f64>; 5], Status)> {
    let of = |code: &String| {
        let petals = overview::petals(board, &Scope::Unit(code.clone()));
        (petals, worst(board, overdue, code))
    };
    map.cells.iter().map(|c| of(&c.code)).collect()
}

/// Adds flowers and statuses to coloured cells.
pub fn with_programmes(mut coloured: Coloured, programmes: &[([Option<f64>; 5], Status)]) -> Coloured {
    for (look, (petals, status)) in coloured.cells.iter_mut().zip(programmes) {
        look.petals = *petals;
        look.status = Some(*status);
    }
    coloured
}

/// The colours people gave to the districts of a map.
pub fn tints(map: &TownMap, records: &dyn Records) -> Vec<Option<u8>> {
    map.districts.iter().map(|d| tint(records, &d.id)).collect()
}

/// Adds the colours people gave to districts.
pub fn with_tints(mut coloured: Coloured, map: &TownMap, tints: &[Option<u8>]) -> Coloured {
    for (look, cell) in coloured.cells.iter_mut().zip(&map.cells) {
        look.tint = cell.district.and_then(|d| tints.get(d).copied().flatten());
    }
    coloured
}

fn range(class: &Class, measure: &str) -> String {
    let number = |n: i64| if n < 0 { signed(n) } else { format::count(n) };
    let low = number(class.lo);
    if class.lo == class.hi {
        format::measured(&low, measure)
    } else {
        format::measured(&format!("{low}–{}", number(class.hi)), measure)
    }
}

/// What the map is of: the indicator, or what the flowers and the statuses say.
pub const fn subject(mode: Mode, indicator: &Indicator) -> &'static str {
    match mode {
        Mode::Indicator => indicator.name,
        Mode::Petals => "五项工程进度",
        Mode::Status => "五项工程状态",
    }
}

/// The words of a cell for reading aloud: name with value, the five values, or the status.
pub fn cell_words(name: &str, look: Option<&CellVm>, mode: Mode, subject: &str) -> String {
    match (mode, look, look.and_then(|l| l.status)) {
        (Mode::Petals, Some(look), _) => format!("{name}，{}", overview::petals_text(&look.petals)),
        (Mode::Status, _, Some(status)) => format!("{name}，{}", status.word()),
        _ => {
            let shown = look.map_or("", |l| &l.shown);
            format!("{name}，{subject} {}", super::record::or_unknown(shown))
        }
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
            // The value of some of its units is not that of a district.
            value: (*board.reach() == Scope::Town).then(|| {
                let reading = board.reading(indicator, &Scope::District(shape.id.clone()));
                overview::value_text(&reading, false)
            }),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::programmes;
    use crate::model::programmes::dream::indicators::NIGHT_TALKS;
    use crate::model::programmes::sample::{SampleOptions, as_of, sheet};

    #[test]
    fn the_sample_is_coloured_whole() {
        let records = sheet(&SampleOptions::default());
        let mut board = programmes::board(overview::figures_period(None, as_of()), as_of());
        board.refresh(&records);
        let map = town_map(&records, board.frame());
        let indicator = &NIGHT_TALKS;
        let found = coloured(&map, &board, indicator);
        assert_eq!(found.cells.len(), 39);
        assert_eq!(found.steps.iter().map(|s| s.count).sum::<usize>() + found.without, 39);
        assert_eq!(plates(&map, &records, &board, indicator).len(), map.districts.len());
    }

    /// A month before anybody entered a talk is no month of zero talks.
    #[test]
    fn a_change_since_before_a_ledger_was_kept_is_not_known() {
        let records = sheet(&SampleOptions::default());
        let board = |day: Day| {
            let mut board = programmes::board(overview::figures_period(None, day), day);
            board.refresh(&records);
            board
        };
        let now = board(as_of());
        let map = town_map(&records, now.frame());
        let known = |day: Day| {
            let found = compared(&map, &records, (&board(day), &now), &NIGHT_TALKS);
            (found.cells.len() - found.without, found.without)
        };
        assert_eq!(known(as_of().plus_months(-24)), (0, 39));
        assert_eq!(known(as_of()), (39, 0));
    }

    /// The legend of any month tells the truth about it: every value lies within the range of its class, nothing has a
    /// class of its own, and a value keeps its colour from month to month.
    #[test]
    fn the_legend_holds_for_every_month_of_the_player() {
        let records = sheet(&SampleOptions::default());
        let board_of = |day: Day| {
            let mut board = programmes::board(overview::figures_period(None, day), day);
            board.refresh(&records);
            board
        };
        let scale = board_of(as_of());
        let map = town_map(&records, scale.frame());
        let indicator = &NIGHT_TALKS;
        let mut colours: BTreeMap<i64, usize> = BTreeMap::new();
        for month in ["2021-01-31", "2021-12-31", "2022-01-31", "2022-05-31", "2022-11-22"] {
            let then = board_of(Day::parse(month).unwrap());
            let found = scaled(&map, &then, &scale, indicator);
            assert_eq!(
                found.steps.iter().map(|s| s.count).sum::<usize>() + found.without,
                39,
                "{month}"
            );
            for cell in &found.cells {
                let (value, step) = (cell.shown.parse::<i64>().unwrap(), cell.step.unwrap());
                let legend = found.steps.iter().find(|s| s.step == step).unwrap();
                let bounds: Vec<i64> = legend
                    .range
                    .trim_end_matches(" 场")
                    .split('–')
                    .map(|n| n.parse().unwrap())
                    .collect();
                assert!(
                    bounds[0] <= value && value <= *bounds.last().unwrap(),
                    "{month}: {value} in {}",
                    legend.range
                );
                assert_eq!(
                    value == 0,
                    legend.range == "0 场",
                    "{month}: {value} in {}",
                    legend.range
                );
                assert_eq!(*colours.entry(value).or_insert(step), step, "{month}: {value}");
            }
        }
    }

    /// T11: a unit put somewhere by hand stands there; one moved to another district changes its outline from that
    /// day on and no earlier.
    #[test]
    fn t11_the_editor_writes_records_that_the_map_reads() {
        let mut records = sheet(&SampleOptions::default());
        let frame = programmes::roster(&records, as_of());
        let before = town_map(&records, &frame);
        let cell = &before.cells[0];
        let (code, home) = (cell.code.clone(), cell.district);
        let other = (0..before.districts.len()).find(|d| Some(*d) != home).unwrap();
        let target = before.districts[other].id.clone();
        let mut moved = move_draft(&code, &target, as_of());
        moved.id = "move-1".into();
        records.drafts.push(moved);
        let frame = programmes::roster(&records, as_of());
        let after = town_map(&records, &frame);
        let at = |map: &TownMap| map.cells[0].district.map(|d| map.districts[d].id.clone());
        assert_eq!(at(&after), Some(target));
        assert_eq!(after.cells[0].path, before.cells[0].path, "the cell stays");
        let earlier = programmes::roster(&records, as_of().plus_days(-1));
        assert_eq!(at(&town_map(&records, &earlier)), at(&before));
        records.drafts.push(place_draft(&code, &cell.name, Some((500, 440))));
        assert_eq!(places(&records).get(&code), Some(&(500, 440)));
        let placed = town_map(&records, &frame);
        let centre = placed.cells[0].center;
        assert!((centre.x - 500.0).hypot(centre.y - 440.0) < 60.0, "{centre:?}");
        records.drafts.push(place_draft("x", "x", None));
        assert_eq!(places(&records).len(), 1, "an automatic place is none");
    }
}
