//! 催报通知: which units have not reported, before the due day.

use super::block::{Block, Density, Run};
use super::ground::{Ground, date};
use super::kind::{Kind, Of};
use super::pen::{Pen, Say};
use super::report::unit_link;
use crate::model::date::Day;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{Dispatch, Submission};
use crate::model::records::rows;
use crate::view::route::{Address, Route};
use crate::view::{overview, period, show};

/// 催报通知.
pub const REMINDER: Kind = Kind {
    id: "reminder",
    label: "催报通知",
    whom: "发给还没有上报的村（社区），在截止日期前用；一项下发任务一份",
    of: &[Of::Town, Of::District, Of::Record(Dispatch::SCHEMA)],
    period: false,
    density: Density::Norm,
    make,
};

/// The list of units that have not reported.
const OPEN: &str = "还没有上报的村（社区）名单";

fn make(ground: &Ground) -> Result<Vec<Block>, String> {
    let tasks = tasks(ground);
    if tasks.is_empty() {
        return Err("没有下发过填报任务，没有可以催报的".to_owned());
    }
    let mut pen = Pen::default();
    let mut any = false;
    for task in tasks {
        any |= one(&mut pen, ground, task);
    }
    match any {
        true => Ok(pen.done()),
        false => Err(format!("{}的村（社区）都已上报，不用催报", ground.here())),
    }
}

fn tasks<'a>(ground: &Ground<'a>) -> Vec<Dispatch<'a>> {
    let mut all: Vec<Dispatch> = rows(ground.records);
    match &ground.asked.record {
        Some(record) => all.retain(|task| task.id() == record),
        // Without one, those that are still open.
        None => all.retain(|task| task.due().is_none_or(|due| due.plus_days(31) >= ground.asked.today)),
    }
    all
}

/// Writes the notice of a task; `false` where every unit has reported.
fn one(pen: &mut Pen, ground: &Ground, task: Dispatch) -> bool {
    let sent: Vec<Submission> = rows(ground.records);
    let has_sent = |code: &str| {
        sent.iter().any(|s| {
            s.unit() == Some(code)
                && s.task() == Some(task.id())
                && s.date().is_none_or(|day| day <= ground.asked.today)
        })
    };
    let roster = ground.roster();
    let all: Vec<_> = roster.units_in(&ground.asked.scope).collect();
    let open: Vec<_> = all
        .iter()
        .filter(|unit| !unit.codes.iter().any(|code| has_sent(code)))
        .collect();
    if open.is_empty() {
        return false;
    }
    pen.begin(task.id());
    let title = task.title().unwrap_or("填报任务");
    pen.title(format!("关于抓紧上报“{title}”的通知"));
    pen.addressee("有关村（社区）党组织");
    let ledgers: Vec<&str> = task
        .ledgers()
        .iter()
        .map(|id| catalogue().get(id).map_or(&**id, |ledger| ledger.label))
        .collect();
    let what = match ledgers.is_empty() {
        true => String::new(),
        false => format!("，填报内容为{}", ledgers.join("、")),
    };
    let period = task
        .period()
        .map_or_else(String::new, |p| format!("{}的", period_words(p)));
    pen.text(
        "what",
        format!(
            "镇里下发了{period}“{title}”{what}。{}",
            due_words(task.due(), ground.asked.today)
        ),
    );
    let count = format!(
        "应上报的{}个村（社区）中，已上报{}个，还没有上报{}个",
        all.len(),
        all.len() - open.len(),
        open.len()
    );
    let record = Address::from(Route::Record(task.id().to_owned())).hash();
    let say = Say::words(format!("截至{}，", date(ground.asked.today))).link(count, record);
    pen.say("count", say.and("（名单附后）。请抓紧填报，有困难的及时告诉镇党建办。"));
    // What is attached is named above the signature, and has a page of its own (GB/T 9704—2012, 7.3.4 and 7.3.9).
    pen.attached(&[OPEN]);
    pen.signed(ground.signature(), date(ground.asked.today));
    pen.annex("open.title", OPEN);
    let row = |(at, unit): (usize, &&&crate::model::engine::indicator::UnitAt)| {
        let leader = overview::leader_name(ground.records, &unit.district, ground.asked.today);
        vec![
            Run::plain((at + 1).to_string()),
            unit_link(ground, &unit.code),
            Run::plain(show::district_name(ground.records, &unit.district)),
            Run::plain(leader.unwrap_or_default()),
        ]
    };
    pen.table(
        "open",
        &["序号", "村（社区）", "片区", "联系领导"],
        &[1, 3, 3, 3],
        open.iter().enumerate().map(row).collect(),
    );
    true
}

/// A period as running text writes it: `2022-01至2022-11` is `2022年1月至2022年11月`; what is none stays.
fn period_words(text: &str) -> String {
    let part = |part: &str| period::parse(part).map_or_else(|| part.to_owned(), |period| period.label());
    text.split('至')
        .map(|own| part(own.trim()))
        .collect::<Vec<_>>()
        .join("至")
}

/// The due day: ahead, today or past.
fn due_words(due: Option<Day>, today: Day) -> String {
    let Some(due) = due else {
        return "请尽快上报。".to_owned();
    };
    match due.since(today) {
        0 => format!("截止日期为{}，就是今天。", date(due)),
        left if left > 0 => format!("截止日期为{}，还有{left}天。", date(due)),
        past => format!("截止日期为{}，已超过{}天。", date(due), -past),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_written_out() {
        for (text, said) in [
            ("2022-01至2022-11", "2022年1月至2022年11月"),
            ("2022-h1", "2022年上半年"),
            ("十一月", "十一月"),
        ] {
            assert_eq!(period_words(text), said);
        }
    }

    #[test]
    fn the_due_day_is_ahead_today_or_past() {
        let day = |text| Day::parse(text).expect("a day");
        let today = day("2022-11-22");
        assert_eq!(
            due_words(Some(day("2022-11-25")), today),
            "截止日期为2022年11月25日，还有3天。"
        );
        assert_eq!(due_words(Some(today), today), "截止日期为2022年11月22日，就是今天。");
        assert_eq!(
            due_words(Some(day("2022-11-20")), today),
            "截止日期为2022年11月20日，已超过2天。"
        );
        assert_eq!(due_words(None, today), "请尽快上报。");
    }
}
