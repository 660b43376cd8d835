//! What the person fills in: the town's tasks with their progress, and a button for every kind of record. It is the first
//! page of a village.

use leptos::prelude::*;

use crate::exchange::Purpose;
use crate::exchange::sent::Sent;
use crate::model::ledger::{Ledger, Role, TypedRow};
use crate::model::programmes::catalogue;
use crate::model::programmes::dream::ledgers::Plan;
use crate::model::status::Status;
use crate::ui::app::use_shell;
use crate::ui::by_hand::laid_out;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::card::Card;
use crate::ui::components::message::{Banner, EmptyState, Notice};
use crate::ui::components::portion::portion;
use crate::ui::components::status::status_tag;
use crate::ui::file_door::file_door;
use crate::ui::hand_over::{Way, confirm, report, way_buttons, way_out, ways_to_report};
use crate::ui::state::{AppStore, use_store};
use crate::ui::who::who;
use crate::view::acts::most_used;
use crate::view::fill::{Asked, AskedLedger, Changed, ReturnedPlan, forms};
use crate::view::home::{Home, Next, home};
use crate::view::leaving::{confirm_word, standing};
use crate::view::portion::BLOCKS;
use crate::view::reach;
use crate::view::route::{Address, Route, key};
use crate::view::text::TASKS;

/// The page `#/fill`, and `#/` of a village.
pub fn page() -> AnyView {
    let town = use_store();
    let part = move || {
        let (role, own) = town.read(|desk| (desk.person().role, desk.own_unit().map(str::to_owned)));
        if town.read_untracked(|desk| desk.addressee().is_some()) {
            return view! { <div class="stack">{who(town)} {told(town)} {kinds(town)}</div> }.into_any();
        }
        match (role, own) {
            (Role::Viewer, _) => nothing("当前身份只能查看。要填报，请先换身份。", "换身份"),
            (Role::Unit, None) => nothing("还没有选定村（社区），选一次就行。", "选择村（社区）"),
            (_, Some(own)) => view! { <div class="stack">{tasks(town, &own)} {kinds(town)}</div> }.into_any(),
            (_, None) => view! { <div class="stack">{way_out()} {kinds(town)}</div> }.into_any(),
        }
    };
    part.into_any()
}

fn nothing(why: &'static str, word: &'static str) -> AnyView {
    let href = Address::from(Route::Settings).with("role", Role::Unit.code()).hash();
    view! { <EmptyState why><a class=ButtonKind::Main.class() href=href>{word}</a></EmptyState> }.into_any()
}

fn tasks(town: AppStore, own: &str) -> AnyView {
    let home = town.read_untracked(|desk| home(desk, own));
    let shell = use_shell();
    shell.head.update(|head| TASKS.clone_into(&mut head.title));
    let Home {
        name,
        returned,
        tasks: all,
        open,
        next,
    } = home;
    let waiting = all.iter().filter(|task| !task.is_done()).count();
    let lede = match waiting {
        0 => view! { <p class="lede"><b>{name}</b>"没有待上报的任务。"</p> },
        n => view! { <p class="lede"><b>{name}</b>{format!("有 {n} 项任务待上报。")}</p> },
    };
    let own = StoredValue::new(own.to_owned());
    let loose = all.is_empty().then(|| {
        view! {
            <Card title="上报".to_owned()>
                <p>"镇里没有下发任务时，也可以随时上报本村（社区）的全部记录。"</p>
                {ways(town, own.get_value(), None, true)}
            </Card>
        }
    });
    let next = StoredValue::new(next);
    let one = move |task| next.with_value(|next| card(town, own.get_value(), task, next));
    let cards = portion(Signal::stored(all), BLOCKS, one, stacked);
    let first = returned.first().map(|plan| plan.id.clone());
    let one = move |plan: ReturnedPlan| {
        let main = first.as_deref() == Some(plan.id.as_str());
        returned_plan(plan, main)
    };
    let returned = portion(Signal::stored(returned), BLOCKS, one, stacked);
    let open = open.map(|words| {
        let href = Address::from(Route::Conflicts).hash();
        view! {
            <p class="button-row">
                {status_tag(Status::Warn, Some("请核对".to_owned()))} <span>{format!("本村（社区）的记录有 {words}。")}</span>
                <a class=ButtonKind::Plain.class() href=href>"去核对"</a>
            </p>
        }
    });
    view! {
        <div class="stack">
            {way_out()} {laid_out()} {returned} {lede} {open} {cards} {loose}
            <div class="button-row">{file_door("收到镇里的新文件", ButtonKind::Plain)}</div>
            {told(town)}
        </div>
    }
    .into_any()
}

/// Whose records alone are here.
fn told(town: AppStore) -> Option<AnyView> {
    let told = town.read_untracked(|desk| reach::told(desk.replica(), &desk.reach()))?;
    Some(view! { <p class="small muted">{told}</p> }.into_any())
}

fn stacked(rows: Vec<AnyView>) -> AnyView {
    view! { <div class="stack">{rows}</div> }.into_any()
}

/// A plan that came back, with what is to be changed.
fn returned_plan(plan: ReturnedPlan, main: bool) -> AnyView {
    let edit = Address::from(Route::EditRecord {
        ledger: Plan::LEDGER.id.to_owned(),
        record: plan.id.clone(),
    });
    // The comment stands at the top of the form; what it is about is mostly here.
    let edit = edit.with(key::FIELD, Plan::FIELDS.summary);
    let open = Address::from(Route::Record(plan.id)).hash();
    view! {
        <Card title=format!("被退回：{}", plan.title)>
            <p class="button-row">{status_tag(Status::Late, Some("退回".to_owned()))} <span>{plan.about}</span></p>
            <p class="marked">"退回意见：" {plan.comment}</p>
            <p class="button-row">
                <a class=weight(main) href=edit.hash()>"去改"</a>
                <a class=ButtonKind::Plain.class() href=open>"查看经过"</a>
            </p>
        </Card>
    }
    .into_any()
}

/// The style of a button: red where it is the next thing to do.
fn weight(main: bool) -> &'static str {
    if main { ButtonKind::Main } else { ButtonKind::Plain }.class()
}

fn card(town: AppStore, own: String, task: Asked, next: &Next) -> AnyView {
    let (filled, total) = (task.filled(), task.ledgers.len());
    let (status, word) = task.standing();
    let meta = format!("统计期 {}，{} 截止", task.period, task.due);
    let note = (!task.note.is_empty()).then(|| view! { <p>{task.note.clone()}</p> });
    let add = match next {
        Next::Fill(id, ledger) if *id == task.id => Some(*ledger),
        _ => None,
    };
    let reports = matches!(next, Next::Report(id) if *id == task.id);
    let row = |ledger: &AskedLedger| asked_row(ledger, add == Some(ledger.id));
    let rows = task.ledgers.iter().map(row).collect_view();
    let share = (filled * 100).checked_div(total).unwrap_or(0);
    let said = format!("已填 {filled} 项，共 {total} 项");
    let changed = changed(&task);
    view! {
        <Card title=task.title.clone() meta>
            <p class="button-row">{status_tag(status, Some(word))} <span>{said.clone()}</span></p>
            <div
                class="bar-track"
                role="progressbar"
                aria-label="填报进度"
                aria-valuemin="0"
                aria-valuemax=total.to_string()
                aria-valuenow=filled.to_string()
                aria-valuetext=said
            >
                <span class="bar-fill bar-done" style:width=format!("{share}%")></span>
            </div>
            {note}
            <ul class="entries is-flat">{rows}</ul>
            {changed}
            {ways(town, own, Some(task), reports)}
        </Card>
    }
    .into_any()
}

/// What was changed since the last report.
fn changed(task: &Asked) -> Option<AnyView> {
    let count = task.changed.len();
    let row = |one: Changed| {
        let Changed { id, title, what, .. } = one;
        view! { <li><a href=Address::from(Route::Record(id)).hash()>{title}</a> " " {what}</li> }
    };
    let frame = |rows: Vec<AnyView>| view! { <ul>{rows}</ul> }.into_any();
    (count > 0).then(|| {
        let list = portion(Signal::stored(task.changed.clone()), BLOCKS, row, frame);
        view! { <p class="strong">{format!("上报以后改了 {count} 条，再报一次镇里才看得到")}</p> {list} }.into_any()
    })
}

fn asked_row(ledger: &AskedLedger, main: bool) -> AnyView {
    let done = ledger.count > 0;
    let (status, word) = if done {
        (Status::Done, format!("{} {}", ledger.count, ledger.counted))
    } else {
        (Status::None, "还没有".to_owned())
    };
    let list = Address::from(Route::Ledger(ledger.id.to_owned())).hash();
    let new = Address::from(Route::NewRecord(ledger.id.to_owned())).hash();
    view! {
        <li class="entry">
            <div><a href=list>{ledger.label}</a> " " {status_tag(status, Some(word))}</div>
            <a class=weight(main) href=new>{ledger.verb}</a>
        </li>
    }
    .into_any()
}

/// The ways to hand the report over; the first is red where reporting is the next thing to do.
fn ways(town: AppStore, own: String, task: Option<Asked>, ready: bool) -> AnyView {
    let empty = task
        .as_ref()
        .filter(|task| task.filled() == 0)
        .map(|task| task.ledgers.len());
    let empty = empty.filter(|&asked| asked > 0);
    let sent = town.read_untracked(|desk| desk.sent());
    let of_unit = |sent: &&Sent| sent.purpose == Purpose::Report.code() && sent.units == [own.as_str()];
    let last = sent.iter().find(of_unit).cloned();
    let order = ways_to_report(town, &own);
    let send = StoredValue::new((own, task));
    let asking = RwSignal::new(None::<Way>);
    let go = move |way: Way| send.with_value(|(own, task)| report(town, own, task.as_ref(), way));
    let press = move |way: Way| match empty {
        Some(_) => asking.set(Some(way)),
        None => go(way),
    };
    let sure = move || {
        asking.get().zip(empty).map(|(way, asked)| {
            let notice = Notice {
                status: Status::Warn,
                text: format!("要填的 {asked} 项都还没有填，上报会注明“已填 0/{asked}”。"),
                action: "仍要上报".to_owned(),
            };
            let act = move |()| {
                asking.set(None);
                go(way);
            };
            view! { <Banner notice inset=true on_action=act /> }
        })
    };
    let waits = last.clone().filter(|sent| sent.waiting).map(|sent| {
        let key = sent.key();
        let label = confirm_word(&sent).to_owned();
        view! {
            <p class="button-row" role="status">
                <span>{standing(&sent)} "。发给镇党建办后请点"</span>
                <Button label on_press=move |()| confirm(town, Some(&key)) />
            </p>
        }
    });
    let receipt = last.map(|sent| {
        let href = Address::from(Route::Receipt).with(key::FILE, &sent.key()).hash();
        view! { <a class=ButtonKind::Plain.class() href=href>"打印回执"</a> }
    });
    let ways = way_buttons(order, "导出上报文件", ready.then_some("上报"), press);
    view! {
        {waits}
        {sure}
        <div class="button-row">{ways} {receipt}</div>
    }
    .into_any()
}

/// Large buttons for what is registered most, then all kinds of records by programme.
fn kinds(town: AppStore) -> AnyView {
    let (used, groups) = town.read_untracked(|desk| {
        let all = catalogue().all();
        let used = most_used(desk.replica(), desk.person(), all, desk.today());
        (used, forms(desk.person(), all))
    });
    let is_used = |ledger: &&'static Ledger| used.iter().any(|one| one.id == ledger.id);
    let rest = groups.into_iter().filter_map(|(programme, mut ledgers)| {
        let title = programme.map_or("基础信息", |programme| programme.full_name());
        ledgers.retain(|ledger| !is_used(ledger));
        let links = ledgers.iter().copied().map(kind).collect_view();
        (!ledgers.is_empty()).then(|| view! { <Card title=title.to_owned()><ul class="kinds">{links}</ul></Card> })
    });
    let rest = rest.collect_view();
    let large = (!used.is_empty()).then(|| {
        let links = used.iter().copied().map(kind).collect_view();
        view! { <Card title="常记的".to_owned()><ul class="kinds is-large">{links}</ul></Card> }
    });
    view! { {large} {rest} }.into_any()
}

fn kind(ledger: &'static Ledger) -> AnyView {
    let href = Address::from(Route::NewRecord(ledger.id.to_owned())).hash();
    view! {
        <li>
            <a class="kind" href=href><span class="strong">{ledger.verb}</span> <span class="small muted">{ledger.label}</span></a>
        </li>
    }
    .into_any()
}
