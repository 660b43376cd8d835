//! What happens to a build after cargo (or trunk): the page in parts, a style sheet for the first view and one for the
//! later parts, names that follow the final bytes, and the service worker with the list of every file.
//!
//! trunk names files by cargo's output, before wasm-bindgen and wasm-opt, so one name could carry
//! different bytes; therefore its own naming is off and files are named here.

use crate::process::root;
use crate::{Outcome, office, parts};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Style sheets of the first view in the order of the cascade; the others in `style/` come with the later parts.
const STYLE_FIRST: &[&str] = &["tokens.css", "base.css", "components.css", "pages.css"];
/// Those in the order of the cascade. Print rules come last: they take back what the screen needs.
const STYLE_LATER: &[&str] = &["pages-later.css", "paper.css", "print.css"];
/// How the name of the style sheet that comes with the later parts starts.
pub const STYLE: &str = "later-";

/// The style sheet of the later parts.
const LATER: &str = "later.css";

/// How the names of the later parts of the page start.
pub const PART: &str = "part-";

/// Files that keep their name: their address is what the outside knows them by.
const FIXED: &[&str] = &[
    "manifest.webmanifest",
    "icon.svg",
    "icon-180.png",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable-512.png",
];

/// Finishes a page that cargo has just compiled into `folder`, which need not exist.
pub fn of_cargo(folder: &Path, release: bool) -> Outcome<()> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    fs::copy(root().join("index.html"), folder.join("index.html")).map_err(|error| format!("index.html: {error}"))?;
    finish(folder, release)
}

/// Trunk's post-build hook.
pub fn from_trunk() -> Outcome<()> {
    let folder = std::env::var("TRUNK_STAGING_DIR").map_err(|_| "`finish` is run by trunk")?;
    let release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    finish(Path::new(&folder), release)
}

fn finish(folder: &Path, release: bool) -> Outcome<()> {
    let mut page = parts::split(release)?;
    let engine = office::build(release)?;
    let pwa = root().join("pwa");
    for name in FIXED {
        fs::copy(pwa.join(name), folder.join(name)).map_err(|error| format!("pwa/{name}: {error}"))?;
    }
    let mut renamed = Renamed::default();
    let sheets = root().join("style");
    let first = style(
        [pwa.join("shell.css")]
            .into_iter()
            .chain(STYLE_FIRST.iter().map(|name| sheets.join(name))),
    )?;
    renamed.add(folder, "app.css", first.into_bytes())?;
    let later = style(STYLE_LATER.iter().map(|name| sheets.join(name)))?;
    renamed.add(folder, LATER, later.into_bytes())?;
    // What trunk itself bound is the page in one piece.
    for name in ["page_bg.wasm", "page.js"] {
        let path = folder.join(name);
        if path.exists() {
            fs::remove_file(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    renamed.add(folder, "office_bg.wasm", engine.module)?;
    let script = format!("{}\n{}", engine.glue, read(&pwa.join("office.js"))?);
    let script = renamed.apply(&strip_comments(&script), &["office_bg.wasm"])?;
    renamed.add(folder, "office.js", script.into_bytes())?;
    for module in page.parts.values_mut().chain([&mut page.main]) {
        office::name_in(module, renamed.of("office.js"))?;
    }
    renamed.add(folder, "page_bg.wasm", page.main)?;
    let mut served = BTreeMap::new();
    for (name, bytes) in page.parts {
        let file = format!("{PART}{}-{}.wasm", name.trim_start_matches("split_"), short(&bytes));
        write(&folder.join(&file), &bytes)?;
        served.insert(name, file);
    }
    let needs = page.needs.into_iter().map(|(name, parts)| {
        let files = parts.iter().filter_map(|part| served.get(part).cloned());
        (name, files.collect())
    });
    let loader = renamed.apply(&strip_comments(&read(&pwa.join("parts.js"))?), &[LATER])?;
    let glue = parts::with_loader(&page.glue, &loader, &needs.collect())?;
    let glue = glue.replace("'page_bg.wasm'", &format!("'{}'", renamed.of("page_bg.wasm")));
    renamed.add(folder, "page.js", strip_comments(&glue).into_bytes())?;
    for name in ["rescue.js", "offline.js", "snapshots.js", "adopt.js", "boot.js"] {
        let script = strip_comments(&read(&pwa.join(name))?);
        let script = if name == "boot.js" {
            renamed.apply(&script, &["page.js", "page_bg.wasm", "snapshots.js", "adopt.js"])?
        } else {
            script
        };
        renamed.add(folder, name, script.into_bytes())?;
    }
    let index = folder.join("index.html");
    // Scripts and modules alone know what keeps the daily copies, what takes over the keys of before, what reads workbooks
    // and the style of the later parts.
    let of_scripts = ["snapshots.js", "adopt.js", "office.js", "office_bg.wasm", LATER];
    let of_shell = renamed
        .0
        .keys()
        .map(String::as_str)
        .filter(|name| !of_scripts.contains(name));
    let all: Vec<&str> = of_shell.collect();
    let shell = renamed.apply(&read(&index)?, &all)?;
    // The line that tells trunk what to compile.
    let shell: Vec<&str> = shell
        .lines()
        .map(str::trim)
        .filter(|line| !line.contains("data-trunk") && !is_comment(line))
        .collect();
    write(&index, shell.join("\n").as_bytes())?;
    let worker = if release {
        worker(folder, &pwa)?
    } else {
        read(&pwa.join("sw-dev.js"))?
    };
    write(&folder.join("sw.js"), worker.as_bytes())
}

/// Names before and after.
#[derive(Default)]
struct Renamed(BTreeMap<String, String>);

impl Renamed {
    /// Writes a file under a name that carries the hash of its bytes.
    fn add(&mut self, folder: &Path, name: &str, bytes: Vec<u8>) -> Outcome<()> {
        let hash = short(&bytes);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let stem = stem.trim_end_matches("_bg");
        let full = format!("{stem}-{hash}.{extension}");
        write(&folder.join(&full), &bytes)?;
        self.0.insert(name.to_owned(), full);
        Ok(())
    }

    fn of<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }

    /// Replaces the references `./name` in a text; each must occur.
    fn apply(&self, text: &str, names: &[&str]) -> Outcome<String> {
        let mut text = text.to_owned();
        for name in names {
            let before = format!("\"./{name}\"");
            if !text.contains(&before) {
                return Err(format!("no reference to {before} was found to rename"));
            }
            text = text.replace(&before, &format!("\"./{}\"", self.of(name)));
        }
        Ok(text)
    }
}

/// One sheet of several, in this order.
fn style(sheets: impl Iterator<Item = PathBuf>) -> Outcome<String> {
    let texts: Outcome<Vec<String>> = sheets.map(|sheet| read(&sheet)).collect();
    Ok(squeezed(&texts?.join("\n")))
}

/// A style sheet without comments, and without the white space and semicolons that mean nothing.
fn squeezed(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        let whole = match c {
            '"' | '\'' => 1 + rest[1..].find(c).map_or(rest.len() - 1, |end| end + 1),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => c.len_utf8(),
        };
        let (piece, after) = rest.split_at(whole);
        rest = after;
        match c {
            '/' if whole > 1 => {}
            c if c.is_ascii_whitespace() => {
                if !(out.is_empty() || out.ends_with(['{', '}', ';', ':', ',', ' '])) {
                    out.push(' ');
                }
            }
            '{' | '}' => {
                out.truncate(out.trim_end_matches([' ', if c == '}' { ';' } else { ' ' }]).len());
                out.push(c);
            }
            _ => out.push_str(piece),
        }
    }
    out
}

/// Drops comments that take whole lines, indentation and empty lines: safe without parsing the language.
fn strip_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        if inside {
            inside = !line.ends_with("*/");
        } else if line.starts_with("/*") && !line.contains("*/") {
            inside = true;
        } else if !(line.is_empty() || line.starts_with("//") || line.starts_with("/*") && line.ends_with("*/")) {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn is_comment(line: &str) -> bool {
    line.starts_with("<!--") && line.ends_with("-->")
}

/// The service worker of this build.
fn worker(folder: &Path, pwa: &Path) -> Outcome<String> {
    let mut files = BTreeMap::new();
    list(folder, folder, &mut files)?;
    let entries: Vec<String> = files
        .iter()
        .map(|(path, hash)| format!("  \"{path}\": \"{hash}\""))
        .collect();
    let entries = format!("{{\n{}\n}}", entries.join(",\n"));
    let template = strip_comments(&read(&pwa.join("sw.js"))?);
    let build = &sha256(format!("{template}{entries}").as_bytes())[..16];
    Ok(template.replace("__BUILD__", build).replace("__FILES__", &entries))
}

fn list(folder: &Path, base: &Path, files: &mut BTreeMap<String, String>) -> Outcome<()> {
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            list(&path, base, files)?;
        } else {
            let relative = path.strip_prefix(base).map_err(|error| error.to_string())?;
            let parts: Vec<String> = relative
                .iter()
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            files.insert(parts.join("/"), sha256(&bytes));
        }
    }
    Ok(())
}

/// What names carry of the hash.
fn short(bytes: &[u8]) -> String {
    sha256(bytes)[..16].to_owned()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Outcome<()> {
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_line_comments_go_and_addresses_stay() {
        let text = "// gone\nlet a = \"http://b\"; // stays\n  /* gone */\n/*\n gone\n*/\n/* x */ keep\n\n  b {}\n";
        assert_eq!(
            strip_comments(text),
            "let a = \"http://b\"; // stays\n/* x */ keep\nb {}\n"
        );
    }

    #[test]
    fn style_sheets_lose_only_what_means_nothing() {
        let css = "/* it's\n gone */\n.a > b, .c :hover { color: red; margin: 0 calc(1px + 2px) ; }\n\n\
            .d::before { content: \" ; } \"; }\n@media (max-width: 1px) {\n  .e { top: 0 }\n}\n";
        assert_eq!(
            squeezed(css),
            ".a > b,.c :hover{color:red;margin:0 calc(1px + 2px)}.d::before{content:\" ; } \"}@media (max-width:1px){.e{top:0}}"
        );
    }

    #[test]
    fn references_are_renamed_or_missed_aloud() {
        let renamed = Renamed([("page.js".to_owned(), "page-1.js".to_owned())].into());
        assert_eq!(
            renamed.apply("import(\"./page.js\")", &["page.js"]),
            Ok("import(\"./page-1.js\")".to_owned())
        );
        assert!(renamed.apply("import(\"./other.js\")", &["page.js"]).is_err());
    }
}
