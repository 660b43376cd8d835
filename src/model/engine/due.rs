//! What is due: what has to be done, by whom, by which day, by which rule.
//!
//! A [`DueKind`] is one rule and finds in the records of a unit everything that it makes due. A deadline is computed on a
//! day, never stored; what stands in records is that it was met, or that it does not apply. Lists of what falls short
//! ([`gap`](super::gap)) take their late entries from here, so a deadline is worked out in one place.

use crate::model::date::Day;
use crate::model::engine::indicator::{Ctx, RecordRef};
use crate::model::ledger::{Programme, Schema, TypedRow};

/// Who has to do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// The party committee of the township and its office.
    Office,
    /// The leader in contact with the district.
    Leader,
    /// The guide of party building (党建指导员).
    Guide,
    /// The party organisation of the unit.
    Unit,
}

impl Who {
    /// All of them, in display order.
    pub const ALL: [Who; 4] = [Who::Office, Who::Leader, Who::Guide, Who::Unit];

    /// 镇党委（党建办）, 片区班子成员, 党建指导员 or 村（社区）.
    pub const fn label(self) -> &'static str {
        match self {
            Who::Office => "镇党建办",
            Who::Leader => "片区班子成员",
            Who::Guide => "党建指导员",
            Who::Unit => "村（社区）",
        }
    }

    /// Code in addresses and in the output of the command line.
    pub fn code(self) -> &'static str {
        match self {
            Who::Office => "office",
            Who::Leader => "leader",
            Who::Guide => "guide",
            Who::Unit => "unit",
        }
    }
}

/// How a deadline stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Its last day has passed.
    Late,
    /// Its day of reminder has come.
    Soon,
    /// Neither.
    Ahead,
    /// It was met.
    Done,
    /// Somebody recorded that it does not apply.
    Waived,
}

impl State {
    /// Every state, the most urgent first.
    pub const ALL: [State; 5] = [State::Late, State::Soon, State::Ahead, State::Done, State::Waived];

    /// 已逾期, 将到期, 未到, 已办 or 不适用.
    pub fn label(self) -> &'static str {
        match self {
            State::Late => "已逾期",
            State::Soon => "将到期",
            State::Ahead => "未到",
            State::Done => "已办",
            State::Waived => "不适用",
        }
    }

    /// Code in addresses and in the output of the command line.
    pub fn code(self) -> &'static str {
        match self {
            State::Late => "late",
            State::Soon => "soon",
            State::Ahead => "ahead",
            State::Done => "done",
            State::Waived => "waived",
        }
    }

    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        matches!(self, State::Late | State::Soon | State::Ahead)
    }
}

/// One rule that makes things due.
pub struct DueKind {
    /// Stable id.
    pub id: &'static str,
    /// Programme; `None` for what belongs to none.
    pub programme: Option<Programme>,
    /// What has to be done: `片区联系`.
    pub what: &'static str,
    /// Where the rule stands: document and article, or the rule of the town.
    pub source: &'static str,
    /// Ledger in which it is met, and the text of the button that leads there.
    pub place: (&'static str, &'static str),
    /// Ledgers whose records the rule reads.
    pub reads: &'static [&'static Schema],
    /// It is asked once for the whole town, not of each unit.
    pub of_town: bool,
    find: fn(&Ctx, &mut Dues),
}

impl PartialEq for DueKind {
    fn eq(&self, other: &DueKind) -> bool {
        self.id == other.id
    }
}

impl Eq for DueKind {}

impl std::fmt::Debug for DueKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// A rule: its id and programme, what has to be done, its source, the ledger and the button, what it reads.
pub const fn kind(
    (id, programme): (&'static str, Option<Programme>),
    what: &'static str,
    source: &'static str,
    place: (&'static str, &'static str),
    reads: &'static [&'static Schema],
    find: fn(&Ctx, &mut Dues),
) -> DueKind {
    DueKind {
        id,
        programme,
        what,
        source,
        place,
        reads,
        of_town: false,
        find,
    }
}

impl DueKind {
    /// A rule about what belongs to no unit.
    pub const fn of_town(mut self) -> DueKind {
        self.of_town = true;
        self
    }
}

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The rule.
    pub kind: &'static DueKind,
    /// Who has to do it.
    pub who: Who,
    /// Unit code; empty for what the town does for all.
    pub unit: String,
    /// The record it is about; `None` for what recurs in a unit.
    pub record: Option<RecordRef>,
    /// Tells deadlines of one record or unit apart: the field of a step, a month `2026-11`; may be empty.
    pub key: String,
    /// Named by its unit although it is about a record, because it is due before there is one.
    pub of_unit: bool,
    /// What exactly, where the rule has several: `派人谈话`, `11月 支部委员会会议`.
    pub step: String,
    /// Article, where it differs from step to step: `第七条`.
    pub article: &'static str,
    /// The day it counts from.
    pub since: Option<Day>,
    /// First day on which it can be done.
    pub earliest: Option<Day>,
    /// Last day in time.
    pub due: Day,
    /// The day from which it is announced.
    pub remind: Day,
    /// The day it was done.
    pub done: Option<Day>,
    /// Ledger whose new record meets it, where that is not the one of the rule.
    pub cure: Option<&'static str>,
    /// Fields that the record which meets it begins with, beside unit and reference.
    pub fills: Vec<(&'static str, String)>,
    /// Why it does not apply.
    pub waived: Option<String>,
}

impl Due {
    /// How it stands on a day.
    pub fn state(&self, today: Day) -> State {
        match self.done {
            Some(done) if done <= today => State::Done,
            _ if self.waived.is_some() => State::Waived,
            _ if self.due < today => State::Late,
            _ if self.remind <= today => State::Soon,
            _ => State::Ahead,
        }
    }

    /// Names it for as long as the record and the rule exist: `contact:421223100207`, `development:d1:talked`.
    pub fn id(&self) -> String {
        let record = self.record.as_ref().filter(|_| !self.of_unit);
        let of = record.map_or(self.unit.as_str(), |record| &record.id);
        match self.key.as_str() {
            "" => format!("{}:{of}", self.kind.id),
            key => format!("{}:{of}:{key}", self.kind.id),
        }
    }

    /// `《细则》第七条`: the source with its article.
    pub fn rule(&self) -> String {
        format!("{}{}", self.kind.source, self.article)
    }
}

/// Days for which something is announced before its last day, where the rule does not say.
pub const LEAD: i32 = 15;

/// The deadlines of one unit under construction.
pub struct Dues<'a> {
    kind: &'static DueKind,
    unit: &'a str,
    /// Nothing that was done before this day is kept.
    done_since: Day,
    found: Vec<Due>,
    /// How many there were, those that were done long ago included.
    whole: usize,
}

/// What a rule says of one deadline. Blank: by the unit, no step, nothing done.
#[derive(Clone, Debug)]
pub struct Entry {
    who: Who,
    record: Option<RecordRef>,
    key: String,
    of_unit: bool,
    step: String,
    article: &'static str,
    since: Option<Day>,
    earliest: Option<Day>,
    due: Day,
    lead: i32,
    done: Option<Day>,
    cure: Option<&'static str>,
    fills: Vec<(&'static str, String)>,
}

/// A deadline by the unit on a day.
pub fn by(due: Day) -> Entry {
    Entry {
        who: Who::Unit,
        record: None,
        key: String::new(),
        of_unit: false,
        step: String::new(),
        article: "",
        since: None,
        earliest: None,
        due,
        lead: LEAD,
        done: None,
        cure: None,
        fills: Vec::new(),
    }
}

impl Entry {
    /// By somebody else.
    #[must_use]
    pub fn who(mut self, who: Who) -> Entry {
        self.who = who;
        self
    }

    /// About a record.
    #[must_use]
    pub fn about<'r, R: TypedRow<'r>>(mut self, row: R) -> Entry {
        self.record = Some(RecordRef {
            ledger: R::SCHEMA.id,
            id: row.cells().id().into(),
        });
        self
    }

    /// One of several: a key that stays, and its words.
    #[must_use]
    pub fn step(mut self, key: impl Into<String>, step: impl Into<String>) -> Entry {
        self.key = key.into();
        self.step = step.into();
        self
    }

    /// Named by the unit whether there is a record yet or not: what was recorded of it, and its entry in the calendars of
    /// phones, stay when the record begins.
    #[must_use]
    pub fn of_unit(mut self) -> Entry {
        self.of_unit = true;
        self
    }

    /// By an article of the source.
    #[must_use]
    pub fn article(mut self, article: &'static str) -> Entry {
        self.article = article;
        self
    }

    /// Counted from a day.
    #[must_use]
    pub fn since(mut self, since: Option<Day>) -> Entry {
        self.since = since;
        self
    }

    /// Not before a day.
    #[must_use]
    pub fn earliest(mut self, earliest: Option<Day>) -> Entry {
        self.earliest = earliest;
        self
    }

    /// Announced so many days before.
    #[must_use]
    pub fn lead(mut self, days: i32) -> Entry {
        self.lead = days;
        self
    }

    /// Done on a day.
    #[must_use]
    pub fn done(mut self, done: Option<Day>) -> Entry {
        self.done = done;
        self
    }

    /// Met by a new record in which a field says this.
    #[must_use]
    pub fn fills(mut self, field: &'static str, value: impl Into<String>) -> Entry {
        self.fills.push((field, value.into()));
        self
    }

    /// Met by a new record of another ledger.
    #[must_use]
    pub fn cure(mut self, ledger: &'static str) -> Entry {
        self.cure = Some(ledger);
        self
    }
}

impl Dues<'_> {
    /// Adds one. What was done long ago is counted and not kept.
    pub fn add(&mut self, entry: Entry) {
        self.whole += 1;
        if entry.done.is_some_and(|done| done < self.done_since) {
            return;
        }
        let due = Due {
            kind: self.kind,
            who: entry.who,
            unit: self.unit.to_owned(),
            record: entry.record,
            key: entry.key,
            of_unit: entry.of_unit,
            step: entry.step,
            article: entry.article,
            since: entry.since,
            earliest: entry.earliest,
            due: entry.due,
            remind: entry.due.plus_days(-entry.lead.max(0)),
            done: entry.done,
            cure: entry.cure,
            fills: entry.fills,
            waived: None,
        };
        self.found.push(due);
    }

    /// Something that could have been late and is not due: counted for shares.
    pub fn also(&mut self) {
        self.whole += 1;
    }
}

/// What a person recorded as not applying in a unit: ids of deadlines with the reason.
pub type Waivers = Vec<(String, String)>;

/// The deadlines that a rule finds in a unit, and how many there were in all. What was done before `done_since` is left
/// out.
pub fn find(kind: &'static DueKind, ctx: &Ctx, waivers: &Waivers, done_since: Day) -> (Vec<Due>, usize) {
    let mut dues = Dues {
        kind,
        unit: &ctx.unit.code,
        done_since,
        found: Vec::new(),
        whole: 0,
    };
    (kind.find)(ctx, &mut dues);
    if !waivers.is_empty() {
        for due in &mut dues.found {
            let id = due.id();
            due.waived = waivers.iter().find(|(of, _)| *of == id).map(|(_, why)| why.clone());
        }
    }
    (dues.found, dues.whole)
}
