//! What the frame shows of the desk: saved or not, last export, role, search.

use leptos::prelude::*;

use super::app::Looks;
use super::components::frame::{ExportAge, FrameState};
use super::components::message::Notice;
use super::components::search::SearchHit;
use super::screen::{TextSize, Theme};
use super::state::Town;
use crate::browser::files::download;
use crate::exchange::name::file_name;
use crate::exchange::{Purpose, Scope};
use crate::model::ledger::Role;
use crate::view::overview::figures_day;
use crate::view::route::{Address, Route, key};
use crate::view::search;
use crate::view::text::Status;

/// Signals and callbacks of the frame.
pub fn frame_state(town: Town) -> FrameState {
    FrameState {
        as_of: Signal::derive(move || {
            let address = super::app::use_shell().address;
            let asked = address.read().get(key::AS_OF).map(str::to_owned);
            town.read(|desk| figures_day(desk.is_sample(), desk.today(), asked.as_deref()).to_string())
        }),
        sample: Signal::derive(move || town.read(|desk| desk.is_sample())),
        saved: town.saved.into(),
        export: Signal::derive(move || export_age(town)),
        roles: Signal::stored(
            Role::CHOICES
                .iter()
                .map(|c| (c.code.to_owned(), c.label.to_owned()))
                .collect(),
        ),
        role: Signal::derive(move || town.read(|desk| desk.person().role.code().to_owned())),
        on_role: Callback::new(move |code: String| choose_role(town, &code)),
        notice: Signal::derive(move || notice(town)),
        on_notice: Callback::new(move |()| backup(town)),
        search: Callback::new(move |words: String| find(town, &words)),
        fill_href: Signal::stored(Address::from(Route::Ledgers).hash()),
    }
}

/// Text size and theme as this browser keeps them.
pub fn looks(town: Town) -> Looks {
    let kept = |name: &str| town.peek(|desk| desk.store().setting(name)).unwrap_or_default();
    Looks {
        size: TextSize::from_key(&kept("size")),
        theme: Theme::from_key(&kept("theme")),
    }
}

/// Keeps text size and theme. Not being able to only means choosing again next time.
pub fn keep_looks(town: Town, looks: Looks) {
    town.tend(|desk| {
        let _ = desk.store_mut().set_setting("size", Some(looks.size.key()));
        let _ = desk.store_mut().set_setting("theme", Some(looks.theme.key()));
    });
}

fn export_age(town: Town) -> ExportAge {
    let (days, saves, overdue) = town.read(|desk| desk.export_age());
    let text = match days {
        None if saves == 0 => "从未导出".to_owned(),
        None => format!("从未导出，已改 {saves} 处"),
        Some(0) => "今天".to_owned(),
        Some(days) => format!("{days} 天前"),
    };
    ExportAge { text, overdue }
}

fn notice(town: Town) -> Option<Notice> {
    let failure = town.failure.get()?;
    let told = failure.notice();
    Some(Notice {
        status: Status::Late,
        text: format!("{}；{}", told.what, told.todo),
        action: "导出备份".to_owned(),
    })
}

/// Downloads everything; the way out that is always there.
pub fn backup(town: Town) {
    let (name, text) = town.tend(|desk| {
        let written = desk.export(Purpose::Backup, Scope::all());
        (file_name(desk.replica(), &written.header), written.text)
    });
    if download(&name, &text) {
        town.tend(|desk| desk.note_export());
        town.toasts.say(format!("已导出 {name}"), None);
        town.refresh();
    } else {
        town.toasts
            .say("这个浏览器不让保存文件，请在系统浏览器中打开本页", None);
    }
}

/// Roles without a unit or district are taken at once; the others are chosen on the settings page.
fn choose_role(town: Town, code: &str) {
    match Role::by_code(code) {
        Some(role @ (Role::Town | Role::Guide | Role::Viewer)) => {
            town.tend(|desk| {
                let label = desk.person().label.clone();
                desk.become_person(role, "", "", &label)
            });
            town.refresh();
        }
        Some(role) => {
            let to = Address::from(Route::Settings).with("role", role.code());
            let _ = window().location().set_hash(&to.hash());
        }
        None => {}
    }
}

fn find(town: Town, words: &str) -> Vec<SearchHit> {
    let hits = town.peek(|desk| search::find(desk.replica(), words));
    let hit = |hit: search::Hit| SearchHit {
        text: hit.text,
        kind: hit.kind,
        href: hit.address.hash(),
    };
    hits.into_iter().map(hit).collect()
}
