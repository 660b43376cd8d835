//! A large sheet in the page: from the file to the preview, and how long the page stands still meanwhile.
//!
//! Part of `cargo xtask bench`; alone with `--bench-tables`.

use crate::bench_merge::{seen, timed, watch};
use crate::deployment::Deployment;
use crate::driver::Outcome;
use crate::engine::Engine;
use crate::page::{By, Page};
use crate::site::Site;
use office::sheet::{Column, Heading, Kind, Line, Out, Sheet};
use std::path::Path;

/// Rows of the sheet.
const ROWS: usize = 5_000;
/// Longest time from the file to the preview, in milliseconds.
const LIMIT: f64 = 2_000.0;
/// The columns: fields of the night talks, and some that no ledger has.
const COLUMNS: [(&str, Kind); 20] = [
    ("村（社区）", Kind::Text),
    ("类型", Kind::Text),
    ("日期", Kind::Day),
    ("地点", Kind::Text),
    ("党员", Kind::Whole),
    ("群众", Kind::Whole),
    ("发言", Kind::Whole),
    ("到会户数", Kind::Whole),
    ("议题", Kind::Text),
    ("主持人", Kind::Text),
    ("目的", Kind::Text),
    ("满意度", Kind::Whole),
    ("结果", Kind::Text),
    ("备注一", Kind::Text),
    ("备注二", Kind::Text),
    ("备注三", Kind::Text),
    ("备注四", Kind::Text),
    ("备注五", Kind::Text),
    ("备注六", Kind::Text),
    ("备注七", Kind::Text),
];

/// Measures in the current Chromium; true when the limits are kept.
///
/// # Errors
/// When the browser or a measurement fails.
pub fn run(cache: &Path, build: &Deployment) -> Outcome<bool> {
    let engine = Engine::Chromium;
    engine.prepare(cache)?;
    let profile = cache
        .join("profiles")
        .join(format!("bench-tables-{}", std::process::id()));
    let mut driver = engine.start(cache, &profile)?;
    driver.set_viewport(1366, 768)?;
    let folders = (cache.to_path_buf(), profile.clone());
    let site = Site::start(build.clone())?;
    let mut page = Page::new(&mut driver, engine, folders, site, build.clone());
    let kept = measure(&mut page);
    drop(driver);
    std::fs::remove_dir_all(&profile).unwrap_or_default();
    kept
}

fn measure(page: &mut Page) -> Outcome<bool> {
    page.open("?sample&today=2022-11-22#/import")?;
    // The worker is fetched with the first file.
    let small = page.file("small.xlsx", &office::write(&[sheet(2)])?)?;
    page.upload("选择表格文件", &[small])?;
    seen(page, By::Text("新增 2 行"))?;
    let file = page.file("large.xlsx", &office::write(&[sheet(ROWS)])?)?;
    let mut kept = true;
    for _ in 0..3 {
        page.click("button", "取消")?;
        watch(page)?;
        page.upload("选择表格文件", std::slice::from_ref(&file))?;
        let told = format!("新增 {ROWS} 行");
        seen(page, By::Text(&told))?;
        let (smooth, whole) = timed(page, "5,000 rows × 20 columns to the preview")?;
        kept &= smooth && whole <= LIMIT;
    }
    Ok(kept)
}

/// Night talks, each another one.
fn sheet(rows: usize) -> Sheet {
    let heading = |(text, _): &(&str, Kind)| Heading {
        text: (*text).to_owned(),
        columns: 1,
        rows: 1,
    };
    let column = |(_, kind): &(&str, Kind)| Column {
        kind: *kind,
        ..Column::default()
    };
    let cell = |row: usize, (head, kind): &(&str, Kind)| match (*head, kind) {
        ("村（社区）", _) => Out::Text("寺前村".to_owned()),
        ("类型", _) => Out::Text("湾子夜话".to_owned()),
        ("目的", _) => Out::Text("征求意见".to_owned()),
        ("满意度", _) => Out::Number("5".to_owned()),
        (_, Kind::Day) => Out::Day(format!("2021-{:02}-{:02}", 1 + row % 12, 1 + row % 28)),
        (_, Kind::Whole) => Out::Number((1 + row % 90).to_string()),
        (head, _) => Out::Text(format!("{head}第{row}条")),
    };
    let line = |row: usize| Line {
        cells: COLUMNS.iter().map(|column| cell(row, column)).collect(),
        ..Line::default()
    };
    Sheet {
        name: "夜话台账".to_owned(),
        head: vec![COLUMNS.iter().map(heading).collect()],
        columns: COLUMNS.iter().map(column).collect(),
        rows: (0..rows).map(line).collect(),
        ..Sheet::default()
    }
}
