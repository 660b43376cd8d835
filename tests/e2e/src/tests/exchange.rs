//! Files between a town and its villages. One browser plays all parts, one after the other, on emptied storage.

use super::make_town as town;
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use std::path::PathBuf;

pub const TESTS: &[Test] = &[
    Test::all(
        "exchange: a backup brings the same figures to an empty browser, and is withdrawn",
        round_trip,
    ),
    Test::current("exchange: task, fill in, report, board", task_and_report),
    Test::current(
        "exchange: values that differ are listed, settled by hand and by rule, and undone",
        conflict,
    ),
    Test::current(
        "exchange: what a village may not write waits until it is accepted",
        proposal,
    ),
    Test::current(
        "exchange: many files at once, twice the same, damaged, and pasted text",
        batch,
    ),
    Test::current(
        "exchange: a merge that is cancelled in the middle leaves the storage as it was",
        cancelled,
    ),
    Test::current("exchange: a sealed backup opens with its passphrase only", sealed),
    Test::current(
        "exchange: a file goes to another app where the device can share",
        shared,
    ),
    Test::current("exchange: two records of one thing are joined", joined),
    Test::current(
        "exchange: many words that the clipboard refuses are shown to be copied by hand",
        refused_clipboard,
    ),
    Test::current(
        "exchange: a clipboard that refuses after the page was left harms nothing",
        refused_late,
    ),
];

/// What goes out.
pub const OUT: &str = "?today=2022-11-22#/merge?tab=out";
/// What came and went.
pub const LOG: &str = "?today=2022-11-22#/merge?tab=log";

/// Presses a button that saves a file, and returns the file. Where the browser saves nothing, what the page hands
/// over is taken instead.
pub fn saved(page: &mut Page, button: &str, part: &str) -> Outcome<PathBuf> {
    page.eval(
        "if (!window.handedOver) { window.handedOver = []; const make = URL.createObjectURL; URL.createObjectURL = (blob) => { window.handedOver.push(blob); return make.call(URL, blob); }; }",
    )?;
    page.eval("window.handedOver.length = 0")?;
    page.click("button", button)?;
    page.wait_until("a file is handed over", "return window.handedOver.length > 0")?;
    let text = page.eval("return window.handedOver[0].text()")?;
    let text = text.as_str().unwrap_or_default().to_owned();
    if page.engine().has_downloads() {
        let file = page.wait_download(part)?;
        let written = std::fs::read_to_string(&file).map_err(|error| error.to_string())?;
        assert_eq!(written, text, "what was saved is what was handed over");
        std::fs::remove_file(&file).map_err(|error| error.to_string())?;
    }
    // Each under a name of its own.
    let number = page.eval("return (window.name = String(Number(window.name || 0) + 1))")?;
    page.file(
        &format!("{part}{}.json", number.as_str().unwrap_or_default()),
        text.as_bytes(),
    )
}

/// Another browser that holds nothing.
pub(super) fn another_browser(page: &mut Page) -> Outcome<()> {
    super::storage::forget_everything(page)?;
    page.open("?today=2022-11-22#/merge")?;
    page.reload()
}

/// Chooses files, and waits for the preview.
pub fn choose(page: &mut Page, files: &[PathBuf]) -> Outcome<()> {
    page.goto("?today=2022-11-22#/merge")?;
    page.upload("选择文件", files)?;
    page.find(By::Role("heading", "合并预览")).map(drop)
}

pub(super) fn merge(page: &mut Page, files: &[PathBuf]) -> Outcome<()> {
    choose(page, files)?;
    page.click("button", "合并 1 个文件")?;
    page.see("已合并 1 个文件")
}

pub(super) fn backup(page: &mut Page) -> Outcome<PathBuf> {
    page.goto(OUT)?;
    page.find(By::Role("heading", "导出文件"))?;
    saved(page, "导出备份", "备份")
}

fn round_trip(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/merge?tab=out")?;
    let file = saved(page, "导出备份", "备份")?;
    page.goto("?today=2022-11-22#/merge")?;
    page.wait_ready()?;
    merge(page, &[file])?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("249 场")?;
    page.see("1,900")?;
    page.reload()?;
    page.see("249 场")?;
    page.goto(LOG)?;
    page.click("button", "撤回")?;
    page.see("已撤回这次合并")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("夜话台账还没有记录")?;
    page.goto(LOG)?;
    page.click("button", "恢复")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("249 场")
}

pub fn add_talk(page: &mut Page, unit: Option<&str>, place: &str) -> Outcome<()> {
    page.goto("?today=2022-11-22#/l/night_talk/new")?;
    if let Some(unit) = unit {
        page.choose("村（社区）", unit)?;
    }
    page.fill("textbox", "地点 湾子、村民小组或小区", place)?;
    page.fill("textbox", "议题", "饮水管网")?;
    page.click("button", "保存")?;
    // The form goes back to where it was opened.
    page.see("已保存：")
}

/// Opens the talk at a place.
pub(super) fn open_talk(page: &mut Page, place: &str) -> Outcome<()> {
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.fill("searchbox", "在本台账中查找", place)?;
    page.wait_until(
        "one is left",
        "return document.querySelectorAll('tbody tr a.row-link').length === 1",
    )?;
    page.click_by(By::Css("tbody tr a.row-link"))
}

/// Writes the count of the talk at a place.
pub(super) fn set_masses(page: &mut Page, place: &str, count: &str) -> Outcome<()> {
    open_talk(page, place)?;
    page.click("button", "修改")?;
    page.fill("textbox", "群众，人", count)?;
    page.click("button", "保存")?;
    page.find(By::Role("button", "复制链接"))?;
    page.see(&format!("{count} 人"))
}

fn task_and_report(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    page.goto(OUT)?;
    page.click("link", "下发一项任务")?;
    page.fill("textbox", "任务名称", "十一月月报")?;
    page.fill("textbox", "统计期", "2022-11")?;
    page.choose("要填的台账", "夜话台账")?;
    page.find(By::Role("button", "去掉 夜话台账"))?;
    page.fill("textbox", "截止日期", "2022-11-25")?;
    page.press("Tab")?;
    page.click("button", "保存")?;
    page.see("已保存：十一月月报")?;
    page.goto("?today=2022-11-22#/merge")?;
    page.see("已报 0/3")?;
    page.goto(OUT)?;
    page.select("发给", "寺前村")?;
    let task = saved(page, "导出下发文件", "下发")?;
    let town = backup(page)?;

    another_browser(page)?;
    choose(page, &[task])?;
    page.see("下发文件，寺前村")?;
    page.click("button", "合并 1 个文件")?;
    page.see("您是寺前村的吗")?;
    page.click("button", "是，我是寺前村的")?;
    page.find(By::Role("heading", "我的任务"))?;
    page.see("有 1 项任务待上报")?;
    page.click("button", "复制为文本")?;
    page.see("要填的 1 项都还没有填")?;
    page.see("有 1 项任务待上报")?;
    page.goto("?today=2022-11-22#/fill")?;
    page.see("已填 0 项，共 1 项")?;
    page.see("还剩 3 天")?;
    add_talk(page, None, "三组")?;
    page.goto("?today=2022-11-22#/fill")?;
    page.see("已填 1 项，共 1 项")?;
    let report = saved(page, "导出上报文件", "上报")?;
    // The browser took it; whether it reached the office only the person knows.
    page.see("已准备，等您确认已发出")?;
    page.find(By::Text("请把它发给镇党建办"))?;
    page.click("button", "已发出")?;
    page.see("2022-11-22 已上报")?;
    page.wait_gone(By::Text("已准备，等您确认已发出"))?;

    another_browser(page)?;
    merge(page, &[town])?;
    choose(page, std::slice::from_ref(&report))?;
    // One file needs no list of the others.
    assert!(page.all(By::Text("个有文件"))?.is_empty());
    page.click("button", "合并 1 个文件")?;
    page.see("已合并 1 个文件")?;
    page.see("已报 1/3")?;
    page.find(By::Role("link", "寺前村：2022-11-22 上报，已填 1/1"))?;
    page.find(By::Role("link", "河田村：未报"))?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("三组")?;
    choose(page, &[report])?;
    page.see("没有新内容")
}

/// Two talks that two browsers filled in differently, up to the preview of the second one's file.
pub fn conflict_until_preview(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    add_talk(page, Some("寺前村"), "三组")?;
    add_talk(page, Some("河田村"), "四组")?;
    let first = backup(page)?;
    set_masses(page, "三组", "35")?;
    set_masses(page, "四组", "45")?;
    let theirs = backup(page)?;

    another_browser(page)?;
    merge(page, &[first])?;
    set_masses(page, "三组", "32")?;
    set_masses(page, "四组", "42")?;
    choose(page, &[theirs])
}

fn conflict(page: &mut Page) -> Outcome<()> {
    conflict_until_preview(page)?;
    page.see("要您看一眼，2 条")?;
    page.click("button", "合并 1 个文件")?;
    page.see("已合并 1 个文件")?;
    page.click("link", "核对 2")?;
    page.see("2 条记录")?;
    page.see("，来自 备份")?;
    page.select("村（社区）", "寺前村，1 条")?;
    page.see("1 条记录")?;
    page.click("button", "采用 35 人")?;
    page.see("已核定群众：35 人")?;
    page.find(By::Role("link", "核对 1"))?;
    page.select("村（社区）", "全部村（社区）")?;
    page.find(By::Role("button", "按最新填写，1 处"))?;
    // Both sides are of the town and differ, so neither rule of a role has a say.
    assert!(page.all(By::Text("按镇里填写"))?.is_empty() && page.all(By::Text("按村（社区）填写"))?.is_empty());
    page.click("button", "按最新填写，1 处")?;
    page.see("已按最新填写核定 1 处")?;
    page.see("没有要核对的内容")?;
    page.wait_gone(By::Role("link", "核对 1"))?;
    page.click("button", "撤销")?;
    page.see("已撤销：按最新填写核定 1 处")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("35")?;
    // The other is open again.
    page.find(By::Role("link", "核对 1")).map(|_| ())
}

fn proposal(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    add_talk(page, Some("寺前村"), "三组")?;
    let town = backup(page)?;
    // The leader of the district writes to it, and meanwhile the village went to another district.
    another_browser(page)?;
    merge(page, std::slice::from_ref(&town))?;
    page.goto("?today=2022-11-22#/settings?role=district")?;
    page.select("片区", "寺前片区")?;
    page.click("button", "保存身份")?;
    page.see("已保存身份")?;
    set_masses(page, "三组", "30")?;
    let leaders = backup(page)?;

    another_browser(page)?;
    merge(page, &[town])?;
    page.goto("?today=2022-11-22#/l/unit")?;
    page.click("link", "寺前村")?;
    page.click("button", "修改")?;
    page.choose("片区", "城中片区")?;
    page.click("button", "保存")?;
    page.see("已保存：寺前村")?;
    merge(page, &[leaders])?;
    page.click("link", "核对 1")?;
    page.see("群众 30 人")?;
    page.click("button", "退回")?;
    page.see("已退回修改")?;
    page.see("没有要核对的内容")?;
    page.click("button", "撤销")?;
    page.click("button", "确认")?;
    page.see("已确认修改")?;
    page.wait_gone(By::Role("link", "核对 1"))?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("30")
}

fn batch(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    add_talk(page, Some("寺前村"), "三组")?;
    let good = backup(page)?;
    let text = std::fs::read_to_string(&good).map_err(|error| error.to_string())?;
    let twin = page.file("备份1 (1).json", text.as_bytes())?;
    let torn = page.file("断了.json", &text.as_bytes()[..text.len() / 2])?;
    let altered = page.file("改过.json", text.replace("三组", "四组").as_bytes())?;
    let foreign = page.file("照片.json", b"\x89PNG\r\n\x1a\n\0\0\0")?;
    another_browser(page)?;
    choose(page, &[good, twin, torn, altered, foreign])?;
    page.see("内容相同")?;
    let refused = page.all(By::Text("拒收"))?;
    assert_eq!(refused.len(), 5, "three files, the head of the count and the sentence");
    page.click("button", "取消")?;
    page.wait_gone(By::Role("heading", "合并预览"))?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("夜话台账还没有记录")?;

    page.goto("?today=2022-11-22#/merge")?;
    page.click("button", "收到的是文本，没有文件")?;
    let area = page.find(By::Role("textbox", "粘贴对方复制的全部文本"))?;
    page.eval_on("window.pasteHere = arguments[0]", &area)?;
    page.eval_with(
        "window.pasteHere.value = arguments[0]; window.pasteHere.dispatchEvent(new Event('input', { bubbles: true }))",
        text.into(),
    )?;
    page.click("button", "读取文本")?;
    page.click("button", "合并 1 个文件")?;
    page.see("已合并 1 个文件")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("三组")
}

/// All the data that is stored, in one text; not what a quiet moment brings, the next start's first look and the day of
/// the daily copy.
pub fn stored(page: &mut Page) -> Outcome<String> {
    // Each opening notes its time, and the reserve is of no interest.
    let dump = page.eval(
        "return JSON.stringify(Object.entries(localStorage).filter(([key]) => !/canary|ballast|[.]s[.](look|daily)$/.test(key)).sort())",
    )?;
    Ok(dump.as_str().unwrap_or_default().to_owned())
}

/// From now on holds each turn of long work that begins while the page says these words (any turn if there are none),
/// until [`release`]. How many turns come before depends on how fast the machine is.
fn hold_at(page: &mut Page, words: &str) -> Outcome<()> {
    page.eval_with(
        "const words = arguments[0];
         window.held = [];
         const post = window.post = window.post || MessagePort.prototype.postMessage;
         MessagePort.prototype.postMessage = function (...message) {
           const go = () => post.apply(this, message);
           if (document.body.textContent.includes(words)) window.held.push(go); else go();
         }",
        words.into(),
    )
    .map(drop)
}

fn release(page: &mut Page) -> Outcome<()> {
    page.wait_until("the work waits for its turn", "return window.held.length > 0")?;
    page.eval("MessagePort.prototype.postMessage = window.post; window.held.forEach((go) => go())")
        .map(drop)
}

fn cancelled(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    let first = backup(page)?;
    add_talk(page, Some("寺前村"), "三组")?;
    let second = backup(page)?;
    another_browser(page)?;
    page.find(By::Role("heading", "合并收到的文件"))?;
    let before = stored(page)?;

    // While the second file is read.
    hold_at(page, "已读 1 个")?;
    page.upload("选择文件", &[first.clone(), second.clone()])?;
    page.see("正在读取，已读 1 个，共 2 个")?;
    page.click("button", "取消")?;
    page.wait_gone(By::Text("正在读取"))?;
    release(page)?;
    assert_eq!(stored(page)?, before);

    // While it is about to be stored.
    choose(page, &[first.clone(), second.clone()])?;
    hold_at(page, "")?;
    page.click("button", "合并 2 个文件")?;
    page.see("正在保存")?;
    page.click("button", "取消")?;
    page.wait_gone(By::Text("正在保存"))?;
    release(page)?;
    assert!(page.all(By::Role("heading", "合并预览"))?.is_empty());
    assert_eq!(stored(page)?, before);
    page.reload()?;
    assert_eq!(stored(page)?, before);

    // Nothing is in the way of doing it after all.
    choose(page, &[first, second])?;
    page.click("button", "合并 2 个文件")?;
    page.see("已合并 2 个文件")?;
    assert_ne!(stored(page)?, before);
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("三组")
}

fn sealed(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    add_talk(page, Some("寺前村"), "三组")?;
    page.goto(OUT)?;
    page.fill("textbox", "加密备份", "一二三")?;
    page.click("button", "导出加密备份")?;
    page.see("口令少于")?;
    page.fill("textbox", "加密备份", "天城一二三四五六七")?;
    let file = saved(page, "导出加密备份", "加密")?;
    let text = std::fs::read_to_string(&file).map_err(|error| error.to_string())?;
    assert!(!text.contains("三组"), "nothing of it can be read");
    another_browser(page)?;
    choose(page, &[file])?;
    page.see("已加密")?;
    page.fill("textbox", "的口令", "天城一二三四五六八")?;
    page.click("button", "解密")?;
    page.find(By::Css(".field-error[role=alert]"))?;
    page.fill("textbox", "的口令", "天城一二三四五六七")?;
    page.click("button", "解密")?;
    page.click("button", "合并 1 个文件")?;
    page.see("已合并 1 个文件")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("三组")
}

fn joined(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    add_talk(page, Some("寺前村"), "三组")?;
    add_talk(page, Some("寺前村"), "三组")?;
    // The same once more is asked about; pressed again it is kept.
    page.click("button", "保存")?;
    // Back to where the form was opened.
    page.find(By::Role("heading", "总览"))?;
    page.goto("?today=2022-11-22#/conflicts")?;
    page.see("可能重复：三组 湾子夜话")?;
    page.click("button", "并为一条，保留先有的")?;
    page.see("已并为一条：三组 湾子夜话")?;
    page.see("没有要核对的内容")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("1 场")
}

fn refused_clipboard(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    page.goto(OUT)?;
    page.find(By::Role("heading", "导出文件"))?;
    page.eval(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) }, configurable: true });
         document.execCommand = () => false",
    )?;
    page.click("button", "复制为文本")?;
    page.see("浏览器不让网页复制")?;
    let field = page.find(By::Role("textbox", "文字"))?;
    assert!(
        page.value(&field)?.starts_with("{\n\"format\""),
        "the text itself is there"
    );
    page.see("上次导出：从未导出")?;
    page.click("button", "已发出")?;
    page.see("已记下")?;
    page.see("上次导出：今天")?;
    page.goto(LOG)?;
    page.find(By::Role("link", "打印回执")).map(drop)
}

/// The browser answers after the person has gone on to another page.
fn refused_late(page: &mut Page) -> Outcome<()> {
    page.open("?sample#/merge?tab=out")?;
    page.find(By::Role("heading", "导出文件"))?;
    page.eval(
        "window.later = []; const no = () => new Promise((_, refuse) => window.later.push(() => refuse(new Error('no'))));
         Object.defineProperty(navigator, 'clipboard', { value: { writeText: no }, configurable: true });
         document.execCommand = () => false",
    )?;
    page.click("button", "复制为文本")?;
    page.click("button", "复制第 1 段")?;
    page.wait_until("the browser is asked", "return window.later.length === 1")?;
    page.eval("location.hash = '#/help'")?;
    page.find(By::Role("heading", "使用说明"))?;
    page.eval("window.later.pop()()")?;
    page.see("浏览器不让网页复制")
}

fn shared(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    // Part of the same document as the page that follows, so that it finds a device that can share.
    page.eval(
        "window.taken = []; window.willing = true;
         const put = (name, value) => Object.defineProperty(navigator, name, { value, configurable: true });
         put('canShare', () => true);
         put('share', (data) => window.willing ? data.files[0].text().then((text) => { window.taken.push([data.files[0].name, text]); }) : Promise.reject(new DOMException('no', 'AbortError')));
         location.hash = '#/merge?tab=out'",
    )?;
    page.click("button", "转发给聊天")?;
    page.see("已转给其他应用：天城镇_全镇_备份_")?;
    let name = page.eval("return window.taken[0][0]")?;
    assert!(name.as_str().is_some_and(|name| name.ends_with(".json")));
    let text = page.eval("return window.taken[0][1]")?;
    let file = page.file("转发.json", text.as_str().unwrap_or_default().as_bytes())?;
    // A device that lets only texts through, in the window of a chat program.
    page.eval(
        "Object.defineProperty(navigator, 'canShare', { value: (data) => data.files[0].name.endsWith('.txt'), configurable: true });
         Object.defineProperty(navigator, 'userAgent', { value: navigator.userAgent + ' MicroMessenger/8.0', configurable: true });
         location.hash = '#/help'",
    )?;
    page.find(By::Role("heading", "使用说明"))?;
    page.eval("location.hash = '#/merge?tab=out'")?;
    page.see("选“在浏览器打开”")?;
    page.click("button", "转发给聊天")?;
    page.wait_until(
        "it is shared as a text",
        "return window.taken.length === 2 && window.taken[1][0].endsWith('.json.txt')",
    )?;
    page.eval("window.willing = false")?;
    page.click("button", "转发给聊天")?;
    page.see("没有转发")?;
    another_browser(page)?;
    merge(page, &[file])?;
    page.goto("?today=2022-11-22#/")?;
    page.see("3 个村（社区）")
}
