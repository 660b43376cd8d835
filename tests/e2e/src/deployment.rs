//! The built page as a set of files in memory, and the ways a test may change it.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const PROBE: &str = include_str!("script/probe.js");
const PROBE_PATH: &str = "e2e-probe.js";

/// Function body that returns the mark of the build that is shown; empty for the build under test.
pub const MARK: &str = "const mark = document.querySelector('meta[name=e2e-build]'); return mark ? mark.content : '';";

/// What a host serves: path below the page's folder → bytes.
#[derive(Clone, Default)]
pub struct Deployment {
    files: BTreeMap<String, Vec<u8>>,
}

impl Deployment {
    /// Reads `dist/` and adds the script that reports errors.
    ///
    /// # Errors
    /// When the folder holds no complete build.
    pub fn read(dist: &Path) -> Result<Self, String> {
        let mut deployment = Self::default();
        deployment.read_folder(dist, dist)?;
        if !deployment.files.contains_key("index.html") {
            return Err(format!(
                "{} holds no built page: run `cargo xtask build`",
                dist.display()
            ));
        }
        deployment.put_script_first(PROBE_PATH, PROBE);
        Ok(deployment)
    }

    fn read_folder(&mut self, folder: &Path, base: &Path) -> Result<(), String> {
        let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                self.read_folder(&path, base)?;
                continue;
            }
            let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let parts = path
                .strip_prefix(base)
                .unwrap_or(&path)
                .iter()
                .map(|part| part.to_string_lossy());
            self.files.insert(parts.collect::<Vec<_>>().join("/"), bytes);
        }
        Ok(())
    }

    /// The bytes served for a path below the page's folder.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The first path with this beginning and end, as `("page-", ".wasm")`.
    pub fn path_like(&self, start: &str, end: &str) -> String {
        let found = self
            .files
            .keys()
            .find(|path| path.starts_with(start) && path.ends_with(end));
        found
            .cloned()
            .unwrap_or_else(|| panic!("the build has no file {start}…{end}"))
    }

    /// All paths with this beginning and end.
    pub fn paths_like(&self, start: &str, end: &str) -> Vec<String> {
        let found = self.files.keys();
        let found = found.filter(|path| path.starts_with(start) && path.ends_with(end));
        found.cloned().collect()
    }

    /// Adds a file the service worker does not know.
    pub fn put(&mut self, path: &str, bytes: &[u8]) {
        self.files.insert(path.to_owned(), bytes.to_vec());
    }

    /// Adds a script that runs before all others, and lists it for the service worker.
    pub fn put_script_first(&mut self, path: &str, script: &str) {
        self.files.insert(path.to_owned(), script.into());
        let index = self
            .index()
            .replacen("<link", &format!("<script src=\"./{path}\"></script><link"), 1);
        self.files.insert("index.html".into(), index.into_bytes());
        self.seal();
    }

    /// A later build: the same page with a mark that [`MARK`] reads.
    #[must_use]
    pub fn next_build(&self, mark: &str) -> Self {
        let mut next = self.clone();
        let index = next.index().replacen(
            "<title>",
            &format!("<meta name=\"e2e-build\" content=\"{mark}\"><title>"),
            1,
        );
        next.files.insert("index.html".into(), index.into_bytes());
        next.seal();
        next
    }

    /// Puts a second copy of the page into a folder below the first.
    pub fn copy_below(&mut self, folder: &str) {
        let copies = self
            .files
            .iter()
            .map(|(path, bytes)| (format!("{folder}{path}"), bytes.clone()));
        let copies: Vec<_> = copies.collect();
        self.files.extend(copies);
    }

    /// Changes bytes without telling the service worker's list, as a half-finished upload does.
    pub fn damage(&mut self, path: &str) {
        self.files
            .insert(path.to_owned(), b"<!DOCTYPE html><title>404</title>".to_vec());
    }

    /// Takes a file away without telling the service worker's list.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    fn index(&self) -> String {
        String::from_utf8_lossy(&self.files["index.html"]).into_owned()
    }

    /// Writes the service worker's list anew.
    fn seal(&mut self) {
        let Some(worker) = self
            .files
            .get("sw.js")
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        else {
            return;
        };
        let Some((head, rest)) = worker.split_once("const FILES = {") else {
            return;
        };
        let Some((_, tail)) = rest.split_once("};") else {
            return;
        };
        let listed = self.files.iter().filter(|(path, _)| *path != "sw.js");
        let entries: Vec<String> = listed
            .map(|(path, bytes)| format!("\"{path}\": \"{}\"", sha256(bytes)))
            .collect();
        let entries = entries.join(",\n");
        let build = &sha256(entries.as_bytes())[..16];
        let before = head.split_once("const BUILD = \"").map_or("", |(before, _)| before);
        let worker = format!("{before}const BUILD = \"{build}\";\nconst FILES = {{{entries}}};{tail}");
        self.files.insert("sw.js".into(), worker.into_bytes());
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
