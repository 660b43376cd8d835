//! Receipts on paper, one sheet per file.

use leptos::prelude::*;

use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::screen::{print, use_screen};
use crate::ui::state::use_store;
use crate::view::exchange::Tab;
use crate::view::receipt::{Receipt, Row, of_import, of_sent};
use crate::view::route::key;

/// The page `#/receipt`.
pub fn receipt() -> AnyView {
    let (shell, town, screen) = (use_shell(), use_store(), use_screen());
    shell.head.set(Head {
        sheet: true,
        back: Some(Tab::Log.address().hash()),
        ..Head::titled("回执")
    });
    let sheets = Memo::new(move |_| {
        let address = shell.address.read();
        let (file, import) = (address.get(key::FILE), address.get(key::IMPORT));
        town.read(|desk| {
            // Of a merge of many files the one at this place.
            let place = file
                .filter(|_| import.is_some())
                .and_then(|place| place.parse::<usize>().ok());
            let sent = file.and_then(|key| desk.sent().into_iter().find(|sent| sent.key() == key));
            let taken = import.and_then(|id| desk.store().imports().into_iter().find(|import| import.meta.id == id));
            let sent = sent.map(|sent| of_sent(desk.replica(), &sent));
            let taken = taken.iter().flat_map(|import| of_import(desk, import)).enumerate();
            let taken = taken.filter(|(at, _)| place.is_none_or(|place| place == *at));
            sent.into_iter()
                .chain(taken.map(|(_, sheet)| sheet))
                .collect::<Vec<_>>()
        })
    });
    let part = move || {
        let sheets = sheets.get();
        if sheets.is_empty() {
            let merge = Tab::Log.address().hash();
            return view! {
                <EmptyState why="没有这份文件的记录。只记最近导出的 20 份文件和最近的合并。">
                    <a class=ButtonKind::Plain.class() href=merge>"看记录"</a>
                </EmptyState>
            }
            .into_any();
        }
        let sheets = sheets.into_iter().map(sheet).collect_view();
        view! {
            <p class="button-row">
                <Button kind=ButtonKind::Main label="打印".to_owned() on_press=move |()| print(screen) />
            </p>
            {sheets}
        }
        .into_any()
    };
    part.into_any()
}

fn sheet(receipt: Receipt) -> AnyView {
    let facts = receipt
        .facts
        .into_iter()
        .map(|(label, text)| view! { <tr><th scope="row">{label}</th><td>{text}</td></tr> });
    let facts = facts.collect_view();
    let checksum = (!receipt.checksum.is_empty()).then(|| {
        view! { <tr><th scope="row">"校验码"</th><td class="receipt-code">{receipt.checksum}</td></tr> }
    });
    let row = |row: Row| view! { <tr><td>{row.label}</td><td class="num">{row.live}</td><td class="num">{row.deleted}</td></tr> };
    let rows = receipt.rows.into_iter().map(row).collect_view();
    let sign = |who: &'static str| {
        view! { <p><span>{who}</span> <span class="receipt-line"></span> <span>"日期"</span> <span class="receipt-line is-short"></span></p> }
    };
    view! {
        <article class="sheet receipt" aria-label=receipt.title.clone()>
            <h1>{receipt.title.clone()}</h1>
            <table class="sheet-table receipt-facts"><tbody>{facts} {checksum}</tbody></table>
            <h2>"所含内容"</h2>
            <table class="sheet-table">
                <thead>
                    <tr><th scope="col">"台账"</th><th scope="col">{receipt.counted}</th><th scope="col">"已删除，条"</th></tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>{row(receipt.sum)}</tfoot>
            </table>
            <p class="sheet-note">{receipt.note}</p>
            <div class="receipt-signs">{sign("交件人（签字）")} {sign("收件人（签字）")}</div>
        </article>
    }
    .into_any()
}
