//! Every kind of chart, met by pointer and keyboard.

use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use serde_json::json;
use std::collections::BTreeSet;

pub const TESTS: &[Test] = &[Test::current(
    "charts: on every kind a click on the middle of a mark opens what it says",
    kinds,
)];

/// Walks the marks of a chart by keyboard (of a heat map the first 24) and meets each with the pointer. Answers how
/// many there are, how many were met, what did not agree, and where a click on the last linked mark leads.
const WALK: &str = "
    const frame = arguments[0], canvas = frame.querySelector('canvas'), status = frame.querySelector('[role=status]');
    frame.scrollIntoView({ block: 'center' });
    const settle = async () => { for (let i = 0; i < 48; i++) await null; };
    const press = (key) => frame.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const at = (spot) => {
      const box = canvas.getBoundingClientRect();
      return { bubbles: true, clientX: box.left + spot.x, clientY: box.top + spot.y };
    };
    return (async () => {
      frame.focus();
      press('Home');
      await settle();
      const marks = Number(frame.dataset.marks), wrong = [], spots = [];
      let link = null;
      for (let i = 0; i < (marks > 60 ? 24 : marks); i++) {
        spots.push({ said: status.textContent, x: Number(frame.dataset.x), y: Number(frame.dataset.y) });
        press('ArrowRight');
        await settle();
      }
      const met = new Set(spots.map((spot) => JSON.stringify(spot)));
      for (const spot of spots) {
        canvas.dispatchEvent(new PointerEvent('pointermove', at(spot)));
        await settle();
        // Pointers are told in whole pixels: of two marks in one place either may answer.
        const same = (s) => s.said === status.textContent && Math.abs(s.x - spot.x) < 2 && Math.abs(s.y - spot.y) < 2;
        if (!spots.some(same)) wrong.push(spot.said + ' / ' + status.textContent);
        if (canvas.classList.contains('is-link')) link = spot;
      }
      const here = location.hash;
      let to = '';
      if (link) {
        canvas.dispatchEvent(new MouseEvent('click', at(link)));
        to = location.hash;
        location.hash = here;
      }
      return { name: frame.getAttribute('aria-label'), marks, met: met.size, wrong, to, here, said: link && link.said };
    })()";

fn kinds(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/charts")?;
    page.wait_until(
        "all charts",
        "const all = Array.from(document.querySelectorAll('.chart-frame')); return all.length >= 14 && all.every((f) => Number(f.dataset.marks) > 0)",
    )?;
    let frames = page.all(By::Css(".chart-frame"))?;
    let mut led = BTreeSet::new();
    for frame in &frames {
        let found = page.eval_on(WALK, frame)?;
        assert_eq!(found["wrong"], json!([]), "{found}");
        let marks = found["marks"].as_u64().unwrap_or_default();
        assert_eq!(
            found["met"],
            json!(if marks > 60 { 24 } else { marks }),
            "each mark once: {found}"
        );
        assert_ne!(found["to"], found["here"], "the click led nowhere: {found}");
        led.extend(found["to"].as_str().map(str::to_owned));
    }
    assert!(frames.len() >= 14 && led.len() >= 10, "{led:?}");
    // One of them is followed: the list is narrowed to what the mark speaks of.
    let bars = page.find(By::Role("group", "寺前片区夜话场次最多"))?;
    page.eval_on("arguments[0].focus()", &bars)?;
    page.press("Home")?;
    page.press("Enter")?;
    page.wait_until(
        "the talks of the district, of one kind",
        "return location.hash.startsWith('#/l/night_talk?') && location.hash.includes('f.district=d09') && location.hash.includes('f.kind=bay')",
    )?;
    page.see("占全部 249 场")
}
