//! The suggestions made at a night talk, inside the talk's own form.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Sheet, Wrong, input};
use crate::desk::Desk;
use crate::model::ledger::{Cells, Field, Ledger, TypedRow as _};
use crate::model::notice::Notice;
use crate::model::programmes::dream::ledgers::{NightTalk, Suggestion};
use crate::model::records::Draft;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::dom::focus_id;
use crate::view::form::{field_errors, fresh};

/// Ledger of the talks.
const TALK: &str = "night_talk";
/// Field of a talk that follows the suggestions, as in speech.
pub const SETTLED: &str = "outcome";
/// What a suggestion shows here; the rest follows from the talk.
const SUGGESTED: [&str; 3] = ["text", "category", "place"];

/// Optional fields of a talk that never wait behind the fold.
pub fn always(ledger: &Ledger, field: &Field) -> bool {
    ledger.id == TALK && [SETTLED, "host"].contains(&field.name)
}

/// Whether this is the form of a new talk.
pub fn is_new_talk(sheet: Sheet) -> bool {
    sheet.ledger.id == TALK && sheet.base.with_value(|base| base.id.is_empty())
}

fn used(child: &Ledger, draft: &Draft) -> bool {
    let blank = |name: &&str| child.slot(name).is_none_or(|slot| draft.cell(slot).is_blank());
    !SUGGESTED.iter().all(blank)
}

/// The suggestions that say something.
pub fn filled(sheet: Sheet) -> Vec<Draft> {
    let child = Suggestion::LEDGER;
    let drafts = sheet.more.get().into_iter().map(|draft| draft.get());
    drafts.filter(|draft| used(child, draft)).collect()
}

/// What keeps the suggestions from being saved.
pub fn wrong(sheet: Sheet) -> Vec<(String, Notice)> {
    let child = Suggestion::LEDGER;
    let mut out = Vec::new();
    for (place, draft) in sheet.more.get().into_iter().enumerate() {
        let draft = draft.get();
        if used(child, &draft) {
            let mut found = field_errors(child, &draft);
            found.retain(|notice| SUGGESTED.contains(&notice.place.as_str()));
            out.extend(found.into_iter().map(|n| (format!("more{place}-{}", n.place), n)));
        }
    }
    out
}

/// The talk and its suggestions as one save, the suggestions pointing to the talk.
pub fn with_more(desk: &mut Desk, main: Draft, more: Vec<Draft>) -> Vec<Draft> {
    let id = desk.next_record_id(0);
    let talk = NightTalk::of(&main);
    let told = |draft| {
        Suggestion::write(draft)
            .unit(talk.unit())
            .talk(id.as_str())
            .date(talk.date())
            .into_draft()
    };
    let more: Vec<Draft> = more.into_iter().map(told).collect();
    std::iter::once(main).chain(more).collect()
}

/// The suggestions with a button for one more.
pub fn section(sheet: Sheet, wrong: Wrong) -> AnyView {
    let child = Suggestion::LEDGER;
    let add = move |()| {
        let draft = sheet.town.read_untracked(|desk| fresh(child, desk.today(), None));
        sheet.more.update(|all| all.push(sheet.added(draft)));
        let place = sheet.more.read_untracked().len() - 1;
        request_animation_frame(move || focus_id(&format!("more{place}-text")));
    };
    let cards = move || {
        let cards = sheet.more.get().into_iter().enumerate();
        cards
            .map(|(place, draft)| card(sheet, child, wrong, place, draft))
            .collect_view()
    };
    let count = move || match sheet.more.read().len() {
        0 => "默认不记姓名".to_owned(),
        n => format!("{n} 条，默认不记姓名"),
    };
    let label = Signal::derive(move || {
        let first = sheet.more.read().is_empty();
        if first { "记一条建议" } else { "再记一条建议" }.to_owned()
    });
    view! {
        <section aria-label="群众建议">
            <div class="section-head"><h2>"群众建议"</h2> <span class="small label">{count}</span></div>
            {cards}
            <div class="field"><Button kind=ButtonKind::Add label on_press=add /></div>
        </section>
    }
    .into_any()
}

fn card(sheet: Sheet, child: &'static Ledger, wrong: Wrong, place: usize, draft: RwSignal<Draft>) -> AnyView {
    let prefix = format!("more{place}");
    let fields = SUGGESTED
        .iter()
        .filter_map(|name| Some((child.slot(name)?, child.field(name)?)));
    let fields = fields.map(|(slot, field)| input::control(sheet, child, draft, &prefix, slot, field, wrong));
    let title = format!("建议 {}", place + 1);
    let remove = move |()| {
        sheet.more.update(|all| all.retain(|other| *other != draft));
        sheet.keep();
        // The form may be gone by then.
        let back = move || {
            if sheet
                .more
                .try_update(|all| all.insert(place.min(all.len()), draft))
                .is_some()
            {
                sheet.keep();
            }
        };
        if draft.with_untracked(|draft| used(child, draft)) {
            sheet
                .shell
                .toasts
                .say(format!("已去掉建议 {}", place + 1), Some(Arc::new(back)));
        }
    };
    view! {
        <div class="sub-record" role="group" aria-label=title.clone()>
            <div class="sub-record-head">
                <h3>{title.clone()}</h3>
                <span class="spacer"></span>
                <Button kind=ButtonKind::Link label=format!("去掉{title}") on_press=remove />
            </div>
            {fields.collect_view()}
        </div>
    }
    .into_any()
}
