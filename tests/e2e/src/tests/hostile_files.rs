//! Files that nobody honest sends, and files that were harmed on their way.

use super::exchange::{choose, stored};
use super::make_town::found;
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use std::path::PathBuf;
use tiancheng::exchange::file::{Header, MAX_BYTES, write_file};
use tiancheng::exchange::{Purpose, Scope};
use tiancheng::model::date::Instant;

pub const TESTS: &[Test] = &[
    Test::current(
        "hostile: files that are not what they should be are refused in words, and nothing is changed",
        refused,
    ),
    Test::all("hostile: text from a file is shown as text", shown_as_text),
];

/// A file of these changes with a true checksum.
fn file(changes: &str) -> String {
    let header = Header {
        town: "天城镇".into(),
        purpose: Purpose::Report,
        scope: Scope::all(),
        exported_by: "k3f9".into(),
        exported_at: Instant(1_669_080_600),
    };
    write_file(&header, &[], changes)
}

/// One change to one talk, with these fields and whatever follows them.
fn change(fields: &str, rest: &str) -> String {
    format!(
        "[\n{{\"at\":\"2022-03-05T09:12:00Z\",\"by\":\"k3f9\",\"id\":\"k3f9Qw2xZ1a.1\",\"set\":{{\"r1\":{{\"ledger\":\"night_talk\",\"unit\":\"421223100201\",\"fields\":{{{fields}}}{rest}}}}}}}\n]"
    )
}

/// Name, content, and what the page says.
fn harmful() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let good = file(&change("\"place\":\"三组\"", ""));
    let many: Vec<String> = (0..20_000).map(|n| format!("\"a{n}\":1")).collect();
    let many = format!(",\"over\":{{\"place\":{{{}}}}}", many.join(","));
    let own = ",\"over\":{\"place\":{\"k3f9Qw2xZ1a\":1}}";
    let place = "\"place\":\"三组\"";
    let number = |number: &str| file(&change(&format!("\"masses\":{number}"), "")).into_bytes();
    let utf16 = good.encode_utf16().flat_map(u16::to_le_bytes);
    vec![
        ("五十兆.json", vec![b' '; MAX_BYTES + 1], "超过 48 兆"),
        ("嵌套.json", vec![b'['; 1_000_000], "不是本系统导出的数据文件"),
        (
            "套在里面.json",
            file(&change(&format!("\"place\":{}{}", "[".repeat(40), "]".repeat(40)), "")).into_bytes(),
            "嵌套太深",
        ),
        (
            "重复键.json",
            file(&change(&format!("{place},{place}"), "")).into_bytes(),
            "字段重复",
        ),
        ("非数.json", number("NaN"), "不是有效的数据格式"),
        ("太大.json", number("1e999"), "行"),
        ("不准.json", number("9007199254740993"), "整数太大"),
        ("宽字符.json", [0xff, 0xfe].into_iter().chain(utf16).collect(), "UTF-16"),
        (
            "国标.json",
            b"{\"town\":\"\xcc\xec\xb3\xc7\"}".to_vec(),
            "编码不是 UTF-8",
        ),
        ("半截.json", good.as_bytes()[..good.len() / 2].to_vec(), "文件不完整"),
        ("改过.json", good.replace("三组", "四组").into_bytes(), "校验不符"),
        (
            "看到自己.json",
            file(&change(place, own)).into_bytes(),
            "声称已看到自己",
        ),
        ("两万人.json", file(&change(place, &many)).into_bytes(), "取代关系太多"),
        (
            "新版.json",
            good.replace("\"minReader\":1", "\"minReader\":99").into_bytes(),
            "请先更新",
        ),
        ("压缩包.json", b"PK\x03\x04".to_vec(), "不是本系统导出的数据文件"),
    ]
}

fn refused(page: &mut Page) -> Outcome<()> {
    found(page)?;
    page.goto("?today=2022-11-22#/merge")?;
    page.find(By::Role("heading", "合并收到的文件"))?;
    let before = stored(page)?;
    let harmful = harmful();
    let files: Outcome<Vec<PathBuf>> = harmful.iter().map(|(name, bytes, _)| page.file(name, bytes)).collect();
    choose(page, &files?)?;
    for (name, _, told) in &harmful {
        let row = page.eval_with(
            "const row = Array.from(document.querySelectorAll('main tbody tr')).find((row) => row.cells[0].textContent.trim() === arguments[0]); return row ? row.textContent : ''",
            (*name).into(),
        )?;
        let row = row.as_str().unwrap_or_default();
        assert!(row.contains("拒收") && row.contains(told), "{name}: {row}");
    }
    page.see("没有可合并的内容")?;
    assert_eq!(stored(page)?, before);
    page.click("button", "取消")?;
    page.wait_gone(By::Role("heading", "合并预览"))?;
    assert_eq!(stored(page)?, before);
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("夜话台账还没有记录")
}

fn shown_as_text(page: &mut Page) -> Outcome<()> {
    found(page)?;
    let texts = "\"date\":\"2022-11-02\",\"kind\":\"bay\",\"place\":\"<img src=x onerror='window.harmed=1'>__proto__\",\"topic\":\"=HYPERLINK(\\\"http://a\\\")\\u202e\\u0000\"";
    let file = page.file(
        "<b>文件</b>.json".replace(['<', '>', '/'], "_").as_str(),
        file(&change(texts, "")).as_bytes(),
    )?;
    choose(page, &[file])?;
    page.click("button", "合并 1 个文件")?;
    page.see("已合并 1 个文件")?;
    page.goto("?today=2022-11-22#/l/night_talk")?;
    page.see("<img src=x onerror='window.harmed=1'>__proto__")?;
    page.click_by(By::Css("tbody tr a.row-link"))?;
    page.see("=HYPERLINK")?;
    let harm = page.eval("return Boolean(window.harmed) || document.querySelectorAll('main img, main b img').length > 0 || Object.keys(Object.prototype).length > 0")?;
    assert_eq!(harm, false);
    Ok(())
}
