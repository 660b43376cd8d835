//! One unit and one district: facts of the five programmes, contact log, people.

use super::charts::Source;
use super::overview as vm;
use super::persons;
use super::route::{Address, Route};
use super::show;
use super::standing::{Overdue, Standing, standing};
use crate::model::date::Day;
use crate::model::engine::indicator::{Form, Part, Reading, Scope};
use crate::model::ledger::{Programme, TypedRow};
use crate::model::programmes::base::indicators::{CENTRES, INCOME};
use crate::model::programmes::dream::indicators::ANNUAL_PLAN;
use crate::model::programmes::lead::ledgers::{Cadre, Contact, Secretary};
use crate::model::programmes::phoenix::ledgers::Returnee;
use crate::model::programmes::seedling::ledgers::{Assistant, Reserve};
use crate::model::records::rows_of;
use crate::model::status::Status;
use crate::model::value::Decimal;
use crate::order::Arrange;
use crate::view::programmes::card;

/// One programme of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneVm {
    /// The programme.
    pub programme: Programme,
    /// Progress in tenths of a percent.
    pub progress: Option<i64>,
    /// How it stands.
    pub standing: Standing,
    /// Word and figure.
    pub facts: Vec<(String, vm::FigureVm)>,
}

/// The five programmes of a unit, in the order of the three questions.
pub fn lanes(source: Source, overdue: &Overdue, code: &str) -> Vec<LaneVm> {
    use Programme::{Base, Dream, Lead, Phoenix, Seedling};
    let scope = Scope::Unit(code.to_owned());
    let lane = |programme: Programme| {
        let progress = source.board.progress(programme, &scope);
        let facts = card(programme).into_iter().take(3).filter_map(|(indicator, word)| {
            (source.board.reading(indicator, &scope).units > 0).then_some(())?;
            let noun = word.trim_start_matches(['名', '场']);
            let mut figure = vm::figure(source.board, indicator, &scope);
            if let Some(fact) = fact(source, &source.board.reading(indicator, &scope)) {
                (figure.shown, figure.aside) = (fact, String::new());
            }
            Some((noun.to_owned(), figure))
        });
        LaneVm {
            programme,
            progress,
            standing: standing(source.board, overdue, programme, &scope),
            facts: facts.collect(),
        }
    };
    [Lead, Dream, Base, Seedling, Phoenix].map(lane).to_vec()
}

/// What a share of one says of a single unit: a name, a day, a state or an amount in place of `1/1`; nothing where there
/// is more to count.
pub fn fact(source: Source, reading: &Reading) -> Option<String> {
    let one = reading.indicator.form == Form::Share && reading.denominator == Decimal::whole(1);
    if !one || reading.units != 1 {
        return None;
    }
    let stands = |part: &&Part| part.amount > Decimal::ZERO;
    let state = |keys: &[&str]| {
        let parts = keys.iter().filter_map(|key| reading.part(key));
        parts.filter(stands).map(|part| part.label.to_string()).next()
    };
    let told = match reading.indicator {
        i if *i == INCOME => {
            let sum = reading.amount("sum");
            (!reading.is_unknown()).then(|| format!("{} 万元", show::amount(sum)))
        }
        i if *i == CENTRES => state(&["built", "upgrading", "planned"]),
        i if *i == ANNUAL_PLAN => state(&["finalised", "approved", "guided", "consulted", "shown", "drafted"]),
        _ if reading.numerator == Decimal::ZERO => None,
        _ => titles(source, reading),
    };
    let none = if reading.is_unknown() {
        "没有填报"
    } else {
        "还没有"
    };
    Some(told.unwrap_or_else(|| none.to_owned()))
}

/// `千亩黄精基地等 3 项`: the records behind a value by their titles.
fn titles(source: Source, reading: &Reading) -> Option<String> {
    let catalogue = crate::model::programmes::catalogue();
    let first = reading.records().next()?;
    let ledger = catalogue.get(first.ledger)?;
    let title = show::title(
        source.records,
        catalogue,
        ledger,
        source.records.find(ledger.schema, &first.id)?,
    );
    let title = show::brief(&title, 16);
    Some(match reading.records().count() {
        1 => title,
        n => format!("{title}等 {n} {}", ledger.counted),
    })
}

/// `全部正常`, or which are behind, warn or have no records; the rest is named only where there is one.
pub fn standing_words(lanes: &[LaneVm]) -> String {
    let named = |status| {
        let of = lanes
            .iter()
            .filter(|l| l.standing.status == status)
            .map(|l| l.programme.label());
        of.collect::<Vec<_>>().join("、")
    };
    let mut words = Vec::new();
    for (status, word) in [
        (Status::Late, "滞后"),
        (Status::Warn, "预警"),
        (Status::None, "没有填报"),
    ] {
        let of = named(status);
        if !of.is_empty() {
            words.push(format!("{of}{word}"));
        }
    }
    if words.is_empty() {
        return "全部正常".to_owned();
    }
    if lanes.iter().any(|l| l.standing.status == Status::Ok) {
        words.push("其余正常".to_owned());
    }
    words.join("，")
}

/// A line of a list: what, when, and its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogVm {
    /// The day.
    pub day: Option<Day>,
    /// Name of the unit.
    pub unit: String,
    /// Title of the record.
    pub what: String,
    /// Address of the record.
    pub href: String,
}

/// The contacts with the units of a scope up to the as-of day, newest first.
pub fn contact_log(source: Source, scope: &Scope, most: usize) -> Vec<LogVm> {
    let as_of = source.board.as_of();
    let mut found = Vec::new();
    for unit in source.board.frame().units_in(scope) {
        for row in rows_of::<Contact>(source.records, &unit.code) {
            if row.date().is_some_and(|d| d <= as_of) {
                let way = row.way().map_or("", |w| {
                    Contact::LEDGER
                        .field("way")
                        .map_or(w, |f| show::choice_label(source.records, f, w))
                });
                found.push(LogVm {
                    day: row.date(),
                    unit: unit.name.clone(),
                    what: way.to_owned(),
                    href: Address::from(Route::Record(row.id().to_owned())).hash(),
                });
            }
        }
    }
    found.arrange_by_key(|l| std::cmp::Reverse(l.day));
    found.truncate(most);
    found
}

/// A person of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonVm {
    /// Name.
    pub name: String,
    /// What they are: the ledger's word and their post.
    pub role: String,
    /// Since when.
    pub since: String,
    /// Address of the person's page; empty where there is none.
    pub href: String,
}

/// The people of a unit who are in office or on a list on the as-of day; nobody twice under one role.
pub fn people(source: Source, code: &str) -> Vec<PersonVm> {
    let as_of = source.board.as_of();
    let holds =
        |since: Option<Day>, until: Option<Day>| since.is_none_or(|d| d <= as_of) && until.is_none_or(|d| d > as_of);
    let mut found = Vec::new();
    let mut put = |name: Option<&str>, role: String, since: Option<Day>, record: &str| {
        let Some(name) = name.filter(|n| !n.is_empty()) else {
            return;
        };
        found.push(PersonVm {
            name: show::name(name),
            role: show::name(&role),
            since: since.map_or_else(String::new, |d| d.to_string()),
            href: persons::address(code, name, Some(record)).hash(),
        });
    };
    for row in rows_of::<Secretary>(source.records, code) {
        if row.since().is_some() && holds(row.since(), row.until()) {
            put(row.name(), "书记".to_owned(), row.since(), row.id());
        }
    }
    for row in rows_of::<Cadre>(source.records, code) {
        if holds(row.since(), row.until()) {
            put(
                row.name(),
                row.post().unwrap_or("两委干部").to_owned(),
                row.since(),
                row.id(),
            );
        }
    }
    for row in rows_of::<Assistant>(source.records, code) {
        if holds(row.since(), row.until()) {
            put(row.name(), "党建助理员".to_owned(), row.since(), row.id());
        }
    }
    for row in rows_of::<Reserve>(source.records, code) {
        let gone = row.left().or(row.elected()).is_some_and(|d| d <= as_of);
        if row.since().is_some_and(|d| d <= as_of) && !gone {
            put(row.name(), "后备干部".to_owned(), row.since(), row.id());
        }
    }
    for row in rows_of::<Returnee>(source.records, code) {
        put(row.name(), "回乡能人".to_owned(), None, row.id());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_normal_only_where_there_is_a_rest() {
        use Status::{Late, None, Ok, Warn};
        let words = |statuses: [Status; 5]| {
            let lanes = Programme::ALL
                .into_iter()
                .zip(statuses)
                .map(|(programme, status)| LaneVm {
                    programme,
                    progress: Option::None,
                    standing: Standing {
                        status,
                        words: String::new(),
                    },
                    facts: Vec::new(),
                });
            standing_words(&lanes.collect::<Vec<_>>())
        };
        assert_eq!(words([Ok; 5]), "全部正常");
        assert_eq!(words([Late; 5]), "筑梦、头雁、强基、青苗、引凤滞后");
        assert_eq!(
            words([Late, Ok, Warn, None, Ok]),
            "筑梦滞后，强基预警，青苗没有填报，其余正常"
        );
    }
}
