//! A folder that several computers share. The browser's own private folder stands in for one on the disk: the page
//! cannot tell them apart.

use super::exchange::{add_talk, another_browser, backup};
use super::make_town as town;
use crate::driver::Outcome;
use crate::engine::Engine;
use crate::page::{By, Page};
use crate::runner::Test;
use serde_json::json;

pub const TESTS: &[Test] = &[
    Test::all(
        "folder: what others write arrives once it is whole, what is saved is written, and a pause holds",
        to_and_fro,
    ),
    Test::current(
        "folder: it goes on after the page was closed, and says when folder or permission are gone",
        resumed,
    ),
    Test::current("folder: what came in is listed, withdrawn, and stays away", withdrawn),
];

/// Helpers in the page: a folder to choose, and a hand that works in it from outside.
const HELPERS: &str = "
    window.theFolder = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('镇里共享', { create: true });
    window.showDirectoryPicker = window.theFolder;
    window.putFile = async (name, text) => {
      const file = await (await window.theFolder()).getFileHandle(name, { create: true });
      const stream = await file.createWritable();
      await stream.write(text);
      await stream.close();
    };
    window.texts = async () => {
      const all = {};
      for await (const [name, file] of (await window.theFolder()).entries()) all[name] = await (await file.getFile()).text();
      return all;
    };";

/// Puts a file into the folder: name, text.
pub const PUT: &str = "return window.putFile(arguments[0][0], arguments[0][1])";

/// Puts the helpers into the page; once more after each loading.
pub fn help(page: &mut Page) -> Outcome<()> {
    page.eval(HELPERS).map(drop)
}

/// Whether this engine can share a folder; where it cannot, as this build of Chromium 86, checks that the page says so.
fn can_share(page: &mut Page) -> Outcome<bool> {
    if !matches!(page.engine(), Engine::Firefox | Engine::Webkit | Engine::Chromium86) {
        return Ok(true);
    }
    page.open("?today=2022-11-22#/merge")?;
    page.see("这个浏览器不能直接读写文件夹")?;
    assert!(page.all(By::Role("button", "选择共享文件夹…"))?.is_empty());
    Ok(false)
}

fn choose(page: &mut Page) -> Outcome<()> {
    page.goto("?today=2022-11-22#/merge")?;
    help(page)?;
    page.click("button", "选择共享文件夹…")?;
    page.see("上次同步")
}

/// Has the page look now; it does so whenever the network comes back.
pub fn look(page: &mut Page) -> Outcome<()> {
    page.eval("window.dispatchEvent(new Event('online'))").map(drop)
}

fn put(page: &mut Page, name: &str, text: &str) -> Outcome<()> {
    page.eval_with(PUT, json!([name, text]))?;
    look(page)
}

/// Waits until a file that the page wrote holds these words.
fn written(page: &mut Page, words: &str) -> Outcome<()> {
    page.eval_with("window.words = arguments[0]", json!(words))?;
    page.wait_until(
        "the page wrote it into the folder",
        "return window.texts().then((all) => Object.entries(all).some(([name, text]) => name.includes('_共享_') && text.includes(window.words)))",
    )
}

/// The file of another computer: a town with one talk.
fn others_file(page: &mut Page, place: &str) -> Outcome<String> {
    town::found(page)?;
    add_talk(page, Some("寺前村"), place)?;
    let file = backup(page)?;
    another_browser(page)?;
    std::fs::read_to_string(file).map_err(|error| error.to_string())
}

fn to_and_fro(page: &mut Page) -> Outcome<()> {
    if !can_share(page)? {
        return Ok(());
    }
    let whole = others_file(page, "三组")?;
    let half: String = whole.chars().take(whole.chars().count() / 2).collect();
    choose(page)?;
    put(page, "天城镇_共享_aBc_0001.json", &half)?;
    put(page, "工作总结.json", "{\"a\":1}")?;
    page.click("button", "查看文件夹里的")?;
    page.see("还没有传完")?;
    assert!(page.all(By::Text("工作总结"))?.is_empty(), "somebody else's file");
    put(page, "天城镇_共享_aBc_0001.json", &whole)?;
    page.see("已读取")?;
    page.see("收到")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("三组")?;
    add_talk(page, Some("河田村"), "四组")?;
    written(page, "四组")?;
    let kept = page.eval_with(
        "return window.texts().then((all) => all['天城镇_共享_aBc_0001.json'] === arguments[0])",
        json!(whole),
    )?;
    assert_eq!(kept, json!(true), "another's file is as it was");

    page.goto("?today=2022-11-22#/merge")?;
    page.click("button", "暂停同步")?;
    page.see("已暂停")?;
    add_talk(page, Some("河田村"), "五组")?;
    page.goto("?today=2022-11-22#/merge")?;
    look(page)?;
    page.see("已暂停")?;
    page.reload()?;
    help(page)?;
    page.see("已暂停")?;
    let early = page.eval("return window.texts().then((all) => JSON.stringify(all).includes('五组'))")?;
    assert_eq!(early, json!(false), "written although paused");
    page.click("button", "继续同步")?;
    page.see("上次同步")?;
    written(page, "五组")
}

fn resumed(page: &mut Page) -> Outcome<()> {
    if !can_share(page)? {
        return Ok(());
    }
    town::found(page)?;
    choose(page)?;
    written(page, "寺前村")?;
    // After the page was closed it goes on by itself, on any page.
    page.goto("?today=2022-11-22#/")?;
    page.reload()?;
    help(page)?;
    add_talk(page, Some("寺前村"), "三组")?;
    written(page, "三组")?;
    // The browser wants to ask again.
    page.eval(
        "FileSystemHandle.prototype.queryPermission = async () => window.answer;
         FileSystemHandle.prototype.requestPermission = async () => (window.answer = 'granted');
         window.answer = 'prompt'",
    )?;
    look(page)?;
    page.see("共享文件夹需要再次允许访问")?;
    page.click("button", "继续同步")?;
    page.wait_gone(By::Text("共享文件夹需要再次允许访问"))?;
    page.goto("?today=2022-11-22#/merge")?;
    page.see("上次同步")?;
    page.eval("window.answer = 'denied'")?;
    look(page)?;
    page.see("浏览器不让访问共享文件夹")?;
    page.eval("window.answer = 'granted'")?;
    look(page)?;
    page.wait_gone(By::Text("浏览器不让访问共享文件夹"))?;
    // The disk is pulled out.
    page.eval(
        "return navigator.storage.getDirectory().then((root) => root.removeEntry('镇里共享', { recursive: true }))",
    )?;
    look(page)?;
    page.see("找不到共享文件夹")?;
    page.find(By::Role("button", "重新选择文件夹…"))?;
    page.eval("return window.theFolder().then(() => null)")?;
    page.click("button", "再试一次")?;
    page.wait_gone(By::Text("找不到共享文件夹"))?;
    page.see("上次同步")?;
    put(page, "天城镇_共享_aBc_0001.json", "{")?;
    page.click("button", "不再共享")?;
    page.find(By::Role("button", "选择共享文件夹…"))?;
    let left = page.eval("return window.texts().then((all) => Object.keys(all).length)")?;
    assert_eq!(left, json!(1), "its files stay");
    page.reload()?;
    page.find(By::Role("button", "选择共享文件夹…")).map(drop)
}

fn withdrawn(page: &mut Page) -> Outcome<()> {
    if !can_share(page)? {
        return Ok(());
    }
    let file = others_file(page, "三组")?;
    choose(page)?;
    put(page, "天城镇_共享_aBc_0001.json", &file)?;
    page.goto(super::exchange::LOG)?;
    page.see("共享文件夹，1 个文件")?;
    page.click_by(By::Text("由谁写出"))?;
    page.see("天城镇_共享_aBc_0001.json")?;
    page.click("button", "撤回")?;
    page.see("已撤回这次合并")?;
    page.goto("?today=2022-11-22#/")?;
    page.reload()?;
    help(page)?;
    page.goto("?today=2022-11-22#/merge")?;
    page.see("上次同步")?;
    page.goto(super::exchange::LOG)?;
    page.see("已撤回")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("夜话台账还没有记录")?;
    page.goto(super::exchange::LOG)?;
    page.click("button", "恢复")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("三组")
}
