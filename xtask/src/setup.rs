//! Installs what the other commands need. Quiet where everything is there; nothing is fetched except
//! through rustup and from crates.io.

use crate::Outcome;
use crate::process::{cargo, command, output, root, run};
use std::path::Path;
use std::process::Command;

/// 0.22 needs a newer compiler than the one this workspace names.
const TRUNK: &str = "0.21.14";
const GECKODRIVER: &str = "0.37.1";
pub const TARGET: &str = "wasm32-unknown-unknown";

/// What the page's build needs.
pub fn for_page() -> Outcome<()> {
    target()?;
    trunk()?;
    wasm_bindgen()
}

/// What every command needs, browser tests included.
pub fn all() -> Outcome<()> {
    for_page()?;
    for_browser_tests()
}

/// What the browser tests need beyond the browsers themselves.
pub fn for_browser_tests() -> Outcome<()> {
    let firefox = ["firefox-esr", "firefox"]
        .iter()
        .any(|name| output(name, &["--version"]).is_some());
    if !firefox || output("geckodriver", &["--version"]).is_some() {
        return Ok(());
    }
    println!(
        "geckodriver is missing: it drives Firefox in the browser tests. Installing {GECKODRIVER} from crates.io."
    );
    install(&["geckodriver", "--locked", "--version", GECKODRIVER])
}

pub fn target() -> Outcome<()> {
    let sysroot = output("rustc", &["--print", "sysroot"])
        .ok_or("rustc is missing: install Rust from your system or https://rustup.rs")?;
    if Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib")
        .is_dir()
    {
        return Ok(());
    }
    println!("The compiler lacks the target {TARGET}: the page is WebAssembly. Adding it.");
    run(&mut command("rustup", &["target", "add", TARGET]))
}

fn trunk() -> Outcome<()> {
    let found = output("trunk", &["--version"]);
    if found.as_deref().is_some_and(|text| text.trim().ends_with(TRUNK)) {
        return Ok(());
    }
    let why = match &found {
        Some(other) => format!("{} is installed, the page is built with {TRUNK}", other.trim()),
        None => "trunk is missing: it builds and serves the page".into(),
    };
    println!("{why}. Installing it from crates.io; this takes some minutes.");
    install(&["trunk", "--locked", "--version", TRUNK])
}

fn wasm_bindgen() -> Outcome<()> {
    let wanted = locked_version("wasm-bindgen")?;
    let found = output("wasm-bindgen", &["--version"]);
    if found.as_deref().is_some_and(|text| text.trim().ends_with(&wanted)) {
        return Ok(());
    }
    let why = match &found {
        Some(other) => format!("{} is installed, Cargo.lock names {wanted}", other.trim()),
        None => "wasm-bindgen is missing: it connects the page with the browser".into(),
    };
    println!("{why}. Installing wasm-bindgen-cli {wanted} from crates.io; this takes some minutes.");
    install(&["wasm-bindgen-cli", "--version", &wanted])
}

/// Tools run for seconds here, so they are compiled quickly rather than well.
fn install(arguments: &[&str]) -> Outcome<()> {
    run(quick(&mut cargo(&["install", "--force"])).args(arguments))
}

fn quick(command: &mut Command) -> &mut Command {
    command
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
}

/// The version of a package in Cargo.lock.
fn locked_version(package: &str) -> Outcome<String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}"))?;
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines
        .by_ref()
        .find(|line| *line == name)
        .and_then(|_| lines.next())
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| format!("Cargo.lock names no {package}"))
}
