//! Installs what the other commands need. Quiet where everything is there; nothing is fetched except
//! through rustup, from crates.io, from Debian's packages and from npm.

use crate::process::{cargo, command, output, run};
use crate::{Outcome, optimiser};
use std::path::Path;
use std::process::Command;

const GECKODRIVER: &str = "0.37.1";
pub const TARGET: &str = "wasm32-unknown-unknown";

/// What the page's build needs.
pub fn for_page() -> Outcome<()> {
    target()?;
    optimiser::install()
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

/// Tools run for seconds here, so they are compiled quickly rather than well.
pub fn install(arguments: &[&str]) -> Outcome<()> {
    run(quick(&mut cargo(&["install", "--force"])).args(arguments))
}

fn quick(command: &mut Command) -> &mut Command {
    command
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
}
