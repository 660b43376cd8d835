//! What axe-core calls serious or critical is nowhere; and text from people is text everywhere.

use super::make_town as town;
use crate::driver::Outcome;
use crate::engine::{Engine, axe};
use crate::page::{By, Page};
use crate::runner::Test;
use serde_json::{Value, json};

pub const TESTS: &[Test] = &[
    Test::current("access: nothing serious or critical on any page", accessible),
    Test::current(
        "access: nothing serious or critical in the dark and on a phone",
        accessible_on_phones,
    ),
    Test::current("hostile: text from a form is shown as text", hostile_text),
];

const PAGES: &[&str] = &[
    "",
    "map",
    "p/dream",
    "p/lead",
    "p/base",
    "p/seedling",
    "p/phoenix",
    "l",
    "l/night_talk",
    "l/night_talk/new",
    "l/development/new",
    "l/joint_committee/new",
    "l/dispatch/new",
    "units",
    "fill",
    "merge",
    "bin",
    "snapshots",
    "compare",
    "receipt",
    "conflicts",
    "settings",
    "help",
    "start",
];

/// What axe finds on the page that is open: rule, element.
fn found(page: &mut Page) -> Outcome<Vec<String>> {
    let report = page.eval(
        "return axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + ' ' + (n.any.concat(n.all, n.none)[0] || {}).message).join(' | ')))",
    )?;
    let found = report.as_array().cloned().unwrap_or_default();
    Ok(found
        .iter()
        .map(|one| one.as_str().unwrap_or_default().to_owned())
        .collect())
}

fn look(page: &mut Page, paths: &[&str]) -> Outcome<()> {
    let mut all = Vec::new();
    for path in paths {
        page.eval_with("location.hash = '#/' + arguments[0]", json!(path))?;
        page.wait_until(
            "the page is there",
            "return document.querySelector('main').childElementCount > 0",
        )?;
        for one in found(page)? {
            all.push(format!("#/{path} {one}"));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n  "));
    Ok(())
}

/// The page with axe in it; no axe for other engines, whose trees axe reads the same way.
fn with_axe(page: &mut Page, rest: &str) -> Outcome<bool> {
    if page.engine() != Engine::Chromium {
        return Ok(false);
    }
    let script = axe(page.cache())?;
    page.open(rest)?;
    page.eval(&format!("{script}; window.axe = axe"))?;
    Ok(true)
}

fn accessible(page: &mut Page) -> Outcome<()> {
    if !with_axe(page, "?sample&today=2022-11-22#/l/night_talk")? {
        return Ok(());
    }
    page.click_by(By::Css("tbody tr a.row-link"))?;
    page.find(By::Role("button", "修改"))?;
    let panel = found(page)?;
    assert!(panel.is_empty(), "{panel:?}");
    look(page, PAGES)?;
    // A form with everything wrong.
    page.eval("location.hash = '#/l/night_talk/new'")?;
    page.click("button", "保存")?;
    page.see("还有 3 处要改")?;
    let form = found(page)?;
    assert!(form.is_empty(), "{form:?}");
    Ok(())
}

fn accessible_on_phones(page: &mut Page) -> Outcome<()> {
    if !with_axe(page, "?sample&today=2022-11-22#/settings")? {
        return Ok(());
    }
    page.click("button", "深色")?;
    page.set_viewport(360, 780)?;
    look(page, PAGES)
}

/// Texts that break out of their place where a page is careless.
fn corpus() -> Vec<String> {
    let mut out: Vec<String> = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "';alert(1)//",
        "{{constructor.constructor('alert(1)')()}}",
        "javascript:alert(1)",
        "\u{202e}gnp.exe",
        "&lt;b&gt;&amp;",
        "=HYPERLINK(\"http://x\")",
        "%s%n\\0",
        "🧑‍🌾👨‍👩‍👧",
    ]
    .map(str::to_owned)
    .to_vec();
    out.push("长".repeat(190));
    out
}

fn hostile_text(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    page.eval("window.alert = window.confirm = window.prompt = () => { throw new Error('a dialog') }")?;
    for text in corpus() {
        page.eval("location.hash = '#/l/night_talk/new'")?;
        page.choose("村（社区）", "寺前村")?;
        for (role, name) in [
            ("textbox", "地点 湾子、村民小组或小区"),
            ("textbox", "主持人选填"),
            ("textbox", "议题"),
        ] {
            let field = page.find(By::Role(role, name))?;
            set(page, &field, &text)?;
        }
        page.click("button", "保存")?;
        page.see("已保存：")?;
        page.eval("location.hash = '#/l/night_talk'")?;
        let shown = text.trim().to_owned();
        page.wait_for("the text is shown as it was typed", std::time::Duration::from_secs(10), |page| {
            let there = page.eval_with(
                "return Array.from(document.querySelectorAll('tbody td')).some((cell) => cell.textContent === arguments[0])",
                json!(shown),
            )?;
            Ok(there == true)
        })?;
        let grown = page
            .eval("return document.querySelectorAll('main script, main img, main svg[onload], main iframe').length")?;
        assert_eq!(grown, Value::from(0), "{text}");
    }
    // Everywhere else that shows them: the record, the search, the bin, the preview of a file.
    page.click_by(By::Css("tbody tr a.row-link"))?;
    page.find(By::Role("button", "删除"))?;
    page.click("button", "删除")?;
    page.eval("location.hash = '#/bin'")?;
    page.see("回收站有 1 条记录")?;
    page.eval("location.hash = '#/l/night_talk?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E'")?;
    page.see("占全部")?;
    page.eval("location.hash = '#/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E'")?;
    page.find(By::Role("heading", "没有这个页面"))?;
    // Too much is refused in words.
    page.eval("location.hash = '#/l/night_talk/new'")?;
    let field = page.find(By::Role("textbox", "议题"))?;
    set(page, &field, &"长".repeat(10_000))?;
    page.click("button", "保存")?;
    page.see("最多 5000 个字，请删减")
}

/// Puts a text into a field as pasting does.
fn set(page: &mut Page, field: &crate::driver::Element, text: &str) -> Outcome<()> {
    page.eval_on("window.pasteHere = arguments[0]", field)?;
    page.eval_with(
        "const f = window.pasteHere; f.focus(); f.value = arguments[0]; f.dispatchEvent(new Event('input', { bubbles: true })); f.dispatchEvent(new Event('change', { bubbles: true })); f.blur()",
        json!(text),
    )
    .map(drop)
}
