//! Files in and out: preview and merge, tasks and reports, past imports.

mod board;
mod export;
mod folder;
mod forms;
mod history;
mod preview;
mod scan;
mod units;

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use crate::browser::copies;
use crate::browser::files::bytes;
use crate::browser::folder::supported;
use crate::browser::turns::{Frames, next_turn};
use crate::desk::{Done, PreparedImport};
use crate::exchange::Batch;
use crate::exchange::batch::PASTED;
use crate::exchange::file::{MAX_BYTES, too_large};
use crate::exchange::pasted::{Came, Pasted};
use crate::model::engine::indicator::Scope;
use crate::model::ledger::Role;
use crate::model::notice::Notice;
use crate::turns::{Turns, unless};
use crate::ui::app::{Shell, use_shell};
use crate::ui::by_hand::laid_out;
use crate::ui::components::button::Button;
use crate::ui::components::card::Card;
use crate::ui::components::drop::drop_zone;
use crate::ui::dom::next_id;
use crate::ui::pending_file::pending_file;
use crate::ui::state::{AppStore, use_store};
use crate::ui::who::{after_merge, who};
use crate::view::conflicts;
use crate::view::exchange as vm;
use crate::view::exchange::Tab;
use crate::view::format::whole;
use crate::view::merging::Tally;
use crate::view::route::{Address, Route, key};

/// The page.
pub fn merge() -> AnyView {
    let session = ImportSession::new(use_store());
    let town = session.town;
    if let Some(key) = session
        .shell
        .address
        .with_untracked(|here| here.get(key::COPY).map(str::to_owned))
    {
        session.take_copy(key);
    } else if let Some(file) = pending_file() {
        session.take(vec![file]);
    }
    let own = Memo::new(move |_| {
        town.read(|desk| desk.person().role == Role::Unit || matches!(desk.reach(), Scope::Unit(_)))
    });
    let tab = Memo::new(move |_| session.shell.address.with(|here| Tab::of(here, own.get())));
    let part = move || match tab.get() {
        Tab::In => receive(session, own).into_any(),
        Tab::Out => give(town).into_any(),
        Tab::Log => past(session.shell, town, own).into_any(),
    };
    view! {
        <div class="stack">
            {tabs(session.shell, tab, own)}
            {laid_out()}
            {who(town)}
            {part}
        </div>
    }
    .into_any()
}

/// 收 · 发 · 记录; which one is open stands in the address.
fn tabs(shell: Shell, tab: Memo<Tab>, own: Memo<bool>) -> AnyView {
    let links = move || {
        let link = |&one: &Tab| {
            let href = one.address().hash();
            let current = move || (tab.get() == one).then_some("page");
            view! { <a class="segment" href=href aria-current=current>{one.label()}</a> }
        };
        Tab::all(own.get()).iter().map(link).collect_view()
    };
    shell.address.track();
    view! { <nav class="segments tabs no-print" aria-label="收发">{links}</nav> }.into_any()
}

/// What comes in: files to merge, and who has reported. While files lie on the table there is nothing else.
fn receive(session: ImportSession, own: Memo<bool>) -> impl IntoView {
    let town = session.town;
    let free = Memo::new(move |_| {
        session.step.track();
        session.busy.read().is_none() && session.batch.with_value(Option::is_none)
    });
    let rest = move || {
        free.get().then(|| {
            let board =
                (!own.get()).then(|| view! { <Card title="已报和未报".to_owned()>{board::reported(town)}</Card> });
            // On a phone of a village there is no folder to share, and nothing to say of it.
            let folder = (!own.get() || supported())
                .then(|| view! { <Card title="共享文件夹".to_owned()>{folder::folder(town)}</Card> });
            view! { {board} {folder} }
        })
    };
    let title = move || match own.get() {
        true => "收到的文件",
        false => "合并收到的文件",
    };
    view! {
        <Card title=Signal::derive(move || title().to_owned())>
            {choose(session)} {move || session.shown()} {move || twins(town)}
        </Card>
        {rest}
    }
}

/// What goes out: tasks, forms, copies.
fn give(town: AppStore) -> impl IntoView {
    view! {
        <Card title="下发".to_owned()>{export::dispatch(town)}</Card>
        <Card title="导出文件".to_owned()>{export::export(town)}</Card>
    }
}

/// What came and went.
fn past(shell: Shell, town: AppStore, own: Memo<bool>) -> impl IntoView {
    let units = move || {
        (!own.get()).then(|| view! { <Card title="各村（社区）来的文件".to_owned()>{units::units(shell, town)}</Card> })
    };
    let copies = move || {
        own.get()
            .then(|| view! { <Card title="备份".to_owned()>{export::copies(town)}</Card> })
    };
    let word = move |office: &'static str, village: &'static str| {
        Signal::derive(move || {
            if own.get() {
                village.to_owned()
            } else {
                office.to_owned()
            }
        })
    };
    view! {
        {units}
        <Card title=word("导出记录", "发出的文件")>{move || history::sent(town)}</Card>
        <Card title=word("合并记录", "收到的文件")>{move || history::imports(town)}</Card>
        {copies}
    }
}

/// The files on the table. Copies are the same.
#[derive(Clone, Copy)]
struct ImportSession {
    town: AppStore,
    shell: Shell,
    batch: StoredValue<Option<Batch>, LocalStorage>,
    /// Version of the records that the batch was begun on.
    base: StoredValue<u64>,
    /// Grows when the table is cleared; what was still being read then is left.
    run: StoredValue<u32>,
    /// Grows with every change of the batch.
    step: RwSignal<u64>,
    /// What is being done in turns.
    busy: RwSignal<Option<Busy>>,
    /// A drastic merge was asked for once and waits for the second word.
    confirming: RwSignal<bool>,
    /// What was wrong with the passphrase of the file at this place.
    wrong: RwSignal<Option<(usize, String)>>,
    /// Pieces of a text that were pasted so far, and what is said of them.
    pasted: StoredValue<Pasted>,
    told: RwSignal<String>,
}

/// What is being done with the files, and how far it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Busy {
    /// Files read, files in all.
    Reading(usize, usize),
    /// In percent.
    Saving(usize),
}

impl ImportSession {
    fn new(town: AppStore) -> ImportSession {
        ImportSession {
            town,
            shell: use_shell(),
            batch: StoredValue::new_local(None),
            base: StoredValue::new(0),
            run: StoredValue::new(0),
            step: RwSignal::new(0),
            busy: RwSignal::new(None),
            confirming: RwSignal::new(false),
            wrong: RwSignal::new(None),
            pasted: StoredValue::new(Pasted::default()),
            told: RwSignal::new(String::new()),
        }
    }

    /// Puts a batch on the table, unless there is one.
    fn begin(self) {
        if self.batch.with_value(Option::is_none) {
            let (batch, base) = self
                .town
                .read_untracked(|desk| (Batch::new(desk.replica(), desk.now().0), desk.replica().version()));
            self.batch.set_value(Some(batch));
            self.base.set_value(base);
        }
        self.confirming.set(false);
    }

    /// Takes in text that was copied elsewhere: a whole one, or a piece of one.
    fn take_text(self, text: &str) {
        let came = self.pasted.try_update_value(|pasted| pasted.take(text));
        let came = match came {
            Some(Ok(Came::Waits { here, all, missing })) => {
                self.told.set(vm::pieces_wait(here, all, &missing));
                return;
            }
            Some(Ok(Came::Whole(text))) => Ok(text),
            Some(Err(notice)) => Err(notice),
            None => return,
        };
        self.told.set(String::new());
        self.work(1, |mut batch| {
            Box::pin(async move {
                match came {
                    Ok(text) => batch.take_text(text, Turns::by(&Frames::begin())).await,
                    Err(notice) => batch.refuse(PASTED, notice),
                }
                batch
            })
        });
    }

    /// Takes in a daily copy.
    fn take_copy(self, key: String) {
        self.work(1, |mut batch| {
            Box::pin(async move {
                let day = key.split(' ').next().unwrap_or_default();
                let name = format!("每日快照 {day}");
                let read = match copies::read(&key).await {
                    Ok(Some(bytes)) => Ok(bytes),
                    Ok(None) => Err(Notice::error("", "这份快照已经不在了", "请在每日快照里另选一份")),
                    Err(_) => Err(Notice::error("", "没有读出这份快照", "请重新打开本页，或改用备份文件")),
                };
                add(&mut batch, &name, read).await;
                batch
            })
        });
    }

    /// Reads files one after another.
    fn take(self, files: Vec<File>) {
        let total = files.len();
        self.work(total, move |mut batch| {
            Box::pin(async move {
                for (index, file) in files.into_iter().enumerate() {
                    let read = read(&file).await;
                    // Also between small files.
                    next_turn().await;
                    match read {
                        Ok(bytes) if forms::is_workbook(&bytes) => {
                            forms::take(self.town, &mut batch, &file.name(), bytes).await;
                        }
                        read => add(&mut batch, &file.name(), read).await,
                    }
                    self.busy.set(Some(Busy::Reading(index + 1, total)));
                }
                batch
            })
        });
    }

    /// Does something with the batch in turns, unless something is being done. The batch is off the table meanwhile, and
    /// it is gone when the page is left or the table cleared.
    fn work(self, files: usize, act: impl FnOnce(Batch) -> Pin<Box<dyn Future<Output = Batch>>>) {
        if files == 0 || self.busy.get_untracked().is_some() {
            return;
        }
        self.begin();
        let Some(batch) = self.batch.try_update_value(Option::take).flatten() else {
            return;
        };
        self.busy.set(Some(Busy::Reading(0, files)));
        let (act, run) = (act(batch), self.run.get_value());
        spawn_local(async move {
            if let Some(batch) = unless(|| self.is_over(run), act).await {
                self.batch.set_value(Some(batch));
                self.busy.set(None);
                self.receive();
                self.step.update(|step| *step += 1);
            }
        });
    }

    /// Reports that came back in one of the files have arrived.
    fn receive(self) {
        let heard = self.batch.with_value(|batch| {
            batch
                .as_ref()
                .is_some_and(|batch| self.town.update(|desk| desk.note_received(batch.preview())))
        });
        if heard {
            self.town.refresh();
        }
    }

    /// Whether the page was left or the table cleared since.
    fn is_over(self, run: u32) -> bool {
        self.run.try_get_value() != Some(run)
    }

    fn clear(self) {
        // What was done once is not begun again when the page is loaded anew.
        self.shell.refine_query(key::COPY, "");
        self.run.update_value(|run| *run += 1);
        self.busy.set(None);
        self.batch.set_value(None);
        self.confirming.set(false);
        self.wrong.set(None);
        self.step.update(|step| *step += 1);
    }

    fn unseal(self, index: usize, passphrase: String) {
        self.work(1, move |mut batch| {
            Box::pin(async move {
                let opened = batch.unseal(index, &passphrase, Turns::by(&Frames::begin())).await;
                self.wrong.set(opened.err().map(|notice| (index, words(&notice))));
                batch
            })
        });
    }

    /// Merges all that can be, or asks once more before replacing much.
    fn merge(self, sure: bool) {
        let drastic = self
            .batch
            .with_value(|b| b.as_ref().is_some_and(|b| b.preview().drastic));
        if drastic && !sure {
            self.confirming.set(true);
            return;
        }
        if self.busy.get_untracked().is_some() {
            return;
        }
        if let Some(batch) = self.batch.try_update_value(Option::take).flatten() {
            self.busy.set(Some(Busy::Saving(0)));
            let run = self.run.get_value();
            spawn_local(async move {
                let tell = |done: usize, all: usize| self.busy.set(Some(Busy::Saving(done * 100 / all.max(1))));
                // How far it is is shown first.
                next_turn().await;
                let frames = Frames::begin();
                let packed = PreparedImport::in_turns(batch.finish(), &tell, Turns::by(&frames));
                if let Some(prepared) = unless(|| self.is_over(run), packed).await {
                    self.take_in(prepared);
                }
            });
        }
    }

    /// Stores a batch and shows what it brought.
    fn take_in(self, prepared: PreparedImport) {
        let (town, base) = (self.town, self.base.get_value());
        let count = Tally::of(prepared.preview()).mergeable;
        let mut refused = None;
        let done = town.commit(|desk| match desk.import(prepared, base) {
            Ok(done) => done,
            Err(why) => {
                refused = Some(*why);
                Done {
                    unchanged: true,
                    ..Done::default()
                }
            }
        });
        self.clear();
        match refused {
            Some((notice, prepared)) => {
                let again = Batch::again(prepared.into_preview(), town.read_untracked(|desk| desk.now().0));
                self.batch.set_value(Some(again));
                self.step.update(|step| *step += 1);
                town.toasts.say(format!("没有合并：{}", words(&notice)), None);
            }
            None if done.unchanged => {}
            None => {
                let undo = if town.read_untracked(|desk| desk.is_sample()) {
                    None
                } else {
                    town.way_back()
                };
                town.toasts.say(format!("已合并 {count} 个文件"), undo);
                after_merge(self.shell, town);
            }
        }
    }

    /// The preview, or how far reading is.
    fn shown(self) -> AnyView {
        self.step.track();
        let busy = Memo::new(move |_| self.busy.read().is_some());
        if busy.get() {
            let told = move || match self.busy.get() {
                Some(Busy::Reading(done, total)) => format!("正在读取，已读 {done} 个，共 {total} 个"),
                Some(Busy::Saving(percent)) => {
                    let done = whole(i64::try_from(percent * 10).unwrap_or(1000));
                    format!("正在保存，已完成 {done}")
                }
                None => String::new(),
            };
            return view! {
                <p class="button-row">
                    <span role="status">{told}</span>
                    <Button label="取消".to_owned() on_press=move |()| self.clear() />
                </p>
            }
            .into_any();
        }
        self.batch.with_value(|batch| match batch {
            Some(batch) => preview::preview(self, batch.preview()),
            None => ().into_any(),
        })
    }
}

/// Records that stand twice since something was merged, and the way to join them.
fn twins(town: AppStore) -> Option<AnyView> {
    let twins = town.read(|desk| conflicts::twins(desk.replica()));
    let href = Address::from(Route::Conflicts).hash();
    let told = format!("{}。", conflicts::told(&twins));
    (!twins.is_empty()).then(|| view! { <p>{told} <a href=href>"去核对"</a></p> }.into_any())
}

fn words(notice: &Notice) -> String {
    match notice.todo.as_str() {
        "" => notice.what.clone(),
        todo => format!("{}；{todo}", notice.what),
    }
}

fn choose(session: ImportSession) -> AnyView {
    let zone = drop_zone(
        "选择文件",
        (".json,application/json,.txt,text/plain,.xlsx,.xls,.et", true),
        "上报、备份等数据文件，村里填好发回的填报表格也可以；可一次选多个，或拖到这里。先预览，确认后才合并。",
        move |files| session.take(files),
    );
    view! {
        {zone}
        {scan::scan(session)}
        {paste(session)}
    }
    .into_any()
}

/// Takes a file in, or says why it cannot be read.
async fn add(batch: &mut Batch, name: &str, read: Result<Vec<u8>, Notice>) {
    match read {
        Ok(bytes) => batch.take(name, bytes, Turns::by(&Frames::begin())).await,
        Err(notice) => batch.refuse(name, notice),
    }
}

/// The bytes of a file that a person chose.
async fn read(file: &File) -> Result<Vec<u8>, Notice> {
    // A browser gives a whole number of bytes, far below where floats lose them.
    let size = file.size() as usize;
    if size > MAX_BYTES {
        return Err(too_large(size));
    }
    let read = bytes(file).await;
    read.map_err(|_| Notice::error("", "读不到这个文件", "文件可能已移动或删除，请重新选择"))
}

/// Text that came through a chat instead of a file.
fn paste(session: ImportSession) -> AnyView {
    let text = RwSignal::new(String::new());
    let id = next_id("paste");
    let why_not = Signal::derive(move || {
        let why = if text.read().trim().is_empty() {
            "请先粘贴"
        } else {
            ""
        };
        why.to_owned()
    });
    let read = move |()| {
        session.take_text(&text.read_untracked());
        text.set(String::new());
    };
    view! {
        <details class="fold">
            <summary>"收到的是文本，没有文件"</summary>
            <label class="field-label" for=id.clone()>"粘贴对方复制的全部文本"</label>
            <p class="field-hint">"分成几段发来的，先后不限，可一段一段粘贴，也可一起粘贴。前后带着别的话、换了行都不要紧。对方出示的是二维码时，也可以用手机相机或别的软件扫出文字，粘贴到这里。"</p>
            <textarea
                class="input"
                id=id
                rows="4"
                autocomplete="off"
                spellcheck="false"
                prop:value=text
                on:input=move |ev| text.set(event_target_value(&ev))
            ></textarea>
            <p class="button-row"><Button label="读取文本".to_owned() why_not on_press=read /></p>
            <p role="status">{move || session.told.get()}</p>
        </details>
    }
    .into_any()
}
