//! Lists as their readers want them: chosen columns, grids that are left unfinished.

use super::{make_town, tables};
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[
    Test::current(
        "search: what is typed while a page opens stays, and leads to its record",
        typed_while_a_page_opens,
    ),
    Test::current(
        "columns: chosen ones stay after a reload, and go back to those of the ledger",
        chosen_columns,
    ),
    Test::current("grid: what was typed survives a reload and can be dropped", unfinished),
    Test::all(
        "grid: another training, and going back from an open cell, lose nothing",
        nothing_lost,
    ),
];

fn unfinished(page: &mut Page) -> Outcome<()> {
    make_town::found(page)?;
    page.goto("?today=2022-11-22#/l/unit/grid")?;
    let text = |page: &mut Page| -> Outcome<String> {
        let cell = page.find(By::Css("#cell-0-0"))?;
        page.text(&cell)
    };
    let before = text(page)?;
    page.click_by(By::Css("#cell-0-0"))?;
    page.press("x")?;
    page.press("Enter")?;
    assert_eq!(text(page)?, "x");
    page.see("草稿已存")?;
    page.reload()?;
    page.see("已恢复上次没有保存的内容")?;
    assert_eq!(text(page)?, "x");
    page.click("button", "放弃这些内容")?;
    page.wait_gone(By::Text("已恢复上次没有保存的内容"))?;
    assert_eq!(text(page)?, before);
    Ok(())
}

/// The sample town has several trainings; the reasons are the fifth column.
fn nothing_lost(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/l/attendance")?;
    page.see("234 人次")?;
    // By a click: WebKit goes back over steps that no person took.
    page.click("link", "成批填写")?;
    page.find(By::Role("combobox", "全表的培训"))?;
    let all = page.eval(
        "return [...document.querySelector('select[aria-label=\"全表的培训\"]').options].slice(1, 3).map((o) => o.textContent)",
    )?;
    let names: Vec<String> = all
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|v| v.as_str())
        .map(str::to_owned)
        .collect();
    let [first, second] = names.as_slice() else {
        return Err(format!("two trainings: {names:?}"));
    };
    page.select("全表的培训", first)?;
    let cell = By::Css("#cell-0-4");
    page.find(cell)?;
    page.click_by(cell)?;
    page.press("住")?;
    page.find(By::Css(".cell-input"))?;
    // Another training is chosen while the cell is open.
    page.select("全表的培训", second)?;
    page.see("填了 1 行没有保存，还留着")?;
    let found = page.find(cell)?;
    assert_eq!(page.text(&found)?, "");
    page.click("button", "接着填")?;
    page.wait_until(
        "what was typed is back",
        "return document.getElementById('cell-0-4').textContent === '住'",
    )?;
    // Away from an open cell, and here again.
    page.click_by(By::Css("#cell-1-4"))?;
    page.press("病")?;
    page.find(By::Css(".cell-input"))?;
    page.back()?;
    page.see("234 人次")?;
    page.step_to("#/l/attendance/grid")?;
    page.see("已恢复上次没有保存的内容")?;
    page.wait_until(
        "both cells are back",
        "const text = (id) => document.getElementById(id)?.textContent; return text('cell-0-4') === '住' && text('cell-1-4') === '病'",
    )?;
    Ok(())
}

fn chosen_columns(page: &mut Page) -> Outcome<()> {
    make_town::found(page)?;
    make_town::form(page, "reserve", "后备干部")?;
    page.choose("村（社区）", "sqc")?;
    page.fill("textbox", "姓名", "张小三")?;
    page.click("button", "保存")?;
    page.see("已保存：张小三")?;
    let head = By::Css("th[data-head='培养联系人']");
    assert!(page.all(head)?.is_empty());
    page.click("button", "选择列")?;
    page.click("checkbox", "培养联系人")?;
    page.find(head)?;
    page.reload()?;
    page.find(head)?;
    page.click("button", "导出表格")?;
    let bytes = tables::saved_bytes(page, "导出 Excel 表格")?;
    let book = office::read(&bytes).map_err(|refusal| format!("{refusal:?}"))?;
    let written = format!("{:?}", book.sheets.first().map(|sheet| &sheet.rows));
    assert!(written.contains("培养联系人"), "{written}");
    page.click("button", "选择列")?;
    page.click("button", "恢复原来的列")?;
    page.wait_gone(head)
}

/// The heading takes the focus two frames after a step; a person who searches meanwhile keeps it.
fn typed_while_a_page_opens(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/")?;
    page.eval(
        "window.location.hash = '#/l/reserve'; \
         window.addEventListener('hashchange', () => { \
             const field = document.getElementById('search-field'); \
             field.focus(); field.value = '寺前村'; \
             field.dispatchEvent(new Event('input', { bubbles: true })); \
         }, { once: true }); return true;",
    )?;
    page.find(By::Role("heading", "后备干部"))?;
    page.wait_until(
        "the page has been there for some frames",
        "window.frames_seen = (window.frames_seen || 0) + 1; return window.frames_seen > 5",
    )?;
    page.find(By::Role("option", "寺前村 村"))?;
    page.press("Enter")?;
    page.find(By::Role("heading", "寺前村"))?;
    Ok(())
}
