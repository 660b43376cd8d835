//! What is due: done from the list, waived, followed up, undone; the calendar; organisation life; a notice pasted.

use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[
    Test::all(
        "due: what is late is done from the list, waived and followed up, and all of it is undone",
        listed,
    ),
    Test::current(
        "due: the calendar shows the month and gives a file for phones",
        calendar,
    ),
    Test::all("due: a meeting is entered from its cell", meeting),
    Test::current("due: the same days are shown wherever the computer stands", zones),
    Test::current("due: a notice on holidays is pasted and counts at once", holidays),
];

/// How many entries of a rule stand in the list.
fn count(page: &mut Page, rule: &str) -> Outcome<i64> {
    let script = format!("return document.querySelectorAll('[data-due^=\"{rule}:\"]').length");
    Ok(page.eval(&script)?.as_i64().unwrap_or(-1))
}

fn wait_for(page: &mut Page, rule: &str, count: i64) -> Outcome<()> {
    page.wait_until(
        "the list is shorter",
        &format!("return document.querySelectorAll('[data-due^=\"{rule}:\"]').length === {count}"),
    )
}

fn listed(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/todo?rule=contact")?;
    page.see("已逾期")?;
    page.find(By::Css(".due"))?;
    let before = count(page, "contact")?;
    assert!(before >= 3, "three villages were not visited: {before}");
    // Done: the form knows the village.
    page.click_by(By::Css(".due .due-acts a.button-plain, .due .due-acts a.button"))?;
    page.find(By::Role("heading", "记一次联系"))?;
    page.click("button", "保存")?;
    page.see("已保存：")?;
    page.step_to("#/todo?rule=contact")?;
    wait_for(page, "contact", before - 1)?;
    // Waived, with a reason.
    page.click_by(By::Css(".due .due-acts a.button-link:last-child"))?;
    page.find(By::Role("textbox", "理由"))?;
    page.fill("textbox", "理由", "村里正在撤并")?;
    page.click("button", "保存")?;
    page.see("已保存：")?;
    page.step_to("#/todo?rule=contact&show=done")?;
    page.see("不适用")?;
    page.see("理由：村里正在撤并")?;
    page.click("button", "撤销")?;
    page.see("已撤销：")?;
    page.step_to("#/todo?rule=contact")?;
    wait_for(page, "contact", before - 1)?;
    // Followed up by the office.
    page.click_by(By::Css(".due .due-acts a.button-link"))?;
    page.find(By::Role("textbox", "督办事项"))?;
    page.fill("textbox", "办结时限", "2022-11-30")?;
    page.click("button", "保存")?;
    page.see("已保存：")?;
    page.step_to("#/todo?rule=supervision")?;
    page.see("督办：片区联系")
}

fn calendar(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/calendar?rule=task")?;
    page.see("2022年11月")?;
    page.find(By::Css("[data-day='2022-11-22'].is-today"))?;
    page.find(By::Css("[data-day='2022-11-25'] li"))?;
    page.click("button", "下个月")?;
    page.see("2022年12月没有到期的事")?;
    page.click("button", "本月")?;
    page.find(By::Css("[data-day='2022-11-25'] li"))?;
    page.click("button", "存到手机日历")?;
    page.see("已交给浏览器保存：待办 2022-11-22.ics")
}

fn meeting(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/party-life?kind=committee")?;
    page.see("2022 年的组织生活")?;
    let late = "return document.querySelectorAll('.life .shape-late').length";
    let before = page.eval(late)?.as_i64().unwrap_or(0);
    assert!(before > 0, "some were not held");
    page.eval("document.querySelector('.life .shape-late').closest('a').click(); return true;")?;
    page.find(By::Role("textbox", "主题"))?;
    page.fill("textbox", "主题", "补记的支委会")?;
    page.fill("textbox", "日期", "2022-10-20")?;
    page.click("button", "保存")?;
    page.see("已保存：")?;
    page.step_to("#/party-life?kind=committee")?;
    page.see("2022 年的组织生活")
}

const NOTICE: &str = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。";

fn holidays(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2026-11-22#/holidays?year=2027")?;
    page.see("没有数据，按周末暂算")?;
    page.fill("textbox", "放假通知", "一、元旦：1月1日放假，共3天。")?;
    page.see("写的是共 3 天")?;
    page.fill("textbox", "放假通知", NOTICE)?;
    page.see("元旦：2027-01-01 至 2027-01-03 放假 3 天")?;
    page.click("button", "保存节假日")?;
    page.see("已保存：登记节假日 1 个")?;
    page.see("本镇登记")?;
    page.click("button", "撤销")?;
    page.see("没有数据，按周末暂算")
}

/// UTC−8, UTC and UTC+8: the list with its days is the same, and so is the day that the clock gives.
fn zones(page: &mut Page) -> Outcome<()> {
    let mut seen = Vec::new();
    for zone in ["America/Los_Angeles", "UTC", "Asia/Shanghai"] {
        if !page.set_time_zone(zone)? {
            return Ok(());
        }
        page.open("?sample&today=2022-11-22#/todo")?;
        page.find(By::Css(".due"))?;
        let days = page.eval("return [...document.querySelectorAll('.due-day')].map((day) => day.textContent)")?;
        page.open("?sample#/calendar")?;
        let today = page.find(By::Css(".is-today"))?;
        let today = page.eval_on("return arguments[0].dataset.day", &today)?;
        seen.push((days, today));
    }
    assert!(seen.windows(2).all(|two| two[0] == two[1]), "{seen:?}");
    Ok(())
}
