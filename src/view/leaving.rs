//! What is said of files on their way out: where a browser may keep them back, what has become of them, and what is
//! still to be done.

use super::format;
use crate::exchange::Purpose;
use crate::exchange::sent::{GONE, SEEN, Sent};
use crate::model::notice::Notice;

/// Windows that often keep files back, by a word of what the browser says it is; the first that fits counts, as many
/// name others as well.
const APPS: [(&str, &str); 14] = [
    ("wxwork", "企业微信"),
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Lark", "飞书"),
    ("Feishu", "飞书"),
    ("AlipayClient", "支付宝"),
    ("Weibo", "微博"),
    ("baiduboxapp", "百度"),
    ("NewsArticle", "今日头条"),
    ("aweme", "抖音"),
    ("HuaweiBrowser", "华为浏览器"),
    ("UCBrowser", "UC浏览器"),
    ("Quark", "夸克浏览器"),
    (" QQ/", "QQ"),
];

/// The window that often saves no files, by the browser's name of itself (`navigator.userAgent`); `None` for browsers
/// that do.
pub fn in_app(agent: &str) -> Option<&'static str> {
    // QQ writes its own name first in some of its windows.
    let agent = format!(" {agent}");
    APPS.iter()
        .find(|(word, _)| agent.contains(word))
        .map(|(_, name)| *name)
}

/// The way a file leaves the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The browser's downloads.
    Download,
    /// Another app on the device, such as a chat.
    Share,
    /// As text, for chats that refuse files.
    Copy,
    /// As a code on the screen, for a camera.
    Code,
}

/// The ways in which a file can leave, the one that works best first. `app` is the window that keeps files back, if the page
/// stands in one; `shares` says whether the device hands files to other apps; `tiny` whether a code may hold it.
pub fn ways(app: Option<&str>, shares: bool, tiny: bool) -> Vec<Way> {
    let order = match app {
        Some(_) => [Way::Copy, Way::Share, Way::Download, Way::Code],
        None => [Way::Share, Way::Download, Way::Copy, Way::Code],
    };
    let can = |way: &Way| match way {
        Way::Share => shares,
        Way::Code => tiny,
        Way::Download | Way::Copy => true,
    };
    order.into_iter().filter(can).collect()
}

/// The ways for what a person keeps: a file comes first where the browser saves files.
pub fn ways_to_keep(app: Option<&str>, shares: bool) -> Vec<Way> {
    let mut all = ways(app, shares, false);
    if app.is_none() {
        all.retain(|way| *way != Way::Download);
        all.insert(0, Way::Download);
    }
    all
}

/// What the button of a way says; `download` is what saving as a file is called there.
pub fn way_word(way: Way, download: &'static str) -> &'static str {
    match way {
        Way::Download => download,
        Way::Share => "转发给聊天",
        Way::Copy => "复制为文本",
        Way::Code => "出示二维码",
    }
}

/// What to know in such a window before anything is typed, told once on whatever page.
pub fn in_window(app: &str) -> Notice {
    let todo = if app.ends_with("浏览器") {
        "请换系统自带的浏览器或谷歌浏览器打开本页"
    } else {
        "请点右上角“···”，选“在浏览器打开”"
    };
    Notice::warning("", format!("在{app}里填的内容只留在{app}里，也可能存不下文件"), todo)
}

/// What to know in such a window before anything is handed over.
pub fn way_out(app: &str) -> String {
    if app.ends_with("浏览器") {
        return format!(
            "{app}可能存不下文件。请换系统自带的浏览器或谷歌浏览器打开本页；也可用“复制为文本”，粘贴到聊天里发出。"
        );
    }
    format!("{app}里可能存不下文件。请点右上角“···”，选“在浏览器打开”；也可用“复制为文本”，粘贴到聊天里发出。")
}

/// What is said after a file without further meaning was handed to the browser.
pub fn handed(name: &str, app: Option<&str>) -> String {
    match app {
        None => format!("已生成 {name}，请在下载文件夹里看到它"),
        Some(app) => format!("已请求保存 {name}，{app}可能没有存下；没有看到文件时，请在浏览器中打开本页再导出"),
    }
}

/// How much a file holds.
pub fn extent(sent: &Sent) -> String {
    format!("含 {} 条记录", records(sent.records()))
}

/// A count of records.
pub fn records(count: u64) -> String {
    format::count(i64::try_from(count).unwrap_or(i64::MAX))
}

/// What a file waits for, on every page until it is answered.
pub fn waits(sent: &Sent, app: Option<&str>) -> Notice {
    let report = sent.purpose == Purpose::Report.code();
    let what = format!("已准备 {}，{}", sent.name, extent(sent));
    let blocked = app.map_or_else(
        || "没有看到就是没有存下，请再导出一次".to_owned(),
        |app| format!("{app}可能没有存下，没有看到时请改用“复制为文本”或在浏览器中打开本页"),
    );
    match report {
        true => Notice::warning(GONE, what, "请把它发给镇党建办，发出后点“已发出”，才算上报"),
        false => Notice::warning(SEEN, what, format!("请在下载文件夹里看到它，再点“我已看到”。{blocked}")),
    }
}

/// How a file that left stands, for the list of exports: empty if there is nothing to say.
pub fn standing(sent: &Sent) -> &'static str {
    match (sent.waiting, sent.purpose == Purpose::Report.code()) {
        (false, _) => "",
        (true, true) => "已准备，等您确认已发出",
        (true, false) => "已准备，等您确认已看到",
    }
}

/// What the button says that confirms it.
pub fn confirm_word(sent: &Sent) -> &'static str {
    match sent.purpose == Purpose::Report.code() {
        true => "已发出",
        false => "我已看到",
    }
}
