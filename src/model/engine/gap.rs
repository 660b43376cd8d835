//! What is missing or late: the gap lists of every programme, with the sentences of 需要跟进.
//!
//! A gap is computed from records on a day, never stored. Its entries name the unit and, where
//! there is one, the record; the order is fixed: 已逾期 first, then by day, then as declared.

use crate::model::date::Day;
use crate::model::engine::due::{self, Due, DueKind, State, Waivers};
use crate::model::engine::indicator::{Ctx, Lists, Period, RecordRef, Scope, UnitAt};
use crate::model::ledger::{Programme, TypedRow};
use crate::model::records::Records;
use crate::model::settings::{Rule, Settings};
use crate::model::status::Status;
use crate::order::Arrange;

/// One unit or record that falls short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Unit code.
    pub unit: String,
    /// Unit name.
    pub name: String,
    /// 社区 rather than 村.
    pub community: bool,
    /// The record concerned; `None`: the unit has none.
    pub record: Option<RecordRef>,
    /// Days without contact, days behind, days waiting.
    pub days: Option<i32>,
    /// Last day on which it would have been in time.
    pub due: Option<Day>,
    /// What is late about the record, where the sentence does not say it: the step of a file.
    pub step: Option<String>,
    /// Ledger whose new record puts this one right, where the record itself has nothing to correct.
    pub cure: Option<&'static str>,
    /// The unit has no record of the programme at all: whether it falls short is not known.
    pub unknown: bool,
}

/// A list of entries of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Stable id.
    pub id: &'static str,
    /// Programme.
    pub programme: Programme,
    /// Ledger in which it is put right.
    pub ledger: &'static str,
    /// Text of the button: 记联系.
    pub action: &'static str,
    /// 滞后 when something is overdue or too much is missing, else 预警.
    pub status: Status,
    /// One sentence without a full stop: `3 个村超过 30 天没有片区联系`.
    pub title: String,
    /// The sentence without its count: `超过 30 天没有片区联系`.
    pub says: String,
    /// Measure word of an entry; empty: units are counted.
    pub measure: &'static str,
    /// Who: `蛤蟆石村 46 天、渣冲村 38 天、菖蒲村 31 天`.
    pub detail: String,
    /// Earliest day by which it was or is due.
    pub due: Option<Day>,
    /// Everything behind the sentence, worst first.
    pub entries: Vec<Entry>,
}

impl Gap {
    /// `已逾期`, `今天`, `11-25 到期`, or empty where nothing is due.
    pub fn when(&self, as_of: Day) -> String {
        match self.due {
            None => String::new(),
            Some(due) if due < as_of => "已逾期".to_string(),
            Some(due) if due == as_of => "今天".to_string(),
            Some(due) => {
                let (_, month, day) = due.ymd();
                format!("{month:02}-{day:02} 到期")
            }
        }
    }

    /// Whether something should have been done before `as_of`.
    pub fn overdue(&self, as_of: Day) -> bool {
        self.due.is_some_and(|due| due < as_of)
    }
}

/// How a kind of gap is found and said.
pub struct Finder {
    id: &'static str,
    programme: Programme,
    ledger: &'static str,
    action: &'static str,
    /// Measure word of an entry; empty: units are counted.
    measure: &'static str,
    /// The rest of the sentence after the count; the rule stands for `#`.
    says: &'static str,
    number: Option<&'static Rule<i32>>,
    find: fn(&Ctx, &mut Found),
}

impl Finder {
    /// Stable id of the kind of gap.
    pub const fn id(&self) -> &'static str {
        self.id
    }
}

/// A kind of gap: its id and programme, the ledger where it is put right and the text of the button that leads there,
/// the measure word and the rest of the sentence after the count (`#` stands for the value of the rule `number`).
pub const fn finder(
    id: &'static str,
    programme: Programme,
    (ledger, action): (&'static str, &'static str),
    (measure, says): (&'static str, &'static str),
    number: Option<&'static Rule<i32>>,
    find: fn(&Ctx, &mut Found),
) -> Finder {
    Finder {
        id,
        programme,
        ledger,
        action,
        measure,
        says,
        number,
        find,
    }
}

/// What the days of an entry count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// From its last day in time.
    Late,
    /// From the day from which the deadline was counted.
    Since,
    /// Nothing.
    Nothing,
}

/// Entries of one unit under construction.
pub struct Found<'a> {
    ctx: &'a Ctx<'a>,
    waivers: &'a Waivers,
    entries: Vec<Entry>,
    /// What could have fallen short: for the share.
    pub whole: usize,
}

impl Found<'_> {
    fn add(&mut self, record: Option<RecordRef>, days: Option<i32>, due: Option<Day>) {
        let unit = self.ctx.unit;
        self.entries.push(Entry {
            unit: unit.code.clone(),
            name: unit.name.clone(),
            community: unit.community,
            record,
            days,
            due,
            step: None,
            cure: None,
            unknown: false,
        });
    }

    /// The deadlines of a rule that were not done, and all of them counted.
    pub fn dues(&mut self, kind: &'static DueKind) -> Vec<Due> {
        let today = self.ctx.span.to;
        let (mut dues, whole) = due::find(kind, self.ctx, self.waivers, today);
        self.whole += whole;
        dues.retain(|due| due.state(today).is_open());
        dues
    }

    /// A deadline that falls short, with what its days count.
    pub fn due(&mut self, due: Due, days: Days) {
        let today = self.ctx.span.to;
        let days = match days {
            Days::Late => Some(today.since(due.due)),
            Days::Since => due.since.map(|since| today.since(since)),
            Days::Nothing => None,
        };
        self.add(due.record, days, Some(due.due));
        if let (Some(entry), Some(_)) = (self.entries.last_mut(), due.cure) {
            entry.cure = due.cure;
        }
    }

    /// Names what is late about the entry added last.
    pub fn because(&mut self, step: String) {
        if let Some(entry) = self.entries.last_mut() {
            entry.step = Some(step);
        }
    }

    /// Every deadline of a rule that is late.
    pub fn late(&mut self, kind: &'static DueKind, days: Days) {
        let today = self.ctx.span.to;
        for due in self.dues(kind) {
            if due.state(today) == State::Late {
                self.due(due, days);
            }
        }
    }

    /// Every deadline of a rule that is late or was announced.
    pub fn coming(&mut self, kind: &'static DueKind, days: Days) {
        let today = self.ctx.span.to;
        for due in self.dues(kind) {
            if due.state(today) != State::Ahead {
                self.due(due, days);
            }
        }
    }

    /// The unit has nothing.
    pub fn lacks(&mut self) {
        self.add(None, None, None);
    }

    /// A record falls short.
    pub fn short<'r, R: TypedRow<'r>>(&mut self, row: R, days: Option<i32>, due: Option<Day>) {
        let record = RecordRef {
            ledger: R::SCHEMA.id,
            id: row.cells().id().into(),
        };
        self.add(Some(record), days, due);
    }
}

/// Share of what could fall short from which a gap is 滞后.
#[rustfmt::skip]
pub const PERCENT: Rule<i32> = Rule::whole("rule.gap_percent", "缺口滞后线", "%", "30", "缺口占应有数达到百分之多少时由预警转为滞后");

/// Names listed before `等`.
const LISTED: usize = 3;

/// Reads what was recorded as not applying in a unit.
pub type WaiversOf = fn(&dyn Records, &UnitAt) -> Waivers;

/// Everything to follow up in a scope on a day, most urgent first.
pub fn gaps(
    (lists, waivers): (&Lists, WaiversOf),
    finders: &[&[Finder]],
    records: &dyn Records,
    as_of: Day,
    scope: &Scope,
) -> Vec<Gap> {
    let settings = (lists.settings)(records);
    let roster = (lists.roster)(records, as_of);
    let span = Period::Year(as_of.year()).span(as_of);
    let units: Vec<(&UnitAt, Waivers)> = roster
        .units_in(scope)
        .map(|unit| (unit, waivers(records, unit)))
        .collect();
    let mut all: Vec<Gap> = finders
        .iter()
        .copied()
        .flatten()
        .filter_map(|finder| {
            let mut entries = Vec::new();
            let mut whole = 0;
            for (unit, waivers) in &units {
                let ctx = Ctx {
                    records,
                    unit,
                    span,
                    settings: &settings,
                };
                let mut found = Found {
                    ctx: &ctx,
                    waivers,
                    entries: Vec::new(),
                    whole: 0,
                };
                (finder.find)(&ctx, &mut found);
                let lacks = |e: &&mut Entry| e.record.is_none() && e.due.is_none();
                if found.entries.iter_mut().any(|e| lacks(&e))
                    && lists.is_silent(records, finder.programme, &unit.codes)
                {
                    found.entries.iter_mut().filter(lacks).for_each(|e| e.unknown = true);
                }
                whole += found.whole;
                entries.append(&mut found.entries);
            }
            (!entries.is_empty()).then(|| gap(finder, entries, whole, as_of, &settings))
        })
        .collect();
    // Stable: gaps of equal urgency keep the order of declaration.
    all.arrange_by_key(|g| (!g.overdue(as_of), g.status, g.due.is_none(), g.due));
    all
}

fn gap(finder: &Finder, mut entries: Vec<Entry>, whole: usize, as_of: Day, settings: &Settings) -> Gap {
    // Stable: entries of equal days keep the order of units.
    entries.arrange_by_key(|e| (std::cmp::Reverse(e.days), e.due.is_none(), e.due));
    let due = entries.iter().filter_map(|e| e.due).min();
    let overdue = due.is_some_and(|d| d < as_of);
    let percent = usize::try_from(PERCENT.get(settings)).unwrap_or(0);
    // What is due later has not failed, and of who entered nothing it is not known.
    let has_failed = |e: &&Entry| !e.unknown && e.due.is_none_or(|d| d < as_of);
    let failed = entries.iter().filter(has_failed).count();
    let many = whole > 0 && failed > 0 && failed * 100 >= whole * percent;
    let noun = if finder.measure.is_empty() {
        units_noun(&entries)
    } else {
        finder.measure
    };
    let says = match finder.number {
        Some(rule) => finder.says.replace('#', &rule.get(settings).to_string()),
        None => finder.says.to_owned(),
    };
    Gap {
        id: finder.id,
        programme: finder.programme,
        ledger: finder.ledger,
        action: finder.action,
        status: if overdue || many { Status::Late } else { Status::Warn },
        title: format!("{} {noun}{says}", entries.len()),
        says,
        measure: finder.measure,
        detail: detail(&entries, finder.measure),
        due,
        entries,
    }
}

fn units_noun(entries: &[Entry]) -> &'static str {
    match (
        entries.iter().any(|e| e.community),
        entries.iter().any(|e| !e.community),
    ) {
        (true, false) => "个社区",
        (false, true) => "个村",
        _ => "个村（社区）",
    }
}

/// Units with their days, or with their number of entries, worst first.
fn detail(entries: &[Entry], measure: &str) -> String {
    let mut units: Vec<(&str, usize, &Entry)> = Vec::new();
    for entry in entries {
        match units.iter_mut().find(|(name, ..)| *name == entry.name) {
            Some((_, count, _)) => *count += 1,
            None => units.push((&entry.name, 1, entry)),
        }
    }
    let several = units.iter().any(|(_, count, _)| *count > 1);
    if several {
        units.arrange_by_key(|(_, count, _)| std::cmp::Reverse(*count));
    }
    let unit_word = measure.chars().next().map(String::from).unwrap_or_default();
    let said: Vec<String> = units
        .iter()
        .take(LISTED)
        .map(|(name, count, entry)| match (&entry.step, entry.days) {
            _ if several => format!("{name} {count} {unit_word}"),
            (Some(step), Some(days)) => format!("{name}{step} {days} 天"),
            (None, Some(days)) => format!("{name} {days} 天"),
            (_, None) => (*name).to_string(),
        })
        .collect();
    let more = if units.len() > LISTED {
        format!("等 {} 个单位", units.len())
    } else {
        String::new()
    };
    format!("{}{more}", said.join("、"))
}
