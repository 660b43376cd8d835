//! 发展党员: a step is registered with all it needs in one panel, and for several persons of one meeting.

use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[
    Test::all("development: a step is registered in one panel and undone", one_panel),
    Test::all("development: a meeting treats several persons, all or none", together),
];

fn one_panel(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/development")?;
    page.see("1 人有步骤逾期")?;
    page.click("link", "示例申请人12")?;
    page.find(By::Role("heading", "办理进度"))?;
    page.see("应在 2022-11-12 前办理，已逾期，第七条")?;
    // A day before the application is refused, and nothing is written.
    page.fill("textbox", "日期", "2022-10-01")?;
    page.fill("textbox", "谈话人", "示例组织委员")?;
    page.click_by(By::Css(".flow-act[open] .button-main"))?;
    page.see("日期早于“递交入党申请书”")?;
    page.fill("textbox", "日期", "2022-11-21")?;
    page.click_by(By::Css(".flow-act[open] .button-main"))?;
    page.see("已登记：派人谈话")?;
    page.see("期限 2022-11-12，晚 9 天，第七条")?;
    page.see("登记：确定入党积极分子")?;
    page.click("button", "撤销")?;
    page.see("应在 2022-11-12 前办理，已逾期，第七条")
}

fn together(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/development?act=sponsored")?;
    page.find(By::Role("heading", "一起登记：9 确定入党介绍人"))?;
    page.click("checkbox", "示例申请人60 松柏村")?;
    page.click("checkbox", "示例申请人32 新塘岭村")?;
    let names = page.all(By::Css(".meeting-own input"))?;
    assert_eq!(names.len(), 2, "one list of names for each person");
    page.fill_on(&names[0], "示例党员甲、示例党员乙")?;
    page.click("button", "给 2 人登记")?;
    page.see("没有保存。改好下面的，或者不选这些人：")?;
    page.see("示例申请人32：入党介绍人应为 2 名正式党员")?;
    let names = page.all(By::Css(".meeting-own input"))?;
    page.fill_on(&names[1], "示例党员甲、示例党员丙")?;
    page.click("button", "给 2 人登记")?;
    page.see("已给 2 人登记“9 确定入党介绍人”")?;
    page.wait_gone(By::Role("heading", "一起登记：9 确定入党介绍人"))?;
    page.see("下一步：10 政治审查")?;
    page.click("button", "撤销")?;
    page.wait_gone(By::Text("下一步：10 政治审查"))
}
