//! What came in with which file, and taking it back.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words;
use crate::browser::turns::Frames;
use crate::desk::Done;
use crate::desk::withdrawing::{as_if_reinstated, reinstate, withdraw};
use crate::exchange::Purpose;
use crate::exchange::sent::Sent;
use crate::model::date::Instant;
use crate::model::status::Status;
use crate::order::Arrange;
use crate::storage::{FROM_FOLDER, FROM_TABLE, FileSource, ImportInfo, ImportState};
use crate::turns::Turns;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::message::EmptyState;
use crate::ui::components::portion::{opened, portion};
use crate::ui::components::status::status_tag;
use crate::ui::hand_over::confirm;
use crate::ui::state::AppStore;
use crate::view::conflicts::{asks_twice, doubled};
use crate::view::exchange::{remnants, remnants_told};
use crate::view::folder::{device_name, moment};
use crate::view::leaving::{confirm_word, extent, records, standing};
use crate::view::portion::ROWS;
use crate::view::receipt;
use crate::view::route::{Address, Route, key};

/// Past imports, the latest first.
pub fn imports(town: AppStore) -> AnyView {
    let mut all = town.read(|desk| desk.store().imports());
    if all.is_empty() {
        return view! { <EmptyState why="还没有合并过文件。" /> }.into_any();
    }
    all.arrange_by(|a, b| (&b.meta.when, b.meta.sequence).cmp(&(&a.meta.when, a.meta.sequence)));
    let row = move |import| import_row(town, import);
    portion(Signal::stored(all), ROWS, row, IntoAny::into_any)
}

/// The names of a batch's files: the first two, and how many there are.
fn shortened(names: &str) -> String {
    let all: Vec<&str> = names.split('、').collect();
    match all.as_slice() {
        [first, second, _, ..] => format!("{first}、{second} 等 {} 个文件", all.len()),
        _ => names.to_owned(),
    }
}

fn import_row(town: AppStore, import: ImportInfo) -> AnyView {
    let when = Instant::parse(&import.meta.when).map_or_else(|| import.meta.when.clone(), moment);
    let purpose = Purpose::ALL
        .into_iter()
        .find(|p| p.code() == import.meta.purpose)
        .map_or("", Purpose::label);
    let from_folder = import.meta.purpose == FROM_FOLDER;
    let purpose = match import.meta.purpose.as_str() {
        FROM_FOLDER => "自动合并",
        FROM_TABLE => "表格导入",
        _ => purpose,
    };
    let name = match from_folder {
        true => format!("共享文件夹，{} 个文件", import.meta.files.len()),
        false => shortened(&import.meta.name),
    };
    let files = from_folder.then(|| sources(town, import.meta.files.clone()));
    let id = import.meta.id.clone();
    // What would stand twice, once that was looked for.
    let asked = RwSignal::new(String::new());
    let twice = {
        let id = id.clone();
        move || {
            let (words, id) = (asked.get(), id.clone());
            (!words.is_empty()).then(|| {
                view! {
                    <p class="form-note" role="alert">{words} "。"</p>
                    <p class="button-row">
                        <Button label="不恢复".to_owned() on_press=move |()| asked.set(String::new()) />
                        <Button label="仍然恢复".to_owned() on_press=move |()| toggle(town, id.clone(), false) />
                    </p>
                }
            })
        }
    };
    let act = match import.state {
        ImportState::Withdrawable => {
            view! { <Button label="撤回".to_owned() on_press=move |()| toggle(town, id.clone(), true) /> }.into_any()
        }
        ImportState::Withdrawn => {
            view! { <Button label="恢复".to_owned() on_press=move |()| look(town, id.clone(), asked) /> }.into_any()
        }
        ImportState::Settled => view! { <span class="small muted">"时间较久，不能再撤回"</span> }.into_any(),
    };
    let saves = format!("{} 次保存", records(import.meta.changes));
    let parts = [purpose, &when, &saves];
    let about: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let about = about.join("，");
    let withdrawn =
        (import.state == ImportState::Withdrawn).then(|| status_tag(Status::None, Some("已撤回".to_owned())));
    let from_table = import.meta.purpose == FROM_TABLE;
    let receipt = (!from_table && !import.meta.files.is_empty()).then(|| {
        let href = Address::from(Route::Receipt).with(key::IMPORT, &import.meta.id).hash();
        view! { <a class=ButtonKind::Plain.class() href=href>"打印回执"</a> }
    });
    view! {
        <div class="setting">
            <span>{name} " " <span class="small muted">{about}</span> {withdrawn} {files}</span>
            <span class="button-row">{receipt} {act}</span>
        </div>
        {twice}
    }
    .into_any()
}

/// Brings a withdrawn import back; first asks where records would stand twice.
fn look(town: AppStore, id: String, asked: RwSignal<String>) {
    spawn_local(async move {
        let frames = Frames::begin();
        let doubles = as_if_reinstated(&town, &id, Turns::by(&frames)).await;
        let doubles = doubles
            .map(|(before, after)| doubled(&before, &after))
            .unwrap_or_default();
        match doubles.is_empty() {
            true => toggle(town, id, false),
            false => asked.set(asks_twice(&doubles)),
        }
    });
}

/// Which files an entry of the shared folder is made of, and by whom; the latest first.
fn sources(town: AppStore, files: Vec<FileSource>) -> AnyView {
    let row = move |file: FileSource| {
        let by = town.read_untracked(|desk| device_name(desk.replica(), &file.by));
        let when = Instant::parse(&file.at).map(moment).unwrap_or_default();
        view! { <li>{file.name} <span class="small muted">{format!("{by}，{when}")}</span></li> }
    };
    let latest: Vec<FileSource> = files.into_iter().rev().collect();
    let list = move || {
        portion(Signal::stored(latest.clone()), ROWS, row, |rows| {
            view! { <ul>{rows}</ul> }.into_any()
        })
    };
    opened("", view! { <summary class="small">"由谁写出"</summary> }, false, list)
}

/// Files that left, the latest first, each with its receipt.
pub fn sent(town: AppStore) -> AnyView {
    let all = town.read(|desk| desk.sent());
    if all.is_empty() {
        return view! { <EmptyState why="还没有导出过文件。导出后可在这里打印回执。" /> }.into_any();
    }
    let row = move |sent: Sent| {
        let about = format!("{}，{}", receipt::title(&sent), extent(&sent));
        let waits = sent.waiting.then(|| {
            let key = sent.key();
            let label = confirm_word(&sent).to_owned();
            let said = status_tag(Status::Warn, Some(standing(&sent).to_owned()));
            view! { {said} " " <Button label on_press=move |()| confirm(town, Some(&key)) /> }
        });
        let href = Address::from(Route::Receipt).with(key::FILE, &sent.key()).hash();
        view! {
            <div class="setting">
                <span>{sent.name} " " <span class="small muted">{about}</span></span>
                {waits}
                <a class=ButtonKind::Plain.class() href=href>"打印回执"</a>
            </div>
        }
    };
    portion(Signal::stored(all), ROWS, row, IntoAny::into_any)
}

fn toggle(town: AppStore, id: String, is_counted: bool) {
    spawn_local(async move {
        let frames = Frames::begin();
        let remnants = || town.read_untracked(|desk| remnants(desk.replica()));
        let before = remnants();
        let (outcome, said) = match is_counted {
            true => (withdraw(&town, &id, Turns::by(&frames)).await, "已撤回这次合并"),
            false => (reinstate(&town, &id, Turns::by(&frames)).await, "已恢复这次合并"),
        };
        match outcome {
            Ok(()) => {
                town.note(&Done::default());
                let left = remnants_told(remnants().saturating_sub(before));
                town.toasts.say(format!("{said}{left}"), None);
            }
            Err(failure) => town.toasts.say(words(&failure.notice()), None),
        }
    });
}
