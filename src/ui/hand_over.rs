//! Handing a file to the person: as a download, to another app, or as text on the clipboard.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::components::status::status_tag;
use super::state::Town;
use crate::browser::clipboard::copy;
use crate::browser::files::download;
use crate::browser::share::{inside_chat, share};
use crate::exchange::name::file_name;
use crate::exchange::sent::Sent;
use crate::exchange::{Purpose, Scope};
use crate::model::ledger::{Role, TypedRow};
use crate::model::records::Draft;
use crate::model::town::Submission;
use crate::model::value::Value;
use crate::view::fill::Asked;
use crate::view::format;
use crate::view::text::Status;

/// The way a file leaves the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The browser's downloads.
    Download,
    /// Another app on the device, such as a chat.
    Share,
    /// The clipboard, for chats that refuse files.
    Copy,
}

/// A file that is ready to leave.
pub struct Outgoing {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What it holds, in words.
    pub about: String,
    /// It holds everything that this person has here, so that it is a backup, too.
    pub whole: bool,
    /// What its receipt says.
    pub sent: Sent,
}

/// Writes a file of part of the records.
pub fn write(town: Town, purpose: Purpose, scope: Scope) -> Outgoing {
    town.tend(|desk| {
        let own = desk.own_unit().map(str::to_owned);
        let whole = match purpose {
            Purpose::Backup => true,
            Purpose::Report => desk.person().role == Role::Unit && own.is_some_and(|own| scope.units == [own]),
            Purpose::Dispatch | Purpose::Redacted | Purpose::Share => false,
        };
        let written = desk.export(purpose, scope);
        let records = format::count(i64::try_from(written.counts.records).unwrap_or(i64::MAX));
        let name = file_name(desk.replica(), &written.header);
        Outgoing {
            sent: Sent::of(&written, &name, desk.signature()),
            name,
            about: format!("含 {records} 条记录"),
            text: written.text,
            whole,
        }
    })
}

/// What people have to know where the page stands in the window of a chat program.
pub fn way_out() -> AnyView {
    let told = "微信里存不了文件。请点右上角“···”，选“在浏览器打开”；也可用“复制为文本”，粘贴到聊天里发出。";
    let note = inside_chat().then(|| {
        view! { <p role="note">{status_tag(Status::Warn, Some("正在微信里".to_owned()))} " " {told}</p> }
    });
    view! { {note} }.into_any()
}

/// Hands a file over and says what became of it.
pub fn hand_over(town: Town, file: Outgoing, way: Way) {
    let toasts = town.toasts;
    let Outgoing {
        name,
        text,
        about,
        whole,
        mut sent,
    } = file;
    sent.name.clone_from(&name);
    sent.size = u64::try_from(text.len()).unwrap_or(u64::MAX);
    let noted = move || {
        town.tend(|desk| {
            if whole {
                desk.note_export();
            }
            desk.note_sent(sent);
        });
        town.refresh();
    };
    match way {
        Way::Download if download(&name, &text) => {
            noted();
            toasts.say(format!("已导出 {name}，{about}"), None);
        }
        Way::Download => toasts.say(
            "这个浏览器不让保存文件，请改用“复制为文本”，或在系统浏览器中打开本页",
            None,
        ),
        Way::Share => spawn_local(async move {
            match share(&name, &text).await {
                Ok(()) => {
                    noted();
                    toasts.say(format!("已转发 {name}，{about}"), None);
                }
                Err(_) => toasts.say("没有转发，可改用导出文件或复制为文本", None),
            }
        }),
        Way::Copy => spawn_local(async move {
            if copy(&text).await {
                noted();
                toasts.say(
                    format!("已复制，{about}。粘贴到聊天里发出，对方在“合并”页粘贴即可"),
                    None,
                );
            } else {
                toasts.say("浏览器不让复制，请改用导出文件", None);
            }
        }),
    }
}

/// Notes that a unit reports, then hands the unit's records over.
pub fn report(town: Town, unit: &str, task: Option<&Asked>, way: Way) {
    let mut draft = Draft::new(Submission::LEDGER, "");
    let (today, label) = town.peek(|desk| (desk.today().to_string(), desk.person().label.clone()));
    let mut put = |name: &str, value: Value| {
        if let Some(slot) = Submission::LEDGER.slot(name) {
            draft.set(slot, value);
        }
    };
    put("unit", Value::text(unit));
    put("date", Value::text(today));
    if !label.is_empty() {
        put("by", Value::text(label));
    }
    if let Some(task) = task {
        put("task", Value::text(task.id.as_str()));
        put("filled", Value::Int(i64::try_from(task.filled()).unwrap_or(0)));
        put("asked", Value::Int(i64::try_from(task.ledgers.len()).unwrap_or(0)));
    }
    // Who may not write here may still send a copy; the town then sees no report, only records.
    if town.peek(|desk| desk.why_not(Submission::LEDGER, unit, None)).is_none() {
        town.act(|desk| desk.save("上报", &[draft]));
    }
    let mut file = write(town, Purpose::Report, Scope::units([unit]));
    if let Some(task) = task {
        file.sent.task = format!("{}（统计期 {}，{} 截止）", task.title, task.period, task.due);
    }
    hand_over(town, file, way);
}
