//! What is stored stays: other windows, emptied, full and blocked storage, a browser that is killed.

use super::town::{journal, new_town, see_doors, see_town};
use crate::driver::Outcome;
use crate::engine::Engine;
use crate::page::{By, Page};
use crate::runner::Test;
use std::time::{Duration, Instant};

pub const TESTS: &[Test] = &[
    Test::current("storage: two windows see each other's saves", two_windows),
    Test::current(
        "storage: many saves are gathered while another window looks on",
        gathering,
    ),
    Test::current(
        "storage: emptied by another window it is written again",
        emptied_by_another,
    ),
    Test::current("storage: without locks a window gathers only when alone", no_locks),
    Test::current("storage: emptied unseen it leads to the recovery page", recovery),
    Test::current("storage: a copy saved by the plain page is taken back in", raw_copy),
    Test::current("storage: a full storage is told and loses nothing", full),
    Test::all("storage: blocked, the page works in memory and says so", blocked),
    Test::current("storage: a killed browser keeps what it had time to write", killed),
];

/// Presses Ctrl+Z and Ctrl+Shift+Z in turn, each of which is a save; `arguments[0]` is how often.
const BURST: &str = "
    for (let count = 0; count < arguments[0]; count++) {
      const shiftKey = window.e2eShift = !window.e2eShift;
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, shiftKey: !shiftKey, bubbles: true }));
    }";

fn two_windows(page: &mut Page) -> Outcome<()> {
    let one = page.window()?;
    page.open("")?;
    let two = page.open_window()?;
    page.open("")?;
    see_doors(page)?;
    page.turn_to(&one)?;
    new_town(page)?;
    page.turn_to(&two)?;
    see_town(page)?;
    page.turn_to(&one)?;
    page.press_with("z", true, false, false)?;
    see_doors(page)?;
    page.turn_to(&two)?;
    see_doors(page)?;
    new_town(page)?;
    page.turn_to(&one)?;
    see_town(page)?;
    page.turn_to(&two)?;
    page.close_window(&one)
}

fn gathering(page: &mut Page) -> Outcome<()> {
    let one = page.window()?;
    page.open("")?;
    new_town(page)?;
    let two = page.open_window()?;
    page.open("")?;
    see_town(page)?;
    page.turn_to(&one)?;
    for _ in 0..2 {
        page.eval_with(BURST, 220.into())?;
        page.wait_until("gathered", "return localStorage.getItem('tc.head.A') !== null")?;
    }
    page.wait_for("what was gathered is removed", Duration::from_secs(30), |page| {
        Ok(journal(page)? < 300)
    })?;
    see_town(page)?;
    page.turn_to(&two)?;
    see_town(page)?;
    assert!(page.all(By::Text("删除了已保存的数据"))?.is_empty(), "a false alarm");
    page.reload()?;
    see_town(page)?;
    page.close_window(&one)?;
    page.reload()?;
    see_town(page)
}

/// On plain http, which gives no locks, the windows ask each other.
fn no_locks(page: &mut Page) -> Outcome<()> {
    let mut build = page.build();
    build.put_script_first(
        "e2e-locks.js",
        "Object.defineProperty(Navigator.prototype, 'locks', { get() { return undefined; } });
         window.e2eAsked = 0;
         const set = Storage.prototype.setItem;
         Storage.prototype.setItem = function (key, text) { if (key === 'tc.s.ask') window.e2eAsked++; set.call(this, key, text); };
         const remove = Storage.prototype.removeItem;
         Storage.prototype.removeItem = function (key) { remove.call(this, key); if (key === 'tc.s.ask') window.e2eDecided = true; };",
    );
    page.site().deploy(build);
    let one = page.window()?;
    page.open("")?;
    new_town(page)?;
    let two = page.open_window()?;
    page.open("")?;
    see_town(page)?;
    page.turn_to(&one)?;
    page.eval_with(BURST, 220.into())?;
    page.wait_until("asked and decided", "return window.e2eAsked > 0 && window.e2eDecided")?;
    assert_eq!(
        page.eval("return localStorage.getItem('tc.head.A')")?,
        serde_json::Value::Null
    );
    page.turn_to(&two)?;
    page.close_window(&one)?;
    page.eval_with(BURST, 2.into())?;
    page.wait_until("gathered", "return localStorage.getItem('tc.head.A') !== null")?;
    page.reload()?;
    see_town(page)
}

fn emptied_by_another(page: &mut Page) -> Outcome<()> {
    let one = page.window()?;
    page.open("")?;
    new_town(page)?;
    let two = page.open_window()?;
    page.goto("rescue.js")?;
    page.eval("localStorage.clear()")?;
    page.turn_to(&one)?;
    page.see("清空了浏览器里的数据")?;
    page.wait_until("written again", "return localStorage.getItem('tc.head.A') !== null")?;
    page.turn_to(&two)?;
    page.close_window(&one)?;
    page.reload()?;
    see_town(page)
}

/// How many saves the second place knows of.
fn witnessed(page: &mut Page) -> Outcome<u64> {
    let read = "return new Promise((resolve) => {
      const opening = indexedDB.open('tiancheng ' + new URL('./', location.href).pathname);
      opening.onupgradeneeded = () => opening.transaction.abort();
      opening.onerror = () => resolve('');
      opening.onsuccess = () => {
        const reading = opening.result.transaction('kept').objectStore('kept').get('witness');
        reading.onerror = () => resolve('');
        reading.onsuccess = () => { opening.result.close(); resolve(reading.result || ''); };
      };
    })";
    let text = page.eval(read)?;
    let count = text.as_str().and_then(|text| text.rsplit('.').next()?.parse().ok());
    Ok(count.unwrap_or(0))
}

/// Empties the browser as a new one is: the second place as well.
pub fn forget_everything(page: &mut Page) -> Outcome<()> {
    page.eval("window.tcKeepWitness(''); localStorage.clear()")?;
    page.wait_for("the witness is forgotten", Duration::from_secs(20), |page| {
        Ok(witnessed(page)? == 0)
    })
}

/// Waits until the second place knows of so many saves.
fn wait_witness(page: &mut Page, count: u64) -> Outcome<()> {
    page.wait_for("the witness is kept", Duration::from_secs(20), |page| {
        Ok(witnessed(page)? >= count)
    })
}

fn recovery(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    wait_witness(page, 1)?;
    page.eval("localStorage.clear()")?;
    page.reload()?;
    page.find(By::Role("heading", "找回数据"))?;
    page.see("现在浏览器里")?;
    page.eval("location.hash = '#/map'")?;
    page.reload()?;
    page.find(By::Role("heading", "找回数据"))?;
    page.click("button", "重新开始")?;
    see_doors(page)?;
    page.reload()?;
    see_doors(page)
}

fn raw_copy(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    wait_witness(page, 1)?;
    page.eval("tcPanic('出错')")?;
    page.click("button", "显示为文本")?;
    let area = page.find(By::Role("textbox", "本机数据"))?;
    let text = page.value(&area)?;
    page.eval("localStorage.clear()")?;
    page.reload()?;
    page.find(By::Role("heading", "找回数据"))?;
    let wrong = page.file("别的.json", b"{}")?;
    page.upload("本机数据副本", &[wrong])?;
    page.see("这不是本系统的原始数据副本")?;
    let file = page.file("本机数据.json", text.as_bytes())?;
    page.upload("本机数据副本", &[file])?;
    see_town(page)?;
    page.reload()?;
    see_town(page)
}

fn full(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    let fill = "
      let piece = 'x'.repeat(100000), at = Object.keys(localStorage).length;
      while (piece) {
        try { localStorage.setItem('other.' + at++, piece); } catch (error) { piece = piece.slice(0, piece.length / 2); }
      }";
    let start = Instant::now();
    // The page gives up what it had reserved before it gives up.
    while page.all(By::Text("浏览器存储空间已满"))?.is_empty() {
        assert!(start.elapsed() < Duration::from_secs(60), "the storage never gets full");
        page.eval(fill)?;
        page.eval_with(BURST, 1.into())?;
    }
    page.see("没有存下")?;
    if page.engine().has_downloads() {
        page.click("button", "导出备份")?;
        let file = page.wait_download("备份")?;
        let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
        assert!(text.contains("龙背村"));
    }
    page.eval("Object.keys(localStorage).filter((key) => key.startsWith('other.')).forEach((key) => localStorage.removeItem(key))")?;
    page.eval_with(BURST, 2.into())?;
    page.wait_gone(By::Text("浏览器存储空间已满"))?;
    let town = !page.all(By::Text("39 个村（社区）"))?.is_empty();
    page.reload()?;
    if town { see_town(page) } else { see_doors(page) }
}

fn blocked(page: &mut Page) -> Outcome<()> {
    let mut build = page.build();
    build.put_script_first(
        "e2e-blocked.js",
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } });",
    );
    page.site().deploy(build);
    page.open("")?;
    page.see("浏览器不允许本页面保存数据")?;
    new_town(page)?;
    page.see("未存入本机")?;
    page.find(By::Role("button", "导出备份"))?;
    page.reload()?;
    see_doors(page)
}

/// How long the disk may take: Chromium writes after five seconds at first and then once a minute.
const DISK: Duration = Duration::from_secs(150);

fn killed(page: &mut Page) -> Outcome<()> {
    if page.engine() == Engine::Webkit {
        // Its driver keeps nothing on the disk.
        return Ok(());
    }
    page.open("")?;
    new_town(page)?;
    page.eval_with(BURST, 20.into())?;
    let actor = page.eval(
        "const key = Object.keys(localStorage).find((key) => key.startsWith('tc.j.')); return key.split('.')[2]",
    )?;
    let actor = actor.as_str().unwrap_or_default().to_owned();
    let settled = journal(page)?;
    assert_eq!(settled, 21);
    let start = Instant::now();
    page.wait_for("the saves are on the disk", DISK, |page| {
        Ok(page.on_disk(&format!("tc.j.{actor}.{settled}")))
    })?;
    println!(
        "{}: saves reached the disk after {:.1} s",
        page.engine().name(),
        start.elapsed().as_secs_f64()
    );
    // Saves on and on, and says to the host what was acknowledged.
    page.eval(&format!(
        "window.e2eNext = () => {{
           (function () {{ {BURST} }})(1);
           const all = Object.keys(localStorage).filter((key) => key.startsWith('tc.j.{actor}.')).length;
           navigator.sendBeacon(new URL('./__e2e/note', location.href).href, String(all));
           setTimeout(window.e2eNext, 20);
         }};
         window.e2eNext();"
    ))?;
    page.wait_for("a burst of saves", Duration::from_secs(30), |page| {
        Ok(page.site().notes().len() > 60)
    })?;
    wait_witness(page, settled + 20)?;
    let witnessed = witnessed(page)?;
    page.kill()?;
    let told = page
        .site()
        .notes()
        .iter()
        .filter_map(|note| note.parse::<u64>().ok())
        .max();
    let told = told.ok_or("nothing was acknowledged")?;
    assert!(told >= settled + 60, "only {told} saves");
    page.start_again()?;
    page.open("")?;
    let numbers = page.eval(&format!(
        "return Object.keys(localStorage).filter((key) => key.startsWith('tc.j.{actor}.')).map((key) => Number(key.split('.')[3])).sort((a, b) => a - b)"
    ))?;
    let numbers: Vec<u64> = numbers
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|n| n.as_u64())
        .collect();
    let prefix: Vec<u64> = (1..=numbers.len() as u64).collect();
    assert_eq!(numbers, prefix, "the saves that are left are no prefix");
    let left = numbers.len() as u64;
    assert!(
        left >= settled,
        "{settled} saves were on the disk, {left} are left of {told}"
    );
    println!("{}: {left} of {told} saves are left", page.engine().name());
    if left < witnessed {
        page.see("次保存没有留在浏览器里")?;
    }
    // Each even number took the town back.
    if left % 2 == 1 { see_town(page) } else { see_doors(page) }
}
