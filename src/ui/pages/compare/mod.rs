//! What differs between a backup and now, and putting back what was then.

mod list;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use crate::browser::copies;
use crate::browser::files::bytes;
use crate::browser::turns::Frames;
use crate::exchange::compare::{Differences, Opened, Then, differences, open};
use crate::exchange::file::{MAX_BYTES, too_large};
use crate::exchange::seal::Sealed;
use crate::model::notice::Notice;
use crate::turns::{Turns, unless};
use crate::ui::app::{Shell, use_shell};
use crate::ui::components::button::{Button, Select};
use crate::ui::components::card::Card;
use crate::ui::components::message::EmptyState;
use crate::ui::daily::{self, Kept};
use crate::ui::dom::next_id;
use crate::ui::state::{AppStore, use_store};
use crate::view::route::key;

/// What became of the backup that was chosen.
#[derive(Clone, PartialEq)]
enum State {
    /// None was chosen.
    Nothing,
    /// It is being read.
    Reading,
    /// It needs its passphrase; what was wrong with the last one.
    Sealed(String),
    /// It cannot be compared with.
    Refused(String),
    /// It stands beside now.
    Open,
}

/// The backup on the table. Copies are the same.
#[derive(Clone, Copy)]
struct Looking {
    town: AppStore,
    shell: Shell,
    state: RwSignal<State>,
    then: StoredValue<Option<Box<Then>>, LocalStorage>,
    sealed: StoredValue<Option<Box<Sealed>>, LocalStorage>,
    /// The file, where one was chosen.
    file: StoredValue<Option<File>, LocalStorage>,
    /// Grows when another backup is chosen; what was still being read then is left.
    run: StoredValue<u32>,
    differences: Memo<Differences>,
}

/// The page `#/compare`.
pub fn compare() -> AnyView {
    let (town, shell) = (use_store(), use_shell());
    let state = RwSignal::new(State::Nothing);
    let then = StoredValue::new_local(None::<Box<Then>>);
    let all = Memo::new(move |_| {
        if *state.read() != State::Open {
            return Differences::default();
        }
        then.with_value(|then| match then {
            Some(then) => town.read(|desk| differences(then, desk.replica())),
            None => Differences::default(),
        })
    });
    let looking = Looking {
        town,
        shell,
        state,
        then,
        sealed: StoredValue::new_local(None),
        file: StoredValue::new_local(None),
        run: StoredValue::new(0),
        differences: all,
    };
    let copy = Memo::new(move |_| shell.address.read().get(key::COPY).map(str::to_owned));
    Effect::new(move |_| {
        if let Some(key) = copy.get() {
            looking.take_copy(key);
        }
    });
    let part = move || {
        match state.get() {
        State::Nothing => view! {
            <EmptyState why="选一份备份或快照，看那时有、现在没有的记录，改动了的内容，和此后新增的记录。选出来的可以改回当时的内容。" />
        }
        .into_any(),
        State::Reading => view! { <p class="note" role="status" aria-busy="true">"正在读取…"</p> }.into_any(),
        State::Refused(why) => view! { <p class="field-error" role="alert">{why}</p> }.into_any(),
        State::Sealed(wrong) => passphrase(looking, wrong),
        State::Open => list::list(looking),
    }
    };
    view! {
        <div class="stack">
            <Card title="和哪份备份对比".to_owned()>{choose(looking, copy)}</Card>
            {part}
        </div>
    }
    .into_any()
}

impl Looking {
    /// Begins with another backup.
    fn begin(self) -> u32 {
        self.run.update_value(|run| *run += 1);
        self.then.set_value(None);
        self.sealed.set_value(None);
        self.file.set_value(None);
        self.state.set(State::Reading);
        self.run.get_value()
    }

    fn take_copy(self, key: String) {
        let run = self.begin();
        spawn_local(async move {
            match copies::read(&key).await {
                Ok(Some(bytes)) => self.open(bytes, run).await,
                Ok(None) => self.refuse(run, "这份快照已经不在了，请另选一份"),
                Err(_) => self.refuse(run, "没有读出这份快照，请重新打开本页，或改用备份文件"),
            }
        });
    }

    fn take_file(self, file: File) {
        self.shell.refine_query(key::COPY, "");
        let run = self.begin();
        self.file.set_value(Some(file.clone()));
        spawn_local(async move {
            // A browser gives a whole number of bytes, far below where floats lose them.
            let size = file.size() as usize;
            if size > MAX_BYTES {
                return self.refuse(run, &words(&too_large(size)));
            }
            match bytes(&file).await {
                Ok(bytes) => self.open(bytes, run).await,
                Err(_) => self.refuse(run, "读不到这个文件，可能已移动或删除，请重新选择"),
            }
        });
    }

    fn is_over(self, run: u32) -> bool {
        self.run.try_get_value() != Some(run)
    }

    fn refuse(self, run: u32, why: &str) {
        if !self.is_over(run) {
            self.state.set(State::Refused(why.to_owned()));
        }
    }

    /// Reads the bytes in turns.
    async fn open(self, bytes: Vec<u8>, run: u32) {
        let frames = Frames::begin();
        match unless(|| self.is_over(run), open(bytes, Turns::by(&frames))).await {
            None => {}
            Some(Opened::Then(then)) => {
                self.then.set_value(Some(then));
                self.state.set(State::Open);
            }
            Some(Opened::Sealed(sealed)) => {
                self.sealed.set_value(Some(sealed));
                self.state.set(State::Sealed(String::new()));
            }
            Some(Opened::Refused(notice)) => self.refuse(run, &words(&notice)),
        }
    }

    fn unseal(self, passphrase: String) {
        let Some(sealed) = self.sealed.with_value(Clone::clone) else {
            return;
        };
        let run = self.run.get_value();
        self.state.set(State::Reading);
        spawn_local(async move {
            let frames = Frames::begin();
            let opened = sealed.open_in_turns(&passphrase, Turns::by(&frames));
            match unless(|| self.is_over(run), opened).await {
                None => {}
                Some(Ok(bytes)) => self.open(bytes, run).await,
                Some(Err(notice)) => self.state.set(State::Sealed(words(&notice))),
            }
        });
    }
}

fn words(notice: &Notice) -> String {
    format!("{}，{}", notice.what, notice.todo)
}

/// A file, or one of the daily copies.
fn choose(looking: Looking, copy: Memo<Option<String>>) -> AnyView {
    let id = next_id("backup");
    let chosen = move |ev: web_sys::Event| {
        if let Some(input) = ev.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) {
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                looking.take_file(file);
            }
            // So that the same file can be chosen again.
            input.set_value("");
        }
    };
    let kept = daily::kept(looking.town);
    let options = Signal::derive(move || {
        let none = std::iter::once((String::new(), "请选择".to_owned()));
        match kept.get() {
            Kept::All(all) => none
                .chain(all.iter().map(|copy| (copy.key(), daily::when(copy))))
                .collect(),
            _ => none.collect::<Vec<_>>(),
        }
    });
    let some = Memo::new(move |_| options.read().len() > 1);
    view! {
        <div class="button-row">
            <input
                class="file-input"
                type="file"
                id=id.clone()
                accept=".json,application/json,.txt,text/plain"
                on:change=chosen
            />
            <label class="button" for=id>"选择备份文件"</label>
            <Show when=move || some.get()>
                <span class="small label">"或每日快照"</span>
                <Select
                    label="每日快照"
                    options
                    chosen=Signal::derive(move || copy.get().unwrap_or_default())
                    on_choose=move |key: String| looking.shell.refine_query(key::COPY, &key)
                />
            </Show>
        </div>
        <p class="small muted">"只是看，不写入任何内容。"</p>
    }
    .into_any()
}

fn passphrase(looking: Looking, wrong: String) -> AnyView {
    let typed = RwSignal::new(String::new());
    let wrong = (!wrong.is_empty()).then(|| view! { <p class="field-error" role="alert">{wrong}</p> });
    view! {
        <Card title="这份备份加了密".to_owned()>
            <div class="button-row">
                <input
                    class="input seal-word"
                    type="password"
                    autocomplete="off"
                    aria-label="口令"
                    placeholder="口令"
                    prop:value=typed
                    on:input=move |ev| typed.set(event_target_value(&ev))
                />
                <Button label="解密".to_owned() on_press=move |()| looking.unseal(typed.get_untracked()) />
            </div>
            {wrong}
        </Card>
    }
    .into_any()
}
