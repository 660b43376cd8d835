//! The daily copies: made in a quiet moment, listed, and handed to the preview of a merge.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::use_shell;
use super::components::button::{Button, ButtonKind};
use super::components::message::EmptyState;
use super::components::portion::portion;
use super::state::AppStore;
use crate::browser::copies;
use crate::browser::files::download;
use crate::browser::local::LocalKeyValue;
use crate::browser::share::app;
use crate::browser::tabs::one_after_another;
use crate::browser::turns::Frames;
use crate::exchange::daily::{Daily, surplus};
use crate::exchange::writing::export_in_turns;
use crate::storage::second::{HELD_MS, released};
use crate::turns::Turns;
use crate::view::format;
use crate::view::leaving::handed;
use crate::view::portion::ROWS;
use crate::view::route::{Address, Route, key};

/// Windows make the day's copy one after the other; the first leaves nothing to do for the rest.
const LOCK: &str = "tiancheng daily";

/// Makes the day's copy if it is still due.
pub fn make(town: AppStore) {
    one_after_another(LOCK, move || {
        if !town.read_untracked(|desk| desk.wants_daily()) {
            return;
        }
        let before = town.update(|desk| desk.claim_daily());
        let (records, order) = town.read_untracked(|desk| desk.daily_order());
        spawn_local(async move {
            let frames = Frames::begin();
            let written = export_in_turns(&records, &order, Turns::by(&frames)).await;
            drop(records);
            let copy = town.read_untracked(|desk| desk.daily(&written));
            if keep(&copy, &written.text).await {
                town.copies.update(|count| *count += 1);
            } else {
                town.update(|desk| desk.unclaim_daily(before.as_deref()));
            }
        });
    });
}

/// Lets go of saves that the second place has held long enough.
pub fn release() {
    spawn_local(async {
        let Ok(first) = LocalKeyValue::open() else { return };
        if let Ok(old) = copies::aged(HELD_MS).await
            && let Ok(free) = released(&first, &old)
            && !free.is_empty()
        {
            // What cannot go now goes another time.
            let _ = copies::release(&free).await;
        }
    });
}

/// Keeps a copy and takes away what is no longer needed; where there is no room, older ones go first.
async fn keep(copy: &Daily, text: &str) -> bool {
    while copies::keep(copy, text).await.is_err() {
        let oldest = copies::list().await.ok().and_then(|mut all| all.pop());
        match oldest {
            Some(oldest) if copies::remove(&[oldest.key()]).await.is_ok() => {}
            _ => return false,
        }
    }
    if let Ok(all) = copies::list().await {
        // What cannot be taken away now is tried again with the next copy.
        let _ = copies::remove(&surplus(&all, &copy.install)).await;
    }
    true
}

/// What the second place holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Being read.
    Reading,
    /// The copies, newest first.
    All(Vec<Daily>),
    /// The browser gives no second place.
    Refused,
}

/// The copies as they stand; read again whenever one comes or goes.
pub fn kept(town: AppStore) -> RwSignal<Kept> {
    let kept = RwSignal::new(Kept::Reading);
    Effect::new(move |_| {
        town.copies.track();
        spawn_local(async move {
            let now = match town.read_untracked(|desk| desk.is_sample()) {
                // Those of the town in this browser have nothing to do with the sample.
                true => Kept::All(Vec::new()),
                false => copies::list().await.map_or(Kept::Refused, Kept::All),
            };
            // The page may have been left meanwhile.
            let _ = kept.try_set(now);
        });
    });
    kept
}

/// Day and time, and what there is: `2022-11-22 09:30`.
pub fn when(copy: &Daily) -> String {
    let (_, hour, minute) = copy.at.office();
    format!("{} {hour:02}:{minute:02}", copy.day)
}

/// How much a copy holds and takes.
pub fn extent(copy: &Daily) -> String {
    let records = format::count(i64::try_from(copy.records).unwrap_or(i64::MAX));
    let size = format::count(i64::try_from(copy.size.div_ceil(1024)).unwrap_or(i64::MAX));
    format!("{records} 条记录，{size} KB")
}

/// Where the preview of restoring a copy is.
pub fn restoring(copy: &Daily) -> Address {
    Address::from(Route::Merge).with(key::COPY, &copy.key())
}

/// All copies with what can be done with each.
pub fn list(town: AppStore, kept: RwSignal<Kept>) -> AnyView {
    let part = move || match kept.get() {
        Kept::Reading => view! { <p class="small muted" role="status" aria-busy="true">"正在查看…"</p> }.into_any(),
        Kept::Refused => view! {
            <EmptyState why="这个浏览器不让本页面另存快照（可能是无痕模式，或空间不足）。请改用导出备份，存到别处。" />
        }
        .into_any(),
        Kept::All(all) if all.is_empty() && town.read_untracked(|desk| desk.is_sample()) => view! {
            <EmptyState why="示例数据不留快照。" />
        }
        .into_any(),
        Kept::All(all) if all.is_empty() => view! {
            <EmptyState why="还没有快照。每天第一次修改之后，或新的一天打开本页时，自动留一份。" />
        }
        .into_any(),
        Kept::All(all) => {
            let own = town.read_untracked(|desk| desk.install());
            let frame = |rows| view! { <ul class="entries is-flat">{rows}</ul> }.into_any();
            portion(Signal::stored(all), ROWS, move |copy| row(town, copy, &own), frame)
        }
    };
    part.into_any()
}

fn row(town: AppStore, copy: Daily, own: &str) -> AnyView {
    let shell = use_shell();
    let when = when(&copy);
    let before = (copy.install != own).then_some("，清理数据以前的");
    let about = format!("{}{}", extent(&copy), before.unwrap_or_default());
    let compare = Address::from(Route::Compare).with(key::COPY, &copy.key());
    let restore = restoring(&copy);
    let (name, key) = (copy.name.clone(), copy.key());
    let of_file = key.clone();
    let save = move |()| save(town, of_file.clone(), name.clone());
    let remove = move |()| remove(town, key.clone());
    let label = |verb: &str| format!("{verb}：{when}");
    view! {
        <li class="entry" aria-label=when.clone()>
            <div><b>{when.clone()}</b> <span class="small muted">{about}</span></div>
            <div class="button-row">
                <a class=ButtonKind::Plain.class() href=compare.hash() aria-label=label("和现在对比")>"和现在对比"</a>
                <Button label="恢复".to_owned() on_press=move |()| shell.go(&restore) />
                <Button label="下载".to_owned() on_press=save />
                <Button label="删除".to_owned() on_press=remove />
            </div>
        </li>
    }
    .into_any()
}

/// Saves the file of a copy.
pub fn save(town: AppStore, key: String, name: String) {
    spawn_local(async move {
        let text = copies::read(&key).await.ok().flatten();
        let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
        let said = match text {
            Some(text) if download(&name, &text) => handed(&name, app()),
            Some(_) => "这个浏览器不让保存文件，请在系统浏览器中打开本页".to_owned(),
            None => "没有读出这份快照".to_owned(),
        };
        town.toasts.say(said, None);
    });
}

fn remove(town: AppStore, key: String) {
    spawn_local(async move {
        // So that it can be put back as it was.
        let line = copies::list()
            .await
            .ok()
            .and_then(|all| all.into_iter().find(|copy| copy.key() == key));
        let text = copies::read(&key).await.ok().flatten();
        let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
        if copies::remove(&[key]).await.is_err() {
            town.toasts.say("没有删除这份快照", None);
            return;
        }
        town.copies.update(|count| *count += 1);
        let undo = line.zip(text).map(|(copy, text)| {
            std::sync::Arc::new(move || {
                let (copy, text) = (copy.clone(), text.clone());
                spawn_local(async move {
                    if copies::keep(&copy, &text).await.is_err() {
                        town.toasts.say("没有放回这份快照", None);
                    }
                    town.copies.update(|count| *count += 1);
                });
            }) as super::components::toast::Undo
        });
        town.toasts.say("已删除快照", undo);
    });
}
