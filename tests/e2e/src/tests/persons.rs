//! Pages of persons and of places below a unit.

use super::make_town::found;
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[
    Test::current("persons: two lists are joined by a person, and parted again", joined),
    Test::all("places: from the town to a hamlet and back", places),
];

fn joined(page: &mut Page) -> Outcome<()> {
    found(page)?;
    for (ledger, more) in [("cadre", Some("职务")), ("reserve", None)] {
        page.goto(&format!("?today=2022-11-22#/l/{ledger}/new"))?;
        page.choose("村（社区）", "寺前村")?;
        page.fill("textbox", "姓名", "王一")?;
        if let Some(field) = more {
            page.fill("textbox", field, "委员")?;
            page.fill("textbox", "任职日期", "2021-03-27")?;
        }
        page.click("button", "保存")?;
        page.see("已保存：")?;
    }
    let field = page.find(By::Role("combobox", "搜村（社区）、人、事项"))?;
    page.type_on(&field, "王一")?;
    page.find(By::Role("option", "王一 委员 两委干部"))?;
    page.press("Enter")?;
    page.find(By::Role("heading", "经历"))?;
    page.find(By::Role("group", "可能是同一人："))?;
    page.click("button", "是同一人")?;
    page.see("已记下，是同一人")?;
    page.wait_gone(By::Role("group", "可能是同一人"))?;
    page.see("后备干部")?;
    page.click("button", "取消")?;
    page.see("已取消：")?;
    page.find(By::Role("group", "可能是同一人："))?;
    Ok(())
}

fn places(page: &mut Page) -> Outcome<()> {
    page.open("?sample#/d/d01")?;
    page.click("link", "七星社区")?;
    page.find(By::Role("heading", "湾子、小组和小区"))?;
    // Charts above it come later and move it: a click would hit what stands there then.
    page.wait_until(
        "the page stands still",
        "const height = document.documentElement.scrollHeight; const stands = window.heightSeen === height; \
         window.heightSeen = height; return stands;",
    )?;
    let first = page.find(By::Role("region", "湾子、小组和小区"))?;
    let link = page.find_within(Some(&first), By::Role("link", ""))?;
    let name = page.text(&link)?;
    page.click_on(&link)?;
    page.find(By::Role("heading", &name))?;
    page.see("这里的记录")?;
    page.click("link", "返回")?;
    page.find(By::Role("heading", "七星社区"))?;
    page.click("link", "返回")?;
    page.find(By::Role("heading", "七星片区"))?;
    Ok(())
}
