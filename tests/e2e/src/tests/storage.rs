//! What is stored stays: other windows, emptied, full and blocked storage, a browser that is killed.

use super::town::{journal, new_town, see_doors, see_town};
use crate::driver::Outcome;
use crate::kills;
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
    Test::current(
        "storage: what did not fit is tried again by itself, and leaving asks",
        tried_again,
    ),
    Test::current(
        "storage: what the first place lost comes back from the second",
        from_second,
    ),
    Test::current("storage: a second place that refuses is told of", refused),
    Test::current("storage: two copies in two folders of a host are apart", two_folders),
    Test::current(
        "storage: keys of before are taken over by the copy they belong to",
        taken_over,
    ),
    Test::current(
        "storage: a browser killed at any instant loses nothing that was called saved",
        killed,
    ),
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
        page.wait_until("gathered", "return localStorage.getItem(tcPrefix + 'head.A') !== null")?;
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
         window.e2eAsked = window.e2eWritten = window.e2eHeard = 0;
         const set = Storage.prototype.setItem;
         const told = (of, key, text) => { if (of === localStorage && of.getItem(key) !== text) window.e2eWritten++; };
         Storage.prototype.setItem = function (key, text) { if (key.endsWith('.s.ask')) window.e2eAsked++; told(this, key, String(text)); set.call(this, key, text); };
         const remove = Storage.prototype.removeItem;
         Storage.prototype.removeItem = function (key) { told(this, key, null); remove.call(this, key); if (key.endsWith('.s.ask')) window.e2eDecided = true; };
         window.addEventListener('storage', () => window.e2eHeard++);",
    );
    page.site().deploy(build);
    let one = page.window()?;
    page.open("")?;
    new_town(page)?;
    let two = page.open_window()?;
    page.open("")?;
    see_town(page)?;
    // The other window has read what was saved before it is asked for an answer, however slow the engine is.
    let written = |page: &mut Page| {
        page.eval("return window.e2eWritten")
            .map(|count| count.as_u64().unwrap_or_default())
    };
    let heard = page.eval("return window.e2eHeard")?.as_u64().unwrap_or_default();
    page.turn_to(&one)?;
    let before = written(page)?;
    for _ in 0..22 {
        page.eval_with(BURST, 10.into())?;
        let due = heard + written(page)? - before;
        page.turn_to(&two)?;
        page.wait_for("what was saved is read", Duration::from_secs(30), |page| {
            // Question and answer are written by both.
            Ok(page.eval("return window.e2eHeard")?.as_u64().unwrap_or_default() + 3 >= due)
        })?;
        page.turn_to(&one)?;
    }
    page.wait_until("asked and decided", "return window.e2eAsked > 0 && window.e2eDecided")?;
    assert_eq!(
        page.eval("return localStorage.getItem(tcPrefix + 'head.A')")?,
        serde_json::Value::Null
    );
    page.turn_to(&two)?;
    page.close_window(&one)?;
    page.eval_with(BURST, 2.into())?;
    page.wait_until("gathered", "return localStorage.getItem(tcPrefix + 'head.A') !== null")?;
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
    page.wait_until(
        "written again",
        "return localStorage.getItem(tcPrefix + 'head.A') !== null",
    )?;
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

/// Empties the browser as a new one is, the second place as well; from a plain text, so that no page writes meanwhile.
pub fn forget_everything(page: &mut Page) -> Outcome<()> {
    forget_second(page)?;
    page.eval("localStorage.clear()").map(drop)
}

/// Empties local storage, long after the last save: the second place has let go of what was saved.
pub fn lose_all(page: &mut Page) -> Outcome<()> {
    page.eval(
        "localStorage.clear();
         return new Promise((done) => {
           const opening = indexedDB.open('tiancheng ' + new URL('./', location.href).pathname);
           opening.onsuccess = () => {
             const letting = opening.result.transaction('kept', 'readwrite');
             letting.objectStore('kept').delete(IDBKeyRange.bound('save ', 'save \\uffff'));
             letting.oncomplete = () => { opening.result.close(); done(null); };
           };
         })",
    )
    .map(drop)
}

/// Forgets the second place; from a plain text, so that no page writes meanwhile.
fn forget_second(page: &mut Page) -> Outcome<()> {
    page.goto("rescue.js")?;
    page.eval(
        "return new Promise((done) => {
           const gone = indexedDB.deleteDatabase('tiancheng ' + new URL('./', location.href).pathname);
           gone.onsuccess = gone.onerror = () => done(null);
         })",
    )
    .map(drop)
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
    lose_all(page)?;
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
    lose_all(page)?;
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

/// Removes what [`fill_up`] put there.
const MAKE_ROOM: &str = "Object.keys(localStorage).filter((key) => key.startsWith('other.')).forEach((key) => localStorage.removeItem(key))";

/// Fills the storage with keys of somebody else until a save does not fit.
fn fill_up(page: &mut Page) -> Outcome<()> {
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
    Ok(())
}

fn full(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    fill_up(page)?;
    page.see("没有存下")?;
    if page.engine().has_downloads() {
        page.click("button", "导出备份")?;
        let file = page.wait_download("备份")?;
        let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
        assert!(text.contains("龙背村"));
    }
    page.eval(MAKE_ROOM)?;
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
    leave_quietly(page)?;
    page.reload()?;
    see_doors(page)
}

/// Lets the page go without the question that it would ask.
fn leave_quietly(page: &mut Page) -> Outcome<()> {
    page.eval(
        "Event.prototype.preventDefault = () => {};
         Object.defineProperty(BeforeUnloadEvent.prototype, 'returnValue', { get() { return ''; }, set() {} });",
    )
    .map(drop)
}

/// Kills of each engine in a run of the tests, 21 in all three; `cargo xtask kills` does more.
const KILLS: u32 = 7;

fn killed(page: &mut Page) -> Outcome<()> {
    let tally = kills::run(page.cache(), &page.build(), page.engine(), KILLS)?;
    assert!(tally.saves >= KILLS as usize, "{tally:?}");
    assert_eq!(tally.lost, 0, "{tally:?}");
    Ok(())
}

/// What did not fit is tried again without a further save, and leaving asks until it is stored.
fn tried_again(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    fill_up(page)?;
    let asks = "const leaving = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(leaving); return leaving.defaultPrevented";
    assert_eq!(page.eval(asks)?, true);
    let town = !page.all(By::Text("39 个村（社区）"))?.is_empty();
    // Not even the next start loses it, though it does not fit.
    leave_quietly(page)?;
    page.reload()?;
    if town {
        see_town(page)?
    } else {
        see_doors(page)?
    }
    page.see("浏览器存储空间已满")?;
    page.eval(MAKE_ROOM)?;
    page.wait_for("written by itself", Duration::from_secs(30), |page| {
        Ok(page.all(By::Text("浏览器存储空间已满"))?.is_empty())
    })?;
    assert_eq!(page.eval(asks)?, false);
    page.reload()?;
    if town { see_town(page) } else { see_doors(page) }
}

/// Saves that the second place has and the first has lost come back.
fn from_second(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    page.eval_with(BURST, 4.into())?;
    page.see("已保存")?;
    // What has been said of the first save stands until the next is being kept.
    std::thread::sleep(Duration::from_secs(1));
    page.eval(
        "for (const key of Object.keys(localStorage)) if (/[.]j[.].*[.][2-9]$/.test(key)) localStorage.removeItem(key)",
    )?;
    page.reload()?;
    see_town(page)?;
    // The town's first look stands before the second place has been asked.
    let what = "return Object.keys(localStorage).map((key) => key.slice(tcPrefix.length)).join(' ') + ' | ' + (window.tcKept || ['nothing read']).join(' ') + ' | ' + window.tcWitness";
    page.wait_for("all five saves are back", Duration::from_secs(20), |page| {
        Ok(journal(page)? == 5)
    })
    .map_err(|error| format!("{error}\n  {}", page.eval(what).unwrap_or_default()))?;
    page.reload()?;
    see_town(page)?;
    assert_eq!(journal(page)?, 5);
    Ok(())
}

/// A second place that takes nothing is told of, and saving goes on.
fn refused(page: &mut Page) -> Outcome<()> {
    let mut build = page.build();
    build.put_script_first(
        "e2e-refused.js",
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('refused', 'SecurityError'); } });",
    );
    page.site().deploy(build);
    page.open("")?;
    new_town(page)?;
    page.see("不能把刚做的修改另存一份")?;
    page.reload()?;
    see_town(page)
}

/// Two copies of the page in two folders of one host.
fn two_folders(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    page.see("已保存")?;
    let first = page.eval("return tcPrefix")?;
    // The same build a folder further down.
    let mut build = page.build();
    build.copy_below("v2/");
    page.site().deploy(build);
    page.goto("v2/index.html")?;
    see_doors(page)?;
    assert_ne!(page.eval("return tcPrefix")?, first);
    page.click("link", "新建本镇")?;
    page.goto("")?;
    see_town(page)
}

/// What copies before kept for all of the host is taken over by the one it belongs to.
fn taken_over(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    new_town(page)?;
    page.see("已保存")?;
    let mut build = page.build();
    build.copy_below("v2/");
    build.copy_below("v3/");
    page.site().deploy(build);
    let back_to_shared = "
      for (const key of Object.keys(localStorage)) if (key.startsWith(arguments[0])) {
        localStorage.setItem('tc.' + key.slice(arguments[0].length), localStorage.getItem(key));
        localStorage.removeItem(key);
      }";
    let prefix = page.eval("return tcPrefix")?;
    page.goto("rescue.js")?;
    page.eval_with(back_to_shared, prefix.clone())?;
    // Another folder leaves it to the one whose traces are there.
    if page.eval("return Boolean(indexedDB.databases)")? == true {
        page.goto("v2/index.html")?;
        see_doors(page)?;
    }
    page.goto("")?;
    see_town(page)?;
    assert_eq!(
        page.eval("return localStorage.getItem('tc.canary')")?,
        serde_json::Value::Null
    );
    page.reload()?;
    see_town(page)?;
    // Where nobody left traces, neither files for offline use nor a database, the first to start that has
    // no store of its own takes it.
    forget_second(page)?;
    page.eval(
        "return Promise.all([
           navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister()))),
           caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))),
         ]).then(() => null)",
    )?;
    page.eval_with(back_to_shared, prefix)?;
    page.eval("localStorage.removeItem('tc.head.A')")?;
    page.goto("v3/index.html")?;
    see_town(page)
}
