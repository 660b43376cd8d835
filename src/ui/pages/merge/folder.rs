//! The shared folder: choosing one, how it stands, its files.

use leptos::prelude::*;

use crate::browser::folder::supported;
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::portion::portion;
use crate::ui::components::status::status_tag;
use crate::ui::sharing::{Shared, shared};
use crate::ui::state::AppStore;
use crate::view::folder::{FileRow, Sharing};
use crate::view::portion::ROWS;

/// Query key of this card; with [`FILES`] its list of files is open.
const KEY: &str = "folder";
const FILES: &str = "files";

/// The card's content.
pub fn folder(town: AppStore) -> AnyView {
    if !town.read_untracked(|desk| desk.can_share()) {
        return view! { <p class="small muted">"这里的数据不存入本机，所以不读写文件夹。"</p> }.into_any();
    }
    if !supported() {
        return view! {
            <p class="small muted">
                "这个浏览器不能直接读写文件夹。电脑上的谷歌浏览器、微软 Edge 以及同类的新版浏览器可以。用聊天或U盘互传文件，在本页合并，结果一样，只是要自己动手。"
            </p>
        }
        .into_any();
    }
    let service = shared(town);
    let state = service.state.clone();
    let off = Memo::new(move |_| state.get() == Sharing::Off);
    let kept = service.clone();
    (move || match off.get() {
        true => begin(kept.clone()),
        false => at_work(town, kept.clone()),
    })
    .into_any()
}

fn begin(service: Shared) -> AnyView {
    view! {
        <p class="small muted">
            "几台电脑共用一个文件夹，不用再来回发文件：可以是局域网里的共享盘，也可以是网盘、同步软件在各台电脑上保持一致的文件夹。各自的修改自动写进去，别人的修改自动合并进来，谁先谁后都不会丢。"
        </p>
        <p class="small muted">"文件夹里是全部台账，能打开这个文件夹的人都看得到。"</p>
        <p class="button-row"><Button label="选择共享文件夹…".to_owned() on_press=move |()| service.choose() /></p>
    }
    .into_any()
}

fn at_work(town: AppStore, service: Shared) -> AnyView {
    let name = town
        .read(|desk| desk.folder())
        .map(|kept| kept.folder)
        .unwrap_or_default();
    // Only the tag is read out: the time of every round would be too much.
    let tag = {
        let state = service.state.clone();
        Memo::new(move |_| {
            let (status, word, _) = state.get().words();
            (status, word)
        })
    };
    let tagged = move || {
        let (status, word) = tag.get();
        status_tag(status, Some(word.to_owned()))
    };
    let sentence = {
        let state = service.state.clone();
        move || state.get().words().2
    };
    let (state, go, stop) = (service.state.clone(), service.clone(), service.clone());
    let idle = Memo::new(move |_| matches!(state.get(), Sharing::Paused | Sharing::Asks | Sharing::Denied));
    let lost = {
        let state = service.state.clone();
        Memo::new(move |_| state.get() == Sharing::Gone)
    };
    let acts = move || {
        let (now, pause, again, anew) = (go.clone(), go.clone(), go.clone(), go.clone());
        match (idle.get(), lost.get()) {
            (true, _) => view! {
                <Button kind=ButtonKind::Main label="继续同步".to_owned() on_press=move |()| again.pause(false) />
            }
            .into_any(),
            (_, true) => view! {
                <Button label="再试一次".to_owned() on_press=move |()| now.go() />
                <Button label="重新选择文件夹…".to_owned() on_press=move |()| anew.choose() />
            }
            .into_any(),
            _ => view! {
                <Button label="立即同步".to_owned() on_press=move |()| now.go() />
                <Button label="暂停同步".to_owned() on_press=move |()| pause.pause(true) />
            }
            .into_any(),
        }
    };
    view! {
        <p><b>{name}</b> " " <span role="status">{tagged}</span> " " {sentence}</p>
        <p class="button-row">
            {acts}
            <Button label="不再共享".to_owned() on_press=move |()| stop.stop() />
        </p>
        {files(service)}
    }
    .into_any()
}

/// The files of the folder; whether they are shown stands in the address.
fn files(service: Shared) -> AnyView {
    let shell = use_shell();
    let open = Memo::new(move |_| shell.address.read().get(KEY) == Some(FILES));
    let rows = service.files.clone();
    let count = {
        let rows = rows.clone();
        move || rows.read().len()
    };
    let label = {
        let count = count.clone();
        move || match open.get() {
            true => "收起文件".to_owned(),
            false => match rows.read().iter().filter(|row| row.is_odd()).count() {
                0 => format!("查看文件夹里的 {} 个文件", count()),
                odd => format!("查看文件夹里的 {} 个文件，{odd} 个没有合并", count()),
            },
        }
    };
    let toggle = move |()| shell.refine_query(KEY, if open.get_untracked() { "" } else { FILES });
    let listed = move || {
        let (files, service) = (service.files.clone(), service.clone());
        let frame = |rows| view! { <ul class="entries is-flat" aria-label="文件夹里的文件">{rows}</ul> }.into_any();
        let row = move |row| file_row(&service, row);
        portion(Signal::derive(move || files.get()), ROWS, row, frame)
    };
    view! {
        <p class="button-row"><Button kind=ButtonKind::Link label=Signal::derive(label) on_press=toggle /></p>
        {move || open.get().then(&listed)}
    }
    .into_any()
}

fn file_row(service: &Shared, row: FileRow) -> AnyView {
    let parts = [row.by, row.when, row.note];
    let about: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let act = row.asks.then(|| {
        let (service, name) = (service.clone(), row.name.clone());
        let allow = move |()| service.allow(std::slice::from_ref(&name));
        view! { <Button label="核对无误，合并".to_owned() on_press=allow /> }
    });
    view! {
        <li class="entry">
            <div>{row.name} <span class="small muted">{about.join("，")}</span></div>
            {status_tag(row.status, Some(row.word.to_owned()))}
            {act}
        </li>
    }
    .into_any()
}
