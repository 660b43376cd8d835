//! A secretary on a phone of 360 px.

use super::make_town as town;
use super::pages;
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use tiancheng::exchange::writing::Order;
use tiancheng::exchange::{Purpose, Scope, export};
use tiancheng::model::date::Instant;
use tiancheng::model::programmes::sample;
use tiancheng::model::programmes::sample::SampleOptions;
use tiancheng::model::programmes::schemas;
use tiancheng::replica::Replica;
use tiancheng::replica::seed::seed;

pub const TESTS: &[Test] = &[
    Test::current(
        "phone: a night talk with two suggestions takes at most eight taps",
        eight_taps,
    ),
    Test::current("phone: a secretary sees the forms of the own village only", own_forms),
    Test::current(
        "phone: nothing is wider than the screen, in every text size",
        nothing_cut,
    ),
    Test::current(
        "phone: no page scrolls sideways, in the usual and the largest text",
        no_sideways,
    ),
    Test::current("phone: what is pressed is high enough for a thumb", large_enough),
    Test::current(
        "phone: the device of a village speaks of the village only",
        village_only,
    ),
];

/// Pages of records and places in the sample, and one that is none.
const MORE: &[&str] = &[
    "map/d/d01",
    "map/u/421223100208",
    "map?show=petals",
    "map?show=status",
    "l/night_talk",
    "l/night_talk/new",
    "l/development",
    "u/421223100208",
    "d/d01",
    "start?step=new",
    "merge?tab=out",
    "merge?tab=log",
    "nowhere",
];

/// Goes to a page of the same load and waits for it.
fn turn_to(page: &mut Page, path: &str) -> Outcome<()> {
    page.eval_with("location.hash = '#/' + arguments[0]", path.into())?;
    page.wait_until(
        "the page is there",
        "return document.querySelector('main, .screen').childElementCount > 0 && !document.querySelector('[aria-busy=true]')",
    )?;
    page.eval("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        .map(drop)
}

fn no_sideways(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/settings")?;
    small(page)?;
    let mut wide = Vec::new();
    for size in ["标准", "特大"] {
        page.goto("?sample&today=2022-11-22#/settings")?;
        page.wait_ready()?;
        page.click("button", size)?;
        for path in &pages(MORE) {
            turn_to(page, path)?;
            let found = page.eval(
                "const most = innerWidth, root = document.scrollingElement; if (root.scrollWidth <= most) return null; const out = Array.from(document.querySelectorAll('body *')).filter((e) => e.getBoundingClientRect().right > most + 1).slice(0, 4).map((e) => e.outerHTML.slice(0, 140)); return root.scrollWidth + ': ' + out.join(' | ')",
            )?;
            if let Some(found) = found.as_str() {
                wide.push(format!("{size} #/{path} {found}"));
            }
            // A short table that has to be pushed aside hides how things stand.
            let hidden = page.eval(
                "return Array.from(document.querySelectorAll('.is-bars')).some((e) => e.scrollWidth > e.clientWidth + 1)",
            )?;
            if size == "标准" && hidden == true {
                wide.push(format!(
                    "{size} #/{path}: bars with their badges are wider than their card"
                ));
            }
        }
    }
    assert!(wide.is_empty(), "{}", wide.join("\n  "));
    Ok(())
}

/// 44 pixels, of which a frame around several controls may take two. Links within a sentence or a cell are left out:
/// their line is what is touched.
fn large_enough(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/settings")?;
    small(page)?;
    let mut low = Vec::new();
    for path in &pages(MORE) {
        turn_to(page, path)?;
        let found = page.eval(
            "const touched = 'main button, main .button, main select, main summary, main input:not([type=checkbox]):not([type=radio]):not([type=range]):not([type=file]), main .card-link, main .todo-title, main .tally, main .fresh, main .board-unit, main .kind, main .ledger-link, .tabbar a, .tabbar button, .topbar button, .topbar a';
             return Array.from(document.querySelectorAll(touched)).filter((e) => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden').filter((e) => e.getBoundingClientRect().height < 41.5).map((e) => Math.round(e.getBoundingClientRect().height) + ' ' + e.outerHTML.slice(0, 110)).slice(0, 5)",
        )?;
        for one in found.as_array().into_iter().flatten() {
            low.push(format!("#/{path} {one}"));
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n  "));
    Ok(())
}

/// A file of the sample town for 寺前村, as its secretary gets it.
fn dispatch() -> String {
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &sample::town(&SampleOptions::default())));
    let order = Order {
        purpose: Purpose::Dispatch,
        scope: Scope::units(["421223100208"]),
        by: String::new(),
        at: Instant::parse("2022-11-22T08:00:00Z").unwrap_or_default(),
    };
    export(&replica, &order).text
}

fn village_only(page: &mut Page) -> Outcome<()> {
    page.open("?today=2022-11-22#/merge")?;
    small(page)?;
    let file = page.file("下发.json", dispatch().as_bytes())?;
    page.upload("选择文件", &[file])?;
    page.click("button", "合并 1 个文件")?;
    page.see("您是寺前村的吗")?;
    // Both before and after somebody has said who works here.
    speaks_of_the_village(page)?;
    town::be_secretary(page, "寺前村")?;
    speaks_of_the_village(page)
}

fn speaks_of_the_village(page: &mut Page) -> Outcome<()> {
    for path in [
        "",
        "map",
        "charts",
        "units",
        "p/dream",
        "p/lead",
        "p/base",
        "p/seedling",
        "p/phoenix",
        "u/421223100208",
    ] {
        turn_to(page, path)?;
        page.see("这里只看寺前村的记录，不统计全镇")?;
        let told = page.eval("return document.querySelector('main').innerText")?;
        let told = told.as_str().unwrap_or_default();
        assert_eq!(told.matches("不统计全镇").count(), 1, "#/{path}");
        let rest = told.replace("不统计全镇", "");
        for word in ["全镇", "39 个", "/39", "/28", "没有书记在任", "各片区"] {
            assert!(!rest.contains(word), "{word} on #/{path}: {rest}");
        }
        let others = page.eval(
            "return Array.from(document.querySelectorAll('main [data-unit]')).filter((e) => !e.closest('svg') && e.dataset.unit !== '421223100208').length",
        )?;
        assert_eq!(others, 0, "#/{path}");
    }
    for path in ["screen", "report", "d/d01", "u/421223100201"] {
        turn_to(page, path)?;
        page.see("这台设备上只看寺前村的记录")?;
        page.find(By::Role("link", "看寺前村"))?;
    }
    Ok(())
}

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

fn eight_taps(page: &mut Page) -> Outcome<()> {
    town::found(page)?;
    town::be_secretary(page, "寺前村")?;
    small(page)?;
    page.goto("?today=2022-11-22#/")?;
    page.wait_ready()?;
    let mut taps = Taps(0);
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
    assert!(taps.0 <= 8, "{} taps", taps.0);
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
