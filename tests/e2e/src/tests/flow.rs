//! Workflows on the record page, and the rules a town sets.

use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[
    Test::all("flow: a suggestion is taken a step further and back", further_and_back),
    Test::current(
        "flow: an adopted suggestion becomes an item of the plan",
        becomes_an_item,
    ),
    Test::current(
        "rules: a limit is changed, refused when it cannot be, and set back",
        limits,
    ),
];

fn further_and_back(page: &mut Page) -> Outcome<()> {
    page.open("?sample#/r/suggestion-13-1")?;
    page.find(By::Role("heading", "办理进度"))?;
    page.see("已采纳，待落实")?;
    page.click_by(By::Css(".flow-act[open] .button-main"))?;
    page.see("已落实，待反馈")?;
    page.click("button", "撤销")?;
    page.see("已采纳，待落实")
}

fn becomes_an_item(page: &mut Page) -> Outcome<()> {
    page.open("?sample#/r/suggestion-13-1")?;
    // The first act stands open; the last one is opened instead.
    page.click_by(By::Css(".flow-act:first-of-type > summary"))?;
    page.click_by(By::Css(".flow-act:last-of-type > summary"))?;
    page.click("radio", "年度计划 2022")?;
    page.fill("textbox", "完成期限", "年底")?;
    page.click_by(By::Css(".flow-act[open] .button-main"))?;
    page.see("完成期限不是日期，按 2022-12-31 的样子填写")?;
    page.fill("textbox", "完成期限", "2022.12.31")?;
    page.click_by(By::Css(".flow-act[open] .button-main"))?;
    page.wait_gone(By::Text("列入计划事项"))
}

fn limits(page: &mut Page) -> Outcome<()> {
    super::make_town::found(page)?;
    page.goto("?today=2022-11-22#/rules")?;
    page.find(By::Role("heading", "指标与规则"))?;
    let field = page.find(By::Role(
        "textbox",
        "片区联系间隔 班子成员多少天内应与村（社区）书记联系一次",
    ))?;
    page.fill_on(&field, "一个月")?;
    page.press("Tab")?;
    page.see("片区联系间隔不是数字，填数字，例如 30")?;
    page.fill_on(&field, "45")?;
    page.press("Tab")?;
    page.see("已把片区联系间隔改为 45 天")?;
    page.reload()?;
    let field = page.find(By::Role(
        "textbox",
        "片区联系间隔 班子成员多少天内应与村（社区）书记联系一次",
    ))?;
    assert_eq!(page.value(&field)?, "45");
    page.click("button", "恢复默认：30 天")?;
    page.see("已把片区联系间隔改为 30 天")?;
    let field = page.find(By::Role(
        "textbox",
        "片区联系间隔 班子成员多少天内应与村（社区）书记联系一次",
    ))?;
    assert_eq!(page.value(&field)?, "30");
    Ok(())
}
