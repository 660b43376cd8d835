//! What is due: done from the list, waived, followed up, undone; the calendar; organisation life; a notice pasted.

use super::make_town as town;
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
    Test::all(
        "due: a round of elections is planned, begun and registered; a void meeting is refused",
        election,
    ),
    Test::all(
        "due: this device reminds once, without names, and marks the icon",
        reminded,
    ),
    Test::current("due: the same days are shown wherever the computer stands", zones),
    Test::current("due: a notice on holidays is pasted and counts at once", holidays),
    Test::all(
        "due: a late matter is followed up once, under a number, and closed with its result",
        supervised,
    ),
    Test::all("due: what was typed into a panel stays over a reload", panels),
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

/// Day and last days of 2026, a file for each unit, three steps, a meeting with too few people.
fn election(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2026-01-12#/elections")?;
    page.see("2021 年换届：39 个村（社区）中 39 个建了档案，39 个已完成。")?;
    page.find(By::Role("region", "各村（社区）换届进度"))?;
    page.see("39 份档案登记了人数和票数，都符合。")?;
    page.click("link", "安排 2026 年换届")?;
    page.find(By::Role("heading", "安排换届"))?;
    page.fill("textbox", "摸底研判", "2026-01-10")?;
    page.fill("textbox", "投票选举", "2026-03-20")?;
    page.fill("textbox", "工作交接", "2026-03-19")?;
    page.click("button", "保存")?;
    page.see("工作交接：核对两个日期，不早于投票选举（2026-03-20）")?;
    page.fill("textbox", "工作交接", "2026-03-31")?;
    page.click("button", "保存")?;
    page.see("已保存：")?;
    page.step_to("#/elections")?;
    page.see("39 个村（社区）还没有 2026 年的换届档案。")?;
    page.see("39 步逾期")?;
    page.click("button", "一次建好 39 份档案")?;
    page.see("已建 39 份换届档案")?;
    page.see("39 个村（社区）中 39 个建了档案")?;
    page.click("link", "登记：摸底研判，寺前村")?;
    for step in ["摸底研判", "财务清理", "成立机构和方案"] {
        page.find(By::Text(&format!("登记：{step}")))?;
        page.click("button", "保存这一步")?;
        page.see(&format!("已登记：{step}"))?;
    }
    page.find(By::Text("登记：党组织换届"))?;
    page.fill("textbox", "党员大会应到", "40")?;
    page.fill("textbox", "党员大会实到", "31")?;
    page.click("button", "保存这一步")?;
    page.see("到会党员不足应到会的五分之四，选举无效")?;
    page.fill("textbox", "党员大会实到", "32")?;
    page.click("button", "保存这一步")?;
    page.see("已登记：党组织换届")?;
    page.see("已办 4 步，共 11 步")?;
    page.step_to("#/elections")?;
    page.see("38 步逾期")?;
    page.find(By::Role("link", "登记：选民登记公布，寺前村")).map(drop)
}

/// Stands in for what a browser asks and shows: what was told, and what stands on the icon.
const FAKES: &str = "
    window.told = []; window.onIcon = null;
    window.Notification = class {
        constructor(title, options) { window.told.push(options.body); window.shown = this; }
        close() { window.shown = null; }
    };
    window.Notification.permission = 'default';
    window.Notification.requestPermission = () => {
        window.Notification.permission = 'granted';
        return Promise.resolve('granted');
    };
    navigator.setAppBadge = (count) => { window.onIcon = count; return Promise.resolve(); };
    navigator.clearAppBadge = () => { window.onIcon = 0; return Promise.resolve(); };
    return true;";

fn reminded(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/settings")?;
    page.find(By::Role("heading", "到期提醒"))?;
    page.eval(FAKES)?;
    let asked = page.eval("return window.Notification.permission")?;
    assert_eq!(asked.as_str(), Some("default"), "nobody is asked before the press");
    page.click("button", "开")?;
    page.wait_until("it is told", "return window.told.length === 1")?;
    let told = page.eval("return window.told[0]")?;
    let told = told.as_str().unwrap_or_default().to_owned();
    assert!(told.contains("件已逾期") && !told.contains('村'), "{told}");
    page.wait_until("the icon is marked", "return window.onIcon > 0")?;
    // Off and on again: nothing is said twice on one day, and the icon follows.
    page.click("button", "关")?;
    page.wait_until("the icon is bare", "return window.onIcon === 0")?;
    page.click("button", "开")?;
    page.wait_until("the icon is marked again", "return window.onIcon > 0")?;
    let times = page.eval("return window.told.length")?;
    assert_eq!(times.as_i64(), Some(1));
    page.eval("window.shown.onclick(); return true;")?;
    page.see("件已逾期")?;
    page.find(By::Role("heading", "待办")).map(drop)
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

fn supervised(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/todo?rule=contact")?;
    page.find(By::Css(".due"))?;
    let offers =
        "return [...document.querySelectorAll('.due-acts a')].filter((a) => a.textContent === '转督办').length";
    let before = page.eval(offers)?.as_i64().unwrap_or_default();
    assert!(before >= 3, "{before}");
    page.click("link", "转督办")?;
    page.find(By::Role("textbox", "督办事项"))?;
    let number = page.find(By::Role("textbox", "编号"))?;
    assert_eq!(page.value(&number)?, "2022-02", "one of this year is in the sample");
    page.fill("textbox", "办结时限", "2022-12-10")?;
    page.click("button", "保存")?;
    page.see("已保存：")?;
    page.step_to("#/todo?rule=contact")?;
    page.wait_until("it is offered once less", &format!("{offers} === {}", before - 1))?;
    page.click("link", "督办中")?;
    page.find(By::Text("登记办理反馈"))?;
    page.click_by(By::Css(".flow-act:last-of-type summary"))?;
    let closing = page.find(By::Css(".flow-act:last-of-type"))?;
    let save = page.find_within(Some(&closing), By::Role("button", "保存这一步"))?;
    page.click_on(&save)?;
    page.see("没有写办理结果")?;
    let closing = page.find(By::Css(".flow-act:last-of-type"))?;
    let result = page.find_within(Some(&closing), By::Role("textbox", "办理反馈"))?;
    page.fill_on(&result, "书记已当面联系")?;
    let save = page.find_within(Some(&closing), By::Role("button", "保存这一步"))?;
    page.click_on(&save)?;
    page.see("已销号").map(drop)
}

/// In a town that is stored: the notice on 节假日 comes back, and goes when the person wants.
fn panels(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    page.goto("?today=2026-11-22#/holidays?year=2027")?;
    page.fill("textbox", "放假通知", NOTICE)?;
    page.see("元旦：2027-01-01 至 2027-01-03 放假 3 天")?;
    page.reload()?;
    page.see("元旦：2027-01-01 至 2027-01-03 放假 3 天")?;
    page.see("已恢复上次没有保存的内容")?;
    page.click("button", "放弃这些内容")?;
    page.wait_gone(By::Text("元旦：2027-01-01 至 2027-01-03 放假 3 天"))?;
    page.reload()?;
    page.see("先粘贴通知")?;
    assert!(page.all(By::Text("已恢复上次没有保存的内容"))?.is_empty());
    // The panel of a step keeps its answers, too, until the step is saved.
    page.open("?sample&today=2022-11-22#/r/development-09-2")?;
    page.fill("textbox", "谈话人", "张三")?;
    page.see("草稿已存")?;
    page.step_to("#/todo")?;
    page.find(By::Css(".due"))?;
    page.step_to("#/r/development-09-2")?;
    page.see("已恢复上次没有保存的内容")?;
    let talker = page.find(By::Role("textbox", "谈话人"))?;
    assert_eq!(page.value(&talker)?, "张三");
    page.click("button", "保存这一步")?;
    page.see("已登记：派人谈话")?;
    page.find(By::Text("登记：确定入党积极分子"))?;
    page.wait_gone(By::Text("已恢复上次没有保存的内容"))
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
