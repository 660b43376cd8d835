//! Whatever the data: texts of any length and records in any number keep every page within the window and light.

use super::exchange::choose;
use super::pages;
use crate::driver::Outcome;
use crate::page::Page;
use crate::runner::Test;
use serde_json::{Map, Value, json};
use tiancheng::exchange::file::{Header, write_file};
use tiancheng::exchange::writing::Order;
use tiancheng::exchange::{Purpose, Scope, export};
use tiancheng::model::date::Instant;
use tiancheng::model::ledger::{Field, Kind, Ledger};
use tiancheng::model::programmes::sample;
use tiancheng::model::programmes::sample::SampleOptions;
use tiancheng::model::programmes::{catalogue, schemas};
use tiancheng::replica::Replica;
use tiancheng::replica::seed::seed;

pub const TESTS: &[Test] = &[
    Test::current(
        "extremes: texts of thousands of letters leave every page within the window, also on paper",
        long_texts,
    ),
    Test::current(
        "extremes: thousands of records of every kind leave every page with few elements",
        many_records,
    ),
];

const UNIT: &str = "421223100208";
const TODAY: &str = "?today=2022-11-22";
/// More than any page needs.
const ELEMENTS: u64 = 5_000;

/// Pages of records and places in the town of long texts.
const MORE: &[&str] = &[
    "map/d/dlong",
    "map/u/421223100203",
    "l/night_talk",
    "l/plan_item",
    "l/unit",
    "l/night_talk?view=pivot",
    "l/night_talk/new",
    "l/plan_item/new",
    "u/421223100208",
    "u/421223100203",
    "d/dlong",
];

/// The sample town as a backup.
fn sample_file() -> String {
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &sample::town(&SampleOptions::default())));
    let order = Order {
        purpose: Purpose::Backup,
        scope: Scope::all(),
        by: String::new(),
        at: Instant(1_669_080_600),
    };
    export(&replica, &order).text
}

/// Changes of one save each, by as many devices as are named.
#[derive(Default)]
struct Changes(Vec<Value>);

impl Changes {
    /// One record as a device writes it, knowing nothing of what others wrote.
    fn put(&mut self, by: &str, id: &str, ledger: &str, unit: &str, fields: Value) {
        let number = self.0.len() + 1;
        let mut record = json!({ "ledger": ledger, "fields": fields });
        if !unit.is_empty() {
            record["unit"] = json!(unit);
        }
        self.0.push(json!({
            "at": "2022-11-20T01:00:00Z",
            "by": by,
            "id": format!("{by}Wx{number}.1"),
            "set": Map::from_iter([(id.to_owned(), record)]),
        }));
    }

    fn file(&self) -> String {
        let header = Header {
            town: "天城镇".into(),
            purpose: Purpose::Backup,
            scope: Scope::all(),
            exported_by: "k3f9".into(),
            exported_at: Instant(1_669_080_600),
        };
        write_file(&header, &[], &Value::from(self.0.clone()).to_string())
    }
}

/// Longer than anybody types, without a place to break it.
fn long(place: usize) -> String {
    match place % 3 {
        0 => "W".repeat(5_000),
        1 => "1234567890".repeat(500),
        _ => "长".repeat(5_000),
    }
}

/// A record of a ledger whose texts are all long.
fn long_record(ledger: &Ledger, at: &mut usize) -> Value {
    let value = |field: &Field, at: usize| match field.kind {
        Kind::Text | Kind::LongText | Kind::Phone => Some(json!(long(at))),
        Kind::Day => Some(json!("2022-03-05")),
        Kind::Month => Some(json!("2022-03")),
        Kind::Choice => field.choices.first().map(|choice| json!(choice.code)),
        Kind::District => Some(json!("dlong")),
        Kind::Ref => (field.target != ledger.id).then(|| json!(format!("long-{}", field.target))),
        _ => None,
    };
    let named = ledger
        .slots()
        .map(|(_, field)| field)
        .filter(|field| field.name != "unit");
    let fields = named.filter_map(|field| {
        *at += 1;
        Some((field.name.to_owned(), value(field, *at)?))
    });
    Value::Object(fields.collect())
}

fn long_town() -> String {
    let mut changes = Changes::default();
    let mut at = 0;
    for ledger in catalogue().all().iter().filter(|ledger| !ledger.system) {
        let id = match ledger.id {
            "town" | "unit" | "device" => continue,
            "district" => "dlong".to_owned(),
            id => format!("long-{id}"),
        };
        let fields = long_record(ledger, &mut at);
        changes.put("lodev", &id, ledger.id, UNIT, fields);
        let other = long_record(ledger, &mut at);
        changes.put("lpdev", &id, ledger.id, UNIT, other);
    }
    let unit = json!({ "name": "M".repeat(5_000), "district": "dlong", "note": long(0) });
    changes.put("lodev", "421223100203", "unit", "", unit);
    changes.put(
        "lodev",
        "lodev",
        "device",
        "",
        json!({ "label": "D".repeat(5_000), "role": "town" }),
    );
    for id in ["twin1", "twin2"] {
        let talk = json!({ "text": long(0), "date": "2022-03-05", "place": long(1) });
        changes.put("lodev", id, "suggestion", UNIT, talk);
    }
    changes.file()
}

/// Puts the sample and one more file into the browser.
fn take_in(page: &mut Page, file: &str) -> Outcome<()> {
    let files = [
        page.file("样例.json", sample_file().as_bytes())?,
        page.file("更多.json", file.as_bytes())?,
    ];
    page.open(&format!("{TODAY}#/merge"))?;
    choose(page, &files)?;
    page.click("button", "合并 2 个文件")?;
    // So much at once is asked about.
    page.click("button", "仍要合并")?;
    page.see("已合并 2 个文件")
}

/// Opens pages of one load one after the other; what is wider than the window there, or has too many elements.
fn wrong(page: &mut Page, pages: &[String]) -> Outcome<Vec<String>> {
    let found = page.eval_with(
        "const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
         const there = () => { const main = document.querySelector('main, .screen'); return main && main.childElementCount > 0 && !document.querySelector('[aria-busy=true]'); };
         const [pages, most] = arguments[0], out = [], root = document.documentElement;
         const held = (e) => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) { if (getComputedStyle(p).overflowX !== 'visible') return true; } return false; };
         const name = (e) => e.tagName.toLowerCase() + '.' + (e.getAttribute('class') || '');
         return (async () => {
           for (const path of pages) {
             location.hash = '#/' + path;
             await frame();
             for (let wait = 0; wait < 100 && !there(); wait++) await frame();
             await frame();
             const all = document.querySelectorAll('*');
             if (document.title.includes('没有这个页面') && path !== 'r/gone') out.push(path + ' is no page');
             if (all.length > most) out.push(path + ' has ' + all.length + ' elements');
             const edge = root.clientWidth + 1;
             if (root.scrollWidth > edge) {
               const beyond = Array.from(document.querySelectorAll('body *')).filter((e) => e.getBoundingClientRect().right > edge && !held(e));
               out.push(path + ' is ' + (root.scrollWidth - root.clientWidth) + ' px too wide: ' + beyond.slice(0, 3).map(name).join(' '));
             }
             for (const e of document.querySelectorAll('main *')) {
               if (e.scrollWidth > 2500 && e.scrollWidth > 2.5 * e.clientWidth && getComputedStyle(e).overflowX !== 'visible' && getComputedStyle(e).textOverflow !== 'ellipsis') {
                 out.push(path + ' ' + name(e) + ' scrolls ' + e.scrollWidth + ' px');
                 break;
               }
             }
           }
           return out;
         })()",
        json!([pages, ELEMENTS]),
    )?;
    let found = found.as_array().into_iter().flatten();
    Ok(found.filter_map(|one| one.as_str().map(str::to_owned)).collect())
}

fn long_texts(page: &mut Page) -> Outcome<()> {
    take_in(page, &long_town())?;
    let pages = pages(MORE);
    let mut all = Vec::new();
    let narrow = page.engine().narrowest().max(360);
    for (width, height) in [(1366, 768), (narrow, 780), (1920, 1000)] {
        page.set_viewport(width, height)?;
        all.extend(
            wrong(page, &pages)?
                .into_iter()
                .map(|one| format!("{width} px: #/{one}")),
        );
    }
    page.set_viewport(718, 1000)?;
    if page.as_on_paper(true)? {
        all.extend(wrong(page, &pages)?.into_iter().map(|one| format!("on paper: #/{one}")));
        page.as_on_paper(false)?;
    }
    assert!(all.is_empty(), "{}", all.join("\n  "));
    Ok(())
}

/// Records of one unit and tasks of the town in great numbers, and one record that many devices see differently.
fn many_town() -> String {
    const MANY: usize = 1_500;
    let mut changes = Changes::default();
    let fields = [
        ("suggestion", json!({ "text": "建议", "date": "2022-03-05" })),
        ("matter", json!({ "title": "事", "proposed": "2022-03-05" })),
        (
            "problem",
            json!({ "text": "问题", "date": "2022-03-05", "due": "2022-04-05" }),
        ),
        ("evidence", json!({ "name": "材料", "date": "2022-03-05" })),
        ("secretary", json!({ "name": "书", "since": "2022-03-05" })),
        ("place", json!({ "name": "湾", "kind": "bay" })),
        (
            "plan_item",
            json!({ "title": "项", "plan": "plan-01", "start": "2022-01-01", "due": "2022-05-01" }),
        ),
        ("development", json!({ "name": "发" })),
        ("attendance", json!({ "training": "training-01" })),
        (
            "dispatch",
            json!({ "title": "任务", "due": "2022-11-25", "period": "2022-11", "ledgers": ["night_talk"] }),
        ),
    ];
    for number in 0..MANY {
        for (ledger, fields) in &fields {
            let mut fields = fields.clone();
            for name in ["text", "title", "name"] {
                if let Some(text) = fields[name].as_str() {
                    fields[name] = json!(format!("{text}{number}"));
                }
            }
            let unit = if *ledger == "dispatch" { "" } else { UNIT };
            changes.put("town", &format!("{ledger}{number}"), ledger, unit, fields);
        }
    }
    for number in 0..400 {
        let unit = json!({
            "name": format!("寺前村{number}"), "population": number, "members": number, "households": number,
            "note": format!("备{number}"), "branches": number,
        });
        changes.put(&format!("dw{number}"), UNIT, "unit", "", unit);
        changes.put(
            &format!("dx{number}"),
            "gone",
            "night_talk",
            UNIT,
            json!({ "masses": number }),
        );
    }
    changes.file()
}

fn many_records(page: &mut Page) -> Outcome<()> {
    take_in(page, &many_town())?;
    let more = [
        "r/421223100208",
        "r/gone",
        "r/plan-01",
        "l/unit/421223100208/edit",
        "l/attendance/new",
        "l/dispatch",
    ];
    let pages = pages(&[MORE, &more].concat());
    let found = wrong(page, &pages)?;
    assert!(found.is_empty(), "{}", found.join("\n  "));
    Ok(())
}
