//! 考核 as its page shows it: units by programme, a unit item by item, sheets side by side.

use std::collections::BTreeSet;

use super::charts::Source;
use super::overview::{goal_words, records_href, value_text};
use super::route::{Address, Route, key};
use super::show;
use crate::model::engine::indicator::{Reading, Scope};
use crate::model::engine::score::{Line, Outcome, Plan, Points, Score, Sum, Way};
use crate::model::ledger::{Catalogue, Programme, TypedRow as _};
use crate::model::programmes;
use crate::model::programmes::town::ledgers::ScoreMark;
use crate::model::programmes::town::rules::RANKING;
use crate::model::programmes::town::scoring::{self, By};
use crate::model::value::Decimal;
use crate::model::{notice::Notice, validate::check_field, value::Value};
use crate::order::Arrange;
use crate::view::typed::typed_amount;

/// Key of the address: the sheet, by its id.
pub const SHEET: &str = "sheet";
/// Key of the address: the unit whose points are shown item by item.
pub const UNIT: &str = "unit";
/// What is missing is listed up to so many entries an item.
const MOST_MISSING: usize = 5;

/// Points as they are shown.
pub fn points(points: Points) -> String {
    show::amount(points.shown())
}

/// A unit in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowVm {
    /// Code of the unit.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Each programme: `12.5/15`, and what is unknown or waits.
    pub cells: Vec<String>,
    /// `得 83.5 分 / 可评 90 分`.
    pub total: String,
    /// The band; nothing where there is none.
    pub band: String,
    /// Why there is none: `没有填报 10 分`.
    pub open: String,
}

/// Points of which nothing is known yet, in words; empty where all is known.
fn open_words(sum: &Sum) -> String {
    let parts = [("没有填报", sum.unknown), ("待评", sum.waiting)];
    let parts = parts.iter().filter(|(_, points)| *points > Points::ZERO);
    let parts = parts.map(|(word, open)| format!("{word} {} 分", points(*open)));
    parts.collect::<Vec<_>>().join("，")
}

/// `得 83.5 分 / 可评 90 分`.
pub fn total_words(score: &Score) -> String {
    let judged = points(score.total.judged());
    format!("得 {} 分 / 可评 {judged} 分", show::amount(score.shown()))
}

/// The band in a word, or why there is none.
pub fn band_words(score: &Score) -> String {
    match score.band {
        Some(band) => band.label().to_owned(),
        None if score.total.possible == Points::ZERO => "没有可评的项目，不定等次".to_owned(),
        None => {
            let open = open_words(&score.total);
            let open = if open.is_empty() {
                "扣分有两种，待核对".to_owned()
            } else {
                open
            };
            format!("{open}，暂不定等次")
        }
    }
}

fn cell(sum: &Sum) -> String {
    if sum.possible == Points::ZERO {
        return "不适用".to_owned();
    }
    let open = open_words(sum);
    if sum.judged() == Points::ZERO {
        return open;
    }
    let mut out = format!("{}/{}", points(sum.given), points(sum.judged()));
    if !open.is_empty() {
        out.push_str(&format!("，{open}"));
    }
    out
}

/// The units of the board by a sheet, in the order of the ledger; by their points where the town shows ranks.
pub fn table(source: Source, plan: &Plan) -> Vec<RowVm> {
    let units = source.board.frame().units.iter();
    let of = |code: &str| scoring::score_of(plan, source.board, source.records, code);
    let mut scored: Vec<_> = units.map(|unit| (unit, of(&unit.code))).collect();
    if RANKING.get(source.board.settings()) {
        scored.arrange_by_key(|(_, score)| (score.band.is_none(), std::cmp::Reverse(score.total.given)));
    }
    let row = |(unit, score): (&crate::model::engine::indicator::UnitAt, Score)| RowVm {
        code: unit.code.clone(),
        name: unit.name.clone(),
        cells: score.programmes.iter().map(cell).collect(),
        total: total_words(&score),
        band: score.band.map_or_else(String::new, |band| band.label().to_owned()),
        open: match score.band {
            Some(_) => String::new(),
            None => band_words(&score),
        },
    };
    scored.into_iter().map(row).collect()
}

/// Units by several sheets: name and, for each sheet, total and band.
pub fn beside(source: Source, plans: &[Plan]) -> Vec<(String, Vec<String>)> {
    let units = source.board.frame().units.iter();
    let row = |unit: &crate::model::engine::indicator::UnitAt| {
        let of = |plan: &Plan| {
            let score = scoring::score_of(plan, source.board, source.records, &unit.code);
            format!("{}，{}", total_words(&score), band_words(&score))
        };
        (unit.name.clone(), plans.iter().map(of).collect())
    };
    units.map(row).collect()
}

/// The table as text for a spreadsheet: a line a unit, tabulators between.
pub fn table_text(plan: &Plan, year: i32, rows: &[RowVm]) -> String {
    let mut out = format!("{}（{year}年）\n村（社区）", plan.name);
    for programme in Programme::ALL {
        out.push('\t');
        out.push_str(programme.label());
    }
    out.push_str("\t合计\t等次\n");
    for row in rows {
        let band = if row.band.is_empty() { &row.open } else { &row.band };
        out.push_str(&format!(
            "{}\t{}\t{}\t{band}\n",
            row.name,
            row.cells.join("\t"),
            row.total
        ));
    }
    out
}

/// An item of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineVm {
    /// Id of the item.
    pub id: String,
    /// Its programme.
    pub programme: Programme,
    /// Name.
    pub name: String,
    /// Points there are.
    pub possible: String,
    /// Points given, or the word for none.
    pub given: String,
    /// What it came from, in words.
    pub why: String,
    /// Words and address of the records that were counted.
    pub records: Option<(String, String)>,
    /// Words and address of what is missing.
    pub missing: Vec<(String, String)>,
    /// Whether points can still be won: it can be asked what would be if it were done.
    pub open: bool,
    /// Whether people mark it, and whether a mark is taken off.
    pub marked: Option<bool>,
    /// What the unit and the town said, as it is typed: points and reason of each.
    pub said: [(String, String); 2],
}

/// A unit item by item.
pub fn lines(source: Source, score: &Score, unit: &str) -> Vec<LineVm> {
    let catalogue = programmes::catalogue();
    score
        .lines
        .iter()
        .map(|line| line_vm(source, catalogue, score, line, unit))
        .collect()
}

fn line_vm(source: Source, catalogue: &Catalogue, score: &Score, line: &Line, unit: &str) -> LineVm {
    let is_deduction = line.item.way == Way::Deduction;
    let scope = Scope::Unit(unit.to_owned());
    let records = line.reading.as_ref().filter(|r| r.records().next().is_some());
    let records = records.map(|r| {
        let words = format!("看记录 {} 条", r.records().count());
        (words, records_href(source.board, r.indicator, &scope))
    });
    let given = match line.outcome {
        Outcome::Given(points) if is_deduction && points == Points::ZERO => "没有扣分".to_owned(),
        Outcome::Given(taken) if is_deduction => format!("扣 {}", points(taken)),
        Outcome::Given(given) => points(given),
        Outcome::Unknown => "没有填报".to_owned(),
        Outcome::Waiting => "待评".to_owned(),
        Outcome::NotFor => "不适用".to_owned(),
        Outcome::NothingDue => "没有应评事项".to_owned(),
    };
    let typed = |points: Option<Decimal>| points.map_or_else(String::new, |p| p.to_string());
    let is_open = match line.outcome {
        Outcome::Given(_) => line.lost() > Points::ZERO,
        Outcome::Unknown => true,
        Outcome::Waiting => true,
        Outcome::NotFor | Outcome::NothingDue => false,
    };
    LineVm {
        id: line.item.id.clone(),
        programme: line.item.programme,
        name: line.item.name.clone(),
        possible: match is_deduction {
            true if line.item.points == Decimal::ZERO => "不限".to_owned(),
            true => format!("最多扣 {}", show::amount(line.item.points)),
            false => points(Points::of(line.possible)),
        },
        given,
        why: why(score, line),
        records,
        missing: if is_open {
            missing(source, catalogue, line, unit)
        } else {
            Vec::new()
        },
        open: is_open,
        marked: line.is_marked().then_some(is_deduction),
        said: [
            (typed(line.mark.own), line.mark.own_reason.clone()),
            (typed(line.mark.points), line.mark.reason.clone()),
        ],
    }
}

/// Value, aim and how much of it is reached; or what people said; and what was spread from items that do not apply.
fn why(score: &Score, line: &Line) -> String {
    let mut words = match (&line.reading, line.outcome) {
        (_, Outcome::NotFor) => "不用于这类单位，分值摊到本项工程的其他项目".to_owned(),
        (_, Outcome::NothingDue) => "这一年没有应评的事项，分值摊到本项工程的其他项目".to_owned(),
        (_, Outcome::Unknown) => "没有填报，不算零分也不算满分".to_owned(),
        (Some(reading), _) if !line.is_marked() => reading_words(reading),
        _ => mark_words(line),
    };
    let more = line.possible - line.item.points;
    if line.item.way != Way::Deduction && more > Decimal::ZERO {
        words.push_str(&format!(
            "；本项 {} 分，另摊得 {} 分",
            show::amount(line.item.points),
            show::amount(more)
        ));
    }
    let sum = &score.programmes[line.item.programme.petal()];
    if line.item.way == Way::Deduction && line.lost() > Points::ZERO && sum.given == Points::ZERO {
        words.push_str("；本项工程已扣完，不再往下扣");
    }
    words
}

fn reading_words(reading: &Reading) -> String {
    let (wanted, distance) = goal_words(reading);
    let reached = reading
        .progress
        .map_or_else(String::new, |p| format!("，完成目标的 {}", super::format::permille(p)));
    let value = value_text(reading, false);
    format!("实际 {value}，目标 {wanted}，{distance}{reached}")
}

fn mark_words(line: &Line) -> String {
    let mark = &line.mark;
    let said = |who: &str, points: Option<Decimal>, reason: &str| {
        let points = show::amount(points?);
        let reason = if reason.is_empty() {
            String::new()
        } else {
            format!("：{reason}")
        };
        Some(format!("{who} {points} 分{reason}"))
    };
    if mark.differs {
        return "有两条评定分不同的记录，核对后再算".to_owned();
    }
    let parts = [
        said("自评", mark.own, &mark.own_reason),
        said("评定", mark.points, &mark.reason),
    ];
    let words: Vec<String> = parts.into_iter().flatten().collect();
    match words.is_empty() {
        true if line.item.way == Way::Deduction => "没有登记扣分".to_owned(),
        true => "还没有自评，镇里也没有评定".to_owned(),
        false => words.join("；"),
    }
}

/// Records that fall short and what the unit has no record of, each with where it is put right.
fn missing(source: Source, catalogue: &Catalogue, line: &Line, unit: &str) -> Vec<(String, String)> {
    let Some(reading) = line.reading.as_ref().filter(|_| !line.is_marked()) else {
        return Vec::new();
    };
    let mut out: Vec<(String, String)> = Vec::new();
    for gap in reading.missing() {
        let record = gap.record.as_ref().and_then(|at| {
            let ledger = catalogue.get(at.ledger)?;
            let title = show::called(
                source.records,
                catalogue,
                ledger,
                source.records.find(ledger.schema, &at.id)?,
            );
            Some((title, Address::from(Route::Record(at.id.to_string())).hash()))
        });
        out.extend(record);
        if out.len() == MOST_MISSING {
            break;
        }
    }
    if out.is_empty()
        && let Some(ledger) = reading
            .indicator
            .reads
            .iter()
            .find(|ledger| ledger.field("unit").is_some())
            .and_then(|schema| catalogue.get(schema.id))
    {
        let unit_key = format!("{}unit", key::FILTER);
        let form = Address::from(Route::NewRecord(ledger.id.to_owned())).with(&unit_key, unit);
        out.push((ledger.verb.to_owned(), form.hash()));
    }
    out
}

/// The total if some items were done, beside the real one.
pub fn what_if(score: &Score, done: &BTreeSet<String>) -> Option<String> {
    (!done.is_empty()).then(|| {
        let then = score.if_done(done);
        format!(
            "假如做到所选 {} 项：{}，{}",
            done.len(),
            total_words(&then),
            band_words(&then)
        )
    })
}

/// Points and reason as they were typed for an item of a unit, as the record to save.
///
/// # Errors
/// What is wrong, and what to do.
pub fn typed_mark(
    source: Source,
    unit: &str,
    item: &str,
    by: By,
    (points, reason): (&str, &str),
) -> Result<crate::model::records::Draft, Notice> {
    let todo = "填不小于 0 的数，最多四位小数";
    let amount = typed_amount(points, Some("分")).map(|amount| amount.value);
    let amount = amount.ok_or_else(|| Notice::error("points", "分数没有认出来", todo))?;
    let field = if by == By::Town { "points" } else { "self_points" };
    let wrong = ScoreMark::LEDGER
        .field(field)
        .and_then(|f| check_field(f, &Value::text(amount.to_string())));
    if let Some(wrong) = wrong {
        return Err(wrong);
    }
    let year = scoring::year_of(source.board);
    let draft = scoring::mark_draft(source.records, unit, item, year, (by, amount, reason.trim()));
    let today = source.board.as_of();
    let found = programmes::check(ScoreMark::LEDGER, &draft, source.records, today);
    // What the other side has to write is not asked of who writes now.
    let own = ["points", "reason"].contains(&field);
    let is_own = |n: &Notice| n.severity == crate::model::notice::Severity::Error && (own || n.place != "reason");
    match found.into_iter().find(is_own) {
        Some(notice) => Err(notice),
        None => Ok(draft),
    }
}

/// The sentence on top: how many units have a band, and how many wait for what.
pub fn lede(plan: &Plan, year: i32, rows: &[RowVm]) -> String {
    let banded = rows.iter().filter(|row| !row.band.is_empty()).count();
    let rest = rows.len() - banded;
    let full = show::amount(plan.full());
    let begin = format!("{year} 年按《{}》，满分 {full} 分：", show::name(&plan.name));
    match (banded, rest) {
        (0, 0) => format!("{begin}没有村（社区）。"),
        (all, 0) => format!("{begin}{all} 个村（社区）都定了等次。"),
        (some, rest) => format!("{begin}{some} 个定了等次，{rest} 个还有没有填报或待评的项目。"),
    }
}

/// Limits of the bands in words.
pub fn limits_words(plan: &Plan) -> String {
    let [excellent, good, fair] = plan.limits.map(show::amount);
    format!("{excellent} 分及以上优秀，{good} 分及以上良好，{fair} 分及以上一般，以下较差。")
}
