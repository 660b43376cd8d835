//! Finds wasm-opt, without which the page is larger and does not run in browsers before Chromium 96; installs it where
//! it is missing. Every version from 105 on will do.

use crate::parts::target_folder;
use crate::process::{command, output, run};
use crate::{Outcome, setup};
use std::fs;
use std::path::{Path, PathBuf};

const NAME: &str = "wasm-opt";
/// The first version that knows all the flags used.
const FIRST: u32 = 105;
/// The npm package and the crate that bring it where Debian's package cannot.
const NPM: &str = "binaryen@123.0.0";
const CRATE: &str = "0.116.1";

/// The program to call.
///
/// # Errors
/// When there is none that works: [`install`] says what to do.
pub fn found() -> Outcome<String> {
    candidates().into_iter().find(|program| works(program)).ok_or_else(|| {
        "wasm-opt is missing: without it the page does not run in older browsers. `cargo xtask setup` installs it."
            .to_owned()
    })
}

/// Installs what is missing, by whatever this machine has: Debian's package, npm, or crates.io.
pub fn install() -> Outcome<()> {
    if found().is_ok() {
        return Ok(());
    }
    println!("wasm-opt is missing: it makes the page small and fit for older browsers. Installing it.");
    for way in [of_debian, of_npm, of_crate] {
        match way() {
            Ok(()) if found().is_ok() => return Ok(()),
            Ok(()) => println!("  what was installed does not run here"),
            Err(message) => println!("  {message}"),
        }
    }
    Err("wasm-opt could not be installed. Install the package `binaryen` of your system (Debian: apt install binaryen), then try again."
        .into())
}

fn of_debian() -> Outcome<()> {
    let root = output("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    if !root || output("apt-get", &["--version"]).is_none() {
        return Err("Debian's package needs apt-get and root".into());
    }
    let get = ["install", "--yes", "--quiet", "--no-install-recommends", "binaryen"];
    if run(&mut command("apt-get", &get)).is_ok() {
        return Ok(());
    }
    // A machine that never read its lists of packages.
    run(&mut command("apt-get", &["update", "--quiet"]))?;
    run(&mut command("apt-get", &get))
}

fn of_npm() -> Outcome<()> {
    if output("npm", &["--version"]).is_none() {
        return Err("npm is not installed".into());
    }
    let folder = tools()?;
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let folder = folder.to_string_lossy();
    run(&mut command(
        "npm",
        &[
            "install",
            "--prefix",
            &folder,
            "--no-save",
            "--no-audit",
            "--no-fund",
            NPM,
        ],
    ))
}

fn of_crate() -> Outcome<()> {
    println!("  compiling it takes some minutes and a compiler for C++");
    setup::install(&["wasm-opt", "--locked", "--version", CRATE])
}

/// Everything that may be wasm-opt, best first: on the path, fetched by trunk, installed here.
fn candidates() -> Vec<String> {
    let mut found = vec![NAME.to_owned()];
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    let trunk = cache.map(|cache| cache.join("trunk")).into_iter();
    for folder in trunk.flat_map(|trunk| fs::read_dir(trunk).into_iter().flatten().flatten()) {
        if folder.file_name().to_string_lossy().starts_with(NAME) {
            found.push(text(&folder.path().join("bin").join(NAME)));
        }
    }
    if let Ok(tools) = tools() {
        found.push(text(&tools.join("node_modules/.bin").join(NAME)));
    }
    found
}

fn tools() -> Outcome<PathBuf> {
    Ok(target_folder()?.join("tools"))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Whether the program runs and is new enough.
fn works(program: &str) -> bool {
    output(program, &["--version"]).is_some_and(|text| version(&text).is_some_and(|version| version >= FIRST))
}

/// `wasm-opt version 108 (version_108)`.
fn version(text: &str) -> Option<u32> {
    text.split_whitespace()
        .find_map(|word| word.trim_start_matches("version_").parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_it_prints() {
        assert_eq!(version("wasm-opt version 108 (version_108)\n"), Some(108));
        assert_eq!(version("wasm-opt version_91"), Some(91));
        assert_eq!(version("wasm-opt"), None);
    }
}
