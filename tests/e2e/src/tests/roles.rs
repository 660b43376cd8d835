//! What each role does most, with as few actions as can be; and the words it reads.

use super::make_town as town;
use super::pages;
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[
    Test::all(
        "roles: contact with a member who is not registered takes six actions, and one undo",
        not_registered,
    ),
    Test::current(
        "roles: a member begun on the spot outlives a reload, can be dropped and must be whole",
        begun_on_the_spot,
    ),
    Test::current(
        "roles: a leader copies what is late in two actions, and writes down a contact",
        leader,
    ),
    Test::current("roles: a secretary reads no word of the trade", plain_words),
];

/// Actions of the person: taps, fields, choices.
struct Actions(usize);

impl Actions {
    fn press(&mut self, page: &mut Page, role: &str, name: &str) -> Outcome<()> {
        self.0 += 1;
        page.click(role, name)
    }

    fn fill(&mut self, page: &mut Page, role: &str, name: &str, text: &str) -> Outcome<()> {
        self.0 += 1;
        page.fill(role, name, text)
    }
}

fn small(page: &mut Page) -> Outcome<()> {
    let width = page.engine().narrowest().max(360);
    page.set_viewport(width, 780)
}

const CONTACT: &str = "记一次联系 流动党员联系";
const REGISTER: &str = "没有“张三”，先登记为流动党员";

fn secretary(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    town::be_secretary(page, "寺前村")?;
    small(page)?;
    page.goto("?today=2022-11-22#/fill")?;
    page.wait_ready()?;
    page.find(By::Role("link", CONTACT)).map(drop)
}

fn not_registered(page: &mut Page) -> Outcome<()> {
    secretary(page)?;
    let mut actions = Actions(0);
    actions.press(page, "link", CONTACT)?;
    actions.fill(page, "combobox", "流动党员", "张三")?;
    actions.press(page, "option", REGISTER)?;
    page.find(By::Role("group", "新登记流动党员"))?;
    actions.fill(page, "textbox", "外出日期", "2021-02-18")?;
    actions.fill(page, "textbox", "去向（来处）", "武汉")?;
    actions.press(page, "button", "保存")?;
    page.see("并登记 1 条")?;
    assert!(actions.0 <= 6, "{} actions", actions.0);
    // Back where it began.
    page.find(By::Role("link", CONTACT))?;
    page.click("button", "撤销")?;
    page.see("已撤销")?;
    page.goto("?today=2022-11-22#/l/mobile")?;
    page.see("还没有记录")?;
    page.goto("?today=2022-11-22#/fill")?;
    page.find(By::Role("link", CONTACT))?;
    let mut again = Actions(0);
    again.press(page, "link", CONTACT)?;
    again.fill(page, "combobox", "流动党员", "张三")?;
    again.press(page, "option", REGISTER)?;
    again.fill(page, "textbox", "外出日期", "2021-02-18")?;
    again.fill(page, "textbox", "去向（来处）", "武汉")?;
    again.press(page, "button", "保存")?;
    page.see("并登记 1 条")?;
    page.open("?today=2022-11-22#/l/mobile")?;
    page.see("张三")?;
    page.see("武汉")?;
    page.goto("?today=2022-11-22#/l/mobile_contact")?;
    page.see("张三")
}

fn begun_on_the_spot(page: &mut Page) -> Outcome<()> {
    secretary(page)?;
    page.click("link", CONTACT)?;
    page.fill("combobox", "流动党员", "张三")?;
    page.click("option", REGISTER)?;
    page.find(By::Role("group", "新登记流动党员"))?;
    page.click("button", "保存")?;
    // What is missing is said of the new record as of any other.
    page.see("外出日期：请填写")?;
    page.fill("textbox", "去向（来处）", "武汉")?;
    page.see("草稿已存")?;
    page.open("?today=2022-11-22#/l/mobile_contact/new")?;
    page.find(By::Role("group", "新登记流动党员"))?;
    let place = page.find(By::Role("textbox", "去向（来处）"))?;
    assert_eq!(page.value(&place)?, "武汉");
    page.click("button", "不登记")?;
    page.wait_until(
        "nothing is registered",
        "return !document.querySelector('[aria-label=\"新登记流动党员\"]')",
    )?;
    page.click("button", "保存")?;
    page.see("流动党员：请填写")
}

fn leader(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/d/d01")?;
    small(page)?;
    page.find(By::Role("heading", "各村待办"))?;
    page.eval(
        "window.copied = []; Object.defineProperty(navigator, 'clipboard', { value: { writeText: (text) => { window.copied.push(text); return Promise.resolve(); } }, configurable: true })",
    )?;
    let mut actions = Actions(0);
    actions.press(page, "button", "复制全部催办语")?;
    page.wait_until("the text is copied", "return window.copied.length === 1")?;
    assert!(actions.0 <= 2, "{} actions", actions.0);
    let text = page.eval("return window.copied[0]")?;
    let text = text.as_str().unwrap_or_default().to_owned();
    assert!(text.contains("各位书记：截至11月22日"), "{text}");
    assert!(text.contains("【"), "{text}");
    // One unit alone.
    page.eval("document.querySelector('[data-standing] button').click()")?;
    page.wait_until("one text more", "return window.copied.length === 2")?;
    let one = page.eval("return window.copied[1]")?;
    assert!(!one.as_str().unwrap_or_default().contains("各位书记"), "{one}");
    // The contact is begun with the unit.
    let unit = page.eval("return document.querySelector('[data-standing] .due-what a').innerText")?;
    let unit = unit.as_str().unwrap_or_default().to_owned();
    page.click("link", &format!("记联系：{unit}"))?;
    page.find(By::Role("heading", "记一次联系"))?;
    let filled = page.find(By::Role("combobox", "村（社区）"))?;
    assert_eq!(page.value(&filled)?, unit);
    page.click("button", "保存")?;
    page.see("已保存")?;
    page.find(By::Role("heading", "各村待办"))?;
    page.see("上次联系 2022-11-22（今天）")
}

/// Words of those who make such pages, not of those who use them.
const WORDS: &[&str] = &[
    "JSON",
    "json",
    "SVG",
    "sha256",
    "脱敏",
    "Esc",
    "Ctrl",
    "交叉统计",
    "CSV",
    "F2",
    "100 % 正常",
    "字段",
    "元数据",
    "缓存",
];

fn plain_words(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/settings?role=unit")?;
    small(page)?;
    page.select("村（社区）", "寺前村")?;
    page.click("button", "保存身份")?;
    page.see("已保存身份")?;
    let mut found = Vec::new();
    let more = [
        "l/night_talk",
        "l/night_talk/new",
        "l/mobile_contact/new",
        "u/421223100208",
        "help",
        "l/night_talk/grid",
    ];
    for path in &pages(&more) {
        page.eval_with("location.hash = '#/' + arguments[0]", path.as_str().into())?;
        page.wait_until(
            "the page is there",
            "return document.querySelector('main, .screen').childElementCount > 0 && !document.querySelector('[aria-busy=true]')",
        )?;
        let text = page.eval("return document.body.innerText")?;
        let text = text.as_str().unwrap_or_default();
        for word in WORDS.iter().filter(|word| text.contains(**word)) {
            let line = text.lines().find(|line| line.contains(word)).unwrap_or_default();
            found.push(format!("{word} on #/{path}: {line}"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n  "));
    Ok(())
}
