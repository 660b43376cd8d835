//! A person across ledgers, and the list of the secretaries to call.

use leptos::prelude::*;

use super::place::{fact_list, led, person_list, record_list};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::town::ledgers::SamePerson;
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::card::Card;
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::components::portion::portion;
use crate::ui::figures::{Figures, link, period_bar, use_figures};
use crate::ui::screen::{print, use_screen};
use crate::ui::state::{AppStore, use_store};
use crate::ui::tables::{Asks, figures_menu};
use crate::view::charts::Source;
use crate::view::person_page::{self, AlikeVm, ClaimVm, NextVm, PersonPage, StationVm};
use crate::view::portion::{LINES, ROWS};
use crate::view::record::source_with_file;
use crate::view::route::Route;
use crate::view::secretaries::{self as calling, CallVm};
use crate::view::tables::book::of_person;
use crate::view::tables::seen::{Over, calls};
use crate::view::tables::write::Personal;

/// One person: everything that is known under this name in the unit, and what people joined with it.
pub fn person(unit: String, name: String) -> AnyView {
    let figures = use_figures();
    let (shell, town) = (use_shell(), figures.town);
    shell.head.set(Head {
        back: Some(link(Route::Unit(unit.clone()))),
        ..Head::titled(name.clone())
    });
    let page = Memo::new(move |_| {
        let address = shell.address.read();
        let record = person_page::asked(&address);
        figures.with(|board| {
            town.read_untracked(|desk| {
                let source = Source {
                    records: desk.replica(),
                    board,
                };
                let told = |change| source_with_file(desk, change);
                person_page::page(source, desk.replica(), &told, (&unit, &name), record)
            })
        })
    });
    (move || match page.get() {
        Some(page) => shown(figures, page),
        None => view! { <EmptyState why="这个村（社区）的台账里没有这个名字。" /> }.into_any(),
    })
    .into_any()
}

fn shown(figures: Figures, page: PersonPage) -> AnyView {
    let screen = use_screen();
    let (name, whole) = (page.name.clone(), StoredValue::new(page.clone()));
    // The table is of one person: without people there would be none.
    let sheets = move |_: Source<'_>, over: &Over, _: Personal| of_person(whole.get_value(), over);
    let export = figures_menu(figures, Asks::Format, name, sheets);
    let office = (!page.office.is_empty()).then(|| view! { <p class="lede">{format!("现任{}", page.office)}</p> });
    let study = (!page.study.is_empty()).then(|| view! { <p>{page.study}</p> });
    let ties = (!page.ties.is_empty())
        .then(|| view! { <Card title="相关的人".to_owned() class="span-12">{person_list(page.ties, "")}</Card> });
    view! {
        {office}
        <div class="button-row no-print">
            <Button kind=ButtonKind::Main label="打印".to_owned() on_press=move |()| print(screen) />
            {export}
        </div>
        {likely(page.alike)}
        <div class="grid">
            <Card title="基本情况".to_owned() class="span-5">
                {match page.facts.is_empty() {
                    true => view! { <EmptyState why="还没有填性别、出生年月等情况。" /> }.into_any(),
                    false => fact_list(page.facts),
                }}
                {study}
            </Card>
            <Card title="下一步".to_owned() class="span-7">{steps(page.next)}</Card>
            <Card title="经历".to_owned() class="span-12">{path(page.path)}</Card>
            <Card title="谈话和联系".to_owned() class="span-6">{record_list(page.talks, "还没有谈话和联系记录。")}</Card>
            <Card title="其他有关记录".to_owned() class="span-6">{record_list(page.others, "没有其他记录提到。")}</Card>
            {ties}
            {said(page.joined, page.parted)}
        </div>
    }
    .into_any()
}

fn steps(next: Vec<NextVm>) -> AnyView {
    if next.is_empty() {
        return view! { <EmptyState why="没有要接着办的事。" /> }.into_any();
    }
    let row = |n: NextVm| {
        view! { <tr><td><a href=n.href>{n.what}</a></td><td>{n.why}</td><td class="nowrap">{n.when}</td></tr> }
    };
    portion(Signal::stored(next), ROWS, row, |rows| {
        view! {
            <table class="mini">
                <thead><tr><th scope="col">"要办的"</th><th scope="col">"为什么"</th><th scope="col">"期限"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    })
}

fn path(all: Vec<StationVm>) -> AnyView {
    let row = |s: StationVm| {
        view! {
            <tr>
                <td class="nowrap">{s.when}</td>
                <td><a href=s.href>{s.role}</a></td>
                <td>{s.unit}</td>
                <td>{s.facts}</td>
            </tr>
        }
    };
    portion(Signal::stored(all), ROWS, row, |rows| {
        view! {
            <table class="mini">
                <thead>
                    <tr>
                        <th scope="col">"起止"</th>
                        <th scope="col">"身份"</th>
                        <th scope="col">"村（社区）"</th>
                        <th scope="col">"情况"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    })
}

/// Why the person who works here may not say who is the same; empty if they may.
fn why_not(town: AppStore, unit: &str) -> String {
    town.read_untracked(|desk| desk.why_not(SamePerson::LEDGER, unit, None))
        .unwrap_or_default()
}

/// Others of the same name, to be said the same or not.
fn likely(all: Vec<AlikeVm>) -> AnyView {
    let town = use_store();
    let row = move |one: AlikeVm| {
        let why_not = why_not(town, &one.unit);
        let [same, other] = one.says;
        let who = one.records.join("；");
        let label = format!("可能是同一人：{who}");
        let (yes, no) = (format!("是同一人：{who}"), format!("不是同一人：{who}"));
        let join = move |()| {
            town.act_and_say(format!("已记下，{yes}"), |desk| {
                desk.save(&yes, std::slice::from_ref(&same))
            });
        };
        let part = move |()| {
            town.act_and_say(format!("已记下，{no}"), |desk| {
                desk.save(&no, std::slice::from_ref(&other))
            });
        };
        view! {
            <div role="group" aria-label=label>
                <p><a href=one.href>{who}</a> " " <span class="small">{one.why}</span></p>
                <div class="button-row">
                    <Button label="是同一人".to_owned() why_not=why_not.clone() on_press=join />
                    <Button label="不是".to_owned() why_not=why_not on_press=part />
                </div>
            </div>
        }
    };
    if all.is_empty() {
        return ().into_any();
    }
    let list = portion(Signal::stored(all), ROWS, row, |rows| rows.into_any());
    view! { <Card title="可能是同一人".to_owned() class="no-print">{list}</Card> }.into_any()
}

/// What was said of who is the same, and the way to take it back.
fn said(joined: Vec<ClaimVm>, parted: Vec<ClaimVm>) -> AnyView {
    let town = use_store();
    let all: Vec<ClaimVm> = joined.into_iter().chain(parted).collect();
    if all.is_empty() {
        return ().into_any();
    }
    let row = move |claim: ClaimVm| {
        let why_not = why_not(town, &claim.unit);
        let text = format!("取消：{}", claim.text);
        let label = text.clone();
        let draft = person_page::taken_back(&claim.id);
        let undo = move |()| {
            town.act_and_say(format!("已{text}"), |desk| {
                desk.save(&text, std::slice::from_ref(&draft))
            });
        };
        view! {
            <div role="group" aria-label=label>
                <p>{claim.text} " " <span class="small">{claim.by}</span></p>
                <div class="button-row"><Button label="取消".to_owned() why_not on_press=undo /></div>
            </div>
        }
    };
    let list = portion(Signal::stored(all), ROWS, row, |rows| rows.into_any());
    view! { <Card title="认定".to_owned() meta="由人认定，可以取消".to_owned() class="span-12 no-print">{list}</Card> }
        .into_any()
}

/// The secretaries to call.
pub fn secretaries() -> AnyView {
    let figures = use_figures();
    let screen = use_screen();
    use_shell().head.set(Head {
        back: Some(link(Route::Units)),
        ..Head::titled("书记通讯录")
    });
    let all = Memo::new(move |_| figures.source(calling::calls));
    let row = |call: CallVm| {
        view! {
            <tr>
                <td>{call.district}</td>
                <td><a href=call.unit_href>{call.unit}</a></td>
                <td>{led(call.name, call.href)}</td>
                <td class="nowrap">{call.phone}</td>
                <td class="nowrap">{call.since}</td>
            </tr>
        }
    };
    let sheets = move |_: Source<'_>, over: &Over, personal| vec![calls(&all.read_untracked(), over, personal)];
    let list = portion(all.into(), LINES, row, |rows| {
        view! {
            <table class="mini">
                <thead>
                    <tr>
                        <th scope="col">"片区"</th>
                        <th scope="col">"村（社区）"</th>
                        <th scope="col">"书记"</th>
                        <th scope="col">"电话"</th>
                        <th scope="col">"任职日期"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    });
    view! {
        {period_bar(figures)}
        <div class="button-row no-print">
            <Button kind=ButtonKind::Main label="打印".to_owned() on_press=move |()| print(screen) />
            {figures_menu(figures, Asks::Names, "书记通讯录".to_owned(), sheets)}
        </div>
        <Card title="书记通讯录".to_owned()><div class="scroll-x">{list}</div></Card>
    }
    .into_any()
}
