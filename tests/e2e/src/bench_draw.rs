//! How long drawing takes in a browser: `cargo xtask bench --draw` prints medians and fails where a limit is missed.
//!
//! The charts are drawn by turns with those of ECharts, from the same numbers, on canvases of one size. The map and its
//! player are those of the page itself: the control is changed as a person changes it, and the clock stops when the
//! page has taken in the change, all in one task of the browser, so that neither waiting nor painting counts.

use crate::bench::stored;
use crate::deployment::Deployment;
use crate::driver::{Driver, Outcome};
use crate::engine::{Engine, echarts};
use crate::page::Page;
use crate::site::Site;
use serde_json::{Value, json};
use std::path::Path;

/// How often each chart is drawn, and how many of the first do not count.
const ROUNDS: (u32, u32) = (60, 15);
/// The share of ECharts' time that a chart may take.
const SHARE: f64 = 0.5;
/// Milliseconds of script for other colours on the map.
const RECOLOUR: f64 = 8.0;
/// One frame at 60 Hz, milliseconds.
const FRAME: f64 = 16.7;
/// From a press to the page of a programme with the charts in the window, milliseconds.
const PAGE: f64 = 100.0;
/// Records in the town whose months are played, and whose programmes are opened.
const RECORDS: usize = 50_000;
/// Kind, rows and columns of the charts.
const CHARTS: [(&str, u32, u32, &str); 3] = [
    ("bars", 11, 5, "grouped bars 11 × 5"),
    ("lines", 5, 60, "lines 5 × 60"),
    ("heat", 39, 12, "heat map 39 × 12"),
];

/// Measures in the current Chromium; true when every limit is kept.
///
/// # Errors
/// When the browser or a measurement fails.
pub fn run(cache: &Path, build: &Deployment, draw: &Deployment) -> Outcome<bool> {
    let engine = Engine::Chromium;
    engine.prepare(cache)?;
    let mut draw = draw.clone();
    draw.put("echarts.js", echarts(cache)?.as_bytes());
    let profile = cache.join("profiles").join(format!("draw-{}", std::process::id()));
    let mut driver = engine.start(cache, &profile)?;
    driver.set_viewport(1366, 768)?;
    let mut on = |build: &Deployment, act: &dyn Fn(&mut Page) -> Outcome<bool>| -> Outcome<bool> {
        let folders = (cache.to_path_buf(), profile.clone());
        let site = Site::start(build.clone())?;
        let driver: &mut Box<dyn Driver> = &mut driver;
        act(&mut Page::new(driver, engine, folders, site, build.clone()))
    };
    println!(
        "{:<44} {:>8} {:>16}",
        "script in Chromium, milliseconds", "median", "range"
    );
    let kept = [
        on(&draw, &charts)?,
        on(build, &recolour)?,
        on(build, &player)?,
        on(build, &programmes)?,
    ];
    drop(driver);
    std::fs::remove_dir_all(&profile).unwrap_or_default();
    Ok(kept.iter().all(|kept| *kept))
}

/// Prints the median and the range, and returns the median.
fn report(what: &str, times: &Value) -> Outcome<f64> {
    let list = times.as_array().ok_or_else(|| format!("no times of {what}: {times}"))?;
    let mut times: Vec<f64> = list.iter().filter_map(Value::as_f64).collect();
    times.sort_by(f64::total_cmp);
    let (Some(first), Some(last)) = (times.first(), times.last()) else {
        return Err(format!("no times of {what}"));
    };
    let median = times[times.len() / 2];
    let range = format!("{first:.1}–{last:.1}");
    println!("{what:<44} {median:>8.1} {range:>16}");
    Ok(median)
}

fn verdict(what: &str, value: f64, limit: f64, measure: &str) -> bool {
    let kept = value <= limit;
    let said = if kept { "" } else { "  MISSED" };
    println!("{what:<44} {value:>8.2} {measure}, limit {limit} {measure}{said}");
    kept
}

fn charts(page: &mut Page) -> Outcome<bool> {
    page.goto("")?;
    page.wait_until("ECharts", "return typeof echarts === 'object'")?;
    let mut kept = true;
    for (kind, rows, columns, name) in CHARTS {
        let arguments = json!([kind, rows, columns, ROUNDS.0, ROUNDS.1]);
        let times = page.eval_with(DRAW, arguments)?;
        let ours = report(name, &times["ours"])?;
        let theirs = report(&format!("{name}, ECharts"), &times["theirs"])?;
        kept &= verdict(&format!("{name}, share of ECharts"), ours / theirs, SHARE, "×");
    }
    Ok(kept)
}

/// Draws one kind by turns; the numbers change with every round, so nothing can be kept from the last.
const DRAW: &str = include_str!("script/draw.js");

/// Takes in a change of a control, and tells how long that took. Effects run as microtasks; they are given all they
/// ask for before the clock stops, and the task goes on, so nothing is laid out or painted in between.
const CHANGED: &str = "
    async function changed(act) {
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
      const start = performance.now();
      act();
      for (let i = 0; i < 64; i++) await null;
      return performance.now() - start;
    }";

fn recolour(page: &mut Page) -> Outcome<bool> {
    page.open("?sample&today=2022-11-22#/map")?;
    page.wait_until(
        "the cells",
        "return document.querySelectorAll('path[data-unit]').length === 39",
    )?;
    let times = page.eval(&format!(
        "{CHANGED}
         const select = document.querySelector('select[aria-label=\"着色指标\"]');
         const map = document.querySelector('svg.map'), times = [];
         const paths = () => Array.from(document.querySelectorAll('path[data-unit]'), (p) => p.getAttribute('d')).join();
         const shapes = paths(), nodes = Array.from(document.querySelectorAll('path[data-unit]'));
         return (async () => {{
           for (let round = 0; round < 3; round++) {{
             for (const option of Array.from(select.options)) {{
               if (option.value === select.value) continue;
               const before = map.getAttribute('aria-label');
               const time = await changed(() => {{
                 select.value = option.value;
                 select.dispatchEvent(new Event('change', {{ bubbles: true }}));
               }});
               if (map.getAttribute('aria-label') === before) throw new Error('not recoloured: ' + before);
               if (round > 0) times.push(time);
             }}
           }}
           if (paths() !== shapes || nodes.some((node) => !node.isConnected)) throw new Error('cells were drawn anew');
           return times;
         }})()"
    ))?;
    let median = report("other colours on the map", &times)?;
    Ok(verdict("other colours on the map, median", median, RECOLOUR, "ms"))
}

/// Puts the large town into the browser's storage.
fn store_town(page: &mut Page) -> Outcome<()> {
    let stored = stored(RECORDS)?;
    page.open("")?;
    let store = "localStorage.clear();
                 for (const [key, text] of arguments[0]) localStorage.setItem(tcPrefix + key.slice(3), text)";
    page.eval_with(store, json!(stored.items)).map(drop)
}

/// From a press in the navigation to the frame in which the page of a programme stands with its charts: those in the
/// window, and all of them.
fn programmes(page: &mut Page) -> Outcome<bool> {
    store_town(page)?;
    page.goto("?today=2022-11-22#/charts")?;
    page.wait_ready()?;
    page.wait_until(
        "charts",
        "return document.querySelector('.chart-frame[aria-label]') !== null",
    )?;
    let times = page.eval(PROGRAMMES)?;
    let first = report("page of a programme, charts in the window", &times["first"])?;
    report("the same, all its charts", &times["whole"])?;
    report("the same, charts in the window, again", &times["again"])?;
    Ok(verdict("page of a programme, median of the first", first, PAGE, "ms"))
}

const PROGRAMMES: &str = "
    const frames = () => Array.from(document.querySelectorAll('main .chart-frame'));
    const seen = (frame) => frame.getBoundingClientRect().top < innerHeight;
    const drawn = (frame) => frame.hasAttribute('aria-label');
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    const times = { first: [], whole: [], again: [] };
    return (async () => {
      for (const round of ['first', 'again']) {
        for (const name of ['dream', 'lead', 'base', 'seedling', 'phoenix']) {
          const link = document.querySelector(`nav a[href^='#/p/${name}']`);
          await new Promise((next) => setTimeout(next, 500));
          const before = document.querySelector('main .card');
          const start = performance.now();
          link.click();
          while (document.querySelector('main .card') === before || !frames().length || !frames().filter(seen).every(drawn)) await frame();
          times[round].push(performance.now() - start);
          while (!frames().every(drawn)) await frame();
          if (round === 'first') times.whole.push(performance.now() - start);
        }
      }
      return times;
    })()";

fn player(page: &mut Page) -> Outcome<bool> {
    store_town(page)?;
    page.goto("?today=2022-11-22#/map")?;
    page.wait_ready()?;
    page.wait_until(
        "the cells",
        "return document.querySelectorAll('path[data-unit]').length === 39",
    )?;
    let times = page.eval(&format!(
        "{CHANGED}
         const slider = document.querySelector('input[aria-label=\"月份\"]'), last = Number(slider.max);
         const words = () => slider.getAttribute('aria-valuetext');
         return (async () => {{
           const walks = {{ first: [], again: [] }};
           for (const walk of ['first', 'again']) {{
             for (let month = Math.max(0, last - 40); month < last; month++) {{
               const before = words();
               const time = await changed(() => {{
                 Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(slider, String(month));
                 slider.dispatchEvent(new Event('input', {{ bubbles: true }}));
               }});
               if (words() === before) throw new Error('no other month: ' + before);
               walks[walk].push(time);
             }}
           }}
           return walks;
         }})()"
    ))?;
    let first = report("a month of the player, first time", &times["first"])?;
    report("a month of the player, again", &times["again"])?;
    Ok(verdict(
        "a month of the player, median of the first",
        first,
        FRAME,
        "ms",
    ))
}
