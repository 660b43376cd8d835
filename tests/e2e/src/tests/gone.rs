//! Events that come when what they are meant for is gone: every form of the catalogue is left while somebody types, and
//! pressed twice; and a random walk.

use crate::driver::Outcome;
use crate::engine::Engine;
use crate::page::{By, Page};
use crate::runner::Test;
use crate::tests::make_town as town;
use crate::walk::walk;
use serde_json::json;
use std::time::Duration;
use tiancheng::model::programmes::catalogue;

pub const TESTS: &[Test] = &[
    Test::current(
        "gone: every form is left by Back and by the address while somebody types",
        left_while_typing,
    ),
    Test::current("gone: a form saves once, however it is pressed", saved_once),
    Test::current("gone: a message takes back its own step and no other", own_step),
    Test::current("gone: two thousand random steps in the sample town", random_walk),
    // Last: where a window was closed, a browser without a screen may take the one that is left for hidden.
    Test::current("gone: drafts belong to their tab", drafts_of_tabs),
];

/// Ids of all ledgers that have a form.
fn forms() -> Vec<&'static str> {
    let all = catalogue();
    all.all()
        .iter()
        .filter(|ledger| !ledger.system)
        .map(|ledger| ledger.id)
        .collect()
}

/// Opens the form by a step from the list, types into its first field so that it is not committed yet; what to look for.
const TYPE: &str = "
    const words = '三组测试';
    for (const fold of document.querySelectorAll('main form details')) fold.open = true;
    const fields = Array.from(document.querySelectorAll('main form input.input, main form textarea, main form .stepper input'))
      .filter((one) => one.type === 'text' || one.localName === 'textarea');
    const field = fields[arguments[0] % fields.length];
    if (!field) return 'none';
    field.focus();
    document.execCommand('insertText', false, words);
    return document.activeElement === field && field.value.includes(words) ? 'typed' : 'not typed: ' + field.id;";
const WELL: &str = "return !document.body.innerText.includes('页面出错')";

fn left_while_typing(page: &mut Page) -> Outcome<()> {
    page.open("?sample")?;
    // Every part has to be left once in each engine; what differs from form to form is fields, not engines.
    let step = if page.engine() == Engine::Chromium { 1 } else { 6 };
    for (n, form) in forms().into_iter().enumerate().step_by(step) {
        for by_back in [true, false] {
            let how = if by_back { "Back" } else { "the address" };
            leave_while_typing(page, form, n, by_back).map_err(|error| format!("{form}, left by {how}: {error}"))?;
        }
    }
    // The third text field is the place.
    leave_while_typing(page, "night_talk", 2, true)?;
    // What was typed is offered again.
    page.eval("location.hash = '#/l/night_talk/new'")?;
    page.find(By::Css("main form .field"))?;
    page.see("已恢复上次没有保存的内容")
}

/// Opens a form, types into its `n`-th field, the last one followed by the first, and leaves.
fn leave_while_typing(page: &mut Page, form: &str, n: usize, by_back: bool) -> Outcome<()> {
    page.step_to(&format!("#/l/{form}"))?;
    page.wait_until(
        "the list",
        "return !document.querySelector('main form') && document.querySelector('main .list-tools, main .empty')",
    )?;
    page.step_to(&format!("#/l/{form}/new"))?;
    page.find(By::Css("main form .field"))?;
    let typed = page.eval_with(TYPE, json!(n))?;
    if typed == "none" {
        return Ok(());
    }
    if typed != "typed" {
        return Err(format!("{typed}"));
    }
    if by_back {
        page.wait_until(
            "Back",
            "if (location.hash.endsWith('/new')) history.back();
             return new Promise((done) => setTimeout(() => done(!location.hash.endsWith('/new')), 300))",
        )?;
    } else {
        page.step_to("#/units")?;
    }
    page.wait_until(
        "the form is gone",
        "return !document.querySelector('main form .save-bar')",
    )?;
    if page.eval(WELL)? != true || !page.problems().is_empty() {
        return Err(page.problems().join("; "));
    }
    Ok(())
}

fn saved_once(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    let slow = page.slow_down(4.0)?;
    for (n, ms) in [0, 20, 150].into_iter().enumerate() {
        town::form(page, "night_talk", "夜话台账")?;
        page.choose("村（社区）", "sqc")?;
        page.fill("textbox", "地点 湾子、村民小组或小区", &format!("{n}组"))?;
        page.fill("textbox", "议题", "饮水管网")?;
        let twice = "
            const button = document.querySelector('main form button[type=submit]'), wait = arguments[0];
            button.click();
            if (!wait) { button.click(); return; }
            return new Promise((done) => setTimeout(() => { button.click(); done(); }, wait));";
        page.eval_with(twice, json!(ms))?;
        page.find(By::Role("heading", "夜话台账"))?;
        // Only now would a second record be there as well.
        std::thread::sleep(Duration::from_millis(400));
        let rows =
            page.eval("return Number((document.querySelector('main').innerText.match(/([0-9]+) 场/) || [])[1])")?;
        if rows != json!(n + 1) {
            return Err(format!(
                "pressed twice within {ms} ms (slow: {slow}): {rows} records instead of {}",
                n + 1
            ));
        }
    }
    page.slow_down(1.0)?;
    Ok(())
}

fn talk(page: &mut Page, place: &str) -> Outcome<()> {
    town::form(page, "night_talk", "夜话台账")?;
    page.choose("村（社区）", "sqc")?;
    page.fill("textbox", "地点 湾子、村民小组或小区", place)?;
    page.fill("textbox", "议题", "饮水管网")?;
    page.click("button", "保存")?;
    page.find(By::Role("heading", "夜话台账"))?;
    page.see(&format!("已保存：{place}"))
}

fn own_step(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    talk(page, "一组")?;
    talk(page, "二组")?;
    page.press_with("z", true, false, false)?;
    page.see("已撤销：")?;
    // The message of the step that was taken back has gone, and offers nothing any more.
    assert!(page.all(By::Role("button", "撤销"))?.is_empty());
    page.see("一组")?;
    page.press_with("z", true, false, false)?;
    page.press_with("z", true, false, false)?;
    page.press_with("z", true, false, false)?;
    page.see("没有可以撤销的操作")?;
    page.reload()?;
    page.press_with("z", true, false, false)?;
    page.see("没有可以撤销的操作")
}

fn drafts_of_tabs(page: &mut Page) -> Outcome<()> {
    if page.engine().is_old() {
        return Ok(());
    }
    let place = By::Role("textbox", "地点 湾子、村民小组或小区");
    let form = "?today=2022-11-22#/l/night_talk/new";
    town::found(page)?;
    page.goto(form)?;
    page.fill("textbox", "地点 湾子、村民小组或小区", "甲湾")?;
    page.see("草稿已存")?;
    let first = page.window()?;
    let second = page.open_window()?;
    page.open(form)?;
    // The other tab's draft is offered with its time, not put in.
    page.see("写的内容没有保存")?;
    let field = page.find(place)?;
    assert_eq!(page.value(&field)?, "");
    page.fill("textbox", "地点 湾子、村民小组或小区", "乙湾")?;
    page.see("草稿已存")?;
    page.reload()?;
    let field = page.find(place)?;
    assert_eq!(page.value(&field)?, "乙湾");
    page.choose("村（社区）", "sqc")?;
    page.fill("textbox", "议题", "饮水管网")?;
    page.click("button", "保存")?;
    page.see("已保存：")?;
    page.turn_to(&first)?;
    page.reload()?;
    page.see("已恢复上次没有保存的内容")?;
    let field = page.find(place)?;
    assert_eq!(page.value(&field)?, "甲湾", "saving elsewhere deletes nothing here");
    page.turn_to(&second)?;
    page.close_window(&first)
}

fn random_walk(page: &mut Page) -> Outcome<()> {
    if page.engine() != Engine::Chromium {
        return Ok(());
    }
    walk(page, 20221122, 2_000)
}
