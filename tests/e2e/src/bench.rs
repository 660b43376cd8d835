//! Timings taken in a browser: `cargo xtask bench` prints them and fails where a limit is missed.
//!
//! Ratios compare work done by turns in one run: the page's start and that of the smallest Leptos page, and for a
//! start from storage also `JSON.parse` of the same records.

use crate::deployment::Deployment;
use crate::driver::{Driver, Outcome};
use crate::engine::Engine;
use crate::page::Page;
use crate::site::Site;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use tiancheng::exchange::writing::canonical_file;
use tiancheng::model::date::Instant;
use tiancheng::model::programmes::sample::{SampleOptions, town};
use tiancheng::model::programmes::schemas;
use tiancheng::replica::Replica;
use tiancheng::replica::seed::seed;
use tiancheng::storage::{Effort, Entrance, Exclusive, ImportMeta, KeyValue, Limit, MemoryKeyValue, Store};

/// Rounds, each on a fresh host, hence with empty storage and caches.
const ROUNDS: usize = 15;
/// Records that are stored for the warm start.
const RECORDS: usize = 10_000;
/// How many times as long as its comparison a start may take.
const LIMIT: f64 = 1.5;
/// The file that holds the records as JSON.
const FILE: &str = "bench-records.json";

/// What is stored for the warm start: by key, and as one JSON file.
pub(crate) struct Stored {
    pub(crate) items: Vec<(String, String)>,
    file: String,
}

struct Bench<'a> {
    driver: Box<dyn Driver>,
    cache: &'a Path,
    profile: PathBuf,
}

/// Measures in the current Chromium and prints medians and ranges; true when every limit is kept.
///
/// # Errors
/// When the browser or a measurement fails.
pub fn run(cache: &Path, build: &Deployment, floor: &Deployment) -> Outcome<bool> {
    let engine = Engine::Chromium;
    engine.prepare(cache)?;
    let profile = cache.join("profiles").join(format!("bench-{}", std::process::id()));
    let mut driver = engine.start(cache, &profile)?;
    driver.set_viewport(1366, 768)?;
    let mut bench = Bench { driver, cache, profile };
    let stored = stored(RECORDS)?;
    let mut stocked = build.clone();
    stocked.put(FILE, stored.file.as_bytes());
    let mut times: [Vec<f64>; 9] = Default::default();
    for _ in 0..ROUNDS {
        // By turns, so that what slows the machine down slows all of them.
        times[0].push(bench.on(floor, |page| start(page, ""))?);
        times[1].push(bench.on(build, |page| start(page, ""))?);
        let (sample, whole) = bench.on(build, |page| start_whole(page, "?sample"))?;
        times[2].push(sample);
        times[3].push(whole);
        times[4].push(bench.on(floor, |page| start(page, "").and_then(|_| start(page, "?again")))?);
        let warm = bench.on(&stocked, |page| warm(page, &stored))?;
        for (times, time) in times[5..].iter_mut().zip(warm) {
            times.push(time);
        }
    }
    let Bench { driver, profile, .. } = bench;
    drop(driver);
    std::fs::remove_dir_all(&profile).unwrap_or_default();
    let [floor, _, sample, _, again, parse, warm, ..] = report(times);
    let cold = compare("sample town / smallest page", sample / floor);
    let warm = compare(
        "start from storage / (smallest page + JSON.parse)",
        warm / (again + parse),
    );
    Ok(cold && warm)
}

impl Bench<'_> {
    fn on<T>(&mut self, build: &Deployment, measure: impl FnOnce(&mut Page) -> Outcome<T>) -> Outcome<T> {
        let folders = (self.cache.to_path_buf(), self.profile.clone());
        let site = Site::start(build.clone())?;
        let mut page = Page::new(&mut self.driver, Engine::Chromium, folders, site, build.clone());
        let measured = measure(&mut page)?;
        over(&mut page)?;
        Ok(measured)
    }
}

/// Prints the times and returns their medians.
fn report(times: [Vec<f64>; 9]) -> [f64; 9] {
    const NAMES: [&str; 9] = [
        "smallest Leptos page",
        "start without data",
        "start with the sample town",
        "the same, until its records are read and shown",
        "smallest Leptos page, second visit",
        "JSON.parse of 10,000 records",
        "start from storage with 10,000 records",
        "the same, until they are read and shown",
        "the same after a save elsewhere: records first",
    ];
    println!("{:<52} {:>10} {:>18}", "in Chromium, milliseconds", "median", "range");
    let mut names = NAMES.into_iter();
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        let range = format!("{:.0}–{:.0}", times[0], times[ROUNDS - 1]);
        println!(
            "{:<52} {:>10.0} {range:>18}",
            names.next().unwrap_or_default(),
            times[ROUNDS / 2]
        );
        times[ROUNDS / 2]
    })
}

fn compare(what: &str, ratio: f64) -> bool {
    let kept = ratio <= LIMIT;
    let verdict = if kept { "" } else { "  MISSED" };
    println!("{what:<52} {ratio:>8.2} × limit {LIMIT} ×{verdict}");
    kept
}

/// Whether the copy of the day stands in the second place of the browser.
const COPIED: &str = "return new Promise((resolve) => {
  const open = indexedDB.open('tiancheng ' + new URL('./', location.href).pathname);
  open.onerror = () => resolve(false);
  open.onsuccess = () => {
    const keys = open.result.transaction('kept').objectStore('kept').getAllKeys();
    keys.onsuccess = () => { open.result.close(); resolve(keys.result.some((key) => String(key).startsWith('file '))); };
  };
})";

/// Waits until a visit is over: the offline copy was made, so that the next start has the machine to itself.
fn over(page: &mut Page) -> Outcome<()> {
    page.wait_until("the offline copy", "return window.tcOffline !== 'pending'")
}

/// From the beginning of navigation to the frame in which the page is found ready.
fn start(page: &mut Page, rest: &str) -> Outcome<f64> {
    page.goto(rest)?;
    let time = page.eval(
        "return new Promise((resolve) => {
           const look = () => document.documentElement.hasAttribute('data-ready') ? resolve(performance.now()) : requestAnimationFrame(look);
           look();
         })",
    )?;
    time.as_f64().ok_or_else(|| "no time was measured".into())
}

/// The same, and until the overview shows the units, which takes all records.
fn start_whole(page: &mut Page, rest: &str) -> Outcome<(f64, f64)> {
    let ready = start(page, rest)?;
    let time = page.eval(
        "return new Promise((resolve) => {
           const look = () => document.querySelector('[data-unit]') ? resolve(performance.now()) : requestAnimationFrame(look);
           look();
         })",
    )?;
    Ok((ready, time.as_f64().ok_or("no time was measured")?))
}

/// `JSON.parse` of the records, then the start of a visit that has them in its storage, as the visit before left it,
/// the same until they are shown, and the start of a visit before which somebody else has saved.
fn warm(page: &mut Page, stored: &Stored) -> Outcome<[f64; 4]> {
    page.open("")?;
    let parse = page.eval(&format!(
        "return fetch('{FILE}').then((answer) => answer.text()).then((text) => {{
           const start = performance.now();
           window.benchParsed = JSON.parse(text);
           return performance.now() - start;
         }})"
    ))?;
    page.eval_with(
        "localStorage.clear(); for (const [key, text] of arguments[0]) localStorage.setItem(tcPrefix + key.slice(3), text)",
        json!(stored.items),
    )?;
    page.open("?before")?;
    page.wait_until(
        "the first look is kept",
        "return localStorage.getItem(tcPrefix + 's.look') !== null",
    )?;
    over(page)?;
    page.wait_until("the copy of the day", COPIED)?;
    let (ready, whole) = start_whole(page, "?again")?;
    page.see("年度计划")?;
    page.eval("localStorage.removeItem(tcPrefix + 's.look')")?;
    let without = start(page, "?without")?;
    let parse = parse.as_f64().ok_or("no time was measured")?;
    Ok([parse, ready, whole, without])
}

/// The sample town grown to so many records, as a browser keeps it.
pub(crate) fn stored(records: usize) -> Outcome<Stored> {
    let options = SampleOptions {
        records,
        ..SampleOptions::default()
    };
    let changes = seed(&schemas(), &town(&options));
    let mut replica = Replica::new(schemas());
    replica.merge_all(changes.iter().cloned());
    let kv = Rc::new(MemoryKeyValue::new(Limit::UNITS));
    let entrance = Entrance {
        witness: None,
        install: "bench".into(),
        now: Instant(1_700_000_000),
        ..Entrance::default()
    };
    let mut store = Store::open(kv.clone(), &entrance).store;
    let failed = |error: tiancheng::storage::Failure| format!("the records could not be stored: {error:?}");
    for i in 0..13 {
        // Old imports are folded when newer ones stand before them.
        let meta = ImportMeta {
            id: format!("bench.{}", i + 1),
            ..ImportMeta::default()
        };
        store
            .import(meta, if i == 0 { &changes } else { &[] })
            .map_err(failed)?;
    }
    store
        .compact(Exclusive::OnlyTab, &replica, Effort::Usual)
        .map_err(failed)?;
    let keys = kv.keys().map_err(|error| format!("{error:?}"))?;
    let items = keys
        .into_iter()
        .filter_map(|key| Some((key.clone(), kv.get(&key).ok()??)));
    Ok(Stored {
        items: items.collect(),
        file: canonical_file(&replica).text,
    })
}
