//! Two people on one record, two records that look alike, and a list that is left before it is a town.

use super::make_town as town;
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[
    Test::current(
        "alike: a pair that is not the same is said to be so, and taken back",
        not_the_same,
    ),
    Test::current("alike: the list of a new town survives Back", list_survives_back),
    // Last: a browser without a screen may take the window that is left for hidden.
    Test::current(
        "alike: a form asks before it saves over what another window wrote",
        asks_first,
    ),
];

const PLACE: &str = "地点 湾子、村民小组或小区";
const NEW_TALK: &str = "?today=2022-11-22#/l/night_talk/new";

fn record_talk(page: &mut Page, place: &str) -> Outcome<()> {
    page.goto(NEW_TALK)?;
    page.choose("村（社区）", "sqc")?;
    page.fill("textbox", PLACE, place)?;
    page.fill("textbox", "议题", "饮水管网")?;
    page.click("button", "保存")
}

fn not_the_same(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    record_talk(page, "甲湾")?;
    page.see("已保存：")?;
    record_talk(page, "甲湾")?;
    page.see("可能已记过同样的一条")?;
    page.click("button", "保存")?;
    page.see("已保存：")?;
    page.step_to("#/conflicts")?;
    page.see("可能重复")?;
    page.click("button", "不是同一条")?;
    page.see("没有要核对的内容")?;
    page.click("button", "撤销")?;
    page.see("可能重复")
}

fn list_survives_back(page: &mut Page) -> Outcome<()> {
    page.open("?today=2022-11-22#/start")?;
    page.click("link", "新建本镇")?;
    page.fill("textbox", "镇（街道）名称", "天城镇")?;
    page.fill("textbox", "村（社区）名单", "寺前村\t村\t东片\n菖蒲村\t村\t东片")?;
    page.click("button", "核对名单")?;
    page.see("第二步：核对名单")?;
    page.back()?;
    page.click("link", "新建本镇")?;
    let list = page.find(By::Role("textbox", "村（社区）名单"))?;
    assert!(page.value(&list)?.contains("菖蒲村"));
    page.reload()?;
    page.click("button", "核对名单")?;
    page.click("button", "建立本镇")?;
    page.see("已建立天城镇")
}

fn asks_first(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    record_talk(page, "甲湾")?;
    page.see("已保存：")?;
    page.step_to("#/l/night_talk")?;
    page.find(By::Css("tbody tr a.row-link"))?;
    let id = page.eval(
        "const to = document.querySelector('tbody tr a.row-link').getAttribute('href');
         const asked = /[?&]rec=([^&]+)/.exec(to);
         return decodeURIComponent(asked ? asked[1] : to.replace('#/r/', ''))",
    )?;
    let form = format!(
        "?today=2022-11-22#/l/night_talk/{}/edit",
        id.as_str().unwrap_or_default()
    );
    page.goto(&form)?;
    page.find(By::Role("textbox", PLACE))?;
    let first = page.window()?;
    let second = page.open_window()?;
    page.open(&form)?;
    page.fill("textbox", PLACE, "乙湾")?;
    page.click("button", "保存")?;
    page.see("已保存：")?;
    page.turn_to(&first)?;
    page.fill("textbox", PLACE, "丙湾")?;
    page.click("button", "保存")?;
    page.see("地点已改为“乙湾”")?;
    page.click("button", "保存")?;
    page.see("已保存：丙湾")?;
    page.turn_to(&second)?;
    page.close_window(&first)
}
