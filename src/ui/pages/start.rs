//! First steps: a file that was received, a new town, or the sample town.

use leptos::prelude::*;

use crate::browser::tabs::tab_name;
use crate::desk::Desk;
use crate::model::programmes::town::ledgers::{COMMUNITY, Town, Unit, VILLAGE};
use crate::model::records::rows;
use crate::model::status::Status;
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind, Select};
use crate::ui::components::card::{Card, Lede, Words};
use crate::ui::components::message::EmptyState;
use crate::ui::components::status::shape;
use crate::ui::dom::{next_id, root};
use crate::ui::file_door::file_door;
use crate::ui::parts::{self, Part, PartRequest};
use crate::ui::state::use_store;
use crate::view::new_town::{UnitLine, UnitList, check, districts, drafts, parse};
use crate::view::route::{Address, Route};

/// Name of the new town among the unfinished forms.
const FORM: &str = "town.new";
/// The query key that opens the new town: `?step=new`.
const STEP: &str = "step";
/// What a pasted list may look like.
const EXAMPLE: &str = "寺前村\t村\t东片区\n新街社区\t社区\t西片区\n八里村\t村\t东片区";

/// Three doors, or the one that was opened.
pub fn start() -> AnyView {
    let shell = use_shell();
    let opened = Memo::new(move |_| shell.address.read().get(STEP) == Some("new"));
    Effect::new(move |_| {
        let back = opened.get().then(|| Address::from(Route::Start).hash());
        let title = if opened.get() { "新建本镇" } else { "开始使用" };
        shell.head.update(|head| {
            head.back = back;
            title.clone_into(&mut head.title);
        });
    });
    (move || match opened.get() {
        true => parts::shown(Part::Office, || PartRequest::NewTown),
        false => doors(),
    })
    .into_any()
}

fn doors() -> AnyView {
    let lede = vec![
        Words::Plain("党建台账、地图和报表在一个页面里，".to_owned()),
        Words::Fact("数据只保存在这台设备的浏览器".to_owned()),
        Words::Plain("，不上传。从哪里开始？".to_owned()),
    ];
    let new = Address::from(Route::Start).with(STEP, "new").hash();
    let merge = Address::from(Route::Merge).hash();
    let phone = root("data-width") == "phone";
    let (first, other) = match phone {
        // Villages and leaders, who are sent a file, come with phones.
        true => (ButtonKind::Plain, ButtonKind::Main),
        false => (ButtonKind::Main, ButtonKind::Plain),
    };
    let text = view! { <a href=merge>"收到的是文本"</a> };
    let received = door(
        file_door("我收到了文件", other),
        view! { "村（社区）书记、片区负责人：选镇里发来的文件，或以前的备份。" {text} }.into_any(),
    );
    let found = door(
        view! { <a class=first.class() href=new>"我是镇里的，新建本镇"</a> }.into_any(),
        "从电子表格复制村（社区）名单，粘贴进来就建好了。".into_any(),
    );
    let sample = door(
        view! { <a class=ButtonKind::Plain.class() href="?sample">"先看示例"</a> }.into_any(),
        "填好的示例镇，随意查看和试填，不会保存，也不影响已有数据。".into_any(),
    );
    let doors = match phone {
        true => [received, found, sample],
        false => [found, received, sample],
    };
    view! {
        <Lede parts=Signal::stored(lede) />
        <div class="grid doors">{doors.into_iter().collect_view()}</div>
        <p class="doors-foot">
            "不清楚怎么用，可先看" <a href=Address::from(Route::Help).hash()>"使用说明"</a> "。"
        </p>
    }
    .into_any()
}

fn door(act: AnyView, what: AnyView) -> AnyView {
    view! {
        <section class="card door span-4">
            <div class="door-act">{act}</div>
            <p class="door-what">{what}</p>
        </section>
    }
    .into_any()
}

/// A new town on its way. Copies are the same.
#[derive(Clone, Copy)]
struct Plan {
    name: RwSignal<String>,
    text: RwSignal<String>,
    /// The units once the list was taken; adjusted by hand from then on.
    units: RwSignal<Option<Vec<UnitLine>>>,
}

/// A new town, from a list of its units.
pub fn new_town() -> AnyView {
    let town = use_store();
    let taken = town
        .read_untracked(|desk| !rows::<Town>(desk.replica()).is_empty() || !rows::<Unit>(desk.replica()).is_empty());
    if taken {
        return view! {
            <Card title="新建本镇".to_owned()>
                <EmptyState why="这里已有本镇的数据。村（社区）和片区可在台账中增改。">
                    <a class=ButtonKind::Plain.class() href=Address::from(Route::Ledgers).hash()>"打开台账"</a>
                </EmptyState>
            </Card>
        }
        .into_any();
    }
    // What was typed stays when the page is left, as in any form.
    town.update(Desk::tidy_drafts);
    let tab = tab_name(|| town.read_untracked(Desk::draw_name));
    let kept = town
        .read_untracked(|desk| desk.own_draft(FORM, &tab))
        .map(|kept| kept.text)
        .unwrap_or_default();
    let (name, text) = kept.split_once('\n').unwrap_or_default();
    let plan = Plan {
        name: RwSignal::new(name.to_owned()),
        text: RwSignal::new(text.to_owned()),
        units: RwSignal::new(None),
    };
    Effect::new(move |before: Option<String>| {
        let now = format!("{}\n{}", plan.name.read(), plan.text.read());
        if before.is_some_and(|before| before != now) {
            // A draft that cannot be kept is still in the page.
            let _ = town.update(|desk| desk.keep_draft(FORM, &tab, &now));
        }
        now
    });
    let taken = Memo::new(move |_| plan.units.read().is_some());
    (move || if taken.get() { adjust(plan) } else { paste(plan) }).into_any()
}

fn paste(plan: Plan) -> AnyView {
    let list = Memo::new(move |_| parse(&plan.text.read()));
    let why_not = Signal::derive(move || {
        let list = list.read();
        let why = match () {
            () if plan.name.read().trim().is_empty() => "请先填写镇名",
            () if !list.errors.is_empty() => "名单有错误，请先改正",
            () if list.units.is_empty() => "请先粘贴村（社区）名单",
            () => "",
        };
        why.to_owned()
    });
    let take = move |()| plan.units.set(Some(list.read_untracked().units.clone()));
    let (name_id, list_id, hint_id) = (next_id("town"), next_id("units"), next_id("hint"));
    view! {
        <Card title="第一步：镇名和名单".to_owned() class="new-town">
            <div class="field">
                <label class="field-label" for=name_id.clone()>"镇（街道）名称"</label>
                <input
                    class="input"
                    id=name_id
                    autocomplete="off"
                    maxlength="40"
                    placeholder="例如：天城镇"
                    prop:value=plan.name
                    on:input=move |ev| plan.name.set(event_target_value(&ev))
                />
            </div>
            <div class="field">
                <label class="field-label" for=list_id.clone()>"村（社区）名单"</label>
                <p class="field-hint" id=hint_id.clone()>
                    "在电子表格中选中名称、村或社区、片区等列，复制后粘贴到这里，每行一个。只有名称也可以，表头、序号和代码可以带上。"
                </p>
                <textarea
                    class="input new-town-list"
                    id=list_id
                    rows="10"
                    spellcheck="false"
                    placeholder=EXAMPLE
                    aria-describedby=hint_id
                    prop:value=plan.text
                    on:input=move |ev| plan.text.set(event_target_value(&ev))
                ></textarea>
            </div>
            <div role="status">{move || list.with(found)}</div>
            <div class="button-row">
                <Button kind=ButtonKind::Main label="核对名单".to_owned() why_not on_press=take />
            </div>
        </Card>
    }
    .into_any()
}

/// What the list says so far: units, errors, and what is left out or was read otherwise than it stands.
fn found(list: &UnitList) -> AnyView {
    let sum = (!list.units.is_empty()).then(
        || view! { <p class="new-town-sum marked">{shape(Status::Done, false)} <span>{sum(&list.units)}</span></p> },
    );
    let numbered = |rows: &[(usize, String)]| {
        let lines = rows
            .iter()
            .map(|(row, what)| view! { <li>{format!("第 {row} 行：{what}")}</li> });
        lines.collect_view()
    };
    let errors = (!list.errors.is_empty()).then(|| {
        view! {
            <div class="new-town-errors">
                <p class="marked">
                    {shape(Status::Late, false)} <b>{format!("{} 行需要改正", list.errors.len())}</b>
                </p>
                <ul>{numbered(&list.errors)}</ul>
            </div>
        }
    });
    let told = |head: &'static str, rows: &[(usize, String)]| {
        (!rows.is_empty()).then(|| view! { <p class="small">{head}</p> <ul class="small">{numbered(rows)}</ul> })
    };
    let unused = (!list.unused.is_empty())
        .then(|| view! { <p class="small">{format!("没有用到的列：{}", list.unused.join("、"))}</p> });
    (
        sum,
        errors,
        told("代码写法已整理，请核对", &list.readings),
        unused,
        told("不是村（社区），已跳过", &list.skipped),
    )
        .into_any()
}

fn sum(units: &[UnitLine]) -> String {
    let communities = units.iter().filter(|u| u.kind == COMMUNITY).count();
    let villages = units.len() - communities;
    let districts = match districts(units).len() {
        0 => "没有分片区".to_owned(),
        count => format!("{count} 个片区"),
    };
    format!(
        "读出 {} 个：{villages} 个村，{communities} 个社区，{districts}",
        units.len()
    )
}

fn adjust(plan: Plan) -> AnyView {
    let town = use_store();
    let shell = use_shell();
    let units = move || plan.units.get().unwrap_or_default();
    let wrong = Memo::new(move |_| check(&units()));
    let count = Memo::new(move |_| units().len());
    let why_not = Signal::derive(move || match (count.get(), wrong.read().first()) {
        (0, _) => "名单是空的".to_owned(),
        (_, Some((index, what))) => format!("第 {} 个：{what}", index + 1),
        _ => String::new(),
    });
    let build = move |()| {
        let name = plan.name.get_untracked();
        let done = town.act_and_say(format!("已建立{}", name.trim()), |desk| {
            let all = drafts(&name, &plan.units.get_untracked().unwrap_or_default(), |i| {
                desk.next_record_id(i)
            });
            desk.save("新建本镇", &all)
        });
        if !done.unchanged {
            let tab = tab_name(|| town.read_untracked(Desk::draw_name));
            town.update(|desk| desk.forget_own_draft(FORM, &tab));
            shell.go_to(Route::Overview);
        }
    };
    let known = move || {
        let options = districts(&units())
            .into_iter()
            .map(|name| view! { <option value=name></option> });
        options.collect_view()
    };
    let list_id = next_id("districts");
    let rows = {
        let list_id = list_id.clone();
        move || (0..count.get()).map(|index| row(plan, index, &list_id)).collect_view()
    };
    let add = move |()| {
        plan.units.update(|units| {
            units.get_or_insert_default().push(UnitLine {
                name: String::new(),
                kind: VILLAGE,
                district: String::new(),
                code: String::new(),
            });
        });
    };
    view! {
        <Card title="第二步：核对名单".to_owned() meta=Signal::derive(move || sum(&units())) class="new-town">
            <p class="small muted">{move || format!("{}的名单如下，可以直接修改。", plan.name.read().trim())}</p>
            <datalist id=list_id>{known}</datalist>
            <ol class="new-units" aria-label="村（社区）名单">{rows}</ol>
            <Button kind=ButtonKind::Add label="加一个村（社区）".to_owned() on_press=add />
            <div class="button-row new-town-end">
                <Button kind=ButtonKind::Main label="建立本镇".to_owned() why_not on_press=build />
                <Button label="返回改名单".to_owned() on_press=move |()| plan.units.set(None) />
            </div>
        </Card>
    }
    .into_any()
}

fn row(plan: Plan, index: usize, list_id: &str) -> AnyView {
    let read = move |part: fn(&UnitLine) -> &str| {
        let units = plan.units.read();
        let unit = units.as_ref().and_then(|units| units.get(index));
        unit.map_or("", part).to_owned()
    };
    let write = move |act: &dyn Fn(&mut UnitLine)| {
        plan.units.update(|units| {
            if let Some(unit) = units.as_mut().and_then(|units| units.get_mut(index)) {
                act(unit);
            }
        });
    };
    let remove = move |()| {
        plan.units.update(|units| {
            if let Some(units) = units.as_mut().filter(|units| index < units.len()) {
                units.remove(index);
            }
        });
    };
    let kinds = [(VILLAGE, "村"), (COMMUNITY, "社区")].map(|(code, word)| (code.to_owned(), word.to_owned()));
    let choose = move |code: String| {
        let kind = if code == COMMUNITY { COMMUNITY } else { VILLAGE };
        write(&|unit| unit.kind = kind);
    };
    let number = index + 1;
    view! {
        <li class="new-unit">
            <span class="new-unit-number">{number}</span>
            <input
                class="input"
                aria-label=format!("第 {number} 个的名称")
                autocomplete="off"
                prop:value=move || read(|unit| &unit.name)
                on:change=move |ev| write(&|unit| unit.name = event_target_value(&ev))
            />
            <Select
                label=format!("第 {number} 个是村还是社区")
                options=Signal::stored(kinds.to_vec())
                chosen=Signal::derive(move || read(|unit| unit.kind))
                on_choose=choose
            />
            <input
                class="input"
                aria-label=format!("第 {number} 个的片区")
                autocomplete="off"
                placeholder="未分片区"
                list=list_id.to_owned()
                prop:value=move || read(|unit| &unit.district)
                on:change=move |ev| write(&|unit| unit.district = event_target_value(&ev))
            />
            <Button kind=ButtonKind::Link label="删去".to_owned() on_press=remove />
        </li>
    }
    .into_any()
}
