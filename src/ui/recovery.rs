//! Stands in place of every page when the storage was found empty although this device had data.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{File, HtmlInputElement};

use super::app::use_shell;
use super::components::button::{Button, ButtonKind};
use super::components::card::{Card, Lede, Words};
use super::daily::{self, Kept};
use super::dom::next_id;
use super::state::{AppStore, use_store};
use crate::browser::files::bytes;
use crate::model::notice::Notice;
use crate::view::route::{Address, Route};

/// What happened, and the three ways on.
pub fn recovery() -> AnyView {
    let town = use_store();
    let shell = use_shell();
    let lost = town.read_untracked(|desk| desk.lost()).unwrap_or_default();
    let lede = vec![
        Words::Plain("这台设备以前保存过约 ".to_owned()),
        Words::Fact(format!("{lost} 次")),
        Words::Plain("，现在浏览器里".to_owned()),
        Words::Fact("一次也没有".to_owned()),
        Words::Plain("。常见原因是清理了浏览器数据。在选定之前不写入任何内容。".to_owned()),
    ];
    let go_to = move |to: Address| {
        // The address first, so that the page it was on is not built for a moment.
        shell.go(&to);
        town.update(|desk| desk.start_fresh());
        town.tidy_soon();
        town.refresh();
    };
    let go = move |route: Route| go_to(shell.address.read_untracked().go(route));
    view! {
        <Lede parts=Signal::stored(lede) />
        <div class="stack">
            {copies(town, go_to)}
            <div class="grid doors">
                <Card title="用备份恢复".to_owned() class="span-4">
                    <p>"手边有导出的备份，或别人手里有本镇的文件：导入后数据就回来了。"</p>
                    <p class="button-row">
                        <Button label="导入备份".to_owned() on_press=move |()| go(Route::Merge) />
                    </p>
                </Card>
                <Card title="用本机数据副本恢复".to_owned() class="span-4">
                    <p>"页面出错时导出过“本机数据”的，选择那个文件。"</p>
                    {raw_copy(town)}
                </Card>
                <Card title="重新开始".to_owned() class="span-4">
                    <p>"没有备份，或以前的数据不要了。"</p>
                    <p class="button-row">
                        <Button label="重新开始".to_owned() on_press=move |()| go(Route::Start) />
                    </p>
                </Card>
            </div>
        </div>
    }
    .into_any()
}

/// The daily copies that the second place still has, the newest first.
fn copies(town: AppStore, go_to: impl Fn(Address) + Copy + Send + Sync + 'static) -> AnyView {
    let kept = daily::kept(town);
    let part = move || {
        let Kept::All(all) = kept.get() else { return None };
        let rows = all.into_iter().enumerate().map(|(place, copy)| {
            let when = daily::when(&copy);
            let told = daily::extent(&copy);
            let to = daily::restoring(&copy);
            let (kind, word) = match place {
                0 => (ButtonKind::Main, format!("恢复最近的快照 {}", copy.day)),
                _ => (ButtonKind::Plain, format!("恢复 {} 的快照", copy.day)),
            };
            let (key, name) = (copy.key(), copy.name);
            let save = move |()| daily::save(town, key.clone(), name.clone());
            view! {
                <li class="entry" aria-label=when.clone()>
                    <div><b>{when.clone()}</b> <span class="small muted">{told}</span></div>
                    <div class="button-row">
                        <Button kind label=word on_press=move |()| go_to(to.clone()) />
                        <Button label="下载".to_owned() on_press=save />
                    </div>
                </li>
            }
        });
        let rows = rows.collect_view();
        let some = !rows.is_empty();
        some.then(|| {
            view! {
                <Card title="用每日快照恢复".to_owned()>
                    <p>"这个浏览器里另存的快照还在。先预览会恢复什么，确认后才写入。"</p>
                    <ul class="entries is-flat">{rows}</ul>
                </Card>
            }
        })
    };
    part.into_any()
}

/// A field that takes a raw copy of the storage back in.
pub fn raw_copy(town: AppStore) -> AnyView {
    let wrong = RwSignal::new(String::new());
    let take = move |file: File| {
        spawn_local(async move {
            let outcome = match bytes(&file).await {
                Ok(bytes) => restore(town, &file.name(), bytes),
                Err(_) => Err(Notice::error("", "没有读出这个文件", "请重新选择")),
            };
            match outcome {
                Ok(()) => {
                    wrong.set(String::new());
                    town.toasts.say("已恢复本机数据", None);
                    town.tidy_soon();
                    town.refresh();
                }
                Err(notice) => wrong.set(format!("{}，{}", notice.what, notice.todo)),
            }
        });
    };
    let id = next_id("raw");
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>"本机数据副本"</label>
            <input
                class="input"
                id=id
                type="file"
                on:change=move |event| {
                    let input: HtmlInputElement = event_target(&event);
                    if let Some(file) = input.files().and_then(|files| files.get(0)) {
                        take(file);
                    }
                    input.set_value("");
                }
            />
            <p class="field-error" role="alert" hidden=move || wrong.read().is_empty()>{move || wrong.get()}</p>
        </div>
    }
    .into_any()
}

fn restore(town: AppStore, name: &str, bytes: Vec<u8>) -> Result<(), Notice> {
    let text = String::from_utf8(bytes)
        .map_err(|_| Notice::error("", "这不是本系统的原始数据副本", "请选择导出的原始数据文件"))?;
    town.update(|desk| desk.restore_raw(name, &text))
}
