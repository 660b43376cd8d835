//! Rules of the town's frame.

use super::calendar::{holiday, supervision};
use crate::model::engine::check::{Check, Found, Look};
use crate::model::ledger::{Cells, TypedRow as _};
use crate::model::programmes::town::ledgers::{
    Branch, BranchKind, Honour, HonourKind, JointCommittee, Leader, Pilot, Progress, ScoreItem, ScoreItemWay,
    ScoreMark, ScoreSheet, Unit, UnitMove,
};
use crate::model::records::rows;
use crate::model::unit_code;
use crate::model::value::Decimal;

pub const CHECKS: &[Check] = &[
    ("unit", unit),
    ("unit_move", unit_move),
    ("leader", leader),
    ("branch", branch),
    ("joint_committee", joint_committee),
    ("pilot", pilot),
    ("honour", honour),
    ("score_sheet", score_sheet),
    ("score_item", score_item),
    ("score_mark", score_mark),
    ("holiday", holiday),
    ("supervision", supervision),
];

fn unit(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Unit::of(cells);
    unit_code(row, look, found);
    found.order((row.since(), "设立日期"), (row.until(), "撤并日期"), "until");
    let heir = row.merged_into();
    found.error(
        heir == Some(cells.id()) && heir.is_some(),
        "merged_into",
        "并入的是自己",
        "选接续的村（社区）",
    );
    found.error(
        heir.is_some() && row.until().is_none(),
        "until",
        "填了并入，没有填撤并日期",
        "填写撤并日期",
    );
}

/// A code is twelve digits and names one unit; one that was dissolved may have left it to its heir.
fn unit_code(row: Unit, look: &Look, found: &mut Found) {
    let Some(code) = row.code() else { return };
    match unit_code::read(code) {
        Err(why) => found.error(true, "code", "统计用区划代码填得不对", &why),
        Ok(Some(read)) if read.is_mended => {
            found.error(
                true,
                "code",
                "统计用区划代码填得不对",
                &format!("请写成 {}", read.digits),
            );
        }
        Ok(_) => {}
    }
    let other = rows::<Unit>(look.records)
        .into_iter()
        .find(|o| o.id() != row.id() && o.until().is_none() && o.code() == Some(code));
    if let Some(other) = other.filter(|_| row.until().is_none()) {
        let todo = format!("{code} 已是{}的代码，请核对", other.name().unwrap_or(other.id()));
        found.error(true, "code", "统计用区划代码重复", &todo);
    }
}

fn unit_move(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = UnitMove::of(cells);
    let unit: Option<Unit> = look.find(row.unit());
    let until = unit.and_then(|u| u.until());
    let gone = until.zip(row.date()).is_some_and(|(until, date)| until <= date);
    found.error(gone, "date", "这个村（社区）在这一天之前已经撤并", "核对日期");
}

/// One leader for one district at a time (T12).
fn leader(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Leader::of(cells);
    found.order((row.since(), "联系起始"), (row.until(), "联系截止"), "until");
    let Some(district) = row.district() else { return };
    let other = rows::<Leader>(look.records).into_iter().find(|o| {
        let apart = |a: Leader, b: Leader| a.until().zip(b.since()).is_some_and(|(until, since)| until <= since);
        o.id() != row.id() && o.district() == Some(district) && !apart(row, *o) && !apart(*o, row)
    });
    if let Some(other) = other {
        let what = format!("这个片区同时由{}联系", other.name().unwrap_or("另一名班子成员"));
        found.warning(true, "district", what, "交接时先填前任的联系截止日期");
    }
}

fn branch(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Branch::of(cells);
    found.order((row.since(), "成立日期"), (row.until(), "撤销日期"), "until");
    let few = BranchKind::Branch.is(row.kind()) && row.members().is_some_and(|n| n < 3);
    found.warning(few, "members", "党支部正式党员不足 3 名", "不足 3 名的可成立联合党支部");
    let many = BranchKind::Branch.is(row.kind()) && row.members().is_some_and(|n| n > 50);
    found.warning(many, "members", "党支部党员超过 50 名", "一般不超过 50 名，可设党总支");
}

fn joint_committee(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = JointCommittee::of(cells);
    found.order((row.since(), "成立日期"), (row.until(), "撤销日期"), "until");
    found.warning(
        row.units().len() == 1,
        "units",
        "联合党委只有一个成员单位",
        "选两个以上的村（社区）",
    );
}

fn pilot(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Pilot::of(cells);
    found.order((row.since(), "启动日期"), (row.done(), "完成日期"), "done");
    let open = Progress::Done.is(row.state()) && row.done().is_none();
    found.warning(open, "done", "进展为已完成，没有完成日期", "填写完成日期");
}

fn honour(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Honour::of(cells);
    let nobody = HonourKind::Person.is(row.kind()) && row.person().is_none();
    found.error(nobody, "person", "个人荣誉没有填获得者", "填写获得者");
    let future = row.year().is_some_and(|y| y > look.today.year());
    found.error(future, "year", "年度在今年之后", "核对年度");
}

fn score_sheet(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = ScoreSheet::of(cells);
    let above = |low: Option<Decimal>, high: Option<Decimal>| low.zip(high).is_some_and(|(low, high)| low >= high);
    let todo = "优秀、良好、一般的分数线依次降低";
    let good = above(row.good(), row.excellent());
    found.error(good, "good", "良好的分数线不低于优秀", todo);
    let fair = above(row.fair(), row.good()) || above(row.fair(), row.excellent());
    found.error(fair, "fair", "一般的分数线不低于良好", todo);
}

fn score_item(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = ScoreItem::of(cells);
    let by_indicator = ScoreItemWay::Indicator.is(row.way());
    let without = by_indicator && row.indicator().is_none();
    found.error(without, "indicator", "按指标完成情况评分，没有选指标", "选一项指标");
    let none = !ScoreItemWay::Deduct.is(row.way()) && row.points() == Some(Decimal::ZERO);
    found.error(none, "points", "分值是 0", "填这一项的分值");
}

fn score_mark(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = ScoreMark::of(cells);
    let item: Option<ScoreItem> = look.find(row.item());
    let most = item.and_then(|item| item.points()).filter(|most| *most > Decimal::ZERO);
    for (points, field, word) in [
        (row.self_points(), "self_points", "自评分"),
        (row.points(), "points", "评定分"),
    ] {
        if let Some((points, most)) = points.zip(most) {
            let what = format!("{word} {points} 多于这一项的 {most} 分");
            found.error(points > most, field, what, "核对分数");
        }
    }
    let unsaid = row.points().is_some() && row.reason().is_none();
    found.error(unsaid, "reason", "评定了分数，没有写理由", "写明评定理由");
}
