//! The harness itself: every step of [`Page`] does in every engine what it says.

use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use serde_json::json;

pub const TESTS: &[Test] = &[
    Test::all("harness: elements are found by role and name", finding),
    Test::all("harness: fields take what is typed", typing),
    Test::all("harness: keys reach the page", keys),
    Test::all("harness: files go in and come out", files),
    Test::all("harness: the page's area takes the size asked for", viewport),
];

fn open(page: &mut Page) -> Outcome<()> {
    let mut build = page.build();
    build.put("form.html", include_bytes!("../script/form.html"));
    page.site().deploy(build);
    page.goto("form.html")
}

fn finding(page: &mut Page) -> Outcome<()> {
    open(page)?;
    page.find(By::Role("heading", "记一场夜话"))?;
    page.find(By::Role("button", "删除记录"))?;
    page.find(By::Role("button", "保存"))?;
    page.find(By::Role("link", "下一页"))?;
    page.find(By::Role("group", "方式"))?;
    page.find(By::Role("spinbutton", "人数"))?;
    let place = page.find(By::Role("textbox", "地点"))?;
    assert_eq!(page.value(&place)?, "旧的");
    assert!(page.all(By::Text("看不见的字"))?.is_empty());
    assert!(page.all(By::Role("button", "没有"))?.is_empty());
    page.click("radio", "星空夜话")?;
    assert_eq!(page.all(By::Css("input:checked"))?.len(), 1);
    page.click("link", "下一页")?;
    page.wait_until("the address changed", "return location.hash === '#/next'")?;
    page.back()?;
    page.wait_until("the address changed back", "return location.hash === ''")
}

fn typing(page: &mut Page) -> Outcome<()> {
    open(page)?;
    for (role, name, text) in [
        ("textbox", "地点", "寺前村 3 组"),
        ("spinbutton", "人数", "35"),
        ("textbox", "日期", "2022-11-22"),
        ("textbox", "说明", "两件事，a/b"),
    ] {
        page.fill(role, name, text)?;
        let field = page.find(By::Role(role, name))?;
        assert_eq!(page.value(&field)?, text, "{name}");
    }
    page.select("片区", "中津片区")?;
    let field = page.find(By::Role("combobox", "片区"))?;
    assert_eq!(page.value(&field)?, "b");
    Ok(())
}

fn keys(page: &mut Page) -> Outcome<()> {
    open(page)?;
    page.click("button", "删除记录")?;
    page.eval("window.log.length = 0")?;
    for key in ["/", "Escape", "ArrowDown", "a"] {
        page.press(key)?;
    }
    page.press_with("z", true, false, false)?;
    page.press_with("ArrowUp", false, true, false)?;
    let seen = page.eval("return window.log.filter((key) => !/(Control|Shift)$/.test(key))")?;
    assert_eq!(
        seen,
        json!(["/", "Escape", "ArrowDown", "a", "Ctrl+z", "Shift+ArrowUp"])
    );
    Ok(())
}

fn files(page: &mut Page) -> Outcome<()> {
    open(page)?;
    let files = [page.file("甲.json", "一".as_bytes())?, page.file("b.json", b"2")?];
    page.upload("要合并的文件", &files)?;
    page.see("b.json=2,甲.json=一")?;
    page.click("button", "保存")?;
    page.see("\"trusted\":true")?;
    if page.engine().has_downloads() {
        let saved = page.wait_download("导出")?;
        let text = std::fs::read_to_string(saved).map_err(|error| error.to_string())?;
        assert!(text.contains("旧的"), "{text}");
    }
    Ok(())
}

fn viewport(page: &mut Page) -> Outcome<()> {
    open(page)?;
    for (width, height) in [(1366, 768), (1093, 614), (390, 844), (360, 740)] {
        let width = width.max(page.engine().narrowest());
        page.set_viewport(width, height)?;
        let inner = page.eval("return [innerWidth, innerHeight]")?;
        assert_eq!(inner, json!([width, height]));
    }
    Ok(())
}
