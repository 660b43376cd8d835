//! Imports go one way, files use each other in no circle, and the core stays pure.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenTree;
use syn::visit::Visit;

/// The layers, lowest first; a module may use those before it.
const LAYERS: [&str; 13] = [
    "order", "stable", "turns", "model", "replica", "storage", "exchange", "desk", "map", "chart", "view", "browser",
    "ui",
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

/// Folders whose files use each other in one direction only.
const FREE_OF_CIRCLES: [&str; 12] = [
    "order", "stable", "turns", "model", "replica", "storage", "exchange", "desk", "map", "chart", "view", "browser",
];

/// A module by its path from the root of the crate: `["model", "engine", "gap"]`.
type Module = Vec<String>;

/// The modules that a file names in paths of `use` and elsewhere, each from the root of the crate, with whatever follows
/// it. Code of tests is left out.
struct Paths {
    /// The module that is looked at, inline modules included.
    here: Module,
    found: Vec<Module>,
}

impl Paths {
    fn of(module: &[String], text: &str) -> Paths {
        let mut paths = Paths {
            here: module.to_vec(),
            found: Vec::new(),
        };
        let file = syn::parse_file(text).expect("Rust");
        paths.visit_file(&file);
        paths
    }

    /// A path from the root; one that begins otherwise than with `crate`, `self` or `super` begins here, if it is not
    /// that of another crate.
    fn take(&mut self, path: &[String]) {
        let mut from = match path.first().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some(_) => self.here.clone(),
            None => return,
        };
        for part in path {
            match part.as_str() {
                "crate" | "self" => {}
                "super" => drop(from.pop()),
                name => from.push(name.to_owned()),
            }
        }
        self.found.push(from);
    }

    fn take_tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.take_tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.take(&with(&name.ident)),
            syn::UseTree::Rename(name) => self.take(&with(&name.ident)),
            syn::UseTree::Glob(_) => self.take(before),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.take_tree(before, item)),
        }
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Ident>()
                .is_ok_and(|condition| condition == "test")
    })
}

impl<'a> Visit<'a> for Paths {
    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        if is_for_tests(&item.attrs) {
            return;
        }
        self.here.push(item.ident.to_string());
        syn::visit::visit_item_mod(self, item);
        self.here.pop();
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        self.take_tree(&[], &item.tree);
    }

    /// Who may see something is no use of it.
    fn visit_visibility(&mut self, _: &'a syn::Visibility) {}

    fn visit_path(&mut self, path: &'a syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        self.take(&parts);
        syn::visit::visit_path(self, path);
    }

    /// What a macro names is used where it is called.
    fn visit_item_macro(&mut self, item: &'a syn::ItemMacro) {
        if item.ident.is_none() {
            syn::visit::visit_item_macro(self, item);
        }
    }

    fn visit_macro(&mut self, called: &'a syn::Macro) {
        self.take_tokens(called.tokens.clone());
    }
}

impl Paths {
    /// Paths within a macro, which are no syntax yet: `crate`, `self` or `super`, and what follows with `::`.
    fn take_tokens(&mut self, tokens: proc_macro2::TokenStream) {
        let mut path: Vec<String> = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    self.take(&std::mem::take(&mut path));
                    self.take_tokens(group.stream());
                }
                TokenTree::Ident(name) => {
                    if path.last().is_some_and(|last| last != "::") {
                        self.take(&std::mem::take(&mut path));
                    }
                    path.retain(|part| part != "::");
                    path.push(name.to_string());
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' && !path.is_empty() => path.push("::".to_owned()),
                _ => self.take(&std::mem::take(&mut path)),
            }
        }
        path.retain(|part| part != "::");
        self.take(&path);
    }
}

/// Every file of the crate by its module, with the modules that it uses.
fn uses() -> BTreeMap<Module, BTreeSet<Module>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let module = |path: &Path| -> Module {
        let inner = path.strip_prefix(&src).expect("below src").with_extension("");
        let mut parts: Vec<String> = inner
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        parts.pop_if(|last| last == "mod");
        parts
    };
    let texts: BTreeMap<Module, String> = files()
        .into_iter()
        .filter(|(_, path, _)| path.file_name().is_none_or(|name| name != "tests.rs"))
        .map(|(_, path, text)| (module(&path), text))
        .collect();
    let file_of = |path: &[String]| {
        (1..=path.len())
            .rev()
            .map(|length| &path[..length])
            .find(|part| texts.contains_key(*part))
            .map(<[String]>::to_vec)
    };
    let used = |(own, text): (&Module, &String)| {
        let found = Paths::of(own, text).found;
        let others = found
            .iter()
            .filter_map(|path| file_of(path))
            .filter(|other| other != own);
        (own.clone(), others.collect())
    };
    texts.iter().map(used).collect()
}

/// The files that can be reached from one, itself only by a circle.
fn reached<'a>(uses: &'a BTreeMap<Module, BTreeSet<Module>>, from: &'a Module) -> BTreeSet<&'a Module> {
    let mut found = BTreeSet::new();
    let mut left = vec![from];
    while let Some(next) = left.pop() {
        for other in uses.get(next).into_iter().flatten() {
            if found.insert(other) {
                left.push(other);
            }
        }
    }
    found
}

#[test]
fn paths_are_read_whole() {
    let text = r#"
        use crate::model::{self, date::Day, engine::{gap as gaps, check::*}};
        use super::super::chart;
        mod inner { use super::show; }
        fn f() { let x = crate::map::geom::pairs(super::list::of(1)); println!("{}", crate::order::n()); }
        #[cfg(test)]
        mod tests { use crate::ui::app; }
    "#;
    let own = ["view", "charts", "talks"].map(str::to_owned);
    let found = Paths::of(&own, text).found;
    // What begins here may be a module of this one, and is no file otherwise.
    let begins_here = |path: &&Module| path.starts_with(&own) && path.len() > 3 && path[3] != "show";
    let apart = found.iter().filter(|path| !begins_here(path));
    let found: BTreeSet<String> = apart.map(|path| path.join("::")).collect();
    let wanted = [
        "chart",
        "map::geom::pairs",
        "model",
        "model::date::Day",
        "model::engine::check",
        "model::engine::gap",
        "order::n",
        "view::charts::list::of",
        "view::charts::talks::show",
    ];
    // `super::super::chart` of a file two folders deep is a module of `view`.
    let wanted: BTreeSet<String> = wanted
        .iter()
        .map(|path| if *path == "chart" { "view::chart" } else { path }.to_owned())
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn imports_go_one_way() {
    let layer = |module: &Module| LAYERS.iter().position(|layer| *layer == module[0]);
    let mut wrong = Vec::new();
    for (file, others) in uses() {
        for other in others {
            if layer(&other) > layer(&file) {
                wrong.push(format!("{} uses {}", file.join("::"), other.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_use_each_other_in_no_circle() {
    let uses = uses();
    let mut wrong = Vec::new();
    for file in uses.keys().filter(|file| FREE_OF_CIRCLES.contains(&file[0].as_str())) {
        if reached(&uses, file).contains(file) {
            let back = uses[file].iter().filter(|other| reached(&uses, other).contains(file));
            let back: Vec<String> = back.map(|other| other.join("::")).collect();
            wrong.push(format!("{} is in a circle by {}", file.join("::"), back.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What every programme shares names none of them.
#[test]
fn the_engine_knows_no_programme() {
    let engine = |file: &&Module| file.starts_with(&["model".to_owned(), "engine".to_owned()]);
    let rooms = ["model".to_owned(), "programmes".to_owned()];
    let mut wrong = Vec::new();
    let uses = uses();
    for file in uses.keys().filter(engine) {
        let known = uses[file].iter().filter(|other| other.starts_with(&rooms));
        wrong.extend(known.map(|other| format!("{} uses {}", file.join("::"), other.join("::"))));
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
