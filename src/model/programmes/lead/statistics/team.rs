//! The secretaries: what they answer for, how they were elected, who they are.

use super::declare::new;
use crate::model::date::Day;
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally, chosen};
use crate::model::engine::workflow::day_of;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::indicators::{age_months, current, is_college, next_round, previous};
use crate::model::programmes::lead::ledgers::{Duty, ELECTION_STEPS, Education, Election, Secretary, Sex, cohort};
use crate::model::value::Decimal;

/// Duties of the year that are done (T1).
pub static DUTIES: Indicator = new(
    "lead.duties",
    "责任清单完成率",
    "截至日所在年度的书记责任清单中，已完成的项数 ÷ 全部项数",
    &[Duty::SCHEMA],
    duties,
)
.form(Form::Share, "项");

/// Steps of the last round of elections (T2).
pub static ELECTION: Indicator = new(
    "lead.election",
    "换届程序进度",
    "最近一届换届档案按次序走完的步数 ÷ 应走的十一步，各步为走到这一步的村（社区）数",
    &[Election::SCHEMA],
    election,
)
.form(Form::Share, "步");

/// How long until the next round (T2).
pub static NEXT_ELECTION: Indicator = new(
    "lead.next_election",
    "距下次换届",
    "登记过换届的村（社区），按到下次换届还有多久分；没有填下次换届的从投票选举起按任期推算",
    &[Election::SCHEMA],
    next,
)
.form(Form::Count, "个");

/// Mean age at the hand-over, before and after (T4).
pub static AGE: Indicator = new(
    "lead.age",
    "上任时平均年龄",
    "在任书记上任时的平均年龄，与上届书记在同一天的平均年龄比较，只计填了出生年月的人",
    &[Secretary::SCHEMA],
    age,
)
.form(Form::Mean, "岁");

/// Secretaries by age and sex (T4).
pub static AGES: Indicator = new(
    "lead.ages",
    "书记年龄和性别",
    "填了出生年月的在任书记，按截至日的年龄和性别分",
    &[Secretary::SCHEMA],
    ages,
)
.form(Form::Count, "名");

/// Education by level, before and after (T5).
pub static EDUCATION_LEVELS: Indicator = new(
    "lead.education_levels",
    "书记学历",
    "填了学历的在任书记中大专以上的人数 ÷ 人数；各学历占上届和本届填了学历的人数的比例",
    &[Secretary::SCHEMA],
    education,
)
.form(Form::Share, "名");

/// Secretaries by cohort (T6).
pub static COHORTS: Indicator = new(
    "lead.cohorts",
    "书记年代",
    "在任书记按年代分，填了出生年月的按出生年月",
    &[Secretary::SCHEMA],
    cohorts,
)
.form(Form::Count, "名");

/// Secretaries who are heads of the committee, too (T7).
pub static BOTH_POSTS: Indicator = new(
    "lead.both_posts",
    "一肩挑比例",
    "填了是否一肩挑的在任书记中，一肩挑的人数 ÷ 人数",
    &[Secretary::SCHEMA],
    both_posts,
)
.form(Form::Share, "名");

fn duties(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Duty>() {
        if row.year().or(row.due().map(Day::year)) != Some(ctx.span.year()) {
            continue;
        }
        tally.out_of(1);
        tally.record(row);
        let is_done = ctx.span.past(row.done());
        let is_late = !is_done && row.due().is_some_and(|due| due < ctx.span.to);
        tally.part_count("done", "已完成", i64::from(is_done));
        tally.part_count("open", "没有到期", i64::from(!is_done && !is_late));
        tally.part_count("late", "逾期没有完成", i64::from(is_late));
        if is_done {
            tally.count(1);
        } else {
            tally.short(&ctx.unit.code, row);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn election(ctx: &Ctx, tally: &mut Tally) {
    for (code, label) in ELECTION_STEPS {
        tally.part_count(code, label, 0);
    }
    let is_taken = |row: &Election, field: &str| ctx.span.past(day_of(Election::SCHEMA, row.cells(), field));
    let has_begun = |row: &Election| {
        row.year().is_some_and(|year| year <= ctx.span.year())
            || ELECTION_STEPS.iter().any(|step| is_taken(row, step.0))
    };
    let begun = ctx.rows::<Election>().into_iter().filter(has_begun);
    let Some(row) = begun.max_by_key(|e| e.year()) else {
        return tally.is_unknown();
    };
    let steps = ELECTION_STEPS.iter().take_while(|(field, _)| is_taken(&row, field));
    let mut reached = 0;
    for (code, label) in steps {
        tally.part_count(code, label, 1);
        reached += 1;
    }
    tally.count(reached);
    tally.out_of(11);
    tally.record(row);
    if reached < 11 {
        tally.short(&ctx.unit.code, row);
    }
}

fn next(ctx: &Ctx, tally: &mut Tally) {
    let today = ctx.span.to;
    let classes = [
        ("due", "已到期", today),
        ("half", "半年内", today.plus_months(6)),
        ("year", "半年到一年", today.plus_months(12)),
    ];
    let later = ("later", "一年以后");
    for (code, label, _) in classes {
        tally.part_count(code, label, 0);
    }
    tally.part_count(later.0, later.1, 0);
    let Some((row, day)) = next_round(ctx) else {
        return tally.is_unknown();
    };
    let class = classes.iter().find(|c| day <= c.2).map_or(later, |c| (c.0, c.1));
    tally.part_count(class.0, class.1, 1);
    tally.hit(row);
}

fn age(ctx: &Ctx, tally: &mut Tally) {
    let Some((row, start)) = current(ctx).and_then(|row| row.since().map(|start| (row, start))) else {
        return tally.is_unknown();
    };
    let year = Decimal::whole(12);
    if let Some(birth) = previous(ctx, row).and_then(Secretary::birth) {
        tally.part_of("age/before", "平均年龄/上届", age_months(birth, start), year);
    }
    match row.birth() {
        Some(birth) => {
            let months = age_months(birth, start);
            tally.part_of("age/after", "平均年龄/本届", months, year);
            tally.numerator = tally.numerator + months;
            tally.out_of(12);
            tally.record(row);
        }
        None => {
            tally.short(&ctx.unit.code, row);
            tally.is_unknown();
        }
    }
}

/// Classes of age: the most whole years of each, as 35岁以下 is counted elsewhere.
const AGES_TO: [(&str, &str, i64); 4] = [
    ("35", "35岁以下", 35),
    ("45", "35至45岁", 45),
    ("55", "45至55岁", 55),
    ("over", "55岁以上", 999),
];

fn ages(ctx: &Ctx, tally: &mut Tally) {
    let columns = AGES_TO.map(|c| (c.0, c.1));
    let rows: Vec<(&str, &str)> = Sex::ALL.iter().map(|c| (c.code, c.label)).collect();
    tally.part_cells(&rows, &columns);
    let Some(row) = current(ctx) else {
        return tally.is_unknown();
    };
    let Some(birth) = row.birth() else {
        tally.short(&ctx.unit.code, row);
        return tally.is_unknown();
    };
    let months = age_months(birth, ctx.span.to);
    if let Some(class) = AGES_TO.iter().find(|c| months <= Decimal::whole(c.2 * 12)) {
        tally.part_cell(chosen(Sex::ALL, row.sex()), (class.0, class.1));
        tally.hit(row);
    }
}

fn education(ctx: &Ctx, tally: &mut Tally) {
    let Some(row) = current(ctx) else {
        return tally.is_unknown();
    };
    let ends = [(previous(ctx, row), "before", "上届"), (Some(row), "after", "本届")];
    for (person, end, term) in ends {
        let Some(own) = person.and_then(Secretary::education) else {
            continue;
        };
        for level in Education::ALL {
            let key = format!("{}/{end}", level.code);
            tally.part_yes(&key, &format!("{}/{term}", level.label), own == level.code);
        }
    }
    match row.education() {
        Some(own) => {
            tally.out_of(1);
            tally.count(i64::from(is_college(own)));
            tally.record(row);
        }
        None => {
            tally.short(&ctx.unit.code, row);
            tally.is_unknown();
        }
    }
}

fn cohorts(ctx: &Ctx, tally: &mut Tally) {
    let cohorts = Secretary::LEDGER.choices("cohort");
    tally.part_choices(cohorts);
    let Some(row) = current(ctx) else {
        return tally.is_unknown();
    };
    let own = cohort(row);
    tally.part_chosen(cohorts, own);
    tally.hit(row);
    if own.is_none() {
        tally.short(&ctx.unit.code, row);
    }
}

fn both_posts(ctx: &Ctx, tally: &mut Tally) {
    let known = current(ctx).and_then(|row| row.both_posts().map(|both| (row, both)));
    let Some((row, both)) = known else {
        return tally.is_unknown();
    };
    tally.out_of(1);
    tally.record(row);
    if both {
        tally.count(1);
    } else {
        tally.short(&ctx.unit.code, row);
    }
}
