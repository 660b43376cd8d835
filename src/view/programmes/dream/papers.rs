//! Papers of 筑梦: the record of a night talk, the two publications of 四议两公开, plans.

use crate::model::date::Day;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::{
    Matter, NightTalk, Plan, PlanItem, PlanKind, Problem, Suggestion, SuggestionProposer,
};
use crate::model::programmes::dream::plan::STEPS;
use crate::model::programmes::dream::talk::Told;
use crate::model::programmes::seedling::rules::{NOTICE_DAYS, NOTICE_FIRST_DAY};
use crate::model::records::{rows, rows_of};
use crate::order::Arrange as _;
use crate::view::paper::block::{Block, Density, Run};
use crate::view::paper::ground::{Ground, date, date_or_blank};
use crate::view::paper::kind::{Kind, Of};
use crate::view::paper::pen::{Pen, Say, sentence};
use crate::view::route::{Address, Route};
use crate::view::show;

/// The papers.
pub const PAPERS: &[&Kind] = &[&TALK, &DECISION, &RESULT, &PLAN];

/// 夜话记录.
pub const TALK: Kind = Kind {
    id: "talk",
    label: "夜话记录",
    whom: "夜话后存档；一场一份",
    of: &[Of::Record(NightTalk::SCHEMA)],
    period: false,
    density: Density::Norm,
    make: talk,
};

/// 四议两公开决议公示.
pub const DECISION: Kind = Kind {
    id: "matter-decision",
    label: "决议公开",
    whom: "四议两公开第一次公开：表决通过的决议，贴公开栏",
    of: &[Of::Record(Matter::SCHEMA)],
    period: false,
    density: Density::Norm,
    make: decision,
};

/// 四议两公开实施结果公示.
pub const RESULT: Kind = Kind {
    id: "matter-result",
    label: "实施结果公开",
    whom: "四议两公开第二次公开：办理的结果，贴公开栏",
    of: &[Of::Record(Matter::SCHEMA)],
    period: false,
    density: Density::Norm,
    make: result,
};

/// 年度计划, 五年规划.
pub const PLAN: Kind = Kind {
    id: "plan",
    label: "年度计划、五年规划",
    whom: "定稿后印发、上墙；一份计划一份",
    of: &[Of::Record(Plan::SCHEMA)],
    period: false,
    density: Density::Norm,
    make: plan,
};

fn record(id: &str) -> String {
    Address::from(Route::Record(id.to_owned())).hash()
}

fn talk(ground: &Ground) -> Result<Vec<Block>, String> {
    let all: Vec<NightTalk> = rows(ground.records);
    let asked = ground.asked.record.as_deref();
    let Some(row) = all.into_iter().find(|talk| Some(talk.id()) == asked) else {
        return Err("请写明是哪一场夜话".to_owned());
    };
    let mut pen = Pen::default();
    let kind = Told::of(row).map_or("夜话", Told::label);
    let unit = row.unit().unwrap_or_default();
    pen.title(format!("{}{kind}记录", show::unit_name(ground.records, unit)));
    let count = |value: Option<i64>, measure: &str| {
        value.map_or_else(|| "没有填报".to_owned(), |count| format!("{count}{measure}"))
    };
    let text = |value: Option<&str>| value.map_or_else(|| "没有填报".to_owned(), str::to_owned);
    let host = row
        .host()
        .map_or_else(|| "没有填报".to_owned(), |name| ground.person(name));
    let cells = [
        ("时间", date_or_blank(row.date())),
        ("地点", text(row.place())),
        ("主持人", host),
        ("到会户数", count(row.reached(), "户")),
        ("到会党员", count(row.members(), "人")),
        ("到会群众", count(row.masses(), "人")),
    ];
    let pairs = cells.chunks(2).map(|pair| {
        let cells = pair
            .iter()
            .flat_map(|(name, value)| [Run::plain(*name), Run::plain(value)]);
        cells.collect()
    });
    pen.table("facts", &[], &[2, 4, 2, 4], pairs.collect());
    pen.heading(1, "topic", "议题");
    pen.text("topic.text", sentence(&text(row.topic())));
    pen.heading(1, "said", "群众的建议和问题");
    said(&mut pen, ground, row);
    if let Some(outcome) = row.outcome() {
        pen.heading(1, "outcome", "当场定下的事");
        pen.text("outcome.text", sentence(outcome));
    }
    pen.text("signed", "记录人：　　　　　　　　主持人：　　　　　　　　");
    Ok(pen.done())
}

/// Suggestions and problems of a talk; who spoke is told by 群众 or 党员, never by name.
fn said(pen: &mut Pen, ground: &Ground, talk: NightTalk) {
    let unit = talk.unit().unwrap_or_default();
    let mut items = Vec::new();
    for row in rows_of::<Suggestion>(ground.records, unit) {
        if row.talk() != Some(talk.id()) {
            continue;
        }
        let who = match SuggestionProposer::of(row.proposer()) {
            Some(SuggestionProposer::Member) => "党员",
            Some(SuggestionProposer::Worthy) => "乡贤",
            _ => "群众",
        };
        let say = Say::words(format!("{who}建议：")).link(row.text().unwrap_or_default(), record(row.id()));
        items.push((format!("suggestion.{}", row.id()), say.end()));
    }
    for row in rows_of::<Problem>(ground.records, unit) {
        if row.talk() != Some(talk.id()) {
            continue;
        }
        let due = row
            .due()
            .map_or_else(String::new, |due| format!("，{}前办理", date(due)));
        let say = Say::words("问题：").link(row.text().unwrap_or_default(), record(row.id()));
        items.push((format!("problem.{}", row.id()), say.and(due).end()));
    }
    match items.is_empty() {
        true => pen.text("said.none", "没有登记建议和问题。"),
        false => pen.list("said.list", items),
    }
}

fn matter<'a>(ground: &Ground<'a>) -> Result<Matter<'a>, String> {
    let all: Vec<Matter> = rows(ground.records);
    let asked = ground.asked.record.as_deref();
    let found = all.into_iter().find(|row| Some(row.id()) == asked);
    found.ok_or_else(|| "请写明是哪一件四议两公开事项".to_owned())
}

/// First and last day of a publication of at least five working days; a later end that was entered stands.
fn posted(ground: &Ground, from: Option<Day>, until: Option<Day>) -> (Day, Day) {
    let from = from.unwrap_or(ground.asked.today);
    let days = NOTICE_DAYS.get(&ground.settings).max(5);
    let last = ground
        .settings
        .calendar()
        .notice_last(from, days, NOTICE_FIRST_DAY.get(&ground.settings));
    (from, until.map_or(last, |until| until.max(last)))
}

/// Both days in a sentence.
fn posted_words(ground: &Ground, (from, last): (Day, Day)) -> String {
    let calendar = ground.settings.calendar();
    let days = calendar.count(from, last);
    let provisional = calendar
        .remark(from, last)
        .map_or_else(String::new, |remark| format!("（{remark}）"));
    let counted = match NOTICE_FIRST_DAY.get(&ground.settings) {
        true => days,
        false => days - i32::from(calendar.is_working(from)),
    };
    format!(
        "公开时间：{}至{}，共{counted}个工作日{provisional}。",
        date(from),
        date(last)
    )
}

fn decision(ground: &Ground) -> Result<Vec<Block>, String> {
    let row = matter(ground)?;
    let subject = row.subject().unwrap_or("有关事项");
    let Some(resolved) = row.resolved() else {
        return Err(format!("“{subject}”还没有村（居）民代表会议的决议，不能公开"));
    };
    let unit = row.unit().unwrap_or_default();
    let mut pen = Pen::default();
    pen.title(format!("关于“{subject}”决议的公示"));
    let steps = [
        (row.proposed(), "党组织提议"),
        (row.discussed(), "两委商议"),
        (row.reviewed(), "党员大会审议"),
    ];
    let taken = steps
        .iter()
        .filter_map(|(day, step)| Some(format!("{}{step}", date((*day)?))));
    let taken: Vec<String> = taken
        .chain([format!("{}村（居）民代表会议决议", date(resolved))])
        .collect();
    pen.text(
        "steps",
        format!("“{subject}”按四议两公开的程序办理：{}。", taken.join("，")),
    );
    // What is put on the wall says nothing of what was not entered: the pen fills it in.
    let people = |count: Option<i64>| count.map_or_else(|| "　　　".to_owned(), |count| count.to_string());
    let vote = |name: &str, [due, present, ayes]: [Option<i64>; 3]| {
        let (due, present, ayes) = (people(due), people(present), people(ayes));
        Say::words(name).link(format!("应到{due}人，实到{present}人，赞成{ayes}人"), record(row.id()))
    };
    let votes = [
        vote("党员大会", [row.review_due(), row.review_present(), row.review_ayes()]),
        vote(
            "村（居）民代表会议",
            [row.resolve_due(), row.resolve_present(), row.resolve_ayes()],
        ),
    ];
    pen.say("votes", Say::joined(votes.into(), "；").and("。"));
    pen.text(
        "posted",
        posted_words(ground, posted(ground, row.published(), row.published_until())),
    );
    let place = row
        .published_at()
        .map_or_else(String::new, |place| format!("公开地点：{place}。"));
    pen.text(
        "objections",
        format!("{place}对以上决议有意见的，请在公开期内向村（社区）党组织反映。"),
    );
    pen.signed(
        ground.organisation(unit),
        date(row.published().unwrap_or(ground.asked.today)),
    );
    Ok(pen.done())
}

fn result(ground: &Ground) -> Result<Vec<Block>, String> {
    let row = matter(ground)?;
    let subject = row.subject().unwrap_or("有关事项");
    let Some(published) = row.published() else {
        return Err(format!("“{subject}”的决议还没有公开，不能公开实施结果"));
    };
    let unit = row.unit().unwrap_or_default();
    let mut pen = Pen::default();
    pen.title(format!("关于“{subject}”实施结果的公示"));
    pen.text(
        "what",
        format!("“{subject}”的决议已于{}公开，现将实施结果公开如下。", date(published)),
    );
    match row.note() {
        Some(note) => pen.text("result", sentence(note)),
        // What is put on the wall says nothing of what was not entered: the pen fills it in.
        None => {
            pen.text("result", "实施结果：");
            pen.lines("result.lines", 4);
        }
    }
    pen.text(
        "posted",
        posted_words(ground, posted(ground, row.result_published(), None)),
    );
    pen.text("objections", "对实施结果有意见的，请在公开期内向村（社区）党组织反映。");
    pen.signed(
        ground.organisation(unit),
        date(row.result_published().unwrap_or(ground.asked.today)),
    );
    Ok(pen.done())
}

fn plan(ground: &Ground) -> Result<Vec<Block>, String> {
    let all: Vec<Plan> = rows(ground.records);
    let asked = ground.asked.record.as_deref();
    let Some(row) = all.into_iter().find(|plan| Some(plan.id()) == asked) else {
        return Err("请写明是哪一份计划".to_owned());
    };
    let unit = row.unit().unwrap_or_default();
    let name = show::unit_name(ground.records, unit);
    let year = row.year().map_or_else(String::new, |year| year.to_string());
    let mut pen = Pen::default();
    pen.title(match PlanKind::of(row.kind()) {
        Some(PlanKind::FiveYear) => {
            let until = row.until().or_else(|| Some(row.year()? + 4));
            format!(
                "{name}{year}—{}年工作规划",
                until.map_or_else(String::new, |u| u.to_string())
            )
        }
        _ => format!("{name}{year}年度工作计划"),
    });
    if row.finalised().is_none_or(|day| day > ground.asked.today) {
        pen.text("draft", "（征求意见稿，还没有定稿）");
    }
    if let Some(summary) = row.summary() {
        pen.heading(1, "summary", "主要内容");
        pen.text("summary.text", sentence(summary));
    }
    let own = own_items(ground, row);
    // What nobody entered is said once, not under a heading each.
    if row.summary().is_none() && own.is_empty() {
        pen.text("none", "主要内容和计划事项都没有填报。");
    }
    if !own.is_empty() {
        pen.heading(1, "items", "计划事项");
        items(&mut pen, ground, &own);
    }
    voices(&mut pen, ground, row, &own);
    pen.heading(1, "chain", "把关过程");
    let days = [
        row.drafted(),
        row.shown(),
        row.consulted(),
        row.guided(),
        row.approved(),
        row.finalised(),
    ];
    let steps = STEPS.iter().zip(days).map(|(step, day)| {
        let when = day
            .filter(|day| *day <= ground.asked.today)
            .map_or_else(|| "还没有".to_owned(), date);
        vec![Run::plain(step.label), Run::plain(step.who), Run::plain(when)]
    });
    pen.table("chain.table", &["环节", "由谁", "日期"], &[3, 4, 4], steps.collect());
    pen.signed(
        ground.organisation(unit),
        date(row.finalised().unwrap_or(ground.asked.today)),
    );
    Ok(pen.done())
}

fn own_items<'a>(ground: &Ground<'a>, plan: Plan) -> Vec<PlanItem<'a>> {
    let mut own: Vec<PlanItem> = rows_of(ground.records, plan.unit().unwrap_or_default());
    own.retain(|item| item.plan() == Some(plan.id()));
    own.arrange_by_key(|item| item.due());
    own
}

fn items(pen: &mut Pen, ground: &Ground, own: &[PlanItem]) {
    let row = |(at, item): (usize, &PlanItem)| {
        let owner = item.owner().map_or_else(String::new, |owner| ground.person(owner));
        vec![
            Run::plain((at + 1).to_string()),
            Run::link(item.goal().unwrap_or_default(), record(item.id())),
            Run::plain(item.measure().unwrap_or_default()),
            Run::plain(owner),
            Run::plain(item.due().map_or_else(String::new, date)),
        ]
    };
    pen.table(
        "items.table",
        &["序号", "事项", "措施", "责任人", "完成时限"],
        &[2, 6, 5, 3, 6],
        own.iter().enumerate().map(row).collect(),
    );
}

/// Suggestions that became items of the plan; nothing where none did.
fn voices(pen: &mut Pen, ground: &Ground, plan: Plan, own: &[PlanItem]) {
    let all: Vec<Suggestion> = rows_of(ground.records, plan.unit().unwrap_or_default());
    let taken = all.into_iter().filter_map(|row| {
        let item = own
            .iter()
            .find(|item| row.item() == Some(item.id()) || item.suggestion() == Some(row.id()))?;
        let say = Say::default().link(row.text()?, record(row.id()));
        Some((
            format!("voice.{}", row.id()),
            say.and("，列入“").and(item.goal()?).and("”。"),
        ))
    });
    let taken: Vec<(String, Say)> = taken.collect();
    if !taken.is_empty() {
        pen.heading(1, "voices", "群众建议的采纳");
        pen.list("voices.list", taken);
    }
}
