//! The first page stands before the records are read, shows the same figures, and keeps what is done meanwhile.

use super::town::{new_town, see_town};
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;

pub const TESTS: &[Test] = &[
    Test::all(
        "first look: the sample's figures stand before its records are read, and stay",
        sample,
    ),
    Test::all(
        "first look: what is stored shows at once, and what is done meanwhile is kept",
        stored,
    ),
    Test::current("first look: after a save elsewhere the records are read first", changed),
];

/// The page reads its records a moment after it is ready: with `?hold` not before it is let.
const HOLD: &str = "if (location.search.includes('hold')) {
  window.held = [];
  const later = window.setTimeout.bind(window);
  window.setTimeout = (act, ms, ...more) => ms === 50 && window.held ? window.held.push(act) : later(act, ms, ...more);
}";
/// Lets it.
const LET: &str = "const held = window.held; window.held = null; held.forEach((act) => act());";
/// All figures on the page.
const FIGURES: &str = "return [...document.querySelectorAll('[data-indicator]')].slice(0, 20)
  .map((figure) => [figure.dataset.indicator, figure.dataset.value, figure.getAttribute('href')])";

fn hold(page: &mut Page) {
    let mut build = page.build();
    build.put_script_first("e2e-hold.js", HOLD);
    page.site().deploy(build);
}

fn sample(page: &mut Page) -> Outcome<()> {
    hold(page);
    page.open("?sample&hold")?;
    page.see("示例数据")?;
    page.see("39 个村（社区）年度计划全部定稿，夜话开展 146 场")?;
    let early = page.eval(FIGURES)?;
    assert_eq!(early.as_array().map(Vec::len), Some(20), "{early}");
    assert!(
        page.all(By::Css("[data-unit]"))?.is_empty(),
        "the records are read already"
    );
    page.eval("location.hash = '#/units'")?;
    page.see("正在打开")?;
    page.eval("location.hash = '#/?period=2022-11'")?;
    page.wait_until(
        "no figures of another month",
        "return location.hash.includes('period') && !document.querySelector('[data-indicator]')",
    )?;
    page.eval("location.hash = '#/'")?;
    page.see("夜话开展 146 场")?;
    page.eval("window.e2eFigure = document.querySelector('[data-indicator]')")?;
    page.eval(LET)?;
    page.find(By::Role("heading", "需要跟进"))?;
    assert_eq!(page.eval(FIGURES)?, early);
    let same = page.eval("return window.e2eFigure === document.querySelector('[data-indicator]')")?;
    assert_eq!(same, true, "the figures were built anew");
    Ok(())
}

fn stored(page: &mut Page) -> Outcome<()> {
    hold(page);
    page.open("")?;
    new_town(page)?;
    kept(page)?;
    page.open("?hold")?;
    see_town(page)?;
    assert!(
        page.all(By::Css("[data-unit]"))?.is_empty(),
        "the records are read already"
    );
    page.select("字号", "大字")?;
    page.select("身份", "只看")?;
    page.press_with("z", true, false, false)?;
    page.eval(LET)?;
    page.find(By::Role("heading", "需要跟进"))?;
    page.wait_until(
        "role and size are stored",
        "return localStorage.getItem(tcPrefix + 's.size') === 'large' && /viewer/.test(localStorage.getItem(tcPrefix + 's.me'))",
    )?;
    page.eval("location.hash = '#/units'")?;
    page.see("寺前村")
}

fn changed(page: &mut Page) -> Outcome<()> {
    hold(page);
    page.open("")?;
    new_town(page)?;
    kept(page)?;
    // A save that the look does not know of, as another window makes one.
    page.eval(
        "const key = Object.keys(localStorage).find((key) => key.startsWith(tcPrefix + 'j.'));
         localStorage.setItem(key + '~e2e', localStorage.getItem(key))",
    )?;
    page.open("?hold")?;
    page.find(By::Role("heading", "需要跟进")).map(drop)
}

/// Waits until the next start has something to show.
pub fn kept(page: &mut Page) -> Outcome<()> {
    page.wait_until(
        "the first look is kept",
        "return localStorage.getItem(tcPrefix + 's.look') !== null",
    )
}
