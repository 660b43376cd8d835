//! `docs/rows.json` is true: rows, fields, indicators, gaps, rules, settings, figures and tests. `docs/coverage.md` and
//! the rows of `docs/requirements.md` are written from it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tiancheng::model::article;
use tiancheng::model::engine::gap::Finder;
use tiancheng::model::programmes::sample;
use tiancheng::model::programmes::{self, catalogue};

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

/// Ids that exist, by sign.
fn known() -> BTreeMap<&'static str, BTreeSet<String>> {
    let sheet = sample::sheet(&sample::SampleOptions::default());
    let set = |ids: Vec<&str>| ids.into_iter().map(str::to_string).collect::<BTreeSet<String>>();
    BTreeMap::from([
        ("indicator", set(programmes::indicators().map(|i| i.id).collect())),
        ("statistic", set(programmes::STATISTICS.all().map(|i| i.id).collect())),
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
                "election",
            ]),
        ),
        ("setting", set(programmes::RULES.iter().map(|r| r.key).collect())),
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
        ("ledger", set(catalogue().all().iter().map(|l| l.id).collect())),
        ("list", set(vec!["secretaries"])),
    ])
}

/// What a town is to record and see, and by what: one entry of `docs/rows.json`.
struct Row {
    id: String,
    asks: String,
    recorded: Vec<String>,
    derived: Vec<String>,
    pages: String,
    tests: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn doc(name: &str) -> PathBuf {
    root().join("docs").join(name)
}

fn table() -> Vec<Row> {
    let text = std::fs::read_to_string(doc("rows.json")).expect("docs/rows.json");
    let entries: Vec<serde_json::Value> = serde_json::from_str(&text).expect("a list");
    let read = |entry: &serde_json::Value| {
        let text = |name: &str| entry[name].as_str().expect("a text").to_string();
        let list = |name: &str| {
            let items = entry[name].as_array().expect("a list").iter();
            items.map(|item| item.as_str().expect("a text").to_string()).collect()
        };
        Row {
            id: text("row"),
            asks: text("asks"),
            recorded: list("recorded"),
            derived: list("derived"),
            pages: text("pages"),
            tests: list("tests"),
        }
    };
    entries.iter().map(read).collect()
}

/// The parts of the table: the letter of their rows and their title.
const PARTS: [(char, &str); 6] = [
    ('G', "General"),
    ('Z', "筑梦"),
    ('T', "头雁"),
    ('Q', "强基"),
    ('M', "青苗"),
    ('F', "引凤"),
];

/// One table for each part, of the cells that `cells` gives.
fn tables(rows: &[Row], level: &str, heads: &[&str], cells: impl Fn(&Row) -> Vec<String>) -> String {
    let mut text = String::new();
    for (letter, title) in PARTS {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let heads: Vec<String> = heads.iter().map(|head| (*head).to_string()).collect();
        text += &format!("\n{level} {title}\n\n{}|{}\n", line(&heads), "---|".repeat(heads.len()));
        text.extend(
            rows.iter()
                .filter(|row| row.id.starts_with(letter))
                .map(|row| line(&cells(row))),
        );
    }
    text
}

fn coverage(rows: &[Row]) -> String {
    let ticked = |items: &[String]| {
        items
            .iter()
            .map(|item| format!("`{item}`"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let head = "# Coverage: row → ledger and field → indicator → page → test

Written by the test `the_documents_are_those_of_the_table` from [rows.json](rows.json); do not edit. What each row asks
for stands in [requirements.md](requirements.md).

Signs in the third column: `indicator:` a value of the indicator set, `statistic:` what
is counted for information, `gap:` a list of what is missing,
`rule:` a check of a record, `workflow:` a state machine, `setting:` a value that a town can change,
`figure:` a line of 与文章核对, `ledger:` the count of a ledger, `list:` a page of its own, `programme:`, `scope:` and
`period:` how values are summed and dated. Every row has at least one that a page shows; the browser test `figures` finds
each on its page and compares it with what the command line prints.
";
    let cells = |row: &Row| {
        let (recorded, derived, tests) = (ticked(&row.recorded), ticked(&row.derived), ticked(&row.tests));
        vec![row.id.clone(), recorded, derived, row.pages.clone(), tests]
    };
    let heads = ["Row", "Recorded in", "Derived", "Page", "Test"];
    format!("{head}{}", tables(rows, "##", &heads, cells))
}

/// The lines between which the rows stand in `docs/requirements.md`.
const MARKS: (&str, &str) = ("<!-- rows of rows.json -->\n", "<!-- end of the rows -->\n");

/// `docs/requirements.md` with the rows of the table between its marks.
fn requirements(rows: &[Row]) -> String {
    let text = std::fs::read_to_string(doc("requirements.md")).expect("docs/requirements.md");
    let (before, rest) = text.split_once(MARKS.0).expect("the first mark");
    let (_, after) = rest.split_once(MARKS.1).expect("the last mark");
    let cells = |row: &Row| vec![row.id.clone(), row.asks.clone()];
    let tables = tables(rows, "###", &["Row", "What is recorded and shown"], cells);
    format!("{before}{}{tables}\n{}{after}", MARKS.0, MARKS.1)
}

/// `UPDATE_DOCS=1` writes both anew.
#[test]
fn the_documents_are_those_of_the_table() {
    let rows = table();
    for (name, wanted) in [
        ("requirements.md", requirements(&rows)),
        ("coverage.md", coverage(&rows)),
    ] {
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(doc(name), &wanted).expect("written");
        }
        let published = std::fs::read_to_string(doc(name)).unwrap_or_default();
        assert_eq!(published, wanted, "docs/{name}: run with UPDATE_DOCS=1");
    }
}

/// Rows are counted from 1 within each part and stand in order, so that none goes missing or stands twice.
fn in_order(rows: &[Row]) {
    let mut letters: Vec<char> = rows.iter().filter_map(|row| row.id.chars().next()).collect();
    letters.dedup();
    assert_eq!(letters, PARTS.map(|(letter, _)| letter));
    for (letter, _) in PARTS {
        let ids = rows.iter().map(|row| &row.id).filter(|id| id.starts_with(letter));
        for (at, id) in (1..).zip(ids) {
            assert_eq!(*id, format!("{letter}{at}"), "rows are counted from 1 on");
        }
    }
}

#[test]
fn the_coverage_table_holds() {
    let mut tests = BTreeMap::new();
    functions(&root().join("tests"), &mut tests);
    functions(&root().join("src"), &mut tests);
    let (known, catalogue) = (known(), catalogue());
    let rows = table();
    in_order(&rows);
    let mut wrong = Vec::new();
    for Row {
        id,
        asks,
        recorded,
        derived,
        pages,
        tests: named,
    } in &rows
    {
        assert!(
            !asks.is_empty() && !pages.is_empty() && !recorded.is_empty(),
            "{id} is incomplete"
        );
        for path in recorded {
            let (ledger, field) = path.split_once('.').expect("ledger.field");
            if catalogue.get(ledger).and_then(|l| l.slot(field)).is_none() {
                wrong.push(format!("{id}: no field {path}"));
            }
        }
        let is_seen = |sign: &&String| !sign.starts_with("rule:") && !sign.starts_with("workflow:");
        if !derived.iter().any(|sign| is_seen(&sign)) {
            wrong.push(format!("{id} has nothing that a page shows"));
        }
        for sign in derived {
            let (kind, name) = sign.split_once(':').expect("kind:id");
            if !known.get(kind).is_some_and(|ids| ids.contains(name)) {
                wrong.push(format!("{id}: no {sign}"));
            }
        }
        if named.is_empty() {
            wrong.push(format!("{id} has no test"));
        }
        for test in named {
            match tests.get(test) {
                None => wrong.push(format!("{id}: no test {test}")),
                Some(text) if !names(text, id) => wrong.push(format!("{test} does not name {id}")),
                Some(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a page counts is asked for by some row, so that the browser test of the rows reads every figure.
#[test]
fn every_figure_belongs_to_a_row() {
    let rows = table();
    let named: BTreeSet<&str> = rows.iter().flat_map(|r| &r.derived).map(String::as_str).collect();
    let all = programmes::indicators().map(|i| format!("indicator:{}", i.id));
    let all = all.chain(programmes::STATISTICS.all().map(|i| format!("statistic:{}", i.id)));
    let without: Vec<String> = all.filter(|sign| !named.contains(sign.as_str())).collect();
    assert!(without.is_empty(), "{without:?}");
}
