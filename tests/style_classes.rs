//! Style sheets hold no class that nothing wears: each is written in the page's code, or put together there from a
//! stem and an end that [`STEMS`] lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const PROGRAMMES: &[&str] = &["dream", "lead", "base", "seedling", "phoenix"];
/// The keys of `model::status::Status`.
const STATUSES: &[&str] = &["late", "warn", "ok", "done", "none"];
/// The colours of districts (`view::map_edit`) and the steps of the map's scale (`map::classes`), counted from 1.
const COLOURS: &[&str] = &["1", "2", "3", "4", "5", "6"];
const STEPS: &[&str] = &["1", "2", "3", "4", "5"];

/// Classes that the code puts together: the stem as it stands before `{` in a text of the code, and the ends.
const STEMS: &[(&str, &[&str])] = &[
    ("banner-", STATUSES),
    ("ground-", PROGRAMMES),
    ("ground-tint-", COLOURS),
    ("meter-", STATUSES),
    ("on-q-", STEPS),
    ("paper-heading-", &["1", "2", "3", "4"]),
    ("petal-", PROGRAMMES),
    ("q-", STEPS),
    ("shape-", STATUSES),
    ("soft-", STATUSES),
    ("swatch-", STEPS),
    ("tag-", STATUSES),
    ("tint-", COLOURS),
    ("word-", PROGRAMMES),
];

/// Every file with one of these endings below a place, or the place itself; with its name.
fn texts(place: &Path, endings: &[&str], found: &mut Vec<(String, String)>) {
    if place.is_dir() {
        for entry in fs::read_dir(place).expect("a folder") {
            texts(&entry.expect("an entry").path(), endings, found);
        }
    } else if place
        .extension()
        .is_some_and(|ending| endings.iter().any(|known| ending == *known))
    {
        let text = fs::read_to_string(place).expect("a text");
        found.push((place.display().to_string(), text));
    }
}

/// The classes that selectors of a style sheet name.
fn classes(sheet: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // Comments and texts hold no selectors; what stands before a brace does.
    let bare: String = sheet
        .split("/*")
        .enumerate()
        .map(|(at, part)| match at {
            0 => part,
            _ => part.split_once("*/").map_or("", |(_, rest)| rest),
        })
        .collect();
    let bare: String = bare.split('"').step_by(2).collect();
    for piece in bare.split('{') {
        let selectors = piece.rsplit(['}', ';']).next().unwrap_or_default();
        for after in selectors.split('.').skip(1) {
            let name: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
            found.insert(name);
        }
    }
    found
}

/// The texts between quotation marks of a Rust file, without its comments and tests; `class:NAME` of views as well.
fn quoted(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found: Vec<String> = code
        .split("class:")
        .skip(1)
        .map(|after| after.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect())
        .collect();
    let mut rest = code;
    while let Some(at) = rest.find(['"', '/', '\'']) {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.split_once('\n').map_or("", |(_, after)| after);
        } else if rest.starts_with("'\"'") {
            rest = &rest[3..];
        } else if let Some(text) = rest.strip_prefix('"') {
            let mut told = String::new();
            let mut signs = text.char_indices();
            let mut end = text.len();
            while let Some((at, sign)) = signs.next() {
                match sign {
                    '"' => {
                        end = at + 1;
                        break;
                    }
                    // A quotation mark within the text parts its words.
                    '\\' => told.extend(signs.next().map(|_| ' ')),
                    sign => told.push(sign),
                }
            }
            found.push(told);
            rest = &text[end..];
        } else {
            rest = &rest[1..];
        }
    }
    found
}

/// What the page wears: words of its texts, and the stems that stand before a brace.
fn worn(root: &Path) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut words, mut stems) = (BTreeSet::new(), BTreeSet::new());
    let mut code = Vec::new();
    texts(&root.join("src"), &["rs"], &mut code);
    let mut told: Vec<String> = code.iter().flat_map(|(_, text)| quoted(text)).collect();
    let mut shell = Vec::new();
    texts(&root.join("index.html"), &["html"], &mut shell);
    texts(&root.join("pwa"), &["js", "css"], &mut shell);
    told.extend(shell.into_iter().map(|(_, text)| text));
    let in_class = |c: char| c.is_ascii_alphanumeric() || c == '-';
    for text in &told {
        words.extend(text.split(|c| !in_class(c)).map(str::to_owned));
        for (at, _) in text.match_indices('{') {
            let stem = text[..at].rsplit(|c| !in_class(c)).next().unwrap_or_default();
            stems.insert(stem.to_owned());
        }
    }
    (words, stems)
}

#[test]
fn every_class_of_the_style_sheets_is_worn() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (words, stems) = worn(root);
    let mut sheets = Vec::new();
    texts(&root.join("style"), &["css"], &mut sheets);
    let mut styled: BTreeMap<String, String> = BTreeMap::new();
    for (name, sheet) in &sheets {
        styled.extend(classes(sheet).into_iter().map(|class| (class, name.clone())));
    }
    assert!(styled.contains_key("button"), "the style sheets were not read");
    let built: BTreeSet<String> = STEMS
        .iter()
        .flat_map(|(stem, ends)| ends.iter().map(move |end| format!("{stem}{end}")))
        .collect();
    let unused: Vec<String> = styled
        .iter()
        .filter(|(class, _)| !words.contains(*class) && !built.contains(*class))
        .map(|(class, sheet)| format!("{sheet}: .{class}"))
        .collect();
    assert!(unused.is_empty(), "classes that nothing wears:\n{}", unused.join("\n"));
    let unbuilt: Vec<&str> = STEMS
        .iter()
        .map(|(stem, _)| *stem)
        .filter(|stem| !stems.contains(*stem))
        .collect();
    assert!(unbuilt.is_empty(), "stems that the code does not write: {unbuilt:?}");
}

#[test]
fn classes_are_read_from_selectors_and_texts_alone() {
    let sheet = "/* .old { } */ .a, td.b-1:not(.c) { width: 1.5rem; background: url(\"x.svg\"); }\n\
                 @media print { .d::after { content: \".no\"; } }";
    assert_eq!(classes(sheet).into_iter().collect::<Vec<_>>(), ["a", "b-1", "c", "d"]);
    let code = "// \"comment\"\nlet quote = '\"'; view! { <p class=\"note big\" class:is-on=on>{format!(\"tag-{key}\")}</p> }\n\
                push(\"<i class=\\\"dot\\\">\"); #[cfg(test)] \"test\"";
    assert_eq!(quoted(code), ["is-on", "note big", "tag-{key}", "<i class= dot >"]);
}
