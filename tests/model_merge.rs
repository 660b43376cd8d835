//! The program held against a model of merging that is written from `docs/file-format.md` and shares nothing with it.
//!
//! `cargo xtask model` takes 10,000 histories. A history has a number; the failure names it, and
//! `cargo xtask model --histories 1 --seed NUMBER` takes it alone.

#[path = "support/dice.rs"]
mod dice;
mod model;

use std::collections::BTreeMap;
use std::time::Instant;

use dice::Dice;
use model::facts::{Facts, expected, expected_figures, fields_by_ledger, found, found_figures};
use model::history::{History, sha256};
use model::rules::{References, Union, View, Write};
use tiancheng::exchange::writing::canonical_file;
use tiancheng::exchange::{ReadFile, read_file};
use tiancheng::model::programmes::schemas;
use tiancheng::replica::wire::Names;
use tiancheng::replica::{Change, Replica};

fn references() -> References {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ledgers.md");
    References::read(&std::fs::read_to_string(page).expect("the page of ledgers"))
}

fn read(file: &str) -> Vec<Change> {
    match read_file(file.as_bytes(), &mut Names::default()) {
        Ok(ReadFile::Plain(content)) => content.changes,
        Ok(ReadFile::Sealed(_)) => panic!("a sealed file"),
        Err(notice) => panic!("refused: {notice}\n{file}"),
    }
}

/// Merges files one after the other, as the command line does.
fn merged<'f>(files: impl IntoIterator<Item = &'f String>) -> Replica {
    let mut replica = Replica::new(schemas());
    for file in files {
        replica.merge_all(read(file));
    }
    replica
}

/// The same files merged in several ways: as they are, in another order with one of them twice, and all at once.
fn ways(number: u64, files: &[String]) -> Vec<Replica> {
    let mut dice = Dice(number ^ 0x5bd1_e995);
    let mut mixed: Vec<&String> = Vec::new();
    for file in files {
        mixed.insert(dice.roll(mixed.len() + 1), file);
    }
    mixed.insert(dice.roll(mixed.len() + 1), &files[dice.roll(files.len())]);
    let mut once = Replica::new(schemas());
    once.merge_all(files.iter().rev().flat_map(|file| read(file)));
    vec![merged(files), merged(mixed), once]
}

/// What differs, and the files.
fn difference(number: u64, way: usize, wanted: &Facts, got: &Facts, files: &[String]) -> String {
    let mut lines = vec![format!("history {number}, way {way}:")];
    for what in wanted.keys().chain(got.keys().filter(|k| !wanted.contains_key(*k))) {
        let (wanted, got) = (wanted.get(what), got.get(what));
        if wanted != got {
            let told = |fact: Option<&serde_json::Value>| fact.map_or("nothing".to_owned(), ToString::to_string);
            lines.push(format!("  {what}: must be {}, is {}", told(wanted), told(got)));
        }
    }
    lines.extend(files.iter().cloned());
    lines.push(format!("again: cargo xtask model --histories 1 --seed {number}"));
    lines.join("\n")
}

/// Takes one history; what it brought about, for [`nothing_is_left_out`].
fn check(number: u64, references: &References) -> Result<Vec<&'static str>, String> {
    let files = History::files(number, references);
    let union = Union::of(&files);
    let writes = union.writes();
    let view = View::new(&writes, references);
    let fields = fields_by_ledger(&writes);
    let wanted = expected(&view, &fields);
    let figures = expected_figures(&view);
    let text = union.text();
    for (way, replica) in ways(number, &files).iter().enumerate() {
        let got = found(replica, &fields);
        if got != wanted {
            return Err(difference(number, way, &wanted, &got, &files));
        }
        // Figures follow from records that are alike, and take longest: of one way each time, of all in turn.
        if number % 3 == way as u64 {
            let got = found_figures(replica);
            if got != figures {
                return Err(difference(number, way, &figures, &got, &files));
            }
        }
        let file = canonical_file(replica).text;
        let sum = sha256(&text.replace('\n', ""));
        if !file.ends_with(&format!("\"changes\":{text},\n\"sha256\":\"{sum}\"\n}}\n")) {
            return Err(format!("history {number}, way {way}: other bytes than {text}\n{file}"));
        }
    }
    Ok(brought_about(&view, &writes))
}

/// Which of the rules mattered in a history.
fn brought_about(view: &View, writes: &[Write]) -> Vec<&'static str> {
    let mut what = Vec::new();
    let mut note = |happened: bool, name: &'static str| what.extend(happened.then_some(name));
    for key in view.records() {
        let (deleted, torn) = view.deleted(key);
        let group = view.group(key);
        let gone = |key: &model::rules::Key| view.deleted(key).0;
        let alias = view.alias(key);
        let next = alias.as_ref().and_then(|next| view.alias(next));
        note(deleted, "deleted");
        note(torn, "torn");
        note(group.len() > 1, "joined");
        note(next.is_some(), "chain");
        note(alias.is_some() && next.as_ref() == Some(key), "circle");
        note(view.disputed(key, "_alias"), "joined into two");
        note(alias.is_some() && deleted, "deleted duplicate");
        note(
            view.written(key, "_alias") == serde_json::json!(key.1),
            "joined into itself",
        );
        note(view.stands(key) && group.iter().any(gone), "survivor");
        note(view.stands(key) && alias.is_some(), "survivor of a deleted target");
        for field in view.fields(key).filter(|f| model::rules::is_content(f)) {
            note(view.disputed(key, field), "disputed");
            note(
                view.reads(key, field) != view.written(key, field),
                "reference to a duplicate",
            );
            let root = view.root(key);
            let lacks = view.fields(&root).all(|other| other != field);
            note(lacks && !view.reads(&root, field).is_null(), "value of a duplicate");
        }
    }
    note(writes.iter().any(|w| w.field.starts_with('@')), "later key");
    what.sort_unstable();
    what.dedup();
    what
}

/// Every rule mattered in some history: a model that draws only simple things proves nothing.
fn nothing_is_left_out(seen: &BTreeMap<&'static str, u64>) {
    let all = [
        "chain",
        "circle",
        "deleted",
        "deleted duplicate",
        "disputed",
        "joined",
        "joined into itself",
        "joined into two",
        "later key",
        "reference to a duplicate",
        "survivor",
        "survivor of a deleted target",
        "torn",
        "value of a duplicate",
    ];
    let missing: Vec<&str> = all.into_iter().filter(|what| !seen.contains_key(what)).collect();
    assert!(missing.is_empty(), "no history had: {}", missing.join(", "));
}

fn number_from(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|text| text.parse().ok())
}

/// Takes histories on all processors; how many of them brought what about.
fn check_all(first: u64, count: u64) -> BTreeMap<&'static str, u64> {
    let references = references();
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let take = &|own: u64| -> Result<Vec<&'static str>, String> {
        let mut all = Vec::new();
        for at in (own..count).step_by(usize::try_from(threads).unwrap_or(1)) {
            all.extend(check(first.wrapping_add(at), &references)?);
        }
        Ok(all)
    };
    let mut seen = BTreeMap::new();
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|own| scope.spawn(move || take(own))).collect();
        for thread in running {
            match thread.join() {
                Ok(Ok(what)) => what.into_iter().for_each(|what| *seen.entry(what).or_default() += 1),
                Ok(Err(difference)) => panic!("{difference}"),
                Err(panicked) => std::panic::resume_unwind(panicked),
            }
        }
    });
    seen
}

/// `MODEL_HISTORIES` histories from number `MODEL_SEED` on; 300 from number 1 on where nothing is said.
#[test]
fn the_program_shows_what_the_model_says() {
    let started = Instant::now();
    let count = number_from("MODEL_HISTORIES").unwrap_or(300);
    let first = number_from("MODEL_SEED").unwrap_or(1);
    let seen = check_all(first, count);
    for (what, histories) in &seen {
        println!("{histories:>7} histories had: {what}");
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("{count} histories from number {first} on: nothing differs ({seconds:.1} s)");
    if count >= 300 {
        nothing_is_left_out(&seen);
    }
}
