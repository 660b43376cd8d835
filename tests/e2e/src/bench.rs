//! Timings taken in a browser: `cargo xtask bench` prints them. Add a measurement to `MEASUREMENTS`.

use crate::deployment::Deployment;
use crate::driver::Outcome;
use crate::engine::Engine;
use crate::page::Page;
use crate::site::Site;
use std::path::Path;

/// Name and what to measure once, in milliseconds.
type Measurement = (&'static str, fn(&mut Page) -> Outcome<f64>);

const MEASUREMENTS: &[Measurement] = &[
    ("start with an empty ledger", start_empty),
    ("start with the sample town", start_sample),
];

/// Each is measured on a fresh host, hence with empty storage and caches.
const ROUNDS: usize = 7;

/// Measures in the current Chromium and prints median and range.
///
/// # Errors
/// When the browser or a measurement fails.
pub fn run(cache: &Path, build: &Deployment) -> Outcome<()> {
    let engine = Engine::Chromium;
    engine.prepare(cache)?;
    let profile = cache.join("profiles").join(format!("bench-{}", std::process::id()));
    let mut driver = engine.start(cache, &profile)?;
    driver.set_viewport(1366, 768)?;
    println!("{:<40} {:>10} {:>18}", "in Chromium, milliseconds", "median", "range");
    for (name, measure) in MEASUREMENTS {
        let mut times = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            let site = Site::start(build.clone())?;
            times.push(measure(&mut Page::new(
                &mut driver,
                engine,
                (cache.to_path_buf(), profile.clone()),
                site,
                build.clone(),
            ))?);
        }
        times.sort_by(f64::total_cmp);
        println!(
            "{name:<40} {:>10.0} {:>18}",
            times[ROUNDS / 2],
            format!("{:.0}–{:.0}", times[0], times[ROUNDS - 1])
        );
    }
    drop(driver);
    std::fs::remove_dir_all(&profile).unwrap_or_default();
    Ok(())
}

fn start_empty(page: &mut Page) -> Outcome<f64> {
    start(page, "")
}

fn start_sample(page: &mut Page) -> Outcome<f64> {
    start(page, "?sample")
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
