//! Ledgers as a newcomer uses them: add, correct, delete, restore; errors, drafts, sorting, filters.

use super::make_town as town;
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[
    Test::all("records: a talk is added and stays after a reload", added),
    Test::current(
        "records: errors stand beside the field and in a summary that leads there",
        errors,
    ),
    Test::current("records: a draft survives a reload and can be dropped", draft),
    Test::current("records: an edit is told with before and after, and undone", edited),
    Test::current("records: deleted, found in the bin, restored", restored),
    Test::current(
        "records: sorting and filters act at once and stand in the address",
        sorted_and_filtered,
    ),
    Test::current(
        "records: a ledger of fifty rows shows those that match the typed initials",
        searched,
    ),
    Test::current(
        "records: a cross table counts by two fields, and its figures lead to their records",
        crossed,
    ),
    Test::current(
        "records: a suggestion is recorded with its talk, and can be taken off before",
        suggestion,
    ),
    Test::current(
        "records: one talk after another is saved, and takes over from the last",
        one_after_another,
    ),
];

/// Fills in what a talk needs and saves it.
fn add_talk(page: &mut Page, place: &str) -> Outcome<()> {
    town::form(page, "night_talk", "夜话台账")?;
    page.choose("村（社区）", "sqc")?;
    page.fill("textbox", "地点 湾子、村民小组或小区", place)?;
    page.fill("textbox", "议题", "饮水管网")?;
    page.click("button", "保存")?;
    page.find(By::Role("heading", "夜话台账"))?;
    page.see("已保存：")
}

fn added(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("夜话台账还没有记录")?;
    page.click("button", "记一场夜话")?;
    page.find(By::Role("heading", "记一场夜话"))?;
    add_talk(page, "三组")?;
    page.find(By::Role("heading", "夜话台账"))?;
    page.see("三组")?;
    page.reload()?;
    page.see("三组")?;
    page.see("2022-11-22")
}

fn one_after_another(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    town::form(page, "night_talk", "夜话台账")?;
    page.choose("村（社区）", "sqc")?;
    page.fill("textbox", "地点 湾子、村民小组或小区", "三组")?;
    page.fill("textbox", "议题", "饮水管网")?;
    page.click("button", "保存并再记一条")?;
    page.see("已保存：三组")?;
    page.find(By::Role("heading", "记一场夜话"))?;
    let value = |page: &mut Page, name: &str| -> Outcome<String> {
        let field = page.find(By::Role("textbox", name))?;
        page.value(&field)
    };
    assert_eq!(value(page, "议题")?, "");
    page.click("button", "复制上一条")?;
    page.see("没有复制：")?;
    assert_eq!(value(page, "议题")?, "饮水管网");
    assert_eq!(value(page, "地点 湾子、村民小组或小区")?, "", "it tells talks apart");
    page.click("button", "撤销复制")?;
    page.see("已撤销复制。")?;
    assert_eq!(value(page, "议题")?, "");
    // The unit came along.
    page.fill("textbox", "地点 湾子、村民小组或小区", "四组")?;
    page.fill("textbox", "议题", "修路")?;
    page.click("button", "保存")?;
    page.find(By::Role("heading", "夜话台账"))?;
    page.see("三组")?;
    page.see("四组")
}

fn errors(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    page.goto("?today=2022-11-22#/l/night_talk/new")?;
    page.click("button", "保存")?;
    page.see("还有 3 处要改")?;
    page.wait_until(
        "the summary has the focus",
        "return document.activeElement && document.activeElement.getAttribute('role') === 'alert'",
    )?;
    page.click("link", "地点：请填写")?;
    page.wait_until(
        "the field has the focus",
        "return document.activeElement && document.activeElement.id === 'main-place'",
    )?;
    let invalid = page.eval("return document.activeElement.getAttribute('aria-invalid')")?;
    assert_eq!(invalid, "true");
    let described = page.eval(
        "return document.activeElement.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent).join()",
    )?;
    assert!(
        described.as_str().is_some_and(|text| text.contains("请填写地点")),
        "{described}"
    );
    page.fill("textbox", "地点 湾子、村民小组或小区", "三组")?;
    page.press("Tab")?;
    page.see("还有 2 处要改")?;
    page.fill("textbox", "群众，人", "1200")?;
    page.press("Tab")?;
    page.see("填 0 到 999 的整数")?;
    // Nothing was saved.
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("夜话台账还没有记录")
}

fn draft(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    page.goto("?today=2022-11-22#/l/night_talk/new")?;
    page.fill("textbox", "地点 湾子、村民小组或小区", "四组")?;
    page.see("草稿已存")?;
    page.reload()?;
    page.see("已恢复上次没有保存的内容")?;
    let place = page.find(By::Role("textbox", "地点 湾子、村民小组或小区"))?;
    assert_eq!(page.value(&place)?, "四组");
    page.click("button", "放弃这些内容")?;
    page.wait_gone(By::Text("已恢复上次没有保存的内容"))?;
    let place = page.find(By::Role("textbox", "地点 湾子、村民小组或小区"))?;
    assert_eq!(page.value(&place)?, "");
    // A draft that became a record is not offered again.
    add_talk(page, "五组")?;
    page.goto("?today=2022-11-22#/l/night_talk/new")?;
    page.find(By::Role("button", "保存"))?;
    assert!(page.all(By::Text("已恢复上次没有保存的内容"))?.is_empty());
    Ok(())
}

fn edited(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    add_talk(page, "三组")?;
    page.click("link", "寺前村")?;
    page.find(By::Role("heading", "三组 湾子夜话"))?;
    page.click("button", "修改")?;
    page.fill("textbox", "群众，人", "26")?;
    page.click("button", "保存")?;
    page.see("已保存：三组 湾子夜话")?;
    let steps = page.find(By::Css(".history"))?;
    let told = page.text(&steps)?;
    assert!(told.starts_with("群众 -- → 26 人 镇党建办 · "), "{told}");
    assert!(told.contains("新增记录"), "{told}");
    page.click("button", "撤销")?;
    page.see("已撤销：修改：三组 湾子夜话")?;
    let steps = page.find(By::Css(".history"))?;
    let told = page.text(&steps)?;
    assert!(told.starts_with("群众 26 人 → --"), "{told}");
    Ok(())
}

fn restored(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    add_talk(page, "三组")?;
    page.click("link", "寺前村")?;
    page.click("button", "删除")?;
    page.see("已删除：三组 湾子夜话")?;
    page.see("夜话台账还没有记录")?;
    page.goto("?today=2022-11-22#/bin")?;
    page.see("回收站有 1 条记录")?;
    page.click("link", "三组 湾子夜话")?;
    page.see("这条记录已删除，放在回收站里")?;
    page.back()?;
    page.click("button", "恢复")?;
    page.see("回收站是空的")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("三组")
}

/// First cells of the rows in sight, top to bottom.
fn firsts(page: &mut Page) -> Outcome<Vec<String>> {
    let cells = page.eval("return Array.from(document.querySelectorAll('tbody tr[aria-rowindex] td:nth-child(3)'), (cell) => cell.textContent)")?;
    let cells = cells.as_array().cloned().unwrap_or_default();
    Ok(cells
        .iter()
        .filter_map(|cell| cell.as_str().map(str::to_owned))
        .collect())
}

fn sorted_and_filtered(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/l/night_talk")?;
    page.see("249 场")?;
    let dates = firsts(page)?;
    assert!(
        dates.len() > 5 && dates.is_sorted_by(|a, b| a >= b),
        "newest first: {dates:?}"
    );
    page.click("button", "日期")?;
    page.wait_until("the address says so", "return location.hash.includes('sort=date')")?;
    page.wait_for("oldest first", std::time::Duration::from_secs(5), |page| {
        Ok(firsts(page)?.is_sorted())
    })?;
    let head = page.find(By::Css("th[aria-sort=ascending]"))?;
    assert_eq!(page.text(&head)?, "日期");
    page.select("类型", "湾子夜话")?;
    page.wait_until("the address says so", "return location.hash.includes('f.kind=bay')")?;
    page.see("占全部 249 场的")?;
    page.reload()?;
    page.find(By::Role("button", "取消筛选：类型 湾子夜话"))?;
    page.see("占全部 249 场的")?;
    // A record opened beside the list leaves the list as it is, and Esc closes it.
    page.click_by(By::Css("tbody tr:nth-child(3) a"))?;
    page.find(By::Role("button", "修改"))?;
    page.press("Escape")?;
    page.wait_gone(By::Role("button", "修改"))?;
    page.click("button", "清除筛选")?;
    page.wait_gone(By::Text("占全部 249 场的"))
}

fn searched(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/l/night_talk")?;
    page.fill("searchbox", "在本台账中查找", "sqc")?;
    page.see("占全部 249 场的")?;
    let units = page.eval("return Array.from(document.querySelectorAll('tbody tr[aria-rowindex] td:first-child'), (cell) => cell.textContent)")?;
    let units = units.as_array().cloned().unwrap_or_default();
    assert!(
        !units.is_empty() && units.iter().all(|unit| unit == "寺前村"),
        "{units:?}"
    );
    Ok(())
}

fn suggestion(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    town::form(page, "night_talk", "夜话台账")?;
    page.click("button", "记一条建议")?;
    page.fill("textbox", "建议内容", "铺一段碎石")?;
    page.click("button", "再记一条建议")?;
    let second = page.find(By::Role("group", "建议 2"))?;
    let field = page.find_within(Some(&second), By::Role("textbox", "建议内容"))?;
    page.fill_on(&field, "装路灯")?;
    page.click("button", "去掉建议 1")?;
    page.see("已去掉建议 1")?;
    page.wait_gone(By::Role("group", "建议 2"))?;
    let field = page.find(By::Role("textbox", "建议内容"))?;
    assert_eq!(page.value(&field)?, "装路灯");
    page.click("button", "撤销")?;
    page.find(By::Role("group", "建议 2"))?;
    page.click("button", "去掉建议 2")?;
    page.choose("村（社区）", "寺前村")?;
    page.fill("textbox", "地点 湾子、村民小组或小区", "三组")?;
    page.fill("textbox", "议题", "道路")?;
    page.click("button", "保存")?;
    page.see("已保存：")?;
    page.goto("?today=2022-11-22#/l/suggestion")?;
    page.see("铺一段碎石")?;
    page.see("1 条")?;
    page.click("link", "寺前村")?;
    page.click("link", "三组 湾子夜话")?;
    page.see("群众建议，1")
}

fn crossed(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/l/night_talk")?;
    page.click("button", "交叉统计")?;
    page.find(By::Role("region", "夜话台账交叉统计"))?;
    page.select("行", "片区")?;
    page.select("列", "类型")?;
    page.select("统计", "群众，人")?;
    page.wait_until(
        "the choice stands in the address",
        "return location.hash.includes('sum=masses')",
    )?;
    page.select("统计", "场数")?;
    let cell = "const row = Array.from(document.querySelectorAll('.pivot tbody tr')).find((r) => r.querySelector('th').textContent === '寺前片区'); return row && row.querySelectorAll('td')[0]";
    page.wait_until("the table is there", cell)?;
    let figure = page.eval(&format!("return (() => {{ {cell} }})().textContent"))?;
    let figure = figure.as_str().unwrap_or_default().to_owned();
    page.eval(&format!("(() => {{ {cell} }})().querySelector('a').click()"))?;
    page.see(&format!("{figure} 场"))?;
    let shown = page.find(By::Role("button", "明细"))?;
    assert_eq!(
        page.eval_on("return arguments[0].getAttribute('aria-pressed')", &shown)?,
        "true"
    );
    page.back()?;
    page.find(By::Role("region", "夜话台账交叉统计"))?;
    page.click("button", "明细")?;
    page.wait_gone(By::Role("region", "夜话台账交叉统计"))
}
