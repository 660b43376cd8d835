//! Random histories: devices that enter, delete, bring back and join without knowing of each other, and the files in
//! which all of it travels, in parts and some of it twice.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use super::rules::{Key, References, View, Write};
use crate::dice::Dice;

const ACTORS: [&str; 12] = ["b2", "Zx", "a-1", "_q", "9k", "m", "k7", "b1", "B2", "a1", "zz", "0"];
const UNITS: [&str; 3] = ["421223100201", "421223100202", "421223100203"];
const DISTRICTS: [&str; 2] = ["d1", "d2"];
const TALKS: [&str; 6] = ["t1", "t2", "t3", "T4", "t50", "t5"];
const OTHERS: [&str; 3] = ["t1", "s2", "s3"];

/// What stands at the head of a change.
#[derive(Clone)]
struct Stamp {
    at: String,
    by: &'static str,
    /// A key of a later version.
    extra: Option<Json>,
}

struct Device {
    actor: &'static str,
    saves: u64,
    /// Numbers of the writes it has.
    has: BTreeSet<usize>,
}

/// See the module text.
pub struct History<'r> {
    dice: Dice,
    references: &'r References,
    fresh: Vec<&'static str>,
    devices: Vec<Device>,
    writes: Vec<Write>,
    stamps: BTreeMap<(&'static str, u64), Stamp>,
}

/// The ids that records of a ledger may have.
fn ids(ledger: &str) -> &'static [&'static str] {
    match ledger {
        "night_talk" => &TALKS,
        "unit" => &UNITS,
        "district" => &DISTRICTS,
        "town" => &["town"],
        "joint_committee" => &["c1", "c2"],
        // Also of a ledger that only a later version knows; an id is no other ledger's business.
        _ => &OTHERS,
    }
}

impl<'r> History<'r> {
    /// The files of the history of this number.
    pub fn files(number: u64, references: &'r References) -> Vec<String> {
        let mut history = History {
            dice: Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            references,
            fresh: ACTORS.to_vec(),
            devices: Vec::new(),
            writes: Vec::new(),
            stamps: BTreeMap::new(),
        };
        for _ in 0..2 + history.roll(3) {
            let actor = history.actor();
            history.devices.push(Device {
                actor,
                saves: 0,
                has: BTreeSet::new(),
            });
        }
        history.begin();
        for _ in 0..3 + history.roll(18) {
            history.step();
        }
        history.pack()
    }

    fn roll(&mut self, below: usize) -> usize {
        self.dice.roll(below)
    }

    /// Whether something happens that happens so often in a hundred times.
    fn happens(&mut self, often: usize) -> bool {
        self.dice.roll(100) < often
    }

    fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.dice.roll(list.len())].clone()
    }

    fn actor(&mut self) -> &'static str {
        let at = self.dice.roll(self.fresh.len());
        self.fresh.swap_remove(at)
    }

    /// The town as it is before anybody parts.
    fn begin(&mut self) {
        let first = |id: &str, field: &str, value: Json| (id.to_owned(), field.to_owned(), value);
        self.save(0, "town", vec![first("town", "name", json!("天城镇"))]);
        for (ledger, least) in [
            ("district", 1),
            ("unit", 2),
            ("night_talk", 2),
            ("suggestion", 0),
            ("joint_committee", 0),
            ("later_ledger", 0),
        ] {
            let all = ids(ledger);
            let count = least + self.roll(all.len() + 1 - least);
            for id in &all[..count] {
                let device = if self.happens(60) {
                    0
                } else {
                    self.roll(self.devices.len())
                };
                let fields = self.whole(ledger);
                let cells = fields.into_iter().map(|(field, value)| first(id, field, value));
                self.save(device, ledger, cells.collect());
                if self.happens(80) {
                    self.tell_all();
                }
            }
        }
    }

    fn tell_all(&mut self) {
        let all = 0..self.writes.len();
        for at in 0..self.devices.len() {
            if self.happens(80) {
                self.devices[at].has.extend(all.clone());
            }
        }
    }

    /// The fields that a form of this ledger sends, some of them left out.
    fn whole(&mut self, ledger: &str) -> Vec<(&'static str, Json)> {
        let names: &[&'static str] = match ledger {
            "district" => &["name"],
            "unit" => &["name", "kind", "district"],
            "night_talk" => &["unit", "kind", "date", "place", "topic", "masses"],
            "suggestion" => &["unit", "date", "text", "talk"],
            "joint_committee" => &["name", "units"],
            _ => &["unit", "note"],
        };
        let mut fields = Vec::new();
        for &name in names {
            let names_another = matches!(name, "unit" | "talk" | "district");
            if self.happens(if names_another { 70 } else { 85 }) {
                fields.push((name, self.value(name)));
            }
        }
        fields
    }

    fn value(&mut self, field: &str) -> Json {
        let id = |id: &str| json!(id);
        match field {
            "unit" if self.happens(90) => id(self.pick(&UNITS)),
            "unit" | "talk" | "district" if self.happens(10) => id("nowhere"),
            "talk" => id(self.pick(&TALKS)),
            "district" => id(self.pick(&DISTRICTS)),
            "units" => {
                let count = self.roll(4);
                (0..count).map(|_| self.pick(&UNITS)).collect()
            }
            "kind" => self.pick(&[json!("bay"), json!("star"), json!("village"), Json::Null]),
            "date" => self.pick(&[json!("2022-11-02"), json!("2022-01-31"), json!("2021-12-31"), json!("")]),
            "masses" => self.pick(&[1, 2, 4, 8, 16, 32, 64].map(Json::from)),
            "_later" | "@beside" | "zz_new" => {
                self.pick(&[json!({"b": [1, "二"], "a": null}), json!(true), json!([]), json!(-7)])
            }
            _ => self.pick(&[json!("圈\n\"一\""), json!("二"), json!(""), json!("三\u{1}")]),
        }
    }

    fn step(&mut self) {
        let device = self.roll(self.devices.len());
        if self.happens(20) {
            self.meet(device);
            return;
        }
        if self.happens(4) && !self.fresh.is_empty() {
            // The page is loaded again.
            self.devices[device].actor = self.actor();
            self.devices[device].saves = 0;
        }
        let ledgers = [
            "night_talk",
            "unit",
            "suggestion",
            "district",
            "joint_committee",
            "later_ledger",
        ];
        let which = if self.happens(60) { 0 } else { self.roll(ledgers.len()) };
        let ledger = ledgers[which];
        let record = self.pick(ids(ledger));
        match self.roll(80) {
            0..=27 => {
                let into = if self.happens(92) {
                    self.pick(ids(ledger))
                } else {
                    "nowhere"
                };
                self.save(device, ledger, vec![(record.into(), "_alias".into(), json!(into))]);
            }
            28..=29 => self.save(device, ledger, vec![(record.into(), "_alias".into(), Json::Null)]),
            30..=40 => self.delete(device, ledger, record, true),
            41..=50 => self.delete(device, ledger, record, false),
            51..=54 => {
                let nothing = self.pick(&[Json::Null, json!([])]);
                self.save(device, ledger, vec![(record.into(), "_deleted".into(), nothing)]);
            }
            _ => self.edit(device, ledger, record),
        }
    }

    /// One device takes over what another has, or half of it.
    fn meet(&mut self, device: usize) {
        let other = self.roll(self.devices.len());
        let mut brought = self.devices[other].has.clone();
        if self.happens(25) {
            brought.retain(|_| self.happens(50));
        }
        self.devices[device].has.extend(brought);
    }

    fn edit(&mut self, device: usize, ledger: &str, record: &str) {
        let mut cells = Vec::new();
        for (field, value) in self.whole(ledger) {
            if self.happens(40) {
                let cleared = self.happens(20);
                cells.push((
                    record.to_owned(),
                    field.to_owned(),
                    if cleared { Json::Null } else { value },
                ));
            }
        }
        for field in ["zz_new", "_later", "@beside"] {
            if self.happens(15) {
                let value = self.value(field);
                cells.push((record.to_owned(), field.to_owned(), value));
            }
        }
        self.save(device, ledger, cells);
    }

    /// Deletes a record as far as a device has it, with all duplicates that it knows of or alone.
    fn delete(&mut self, device: usize, ledger: &str, record: &str, whole: bool) {
        let key: Key = (ledger.to_owned(), record.to_owned());
        let has = self.devices[device].has.iter().map(|&w| &self.writes[w]);
        let view = View::new(has, self.references);
        if !view.records().any(|known| *known == key) {
            return;
        }
        let mut group = view.group(&key);
        group.retain(|member| (whole && !view.deleted(member).0) || *member == key);
        let mut cells = Vec::new();
        for member in group {
            let seen = view.fields(&member).filter(|f| *f != "_deleted");
            let seen = seen.flat_map(|field| view.heads(&member, field));
            let mut seen: Vec<String> = seen.map(Write::change).collect();
            seen.sort();
            seen.dedup();
            cells.push((member.1, "_deleted".to_owned(), json!(seen)));
        }
        if self.happens(10) {
            // What a forged or an older file may hold: a deletion that does not name all.
            cells
                .iter_mut()
                .for_each(|(_, _, seen)| drop(seen.as_array_mut().and_then(Vec::pop)));
        }
        self.save(device, ledger, cells);
    }

    /// One save: every write covers what its device has of the field.
    fn save(&mut self, device: usize, ledger: &str, cells: Vec<(String, String, Json)>) {
        if cells.is_empty() {
            return;
        }
        let extra = self.happens(4).then(|| json!({"z": 1}));
        let at = format!("2022-11-{:02}T{:02}:00:00Z", 1 + self.roll(3), self.roll(3));
        let by = self.pick(&["p1", "p2"]);
        let (actor, n) = {
            let device = &mut self.devices[device];
            device.saves += 1;
            (device.actor, device.saves)
        };
        self.stamps.insert(
            (actor, n),
            Stamp {
                at: at.clone(),
                by,
                extra,
            },
        );
        for (record, field, value) in cells {
            let mut over: BTreeMap<String, u64> = BTreeMap::new();
            for &seen in &self.devices[device].has {
                let seen = &self.writes[seen];
                // A version that does not know a key beside the fields does not write it either.
                if (&*seen.ledger, &seen.record, &seen.field) == (ledger, &record, &field) && !field.starts_with('@') {
                    let most = over.entry(seen.actor.clone()).or_default();
                    *most = seen.n.max(*most);
                }
            }
            self.devices[device].has.insert(self.writes.len());
            self.writes.push(Write {
                ledger: ledger.to_owned(),
                record,
                field,
                value,
                actor: actor.to_owned(),
                n,
                at: at.clone(),
                over,
            });
        }
    }

    /// Everything in some files: a change in one of them, in two, or in parts.
    fn pack(mut self) -> Vec<String> {
        let count = 2 + self.roll(3);
        let mut files: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
        let mut at = 0;
        while at < self.writes.len() {
            let change = self.writes[at].change();
            let same = self.writes[at..].iter().take_while(|w| w.change() == change).count();
            let how = self.roll(10);
            let whole = self.roll(count);
            for write in at..at + same {
                let file = if how < 7 { whole } else { self.roll(count) };
                files[file].insert(write);
            }
            if how == 0 {
                files[self.dice.roll(count)].extend(at..at + same);
            }
            at += same;
        }
        files.iter().map(|writes| self.file(writes)).collect()
    }

    fn file(&self, writes: &BTreeSet<usize>) -> String {
        let mut changes: BTreeMap<(&'static str, u64), Map<String, Json>> = BTreeMap::new();
        for write in writes.iter().map(|&w| &self.writes[w]) {
            let (&key, stamp) = (self.stamps.iter())
                .find(|((actor, n), _)| *actor == write.actor && *n == write.n)
                .expect("a change of this history");
            let change = changes.entry(key).or_insert_with(|| {
                let mut change = Map::new();
                change.insert("at".into(), json!(stamp.at));
                change.insert("by".into(), json!(stamp.by));
                change.insert("id".into(), json!(write.change()));
                change.extend(stamp.extra.clone().map(|extra| ("later".to_owned(), extra)));
                change.insert("set".into(), json!({}));
                change
            });
            let patch = &mut change["set"][&*write.record];
            patch["ledger"] = json!(write.ledger);
            match write.field.strip_prefix('@') {
                Some(beside) => patch[beside] = write.value.clone(),
                None if write.field == "unit" => patch["unit"] = write.value.clone(),
                None => patch["fields"][&*write.field] = write.value.clone(),
            }
            if !write.over.is_empty() {
                patch["over"][&*write.field] = json!(write.over);
            }
        }
        let changes: Vec<Json> = changes.into_values().map(Json::Object).collect();
        envelope(&Json::Array(changes).to_string())
    }
}

/// The SHA-256 of a text that has no line feeds between its parts, in hex.
pub fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn envelope(changes: &str) -> String {
    let sum = sha256(changes);
    format!(
        "{{\"format\":\"tiancheng-ledger\",\"version\":1,\"schema\":1,\"minReader\":1,\"town\":\"天城镇\",\
         \"purpose\":\"backup\",\"scope\":{{\"ledgers\":[],\"units\":[]}},\"exportedBy\":\"\",\
         \"exportedAt\":\"2022-11-22T12:30:00Z\",\"devices\":{{}},\"changes\":{changes},\"sha256\":\"{sum}\"}}"
    )
}
