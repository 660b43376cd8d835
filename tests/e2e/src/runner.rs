//! Runs the tests, one engine after the other, each with one browser that is started anew after a failure. What
//! failed or needed a second attempt is told once more at the end, where a shortened record still has it.

use crate::deployment::Deployment;
use crate::driver::{Driver, Outcome};
use crate::engine::Engine;
use crate::page::Page;
use crate::site::Site;
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

/// How many tests of a whole run, over all engines, may pass at their second attempt only. With more of them the run
/// fails: either the page or the tests have become unreliable.
const FORGIVEN: usize = 2;

/// How the tests ended; each failure with its message.
#[derive(Default)]
struct Tally {
    passed: u32,
    failed: Vec<String>,
    /// Passed at the second attempt, with the message of the first.
    unsteady: Vec<String>,
}

impl Tally {
    /// Ends the count: too many unsteady tests are one failure more. True when nothing failed.
    fn close(&mut self) -> bool {
        if self.unsteady.len() > FORGIVEN {
            self.failed.push(format!(
                "{} tests needed a second attempt; {FORGIVEN} are forgiven in a run",
                self.unsteady.len()
            ));
        }
        self.failed.is_empty()
    }

    /// Everything that was not right at once, then `N passed, N failed, unsteady: N`.
    fn report(&self) -> String {
        let unsteady = self
            .unsteady
            .iter()
            .map(|test| format!("needed a second attempt: {test}\n"));
        let failed = self.failed.iter().map(|test| format!("FAILED: {test}\n"));
        let told: String = unsteady.chain(failed).collect();
        format!(
            "{told}{} passed, {} failed, unsteady: {}",
            self.passed,
            self.failed.len(),
            self.unsteady.len()
        )
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
        let good = tally.close();
        println!("{}", tally.report());
        Ok(good)
    }

    fn engine(&self, engine: Engine, tally: &mut Tally) {
        let chosen: Vec<Test> = crate::tests::all()
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
                let first = format!("{name}\n  {message}");
                println!("{name} ... unsteady, once more in a new browser\n  {message}");
                second_runs -= 1;
                driver = None;
                outcome = self.test(engine, test, &profile, &mut driver);
                if outcome.is_ok() {
                    tally.unsteady.push(first);
                }
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

#[cfg(test)]
mod tests {
    use super::Tally;

    fn with(unsteady: usize) -> Tally {
        Tally {
            passed: 9,
            failed: Vec::new(),
            unsteady: (0..unsteady)
                .map(|at| format!("chromium: {at}\n  a click was lost"))
                .collect(),
        }
    }

    #[test]
    fn tests_that_needed_a_second_attempt_are_counted_and_few_are_forgiven() {
        let mut steady = with(0);
        assert!(steady.close());
        assert_eq!(steady.report(), "9 passed, 0 failed, unsteady: 0");
        let mut forgiven = with(2);
        assert!(forgiven.close());
        let report = forgiven.report();
        assert!(report.starts_with("needed a second attempt: chromium: 0\n  a click was lost\n"));
        assert!(report.ends_with("\n9 passed, 0 failed, unsteady: 2"));
        let mut many = with(3);
        assert!(!many.close());
        let report = many.report();
        assert!(report.contains("\nFAILED: 3 tests needed a second attempt; 2 are forgiven in a run\n"));
        assert!(report.ends_with("\n9 passed, 1 failed, unsteady: 3"));
    }
}
