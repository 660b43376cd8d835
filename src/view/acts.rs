//! What a person registers most: the large buttons of the page 填报.

use crate::desk::Person;
use crate::model::date::Day;
use crate::model::engine::workflow::day_of;
use crate::model::ledger::{Ledger, TypedRow as _};
use crate::model::programmes::base::ledgers::Project;
use crate::model::programmes::dream::ledgers::{NightTalk, Suggestion};
use crate::model::programmes::lead::ledgers::PartyLife;
use crate::model::programmes::seedling::ledgers::MobileContact;
use crate::order::Arrange;
use crate::replica::Replica;
use crate::view::fill::fills_in;
use crate::view::list::live_records;

/// Buttons at most.
pub const MOST: usize = 6;
/// Days that count as of late.
const LATELY: i32 = 365;
/// What is offered first where little was registered yet.
const USUAL: [&Ledger; 6] = [
    NightTalk::LEDGER,
    Suggestion::LEDGER,
    PartyLife::LEDGER,
    MobileContact::LEDGER,
    crate::model::programmes::dream::ledgers::PlanItem::LEDGER,
    Project::LEDGER,
];

/// The night talk, then the ledgers that were added to most in the year up to `today`, the usual ones first where they are
/// alike; of a unit where the person is of one.
pub fn most_used(replica: &Replica, person: &Person, all: &[&'static Ledger], today: Day) -> Vec<&'static Ledger> {
    let unit = Some(person.unit.as_str()).filter(|unit| !unit.is_empty());
    let used = |ledger: &&'static Ledger| {
        let records = live_records(replica, ledger).into_iter();
        let own = records.filter(|(_, record)| unit.is_none_or(|unit| replica.unit_of(record) == unit));
        let lately = own.filter(|(_, record)| {
            let day = day_of(ledger.schema, *record, ledger.dated);
            day.is_some_and(|day| (0..LATELY).contains(&today.since(day)))
        });
        lately.count()
    };
    let usual = |ledger: &Ledger| USUAL.iter().position(|one| one.id == ledger.id).unwrap_or(USUAL.len());
    let own = all
        .iter()
        .copied()
        .filter(|ledger| !ledger.system && fills_in(person, ledger));
    let mut own: Vec<(usize, &'static Ledger)> = own.map(|ledger| (used(&ledger), ledger)).collect();
    own.retain(|(count, ledger)| *count > 0 || usual(ledger) < USUAL.len());
    let later = |ledger: &Ledger| ledger.id != NightTalk::LEDGER.id;
    own.arrange_by(|a, b| {
        let order = later(a.1).cmp(&later(b.1)).then_with(|| b.0.cmp(&a.0));
        order.then_with(|| usual(a.1).cmp(&usual(b.1)))
    });
    own.into_iter().take(MOST).map(|(_, ledger)| ledger).collect()
}
