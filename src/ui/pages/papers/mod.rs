//! 报告: the papers that can be made, and those that were sent.

mod changed;
mod desk;
mod edit;
mod picture;
mod sent;

use leptos::prelude::*;

use crate::ui::app::use_shell;
use crate::ui::components::card::Card;
use crate::ui::figures::use_figures;
use crate::view::paper::kind::Kind;
use crate::view::paper::kinds::{self, KINDS};
use crate::view::papers::{self as vm, SENT, SentVm};
use crate::view::route::{Address, Route};

/// The page where papers are chosen.
pub fn papers() -> AnyView {
    let figures = use_figures();
    let reach = Memo::new(move |_| figures.reach());
    let sent = Memo::new(move |_| figures.town.read(|desk| vm::sent(desk.replica())));
    let shell = use_shell();
    let fitting = move || {
        let fitting = vm::fitting(&shell.address.read());
        (!fitting.is_empty()).then(|| {
            let items = fitting.into_iter().map(|(kind, href)| item(kind, href)).collect_view();
            view! {
                <Card title="可以做的文稿".to_owned() class="span-12"><ul class="paper-kinds">{items}</ul></Card>
            }
        })
    };
    let made = Memo::new(move |_| {
        let reach = reach.get();
        figures.town.read(|desk| {
            let can = |kind: &&'static Kind| vm::has_subject(desk.replica(), kind, &reach, desk.today());
            kinds::all().filter(can).map(|kind| kind.id).collect::<Vec<_>>()
        })
    });
    let groups = move || {
        let made = made.read();
        KINDS
            .iter()
            .zip(GROUPS)
            .map(|(kinds, title)| group(kinds, title, &made))
            .collect_view()
    };
    let left_out = move || {
        let labels: Vec<&str> = kinds::all()
            .filter(|kind| !made.read().contains(&kind.id))
            .map(|kind| kind.label)
            .collect();
        (!labels.is_empty()).then(|| {
            let words = format!("这里没有记录可做的没有列出：{}。", labels.join("、"));
            view! { <p class="note span-12">{words}</p> }
        })
    };
    view! {
        <p class="lede">"文稿由台账算出，打印、存为 Word 以前可以逐段改。"</p>
        {move || figures.told().map(|told| view! { <p class="note reach-note">{told}</p> })}
        <div class="grid">
            {fitting}
            {groups}
            {left_out}
            <Card title="发出的文稿".to_owned() class="span-12">{move || list(&sent.read())}</Card>
        </div>
    }
    .into_any()
}

/// What the groups of kinds are called, in their order.
const GROUPS: [&str; 6] = ["汇报和督办", "筑梦", "青苗", "头雁", "强基", "空白表"];

fn group(kinds: &[&'static Kind], title: &str, made: &[&str]) -> AnyView {
    let plain = |kind: &'static Kind| item(kind, Address::from(Route::Paper(kind.id.to_owned())).hash());
    let can = kinds.iter().copied().filter(|kind| made.contains(&kind.id));
    let items: Vec<AnyView> = can.map(plain).collect();
    if items.is_empty() {
        return ().into_any();
    }
    view! {
        <Card title=title.to_owned() class="span-6"><ul class="paper-kinds">{items}</ul></Card>
    }
    .into_any()
}

fn item(kind: &'static Kind, href: String) -> AnyView {
    view! { <li><a href=href>{kind.label}</a><span class="note">{kind.whom}</span></li> }.into_any()
}

fn list(sent: &[SentVm]) -> AnyView {
    if sent.is_empty() {
        return view! { <p class="note">"还没有留存的文稿。文稿做好以后点“留存”，发出的全文就记在这里，随备份和合并走。"</p> }
            .into_any();
    }
    let row = |row: &SentVm| {
        view! {
            <tr>
                <td><a href=row.href.clone()>{row.title.clone()}</a></td>
                <td>{row.about.clone()}</td>
                <td class="nowrap">{row.date.clone()}</td>
                <td>{row.to.clone()}</td>
            </tr>
        }
    };
    view! {
        <div class="scroll-x">
            <table class="mini">
                <thead>
                    <tr>
                        <th scope="col">"标题"</th>
                        <th scope="col">"种类"</th>
                        <th scope="col">"发出日期"</th>
                        <th scope="col">"发往、经办"</th>
                    </tr>
                </thead>
                <tbody>{sent.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The page of one kind: the paper of today, or one that was sent.
pub fn paper(kind: String) -> AnyView {
    let shell = use_shell();
    let sent = Memo::new(move |_| shell.address.read().get(SENT).map(str::to_owned));
    (move || match sent.get() {
        Some(id) => sent::page(id),
        None => desk::page(&kind),
    })
    .into_any()
}
