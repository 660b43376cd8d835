//! 督办单: one matter with who, until when, result and 销号.

use super::block::{Block, Density, Run};
use super::ground::{Ground, date, date_or_blank};
use super::kind::{Kind, Of};
use super::pen::Pen;
use super::report::unit_link;
use crate::model::date::Day;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::{PlanItem, Problem};
use crate::model::programmes::lead::ledgers::Contact;
use crate::model::programmes::town::rules::PAPER_CODE;
use crate::model::records::rows;
use crate::order::Arrange as _;
use crate::view::route::{Address, Route};

/// 督办单.
pub const SUPERVISION: Kind = Kind {
    id: "supervision",
    label: "督办单",
    whom: "逾期的问题、计划事项和联系时答应的事，一件一张；办结后销号",
    of: &[
        Of::Record(Problem::SCHEMA),
        Of::Record(PlanItem::SCHEMA),
        Of::Record(Contact::SCHEMA),
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
    id: &'a str,
    unit: &'a str,
    source: &'static str,
    what: &'a str,
    owner: Option<&'a str>,
    due: Option<Day>,
    result: Option<&'a str>,
    done: Option<Day>,
}

fn matters<'a>(ground: &Ground<'a>) -> Vec<Matter<'a>> {
    let mut all: Vec<Matter> = Vec::new();
    for row in rows::<Problem>(ground.records) {
        all.push(Matter {
            id: row.id(),
            unit: row.unit().unwrap_or_default(),
            source: "群众提出的问题",
            what: row.text().unwrap_or_default(),
            owner: row.owner(),
            due: row.due(),
            result: row.result(),
            done: row.done(),
        });
    }
    for row in rows::<PlanItem>(ground.records) {
        all.push(Matter {
            id: row.id(),
            unit: row.unit().unwrap_or_default(),
            source: "工作计划的事项",
            what: row.goal().unwrap_or_default(),
            owner: row.owner(),
            due: row.due(),
            result: None,
            done: row.done(),
        });
    }
    for row in rows::<Contact>(ground.records) {
        let Some(what) = row.follow_up() else { continue };
        all.push(Matter {
            id: row.id(),
            unit: row.unit().unwrap_or_default(),
            source: "片区联系时要办的事",
            what,
            owner: None,
            due: row.follow_due(),
            result: None,
            done: row.follow_done(),
        });
    }
    all
}

fn make(ground: &Ground) -> Result<Vec<Block>, String> {
    let mut all = matters(ground);
    let today = ground.asked.today;
    match &ground.asked.record {
        Some(record) => all.retain(|matter| matter.id == record),
        None => {
            let roster = ground.roster();
            let here: Vec<&String> = roster.units_in(&ground.asked.scope).flat_map(|u| &u.codes).collect();
            all.retain(|m| {
                let is_late = m.done.is_none_or(|day| day > today) && m.due.is_some_and(|due| due < today);
                is_late && here.iter().any(|code| *code == m.unit)
            });
        }
    }
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

fn slip(pen: &mut Pen, ground: &Ground, matter: &Matter) {
    let today = ground.asked.today;
    pen.begin(matter.id);
    pen.title("督办单");
    pen.number(document_number(ground, PAPER_CODE.get(&ground.settings)));
    let href = Address::from(Route::Record(matter.id.to_owned())).hash();
    let pair = |name: &str, value: Run| vec![Run::plain(name), value];
    let blank = || Run::plain("　");
    let due = match matter.due {
        Some(due) => format!("{}（{}）", date(due), lateness(matter, today)),
        None => "没有定时限".to_owned(),
    };
    let mut rows = vec![
        pair("督办事项", Run::link(matter.what, href)),
        pair("事项来源", Run::plain(matter.source)),
        pair("责任单位", unit_link(ground, matter.unit)),
        pair(
            "责任人",
            matter
                .owner
                .map_or_else(blank, |owner| Run::plain(ground.person(owner))),
        ),
        pair("办理时限", Run::plain(due)),
        pair("督办要求", Run::plain(asks(matter, today))),
        pair("办理情况", matter.result.map_or_else(blank, Run::plain)),
    ];
    let closed = matter.done.filter(|day| *day <= today);
    rows.push(pair(
        "销号",
        Run::plain(match closed {
            Some(day) => format!("{}办结，销号", date(day)),
            None => format!("销号人：　　　　　　{}", date_or_blank(None)),
        }),
    ));
    pen.table("slip", &[], &[1, 4], rows);
    pen.signed(ground.signature(), date(today));
}

/// The number of a document whose count the pen writes: `天镇党〔2026〕　　号`.
pub fn document_number(ground: &Ground, code: &str) -> String {
    format!("{code}〔{}〕　　号", ground.asked.today.year())
}
