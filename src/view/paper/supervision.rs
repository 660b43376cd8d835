//! 督办单: one matter with who, until when, result and 销号.

use super::block::{Block, Density, Run};
use super::ground::{Ground, date, date_or_blank};
use super::kind::{Kind, Of};
use super::pen::{Pen, tight};
use super::report::unit_link;
use crate::model::date::Day;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::{PlanItem, Problem};
use crate::model::programmes::lead::ledgers::Contact;
use crate::model::programmes::town::calendar::Supervision;
use crate::model::programmes::town::rules::PAPER_CODE;
use crate::model::records::rows;
use crate::order::Arrange as _;
use crate::view::follow::{FollowVm, LateVm};
use crate::view::route::{Address, Route};

/// 督办单.
pub const SUPERVISION: Kind = Kind {
    id: "supervision",
    label: "督办单",
    whom: "当天已逾期的事项，和工作汇报的一致，一件一张；办结后销号",
    of: &[
        Of::Record(Problem::SCHEMA),
        Of::Record(PlanItem::SCHEMA),
        Of::Record(Contact::SCHEMA),
        Of::Record(Supervision::SCHEMA),
        Of::Unit,
        Of::District,
        Of::Town,
    ],
    period: false,
    density: Density::Norm,
    make,
};

/// A matter that somebody has to see to.
struct Matter<'a> {
    id: String,
    unit: &'a str,
    source: String,
    what: String,
    href: String,
    owner: Option<&'a str>,
    due: Option<Day>,
    result: Option<&'a str>,
    done: Option<Day>,
    /// The number that the office gave it.
    number: Option<&'a str>,
}

impl<'a> Matter<'a> {
    /// A record that names a matter of its own.
    fn of(id: &'a str, unit: Option<&'a str>, source: &str, what: &str) -> Matter<'a> {
        Matter {
            id: id.to_owned(),
            unit: unit.unwrap_or_default(),
            source: source.to_owned(),
            what: what.to_owned(),
            href: Address::from(Route::Record(id.to_owned())).hash(),
            owner: None,
            due: None,
            result: None,
            done: None,
            number: None,
        }
    }
}

/// Records that name a matter, who sees to it and until when.
fn recorded<'a>(ground: &Ground<'a>) -> Vec<Matter<'a>> {
    let mut all: Vec<Matter> = Vec::new();
    for row in rows::<Problem>(ground.records) {
        all.push(Matter {
            owner: row.owner(),
            due: row.due(),
            result: row.result(),
            done: row.done(),
            ..Matter::of(row.id(), row.unit(), "群众提出的问题", row.text().unwrap_or_default())
        });
    }
    for row in rows::<PlanItem>(ground.records) {
        all.push(Matter {
            owner: row.owner(),
            due: row.due(),
            done: row.done(),
            ..Matter::of(row.id(), row.unit(), "工作计划的事项", row.goal().unwrap_or_default())
        });
    }
    for row in rows::<Contact>(ground.records) {
        let Some(what) = row.follow_up() else { continue };
        all.push(Matter {
            due: row.follow_due(),
            done: row.follow_done(),
            ..Matter::of(row.id(), row.unit(), "片区联系时要办的事", what)
        });
    }
    for row in rows::<Supervision>(ground.records) {
        all.push(Matter {
            owner: row.who(),
            due: row.until(),
            result: row.feedback(),
            done: row.closed(),
            number: row.number(),
            ..Matter::of(row.id(), row.unit(), "督办台账", row.matter().unwrap_or_default())
        });
    }
    all
}

/// Everything that is overdue in the scope, as the report of the day says it: a record that names a matter by itself,
/// what else a unit is late with in one.
fn overdue<'a>(todo: &'a [FollowVm], mut recorded: Vec<Matter<'a>>, late: &'a [Vec<LateVm>]) -> Vec<Matter<'a>> {
    let mut all = Vec::new();
    for (item, units) in todo.iter().zip(late) {
        for unit in units {
            let (own, rest): (Vec<Matter>, Vec<Matter>) = recorded
                .into_iter()
                .partition(|matter| unit.records.contains(&matter.id));
            recorded = rest;
            if !own.is_empty() {
                all.extend(own);
                continue;
            }
            let steps = match unit.steps.is_empty() {
                true => String::new(),
                false => format!("（{}）", unit.steps.join("、")),
            };
            all.push(Matter {
                id: format!("{}.{}", item.id, unit.code),
                unit: &unit.code,
                source: format!("{}台账", item.programme.full_name()),
                what: tight(&format!("{}{steps}", unit.what)),
                href: item.list_href.clone(),
                owner: None,
                due: Some(unit.due),
                result: None,
                done: None,
                number: None,
            });
        }
    }
    all
}

fn make(ground: &Ground) -> Result<Vec<Block>, String> {
    let (todo, mut late) = (ground.todo(), Vec::new());
    late.extend(todo.iter().map(FollowVm::overdue_by_unit));
    let mut all = match &ground.asked.record {
        Some(record) => {
            let mut all = recorded(ground);
            all.retain(|matter| matter.id == *record);
            all
        }
        None => overdue(&todo, recorded(ground), &late),
    };
    if all.is_empty() {
        return Err("没有逾期未办结的事项，不用督办".to_owned());
    }
    all.arrange_by_key(|matter| matter.due);
    let mut pen = Pen::default();
    for matter in &all {
        slip(&mut pen, ground, matter);
    }
    Ok(pen.done())
}

/// How the matter stands with its day.
fn lateness(matter: &Matter, today: Day) -> String {
    match (matter.done.filter(|day| *day <= today), matter.due) {
        (Some(done), _) => format!("{}办结", date(done)),
        (None, None) => "没有定时限".to_owned(),
        (None, Some(due)) if due < today => format!("已逾期{}天", today.since(due)),
        (None, Some(due)) => format!("还有{}天", due.since(today)),
    }
}

/// What is asked: of what is late the reason, of what is not yet due that its day is kept.
fn asks(matter: &Matter, today: Day) -> &'static str {
    match (matter.done.filter(|day| *day <= today), matter.due) {
        (Some(_), _) => "已办结，核实后销号",
        (None, Some(due)) if due >= today => "按时限办结，办结后书面回复",
        _ => "查明未办结的原因，定出办结日期，办结后书面回复",
    }
}

/// Height of a row of a slip, in tenths of a millimetre.
const SLIP_ROOM: u16 = 100;

fn slip(pen: &mut Pen, ground: &Ground, matter: &Matter) {
    let today = ground.asked.today;
    pen.begin(&matter.id);
    pen.title("督办单");
    pen.number(match (matter.number, PAPER_CODE.get(&ground.settings)) {
        (Some(number), _) => format!("编号：{number}"),
        // Without the office's characters there is no number of a document; a slip has one of its own, by hand.
        (None, "") => "编号：　　　　　　".to_owned(),
        (None, code) => document_number(ground, code),
    });
    let pair = |name: &str, value: Run| vec![Run::plain(name), value];
    let blank = || Run::plain("　");
    // What was done is written by hand: there is room for it.
    let room = || Run::plain("\n\n\n\n");
    let due = match matter.due {
        Some(due) => format!("{}（{}）", date(due), lateness(matter, today)),
        None => "没有定时限".to_owned(),
    };
    let mut rows = vec![
        pair("督办事项", Run::link(&matter.what, &matter.href)),
        pair("事项来源", Run::plain(&matter.source)),
        pair("责任单位", unit_link(ground, matter.unit)),
        pair(
            "责任人",
            matter
                .owner
                .map_or_else(blank, |owner| Run::plain(ground.person(owner))),
        ),
        pair("办理时限", Run::plain(due)),
        pair("督办要求", Run::plain(asks(matter, today))),
        pair("办理情况", matter.result.map_or_else(room, Run::plain)),
    ];
    let closed = matter.done.filter(|day| *day <= today);
    rows.push(pair(
        "销号",
        Run::plain(match closed {
            Some(day) => format!("{}办结，销号", date(day)),
            None => format!("销号人：　　　　　　{}", date_or_blank(None)),
        }),
    ));
    pen.form("slip", &[], &[1, 4], rows, SLIP_ROOM);
    pen.signed(ground.signature(), date(today));
}

/// The number of a document whose count the pen writes: `天镇党〔2026〕　　号`.
pub fn document_number(ground: &Ground, code: &str) -> String {
    format!("{code}〔{}〕　　号", ground.asked.today.year())
}
