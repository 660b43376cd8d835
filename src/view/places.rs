//! Places below a unit: 湾子 and 网格, 村民小组, 小区. What each is, what happened there, who leads and who belongs to it.
//!
//! A record belongs to a place if it names it by reference, or if it is of the same unit and one of the fields in
//! [`NAMED`] holds exactly the place's name: a text that says more (`老屋湾（第2次）`) may mean another place and is left out.

use super::charts::Source;
use super::route::{Address, Route};
use super::unit_page::PersonVm;
use super::{format, persons, show};
use crate::model::date::Day;
use crate::model::ledger::{Catalogue, Cells, Field, Ledger, Slot, TypedRow, slots};
use crate::model::programmes::dream::ledgers::{NightTalk, Suggestion};
use crate::model::programmes::seedling::indicators::zero_on;
use crate::model::programmes::seedling::ledgers::{Estate, EstateMember, Group};
use crate::model::programmes::town::ledgers::{Branch, Honour, JointCommittee, Pilot, Place};
use crate::model::records::{Records, rows, rows_of};
use crate::model::value::Value;
use crate::order::{Arrange, natural};

/// The ledgers of places, in the order in which a unit lists them.
pub const LEDGERS: [&Ledger; 3] = [Place::LEDGER, Group::LEDGER, Estate::LEDGER];

/// Ledgers whose text says where in the unit something was, and the field.
const NAMED: [(&Ledger, &str); 4] = [
    (NightTalk::LEDGER, "place"),
    (Suggestion::LEDGER, "place"),
    (Pilot::LEDGER, "place"),
    (Branch::LEDGER, "name"),
];

/// A place in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceVm {
    /// 湾子, 网格, 村民小组, 小区 or 其他地点.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// `32 户`; empty where not entered.
    pub households: String,
    /// Who leads, or how many members there are; may be empty.
    pub about: String,
    /// Address of its page.
    pub href: String,
}

/// A label and what it says, with the page it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactVm {
    /// The label.
    pub label: &'static str,
    /// What it says.
    pub text: String,
    /// Where it leads; `None` for nowhere.
    pub href: Option<String>,
}

/// A record that names a place or a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HappenedVm {
    /// The day, month or year it is dated by; empty without.
    pub day: String,
    /// Label of its ledger.
    pub ledger: &'static str,
    /// Its title.
    pub what: String,
    /// Its address.
    pub href: String,
}

/// The page of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacePage {
    /// Its name.
    pub name: String,
    /// 湾子, 网格, 村民小组, 小区 or 其他地点.
    pub kind: &'static str,
    /// Code of its unit.
    pub unit: String,
    /// Address of its record.
    pub record: String,
    /// What is entered of it.
    pub facts: Vec<FactVm>,
    /// How it stands, a sentence; empty where nothing is to be said.
    pub state: String,
    /// What happened there in the period, a sentence.
    pub figures: String,
    /// What happened there up to the day, newest first.
    pub happened: Vec<HappenedVm>,
    /// Who leads and who belongs to it.
    pub people: Vec<PersonVm>,
    /// 湾子 and 网格 of a 村民小组.
    pub within: Vec<PlaceVm>,
}

/// Whether a ledger holds places.
pub fn is_place(ledger: &Ledger) -> bool {
    LEDGERS.iter().any(|l| l.id == ledger.id)
}

/// The page of a place; that of its record where it has no unit.
pub fn route(ledger: &Ledger, cells: &dyn Cells) -> Route {
    match cells.cell(slots::UNIT).as_str().filter(|unit| !unit.is_empty()) {
        Some(unit) => Route::Place {
            unit: unit.to_owned(),
            ledger: ledger.id.to_owned(),
            record: cells.id().to_owned(),
        },
        None => Route::Record(cells.id().to_owned()),
    }
}

fn kind_of(ledger: &'static Ledger, cells: &dyn Cells) -> &'static str {
    if ledger.id == Group::LEDGER.id {
        return "村民小组";
    }
    if ledger.id == Estate::LEDGER.id {
        return "小区";
    }
    let code = text(ledger, cells, "kind").unwrap_or_default();
    let choices = ledger.field("kind").map_or(&[][..], |f| f.choices);
    let known = choices.iter().find(|c| c.code == code && code != "other");
    known.map_or("其他地点", |c| c.label)
}

fn text<'a>(ledger: &Ledger, cells: &'a dyn Cells, field: &str) -> Option<&'a str> {
    cells.cell(ledger.slot(field)?).as_str().filter(|t| !t.is_empty())
}

fn vm(ledger: &'static Ledger, cells: &dyn Cells) -> PlaceVm {
    let number = |field: &str| match ledger.slot(field).map(|slot| cells.cell(slot)) {
        Some(Value::Int(n)) => Some(*n),
        _ => None,
    };
    let about = if ledger.id == Group::LEDGER.id {
        number("members").map(|n| format!("党员 {} 人", format::count(n)))
    } else {
        text(ledger, cells, "head").map(|head| format!("湾长（网格长）{}", show::name(head)))
    };
    PlaceVm {
        kind: kind_of(ledger, cells),
        name: text(ledger, cells, "name").map_or_else(|| "未命名".to_owned(), show::name),
        households: number("households").map_or_else(String::new, |n| format!("{} 户", format::count(n))),
        about: about.unwrap_or_default(),
        href: Address::from(route(ledger, cells)).hash(),
    }
}

/// Whether a 村民小组 or 小区 was there on a day; of 湾子 no days are kept.
fn is_there(ledger: &Ledger, cells: &dyn Cells, day: Day) -> bool {
    let on = |field: &str| text(ledger, cells, field).and_then(Day::parse);
    on("since").is_none_or(|since| since <= day) && on("until").is_none_or(|until| until > day)
}

/// The places of a unit on a day: by kind, then by name.
pub fn places(records: &dyn Records, code: &str, day: Day) -> Vec<PlaceVm> {
    let mut found = Vec::new();
    for ledger in LEDGERS {
        let first = found.len();
        records.visit(ledger.schema, Some(code), &mut |cells| {
            if is_there(ledger, cells, day) {
                found.push(vm(ledger, cells));
            }
        });
        found[first..].arrange_by(|a: &PlaceVm, b: &PlaceVm| {
            let kind = |p: &PlaceVm| ["湾子", "网格"].iter().position(|k| *k == p.kind).unwrap_or(2);
            kind(a).cmp(&kind(b)).then_with(|| natural(&a.name, &b.name))
        });
    }
    found
}

/// `湾子 3 个、村民小组 4 个`; empty without places.
pub fn counted(places: &[PlaceVm]) -> String {
    let kinds = ["湾子", "网格", "其他地点", "村民小组", "小区"];
    let said = kinds.into_iter().filter_map(|kind| {
        let count = places.iter().filter(|p| p.kind == kind).count();
        (count > 0).then(|| format!("{kind} {count} 个"))
    });
    said.collect::<Vec<_>>().join("、")
}

/// The page of a place on the day of the figures; `None` where there is no such place.
pub fn page(source: Source, catalogue: &Catalogue, ledger: &str, id: &str) -> Option<PlacePage> {
    let ledger = LEDGERS.into_iter().find(|l| l.id == ledger)?;
    let cells = source.records.find(ledger.schema, id)?;
    let unit = cells.cell(slots::UNIT).as_str().unwrap_or_default();
    let name = text(ledger, cells, "name").unwrap_or_default();
    Some(PlacePage {
        name: vm(ledger, cells).name,
        kind: kind_of(ledger, cells),
        unit: unit.to_owned(),
        record: Address::from(Route::Record(cells.id().to_owned())).hash(),
        facts: facts(source.records, catalogue, ledger, cells),
        state: state(source, ledger, cells),
        figures: figures(source, unit, name),
        happened: happened(source, catalogue, (ledger, cells), unit, name),
        people: people(source, ledger, cells, unit),
        within: within(source.records, ledger, cells, unit),
    })
}

fn facts(records: &dyn Records, catalogue: &Catalogue, ledger: &'static Ledger, cells: &dyn Cells) -> Vec<FactVm> {
    let shown = |(slot, field): &(Slot, &Field)| {
        !["unit", "name", "kind"].contains(&field.name) && !cells.cell(*slot).is_blank()
    };
    let fact = |(slot, field): (Slot, &'static Field)| {
        let stored = cells.cell(slot);
        let said = show::value(records, catalogue, field, stored);
        let target = catalogue.get(field.target).filter(|l| is_place(l));
        let led = target.and_then(|l| Some(route(l, records.find(l.schema, stored.as_str()?)?)));
        FactVm {
            label: field.label,
            text: field.measure.map_or(said.clone(), |m| format::measured(&said, m)),
            href: led.map(|to| Address::from(to).hash()),
        }
    };
    ledger.slots().filter(shown).map(fact).collect()
}

/// What is to be said of a 村民小组 without a member, and of a 小区 that is not covered.
fn state(source: Source, ledger: &Ledger, cells: &dyn Cells) -> String {
    let day = source.board.as_of();
    if ledger.id == Group::LEDGER.id {
        let row = Group::of(cells);
        return match (zero_on(row, day), row.members(), row.due()) {
            (true, _, Some(due)) if due < day => format!("零党员小组，应在 {due} 前消除，已逾期。"),
            (true, _, Some(due)) => format!("零党员小组，计划 {due} 前消除。"),
            (true, ..) => "零党员小组，还没有定消除日期。".to_owned(),
            (false, None, _) => "党员人数还没有填报。".to_owned(),
            (false, ..) => String::new(),
        };
    }
    if ledger.id == Estate::LEDGER.id && Estate::of(cells).covered().is_none_or(|covered| covered > day) {
        return "物业服务和党组织还没有都到位。".to_owned();
    }
    String::new()
}

/// The talks held in a place in the period: how many, and the households at them where all of them say so.
fn figures(source: Source, unit: &str, name: &str) -> String {
    let span = source.board.span();
    let period = source.board.period().label();
    let mut talks = rows_of::<NightTalk>(source.records, unit);
    talks.retain(|talk| !name.is_empty() && talk.place() == Some(name) && span.takes(talk.date()));
    if talks.is_empty() {
        return format!("{period}没有记在这里的夜话。");
    }
    let reached: Option<i64> = talks.iter().map(|talk| talk.reached()).sum();
    let households = match reached {
        Some(sum) => format!("到会 {} 户次", format::count(sum)),
        None => "到会户数没有填全".to_owned(),
    };
    format!("{period}在这里开了 {} 场夜话，{households}。", talks.len())
}

/// The day, month or year of a record; empty without.
pub(super) fn dated(ledger: &Ledger, cells: &dyn Cells) -> String {
    let stored = ledger.slot(ledger.dated).map(|slot| cells.cell(slot));
    match stored {
        Some(Value::Text(day)) => day.to_string(),
        Some(Value::Int(year)) => year.to_string(),
        _ => String::new(),
    }
}

pub(super) fn told(source: Source, catalogue: &Catalogue, ledger: &'static Ledger, cells: &dyn Cells) -> HappenedVm {
    HappenedVm {
        day: dated(ledger, cells),
        ledger: ledger.label,
        what: show::title(source.records, catalogue, ledger, cells),
        href: Address::from(Route::Record(cells.id().to_owned())).hash(),
    }
}

/// Newest first, those without a day last; what is dated after the day is left out.
pub(super) fn by_day(found: &mut Vec<HappenedVm>, day: Day) {
    let last = day.to_string();
    // A day begins with its month and its year.
    found.retain(|h| h.day.as_str() <= last.as_str());
    found.arrange_by(|a, b| b.day.cmp(&a.day).then_with(|| a.href.cmp(&b.href)));
}

fn happened(
    source: Source,
    catalogue: &Catalogue,
    (place, cells): (&'static Ledger, &dyn Cells),
    unit: &str,
    name: &str,
) -> Vec<HappenedVm> {
    let mut found = Vec::new();
    let listed = [Place::LEDGER.id, EstateMember::LEDGER.id];
    for ledger in catalogue
        .all()
        .iter()
        .copied()
        .filter(|l| !l.system && !listed.contains(&l.id))
    {
        let refers: Vec<Slot> = ledger
            .slots()
            .filter(|(_, f)| f.target == place.id)
            .map(|(s, _)| s)
            .collect();
        let named = NAMED
            .iter()
            .find(|(l, _)| l.id == ledger.id)
            .and_then(|(l, f)| l.slot(f));
        if refers.is_empty() && named.is_none() {
            continue;
        }
        source.records.visit(ledger.schema, None, &mut |other| {
            let by_id = refers.iter().any(|slot| names(other.cell(*slot), cells.id()));
            let is_here = !name.is_empty() && other.cell(slots::UNIT).as_str() == Some(unit);
            let by_name = is_here && named.is_some_and(|slot| other.cell(slot).as_str() == Some(name));
            if by_id || by_name {
                found.push(told(source, catalogue, ledger, other));
            }
        });
    }
    by_day(&mut found, source.board.as_of());
    found
}

/// Whether a reference or one of several is to this record.
pub(super) fn names(value: &Value, id: &str) -> bool {
    match value {
        Value::Text(target) => **target == *id,
        Value::List(targets) => targets.iter().any(|target| **target == *id),
        _ => false,
    }
}

fn people(source: Source, ledger: &'static Ledger, cells: &dyn Cells, unit: &str) -> Vec<PersonVm> {
    let mut found = Vec::new();
    let mut put = |name: Option<&str>, role: &str, since: Option<Day>, record: Option<&str>| {
        let Some(name) = name.filter(|n| !n.is_empty()) else {
            return;
        };
        let is_known = record.is_some() || persons::is_listed(source.records, unit, name);
        found.push(PersonVm {
            name: show::name(name),
            role: role.to_owned(),
            since: since.map_or_else(String::new, |d| d.to_string()),
            href: match is_known {
                true => persons::address(unit, name, record).hash(),
                false => String::new(),
            },
        });
    };
    if ledger.id == Group::LEDGER.id {
        put(Group::of(cells).helper(), "帮带人", None, None);
    }
    if ledger.id == Place::LEDGER.id {
        put(Place::of(cells).head(), "湾长（网格长）", None, None);
    }
    if ledger.id == Estate::LEDGER.id {
        for row in rows_of::<EstateMember>(source.records, unit) {
            let is_there = row.found().is_none_or(|found| found <= source.board.as_of());
            if row.estate() == Some(cells.id()) && is_there {
                put(row.name(), "小区党员", row.found(), Some(row.id()));
            }
        }
    }
    found
}

fn within(records: &dyn Records, ledger: &Ledger, cells: &dyn Cells, unit: &str) -> Vec<PlaceVm> {
    if ledger.id != Group::LEDGER.id {
        return Vec::new();
    }
    let mut of_group = rows_of::<Place>(records, unit);
    of_group.retain(|place| place.group() == Some(cells.id()));
    let mut found: Vec<PlaceVm> = of_group.into_iter().map(|p| vm(Place::LEDGER, p.cells())).collect();
    found.arrange_by(|a, b| natural(&a.name, &b.name));
    found
}

/// What a unit holds up to a day besides its programmes: its 联合党委, its honours and pilots; newest first within each.
pub fn distinctions(source: Source, catalogue: &Catalogue, code: &str) -> Vec<HappenedVm> {
    let day = source.board.as_of();
    let mut joint = Vec::new();
    for row in rows::<JointCommittee>(source.records) {
        let is_in = row.units().iter().any(|unit| **unit == *code);
        let holds = row.since().is_none_or(|d| d <= day) && row.until().is_none_or(|d| d > day);
        if is_in && holds {
            joint.push(told(source, catalogue, JointCommittee::LEDGER, row.cells()));
        }
    }
    let mut held = Vec::new();
    for row in rows_of::<Honour>(source.records, code) {
        let kind = Honour::LEDGER.field("kind").map_or(Honour::LEDGER.label, |field| {
            let known = field.choices.iter().find(|c| Some(c.code) == row.kind());
            known.map_or(Honour::LEDGER.label, |c| c.label)
        });
        let level = Honour::LEDGER
            .field("level")
            .zip(row.level())
            .map(|(f, code)| show::choice_label(source.records, f, code));
        let mut line = told(source, catalogue, Honour::LEDGER, row.cells());
        let person = row.person().map(show::name);
        let more: Vec<String> = level.map(str::to_owned).into_iter().chain(person).collect();
        if !more.is_empty() {
            line.what = format!("{}（{}）", line.what, more.join("，"));
        }
        held.push(HappenedVm { ledger: kind, ..line });
    }
    for row in rows_of::<Pilot>(source.records, code) {
        held.push(told(source, catalogue, Pilot::LEDGER, row.cells()));
    }
    by_day(&mut joint, day);
    by_day(&mut held, day);
    joint.append(&mut held);
    joint
}
