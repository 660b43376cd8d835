//! 情况通报: what is ahead and what is late. Names of units stand in it only where the town shows ranks.

use super::block::{Block, Density};
use super::ground::{Figures, Ground, date};
use super::kind::{Kind, Of};
use super::pen::{Pen, Say};
use super::supervision::document_number;
use crate::model::engine::indicator::{Scope, UnitAt};
use crate::model::ledger::Programme;
use crate::model::programmes::town::rules::{PAPER_CODE, RANKING};
use crate::model::status::Status;
use crate::view::format;
use crate::view::route::{Address, Route};
use crate::view::standing::standing;

/// 情况通报.
pub const BULLETIN: Kind = Kind {
    id: "bulletin",
    label: "情况通报",
    whom: "发各村（社区）；打开“显示排名”时才写出单位名称",
    of: &[Of::Town, Of::District],
    period: true,
    density: Density::Norm,
    make,
};

fn make(ground: &Ground) -> Result<Vec<Block>, String> {
    let figures = ground.figures();
    if figures.now.frame().units_in(&ground.asked.scope).next().is_none() {
        return Err("没有村（社区），没有可以通报的".to_owned());
    }
    let names = RANKING.get(&ground.settings);
    let period = ground.asked.period.label();
    let mut pen = Pen::default();
    pen.title(format!("关于{period}五项工程推进情况的通报"));
    let code = PAPER_CODE.get(&ground.settings);
    if !code.is_empty() {
        pen.number(document_number(ground, code));
    }
    pen.addressee("各村（社区）党组织");
    pen.text(
        "opening",
        format!(
            "现将{}{period}五项工程推进情况通报如下，数据截至{}。",
            ground.here(),
            date(ground.day)
        ),
    );
    pen.heading(1, "stands", "推进情况");
    for programme in Programme::ALL {
        let page = Address::from(Route::Programme(programme)).hash();
        let say =
            Say::words(programme.full_name()).with(counted(&figures, &ground.asked.scope, programme, names, &page));
        pen.say(&format!("stands.{}", programme.id()), say);
    }
    pen.heading(1, "late", "需要抓紧的工作");
    if figures.todo.is_empty() {
        pen.text("late.none", "没有超过期限或需要跟进的事项。");
    }
    let items = figures.todo.iter().map(|item| {
        let mut say = Say::default().link(&item.title, &item.list_href);
        if names && !item.detail.is_empty() {
            say = say.and("：").and(&item.detail);
        }
        (format!("gap.{}", item.id), say.and("。"))
    });
    pen.list("late.list", items.collect());
    pen.heading(1, "asks", "工作要求");
    let late = figures.todo.iter().filter(|item| item.is_overdue).count();
    let asks = match (late, figures.todo.is_empty()) {
        (0, true) => "请各村（社区）按计划继续推进各项工作。".to_owned(),
        (0, false) => "请有关村（社区）对照上述事项逐项落实，按期办结。".to_owned(),
        (late, _) => {
            let rest = if late < figures.todo.len() {
                "；其余事项按期办结"
            } else {
                ""
            };
            format!("请有关村（社区）对{late}类逾期事项逐项查明原因、定出办结日期{rest}。")
        }
    };
    pen.text("asks.text", asks);
    pen.signed(ground.signature(), date(ground.asked.today));
    Ok(pen.done())
}

/// A whole progress, in tenths of a percent.
const WHOLE: i64 = 1_000;

/// How many units are 正常, 预警, 滞后 and silent in a programme, with their names where ranks are shown.
fn counted(figures: &Figures, scope: &Scope, programme: Programme, names: bool, page: &str) -> Say {
    let units: Vec<&UnitAt> = figures.now.frame().units_in(scope).collect();
    let of = |unit: &UnitAt| {
        standing(
            &figures.now,
            &figures.overdue,
            programme,
            &Scope::Unit(unit.code.clone()),
        )
        .status
    };
    let lights: Vec<Status> = units.iter().map(|unit| of(unit)).collect();
    let with = |status: Status| {
        let those = units.iter().zip(&lights).filter(|(_, light)| **light == status);
        those.map(|(unit, _)| unit.name.as_str()).collect::<Vec<_>>()
    };
    let all = with(Status::None).len();
    if all == units.len() {
        return Say::words("没有填报。");
    }
    let progress = figures.now.progress(programme, scope).map_or_else(
        || "没有可评的指标".to_owned(),
        |p| format!("总进度{}", format::whole(p)),
    );
    let mut say = Say::default()
        .link(progress, page)
        .and(format!("，{}个村（社区）中", units.len()));
    let kinds = [
        (Status::Ok, "正常"),
        (Status::Done, "完成"),
        (Status::Warn, "预警"),
        (Status::Late, "滞后"),
        (Status::None, "没有填报"),
    ];
    let mut words = Vec::new();
    for (status, word) in kinds {
        let those = with(status);
        // Who is behind is named where ranks are shown, and who entered nothing as well.
        let named = names && matches!(status, Status::Late | Status::None) && !those.is_empty();
        match (those.len(), named) {
            (0, _) => {}
            (count, false) => words.push(format!("{word}的{count}个")),
            (count, true) => words.push(format!("{word}的{count}个（{}）", those.join("、"))),
        }
    }
    say = say.link(words.join("，"), page);
    // Who is ahead is told as well.
    let scope_of = |unit: &UnitAt| Scope::Unit(unit.code.clone());
    let is_whole = |unit: &&&UnitAt| {
        figures
            .now
            .progress(programme, &scope_of(unit))
            .is_some_and(|p| p >= WHOLE)
    };
    let ahead: Vec<&str> = units.iter().filter(is_whole).map(|unit| unit.name.as_str()).collect();
    match (ahead.len(), names) {
        (0, _) => say.and("。"),
        (count, _) if count == units.len() => say.and("；进度都达到100%。"),
        (count, false) => say.and("；进度达到100%的").link(format!("{count}个"), page).and("。"),
        (count, true) => say
            .and("；进度达到100%的")
            .link(format!("{count}个（{}）", ahead.join("、")), page)
            .and("。"),
    }
}
