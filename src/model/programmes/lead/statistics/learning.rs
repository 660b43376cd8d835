//! What secretaries learn: hours, sessions, themes, self-checks, study outside the town.

use super::declare::new;
use crate::model::date::{Day, Month};
use crate::model::engine::indicator::{Ctx, Form, Indicator, Span, Tally};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::indicators::{current, hours, hours_needed, term};
use crate::model::programmes::lead::ledgers::{Attendance, Quiz, Secretary, Skill, Study, Theme, Training};
use crate::model::records::rows;
use crate::model::value::Decimal;
use crate::order::Arrange as _;

/// Hours per secretary (T15).
pub static HOURS: Indicator = new(
    "lead.hours",
    "书记年度学时",
    "截至日所在年度内培训到会和外出学习的学时 ÷ 有记录的在任书记人数",
    &[Attendance::SCHEMA, Study::SCHEMA, Secretary::SCHEMA],
    mean_hours,
)
.form(Form::Mean, "学时");

/// Secretaries with the hours of a year (T15).
pub static FULL_HOURS: Indicator = new(
    "lead.full_hours",
    "达到年度学时",
    "有培训或外出学习记录的在任书记中，本年度学时达到要求（默认 56 学时）的人数 ÷ 人数",
    &[Attendance::SCHEMA, Study::SCHEMA, Secretary::SCHEMA],
    full_hours,
)
.form(Form::Share, "名");

/// Attendance of each session (T15, T18).
pub static SESSIONS: Indicator = new(
    "lead.sessions",
    "各次培训到会率",
    "统计期内填了是否到会的人次中，到会人次 ÷ 应到人次，按培训分",
    &[Attendance::SCHEMA, Training::SCHEMA],
    sessions,
)
.form(Form::Share, "人次");

/// Themes of training by month (T16).
pub static THEME_MONTHS: Indicator = new(
    "lead.theme_months",
    "培训主题和月份",
    "截至日所在年度内到会的人次，按培训主题和月份分；一次培训有几个主题的各计一次",
    &[Attendance::SCHEMA, Training::SCHEMA, Theme::SCHEMA],
    theme_months,
)
.form(Form::Count, "人次");

/// Self-checks by area (T19).
pub static QUIZ_AREAS: Indicator = new(
    "lead.quiz_areas",
    "业务自测平均分",
    "统计期内业务自测的平均得分，按领域分",
    &[Quiz::SCHEMA],
    quiz_areas,
)
.form(Form::Mean, "分");

/// Self-checks by unit and area (T19).
pub static QUIZ_UNITS: Indicator = new(
    "lead.quiz_units",
    "各村（社区）业务自测",
    "统计期内业务自测的平均得分，按村（社区）和领域分",
    &[Quiz::SCHEMA],
    quiz_units,
)
.form(Form::Mean, "分");

/// People who studied outside the town, by city (T21).
pub static STUDY_CITIES: Indicator = new(
    "lead.study_cities",
    "外出学习人数",
    "统计期内外出学习的人数，同一人去几次计一次；按城市分，去几个城市各计一次",
    &[Study::SCHEMA],
    study_cities,
)
.form(Form::Count, "名");

/// New secretaries who studied outside the town (T21).
pub static NEW_STUDIED: Indicator = new(
    "lead.new_studied",
    "新任书记外出学习",
    "填了来源、不是留任、任职未满一届的在任书记中，任职后外出学习过的人数 ÷ 人数",
    &[Study::SCHEMA, Secretary::SCHEMA],
    new_studied,
)
.form(Form::Share, "名");

/// The year of the last day counted, up to that day: the hours are asked for in a year.
fn year_so_far(ctx: &Ctx) -> Span {
    Span {
        from: Month::new(ctx.span.year(), 1).map(Month::first),
        to: ctx.span.to,
    }
}

/// The secretary in office and the hours of the year, where something was entered.
fn learned<'a>(ctx: &Ctx<'a>, tally: &mut Tally) -> Option<(Secretary<'a>, Decimal)> {
    let row = current(ctx)?;
    let year = year_so_far(ctx);
    for own in ctx.rows::<Attendance>() {
        if year.takes(own.date()) && own.attended().is_some() {
            tally.record(own);
        }
    }
    for own in ctx.rows::<Study>() {
        if year.takes(own.date()) {
            tally.record(own);
        }
    }
    (!tally.records.is_empty()).then(|| (row, hours(ctx, year)))
}

fn mean_hours(ctx: &Ctx, tally: &mut Tally) {
    match learned(ctx, tally) {
        Some((_, hours)) => {
            tally.numerator = hours;
            tally.out_of(1);
        }
        None => tally.is_unknown(),
    }
}

fn full_hours(ctx: &Ctx, tally: &mut Tally) {
    let Some((row, hours)) = learned(ctx, tally) else {
        return tally.is_unknown();
    };
    tally.out_of(1);
    if hours >= hours_needed(ctx) {
        tally.count(1);
    } else {
        tally.short(&ctx.unit.code, row);
    }
}

/// The attendances of a span with the training each belongs to, the earliest first.
fn attended<'a>(ctx: &Ctx<'a>, span: Span) -> Vec<(Attendance<'a>, Option<Training<'a>>)> {
    let mut own = ctx.rows::<Attendance>();
    own.retain(|a| span.takes(a.date()));
    own.arrange_by_key(|a| a.date());
    let training = |a: &Attendance<'a>| ctx.records.find(Training::SCHEMA, a.training()?).map(Training::of);
    own.into_iter().map(|a| (a, training(&a))).collect()
}

/// `3月5日党务工作培训`, with the year where the span has several.
fn session_label(ctx: &Ctx, date: Option<Day>, name: &str) -> String {
    let Some((year, month, day)) = date.map(Day::ymd) else {
        return name.to_owned();
    };
    let is_one_year = ctx.span.from.is_some_and(|from| from.year() == ctx.span.year());
    let year = if is_one_year {
        String::new()
    } else {
        format!("{year}年")
    };
    format!("{year}{month}月{day}日{name}")
}

fn sessions(ctx: &Ctx, tally: &mut Tally) {
    for (row, training) in attended(ctx, ctx.span) {
        let Some(came) = row.attended() else { continue };
        tally.out_of(1);
        tally.record(row);
        if came {
            tally.count(1);
        } else {
            tally.short(&ctx.unit.code, row);
        }
        let name = training.and_then(Training::name).map_or("没有写明培训", str::trim);
        let date = training.and_then(Training::date).or(row.date());
        let key = row.training().unwrap_or("-");
        tally.part_yes(key, &session_label(ctx, date, name), came);
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn theme_name(row: Theme) -> String {
    row.name().map_or("没有写名称", str::trim).to_owned()
}

/// Every theme in use in the first month, and the first of them in every month: so rows and columns keep their order.
fn theme_cells(ctx: &Ctx, tally: &mut Tally) {
    let mut themes = rows::<Theme>(ctx.records);
    themes.retain(|t| t.historic() != Some(true));
    let months: Vec<(String, String)> = (1..=ctx.span.to.month().ym().1)
        .map(|month| (month.to_string(), format!("{month}月")))
        .collect();
    let months: Vec<(&str, &str)> = months.iter().map(|(code, label)| (&**code, &**label)).collect();
    for (at, theme) in themes.into_iter().enumerate() {
        let most = if at == 0 { months.len() } else { 1 };
        tally.part_cells(&[(theme.id(), &theme_name(theme))], &months[..most]);
    }
}

fn theme_months(ctx: &Ctx, tally: &mut Tally) {
    theme_cells(ctx, tally);
    for (row, training) in attended(ctx, year_so_far(ctx)) {
        let themes = training.map_or(&[][..], Training::themes);
        if row.attended() != Some(true) || themes.is_empty() {
            continue;
        }
        tally.record(row);
        let month = row.date().map_or(0, |date| date.month().ym().1);
        let month = (month.to_string(), format!("{month}月"));
        for id in themes {
            let Some(theme) = ctx.records.find(Theme::SCHEMA, id).map(Theme::of) else {
                continue;
            };
            tally.count(1);
            tally.part_cell((theme.id(), &theme_name(theme)), (&month.0, &month.1));
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

/// The self-checks of the period with their scores.
fn checked<'a>(ctx: &Ctx<'a>) -> Vec<(Quiz<'a>, i64)> {
    let rows = ctx.rows::<Quiz>().into_iter().filter(|q| ctx.span.takes(q.date()));
    rows.filter_map(|q| q.score().map(|score| (q, score))).collect()
}

fn add_scores(ctx: &Ctx, tally: &mut Tally, part: fn(&Ctx, &mut Tally, (&str, &str), Decimal)) {
    for (row, score) in checked(ctx) {
        tally.count(score);
        tally.out_of(1);
        tally.record(row);
        let area = crate::model::engine::indicator::chosen(Skill::ALL, row.area());
        part(ctx, tally, area, Decimal::whole(score));
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn quiz_areas(ctx: &Ctx, tally: &mut Tally) {
    add_scores(ctx, tally, |_, tally, area, score| {
        tally.part_of(area.0, area.1, score, Decimal::whole(1));
    });
}

fn quiz_units(ctx: &Ctx, tally: &mut Tally) {
    add_scores(ctx, tally, |ctx, tally, area, score| {
        tally.part_cell_of((&ctx.unit.code, &ctx.unit.name), area, score, Decimal::whole(1));
    });
}

/// Who studied: by name, else by the secretary's record, else each record by itself.
fn person<'a>(row: Study<'a>) -> &'a str {
    let name = row.name().map(str::trim).filter(|name| !name.is_empty());
    name.or(row.secretary()).unwrap_or(row.id())
}

fn study_cities(ctx: &Ctx, tally: &mut Tally) {
    let mut people: Vec<&str> = Vec::new();
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for row in ctx.rows::<Study>() {
        if !ctx.span.takes(row.date()) {
            continue;
        }
        tally.record(row);
        let (who, city) = (person(row), row.city().map_or("", str::trim));
        if !people.contains(&who) {
            people.push(who);
            tally.count(1);
        }
        if !seen.contains(&(who, city)) {
            seen.push((who, city));
            tally.part_named(Some(city));
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn new_studied(ctx: &Ctx, tally: &mut Tally) {
    let is_new = |row: &Secretary| {
        let began = row
            .since()
            .is_some_and(|since| ctx.span.to < since.plus_months(term(ctx)));
        began && row.source().is_some_and(|source| source != "stay")
    };
    let Some(row) = current(ctx).filter(is_new) else {
        return tally.is_unknown();
    };
    let is_own = |s: &Study| {
        let is_person = s.secretary() == Some(row.id()) || (s.name().is_some() && s.name() == row.name());
        is_person && s.date() >= row.since() && ctx.span.past(s.date())
    };
    tally.out_of(1);
    match ctx.rows::<Study>().into_iter().find(is_own) {
        Some(study) => tally.hit(study),
        None => tally.short(&ctx.unit.code, row),
    }
}
