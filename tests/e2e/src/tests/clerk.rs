//! The page 收发 in the hands of the clerk, and a code from one screen to another device's camera.

use super::exchange::{LOG, another_browser, merge};
use super::make_town as town;
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use std::path::PathBuf;
use tiancheng::exchange::name::file_name;
use tiancheng::exchange::writing::Order;
use tiancheng::exchange::{Purpose, Scope, export};
use tiancheng::model::date::Instant;
use tiancheng::model::programmes::sample::{SampleOptions, town as sample_town};
use tiancheng::model::programmes::schemas;
use tiancheng::model::programmes::town::ledgers::Unit;
use tiancheng::model::records::rows;
use tiancheng::replica::Replica;
use tiancheng::replica::seed::seed;

pub const TESTS: &[Test] = &[
    Test::current(
        "clerk: 39 files are merged in three acts, and the button is in sight all the while",
        three_acts,
    ),
    Test::current(
        "clerk: the part that is open stands in the address, and one press leads from the board to a receipt",
        parts_and_receipts,
    ),
    Test::current(
        "clerk: a report that is a code on the screen is read by a camera, and refused cameras are told",
        code,
    ),
];

/// What the 39 units report.
fn reports(page: &mut Page) -> Outcome<Vec<PathBuf>> {
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &sample_town(&SampleOptions::default())));
    let mut files = Vec::new();
    for unit in rows::<Unit>(&replica) {
        let order = Order {
            purpose: Purpose::Report,
            scope: Scope::units([unit.id()]),
            by: String::new(),
            at: Instant(1_669_080_600),
        };
        let written = export(&replica, &order);
        files.push(page.file(&file_name(&replica, &written.header), written.text.as_bytes())?);
    }
    Ok(files)
}

/// Whether the button that merges is whole within the window and nothing lies over it.
fn in_sight(page: &mut Page) -> Outcome<bool> {
    let seen = page.eval(
        "const button = document.querySelector('.merge-acts .button-main'), box = button.getBoundingClientRect();
         const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
         return box.top >= 0 && box.bottom <= innerHeight && (top === button || button.contains(top))",
    )?;
    Ok(seen == true)
}

fn three_acts(page: &mut Page) -> Outcome<()> {
    page.open("?today=2022-11-22#/l")?;
    page.find(By::Role("heading", "台账"))?;
    let files = reports(page)?;
    assert_eq!(files.len(), 39);
    let phone = page.engine().narrowest().max(360);
    // One act: the page. Two: the files. Three: merge.
    page.click("link", "收发")?;
    page.find(By::Role("heading", "收发"))?;
    page.upload("选择文件", &files)?;
    page.see("39 个文件读完：新增 ")?;
    page.see("可以直接合并")?;
    for (width, height) in [(1366, 637), (phone, 780)] {
        page.set_viewport(width, height)?;
        for place in ["0", "300", "document.documentElement.scrollHeight"] {
            page.eval(&format!("scrollTo(0, {place})"))?;
            assert!(in_sight(page)?, "{width} × {height}, scrolled to {place}");
        }
    }
    page.set_viewport(1366, 637)?;
    page.click("button", "合并 39 个文件")?;
    page.see("已合并 39 个文件")?;
    page.goto(LOG)?;
    page.find(By::Role("heading", "合并记录"))?;
    page.find(By::Role("link", "打印回执")).map(drop)
}

fn parts_and_receipts(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    page.goto("?today=2022-11-22#/l/dispatch/new")?;
    page.fill("textbox", "任务名称", "十一月月报")?;
    page.fill("textbox", "统计期", "2022-11")?;
    page.choose("要填的台账", "夜话台账")?;
    page.find(By::Role("button", "去掉 夜话台账"))?;
    page.fill("textbox", "截止日期", "2022-11-25")?;
    page.press("Tab")?;
    page.click("button", "保存")?;
    page.see("已保存：十一月月报")?;
    let office = super::exchange::backup(page)?;
    // The village fills in, reports, then changes something more.
    another_browser(page)?;
    merge(page, std::slice::from_ref(&office))?;
    town::be_secretary(page, "寺前村")?;
    super::exchange::add_talk(page, None, "三组")?;
    page.goto("?today=2022-11-22#/fill")?;
    let report = super::exchange::saved(page, "导出上报文件", "上报")?;
    page.see("已准备，等您确认已发出")?;
    // A village has nothing to give out.
    page.goto("?today=2022-11-22#/merge?tab=out")?;
    page.find(By::Role("heading", "收到的文件"))?;
    for word in ["脱敏", "下发", "催报", "已报和未报"] {
        assert!(page.all(By::Text(word))?.is_empty(), "{word}");
    }
    page.goto(LOG)?;
    page.find(By::Role("heading", "发出的文件"))?;

    another_browser(page)?;
    merge(page, &[office])?;
    merge(page, &[report])?;
    page.see("已报 1/3")?;
    page.see("未报 2")?;
    page.click("link", "寺前村：2022-11-22 上报")?;
    page.find(By::Role("heading", "寺前村"))?;
    page.see("最近上报 2022-11-22")?;
    page.reload()?;
    page.find(By::Role("heading", "寺前村"))?;
    page.click("link", "打印回执")?;
    page.find(By::Role("heading", "合并回执"))?;
    page.back()?;
    page.click("link", "看全部村（社区）")?;
    page.find(By::Role("link", "打印回执，寺前村"))?;
    page.click("link", "河田村")?;
    page.see("还没有上报过")?;
    page.find(By::Role("button", "复制催报语"))?;
    page.click("link", "发")?;
    page.find(By::Role("heading", "下发"))?;
    page.reload()?;
    page.find(By::Role("heading", "下发"))?;
    page.goto("?today=2022-11-22#/merge")?;
    page.find(By::Role("heading", "合并收到的文件")).map(drop)
}

fn code(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    let office = super::exchange::backup(page)?;
    another_browser(page)?;
    merge(page, std::slice::from_ref(&office))?;
    town::be_secretary(page, "寺前村")?;
    super::exchange::add_talk(page, None, "三组")?;
    page.goto("?today=2022-11-22#/fill")?;
    page.click("button", "出示二维码")?;
    page.find(By::Role("heading", "二维码：天城镇_寺前村_上报"))?;
    let letters = page.eval("return document.querySelector('svg.code').dataset.letters")?;
    let letters = letters.as_str().unwrap_or_default().to_owned();
    assert!(letters.starts_with("TCDJ1-") && letters.len() <= 1_500, "{letters}");
    // Shown is not sent.
    page.goto(LOG)?;
    page.see("还没有导出过文件")?;

    another_browser(page)?;
    merge(page, &[office])?;
    // A browser whose camera is refused first, and then sees the code. Part of the same document as the page.
    page.eval_with(
        "window.willing = false;
         window.BarcodeDetector = class { async detect() { return [{ rawValue: window.shown }]; } };
         window.shown = arguments[0];
         Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { configurable: true, get: () => null, set() {} });
         const stream = () => ({ getTracks: () => [] });
         Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia: () => window.willing ? Promise.resolve(stream()) : Promise.reject(new DOMException('no', 'NotAllowedError')) } });
         HTMLMediaElement.prototype.play = () => Promise.resolve();
         location.hash = '#/help'",
        letters.as_str().into(),
    )?;
    page.find(By::Role("heading", "使用说明"))?;
    page.eval("location.hash = '#/merge'")?;
    page.click("button", "扫二维码")?;
    page.see("浏览器不让本页用摄像头")?;
    page.eval("window.willing = true")?;
    page.click("button", "扫二维码")?;
    page.find(By::Role("heading", "合并预览"))?;
    page.see("寺前村的上报：新增")?;
    page.click("button", "合并 1 个文件")?;
    page.see("已合并 1 个文件")?;
    // Without a camera, what another program read is pasted.
    page.goto("?today=2022-11-22#/merge")?;
    page.reload()?;
    page.click("button", "收到的是文本，没有文件")?;
    page.fill("textbox", "粘贴对方复制的全部文本", &letters)?;
    page.click("button", "读取文本")?;
    page.see("没有新内容")
}
