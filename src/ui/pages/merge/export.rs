//! Files that leave: tasks for the villages, reports to the town, copies to keep or to show.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words;
use crate::browser::share::{app, can_share};
use crate::browser::turns::Frames;
use crate::exchange::seal::{Fresh, seal_in_turns};
use crate::exchange::{Purpose, Scope};
use crate::model::ledger::TypedRow;
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::{Dispatch, Unit};
use crate::model::records::rows;
use crate::replica::redact;
use crate::turns::Turns;
use crate::ui::components::button::{Button, ButtonKind, Select};
use crate::ui::components::portion::portion;
use crate::ui::dom::next_id;
use crate::ui::hand_over::{Way, hand_over, report, way_buttons, way_out, write};
use crate::ui::state::AppStore;
use crate::view::exchange::tasks;
use crate::view::leaving::{self, ways_to_keep};
use crate::view::portion::BLOCKS;
use crate::view::route::{Address, Route};
use crate::view::show;

/// Marks a district among the places a file can be for.
const DISTRICT: &str = "d:";

/// The ways a file can go; while it cannot, the button that says why.
fn ways(
    label: &'static str,
    all: Vec<Way>,
    why_not: Signal<String>,
    go: impl Fn(Way) + Copy + Send + Sync + 'static,
) -> AnyView {
    let open = Memo::new(move |_| why_not.read().is_empty());
    let part = move || match open.get() {
        true => way_buttons(all.clone(), label, None, go),
        false => view! { <Button label=label.to_owned() why_not on_press=move |()| go(Way::Download) /> }.into_any(),
    };
    view! { <span class="button-row">{part}</span> }.into_any()
}

/// The ways for what a person keeps.
fn kept() -> Vec<Way> {
    ways_to_keep(app(), can_share())
}

/// The ways for what goes to somebody.
fn sent() -> Vec<Way> {
    leaving::ways(app(), can_share(), false)
}

fn always() -> Signal<String> {
    Signal::stored(String::new())
}

/// What the town sends out: tasks, and for each village the file that carries them.
pub fn dispatch(town: AppStore) -> AnyView {
    let place = RwSignal::new(String::new());
    let places = Signal::derive(move || {
        town.read(|desk| {
            let districts = show::districts(desk.replica())
                .into_iter()
                .map(|d| (format!("{DISTRICT}{}", d.id()), d.name().unwrap_or(d.id()).to_owned()));
            let units = rows::<Unit>(desk.replica()).into_iter();
            let units = units.map(|u| (u.id().to_owned(), u.name().unwrap_or(u.id()).to_owned()));
            let first = std::iter::once((String::new(), "请选择".to_owned()));
            first.chain(districts).chain(units).collect::<Vec<_>>()
        })
    });
    let why_not = Signal::derive(move || {
        let why = if place.read().is_empty() {
            "请先选择发给谁"
        } else {
            ""
        };
        why.to_owned()
    });
    let go = move |way: Way| {
        let place = place.get_untracked();
        let units: Vec<String> = match place.strip_prefix(DISTRICT) {
            None => vec![place],
            Some(district) => town.read_untracked(|desk| {
                let units = rows::<Unit>(desk.replica()).into_iter().map(|u| u.id().to_owned());
                units
                    .filter(|unit| desk.replica().district_of(unit) == Some(district))
                    .collect()
            }),
        };
        hand_over(town, write(town, Purpose::Dispatch, Scope::units(units)), way);
    };
    let all = Memo::new(move |_| town.read(|desk| tasks(desk.replica())));
    let task = |(id, title)| {
        let href = Address::from(Route::Record(id)).hash();
        view! { <li class="entry"><a href=href>{title}</a></li> }
    };
    let list = portion(all.into(), BLOCKS, task, |rows| {
        view! { <ul class="entries is-flat">{rows}</ul> }.into_any()
    });
    let new = Address::from(Route::NewRecord(Dispatch::LEDGER.id.to_owned())).hash();
    let why_no_task = town.read_untracked(|desk| desk.why_not(Dispatch::LEDGER, "", None));
    let add = match why_no_task {
        None => view! { <a class=ButtonKind::Plain.class() href=new>{Dispatch::LEDGER.verb}</a> }.into_any(),
        Some(reason) => view! { <span class="small muted">{reason}</span> }.into_any(),
    };
    view! {
        <p class="small muted">"先定任务：统计期、要填的台账、截止日期；再把下发文件发给村（社区），对方导入后在“填报”页看到任务和进度。"</p>
        {list}
        <p class="button-row">{add}</p>
        <div class="setting">
            <span>"下发文件发给"</span>
            <Select label="发给" options=places chosen=place on_choose=move |code| place.set(code) />
        </div>
        <div class="setting">
            <span>"含对方的记录和全镇的单位、片区、任务、设置"</span>
            {ways("导出下发文件", sent(), why_not, go)}
        </div>
        {super::forms::give_out(town, all)}
    }
    .into_any()
}

/// Reports, backups, copies to show.
pub fn export(town: AppStore) -> AnyView {
    let own = town.read_untracked(|desk| desk.own_unit().unwrap_or("").to_owned());
    let unit = RwSignal::new(own);
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
    let send = move |purpose: Purpose| move |way: Way| hand_over(town, write(town, purpose, Scope::all()), way);
    view! {
        {way_out()}
        {backup(town)}
        <div class="setting">
            <span>"上报：一个村（社区）的全部记录，发给镇党建办"</span>
            <span class="button-row">
                <Select label="村（社区）" options=units chosen=unit on_choose=move |code| unit.set(code) />
                {ways("导出上报文件", sent(), needs_unit, move |way| report(town, &unit.get_untracked(), None, way))}
            </span>
        </div>
        <div class="setting">
            <span>"脱敏：全部台账，不含姓名、电话等个人信息，供展示用"</span>
            {ways("导出脱敏文件", kept(), always(), send(Purpose::Redacted))}
        </div>
        {stays(town)}
        {sealed(town)}
    }
    .into_any()
}

/// A copy of everything for oneself.
fn backup(town: AppStore) -> AnyView {
    let go = move |way: Way| hand_over(town, write(town, Purpose::Backup, Scope::all()), way);
    view! {
        <div class="setting">
            <span>"备份：全部台账，供自己保存和换设备用"</span>
            {ways("导出备份", kept(), always(), go)}
        </div>
    }
    .into_any()
}

/// What a village keeps for itself.
pub fn copies(town: AppStore) -> AnyView {
    view! { {way_out()} {backup(town)} {sealed(town)} }.into_any()
}

/// What a redacted file carries as it was typed, to be read before it is exported.
fn stays(town: AppStore) -> Option<AnyView> {
    let lines = town.read_untracked(|desk| redact::free_texts(desk.replica(), catalogue()));
    let lines = lines.into_iter().map(|(ledger, fields)| {
        let labels: Vec<&str> = fields.iter().map(|field| field.label).collect();
        view! { <li>{format!("{}：{}", ledger.label, labels.join("、"))}</li> }
    });
    let lines: Vec<_> = lines.collect();
    let told = "其中写有电话号码或名册里姓名的文字，整栏不导出；其他内容请先看一遍。本版本不认识的内容也不导出。";
    (!lines.is_empty()).then(|| {
        view! {
            <details class="fold small">
                <summary>"脱敏文件中，这些栏里的文字会原样导出"</summary>
                <p>{told}</p>
                <ul>{lines}</ul>
            </details>
        }
        .into_any()
    })
}

/// A backup that only opens with a passphrase.
fn sealed(town: AppStore) -> AnyView {
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(String::new());
    let id = next_id("seal");
    let sealing = RwSignal::new(false);
    let go = move |()| {
        let mut fresh = Fresh {
            salt: [0; 16],
            nonce: [0; 12],
        };
        if sealing.get_untracked() {
            return;
        }
        sealing.set(true);
        let plain = write(town, Purpose::Backup, Scope::all());
        town.read_untracked(|desk| {
            desk.environment().random(&mut fresh.salt);
            desk.environment().random(&mut fresh.nonce);
        });
        let passphrase = typed.get_untracked();
        spawn_local(async move {
            let frames = Frames::begin();
            let sealed = seal_in_turns(&plain.text, &passphrase, fresh, Turns::by(&frames)).await;
            // The page may have been left meanwhile.
            let _ = sealing.try_set(false);
            match sealed {
                Ok(text) => {
                    let _ = (wrong.try_set(String::new()), typed.try_set(String::new()));
                    let name = plain.name.replace(".json", "_加密.json");
                    let mut file = plain;
                    (file.name, file.text) = (name, text);
                    file.sent.sealed = true;
                    hand_over(town, file, Way::Download);
                }
                Err(notice) => drop(wrong.try_set(words(&notice))),
            }
        });
    };
    let told = format!("{id}-error");
    let said = told.clone();
    view! {
        <div class="setting">
            <label for=id.clone()>
                "加密备份：全部台账，要口令才能打开"
                <span class="field-hint">"口令请另行告诉对方"</span>
            </label>
            <span class="button-row">
                <input
                    class="input seal-word"
                    type="password"
                    autocomplete="new-password"
                    id=id
                    placeholder="口令"
                    prop:value=typed
                    aria-describedby=told
                    on:input=move |ev| typed.set(event_target_value(&ev))
                />
                <Button label="导出加密备份".to_owned() on_press=go />
            </span>
            <span class="field-error" role="alert" id=said hidden=move || wrong.read().is_empty()>{move || wrong.get()}</span>
        </div>
    }
    .into_any()
}
