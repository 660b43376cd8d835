//! 发展党员 as the page of a file shows it: each step with its first and last day, and one panel for the next one, with
//! all that it needs.

use crate::model::date::Day;
use crate::model::engine::workflow::Writes;
use crate::model::ledger::TypedRow as _;
use crate::model::notice::Notice;
use crate::model::programmes::seedling::development::{
    self as rules, COUNTED, Planned, RuleVersion, Stage, Standing, fields_of, names_in,
};
use crate::model::programmes::seedling::ledgers::development::{
    Development, DevelopmentExit, Inspection, InspectionStage,
};
use crate::model::settings::Settings;
use crate::model::value::Value;
use crate::view::flow::place::{
    Act, Answers, Flow, FlowStep, Performed, Place, act, answered, ask, ask_fields, day_value, drafted, since_last,
};

/// Acts beside the steps themselves.
pub(super) mod key {
    pub const AGAIN: &str = "again";
    pub const POST: &str = "notice_from";
    pub const INSPECTION: &str = "inspection";
    pub const LEAVE: &str = "leave";
    pub const OPINION: &str = "opinion";
}

/// The exit of a probation that was put off is still open.
fn is_put_off(row: Development) -> bool {
    DevelopmentExit::Extended.is(row.exit()) && row.revoted().is_some() && row.confirmed().is_none()
}

/// What is to be registered next: the field of the step or the key of an act, and its words; `None` when all is done.
pub fn next_act(row: Development, on: Day) -> Option<(&'static str, String)> {
    if is_put_off(row) {
        return Some((key::AGAIN, "延长期满讨论转正".to_owned()));
    }
    let step = rules::next(row, on)?;
    if step.field == Development::FIELDS.noticed && row.notice_from().is_none() {
        return Some((key::POST, "开始公示".to_owned()));
    }
    Some((step.field, step.label.to_owned()))
}

/// The fields that an act asks for: those that hold for all persons of a meeting, and each person's own.
pub fn asked(row: Development, act: &str, on: Day, settings: &Settings) -> [Vec<&'static str>; 2] {
    let step = if act == key::AGAIN {
        Development::FIELDS.revoted
    } else {
        act
    };
    let fields = fields_of(step);
    let mut own = fields.own.to_vec();
    if act == key::AGAIN {
        own.retain(|field| *field != Development::FIELDS.extended_until);
    }
    if rules::earliest(row, step, settings).is_some_and(|first| on < first.day) {
        own.push(Development::FIELDS.early_reason);
    }
    [fields.shared.to_vec(), own]
}

pub(super) fn flow(place: &Place<'_>) -> Flow {
    let row = Development::of(place.cells);
    let settings = place.settings();
    let planned = rules::schedule(row, place.today, &settings);
    let steps: Vec<FlowStep> = planned
        .iter()
        .map(|one| FlowStep {
            label: format!("{} {}", rules::number(one.step.field), one.step.label),
            who: one.step.who.to_owned(),
            day: one.day,
            done: one.day.is_some(),
            current: one.standing == Standing::Now,
            note: note(row, one, place.today, &settings),
        })
        .collect();
    let stage = rules::stage_at(row, place.today);
    let version = rules::rule_on(row, place.today);
    let numbering = match version {
        RuleVersion::V2014 => "，条款按 2026 年版编号",
        RuleVersion::V2026 => "",
    };
    Flow {
        state: stage.map_or_else(String::new, |stage| {
            format!("{}，按{}办理{numbering}", stage.label(), version.label())
        }),
        waiting: since_last(&steps, place.today),
        acts: acts(place, row, stage, &settings),
        steps,
    }
}

/// What is to be known of the days of a step.
fn note(row: Development, one: &Planned, today: Day, settings: &Settings) -> String {
    let mut said = Vec::new();
    let first = one.earliest.filter(|day| *day > today);
    match one.standing {
        Standing::Taken => {
            if let (Some(day), Some(latest), true) = (one.day, one.latest, one.is_late(today)) {
                said.push(format!("期限 {latest}，晚 {} 天", day.since(latest)));
            }
        }
        Standing::Now => {
            let notice = rules::public_notice(row, settings).filter(|_| one.step.field == Development::FIELDS.noticed);
            match notice {
                Some(notice) => said.push(notice.says(settings)),
                None => said.extend(first.map(|day| format!("最早 {day}"))),
            }
            let late = one.is_late(today);
            said.extend(
                one.latest
                    .map(|day| format!("应在 {day} 前办理{}", if late { "，已逾期" } else { "" })),
            );
        }
        Standing::Ahead => {
            said.extend(first.map(|day| format!("预计最早 {day}")));
            said.extend(one.latest.map(|day| format!("应在 {day} 前办理")));
        }
        Standing::Skipped => said.push("2014 年版不要求".to_owned()),
        Standing::Closed => {}
    }
    if !said.is_empty() && !one.article.is_empty() {
        said.push(one.article.to_owned());
    }
    said.join("，")
}

fn acts(place: &Place<'_>, row: Development, stage: Option<Stage>, settings: &Settings) -> Vec<Act> {
    let mut acts = Vec::new();
    if let Some((of, label)) = next_act(row, place.today) {
        let names = asked(row, of, place.today, settings).concat();
        acts.push(act(of, format!("登记：{label}"), ask_fields(place, &names)));
    }
    if inspected(stage).is_some() {
        acts.push(act(key::INSPECTION, "记一次考察", vec![ask(key::OPINION, "考察意见")]));
    }
    if stage.is_some_and(|stage| !stage.closed()) {
        let reason = ask_fields(place, &[Development::FIELDS.left_reason]);
        acts.push(act(key::LEAVE, "终止（本人撤回、转出等）", reason));
    }
    acts
}

/// The stage that an inspection is of; `None` where there is none.
fn inspected(stage: Option<Stage>) -> Option<InspectionStage> {
    match stage? {
        Stage::Activist => Some(InspectionStage::Activist),
        Stage::Probationary | Stage::Extended => Some(InspectionStage::Probationary),
        _ => None,
    }
}

pub(super) fn perform(place: &Place<'_>, act: &str, answers: &Answers<'_>) -> Performed {
    let row = Development::of(place.cells);
    let settings = place.settings();
    match act {
        key::INSPECTION => inspection(row, answers),
        key::LEAVE => leave(place, row, answers),
        key::POST => post(place, row, answers),
        _ => step(place, row, act, answers, &settings),
    }
}

fn step(place: &Place<'_>, row: Development, act: &str, answers: &Answers<'_>, settings: &Settings) -> Performed {
    // Whether it is too early is a matter of the day it is registered for.
    let names = asked(row, act, answers.on.min(place.today), settings).concat();
    let (mut whole, mut writes) = answered(place, &names, answers)?;
    for (names, count) in COUNTED {
        let text = (answers.text)(names);
        let is_new = writes.iter().any(|(field, _)| *field == names);
        if let (true, Some(slot)) = (is_new && !text.trim().is_empty(), place.ledger.slot(count)) {
            let value = Value::Int(i64::try_from(names_in(&text)).unwrap_or(i64::MAX));
            whole.set(slot, value.clone());
            writes.push((count, value));
        }
    }
    let filled = Development::of(&whole);
    let taken = match act {
        key::AGAIN => {
            // The exit that stands in the file is that of the first meeting.
            let chosen = DevelopmentExit::of(filled.exit()).map_or("", DevelopmentExit::code);
            let mut before = whole.clone();
            if let Some(slot) = place.ledger.slot(Development::FIELDS.exit) {
                before.set(slot, place.cells.cell(slot).clone());
            }
            rules::decide_again(Development::of(&before), chosen, answers.on, settings)
        }
        _ => rules::advance(filled, act, answers.on, settings),
    };
    for (field, value) in taken.map_err(|notices| notices.into_iter().map(shown_at).collect::<Vec<_>>())? {
        writes.retain(|(written, _)| *written != field);
        writes.push((field, value));
    }
    Ok(vec![place.written(writes)])
}

/// A notice about how many persons a list names is shown at the list.
fn shown_at(mut notice: Notice) -> Notice {
    if let Some((names, _)) = COUNTED.iter().find(|(_, count)| *count == notice.place) {
        notice.place = (*names).to_owned();
    }
    notice
}

/// The public notice is posted: its result follows when its working days are over.
fn post(place: &Place<'_>, row: Development, answers: &Answers<'_>) -> Performed {
    let posts = next_act(row, place.today).is_some_and(|(of, _)| of == key::POST);
    if !posts {
        return Err(vec![Notice::error("", "还没有轮到公示", "先登记前面的步骤")]);
    }
    if let Some(before) = row.consented().filter(|day| *day > answers.on) {
        let what = format!("公示早于“报上级党委”（{before}）");
        return Err(vec![Notice::error("", what, "核对两个日期")]);
    }
    let writes: Writes = vec![(Development::FIELDS.notice_from, day_value(answers.on))];
    Ok(vec![place.written(writes)])
}

fn inspection(row: Development, answers: &Answers<'_>) -> Performed {
    let Some(stage) = inspected(rules::stage_at(row, answers.on)) else {
        return Err(vec![Notice::error(
            "",
            "这一天不是积极分子，也不是预备党员",
            "核对日期",
        )]);
    };
    let opinion = (answers.text)(key::OPINION);
    if opinion.trim().is_empty() {
        return Err(vec![Notice::error("", "没有写考察意见", "写明考察意见再保存")]);
    }
    let names = Inspection::FIELDS;
    let mut writes: Writes = vec![
        (names.file, Value::text(row.id())),
        (names.stage, Value::text(stage.code())),
        (names.date, day_value(answers.on)),
        (names.opinion, Value::text(opinion.trim())),
    ];
    writes.extend(row.unit().map(|unit| (names.unit, Value::text(unit))));
    Ok(vec![drafted(Inspection::LEDGER, answers.new_id, writes)])
}

fn leave(place: &Place<'_>, row: Development, answers: &Answers<'_>) -> Performed {
    let (_, mut writes) = answered(place, &[Development::FIELDS.left_reason], answers)?;
    if (answers.text)(Development::FIELDS.left_reason).trim().is_empty() {
        let field = Development::FIELDS.left_reason;
        return Err(vec![Notice::error(field, "没有写终止原因", "写明终止原因再保存")]);
    }
    if let Some(applied) = row.applied().filter(|day| *day > answers.on) {
        let what = format!("终止早于递交申请书（{applied}）");
        return Err(vec![Notice::error("", what, "核对两个日期")]);
    }
    writes.push((Development::FIELDS.left, day_value(answers.on)));
    Ok(vec![place.written(writes)])
}
