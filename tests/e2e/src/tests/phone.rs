//! A secretary on a phone of 360 px.

use super::make_town as town;
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[
    Test::current(
        "phone: a night talk with two suggestions takes at most twelve taps",
        twelve_taps,
    ),
    Test::current("phone: a secretary sees the forms of the own village only", own_forms),
    Test::current(
        "phone: nothing is wider than the screen, in every text size",
        nothing_cut,
    ),
];

/// Counts taps: every click of the person, none of the test's own shortcuts.
struct Taps(usize);

impl Taps {
    fn tap(&mut self, page: &mut Page, role: &str, name: &str) -> Outcome<()> {
        page.click(role, name)?;
        self.0 += 1;
        Ok(())
    }

    /// Types into the field that has the focus; typing is no tap.
    fn write(page: &mut Page, role: &str, name: &str, text: &str) -> Outcome<()> {
        let field = page.find(By::Role(role, name))?;
        page.wait_for("the field has the focus", std::time::Duration::from_secs(5), |page| {
            Ok(page.eval_on("return document.activeElement === arguments[0]", &field)? == true)
        })?;
        page.type_on(&field, text)
    }
}

fn small(page: &mut Page) -> Outcome<()> {
    let width = page.engine().narrowest().max(360);
    page.set_viewport(width, 780)
}

fn twelve_taps(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    town::be_secretary(page, "寺前村")?;
    small(page)?;
    page.goto("?today=2022-11-22#/")?;
    page.wait_ready()?;
    let mut taps = Taps(0);
    taps.tap(page, "link", "填报")?;
    taps.tap(page, "link", "记一场夜话")?;
    page.see("寺前村 · 寺前片区")?;
    assert!(
        page.all(By::Role("combobox", "村（社区）"))?.is_empty(),
        "the village is known"
    );
    taps.tap(page, "textbox", "地点 湾子、村民小组或小区")?;
    Taps::write(page, "textbox", "地点 湾子、村民小组或小区", "三组")?;
    taps.tap(page, "textbox", "党员，人")?;
    Taps::write(page, "textbox", "党员，人", "8")?;
    taps.tap(page, "textbox", "群众，人")?;
    Taps::write(page, "textbox", "群众，人", "26")?;
    taps.tap(page, "textbox", "议题")?;
    Taps::write(page, "textbox", "议题", "黄精基地冬管用工")?;
    taps.tap(page, "button", "记一条建议")?;
    Taps::write(page, "textbox", "建议内容", "工钱按月结")?;
    taps.tap(page, "button", "再记一条建议")?;
    let second = page.find(By::Css("#more1-text"))?;
    page.wait_until("it has the focus", "return document.activeElement.id === 'more1-text'")?;
    page.type_on(&second, "铺一段碎石")?;
    taps.tap(page, "button", "保存")?;
    page.see("已保存：三组 湾子夜话")?;
    assert!(taps.0 <= 12, "{} taps", taps.0);
    page.goto("?today=2022-11-22#/l/suggestion")?;
    page.see("2 条")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("党员 8 人")
}

fn own_forms(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    town::be_secretary(page, "寺前村")?;
    small(page)?;
    page.goto("?today=2022-11-22#/fill")?;
    page.find(By::Role("link", "记一场夜话"))?;
    assert!(
        page.all(By::Role("link", "新增一个片区"))?.is_empty(),
        "districts are the town's"
    );
    page.goto("?today=2022-11-22#/l")?;
    page.find(By::Role("link", "夜话台账"))?;
    assert!(
        page.all(By::Role("link", "班子成员"))?.is_empty(),
        "leaders are the town's"
    );
    Ok(())
}

fn nothing_cut(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/settings")?;
    small(page)?;
    for size in ["标准", "大字", "特大"] {
        page.goto("?sample&today=2022-11-22#/settings")?;
        page.wait_ready()?;
        page.click("button", size)?;
        for path in [
            "l",
            "l/night_talk",
            "l/night_talk/new",
            "l/development/new",
            "fill",
            "merge",
            "bin",
            "snapshots",
            "compare",
            "receipt",
            "conflicts",
        ] {
            page.eval_with("location.hash = '#/' + arguments[0]", path.into())?;
            page.wait_until(
                "the page is there",
                "return document.querySelector('main').childElementCount > 0",
            )?;
            let wider = page.eval(
                "const wide = document.documentElement.clientWidth; return Array.from(document.querySelectorAll('main *')).filter((e) => e.getClientRects().length && !e.closest('.table-frame') && e.getBoundingClientRect().right > wide + 1).slice(0, 3).map((e) => e.outerHTML.slice(0, 120))",
            )?;
            assert_eq!(wider, serde_json::json!([]), "{path} in {size}");
        }
    }
    Ok(())
}
