//! The board computes again only what an edit touches.

mod rows_support;

use std::collections::HashMap;

use rows_support::day;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::ledger::{Cells, Schema};
use tiancheng::model::programmes;
use tiancheng::model::programmes::indicators;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::model::records::{Draft, Records};
use tiancheng::model::value::Value;
use tiancheng::view::map_edit::schematic;
use tiancheng::view::map_page::place_draft;

/// Records that know when what changed, as a replica does.
#[derive(Default)]
struct Live {
    drafts: Vec<Draft>,
    by_unit: HashMap<(&'static str, String), Vec<usize>>,
    revisions: HashMap<(String, Option<String>), u64>,
    clock: u64,
}

impl Live {
    fn new(drafts: Vec<Draft>) -> Live {
        let mut live = Live::default();
        for draft in drafts {
            live.put(draft);
        }
        live
    }

    fn put(&mut self, draft: Draft) {
        self.clock += 1;
        let unit = draft.unit().map(str::to_string);
        self.revisions.insert((draft.ledger.to_string(), None), self.clock);
        self.revisions
            .insert((draft.ledger.to_string(), unit.clone()), self.clock);
        let key = (draft.ledger, unit.unwrap_or_default());
        let old = self
            .drafts
            .iter()
            .position(|d| d.ledger == draft.ledger && d.id == draft.id && !d.id.is_empty());
        match old.filter(|_| self.clock > 200_000) {
            Some(at) => self.drafts[at] = draft,
            None => {
                self.by_unit.entry(key).or_default().push(self.drafts.len());
                self.drafts.push(draft);
            }
        }
    }
}

impl Live {
    fn remove(&mut self, ledger: &'static str, id: &str) {
        let found = self.drafts.iter().position(|d| d.ledger == ledger && d.id == id);
        let at = found.expect("a record");
        self.clock += 1;
        let unit = self.drafts[at].unit().map(str::to_string);
        self.revisions.insert((ledger.to_string(), None), self.clock);
        self.revisions.insert((ledger.to_string(), unit.clone()), self.clock);
        let own = self.by_unit.get_mut(&(ledger, unit.unwrap_or_default()));
        own.expect("a unit").retain(|one| *one != at);
        // The places of the others stay.
        self.drafts[at].ledger = "";
    }
}

impl Records for Live {
    fn visit<'a>(&'a self, ledger: &'static Schema, unit: Option<&str>, visit: &mut dyn FnMut(&'a dyn Cells)) {
        match unit {
            Some(unit) => {
                for at in self.by_unit.get(&(ledger.id, unit.to_string())).into_iter().flatten() {
                    visit(&self.drafts[*at]);
                }
            }
            None => self
                .drafts
                .iter()
                .filter(|d| d.ledger == ledger.id)
                .for_each(|d| visit(d)),
        }
    }
    fn find<'a>(&'a self, ledger: &'static Schema, id: &str) -> Option<&'a dyn Cells> {
        self.drafts
            .iter()
            .find(|d| d.ledger == ledger.id && d.id == id)
            .map(|d| d as &dyn Cells)
    }
    fn revision(&self, ledger: &'static Schema, unit: Option<&str>) -> u64 {
        let key = (ledger.id.to_string(), unit.map(str::to_string));
        self.revisions.get(&key).copied().unwrap_or(0)
    }
}

fn talk(id: &str, unit: &str) -> Draft {
    rec!(
        "night_talk",
        id,
        unit = unit,
        kind = "bay",
        date = "2022-11-20",
        place = "一组",
        topic = "议事"
    )
}

/// After one edit one tally is computed; the values equal those of a new board.
#[test]
fn one_edit_computes_one_tally() {
    let mut live = Live::new(sheet(&SampleOptions::default()).drafts);
    let mut board = programmes::board(Period::Year(2022), as_of());
    let first = board.refresh(&live);
    assert_eq!((first.kept, first.computed > 800), (0, true), "{first:?}");
    assert_eq!(board.refresh(&live).computed, 0);
    live.put(talk("new-1", "421223100208"));
    let work = board.refresh(&live);
    assert_eq!(work.computed, 1, "only dream.night_talks of 寺前村");
    live.put(rec!(
        "plan",
        "new-2",
        unit = "421223100200",
        kind = "annual",
        year = 2023,
        drafted = "2022-11-20"
    ));
    assert_eq!(
        board.refresh(&live).computed,
        3,
        "two plan indicators and 四议两公开 of one unit"
    );
    let mut fresh = programmes::board(Period::Year(2022), as_of());
    fresh.refresh(&live);
    for indicator in indicators() {
        let (a, b) = (
            board.reading(indicator, &Scope::Town),
            fresh.reading(indicator, &Scope::Town),
        );
        assert_eq!(
            (a.numerator, a.denominator, a.parts),
            (b.numerator, b.denominator, b.parts),
            "{}",
            indicator.id
        );
    }
}

/// A setting changes everything, and a ledger that no indicator reads changes nothing.
#[test]
fn settings_clear_the_board_and_other_ledgers_leave_it() {
    let mut live = Live::new(sheet(&SampleOptions::default()).drafts);
    let mut board = programmes::board(Period::Year(2022), as_of());
    let first = board.refresh(&live);
    live.put(rec!(
        "measure",
        "new-1",
        kind = "desk",
        text = "窗口",
        since = "2022-11-01"
    ));
    assert_eq!(board.refresh(&live).computed, 0);
    live.put(place_draft("421223100208", "寺前村", Some((300, 200))));
    live.put(schematic());
    assert_eq!(
        board.refresh(&live).computed,
        0,
        "where the map draws a unit is no figure"
    );
    live.put(rec!("setting", "rule.contact_days", value = "60"));
    assert_eq!(board.refresh(&live).computed, first.computed);
    let contact = tiancheng::model::programmes::indicator_by_id("lead.contact").expect("an indicator");
    assert_eq!(
        board.reading(contact, &Scope::Town).numerator,
        tiancheng::model::value::Decimal::whole(39)
    );
    let _ = (day("2022-01-01"), Value::Null);
}

/// Whichever record goes, of whatever ledger: a board that looked only at what the edit touched says what a new one says.
/// A rule that reads a ledger which it does not name fails here.
#[test]
fn deadlines_after_any_edit_are_those_of_a_new_board() {
    let town = sheet(&SampleOptions::default()).drafts;
    let units: Vec<String> = town
        .iter()
        .filter(|draft| draft.ledger == "unit")
        .take(4)
        .map(|draft| draft.id.clone())
        .collect();
    let is_here = |draft: &Draft| match draft.ledger {
        "unit" => units.contains(&draft.id),
        _ => draft.unit().is_none_or(|unit| units.iter().any(|own| own == unit)),
    };
    let drafts: Vec<Draft> = town.into_iter().filter(is_here).collect();
    let mut live = Live::new(drafts.clone());
    let mut board = programmes::due_board(as_of(), Scope::Town);
    board.refresh(&live);
    let mut gone: HashMap<&str, usize> = HashMap::new();
    let mut changed = 0;
    for draft in drafts.iter().filter(|draft| draft.ledger != "unit") {
        let count = gone.entry(draft.ledger).or_default();
        *count += 1;
        if *count > 4 {
            continue;
        }
        let before = board.all().len();
        live.remove(draft.ledger, &draft.id);
        board.refresh(&live);
        changed += usize::from(board.all().len() != before);
        let mut fresh = programmes::due_board(as_of(), Scope::Town);
        fresh.refresh(&live);
        assert_eq!(board.all(), fresh.all(), "{} {}", draft.ledger, draft.id);
    }
    assert!(changed > 20, "{changed} edits changed what is due");
}
