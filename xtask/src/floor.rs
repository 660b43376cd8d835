//! Builds what the page is compared with or measured by: the smallest Leptos page, and the charts alone.

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

const PLAIN: &str = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>draw</title>\
<script src=\"./echarts.js\"></script></head><body></body></html>";

/// Builds it like the page and tells its folder.
pub fn build() -> Outcome<PathBuf> {
    built("floor", &[("index.html", INDEX), ("boot.js", BOOT)])
}

/// Builds the charts of the page alone, to be drawn beside those of another library.
pub fn draw() -> Outcome<PathBuf> {
    built("draw", &[("index.html", PLAIN)])
}

fn built(package: &str, files: &[(&str, &str)]) -> Outcome<PathBuf> {
    run(&mut cargo(&[
        "build",
        "--locked",
        "--package",
        package,
        "--profile",
        "page",
        "--target",
        TARGET,
    ]))?;
    let target = target_folder()?;
    let folder = target.join(package);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let module = target.join(TARGET).join("page").join(format!("{package}.wasm"));
    bind(&module, &folder)?;
    optimised(&folder.join("page_bg.wasm"), true)?;
    for (name, text) in files {
        fs::write(folder.join(name), text).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(folder)
}
