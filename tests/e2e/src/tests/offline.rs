//! Offline use and updates: always one whole build, never parts of two.

use crate::deployment::MARK;
use crate::driver::Outcome;
use crate::page::Page;
use crate::runner::Test;
use std::time::Duration;

pub const TESTS: &[Test] = &[
    Test::all(
        "offline: after the first visit the page opens without a network",
        opens_offline,
    ),
    Test::all("offline: the sample opens without a network", sample_offline),
    Test::all("offline: a broken upload leaves the old build in place", broken_upload),
    Test::current(
        "offline: a new build waits until it is asked for, then loads once",
        update,
    ),
    Test::current("offline: files the browser dropped are fetched again", repair),
    Test::current(
        "offline: where the browser dropped all files a sentence stands in their place",
        all_dropped,
    ),
    Test::all("offline: an unfinished first upload is not called ready", broken_first),
];

const LIMIT: Duration = Duration::from_secs(20);

/// Service workers need a secure context; every engine here counts this host as one.
fn wait_offline_ready(page: &mut Page) -> Outcome<()> {
    page.wait_for("the page can be used offline", LIMIT, |page| {
        Ok(page.eval("return window.tcOffline")? == "ready")
    })
}

/// The mark of the build that is shown.
fn shown(page: &mut Page) -> Outcome<String> {
    Ok(page.eval(MARK)?.as_str().unwrap_or_default().to_owned())
}

/// Asks the browser to look for a new build now, as it does by itself from time to time.
fn look_for_update(page: &mut Page) -> Outcome<()> {
    page.eval(
        "return navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => null, () => null)",
    )
    .map(drop)
}

fn opens_offline(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    wait_offline_ready(page)?;
    page.site().set_online(false);
    page.reload()?;
    page.reload()?;
    assert_eq!(shown(page)?, "");
    wait_offline_ready(page)
}

fn all_dropped(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    wait_offline_ready(page)?;
    // First the network, so that nothing is fetched again meanwhile.
    page.site().set_online(false);
    page.wait_until(
        "no file is kept",
        "return caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))).then(() => names.length === 0))",
    )?;
    page.goto("?again")?;
    page.see("现在打不开天城党建")?;
    page.site().set_online(true);
    page.open("")
}

fn sample_offline(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    wait_offline_ready(page)?;
    page.site().set_online(false);
    page.open("?sample#/map")?;
    wait_offline_ready(page)
}

fn broken_upload(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    wait_offline_ready(page)?;
    for html in [false, true] {
        let mut next = page.build().next_build("broken");
        let wasm = next.path_like("page-", ".wasm");
        if html {
            next.damage(&wasm);
        } else {
            next.remove(&wasm);
        }
        page.site().deploy(next);
        look_for_update(page)?;
        std::thread::sleep(Duration::from_millis(600));
        page.reload()?;
        assert_eq!(shown(page)?, "");
        assert_eq!(page.eval("return window.tcUpdate")?, false);
    }
    page.site().set_online(false);
    page.reload()?;
    wait_offline_ready(page)
}

fn update(page: &mut Page) -> Outcome<()> {
    page.open("?sample")?;
    wait_offline_ready(page)?;
    let next = page.build().next_build("new");
    page.site().deploy(next);
    look_for_update(page)?;
    page.wait_for("the new build is told", LIMIT, |page| {
        Ok(page.eval("return window.tcUpdate")? == true)
    })?;
    page.reload()?;
    assert_eq!(shown(page)?, "", "a reload alone keeps the build");
    page.wait_for("the waiting build is told again", LIMIT, |page| {
        Ok(page.eval("return window.tcUpdate")? == true)
    })?;
    page.eval("sessionStorage.setItem('loads', '0'); window.tcApplyUpdate()")?;
    page.wait_for("the new build is shown", LIMIT, |page| Ok(shown(page)? == "new"))?;
    page.wait_ready()?;
    page.eval("window.still = true")?;
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(page.eval("return window.still")?, true, "it loaded more than once");
    assert_eq!(page.eval("return location.search")?, "?sample");
    page.site().set_online(false);
    page.reload()?;
    assert_eq!(shown(page)?, "new");
    let builds = page.eval("return caches.keys().then((names) => names.length)")?;
    assert_eq!(builds, 1, "the old build is gone");
    Ok(())
}

fn repair(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    wait_offline_ready(page)?;
    page.eval(
        "return caches.keys().then((names) => caches.open(names[0])).then((cache) =>
           cache.keys().then((requests) => Promise.all(requests.filter((request) => /wasm$/.test(request.url)).map((request) => cache.delete(request)))).then(() => null))",
    )?;
    page.reload()?;
    wait_offline_ready(page)?;
    page.site().set_online(false);
    page.reload()
}

fn broken_first(page: &mut Page) -> Outcome<()> {
    let mut build = page.build();
    build.remove("icon-512.png");
    page.site().set_html_for_missing(true);
    page.site().deploy(build);
    page.open("")?;
    page.wait_for("the failure is told", LIMIT, |page| {
        Ok(page.eval("return window.tcOffline")? == "failed")
    })
}
