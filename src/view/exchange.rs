//! Files as they are previewed, and who has reported: units by district.

use super::fill::{changed_since_report, last_report, returned_plans};
use super::route::{Address, Route};
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

/// The parts of the page 收发.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// What comes in.
    In,
    /// What goes out.
    Out,
    /// What came and went.
    Log,
}

impl Tab {
    /// Its key in the address.
    pub const KEY: &'static str = "tab";

    /// The one that an address means. Who fills in for one village sends from 填报 and has nothing to give out.
    pub fn of(address: &Address, village: bool) -> Tab {
        let all = Tab::all(village).iter();
        let named = address.get(Self::KEY).unwrap_or_default();
        all.copied().find(|tab| tab.code() == named).unwrap_or(Tab::In)
    }

    /// Those that are shown, in their order.
    pub fn all(village: bool) -> &'static [Tab] {
        match village {
            true => &[Tab::In, Tab::Log],
            false => &[Tab::In, Tab::Out, Tab::Log],
        }
    }

    fn code(self) -> &'static str {
        match self {
            Tab::In => "",
            Tab::Out => "out",
            Tab::Log => "log",
        }
    }

    /// `收`, `发`, `记录`.
    pub fn label(self) -> &'static str {
        match self {
            Tab::In => "收",
            Tab::Out => "发",
            Tab::Log => "记录",
        }
    }

    /// Its address.
    pub fn address(self) -> Address {
        Address::from(Route::Merge).with(Self::KEY, self.code())
    }
}

/// What the office has to do about a unit, in the order in which it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its report or file is here.
    Here,
    /// A plan of it was sent back and has not come again.
    Returned,
    /// It changed something after its report.
    Changed,
    /// Nothing is here.
    Missing,
}

impl Standing {
    /// All, in their order.
    pub const ALL: [Standing; 4] = [Self::Here, Self::Returned, Self::Changed, Self::Missing];

    /// `已报`, `被退回` …
    pub fn label(self) -> &'static str {
        match self {
            Self::Here => "已报",
            Self::Returned => "被退回",
            Self::Changed => "报后又改",
            Self::Missing => "未报",
        }
    }

    /// Its mark.
    pub fn status(self) -> Status {
        match self {
            Self::Here => Status::Done,
            Self::Returned => Status::Late,
            Self::Changed => Status::Warn,
            Self::Missing => Status::None,
        }
    }
}

/// A unit on a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitCell {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub status: Status,
    /// What is to be done about it.
    pub standing: Standing,
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
        let here = |unit: &&UnitCell| unit.standing != Standing::Missing;
        self.units.iter().filter(here).count()
    }
}

impl DistrictRow {
    /// Whether nobody is to be reminded.
    pub fn is_settled(&self) -> bool {
        self.units.iter().all(|unit| unit.standing == Standing::Here)
    }
}

/// How many units of a board stand in each way.
pub fn standings(rows: &[DistrictRow]) -> [(Standing, usize); 4] {
    let units = || rows.iter().flat_map(|row| &row.units);
    Standing::ALL.map(|standing| (standing, units().filter(|unit| unit.standing == standing).count()))
}

/// How a unit stands: mark, what is to be done, a word, a sentence.
type Told = (Status, Standing, String, String);

/// The units that stand today, by district in the order of the districts; `cell` says how each is.
fn by_district(replica: &Replica, cell: impl Fn(&str) -> Told) -> Vec<DistrictRow> {
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
            let (status, standing, word, told) = cell(unit.id());
            UnitCell {
                code: unit.id().to_owned(),
                name: show::name(unit.name().unwrap_or(unit.id())),
                status,
                standing,
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
        let here = |status, word: &str, told| (status, Standing::Here, word.to_owned(), told);
        match (came, effect) {
            (true, _) if refused => here(Status::Late, "拒收", told),
            (true, Effect { pending: 1.., .. }) => here(Status::Late, "待确认", told),
            (true, Effect { conflicts: 1.., .. }) => here(Status::Warn, "不同", told),
            (true, Effect { new: 0, changed: 0, .. }) => here(Status::Done, "无新", "没有新内容".to_owned()),
            (true, effect) => here(Status::Done, &format!("+{}", effect.new + effect.changed), told),
            (false, _) => (
                Status::None,
                Standing::Missing,
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

/// Who has reported for a task, who has something to correct, who changed something since.
pub fn reports(replica: &Replica, task: &str, today: Day) -> Vec<DistrictRow> {
    let due = task_of(replica, task).and_then(|task| task.due());
    let all = rows::<Submission>(replica);
    by_district(replica, |code| {
        let returned = returned_plans(replica, code).len();
        let back = match returned {
            0 => String::new(),
            count => format!("，{count} 份计划退回待改"),
        };
        let Some(day) = last_report(replica, code, task) else {
            let late = due.map_or(0, |due| today.since(due)).max(0);
            let told = match late {
                0 => format!("未报{back}"),
                late => format!("未报，已逾期 {late} 天{back}"),
            };
            return (Status::None, Standing::Missing, "未报".to_owned(), told);
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
        let when = match late {
            0 => when,
            late => format!("{when}，迟 {late} 天"),
        };
        let told = |standing: Standing, told| (standing.status(), standing, standing.label().to_owned(), told);
        match (returned, changed_since_report(replica, code, task)) {
            (1.., _) => told(Standing::Returned, format!("{when}{back}")),
            (_, later @ 1..) => told(Standing::Changed, format!("{when}，报后又改了 {later} 处")),
            _ if late > 0 => (Status::Warn, Standing::Here, format!("迟 {late} 天"), when),
            _ if partly => (Status::Warn, Standing::Here, "未填全".to_owned(), when),
            _ => told(Standing::Here, when),
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

/// Who is reminded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Everybody.
    All,
    /// The units of a district, by its name.
    District(String),
    /// One unit, by its code.
    Unit(String),
}

impl Whom {
    fn is(&self, district: &DistrictRow, unit: &UnitCell) -> bool {
        match self {
            Self::All => true,
            Self::District(name) => district.name == *name,
            Self::Unit(code) => unit.code == *code,
        }
    }
}

/// A polite reminder: who has not reported, who has to correct something, who changed something since; `None` if nobody.
pub fn reminder(replica: &Replica, task: &str, rows: &[DistrictRow], whom: &Whom) -> Option<String> {
    let wanted = rows
        .iter()
        .flat_map(|row| row.units.iter().map(move |unit| (row, unit)));
    let wanted: Vec<&UnitCell> = wanted
        .filter(|(row, unit)| unit.standing != Standing::Here && whom.is(row, unit))
        .map(|(_, unit)| unit)
        .collect();
    let first = *wanted.first()?;
    let told = task_of(replica, task)?;
    let due = told.due().map(|due| {
        let (year, month, day) = due.ymd();
        format!("{year}年{month}月{day}日前")
    });
    let title = told.title().unwrap_or("上报任务");
    let (period, due) = (told.period().unwrap_or("不限"), due.as_deref().unwrap_or("尽快"));
    if let Whom::Unit(_) = whom {
        let asks = match first.standing {
            Standing::Returned => "有计划退回修改，请按退回意见改好后再报一次",
            Standing::Changed => "上报后又改过内容，请再报一次",
            _ => "还没有收到，请填好后上报",
        };
        return Some(format!(
            "{}书记：“{title}”（统计期 {period}，{due}）{asks}，谢谢。",
            first.name
        ));
    }
    let of = |standing: Standing, words: &str| {
        let names = wanted.iter().filter(|unit| unit.standing == standing);
        let names: Vec<&str> = names.map(|unit| unit.name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{} 个村（社区）{words}：{}。", names.len(), names.join("、")))
    };
    let parts = [
        of(Standing::Missing, "未报"),
        of(Standing::Returned, "有计划退回修改，请改好后再报一次"),
        of(Standing::Changed, "报后又改过，请再报一次"),
    ];
    let parts: String = parts.into_iter().flatten().collect();
    Some(format!(
        "各位书记：“{title}”（统计期 {period}）请{due}上报。目前有 {parts}填好后上报即可，谢谢。"
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
