//! First steps: the sample town, a new town, or files.

use leptos::prelude::*;

use crate::model::records::rows;
use crate::model::town::{COMMUNITY, Town, Unit};
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::card::Card;
use crate::ui::components::message::EmptyState;
use crate::ui::dom::next_id;
use crate::ui::state::use_town;
use crate::view::new_town::{UnitList, drafts, parse};
use crate::view::route::{Address, Route};

/// Three doors.
pub fn start() -> AnyView {
    let merge = Address::from(Route::Merge).hash();
    view! {
        <div class="stack">
            <Card title="体验示例".to_owned()>
                <p>"打开一个填好的示例镇，随意查看和试填，不会保存。"</p>
                <p><a class=ButtonKind::Plain.class() href="?sample">"打开示例"</a></p>
            </Card>
            <Card title="导入文件".to_owned()>
                <p>"已有镇里下发的文件或以前的备份，从这里导入。"</p>
                <p><a class=ButtonKind::Plain.class() href=merge>"导入文件"</a></p>
            </Card>
            <Card title="新建本镇".to_owned()>{new_town()}</Card>
        </div>
    }
    .into_any()
}

fn new_town() -> AnyView {
    let town = use_town();
    let taken = town.peek(|desk| !rows::<Town>(desk.replica()).is_empty() || !rows::<Unit>(desk.replica()).is_empty());
    if taken {
        return view! { <EmptyState why="这里已有本镇的数据。村（社区）和片区可在台账中增改。" /> }.into_any();
    }
    let name = RwSignal::new(String::new());
    let text = RwSignal::new(String::new());
    let list = Memo::new(move |_| parse(&text.read()));
    let why_not = Signal::derive(move || why_not(&name.read(), &list.read()).to_owned());
    let shell = use_shell();
    let build = move |()| {
        let done = town.act_and_say("已建立本镇", |desk| {
            let all = drafts(name.read_untracked().trim(), &list.read_untracked(), |i| {
                desk.next_record_id(i)
            });
            desk.save("新建本镇", &all)
        });
        if !done.unchanged {
            shell.go_to(Route::Overview);
        }
    };
    let (name_id, list_id) = (next_id("town"), next_id("units"));
    view! {
        <div class="field">
            <label class="field-label" for=name_id.clone()>"镇名"</label>
            <input class="input" id=name_id autocomplete="off" prop:value=name on:input=move |ev| name.set(event_target_value(&ev)) />
        </div>
        <div class="field">
            <label class="field-label" for=list_id.clone()>
                "村（社区）名单"
                <span class="field-hint">"从电子表格复制后粘贴，每行一个：名称、村或社区、片区。后两列可以不填。"</span>
            </label>
            <textarea class="input" id=list_id rows="8" prop:value=text on:input=move |ev| text.set(event_target_value(&ev))></textarea>
        </div>
        {move || list.with(preview)}
        <div class="button-row">
            <Button kind=ButtonKind::Main label="建立本镇".to_owned() why_not on_press=build />
        </div>
    }
    .into_any()
}

fn why_not(name: &str, list: &UnitList) -> &'static str {
    match () {
        () if name.trim().is_empty() => "请先填写镇名",
        () if !list.errors.is_empty() => "名单有错误，请先改正",
        () if list.units.is_empty() => "请先粘贴村（社区）名单",
        () => "",
    }
}

fn preview(list: &UnitList) -> AnyView {
    let errors = list
        .errors
        .iter()
        .map(|(line, what)| view! { <li>{format!("第 {line} 行：{what}")}</li> });
    let errors = (!list.errors.is_empty())
        .then(|| view! { <ul class="field-error" role="status" style="display:block">{errors.collect_view()}</ul> });
    let lines = list.units.iter().map(|unit| {
        let kind = if unit.kind == COMMUNITY { "社区" } else { "村" };
        let district = if unit.district.is_empty() {
            "--".to_owned()
        } else {
            unit.district.clone()
        };
        view! { <tr><td>{unit.name.clone()}</td><td>{kind}</td><td>{district}</td></tr> }
    });
    let table = (!list.units.is_empty()).then(|| {
        let sum = format!("共 {} 个村（社区），{} 个片区", list.units.len(), list.districts.len());
        view! {
            <p>{sum}</p>
            <table class="table table-plain">
                <thead><tr><th scope="col">"名称"</th><th scope="col">"类型"</th><th scope="col">"片区"</th></tr></thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        }
    });
    (errors, table).into_any()
}
