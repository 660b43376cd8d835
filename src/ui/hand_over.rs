//! Handing a file to the person: as a download, to another app, or as text. None of them tells whether it arrived, so
//! backups and reports wait for the person's word.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::by_hand::{Text, lay_out};
use super::components::button::{Button, ButtonKind};
use super::components::status::status_tag;
use super::state::AppStore;
use crate::browser::clipboard::copy;
use crate::browser::files::download;
use crate::browser::share::{app, can_share, share};
use crate::desk::{Desk, Unkept};
use crate::exchange::name::file_name;
use crate::exchange::pasted::pieces;
use crate::exchange::sent::{GONE, SEEN, Sent};
use crate::exchange::writing::Written;
use crate::exchange::{Purpose, Scope};
use crate::model::ledger::TypedRow;
use crate::model::programmes::town::ledgers::Submission;
use crate::model::status::Status;
use crate::view::code::{Code, code, may_fit};
use crate::view::fill::Asked;
pub use crate::view::leaving::Way;
use crate::view::leaving::{extent, handed, waits, way_word, ways};

/// A file that is ready to leave.
#[derive(Clone)]
pub struct Outgoing {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What its receipt says.
    pub sent: Sent,
    /// The note of a report, kept once the file has left.
    note: Option<Unkept>,
}

impl Outgoing {
    fn of(desk: &Desk, written: Written, note: Option<Unkept>) -> Outgoing {
        let name = file_name(desk.replica(), &written.header);
        let whole = desk.backs_up(written.header.purpose, &written.header.scope);
        let mut sent = Sent::of(&written, &name, desk.signature());
        sent.backs_up = whole.then(|| desk.unexported_with(note.as_ref()));
        Outgoing {
            name,
            text: written.text,
            sent,
            note,
        }
    }

    /// Notes that it was handed over, and asks on every page whether it arrived.
    fn left(self, town: AppStore) {
        let done = town.update(|desk| desk.note_left(self.sent, self.note));
        town.note(&done);
        town.refresh();
        ask(town);
    }
}

/// Writes a file of part of the records.
pub fn write(town: AppStore, purpose: Purpose, scope: Scope) -> Outgoing {
    town.update(|desk| {
        let written = desk.export(purpose, scope);
        Outgoing::of(desk, written, None)
    })
}

/// Asks on every page about the latest file that waits for the person's word.
fn ask(town: AppStore) {
    let told = town.read_untracked(|desk| desk.waiting_file().map(|sent| waits(&sent, app())));
    town.told
        .update(|all| all.retain(|notice| notice.place != SEEN && notice.place != GONE));
    town.tell(told.into_iter().collect());
}

/// The person says that a file is where it should be; without a key, the one that was asked about.
pub fn confirm(town: AppStore, key: Option<&str>) {
    let asked = || town.read_untracked(|desk| desk.waiting_file().map(|sent| sent.key()));
    if let Some(key) = key.map(str::to_owned).or_else(asked) {
        town.update(|desk| desk.confirm_left(&key));
        town.toasts.say("已记下", None);
    }
    ask(town);
    town.refresh();
}

/// What people have to know in a window that often saves no files.
pub fn way_out() -> AnyView {
    let note = app().map(|app| {
        let told = crate::view::leaving::way_out(app);
        view! { <p role="note">{status_tag(Status::Warn, Some(format!("正在{app}里")))} " " {told}</p> }
    });
    view! { {note} }.into_any()
}

/// The ways to send the report of a unit from this device, the one that works best first.
pub fn ways_to_report(town: AppStore, unit: &str) -> Vec<Way> {
    let tiny = town.read_untracked(|desk| may_fit(desk.replica(), unit));
    ways(app(), can_share(), tiny)
}

/// A button for each way; `download` is what the one says that saves a file. With `main` the first is the main act of the
/// view, and says so before its way; in a window that keeps files back the others are small beside it.
pub fn way_buttons(
    all: Vec<Way>,
    download: &'static str,
    main: Option<&'static str>,
    press: impl Fn(Way) + Copy + Send + Sync + 'static,
) -> AnyView {
    let small = main.is_some() && app().is_some();
    let buttons = all.into_iter().enumerate().map(|(at, way)| {
        let word = way_word(way, download);
        let (kind, label) = match (at, main) {
            (0, Some(act)) => (ButtonKind::Main, format!("{act}：{word}")),
            (1.., _) if small => (ButtonKind::Link, word.to_owned()),
            _ => (ButtonKind::Plain, word.to_owned()),
        };
        view! { <Button kind label on_press=move |()| press(way) /> }
    });
    buttons.collect_view().into_any()
}

/// Hands a file over and says what became of it.
pub fn hand_over(town: AppStore, mut file: Outgoing, way: Way) {
    let toasts = town.toasts;
    file.sent.name.clone_from(&file.name);
    file.sent.size = u64::try_from(file.text.len()).unwrap_or(u64::MAX);
    let sealed = if file.sent.sealed {
        "，打开时要输入口令，口令不随文件保存，忘记了就打不开"
    } else {
        ""
    };
    let about = extent(&file.sent) + sealed;
    match way {
        Way::Download if download(&file.name, &file.text) => {
            toasts.say(format!("{}，{about}", handed(&file.name, app())), None);
            file.left(town);
        }
        Way::Download => {
            toasts.say(
                "这个浏览器不让保存文件，请在系统浏览器中打开本页，或改用“复制为文本”",
                None,
            );
            by_hand(town, file, "这个浏览器不让保存文件。");
        }
        Way::Share => spawn_local(async move {
            match share(&file.name, &file.text).await {
                Ok(()) => {
                    toasts.say(format!("已转给其他应用：{}，{about}", file.name), None);
                    file.left(town);
                }
                Err(_) => toasts.say("没有转发，也没有记为已上报或已备份。可改用导出文件或复制为文本", None),
            }
        }),
        Way::Code => match code(&file.text) {
            Some(drawn) => lay(town, file, "", Some(drawn)),
            None => toasts.say("内容较多，一个二维码装不下，请改用文件或复制为文本", None),
        },
        Way::Copy if pieces(&file.text, &file.sent.sha256).len() > 1 => by_hand(town, file, ""),
        Way::Copy => spawn_local(async move {
            if copy(&file.text).await {
                toasts.say(
                    format!("已复制，{about}。粘贴到聊天里发出，对方在“收发”页粘贴即可"),
                    None,
                );
                file.left(town);
            } else {
                by_hand(town, file, "浏览器不让网页复制。");
            }
        }),
    }
}

/// Shows the text of a file to be copied by the person.
fn by_hand(town: AppStore, file: Outgoing, why: &str) {
    lay(town, file, why, None);
}

/// Shows the text of a file, or its code.
fn lay(town: AppStore, file: Outgoing, why: &str, code: Option<Code>) {
    let (texts, title) = match &code {
        Some(code) => (vec![code.letters.clone()], format!("二维码：{}", file.name)),
        None => {
            let texts = pieces(&file.text, &file.sent.sha256);
            (texts, format!("复制为文本：{}", file.name))
        }
    };
    let done = move || {
        let key = file.sent.key();
        file.clone().left(town);
        // Whoever pressed this has said so.
        confirm(town, Some(&key));
    };
    lay_out(Text {
        title,
        why: why.to_owned(),
        texts,
        code,
        done: Some(Arc::new(done)),
    });
}

/// Writes the report of a unit with the note that it reports, then hands it over. The note counts once it has left.
pub fn report(town: AppStore, unit: &str, task: Option<&Asked>, way: Way) {
    let (today, label) = town.read_untracked(|desk| (desk.today(), desk.person().label.clone()));
    let label = Some(label.as_str()).filter(|label| !label.is_empty());
    let mut draft = Submission::draft("").unit(unit).date(today).by(label);
    if let Some(task) = task {
        let count = |n: usize| i64::try_from(n).unwrap_or(0);
        draft = draft.task(task.id.as_str());
        draft = draft.filled(count(task.filled())).asked(count(task.ledgers.len()));
    }
    let draft = draft.into_draft();
    // Who may not write here may still send a copy; the town then sees no report, only records.
    let may = town
        .read_untracked(|desk| desk.why_not(Submission::LEDGER, unit, None))
        .is_none();
    let mut file = town.update(|desk| {
        let (written, note) = desk.write_report(unit, may.then_some(draft));
        Outgoing::of(desk, written, note)
    });
    if let Some(task) = task {
        file.sent.task = format!("{}（统计期 {}，{} 截止）", task.title, task.period, task.due);
    }
    hand_over(town, file, way);
}
