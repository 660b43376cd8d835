//! Builds what the page is compared with or measured by: the smallest Leptos page, and the charts alone.

use crate::Outcome;
use crate::parts::{Effort, bind, optimised, target_folder};
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
    let folder = built("draw", &[("index.html", PLAIN)])?;
    // The doors of the page's parts come along with the library. They lead nowhere here, and nothing goes through them.
    let glue = folder.join("page.js");
    let failed = |error: std::io::Error| format!("{}: {error}", glue.display());
    let text = fs::read_to_string(&glue).map_err(failed)?;
    let line = |line: &str| match line.split_once(" from \"__wasm_split_placeholder__\"") {
        Some((import, _)) => {
            let name = import.trim_start_matches("import * as ");
            format!("const {name} = new Proxy({{}}, {{ get: () => () => {{}} }});\n")
        }
        None => format!("{line}\n"),
    };
    fs::write(&glue, text.lines().map(line).collect::<String>()).map_err(failed)?;
    Ok(folder)
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
    optimised(&folder.join("page_bg.wasm"), Effort::First)?;
    for (name, text) in files {
        fs::write(folder.join(name), text).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(folder)
}
