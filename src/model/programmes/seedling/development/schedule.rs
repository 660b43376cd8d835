//! A person's calendar: every step with its first and its last day, and what stands in the way of the next one.

use super::advance::{Earliest, advance, earliest_from};
use super::deadline::{Limit, PublicNotice, extended, limit};
use super::steps::{RuleVersion, STEPS, next, notice_waived, rule_on, stage_at};
use crate::model::date::Day;
use crate::model::engine::workflow::{Step, day_of};
use crate::model::ledger::TypedRow as _;
use crate::model::notice::Notice;
use crate::model::programmes::seedling::ledgers::development::{Development, DevelopmentExit};
use crate::model::settings::Settings;

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was taken.
    Taken,
    /// It is the one to take now.
    Now,
    /// It comes later.
    Ahead,
    /// The rules that govern the file know no such step.
    Skipped,
    /// The file ended before it.
    Closed,
}

/// One step in a person's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The step.
    pub step: &'static Step,
    /// How it stands.
    pub standing: Standing,
    /// The day it was taken.
    pub day: Option<Day>,
    /// First day on which it can be taken: by the rules, and not before the steps that come first. Where those are still
    /// open it is reckoned as if each were taken on its first day.
    pub earliest: Option<Day>,
    /// Last day in time; `None` where the rules name none, or what it counts from has not happened.
    pub latest: Option<Day>,
    /// Article of the last day, else of the first; 2026 numbering; may be empty.
    pub article: &'static str,
    /// The version of the rules that governs it.
    pub rule: RuleVersion,
    /// Of the step to take now: what is still missing or forbids it today.
    pub blocks: Vec<Notice>,
}

impl Planned {
    /// Whether it was taken after its last day, or has not been taken by then.
    pub fn is_late(&self, on: Day) -> bool {
        let taken = self.day.unwrap_or(on);
        self.standing != Standing::Skipped && self.latest.is_some_and(|latest| latest < taken)
    }
}

/// The calendar of a file on a day, in the order of the steps.
pub fn schedule(row: Development, on: Day, settings: &Settings) -> Vec<Planned> {
    let now = next(row, on);
    let is_closed = stage_at(row, on).is_some_and(|stage| stage.closed()) && now.is_none();
    let again = DevelopmentExit::Extended.is(row.exit()) && row.confirmed().is_none();
    let mut days: [Option<Day>; STEPS.len()] = [None; STEPS.len()];
    let mut cursor: Option<Day> = None;
    let mut is_behind = false;
    let mut planned = Vec::with_capacity(STEPS.len());
    for (place, step) in STEPS.iter().enumerate() {
        let is_now = now.is_some_and(|now| now.field == step.field);
        let taken = day_of(Development::SCHEMA, row.cells(), step.field).filter(|_| !(again && is_now));
        let is_skipped = step.field == "noticed" && taken.is_none() && notice_waived(row, on);
        let limit = limit(row, step.field, on, settings);
        let mut one = Planned {
            step,
            standing: Standing::Taken,
            day: taken,
            earliest: None,
            latest: limit.map(|limit| limit.due),
            article: limit.map_or("", |limit: Limit| limit.article),
            rule: rule_on(row, taken.unwrap_or(on)),
            blocks: Vec::new(),
        };
        if let Some(day) = taken {
            days[place] = Some(day);
            cursor = cursor.max(Some(day));
        } else if is_skipped {
            one.standing = Standing::Skipped;
        } else if is_closed || now.is_none() {
            one.standing = Standing::Closed;
        } else {
            one.standing = if is_now { Standing::Now } else { Standing::Ahead };
            let first = by_rule(row, step, &days, cursor, on, settings);
            if let (Some(Earliest { article, .. }), true) = (first, one.article.is_empty()) {
                one.article = article;
            }
            let own = first.map(|first| first.day);
            // The steps that come first may be taken today at the soonest.
            let day = own.max(cursor).max(is_behind.then_some(on));
            one.earliest = day;
            days[place] = day.max(Some(on));
            cursor = cursor.max(days[place]);
            is_behind = true;
            if is_now {
                one.blocks = advance(row, step.field, on, settings).err().unwrap_or_default();
            }
        }
        planned.push(one);
    }
    planned
}

/// The first day of an open step by the rules alone; `days` holds the days of the steps before it.
fn by_rule(
    row: Development,
    step: &Step,
    days: &[Option<Day>],
    cursor: Option<Day>,
    on: Day,
    settings: &Settings,
) -> Option<Earliest> {
    if step.field == "noticed" {
        let from = row.notice_from().or(cursor.max(Some(on)))?;
        let day = PublicNotice::posted(from, settings).result_from();
        return Some(Earliest {
            day,
            months: 0,
            article: "第十三条",
        });
    }
    let base = |field: &'static str| days[STEPS.iter().position(|step| step.field == field)?];
    let mut first = earliest_from(step.field, base, settings)?;
    if step.field == "revoted" {
        first.day = extended(row).unwrap_or(first.day);
    }
    Some(first)
}
