//! Score sheets of the town: read from its ledgers, the sheet that holds while none is recorded, marks, and the archive of
//! a year (docs/requirements.md §2.10).

use super::ledgers::{Assessment, SCORED, ScoreItem, ScoreMark, ScoreSheet, Town};
use crate::model::engine::indicator::{Aim, Board, Indicator, Lists, Period};
use crate::model::engine::score::{Band, Item, Mark, Plan, Score, Way, score, spread};
use crate::model::ledger::{Programme, TypedRow as _};
use crate::model::notice::Notice;
use crate::model::programmes::town::ledgers::{AssessmentScope, ScoreItemWay, ScoreSheetState, ScoreSheetWhose};
use crate::model::records::{Draft, Records, rows, rows_of};
use crate::model::settings::Settings;
use crate::model::value::Decimal;
use crate::order::Arrange;

/// Points of the programmes in the sheet that holds while none is recorded (docs/requirements.md §2.10).
const POINTS: [(Programme, i64); 5] = [
    (Programme::Dream, 15),
    (Programme::Lead, 20),
    (Programme::Base, 25),
    (Programme::Seedling, 25),
    (Programme::Phoenix, 15),
];
/// Fewest points for 优秀, 良好 and 一般 where a sheet does not say.
const LIMITS: [Decimal; 3] = [Decimal::whole(90), Decimal::whole(80), Decimal::whole(60)];
/// Name of the sheet that holds while none is recorded.
const DEFAULT: &str = "默认考核办法";

/// The year that a board counts; of other periods that of its last day.
pub fn year_of(board: &Board) -> i32 {
    match board.period() {
        Period::Year(year) => year,
        _ => board.span().year(),
    }
}

/// Every recorded sheet, the newest first, of one year by its name.
pub fn plans(records: &dyn Records, lists: &Lists) -> Vec<Plan> {
    let mut all: Vec<Plan> = rows::<ScoreSheet>(records)
        .into_iter()
        .map(|row| plan(records, lists, row))
        .collect();
    all.arrange_by(|a, b| b.since.cmp(&a.since).then_with(|| a.name.cmp(&b.name)));
    all
}

/// The sheets that hold in a year: those in use that began by then, of one name the latest; else the default sheet.
pub fn in_use(records: &dyn Records, lists: &Lists, year: i32) -> Vec<Plan> {
    let mut held: Vec<Plan> = Vec::new();
    for plan in plans(records, lists) {
        if plan.used && plan.since <= year && held.iter().all(|other| other.name != plan.name) {
            held.push(plan);
        }
    }
    if held.is_empty() {
        held.push(default_plan(lists, &super::settings::read(records)));
    }
    held
}

fn plan(records: &dyn Records, lists: &Lists, row: ScoreSheet) -> Plan {
    let limits = [row.excellent(), row.good(), row.fair()];
    let mut own: Vec<ScoreItem> = rows(records);
    own.retain(|item| item.sheet() == Some(row.id()));
    own.arrange_by(|a, b| {
        let place = |i: &ScoreItem| (programme(i).map_or(9, Programme::petal), i.order().unwrap_or(i64::MAX));
        place(a).cmp(&place(b)).then_with(|| a.id().cmp(b.id()))
    });
    Plan {
        id: row.id().to_owned(),
        name: row.name().unwrap_or_default().to_owned(),
        since: row.since().unwrap_or(0),
        used: !ScoreSheetState::Unused.is(row.state()),
        limits: [0, 1, 2].map(|at| limits[at].unwrap_or(LIMITS[at])),
        items: own.into_iter().filter_map(|row| item(lists, row)).collect(),
    }
}

fn programme(row: &ScoreItem) -> Option<Programme> {
    row.programme().and_then(Programme::by_id)
}

/// An item; one by an indicator that this version does not know waits for a mark.
fn item(lists: &Lists, row: ScoreItem) -> Option<Item> {
    let indicator = || lists.all().find(|i| Some(i.id) == row.indicator());
    Some(Item {
        id: row.id().to_owned(),
        programme: programme(&row)?,
        name: row.name().unwrap_or_default().to_owned(),
        points: row.points().unwrap_or_default(),
        way: match ScoreItemWay::of(row.way()) {
            Some(ScoreItemWay::Indicator) => indicator().map_or(Way::Mark, Way::Indicator),
            Some(ScoreItemWay::Deduct) => Way::Deduction,
            _ => Way::Mark,
        },
    })
}

/// The sheet that holds while none is recorded: the points of each programme over its indicators with an aim, by their
/// weights, in tenths of a point that add up to the whole.
pub fn default_plan(lists: &Lists, settings: &Settings) -> Plan {
    let mut items = Vec::new();
    for (programme, points) in POINTS {
        let own: Vec<&'static Indicator> = lists.of(programme).filter(|i| i.aim != Aim::Nothing).collect();
        let weights: Vec<i64> = own.iter().map(|i| i.weight_in(settings)).collect();
        for (indicator, tenths) in own.into_iter().zip(spread(points * 10, &weights)) {
            if tenths > 0 {
                items.push(Item {
                    id: format!("default.{}", indicator.id),
                    programme,
                    name: indicator.name.to_owned(),
                    points: Decimal::from_ten_thousandths(tenths * 1_000),
                    way: Way::Indicator(indicator),
                });
            }
        }
    }
    Plan {
        id: String::new(),
        name: DEFAULT.to_owned(),
        since: 0,
        used: true,
        limits: LIMITS,
        items,
    }
}

/// The default sheet as records to be edited, the sheet first; `id` is the id that it will get.
pub fn default_drafts(lists: &Lists, settings: &Settings, year: i32, id: &str) -> Vec<Draft> {
    let plan = default_plan(lists, settings);
    let [excellent, good, fair] = plan.limits;
    let sheet = ScoreSheet::draft("").name(&*format!("{year}年考核办法")).since(year);
    let sheet = sheet
        .whose(ScoreSheetWhose::Town.code())
        .state(ScoreSheetState::Used.code());
    let sheet = sheet.excellent(excellent).good(good).fair(fair).into_draft();
    let item = |(place, item): (usize, &Item)| {
        let indicator = match item.way {
            Way::Indicator(indicator) => Some(indicator.id),
            _ => None,
        };
        let draft = ScoreItem::draft("").sheet(id).programme(item.programme.id());
        let draft = draft.name(item.name.as_str()).points(item.points).indicator(indicator);
        let draft = draft.way(ScoreItemWay::Indicator.code());
        draft.order(i64::try_from(place + 1).unwrap_or(0)).into_draft()
    };
    let items = plan.items.iter().enumerate().map(item);
    std::iter::once(sheet).chain(items).collect()
}

/// What people said of an item of a unit in a year. Several records of it, as two devices may make them, are read as one:
/// points of the unit from one and of the town from another stand together, different points of the town do not hold.
pub fn mark(records: &dyn Records, unit: &str, item: &str, year: i32) -> Mark {
    let mut out = Mark::default();
    let own = rows_of::<ScoreMark>(records, unit).into_iter();
    for row in own.filter(|row| row.item() == Some(item) && row.year() == Some(year)) {
        if out.record.is_empty() {
            out.record = row.id().to_owned();
        }
        if out.own.is_none() && row.self_points().is_some() {
            out.own = row.self_points();
            out.own_reason = row.self_reason().unwrap_or_default().to_owned();
        }
        match (out.points, row.points()) {
            (Some(one), Some(other)) if one != other => out.differs = true,
            (None, Some(points)) => {
                out.points = Some(points);
                out.reason = row.reason().unwrap_or_default().to_owned();
            }
            _ => {}
        }
    }
    out
}

/// The points of a unit by a sheet in the year of a board.
pub fn score_of(plan: &Plan, board: &Board, records: &dyn Records, unit: &str) -> Score {
    let year = year_of(board);
    score(plan, board, unit, |item| mark(records, unit, item, year))
}

/// By whom a mark is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The unit of itself.
    Unit,
    /// The town.
    Town,
}

/// The record of a mark: the one that stands, else a new one. Its id follows from unit, item and year, so that what the
/// unit and the town write on two devices is one record.
pub fn mark_draft(
    records: &dyn Records,
    unit: &str,
    item: &str,
    year: i32,
    (by, points, reason): (By, Decimal, &str),
) -> Draft {
    let stands = mark(records, unit, item, year).record;
    let id = match stands.is_empty() {
        true => format!("mark.{year}.{unit}.{item}"),
        false => stands,
    };
    let draft = ScoreMark::draft(id).unit(unit).item(item).year(year);
    match by {
        By::Unit => draft.self_points(points).self_reason(reason),
        By::Town => draft.points(points).reason(reason),
    }
    .into_draft()
}

/// Whose assessment the archive of a sheet is: the town's own name, that of its county, or the sheet's.
fn assessor(records: &dyn Records, plan: &Plan) -> String {
    let towns: Vec<Town> = rows(records);
    let sheet = records.find(ScoreSheet::SCHEMA, &plan.id).map(ScoreSheet::of);
    let said = match ScoreSheetWhose::of(sheet.and_then(|sheet| sheet.whose())) {
        Some(ScoreSheetWhose::County) => towns.iter().find_map(|town| town.county()),
        Some(ScoreSheetWhose::Other) => Some(plan.name.as_str()),
        _ => towns.iter().find_map(|town| town.name()),
    };
    said.unwrap_or(&plan.name).to_owned()
}

/// What the archive of a year would write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    /// One assessment a unit.
    pub drafts: Vec<Draft>,
    /// Codes of units that have an assessment of this year by the same assessor with another result.
    pub overwritten: Vec<String>,
    /// Codes of units without a band: they are left out.
    pub refused: Vec<String>,
}

/// The assessments of a year by a sheet, for the units of a board.
///
/// # Errors
/// Where no unit has a band.
pub fn archive(plan: &Plan, board: &Board, records: &dyn Records) -> Result<Archive, Notice> {
    let (year, by) = (year_of(board), assessor(records, plan));
    let mut out = Archive::default();
    for unit in &board.frame().units {
        let score = score_of(plan, board, records, &unit.code);
        let Some(band) = score.band else {
            out.refused.push(unit.code.clone());
            continue;
        };
        let same = |row: &Assessment| {
            AssessmentScope::Unit.is(row.scope()) && row.year() == Some(year) && row.assessor() == Some(by.as_str())
        };
        let stands = rows_of::<Assessment>(records, &unit.code).into_iter().find(same);
        let result = (Some(band.code()), Some(score.shown()));
        if stands.is_some_and(|row| (row.level(), row.score()) != result) {
            out.overwritten.push(unit.code.clone());
        }
        let id = match stands {
            Some(row) => row.id().to_owned(),
            None => format!(
                "assessment.{year}.{}.{}",
                unit.code,
                if plan.id.is_empty() { "default" } else { &plan.id }
            ),
        };
        out.drafts
            .push(assessment(&id, &unit.code, (year, &by, band), plan, &score));
    }
    match out.drafts.is_empty() {
        true => Err(Notice::error(
            "",
            "没有一个村（社区）评出等次",
            "先补齐没有填报和待评的项目",
        )),
        false => Ok(out),
    }
}

fn assessment(id: &str, unit: &str, (year, by, band): (i32, &str, Band), plan: &Plan, score: &Score) -> Draft {
    let each = Programme::ALL.map(|p| format!("{} {} 分", p.label(), score.programmes[p.petal()].given.shown()));
    let draft = Assessment::draft(id)
        .scope(AssessmentScope::Unit.code())
        .unit(unit)
        .year(year);
    let draft = draft.assessor(by).level(band.code()).score(score.shown());
    let note = format!("按《{}》评分：{}", plan.name, each.join("，"));
    draft.note(note.as_str()).into_draft()
}

/// Whether an item can go by every indicator that there is, under its own name.
pub fn can_choose(indicator: &Indicator) -> bool {
    SCORED
        .iter()
        .any(|choice| choice.code == indicator.id && choice.label == indicator.name)
}
