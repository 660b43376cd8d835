//! Rows of a table into a ledger: choose, assign, look, import. Nothing is kept before the last step.

mod assign;
mod blank;
mod look;
mod whole;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use office::book::{Book, MOST_BYTES, Refusal, State, Table};
use web_sys::{ClipboardEvent, File};

use crate::browser::files::bytes;
use crate::browser::office as worker;
use crate::browser::turns::{Frames, next_turn};
use crate::desk::{Desk, Done};
use crate::model::ledger::{Ledger, Slot};
use crate::model::notice::Notice;
use crate::model::programmes::catalogue;
use crate::model::records::Draft;
use crate::turns::{Turns, unless};
use crate::ui::app::{Shell, use_shell};
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::card::Card;
use crate::ui::components::drop::{drop_zone, listed};
use crate::ui::dom::{next_id, typing};
use crate::ui::pending_file::pending_file;
use crate::ui::state::{AppStore, use_store};
use crate::ui::tables::refused_by_worker;
use crate::view::form::value_of;
use crate::view::route::{Address, Route, key};
use crate::view::show;
use crate::view::tables::issued::Issued;
use crate::view::tables::layout::{Layout, layout};
use crate::view::tables::mapping::{Mapped, guess, headings, is_known, lacking, ledgers};
use crate::view::tables::plan::{Answers, Ground, Job, Plan, plan_in_turns};
use crate::view::tables::whole::Whole;
use crate::view::tables::words::looks_like_data;
use crate::view::tables::{from_text, words};
use crate::view::words::TABLES;

/// What a text from the clipboard is called among the imports.
const PASTED: &str = "粘贴的表格";

/// A table on its way in. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Session {
    pub(super) town: AppStore,
    shell: Shell,
    /// Name of the file.
    name: RwSignal<String>,
    /// The sheets of the file; `None` before one is read.
    book: RwSignal<Option<Vec<Arc<Table>>>>,
    /// What is remarked about the file.
    remarks: RwSignal<Vec<String>>,
    /// What is being done.
    busy: RwSignal<Option<&'static str>>,
    /// Why the file cannot be read.
    refused: RwSignal<Option<Notice>>,
    pub(super) sheet: RwSignal<usize>,
    /// The row of headings that the person pointed to.
    pub(super) pointed: RwSignal<Option<u32>>,
    /// Id of the ledger; empty until one is chosen.
    pub(super) ledger: RwSignal<String>,
    pub(super) mapped: RwSignal<Vec<Mapped>>,
    /// What holds for all rows, as it was typed or chosen.
    pub(super) fixed: RwSignal<Vec<(Slot, String)>>,
    pub(super) answers: RwSignal<Answers>,
    pub(super) plan: RwSignal<Option<Arc<Plan>>>,
    /// The parts of the chosen sheet.
    laid: Memo<Option<Arc<Layout>>>,
    /// Grows with every file; work for an earlier one is dropped.
    run: StoredValue<u32>,
    /// What was imported last.
    done: RwSignal<Option<String>>,
    /// What would become of the whole workbook, and what became of it.
    whole: RwSignal<Option<Arc<Whole>>>,
    told: RwSignal<Option<String>>,
}

impl Session {
    fn new() -> Session {
        let (book, sheet, pointed) = (
            RwSignal::new(None::<Vec<Arc<Table>>>),
            RwSignal::new(0),
            RwSignal::new(None),
        );
        let laid = Memo::new(move |_| {
            let table = book.read().as_ref()?.get(sheet.get()).cloned()?;
            let known = |heading: &str| is_known(catalogue(), heading);
            Some(Arc::new(layout(&table, &known, pointed.get())))
        });
        Session {
            laid,
            town: use_store(),
            shell: use_shell(),
            name: RwSignal::new(String::new()),
            book,
            remarks: RwSignal::new(Vec::new()),
            busy: RwSignal::new(None),
            refused: RwSignal::new(None),
            sheet,
            pointed,
            ledger: RwSignal::new(String::new()),
            mapped: RwSignal::new(Vec::new()),
            fixed: RwSignal::new(Vec::new()),
            answers: RwSignal::new(Answers::new()),
            plan: RwSignal::new(None),
            run: StoredValue::new(0),
            done: RwSignal::new(None),
            whole: RwSignal::new(None),
            told: RwSignal::new(None),
        }
    }

    /// The sheets that may hold a table, with their places.
    pub(super) fn sheets(self) -> Vec<(usize, String, State)> {
        let book = self.book.get();
        let all = book.iter().flat_map(|sheets| sheets.iter().enumerate());
        let tables = all.filter(|(_, table)| table.state != State::Chart && !table.rows.is_empty());
        tables
            .map(|(at, table)| (at, table.name.clone(), table.state))
            .collect()
    }

    /// The name of the chosen sheet, where the file has several.
    pub(super) fn sheet_of_several(self) -> Option<String> {
        untrack(|| {
            let several = self.sheets().len() > 1;
            several.then(|| self.table().map(|table| table.name.clone())).flatten()
        })
    }

    /// The chosen sheet.
    pub(super) fn table(self) -> Option<Arc<Table>> {
        self.book.read().as_ref()?.get(self.sheet.get()).cloned()
    }

    pub(super) fn ledger(self) -> Option<&'static Ledger> {
        let id = self.ledger.get();
        catalogue().get(&id)
    }

    /// The parts of the chosen sheet.
    pub(super) fn layout(self) -> Option<Arc<Layout>> {
        self.laid.get()
    }

    fn take(self, files: Vec<File>) {
        let more = files.len() > 1;
        let Some(file) = files.into_iter().next() else {
            return;
        };
        if more {
            let told = format!("一次读一个文件，先读 {}", file.name());
            self.town.toasts.say(told, None);
        }
        let run = self.begin("正在读取表格");
        self.name.set(file.name());
        spawn_local(async move {
            next_turn().await;
            let read = async {
                if file.size() > MOST_BYTES as f64 {
                    return Err(words::refused(&Refusal::TooLarge));
                }
                let bytes = bytes(&file).await.map_err(|_| unreadable())?;
                if looks_like_data(&bytes) {
                    return Err(words::data_file());
                }
                match worker::read(bytes).await {
                    Ok(Ok(book)) => Ok(book),
                    Ok(Err(refusal)) => Err(words::refused(&refusal)),
                    Err(ended) => Err(refused_by_worker(&ended)),
                }
            };
            if let Some(read) = unless(|| self.is_over(run), read).await {
                self.arrived(read);
            }
        });
    }

    fn take_text(self, text: &str) {
        self.begin("正在读取表格");
        self.name.set(PASTED.to_owned());
        let table = from_text(text);
        self.arrived(match table.rows.is_empty() {
            true => Err(words::refused(&Refusal::Empty)),
            false => Ok(Book {
                sheets: vec![table],
                remarks: Vec::new(),
            }),
        });
    }

    /// Takes cells or a file that were pasted anywhere on the page but into a field.
    fn take_pasted(self, event: &ClipboardEvent) {
        let Some(data) = event.clipboard_data().filter(|_| !typing(event)) else {
            return;
        };
        let text = data.get_data("text/plain").unwrap_or_default();
        let files = listed(data.files());
        // Spreadsheets put a picture of the cells beside them.
        if text.contains(['\t', '\n']) {
            self.take_text(&text);
        } else if !files.is_empty() {
            self.take(files);
        } else {
            return;
        }
        event.prevent_default();
    }

    /// Clears the table; what is still being done for it is dropped.
    fn begin(self, busy: &'static str) -> u32 {
        self.clear();
        self.busy.set(Some(busy));
        self.run.get_value()
    }

    pub(super) fn clear(self) {
        if self.busy.get_untracked().is_some() {
            worker::cancel();
        }
        self.run.update_value(|run| *run += 1);
        self.busy.set(None);
        self.refused.set(None);
        self.done.set(None);
        self.whole.set(None);
        self.told.set(None);
        self.book.set(None);
        self.remarks.set(Vec::new());
        self.plan.set(None);
        self.pointed.set(None);
        self.answers.set(Answers::new());
        self.fixed.set(Vec::new());
        self.mapped.set(Vec::new());
    }

    fn is_over(self, run: u32) -> bool {
        self.run.try_get_value() != Some(run)
    }

    fn arrived(self, read: Result<Book, Notice>) {
        self.busy.set(None);
        match read {
            Err(notice) => self.refused.set(Some(notice)),
            Ok(book) if Issued::is_in(&book) => {
                let unit = Issued::read(&book).map(|issued| issued.unit);
                let unit = unit.map(|code| self.town.read_untracked(|desk| show::unit_name(desk.replica(), &code)));
                self.refused
                    .set(Some(words::elsewhere(unit.as_deref().unwrap_or_default())));
            }
            Ok(book) => {
                self.remarks.set(book.remarks.iter().map(words::remark).collect());
                self.book.set(Some(book.sheets.into_iter().map(Arc::new).collect()));
                self.choose_sheet(None);
            }
        }
    }

    /// Chooses a sheet: this one, or the first that looks like a table of some ledger; of a workbook of our own the first
    /// that is one.
    pub(super) fn choose_sheet(self, sheet: Option<usize>) {
        self.pointed.set(None);
        self.done.set(None);
        let sheets = untrack(|| self.sheets());
        let fits = |at: usize| {
            self.sheet.set(at);
            untrack(|| self.guessed()).is_some()
        };
        let visible = sheets.iter().filter(|(_, _, state)| *state == State::Visible);
        let visible: Vec<usize> = visible.map(|(at, _, _)| *at).collect();
        let is_own = |at: &usize| {
            self.sheet.set(*at);
            untrack(|| self.layout()).is_some_and(|layout| layout.own)
        };
        let own = visible.iter().copied().find(is_own);
        let first = own.or_else(|| visible.into_iter().find(|at| fits(*at)));
        let fallback = sheets.first().map_or(0, |(at, _, _)| *at);
        self.sheet.set(sheet.or(first).unwrap_or(fallback));
        let asked = self
            .shell
            .address
            .with_untracked(|here| here.get(key::LEDGER).map(str::to_owned));
        let guessed = untrack(|| self.guessed()).map(|ledger| ledger.id.to_owned());
        self.choose_ledger(asked.or(guessed).unwrap_or_default());
    }

    fn guessed(self) -> Option<&'static Ledger> {
        let (table, layout) = (self.table()?, self.layout()?);
        if layout.heading_rows.is_empty() {
            return None;
        }
        ledgers(catalogue(), &layout, &table.name).into_iter().next()
    }

    /// Chooses the ledger and guesses its columns.
    pub(super) fn choose_ledger(self, id: String) {
        self.ledger.set(id);
        self.answers.set(Answers::new());
        self.fixed.set(Vec::new());
        let guessed = untrack(|| {
            let (ledger, layout) = (self.ledger()?, self.layout()?);
            let remembered = self.town.read_untracked(|desk| desk.headings_of(ledger));
            Some(guess(ledger, &layout, &remembered))
        });
        self.mapped.set(guessed.unwrap_or_default());
    }

    /// What the person chose, once a ledger is chosen.
    pub(super) fn job(self) -> Option<Job> {
        let ledger = self.ledger()?;
        let typed = self.fixed.get();
        let fixed = typed
            .iter()
            .filter_map(|(slot, text)| Some((*slot, value_of(ledger.field_at(*slot)?, text))));
        Some(Job {
            ledger,
            mapped: self.mapped.get(),
            fixed: fixed.filter(|(_, value)| !value.is_blank()).collect(),
            answers: self.answers.get(),
            issued: None,
        })
    }

    /// Fields that have to be filled in once for all rows.
    pub(super) fn lacking(self) -> Vec<(Slot, &'static crate::model::ledger::Field)> {
        self.ledger()
            .map_or_else(Vec::new, |ledger| lacking(ledger, &self.mapped.get()))
    }

    /// Works out again what becomes of the rows whenever something was chosen.
    fn keep_planned(self) {
        let turn = StoredValue::new(0u32);
        Effect::new(move |_| {
            turn.update_value(|turn| *turn += 1);
            let (own, run) = (turn.get_value(), self.run.get_value());
            let (Some(table), Some(layout), Some(job)) = (self.table(), self.layout(), self.job()) else {
                self.plan.set(None);
                return;
            };
            let (records, today) = self.town.read(|desk| (desk.snapshot(), desk.today()));
            spawn_local(async move {
                let why_not = |unit: &str| self.town.read_untracked(|desk| desk.why_not(job.ledger, unit, None));
                let ground = Ground {
                    records: &*records,
                    catalogue: catalogue(),
                    today,
                    why_not: &why_not,
                };
                let frames = Frames::begin();
                let over = || self.is_over(run) || turn.try_get_value() != Some(own);
                let plan = plan_in_turns(&ground, &table, &layout, &job, Turns::by(&frames));
                if let Some(plan) = unless(over, plan).await {
                    self.plan.set(Some(Arc::new(plan)));
                }
            });
        });
    }

    /// Imports what is ready.
    pub(super) fn import(self) {
        let Some(plan) = self.plan.get_untracked() else {
            return;
        };
        let Some(job) = untrack(|| self.job()) else {
            return;
        };
        let (drafts, counts) = (plan.drafts(), plan.counts());
        let layout = untrack(|| self.layout());
        let remember = |desk: &mut Desk| {
            if let Some(layout) = layout {
                desk.remember_headings(job.ledger, headings(job.ledger, &job.mapped, &layout));
            }
        };
        let told = words::imported(job.ledger, &counts);
        if self.take_in(&drafts, &told, remember) {
            self.done.set(Some(told));
        }
    }

    /// Imports rows and says what came of it; whether something was imported. What is to be remembered of the table comes
    /// first.
    fn take_in(self, drafts: &[Draft], told: &str, remember: impl FnOnce(&mut Desk)) -> bool {
        let name = self.name.get_untracked();
        let mut failed = None;
        let done = self.town.commit(|desk| {
            remember(desk);
            desk.import_rows(&name, drafts).unwrap_or_else(|notice| {
                failed = Some(notice);
                Done {
                    unchanged: true,
                    ..Done::default()
                }
            })
        });
        if let Some(notice) = &failed {
            let told = format!("没有导入：{}，{}", notice.what, notice.todo);
            self.town.toasts.say(told, None);
        } else if !done.unchanged {
            self.town.toasts.say(told.to_owned(), self.town.way_back());
        }
        failed.is_none() && !done.unchanged
    }
}

fn unreadable() -> Notice {
    Notice::error(
        "file",
        "没有读出这个文件",
        "文件可能正在别的程序里打开或已移走，请关闭后重新选择",
    )
}

/// The page `#/import`.
pub fn tables() -> AnyView {
    let session = Session::new();
    session.keep_planned();
    let heard = window_event_listener(leptos::ev::paste, move |event| session.take_pasted(&event));
    on_cleanup(move || heard.remove());
    // A file that was dropped onto the list of a ledger.
    if let Some(file) = pending_file() {
        session.take(vec![file]);
    }
    let assigned = move || {
        session.book.get().map(|_| {
            view! {
                <Card title="对应关系".to_owned()>{assign::assign(session)}</Card>
                <Card title="预览".to_owned()>{look::look(session)}</Card>
            }
        })
    };
    view! {
        <div class="stack">
            <Card title="选择表格".to_owned()>{choose(session)} {move || told(session)}</Card>
            {move || whole::told(session)}
            {whole::offer(session)}
            {assigned}
        </div>
    }
    .into_any()
}

/// What is said about the file: that it is being read, why it cannot be, what came of it.
fn told(session: Session) -> AnyView {
    if let Some(busy) = session.busy.get() {
        return view! {
            <p class="button-row">
                <span role="status">{busy}</span>
                <Button label="取消".to_owned() on_press=move |()| session.clear() />
            </p>
        }
        .into_any();
    }
    if let Some(notice) = session.refused.get() {
        let merge = (notice.place == words::FORM).then(|| Address::from(Route::Merge).hash());
        let merge = merge.map(|href| view! { <a class=ButtonKind::Main.class() href=href>"去合并"</a> });
        return view! {
            <p role="alert">{session.name.get()} "：" {notice.what} "。" {notice.todo} "。"</p>
            {merge}
        }
        .into_any();
    }
    let remarks = session.remarks.get();
    let name = session.book.with(Option::is_some).then(|| session.name.get());
    let remarks = remarks
        .into_iter()
        .map(|text| view! { <p role="status">{text} "。"</p> });
    view! { {name.map(|name| view! { <p role="status">"已读取：" {name}</p> })} {remarks.collect_view()} }.into_any()
}

fn choose(session: Session) -> AnyView {
    let zone = drop_zone(
        "选择表格文件",
        (".xlsx,.xls,.et,.xlsb,.ods,.csv,.txt,.htm,.html", false),
        TABLES.for_role(session.town.read_untracked(|desk| desk.person().role)),
        move |files| session.take(files),
    );
    view! {
        {zone}
        {paste(session)}
        {blank::offer(session)}
    }
    .into_any()
}

fn paste(session: Session) -> AnyView {
    let text = RwSignal::new(String::new());
    let id = next_id("table-paste");
    let why_not = Signal::derive(move || match text.read().trim().is_empty() {
        true => "先把单元格粘贴到上面的框里".to_owned(),
        false => String::new(),
    });
    let read = move |()| session.take_text(&text.get_untracked());
    view! {
        <details class="fold">
            <summary>"也可以粘贴单元格"</summary>
            <label class="small label" for=id.clone()>
                "在 Excel 或 WPS 里连表头一起选中、复制，粘贴到这里"
            </label>
            <textarea
                id=id
                class="input"
                rows="6"
                autocomplete="off"
                spellcheck="false"
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <p class="button-row">
                <Button label="读取单元格".to_owned() why_not on_press=read />
            </p>
        </details>
    }
    .into_any()
}

/// The way to what was imported.
pub(super) fn done(session: Session) -> Option<AnyView> {
    let told = session.done.get()?;
    let ledger = untrack(|| session.ledger())?;
    let list = Address::from(Route::Ledger(ledger.id.to_owned())).hash();
    let merge = Address::from(Route::Merge).hash();
    Some(
        view! {
            <p role="status">{told} "。以后也可以在" <a href=merge>"合并记录"</a> "里撤回。"</p>
            <p class="button-row">
                <a class=ButtonKind::Main.class() href=list>{format!("打开{}", ledger.label)}</a>
                <Button label="再导入一张表".to_owned() on_press=move |()| session.clear() />
            </p>
        }
        .into_any(),
    )
}
