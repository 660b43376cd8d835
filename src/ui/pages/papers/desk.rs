//! One kind of paper: of whom, over what time, the sheet, a person's words in it, and the ways out.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{edit, picture};
use crate::browser::files::offer_bytes;
use crate::browser::office;
use crate::browser::share::{Handed, can_share_text, share_text};
use crate::browser::tabs::tab_name;
use crate::desk::{Desk, Unfinished};
use crate::exchange::name::safe;
use crate::model::notice::Notice;
use crate::ui::app::{Shell, use_shell};
use crate::ui::by_hand::{give_text, laid_out};
use crate::ui::components::button::{Button, ButtonKind, Select, disclosure};
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::dom::next_id;
use crate::ui::figures::link;
use crate::ui::pages::not_found::not_found;
use crate::ui::pages::unfinished::{self, OFFERED};
use crate::ui::screen::{print, use_screen};
use crate::ui::state::{AppStore, use_store};
use crate::ui::tables::refused_by_worker;
use crate::view::paper::block::{Edit, Paper};
use crate::view::paper::docx::plain;
use crate::view::paper::html as sheet;
use crate::view::paper::kind::Kind;
use crate::view::paper::kinds::by_id;
use crate::view::papers::{self as vm, ABOUT, AGAIN, NAMES, Wish};
use crate::view::route::{Route, key};

/// What a text document is for the browser.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What the page shows and what the person wrote. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Page {
    shell: Shell,
    town: AppStore,
    kind: &'static Kind,
    tab: StoredValue<String>,
    wish: Memo<Wish>,
    computed: Memo<Result<Paper, String>>,
    edits: RwSignal<Vec<Edit>>,
    /// What the edits were before each change, the latest last; of this paper alone.
    before: RwSignal<Vec<Vec<Edit>>>,
    /// The paper whose field was entered, and its edits at that time.
    began: StoredValue<Option<(String, Vec<Edit>)>>,
    /// The paragraphs can be written into.
    open: RwSignal<bool>,
    /// The sheet is drawn anew although it is open.
    redraw: RwSignal<u32>,
    sheet: NodeRef<html::Div>,
}

/// The page of a kind.
pub fn page(kind: &str) -> AnyView {
    let Some(kind) = by_id(kind) else {
        return not_found(format!("papers/{kind}"));
    };
    let (shell, town) = (use_shell(), use_store());
    shell.head.set(Head {
        back: Some(link(Route::Papers)),
        sheet: true,
        ..Head::titled(kind.label)
    });
    town.update(Desk::tidy_drafts);
    let wish = Memo::new(move |_| {
        let address = shell.address.get();
        town.read(|desk| Wish::of(desk.replica(), kind, &address, &desk.reach(), desk.today()))
    });
    let computed = Memo::new(move |_| wish.with(|wish| town.read(|desk| wish.make(desk.replica()))));
    let page = Page {
        shell,
        town,
        kind,
        tab: StoredValue::new(tab_name(|| town.read_untracked(Desk::draw_name))),
        wish,
        computed,
        edits: RwSignal::new(Vec::new()),
        before: RwSignal::new(Vec::new()),
        began: StoredValue::new(None),
        open: RwSignal::new(false),
        redraw: RwSignal::new(0),
        sheet: NodeRef::new(),
    };
    page.take_up();
    page.view()
}

impl Page {
    /// The paper with the person's words, or why there is none.
    pub(super) fn paper(self) -> Result<Paper, String> {
        let mut paper = self.computed.get()?;
        paper.edits = self.edits.get();
        Ok(paper)
    }

    pub(super) fn paper_now(self) -> Option<Paper> {
        untrack(|| self.paper()).ok()
    }

    /// Brings back what was written into this paper and not finished, or the words of a sent one that is made anew.
    fn take_up(self) {
        let name = Memo::new(move |_| self.wish.with(Wish::draft_name));
        Effect::new(move |_| {
            let name = name.get();
            self.open.set(false);
            self.before.set(Vec::new());
            self.began.set_value(None);
            let kept = self
                .town
                .read_untracked(|desk| self.tab.with_value(|tab| desk.own_draft(&name, tab)));
            let again = self.shell.address.with_untracked(|a| a.get(AGAIN).map(str::to_owned));
            let sent = again.and_then(|id| {
                self.town
                    .read_untracked(|desk| vm::sent_paper(desk.replica(), &id).ok())
            });
            self.edits.set(match (kept, sent) {
                (Some(kept), _) => vm::edits_of(&kept.text),
                (None, Some((_, paper))) => paper.edits,
                (None, None) => Vec::new(),
            });
        });
    }

    fn keep(self, edits: &[Edit]) {
        let name = self.wish.with_untracked(Wish::draft_name);
        self.tab.with_value(|tab| match edits.is_empty() {
            true => unfinished::forget(self.shell, self.town, (&name, tab)),
            false => unfinished::keep(self.shell, self.town, (&name, tab), &vm::edits_text(edits)),
        });
    }

    /// Other words; what stood can be brought back.
    fn put(self, edits: Vec<Edit>) {
        if self.edits.with_untracked(|now| *now == edits) {
            return;
        }
        self.before.update(|all| all.push(self.edits.get_untracked()));
        self.keep(&edits);
        self.edits.set(edits);
    }

    pub(super) fn put_and_draw(self, edits: Vec<Edit>) {
        self.put(edits);
        self.redraw.update(|count| *count += 1);
    }

    fn undo(self) {
        let last = self.before.try_update(Vec::pop).flatten();
        if let Some(edits) = last {
            self.keep(&edits);
            self.edits.set(edits);
            self.redraw.update(|count| *count += 1);
        }
    }

    fn view(self) -> AnyView {
        let others = move || {
            let name = self.wish.with(Wish::draft_name);
            let all = self
                .town
                .read_untracked(|desk| self.tab.with_value(|tab| desk.other_drafts(&name, tab)));
            let own = self.edits.with(Vec::is_empty);
            own.then(|| {
                all.into_iter()
                    .take(OFFERED)
                    .map(|kept| self.offered(kept))
                    .collect_view()
            })
        };
        let told = Memo::new(move |_| self.computed.get().err());
        let body = move || match told.get() {
            Some(why) => view! { <EmptyState why=why /> }.into_any(),
            None => view! { {self.tools()} {self.stale()} {self.changed()} {self.sheet()} }.into_any(),
        };
        view! {
            {laid_out()}
            <p class="note no-print">{self.kind.whom}</p>
            {self.choose()}
            {others}
            {body}
        }
        .into_any()
    }

    fn offered(self, kept: Unfinished) -> AnyView {
        let (name, text) = (kept.name.clone(), kept.text.clone());
        let take = move || self.put_and_draw(vm::edits_of(&text));
        let drop = move || {
            self.town.update(|desk| desk.forget_draft(&name));
            self.town.refresh();
        };
        unfinished::offered(&kept, "在另一个窗口", take, drop)
    }

    /// Of whom and over what time.
    fn choose(self) -> AnyView {
        let (shell, town, kind) = (self.shell, self.town, self.kind);
        let subjects =
            Memo::new(move |_| town.read(|desk| vm::subjects(desk.replica(), kind, &desk.reach(), desk.today())));
        let about = Signal::derive(move || self.wish.with(|wish| wish.about.clone()));
        // A record that the list has not, as its own page leads to it, is named by the paper itself.
        let options = Signal::derive(move || {
            let mut all = subjects.get();
            let chosen = about.get();
            if !chosen.is_empty() && all.iter().all(|(key, _)| *key != chosen) {
                all.insert(0, (chosen, "打开的这一条".to_owned()));
            }
            all
        });
        let periods = Signal::derive(move || {
            let today = town.read(|desk| desk.today());
            self.wish.with(|wish| vm::periods(wish.asked.period, today))
        });
        let period = Signal::derive(move || self.wish.with(|wish| crate::view::period::key(wish.asked.period)));
        let names = Signal::derive(move || self.wish.with(|wish| wish.asked.personal));
        let period = kind.period.then(|| {
            let choose = move |text: String| shell.refine_query(key::PERIOD, &text);
            view! { <Select label="统计期" options=periods chosen=period on_choose=choose /> }
        });
        let id = next_id("names");
        let made = Memo::new(move |_| self.computed.with(Result::is_ok));
        let source = Memo::new(move |_| self.wish.with(Wish::source).filter(|_| made.get()));
        let source = move || source.get().map(|href| view! { <a href=href>"看它的记录"</a> });
        view! {
            <div class="period-bar no-print" role="group" aria-label="文稿的对象和统计期">
                <Select label="对象" options=options chosen=about on_choose=move |about: String| shell.refine_query(ABOUT, &about) />
                {period}
                <span class="check-line">
                    <input type="checkbox" id=id.clone() prop:checked=names
                        on:change=move |ev| shell.refine_query(NAMES, if event_target_checked(&ev) { "yes" } else { "" }) />
                    <label for=id>"写出全名和电话"</label>
                </span>
                {source}
            </div>
        }
        .into_any()
    }

    fn tools(self) -> AnyView {
        let screen = use_screen();
        let town = self.town;
        let with = move |act: fn(AppStore, &Paper)| {
            if let Some(paper) = self.paper_now() {
                act(town, &paper);
            }
        };
        let edit_word = Signal::derive(move || if self.open.get() { "改好了" } else { "修改文字" }.to_owned());
        let toggle = move |()| self.open.update(|open| *open = !*open);
        let can_undo = Memo::new(move |_| !self.before.with(Vec::is_empty));
        let has_edits = Memo::new(move |_| !self.edits.with(Vec::is_empty));
        view! {
            <div class="button-row no-print">
                <Button kind=ButtonKind::Main label="打印".to_owned() on_press=move |()| { self.open.set(false); print(screen) } />
                <Button label="存为 Word".to_owned() on_press=move |()| with(save_word) />
                <Button label="复制文字".to_owned() on_press=move |()| with(copy) />
                <Show when=can_share_text>
                    <Button label="发送文字".to_owned() on_press=move |()| with(send) />
                </Show>
                <Button label=edit_word on_press=toggle />
                <Show when=move || can_undo.get()>
                    <Button label="撤销修改".to_owned() on_press=move |()| self.undo() />
                </Show>
                <Show when=move || has_edits.get()>
                    <Button label="全部还原".to_owned() on_press=move |()| self.put_and_draw(Vec::new()) />
                </Show>
                {self.keep_form()}
            </div>
            <Show when=move || self.open.get()>
                <p class="note no-print" role="status">
                    "点一段或表里一格就能改，回车另起一段，清空的段落不出现；表的下面也能加一段。数字仍可点开看记录；改过的有标记，数据变了会提示。"
                </p>
            </Show>
        }
        .into_any()
    }

    /// Keeps the paper as it goes out.
    fn keep_form(self) -> AnyView {
        let (town, shell) = (self.town, self.shell);
        let open = RwSignal::new(false);
        let (to, by) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        let wrong = RwSignal::new(String::new());
        by.set(town.read_untracked(|desk| desk.person().label.clone()));
        let why_not = Signal::derive(move || {
            let why = self.wish.with(|wish| town.read(|desk| vm::why_not_keep(desk, wish)));
            why.unwrap_or_default()
        });
        let save = move |()| {
            let Some(paper) = self.paper_now() else { return };
            let made = self
                .wish
                .with_untracked(|wish| vm::draft(&paper, wish, &to.get_untracked(), &by.get_untracked()));
            match made {
                Err(Notice { what, todo, .. }) => wrong.set(format!("{what}，{todo}")),
                Ok(draft) => {
                    wrong.set(String::new());
                    let done = town.act_and_say("已留存，在“报告”里可以找到", |desk| {
                        desk.save("留存文稿", &[draft])
                    });
                    if done.failure.is_none() {
                        self.keep(&[]);
                        shell.go_to(Route::Papers);
                    }
                }
            }
        };
        let (to_id, by_id) = (next_id("to"), next_id("by"));
        let body = move || {
            let (to_id, by_id) = (to_id.clone(), by_id.clone());
            let outdated = move || {
                let count = self.paper().map_or(0, |paper| vm::stale(&paper).len());
                (count > 0).then(|| {
                    let words = format!(
                        "有 {count} 处是您以前写的，和现在算出的不一样。请先在上面逐处处理；现在留存，留下的是您写的。"
                    );
                    view! { <p class="field-error" role="alert">{words}</p> }
                })
            };
            open.get().then(|| {
                view! {
                    <div class="export-menu" role="group" aria-label="留存文稿">
                        <p class="note">"把现在看到的全文记下来，以后台账再变，这份不变。"</p>
                        {outdated}
                        <label for=to_id.clone()>"发往"</label>
                        <input class="input" id=to_id prop:value=move || to.get() on:input=move |ev| to.set(event_target_value(&ev)) />
                        <label for=by_id.clone()>"经办人"</label>
                        <input class="input" id=by_id prop:value=move || by.get() on:input=move |ev| by.set(event_target_value(&ev)) />
                        <div class="button-row">
                            <Button kind=ButtonKind::Main label="留存这一份".to_owned() on_press=save why_not=why_not />
                        </div>
                        <span class="field-error" role="alert">{move || wrong.get()}</span>
                    </div>
                }
            })
        };
        disclosure("留存", open, body)
    }

    /// The sheet. While it is open it is not drawn anew under the person's hands.
    fn sheet(self) -> AnyView {
        let shown = RwSignal::new(String::new());
        Effect::new(move |_| {
            self.redraw.track();
            let open = self.open.get();
            let paper = if open { untrack(|| self.paper()) } else { self.paper() };
            if let Ok(paper) = paper {
                // Equal text would leave in the document what was written there.
                shown.set(String::new());
                shown.set(if open {
                    sheet::html_open(&paper)
                } else {
                    sheet::html(&paper)
                });
            }
            picture::fill(self.sheet);
            if open {
                edit::open(self.sheet);
            }
        });
        let name = move || self.wish.with_untracked(Wish::draft_name);
        let focus = move |_: ev::FocusEvent| self.began.set_value(Some((name(), self.edits.get_untracked())));
        let input = move |event: ev::Event| {
            if let Some(edits) = self.written(&event) {
                self.keep(&edits);
                self.edits.set(edits);
            }
        };
        let leave = move |event: ev::FocusEvent| {
            // A field that goes away with its paper is none of the paper that comes.
            let began = self.began.try_update_value(Option::take).flatten();
            let Some((_, began)) = began.filter(|(paper, _)| *paper == name()) else {
                return;
            };
            let written = self.written(&event).unwrap_or_else(|| self.edits.get_untracked());
            self.edits.set(began);
            self.put(written);
        };
        let key = move |event: ev::KeyboardEvent| {
            if !self.open.get_untracked() {
                return;
            }
            if let Some((block, id)) = edit::block_of(&event)
                && edit::ends(&event, self.paper_now().and_then(|paper| paper.lines(&id)))
            {
                event.prevent_default();
                let _ = block.blur();
            }
            // What is typed here is no shortcut of the page.
            event.stop_propagation();
        };
        view! {
            <div class="paper-desk" class:is-open=move || self.open.get() node_ref=self.sheet inner_html=move || shown.get()
                on:focusin=focus on:input=input on:focusout=leave on:keydown=key on:paste=move |event: ev::ClipboardEvent| edit::paste(&event)></div>
        }
        .into_any()
    }

    /// The edits with what stands in the block of an event now; nothing where no block is open.
    fn written(self, event: &web_sys::Event) -> Option<Vec<Edit>> {
        if !self.open.get_untracked() {
            return None;
        }
        let (block, id) = edit::block_of(event)?;
        let paper = self.paper_now()?.edited(&id, &edit::words_in(&block));
        Some(paper.edits)
    }
}

/// Offers the paper as a text document, made by the office worker.
pub fn save_word(town: AppStore, paper: &Paper) {
    let (name, plain) = (
        format!("{}.docx", safe(&vm::file_name(paper))),
        plain(paper, &picture::for_document),
    );
    let toasts = town.toasts;
    spawn_local(async move {
        let told = match office::write_paper(&plain).await {
            Ok(bytes) if offer_bytes(&name, DOCX, &bytes) => format!("已导出 {name}，在浏览器的下载里"),
            Ok(_) => "浏览器没有保存这个文件，请换一个浏览器打开本页再导出".to_owned(),
            Err(ended) => {
                let notice = refused_by_worker(&ended);
                format!("没有导出：{}，{}", notice.what, notice.todo)
            }
        };
        toasts.say(told, None);
    });
}

/// Hands the words of the paper to another app, a chat on a phone; where the browser refuses, they are copied.
pub fn send(town: AppStore, paper: &Paper) {
    let (title, text) = (sheet::title(paper), sheet::plain(paper));
    spawn_local(async move {
        if share_text(&title, &text).await == Handed::Refused {
            give_text(town, "文稿", text);
        }
    });
}

/// Copies the words of the paper for a chat.
pub fn copy(town: AppStore, paper: &Paper) {
    give_text(town, "文稿", sheet::plain(paper));
}
