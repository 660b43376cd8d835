//! Realistic data for the benchmarks: a township of 39 units whose villages report to the town.
#![allow(dead_code)]

#[path = "../../tests/support/dice.rs"]
mod dice;

use dice::Dice;
use std::sync::Arc;

use tiancheng::exchange::writing::Order;
use tiancheng::exchange::{Purpose, ReadFile, Scope, export, read_file};
use tiancheng::model::date::Instant;
use tiancheng::model::ledger::{Ledger, TypedRow};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::schemas;
use tiancheng::model::programmes::seedling::ledgers::Reserve;
use tiancheng::model::programmes::town::ledgers::{Device, Unit};
use tiancheng::model::value::Value;
use tiancheng::replica::wire::Names;
use tiancheng::replica::{Cell, Change, ChangeId, Patch, Replica};

/// Villages and communities of the town.
pub const UNITS: usize = 39;
/// Records of each.
pub const RECORDS: usize = 1_500;
/// Of a hundred records, how many the town edits as well.
pub const EDITED: usize = 5;

const START: i64 = 1_609_459_200;
const SURNAMES: &[&str] = &["汪", "葛", "杨", "胡", "王", "庞", "金", "黎", "孙", "吴"];
const GIVEN: &[&str] = &[
    "明华", "桂英", "建国", "秀兰", "志强", "春生", "丽", "国平", "小燕", "德才",
];
const PLACES: &[&str] = &[
    "汪家巷",
    "三组塘边",
    "新屋组",
    "老粮店门口",
    "党员群众服务中心",
    "上庄湾",
    "桂花园小区二栋",
];
const TOPICS: &[&str] = &[
    "三组饮水管网老化，商议更换主管道和分户水表的费用分担",
    "村口到小学的道路硬化，征求沿线农户让地和投工的意见",
    "油茶基地今年用工安排，以及流转租金的兑付时间",
    "垃圾分类点选址，部分群众担心气味，请大家提出办法",
    "重阳节慰问高龄老人，推选理事会成员并公布账目",
];
const OUTCOMES: &[&str] = &[
    "当场议定由理事会牵头，本月底前完成测量和报价，下次夜话公布",
    "大多数同意，两户保留意见，由包组干部上门说明",
    "形成三条意见报村两委研究，反馈时间定在二十日前",
];

/// The 12-digit code of a unit.
pub fn unit_code(unit: usize) -> String {
    format!("42122310{:04}", 201 + unit)
}

impl Dice {
    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }

    fn person(&mut self) -> String {
        format!("{}{}", self.of(SURNAMES), self.of(GIVEN))
    }

    fn day(&mut self) -> String {
        format!(
            "20{:02}-{:02}-{:02}",
            21 + self.roll(2),
            1 + self.roll(12),
            1 + self.roll(28)
        )
    }
}

/// The names of actors as devices draw them, one page load in every fifty saves.
fn actor(unit: usize, save: usize) -> Arc<str> {
    let mixed = ((unit * 1_000 + save / 50 + 1) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    format!("{:011x}", mixed >> 20).into()
}

fn change(unit: usize, save: usize, by: &str, ledger: &Ledger, record: String, cells: Vec<(&str, Value)>) -> Change {
    let cell = |(name, value): (&str, Value)| Cell {
        name: name.into(),
        value,
        over: None,
    };
    Change {
        id: ChangeId {
            actor: actor(unit, save),
            n: u32::try_from(save % 50 + 1).expect("small"),
        },
        at: Instant(START + i64::try_from(save * 20_011 + unit).expect("small")),
        by: by.into(),
        set: vec![Patch {
            record: record.into(),
            ledger: ledger.id.into(),
            cells: cells.into_iter().map(cell).collect(),
        }],
        extra: None,
    }
}

/// One record of twelve fields, half of them night talks, half reserve cadres.
pub fn record_change(unit: usize, n: usize) -> Change {
    let mut d = Dice((unit * 100_003 + n) as u64);
    let code = unit_code(unit);
    let by = format!("dev{unit}");
    let text = |t: &str| Value::text(t);
    let id = format!("{}.{}", actor(unit, n), n % 50 + 1);
    if n.is_multiple_of(2) {
        let cells = vec![
            ("unit", text(&code)),
            ("kind", text(d.of(&["bay", "star"]))),
            ("date", text(&d.day())),
            ("place", text(d.of(PLACES))),
            ("members", Value::Int(3 + d.roll(12) as i64)),
            ("masses", Value::Int(9 + d.roll(60) as i64)),
            ("topic", text(d.of(TOPICS))),
            ("host", text(&d.person())),
            ("purpose", text(d.of(&["policy", "consult", "dispute", "project"]))),
            ("outcome", text(d.of(OUTCOMES))),
            // Two fields that a later version has and this one keeps.
            ("weather", text(d.of(&["晴", "小雨", "多云"]))),
            ("photos", Value::Int(d.roll(9) as i64)),
        ];
        return change(unit, n, &by, NightTalk::LEDGER, id, cells);
    }
    let cells = vec![
        ("unit", text(&code)),
        ("name", text(&d.person())),
        ("sex", text(d.of(&["male", "female"]))),
        ("birth", text(&format!("19{}-{:02}", 75 + d.roll(24), 1 + d.roll(12)))),
        ("education", text(d.of(&["college", "bachelor", "high"]))),
        ("kind", text(d.of(&["secretary", "committee"]))),
        ("source", text(d.of(&["graduate", "veteran", "rich", "mobile"]))),
        ("since", text(&d.day())),
        ("mentor", text(&d.person())),
        ("evaluation", text(d.of(&["good", "fit", "weak"]))),
        (
            "left_reason",
            text(d.of(&["在外务工，每月联系一次", "考入镇直单位", "已转为村两委干部"])),
        ),
        ("phone", text(&format!("138{:08}", d.roll(100_000_000)))),
    ];
    change(unit, n, &by, Reserve::LEDGER, id, cells)
}

/// Units and devices: what every file carries.
pub fn frame() -> Vec<Change> {
    let text = |t: &str| Value::text(t);
    let mut all = Vec::new();
    for unit in 0..UNITS {
        let code = unit_code(unit);
        let name = format!("示例{}村", unit + 1);
        let district = format!("d{}", unit % 11);
        let cells = vec![
            ("name", text(&name)),
            ("kind", text("village")),
            ("district", text(&district)),
        ];
        all.push(change(900, unit * 2, "town", Unit::LEDGER, code.clone(), cells));
        let tag = format!("dev{unit}");
        let cells = vec![
            ("label", text("示例填报人")),
            ("role", text("unit")),
            ("unit", text(&code)),
        ];
        all.push(change(900, unit * 2 + 1, "town", Device::LEDGER, tag, cells));
    }
    let cells = vec![("label", text("镇党建办")), ("role", text("town"))];
    all.push(change(900, 90, "town", Device::LEDGER, "town".into(), cells));
    all
}

/// An edit of one field that had seen the record as it was entered.
fn edit(unit: usize, n: usize, actor_unit: usize, by: &str, value: Value) -> Change {
    let base = record_change(unit, n);
    let field = if n.is_multiple_of(2) { "masses" } else { "mentor" };
    let save = RECORDS * 2 + unit * RECORDS + n;
    let patch = &base.set[0];
    let mut edit = change(
        actor_unit,
        save,
        by,
        ledger(&patch.ledger),
        patch.record.to_string(),
        vec![(field, value)],
    );
    edit.set[0].cells[0].over = Some([(base.id.actor.clone(), base.id.n)].into());
    edit
}

fn ledger(id: &str) -> &'static Ledger {
    if id == NightTalk::LEDGER.id {
        NightTalk::LEDGER
    } else {
        Reserve::LEDGER
    }
}

fn file(changes: impl IntoIterator<Item = Change>, purpose: Purpose, units: Scope, by: &str) -> String {
    let mut replica = Replica::new(schemas());
    replica.merge_all(changes);
    let order = Order {
        purpose,
        scope: units,
        by: by.into(),
        at: Instant(START),
    };
    export(&replica, &order).text
}

/// The reports of all villages, and the town's own file: of every hundred records of a village
/// [`EDITED`] were edited by the village and, not knowing of it, by the town.
pub fn files() -> Vec<String> {
    let edited = |n: &usize| n % (100 / EDITED) == 0;
    let report = |unit: usize| {
        let own = (0..RECORDS).map(move |n| record_change(unit, n));
        let edits = (0..RECORDS)
            .filter(edited)
            .map(move |n| edit(unit, n, unit, &format!("dev{unit}"), Value::Int(77)));
        let all = frame().into_iter().chain(own).chain(edits);
        file(
            all,
            Purpose::Report,
            Scope::units([unit_code(unit)]),
            &format!("dev{unit}"),
        )
    };
    let mut files: Vec<String> = (0..UNITS).map(report).collect();
    let edits = (0..UNITS).flat_map(|unit| {
        (0..RECORDS)
            .filter(edited)
            .map(move |n| edit(unit, n, 901, "town", Value::Int(88)))
    });
    files.push(file(
        frame().into_iter().chain(edits),
        Purpose::Backup,
        Scope::all(),
        "town",
    ));
    files
}

/// Reads files one after another into a fresh replica, as the page does.
pub fn merge(files: &[String]) -> Replica {
    let mut replica = Replica::new(schemas());
    let mut names = Names::default();
    for file in files {
        match read_file(file.as_bytes(), &mut names).expect("reads") {
            ReadFile::Plain(content) => replica.merge_all(content.changes),
            ReadFile::Sealed(_) => unreachable!("nothing here is sealed"),
        };
    }
    replica
}

/// Saves of `count` records over all units.
pub fn records(count: usize) -> impl Iterator<Item = Change> {
    (0..count).map(|i| record_change(i % UNITS, i / UNITS))
}

/// A replica of about `count` records.
pub fn replica(count: usize) -> Replica {
    let mut replica = Replica::new(schemas());
    replica.merge_all(frame().into_iter().chain(records(count)));
    replica
}
