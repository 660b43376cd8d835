//! Runs the tests, one engine after the other, each with one browser that is started anew after a failure. What
//! failed or needed a second attempt is told once more at the end, where a shortened record still has it.

use crate::deployment::Deployment;
use crate::driver::{Driver, Outcome};
use crate::engine::Engine;
use crate::page::Page;
use crate::site::Site;
use crate::tests;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
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

/// How many tests of an engine may be run once more in a new browser: a driver that lost a click on a busy machine is
/// told and forgiven, a page that fails twice is not.
const SECOND_RUNS: u32 = 4;

/// How the tests ended; each failure with its message.
#[derive(Default)]
struct Tally {
    passed: u32,
    failed: Vec<String>,
    unsteady: Vec<String>,
}

impl Tally {
    /// Everything that was not right at once, then `N passed, N failed`.
    fn print(&self) {
        for unsteady in &self.unsteady {
            println!("needed a second attempt: {unsteady}");
        }
        for failed in &self.failed {
            println!("FAILED: {failed}");
        }
        println!("{} passed, {} failed", self.passed, self.failed.len());
    }
}

impl Plan {
    /// Runs everything; true when nothing failed.
    ///
    /// # Errors
    /// When the run itself cannot go on.
    pub fn run(self) -> Outcome<bool> {
        let mut tally = Tally::default();
        for engine in &self.engines {
            self.engine(*engine, &mut tally);
        }
        tally.print();
        Ok(tally.failed.is_empty())
    }

    fn engine(&self, engine: Engine, tally: &mut Tally) {
        let chosen: Vec<Test> = tests::all()
            .filter(|test| (test.old_too || !engine.is_old()) && test.name.contains(&self.filter))
            .collect();
        if let Err(missing) = engine.prepare(&self.cache) {
            let message = format!("{}: {} tests not run: {missing}", engine.name(), chosen.len());
            if self.required {
                println!("FAILED: {message}");
                tally.failed.push(message);
            } else {
                println!("left out: {message}");
            }
            return;
        }
        let profile = self
            .cache
            .join("profiles")
            .join(format!("{}-{}", engine.name(), std::process::id()));
        let mut driver = None;
        let mut second_runs = SECOND_RUNS;
        for test in chosen {
            let name = format!("{}: {}", engine.name(), test.name);
            let start = Instant::now();
            let mut outcome = self.test(engine, test, &profile, &mut driver);
            if let Err(message) = &outcome
                && second_runs > 0
            {
                println!("{name} ... unsteady, once more in a new browser\n  {message}");
                tally.unsteady.push(format!("{name}\n  {message}"));
                second_runs -= 1;
                driver = None;
                outcome = self.test(engine, test, &profile, &mut driver);
            }
            let seconds = start.elapsed().as_secs_f64();
            match outcome {
                Ok(()) => {
                    tally.passed += 1;
                    println!("{name} ... ok ({seconds:.1} s)");
                }
                Err(message) => {
                    println!("{name} ... FAILED ({seconds:.1} s)\n  {message}");
                    tally.failed.push(format!("{name}\n  {message}"));
                    // Whatever went wrong must not reach the next test.
                    driver = None;
                }
            }
        }
        drop(driver);
        // A profile left behind costs only space.
        std::fs::remove_dir_all(&profile).unwrap_or_default();
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
