//! `check`, `test` and `bench`: stages in a row, whose results are summed and never hidden.

use crate::process::{cargo, root, run, run_reading};
use crate::{Outcome, floor, option, page, setup, size};
use std::process::Command;
use std::time::Instant;

/// What tests say of themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
    /// Browser tests that passed at their second attempt only.
    unsteady: u64,
}

impl Counts {
    fn add(&mut self, more: Counts) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.unsteady += more.unsteady;
    }
}

/// `5 passed, 0 failed`, and `, unsteady: 1` where there are such tests.
impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        match self.unsteady {
            0 => Ok(()),
            some => write!(f, ", unsteady: {some}"),
        }
    }
}

/// Counts over all stages.
#[derive(Default)]
struct Tally {
    counts: Counts,
    broken: Vec<String>,
}

impl Tally {
    /// Runs a stage that either holds or not; a broken one counts as one failure.
    fn stage(&mut self, name: &str, act: impl FnOnce() -> Outcome<()>) {
        let start = Instant::now();
        println!("\n== {name}");
        match act() {
            Ok(()) => println!("== {name}: ok, {:.0} s", start.elapsed().as_secs_f64()),
            Err(message) => self.breaks(name, &message),
        }
    }

    fn breaks(&mut self, name: &str, message: &str) {
        println!("== {name}: FAILED: {message}");
        self.counts.failed += 1;
        self.broken.push(name.to_owned());
    }

    /// Runs a stage that reports tests, read from its lines by `counts`.
    fn tests(&mut self, name: &str, command: &mut Command, counts: fn(&str) -> Option<Counts>) {
        let start = Instant::now();
        println!("\n== {name}");
        let mut told = Counts::default();
        let outcome = run_reading(command, |line| told.add(counts(line).unwrap_or_default()));
        self.counts.add(told);
        match outcome {
            Ok(true) if told.failed == 0 => {}
            Ok(_) if told.failed > 0 => self.broken.push(name.to_owned()),
            Ok(_) => self.breaks(name, "it ended with an error and named no failed test"),
            Err(message) => self.breaks(name, &message),
        }
        println!("== {name}: {told}, {:.0} s", start.elapsed().as_secs_f64());
    }

    /// The closing line, alone on its line.
    fn close(self) -> Outcome<()> {
        println!();
        if !self.broken.is_empty() {
            println!("Failed: {}", self.broken.join(", "));
        }
        println!("{}", self.counts);
        if self.counts.failed == 0 {
            Ok(())
        } else {
            Err("there are failures".into())
        }
    }
}

/// Format, lints and native tests.
pub fn check() -> Outcome<()> {
    let mut tally = Tally::default();
    native(&mut tally);
    tally.close()
}

/// Everything; or, with a browser or a filter named, the browser tests alone.
pub fn test(arguments: &[String]) -> Outcome<()> {
    let mut tally = Tally::default();
    let part = ["--browser", "--filter"]
        .iter()
        .any(|name| option(arguments, name).is_some());
    let as_it_is = crate::flag(arguments, "--no-build");
    if !part && !as_it_is {
        native(&mut tally);
    }
    let mut built = true;
    if !as_it_is {
        tally.stage("build the page", || page::build(&[]));
        built = tally.broken.iter().all(|name| name != "build the page");
    }
    if built {
        tally.stage("size budget", size::report);
        tally.stage("tools for browser tests", setup::for_browser_tests);
        browsers(&mut tally, arguments);
    }
    tally.close()
}

/// Native benchmarks, then those in a browser; with `--browser` the latter alone.
pub fn bench(arguments: &[String]) -> Outcome<()> {
    if crate::flag(arguments, "--draw") {
        if !crate::flag(arguments, "--no-build") {
            page::build(&[])?;
        }
        setup::for_browser_tests()?;
        return bench_drawing();
    }
    if !crate::flag(arguments, "--browser") {
        run(cargo(&["bench", "--workspace", "--benches"]).args(arguments))?;
    }
    page::build(&[])?;
    setup::for_browser_tests()?;
    let floor = floor::build()?;
    // A limit that is missed does not keep the rest from being measured.
    let started = run(e2e(&["--bench"]).arg("--floor").arg(floor));
    bench_drawing()?;
    started
}

/// A random walk through the sample town.
pub fn walk(arguments: &[String]) -> Outcome<()> {
    if !crate::flag(arguments, "--no-build") {
        page::build(&[])?;
    }
    setup::for_browser_tests()?;
    run(e2e(&["--walk"]).args(arguments))
}

/// Kills browsers in the middle of saving and counts what is lost.
pub fn kills(arguments: &[String]) -> Outcome<()> {
    if !crate::flag(arguments, "--no-build") {
        page::build(&[])?;
    }
    setup::for_browser_tests()?;
    let kills = option(arguments, "--kills").unwrap_or("100");
    let mut command = e2e(&["--kills"]);
    command.arg(kills);
    if let Some(browser) = option(arguments, "--browser") {
        command.args(["--browser", browser]);
    }
    run(&mut command)
}

/// Many random histories, held against the model of merging.
pub fn model(arguments: &[String]) -> Outcome<()> {
    // Few enough digits that nobody mistypes them.
    let drawn = || {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        (now.map_or(1, |now| now.as_millis()) % 1_000_000_000).to_string()
    };
    let histories = option(arguments, "--histories").unwrap_or("10000");
    let seed = option(arguments, "--seed").map_or_else(drawn, str::to_owned);
    for given in [histories, &seed] {
        let read: Result<u64, _> = given.parse();
        read.map_err(|_| format!("`{given}` is not a whole number"))?;
    }
    println!("{histories} histories from number {seed} on");
    let mut command = cargo(&["test", "--locked", "--test", "model_merge", "--", "--nocapture"]);
    run(command.env("MODEL_HISTORIES", histories).env("MODEL_SEED", &seed))
}

/// Charts beside another library, the map and its player.
fn bench_drawing() -> Outcome<()> {
    let draw = floor::draw()?;
    run(e2e(&["--bench-draw"]).arg("--draw").arg(draw))
}

fn native(tally: &mut Tally) {
    tally.stage("format", || run(&mut cargo(&["fmt", "--all", "--", "--check"])));
    tally.stage("lints, native", || {
        run(&mut cargo(&[
            "clippy",
            "--locked",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    });
    tally.stage("lints, page", || {
        setup::target()?;
        run(&mut cargo(&[
            "clippy",
            "--locked",
            "-p",
            "tiancheng",
            "--lib",
            "--bin",
            "page",
            "--target",
            setup::TARGET,
            "--",
            "-D",
            "warnings",
        ]))
    });
    tally.tests(
        "native tests",
        &mut cargo(&["test", "--locked", "--workspace", "--no-fail-fast"]),
        libtest,
    );
}

fn browsers(tally: &mut Tally, arguments: &[String]) {
    let mut command = e2e(&[]);
    for name in ["--browser", "--filter"] {
        if let Some(value) = option(arguments, name) {
            command.args([name, value]);
        }
    }
    if std::env::var("CI").is_ok_and(|value| value == "true") {
        command.arg("--all-required");
    }
    tally.tests("browser tests", &mut command, closing_line);
}

fn e2e(arguments: &[&str]) -> Command {
    let mut command = cargo(&["run", "--locked", "--quiet", "-p", "e2e", "--"]);
    command.args(arguments).arg("--dist").arg(root().join("dist"));
    command
}

/// `test result: ok. 5 passed; 0 failed; …`, once per test program.
fn libtest(line: &str) -> Option<Counts> {
    let rest = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let mut parts = rest.split("; ");
    Some(Counts {
        passed: number(parts.next()?, " passed")?,
        failed: number(parts.next()?, " failed")?,
        unsteady: 0,
    })
}

/// `5 passed, 0 failed, unsteady: 1`; the last part may be missing.
fn closing_line(line: &str) -> Option<Counts> {
    let mut parts = line.split(", ");
    let counts = Counts {
        passed: number(parts.next()?, " passed")?,
        failed: number(parts.next()?, " failed")?,
        unsteady: match parts.next() {
            None => 0,
            Some(part) => part.strip_prefix("unsteady: ")?.parse().ok()?,
        },
    };
    parts.next().is_none().then_some(counts)
}

fn number(text: &str, unit: &str) -> Option<u64> {
    text.strip_suffix(unit)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read_from_every_kind_of_line() {
        assert_eq!(
            libtest(
                "test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s"
            ),
            Some(counts(5, 2, 0))
        );
        assert_eq!(libtest("test a::b ... ok"), None);
        assert_eq!(closing_line("12 passed, 3 failed"), Some(counts(12, 3, 0)));
        assert_eq!(closing_line("12 passed, 3 failed, unsteady: 2"), Some(counts(12, 3, 2)));
        assert_eq!(closing_line("chromium: 12 passed, 3 failed"), None);
        assert_eq!(closing_line("12 passed, 3 failed, in all 15"), None);
    }

    #[test]
    fn the_closing_line_says_what_was_unsteady_and_keeps_its_form() {
        let mut all = counts(5, 0, 0);
        assert_eq!(all.to_string(), "5 passed, 0 failed");
        all.add(counts(12, 1, 3));
        assert_eq!(all.to_string(), "17 passed, 1 failed, unsteady: 3");
        assert_eq!(closing_line(&all.to_string()), Some(all));
    }

    fn counts(passed: u64, failed: u64, unsteady: u64) -> Counts {
        Counts {
            passed,
            failed,
            unsteady,
        }
    }
}
