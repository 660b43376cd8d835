//! Builds the smallest Leptos page, with which the start of the page is compared.

use crate::Outcome;
use crate::parts::{bind, optimised, target_folder};
use crate::process::{cargo, run};
use crate::setup::TARGET;
use std::fs;
use std::path::PathBuf;

const INDEX: &str = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>floor</title>\
<link rel=\"modulepreload\" href=\"./page.js\"><link rel=\"preload\" href=\"./page_bg.wasm\" as=\"fetch\" crossorigin=\"anonymous\">\
<script type=\"module\" src=\"./boot.js\"></script></head><body></body></html>";
const BOOT: &str = "import(\"./page.js\").then((page) => page.default({ module_or_path: \"./page_bg.wasm\" }));";

/// Builds it like the page and tells its folder.
pub fn build() -> Outcome<PathBuf> {
    run(&mut cargo(&[
        "build",
        "--locked",
        "--package",
        "floor",
        "--profile",
        "page",
        "--target",
        TARGET,
    ]))?;
    let target = target_folder()?;
    let folder = target.join("floor");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    bind(&target.join(TARGET).join("page").join("floor.wasm"), &folder)?;
    optimised(&folder.join("page_bg.wasm"), true)?;
    for (name, text) in [("index.html", INDEX), ("boot.js", BOOT)] {
        fs::write(folder.join(name), text).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(folder)
}
