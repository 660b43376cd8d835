//! Browser tests: the built page in real engines, used as people use it.
//!
//! Run by `cargo xtask test`; a part of them by `cargo xtask test --browser chromium --filter offline`.
//!
//! # Adding tests
//!
//! Write `src/tests/<topic>.rs` with a `pub const TESTS: &[Test]` and name the topic in `src/tests/mod.rs`.
//! A test is a function `fn(&mut Page) -> Outcome<()>`; see [`page::Page`] for what it can do. It starts with
//! nothing open, on a host of its own and hence with empty storage. Assertions may panic. An error on the
//! console, an unhandled rejection or a violation of the content security policy fails the test, unless it
//! called `allow_problems`. After a failure a picture lies in `target/e2e/failures/`.
//!
//! `Test::all` runs in all engines, `Test::current` in the three current ones. A test for few engines
//! looks at `page.engine()`.

pub mod bench;
pub mod bench_draw;
pub mod bench_merge;
pub mod bench_tables;
pub mod cdp;
pub mod deployment;
pub mod driver;
pub mod engine;
pub mod http;
pub mod kills;
pub mod page;
pub mod process;
pub mod runner;
pub mod site;
pub mod tests;
pub mod walk;
pub mod webdriver;

use deployment::Deployment;
use engine::Engine;
use runner::Plan;
use std::path::{Path, PathBuf};

/// Runs what the arguments name; true when nothing failed.
///
/// # Errors
/// When the run cannot begin or go on.
pub fn run(arguments: &[String]) -> Result<bool, String> {
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let flag = |name: &str| arguments.iter().any(|argument| argument == name);
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").into());
    let root = PathBuf::from(root).join("../..");
    let dist = option("--dist").map_or_else(|| root.join("dist"), PathBuf::from);
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let cache = target.join("e2e");
    std::fs::create_dir_all(&cache).map_err(|error| format!("{}: {error}", cache.display()))?;
    // Browsers want absolute paths.
    let cache = cache
        .canonicalize()
        .map_err(|error| format!("{}: {error}", cache.display()))?;
    let build = Deployment::read(&dist)?;
    if flag("--bench") {
        let floor = option("--floor").ok_or("--bench wants --floor FOLDER: `cargo xtask bench` builds it")?;
        let smooth = bench_merge::run(&cache, &build)? & bench_tables::run(&cache, &build)?;
        return Ok(bench::run(&cache, &build, &Deployment::read(Path::new(&floor))?)? && smooth);
    }
    if flag("--bench-merge") {
        return bench_merge::run(&cache, &build);
    }
    if flag("--bench-tables") {
        return bench_tables::run(&cache, &build);
    }
    if flag("--bench-draw") {
        let draw = option("--draw").ok_or("--bench-draw wants --draw FOLDER: `cargo xtask bench --draw` builds it")?;
        return bench_draw::run(&cache, &build, &Deployment::read(Path::new(&draw))?);
    }
    if flag("--walk") {
        let number = |name: &str, usual: u32| match option(name) {
            None => Ok(usual),
            Some(text) => text
                .parse()
                .map_err(|_| format!("{name} wants a whole number, not `{text}`")),
        };
        let engine = option("--browser").map_or(Ok(Engine::Chromium), |name| engine_named(&name))?;
        // A walk of its own each time, told so that it can be walked again.
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let seed = number("--seed", now.map_or(1, |now| now.subsec_nanos() ^ now.as_secs() as u32))?;
        return walk::run(&cache, &build, engine, seed, number("--actions", 20_000)?);
    }
    let engines = match option("--browser") {
        None => Engine::ALL.to_vec(),
        Some(names) => names.split(',').map(engine_named).collect::<Result<_, _>>()?,
    };
    if let Some(kills) = option("--kills") {
        let kills = kills.parse().map_err(|_| format!("`{kills}` is no number of kills"))?;
        return killed(&cache, &build, &engines, kills);
    }
    let required = flag("--all-required") || option("--browser").is_some();
    Plan {
        engines,
        filter: option("--filter").unwrap_or_default(),
        cache,
        build,
        required,
    }
    .run()
}

/// Kills the current ones of these engines; true when nothing that was called saved is lost.
fn killed(cache: &Path, build: &Deployment, engines: &[Engine], kills: u32) -> Result<bool, String> {
    let mut all_kept = true;
    for &engine in engines.iter().filter(|engine| !engine.is_old()) {
        engine.prepare(cache)?;
        let tally = kills::run(cache, build, engine, kills)?;
        println!(
            "{}: {} kills, {} saves acknowledged, {} lost; {}",
            engine.name(),
            tally.kills,
            tally.saves,
            tally.lost,
            tally.starts()
        );
        all_kept &= tally.lost == 0;
    }
    Ok(all_kept)
}

fn engine_named(name: &str) -> Result<Engine, String> {
    Engine::ALL
        .into_iter()
        .find(|engine| engine.name() == name)
        .ok_or_else(|| {
            let known: Vec<&str> = Engine::ALL.iter().map(|engine| engine.name()).collect();
            format!("there is no browser `{name}`; known are {}", known.join(", "))
        })
}
