//! Papers: made, written into, kept, read again, made anew, saved as a document; read on a phone.

use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[
    Test::all(
        "papers: a report is changed, survives a reload, is kept, and is made anew with its words",
        kept,
    ),
    Test::all(
        "papers: cells and lines are written anew, and each place has its way back after a reload",
        places,
    ),
    Test::current(
        "papers: a report shows its picture, on the sheet and in the document",
        pictured,
    ),
    Test::current("papers: a document and a text leave the page", leaves),
    Test::current("papers: a record leads to its papers, on a phone as well", of_record),
    Test::all(
        "papers: the sheet alone is printed, as it reads, and the map names every unit",
        printed,
    ),
    Test::all("papers: a phone hands the words of a paper to another app", handed),
];

const REPORT: &str = "?today=2022-11-22#/papers/report?about=town&period=2022-11";
const OWN: &str = "关于十一月工作的汇报";

/// Writes other words into the block with an id, as a person does: in place, and on to something else.
fn write(page: &mut Page, id: &str, text: &str) -> Outcome<()> {
    let script = "const [id, text] = arguments[0]; \
        const block = document.querySelector(`.paper-desk [data-block=\"${id}\"]`); \
        block.focus(); block.textContent = text; \
        block.dispatchEvent(new InputEvent('input', { bubbles: true })); block.blur(); return true;";
    page.eval_with(script, serde_json::json!([id, text]))?;
    Ok(())
}

fn kept(page: &mut Page) -> Outcome<()> {
    super::tables::found(page)?;
    page.goto("?today=2022-11-22#/papers")?;
    page.see("还没有留存的文稿")?;
    page.click("link", "工作汇报")?;
    page.find(By::Role("button", "修改文字"))?;
    page.goto(REPORT)?;
    page.click("button", "修改文字")?;
    page.find(By::Role("textbox", "第 1 段"))?;
    write(page, "title", OWN)?;
    page.click("button", "改好了")?;
    page.see(OWN)?;
    // Undone and done again.
    page.click("button", "撤销修改")?;
    page.wait_until(
        "the computed title",
        &format!("return !document.querySelector('.paper-title').textContent.includes('{OWN}')"),
    )?;
    page.click("button", "修改文字")?;
    write(page, "title", OWN)?;
    page.reload()?;
    page.see(OWN)?;
    page.click("button", "留存")?;
    page.fill("textbox", "发往", "中共崇阳县委")?;
    page.click("button", "留存这一份")?;
    page.see("已留存")?;
    page.find(By::Role("link", OWN))?;
    page.see("中共崇阳县委")?;
    page.click("link", OWN)?;
    page.find(By::Role("heading", OWN))?;
    page.click("link", "按今天的数据重做")?;
    page.find(By::Role("button", "修改文字"))?;
    page.see(OWN)?;
    page.back()?;
    page.click("button", "删除")?;
    page.see("已删除")?;
    page.see("还没有留存的文稿")?;
    page.click("button", "撤销")?;
    page.find(By::Role("link", OWN))?;
    Ok(())
}

/// Shows the first cell of the sheet whose words begin with these.
const CELL: &str =
    "return Array.from(document.querySelectorAll('.paper-desk td')).some((cell) => cell.textContent.startsWith(";

fn places(page: &mut Page) -> Outcome<()> {
    super::tables::found(page)?;
    page.goto(REPORT)?;
    page.click("button", "修改文字")?;
    page.find(By::Role("textbox", "第 1 段"))?;
    // Two lines are two paragraphs, whichever way the browser made them.
    write(page, "opening", "先说两句。\n再说两句。")?;
    let cell = "const cell = document.querySelector('.paper-desk td[data-block$=\"|1\"]'); const id = cell.dataset.block; \
        cell.focus(); cell.textContent = '另算'; cell.dispatchEvent(new InputEvent('input', { bubbles: true })); cell.blur(); return id;";
    page.eval(cell)?;
    page.click("button", "改好了")?;
    page.wait_until("the cell", &format!("{CELL}'另算'))"))?;
    page.wait_until(
        "two paragraphs",
        "const all = Array.from(document.querySelectorAll('.paper-desk p.paper-text')).map((p) => p.textContent); \
         return all.includes('先说两句。') && all.includes('再说两句。')",
    )?;
    page.reload()?;
    page.click("button", "改过的 2 处")?;
    page.see("您写的：")?;
    page.click_by(By::Role("button", "还原"))?;
    page.find(By::Role("button", "改过的 1 处"))?;
    page.wait_until(
        "the computed opening",
        "return !document.querySelector('.paper-desk').textContent.includes('先说两句')",
    )?;
    page.wait_until("the cell", &format!("{CELL}'另算'))"))?;
    // What is undone belongs to this paper alone.
    page.select("对象", "寺前村")?;
    page.wait_until(
        "another paper",
        "return document.querySelector('.paper-title').textContent.includes('寺前村')",
    )?;
    page.wait_gone(By::Role("button", "撤销修改"))?;
    Ok(())
}

fn pictured(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/papers/report?about=town&period=2022-11")?;
    page.wait_until(
        "the picture",
        "const picture = document.querySelector('.paper-desk figure[data-picture] img'); return picture && picture.naturalWidth > 1000",
    )?;
    let bytes = super::tables::saved_bytes(page, "存为 Word")?;
    let has_picture = bytes.windows(16).any(|part| part.starts_with(b"word/media/image"));
    assert!(has_picture, "the document holds the picture");
    Ok(())
}

fn leaves(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/papers/report?about=town&period=2022-11")?;
    let bytes = super::tables::saved_bytes(page, "存为 Word")?;
    assert!(bytes.starts_with(b"PK"), "a document");
    page.see("已导出")?;
    // A number leads to its records.
    let links = page.eval("return document.querySelectorAll('.paper-desk a[href^=\"#/\"]').length")?;
    if links.as_u64().unwrap_or_default() == 0 {
        return Err("no number leads to its records".into());
    }
    Ok(())
}

fn of_record(page: &mut Page) -> Outcome<()> {
    let width = page.engine().narrowest().max(360);
    page.set_viewport(width, 780)?;
    page.open("?sample&today=2022-11-22#/papers/talk")?;
    page.find(By::Role("combobox", "对象"))?;
    let about = page.eval("return document.querySelector('select[aria-label=\"对象\"]').value")?;
    let about = about.as_str().unwrap_or_default().to_owned();
    let Some(id) = about.strip_prefix("r.") else {
        return Err(format!("no record is offered: {about}"));
    };
    page.step_to(&format!("#/r/{id}"))?;
    page.click("link", "做成文稿")?;
    page.click("link", "夜话记录")?;
    page.find(By::Role("button", "打印"))?;
    let wide = page.eval("return document.documentElement.scrollWidth - window.innerWidth")?;
    if wide.as_i64().unwrap_or_default() > 0 {
        return Err(format!("the page is {wide} px wider than the phone"));
    }
    Ok(())
}

/// Printing closes the fields, and leaves out what is of the page. A map is a poster, whatever the window has room for.
fn printed(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/papers/report?about=town&period=2022-11")?;
    page.find(By::Role("link", "9场"))?;
    page.click("button", "修改文字")?;
    page.find(By::Role("textbox", "第 1 段"))?;
    page.eval("window.print = () => { window.printedNow = document.querySelectorAll('[contenteditable]').length + ' ' + document.querySelector('.paper-title').textContent; window.dispatchEvent(new Event('afterprint')); }; return true")?;
    page.click("button", "打印")?;
    page.wait_until("the printed sheet", "return window.printedNow !== undefined")?;
    let told = page.eval("return window.printedNow")?;
    assert_eq!(told, "0 天城镇2022年11月党建工作情况汇报");
    if page.as_on_paper(true)? {
        let seen = page.eval(
            "const shown = e => e.getClientRects().length > 0; \
             return [...document.querySelectorAll('nav, .side, .topbar, button, select')].filter(shown).length",
        )?;
        assert_eq!(seen.as_u64(), Some(0), "nothing of the page is on the sheet");
        page.as_on_paper(false)?;
    }
    page.set_viewport(911, 425)?;
    page.open("?sample&today=2022-11-22#/map")?;
    let names = "[...document.querySelectorAll('.map text')].map(e => e.textContent).join('|').includes('寺前村')";
    page.wait_until(
        "a map of districts",
        &format!("return document.querySelector('.map text') && !{names}"),
    )?;
    page.eval("window.dispatchEvent(new Event('beforeprint')); return true")?;
    page.wait_until("a map of units", &format!("return {names}"))?;
    page.eval("window.dispatchEvent(new Event('afterprint')); return true")?;
    page.wait_until("the map of the window", &format!("return !{names}"))?;
    Ok(())
}

fn handed(page: &mut Page) -> Outcome<()> {
    let width = page.engine().narrowest().max(360);
    page.set_viewport(width, 780)?;
    page.open("?sample&today=2022-11-22#/papers")?;
    page.find(By::Role("link", "工作汇报"))?;
    page.eval(
        "Object.defineProperty(navigator, 'share', { configurable: true, value: data => { window.handedOver = data; return Promise.resolve(); } }); \
         return true",
    )?;
    page.click("link", "工作汇报")?;
    page.find(By::Role("link", "9场"))?;
    page.click("button", "发送文字")?;
    page.wait_until("the words", "return window.handedOver !== undefined")?;
    let told = page.eval("return window.handedOver.title + '\\n' + window.handedOver.text")?;
    let told = told.as_str().unwrap_or_default();
    assert!(
        told.starts_with("天城镇2022年11月党建工作情况汇报\n") && told.contains("一、总体情况"),
        "{told}"
    );
    Ok(())
}
