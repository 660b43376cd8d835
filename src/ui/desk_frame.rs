//! What the frame shows of the desk: saved or not, last export, role, search.

use leptos::prelude::*;

use super::app::{Gate, Looks};
use super::components::frame::{ExportAge, FrameState};
use super::components::message::Notice;
use super::components::search::{self as field, SearchHit, Searching};
use super::hand_over::{Way, hand_over, write};
use super::parts::{self, Part, PartRequest};
use super::screen::{TextSize, Theme};
use super::state::{AppStore, use_store};
use crate::browser::host::{Offline, apply_update};
use crate::browser::local::LocalKeyValue;
use crate::desk::Desk;
use crate::exchange::sent::{GONE, SEEN};
use crate::exchange::{Purpose, Scope};
use crate::model::ledger::Role;
use crate::model::notice::{self, Severity};
use crate::model::programmes::town::ledgers::{COMMUNITY, Unit};
use crate::model::records::rows;
use crate::model::status::Status;
use crate::storage::keys::SETTING;
use crate::storage::{Failure, KeyValue};
use crate::view::folder::RESUME;
use crate::view::overview::figures_day;
use crate::view::route::{Address, Route, home, key};
use crate::view::search;

/// Signals and callbacks of the frame.
pub fn frame_state(town: AppStore) -> FrameState {
    Effect::new(move |_| {
        town.read(|_| ());
        super::parts::count_waiting(town);
    });
    FrameState {
        as_of: Signal::derive(move || {
            let address = super::app::use_shell().address;
            let asked = address.read().get(key::AS_OF).map(str::to_owned);
            town.read(|desk| figures_day(desk.today(), asked.as_deref()).to_string())
        }),
        sample: Signal::derive(move || town.read(|desk| desk.is_sample())),
        saved: town.saved.into(),
        export: Signal::derive(move || export_age(town)),
        roles: Signal::stored(
            Role::ALL
                .iter()
                .map(|c| (c.code.to_owned(), c.label.to_owned()))
                .collect(),
        ),
        role: Signal::derive(move || town.read(|desk| desk.person().role.code().to_owned())),
        on_role: Callback::new(move |code: String| town.when_open(move || choose_role(town, &code))),
        notices: Signal::derive(move || notices(town)),
        offline: Signal::derive(move || match town.build.get().offline {
            Offline::Ready => "已可离线使用",
            Offline::Pending => "正在准备离线使用",
            Offline::Failed => "暂时不能离线使用",
            Offline::Impossible => "",
        }),
        open: town.waits.into(),
        home: Signal::derive(move || {
            let home = town.read(|desk| home(desk.person().role, desk.own_district()));
            Address::from(home).hash()
        }),
        unit: Signal::derive(move || town.read(own_unit)),
    }
}

/// The unit that is filled in for here, and what it calls itself.
fn own_unit(desk: &Desk) -> Option<(String, &'static str)> {
    let own = desk.own_unit()?;
    let units = rows::<Unit>(desk.replica());
    let kind = units.into_iter().find(|unit| unit.id() == own)?.kind();
    Some((own.to_owned(), if kind == Some(COMMUNITY) { "本社区" } else { "本村" }))
}

/// Whether the address alone decides what is shown.
pub fn gate(town: AppStore) -> Gate {
    town.read(|desk| match () {
        () if town.is_opening() => Gate::Opening,
        () if desk.lost().is_some() => Gate::Recovery,
        () if desk.is_blank() => Gate::FirstUse,
        () => Gate::Open,
    })
}

/// Text size and theme as this browser keeps them. The sample town looks alike, and keeps nothing.
pub fn looks(town: AppStore) -> Looks {
    let local = LocalKeyValue::open();
    let kept = |name: &str| {
        let of_desk = town.read_untracked(|desk| desk.store().setting(name));
        let of_browser = || local.as_ref().ok()?.get(&format!("{SETTING}{name}")).ok()?;
        of_desk.or_else(of_browser).unwrap_or_default()
    };
    Looks {
        size: TextSize::from_key(&kept("size")),
        theme: Theme::from_key(&kept("theme")),
    }
}

/// Keeps text size and theme. Not being able to only means choosing again next time.
pub fn keep_looks(town: AppStore, looks: Looks) {
    town.when_open(move || {
        town.update(|desk| {
            let _ = desk.store_mut().set_setting("size", Some(looks.size.key()));
            let _ = desk.store_mut().set_setting("theme", Some(looks.theme.key()));
        });
    });
}

fn export_age(town: AppStore) -> ExportAge {
    let age = town.read(|desk| desk.export_age());
    let text = match age.days {
        _ if age.waiting => "等您确认".to_owned(),
        None if age.saves == 0 => "从未导出".to_owned(),
        None => format!("从未导出，已改 {} 处", age.saves),
        Some(0) => "今天".to_owned(),
        Some(days) => format!("{days} 天前"),
    };
    ExportAge {
        text,
        overdue: age.overdue,
    }
}

/// Everything that stays under the top bar, the most urgent first.
fn notices(town: AppStore) -> Vec<(Notice, Callback<()>)> {
    let save = Callback::new(move |()| backup(town));
    let reload = Callback::new(|()| drop(window().location().reload()));
    let mut all = Vec::new();
    let failure = town.failure.get();
    if let Some(failure) = &failure {
        all.push((banner(Status::Late, &failure.notice(), "导出备份"), save));
    }
    let barred = town.read(|desk| desk.barred().cloned());
    match barred.filter(|barred| Some(barred) != failure.as_ref()) {
        // The whole page tells of it.
        None | Some(Failure::Recovery) => {}
        Some(barred @ (Failure::Newer(_) | Failure::Erased)) => {
            all.push((banner(Status::Late, &barred.notice(), "刷新"), reload));
        }
        Some(barred) => all.push((banner(Status::Late, &barred.notice(), "导出备份"), save)),
    }
    let mut asked = false;
    for notice in town.told.get() {
        let status = if notice.severity == Severity::Error {
            Status::Late
        } else {
            Status::Warn
        };
        let (word, request): (_, fn(AppStore) -> PartRequest) = match notice.place.as_str() {
            RESUME => ("继续同步", PartRequest::Resume),
            SEEN => ("我已看到", PartRequest::Left),
            GONE => ("已发出", PartRequest::Left),
            _ => ("", PartRequest::Resume),
        };
        if !word.is_empty() {
            asked |= notice.place == SEEN;
            let act = move |()| parts::send(town, Part::Office, request(town));
            all.push((banner(status, &notice, word), Callback::new(act)));
            continue;
        }
        let read = notice.clone();
        let noted = move |()| {
            town.update(|desk| desk.noted(&read));
            town.told.update(|told| told.retain(|other| *other != read));
        };
        all.push((banner(status, &notice, "知道了"), Callback::new(noted)));
    }
    if town.build.get().update {
        let notice = Notice {
            status: Status::Done,
            text: "有新版本".to_owned(),
            action: "点此更新".to_owned(),
        };
        all.push((notice, Callback::new(|()| apply_update())));
    }
    let age = town.read(|desk| desk.export_age());
    if age.overdue && !asked {
        let notice = Notice {
            status: Status::Warn,
            text: format!("有 {} 次修改还没有导出备份，请导出一份存到别处", age.saves),
            action: "导出备份".to_owned(),
        };
        all.push((notice, save));
    }
    all
}

fn banner(status: Status, told: &notice::Notice, action: &str) -> Notice {
    Notice {
        status,
        text: format!("{}；{}", told.what, told.todo),
        action: action.to_owned(),
    }
}

/// Downloads everything; the way out that is always there.
pub fn backup(town: AppStore) {
    town.when_open(move || parts::send(town, Part::Office, PartRequest::Backup(town)));
}

/// [`backup`], of the part that writes files.
pub fn backup_now(town: AppStore) {
    hand_over(town, write(town, Purpose::Backup, Scope::all()), Way::Download);
}

/// Roles without a unit or district are taken at once; the others are chosen on the settings page.
fn choose_role(town: AppStore, code: &str) {
    match Role::of(Some(code)) {
        Some(role @ (Role::Town | Role::Guide | Role::Viewer)) => {
            town.update(|desk| {
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

/// What is found everywhere; in the part that knows how to read pinyin.
pub fn hits(searching: Searching) -> AnyView {
    let town = use_store();
    // Runs again once there is something to find.
    field::hits(searching, move |words| match town.is_opening() {
        true => Vec::new(),
        false => find(town, &words),
    })
}

fn find(town: AppStore, words: &str) -> Vec<SearchHit> {
    let hits = town.read_untracked(|desk| search::find(desk.replica(), words));
    let hit = |hit: search::Hit| SearchHit {
        text: hit.text,
        kind: hit.kind,
        href: hit.address.hash(),
    };
    hits.into_iter().map(hit).collect()
}
