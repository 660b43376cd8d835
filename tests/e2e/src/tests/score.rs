//! 考核: a unit item by item, what would be if, a sheet of the town's own, a mark, and the archive.

use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[Test::current(
    "score: a unit is explained, a sheet is made and used, and all of it is taken back",
    explained,
)];

fn explained(page: &mut Page) -> Outcome<()> {
    page.open("?sample#/score")?;
    page.find(By::Role("heading", "考核"))?;
    page.see("按《默认考核办法》，满分 100 分")?;
    page.select("看明细的村（社区）", "浮溪桥村")?;
    page.find(By::Role("heading", "浮溪桥村考核明细"))?;
    // Every item says what it came from; asking what would be changes nothing of what is.
    page.see("完成目标的")?;
    let real = page.eval("return document.querySelector('main .card b').textContent")?;
    page.eval("document.querySelector('main input[type=checkbox][aria-label^=\"假如做到\"]').click()")?;
    page.see("假如做到所选 1 项")?;
    if page.eval("return document.querySelector('main .card b').textContent")? != real {
        return Err("the real total follows a tick".to_owned());
    }
    // The sheet of the county has an item that is marked: the unit said 36 of 40.
    page.select("考核办法", "县对镇党建考核办法（示例）（未启用）")?;
    page.see("自评 36 分：夜话和计划公开做法在全镇推广")?;
    page.see("待评 40 分，暂不定等次")?;
    page.click_by(By::Text("评定：党建特色工作"))?;
    page.fill("textbox", "评定分", "41")?;
    page.fill("textbox", "理由", "现场查看")?;
    page.click("button", "保存评定")?;
    page.see("评定分 41 多于这一项的 40 分")?;
    page.fill("textbox", "评定分", "38")?;
    page.click("button", "保存评定")?;
    page.see("评定 38 分：现场查看")?;
    page.click("button", "撤销")?;
    page.see("待评 40 分，暂不定等次")?;
    page.click("button", "用默认办法新建")?;
    page.see("已用默认办法新建考核办法，可以逐项修改")?;
    page.select("考核办法", "2022年考核办法")?;
    page.see("按《2022年考核办法》，满分 100 分")
}
