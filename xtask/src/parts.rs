//! Splits the compiled page into what the first view needs and the parts that are fetched afterwards.
//!
//! The functions marked `#[wasm_split(...)]` in `src/ui` are the seams. The linker leaves its relocations in the
//! page (`.cargo/config.toml`), so that code and data can be told apart by who reaches them. All parts share one
//! memory and one table of functions; the loader in `pwa/parts.js` goes into the glue of the main part.

use crate::process::{command, output, root};
use crate::{Outcome, optimiser, wasm};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

/// The features every engine from Chromium 86 on knows; the same list as in `.cargo/config.toml`.
const FEATURES: &[&str] = &[
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-bulk-memory",
];

/// The module under whose name the main part asks for loaders.
const LINK: &str = "./__wasm_split.js";

/// Streams of answers from a server, which Leptos brings along and nothing here asks for: exported, they would be in
/// every page. A piece of the names of their functions, and their types.
const STREAMS: (&str, &[&str]) = (
    "intounderlying",
    &["IntoUnderlyingSource", "IntoUnderlyingByteSource", "IntoUnderlyingSink"],
);

/// What became of the page.
pub struct Page {
    /// The main part.
    pub main: Vec<u8>,
    /// The script that connects it with the browser.
    pub glue: String,
    /// The other parts: name without ending, bytes.
    pub parts: BTreeMap<String, Vec<u8>>,
    /// For each split point the parts it needs.
    pub needs: BTreeMap<String, Vec<String>>,
}

/// Splits, binds and optimises the page that cargo has just linked.
pub fn split(release: bool) -> Outcome<Page> {
    let target = target_folder()?;
    let profile = if release { "page" } else { "page-dev" };
    let linked = target.join("wasm32-unknown-unknown").join(profile).join("page.wasm");
    let mut bytes = read(&linked)?;
    bytes = wasm::without_exports(&bytes, STREAMS.0, STREAMS.1)?;
    if release {
        bytes = wasm::without_words_of_panics(&bytes)?;
    }
    let work = target.join("page-parts");
    let _ = fs::remove_dir_all(&work);
    let (raw, bound) = (work.join("raw"), work.join("bound"));
    for folder in [&raw, &bound] {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let main = raw.join("main.wasm");
    let mut options = Options::new(&bytes);
    options.output_dir = &raw;
    options.main_out_path = &main;
    options.link_name = LINK;
    let found = transform(options).map_err(|error| format!("the page could not be split: {error:?}"))?;

    prepare(&main)?;
    bind(&main, &bound)?;
    let mut parts = BTreeMap::new();
    for path in found.split_modules {
        prepare(&path)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        parts.insert(
            name,
            optimised(&path, if release { Effort::Later } else { Effort::None })?,
        );
    }
    let main = optimised(
        &bound.join("page_bg.wasm"),
        if release { Effort::First } else { Effort::None },
    )?;
    let glue = fs::read_to_string(bound.join("page.js")).map_err(|error| format!("page.js: {error}"))?;
    let (main, glue) = if release {
        with_short_imports(&main, &glue)?
    } else {
        (main, glue)
    };
    Ok(Page {
        main,
        glue,
        parts,
        needs: found.prefetch_map.into_iter().collect(),
    })
}

/// Names what the main part asks of the glue by numbers: the names wasm-bindgen gives end in a hash, which no
/// compression makes shorter.
fn with_short_imports(main: &[u8], glue: &str) -> Outcome<(Vec<u8>, String)> {
    let hashed = |word: &str| {
        word.starts_with("__wb")
            && word
                .rsplit_once('_')
                .is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let mut short: BTreeMap<&str, String> = BTreeMap::new();
    let mut text = String::new();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = glue;
    while let Some(start) = rest.find(is_word) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !is_word(c)).unwrap_or(from.len()));
        text.push_str(before);
        if hashed(word) {
            let next = format!("i{}", short.len());
            text.push_str(short.entry(word).or_insert(next));
        } else {
            text.push_str(word);
        }
        rest = after;
    }
    text.push_str(rest);
    let main = wasm::rename_imports(main, |name| short.get(name).cloned())?;
    Ok((main, text))
}

/// Puts the loader into the glue. `files` gives the names under which the parts are served.
pub fn with_loader(glue: &str, loader: &str, needs: &BTreeMap<String, Vec<String>>) -> Outcome<String> {
    let table: Vec<String> = needs
        .iter()
        .map(|(name, files)| {
            let files: Vec<String> = files.iter().map(|file| format!("\"./{file}\"")).collect();
            format!("\"{name}\": [{}]", files.join(", "))
        })
        .collect();
    let table = format!("{{ {} }}", table.join(", "));
    if !loader.contains("__PARTS__") {
        return Err("pwa/parts.js does not name __PARTS__".into());
    }
    let mut lines = Vec::new();
    let mut imports = 0;
    for line in glue.lines() {
        // Each split point is an import of its own, all from the same module.
        if line.starts_with("import * as import") && line.contains(LINK) {
            imports += 1;
        } else if line.contains(&format!("\"{LINK}\": import")) {
            if imports > 0 {
                lines.push(format!("\"{LINK}\": loaders,"));
            }
            imports = 0;
        } else {
            lines.push(line.to_owned());
        }
    }
    Ok(format!("{}\n{}", loader.replace("__PARTS__", &table), lines.join("\n")))
}

/// Takes out what would make wasm-bindgen use features that older engines lack.
fn prepare(path: &Path) -> Outcome<()> {
    let bytes = wasm::without_section(&read(path)?, "target_features")?;
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// Connects a module with the browser, as the program wasm-bindgen does: `page.js` and `page_bg.wasm` in `folder`.
pub fn bind(main: &Path, folder: &Path) -> Outcome<()> {
    let failed = |error| format!("wasm-bindgen, {}: {error:?}", main.display());
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(main)
        .typescript(false)
        .keep_lld_exports(true)
        .demangle(false)
        .out_name("page");
    bindgen.web(true).map_err(failed)?.generate(folder).map_err(failed)
}

/// What wasm-opt is to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// No passes: it still writes the short forms that older engines insist on. Names stay for profiles and traces.
    None,
    /// What runs first: the least to compile.
    First,
    /// What comes later: the least to send. Functions of a few bytes, repeated where they are called, pack better than
    /// calls of them.
    Later,
}

/// Runs wasm-opt in place and gives the bytes.
pub fn optimised(path: &Path, effort: Effort) -> Outcome<Vec<u8>> {
    let name = path.to_string_lossy();
    let mut arguments = match effort {
        Effort::None => vec!["-O0", "-g"],
        Effort::First => vec!["-Oz"],
        Effort::Later => vec!["-O2", "--always-inline-max-function-size=6"],
    };
    arguments.push("--quiet");
    arguments.extend(FEATURES);
    arguments.extend([&*name, "-o", &*name]);
    let program = optimiser::found()?;
    let done = command(&program, &arguments).output();
    let done = done.map_err(|error| format!("{program}: {error}"))?;
    if !done.status.success() {
        return Err(format!("wasm-opt {name}: {}", String::from_utf8_lossy(&done.stderr)));
    }
    read(path)
}

/// Where cargo puts what it builds.
pub fn target_folder() -> Outcome<PathBuf> {
    if let Some(folder) = std::env::var_os("CARGO_TARGET_DIR") {
        return Ok(root().join(folder));
    }
    let told = output(
        "cargo",
        &["metadata", "--no-deps", "--offline", "--format-version", "1"],
    );
    told.as_deref()
        .and_then(|text| text.split_once("\"target_directory\":\"")?.1.split_once('"'))
        .map(|(folder, _)| PathBuf::from(folder.replace("\\\\", "\\")))
        .ok_or_else(|| "cargo metadata does not tell the target folder".into())
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_become_short() {
        let glue =
            "__wbg_a_0123456789abcdef: function() { return __wbg_get(\"__wbg_b\"); },\n__wbg_b_fedcba9876543210: x,";
        let module = b"\0asm\x01\0\0\0";
        let (main, text) = with_short_imports(module, glue).unwrap();
        assert_eq!(main, module);
        assert_eq!(text, "i0: function() { return __wbg_get(\"__wbg_b\"); },\ni1: x,");
    }

    #[test]
    fn the_loader_takes_the_place_of_the_imports() {
        let glue = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\nlet wasm;\n  \"./__wasm_split.js\": import1,\n  \"./__wasm_split.js\": import2,\n};";
        let needs = [("a".to_owned(), vec!["part-a-1.wasm".to_owned()])].into();
        assert_eq!(
            with_loader(glue, "const PARTS = __PARTS__;", &needs),
            Ok(
                "const PARTS = { \"a\": [\"./part-a-1.wasm\"] };\nlet wasm;\n\"./__wasm_split.js\": loaders,\n};"
                    .to_owned()
            )
        );
        assert!(with_loader(glue, "", &needs).is_err());
    }
}
