//! Files as they are previewed, and who has reported: units by district.

use super::fill::last_report;
use super::show;
use crate::exchange::preview::Effect;
use crate::exchange::{Outcome, Preview, Purpose};
use crate::model::date::Day;
use crate::model::ledger::TypedRow;
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{Dispatch, Submission, Unit};
use crate::model::records::{Records, rows};
use crate::model::status::Status;
use crate::order::Arrange;
use crate::replica::{Record, RecordIx, Replica};

/// A unit on a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitCell {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub status: Status,
    /// In a word or two: `+9`, `未报`.
    pub word: String,
    /// The same in a sentence.
    pub told: String,
}

/// The units of a district on a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictRow {
    /// Name of the district; empty for units of none.
    pub name: String,
    /// Its units.
    pub units: Vec<UnitCell>,
}

impl DistrictRow {
    /// Units that have reported.
    pub fn reported(&self) -> usize {
        self.units.iter().filter(|unit| unit.status != Status::None).count()
    }
}

/// The units that stand today, by district in the order of the districts; `cell` says how each is.
fn by_district(replica: &Replica, cell: impl Fn(&str) -> (Status, String, String)) -> Vec<DistrictRow> {
    let districts = show::districts(replica);
    let mut units = rows::<Unit>(replica);
    units.arrange_by_key(|u| u.id());
    units.retain(|unit| unit.until().is_none());
    let mut out = Vec::new();
    let ids = districts
        .iter()
        .map(|d| (d.id(), show::name(d.name().unwrap_or(d.id()))))
        .chain([("", show::NO_DISTRICT.to_owned())]);
    for (id, name) in ids {
        let known = |district: &str| districts.iter().any(|d| d.id() == district);
        let inside = |unit: &&Unit| match replica.district_of(unit.id()).filter(|district| known(district)) {
            Some(district) => district == id,
            None => id.is_empty(),
        };
        let cells = units.iter().filter(inside).map(|unit| {
            let (status, word, told) = cell(unit.id());
            UnitCell {
                code: unit.id().to_owned(),
                name: show::name(unit.name().unwrap_or(unit.id())),
                status,
                word,
                told,
            }
        });
        let units: Vec<UnitCell> = cells.collect();
        if !units.is_empty() {
            out.push(DistrictRow { name, units });
        }
    }
    out
}

/// What a batch brings, by district: a unit stands as reported when a report of it is among the files.
pub fn previewed(replica: &Replica, preview: &Preview) -> Vec<DistrictRow> {
    // In a town that is still empty the files bring the units.
    let frame = if rows::<Unit>(replica).is_empty() {
        &preview.after
    } else {
        replica
    };
    by_district(frame, |code| {
        let mut effect = Effect::default();
        let mut came = false;
        let mut refused = false;
        for file in &preview.files {
            let names_it = file.header.as_ref().is_some_and(|header| {
                header.purpose == Purpose::Report
                    && header
                        .scope
                        .units
                        .iter()
                        .any(|unit| frame.stands_for("unit", unit) == code)
            });
            came |= names_it;
            refused |= names_it && matches!(file.outcome, Outcome::Refused(_));
            if let Some(own) = file.units.get(code) {
                came = true;
                effect.new += own.new;
                effect.changed += own.changed;
                effect.conflicts += own.conflicts;
                effect.pending += own.pending;
            }
        }
        let told = format!(
            "新增 {}，修改 {}，填得不同 {}，待确认 {}",
            effect.new, effect.changed, effect.conflicts, effect.pending
        );
        match (came, effect) {
            (true, _) if refused => (Status::Late, "拒收".to_owned(), told),
            (true, Effect { pending: 1.., .. }) => (Status::Late, "待确认".to_owned(), told),
            (true, Effect { conflicts: 1.., .. }) => (Status::Warn, "不同".to_owned(), told),
            (true, Effect { new: 0, changed: 0, .. }) => (Status::Done, "无新".to_owned(), "没有新内容".to_owned()),
            (true, effect) => (Status::Done, format!("+{}", effect.new + effect.changed), told),
            (false, _) => (
                Status::None,
                "没有文件".to_owned(),
                "这批文件里没有这个单位的".to_owned(),
            ),
        }
    })
}

/// Records that a batch makes disputed or leaves waiting and that were not so before.
pub fn to_look_at(before: &Replica, after: &Replica) -> Vec<RecordIx> {
    let known = super::conflicts::items(before, None);
    let mut out = super::conflicts::items(after, None);
    out.retain(|&ix| {
        let twin = after
            .record(ix)
            .and_then(|record| before.find_ix(after.ledger_id(record), &record.id));
        twin.is_none_or(|twin| !known.contains(&twin))
    });
    out
}

/// Who has reported for a task.
pub fn reports(replica: &Replica, task: &str, today: Day) -> Vec<DistrictRow> {
    let due = task_of(replica, task).and_then(|task| task.due());
    let all = rows::<Submission>(replica);
    by_district(replica, |code| {
        let Some(day) = last_report(replica, code, task) else {
            let late = due.map_or(0, |due| today.since(due)).max(0);
            let told = if late > 0 {
                format!("未报，已逾期 {late} 天")
            } else {
                "未报".to_owned()
            };
            return (Status::None, "未报".to_owned(), told);
        };
        let mut own = all
            .iter()
            .filter(|r| r.unit() == Some(code) && r.task() == Some(task) && r.date() == Some(day));
        let report = own.next_back();
        let by = report.and_then(|r| r.by()).unwrap_or_default();
        let share = report
            .and_then(|r| Some(format!("，已填 {}/{}", r.filled()?, r.asked()?)))
            .unwrap_or_default();
        let late = due.map_or(0, |due| day.since(due)).max(0);
        let partly = report.is_some_and(|r| r.filled().zip(r.asked()).is_some_and(|(filled, asked)| filled < asked));
        let when = format!("{day} 上报{}{by}{share}", if by.is_empty() { "" } else { "，" });
        match (late, partly) {
            (1.., _) => (Status::Warn, format!("迟 {late} 天"), format!("{when}，迟 {late} 天")),
            (_, true) => (Status::Warn, "未填全".to_owned(), when),
            _ => (Status::Done, "已报".to_owned(), when),
        }
    })
}

fn task_of<'a>(replica: &'a Replica, id: &str) -> Option<Dispatch<'a>> {
    replica.find(Dispatch::SCHEMA, id).map(Dispatch::of)
}

/// The tasks, the latest due first: id and title.
pub fn tasks(replica: &Replica) -> Vec<(String, String)> {
    let mut all = rows::<Dispatch>(replica);
    all.arrange_by_key(|task| (std::cmp::Reverse(task.due()), task.id()));
    let named = |task: &Dispatch| (task.id().to_owned(), task.title().unwrap_or("未命名任务").to_owned());
    all.iter().map(named).collect()
}

/// A polite reminder to those of a district (all if empty) that have not reported; `None` if all have.
pub fn reminder(replica: &Replica, task: &str, rows: &[DistrictRow], district: &str) -> Option<String> {
    let wanted = rows.iter().filter(|row| district.is_empty() || row.name == district);
    let missing = wanted
        .flat_map(|row| &row.units)
        .filter(|unit| unit.status == Status::None);
    let names: Vec<&str> = missing.map(|unit| unit.name.as_str()).collect();
    if names.is_empty() {
        return None;
    }
    let told = task_of(replica, task)?;
    let due = told.due().map(|due| {
        let (year, month, day) = due.ymd();
        format!("{year}年{month}月{day}日前")
    });
    Some(format!(
        "各位书记：“{}”（统计期 {}）请{}上报。目前还有 {} 个村（社区）未报：{}。填好后在“填报”页导出上报文件发来即可，谢谢。",
        told.title().unwrap_or("上报任务"),
        told.period().unwrap_or("不限"),
        due.as_deref().unwrap_or("尽快"),
        names.len(),
        names.join("、"),
    ))
}

/// What is said while pieces of a text are missing.
pub fn pieces_wait(here: usize, all: usize, missing: &[usize]) -> String {
    let numbers: Vec<String> = missing.iter().map(usize::to_string).collect();
    format!(
        "已收到 {here} 段，共 {all} 段，还缺第 {} 段。请接着粘贴，先后不限。",
        numbers.join("、")
    )
}

/// Names of the units a file speaks of; a device that does not know them yet learns them from the file itself, so
/// `after` is what would be here after merging it.
pub fn unit_names(here: &Replica, after: &Replica, codes: &[String]) -> String {
    let known = |code: &String| {
        if here.find(Unit::SCHEMA, code).is_some() {
            here
        } else {
            after
        }
    };
    let names: Vec<String> = codes.iter().map(|code| show::unit_name(known(code), code)).collect();
    names.join("、")
}

/// How many records are nothing but what was changed of them later: the import that brought them is withdrawn, so they have
/// neither a unit nor anything of their title.
pub fn remnants(replica: &Replica) -> usize {
    let is_remnant = |record: &Record| {
        let ledger = catalogue()
            .get(replica.ledger_id(record))
            .filter(|ledger| !ledger.system);
        ledger.is_some_and(|ledger| {
            let names = ledger.title.iter().chain(&["unit"]);
            let mut slots = names.filter_map(|name| ledger.slot(name));
            record.is_live() && !ledger.title.is_empty() && slots.all(|slot| record.shown(slot).is_blank())
        })
    };
    replica.all_records().filter(|(_, record)| is_remnant(record)).count()
}

/// What is said of them after an import was withdrawn; nothing without.
pub fn remnants_told(count: usize) -> String {
    match count {
        0 => String::new(),
        count => {
            format!("。其中 {count} 条后来又改过，现在只剩改的内容，台账里显示为“--”：请补全或删除，也可以恢复这次合并")
        }
    }
}
