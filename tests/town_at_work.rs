//! Thirty-nine villages, a leader and the office, each with a desk and storage of its own, who send each other files of
//! every sort in any order. In the end all hold the same bytes, and nothing that anybody saved is missing.

#[path = "support/dice.rs"]
mod dice;
#[path = "support/turns.rs"]
#[allow(dead_code)]
mod turns;

use std::cell::Cell;
use std::rc::Rc;

use dice::Dice;
use tiancheng::desk::{Desk, Environment, PreparedImport};
use tiancheng::exchange::writing::canonical_file;
use tiancheng::exchange::{Batch, Purpose, Scope};
use tiancheng::model::date::{Day, Instant};
use tiancheng::model::ledger::{Role, TypedRow};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::town::ledgers::{District, Unit};
use tiancheng::model::records::{Draft, rows};
use tiancheng::model::value::Value;
use tiancheng::replica::RecordIx;
use tiancheng::storage::MemoryKeyValue;
use tiancheng::turns::Turns;
use tiancheng::view::summary::json;
use turns::{Every, run};

const VILLAGES: usize = 39;

/// Every device has chance and a clock of its own; some clocks are wrong by years.
struct Device {
    dice: Cell<u64>,
    clock: Cell<i64>,
}

impl Environment for Device {
    fn now(&self) -> Instant {
        self.clock.set(self.clock.get() + 60);
        Instant(self.clock.get())
    }
    fn today(&self) -> Day {
        Day::new(2022, 11, 22).expect("a day")
    }
    fn random(&self, bytes: &mut [u8]) {
        let mut dice = Dice(self.dice.get());
        bytes
            .iter_mut()
            .for_each(|byte| *byte = u8::try_from(dice.roll(256)).expect("a byte"));
        self.dice.set(dice.0);
    }
}

struct Site {
    kv: Rc<MemoryKeyValue>,
    world: Rc<Device>,
    desk: Desk,
    person: (Role, String, String),
}

impl Site {
    fn new(number: usize, seed: u64, person: (Role, String, String)) -> Site {
        let kv = Rc::new(MemoryKeyValue::default());
        let wrong = [0, 0, 0, 315_360_000, -1_500_000_000][number % 5];
        let world = Rc::new(Device {
            dice: Cell::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ ((number as u64 + 1) << 32)),
            clock: Cell::new(1_669_080_600 + wrong),
        });
        let mut desk = Desk::open(kv.clone(), world.clone(), None);
        desk.become_person(person.0, &person.1, &person.2, "填报人");
        Site {
            kv,
            world,
            desk,
            person,
        }
    }

    /// The page is loaded anew: all comes from the storage.
    fn reload(&mut self) {
        let shown = canonical_file(self.desk.replica()).text;
        self.desk = Desk::open(self.kv.clone(), self.world.clone(), None);
        assert_eq!(
            canonical_file(self.desk.replica()).text,
            shown,
            "what was shown was stored"
        );
    }

    fn take(&mut self, files: &[&str], dice: &mut Dice) {
        let mut batch = Batch::new(self.desk.replica(), self.desk.now().0);
        let pace = Every::new(1 + dice.roll(40));
        run(async {
            for (place, file) in files.iter().enumerate() {
                let bytes = file.as_bytes().to_vec();
                batch.take(&format!("{place}.json"), bytes, Turns::by(&pace)).await;
            }
        });
        let base = self.desk.replica().version();
        assert!(self.desk.import(PreparedImport::new(batch.finish()), base).is_ok());
    }

    /// One edit of a talk; what was written, so that it can be looked for.
    fn edit(&mut self, dice: &mut Dice, mark: &str) -> Option<String> {
        let slot = |name: &str| NightTalk::LEDGER.slot(name).expect("a field");
        let talks: Vec<String> = rows::<NightTalk>(self.desk.replica())
            .iter()
            .map(|talk| talk.id().to_owned())
            .collect();
        let picked = talks.get(dice.roll(talks.len())).cloned();
        match (dice.roll(4), picked) {
            (0 | 1, _) | (_, None) if self.person.0 == Role::Unit => {
                let mut draft = Draft::new(NightTalk::SCHEMA, "");
                for (name, value) in [
                    ("unit", &*self.person.1),
                    ("kind", "bay"),
                    ("date", "2022-11-02"),
                    ("place", mark),
                ] {
                    draft.set(slot(name), Value::text(value));
                }
                self.desk.save("新增", &[draft]);
                Some(mark.to_owned())
            }
            (3, Some(id)) if dice.roll(4) == 0 => {
                let ix: Option<RecordIx> = self.desk.replica().find_ix(NightTalk::LEDGER.id, &id);
                self.desk.delete("删除", &[ix?]);
                None
            }
            (_, Some(id)) => {
                self.desk
                    .set("改", NightTalk::LEDGER, &id, slot("place"), Value::text(mark));
                Some(mark.to_owned())
            }
            _ => None,
        }
    }
}

/// The office's town, and everybody else with what the office sent them.
fn town(seed: u64, dice: &mut Dice) -> Vec<Site> {
    let mut office = Site::new(0, seed, (Role::Town, String::new(), String::new()));
    let mut draft = Draft::new(District::SCHEMA, "d1");
    draft.set(District::LEDGER.slot("name").expect("a field"), Value::text("寺前片区"));
    let mut drafts = vec![draft];
    let code = |village: usize| format!("4212231002{village:02}");
    for village in 0..VILLAGES {
        let mut draft = Draft::new(Unit::SCHEMA, code(village));
        for (name, value) in [("name", format!("村{village}")), ("district", "d1".to_owned())] {
            draft.set(Unit::LEDGER.slot(name).expect("a field"), Value::text(value));
        }
        drafts.push(draft);
    }
    office.desk.save("建立本镇", &drafts);
    let leader = Site::new(40, seed, (Role::District, String::new(), "d1".to_owned()));
    let mut sites = vec![office, leader];
    for village in 0..VILLAGES {
        // Two people of different villages report for the same unit.
        let unit = if village == 5 { code(4) } else { code(village) };
        sites.push(Site::new(village + 1, seed, (Role::Unit, unit, String::new())));
    }
    let first = sites[0].desk.export(Purpose::Dispatch, Scope::all()).text;
    for site in &mut sites[1..] {
        site.take(&[&first], dice);
    }
    sites
}

fn scenario(seed: u64) {
    let mut dice = Dice(seed);
    let mut sites = town(seed, &mut dice);
    let (mut files, mut marks) = (Vec::new(), Vec::new());
    for step in 0..300 {
        let who = dice.roll(sites.len());
        match dice.roll(9) {
            0..=4 => marks.extend(sites[who].edit(&mut dice, &format!("湾{seed}之{step}。"))),
            5 => files.push(sites[who].desk.export(Purpose::Backup, Scope::all()).text),
            6 => files.push(sites[who].desk.export(Purpose::Redacted, Scope::all()).text),
            7 => sites[who].reload(),
            _ if files.is_empty() => {}
            // Old ones and the same one twice among them.
            _ => {
                let picked: Vec<String> = (0..3).map(|_| files[dice.roll(files.len())].clone()).collect();
                let picked: Vec<&str> = picked.iter().map(String::as_str).collect();
                sites[who].take(&picked, &mut dice);
            }
        }
    }
    let mut last: Vec<String> = sites
        .iter_mut()
        .map(|site| site.desk.export(Purpose::Backup, Scope::all()).text)
        .collect();
    let mut outcome: Option<(String, String)> = None;
    // Everybody could; some do.
    for site in sites.iter_mut().step_by(8) {
        for at in (1..last.len()).rev() {
            last.swap(at, dice.roll(at + 1));
        }
        let all: Vec<&str> = last.iter().chain(files.first()).map(String::as_str).collect();
        site.take(&all, &mut dice);
        let day = Day::new(2022, 11, 22).expect("a day");
        let now = (canonical_file(site.desk.replica()).text, json(site.desk.replica(), day));
        let then = outcome.get_or_insert_with(|| now.clone());
        assert!(*then == now, "seed {seed}: {:?} holds something else", site.person);
    }
    let (text, _) = outcome.expect("somebody holds something");
    let lost: Vec<&String> = marks.iter().filter(|mark| !text.contains(mark.as_str())).collect();
    assert!(marks.len() > 100 && lost.is_empty(), "seed {seed}: {lost:?}");
}

#[test]
fn forty_one_desks_end_with_the_same_bytes_and_nothing_is_missing() {
    for seed in 1..=3 {
        scenario(seed);
    }
}
