//! A browser that is killed at any instant: what the page called saved is there after the next start.
//!
//! No driver: WebKitGTK's keeps nothing on the disk. A script (`script/kills.js`) saves on and on and tells the host what the
//! page called saved; the browser is ended without a word, started again with its profile, and tells what it has.

use crate::deployment::Deployment;
use crate::driver::Outcome;
use crate::engine::Engine;
use crate::process::Process;
use crate::site::Site;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a start may take on a busy machine.
const START: Duration = Duration::from_secs(90);
/// A kill comes within this time of the first save of a start, in milliseconds.
const WITHIN_MS: u64 = 3_000;

/// What came of all kills.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often the browser was killed.
    pub kills: u32,
    /// Saves that the page had called saved.
    pub saves: usize,
    /// Those of them that were gone afterwards.
    pub lost: usize,
    /// From the start of the browser until the page had its records, after each kill; told, never judged.
    pub starts: Vec<Duration>,
}

impl Tally {
    /// `starts 1.2 s in the middle, 2.0 s at most`.
    pub fn starts(&self) -> String {
        let mut starts = self.starts.clone();
        starts.sort_unstable();
        let (middle, most) = (starts.get(starts.len() / 2), starts.last());
        let seconds = |time: Option<&Duration>| time.map_or(0.0, Duration::as_secs_f64);
        format!(
            "starts {:.1} s in the middle, {:.1} s at most",
            seconds(middle),
            seconds(most)
        )
    }
}

/// Kills an engine so many times in a row, always with the same profile.
///
/// # Errors
/// When the browser or the page does not start.
pub fn run(cache: &Path, build: &Deployment, engine: Engine, kills: u32) -> Outcome<Tally> {
    let mut build = build.clone();
    build.put_script_first("e2e-kills.js", include_str!("script/kills.js"));
    let site = Site::start(build)?;
    let profile = cache.join("kills").join(engine.name());
    if profile.exists() {
        std::fs::remove_dir_all(&profile).map_err(|error| format!("{}: {error}", profile.display()))?;
    }
    let mut tally = Tally::default();
    let mut saved: BTreeSet<String> = BTreeSet::new();
    let mut seen = 0;
    let mut dice = Dice(std::process::id());
    loop {
        let start = Instant::now();
        let mut browsers = engine.start_alone(&profile, &site.address("?today=2022-11-22"))?;
        let stored = wait(&site, seen, "started").map_err(|error| format!("{error} after {} kills", tally.kills))?;
        if tally.kills > 0 {
            tally.starts.push(start.elapsed());
        }
        let lost: Vec<&String> = saved.iter().filter(|key| !holds(&stored, key)).collect();
        tally.lost += lost.len();
        tally.saves = saved.len();
        if !lost.is_empty() {
            println!("{}: kill {} lost {lost:?}", engine.name(), tally.kills);
            // Each is counted once.
            saved.retain(|key| holds(&stored, key));
        }
        if tally.kills == kills {
            tally.saves += tally.lost;
            return Ok(tally);
        }
        wait(&site, seen, "saved")?;
        std::thread::sleep(Duration::from_millis(dice.below(WITHIN_MS)));
        browsers.iter_mut().rev().for_each(Process::kill_tree);
        drop(browsers);
        tally.kills += 1;
        let notes = site.notes();
        for note in &notes[seen..] {
            saved.extend(told(note, "saved").iter().flat_map(texts));
        }
        seen = notes.len();
    }
}

/// Waits until the script says this.
fn wait(site: &Site, from: usize, what: &str) -> Outcome<Value> {
    let start = Instant::now();
    loop {
        let notes = site.notes();
        if let Some(found) = notes[from..].iter().find_map(|note| told(note, what)) {
            return Ok(found);
        }
        if let Some(why) = notes[from..].iter().find_map(|note| told(note, "stopped")) {
            return Err(format!("the script stopped: {why}"));
        }
        if start.elapsed() > START {
            return Err(format!("the page never said `{what}`"));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn told(note: &str, what: &str) -> Option<Value> {
    serde_json::from_str::<Value>(note).ok()?.get(what).cloned()
}

fn texts(list: &Value) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(|item| Some(item.as_str()?.to_owned())).collect()
}

/// Whether a save stands in the storage: under its own key, or taken into the snapshot.
fn holds(stored: &Value, key: &str) -> bool {
    let heads = stored["heads"].as_array().into_iter().flatten();
    texts(&stored["journals"]).iter().any(|known| known == key) || heads.into_iter().any(|head| gathered(head, key))
}

fn gathered(head: &Value, key: &str) -> bool {
    let mut parts = key.split('.').skip(1);
    let (actor, number) = (parts.next(), parts.next().and_then(|n| n.parse::<u64>().ok()));
    let mut gone = head["gone"].as_array().into_iter().flatten();
    !head["folded"][key].is_null()
        || gone.any(|range| {
            let within = |n| (range[1].as_u64() <= Some(n)) && (Some(n) <= range[2].as_u64());
            range[0].as_str() == actor && number.is_some_and(within)
        })
}

/// Numbers by chance.
struct Dice(u32);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        // xorshift32
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        u64::from(self.0) % limit
    }
}
