//! 一页纸 of the town, a district or a unit: numbers, bright spots, problems, next steps. One sheet of A4.

use super::block::{Block, Density, Run};
use super::figure::{is_unknown, subject, value};
use super::ground::{Figures, Ground, date};
use super::kind::{Kind, Of};
use super::pen::{Pen, Say, tight};
use super::report::told;
use crate::model::engine::indicator::{Form, Indicator, Scope};
use crate::model::ledger::{Programme, TypedRow as _};
use crate::model::programmes::dream::ledgers::PlanItem;
use crate::model::programmes::indicators;
use crate::model::programmes::town::ledgers::{Honour, HonourKind, Unit};
use crate::model::records::{rows, rows_of};
use crate::model::value::Decimal;
use crate::order::Arrange as _;
use crate::view::overview::{is_own_goal, leader_name, records_href, secretary};
use crate::view::programmes::card;
use crate::view::route::{Address, Route};
use crate::view::{format, show};

/// 一页纸.
pub const ONE_PAGE: Kind = Kind {
    id: "one-page",
    label: "一页纸",
    whom: "调研、谈话前看：全镇、片区或一个村（社区），一张 A4",
    of: &[Of::Town, Of::District, Of::Unit],
    period: true,
    density: Density::OnePage,
    make,
};

/// Lines of each list: as many as a sheet holds beside the table.
const MOST: usize = 4;

fn make(ground: &Ground) -> Result<Vec<Block>, String> {
    let figures = ground.figures();
    if figures.now.frame().units_in(&ground.asked.scope).next().is_none() {
        return Err("没有这个村（社区）的记录".to_owned());
    }
    let mut pen = Pen::default();
    pen.title(format!("{}党建工作一页纸", ground.whose()));
    pen.say("who", who(ground, &figures));
    pen.say("size", size(ground));
    let period = ground.asked.period.label();
    pen.text("period", format!("统计期：{period}，截至{}。", date(ground.day)));
    pen.table(
        "numbers",
        &["工程", "指标", "数值", "指标", "数值"],
        &[4, 9, 12, 9, 12],
        numbers(ground, &figures),
    );
    parts(&mut pen, ground, &figures);
    Ok(pen.done())
}

/// The three lists below the numbers.
pub fn parts(pen: &mut Pen, ground: &Ground, figures: &Figures) {
    pen.heading(1, "bright", "亮点");
    pen.say("bright.text", bright(ground, figures));
    pen.heading(1, "problems", "问题");
    let items = figures.todo.iter().take(MOST);
    let items: Vec<(String, Say)> = items
        .map(|item| (format!("gap.{}", item.id), told(ground, item)))
        .collect();
    let rest = figures.todo.len().saturating_sub(MOST);
    if items.is_empty() {
        pen.text("problems.none", "没有发现超过期限或需要跟进的事项。");
    }
    pen.list("problems.list", items);
    if rest > 0 {
        pen.text("problems.rest", format!("另有{rest}类事项需要跟进。"));
    }
    pen.heading(1, "next", "下一步");
    let items = coming(ground);
    if items.is_empty() {
        pen.text("next.none", "以后三个月没有到期的计划事项。");
    }
    pen.list("next.list", items);
}

/// The people and the size of the place.
fn who(ground: &Ground, figures: &Figures) -> Say {
    let day = ground.day;
    match &ground.asked.scope {
        Scope::Unit(code) => {
            let name =
                secretary(ground.records, code, day).map_or_else(|| "没有登记".to_owned(), |name| ground.person(&name));
            let leader = figures
                .now
                .frame()
                .unit(code)
                .and_then(|u| leader_name(ground.records, &u.district, day));
            let leader = leader.unwrap_or_else(|| "没有登记".to_owned());
            Say::words(format!("书记：{name}　联系领导：{leader}"))
        }
        Scope::District(id) => {
            let leader = leader_name(ground.records, id, day).unwrap_or_else(|| "没有登记".to_owned());
            let units = figures.now.frame().units_in(&ground.asked.scope);
            let names: Vec<&str> = units.map(|unit| unit.name.as_str()).collect();
            Say::words(format!(
                "联系领导：{leader}　{}个村（社区）：{}",
                names.len(),
                names.join("、")
            ))
        }
        Scope::Town => {
            let units = &figures.now.frame().units;
            let communities = units.iter().filter(|unit| unit.community).count();
            let districts = figures.now.frame().districts().len();
            let list = |ledger: &str| Address::from(Route::Ledger(ledger.to_owned())).hash();
            Say::default()
                .link(format!("{districts}个片区"), list("district"))
                .and("，")
                .link(
                    format!("{}个村，{communities}个社区", units.len() - communities),
                    list("unit"),
                )
        }
    }
}

/// Households, people and members of a unit.
fn size(ground: &Ground) -> Say {
    let Scope::Unit(code) = &ground.asked.scope else {
        return Say::default();
    };
    let unit = ground.records.find(Unit::SCHEMA, code).map(Unit::of);
    let count = |name: &str, value: Option<i64>, measure: &str| match value {
        Some(n) => format!("{name}：{}{measure}", format::count(n)),
        None => format!("{name}：没有填报"),
    };
    let all = [
        count("户数", unit.and_then(|u| u.households()), "户"),
        count("人口", unit.and_then(|u| u.population()), "人"),
        count("党员", unit.and_then(|u| u.members()), "名"),
    ];
    Say::default().link(all.join("　"), Address::from(Route::Unit(code.clone())).hash())
}

/// The figures of the cards, two pairs a row.
fn numbers(ground: &Ground, figures: &Figures) -> Vec<Vec<Run>> {
    let scope = &ground.asked.scope;
    let cells = |indicator: &'static Indicator| {
        let reading = figures.now.reading(indicator, scope);
        let shown = match (reading.units, is_unknown(&reading)) {
            (0, _) => Run::plain("不适用"),
            (_, true) => Run::plain("没有填报"),
            _ => Run::link(tight(&value(&reading)), records_href(&figures.now, indicator, scope)),
        };
        [Run::plain(indicator.name), shown]
    };
    let mut out = Vec::new();
    for programme in Programme::ALL {
        for (at, pair) in card(programme).chunks(2).enumerate() {
            let name = if at == 0 { programme.label() } else { "" };
            let mut row = vec![Run::plain(name)];
            row.extend(pair.iter().flat_map(|(indicator, _)| cells(indicator)));
            out.push(row);
        }
    }
    out
}

/// Indicators that reached their aim, and honours of the last two years.
fn bright(ground: &Ground, figures: &Figures) -> Say {
    let scope = &ground.asked.scope;
    let mut say = Say::default();
    let mut any = 0;
    for indicator in indicators() {
        let reading = figures.now.reading(indicator, scope);
        let is_reached = reading.goal.is_some_and(|goal| goal.lack() == Decimal::ZERO);
        // A share that is only on its way has not reached what its name says.
        let is_own = reading.indicator.form != Form::Share || is_own_goal(&reading);
        let is_none = reading.indicator.form == Form::Share && reading.numerator == Decimal::ZERO;
        if reading.units == 0 || is_unknown(&reading) || !is_reached || !is_own || is_none || any == MOST * 2 {
            continue;
        }
        say = say.and(if any == 0 { "达到目标的：" } else { "、" });
        say = say
            .and(subject(indicator))
            .link(value(&reading), records_href(&figures.now, indicator, scope));
        any += 1;
    }
    let honours = honours(ground, figures);
    match (any, honours.is_empty()) {
        (0, true) => Say::words("没有达到目标的指标，也没有登记荣誉。"),
        (0, false) => Say::words("获得的荣誉：").with(Say::joined(honours, "、")).and("。"),
        (_, true) => say.and("。"),
        (_, false) => say.and("。获得的荣誉：").with(Say::joined(honours, "、")).and("。"),
    }
}

fn honours(ground: &Ground, figures: &Figures) -> Vec<Say> {
    let year = ground.day.year();
    let mut found = Vec::new();
    for unit in figures.now.frame().units_in(&ground.asked.scope) {
        for row in rows_of::<Honour>(ground.records, &unit.code) {
            let is_recent = row.year().is_some_and(|own| (year - 1..=year).contains(&own));
            if let (true, Some(title)) = (is_recent && !HonourKind::Pilot.is(row.kind()), row.title()) {
                let href = Address::from(Route::Record(row.id().to_owned())).hash();
                found.push(Say::words(&unit.name).link(title, href));
            }
        }
    }
    found.truncate(MOST);
    found
}

/// Items of plans that are due within three months.
fn coming(ground: &Ground) -> Vec<(String, Say)> {
    let roster = ground.roster();
    let here: Vec<&String> = roster.units_in(&ground.asked.scope).flat_map(|u| &u.codes).collect();
    let (day, last) = (ground.day, ground.day.plus_months(3));
    let mut all: Vec<PlanItem> = rows(ground.records);
    all.retain(|item| {
        let is_coming = item.due().is_some_and(|due| day <= due && due <= last) && item.done().is_none_or(|d| d > day);
        is_coming && item.unit().is_some_and(|unit| here.iter().any(|code| *code == unit))
    });
    all.arrange_by_key(|item| item.due());
    let several = !matches!(ground.asked.scope, Scope::Unit(_));
    let told = all.into_iter().take(MOST).filter_map(|item| {
        let href = Address::from(Route::Record(item.id().to_owned())).hash();
        let unit = match several {
            true => show::unit_name(ground.records, item.unit()?),
            false => String::new(),
        };
        let say = Say::words(unit)
            .link(item.goal()?, href)
            .and(format!("，{}前完成。", date(item.due()?)));
        Some((format!("item.{}", item.id()), say))
    });
    told.collect()
}
