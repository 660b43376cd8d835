//! What needs a hand and what is new: follow-ups, changes since the last visit, how fresh the data of units is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::route::{Address, Programme, Route, key};
use super::{charts, filter, record, show};
use crate::model::date::{Day, Instant};
use crate::model::engine::gap::{Entry, Gap};
use crate::model::engine::indicator::{RecordRef, Roster, Scope};
use crate::model::ledger::{Catalogue, Kind, Ledger};
use crate::model::programmes::catalogue;
use crate::model::programmes::gaps;
use crate::model::records::Records;
use crate::model::status::Status;
use crate::order::Arrange;
use crate::replica::Record;
use crate::replica::{ChangeIx, Replica};

/// The query key of the programme page that opens one list of gaps.
pub const GAP: &str = "gap";

/// One follow-up: a sentence, who, until when, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowVm {
    /// Id of the kind of gap.
    pub id: &'static str,
    /// The programme it belongs to.
    pub programme: Programme,
    /// 滞后 or 预警.
    pub status: Status,
    /// `3 个村超过 30 天没有片区联系`.
    pub title: String,
    /// `蛤蟆石村 46 天、渣冲村 38 天`.
    pub detail: String,
    /// `已逾期`, `11-25 到期`; empty where nothing is due.
    pub when: String,
    /// Whether something should have been done before.
    pub is_overdue: bool,
    /// The button's words.
    pub action: &'static str,
    /// Where the button leads: a form, a record or its ledger.
    pub act_href: String,
    /// Where all entries stand.
    pub list_href: String,
    /// What is behind it.
    gap: Arc<Gap>,
    /// The day it is looked at.
    day: Day,
}

impl FollowVm {
    /// How many entries there are.
    pub fn count(&self) -> usize {
        self.gap.entries.len()
    }

    /// The first `most` entries, worst first.
    pub fn entries(&self, records: &dyn Records, catalogue: &Catalogue, most: usize) -> Vec<EntryVm> {
        let some = self.gap.entries.iter().take(most);
        some.map(|e| entry(records, catalogue, &self.gap, e, self.day))
            .collect()
    }

    /// Codes of the units that are late, once for each entry.
    pub fn late(&self) -> impl Iterator<Item = &str> {
        let late = self.gap.entries.iter().filter(|e| is_late(&self.gap, e, self.day));
        late.map(|e| e.unit.as_str())
    }

    /// What lies past its day, a unit after the other, the longest first; nothing where nothing is overdue.
    pub fn overdue_by_unit(&self) -> Vec<LateVm> {
        let mut out: Vec<LateVm> = Vec::new();
        for entry in &self.gap.entries {
            let Some(due) = entry.due.filter(|due| *due < self.day) else {
                continue;
            };
            let found = out.iter().position(|late| late.code == entry.unit);
            let at = found.unwrap_or_else(|| {
                out.push(LateVm::new(entry, due));
                out.len() - 1
            });
            let Some(late) = out.get_mut(at) else { continue };
            late.due = late.due.min(due);
            late.records.extend(entry.record.as_ref().map(|r| r.id.to_string()));
            let step = entry.step.as_ref().filter(|step| !late.steps.contains(step));
            late.steps.extend(step.cloned());
            late.count += 1;
        }
        for late in &mut out {
            late.what = match self.gap.measure {
                "" => self.gap.says.clone(),
                measure => format!("{} {measure}{}", late.count, self.gap.says),
            };
        }
        out
    }

    /// The address and the words of what puts the first entry right whose record is one of some; `None` where it is about
    /// none of them.
    pub fn about(&self, catalogue: &Catalogue, is_one: impl Fn(&str, &str) -> bool) -> Option<(String, &'static str)> {
        let about = |e: &&Entry| e.record.as_ref().is_some_and(|r| is_one(r.ledger, &r.id));
        let found = self.gap.entries.iter().find(about)?;
        let acts = adds(&self.gap) || found.cure.is_some();
        let record = found
            .record
            .as_ref()
            .map(|r| Address::from(Route::Record(r.id.to_string())).hash());
        let href = if acts {
            form_href(&self.gap, catalogue, found)
        } else {
            record?
        };
        let action = found
            .cure
            .and_then(|l| catalogue.get(l))
            .map_or(self.gap.action, |l| l.verb);
        Some((href, action))
    }

    /// Whether one of the entries has a form that puts it right.
    pub fn acts(&self) -> bool {
        adds(&self.gap) || self.gap.entries.iter().any(|e| e.cure.is_some())
    }
}

/// What a unit is late with in one follow-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateVm {
    /// Code of the unit.
    pub code: String,
    /// The matter, without the unit: `2 名流动党员超过 90 天没有联系`.
    pub what: String,
    /// The earliest day by which it was due.
    pub due: Day,
    /// Ids of the records concerned; none where the unit has none.
    pub records: Vec<String>,
    /// Steps that are late, where the matter does not say it.
    pub steps: Vec<String>,
    count: usize,
}

impl LateVm {
    fn new(entry: &Entry, due: Day) -> LateVm {
        LateVm {
            code: entry.unit.clone(),
            what: String::new(),
            due,
            records: Vec::new(),
            steps: Vec::new(),
            count: 0,
        }
    }
}

/// One unit or record behind a follow-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryVm {
    /// Name of the unit.
    pub unit: String,
    /// Its code.
    pub code: String,
    /// Whether it should have been done before, or too many are like it.
    pub is_late: bool,
    /// Address of the unit.
    pub unit_href: String,
    /// Title and address of the record; `None` where the unit has none.
    pub record: Option<(String, String)>,
    /// Id of the ledger of the record.
    pub ledger: Option<&'static str>,
    /// `46 天`; empty where days do not count.
    pub days: String,
    /// `2022-11-10`; empty without.
    pub due: String,
    /// The form that puts this one right, with its unit and record filled in; `None` where the record itself is
    /// looked at.
    pub act_href: Option<String>,
    /// The words of that form's link.
    pub action: &'static str,
}

/// The follow-ups of a scope on a day, most urgent first.
pub fn follow_ups(records: &dyn Records, catalogue: &Catalogue, day: Day, scope: &Scope) -> Vec<FollowVm> {
    let found = gaps(records, day, scope).into_iter();
    found.map(|gap| follow_up(catalogue, day, gap)).collect()
}

fn follow_up(catalogue: &Catalogue, day: Day, gap: Gap) -> FollowVm {
    let list = Address::from(Route::Programme(gap.programme)).with(GAP, gap.id);
    FollowVm {
        id: gap.id,
        programme: gap.programme,
        status: gap.status,
        title: gap.title.clone(),
        detail: gap.detail.clone(),
        when: gap.when(day),
        is_overdue: gap.overdue(day),
        action: match gap.entries.as_slice() {
            [Entry { cure: Some(cure), .. }] => catalogue.get(cure).map_or(gap.action, |l| l.verb),
            _ => gap.action,
        },
        act_href: act_href(&gap, catalogue),
        list_href: list.hash(),
        gap: Arc::new(gap),
        day,
    }
}

/// Whether an entry should have been right before the day, or too many are like it; who entered nothing is not late.
fn is_late(gap: &Gap, entry: &Entry, day: Day) -> bool {
    !entry.unknown && entry.due.map_or(gap.status == Status::Late, |due| due < day)
}

/// Whether the gap is put right by a new record, rather than by looking at one (`看…`).
fn adds(gap: &Gap) -> bool {
    !gap.action.starts_with('看')
}

/// The form of the gap's ledger, with the unit and the record that the entry is about filled in.
fn form_href(gap: &Gap, catalogue: &Catalogue, entry: &Entry) -> String {
    let to = entry.cure.unwrap_or(gap.ledger);
    form_of(catalogue, to, &entry.unit, entry.record.as_ref()).hash()
}

/// The form of a new record of a ledger, with the unit and the record that it is about filled in.
pub fn form_of(catalogue: &Catalogue, to: &str, unit: &str, record: Option<&RecordRef>) -> Address {
    let mut form = Address::from(Route::NewRecord(to.to_owned()));
    let Some(ledger) = catalogue.get(to) else {
        return form;
    };
    if ledger.field("unit").is_some() {
        form = form.with("f.unit", unit);
    }
    if let Some(record) = record
        && let Some((_, field)) = ledger
            .slots()
            .find(|(_, f)| f.kind == Kind::Ref && f.target == record.ledger)
    {
        form = form.with(&format!("{}{}", key::FILTER, field.name), &record.id);
    }
    form
}

/// `看…` opens the one record or the ledger, narrowed to the one unit; every other verb opens the form.
fn act_href(gap: &Gap, catalogue: &Catalogue) -> String {
    let first = gap.entries.first();
    if let ([only], Some(_)) = (gap.entries.as_slice(), first.and_then(|e| e.cure)) {
        return form_href(gap, catalogue, only);
    }
    if adds(gap) {
        return match gap.entries.as_slice() {
            [only] => form_href(gap, catalogue, only),
            _ => Address::from(Route::NewRecord(gap.ledger.to_owned())).hash(),
        };
    }
    if let ([only], Some(record)) = (gap.entries.as_slice(), first.and_then(|e| e.record.as_ref()))
        && !only.unit.is_empty()
    {
        return Address::from(Route::Record(record.id.to_string())).hash();
    }
    let one_unit = first.filter(|f| gap.entries.iter().all(|e| e.unit == f.unit));
    let ledger = Address::from(Route::Ledger(gap.ledger.to_owned()));
    match one_unit {
        Some(entry) => ledger.with("f.unit", &entry.unit).hash(),
        None => ledger.hash(),
    }
}

fn entry(records: &dyn Records, catalogue: &Catalogue, gap: &Gap, entry: &Entry, day: Day) -> EntryVm {
    let record = entry.record.as_ref().and_then(|r| {
        let ledger = catalogue.get(r.ledger)?;
        let title = show::title(records, catalogue, ledger, records.find(ledger.schema, &r.id)?);
        let href = Address::from(Route::Record(r.id.to_string())).hash();
        let step = entry.step.as_ref().map_or_else(String::new, |s| format!("，{s}逾期"));
        Some((format!("{}：{title}{step}", ledger.label), href))
    });
    EntryVm {
        unit: entry.name.clone(),
        code: entry.unit.clone(),
        is_late: is_late(gap, entry, day),
        unit_href: Address::from(Route::Unit(entry.unit.clone())).hash(),
        record,
        ledger: entry.record.as_ref().map(|r| r.ledger),
        days: entry.days.map_or_else(String::new, |d| format!("{d} 天")),
        due: entry.due.map_or_else(String::new, |d| d.to_string()),
        act_href: (adds(gap) || entry.cure.is_some()).then(|| form_href(gap, catalogue, entry)),
        action: entry.cure.and_then(|l| catalogue.get(l)).map_or(gap.action, |l| l.verb),
    }
}

/// `6 件事需要跟进，其中 2 件已逾期`, or that there is nothing.
pub fn follow_words(all: &[FollowVm]) -> String {
    follow_words_with(all, 0)
}

/// The same with other things that need a hand and are not overdue.
pub fn follow_words_with(all: &[FollowVm], others: usize) -> String {
    let late = all.iter().filter(|f| f.is_overdue).count();
    match (all.len() + others, late) {
        (0, _) => "没有需要跟进的事".to_owned(),
        (n, 0) => format!("{n} 件事需要跟进"),
        (n, l) => format!("{n} 件事需要跟进，其中 {l} 件已逾期"),
    }
}

/// A polite text for a chat with everything that needs a hand in a district or unit, one line each.
pub fn reminder(name: &str, todo: &[FollowVm]) -> String {
    let line = |(place, item): (usize, &FollowVm)| {
        let when = if item.when.is_empty() {
            String::new()
        } else {
            format!("（{}）", item.when)
        };
        let who = if item.detail.is_empty() {
            String::new()
        } else {
            format!("：{}", item.detail)
        };
        format!("\n{}. {}{who}{when}", place + 1, item.title)
    };
    let lines: String = todo.iter().enumerate().map(line).collect();
    format!(
        "{name}有 {} 件事请跟进：{lines}\n办好后请在台账里登记，谢谢。",
        todo.len()
    )
}

/// Something that was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentVm {
    /// `片区联系：谢家坳村 …`; with more records in one save, how many.
    pub what: String,
    /// Who and when.
    pub by: String,
    /// Address of the record.
    pub href: String,
}

/// Changes looked at for each that is told, since several may be told together.
const LOOKED: usize = 12;

/// The latest changes up to the end of a day, newest first.
pub fn recent(replica: &Replica, day: Day, most: usize) -> Vec<RecentVm> {
    let end = Instant::after(day);
    let mut latest: Vec<ChangeIx> = Vec::new();
    let changes = 0..u32::try_from(replica.change_count()).unwrap_or(u32::MAX);
    // A short list kept in order: the whole is never sorted.
    for change in changes.filter(|c| replica.head(*c).at < end) {
        let place = latest.partition_point(|&c| replica.display_order(c, change).is_gt());
        if place < most * LOOKED {
            latest.insert(place, change);
            latest.truncate(most * LOOKED);
        }
    }
    let mut groups: Vec<Vec<(ChangeIx, &Record, &'static Ledger)>> = Vec::new();
    for change in latest {
        let Some((record, ledger)) = first_record(replica, change) else {
            continue;
        };
        let same = |group: &&mut Vec<(ChangeIx, &Record, &'static Ledger)>| {
            let (last, _, of) = group[0];
            of.id == ledger.id && replica.tag_of(last) == replica.tag_of(change)
        };
        match groups.last_mut().filter(same) {
            Some(group) => group.push((change, record, ledger)),
            None => groups.push(vec![(change, record, ledger)]),
        }
    }
    groups
        .into_iter()
        .take(most)
        .map(|group| told(replica, &group))
        .collect()
}

/// The record that a change is told by.
fn first_record(replica: &Replica, change: ChangeIx) -> Option<(&Record, &'static Ledger)> {
    let written = &replica.head(change).records;
    written.iter().find_map(|ix| {
        let record = replica.record(*ix).filter(|r| r.is_live())?;
        let ledger = catalogue().get(replica.ledger_id(record)).filter(|l| !l.system)?;
        Some((record, ledger))
    })
}

/// What somebody entered one after the other in one ledger is told together: `片区联系：4 次`.
fn told(replica: &Replica, group: &[(ChangeIx, &Record, &'static Ledger)]) -> RecentVm {
    let (change, record, ledger) = group[0];
    if group.len() > 1 {
        return RecentVm {
            what: format!("{}：{} {}", ledger.label, group.len(), ledger.counted),
            by: record::source(replica, change),
            href: Address::from(Route::Ledger(ledger.id.to_owned())).hash(),
        };
    }
    let written = &replica.head(change).records;
    let title = show::title(replica, catalogue(), ledger, record);
    let unit = replica.unit_of(record);
    let unit = if unit.is_empty() {
        String::new()
    } else {
        show::unit_name(replica, unit)
    };
    let words = [unit.as_str(), title.as_str()]
        .into_iter()
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>();
    let more = if written.len() > 1 {
        format!("等 {} 条", written.len())
    } else {
        String::new()
    };
    RecentVm {
        what: format!("{}：{}{more}", ledger.label, words.join(" ")),
        by: record::source(replica, change),
        href: Address::from(Route::Record(record.id.to_string())).hash(),
    }
}

/// When a unit last sent something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreshVm {
    /// Code of the unit.
    pub code: String,
    /// Name of the unit.
    pub name: String,
    /// The day of its last entry; `None` if there is none.
    pub last: Option<Day>,
    /// Days since then.
    pub days: Option<i32>,
    /// Fresh, old or nothing at all.
    pub status: Status,
    /// Address of the unit.
    pub href: String,
}

/// Days without an entry from which a unit warns, and from which it is behind.
const OLD: (i32, i32) = (30, 60);

/// How fresh the data of every unit is on a day, the oldest first: when something about it was last entered, by itself
/// or by the office for it.
pub fn freshness(replica: &Replica, frame: &Roster, day: Day) -> Vec<FreshVm> {
    let mut last: BTreeMap<&str, Instant> = BTreeMap::new();
    let end = Instant::after(day);
    for change in 0..u32::try_from(replica.change_count()).unwrap_or(u32::MAX) {
        let at = replica.head(change).at;
        if at >= end {
            continue;
        }
        let own = replica.device(replica.tag_of(change)).map_or("", |d| &*d.unit);
        let about = replica.head(change).records.iter().filter_map(|ix| {
            let record = replica.record(*ix)?;
            let ledger = catalogue()
                .get(replica.ledger_id(record))
                .filter(|l| l.programme.is_some())?;
            (!ledger.system).then(|| replica.unit_of(record))
        });
        for unit in about.chain([own]).filter(|unit| !unit.is_empty()) {
            let latest = last.entry(unit).or_insert(at);
            *latest = (*latest).max(at);
        }
    }
    let fresh = |unit: &crate::model::engine::indicator::UnitAt| {
        let own = unit.codes.iter().filter_map(|c| last.get(c.as_str()));
        let last = own.max().map(|at| at.office().0);
        let days = last.map(|l| day.since(l));
        FreshVm {
            code: unit.code.clone(),
            name: unit.name.clone(),
            last,
            days,
            status: match days {
                None => Status::None,
                Some(d) if d > OLD.1 => Status::Late,
                Some(d) if d > OLD.0 => Status::Warn,
                Some(_) => Status::Ok,
            },
            href: Address::from(Route::Unit(unit.code.clone())).hash(),
        }
    };
    let mut all: Vec<FreshVm> = frame.units.iter().map(fresh).collect();
    all.arrange_by_key(|f| (f.last.is_some(), f.last));
    all
}

/// How fresh the whole is, in a line.
pub fn fresh_words(all: &[FreshVm]) -> String {
    let old = all.iter().filter(|f| f.status != Status::Ok).count();
    match (all.first(), old) {
        (None, _) => "还没有村（社区）".to_owned(),
        (Some(oldest), 0) => {
            let days = oldest.days.unwrap_or(0);
            format!(
                "{} 个村（社区）{} 天内都有填报，最久{} {days} 天",
                all.len(),
                OLD.0,
                oldest.name
            )
        }
        (_, n) => format!("{n} 个村（社区）超过 {} 天没有填报", OLD.0),
    }
}

/// The list that a follow-up of one unit opens in a ledger.
pub fn unit_ledger(ledger: &'static crate::model::ledger::Ledger, code: &str) -> String {
    charts::ledger_href(ledger.schema, &[("unit", code)])
}

/// The list that a figure of one district opens in a ledger.
pub fn district_ledger(ledger: &'static crate::model::ledger::Ledger, id: &str) -> String {
    charts::ledger_href(ledger.schema, &[(filter::DISTRICT, id)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::programmes::sample::town;
    use crate::model::programmes::schemas;
    use crate::replica::seed::seed;

    /// What the office entered one after the other in one ledger stands in one line.
    #[test]
    fn changes_of_one_kind_are_told_together() {
        let mut replica = Replica::new(schemas());
        replica.merge_all(seed(&schemas(), &town(&SampleOptions::default())));
        let told = recent(&replica, as_of(), 5);
        assert_eq!(told.len(), 5);
        for two in told.windows(2) {
            let who = |told: &RecentVm| {
                let (what, by) = (told.what.split('：').next(), told.by.split(" · ").next());
                (what.map(str::to_owned), by.map(str::to_owned))
            };
            assert_ne!(who(&two[0]), who(&two[1]), "{two:?}");
        }
        assert!(told.iter().any(|t| t.href.starts_with("#/l/")), "{told:?}");
    }
    use crate::model::programmes::sample::{SampleOptions, as_of, sheet};

    /// T13: three villages without a contact for more than 30 days, each leading on.
    #[test]
    fn t13_silent_villages_are_listed() {
        let records = sheet(&SampleOptions::default());
        let catalogue = crate::model::programmes::catalogue();
        let all = follow_ups(&records, catalogue, as_of(), &Scope::Town);
        let contact = all.iter().find(|f| f.id == "contact").expect("a gap of contacts");
        assert_eq!(contact.title, "3 个村超过 30 天没有片区联系");
        assert_eq!(contact.count(), 3);
        assert_eq!(contact.act_href, "#/l/contact/new");
        assert_eq!(contact.list_href, "#/p/lead?gap=contact");
        assert!(contact.is_overdue);
        let first = contact.entries(&records, catalogue, 1);
        let form = first[0].act_href.as_deref();
        assert_eq!(form, Some("#/l/contact/new?f.unit=421223100207"));
        // M7: the form that a silent mobile member leads to knows the village and the member.
        let mobile = all.iter().find(|f| f.id == "mobile").expect("a gap of mobile members");
        let first = mobile.entries(&records, catalogue, 1);
        let entry = first.first().expect("an entry");
        let address = Address::parse(entry.act_href.as_deref().expect("a form"));
        let Route::NewRecord(ledger) = &address.route else {
            panic!("{address:?}");
        };
        let ledger = catalogue.get(ledger).expect("a ledger");
        let mut draft = crate::view::form::fresh(ledger, as_of(), None);
        crate::view::form::prefill(
            ledger,
            &mut draft,
            &crate::view::route::ListQuery::of(&address.query).filters,
            &records,
            as_of(),
        );
        for name in ["unit", "mobile"] {
            let slot = ledger.slot(name).expect("a field");
            let asked = address.get(&format!("f.{name}"));
            assert!(asked.is_some_and(|id| !id.is_empty()), "{address:?}");
            assert_eq!(
                crate::model::ledger::Cells::cell(&draft, slot).as_str(),
                asked,
                "{name}"
            );
        }
        for item in &all {
            assert!(item.act_href.starts_with("#/"), "{}", item.id);
            assert!(matches!(item.status, Status::Late | Status::Warn), "{}", item.id);
        }
        assert_eq!(follow_words(&[]), "没有需要跟进的事");
        // The text for a chat names all of them, with who and until when.
        let text = reminder("寺前片区", &all);
        assert!(
            text.starts_with(&format!("寺前片区有 {} 件事请跟进：\n1. ", all.len())),
            "{text}"
        );
        assert_eq!(text.lines().count(), all.len() + 2);
        assert!(
            text.contains("3 个村超过 30 天没有片区联系：蛤蟆石村 46 天、渣冲村 38 天、菖蒲村 31 天（已逾期）"),
            "{text}"
        );
    }
}
