//! The page starts everywhere, asks nobody else for anything, and says so plainly where it cannot start.

use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use serde_json::{Value, json};

pub const TESTS: &[Test] = &[
    Test::all("start: the page gets ready", gets_ready),
    Test::all("start: no request leaves the origin", stays_home),
    Test::all("start: the policy forbids what the page does not need", policy_holds),
    Test::all(
        "start: without WebAssembly a plain page says what to do",
        without_webassembly,
    ),
    Test::current("start: an old engine's message replaces the splash", too_old),
    Test::all("start: a missing file is told, not a white page", missing_file),
    Test::current("start: a style sheet that does not come stops nothing", without_style),
    Test::current("start: what is measured fits the text size", measures_styled),
    Test::all("start: stored data can be saved after the page stopped", rescue),
];

fn gets_ready(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    let title = page.eval("return document.title")?;
    assert!(
        title.as_str().is_some_and(|title| title.contains("天城党建")),
        "{title}"
    );
    let splash = page.all(By::Css("#splash"))?;
    assert!(splash.is_empty(), "the splash is still seen");
    let missing: Vec<_> = page
        .site()
        .requests()
        .into_iter()
        .filter(|request| request.status != 200)
        .collect();
    assert!(missing.is_empty(), "asked for what is not there: {missing:?}");
    Ok(())
}

fn stays_home(page: &mut Page) -> Outcome<()> {
    page.open("?sample")?;
    let entries = page.eval("return performance.getEntriesByType('resource').map((entry) => entry.name)")?;
    let origin = page.site().origin();
    let foreign: Vec<&Value> = entries
        .as_array()
        .into_iter()
        .flatten()
        .filter(|name| {
            name.as_str()
                .is_some_and(|name| name.starts_with("http") && !name.starts_with(&origin))
        })
        .collect();
    assert!(foreign.is_empty(), "asked elsewhere: {foreign:?}");
    let outside: Vec<_> = page
        .site()
        .requests()
        .into_iter()
        .filter(|request| !request.path.starts_with(crate::site::FOLDER))
        .collect();
    // Browsers look for a favicon at the root by themselves when a page names none they know.
    let outside: Vec<_> = outside
        .into_iter()
        .filter(|request| request.path != "/favicon.ico")
        .collect();
    assert!(outside.is_empty(), "asked outside its folder: {outside:?}");
    Ok(())
}

/// Violations on the way to ready fail every test; here it is shown that the policy is in force at all.
fn policy_holds(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    page.allow_problems("csp:");
    page.allow_problems("error:");
    let body = "
        let inline = false;
        const script = document.createElement('script');
        script.textContent = 'window.inlineRan = true';
        document.head.appendChild(script);
        inline = window.inlineRan === true;
        const fetched = await fetch('http://127.0.0.1:9/').then(() => true, () => false);
        return [inline, fetched];";
    let result = page.eval(&format!("return (async () => {{ {body} }})()"))?;
    assert_eq!(result, json!([false, false]));
    page.wait_for("a violation is reported", std::time::Duration::from_secs(5), |page| {
        Ok(page
            .site()
            .problems()
            .iter()
            .any(|problem| problem.contains("connect-src")))
    })
}

fn without_webassembly(page: &mut Page) -> Outcome<()> {
    let mut build = page.build();
    build.put_script_first("e2e-without.js", "delete window.WebAssembly;");
    page.site().deploy(build);
    page.goto("")?;
    page.see("这个浏览器打不开天城党建")?;
    page.see("切换到极速模式")?;
    assert!(page.all(By::Text("正在打开"))?.is_empty());
    Ok(())
}

fn too_old(page: &mut Page) -> Outcome<()> {
    let mut build = page.build();
    build.put_script_first("e2e-without.js", "WebAssembly.validate = () => false;");
    page.site().deploy(build);
    page.goto("")?;
    page.find(By::Role("heading", "这个浏览器打不开天城党建"))?;
    assert!(page.all(By::Css("#splash"))?.is_empty());
    Ok(())
}

fn missing_file(page: &mut Page) -> Outcome<()> {
    page.allow_problems("");
    let mut build = page.build();
    let wasm = build.path_like("page-", ".wasm");
    build.remove(&wasm);
    page.site().deploy(build);
    page.goto("")?;
    page.find(By::Role("alertdialog", "页面没有打开"))?;
    page.find(By::Role("button", "导出本机数据"))?;
    page.find(By::Role("button", "重新打开")).map(drop)
}

fn without_style(page: &mut Page) -> Outcome<()> {
    page.allow_problems("");
    let mut build = page.build();
    build.remove(&build.path_like("app-", ".css"));
    page.site().deploy(build);
    page.open("?sample")?;
    page.find(By::Role("link", "地图")).map(drop)
}

/// The program begins before the style sheet is there.
fn measures_styled(page: &mut Page) -> Outcome<()> {
    page.set_viewport(1366, 768)?;
    page.open("?sample")?;
    for (size, width) in [("huge", "mid"), ("standard", "wide")] {
        page.eval_with("localStorage.setItem(tcPrefix + 's.size', arguments[0])", json!(size))?;
        page.reload()?;
        let measured = page.eval("return document.documentElement.dataset.width")?;
        assert_eq!(measured, json!(width), "{size}");
    }
    Ok(())
}

fn rescue(page: &mut Page) -> Outcome<()> {
    page.open("")?;
    page.eval("localStorage.setItem(tcPrefix + 'e2e', '<b>一</b>'); localStorage.setItem('other', 'stays'); tcPanic('<img src=x> 出错');")?;
    page.find(By::Role("alertdialog", "页面出错，已停止运行"))?;
    page.see("<img src=x> 出错")?;
    if page.engine().can_select_text() {
        page.click("button", "显示为文本")?;
        let area = page.find(By::Role("textbox", "本机数据"))?;
        check_rescue(&page.value(&area)?);
    }
    if page.engine().has_downloads() {
        page.click("button", "导出本机数据")?;
        let file = page.wait_download("本机数据")?;
        let text = std::fs::read_to_string(&file).map_err(|error| error.to_string())?;
        check_rescue(&text);
    }
    Ok(())
}

fn check_rescue(text: &str) {
    let saved: Value = serde_json::from_str(text).expect("the saved file is JSON");
    assert_eq!(saved["format"], "tiancheng-raw-1");
    assert_eq!(saved["keys"]["tc.e2e"], "<b>一</b>");
    assert!(saved["keys"]["other"].is_null(), "keys of others are not saved");
}
