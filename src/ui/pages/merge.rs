//! Files in and out: preview and merge, export, past imports.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, FileList, HtmlInputElement};

use crate::browser::files::{bytes, download};
use crate::desk::Done;
use crate::exchange::file::{MAX_BYTES, too_large};
use crate::exchange::name::{CHINA, file_name};
use crate::exchange::preview::{Batch, Effect};
use crate::exchange::{FilePreview, Outcome, Preview, Purpose, Scope};
use crate::model::date::Instant;
use crate::model::notice::Notice;
use crate::model::records::rows;
use crate::model::town::Unit;
use crate::order::Arrange;
use crate::storage::{ImportInfo, ImportState};
use crate::ui::components::button::{Button, ButtonKind, Select};
use crate::ui::components::card::Card;
use crate::ui::components::message::{self, Banner, EmptyState};
use crate::ui::components::status::status_tag;
use crate::ui::desk_frame::backup;
use crate::ui::dom::next_id;
use crate::ui::state::{Town, use_town};
use crate::view::text::Status;

/// The page.
pub fn merge() -> AnyView {
    let bench = Bench::new(use_town());
    view! {
        <div class="stack">
            <Card title="合并收到的文件".to_owned()>{choose(bench)} {move || bench.shown()}</Card>
            <Card title="导出文件".to_owned()>{export(bench.town)}</Card>
            <Card title="合并记录".to_owned()>{move || imports(bench.town)}</Card>
        </div>
    }
    .into_any()
}

/// The files on the table. Copies are the same.
#[derive(Clone, Copy)]
struct Bench {
    town: Town,
    batch: StoredValue<Option<Batch>, LocalStorage>,
    /// Version of the records that the batch was begun on.
    base: StoredValue<u64>,
    /// Grows with every change of the batch.
    step: RwSignal<u64>,
    /// Files read and files to read.
    reading: RwSignal<Option<(usize, usize)>>,
    /// A drastic merge was asked for once and waits for the second word.
    confirming: RwSignal<bool>,
    /// What was wrong with the passphrase of the file at this place.
    wrong: RwSignal<Option<(usize, String)>>,
}

impl Bench {
    fn new(town: Town) -> Bench {
        Bench {
            town,
            batch: StoredValue::new_local(None),
            base: StoredValue::new(0),
            step: RwSignal::new(0),
            reading: RwSignal::new(None),
            confirming: RwSignal::new(false),
            wrong: RwSignal::new(None),
        }
    }

    /// Reads files one after another, so that the page stays alive in between.
    fn take(self, files: Vec<File>) {
        if files.is_empty() || self.reading.get_untracked().is_some() {
            return;
        }
        if self.batch.with_value(Option::is_none) {
            let (batch, base) = self
                .town
                .peek(|desk| (Batch::new(desk.replica(), desk.now().0), desk.replica().version()));
            self.batch.set_value(Some(batch));
            self.base.set_value(base);
        }
        self.confirming.set(false);
        let total = files.len();
        self.reading.set(Some((0, total)));
        spawn_local(async move {
            for (index, file) in files.into_iter().enumerate() {
                if !self.add(&file).await {
                    return;
                }
                self.reading.set(Some((index + 1, total)));
            }
            self.reading.set(None);
            self.step.update(|step| *step += 1);
        });
    }

    /// Adds one file; false when the page was left meanwhile.
    async fn add(self, file: &File) -> bool {
        let name = file.name();
        // A browser gives a whole number of bytes, far below where floats lose them.
        let size = file.size() as usize;
        let read = if size > MAX_BYTES {
            Err(too_large(size))
        } else {
            bytes(file)
                .await
                .map_err(|_| Notice::error("", "读不到这个文件", "文件可能已移动或删除，请重新选择"))
        };
        let put = |batch: &mut Option<Batch>| {
            if let Some(batch) = batch {
                match &read {
                    Ok(bytes) => batch.add(&name, bytes),
                    Err(notice) => batch.refuse(&name, notice.clone()),
                }
            }
        };
        self.batch.try_update_value(put).is_some()
    }

    fn clear(self) {
        self.batch.set_value(None);
        self.confirming.set(false);
        self.wrong.set(None);
        self.step.update(|step| *step += 1);
    }

    fn unseal(self, index: usize, passphrase: &str) {
        let outcome = self
            .batch
            .try_update_value(|batch| batch.as_mut().map(|batch| batch.unseal(index, passphrase)))
            .flatten();
        self.wrong.set(match outcome {
            Some(Err(notice)) => Some((index, words(&notice))),
            _ => None,
        });
        self.step.update(|step| *step += 1);
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
        let (town, base) = (self.town, self.base.get_value());
        let mut refused = None;
        let mut count = 0;
        let done = self.batch.with_value(|batch| {
            let Some(batch) = batch else {
                return Done {
                    unchanged: true,
                    ..Done::default()
                };
            };
            count = Tally::of(batch.preview()).mergeable;
            town.act(|desk| {
                desk.import(batch.preview(), base).unwrap_or_else(|notice| {
                    refused = Some(notice);
                    Done {
                        unchanged: true,
                        ..Done::default()
                    }
                })
            })
        });
        match refused {
            Some(notice) => town.toasts.say(format!("没有合并：{}", words(&notice)), None),
            None if done.unchanged => {}
            None => {
                let undo = (!town.peek(|desk| desk.is_sample())).then(|| Callback::new(move |()| town.undo()));
                town.toasts.say(format!("已合并 {count} 个文件"), undo);
                self.clear();
            }
        }
    }

    /// The preview, or how far reading is.
    fn shown(self) -> AnyView {
        self.step.track();
        if let Some((done, total)) = self.reading.get() {
            return view! { <p role="status">{format!("正在读取，已读 {done} 个，共 {total} 个")}</p> }.into_any();
        }
        self.batch.with_value(|batch| match batch {
            Some(batch) => preview(self, batch.preview()),
            None => ().into_any(),
        })
    }
}

fn words(notice: &Notice) -> String {
    match notice.todo.as_str() {
        "" => notice.what.clone(),
        todo => format!("{}；{todo}", notice.what),
    }
}

fn list(files: Option<FileList>) -> Vec<File> {
    let files = files.as_ref();
    files.map_or_else(Vec::new, |all| (0..all.length()).filter_map(|i| all.get(i)).collect())
}

fn choose(bench: Bench) -> AnyView {
    let over = RwSignal::new(false);
    let id = next_id("files");
    let dropped = move |ev: DragEvent| {
        ev.prevent_default();
        over.set(false);
        bench.take(list(ev.data_transfer().and_then(|data| data.files())));
    };
    let chosen = move |ev: web_sys::Event| {
        if let Some(input) = ev.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) {
            bench.take(list(input.files()));
            // So that the same file can be chosen again.
            input.set_value("");
        }
    };
    let enter = move |ev: DragEvent| {
        ev.prevent_default();
        over.set(true);
    };
    view! {
        <div class="drop" class:is-over=over on:dragover=enter on:dragleave=move |_| over.set(false) on:drop=dropped>
            <label class="field-label" for=id.clone()>
                "选择文件"
                <span class="field-hint">"可一次选多个，也可把文件拖到这里。先预览，确认后才合并。"</span>
            </label>
            <input type="file" id=id multiple accept=".json,application/json" on:change=chosen />
        </div>
    }
    .into_any()
}

/// The six counts, and how many files can be merged and are still sealed.
#[derive(Default)]
struct Tally {
    files: usize,
    effect: Effect,
    left_out: usize,
    mergeable: usize,
    sealed: usize,
}

impl Tally {
    fn of(preview: &Preview) -> Tally {
        let mut tally = Tally {
            files: preview.files.len(),
            ..Tally::default()
        };
        for file in &preview.files {
            match &file.outcome {
                Outcome::Brings(effect) => {
                    tally.mergeable += 1;
                    tally.effect.new += effect.new;
                    tally.effect.changed += effect.changed;
                    tally.effect.conflicts += effect.conflicts;
                    tally.effect.pending += effect.pending;
                }
                Outcome::Sealed(_) => tally.sealed += 1,
                Outcome::NothingNew | Outcome::SameAs(_) | Outcome::Refused(_) => tally.left_out += 1,
            }
        }
        tally
    }
}

fn preview(bench: Bench, preview: &Preview) -> AnyView {
    let tally = Tally::of(preview);
    let counts = [
        ("选中文件", tally.files),
        ("新增", tally.effect.new),
        ("修改", tally.effect.changed),
        ("填得不同", tally.effect.conflicts),
        ("待确认", tally.effect.pending),
        ("重复或拒收", tally.left_out),
    ];
    let counts = counts.map(|(word, count)| view! { <div><b class="num">{count}</b><span>{word}</span></div> });
    let files = preview
        .files
        .iter()
        .enumerate()
        .map(|(index, file)| file_row(bench, index, file))
        .collect_view();
    let sealed = (tally.sealed > 0).then(|| view! { <p class="small muted">"没有输入口令的加密文件不会合并。"</p> });
    let why_not = if tally.mergeable == 0 {
        "没有可合并的内容"
    } else {
        ""
    };
    let warning = move || {
        let notice = message::Notice {
            status: Status::Warn,
            text: "这次合并会替换大量现有内容，请核对文件是否选对。".to_owned(),
            action: "仍要合并".to_owned(),
        };
        bench
            .confirming
            .get()
            .then(|| view! { <Banner notice inset=true on_action=move |()| bench.merge(true) /> })
    };
    view! {
        <h3>"合并预览"</h3>
        <div class="trio" role="status">{counts.into_iter().collect_view()}</div>
        <div class="table-box">
            <table class="table table-plain">
                <thead>
                    <tr>
                        <th scope="col">"文件"</th>
                        <th scope="col">"结果"</th>
                        <th scope="col" class="num">"新增"</th>
                        <th scope="col" class="num">"修改"</th>
                        <th scope="col">"说明"</th>
                    </tr>
                </thead>
                <tbody>{files}</tbody>
            </table>
        </div>
        {sealed}
        {warning}
        <div class="button-row">
            <Button label="取消".to_owned() on_press=move |()| bench.clear() />
            <Button
                kind=ButtonKind::Main
                label=format!("合并 {} 个文件", tally.mergeable)
                why_not=why_not.to_owned()
                on_press=move |()| bench.merge(false)
            />
        </div>
    }
    .into_any()
}

fn file_row(bench: Bench, index: usize, file: &FilePreview) -> AnyView {
    let (status, word) = match &file.outcome {
        Outcome::Brings(effect) if effect.conflicts + effect.pending > 0 => (Status::Warn, "可合并，有待处理"),
        Outcome::Brings(_) => (Status::Ok, "可合并"),
        Outcome::NothingNew => (Status::None, "没有新内容"),
        Outcome::SameAs(_) => (Status::None, "重复文件"),
        Outcome::Sealed(_) => (Status::Warn, "已加密"),
        Outcome::Refused(_) => (Status::Late, "拒收"),
    };
    let (new, changed) = match &file.outcome {
        Outcome::Brings(effect) => (effect.new.to_string(), effect.changed.to_string()),
        _ => ("--".to_owned(), "--".to_owned()),
    };
    let purpose = file
        .header
        .as_ref()
        .map(|header| format!("{}文件", header.purpose.label()));
    let outcome = match &file.outcome {
        Outcome::Brings(effect) => effect_words(effect),
        Outcome::SameAs(twin) => Some(format!("与{twin}内容相同")),
        Outcome::Refused(notice) => Some(words(notice)),
        Outcome::NothingNew => Some("内容都已在本机".to_owned()),
        Outcome::Sealed(_) => None,
    };
    let lines = purpose.into_iter().chain(outcome).chain(file.remarks.iter().map(words));
    let lines = lines.map(|line| view! { <div>{line}</div> }).collect_view();
    let key = matches!(file.outcome, Outcome::Sealed(_)).then(|| passphrase(bench, index, &file.name));
    view! {
        <tr>
            <td>{file.name.clone()}</td>
            <td>{status_tag(status, Some(word.to_owned()))}</td>
            <td class="num">{new}</td>
            <td class="num">{changed}</td>
            <td>{lines} {key}</td>
        </tr>
    }
    .into_any()
}

fn effect_words(effect: &Effect) -> Option<String> {
    let parts = [(effect.conflicts, "处填得不同"), (effect.pending, "条待确认")];
    let parts: Vec<String> = parts
        .iter()
        .filter(|p| p.0 > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    (!parts.is_empty()).then(|| parts.join("，"))
}

fn passphrase(bench: Bench, index: usize, name: &str) -> AnyView {
    let typed = RwSignal::new(String::new());
    let wrong = move || {
        let wrong = bench.wrong.get().filter(|(at, _)| *at == index);
        wrong.map(|(_, text)| view! { <span class="field-error" role="alert">{text}</span> })
    };
    view! {
        <div class="button-row">
            <input
                class="input"
                type="password"
                autocomplete="off"
                aria-label=format!("{name}的口令")
                placeholder="口令"
                prop:value=typed
                on:input=move |ev| typed.set(event_target_value(&ev))
            />
            <Button label="解密".to_owned() on_press=move |()| bench.unseal(index, &typed.read_untracked()) />
        </div>
        {wrong}
    }
    .into_any()
}

fn export(town: Town) -> AnyView {
    let own = town.peek(|desk| desk.own_unit().unwrap_or("").to_owned());
    let unit = RwSignal::new(own);
    let said = RwSignal::new(String::new());
    let units = Signal::derive(move || {
        town.read(|desk| {
            let own = desk.own_unit();
            let all = rows::<Unit>(desk.replica());
            let named = all.into_iter().filter(|u| own.is_none_or(|own| own == u.id()));
            let named = named.map(|u| (u.id().to_owned(), u.name().unwrap_or("--").to_owned()));
            let first = own.is_none().then(|| (String::new(), "请选择村（社区）".to_owned()));
            first.into_iter().chain(named).collect::<Vec<_>>()
        })
    });
    let needs_unit = Signal::derive(move || {
        let why = if unit.read().is_empty() {
            "请先选择村（社区）"
        } else {
            ""
        };
        why.to_owned()
    });
    let one = move |purpose| move |()| hand_over(town, purpose, Scope::units([unit.get_untracked()]), said);
    let redacted = move |()| hand_over(town, Purpose::Redacted, Scope::all(), said);
    view! {
        <div class="setting">
            <span>"备份：全部台账，供自己保存和换设备用"</span>
            <Button label="导出备份".to_owned() on_press=move |()| backup(town) />
        </div>
        <div class="setting">
            <span>"上报和下发所指的村（社区）"</span>
            <Select label="村（社区）" options=units chosen=unit on_choose=move |code| unit.set(code) />
        </div>
        <div class="setting">
            <span>"上报：所选村（社区）的全部记录，发给镇党建办"</span>
            <Button label="导出上报文件".to_owned() why_not=needs_unit on_press=one(Purpose::Report) />
        </div>
        <div class="setting">
            <span>"下发：所选村（社区）的记录和全镇的单位、片区、任务、设置，发给村（社区）"</span>
            <Button label="导出下发文件".to_owned() why_not=needs_unit on_press=one(Purpose::Dispatch) />
        </div>
        <div class="setting">
            <span>"脱敏：全部台账，不含个人信息，供展示用"</span>
            <Button label="导出脱敏文件".to_owned() on_press=redacted />
        </div>
        <p class="small" role="status">{move || said.get()}</p>
    }
    .into_any()
}

/// Downloads a file and says what is in it.
fn hand_over(town: Town, purpose: Purpose, scope: Scope, said: RwSignal<String>) {
    let (name, written) = town.tend(|desk| {
        let written = desk.export(purpose, scope);
        (file_name(desk.replica(), &written.header), written)
    });
    said.set(if download(&name, &written.text) {
        format!("已导出 {name}，含 {} 条记录。", written.counts.records)
    } else {
        "这个浏览器不让保存文件，请在系统浏览器中打开本页。".to_owned()
    });
}

fn imports(town: Town) -> AnyView {
    let mut all = town.read(|desk| desk.store().imports());
    if all.is_empty() {
        return view! { <EmptyState why="还没有合并过文件。" /> }.into_any();
    }
    all.arrange_by(|a, b| b.meta.when.cmp(&a.meta.when));
    all.into_iter()
        .map(|import| import_row(town, import))
        .collect_view()
        .into_any()
}

fn import_row(town: Town, import: ImportInfo) -> AnyView {
    let when = Instant::parse(&import.meta.when).map_or_else(
        || import.meta.when.clone(),
        |at| {
            let (day, hour, minute) = at.local(CHINA);
            format!("{day} {hour:02}:{minute:02}")
        },
    );
    let purpose = Purpose::ALL
        .into_iter()
        .find(|p| p.code() == import.meta.purpose)
        .map_or("", Purpose::label);
    let id = import.meta.id;
    let act = match import.state {
        ImportState::Withdrawable => {
            view! { <Button label="撤回".to_owned() on_press=move |()| toggle(town, &id, true) /> }.into_any()
        }
        ImportState::Withdrawn => {
            view! { <Button label="恢复".to_owned() on_press=move |()| toggle(town, &id, false) /> }.into_any()
        }
        ImportState::Settled => view! { <span class="small muted">"时间较久，不能再撤回"</span> }.into_any(),
    };
    let withdrawn =
        (import.state == ImportState::Withdrawn).then(|| status_tag(Status::None, Some("已撤回".to_owned())));
    view! {
        <div class="setting">
            <span>{import.meta.name} " " <span class="small muted">{format!("{purpose} {when}")}</span> {withdrawn}</span>
            {act}
        </div>
    }
    .into_any()
}

fn toggle(town: Town, id: &str, withdraw: bool) {
    let outcome = town.tend(|desk| {
        if withdraw {
            desk.withdraw(id)
        } else {
            desk.reinstate(id)
        }
    });
    match outcome {
        Ok(()) => {
            town.note(&Done::default());
            town.toasts.say(
                if withdraw {
                    "已撤回这次合并"
                } else {
                    "已恢复这次合并"
                },
                None,
            );
        }
        Err(failure) => town.toasts.say(words(&failure.notice()), None),
    }
}
