//! Papers of 发展党员, by step: public notices, reports to the party committee, talk, inspection, calendar of a person.
//!
//! A notice names what the rules ask for and nothing else (no phone, no address), and both its days: at least five
//! working days (《中国共产党发展党员工作细则》, 2026年5月版, 第十三条). Old forms that say seven days are not copied.

use crate::model::date::{Day, Month};
use crate::model::engine::workflow::day_of;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::seedling::development::{
    RuleVersion, STEPS, Stage, deadlines, number, rule_on, stage_at, vote_of,
};
use crate::model::programmes::seedling::ledgers::development::{Development, DevelopmentExit, Inspection};
use crate::model::programmes::seedling::rules::{NOTICE_DAYS, NOTICE_FIRST_DAY};
use crate::model::records::rows;
use crate::order::Arrange as _;
use crate::view::paper::block::{Block, Density, Run};
use crate::view::paper::ground::{Ground, date, date_or_blank};
use crate::view::paper::kind::{Kind, Of};
use crate::view::paper::pen::Pen;
use crate::view::route::{Address, Route};
use crate::view::show;

/// The papers.
pub const PAPERS: &[&Kind] = &[
    &NOTICE_CANDIDATE,
    &REPORT_CANDIDATE,
    &PRECHECK,
    &NOTICE_ACCEPT,
    &NOTICE_CONFIRM,
    &TALK,
    &INSPECTION,
    &CALENDAR,
];

const OF: &[Of] = &[Of::Record(Development::SCHEMA), Of::Unit, Of::District, Of::Town];

const fn kind(
    id: &'static str,
    label: &'static str,
    whom: &'static str,
    make: fn(&Ground) -> Result<Vec<Block>, String>,
) -> Kind {
    Kind {
        id,
        label,
        whom,
        of: OF,
        period: false,
        density: Density::Norm,
        make,
    }
}

/// 发展对象公示.
pub const NOTICE_CANDIDATE: Kind = kind(
    "notice-candidate",
    "发展对象公示",
    "支部委员会讨论、报上级党委以后张贴，不少于五个工作日；一人或一批",
    |ground| notice(ground, Step::Candidate),
);

/// 接收预备党员公示.
pub const NOTICE_ACCEPT: Kind = kind(
    "notice-accept",
    "拟接收预备党员公示",
    "支部党员大会讨论接收前张贴；一人或一批",
    |ground| notice(ground, Step::Accept),
);

/// 预备党员转正公示.
pub const NOTICE_CONFIRM: Kind = kind(
    "notice-confirm",
    "预备党员转正公示",
    "支部党员大会讨论转正前张贴；一人或一批",
    |ground| notice(ground, Step::Confirm),
);

/// 发展对象的备案报告 (2014) 或请示 (2026).
pub const REPORT_CANDIDATE: Kind = kind(
    "report-candidate",
    "发展对象报上级党委",
    "报镇党委：2014年版为备案报告，2026年版为请示；一人或一批",
    report_candidate,
);

/// 预审请示.
pub const PRECHECK: Kind = kind(
    "precheck",
    "发展对象预审请示",
    "支部委员会审查后报镇党委预审；一人或一批",
    precheck,
);

/// 谈话记录.
pub const TALK: Kind = kind(
    "development-talk",
    "入党谈话记录",
    "收到申请书后派人谈话时手写；一人一份",
    talk,
);

/// 培养考察记录.
pub const INSPECTION: Kind = kind(
    "inspection",
    "培养考察记录",
    "积极分子每半年、预备党员每季度一次；一人一份",
    inspection,
);

/// 发展党员日程.
pub const CALENDAR: Kind = Kind {
    density: Density::OnePage,
    ..kind(
        "development-calendar",
        "发展党员日程",
        "一个人已办的步骤、日期和接下来的期限；一人一张 A4",
        calendar,
    )
};

/// The step before which a notice is posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Candidate,
    Accept,
    Confirm,
}

impl Step {
    /// Whether a file stands before the step on a day.
    fn is_next(self, row: Development, on: Day) -> bool {
        match (self, stage_at(row, on)) {
            (Step::Candidate, Some(Stage::Activist)) => row.inspected().is_some(),
            (Step::Candidate, Some(Stage::Candidate)) => row.noticed().is_none() && row.sponsored().is_none(),
            (Step::Accept, Some(Stage::Candidate)) => row.prechecked().is_some() && row.voted().is_none(),
            (Step::Confirm, Some(Stage::Probationary)) => row.requested().is_some() && row.revoted().is_none(),
            (Step::Confirm, Some(Stage::Extended)) => row.confirmed().is_none(),
            _ => false,
        }
    }

    /// The title; the branch may have settled on a candidate already.
    const fn title(self, is_settled: bool) -> &'static str {
        match self {
            Step::Candidate if is_settled => "关于确定发展对象的公示",
            Step::Candidate => "关于拟确定发展对象的公示",
            Step::Accept => "关于拟接收预备党员的公示",
            Step::Confirm => "关于预备党员拟转正的公示",
        }
    }

    const fn what(self, is_settled: bool) -> &'static str {
        match self {
            Step::Candidate if is_settled => "经培养教育考察，支部委员会已讨论确定下列同志为发展对象",
            Step::Candidate => "经培养教育考察，拟确定下列同志为发展对象",
            Step::Accept => "经上级党委预审合格，拟接收下列同志为中共预备党员",
            Step::Confirm => "下列预备党员预备期满，提出转正申请，拟按期转为中共正式党员",
        }
    }

    /// Whether the branch has taken the step whose result is posted.
    fn is_settled(self, row: Development, on: Day) -> bool {
        self == Step::Candidate && row.proposed().is_some_and(|day| day <= on)
    }

    /// The word for it in a sentence.
    const fn label(self) -> &'static str {
        match self {
            Step::Candidate => "发展对象公示",
            Step::Accept => "接收预备党员公示",
            Step::Confirm => "转正公示",
        }
    }
}

/// The files that stand before a step, by unit: those of the scope, or the one that was asked for.
///
/// # Errors
/// Nobody stands there: who is past the step, or before it, is not told to be at it.
fn at_step<'a>(
    ground: &Ground<'a>,
    what: &str,
    fits: impl Fn(Development) -> bool,
) -> Result<Vec<(String, Vec<Development<'a>>)>, String> {
    let mut units = files(ground, &fits);
    for (_, own) in &mut units {
        own.retain(|row| fits(*row));
    }
    units.retain(|(_, own)| !own.is_empty());
    match (units.is_empty(), &ground.asked.record) {
        (false, _) => Ok(units),
        (true, None) => Err(format!("没有到{what}这一步的人")),
        (true, Some(_)) => Err(format!("这名同志不在{what}这一步：还没有到，或者已经办过")),
    }
}

/// The files that a paper is of: the one that was asked for, or all of the scope that fit; by unit.
fn files<'a>(ground: &Ground<'a>, fits: impl Fn(Development) -> bool) -> Vec<(String, Vec<Development<'a>>)> {
    let mut all: Vec<Development> = rows(ground.records);
    match &ground.asked.record {
        Some(record) => all.retain(|row| row.id() == record),
        None => {
            let roster = ground.roster();
            let here: Vec<&String> = roster.units_in(&ground.asked.scope).flat_map(|u| &u.codes).collect();
            all.retain(|row| fits(*row) && here.iter().any(|code| Some(code.as_str()) == row.unit()));
        }
    }
    let mut units: Vec<(String, Vec<Development>)> = Vec::new();
    for row in all {
        let unit = row.unit().unwrap_or_default();
        match units.iter_mut().find(|(code, _)| code == unit) {
            Some((_, own)) => own.push(row),
            None => units.push((unit.to_owned(), vec![row])),
        }
    }
    units
}

/// What nobody entered.
const UNKNOWN: &str = "没有填报";

fn month(month: Option<Month>) -> String {
    month.map_or_else(
        || UNKNOWN.to_owned(),
        |month| {
            let (year, month) = month.ym();
            format!("{year}年{month}月")
        },
    )
}

fn choice(ground: &Ground, field: &str, code: Option<&str>) -> String {
    let label = code.and_then(|code| {
        Some(show::choice_label(
            ground.records,
            Development::LEDGER.field(field)?,
            code,
        ))
    });
    label.unwrap_or(UNKNOWN).to_owned()
}

fn day(day: Option<Day>) -> Run {
    Run::plain(day.map_or_else(|| UNKNOWN.to_owned(), date))
}

/// A person by name, with the address of the file.
fn person(row: Development) -> Run {
    Run::link(
        row.name().unwrap_or("（没有姓名）"),
        Address::from(Route::Record(row.id().to_owned())).hash(),
    )
}

/// First and last day of a notice that was posted on a day, or is today.
fn posted(ground: &Ground, own: &[Development], step: Step) -> (Day, Day) {
    let entered = match step {
        Step::Candidate => own.iter().filter_map(|row| row.notice_from()).max(),
        Step::Accept | Step::Confirm => None,
    };
    let from = entered.unwrap_or(ground.asked.today);
    let days = NOTICE_DAYS.get(&ground.settings).max(5);
    (
        from,
        ground
            .settings
            .calendar()
            .notice_last(from, days, NOTICE_FIRST_DAY.get(&ground.settings)),
    )
}

fn notice(ground: &Ground, step: Step) -> Result<Vec<Block>, String> {
    let today = ground.asked.today;
    let units = at_step(ground, step.label(), |row| step.is_next(row, today))?;
    let mut pen = Pen::default();
    // Who is settled on already is not posted as one who is to be settled on.
    let groups = units.iter().flat_map(|(unit, own)| {
        let (settled, open): (Vec<Development>, Vec<Development>) =
            own.iter().partition(|row| step.is_settled(**row, today));
        [(unit, false, open), (unit, true, settled)]
    });
    for (unit, is_settled, own) in groups.filter(|(.., own)| !own.is_empty()) {
        let own = &own;
        pen.begin(&if is_settled {
            format!("{unit}.settled")
        } else {
            unit.clone()
        });
        pen.title(step.title(is_settled));
        pen.text("what", format!("{}，现予公示。", step.what(is_settled)));
        let last = match step {
            Step::Candidate => "确定积极分子",
            Step::Accept => "确定发展对象",
            Step::Confirm => "接收为预备党员",
        };
        let line = |row: &Development| {
            let taken = match step {
                Step::Candidate => row.chosen(),
                Step::Accept => row.proposed(),
                Step::Confirm => row.voted(),
            };
            let cells = [
                person(*row),
                Run::plain(choice(ground, "sex", row.sex())),
                Run::plain(month(row.birth())),
                Run::plain(choice(ground, "education", row.education())),
                day(row.applied()),
                day(taken),
            ];
            // What is put on the wall says nothing of what was not entered: the pen fills it in.
            cells
                .map(|cell| if cell.text == UNKNOWN { Run::plain("　") } else { cell })
                .to_vec()
        };
        pen.table(
            "people",
            &["姓名", "性别", "出生年月", "学历", "递交入党申请书", last],
            &[5, 4, 8, 6, 11, 11],
            own.iter().map(line).collect(),
        );
        let (from, until) = posted(ground, own, step);
        let days = NOTICE_DAYS.get(&ground.settings).max(5);
        let provisional = ground
            .settings
            .calendar()
            .remark(from, until)
            .map_or_else(String::new, |remark| format!("（{remark}）"));
        pen.text(
            "posted",
            format!(
                "公示时间：{}至{}，共{days}个工作日{provisional}。",
                date(from),
                date(until)
            ),
        );
        pen.text(
            "objections",
            "公示期内，对公示对象有意见的，可以向支部或镇党委反映，反映情况要真实具体。受理电话：　　　　　　　　",
        );
        if own.iter().any(|row| row.mobile_person() == Some(true)) {
            pen.text("mobile", "其中流动人员在流出地、流入地两处公示。");
        }
        pen.signed(ground.organisation(unit), date(from));
    }
    Ok(pen.done())
}

fn names(own: &[Development]) -> String {
    let all: Vec<&str> = own.iter().map(|row| row.name().unwrap_or("（没有姓名）")).collect();
    match all.as_slice() {
        [first, _, ..] => format!("{first}等{}名同志", all.len()),
        [one] => format!("{one}同志"),
        [] => String::new(),
    }
}

fn report_candidate(ground: &Ground) -> Result<Vec<Block>, String> {
    let fits = |row: Development| row.proposed().is_some() && row.consented().is_none() && row.left().is_none();
    let units = at_step(ground, "报上级党委", fits)?;
    let mut pen = Pen::default();
    for (unit, own) in &units {
        let is_new = own
            .iter()
            .any(|row| rule_on(*row, row.proposed().unwrap_or(ground.asked.today)) == RuleVersion::V2026);
        let (form, asks) = match is_new {
            true => ("请示", "妥否，请批示。"),
            false => ("备案报告", "现报请备案。"),
        };
        pen.begin(unit);
        pen.title(format!("关于确定{}为发展对象的{form}", names(own)));
        pen.addressee(ground.office());
        pen.text(
            "what",
            format!(
                "经培养教育考察，支部委员会讨论，拟确定{}为发展对象（名单见表）。{asks}",
                names(own)
            ),
        );
        let line = |row: &Development| {
            let mentors = row.mentors().unwrap_or("没有填报");
            vec![
                person(*row),
                day(row.applied()),
                day(row.chosen()),
                day(row.inspected()),
                Run::plain(mentors),
            ]
        };
        pen.table(
            "people",
            &["姓名", "递交申请书", "确定积极分子", "考察期满", "培养联系人"],
            &[5, 11, 11, 11, 9],
            own.iter().map(line).collect(),
        );
        pen.signed(ground.organisation(unit), date(ground.asked.today));
    }
    Ok(pen.done())
}

fn precheck(ground: &Ground) -> Result<Vec<Block>, String> {
    let fits = |row: Development| row.examined().is_some() && row.prechecked().is_none() && row.left().is_none();
    let units = at_step(ground, "上级党委预审", fits)?;
    let mut pen = Pen::default();
    for (unit, own) in &units {
        pen.begin(unit);
        pen.title(format!("关于对发展对象{}进行预审的请示", names(own)));
        pen.addressee(ground.office());
        pen.text(
            "what",
            format!("{}已经支部委员会审查，现将有关材料报上，请予预审。", names(own)),
        );
        let line = |row: &Development| {
            let hours = row
                .train_hours()
                .map_or_else(|| "没有填报".to_owned(), |hours| format!("{hours}学时"));
            let vetted = choice(ground, "vet_result", row.vet_result());
            vec![
                person(*row),
                day(row.noticed()),
                Run::plain(choice(ground, "notice_result", row.notice_result())),
                Run::plain(vetted),
                Run::plain(hours),
                day(row.examined()),
            ]
        };
        pen.table(
            "people",
            &["姓名", "公示结束", "公示结果", "政治审查", "集中培训", "支委会审查"],
            &[5, 10, 6, 6, 6, 10],
            own.iter().map(line).collect(),
        );
        pen.signed(ground.organisation(unit), date(ground.asked.today));
    }
    Ok(pen.done())
}

fn talk(ground: &Ground) -> Result<Vec<Block>, String> {
    let units = files(ground, |row| {
        row.applied().is_some() && row.talked().is_none() && row.left().is_none()
    });
    let mut pen = Pen::default();
    for (unit, own) in &units {
        for row in own {
            pen.begin(row.id());
            pen.title("同入党申请人谈话记录");
            let talker = row.talker().map_or_else(|| "　".to_owned(), str::to_owned);
            let due = row.applied().map(|day| day.plus_months(1));
            let cells = vec![
                vec![
                    Run::plain("申请人"),
                    person(*row),
                    Run::plain("支部"),
                    Run::plain(ground.organisation(unit)),
                ],
                vec![
                    Run::plain("递交申请书"),
                    day(row.applied()),
                    Run::plain("应谈话时间"),
                    Run::plain(due.map_or_else(String::new, |due| format!("{}前", date(due)))),
                ],
                vec![
                    Run::plain("谈话人"),
                    Run::plain(talker),
                    Run::plain("谈话时间"),
                    Run::plain(date_or_blank(row.talked())),
                ],
            ];
            pen.table("facts", &[], &[2, 4, 2, 4], cells);
            pen.heading(1, "talk", "谈话内容");
            pen.lines("talk.lines", 8);
            pen.heading(1, "opinion", "谈话人意见");
            pen.lines("opinion.lines", 3);
            pen.text("signed", "谈话人签名：　　　　　　　　申请人签名：　　　　　　　　");
        }
    }
    let blocks = pen.done();
    match blocks.is_empty() {
        true => Err("没有待谈话的入党申请人".to_owned()),
        false => Ok(blocks),
    }
}

/// Rows of an inspection that are left for the pen.
const BLANK_ROWS: usize = 3;

fn inspection(ground: &Ground) -> Result<Vec<Block>, String> {
    let is_inspected = |row: Development| {
        matches!(
            stage_at(row, ground.asked.today),
            Some(Stage::Activist | Stage::Probationary | Stage::Extended)
        )
    };
    let all: Vec<Inspection> = rows(ground.records);
    let mut pen = Pen::default();
    for (unit, own) in &files(ground, is_inspected) {
        for row in own {
            pen.begin(row.id());
            pen.title("培养考察记录");
            let stage = stage_at(*row, ground.asked.today).map_or("", Stage::label);
            let mentors = row.mentors().unwrap_or("没有填报");
            pen.table(
                "facts",
                &[],
                &[2, 4, 2, 4],
                vec![
                    vec![Run::plain("姓名"), person(*row), Run::plain("阶段"), Run::plain(stage)],
                    vec![
                        Run::plain("支部"),
                        Run::plain(ground.organisation(unit)),
                        Run::plain("培养联系人"),
                        Run::plain(mentors),
                    ],
                ],
            );
            let is_past = |i: &&Inspection| i.date().is_none_or(|day| day <= ground.asked.today);
            let own = all.iter().filter(|i| i.file() == Some(row.id()));
            let mut past: Vec<&Inspection> = own.filter(is_past).collect();
            past.arrange_by_key(|i| i.date());
            let mut lines: Vec<Vec<Run>> = past
                .iter()
                .map(|i| vec![day(i.date()), Run::plain(i.opinion().unwrap_or_default())])
                .collect();
            lines.extend((0..BLANK_ROWS).map(|_| vec![Run::plain(date_or_blank(None)), Run::plain("\n\n\n")]));
            pen.table("opinions", &["考察日期", "考察意见"], &[4, 9], lines);
        }
    }
    let blocks = pen.done();
    match blocks.is_empty() {
        true => Err("没有在培养考察期的人".to_owned()),
        false => Ok(blocks),
    }
}

fn calendar(ground: &Ground) -> Result<Vec<Block>, String> {
    let today = ground.asked.today;
    let is_open = |row: Development| stage_at(row, today).is_some_and(|stage| !stage.closed());
    let inspections: Vec<Inspection> = rows(ground.records);
    let mut pen = Pen::default();
    for (unit, own) in &files(ground, is_open) {
        for row in own {
            pen.begin(row.id());
            let who = match ground.asked.personal {
                true => row.name().unwrap_or_default().to_owned(),
                false => ground.person(row.name().unwrap_or_default()),
            };
            pen.title(format!("{who}发展党员日程"));
            let stage = stage_at(*row, today).map_or("还没有递交申请书", Stage::label);
            let text = format!("{}，现为{stage}，截至{}。", ground.organisation(unit), date(today));
            pen.text("stage", text);
            let due = deadlines(*row, &inspections, today, &ground.settings);
            let line = |step: &crate::model::engine::workflow::Step| {
                let taken = day_of(Development::SCHEMA, row.cells(), step.field).filter(|day| *day <= today);
                let limit = due
                    .iter()
                    .find(|d| d.step.field == step.field)
                    .filter(|_| taken.is_none());
                let limit = limit.map_or_else(String::new, |d| {
                    let late = today.since(d.due);
                    let state = if late > 0 {
                        format!("，已逾期{late}天")
                    } else {
                        String::new()
                    };
                    format!("{}前（{}）{state}", date(d.due), d.article)
                });
                vec![
                    Run::plain(number(step.field)),
                    Run::plain(step.label),
                    Run::plain(step.who),
                    Run::plain(taken.map_or_else(String::new, date)),
                    Run::plain(limit),
                ]
            };
            let lines = STEPS.iter().map(line).collect();
            pen.table(
                "steps",
                &["序号", "步骤", "由谁办", "已办日期", "期限"],
                &[2, 6, 5, 6, 8],
                lines,
            );
            votes(&mut pen, *row);
        }
    }
    let blocks = pen.done();
    match blocks.is_empty() {
        true => Err("没有在办的发展档案".to_owned()),
        false => Ok(blocks),
    }
}

/// The votes of the general meeting, where they were entered.
fn votes(pen: &mut Pen, row: Development) {
    for (prefix, what) in [("vote", "讨论接收"), ("revote", "讨论转正")] {
        let Some(vote) = vote_of(row, prefix) else { continue };
        let exit = match (prefix, DevelopmentExit::of(row.exit())) {
            ("revote", Some(DevelopmentExit::Extended)) => "，延长预备期",
            ("revote", Some(DevelopmentExit::Cancelled)) => "，取消预备党员资格",
            _ => "",
        };
        let text = format!(
            "支部党员大会{what}：应到有表决权{}人，实到{}人，赞成{}票，反对{}票，弃权{}票{exit}。",
            vote.due, vote.present, vote.ayes, vote.nays, vote.abstain
        );
        pen.text(&format!("votes.{prefix}"), text);
    }
}
