//! One record after another: 保存并再记一条, and 复制上一条.

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::{Sheet, spare};
use crate::model::ledger::{Cells, TypedRow as _};
use crate::model::programmes::town::ledgers::Dispatch;
use crate::ui::components::button::Button;
use crate::ui::components::field::to_field;
use crate::ui::dom::{focused, next_frame};
use crate::view::again::{Copied, copied, next, previous};

/// Whether this form is for a new record of a ledger of which there are many.
fn is_new(sheet: Sheet) -> bool {
    sheet.base.with_value(|base| base.id.is_empty()) && sheet.ledger.id != Dispatch::LEDGER.id
}

/// `保存并再记一条`.
pub fn button(sheet: Sheet) -> Option<AnyView> {
    let press = move |()| save_and_go_on(sheet);
    is_new(sheet).then(|| view! { <Button label="保存并再记一条".to_owned() on_press=press /> }.into_any())
}

/// Saves, and empties the form for one more record.
fn save_and_go_on(sheet: Sheet) {
    // What is typed reaches the form when its field is left, and some browsers leave it where it is.
    if let Some(field) = focused() {
        let _: Result<(), _> = HtmlElement::blur(&field);
    }
    match sheet.store() {
        None => return,
        Some(true) => sheet.forget(),
        Some(false) => {
            // It stays as a draft, which one more record would cover.
            sheet.saved.set_value(true);
            let text = "修改还没有存下，请按页面上方的提示导出备份";
            sheet.shell.toasts.say(text, None);
            sheet.shell.go_back(super::Route::Ledger(sheet.ledger.id.to_owned()));
            return;
        }
    }
    let saved = sheet.draft.get_untracked();
    let draft = sheet
        .town
        .read_untracked(|desk| next(sheet.ledger, &saved, desk.today(), desk.own_unit()));
    let blank = |(slot, field): &(_, &'static crate::model::ledger::Field)| {
        draft.cell(*slot).is_blank() && !spare(sheet.ledger, field)
    };
    let first = sheet.ledger.slots().find(blank).map(|(_, field)| field.name);
    sheet.attempts.set(0);
    sheet.asked.set(None);
    sheet.sure.set(Vec::new());
    sheet.more.set(Vec::new());
    sheet.beside.set(Vec::new());
    sheet.base.set_value(draft.clone());
    sheet.draft.set(draft);
    sheet.unfolded.set(false);
    if let Some(first) = first {
        next_frame(move || to_field(&format!("main-{first}")));
    }
}

/// `复制上一条`, what it did and the way back.
pub fn copy(sheet: Sheet) -> Option<AnyView> {
    let last = move || {
        sheet.town.read(|desk| {
            let (replica, tag) = (desk.replica(), desk.person().tag.clone());
            previous(replica, sheet.ledger, desk.own_unit(), &tag)
        })
    };
    let done = RwSignal::new(None::<Copied>);
    let told = RwSignal::new(String::new());
    let press = move |()| {
        let copy = untrack(last).and_then(|ix| {
            sheet.town.read_untracked(|desk| {
                let record = desk.replica().record(ix)?;
                let draft = sheet.draft.read_untracked();
                sheet
                    .base
                    .with_value(|base| copied(desk.replica(), sheet.ledger, base, &draft, record))
            })
        });
        match copy {
            Some(copy) => {
                sheet.draft.set(copy.draft.clone());
                told.set(copy.told.clone());
                done.set(Some(copy));
                sheet.keep();
            }
            None => told.set("上一条里没有可以复制的内容。".to_owned()),
        }
    };
    let back = move |()| {
        if let Some(copy) = done.get_untracked() {
            let draft = copy.taken_back(&sheet.draft.read_untracked());
            sheet.draft.set(draft);
            done.set(None);
            told.set("已撤销复制。".to_owned());
            sheet.keep();
        }
    };
    // The form that was emptied for one more record has nothing copied in it.
    Effect::new(move |_| {
        if sheet.attempts.get() == 0 {
            done.set(None);
            told.set(String::new());
        }
    });
    let there = Memo::new(move |_| last().is_some());
    is_new(sheet).then(|| {
        view! {
            <Show when=move || there.get()>
                <p class="button-row form-note no-print">
                    <Button label="复制上一条".to_owned() on_press=press />
                    <Show when=move || done.read().is_some()>
                        <Button label="撤销复制".to_owned() on_press=back />
                    </Show>
                    <span role="status">{move || told.get()}</span>
                </p>
            </Show>
        }
        .into_any()
    })
}
