//! What makes the rows and columns of a cross table: the fields of a ledger, and what follows from its unit, its date
//! and a birth.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::ledger::{Cells, Field, Kind, Ledger, Lies, Slot, TypedRow as _, slots};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::Unit;
use crate::model::records::{Records, rows};
use crate::model::value::Value;
use crate::order::Arrange;
use crate::replica::{Record, Replica};
use crate::view::filter::{
    BIRTH, COHORT, DISTRICT, FILLED, KIND_OF_UNIT, MONTH, YEAR, cohort_label, cohort_of, district_of, kind_of,
    month_of, year_of,
};
use crate::view::list::{List, derived};
use crate::view::{pinyin, show};

/// Something to choose: its key and label. The key of a dimension is that of the list's filter.
pub type Axis = (String, String);

/// Of a field of text this many values stand for themselves, the most frequent; the others stand together.
pub const MOST_TEXTS: usize = 30;

/// The code of a record in which the field is blank.
pub const BLANK: &str = "-";
/// The code of the values beyond [`MOST_TEXTS`]; no trimmed text is like it.
const OTHERS: &str = "\n";

/// Where the code of a record comes from.
#[derive(Clone, Copy)]
enum By {
    /// The value of a field.
    Value(Slot, &'static Field),
    /// Whether a day is there.
    Filled(Slot, &'static Field),
    /// The district of the unit.
    District,
    /// The kind of the unit.
    KindOfUnit,
    /// The year of the ledger's own date.
    Year(Slot),
    /// Its month.
    Month(Slot),
    /// The decade of the birth.
    Cohort,
}

impl By {
    /// What a field is good for; `None` where it tells no records apart.
    fn field(ledger: &Ledger, slot: Slot, field: &'static Field) -> Option<By> {
        match field.kind {
            Kind::Unit | Kind::District | Kind::Choice | Kind::Choices | Kind::Ref | Kind::Refs | Kind::YesNo => {
                Some(By::Value(slot, field))
            }
            Kind::Text if field.recurs => Some(By::Value(slot, field)),
            Kind::Year if field.name != ledger.dated => Some(By::Value(slot, field)),
            // A day that is due says nothing of whether something was done.
            Kind::Day | Kind::Month if field.lies != Lies::Coming && !field.required && field.name != BIRTH => {
                Some(By::Filled(slot, field))
            }
            _ => None,
        }
    }

    /// All of a ledger, in the order in which they are offered.
    fn all(ledger: &Ledger) -> Vec<By> {
        let mut out: Vec<By> = ledger
            .slots()
            .filter_map(|(slot, field)| By::field(ledger, slot, field))
            .collect();
        if ledger.field("unit").is_some() {
            let after = 1.min(out.len());
            out.insert(after, By::KindOfUnit);
            if ledger.field(DISTRICT).is_none() {
                out.insert(after, By::District);
            }
        }
        if ledger.field("cohort").is_none() && ledger.field(BIRTH).is_some() {
            out.push(By::Cohort);
        }
        if let (Some(slot), Some(field)) = (ledger.slot(ledger.dated), ledger.field(ledger.dated)) {
            out.push(By::Year(slot));
            if matches!(field.kind, Kind::Day | Kind::Month) {
                out.push(By::Month(slot));
            }
        }
        out
    }

    /// Key of the list's filter by it.
    fn key(self) -> &'static str {
        match self {
            By::Value(_, field) | By::Filled(_, field) => field.name,
            By::District => DISTRICT,
            By::KindOfUnit => KIND_OF_UNIT,
            By::Year(_) => YEAR,
            By::Month(_) => MONTH,
            By::Cohort => COHORT,
        }
    }

    fn label(self) -> String {
        match self {
            By::Value(_, field) => field.label.to_owned(),
            By::Filled(_, field) => format!("{}（是否填写）", field.label),
            By::District => "片区".to_owned(),
            By::KindOfUnit => "单位类型".to_owned(),
            By::Year(_) => "年份".to_owned(),
            By::Month(_) => "月份".to_owned(),
            By::Cohort => "年代".to_owned(),
        }
    }
}

/// The fields that can make rows and columns; fewer than two make no cross table.
pub fn axes(ledger: &Ledger) -> Vec<Axis> {
    let all = By::all(ledger).into_iter();
    all.map(|by| (by.key().to_owned(), by.label())).collect()
}

/// Where the records of a table stand along one field.
pub(super) struct Along<'a> {
    replica: &'a Replica,
    ledger: &'static Ledger,
    by: By,
    /// Of a field of text with many values: those that stand for themselves.
    kept: Option<BTreeSet<String>>,
}

impl<'a> Along<'a> {
    /// `None` for a key that is not among the [`axes`].
    pub(super) fn new(replica: &'a Replica, ledger: &'static Ledger, list: &List, key: &str) -> Option<Along<'a>> {
        let by = By::all(ledger).into_iter().find(|by| by.key() == key)?;
        let kept = match by {
            By::Value(slot, field) if field.kind == Kind::Text => frequent(replica, list, slot),
            _ => None,
        };
        Some(Along {
            replica,
            ledger,
            by,
            kept,
        })
    }

    /// True for the years and months of the ledger's own date.
    pub(super) fn is_time(&self) -> bool {
        matches!(self.by, By::Year(_) | By::Month(_))
    }

    /// The codes under which a record stands; never none, none twice.
    pub(super) fn codes(&self, record: &Record) -> Vec<String> {
        let one = |code: Option<String>| code.into_iter().collect::<Vec<_>>();
        let mut codes = match self.by {
            By::Year(slot) => one(year_of(record.cell(slot))),
            By::Month(slot) => one(month_of(record.cell(slot))),
            By::District => vec![district_of(self.replica, record).to_owned()],
            By::KindOfUnit => vec![kind_of(self.replica, record).to_owned()],
            By::Cohort => one(cohort_of(self.ledger, record)),
            By::Filled(slot, _) => one((!record.cell(slot).is_blank()).then(|| FILLED.to_owned())),
            By::Value(slot, field) => self.values(record, slot, field),
        };
        codes.retain(|code| !code.is_empty());
        if codes.len() > 1 {
            let mut seen = BTreeSet::new();
            codes.retain(|code| seen.insert(code.clone()));
        }
        if codes.is_empty() {
            codes.push(BLANK.to_owned());
        }
        codes
    }

    fn values(&self, record: &Record, slot: Slot, field: &Field) -> Vec<String> {
        match derived(self.ledger, record, field.name)
            .as_ref()
            .unwrap_or(record.cell(slot))
        {
            Value::Text(text) if field.kind == Kind::Text => {
                let text = text.trim();
                let others = self.kept.as_ref().is_some_and(|kept| !kept.contains(text));
                vec![
                    if others && text != BLANK && !text.is_empty() {
                        OTHERS
                    } else {
                        text
                    }
                    .to_owned(),
                ]
            }
            Value::Text(text) => vec![text.to_string()],
            Value::Bool(truth) => vec![if *truth { "yes" } else { "no" }.to_owned()],
            Value::Int(number) => vec![number.to_string()],
            Value::List(items) => items.iter().map(|i| i.to_string()).collect(),
            _ => Vec::new(),
        }
    }

    /// Codes that stand in the table whether a record has them or not, in their order.
    pub(super) fn expected(&self, query: &BTreeMap<String, String>, own_unit: Option<&str>) -> Vec<String> {
        if let Some(only) = query.get(self.by.key()) {
            return vec![only.clone()];
        }
        let coded = |field: &Field| field.choices.iter().map(|c| c.code.to_owned()).collect();
        match self.by {
            By::Value(_, field) => match field.kind {
                Kind::Choice | Kind::Choices => coded(field),
                Kind::YesNo => vec!["yes".to_owned(), "no".to_owned()],
                Kind::District if own_unit.is_none() => self.districts(),
                Kind::Unit => self.units(query, own_unit),
                _ => Vec::new(),
            },
            By::Filled(..) => vec![FILLED.to_owned(), BLANK.to_owned()],
            By::District if own_unit.is_none() => self.districts(),
            By::KindOfUnit if own_unit.is_none() => Unit::LEDGER.field("kind").map(coded).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    fn districts(&self) -> Vec<String> {
        let all = show::districts(self.replica);
        all.iter().map(|d| d.id().to_owned()).collect()
    }

    /// The units that the filters by district and by kind leave.
    fn units(&self, query: &BTreeMap<String, String>, own_unit: Option<&str>) -> Vec<String> {
        let mut all = rows::<Unit>(self.replica);
        all.arrange_by_key(|u| u.id());
        let (district, kind) = (query.get(DISTRICT), query.get(KIND_OF_UNIT));
        let of_district = |u: &Unit| {
            let found = self.replica.district_of(u.id()).filter(|d| !d.is_empty());
            district.is_none_or(|wanted| found.unwrap_or(BLANK) == wanted)
        };
        let of_kind = |u: &Unit| kind.is_none_or(|wanted| u.kind().unwrap_or(BLANK) == wanted);
        let wanted = |u: &&Unit| own_unit.is_none_or(|own| own == u.id()) && of_district(u) && of_kind(u);
        all.iter().filter(wanted).map(|u| u.id().to_owned()).collect()
    }

    /// True if the list can be filtered by this code, over what it is filtered by already: of a record with several
    /// codes only one can be asked for.
    pub(super) fn leads(&self, code: &str, query: &BTreeMap<String, String>) -> bool {
        code != OTHERS && query.get(self.by.key()).is_none_or(|set| set == code)
    }

    /// Expected codes first, then what else occurs by its label, the others and blank last: label and code of each.
    pub(super) fn order(&self, expected: Vec<String>, found: BTreeSet<String>) -> Vec<(String, String)> {
        let mut others: Vec<(String, String)> = found
            .into_iter()
            .filter(|code| !expected.contains(code))
            .map(|code| (self.label(&code), code))
            .collect();
        let ordered_by_code = self.is_time() || matches!(self.by, By::Cohort);
        others.arrange_by_key(|(label, code)| {
            let by = if ordered_by_code {
                code.clone()
            } else {
                pinyin::initials(label)
            };
            (code == BLANK, code == OTHERS, by, code.clone())
        });
        let expected = expected.into_iter().map(|code| (self.label(&code), code));
        let mut all: Vec<(String, String)> = expected.chain(others).collect();
        self.tell_apart(&mut all);
        all
    }

    /// Two of one label get their days, and where that is not enough, numbers.
    fn tell_apart(&self, all: &mut [(String, String)]) {
        for (label, code) in repeated(all) {
            if let Some(item) = all.iter_mut().find(|(_, other)| *other == code)
                && let Some(day) = self.day(&code)
            {
                item.0 = format!("{label} {day}");
            }
        }
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (label, code) in repeated(all) {
            let at = seen.entry(label.clone()).or_default();
            *at += 1;
            if let Some(item) = all.iter_mut().find(|(_, other)| *other == code) {
                item.0 = format!("{label}（{at}）");
            }
        }
    }

    /// The ledger's own day of the record that a code names.
    fn day(&self, code: &str) -> Option<String> {
        let (target, cells) = self.named(code)?;
        match cells.cell(target.slot(target.dated)?) {
            Value::Text(day) => Some(day.to_string()),
            Value::Int(year) => Some(year.to_string()),
            _ => None,
        }
    }

    /// The name of the unit of the record that a code names; empty where it names none, or the units are the rows.
    pub fn unit(&self, code: &str) -> String {
        let unit = self.named(code).and_then(|(_, cells)| cells.cell(slots::UNIT).as_str());
        unit.map_or_else(String::new, |unit| show::unit_name(self.replica, unit))
    }

    /// The record that a code of a reference names, and its ledger.
    fn named(&self, code: &str) -> Option<(&'static Ledger, &dyn Cells)> {
        let By::Value(_, field) = self.by else { return None };
        if !matches!(field.kind, Kind::Ref | Kind::Refs) || field.target.is_empty() {
            return None;
        }
        let target = catalogue().get(field.target)?;
        Some((target, Records::find(self.replica, target.schema, code)?))
    }

    fn label(&self, code: &str) -> String {
        if code == OTHERS {
            return "其余".to_owned();
        }
        match self.by {
            By::Year(_) if code != BLANK => format!("{code}年"),
            By::District if code == BLANK => show::NO_DISTRICT.to_owned(),
            By::District => show::district_name(self.replica, code),
            By::Cohort if code != BLANK => cohort_label(code),
            By::KindOfUnit if code != BLANK => {
                let kind = Unit::LEDGER.field("kind");
                kind.map_or(code, |kind| show::choice_label(self.replica, kind, code))
                    .to_owned()
            }
            By::Value(_, field) if code != BLANK && matches!(field.kind, Kind::Ref | Kind::Refs) => {
                self.reference(field, code)
            }
            By::Value(_, field) if field.kind == Kind::Text && code != BLANK => show::name(code),
            By::Value(_, field) if field.kind == Kind::Year && code != BLANK => format!("{code}年"),
            By::Value(_, field) | By::Filled(_, field) => show::code(self.replica, catalogue(), field, code),
            _ if code == BLANK => "未填".to_owned(),
            _ => code.to_owned(),
        }
    }

    /// The title of a record that is referred to, with its unit's name before it: `寺前村 年度计划 2022`.
    fn reference(&self, field: &Field, code: &str) -> String {
        let catalogue = catalogue();
        let Some((target, cells)) = self.named(code) else {
            let gone = catalogue
                .get(field.target)
                .and_then(|target| Some((target, self.replica.find_deleted(target.schema, code)?)));
            return match gone {
                Some((target, cells)) => format!("{}（已删除）", show::called(self.replica, catalogue, target, cells)),
                None if field.target.is_empty() => show::code(self.replica, catalogue, field, code),
                None => "不在的记录".to_owned(),
            };
        };
        let title = show::called(self.replica, catalogue, target, cells);
        let unit = target.field("unit").and_then(|_| cells.cell(slots::UNIT).as_str());
        let unit = unit.map(|unit| show::unit_name(self.replica, unit)).unwrap_or_default();
        if title.contains(&unit) {
            return title;
        }
        format!("{unit} {title}")
    }
}

/// Labels that stand more than once, with their codes.
fn repeated(all: &[(String, String)]) -> Vec<(String, String)> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (label, _) in all {
        *count.entry(label).or_default() += 1;
    }
    let often = |(label, _): &&(String, String)| count.get(label.as_str()).is_some_and(|n| *n > 1);
    all.iter().filter(often).cloned().collect()
}

/// The most frequent texts of a field; `None` if there are few enough for all to stand for themselves.
fn frequent(replica: &Replica, list: &List, slot: Slot) -> Option<BTreeSet<String>> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for record in list.rows.iter().filter_map(|&ix| replica.record(ix)) {
        let text = record.cell(slot).as_str().map(str::trim).unwrap_or_default();
        if !text.is_empty() && text != BLANK {
            *count.entry(text).or_default() += 1;
        }
    }
    if count.len() <= MOST_TEXTS {
        return None;
    }
    let mut all: Vec<(&str, usize)> = count.into_iter().collect();
    all.arrange_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    Some(
        all.into_iter()
            .take(MOST_TEXTS)
            .map(|(text, _)| text.to_owned())
            .collect(),
    )
}
