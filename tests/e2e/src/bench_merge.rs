//! Merging the reports of a whole town in the page: how long the page stands still at most.
//!
//! Part of `cargo xtask bench`; alone with `--bench-merge`.

use crate::deployment::Deployment;
use crate::driver::Outcome;
use crate::engine::Engine;
use crate::page::{By, Page};
use crate::site::Site;
use crate::tests::folder;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tiancheng::exchange::name::file_name;
use tiancheng::exchange::writing::Order;
use tiancheng::exchange::{Purpose, Scope, export};
use tiancheng::model::date::Instant;
use tiancheng::model::programmes::sample::{SampleOptions, town};
use tiancheng::model::programmes::schemas;
use tiancheng::model::programmes::town::ledgers::Unit;
use tiancheng::model::records::rows;
use tiancheng::replica::Replica;
use tiancheng::replica::seed::seed;

/// Records of the town, so that no unit has fewer than [`LEAST`].
const RECORDS: usize = 62_000;
/// Records of a file.
const LEAST: usize = 1_500;
/// Longest time without a frame, in milliseconds.
const LIMIT: f64 = 200.0;
/// How long the whole may take before something is wrong.
const PATIENCE: Duration = Duration::from_secs(180);

/// Measures in the current Chromium; true when the limit is kept.
///
/// # Errors
/// When the browser or a measurement fails.
pub fn run(cache: &Path, build: &Deployment) -> Outcome<bool> {
    let engine = Engine::Chromium;
    engine.prepare(cache)?;
    let profile = cache
        .join("profiles")
        .join(format!("bench-merge-{}", std::process::id()));
    let mut driver = engine.start(cache, &profile)?;
    driver.set_viewport(1366, 768)?;
    let folders = (cache.to_path_buf(), profile.clone());
    let site = Site::start(build.clone())?;
    let mut page = Page::new(&mut driver, engine, folders, site, build.clone());
    let kept = measure(&mut page).and_then(|kept| {
        page.turn_to_host(Site::start(build.clone())?);
        Ok(measure_folder(&mut page)? && kept)
    });
    drop(driver);
    std::fs::remove_dir_all(&profile).unwrap_or_default();
    kept
}

fn measure(page: &mut Page) -> Outcome<bool> {
    page.open("?today=2022-11-22#/merge")?;
    page.wait_until(
        "all parts are here",
        "return document.documentElement.dataset.parts === 'all'",
    )?;
    let files = reports(page)?;
    let mut kept = true;
    let mut step = |page: &mut Page, what: &str, act: &dyn Fn(&mut Page) -> Outcome<()>| {
        watch(page)?;
        act(page)?;
        kept &= told(page, what)?;
        Ok::<(), String>(())
    };
    let preview = |page: &mut Page| {
        page.upload("选择文件", &files)?;
        seen(page, By::Role("heading", "合并预览"))
    };
    step(page, "reading 39 files and the preview", &preview)?;
    step(page, "merging them", &|page| {
        page.click("button", "合并 39 个文件")?;
        seen(page, By::Text("已合并 39 个文件"))
    })?;
    step(page, "reading them once more, nothing new", &preview)?;
    Ok(kept)
}

/// The same files in a folder that is shared: the first round of an empty browser, that of the next page load, and
/// what a browser writes that has all of it while the folder is empty.
fn measure_folder(page: &mut Page) -> Outcome<bool> {
    page.open("?today=2022-11-22#/merge")?;
    folder::help(page)?;
    for file in reports(page)? {
        let text = std::fs::read_to_string(&file).map_err(|error| error.to_string())?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        page.eval_with(folder::PUT, json!([name, text]))?;
    }
    watch(page)?;
    page.click("button", "选择共享文件夹…")?;
    seen(page, By::Text("上次同步"))?;
    let mut kept = told(page, "39 files from a shared folder")?;
    watch(page)?;
    folder::look(page)?;
    seen(page, By::Text("上次同步"))?;
    kept &= told(page, "looking again, nothing new")?;
    page.reload()?;
    folder::help(page)?;
    watch(page)?;
    seen(page, By::Text("上次同步"))?;
    kept &= told(page, "the next page load, all read again")?;
    page.click("button", "不再共享")?;
    page.eval(
        "return navigator.storage.getDirectory().then((root) => root.removeEntry('镇里共享', { recursive: true }))",
    )?;
    watch(page)?;
    page.click("button", "选择共享文件夹…")?;
    seen(page, By::Text("上次同步"))?;
    kept &= told(page, "writing all of it into an empty folder")?;
    Ok(kept)
}

pub(crate) fn seen(page: &mut Page, what: By) -> Outcome<()> {
    page.wait_for("it is done", PATIENCE, |page| Ok(!page.all(what)?.is_empty()))
}

/// From now on notes how long the page stands still.
pub(crate) fn watch(page: &mut Page) -> Outcome<()> {
    page.eval(
        "window.still = { longest: 0, task: 0, start: performance.now() };
         const here = window.still;
         new PerformanceObserver((list) => { for (const entry of list.getEntries()) here.task = Math.max(here.task, entry.duration); }).observe({ entryTypes: ['longtask'] });
         let last = performance.now();
         const frame = () => { const now = performance.now(); here.longest = Math.max(here.longest, now - last); last = now; if (window.still === here) requestAnimationFrame(frame); };
         requestAnimationFrame(frame);",
    )
    .map(drop)
}

fn told(page: &mut Page, what: &str) -> Outcome<bool> {
    Ok(timed(page, what)?.0)
}

/// Whether the page kept the limit, and how long the whole took in milliseconds.
pub(crate) fn timed(page: &mut Page, what: &str) -> Outcome<(bool, f64)> {
    // What shows that it is done may stand in the middle of a task: that task counts, and what it leads to.
    let times = page.eval(
        "const whole = performance.now() - window.still.start;
         return new Promise((resolve) => setTimeout(resolve, 500)).then(() => [whole, window.still.longest, window.still.task]);",
    )?;
    let time = |at: usize| times[at].as_f64().ok_or("no time was measured");
    let (all, longest, task) = (time(0)?, time(1)?, time(2)?);
    let kept = longest <= LIMIT;
    let verdict = if kept { "" } else { "  MISSED" };
    println!(
        "{what:<40} {all:>7.0} ms, longest without a frame {longest:>5.0} ms, longest task {task:>5.0} ms, limit {LIMIT} ms{verdict}"
    );
    Ok((kept, all))
}

/// What the 39 units report.
fn reports(page: &mut Page) -> Outcome<Vec<PathBuf>> {
    let options = SampleOptions {
        records: RECORDS,
        ..SampleOptions::default()
    };
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &town(&options)));
    let mut files = Vec::new();
    let (mut records, mut bytes) = (Vec::new(), 0);
    for unit in rows::<Unit>(&replica) {
        let order = Order {
            purpose: Purpose::Report,
            scope: Scope::units([unit.id()]),
            by: String::new(),
            at: Instant(1_669_080_600),
        };
        let written = export(&replica, &order);
        records.push(written.counts.records);
        bytes += written.text.len();
        files.push(page.file(&file_name(&replica, &written.header), written.text.as_bytes())?);
    }
    let least = records.iter().copied().min().unwrap_or(0);
    println!(
        "{} files, {} records, no file below {least}, {bytes} bytes",
        files.len(),
        records.iter().sum::<usize>()
    );
    if least < LEAST || files.len() != 39 {
        return Err("the files are smaller than they should be".into());
    }
    Ok(files)
}
