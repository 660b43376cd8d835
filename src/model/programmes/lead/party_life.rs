//! 三会一课 and the rest of organisation life: what each branch owes in a year (T20, docs/requirements.md §2.2).
//!
//! A branch owes a meeting of all members each quarter, one of its committee each month where it has one, one of each
//! party group each month, lessons by a rule of the town, a theme day each month, and once a year 组织生活会, 民主评议 and
//! 谈心谈话. A unit without branches in 党组织名册 owes all that once. Counting begins with the month of the first record:
//! what was held before anything was kept is not known.

use super::ledgers::{PartyLife, PartyLifeKind};
use super::rules;
use crate::model::date::{Day, Month};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::town::ledgers::{Branch, BranchKind, Unit};
use crate::model::settings::Settings;
use crate::order::Arrange as _;

/// Where the cadence stands.
pub const SOURCE: &str = "《中国共产党支部工作条例（试行）》";

/// Every kind, in display order.
pub const KINDS: [PartyLifeKind; 8] = [
    PartyLifeKind::General,
    PartyLifeKind::Committee,
    PartyLifeKind::Group,
    PartyLifeKind::Lecture,
    PartyLifeKind::Day,
    PartyLifeKind::Life,
    PartyLifeKind::Review,
    PartyLifeKind::Talk,
];

/// 支部党员大会.
pub fn label(kind: PartyLifeKind) -> &'static str {
    let found = PartyLifeKind::ALL.iter().find(|choice| choice.code == kind.code());
    found.map_or("", |choice| choice.label)
}

/// A party organisation that owes meetings.
#[derive(Clone)]
pub struct Organisation<'a> {
    /// Its record; `None` for a unit as a whole.
    pub branch: Option<Branch<'a>>,
    /// Members, where they are known.
    pub members: Option<i64>,
    /// Party groups.
    pub groups: i64,
}

/// One thing owed in one period.
#[derive(Clone)]
pub struct Owed<'a> {
    /// Who owes it: index into the organisations.
    pub by: usize,
    /// What.
    pub kind: PartyLifeKind,
    /// First day of the period.
    pub from: Day,
    /// Last day of the period.
    pub to: Day,
    /// How often in the period: once, or once for each party group.
    pub times: i64,
    /// The records that meet it, by day.
    pub held: Vec<PartyLife<'a>>,
    /// The day on which it was met in full.
    pub done: Option<Day>,
}

impl Owed<'_> {
    /// Tells it apart among the deadlines of its unit: branch, kind and first day of the period.
    pub fn key(&self, organisations: &[Organisation]) -> String {
        let branch = organisations.get(self.by).and_then(|by| by.branch);
        format!(
            "{}:{}:{}",
            branch.map_or("", |branch| branch.id()),
            self.kind.code(),
            self.from
        )
    }
}

/// Months of the period in which something is owed once.
fn months(kind: PartyLifeKind, settings: &Settings) -> i32 {
    match kind {
        PartyLifeKind::General => 3,
        PartyLifeKind::Committee | PartyLifeKind::Group | PartyLifeKind::Day => 1,
        PartyLifeKind::Lecture => match rules::LESSON_MONTHS.get(settings) {
            months @ (1 | 2 | 3 | 4 | 6 | 12) => months,
            _ => 3,
        },
        PartyLifeKind::Life | PartyLifeKind::Review | PartyLifeKind::Talk => 12,
    }
}

/// How often an organisation owes it in a period: not at all, once, or once for each of its groups.
fn times(kind: PartyLifeKind, by: &Organisation, settings: &Settings) -> i64 {
    match kind {
        PartyLifeKind::Committee => {
            let least = i64::from(rules::COMMITTEE_MEMBERS.get(settings));
            i64::from(by.members.is_some_and(|members| members >= least))
        }
        PartyLifeKind::Group => by.groups,
        _ => 1,
    }
}

/// How often a kind is owed in a whole year by an organisation.
pub fn in_a_year(kind: PartyLifeKind, by: &Organisation, settings: &Settings) -> i64 {
    times(kind, by, settings) * i64::from(12 / months(kind, settings))
}

/// The period of a kind that holds a day: its first and its last day.
pub fn period(kind: PartyLifeKind, day: Day, settings: &Settings) -> (Day, Day) {
    let length = months(kind, settings);
    let (year, month) = day.month().ym();
    let first = (month - 1) / length * length + 1;
    let first = Month::new(year, first).unwrap_or(day.month());
    (first.first(), first.plus(length - 1).last())
}

/// The organisations of a unit on a day: its branches, or the unit itself.
pub fn organisations<'a>(ctx: &Ctx<'a>) -> Vec<Organisation<'a>> {
    let on = ctx.span.to;
    let is_there = |row: &Branch| row.since().is_none_or(|d| d <= on) && row.until().is_none_or(|d| d > on);
    let rows: Vec<Branch> = ctx.rows::<Branch>().into_iter().filter(is_there).collect();
    let is_branch = |row: &&Branch| {
        matches!(
            BranchKind::of(row.kind()),
            Some(BranchKind::Branch | BranchKind::JointBranch)
        )
    };
    let branches: Vec<Branch> = rows.iter().filter(is_branch).copied().collect();
    let unit = ctx.records.find(Unit::SCHEMA, &ctx.unit.code).map(Unit::of);
    let groups = unit.and_then(|unit| unit.party_groups()).unwrap_or(0);
    if branches.is_empty() {
        let above = rows.iter().filter_map(|row| row.members()).max();
        let members = above.or_else(|| unit.and_then(|unit| unit.members()));
        let groups = rows.iter().filter_map(|row| row.party_groups()).max().unwrap_or(groups);
        return vec![Organisation {
            branch: None,
            members,
            groups,
        }];
    }
    let is_only = branches.len() == 1;
    let one = |row: Branch<'a>| Organisation {
        branch: Some(row),
        members: row.members(),
        groups: row.party_groups().unwrap_or(if is_only { groups } else { 0 }),
    };
    branches.into_iter().map(one).collect()
}

/// Everything that a unit owes in the year of the last day counted, up to the periods that hold this day.
pub fn owed<'a>(ctx: &Ctx<'a>, organisations: &[Organisation<'a>]) -> Vec<Owed<'a>> {
    let today = ctx.span.to;
    let mut rows: Vec<PartyLife> = ctx.rows();
    rows.retain(|row| row.date().is_some_and(|day| day <= today));
    rows.arrange_by_key(|row| row.date());
    let start = Month::new(today.year(), 1).map_or(today, Month::first);
    let kept = rows.first().and_then(|row| row.date()).unwrap_or(today);
    let start = start.max(kept.month().first());
    rows.retain(|row| row.date().is_some_and(|day| day.year() == today.year()));
    let mut all = Vec::new();
    for kind in KINDS {
        let of_kind: Vec<PartyLife> = rows.iter().filter(|row| kind.is(row.kind())).copied().collect();
        let mut day = start;
        while day <= today {
            let (from, to) = period(kind, day, ctx.settings);
            let within = |row: &&PartyLife| row.date().is_some_and(|d| (from..=to).contains(&d));
            let held: Vec<PartyLife> = of_kind.iter().filter(within).copied().collect();
            let first = all.len();
            for (by, organisation) in organisations.iter().enumerate() {
                let times = times(kind, organisation, ctx.settings);
                if times > 0 {
                    all.push(Owed {
                        by,
                        kind,
                        from,
                        to,
                        times,
                        held: Vec::new(),
                        done: None,
                    });
                }
            }
            meet(&mut all[first..], &held, organisations);
            day = to.plus_days(1);
        }
    }
    all
}

/// Gives the records of a period to those who owe it: to the branch that a record names, else to the first that still
/// lacks one.
fn meet<'a>(owed: &mut [Owed<'a>], held: &[PartyLife<'a>], organisations: &[Organisation]) {
    for row in held {
        let of = |by: usize| organisations.get(by).and_then(|o| o.branch).map(|branch| branch.id());
        let named = owed
            .iter()
            .position(|one| row.branch().is_some() && of(one.by) == row.branch());
        let lacks = || owed.iter().position(|one| one.done.is_none());
        let is_elsewhere = owed.len() > 1 && row.branch().is_some() && named.is_none();
        let Some(place) = named.or_else(lacks).filter(|_| !is_elsewhere) else {
            continue;
        };
        let one = &mut owed[place];
        one.held.push(*row);
        let sum: i64 = one.held.iter().map(|row| row.times().unwrap_or(1).max(1)).sum();
        if one.done.is_none() && sum >= one.times {
            one.done = row.date();
        }
    }
}

/// `11月`, `第四季度`, `9至10月`, `2022年`: the period, in words.
pub fn period_words(from: Day, to: Day) -> String {
    let ((year, first), (_, last)) = (from.month().ym(), to.month().ym());
    match (last - first + 1, first) {
        (1, month) => format!("{month}月"),
        (12, _) => format!("{year}年"),
        (3, month) => format!(
            "第{}季度",
            ["一", "二", "三", "四"][usize::try_from((month - 1) / 3).unwrap_or(0).min(3)]
        ),
        (6, 1) => "上半年".to_owned(),
        (6, _) => "下半年".to_owned(),
        _ => format!("{first}至{last}月"),
    }
}
