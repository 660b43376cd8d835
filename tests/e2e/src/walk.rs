//! A random walk through the sample town: presses, typing, keys, Back, periods, undo, other sizes of the window. The page
//! must not stop, must report nothing, and what it shows must be what its records say.

use crate::deployment::Deployment;
use crate::driver::Outcome;
use crate::engine::Engine;
use crate::page::{By, Page};
use crate::site::Site;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;
use tiancheng::exchange::{ReadFile, read_file};
use tiancheng::model::engine::indicator::Scope;
use tiancheng::model::programmes;
use tiancheng::model::programmes::sample;
use tiancheng::model::programmes::schemas;
use tiancheng::replica::Replica;
use tiancheng::replica::wire::Names;
use tiancheng::view::first_look::period_of;
use tiancheng::view::overview::figures;

const WALK: &str = include_str!("script/walk.js");
/// Steps between two sizes of the window.
const LEG: u32 = 40;
/// Steps between two checks of the figures.
const CHECKED: u32 = 200;
/// Steps before the walk begins: more than the 50 or, in WebKit, 100 entries that a history holds. Then none is left of
/// the page before, where a step back would end the walk.
const fn cushion(engine: Engine) -> u32 {
    match engine {
        Engine::Webkit => 110,
        _ => 60,
    }
}
/// Steps of the log that a failure tells.
const TOLD: usize = 60;
/// An office screen, a small one, a phone, the same phone turned, a large screen.
const SIZES: [(u32, u32); 5] = [(1366, 768), (1024, 700), (500, 860), (860, 500), (1920, 1080)];

/// Walks `steps` steps; the same seed takes the same way as long as the page answers in the same order.
///
/// # Errors
/// The seed, what went wrong and the last steps.
pub fn walk(page: &mut Page, seed: u32, steps: u32) -> Outcome<()> {
    let mut log: Vec<String> = Vec::new();
    let start = Instant::now();
    wander(page, seed, steps, &mut log).map_err(|why| {
        let last = log.iter().rev().take(TOLD).rev().cloned().collect::<Vec<_>>();
        let problems = page.problems().join("\n  ");
        format!(
            "{why}\n  seed {seed}, after {} steps; run again: cargo xtask walk --seed {seed} --actions {steps}\n  {problems}\n  last steps:\n    {}",
            log.len(),
            last.join("\n    ")
        )
    })?;
    println!(
        "walked {steps} steps with seed {seed} in {:.0} s",
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

fn wander(page: &mut Page, seed: u32, steps: u32, log: &mut Vec<String>) -> Outcome<()> {
    page.open("?sample")?;
    page.eval_with(
        "const step = (left) => left === 0 || new Promise((done) => {
           location.hash = '#/help?n=' + left;
           setTimeout(() => done(step(left - 1)), 120);
         });
         return step(arguments[0])",
        json!(cushion(page.engine())),
    )?;
    let mut state = seed;
    let (mut done, mut leg) = (0, 0);
    while done < steps {
        let (width, height) = SIZES[leg % SIZES.len()];
        leg += 1;
        page.set_viewport(width.max(page.engine().narrowest()), height)?;
        log.push(format!("size {width} × {height}"));
        let count = LEG.min(steps - done);
        let went = page.eval_with(
            &format!("return (function () {{ {WALK} }}).apply(null, arguments[0])"),
            json!([count, state]),
        );
        let went = went.map_err(|why| format!("{why}\n  {}", whereabouts(page)))?;
        log.extend(
            went["log"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|step| step.as_str().unwrap_or_default().to_owned()),
        );
        if let Some(wrong) = went["wrong"].as_str().filter(|wrong| !wrong.is_empty()) {
            return Err(wrong.to_owned());
        }
        if !page.problems().is_empty() {
            return Err("the page reported a problem".into());
        }
        let next = went["state"].as_u64().and_then(|state| u32::try_from(state).ok());
        state = next.ok_or("the walk did not say where it stands")?;
        let taken = went["done"].as_u64().and_then(|taken| u32::try_from(taken).ok());
        let taken = taken
            .filter(|taken| *taken > 0)
            .ok_or("the walk did not say how far it came")?;
        done += taken;
        if done / CHECKED > (done - taken) / CHECKED || done == steps {
            page.set_viewport(1366, 768)?;
            figures_agree(page)?;
        }
    }
    Ok(())
}

/// Where a page is whose script did not end, and what it did last.
fn whereabouts(page: &mut Page) -> String {
    match page.eval("return [location.href, history.length, (window.walkLog || []).slice(-12)]") {
        Ok(at) => at.to_string(),
        Err(error) => format!("the page does not answer: {error}"),
    }
}

/// The figures of the overview are those that its exported records give, where the driver can take a file out.
fn figures_agree(page: &mut Page) -> Outcome<()> {
    if !page.engine().has_downloads() {
        return Ok(());
    }
    // The walk may have left a list or a panel open over the page, or what was found.
    page.press("Escape")?;
    page.eval("const search = document.querySelector('.topbar input'); if (search) search.focus()")?;
    page.press("Escape")?;
    page.eval("document.activeElement.blur()")?;
    // The figures of the town are shown to whoever works for the town.
    page.eval(
        "const role = document.querySelector('.topbar select[aria-label=身份]'); if (!role || role.value === 'town') return; role.value = 'town'; role.dispatchEvent(new Event('change', { bubbles: true }))",
    )?;
    page.step_to("#/settings")?;
    page.click("button", "导出备份")?;
    let file = page.wait_download("备份")?;
    let bytes = std::fs::read(&file).map_err(|error| error.to_string())?;
    std::fs::remove_file(&file).map_err(|error| error.to_string())?;
    let mut replica = Replica::new(schemas());
    match read_file(&bytes, &mut Names::default()).map_err(|notice| notice.to_string())? {
        ReadFile::Plain(content) => replica.merge_all(content.changes),
        ReadFile::Sealed(_) => return Err("the backup is sealed".into()),
    };
    let mut board = programmes::board(period_of(sample::as_of()), sample::as_of());
    board.refresh(&replica);
    page.step_to("#/")?;
    page.find(By::Css("main [data-indicator]"))?;
    let shown = page.eval(
        // The town's figures stand before those of its districts.
        "const first = {}; for (const f of document.querySelectorAll('main [data-indicator]')) if (!(f.dataset.indicator in first)) first[f.dataset.indicator] = f.dataset.value; return first",
    )?;
    let shown: BTreeMap<String, Value> = shown.as_object().cloned().unwrap_or_default().into_iter().collect();
    if shown.len() < 15 {
        return Err(format!("the overview shows {} figures", shown.len()));
    }
    let indicators: Vec<_> = shown.keys().filter_map(|id| programmes::indicator_by_id(id)).collect();
    for figure in figures(&board, &indicators, &Scope::Town) {
        let id = figure.indicator.id;
        if shown.get(id) != Some(&json!(figure.plain)) {
            let at = page.eval("return location.hash")?;
            return Err(format!(
                "{id} at {at}: the page shows {:?}, its records give {}",
                shown.get(id),
                figure.plain
            ));
        }
    }
    Ok(())
}

/// `cargo xtask walk`: true when nothing was found.
///
/// # Errors
/// When the browser does not start.
pub fn run(cache: &Path, build: &Deployment, engine: Engine, seed: u32, steps: u32) -> Outcome<bool> {
    engine.prepare(cache)?;
    let profile = cache.join("profiles").join(format!("walk-{}", std::process::id()));
    let mut driver = engine.start(cache, &profile)?;
    driver.set_viewport(1366, 768)?;
    let site = Site::start(build.clone())?;
    let mut page = Page::new(
        &mut driver,
        engine,
        (cache.to_path_buf(), profile.clone()),
        site,
        build.clone(),
    );
    let outcome = walk(&mut page, seed, steps);
    drop(page);
    drop(driver);
    // A profile left behind costs only space.
    std::fs::remove_dir_all(&profile).unwrap_or_default();
    match outcome {
        Ok(()) => Ok(true),
        Err(why) => {
            println!("{}: {why}", engine.name());
            Ok(false)
        }
    }
}
