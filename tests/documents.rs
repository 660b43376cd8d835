//! The documents name files, tests and sections that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder with this ending.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
}

/// The documents of the project, with their folder.
fn documents() -> Vec<(PathBuf, String)> {
    let mut found: Vec<PathBuf> = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        .iter()
        .map(|name| root().join(name))
        .collect();
    files(&root().join("docs"), "md", &mut found);
    found.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

fn code() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["src", "tests", "xtask/src"] {
        files(&root().join(folder), "rs", &mut found);
    }
    found
}

/// What stands between backquotes within a line.
fn ticked(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// The rooms of the programmes, for paths that leave the room open.
fn rooms() -> Vec<String> {
    let rooms = fs::read_dir(root().join("src/model/programmes")).expect("the rooms");
    rooms
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .filter_map(|path| path.file_name()?.to_str().map(str::to_owned))
        .collect()
}

#[test]
fn every_path_that_the_documents_name_exists() {
    let places = [
        "src/", "tests/", "docs/", "xtask/", "pwa/", "style/", "fuzz/", "benches/", ".ci/", ".github/",
    ];
    let rooms = rooms();
    let mut named = 0;
    let mut wrong = Vec::new();
    for (document, text) in documents() {
        let folder = document.parent().expect("a folder");
        let links = text.split("](").skip(1).filter_map(|after| after.split(')').next());
        let links = links.filter(|link| !link.contains("://") && !link.starts_with('#'));
        let links: Vec<PathBuf> = links
            .map(|link| folder.join(link.split('#').next().unwrap_or_default()))
            .collect();
        let paths = ticked(&text)
            .filter(|word| !word.contains([' ', '…', '*', '{']) && places.iter().any(|place| word.starts_with(place)));
        let paths = paths.flat_map(|word| match word.contains("<room>") {
            true => rooms
                .iter()
                .map(|room| root().join(word.replace("<room>", room)))
                .collect(),
            false => vec![root().join(word)],
        });
        for path in links.into_iter().chain(paths) {
            named += 1;
            if !path.exists() {
                wrong.push(format!("{}: no {}", document.display(), path.display()));
            }
        }
    }
    assert!(named > 0, "no document names a path");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_test_that_the_recipes_name_exists() {
    let mut known = BTreeSet::new();
    for path in code() {
        let text = read(&path);
        let mut marked = false;
        for line in text.lines().map(str::trim) {
            if line == "#[test]" {
                marked = true;
            } else if let Some(rest) = line.strip_prefix("fn ").filter(|_| marked) {
                known.extend(rest.split('(').next().map(str::to_owned));
                marked = false;
            }
        }
    }
    let text = read(&root().join("CONTRIBUTING.md"));
    // Names of tests are sentences; nothing else in the recipes has so many words.
    let named: Vec<&str> = ticked(&text)
        .filter(|word| word.matches('_').count() >= 3 && word.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect();
    assert!(!named.is_empty(), "the recipes name no test");
    let missing: Vec<&&str> = named.iter().filter(|name| !known.contains(**name)).collect();
    assert!(missing.is_empty(), "no such test: {missing:?}");
}

/// Comments cite rules as `docs/requirements.md §2.6`.
#[test]
fn every_section_that_comments_cite_exists() {
    let text = read(&root().join("docs/requirements.md"));
    let sections: BTreeSet<&str> = text
        .lines()
        .filter(|line| line.starts_with("##"))
        .filter_map(|line| line.trim_start_matches('#').split_whitespace().next())
        .collect();
    let mut wrong = Vec::new();
    for path in code().iter().filter(|path| !path.ends_with("tests/documents.rs")) {
        let text = read(path);
        for after in text.split("requirements.md §").skip(1) {
            let cited: String = after.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            let cited = cited.trim_end_matches('.');
            if !sections.contains(cited) {
                wrong.push(format!("{}: no section {cited}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
