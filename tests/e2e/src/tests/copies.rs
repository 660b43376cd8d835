//! The daily copies of the browser, what differs between then and now, and receipts on paper.

use super::exchange::{add_talk, another_browser, backup, merge, open_talk, saved, set_masses};
use super::make_town as town;
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[
    Test::current(
        "copies: one a day is kept, outlives emptied storage and is restored through the preview",
        daily,
    ),
    Test::current(
        "copies: cleared with the browser, deleted and put back by hand",
        cleared,
    ),
    Test::current(
        "copies: what differs from a backup is listed, put back and taken back",
        compared,
    ),
    Test::current("copies: a receipt says what the file says, on both sides", receipt),
];

fn snapshots(page: &mut Page, today: &str) -> Outcome<()> {
    page.goto(&format!("?today={today}#/snapshots"))?;
    page.find(By::Role("heading", "每日快照")).map(drop)
}

fn daily(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    snapshots(page, "2022-11-22")?;
    page.find(By::Role("listitem", "2022-11-22 "))?;
    add_talk(page, Some("寺前村"), "三组")?;
    // The talk came after the day's copy: the next day's holds it.
    snapshots(page, "2022-11-23")?;
    let today = page.find(By::Role("listitem", "2022-11-23 "))?;
    assert!(page.text(&today)?.contains("条记录"));
    // Without a change a day leaves no copy of its own.
    snapshots(page, "2022-11-24")?;
    page.find(By::Role("listitem", "2022-11-23 "))?;
    page.wait_until(
        "the quiet moment is over",
        "return document.documentElement.dataset.parts === 'all'",
    )?;
    assert!(page.all(By::Role("listitem", "2022-11-24 "))?.is_empty());
    page.find(By::Role("listitem", "2022-11-22 "))?;

    super::storage::lose_all(page)?;
    page.reload()?;
    page.find(By::Role("heading", "找回数据"))?;
    page.find(By::Role("button", "恢复 2022-11-22 的快照"))?;
    page.click("button", "恢复最近的快照 2022-11-23")?;
    page.find(By::Role("heading", "合并预览"))?;
    page.see("每日快照 2022-11-23")?;
    page.click("button", "合并 1 个文件")?;
    page.see("已合并 1 个文件")?;
    page.goto("?today=2022-11-24#/l/night_talk")?;
    page.see("三组")?;
    // It stands among the merges, and can be taken back as any other.
    page.goto("?today=2022-11-24#/merge?tab=log")?;
    page.see("每日快照 2022-11-23")?;
    page.click("button", "撤回")?;
    page.see("已撤回这次合并")?;
    // What was copied before the storage was emptied stays.
    snapshots(page, "2022-11-24")?;
    page.see("清理数据以前的")
}

fn cleared(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    snapshots(page, "2022-11-22")?;
    let row = page.find(By::Role("listitem", "2022-11-22 "))?;
    let delete = page.find_within(Some(&row), By::Role("button", "删除"))?;
    page.click_on(&delete)?;
    page.see("还没有快照")?;
    page.click("button", "撤销")?;
    page.find(By::Role("listitem", "2022-11-22 "))?;
    // Its file is an ordinary backup.
    let file = saved(page, "下载", "备份")?;
    page.goto("?today=2022-11-22#/settings")?;
    page.fill("textbox", "输入“天城镇”确认", "天城镇")?;
    page.see("全部数据和每日快照")?;
    page.eval("window.e2eBefore = true")?;
    page.click("button", "清空本机")?;
    page.wait_until("the page is loaded anew", "return !window.e2eBefore")?;
    page.wait_ready()?;
    page.goto("?today=2022-11-22#/snapshots")?;
    page.see("还没有快照")?;
    merge(page, &[file])?;
    page.goto("?today=2022-11-22#/")?;
    page.see("3 个村（社区）")
}

/// Ticks or clears the box of a record.
fn pick(page: &mut Page, title: &str) -> Outcome<()> {
    page.click("checkbox", &format!("选中：{title}"))
}

fn compared(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    for place in ["三组", "四组", "五组"] {
        add_talk(page, Some("寺前村"), place)?;
    }
    let file = backup(page)?;
    // One is changed, one deleted, one comes.
    set_masses(page, "四组", "35")?;
    open_talk(page, "五组")?;
    page.click("button", "删除")?;
    page.see("已删除")?;
    add_talk(page, Some("河田村"), "六组")?;

    page.goto("?today=2022-11-22#/compare")?;
    page.upload("选择备份文件", std::slice::from_ref(&file))?;
    page.see("删了 1 条，改了 1 条，新增 1 条")?;
    let changed = page.find(By::Role("listitem", "四组"))?;
    let told = page.text(&changed)?;
    assert!(told.contains("群众 -- → 35 人"), "{told}");
    page.select("村（社区）", "河田村，1 条")?;
    page.wait_gone(By::Role("listitem", "四组"))?;
    page.see("列出的都是新增的")?;
    page.click("button", "取消筛选：村（社区） 河田村，1 条")?;
    pick(page, "五组")?;
    page.click("button", "改回所选 1 条")?;
    page.see("已改回 1 条记录")?;
    page.see("删了 0 条，改了 1 条，新增 1 条")?;
    page.click("button", "撤销")?;
    page.see("删了 1 条，改了 1 条，新增 1 条")?;
    page.click("button", "改回列出的全部 2 条")?;
    page.see("删了 0 条，改了 0 条，新增 1 条")?;
    page.press_with("z", true, false, false)?;
    page.see("删了 1 条，改了 1 条，新增 1 条")?;
    page.press_with("z", true, true, false)?;
    page.see("删了 0 条，改了 0 条，新增 1 条")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    for place in ["三组", "四组", "五组", "六组"] {
        page.see(place)?;
    }
    // A device without anything lacks all of it, and goes on to the preview with the same file.
    another_browser(page)?;
    page.goto("?today=2022-11-22#/compare")?;
    page.upload("选择备份文件", &[file])?;
    page.see("条记录这台设备没有")?;
    page.click("button", "看合并预览")?;
    page.find(By::Role("heading", "合并预览"))?;
    page.click("button", "合并 1 个文件")?;
    page.see("已合并 1 个文件")
}

/// The checksum of a file as a receipt writes it.
fn checksum(file: &std::path::Path) -> Outcome<String> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let read: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let sum = read["sha256"].as_str().unwrap_or_default().to_owned();
    let groups: Vec<&str> = (0..4).filter_map(|group| sum.get(group * 4..group * 4 + 4)).collect();
    Ok(groups.join(" "))
}

/// What is printed: the navigation is left out, the sheet is not.
fn printed(page: &mut Page) -> Outcome<String> {
    let sheet = page.find(By::Role("article", ""))?;
    page.text(&sheet)
}

fn receipt(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    add_talk(page, Some("寺前村"), "三组")?;
    let town_file = backup(page)?;
    page.goto(super::exchange::LOG)?;
    page.see("备份清单，")?;
    another_browser(page)?;
    merge(page, std::slice::from_ref(&town_file))?;
    town::be_secretary(page, "寺前村")?;
    add_talk(page, None, "四组")?;
    page.goto("?today=2022-11-22#/fill")?;
    let file = saved(page, "导出上报文件", "上报")?;
    let sum = checksum(&file)?;
    assert_eq!(sum.len(), 19);
    page.click("link", "打印回执")?;
    page.find(By::Role("heading", "上报回执"))?;
    let told = printed(page)?;
    assert!(told.contains(&sum), "{sum} is not in: {told}");
    // Two talks, and the report itself.
    for text in ["寺前村", "夜话台账 2 0", "合计 3 0", "交件人（签字）", "收件人（签字）"] {
        assert!(told.contains(text), "{text} is not in: {told}");
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    page.reload()?;
    assert!(printed(page)?.contains(&sum), "it is found again");

    another_browser(page)?;
    merge(page, &[town_file])?;
    merge(page, &[file])?;
    page.goto(super::exchange::LOG)?;
    page.see(&name)?;
    // One for what came from the village, one for each merge.
    page.find(By::Role("link", "打印回执，寺前村"))?;
    page.wait_until(
        "there are three",
        "return Array.from(document.querySelectorAll('main a')).filter((a) => a.innerText.includes('打印回执')).length === 3",
    )?;
    page.click("link", "打印回执，寺前村")?;
    page.find(By::Role("heading", "合并回执"))?;
    let told = printed(page)?;
    assert!(told.contains(&sum), "{sum} is not in: {told}");
    assert!(told.contains(&name) && told.contains("夜话台账 1 0"), "{told}");
    page.find(By::Role("button", "打印")).map(drop)
}
