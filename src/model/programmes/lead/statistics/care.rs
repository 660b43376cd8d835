//! How the town keeps in touch with its secretaries: talks before the appointment, contacts, what was promised.

use super::declare::new;
use crate::model::engine::indicator::{Ctx, Form, Indicator, Tally, chosen};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::indicators::{current, is_prior};
use crate::model::programmes::lead::ledgers::{Contact, PriorTalk, Secretary, TalkTheme, Talker, Way};
use crate::model::programmes::town::ledgers::Leader;
use crate::model::records::rows;

/// Talks before the appointment by the office of those who talked (T9).
pub static TALK_OFFICES: Indicator = new(
    "lead.talk_offices",
    "任前谈话次数",
    "在任书记任职前的谈话次数，按参加谈话的领导分；几位一起谈的各计一次",
    &[PriorTalk::SCHEMA, Secretary::SCHEMA],
    talk_offices,
)
.form(Form::Count, "次");

/// Themes spoken about before the appointment (T10).
pub static TALK_THEMES_SPOKEN: Indicator = new(
    "lead.talk_themes",
    "谈话主题覆盖",
    "有任前谈话的在任书记，谈到的主题数 ÷ 应谈的四个主题，按主题分",
    &[PriorTalk::SCHEMA, Secretary::SCHEMA],
    talk_themes,
)
.form(Form::Share, "项");

/// Contacts by leader and way (T12).
pub static CONTACTS: Indicator = new(
    "lead.contacts",
    "片区联系次数",
    "统计期内班子成员与书记联系的次数，按方式和联系领导分",
    &[Contact::SCHEMA, Leader::SCHEMA],
    contacts,
)
.form(Form::Count, "次");

/// Contacts by mood (T13).
pub static MOODS: Indicator = new(
    "lead.moods",
    "书记思想动态",
    "统计期内的片区联系，按当时了解的思想动态分",
    &[Contact::SCHEMA],
    moods,
)
.form(Form::Count, "次");

/// Promises kept (T14).
pub static FOLLOW_UPS: Indicator = new(
    "lead.follow_ups",
    "联系要办的事办结率",
    "统计期内联系时答应要办的事，已办结的件数 ÷ 全部件数",
    &[Contact::SCHEMA],
    follow_ups,
)
.form(Form::Share, "件");

/// The talks with the secretary in office before the appointment.
fn prior_talks<'a>(ctx: &Ctx<'a>) -> Vec<PriorTalk<'a>> {
    let Some(row) = current(ctx) else {
        return Vec::new();
    };
    let mut talks = ctx.rows::<PriorTalk>();
    talks.retain(|t| is_prior(ctx, *t, row));
    talks
}

fn talk_offices(ctx: &Ctx, tally: &mut Tally) {
    tally.part_choices(Talker::ALL);
    for talk in prior_talks(ctx) {
        tally.hit(talk);
        for office in talk.talkers() {
            tally.part_chosen(Talker::ALL, Some(office));
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn talk_themes(ctx: &Ctx, tally: &mut Tally) {
    let talks = prior_talks(ctx);
    if talks.is_empty() {
        return tally.is_unknown();
    }
    for theme in TalkTheme::ALL {
        let is_spoken = |t: &PriorTalk| t.themes().iter().any(|own| **own == *theme.code);
        let is_spoken = talks.iter().any(is_spoken);
        tally.part_yes(theme.code, theme.label, is_spoken);
        tally.out_of(1);
        tally.count(i64::from(is_spoken));
    }
    let is_whole = tally.numerator == tally.denominator;
    for talk in talks {
        tally.record(talk);
        if !is_whole {
            tally.short(&ctx.unit.code, talk);
        }
    }
}

fn contacts(ctx: &Ctx, tally: &mut Tally) {
    let ways: Vec<(&str, &str)> = Way::ALL.iter().map(|c| (c.code, c.label)).collect();
    let named = |row: Leader| row.name().map_or("没有写姓名", str::trim).to_owned();
    // Whoever is in contact with the district stands in the table, with or without contacts.
    for leader in rows::<Leader>(ctx.records) {
        let is_own = !ctx.unit.district.is_empty() && leader.district() == Some(ctx.unit.district.as_str());
        if is_own && ctx.span.holds(leader.since(), leader.until()) {
            tally.part_cells(&ways, &[(leader.id(), &named(leader))]);
        }
    }
    for row in ctx.rows::<Contact>() {
        if !ctx.span.takes(row.date()) {
            continue;
        }
        tally.hit(row);
        let leader = row.leader().and_then(|id| ctx.records.find(Leader::SCHEMA, id));
        let (id, name) = leader.map(Leader::of).map_or_else(
            || ("-", "没有写明领导".to_owned()),
            |leader| (leader.id(), named(leader)),
        );
        tally.part_cell(chosen(Way::ALL, row.way()), (id, &name));
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn moods(ctx: &Ctx, tally: &mut Tally) {
    let moods = Contact::LEDGER.choices("mood");
    tally.part_choices(moods);
    for row in ctx.rows::<Contact>() {
        if ctx.span.takes(row.date()) {
            tally.hit(row);
            tally.part_chosen(moods, row.mood());
        }
    }
    if tally.records.is_empty() {
        tally.is_unknown();
    }
}

fn follow_ups(ctx: &Ctx, tally: &mut Tally) {
    for row in ctx.rows::<Contact>() {
        let is_promised = row.follow_up().is_some() || row.follow_due().is_some();
        if !is_promised || !ctx.span.takes(row.date()) {
            continue;
        }
        tally.out_of(1);
        tally.record(row);
        let is_done = ctx.span.past(row.follow_done());
        let is_late = !is_done && row.follow_due().is_some_and(|due| due < ctx.span.to);
        tally.part_count("done", "已办结", i64::from(is_done));
        tally.part_count("open", "办理中", i64::from(!is_done && !is_late));
        tally.part_count("late", "逾期没有办结", i64::from(is_late));
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
