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

/// What rules of a class alone say outside of `@media`: class and property.
fn said(sheet: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let (mut depth, mut media) = (0, 0);
    let mut selectors = String::new();
    let bare: Vec<&str> = sheet
        .split("/*")
        .map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest))
        .collect();
    let bare = bare.concat();
    let mut piece = String::new();
    for sign in bare.chars() {
        match sign {
            '{' => {
                depth += 1;
                if piece.trim().starts_with('@') && media == 0 {
                    media = depth;
                }
                selectors = std::mem::take(&mut piece);
            }
            '}' => {
                let alone = selectors.split(',').filter_map(|one| one.trim().strip_prefix('.'));
                let alone = alone.filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '-'));
                for name in alone.filter(|_| media == 0) {
                    let properties = piece.split(';').filter_map(|one| one.split_once(':'));
                    found.extend(properties.map(|(property, _)| (name.to_owned(), property.trim().to_owned())));
                }
                media = if media == depth { 0 } else { media };
                depth -= 1;
                piece.clear();
            }
            sign => piece.push(sign),
        }
    }
    found
}

#[test]
fn what_comes_later_changes_nothing_that_is_seen_before() {
    // The later sheet is fetched while the first page stands: a class of the same name would change it.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("a style sheet");
    let first = ["base.css", "components.css", "pages.css"].map(read).concat();
    let twice: Vec<String> = said(&read("pages-later.css"))
        .intersection(&said(&first))
        .map(|(class, property)| format!(".{class} {{ {property} }}"))
        .collect();
    assert!(said(&first).contains(&("questions".to_owned(), "display".to_owned())));
    assert!(twice.is_empty(), "said in both sheets: {twice:?}");
}

#[test]
fn rules_of_a_class_alone_are_read() {
    let sheet =
        ".a, .b .c { color: red; gap: 0 } /* .x { gap: 1px } */ @media print { .a { margin: 0 } } .d { top: 0; }";
    let pair = |class: &str, property: &str| (class.to_owned(), property.to_owned());
    assert_eq!(
        said(sheet),
        [pair("a", "color"), pair("a", "gap"), pair("d", "top")].into()
    );
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
