//! Imports go one way, and the core stays pure.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, lowest first; a module may use those before it.
const LAYERS: [&str; 11] = [
    "order", "model", "replica", "storage", "exchange", "desk", "map", "chart", "view", "browser", "ui",
];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn files() -> Vec<(usize, PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&src, &mut found);
    let layer = |path: &Path| {
        let first = path
            .strip_prefix(&src)
            .ok()?
            .components()
            .next()?
            .as_os_str()
            .to_str()?
            .to_owned();
        LAYERS.iter().position(|l| *l == first.trim_end_matches(".rs"))
    };
    let read = |path: PathBuf| Some((layer(&path)?, path.clone(), fs::read_to_string(&path).ok()?));
    found.into_iter().filter_map(read).collect()
}

#[test]
fn imports_go_one_way() {
    let mut wrong = Vec::new();
    for (layer, path, text) in files() {
        for line in text.lines().filter(|l| !l.trim_start().starts_with("//")) {
            for (other, name) in LAYERS.iter().enumerate() {
                if other > layer && line.contains(&format!("crate::{name}::")) {
                    wrong.push(format!("{}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_core_has_no_clock_no_chance_and_no_browser() {
    let forbidden = [
        "SystemTime",
        "Instant::now",
        "web_sys",
        "js_sys",
        "leptos",
        "getrandom",
        "std::fs",
        "std::env",
    ];
    let browser = LAYERS.iter().position(|l| *l == "browser").expect("a layer");
    let mut wrong = Vec::new();
    for (layer, path, text) in files() {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|l| !l.trim_start().starts_with("//")) {
            if layer < browser && forbidden.iter().any(|f| line.contains(f)) {
                wrong.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A percentage is written by one function for pages and one for drawings, which agree; nowhere does a space part the
/// number from its sign. Widths of style sheets are no figures.
#[test]
fn percentages_are_written_in_one_place() {
    let writers = ["src/view/format.rs", "src/chart/number.rs"];
    let mut wrong = Vec::new();
    let drawn = LAYERS.iter().position(|l| *l == "chart").expect("a layer");
    for (_, path, text) in files().into_iter().filter(|(layer, ..)| *layer >= drawn) {
        let own = writers.iter().any(|writer| path.ends_with(writer));
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|l| !l.trim_start().starts_with("//")) {
            let texts = line.split('"').skip(1).step_by(2);
            let styles = ["width", "height", "left:", "top:"];
            for told in texts.filter(|_| !styles.iter().any(|style| line.contains(style))) {
                let built = told.contains("}%") && !own;
                if built || told.contains("} %") || told.contains("0 %") {
                    wrong.push(format!("{}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
