//! A paper that was sent, word for word.

use leptos::prelude::*;

use super::desk::{copy, save_word, send};
use super::picture;
use crate::browser::share::can_share_text;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::town::ledgers::SentPaper;
use crate::ui::app::use_shell;
use crate::ui::by_hand::laid_out;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::figures::link;
use crate::ui::screen::{print, use_screen};
use crate::ui::state::use_store;
use crate::view::paper::block::Paper;
use crate::view::paper::html::html;
use crate::view::papers::{self as vm, SentVm};
use crate::view::route::Route;

/// The page.
pub fn page(id: String) -> AnyView {
    let (shell, town) = (use_shell(), use_store());
    shell.head.set(Head {
        back: Some(link(Route::Papers)),
        sheet: true,
        ..Head::titled("发出的文稿")
    });
    let found = {
        let id = id.clone();
        Memo::new(move |_| town.read(|desk| vm::sent_paper(desk.replica(), &id)))
    };
    (move || match found.get() {
        Err(why) => view! { <EmptyState why=why><a class=ButtonKind::Plain.class() href=link(Route::Papers)>"看全部文稿"</a></EmptyState> }
            .into_any(),
        Ok((told, paper)) => sheet(id.clone(), told, paper),
    })
    .into_any()
}

fn sheet(id: String, told: SentVm, paper: Paper) -> AnyView {
    let (shell, town, screen) = (use_shell(), use_store(), use_screen());
    let again = town.read_untracked(|desk| vm::again(&paper, &id, desk.replica()));
    let shown = html(&paper);
    let own = id.clone();
    let desk = NodeRef::new();
    picture::fill(desk);
    let kept = StoredValue::new(paper);
    let remove = move |()| {
        let label = "删除留存的文稿";
        let done = town.act_and_say(format!("已{label}"), |desk| {
            let found = desk.replica().find_ix(SentPaper::SCHEMA.id, &id);
            desk.delete(label, &found.into_iter().collect::<Vec<_>>())
        });
        if done.failure.is_none() {
            shell.go_to(Route::Papers);
        }
    };
    let why_not = town.read_untracked(|desk| kept.with_value(|paper| vm::why_not_delete(desk, &own, paper)));
    let line = [told.about, format!("{} 发出", told.date), told.to]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        {laid_out()}
        <p class="note no-print">{line}</p>
        <div class="button-row no-print">
            <Button kind=ButtonKind::Main label="打印".to_owned() on_press=move |()| print(screen) />
            <Button label="存为 Word".to_owned() on_press=move |()| kept.with_value(|paper| save_word(town, paper)) />
            <Button label="复制文字".to_owned() on_press=move |()| kept.with_value(|paper| copy(town, paper)) />
            <Show when=can_share_text>
                <Button label="发送文字".to_owned() on_press=move |()| kept.with_value(|paper| send(town, paper)) />
            </Show>
            <a class=ButtonKind::Plain.class() href=again>"按今天的数据重做"</a>
            <Button label="删除".to_owned() on_press=remove why_not=why_not.unwrap_or_default() />
        </div>
        <div class="paper-desk" inner_html=shown node_ref=desk></div>
    }
    .into_any()
}
