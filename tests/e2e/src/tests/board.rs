//! The pages leaders look at: overview, map, charts, meeting room screen.

use std::collections::{BTreeMap, BTreeSet};

use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use serde_json::{Value, json};

pub const TESTS: &[Test] = &[
    Test::all(
        "board: figures, units and districts carry their names for programs",
        hooks,
    ),
    Test::all("board: a follow-up opens the list of what is behind it", follow_up),
    Test::all("board: period and day stand in the address and go along", period),
    Test::all("map: arrow keys reach every unit", keyboard_walk),
    Test::all(
        "map: a click zooms to the district, Enter opens the unit, Escape goes back",
        zoom,
    ),
    Test::all("map: the legend keeps the units of a step", legend_filter),
    Test::all("map: the player shows an earlier month", player),
    Test::all(
        "charts: keyboard and pointer meet the same marks, where something is drawn",
        marks,
    ),
    Test::all("article: every figure agrees in the sample", article),
    Test::all("screen: shows figures and no names, leaves by Escape", screen),
    Test::current("map: the editor moves a unit to another district, and back", editor),
    Test::all("unit: five programmes, people and their records", unit),
];

fn text(value: Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn hooks(page: &mut Page) -> Outcome<()> {
    page.open("?sample")?;
    page.wait_until(
        "the figure of the talks",
        "const f = document.querySelector('[data-indicator=\"dream.night_talks\"]'); return f && f.dataset.value === '146'",
    )?;
    let count = |page: &mut Page, what: &str| {
        page.eval_with(
            "return new Set(Array.from(document.querySelectorAll(`[data-${arguments[0]}]`), (e) => e.dataset[arguments[0]])).size",
            json!(what),
        )
    };
    page.wait_until(
        "the board below",
        "return document.querySelectorAll('[data-unit]').length >= 39",
    )?;
    assert_eq!(count(page, "unit")?, json!(39));
    assert_eq!(count(page, "district")?, json!(11));
    page.goto("?sample#/map")?;
    page.wait_until(
        "39 cells",
        "return document.querySelectorAll('path[data-unit]').length === 39",
    )?;
    let valued =
        page.eval("return document.querySelectorAll('path[data-unit][data-value]:not([data-value=\"\"])').length")?;
    assert_eq!(valued, json!(39));
    assert_eq!(count(page, "district")?, json!(11));
    Ok(())
}

fn follow_up(page: &mut Page) -> Outcome<()> {
    page.open("?sample")?;
    page.click("link", "3 个村超过 30 天没有片区联系")?;
    page.wait_until("the programme", "return location.hash.startsWith('#/p/lead')")?;
    let rows = page.wait_until(
        "the open list",
        "const open = document.querySelector('details[open]'); return open && open.querySelectorAll('tbody tr').length === 3",
    );
    rows?;
    page.see("蛤蟆石村")
}

fn period(page: &mut Page) -> Outcome<()> {
    page.open("?sample")?;
    page.see("2022-11-22")?;
    page.select("统计期类型", "按月")?;
    page.wait_until(
        "the month in the address",
        "return location.hash.includes('period=2022-11')",
    )?;
    let shown = "return document.querySelector('[data-indicator=\"dream.night_talks\"]').dataset.value";
    let month: u32 = text(page.eval(shown)?).parse().map_err(|e| format!("{e}"))?;
    assert!(month < 146, "{month}");
    page.click("link", "图表")?;
    page.wait_until(
        "the period went along",
        "return location.hash.startsWith('#/charts') && location.hash.includes('period=2022-11')",
    )?;
    page.goto("?sample#/?asof=2022-06-30")?;
    page.see("截至 2022-06-30")?;
    page.wait_until(
        "fewer talks",
        "const f = document.querySelector('[data-indicator=\"dream.night_talks\"]'); return f && Number(f.dataset.value) > 0 && Number(f.dataset.value) < 146",
    )
}

/// Opens the map and waits for its cells.
fn open_map(page: &mut Page) -> Outcome<()> {
    page.open("?sample#/map")?;
    page.wait_until(
        "the cells",
        "return document.querySelectorAll('path[data-unit]').length === 39",
    )
}

const FOCUS: &str =
    "document.getElementById('cell-' + arguments[0]).focus(); return document.activeElement.dataset.unit";
const HERE: &str = "return (document.activeElement && document.activeElement.dataset.unit) || ''";

fn keyboard_walk(page: &mut Page) -> Outcome<()> {
    open_map(page)?;
    let all = page.eval("return Array.from(document.querySelectorAll('path[data-unit]'), (c) => c.dataset.unit)")?;
    let all: BTreeSet<String> = all.as_array().into_iter().flatten().cloned().map(text).collect();
    assert_eq!(all.len(), 39, "each unit once");
    let stops = page.eval("return document.querySelectorAll('path[data-unit][tabindex=\"0\"]').length")?;
    assert_eq!(stops, json!(1), "the map is one stop of the Tab key");
    let mut steps: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut open: Vec<String> = all.iter().take(1).cloned().collect();
    while let Some(unit) = open.pop() {
        if steps.contains_key(&unit) {
            continue;
        }
        let mut to = BTreeSet::new();
        for key in ["ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"] {
            assert_eq!(text(page.eval_with(FOCUS, json!(unit))?), unit);
            page.press(key)?;
            let here = text(page.eval(HERE)?);
            if here != unit {
                to.insert(here);
            }
        }
        assert!(!to.is_empty(), "no way out of {unit}");
        open.extend(to.iter().cloned());
        steps.insert(unit, to);
    }
    let reached: BTreeSet<String> = steps.keys().cloned().collect();
    assert_eq!(reached, all);
    Ok(())
}

fn zoom(page: &mut Page) -> Outcome<()> {
    open_map(page)?;
    let view = "return document.querySelector('svg.map').getAttribute('viewBox')";
    let whole = page.eval(view)?;
    let cell = page.find(By::Role("button", "寺前村，夜话场次 8"))?;
    page.eval_on(
        "arguments[0].dispatchEvent(new MouseEvent('click', { bubbles: true }))",
        &cell,
    )?;
    page.wait_until("the district", "return location.hash.startsWith('#/map/d/')")?;
    page.find(By::Role("heading", "寺前片区"))?;
    page.wait_until(
        "another part of the map",
        &format!("return document.querySelector('svg.map').getAttribute('viewBox') !== {whole}"),
    )?;
    let cell = page.find(By::Role("button", "寺前村，夜话场次 8"))?;
    page.eval_on("arguments[0].focus()", &cell)?;
    page.press("Enter")?;
    page.wait_until("the unit", "return location.hash.includes('/u/')")?;
    page.find(By::Role("heading", "寺前村"))?;
    page.press("Escape")?;
    page.wait_until(
        "the district again",
        "return /^#\\/map\\/d\\/[^/]+$/.test(location.hash)",
    )?;
    page.find(By::Role("heading", "寺前片区"))?;
    page.press("Escape")?;
    page.wait_until("the town again", "return location.hash === '#/map'")
}

fn legend_filter(page: &mut Page) -> Outcome<()> {
    open_map(page)?;
    let first = page.find(By::Css(".map-legend button"))?;
    let said = page.text(&first)?;
    let count: usize = said
        .rsplit(' ')
        .find_map(|word| word.parse().ok())
        .ok_or_else(|| format!("no count in {said}"))?;
    page.click_on(&first)?;
    page.wait_until(
        "the step is pressed",
        "return document.querySelector('.map-legend [aria-pressed=\"true\"]')",
    )?;
    let kept = page.eval("return document.querySelectorAll('path.map-cell:not(.is-dim)').length")?;
    assert_eq!(kept, json!(count), "{said}");
    Ok(())
}

fn player(page: &mut Page) -> Outcome<()> {
    open_map(page)?;
    let sum = "return Array.from(document.querySelectorAll('path[data-unit]'), (c) => Number(c.dataset.value)).reduce((a, b) => a + b)";
    assert_eq!(page.eval(sum)?, json!(146));
    let slider = page.find(By::Role("slider", "月份"))?;
    let last: i32 = text(page.eval_on("return arguments[0].max", &slider)?)
        .parse()
        .map_err(|e| format!("{e}"))?;
    assert!(last >= 22, "from the first record: {last}");
    page.fill_on(&slider, &(last - 5).to_string())?;
    page.see("2022年6月")?;
    page.wait_until("fewer talks by June", &format!("{} < 146", sum))?;
    Ok(())
}

/// The district of a cell on the map.
const HOME: &str = "return document.getElementById('cell-421223100001').closest('[data-district]').dataset.district";

/// T11: a unit moves on a day; undone, it stands where it was.
fn editor(page: &mut Page) -> Outcome<()> {
    open_map(page)?;
    assert_eq!(page.eval(HOME)?, json!("d01"));
    page.click("button", "调整地图")?;
    let handle = page.find(By::Role("button", "移动七星社区"))?;
    // Put the handle down in the middle of a unit of another district.
    page.eval_on(
        "const target = document.getElementById('cell-421223100002').getBoundingClientRect();
         const handle = arguments[0];
         const middle = (box) => ({ bubbles: true, pointerId: 1, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 });
         handle.setPointerCapture = () => {};
         const send = (kind, box) => handle.dispatchEvent(new PointerEvent(kind, middle(box)));
         send('pointerdown', handle.getBoundingClientRect());
         send('pointermove', target);
         send('pointerup', target);",
        &handle,
    )?;
    page.see("七星社区划入城中片区，从")?;
    page.click("button", "调整片区")?;
    page.wait_until("the other district", &format!("{} === 'd02'", HOME))?;
    page.click("button", "撤销")?;
    page.wait_until("the old district", &format!("{} === 'd01'", HOME))
}

fn unit(page: &mut Page) -> Outcome<()> {
    page.open("?sample#/u/421223100001")?;
    page.find(By::Role("heading", "七星社区"))?;
    for programme in ["头雁", "筑梦", "强基", "青苗", "引凤"] {
        page.find(By::Role("link", programme))?;
    }
    page.find(By::Role("heading", "片区联系"))?;
    page.click("link", "示例书记01")?;
    page.see("现任书记（七星社区）")?;
    page.goto("?sample#/d/d01")?;
    page.find(By::Role("heading", "七星片区"))?;
    page.see("联系领导 示例领导01")
}

fn marks(page: &mut Page) -> Outcome<()> {
    page.open("?sample")?;
    page.wait_until(
        "charts with marks",
        "return document.querySelectorAll('[data-marks]:not([data-marks=\"0\"])').length >= 4",
    )?;
    for (title, least) in [("寺前片区夜话场次最多", 22), ("近一半阵地已建成", 3)] {
        let frame = page.find(By::Role("group", title))?;
        let count = page.eval_on("return Number(arguments[0].dataset.marks)", &frame)?;
        let count = count.as_u64().unwrap_or_default();
        assert!(count >= least, "{title}: {count}");
        page.eval_on(
            "arguments[0].scrollIntoView({ block: 'center' }); arguments[0].focus()",
            &frame,
        )?;
        let mut seen = BTreeSet::new();
        page.press("Home")?;
        for _ in 0..count {
            let by_key = page.eval_on(
                "return arguments[0].querySelector('[role=\"status\"]').textContent",
                &frame,
            )?;
            assert!(seen.insert(text(by_key.clone())), "twice: {by_key}");
            let by_pointer = page.eval_on(POINT, &frame)?;
            assert_eq!(by_pointer["said"], by_key, "{title}");
            assert_eq!(by_pointer["drawn"], json!(true), "{title}: nothing drawn at {by_key}");
            page.press("ArrowRight")?;
        }
        assert_eq!(seen.len() as u64, count);
    }
    Ok(())
}

/// Moves the pointer to the middle of the mark that is looked at; tells what is said and whether something is drawn
/// there or close by (stripes and dots leave gaps).
const POINT: &str = "
    const frame = arguments[0], canvas = frame.querySelector('canvas');
    const x = Number(frame.dataset.x), y = Number(frame.dataset.y), box = canvas.getBoundingClientRect();
    const at = { bubbles: true, clientX: box.left + x, clientY: box.top + y };
    canvas.dispatchEvent(new PointerEvent('pointermove', at));
    const ratio = canvas.width / box.width, reach = 7;
    const data = canvas.getContext('2d').getImageData((x - reach) * ratio, (y - reach) * ratio, 2 * reach * ratio, 2 * reach * ratio).data;
    const ground = canvas.getContext('2d').getImageData(1, canvas.height - 2, 1, 1).data;
    let drawn = false;
    for (let i = 0; i < data.length; i += 4) {
      if (Math.abs(data[i] - ground[0]) + Math.abs(data[i + 1] - ground[1]) + Math.abs(data[i + 2] - ground[2]) > 60) drawn = true;
    }
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
      () => done({ said: frame.querySelector('[role=status]').textContent, drawn }))));";

fn article(page: &mut Page) -> Outcome<()> {
    page.open("?sample#/report")?;
    page.see("全部一致")?;
    let rows = page.eval("return document.querySelectorAll('tr[data-figure]').length")?;
    assert_eq!(rows, json!(25));
    assert!(page.all(By::Text("不一致"))?.is_empty());
    Ok(())
}

fn screen(page: &mut Page) -> Outcome<()> {
    page.open("?sample#/screen")?;
    page.see("146")?;
    page.see("示意图，非实测边界")?;
    let words = text(page.eval("return document.body.innerText")?);
    for name in ["示例领导", "示例书记", "龚正宇"] {
        assert!(!words.contains(name), "{name} stands on the screen");
    }
    page.press("ArrowRight")?;
    page.wait_until(
        "a district in focus",
        "return document.querySelector('.screen').dataset.place === '1'",
    )?;
    let words = text(page.eval("return document.body.innerText")?);
    assert!(!words.contains("示例领导"), "a name stands on the screen");
    page.press("Escape")?;
    page.wait_until("the overview", "return location.hash === '#/'")
}
