//! `docs/coverage.md` is true: rows, fields, indicators, gaps, rules, settings, figures and tests.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tiancheng::model::engine::gap::Finder;
use tiancheng::model::programmes::sample;
use tiancheng::model::programmes::{self, catalogue};
use tiancheng::model::{article, settings};

/// Every Rust file under a folder, as one text per function name: doc comment and body.
fn functions(dir: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(dir).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            functions(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            collect(&std::fs::read_to_string(&path).expect("a text"), found);
        }
    }
}

fn collect(text: &str, found: &mut BTreeMap<String, String>) {
    // The constants of a file belong to its tests: tables of rows stand there.
    let lines: Vec<&str> = text.lines().collect();
    let tables: String = lines
        .iter()
        .filter(|l| l.trim_start().starts_with("(\""))
        .copied()
        .collect::<Vec<_>>()
        .join("\n");
    for (at, line) in lines.iter().enumerate() {
        let Some(rest) = line.trim_start().strip_prefix("fn ") else {
            continue;
        };
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let tested = lines[..at].iter().rev().take(3).any(|l| l.trim() == "#[test]");
        if !tested {
            continue;
        }
        let docs: Vec<&str> = lines[..at]
            .iter()
            .rev()
            .take_while(|l| l.trim_start().starts_with(['/', '#']))
            .copied()
            .collect();
        found.insert(name, format!("{}\n{tables}", docs.join("\n")));
    }
}

fn names(text: &str, row: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == row)
}

fn ticked(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// Ids that exist, by sign.
fn known() -> BTreeMap<&'static str, BTreeSet<String>> {
    let sheet = sample::sheet(&sample::SampleOptions::default());
    let set = |ids: Vec<&str>| ids.into_iter().map(str::to_string).collect::<BTreeSet<String>>();
    BTreeMap::from([
        ("indicator", set(programmes::indicators().map(|i| i.id).collect())),
        (
            "gap",
            set(programmes::GAPS.iter().copied().flatten().map(Finder::id).collect()),
        ),
        (
            "rule",
            set(programmes::CHECKS
                .iter()
                .copied()
                .flatten()
                .map(|(id, _)| *id)
                .collect()),
        ),
        (
            "workflow",
            set(vec![
                "plan",
                "suggestion",
                "matter",
                "centre",
                "development",
                "mobile",
                "assistant",
                "returnee",
            ]),
        ),
        ("setting", set(settings::RULES.iter().map(|r| r.key).collect())),
        (
            "figure",
            set(article::figures(&sheet, sample::as_of()).iter().map(|f| f.id).collect()),
        ),
        (
            "programme",
            set(vec!["all", "dream", "lead", "base", "seedling", "phoenix"]),
        ),
        ("scope", set(vec!["town", "district", "unit"])),
        ("period", set(vec!["as_of", "since"])),
    ])
}

#[test]
fn the_coverage_table_holds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/coverage.md")).expect("docs/coverage.md");
    let mut tests = BTreeMap::new();
    functions(&root.join("tests"), &mut tests);
    functions(&root.join("src"), &mut tests);
    let (known, catalogue) = (known(), catalogue());
    let mut rows = BTreeSet::new();
    let mut silent = Vec::new();
    for line in text.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| Row")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [row, recorded, derived, page, named] = cells[..] else {
            panic!("five columns: {line}")
        };
        assert!(rows.insert(row.to_string()), "{row} twice");
        assert!(!page.is_empty(), "{row} shows on no page");
        for path in ticked(recorded) {
            let (ledger, field) = path.split_once('.').expect("ledger.field");
            let found = catalogue.get(ledger).and_then(|l| l.slot(field));
            assert!(found.is_some(), "{row}: no field {path}");
        }
        for sign in ticked(derived) {
            let (kind, id) = sign.split_once(':').expect("kind:id");
            assert!(known.get(kind).is_some_and(|ids| ids.contains(id)), "{row}: no {sign}");
        }
        assert!(!ticked(named).is_empty(), "{row} has no test");
        for test in ticked(named) {
            let text = tests.get(test).unwrap_or_else(|| panic!("{row}: no test {test}"));
            if !names(text, row) {
                silent.push(format!("{test} does not name {row}"));
            }
        }
    }
    let wanted = [("G", 15), ("Z", 18), ("T", 22), ("Q", 20), ("M", 23), ("F", 22)];
    let all: BTreeSet<String> = wanted
        .iter()
        .flat_map(|(g, n)| (1..=*n).map(move |k| format!("{g}{k}")))
        .collect();
    assert_eq!(rows, all);
    assert!(silent.is_empty(), "{silent:#?}");
}
