//! How much fits: realistic records packed into chunks, through the store itself.

mod storage_support;
mod support;

use std::rc::Rc;

use storage_support::*;
use support::canonical;
use tiancheng::model::date::{Day, Instant};
use tiancheng::model::ledger::{Field, Kind, Ledger};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::value::{Decimal, Value};
use tiancheng::replica::wire::Names;
use tiancheng::replica::{Cell, Change, ChangeId, Patch};
use tiancheng::storage::contents::{changes_in, packed, readable};
use tiancheng::storage::{Effort, Limit, MemoryKeyValue, columns};

const SUBJECTS: &[&str] = &[
    "三组村民",
    "老党员",
    "返乡青年",
    "包片干部",
    "村民代表",
    "驻村工作队",
    "后备干部",
    "养殖户",
    "低保户",
    "妇女主任",
    "合作社",
    "理事会",
    "志愿服务队",
    "退休教师",
    "网格员",
    "致富带头人",
    "乡贤",
    "个体户",
    "种粮大户",
    "村委会",
];
const VERBS: &[&str] = &[
    "反映",
    "建议",
    "提出",
    "组织",
    "协调",
    "落实",
    "走访",
    "核查",
    "商议",
    "承诺",
    "带头",
    "负责",
    "申请",
    "整理",
    "宣讲",
    "督促",
    "完成",
    "继续跟进",
    "现场答复",
    "下次再议",
];
const OBJECTS: &[&str] = &[
    "通湾公路拓宽",
    "饮水管网改造",
    "路灯安装",
    "垃圾清运点",
    "油茶基地用工",
    "文化广场",
    "危房排查",
    "水渠清淤",
    "秸秆还田",
    "高标准农田",
    "养老服务点",
    "快递进村",
    "卫生室值班",
    "移风易俗",
    "邻里纠纷",
    "山林防火",
    "田间道硬化",
    "光伏收益分配",
    "集体经济分红",
    "中药材试种",
    "厕所改造",
    "河道保洁",
    "留守儿童课后照看",
    "医保缴费",
    "疫苗接种",
    "村史馆布展",
];
const NAMES: &[&str] = &[
    "汪家巷",
    "柏树下",
    "黄家湾",
    "石桥头",
    "大屋刘",
    "新屋里",
    "上畈",
    "下畈",
    "桃树坪",
    "枫树垄",
    "老街口",
    "河边组",
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % sides
    }
    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(list.len())]
    }
}

fn sentence(dice: &mut Dice, clauses: usize) -> String {
    let mut out = String::new();
    for i in 0..clauses {
        if i > 0 {
            out.push('，');
        }
        out.push_str(dice.pick(SUBJECTS));
        out.push_str(dice.pick(VERBS));
        if dice.roll(3) == 0 {
            out.push_str(dice.pick(NAMES));
        }
        out.push_str(dice.pick(OBJECTS));
        if dice.roll(4) == 0 {
            out.push_str(&format!("{}户", dice.roll(90) + 2));
        }
    }
    out
}

fn value(dice: &mut Dice, field: &Field, day: Day, clauses: usize) -> Value {
    match field.kind {
        Kind::Text => Value::text(format!("{}{}", dice.pick(NAMES), dice.roll(400))),
        Kind::LongText => {
            let clauses = 1 + dice.roll(clauses * 2 - 1);
            Value::text(sentence(dice, clauses))
        }
        Kind::Int | Kind::Year => Value::Int(field.range.0 + dice.roll(60) as i64),
        Kind::Decimal => Value::text(Decimal::from_ten_thousandths(dice.roll(500_000) as i64 * 100).to_string()),
        Kind::Day => Value::text(day.plus_days(dice.roll(30) as i32).to_string()),
        Kind::Month => Value::text(day.to_string()[..7].to_string()),
        Kind::Choice => Value::text(field.choices[dice.roll(field.choices.len())].code),
        Kind::Choices => Value::list([field.choices[dice.roll(field.choices.len())].code]),
        Kind::YesNo => Value::Bool(dice.roll(2) == 0),
        Kind::Phone => Value::text(format!("13{:09}", dice.roll(1_000_000_000))),
        Kind::Ref => Value::text(format!("{}.{}", actor(dice.roll(40)), dice.roll(90) + 1)),
        Kind::Refs => Value::list([format!("{}.{}", actor(dice.roll(40)), dice.roll(90) + 1)]),
        Kind::Unit => Value::text(format!("4212231002{:02}", dice.roll(25))),
        Kind::District => Value::text(format!("d{}", dice.roll(5))),
    }
}

/// A random name as a page load draws it: 11 letters and digits.
fn actor(number: usize) -> String {
    let mut dice = Dice((number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    (0..11)
        .map(|_| char::from(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[dice.roll(62)]))
        .collect()
}

/// Records as people enter them: one save each, a tenth edited once more, over all ledgers.
fn town(records: usize, clauses: usize, wanted: &dyn Fn(&Ledger) -> bool) -> Vec<Change> {
    let catalogue = catalogue();
    let ledgers: Vec<&'static Ledger> = catalogue.all().iter().copied().filter(|l| wanted(l)).collect();
    let mut dice = Dice(88_172_645_463_325_252);
    let mut clock = Instant::parse("2021-01-04T01:00:00Z").expect("an instant").0;
    let mut changes = Vec::new();
    let (mut page, mut n) = (0, 0);
    for i in 0..records {
        if n == 0 || dice.roll(25) == 0 {
            (page, n) = (page + 1, 0);
        }
        n += 1;
        clock += 20 + dice.roll(900) as i64;
        let ledger = ledgers[dice.roll(ledgers.len())];
        let day = Day::parse(&Instant(clock).to_string()[..10]).expect("a day");
        let id = ChangeId {
            actor: actor(page).as_str().into(),
            n,
        };
        let mut cells = Vec::new();
        for (slot, field) in ledger.slots() {
            if field.required || dice.roll(3) > 0 {
                let name = if slot == 0 { "unit" } else { field.name };
                cells.push(Cell {
                    name: name.into(),
                    value: value(&mut dice, field, day, clauses),
                    over: None,
                });
            }
        }
        cells.sort_by(|a, b| a.name.cmp(&b.name));
        let record: Box<str> = id.to_string().into();
        changes.push(Change {
            id: id.clone(),
            at: Instant(clock),
            by: format!("dev{:02}", page % 27).as_str().into(),
            set: vec![Patch {
                record: record.clone(),
                ledger: ledger.id.into(),
                cells: cells.clone(),
            }],
            extra: None,
        });
        if i % 10 == 9 {
            let mut cell = cells.swap_remove(dice.roll(cells.len()));
            let field = ledger.slots().find(|(_, f)| f.name == &*cell.name).expect("a field").1;
            cell.value = value(&mut dice, field, day, clauses);
            cell.over = Some([(id.actor.clone(), id.n)].into());
            n += 1;
            changes.push(Change {
                id: ChangeId {
                    actor: id.actor.clone(),
                    n,
                },
                at: Instant(clock + 5),
                by: format!("dev{:02}", page % 27).as_str().into(),
                set: vec![Patch {
                    record,
                    ledger: ledger.id.into(),
                    cells: vec![cell],
                }],
                extra: None,
            });
        }
    }
    changes
}

/// Imports everything and folds it; what it costs then, in the measure of `limit`.
fn cost(changes: &[Change], limit: Limit) -> (u64, usize) {
    let kv = Rc::new(MemoryKeyValue::new(limit));
    let mut page = Page::open(kv.clone(), "aaa");
    page.site.replica.merge_all(changes.iter().cloned());
    page.store.import(meta("aaa.1"), changes).expect("fits");
    for i in 0..12 {
        page.store.import(meta(&format!("aaa.{}", i + 2)), &[]).expect("fits");
    }
    page.store
        .compact(LOCK, &page.site.replica, Effort::Room)
        .expect("folded");
    assert!(!kv.texts().contains_key("tc.m.aaa.1"));
    let chunks = kv.texts().keys().filter(|k| k.starts_with("tc.c.")).count();
    let opened = open(kv);
    assert_eq!(canonical(&replica_of(opened.changes)), canonical(&page.site.replica));
    (opened.store.usage().own, chunks)
}

#[test]
fn a_hundred_thousand_records_fit() {
    let changes = town(100_000, 2, &|l| !l.system);
    let json = readable(&changes).chars().count();
    let (own, chunks) = cost(&changes, Limit::UNITS);
    println!("100,000 records: {json} units readable, {own} units in {chunks} chunks");
    assert!(own < Limit::UNITS.amount, "{own} units");
}

#[test]
fn fifty_thousand_chinese_records_fit_where_bytes_are_counted() {
    let wordy = |l: &Ledger| l.fields.iter().any(|f| f.kind == Kind::LongText) && !l.system;
    let changes = town(50_000, 2, &wordy);
    let (own, chunks) = cost(&changes, Limit::BYTES);
    println!("50,000 wordy records: {own} bytes in {chunks} chunks");
    assert!(own < Limit::BYTES.amount, "{own} bytes");
}

#[test]
fn packing_gives_back_exactly_what_was_packed() {
    let mut changes = town(300, 3, &|_| true);
    for (i, odd) in [
        "",
        "\u{0}\n\"\\",
        "2022-02-30",
        "1900-01-01",
        "2999-12-31",
        "𠮷\u{10ffff}",
        "\u{202e}",
        "=1+1",
    ]
    .into_iter()
    .enumerate()
    {
        changes[i].set[0].cells[0].value = Value::text(odd);
        changes[i].set[0].record = ["r", "a.1.2.3", "k.01", "k.1.0", "村.1", "a.1", "b.2.7", "_"][i].into();
    }
    let raw = ["null", "{\"a\":[1,2]}", "[1,\"x\"]"];
    for (change, json) in changes[20..].iter_mut().zip(raw) {
        change.extra = Some("{\"zz\":1}".into());
        change.set[0].cells[0].value = Value::Raw(json.into());
    }
    changes[30].set[0].cells[0].value = Value::Null;
    changes[31].set[0].cells[0].value = Value::Int(-((1 << 53) - 1));
    changes[32].set[0].cells[0].value = Value::list(["甲", "", "乙"]);
    changes[33].at = Instant(-62_135_596_800);
    changes[34].set.clear();
    let body = packed(&changes);
    assert!(body.starts_with('!'), "packed, not readable");
    let back = changes_in(&body, &mut Names::default()).expect("reads");
    assert_eq!(readable(&back), readable(&changes));
}

#[test]
fn columns_of_any_bytes_neither_panic_nor_hang() {
    let good = columns::encode(&town(60, 2, &|_| true));
    assert!(columns::decode(&good, &mut Names::default()).is_some());
    let mut dice = Dice(4242);
    for _ in 0..4000 {
        let mut bad = good.clone();
        for _ in 0..1 + dice.roll(4) {
            let at = dice.roll(bad.len());
            bad[at] = dice.roll(256) as u8;
        }
        bad.truncate(bad.len() - dice.roll(3) * dice.roll(50));
        columns::decode(&bad, &mut Names::default());
    }
    let endless: Vec<u8> = [0xFF; 9].into_iter().chain([1, 0xFF, 0xFF, 3]).collect();
    assert!(columns::decode(&endless, &mut Names::default()).is_none());
}
