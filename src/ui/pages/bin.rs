//! Deleted records, which can be brought back.

use leptos::prelude::*;

use crate::model::ledger::slots;
use crate::replica::{Record, RecordIx};
use crate::ui::components::button::Button;
use crate::ui::components::message::EmptyState;
use crate::ui::state::{Town, use_town};
use crate::view::show;

/// Most records listed at once.
const LISTED: usize = 500;

#[derive(Clone, PartialEq)]
struct Deleted {
    ix: RecordIx,
    id: String,
    title: String,
    about: String,
    why_not: String,
}

fn deleted(town: Town) -> Vec<Deleted> {
    town.read(|desk| {
        let replica = desk.replica();
        let gone = replica.all_records().filter(|(_, record)| record.is(Record::DELETED));
        let read = |(ix, record): (RecordIx, &Record)| {
            let ledger = replica.ledger_of(record).filter(|l| !l.system)?;
            let unit = replica.unit_of(record);
            let place = if unit.is_empty() {
                String::new()
            } else {
                format!(" · {}", show::unit_name(replica, unit))
            };
            Some(Deleted {
                ix,
                id: record.id.to_string(),
                title: show::title(replica, replica.catalogue(), ledger, record),
                about: format!("{}{place}", ledger.label),
                why_not: desk.why_not(ledger, unit, Some(slots::DELETED)).unwrap_or_default(),
            })
        };
        gone.filter_map(read).collect()
    })
}

/// The page `#/bin`.
pub fn page() -> AnyView {
    let town = use_town();
    let all = Memo::new(move |_| deleted(town));
    let list = move || {
        let all = all.get();
        if all.is_empty() {
            return view! { <EmptyState why="回收站是空的。删除的记录会放在这里，可以恢复。" /> }.into_any();
        }
        let sentence = match all.len() {
            n if n > LISTED => format!("回收站有 {n} 条记录，先列出 {LISTED} 条。"),
            n => format!("回收站有 {n} 条记录，可以恢复。"),
        };
        let rows = all.into_iter().take(LISTED).map(|gone| row(town, gone)).collect_view();
        view! { <p class="lede">{sentence}</p> <ul class="history">{rows}</ul> }.into_any()
    };
    list.into_any()
}

fn row(town: Town, gone: Deleted) -> AnyView {
    let Deleted {
        ix,
        id,
        title,
        about,
        why_not,
    } = gone;
    let href = format!("#/r/{id}");
    let label = format!("恢复：{title}");
    let restore = move |()| {
        let text = label.clone();
        town.act_and_say(format!("已{label}"), |desk| desk.restore(&text, &[ix]));
    };
    let name = title.clone();
    view! {
        <li>
            <div class="button-row" role="group" aria-label=name>
                <a href=href>{title}</a>
                <span class="small muted">{about}</span>
                <Button label="恢复".to_owned() on_press=restore why_not />
            </div>
        </li>
    }
    .into_any()
}
