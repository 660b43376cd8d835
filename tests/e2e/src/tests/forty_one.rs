//! A whole town at work: 39 villages, a leader and the office, each with storage of its own.

#[path = "../../../support/dice.rs"]
mod dice;

use super::exchange::{LOG, OUT, add_talk, choose, saved};
use super::make_town::be_secretary;
use crate::driver::Outcome;
use crate::engine::Engine;
use crate::page::{By, Page};
use crate::runner::Test;
use crate::site::Site;
use dice::Dice;
use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;
use tiancheng::desk::{Desk, Environment};
use tiancheng::exchange::writing::{Order, canonical_file};
use tiancheng::exchange::{Batch, Content, Purpose, ReadFile, Scope, export, read_file};
use tiancheng::model::date::{Day, Instant};
use tiancheng::model::ledger::{Role, TypedRow};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::sample::{SampleOptions, town};
use tiancheng::model::programmes::schemas;
use tiancheng::model::programmes::town::ledgers::Unit;
use tiancheng::model::records::{Draft, rows};
use tiancheng::model::value::Value;
use tiancheng::replica::Replica;
use tiancheng::replica::seed::seed;
use tiancheng::replica::wire::Names;
use tiancheng::storage::MemoryKeyValue;

pub const TESTS: &[Test] = &[Test::current(
    "exchange: thirty-nine villages, a leader and the town end with the same records, and nothing is missing",
    town_at_work,
)];

const MERGE: &str = "?today=2022-11-22#/merge";
const PASSPHRASE: &str = "天城一二三四五六七";
const NOW: i64 = 1_669_080_600;

impl Dice {
    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.roll(last + 1));
        }
    }
}

/// A device outside of the browser.
struct Elsewhere(Cell<u64>);

impl Environment for Elsewhere {
    fn now(&self) -> Instant {
        Instant(NOW)
    }
    fn today(&self) -> Day {
        self.now().office().0
    }
    fn random(&self, bytes: &mut [u8]) {
        let mut dice = Dice(self.0.get());
        bytes
            .iter_mut()
            .for_each(|byte| *byte = u8::try_from(dice.roll(256)).unwrap_or(0));
        self.0.set(dice.0);
    }
}

/// What a person writes on a device of their own that holds these files; the file that comes of it. `places` gets a
/// word for every new record.
fn written(files: &[&str], who: (Role, &str, &str), seed: u64, dice: &mut Dice, places: &mut Vec<String>) -> String {
    let world = Rc::new(Elsewhere(Cell::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)));
    let mut desk = Desk::open(Rc::new(MemoryKeyValue::default()), world, None);
    let mut batch = Batch::new(desk.replica(), NOW);
    for (place, file) in files.iter().enumerate() {
        batch.add(&format!("{place}.json"), file.as_bytes());
    }
    let base = desk.replica().version();
    assert!(
        desk.import(batch.finish().into(), base).is_ok(),
        "the files are taken in"
    );
    let unit = if who.0 == Role::Unit { who.1 } else { "" };
    desk.become_person(who.0, unit, who.2, "填报人");
    let slot = |name: &str| NightTalk::LEDGER.slot(name).expect("a field of the ledger");
    let talks = rows::<NightTalk>(desk.replica());
    let mut own: Vec<String> = talks
        .iter()
        .filter(|talk| who.1.is_empty() || talk.unit() == Some(who.1))
        .map(|talk| talk.id().to_owned())
        .collect();
    // The first ones, so that people meet on the same records.
    own.sort();
    own.truncate(3);
    for number in 0..2 + dice.roll(3) {
        let place = format!("湾子{seed}之{number}");
        let mut draft = Draft::new(NightTalk::SCHEMA, "");
        for (name, value) in [
            ("unit", who.1),
            ("kind", "bay"),
            ("date", "2022-11-02"),
            ("place", &place),
            ("topic", "饮水"),
        ] {
            draft.set(slot(name), Value::text(value));
        }
        if !who.1.is_empty() {
            desk.save("新增", &[draft]);
            places.push(place);
        }
        if let Some(id) = own.get(dice.roll(own.len())).cloned() {
            desk.set(
                "修改",
                NightTalk::LEDGER,
                &id,
                slot("masses"),
                Value::Int(dice.roll(90) as i64 + 1),
            );
        }
    }
    if let Some(ix) = own
        .last()
        .and_then(|id| desk.replica().find_ix(NightTalk::LEDGER.id, id))
        .filter(|_| dice.roll(4) == 0)
    {
        desk.delete("删除", &[ix]);
    }
    desk.export(Purpose::Backup, Scope::all()).text
}

fn content(text: &str) -> Outcome<Content> {
    match read_file(text.as_bytes(), &mut Names::default()) {
        Ok(ReadFile::Plain(content)) => Ok(*content),
        other => Err(format!("no plain file: {:?}", other.err())),
    }
}

fn text_of(file: &PathBuf) -> Outcome<String> {
    std::fs::read_to_string(file).map_err(|error| error.to_string())
}

/// Another browser: a host of its own, hence empty storage.
fn profile(page: &mut Page) -> Outcome<Site> {
    let site = Site::start(page.build())?;
    page.turn_to_host(site.clone());
    page.open(MERGE)?;
    Ok(site)
}

/// Chooses files and merges all that can be.
fn take(page: &mut Page, files: &[PathBuf]) -> Outcome<()> {
    choose(page, files)?;
    confirm(page)
}

fn confirm(page: &mut Page) -> Outcome<()> {
    page.click_by(By::Css(".merge-acts .button-main"))?;
    page.wait_gone(By::Role("heading", "合并预览"))?;
    page.see("已合并")
}

/// Turns to where this device has its copies: that of a village gives nothing out.
fn copies(page: &mut Page) -> Outcome<()> {
    page.goto(MERGE)?;
    page.find(By::Css(".tabs"))?;
    let gives = !page.all(By::Css(".tabs [href$='tab=out']"))?.is_empty();
    page.goto(if gives { OUT } else { LOG })
}

/// Exports everything here under a name of its own.
fn handed_over(page: &mut Page, name: &str) -> Outcome<PathBuf> {
    copies(page)?;
    let file = saved(page, "导出备份", "备份")?;
    page.file(&format!("{name}.json"), text_of(&file)?.as_bytes())
}

/// What everybody starts with, the district of the second unit, and per unit what the town sends it.
fn start() -> (String, String, Vec<(String, String, String)>) {
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &town(&SampleOptions::default())));
    let dispatch = |unit: Unit<'_>| {
        let order = Order {
            purpose: Purpose::Dispatch,
            scope: Scope::units([unit.id()]),
            by: String::new(),
            at: Instant(NOW),
        };
        let name = unit.name().unwrap_or_default().to_owned();
        (unit.id().to_owned(), name, export(&replica, &order).text)
    };
    let units: Vec<_> = rows::<Unit>(&replica).into_iter().map(dispatch).collect();
    let district = replica.district_of(&units[1].0).unwrap_or_default().to_owned();
    (canonical_file(&replica).text, district, units)
}

fn town_at_work(page: &mut Page) -> Outcome<()> {
    if page.engine() != Engine::Chromium {
        return Ok(());
    }
    let (base, district, units) = start();
    assert_eq!(units.len(), 39);
    let (mut dice, mut places) = (Dice(41), Vec::new());
    let mut files = Vec::new();
    let mut hosts = Vec::new();
    for at in 0..units.len() {
        let (host, mut from) = village(page, &units, at, &mut dice, &mut places)?;
        hosts.push(host);
        files.append(&mut from);
    }
    let leader = written(
        &[&base],
        (Role::District, &units[1].0, &district),
        100,
        &mut dice,
        &mut places,
    );
    let leader = page.file("领导.json", leader.as_bytes())?;
    let base = page.file("全镇.json", base.as_bytes())?;
    files.extend([leader, base]);
    // Some come twice, as chats do.
    for twin in 0..4 {
        let again = text_of(&files[twin * 7])?;
        files.push(page.file(&format!("村{twin} (1).json"), again.as_bytes())?);
    }

    let office = profile(page)?;
    dice.shuffle(&mut files);
    choose(page, &files)?;
    page.fill("textbox", "的口令", PASSPHRASE)?;
    page.click("button", "解密")?;
    page.wait_gone(By::Role("button", "解密"))?;
    confirm(page)?;
    let town = handed_over(page, "镇一")?;

    profile(page)?;
    dice.shuffle(&mut files);
    let (first, second) = files.split_at(files.len() / 2);
    take(page, second)?;
    take(page, first)?;
    take(page, &[town])?;
    let leaders = handed_over(page, "片区")?;
    let figures = figures(page)?;

    // Nothing of it is new to the town, and all of it to a village.
    page.turn_to_host(office);
    page.open(MERGE)?;
    choose(page, std::slice::from_ref(&leaders))?;
    page.see("没有新内容")?;
    assert_eq!(self::figures(page)?, figures);
    let all = text_of(&leaders)?;
    for host in hosts.drain(..).skip(6).step_by(16) {
        page.turn_to_host(host);
        page.open(MERGE)?;
        take(page, std::slice::from_ref(&leaders))?;
        assert_eq!(self::figures(page)?, figures);
        let again = text_of(&handed_over(page, "村里")?)?;
        assert_eq!(
            content(&again)?.sha256,
            content(&all)?.sha256,
            "the same canonical bytes"
        );
    }
    nothing_is_missing(&all, &files, &places)
}

/// What a village does in its browser: takes in what the town sent and what was written elsewhere, in any order, and
/// hands on what it has. Some write in the page, one seals, one leaves personal fields out, one also sends an old file.
fn village(
    page: &mut Page,
    units: &[(String, String, String)],
    at: usize,
    dice: &mut Dice,
    places: &mut Vec<String>,
) -> Outcome<(Site, Vec<PathBuf>)> {
    let (code, name, dispatch) = &units[at];
    let host = profile(page)?;
    let number = at as u64;
    let mut taken = vec![
        page.file(&format!("下发{at}.json"), dispatch.as_bytes())?,
        page.file(
            &format!("填报{at}.json"),
            written(&[dispatch], (Role::Unit, code, ""), number, dice, places).as_bytes(),
        )?,
    ];
    if at == 2 {
        // Two people write to the same unit, and one of them belongs to another.
        let (other, _, sent) = &units[1];
        for (seed, unit) in [(201, other), (202, code)] {
            let text = written(&[sent], (Role::Unit, unit, ""), seed, dice, places);
            taken.push(page.file(&format!("填报{seed}.json"), text.as_bytes())?);
        }
    }
    let mut files = Vec::new();
    if at == 5 {
        take(page, &taken[..1])?;
        files.push(handed_over(page, "旧")?);
        taken.remove(0);
    }
    dice.shuffle(&mut taken);
    take(page, &taken)?;
    if at < 2 {
        be_secretary(page, name)?;
        let place = format!("本页{at}");
        add_talk(page, None, &place)?;
        places.push(place);
    }
    if at == 3 {
        copies(page)?;
        page.fill("textbox", "加密备份", PASSPHRASE)?;
        files.push(saved(page, "导出加密备份", "加密")?);
        return Ok((host, files));
    }
    if at == 4 {
        // A village's page offers no such copy; another version may have.
        let mut replica = Replica::new(schemas());
        replica.merge_all(content(dispatch)?.changes);
        let order = Order {
            purpose: Purpose::Redacted,
            scope: Scope::all(),
            by: String::new(),
            at: Instant(NOW),
        };
        files.push(page.file("脱敏.json", export(&replica, &order).text.as_bytes())?);
    }
    files.push(handed_over(page, &format!("村{at}"))?);
    Ok((host, files))
}

/// What the ledger of talks says.
fn figures(page: &mut Page) -> Outcome<String> {
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.find(By::Role("heading", "夜话台账"))?;
    page.find(By::Css("tfoot"))?;
    let main = page.find(By::Css("main"))?;
    page.text(&main)
}

/// Every change of every file, and every word, is in what all hold at the end.
fn nothing_is_missing(all: &str, files: &[PathBuf], places: &[String]) -> Outcome<()> {
    let mut replica = Replica::new(schemas());
    replica.merge_all(content(all)?.changes);
    let mut seen = 0;
    for file in files {
        let Ok(content) = content(&text_of(file)?) else {
            continue;
        };
        for change in &content.changes {
            seen += 1;
            assert!(!replica.lacks(change), "{}: {} is missing", file.display(), change.id);
        }
    }
    assert!(seen > 1_900 && files.len() > 41);
    let lost: Vec<&String> = places.iter().filter(|place| !all.contains(place.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?} of {}", places.len());
    Ok(())
}
