//! Indicators of 头雁.

use crate::model::date::{Day, Month};
use crate::model::engine::indicator::{Aim, Ctx, Form, Indicator, Span, Tally};
use crate::model::ledger::{Programme, Schema, TypedRow as _};
use crate::model::programmes::lead::ledgers as lead_goose;
use crate::model::programmes::lead::ledgers::{
    Attendance, Cohort, Contact, ContactMood, Election, PriorTalk, Secretary, SecretarySource, Sex, Study,
};
use crate::model::programmes::lead::rules;
use crate::model::value::Decimal;
use crate::order::Arrange;

const fn new(
    id: &'static str,
    name: &'static str,
    definition: &'static str,
    reads: &'static [&'static Schema],
    compute: fn(&Ctx, &mut Tally),
) -> Indicator {
    Indicator::new(id, name, Programme::Lead, definition, reads, compute)
}

/// The indicators of the programme, in display order.
pub const INDICATORS: &[&Indicator] = &[&SECRETARIES, &TALKS, &CONTACT, &TRAINING, &STUDY_OUTSIDE, &STRUCTURE];

/// 书记配备.
pub static SECRETARIES: Indicator = new(
    "lead.secretaries",
    "书记配备",
    "有书记在任的村（社区）数 ÷ 村（社区）总数",
    &[Secretary::SCHEMA],
    secretaries,
)
.form(Form::Share, "名");

/// 任前谈话覆盖率.
pub static TALKS: Indicator = new(
    "lead.talks",
    "任前谈话覆盖率",
    "在任书记中，任职日期之前谈过话的人数 ÷ 在任书记人数；任职后补谈不算",
    &[Secretary::SCHEMA, PriorTalk::SCHEMA],
    talks,
)
.form(Form::Share, "名");

/// 片区联系覆盖率.
pub static CONTACT: Indicator = new(
    "lead.contact",
    "片区联系覆盖率",
    "截至日期前 # 天内有片区联系记录的村（社区）数 ÷ 村（社区）总数",
    &[Contact::SCHEMA],
    contact,
)
.says(&[&rules::CONTACT_DAYS.about]);

/// 培训参训率.
pub static TRAINING: Indicator = new(
    "lead.training",
    "培训参训率",
    "统计期内到会人次 ÷ 应到人次；学时含培训和外出学习，每名书记与年度要求（# 学时）比较",
    &[Attendance::SCHEMA, Study::SCHEMA, Secretary::SCHEMA],
    training,
)
.says(&[&rules::TRAINING_HOURS.about])
.form(Form::Share, "人次")
.aim(Aim::Percent(95));

/// 外出学习.
pub static STUDY_OUTSIDE: Indicator = new(
    "lead.study_outside",
    "外出学习",
    "统计期内外出参加专题培训的人次，按城市分",
    &[Study::SCHEMA],
    study_outside,
)
.form(Form::Count, "人次")
.aim(Aim::Nothing);

/// 队伍结构.
pub static STRUCTURE: Indicator = new(
    "lead.structure",
    "队伍结构",
    "在任书记平均年龄（按截至日期）；换届前后比较用交接时的年龄和学历，只计已填写的人",
    &[Secretary::SCHEMA, Election::SCHEMA],
    structure,
)
.form(Form::Mean, "岁")
.aim(Aim::Nothing);

/// The secretary in office on the last day; of several the one who came last.
pub(in crate::model) fn current<'a>(ctx: &Ctx<'a>) -> Option<Secretary<'a>> {
    let rows = ctx.rows::<Secretary>();
    let mut serving: Vec<Secretary> = rows.into_iter().filter(|s| in_office(ctx, s)).collect();
    serving.arrange_by_key(|s| s.since());
    serving.pop()
}

fn in_office(ctx: &Ctx, row: &Secretary) -> bool {
    row.since().is_some() && ctx.span.holds(row.since(), row.until())
}

fn secretaries(ctx: &Ctx, tally: &mut Tally) {
    tally.out_of(1);
    match current(ctx) {
        Some(row) => tally.hit(row),
        None => tally.lacks(&ctx.unit.code),
    }
}

/// Whether a talk was held with this secretary before the appointment.
pub(super) fn is_prior(ctx: &Ctx, talk: PriorTalk, row: Secretary) -> bool {
    let in_time = talk.date().zip(row.since()).is_some_and(|(talk, since)| talk < since);
    talk.secretary() == Some(row.id()) && in_time && ctx.span.past(talk.date())
}

fn talks(ctx: &Ctx, tally: &mut Tally) {
    let Some(row) = current(ctx) else { return };
    tally.out_of(1);
    match ctx.rows::<PriorTalk>().into_iter().find(|t| is_prior(ctx, *t, row)) {
        Some(talk) => {
            tally.hit(talk);
            for theme in crate::model::programmes::lead::ledgers::TalkTheme::ALL {
                let covered = talk.themes().iter().any(|t| **t == *theme.code);
                tally.part_yes(theme.code, theme.label, covered);
            }
        }
        None => tally.short(&ctx.unit.code, row),
    }
}

fn contact(ctx: &Ctx, tally: &mut Tally) {
    tally.out_of(1);
    let days = rules::CONTACT_DAYS.get(ctx.settings);
    let first = ctx.span.to.plus_days(-days);
    let rows = ctx.rows::<Contact>();
    let recent = rows
        .into_iter()
        .filter(|c| ctx.span.past(c.date()) && c.date().is_some_and(|d| d >= first));
    let last = recent.max_by_key(|c| c.date());
    tally.part_count("steady", "思想平稳", 0);
    tally.part_count("watch", "需关注", 0);
    tally.part_count("focus", "重点关注", 0);
    match last {
        Some(row) => {
            tally.hit(row);
            match ContactMood::of(row.mood()) {
                Some(ContactMood::Watch) => tally.part_count("watch", "需关注", 1),
                Some(ContactMood::Focus) => tally.part_count("focus", "重点关注", 1),
                Some(ContactMood::Steady) => tally.part_count("steady", "思想平稳", 1),
                _ => tally.part_count("mood_unknown", "思想动态未填", 1),
            }
        }
        None => tally.lacks(&ctx.unit.code),
    }
}

/// Hours of training and of study outside the town in a span.
pub(super) fn hours(ctx: &Ctx, span: Span) -> Decimal {
    let trained = ctx.rows::<Attendance>().into_iter();
    let trained = trained
        .filter(|a| span.takes(a.date()) && a.attended() == Some(true))
        .filter_map(Attendance::hours);
    let studied = ctx.rows::<Study>().into_iter();
    let studied = studied.filter(|s| span.takes(s.date())).filter_map(Study::hours);
    trained.chain(studied).sum()
}

/// Hours that are asked for in a year.
pub(super) fn hours_needed(ctx: &Ctx) -> Decimal {
    rules::TRAINING_HOURS.get(ctx.settings)
}

fn training(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Attendance>() {
        if !ctx.span.takes(row.date()) {
            continue;
        }
        tally.record(row);
        let Some(attended) = row.attended() else {
            tally.part_count("attended_unknown", "到会未填", 1);
            continue;
        };
        tally.out_of(1);
        if attended {
            tally.count(1);
        } else {
            tally.short(&ctx.unit.code, row);
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
    if current(ctx).is_some() {
        let hours = hours(ctx, ctx.span);
        tally.part_of("hours", "人均学时", hours, Decimal::whole(1));
        tally.part_yes("full", "达到年度学时", hours >= hours_needed(ctx));
    }
}

fn study_outside(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Study>() {
        if !ctx.span.takes(row.date()) {
            continue;
        }
        tally.hit(row);
        let city = row.city().unwrap_or("未填城市");
        tally.part_count(city, city, 1);
        tally.part_yes("newly", "其中新任书记", row.newly() == Some(true));
    }
}

/// Months lived by the first day of the month of `on`.
pub(super) fn age_months(birth: Month, on: Day) -> Decimal {
    Decimal::whole(i64::from(on.month().since(birth)))
}

pub(super) fn is_college(education: &str) -> bool {
    matches!(education, "college" | "bachelor" | "master")
}

/// Adds what is known of a person to the shares of `before` or `after`.
fn structure_parts(tally: &mut Tally, row: Secretary, on: Day, keys: [(&str, &str); 5]) {
    if let Some(birth) = row.birth() {
        let months = age_months(birth, on);
        tally.part_of(keys[0].0, keys[0].1, months, Decimal::whole(12));
        tally.part_yes(keys[1].0, keys[1].1, months <= Decimal::whole(35 * 12));
    }
    if let Some(education) = row.education() {
        tally.part_yes(keys[2].0, keys[2].1, is_college(education));
    }
    if let Some(sex) = row.sex() {
        tally.part_yes(keys[3].0, keys[3].1, sex == Sex::Female.code());
    }
    if let Some(both) = row.both_posts() {
        tally.part_yes(keys[4].0, keys[4].1, both);
    }
}

/// Who was in office last before a secretary.
pub(super) fn previous<'a>(ctx: &Ctx<'a>, row: Secretary<'a>) -> Option<Secretary<'a>> {
    let start = row.since().unwrap_or(ctx.span.to);
    let rows = ctx.rows::<Secretary>().into_iter();
    let earlier = rows.filter(|s| s.until().is_some_and(|u| u <= start) && s.id() != row.id());
    earlier.max_by_key(|s| s.until())
}

/// Months of a term of both committees.
pub(super) fn term(ctx: &Ctx) -> i32 {
    rules::ELECTION_YEARS.get(ctx.settings) * 12
}

/// The round that was held last, with the day of the next one.
pub(super) fn next_round<'a>(ctx: &Ctx<'a>) -> Option<(Election<'a>, Day)> {
    let rows = ctx.rows::<Election>().into_iter();
    let held = rows.filter(|e| ctx.span.past(e.voted()));
    let last = held.max_by_key(|e| e.voted())?;
    let after = || last.voted().map(|day| day.plus_months(term(ctx)));
    last.next().or_else(after).map(|day| (last, day))
}

fn structure(ctx: &Ctx, tally: &mut Tally) {
    if let Some(row) = current(ctx) {
        tally.record(row);
        if let Some(birth) = row.birth() {
            tally.numerator = tally.numerator + age_months(birth, ctx.span.to);
            tally.out_of(12);
        } else {
            tally.short(&ctx.unit.code, row);
        }
        if let Some(cohort) = cohort(row) {
            tally.part_count(cohort, cohort, 1);
        }
        tally.part_yes(
            "returnee",
            "返乡能人任书记",
            matches!(
                SecretarySource::of(row.source()),
                Some(SecretarySource::Returnee | SecretarySource::Thousand)
            ),
        );
        let start = row.since().unwrap_or(ctx.span.to);
        let after = [
            ("age_after", "本届平均年龄"),
            ("young_after", "本届35岁以下"),
            ("college_after", "本届大专以上"),
            ("women_after", "本届女性"),
            ("both_after", "本届一肩挑"),
        ];
        if let Some(previous) = previous(ctx, row) {
            let before = [
                ("age_before", "上届平均年龄"),
                ("young_before", "上届35岁以下"),
                ("college_before", "上届大专以上"),
                ("women_before", "上届女性"),
                ("both_before", "上届一肩挑"),
            ];
            structure_parts(tally, previous, start, before);
        }
        structure_parts(tally, row, start, after);
    }
    if let Some(day) = next_election(ctx) {
        tally.part_least("next_election", "下次换届", i64::from(day.number()));
    }
}

/// The day of the next 换届, as the file of the last one says or a term after it.
pub fn next_election(ctx: &Ctx) -> Option<Day> {
    next_round(ctx).map(|(_, day)| day)
}

/// 60后 and before, 70后, 80后 or 90后.
fn cohort(row: Secretary) -> Option<&'static str> {
    let code = lead_goose::cohort(row)?;
    Cohort::ALL.iter().find(|c| c.code == code).map(|c| c.label)
}
