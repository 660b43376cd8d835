//! Papers of 头雁: the list to sign at a training, the timetable of an election, cards of a secretary and of a leader.

use crate::model::date::Day;
use crate::model::engine::indicator::Scope;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::NightTalk;
use crate::model::programmes::dream::talk::Told;
use crate::model::programmes::lead::election::{COUNT, Planned, last_plan, plan_of, planned, taken};
use crate::model::programmes::lead::ledgers::{Attendance, Contact, Duty, Election, PriorTalk, Secretary, Training};
use crate::model::programmes::town::ledgers::Leader;
use crate::model::records::{rows, rows_of};
use crate::order::Arrange as _;
use crate::view::overview::{leader_name, secretary};
use crate::view::paper::block::{Block, Density, Run};
use crate::view::paper::ground::{Asked, Ground, date, date_or_blank};
use crate::view::paper::kind::{Kind, Of};
use crate::view::paper::one_page::parts;
use crate::view::paper::pen::{Pen, Say};
use crate::view::paper::report::{progress_cell, unit_link};
use crate::view::route::{Address, Programme, Route};
use crate::view::show;

/// The papers.
pub const PAPERS: &[&Kind] = &[&SIGN_IN, &ELECTION, &SECRETARY, &LEADER];

/// 签到表.
pub const SIGN_IN: Kind = Kind {
    id: "sign-in",
    label: "签到表",
    whom: "开会、培训前印，到会的人签名；一次培训或一场夜话一份",
    of: &[Of::Record(Training::SCHEMA), Of::Record(NightTalk::SCHEMA)],
    period: false,
    density: Density::Norm,
    make: sign_in,
};

/// 换届工作进度表.
pub const ELECTION: Kind = Kind {
    id: "election",
    label: "换届工作进度表",
    whom: "两委换届时对照程序；一个村（社区）一份，全镇的列在一张表上",
    of: &[Of::Record(Election::SCHEMA), Of::Town, Of::District, Of::Unit],
    period: false,
    density: Density::Norm,
    make: election,
};

/// 书记一页纸.
pub const SECRETARY: Kind = Kind {
    id: "secretary",
    label: "书记一页纸",
    whom: "谈话、调研前看一名书记的情况，一张 A4",
    of: &[Of::Record(Secretary::SCHEMA)],
    period: true,
    density: Density::OnePage,
    make: secretary_card,
};

/// 班子成员一页纸.
pub const LEADER: Kind = Kind {
    id: "leader",
    label: "班子成员一页纸",
    whom: "班子成员下片区前看：片区各村（社区）、联系情况和要办的事，一张 A4",
    of: &[Of::Record(Leader::SCHEMA)],
    period: true,
    density: Density::OnePage,
    make: leader,
};

/// Room for a signature, in tenths of a millimetre.
const SIGN_ROOM: u16 = 90;

fn sign_in(ground: &Ground) -> Result<Vec<Block>, String> {
    let all: Vec<Training> = rows(ground.records);
    let asked = ground.asked.record.as_deref();
    let Some(row) = all.into_iter().find(|training| Some(training.id()) == asked) else {
        let talks: Vec<NightTalk> = rows(ground.records);
        let talk = talks.into_iter().find(|talk| Some(talk.id()) == asked);
        return talk.map_or_else(
            || Err("请写明是哪一次培训或哪一场夜话".to_owned()),
            |talk| Ok(sign_in_of_talk(ground, talk)),
        );
    };
    let mut pen = Pen::default();
    pen.title(format!("{}签到表", row.name().unwrap_or("培训")));
    when_and_where(&mut pen, row.date(), row.place());
    let day = row.date().unwrap_or(ground.asked.today);
    let of_training: Vec<Attendance> = rows(ground.records);
    let roster = crate::model::programmes::roster(ground.records, day);
    let units: Vec<_> = roster.units_in(&ground.asked.scope).collect();
    let line = |(at, unit): (usize, &&crate::model::engine::indicator::UnitAt)| {
        let own = of_training
            .iter()
            .find(|a| a.training() == Some(row.id()) && a.unit() == Some(unit.code.as_str()));
        let remark = own.and_then(|a| a.reason()).unwrap_or_default();
        // The list is for those who come: it names them.
        let name = secretary(ground.records, &unit.code, day).map_or_else(String::new, |name| show::name(&name));
        vec![
            Run::plain((at + 1).to_string()),
            Run::plain(&unit.name),
            Run::plain(name),
            Run::plain(""),
            Run::plain(remark),
        ]
    };
    pen.form(
        "list",
        &["序号", "村（社区）", "书记", "签名", "备注"],
        &[2, 5, 4, 5, 4],
        units.iter().enumerate().map(line).collect(),
        SIGN_ROOM,
    );
    Ok(pen.done())
}

fn when_and_where(pen: &mut Pen, day: Option<Day>, place: Option<&str>) {
    let place = place.map_or_else(String::new, |place| format!("　地点：{place}"));
    pen.text("when", format!("时间：{}{place}", date_or_blank(day)));
}

/// Rows of a list that those who come to a talk sign; a sheet holds them.
const TALK_ROWS: usize = 20;

/// Who comes to a talk is not known before: the rows are empty.
fn sign_in_of_talk(ground: &Ground, talk: NightTalk) -> Vec<Block> {
    let mut pen = Pen::default();
    let kind = Told::of(talk).map_or("夜话", Told::label);
    let unit = show::unit_name(ground.records, talk.unit().unwrap_or_default());
    pen.title(format!("{unit}{kind}签到表"));
    when_and_where(&mut pen, talk.date(), talk.place());
    let row = |at: usize| {
        let mut row = vec![Run::plain(at.to_string())];
        row.extend((0..4).map(|_| Run::plain("")));
        row
    };
    pen.form(
        "list",
        &["序号", "姓名", "组（湾、小区）", "签名", "备注"],
        &[2, 5, 5, 5, 4],
        (1..=TALK_ROWS).map(row).collect(),
        SIGN_ROOM,
    );
    pen.done()
}

fn election(ground: &Ground) -> Result<Vec<Block>, String> {
    let all: Vec<Election> = rows(ground.records);
    if let Some(record) = &ground.asked.record {
        let Some(row) = all.into_iter().find(|row| row.id() == record) else {
            return Err("没有这份换届档案".to_owned());
        };
        return Ok(one_election(ground, row));
    }
    let roster = ground.roster();
    // Of one unit it is its own timetable, step by step.
    if let Scope::Unit(code) = &ground.asked.scope {
        let codes: Vec<&String> = roster
            .units_in(&ground.asked.scope)
            .flat_map(|unit| &unit.codes)
            .collect();
        let own = all.iter().filter(|row| {
            row.unit()
                .is_some_and(|own| own == code || codes.iter().any(|c| *c == own))
        });
        if let Some(row) = own.max_by_key(|row| row.year()) {
            return Ok(one_election(ground, *row));
        }
    }
    let mut pen = Pen::default();
    let of = match ground.asked.scope {
        Scope::Unit(_) => "",
        Scope::Town | Scope::District(_) => "村（社区）",
    };
    pen.title(format!("{}{of}两委换届进度表", ground.whose()));
    pen.text("day", format!("数据截至{}。", date(ground.day)));
    let mut lines = Vec::new();
    for unit in roster.units_in(&ground.asked.scope) {
        let own = all
            .iter()
            .filter(|row| unit.codes.iter().any(|code| row.unit() == Some(code)));
        let latest = own.max_by_key(|row| row.year());
        let (year, done, last) = match latest {
            None => ("没有登记".to_owned(), Run::plain(""), String::new()),
            Some(row) => {
                let taken: Vec<_> = planned(None)
                    .iter()
                    .map(|one| (one.step.label, taken(*row, one.step)))
                    .filter(|(_, day)| day.is_some_and(|day| day <= ground.day))
                    .collect();
                let last = taken.iter().max_by_key(|(_, day)| *day);
                (
                    row.year().map_or_else(String::new, |year| format!("{year}年")),
                    Run::link(
                        format!("{}/{COUNT}", taken.len()),
                        Address::from(Route::Record(row.id().to_owned())).hash(),
                    ),
                    last.map_or_else(
                        || "还没有开始".to_owned(),
                        |(label, day)| format!("{label}，{}", date_or_blank(*day)),
                    ),
                )
            }
        };
        lines.push(vec![
            unit_link(ground, &unit.code),
            Run::plain(year),
            done,
            Run::plain(last),
        ]);
    }
    if lines.is_empty() {
        return Err("没有村（社区）".to_owned());
    }
    pen.table(
        "list",
        &["村（社区）", "换届年", "已办步骤", "最近一步"],
        &[4, 3, 3, 7],
        lines,
    );
    timetable(ground, &mut pen);
    Ok(pen.done())
}

/// The timetable of the last round that has one.
fn timetable(ground: &Ground, pen: &mut Pen) {
    let Some((plan, year)) = last_plan(ground.records).and_then(|plan| Some((plan, plan.year()?))) else {
        return;
    };
    let planned = planned(Some(plan));
    let set = planned.iter().filter(|one| one.until.is_some());
    let lines: Vec<Vec<Run>> = set
        .map(|one| {
            let until = date_or_blank(one.until);
            vec![
                Run::plain(one.step.label),
                Run::plain(one.who.label()),
                Run::plain(until),
            ]
        })
        .collect();
    if !lines.is_empty() {
        pen.text("plan", format!("{year}年换届安排，各步骤最迟的日期："));
        pen.table("timetable", &["步骤", "办理", "最迟"], &[5, 4, 5], lines);
    }
}

/// How a step of a file stands by the timetable of the town.
fn step_state(planned: &Planned, day: Option<Day>, today: Day) -> String {
    let late = |by: Day| planned.until.map(|until| by.since(until)).filter(|days| *days > 0);
    match day {
        Some(day) if day <= today => match late(day) {
            Some(days) => format!("已办，晚{days}天"),
            None => "已办".to_owned(),
        },
        Some(_) => "已排定".to_owned(),
        None => match (planned.until, late(today)) {
            (_, Some(days)) => format!("逾期{days}天"),
            (Some(_), None) => "未办".to_owned(),
            (None, None) => "未登记".to_owned(),
        },
    }
}

fn one_election(ground: &Ground, row: Election) -> Vec<Block> {
    let mut pen = Pen::default();
    let unit = show::unit_name(ground.records, row.unit().unwrap_or_default());
    let year = row.year().map_or_else(String::new, |year| year.to_string());
    pen.title(format!("{unit}{year}年两委换届工作进度表"));
    let plan = row.year().and_then(|year| plan_of(ground.records, year));
    // Without a timetable there is no column of empty days.
    let planned = planned(plan);
    let has_days = planned.iter().any(|one| one.until.is_some());
    let line = |(one, number): (&Planned, usize)| {
        let day = taken(row, one.step);
        let mut cells = vec![
            Run::plain(number.to_string()),
            Run::plain(one.step.label),
            Run::plain(date_or_blank(day)),
            Run::plain(step_state(one, day, ground.day)),
        ];
        if has_days {
            cells.insert(2, Run::plain(date_or_blank(one.until)));
        }
        cells
    };
    let lines: Vec<Vec<Run>> = planned.iter().zip(1..).map(line).collect();
    match has_days {
        true => pen.table(
            "steps",
            &["序号", "步骤", "最迟", "日期", "情况"],
            &[1, 4, 4, 4, 3],
            lines,
        ),
        false => pen.table("steps", &["序号", "步骤", "日期", "情况"], &[1, 4, 5, 3], lines),
    }
    if let Some(next) = row.next() {
        pen.text("next", format!("下次换届：{}。", date(next)));
    }
    pen.done()
}

fn secretary_card(ground: &Ground) -> Result<Vec<Block>, String> {
    let all: Vec<Secretary> = rows(ground.records);
    let asked = ground.asked.record.as_deref();
    let Some(row) = all.into_iter().find(|row| Some(row.id()) == asked) else {
        return Err("请写明是哪一名书记".to_owned());
    };
    let unit = row.unit().unwrap_or_default();
    let mut pen = Pen::default();
    pen.title(format!("{}书记一页纸", show::unit_name(ground.records, unit)));
    let personal = |value: Option<String>| match (ground.asked.personal, value) {
        (_, None) => "没有填报".to_owned(),
        (false, Some(_)) => "（不显示）".to_owned(),
        (true, Some(value)) => value,
    };
    let month = |month: Option<crate::model::date::Month>| {
        month.map(|m| {
            let (year, month) = m.ym();
            format!("{year}年{month}月")
        })
    };
    let choice = |field: &str, code: Option<&str>| {
        let label = code.and_then(|code| {
            Some(show::choice_label(
                ground.records,
                Secretary::LEDGER.field(field)?,
                code,
            ))
        });
        label.unwrap_or("没有填报").to_owned()
    };
    let cells = [
        (
            "姓名",
            row.name()
                .map_or_else(|| "没有填报".to_owned(), |name| ground.person(name)),
        ),
        ("性别", choice("sex", row.sex())),
        ("出生年月", personal(month(row.birth()))),
        ("入党年月", personal(month(row.joined()))),
        ("学历", choice("education", row.education())),
        ("来源", choice("source", row.source())),
        ("任职日期", row.since().map_or_else(|| "没有填报".to_owned(), date)),
        (
            "一肩挑",
            match row.both_posts() {
                Some(true) => "是".to_owned(),
                Some(false) => "否".to_owned(),
                None => "没有填报".to_owned(),
            },
        ),
    ];
    let pairs = cells.chunks(2).map(|pair| {
        let cells = pair
            .iter()
            .flat_map(|(name, value)| [Run::plain(*name), Run::plain(value)]);
        cells.collect()
    });
    pen.table("facts", &[], &[2, 4, 2, 4], pairs.collect());
    pen.heading(1, "duties", "履职");
    pen.say("duties.text", duties(ground, row, unit));
    let own = Asked {
        scope: Scope::Unit(unit.to_owned()),
        ..ground.asked.clone()
    };
    let within = Ground::new(ground.records, &own);
    parts(&mut pen, &within, &within.figures());
    Ok(pen.done())
}

/// Duties of the year, trainings, contacts and the talk before taking office.
fn duties(ground: &Ground, row: Secretary, unit: &str) -> Say {
    let year = ground.day.year();
    let is_past = |day: Option<Day>| day.is_some_and(|day| day <= ground.day);
    let own: Vec<Duty> = rows_of(ground.records, unit);
    let own: Vec<_> = own.into_iter().filter(|duty| duty.year() == Some(year)).collect();
    let done = own.iter().filter(|duty| is_past(duty.done())).count();
    let list = |ledger: &str| {
        let address = Address::from(Route::Ledger(ledger.to_owned()));
        address.with("f.unit", unit).hash()
    };
    let duties = match own.len() {
        0 => "没有填报".to_owned(),
        all => format!("{done}/{all}项完成"),
    };
    let in_year = |day: Option<Day>| day.is_some_and(|day| day.year() == year && day <= ground.day);
    let trained: Vec<Attendance> = rows_of(ground.records, unit);
    let trained: Vec<_> = trained.into_iter().filter(|a| in_year(a.date())).collect();
    let came = trained.iter().filter(|a| a.attended() == Some(true)).count();
    let trained = match trained.len() {
        0 => "没有填报".to_owned(),
        all => format!("应到{all}次，到会{came}次"),
    };
    let contacts: Vec<Contact> = rows_of(ground.records, unit);
    let last = contacts
        .iter()
        .filter_map(|c| c.date())
        .filter(|day| *day <= ground.day)
        .max();
    let talks: Vec<PriorTalk> = rows_of(ground.records, unit);
    let talked = talks
        .iter()
        .filter(|talk| talk.secretary() == Some(row.id()))
        .filter_map(|t| t.date())
        .max();
    let or_none = |day: Option<Day>| day.map_or_else(|| "没有填报".to_owned(), date);
    Say::words(format!("{year}年责任清单"))
        .link(duties, list("duty"))
        .and("；培训")
        .link(trained, list("attendance"))
        .and("；最近一次片区联系")
        .link(or_none(last), list("contact"))
        .and("；任前谈话")
        .link(or_none(talked), list("prior_talk"))
        .and("。")
}

fn leader(ground: &Ground) -> Result<Vec<Block>, String> {
    let all: Vec<Leader> = rows(ground.records);
    let asked = ground.asked.record.as_deref();
    let Some(row) = all.into_iter().find(|row| Some(row.id()) == asked) else {
        return Err("请写明是哪一名班子成员".to_owned());
    };
    let Some(district) = row.district() else {
        return Err("这名班子成员没有联系的片区".to_owned());
    };
    let own = Asked {
        scope: Scope::District(district.to_owned()),
        ..ground.asked.clone()
    };
    let within = Ground::new(ground.records, &own);
    let figures = within.figures();
    let mut pen = Pen::default();
    pen.title(format!(
        "{}联系{}一页纸",
        row.name().unwrap_or("班子成员"),
        within.here()
    ));
    let in_contact = leader_name(ground.records, district, ground.day);
    let note = match (in_contact, row.name().map(show::name)) {
        (Some(now), Some(own)) if now == own => String::new(),
        (Some(now), _) => format!("现在由{now}联系。"),
        (None, _) => "现在没有登记由谁联系。".to_owned(),
    };
    pen.text("day", format!("数据截至{}。{note}", date(ground.day)));
    let mut lines = Vec::new();
    for unit in figures.now.frame().units_in(&own.scope) {
        let contacts: Vec<Contact> = rows_of(ground.records, &unit.code);
        let last = contacts
            .iter()
            .filter_map(|c| c.date())
            .filter(|day| *day <= ground.day)
            .max();
        let name = secretary(ground.records, &unit.code, ground.day);
        let contacts = Address::from(Route::Ledger(Contact::SCHEMA.id.to_owned())).with("f.unit", &unit.code);
        let own = unit_link(ground, &unit.code);
        let scope = Scope::Unit(unit.code.clone());
        let cells = Programme::ALL.map(|programme| progress_cell(&figures, programme, &scope, &own.href));
        let mut line = vec![
            own,
            Run::plain(name.map_or_else(|| "没有登记".to_owned(), |name| ground.person(&name))),
            last.map_or_else(|| Run::plain("没有填报"), |day| Run::link(date(day), contacts.hash())),
        ];
        line.extend(cells);
        lines.push((last, line));
    }
    if lines.is_empty() {
        return Err("这个片区没有村（社区）".to_owned());
    }
    lines.arrange_by_key(|(last, _)| *last);
    let lines = lines.into_iter().map(|(_, line)| line).collect();
    let head: Vec<&str> = ["村（社区）", "书记", "最近联系"]
        .into_iter()
        .chain(Programme::ALL.map(Programme::label))
        .collect();
    pen.table("units", &head, &[5, 3, 6, 3, 3, 3, 3, 3], lines);
    parts(&mut pen, &within, &figures);
    Ok(pen.done())
}
