//! The page of a person: what is known, the path from list to list, study and talks, what comes next, and who may be the
//! same person.

use super::charts::Source;
use super::entry::Source as Told;
use super::flow::{self, Place};
use super::follow::follow_ups;
use super::persons::{self, Claim, Entry, Found};
use super::places::{FactVm, HappenedVm, by_day, names, told};
use super::route::{Address, Route, key};
use super::unit_page::PersonVm;
use super::{secretaries, show};
use crate::model::date::{Day, Month};
use crate::model::engine::indicator::Scope;
use crate::model::ledger::{Field, Kind, Ledger, Slot, TypedRow};
use crate::model::programmes::catalogue;
use crate::model::programmes::lead::ledgers::{Contact, PriorTalk, Secretary};
use crate::model::programmes::phoenix::ledgers::ReturneeContact;
use crate::model::programmes::seedling::ledgers::MobileContact;
use crate::model::programmes::town::ledgers::SamePerson;
use crate::model::records::{Draft, Records};
use crate::model::value::Value;
use crate::order::Arrange;
use crate::replica::Replica;

/// Ledgers whose records are talks and contacts with a person.
const TALKS: [&Ledger; 4] = [
    PriorTalk::LEDGER,
    Contact::LEDGER,
    MobileContact::LEDGER,
    ReturneeContact::LEDGER,
];

/// Fields that name another person, who may have a page as well.
const TIES: [&str; 4] = ["persuader", "mentor", "mentors", "contact_person"];

/// A stretch of a person's path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationVm {
    /// `2021-03-27 至今`, `2018-12-01 至 2021-03-27`; empty without days.
    pub when: String,
    /// What the person was or is: `书记`, `两委干部 · 副书记`.
    pub role: String,
    /// Name of the unit.
    pub unit: String,
    /// What else is entered: `来源 千人计划 · 一肩挑 是`.
    pub facts: String,
    /// Address of the record.
    pub href: String,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextVm {
    /// `登记：考核`, or the words of what puts it right.
    pub what: String,
    /// Why, or in which record.
    pub why: String,
    /// `已逾期`, `11-25 到期`; may be empty.
    pub when: String,
    /// Where it is done.
    pub href: String,
}

/// Somebody of the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlikeVm {
    /// `后备干部 · 石咀村 · 2021-03-01 至今`, one for each record.
    pub records: Vec<String>,
    /// Why they may be the same; empty where somebody said that they are not.
    pub why: String,
    /// Address of that person's page.
    pub href: String,
    /// What is saved when they are, or are not, the same.
    pub says: [Draft; 2],
    /// Unit of what is saved, for whoever may say it.
    pub unit: String,
}

/// What somebody said of two records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimVm {
    /// `书记（寺前村）和后备干部（石咀村）是同一人`
    pub text: String,
    /// Who and when.
    pub by: String,
    /// It speaks against the join it stands in.
    pub against: bool,
    /// Id of the record that says it.
    pub id: String,
    /// Unit of that record.
    pub unit: String,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonPage {
    /// The name, as it stands in the first record.
    pub name: String,
    /// What the person is on the day: `书记（寺前村）`; empty where nothing holds.
    pub office: String,
    /// Sex, birth and age, education, party date, phone; only what is entered.
    pub facts: Vec<FactVm>,
    /// The path, oldest first.
    pub path: Vec<StationVm>,
    /// Hours studied in the year of the day against the rule, a sentence; empty for who is no secretary.
    pub study: String,
    /// Talks and contacts, newest first.
    pub talks: Vec<HappenedVm>,
    /// Everything else that names the person's records, newest first.
    pub others: Vec<HappenedVm>,
    /// People named in the person's records.
    pub ties: Vec<PersonVm>,
    /// What comes next.
    pub next: Vec<NextVm>,
    /// Who may be the same.
    pub alike: Vec<AlikeVm>,
    /// What was said and joins the records, or is against it.
    pub joined: Vec<ClaimVm>,
    /// What was said of others: that they are not the same.
    pub parted: Vec<ClaimVm>,
}

/// The page of a person on the day of the figures; `None` where the unit has nobody of that name. `told` says of a change
/// who wrote it, and when.
pub fn page(
    source: Source,
    replica: &Replica,
    told: Told<'_>,
    (unit, name): (&str, &str),
    record: Option<&str>,
) -> Option<PersonPage> {
    let day = source.board.as_of();
    let found = persons::find(replica, catalogue(), (unit, name), record, day)?;
    let own = &found.own;
    let (talks, others) = named_in(source, own);
    Some(PersonPage {
        name: own
            .first()
            .map_or_else(|| show::name(name), |entry| show::name(entry.name())),
        office: office(replica, own, day),
        facts: facts(replica, own, day),
        path: path(replica, own),
        study: secretaries::study(source, own),
        talks,
        others,
        ties: ties(replica, own),
        next: next(source, own),
        alike: found
            .alike
            .iter()
            .filter_map(|(they, why)| alike(replica, own, they, why))
            .collect(),
        joined: found
            .joined
            .iter()
            .filter_map(|claim| said(replica, told, claim))
            .collect(),
        parted: parted(replica, told, &found),
    })
}

/// `书记`, `两委干部 · 副书记`.
fn role(entry: Entry) -> String {
    let label = entry.ledger.label.trim_end_matches("名册").trim_end_matches("台账");
    let field = ["post", "role"]
        .into_iter()
        .find_map(|f| Some((entry.ledger.field(f)?, entry.text(f)?)));
    match field {
        Some((field, text)) => format!("{label} · {}", field.choice(text).map_or(text, |c| c.label)),
        None => label.to_owned(),
    }
}

fn office(replica: &Replica, own: &[Entry], day: Day) -> String {
    // What somebody did once is no office.
    let lists = own
        .iter()
        .filter(|e| e.holds(day) && !e.from().is_empty() && e.ledger.field("since").is_some());
    let said = lists.map(|e| format!("{}（{}）", role(*e), show::unit_name(replica, e.unit())));
    said.collect::<Vec<_>>().join("、")
}

/// The whole years lived on a day by who was born in a month.
fn age(birth: &str, day: Day) -> Option<i32> {
    let months = day.month().since(Month::parse(birth)?);
    (months >= 0).then_some(months / 12)
}

fn facts(replica: &Replica, own: &[Entry], day: Day) -> Vec<FactVm> {
    let mut out = Vec::new();
    let mut put = |label: &'static str, words: Vec<String>| {
        if !words.is_empty() {
            let text = words.join("、");
            out.push(FactVm {
                label,
                text,
                href: None,
            });
        }
    };
    let shown = |field: &str, of: &[Entry]| -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for entry in of {
            if let Some((field, value)) = entry.ledger.field(field).zip(entry.value(field)) {
                let text = show::value(replica, catalogue(), field, value);
                if !all.contains(&text) {
                    all.push(text);
                }
            }
        }
        all
    };
    put("性别", shown("sex", own));
    let born = persons::said(own, "birth").into_iter();
    let born = born.map(|birth| match age(birth, day) {
        Some(age) => format!("{birth}（{age} 岁）"),
        None => birth.to_owned(),
    });
    put("出生年月", born.collect());
    // Schooling goes on: what the latest record says.
    let mut latest: Vec<Entry> = own.iter().copied().filter(|e| e.value("education").is_some()).collect();
    latest.arrange_by_key(|e| std::cmp::Reverse(e.from()));
    latest.truncate(1);
    put("学历", shown("education", &latest));
    let secretary: Vec<Entry> = own
        .iter()
        .copied()
        .filter(|e| e.ledger.id == Secretary::LEDGER.id)
        .collect();
    put("入党年月", shown("joined", &secretary));
    put("电话", shown("phone", own));
    out
}

fn path(replica: &Replica, own: &[Entry]) -> Vec<StationVm> {
    let mut sorted = own.to_vec();
    sorted.arrange_by_key(|e| (e.from().is_empty(), e.from()));
    let hidden = [
        "unit",
        "name",
        "sex",
        "birth",
        "education",
        "post",
        "role",
        "since",
        "until",
    ];
    let station = |entry: Entry| {
        let shown = |(slot, field): &(Slot, &Field)| {
            let dated = field.name == entry.ledger.dated || field.kind == Kind::Phone;
            field.column && !dated && !hidden.contains(&field.name) && !entry.cells.cell(*slot).is_blank()
        };
        let facts = entry.ledger.slots().filter(shown).map(|(slot, field)| {
            let value = show::value(replica, catalogue(), field, entry.cells.cell(slot));
            format!("{} {value}", field.label)
        });
        StationVm {
            when: when(entry),
            role: role(entry),
            unit: show::unit_name(replica, entry.unit()),
            facts: facts.collect::<Vec<_>>().join(" · "),
            href: Address::from(Route::Record(entry.cells.id().to_owned())).hash(),
        }
    };
    sorted.into_iter().map(station).collect()
}

/// From when to when; who is listed with a first day and no last one still is.
fn when(entry: Entry) -> String {
    let (from, until) = (entry.from(), entry.until());
    let lasts = entry.ledger.field("until").is_some() || entry.ledger.field("left").is_some();
    match (from.is_empty(), until.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("至 {until}"),
        (false, true) if lasts => format!("{from} 至今"),
        (false, true) => from,
        (false, false) => format!("{from} 至 {until}"),
    }
}

/// The records that name one of the person's records, talks apart.
fn named_in(source: Source, own: &[Entry]) -> (Vec<HappenedVm>, Vec<HappenedVm>) {
    let (mut talks, mut others) = (Vec::new(), Vec::new());
    for ledger in catalogue().all().iter().copied().filter(|l| !l.system) {
        let refers = |kind: Kind| matches!(kind, Kind::Ref | Kind::Refs);
        let fields = ledger.slots().filter(|(_, f)| refers(f.kind));
        let fields: Vec<(Slot, Vec<&str>)> = fields
            .map(|(slot, field)| {
                let of = own.iter().filter(|e| e.ledger.id == field.target);
                (slot, of.map(|e| e.cells.id()).collect())
            })
            .collect();
        if fields.iter().all(|(_, ids)| ids.is_empty()) {
            continue;
        }
        let list = match TALKS.iter().any(|l| l.id == ledger.id) {
            true => &mut talks,
            false => &mut others,
        };
        source.records.visit(ledger.schema, None, &mut |cells| {
            let is_own = own
                .iter()
                .any(|e| e.ledger.id == ledger.id && e.cells.id() == cells.id());
            let named = fields
                .iter()
                .any(|(slot, ids)| ids.iter().any(|id| names(cells.cell(*slot), id)));
            if named && !is_own {
                list.push(told(source, catalogue(), ledger, cells));
            }
        });
    }
    by_day(&mut talks, source.board.as_of());
    by_day(&mut others, source.board.as_of());
    (talks, others)
}

fn ties(replica: &Replica, own: &[Entry]) -> Vec<PersonVm> {
    let mut out: Vec<PersonVm> = Vec::new();
    for entry in own {
        for (field, name) in TIES.iter().filter_map(|f| entry.ledger.field(f).zip(entry.text(f))) {
            let is_known = persons::is_listed(replica, entry.unit(), name);
            let href = is_known.then(|| persons::address(entry.unit(), name, None).hash());
            let tie = PersonVm {
                name: show::name(name),
                role: field.label.to_owned(),
                since: String::new(),
                href: href.unwrap_or_default(),
            };
            if !out.contains(&tie) {
                out.push(tie);
            }
        }
    }
    out
}

/// The next step of each of the person's records, then the follow-ups that are about them.
fn next(source: Source, own: &[Entry]) -> Vec<NextVm> {
    let day = source.board.as_of();
    let mut out = Vec::new();
    for entry in own {
        let place = Place {
            records: source.records,
            ledger: entry.ledger,
            cells: entry.cells,
            today: day,
        };
        if let Some(act) = flow::flow(&place).and_then(|flow| flow.acts.into_iter().next()) {
            out.push(NextVm {
                what: act.label,
                why: [role(*entry), act.waits]
                    .into_iter()
                    .filter(|w| !w.is_empty())
                    .collect::<Vec<_>>()
                    .join("，"),
                when: String::new(),
                href: Address::from(Route::Record(entry.cells.id().to_owned())).hash(),
            });
        }
    }
    let mut units: Vec<&str> = own.iter().map(|e| e.unit()).filter(|unit| !unit.is_empty()).collect();
    units.arrange();
    units.dedup();
    for unit in units {
        for follow in follow_ups(source.records, catalogue(), day, &Scope::Unit(unit.to_owned())) {
            let is_own = |ledger: &str, id: &str| own.iter().any(|e| e.ledger.id == ledger && e.cells.id() == id);
            if let Some((href, action)) = follow.about(catalogue(), is_own) {
                out.push(NextVm {
                    what: action.to_owned(),
                    why: follow.title,
                    when: follow.when,
                    href,
                });
            }
        }
    }
    out
}

fn lines(replica: &Replica, entries: &[Entry]) -> Vec<String> {
    let line = |entry: &Entry| {
        let parts = [role(*entry), show::unit_name(replica, entry.unit()), when(*entry)];
        parts
            .into_iter()
            .filter(|p| !p.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    };
    entries.iter().map(line).collect()
}

fn alike(replica: &Replica, own: &[Entry], they: &[Entry], why: &str) -> Option<AlikeVm> {
    let (one, other) = (*own.first()?, *they.first()?);
    let says = [true, false].map(|same| persons::claim(one, other, same));
    Some(AlikeVm {
        records: lines(replica, they),
        why: why.to_owned(),
        href: persons::address(other.unit(), other.name(), Some(other.cells.id())).hash(),
        unit: says[0].unit().unwrap_or_default().to_owned(),
        says,
    })
}

fn said(replica: &Replica, told: Told<'_>, claim: &Claim) -> Option<ClaimVm> {
    let named = |key: &String| {
        let (ledger, id) = key.split_once('/')?;
        let ledger = catalogue().get(ledger)?;
        let entry = Entry {
            ledger,
            cells: replica.find(ledger.schema, id)?,
        };
        Some(format!("{}（{}）", role(entry), show::unit_name(replica, entry.unit())))
    };
    let [one, other] = [named(&claim.pair[0])?, named(&claim.pair[1])?];
    let record = replica.record(replica.find_ix(SamePerson::LEDGER.id, &claim.id)?)?;
    let written = record.heads(SamePerson::LEDGER.slot("same")?).map(|atom| atom.change);
    let last = written.max_by(|&a, &b| replica.display_order(a, b));
    let word = if claim.same { "是同一人" } else { "不是同一人" };
    Some(ClaimVm {
        text: format!("{one}和{other}{word}"),
        by: last.map(told).unwrap_or_default(),
        against: !claim.same,
        id: claim.id.clone(),
        unit: replica.unit_of(record).to_owned(),
    })
}

fn parted(replica: &Replica, told: Told<'_>, found: &Found) -> Vec<ClaimVm> {
    let ids = found.other.iter().flat_map(|(_, ids)| ids);
    let all = ids.filter_map(|id| {
        let row = SamePerson::of(replica.find(SamePerson::SCHEMA, id)?);
        let claim = Claim {
            id: id.clone(),
            pair: [row.one()?.to_owned(), row.other()?.to_owned()],
            same: row.same()?,
        };
        said(replica, told, &claim)
    });
    all.collect()
}

/// What is saved when what was said of two records is taken back: neither is said any longer.
pub fn taken_back(id: &str) -> Draft {
    let mut draft = Draft::new(SamePerson::SCHEMA, id);
    if let Some(slot) = SamePerson::LEDGER.slot("same") {
        draft.set(slot, Value::Null);
    }
    draft
}

/// The record that the address of a person names.
pub fn asked(address: &Address) -> Option<&str> {
    address.get(key::RECORD)
}
