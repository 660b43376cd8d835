//! The worker that reads and writes workbooks: compiled apart from the page and fetched when it is first asked for.

use crate::parts::{self, Effort};
use crate::process::{cargo, run};
use crate::{Outcome, setup, wasm};
use std::fs;
use wasm_bindgen_cli_support::Bindgen;

/// How the names of its files start.
pub const OFFICE: &str = "office-";
/// The name by which the page asks for it (`src/browser/office.rs`), of the same length as the real one.
const PLACEHOLDER: &[u8] = b"office-0000000000000000.js";
/// Most memory it may take, in bytes: what a hostile file asks for beyond it ends the worker, not the page.
const MOST_MEMORY: usize = 512 << 20;

/// Sections that cutting a page needs and the worker, which stays in one piece, does not; the first would have
/// wasm-bindgen use features that older engines lack.
const LEFT_OUT: &[&str] = &[
    "target_features",
    "linking",
    "reloc.CODE",
    "reloc.DATA",
    "reloc..debug_info",
    "reloc..debug_ranges",
    "reloc..debug_line",
    "reloc..debug_loc",
];

/// The compiled worker.
pub struct Office {
    pub module: Vec<u8>,
    /// The script that connects it with the browser.
    pub glue: String,
}

/// Compiles, binds and optimises it.
pub fn build(release: bool) -> Outcome<Office> {
    let profile = if release { "page" } else { "page-dev" };
    let mut cargo = cargo(&[
        "rustc",
        "--locked",
        "--package",
        "office",
        "--bin",
        "worker",
        "--features",
        "worker",
    ]);
    cargo.args(["--profile", profile, "--target", setup::TARGET, "--"]);
    run(cargo.args(["-C", &format!("link-arg=--max-memory={MOST_MEMORY}")]))?;
    let target = parts::target_folder()?;
    let linked = target.join(setup::TARGET).join(profile).join("worker.wasm");
    let failed = |error: std::io::Error| format!("{}: {error}", linked.display());
    let mut bytes = fs::read(&linked).map_err(failed)?;
    for name in LEFT_OUT {
        bytes = wasm::without_section(&bytes, name)?;
    }
    let folder = target.join("page-office");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(failed)?;
    let prepared = folder.join("linked.wasm");
    fs::write(&prepared, bytes).map_err(failed)?;
    let unbound = |error| format!("wasm-bindgen, {}: {error:?}", linked.display());
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(&prepared)
        .typescript(false)
        .demangle(false)
        .out_name("office");
    bindgen
        .no_modules(true)
        .map_err(unbound)?
        .generate(&folder)
        .map_err(unbound)?;
    let effort = if release { Effort::First } else { Effort::None };
    Ok(Office {
        module: parts::optimised(&folder.join("office_bg.wasm"), effort)?,
        glue: fs::read_to_string(folder.join("office.js")).map_err(failed)?,
    })
}

/// Puts the name of the worker's script into a module of the page; how often it stood there.
pub fn name_in(module: &mut [u8], file: &str) -> Outcome<usize> {
    if file.len() != PLACEHOLDER.len() {
        return Err(format!("{file} is not as long as the name the page is compiled with"));
    }
    let mut found = 0;
    let mut at = 0;
    while let Some(next) = module[at..]
        .windows(PLACEHOLDER.len())
        .position(|part| part == PLACEHOLDER)
    {
        at += next;
        module[at..at + file.len()].copy_from_slice(file.as_bytes());
        found += 1;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_put_in_its_place() {
        let mut module = b"\0asm./office-0000000000000000.js\0".to_vec();
        assert_eq!(name_in(&mut module, "office-0123456789abcdef.js"), Ok(1));
        assert_eq!(module, b"\0asm./office-0123456789abcdef.js\0");
        assert_eq!(name_in(&mut module, "office-0123456789abcdef.js"), Ok(0));
        assert!(name_in(&mut module, "office.js").is_err());
    }
}
