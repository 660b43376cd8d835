//! The page comes in parts: the first view alone, the rest when the browser is idle or when it is asked for.

use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use std::time::Duration;

pub const TESTS: &[Test] = &[
    Test::all("parts: all of them come by themselves", come_by_themselves),
    Test::all(
        "parts: each comes when a page of it is asked for at once",
        come_when_asked,
    ),
    Test::all("parts: all of them are there without a network", there_offline),
    Test::all(
        "parts: one that does not come is told, and comes when tried again",
        tried_again,
    ),
    Test::all(
        "parts: a page in the place of one is told the same way",
        tried_again_html,
    ),
    Test::all(
        "parts: their style that does not come is told, and comes when tried again",
        style_tried_again,
    ),
    Test::current(
        "parts: the search waits for the part that finds, and leads by keyboard to a unit",
        found,
    ),
    Test::current("parts: one of another build is not taken", other_build),
];

const LIMIT: Duration = Duration::from_secs(20);
/// A page of each part that is fetched later, and the heading it has.
const PAGES: [(&str, &str); 3] = [("#/l", "台账"), ("#/map", "地图"), ("#/settings", "设置")];
/// What stands in a page that waits for its part.
const WAITING: By = By::Css("[aria-busy=true]");
const MISSED: &str = "没有取到这部分页面";

fn all_came(page: &mut Page) -> Outcome<()> {
    page.wait_for("all parts are here", LIMIT, |page| {
        Ok(page.eval("return document.documentElement.dataset.parts")? == "all")
    })
}

/// Goes to a page of each part as a link does, and sees that it stands.
fn visit_all(page: &mut Page) -> Outcome<()> {
    for (address, heading) in PAGES {
        page.eval_with("location.hash = arguments[0]", address.into())?;
        page.find(By::Role("heading", heading))?;
        page.wait_gone(WAITING)?;
        assert!(page.all(By::Text(MISSED))?.is_empty(), "{address} did not come");
        let words = page.eval("return document.querySelector('main').innerText.trim().length")?;
        assert!(words.as_u64() > Some(20), "{address} is empty");
    }
    Ok(())
}

fn come_by_themselves(page: &mut Page) -> Outcome<()> {
    page.open("?sample")?;
    all_came(page)?;
    let asked = page.site().requests();
    let parts = page.build().paths_like("part-", ".wasm");
    assert!(parts.len() >= 4, "the build has hardly any parts: {parts:?}");
    for part in &parts {
        let answered = asked.iter().any(|r| r.path.ends_with(part.as_str()) && r.status == 200);
        assert!(answered, "{part} was not fetched");
    }
    visit_all(page)
}

fn come_when_asked(page: &mut Page) -> Outcome<()> {
    for (visit, (address, heading)) in PAGES.into_iter().enumerate() {
        page.open(&format!("?sample&visit={visit}{address}"))?;
        page.wait_until(
            "this visit",
            &format!("return location.search === '?sample&visit={visit}'"),
        )?;
        page.wait_ready()?;
        page.find(By::Role("heading", heading))?;
        page.wait_gone(WAITING)?;
        visit_all(page)?;
    }
    Ok(())
}

fn there_offline(page: &mut Page) -> Outcome<()> {
    page.open("?sample")?;
    page.wait_for("the page can be used offline", LIMIT, |page| {
        Ok(page.eval("return window.tcOffline")? == "ready")
    })?;
    page.site().set_online(false);
    page.reload()?;
    all_came(page)?;
    visit_all(page)
}

/// With a host that knows what is missing.
fn tried_again(page: &mut Page) -> Outcome<()> {
    comes_late(page, "part-office-", ".wasm")
}

/// With a host that answers everything with its page.
fn tried_again_html(page: &mut Page) -> Outcome<()> {
    page.site().set_html_for_missing(true);
    comes_late(page, "part-office-", ".wasm")
}

fn style_tried_again(page: &mut Page) -> Outcome<()> {
    page.site().set_html_for_missing(true);
    comes_late(page, "later-", ".css")
}

fn comes_late(page: &mut Page, start: &str, end: &str) -> Outcome<()> {
    let whole = page.build();
    let mut broken = whole.clone();
    broken.remove(&whole.path_like(start, end));
    page.site().deploy(broken);
    page.open("?sample#/settings")?;
    page.see(MISSED)?;
    page.site().deploy(whole);
    page.click("button", "再试一次")?;
    page.wait_gone(By::Text(MISSED))?;
    page.wait_gone(WAITING)?;
    visit_all(page)
}

fn found(page: &mut Page) -> Outcome<()> {
    const FIELD: By = By::Role("combobox", "搜村（社区）、人、事项");
    page.open("?sample")?;
    let field = page.find(FIELD)?;
    page.type_on(&field, "没有这个名称")?;
    page.see("没有找到，换个名称或拼音首字母")?;
    page.press("Escape")?;
    page.wait_gone(By::Text("没有找到，换个名称"))?;
    let field = page.find(FIELD)?;
    assert_eq!(page.value(&field)?, "");
    page.type_on(&field, "SQC")?;
    let first = page.find(By::Role("option", "寺前村 村"))?;
    assert_eq!(
        page.eval_on(
            "return arguments[0].ariaSelected || arguments[0].getAttribute('aria-selected')",
            &first
        )?,
        "true"
    );
    page.press("ArrowDown")?;
    page.press("ArrowUp")?;
    page.press("Enter")?;
    page.find(By::Role("heading", "寺前村"))?;
    page.wait_gone(By::Css("[role=option]"))
}

fn other_build(page: &mut Page) -> Outcome<()> {
    let mut next = page.build();
    // The host has a new build: other names, and nothing under the old ones.
    for part in next.paths_like("part-office-", ".wasm") {
        next.remove(&part);
        next.put("part-office-0000000000000000.wasm", b"another build");
    }
    page.site().deploy(next);
    page.open("?sample#/settings")?;
    page.see(MISSED)?;
    let asked = page.site().requests();
    assert!(asked.iter().all(|r| !r.path.contains("part-office-0000")));
    Ok(())
}
