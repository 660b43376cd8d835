//! Settings of this device: who works here, looks, storage.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::files::download;
use crate::browser::host::{Offline, apply_update};
use crate::browser::notify::{self, Permission};
use crate::browser::second;
use crate::browser::share::app;
use crate::model::ledger::Role;
use crate::model::programmes::town::ledgers::{District, Town, Unit};
use crate::model::records::rows;
use crate::model::status::Status;
use crate::storage::{Level, Usage};
use crate::ui::app::use_shell;
use crate::ui::by_hand::laid_out;
use crate::ui::components::button::{Button, ButtonKind, Segments, Select};
use crate::ui::components::card::Card;
use crate::ui::components::status::shape;
use crate::ui::desk_frame::backup;
use crate::ui::dom::next_id;
use crate::ui::hand_over::{confirm, way_out};
use crate::ui::parts::{self, Part, PartRequest};
use crate::ui::recovery::raw_copy;
use crate::ui::screen::{TextSize, Theme, use_screen};
use crate::ui::state::use_store;
use crate::view::format::whole;
use crate::view::leaving::{confirm_word, handed, waits};
use crate::view::remind::{ON, SWITCH};
use crate::view::route::{Address, Route};
use crate::view::show;

/// The page.
pub fn settings() -> AnyView {
    let bin = Address::from(Route::Bin).hash();
    let help = Address::from(Route::Help).hash();
    let start = Address::from(Route::Start).hash();
    let rules = Address::from(Route::Rules).hash();
    view! {
        <div class="grid">
            <div class="stack span-7">
                <Card title="身份".to_owned()>{person()}</Card>
                <Card title="显示".to_owned()>{looks()}</Card>
                <Card title="到期提醒".to_owned()>{reminders()}</Card>
                <Card title="更多".to_owned()>
                    <div class="button-row">
                        <a class=ButtonKind::Plain.class() href=rules>"指标与规则"</a>
                        <a class=ButtonKind::Plain.class() href=help>"使用说明"</a>
                        <a class=ButtonKind::Plain.class() href=bin>"回收站"</a>
                        <a class=ButtonKind::Plain.class() href=start>"开始使用"</a>
                    </div>
                </Card>
            </div>
            <div class="stack span-5">
                <Card title="备份".to_owned()>{backups()}</Card>
                <Card title="本机存储".to_owned()>{storage()}</Card>
                <Card title="清空本机".to_owned()>{erase()}</Card>
            </div>
        </div>
    }
    .into_any()
}

/// Codes and names with an empty choice first.
fn choices(first: &str, all: Vec<(String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), first.to_owned())).chain(all).collect()
}

fn person() -> AnyView {
    let town = use_store();
    let shell = use_shell();
    let me = town.read_untracked(|desk| desk.person().clone());
    let asked = shell.address.with_untracked(|a| Role::of(a.get("role")));
    let role = RwSignal::new(asked.unwrap_or(me.role).code().to_owned());
    let (unit, district, label) = (
        RwSignal::new(me.unit),
        RwSignal::new(me.district),
        RwSignal::new(me.label),
    );
    let roles: Vec<(String, String)> = Role::ALL
        .iter()
        .map(|c| (c.code.to_owned(), c.label.to_owned()))
        .collect();
    let units = Signal::derive(move || {
        let named = |u: Unit| (u.id().to_owned(), u.name().unwrap_or("--").to_owned());
        choices(
            "请选择村（社区）",
            town.read(|desk| rows::<Unit>(desk.replica()).into_iter().map(named).collect()),
        )
    });
    let districts = Signal::derive(move || {
        let named = |d: District| (d.id().to_owned(), d.name().unwrap_or("--").to_owned());
        choices(
            "请选择片区",
            town.read(|desk| show::districts(desk.replica()).into_iter().map(named).collect()),
        )
    });
    let is = move |wanted: Role| *role.read() == wanted.code();
    let why_not = Signal::derive(move || {
        let why = if is(Role::Unit) && unit.read().is_empty() {
            "请先选择村（社区）"
        } else if is(Role::District) && district.read().is_empty() {
            "请先选择片区"
        } else {
            ""
        };
        why.to_owned()
    });
    let save = move |()| {
        let Some(role) = Role::of(Some(&role.read_untracked())) else {
            return;
        };
        let unit = if role == Role::Unit {
            unit.get_untracked()
        } else {
            String::new()
        };
        let district = if role == Role::District {
            district.get_untracked()
        } else {
            String::new()
        };
        let done = town.update(|desk| desk.become_person(role, &unit, &district, label.read_untracked().trim()));
        town.refresh();
        match done.failure {
            None => town.toasts.say("已保存身份", None),
            Some(failure) => town
                .toasts
                .say(format!("身份没有存下：{}", failure.notice().what), None),
        }
    };
    let id = next_id("label");
    view! {
        <p class="small muted">"身份只决定打开时的首页、填报范围和默认导出的内容，不是密码。换身份前填的内容不变。"</p>
        <div class="field">
            <span class="field-label">"身份"</span>
            <Select label="身份" options=Signal::stored(roles) chosen=role on_choose=move |code| role.set(code) />
        </div>
        <Show when=move || is(Role::Unit)>
            <div class="field">
                <span class="field-label">"村（社区）"</span>
                <Select label="村（社区）" options=units chosen=unit on_choose=move |code| unit.set(code) />
            </div>
        </Show>
        <Show when=move || is(Role::District)>
            <div class="field">
                <span class="field-label">"片区"</span>
                <Select label="片区" options=districts chosen=district on_choose=move |code| district.set(code) />
            </div>
        </Show>
        <div class="field">
            <label class="field-label" for=id.clone()>"填报人姓名"<span class="field-optional">"可不填"</span></label>
            <input class="input" id=id autocomplete="off" prop:value=label on:input=move |ev| label.set(event_target_value(&ev)) />
        </div>
        <Button kind=ButtonKind::Main label="保存身份".to_owned() why_not on_press=save />
    }
    .into_any()
}

fn looks() -> AnyView {
    let screen = use_screen();
    let sizes = TextSize::ALL
        .map(|(size, word)| (size.key().to_owned(), word.to_owned()))
        .to_vec();
    let themes = Theme::ALL
        .map(|(theme, word)| (theme.key().to_owned(), word.to_owned()))
        .to_vec();
    view! {
        <div class="setting">
            <span>"字号"</span>
            <Segments
                label="字号"
                options=sizes
                chosen=Signal::derive(move || screen.size.get().key().to_owned())
                on_choose=move |key: String| screen.size.set(TextSize::from_key(&key))
            />
        </div>
        <div class="setting">
            <span>"颜色"</span>
            <Segments
                label="颜色"
                options=themes
                chosen=Signal::derive(move || screen.theme.get().key().to_owned())
                on_choose=move |key: String| screen.theme.set(Theme::from_key(&key))
            />
        </div>
    }
    .into_any()
}

/// Whether this device reminds. The browser asks the person only after the press.
fn reminders() -> AnyView {
    let town = use_store();
    let kept = town.read_untracked(|desk| desk.store().setting(SWITCH));
    let is_on = RwSignal::new(kept.as_deref() == Some(ON));
    let keep = move |on: bool| {
        let kept = town.update(|desk| desk.store_mut().set_setting(SWITCH, on.then_some(ON)));
        if let Err(failure) = kept {
            town.toasts.say(format!("没有存下：{}", failure.notice().what), None);
            return;
        }
        let _ = is_on.try_set(on);
        if on {
            parts::send(town, Part::Figures, PartRequest::Remind(town));
        } else {
            notify::badge(0);
        }
    };
    let choose = move |key: String| match key.as_str() {
        ON => spawn_local(async move {
            notify::ask().await;
            keep(true);
        }),
        _ => keep(false),
    };
    let chosen = Signal::derive(move || if is_on.get() { ON } else { "" }.to_owned());
    let options = [(ON, "开"), ("", "关")].map(|(key, word)| (key.to_owned(), word.to_owned()));
    let stands = move || {
        is_on.get().then(|| match notify::permission() {
            Permission::Granted => "已打开。",
            Permission::Missing => "这个浏览器或网址不能发通知，只在图标上显示件数。",
            Permission::Denied | Permission::Unasked => {
                "浏览器没有允许通知，只在图标上显示件数。要通知的，请在浏览器的网站设置里允许。"
            }
        })
    };
    view! {
        <div class="setting">
            <span>"到期提醒"</span>
            <Segments label="到期提醒" options=options.to_vec() chosen on_choose=choose />
        </div>
        <p role="status">{stands}</p>
        <p class="small muted">
            "打开后，本页开着时有新到期的事就通知，一天最多一次，只说件数、不写姓名；装成应用的，图标上显示已逾期和今天到期的件数。只管这台设备，关掉本页就没有提醒。"
        </p>
    }
    .into_any()
}

fn backups() -> AnyView {
    let town = use_store();
    let sample = town.read_untracked(|desk| desk.is_sample());
    let words = move || {
        let age = town.read(|desk| desk.export_age());
        let last = match age.days {
            None if age.waiting => "准备过备份，等您确认已看到文件".to_owned(),
            None => "还没有导出过备份".to_owned(),
            Some(0) => "今天导出过备份".to_owned(),
            Some(days) => format!("{days} 天前导出过备份"),
        };
        let since = if age.saves == 0 {
            "，之后没有修改。".to_owned()
        } else {
            format!("，有 {} 次修改还不在备份里。", age.saves)
        };
        if age.days.is_none() && age.saves == 0 {
            format!("{last}。")
        } else {
            last + &since
        }
    };
    let raw = move |()| {
        let copy = town.read_untracked(|desk| desk.store().raw_copy());
        let name = town.read_untracked(|desk| format!("天城党建-本机数据-{}.json", desk.today()));
        let said = match copy {
            Ok(text) if download(&name, &text) => handed(&name, app()),
            _ => "没有导出成功，请改用导出备份".to_owned(),
        };
        town.toasts.say(said, None);
    };
    let snapshots = Address::from(Route::Snapshots).hash();
    let compare = Address::from(Route::Compare).hash();
    let more = (!sample).then(|| {
        view! {
            <details class="more">
                <summary>"出错时用：本机数据副本"</summary>
                <p class="small muted">"把这个浏览器里存的内容原样导出，损坏的部分也在内，供排查和恢复用。平时用备份就够了。"</p>
                <p class="button-row"><Button label="导出本机数据副本".to_owned() on_press=raw /></p>
                {raw_copy(town)}
            </details>
        }
    });
    let waits = move || {
        town.read(|desk| desk.waiting_file()).map(|sent| {
            let told = waits(&sent, app());
            let key = sent.key();
            view! {
                <p>{told.what} "。" {told.todo}</p>
                <p class="button-row">
                    <Button label=confirm_word(&sent).to_owned() on_press=move |()| confirm(town, Some(&key)) />
                </p>
            }
        })
    };
    view! {
        {way_out()}
        {laid_out()}
        <p>{words}</p>
        {waits}
        <p class="small muted">"清理浏览器数据、重装系统、更换设备都会丢失没有备份的内容。请每周导出一份，存到别处。"</p>
        <p class="button-row">
            <Button label="导出备份".to_owned() on_press=move |()| backup(town) />
            <a class=ButtonKind::Plain.class() href=snapshots>"每日快照"</a>
            <a class=ButtonKind::Plain.class() href=compare>"和备份对比"</a>
        </p>
        <p class="small muted">"每天还自动在这个浏览器里另存一份快照，误改误删后可以找回。"</p>
        {more}
    }
    .into_any()
}

/// The use of room: per cent, words, and how urgent.
fn usage_words(usage: &Usage) -> (u64, String, Status) {
    let share = usage.permille() / 10;
    let (advice, status) = match usage.level() {
        Level::Plenty => ("空间充足", Status::Ok),
        Level::Notice => ("空间够用，较早的数据会自动压缩", Status::Ok),
        Level::Tight => ("空间偏紧，请导出备份", Status::Warn),
        Level::Full => ("空间快满了，请立即导出备份", Status::Late),
    };
    (
        share,
        format!(
            "已用约 {}，{advice}。",
            whole(i64::try_from(share * 10).unwrap_or(1000))
        ),
        status,
    )
}

fn storage() -> AnyView {
    let town = use_store();
    let room = move || {
        let usage = town.read(|desk| (!desk.is_sample() && !desk.is_in_memory()).then(|| desk.store().usage()));
        let Some(usage) = usage else {
            let why = if town.read_untracked(|desk| desk.is_sample()) {
                "示例数据不存入这台设备。"
            } else {
                "浏览器不允许本页面保存数据，关闭后内容就没有了。"
            };
            return view! { <p>{why}</p> }.into_any();
        };
        let (share, words, status) = usage_words(&usage);
        view! {
            <p class="marked">{shape(status, false)} <span>{words}</span></p>
            <div class="meter" role="meter" aria-label="已用空间" aria-valuemin="0" aria-valuemax="100" aria-valuenow=share>
                <span class=format!("meter-{}", status.key()) style=format!("width:{}%", share.clamp(1, 100))></span>
            </div>
        }
        .into_any()
    };
    let offline = move || match town.build.get().offline {
        Offline::Ready => "已可离线使用：没有网络也能打开。",
        Offline::Pending => "正在准备离线使用。",
        Offline::Failed => "还不能离线使用，联网后重新打开本页会再试。",
        Offline::Impossible => "这个网址或浏览器不支持离线使用，打开时需要网络。",
    };
    let update = move || {
        let act = |()| apply_update();
        let waits = town.build.get().update;
        waits.then(
            || view! { <p class="button-row">"有新版本 " <Button label="点此更新".to_owned() on_press=act /></p> },
        )
    };
    view! {
        <p>"数据只保存在这台设备的这个浏览器里，不上传。"</p>
        {room}
        <p>{offline}</p>
        {update}
    }
    .into_any()
}

fn erase() -> AnyView {
    let town = use_store();
    let typed = RwSignal::new(String::new());
    let name = Signal::derive(move || {
        let name = town.read(|desk| {
            rows::<Town>(desk.replica())
                .first()
                .and_then(|t| t.name())
                .map(str::to_owned)
        });
        name.unwrap_or_else(|| "清空本机".to_owned())
    });
    let why_not = Signal::derive(move || {
        if town.read(|desk| desk.is_sample()) {
            "示例数据没有存入本机，不用清空".to_owned()
        } else if typed.read().trim() == *name.read() {
            String::new()
        } else {
            format!("请先输入“{}”", name.read())
        }
    });
    let clear = move |()| {
        let outcome = town.update(|desk| {
            let now = desk.now();
            desk.store_mut().clear_all(now)
        });
        match outcome {
            Ok(()) => {
                town.forget();
                spawn_local(async move {
                    if second::clear().await {
                        // Should the browser refuse, the banner of the erased store stays.
                        let _ = window().location().reload();
                    } else {
                        let told = "已清空，但每日快照没有删掉，请在浏览器设置里清除本网站的数据";
                        town.toasts.say(told, None);
                    }
                });
            }
            Err(failure) => {
                let told = failure.notice();
                town.toasts.say(format!("没有清空：{}；{}", told.what, told.todo), None);
            }
        }
    };
    let id = next_id("erase");
    view! {
        <p>"删除这个浏览器里的全部数据和每日快照，不能撤销。交还设备或换人使用时用。"</p>
        <p class="button-row"><Button label="先导出最后一份备份".to_owned() on_press=move |()| backup(town) /></p>
        <div class="field">
            <label class="field-label" for=id.clone()>{move || format!("输入“{}”确认", name.read())}</label>
            <input class="input" id=id autocomplete="off" prop:value=typed on:input=move |ev| typed.set(event_target_value(&ev)) />
        </div>
        <Button label="清空本机".to_owned() why_not on_press=clear />
    }
    .into_any()
}
