//! First use, the frame, undo, settings: what happens in one window.

use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use serde_json::json;
use std::time::Duration;

pub const TESTS: &[Test] = &[
    Test::all("town: first use offers three doors", three_doors),
    Test::current("town: without a unit the pages say how to begin", says_how_to_begin),
    Test::all("town: a pasted list becomes a town that stays", paste_and_stay),
    Test::all("town: the page begins where the role works", begins_at_home),
    Test::current("town: bad lines are named, and adjusted by hand", bad_lines),
    Test::current("town: undo and redo by keyboard", undo_by_keyboard),
    Test::current(
        "town: the sample is marked, dated, and touches nothing stored",
        sample_apart,
    ),
    Test::all("town: a walk over all pages asks nobody and breaks no rule", walk),
    Test::current("town: text size and colours stand before the page starts", looks_first),
    Test::current("town: the reminder of a backup comes and goes", reminder),
    Test::current("town: clearing this browser leads back to the doors", clearing),
    Test::current("town: ready for use without a network is said", offline_said),
];

/// The 39 units as a spreadsheet copies them.
pub fn list() -> String {
    let file = include_str!("../../../fixtures/units.csv");
    let rows = file.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').skip(1).collect();
        cells.join("\t")
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// Pastes into the list; typing would take the tabs for steps to the next field.
pub fn paste(page: &mut Page, text: &str) -> Outcome<()> {
    paste_into(page, "村（社区）名单", text)
}

/// Puts a text with tabs and line breaks into a field at once: typed, a tab would leave the field.
pub fn paste_into(page: &mut Page, name: &str, text: &str) -> Outcome<()> {
    let field = page.find(By::Role("textbox", name))?;
    page.click_on(&field)?;
    page.eval_on("window.e2eField = arguments[0]", &field)?;
    page.eval_with(
        "const field = window.e2eField;
         Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, arguments[0]);
         field.dispatchEvent(new Event('input', { bubbles: true }));",
        json!(text),
    )
    .map(drop)
}

/// Every page, in a browser that holds a district and no units: what is about units says so, in the same words; no
/// page draws or judges nothing.
fn says_how_to_begin(page: &mut Page) -> Outcome<()> {
    page.open("?today=2022-11-22#/l/district/new")?;
    page.fill("textbox", "片区名称", "寺前片区")?;
    page.click("button", "保存")?;
    page.see("已保存")?;
    for path in [
        "",
        "map",
        "p/dream",
        "p/lead",
        "p/base",
        "p/seedling",
        "p/phoenix",
        "units",
        "u/421223100208",
        "d/d01",
        "u/421223100208/p/x",
        "charts",
        "report",
        "screen",
        "fill",
        "l/night_talk/new",
    ] {
        page.eval_with("location.hash = '#/' + arguments[0]", json!(path))?;
        page.see("这台设备里还没有村（社区）名单，没有可看可填的")?;
        page.find(By::Role("link", "开始使用"))?;
        let drawn =
            page.eval("return document.querySelectorAll('main canvas, main svg.map, main [data-indicator]').length")?;
        assert_eq!(drawn, 0, "#/{path}");
    }
    for path in [
        "l",
        "l/night_talk",
        "merge",
        "settings",
        "rules",
        "bin",
        "snapshots",
        "compare",
        "receipt",
        "conflicts",
        "help",
    ] {
        page.eval_with("location.hash = '#/' + arguments[0]", json!(path))?;
        page.wait_gone(By::Text("没有可看可填的"))?;
        page.wait_until(
            "the page is there",
            "return document.querySelector('main').childElementCount > 0",
        )?;
        let told = page.eval("return document.querySelector('main').innerText")?;
        let told = told.as_str().unwrap_or_default();
        for untrue in ["配齐", "都已做到", "不一致", "0/0", "NaN", "100%"] {
            assert!(!told.contains(untrue), "{untrue} on #/{path}");
        }
    }
    page.eval("location.hash = '#/map'")?;
    page.click("link", "开始使用")?;
    page.find(By::Role("link", "新建本镇")).map(drop)
}

/// From the doors to a town with its 39 units.
pub fn new_town(page: &mut Page) -> Outcome<()> {
    page.click("link", "新建本镇")?;
    page.fill("textbox", "镇（街道）名称", "天城镇")?;
    paste(page, &list())?;
    page.see("读出 39 个：28 个村，11 个社区，11 个片区")?;
    page.click("button", "核对名单")?;
    page.click("button", "建立本镇")?;
    see_town(page)
}

/// The overview of the new town.
pub fn see_town(page: &mut Page) -> Outcome<()> {
    page.find(By::Role("heading", "总览"))?;
    page.see("39 个村（社区）")
}

/// The three doors.
pub fn see_doors(page: &mut Page) -> Outcome<()> {
    page.find(By::Role("link", "先看示例"))?;
    page.find(By::Role("link", "我是镇里的，新建本镇"))?;
    page.find(By::Role("file", "我收到了文件")).map(drop)
}

/// How many saves the storage holds one by one.
pub fn journal(page: &mut Page) -> Outcome<u64> {
    let count =
        page.eval("return Object.keys(localStorage).filter((key) => key.startsWith(tcPrefix + 'j.')).length")?;
    count.as_u64().ok_or_else(|| format!("no count: {count}"))
}

fn three_doors(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    see_doors(page)?;
    page.click("link", "收到的是文本")?;
    page.find(By::Role("heading", "收发"))?;
    page.back()?;
    page.click("link", "先看示例")?;
    page.wait_ready()?;
    page.see("示例数据")
}

fn paste_and_stay(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    page.see("已保存到本机")?;
    page.reload()?;
    see_town(page)?;
    assert!(page.all(By::Role("link", "先看示例"))?.is_empty());
    page.eval("location.hash = '#/start?step=new'")?;
    page.see("这里已有本镇的数据")
}

fn bad_lines(page: &mut Page) -> Outcome<()> {
    page.open("#/start?step=new")?;
    page.fill("textbox", "镇（街道）名称", "新镇")?;
    paste(
        page,
        "名称\t类型\n东村\t村\n东村\t村\n大屋\t\n新街\t街道\n<b>北</b>村\t村",
    )?;
    page.see("第 3 行：“东村”重复出现，请只保留一行")?;
    page.see("第 4 行：看不出“大屋”是村还是社区")?;
    page.see("第 5 行：“新街”的类型写的是“街道”，只能填村或社区")?;
    page.see("名单有错误，请先改正")?;
    paste(page, "东村\n大屋村\n<b>北</b>村")?;
    page.click("button", "核对名单")?;
    let name = page.find(By::Role("textbox", "第 3 个的名称"))?;
    assert_eq!(page.value(&name)?, "<b>北</b>村");
    page.fill_on(&name, "东村")?;
    page.press("Tab")?;
    page.see("第 3 个：“东村”重复出现")?;
    page.fill_on(&name, "北街社区")?;
    page.press("Tab")?;
    page.select("第 3 个是村还是社区", "社区")?;
    page.fill("textbox", "第 3 个的片区", "北片区")?;
    page.press("Tab")?;
    page.see("读出 3 个：2 个村，1 个社区，1 个片区")?;
    page.click("button", "建立本镇")?;
    page.see("3 个村（社区）")?;
    page.reload()?;
    page.see("北街社区")
}

fn undo_by_keyboard(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    page.press_with("z", true, false, false)?;
    page.see("已撤销：新建本镇")?;
    see_doors(page)?;
    page.press_with("z", true, true, false)?;
    page.see("已恢复：新建本镇")?;
    see_town(page)?;
    page.reload()?;
    see_town(page)
}

fn begins_at_home(page: &mut Page) -> Outcome<()> {
    super::make_town::found(page)?;
    page.goto("?today=2022-11-22")?;
    page.find(By::Role("heading", "总览"))?;
    super::make_town::be_secretary(page, "寺前村")?;
    page.goto("?today=2022-11-22")?;
    page.find(By::Role("heading", "我的任务"))?;
    page.see("寺前村没有待上报的任务")?;
    // Pages that others begin with lead back to the tasks.
    page.click("link", "台账")?;
    page.find(By::Role("heading", "台账"))?;
    page.click("link", "天城党建")?;
    page.find(By::Role("heading", "我的任务"))?;
    page.click("link", "台账")?;
    page.find(By::Role("heading", "台账"))?;
    page.click("link", "我的任务")?;
    page.find(By::Role("heading", "我的任务"))?;
    page.goto("?today=2022-11-22#/settings?role=district")?;
    page.find(By::Role("button", "保存身份"))?;
    page.select("片区", "城中片区")?;
    page.click("button", "保存身份")?;
    page.see("已保存身份")?;
    page.goto("?today=2022-11-22")?;
    page.find(By::Role("heading", "城中片区")).map(drop)
}

fn sample_apart(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    super::first_look::kept(page)?;
    // What the town itself writes a little later is not the sample's doing.
    page.wait_until(
        "the copy of the day is listed",
        "return Object.keys(localStorage).some(key => key.endsWith('.s.daily'))",
    )?;
    let stored = "return JSON.stringify(Object.entries(localStorage).sort())";
    let before = page.eval(stored)?;
    page.open("?sample")?;
    page.see("示例数据")?;
    page.see("截至 2022-11-22")?;
    page.select("字号", "大字")?;
    page.wait_until("large text", "return document.documentElement.dataset.size === 'large'")?;
    assert_eq!(page.eval(stored)?, before);
    page.open("")?;
    see_town(page)
}

fn walk(page: &mut Page) -> Outcome<()> {
    page.open("?sample")?;
    let fixed = [
        "#/map",
        "#/l",
        "#/units",
        "#/merge",
        "#/settings",
        "#/bin",
        "#/help",
        "#/start",
        "#/p/dream",
        "#/p/lead",
        "#/p/base",
        "#/p/seedling",
        "#/p/phoenix",
        "#/charts",
        "#/report",
        "#/conflicts",
        "#/screen",
        "#/l/night_talk",
        "#/l/night_talk/new",
        "#/u/421223100208",
        "#/nowhere",
    ];
    for address in fixed {
        page.eval_with("location.hash = arguments[0]", json!(address))?;
        page.wait_until(
            address,
            "const main = document.querySelector('main'); return main && main.innerText.trim().length > 3",
        )?;
        assert!(
            page.all(By::Role("alertdialog", ""))?.is_empty(),
            "{address} stopped the page"
        );
    }
    let origin = page.site().origin();
    let asked = page.eval("return performance.getEntriesByType('resource').map((entry) => entry.name)")?;
    let foreign = asked.as_array().into_iter().flatten().filter_map(|name| name.as_str());
    let foreign: Vec<&str> = foreign
        .filter(|name| name.starts_with("http") && !name.starts_with(&origin))
        .collect();
    assert!(foreign.is_empty(), "asked elsewhere: {foreign:?}");
    Ok(())
}

fn looks_first(page: &mut Page) -> Outcome<()> {
    let mut build = page.build();
    // The page itself starts long after the document was read.
    build.put_script_first(
        "e2e-looks.js",
        "document.addEventListener('DOMContentLoaded', () => {
           window.e2eLooks = [document.documentElement.dataset.size, document.documentElement.dataset.theme,
             document.documentElement.hasAttribute('data-ready')];
         });",
    );
    page.site().deploy(build);
    page.open("#/settings")?;
    page.click("button", "特大字")?;
    page.click("button", "深色")?;
    page.wait_until("kept", "return localStorage.getItem(tcPrefix + 's.theme') === 'dark'")?;
    page.reload()?;
    assert_eq!(page.eval("return window.e2eLooks")?, json!(["huge", "dark", false]));
    assert_eq!(page.eval("return document.documentElement.dataset.size")?, "huge");
    Ok(())
}

fn reminder(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    assert!(page.all(By::Text("还没有导出备份"))?.is_empty());
    page.eval("localStorage.setItem(tcPrefix + 's.unexported', '200')")?;
    page.reload()?;
    page.see("有 200 次修改还没有导出备份")?;
    page.click("button", "导出备份")?;
    page.see("请在下载文件夹里看到它，再点“我已看到”")?;
    page.see("上次导出：等您确认")?;
    if page.engine().has_downloads() {
        let file = page.wait_download("备份")?;
        let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
        assert!(text.contains("龙背村"));
    }
    // A browser may have blocked it: nothing is believed before the person says so.
    page.reload()?;
    page.see("有 200 次修改还没有导出备份")?;
    page.goto("#/settings")?;
    page.click("button", "我已看到")?;
    page.wait_gone(By::Text("还没有导出备份"))?;
    page.see("上次导出：今天")
}

fn clearing(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    page.eval("location.hash = '#/settings'")?;
    page.see("请先输入“天城镇”")?;
    page.find(By::Role("button", "先导出最后一份备份"))?;
    page.eval("window.e2eBefore = true")?;
    page.fill("textbox", "输入“天城镇”确认", "天城镇")?;
    page.click("button", "清空本机")?;
    page.wait_until("loaded anew", "return !window.e2eBefore")?;
    page.wait_ready()?;
    page.eval("location.hash = '#/'")?;
    see_doors(page)?;
    page.reload()?;
    see_doors(page)
}

fn offline_said(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    page.wait_for("ready without a network", Duration::from_secs(20), |page| {
        Ok(!page.all(By::Text("已可离线使用"))?.is_empty())
    })?;
    page.site().set_online(false);
    page.reload()?;
    see_doors(page)?;
    new_town(page)?;
    page.reload()?;
    see_town(page)?;
    page.site().set_online(true);
    let next = page.build().next_build("new");
    page.site().deploy(next);
    page.eval("return navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => null)")?;
    page.wait_for("the update is offered", Duration::from_secs(20), |page| {
        Ok(!page.all(By::Text("有新版本"))?.is_empty())
    })?;
    page.eval("window.e2eBefore = true")?;
    page.click("button", "点此更新")?;
    page.wait_for("loaded anew", Duration::from_secs(20), |page| {
        Ok(page.eval("return !window.e2eBefore")? == true)
    })?;
    page.wait_ready()?;
    see_town(page)
}
