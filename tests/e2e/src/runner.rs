//! Runs the tests, two engines at a time, each with one browser that is started anew after a failure.

use crate::deployment::Deployment;
use crate::driver::{Driver, Outcome};
use crate::engine::Engine;
use crate::page::Page;
use crate::site::Site;
use crate::tests;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// A named test.
#[derive(Clone, Copy)]
pub struct Test {
    name: &'static str,
    old_too: bool,
    act: fn(&mut Page) -> Outcome<()>,
}

impl Test {
    /// In all engines, the old ones included.
    pub const fn all(name: &'static str, act: fn(&mut Page) -> Outcome<()>) -> Self {
        Self {
            name,
            old_too: true,
            act,
        }
    }

    /// In the three current engines.
    pub const fn current(name: &'static str, act: fn(&mut Page) -> Outcome<()>) -> Self {
        Self {
            name,
            old_too: false,
            act,
        }
    }
}

/// What to run.
pub struct Plan {
    pub engines: Vec<Engine>,
    /// Only tests whose name contains this.
    pub filter: String,
    /// Folder for profiles, old engines and pictures of failures.
    pub cache: PathBuf,
    pub build: Deployment,
    /// Whether a missing engine is a failure.
    pub required: bool,
}

/// How many engines run at a time.
const AT_A_TIME: usize = 2;

/// How many tests of an engine may be run once more in a new browser: a driver that lost a click on a busy machine is
/// told and forgiven, a page that fails twice is not.
const SECOND_RUNS: u32 = 4;

impl Plan {
    /// Runs everything; true when nothing failed.
    ///
    /// # Errors
    /// When the run itself cannot go on.
    pub fn run(self) -> Outcome<bool> {
        let queue = Mutex::new(VecDeque::from(self.engines.clone()));
        let totals = Mutex::new((0, 0));
        std::thread::scope(|scope| {
            for _ in 0..AT_A_TIME {
                scope.spawn(|| {
                    while let Some(engine) = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front() {
                        let (passed, failed) = self.engine(engine);
                        let mut totals = totals.lock().unwrap_or_else(PoisonError::into_inner);
                        totals.0 += passed;
                        totals.1 += failed;
                    }
                });
            }
        });
        let (passed, failed) = totals.into_inner().unwrap_or_else(PoisonError::into_inner);
        println!("{passed} passed, {failed} failed");
        Ok(failed == 0)
    }

    fn engine(&self, engine: Engine) -> (u32, u32) {
        let chosen: Vec<Test> = tests::all()
            .filter(|test| (test.old_too || !engine.is_old()) && test.name.contains(&self.filter))
            .collect();
        if let Err(missing) = engine.prepare(&self.cache) {
            let verdict = if self.required { "FAILED" } else { "left out" };
            println!(
                "{}: {verdict}: {} tests not run: {missing}",
                engine.name(),
                chosen.len()
            );
            return (0, u32::from(self.required));
        }
        let profile = self
            .cache
            .join("profiles")
            .join(format!("{}-{}", engine.name(), std::process::id()));
        let mut driver = None;
        let (mut passed, mut failed) = (0, 0);
        let mut second_runs = SECOND_RUNS;
        for test in chosen {
            let start = Instant::now();
            let mut outcome = self.test(engine, test, &profile, &mut driver);
            if let Err(message) = &outcome
                && second_runs > 0
            {
                println!(
                    "{}: {} ... unsteady, once more in a new browser\n  {message}",
                    engine.name(),
                    test.name
                );
                second_runs -= 1;
                driver = None;
                outcome = self.test(engine, test, &profile, &mut driver);
            }
            let seconds = start.elapsed().as_secs_f64();
            match outcome {
                Ok(()) => {
                    passed += 1;
                    println!("{}: {} ... ok ({seconds:.1} s)", engine.name(), test.name);
                }
                Err(message) => {
                    failed += 1;
                    println!(
                        "{}: {} ... FAILED ({seconds:.1} s)\n  {message}",
                        engine.name(),
                        test.name
                    );
                    // Whatever went wrong must not reach the next test.
                    driver = None;
                }
            }
        }
        drop(driver);
        // A profile left behind costs only space.
        std::fs::remove_dir_all(&profile).unwrap_or_default();
        (passed, failed)
    }

    fn test(&self, engine: Engine, test: Test, profile: &Path, driver: &mut Option<Box<dyn Driver>>) -> Outcome<()> {
        let driver = match driver {
            Some(driver) => driver,
            None => driver.insert(engine.start(&self.cache, profile)?),
        };
        empty(driver.downloads())?;
        driver.set_viewport(1366, 768)?;
        let site = Site::start(self.build.clone())?;
        let mut page = Page::new(
            driver,
            engine,
            (self.cache.clone(), profile.to_path_buf()),
            site,
            self.build.clone(),
        );
        let outcome = catch_unwind(AssertUnwindSafe(|| (test.act)(&mut page)))
            .unwrap_or_else(|panic| Err(panic_message(panic.as_ref())))
            .and_then(|()| match page.problems().as_slice() {
                [] => Ok(()),
                problems => Err(format!("the page reported: {}", problems.join("\n  "))),
            });
        let outcome = outcome.map_err(|message| format!("{message}{}", self.evidence(engine, test, &mut page)));
        // Nothing of this test stays on screen.
        outcome.and_then(|()| driver.goto("about:blank"))
    }

    /// A picture and the page's own words, for a failed test.
    fn evidence(&self, engine: Engine, test: Test, page: &mut Page) -> String {
        let folder = self.cache.join("failures");
        let path = folder.join(format!("{}-{}.png", engine.name(), test.name.replace([' ', '/'], "-")));
        let picture = std::fs::create_dir_all(&folder)
            .map_err(|error| error.to_string())
            .and_then(|()| page.screenshot(&path));
        let picture = picture.map_or_else(
            |error| format!("no picture: {error}"),
            |()| format!("picture: {}", path.display()),
        );
        let problems: String = page
            .problems()
            .iter()
            .map(|problem| format!("\n  reported: {problem}"))
            .collect();
        format!("\n  {picture}{problems}")
    }
}

fn empty(folder: &Path) -> Outcome<()> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries.flatten() {
        std::fs::remove_file(entry.path()).map_err(|error| format!("{}: {error}", entry.path().display()))?;
    }
    Ok(())
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    format!("panic: {}", text.unwrap_or("without a message"))
}
