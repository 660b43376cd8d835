//! What people change on the map: it is stored, goes along in files, and is taken back.

use super::exchange::{another_browser, backup, merge};
use super::make_town::found;
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use serde_json::{Value, json};
use std::time::Duration;

pub const TESTS: &[Test] = &[
    Test::current(
        "map: places, names and colours survive reload and merge, and are undone",
        editor,
    ),
    Test::current(
        "map: borders from a file are reported on, used, merged and left",
        borders,
    ),
];

const LIMIT: Duration = Duration::from_secs(20);
const MAP: &str = "?today=2022-11-22#/map?show=petals";

/// All that is drawn of units, districts and lines.
const DRAWN: &str = "
    const all = (what, read) => Array.from(document.querySelectorAll(what), read).sort();
    return JSON.stringify([
      all('path[data-unit]', (c) => [c.id, c.getAttribute('d'), c.getAttribute('aria-label'), c.getAttribute('class')].join()),
      all('.plate', (p) => p.textContent),
      all('.line-district', (l) => l.getAttribute('d')),
      all('.map-note span', (n) => n.textContent),
    ])";

/// Opens the map and waits for a unit of that name on it.
fn open_map(page: &mut Page, unit: &str) -> Outcome<()> {
    page.goto(MAP)?;
    page.wait_ready()?;
    page.find(By::Role("button", &format!("{unit}，"))).map(drop)
}

fn edit(page: &mut Page, unit: &str) -> Outcome<()> {
    open_map(page, unit)?;
    page.click("button", "调整地图")
}

/// Chooses what lies under the name of a unit: its district first, then the unit.
fn press_cell(page: &mut Page, unit: &str) -> Outcome<()> {
    let cell = page.find(By::Role("button", &format!("{unit}，")))?;
    page.eval_on("arguments[0].focus()", &cell)?;
    page.press("Enter")
}

/// What is drawn once nothing changes any more: names of districts are placed when the size of the map is known, a
/// moment after its cells.
fn drawn(page: &mut Page) -> Outcome<Value> {
    let mut last = page.eval(DRAWN)?;
    loop {
        std::thread::sleep(Duration::from_millis(300));
        let now = page.eval(DRAWN)?;
        if now == last {
            return Ok(now);
        }
        last = now;
    }
}

fn drawn_like(page: &mut Page, before: &Value, when: &str) -> Outcome<()> {
    page.wait_for(&format!("the same map {when}"), LIMIT, |page| {
        Ok(page.eval(DRAWN)? == *before)
    })
}

/// The same drawing after a reload, and in another browser after a merge of the backup.
fn stays(page: &mut Page, unit: &str) -> Outcome<()> {
    open_map(page, unit)?;
    let before = drawn(page)?;
    page.reload()?;
    page.find(By::Role("button", &format!("{unit}，")))?;
    drawn_like(page, &before, "after a reload")?;
    let file = backup(page)?;
    another_browser(page)?;
    merge(page, &[file])?;
    open_map(page, unit)?;
    drawn_like(page, &before, "in another browser")?;
    Ok(())
}

fn editor(page: &mut Page) -> Outcome<()> {
    found(page)?;
    edit(page, "寺前村")?;
    // The bar above the map takes some of its room, and the handles come anew.
    page.wait_until(
        "a handle that stays",
        "const handle = document.querySelector('[aria-label=\"移动寺前村\"]'), frame = () => new Promise(requestAnimationFrame);
         if (!handle) return false;
         handle.focus();
         return frame().then(frame).then(frame).then(() => document.activeElement === handle)",
    )?;
    page.press("ArrowRight")?;
    page.press("ArrowDown")?;
    page.press("Enter")?;
    page.see("已移动寺前村")?;

    press_cell(page, "寺前村")?;
    page.fill("textbox", "片区名称", "城中片区")?;
    page.click("button", "改名")?;
    page.see("已经有“城中片区”，请换一个名称")?;
    page.fill("textbox", "片区名称", "古寺片区")?;
    page.press("Enter")?;
    page.see("寺前片区已改名为古寺片区")?;
    page.click("radio", "绿")?;
    page.see("古寺片区改为绿色")?;
    page.wait_until(
        "two green cells",
        "return document.querySelectorAll('path.tint-3[data-unit]').length === 2",
    )?;
    page.click("radio", "紫")?;
    page.see("古寺片区改为紫色")?;
    page.click("button", "撤销")?;
    page.wait_until(
        "green again",
        "return document.querySelectorAll('path.tint-3[data-unit]').length === 2",
    )?;

    press_cell(page, "寺前村")?;
    page.fill("textbox", "村（社区）名称", "古寺前村")?;
    page.click("button", "改名")?;
    page.see("寺前村已改名为古寺前村")?;
    // Ctrl+Z outside of a field takes the last step back, with Shift it is done again.
    page.eval("document.activeElement.blur()")?;
    page.press_with("z", true, false, false)?;
    page.wait_gone(By::Role("button", "古寺前村，"))?;
    page.click("button", "结束调整")?;
    press_cell(page, "寺前村")?;
    page.click("button", "调整地图")?;
    page.fill("textbox", "村（社区）名称", "古寺前村")?;
    page.click("button", "改名")?;
    stays(page, "古寺前村")?;
    page.wait_until(
        "the new name on its plate",
        "return Array.from(document.querySelectorAll('.plate'), (p) => p.textContent).includes('古寺片区')",
    )?;
    let green = page.eval("return document.querySelectorAll('path.tint-3[data-unit]').length")?;
    assert_eq!(green, json!(2));
    Ok(())
}

/// A square of a tenth of a degree, `x` of them from the west.
fn square(name: &str, x: f64, closed: bool) -> Value {
    let (w, e) = (114.0 + x / 10.0, 114.1 + x / 10.0);
    let mut ring = vec![[w, 29.0], [e, 29.0], [e, 29.1], [w, 29.1]];
    ring.extend(closed.then_some([w, 29.0]));
    json!({ "type": "Feature", "properties": { "name": name }, "geometry": { "type": "Polygon", "coordinates": [ring] } })
}

fn collection(features: &[Value]) -> Vec<u8> {
    json!({ "type": "FeatureCollection", "features": features })
        .to_string()
        .into_bytes()
}

fn borders(page: &mut Page) -> Outcome<()> {
    found(page)?;
    edit(page, "寺前村")?;
    let grown = drawn(page)?;
    let open = page.file("没闭合.geojson", &collection(&[square("寺前村", 0.0, false)]))?;
    page.upload("导入边界…", &[open])?;
    page.see("没有导入：“寺前村”的边界没有闭合，请修正后再导入")?;
    let file = page.file(
        "村界.geojson",
        &collection(&[
            square("寺前村", 0.0, true),
            square("河田村", 1.0, true),
            square("<b>别处</b>", 2.0, true),
        ]),
    )?;
    page.upload("导入边界…", &[file])?;
    page.see("2 个村（社区）有边界")?;
    page.see("文件里没有对上的图形：<b>别处</b>")?;
    page.see("没有边界、图上不画的村（社区）：和平社区")?;
    assert_eq!(page.eval(DRAWN)?, grown, "nothing is used yet");
    page.click("button", "采用这些边界")?;
    page.see("边界取自导入的文件，已简化")?;
    page.see("没有边界、图上未画：和平社区")?;
    stays(page, "寺前村")?;
    page.see("边界取自导入的文件，已简化")?;
    page.click("button", "调整地图")?;
    page.click("button", "恢复示意图")?;
    page.see("示意图，非实测边界")?;
    page.wait_for("the map as it grew", std::time::Duration::from_secs(20), |page| {
        Ok(page.eval(DRAWN)? == grown)
    })
}
