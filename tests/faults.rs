//! The table of what must be survived names tests that exist, and no row goes without.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Titles of the browser tests: the first text of every `Test::all` and `Test::current`.
fn browser_tests(folder: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("readable");
        for part in text.split("Test::").skip(1) {
            let title = part.split('"').nth(1).unwrap_or_default();
            names.insert(title.to_owned());
        }
    }
    names
}

/// Names of the test functions below a folder, property tests included.
fn tests_in(folder: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            names.append(&mut tests_in(&path));
            continue;
        }
        if path.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let mut marked = false;
        for line in text.lines().map(str::trim) {
            if line == "#[test]" {
                marked = true;
            } else if let Some(rest) = line.strip_prefix("fn ").filter(|_| marked) {
                names.extend(rest.split('(').next().map(str::to_string));
                marked = false;
            }
        }
    }
    names
}

#[test]
fn every_fault_has_a_test_and_every_named_test_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut known = tests_in(&root.join("tests"));
    known.append(&mut tests_in(&root.join("src")));
    known.append(&mut tests_in(&root.join("office")));
    known.append(&mut browser_tests(&root.join("tests/e2e/src/tests")));
    let text = fs::read_to_string(root.join("docs/faults.md")).expect("the table");
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in text.lines().filter(|l| l.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let &[mishap, _, tests] = cells.as_slice() else {
            wrong.push(format!("not three columns: {line}"));
            continue;
        };
        if mishap == "mishap" {
            continue;
        }
        rows += 1;
        // Every second part stands between backquotes.
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        if named.is_empty() {
            wrong.push(format!("no test: {mishap}"));
        }
        let missing = named.iter().filter(|name| !known.contains(**name));
        wrong.extend(missing.map(|name| format!("no such test: {name}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows >= 35, "only {rows} rows were read");
}
