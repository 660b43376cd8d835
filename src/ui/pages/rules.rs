//! 指标与规则: targets, thresholds, weights and spans of time, each a record that merges.

use leptos::prelude::*;

use crate::model::ledger::{Programme, TypedRow as _};
use crate::model::programmes::town::ledgers::Setting;
use crate::model::settings::RuleKind;
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind, Select};
use crate::ui::components::card::Card;
use crate::ui::components::frame::Head;
use crate::ui::dom::next_id;
use crate::ui::state::{AppStore, use_store};
use crate::view::route::{Address, Route};
use crate::view::rules::{IndicatorItems, Item, checked, general, of_programme, setting, value_of};

/// The page `#/rules`.
pub fn rules() -> AnyView {
    let (shell, town) = (use_shell(), use_store());
    shell.head.set(Head {
        back: Some(Address::from(Route::Settings).hash()),
        ..Head::titled("指标与规则")
    });
    let why_not = town
        .read_untracked(|desk| desk.why_not(Setting::LEDGER, "", None))
        .unwrap_or_default();
    let barred = (!why_not.is_empty()).then(|| view! { <p class="strong">{format!("现在只能查看：{why_not}。")}</p> });
    let open = why_not.is_empty();
    let programmes = Programme::ALL.into_iter().map(|programme| {
        let all = town.read_untracked(|desk| of_programme(programme, desk.replica()));
        let rows = all.into_iter().map(|one| indicator(town, one, open)).collect_view();
        view! { <Card title=programme.full_name().to_owned()>{rows}</Card> }
    });
    let general = town.read_untracked(|desk| general(desk.replica()));
    let general = general.into_iter().map(|item| row(town, item, open)).collect_view();
    view! {
        <div class="stack rules">
            <p class="lede">"目标、预警线和统计口径由镇里定，改了以后随文件合并到各村（社区）。"</p>
            {barred}
            <Card title="时限与口径".to_owned()>{general}</Card>
            {programmes.collect_view()}
        </div>
    }
    .into_any()
}

/// One indicator, closed to a line.
fn indicator(town: AppStore, one: IndicatorItems, open: bool) -> AnyView {
    let kept = StoredValue::new(one.items.clone());
    let changed = Memo::new(move |_| {
        let own = |item: &&Item| town.read(|desk| value_of(item, desk.replica())) != item.default;
        kept.with_value(|items| items.iter().filter(own).count())
    });
    let note = move || match changed.get() {
        0 => String::new(),
        n => format!("已改 {n} 项"),
    };
    let rows = one.items.into_iter().map(|item| row(town, item, open)).collect_view();
    view! {
        <details class="fold">
            <summary>{one.label} " " <span class="small strong">{note}</span></summary>
            <p class="small muted">{one.about}</p>
            {rows}
        </details>
    }
    .into_any()
}

fn row(town: AppStore, item: Item, open: bool) -> AnyView {
    let wrong = RwSignal::new(String::new());
    let id = next_id("rule");
    let kept = StoredValue::new(item.clone());
    // Rows stay while their values change, so that nobody loses the place.
    let now = Memo::new(move |_| kept.with_value(|item| town.read(|desk| value_of(item, desk.replica()))));
    let save = move |typed: String| {
        kept.with_value(
            |item| match checked(item, &typed, town.read_untracked(|desk| desk.today())) {
                Ok(value) if value == now.get_untracked() => wrong.set(String::new()),
                Ok(value) => {
                    wrong.set(String::new());
                    let label = format!("{}改为 {}", item.label, item.words(&value));
                    let draft = setting(item, &value);
                    town.act_and_say(format!("已把{label}"), |desk| desk.save(&label, &[draft]));
                }
                Err(notice) => wrong.set(format!("{}，{}", notice.what, notice.todo)),
            },
        );
    };
    let help = (!item.help.is_empty()).then(|| view! { <span class="small muted">{item.help.clone()}</span> });
    let back = move || {
        let default = kept.with_value(|item| item.default.clone());
        (open && now.get() != default).then(|| {
            let label = format!("恢复默认：{}", kept.with_value(|item| item.words(&default)));
            view! { <Button kind=ButtonKind::Link label on_press=move |()| save(default.clone()) /> }
        })
    };
    let control = if open {
        control(&item, now, id.clone(), save)
    } else {
        view! { <b>{move || kept.with_value(|item| item.words(&now.get()))}</b> }.into_any()
    };
    view! {
        <div class="setting rule">
            <label for=id>{item.label.clone()} " " {help}</label>
            {control} {back}
            <span class="field-error" role="alert">{move || wrong.get()}</span>
        </div>
    }
    .into_any()
}

fn control(
    item: &Item,
    now: Memo<String>,
    id: String,
    save: impl Fn(String) + Copy + Send + Sync + 'static,
) -> AnyView {
    let options: Vec<(String, String)> = match item.kind {
        RuleKind::Choice(all) => all.iter().map(|c| (c.0.to_owned(), c.1.to_owned())).collect(),
        RuleKind::YesNo => vec![
            ("true".to_owned(), "是".to_owned()),
            ("false".to_owned(), "否".to_owned()),
        ],
        _ => Vec::new(),
    };
    if !options.is_empty() {
        let options: Signal<Vec<(String, String)>> = Signal::stored(options);
        return view! {
            <Select label=item.label.clone() options chosen=now on_choose=save />
        }
        .into_any();
    }
    let (kind, mode, measure) = match item.kind {
        RuleKind::Number(measure) => ("text", "decimal", measure),
        RuleKind::Day => ("text", "numeric", ""),
        _ => ("text", "", ""),
    };
    view! {
        <span class="rule-value">
            <input
                class="input"
                id=id
                type=kind
                inputmode=(!mode.is_empty()).then_some(mode)
                prop:value=move || now.get()
                on:change=move |ev| save(event_target_value(&ev))
            />
            <span>{measure}</span>
        </span>
    }
    .into_any()
}
