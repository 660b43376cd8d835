//! One record: its card beside the list, and the same on a page of its own.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::not_found::not_found;
use crate::browser::clipboard::copy;
use crate::model::ledger::{Ledger, Slot, TypedRow, slots};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::Dispatch;
use crate::model::value::Value;
use crate::replica::{Atom, RecordIx};
use crate::ui::app::{Shell, use_shell};
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::card::{Card, ConflictBox, History, RivalValue, Step, facts, folded};
use crate::ui::components::field::MaskedPhone;
use crate::ui::components::frame::Head;
use crate::ui::components::portion::portion;
use crate::ui::dom::focus_instead;
use crate::ui::flow_panel;
use crate::ui::state::{AppStore, use_store};
use crate::view::format;
use crate::view::joined::{self, Duplicate, LeftBehind};
use crate::view::papers;
use crate::view::portion::{BLOCKS, Portion, ROWS};
use crate::view::record::{self, Dispute, Fact, Link, Past, Proposal, RIVALS, RecordCard, Related};
use crate::view::route::{Address, Route, key};
use crate::view::show;

/// The page `#/r/<id>`.
pub fn page(id: String) -> AnyView {
    let (shell, town) = (use_shell(), use_store());
    let wanted = id.clone();
    let card = Memo::new(move |_| card_of(town, &wanted));
    Effect::new(move |_| {
        if let Some(card) = card.get() {
            shell.head.set(Head {
                back: Some(Address::from(Route::Ledger(card.ledger.to_owned())).hash()),
                ..Head::titled(card.title)
            });
        }
    });
    let gone = Callback::new(move |()| {
        if let Some(card) = card.get_untracked() {
            shell.go_to(Route::Ledger(card.ledger.to_owned()));
        }
    });
    let found = Memo::new(move |_| card.read().is_some());
    let part = move || {
        if !found.get() {
            return not_found(format!("r/{id}"));
        }
        let title = Signal::derive(move || card.read().as_ref().map(|c| c.title.clone()).unwrap_or_default());
        let about = Signal::derive(move || card.read().as_ref().map(|c| c.about.clone()).unwrap_or_default());
        let id = id.clone();
        view! {
            <Card title meta=about>
                {move || led_here(shell, town, card)}
                {body(town, card)}
                <p class="button-row no-print">{move || acts(shell, town, id.clone(), gone)}</p>
            </Card>
        }
        .into_any()
    };
    part.into_any()
}

/// Says that the address named another record, which was joined into this one, perhaps while the page was open.
fn led_here(shell: Shell, town: AppStore, card: Memo<Option<RecordCard>>) -> Option<AnyView> {
    let was = shell.address.read().get(key::WAS)?.to_owned();
    let ix = card.read().as_ref()?.ix;
    let told = town.read(|desk| joined::came_from(desk.replica(), ix, &was))?;
    Some(view! { <p class="strong" role="status">{told}</p> }.into_any())
}

/// The card of the record with this id, in whatever ledger it stands; follows the desk.
pub fn card_of(town: AppStore, id: &str) -> Option<RecordCard> {
    town.read(|desk| {
        let (ix, _) = record::find(desk.replica(), id)?;
        record::card(desk, ix)
    })
}

/// What a record says: notices, disputes, proposals, facts, related records, history.
pub fn body(town: AppStore, card: Memo<Option<RecordCard>>) -> AnyView {
    let part = move || card.get().map(|card| sections(town, card));
    part.into_any()
}

fn why_not(town: AppStore, ix: RecordIx, slot: Option<Slot>) -> String {
    town.read(|desk| {
        let record = desk.replica().record(ix)?;
        let ledger = catalogue().get(desk.replica().ledger_id(record))?;
        desk.why_not(ledger, desk.replica().unit_of(record), slot)
    })
    .unwrap_or_default()
}

fn sections(town: AppStore, card: RecordCard) -> AnyView {
    let deleted = card
        .deleted
        .then(|| view! { <p class="strong">"这条记录已删除，放在回收站里。"</p> });
    let joined = card.joined.map(|(id, title)| {
        let href = Address::from(Route::Record(id)).hash();
        view! { <p class="strong">"这条记录已并入：" <a href=href>{title}</a></p> }
    });
    let torn = card
        .delete_disputed
        .then(|| view! { <p class="strong">"一处删除了这条记录，另一处同时修改了它；记录先保留，请核对。"</p> });
    let notices = card.notices.iter().map(|notice| {
        let text = if notice.todo.is_empty() {
            notice.what.clone()
        } else {
            format!("{}，{}", notice.what, notice.todo)
        };
        view! { <li>{text}</li> }
    });
    let notices = (!card.notices.is_empty()).then(|| {
        view! { <section><h3>"需要补正"</h3><ul>{notices.collect_view()}</ul></section> }
    });
    let (ix, bare) = (card.ix, |rows: Vec<AnyView>| rows.into_any());
    let one = move |dispute: Dispute| conflict(town, ix, &dispute, RIVALS);
    let disputes = portion(Signal::stored(card.disputes), BLOCKS, one, bare);
    let one = move |waiting: Proposal| proposal(town, ix, &waiting);
    let proposals = portion(Signal::stored(card.proposals), BLOCKS, one, bare);
    let one = move |left: LeftBehind| left_behind(town, ix, &left);
    let left = portion(Signal::stored(card.left_behind), BLOCKS, one, bare);
    let mut rows: Vec<(String, AnyView)> = card.facts.iter().map(fact).collect();
    rows.extend(
        card.unknown
            .iter()
            .map(|(name, json)| (format!("新版本的字段 {name}"), json.clone().into_any())),
    );
    let related = card.related.into_iter().map(related).collect_view();
    let joined_in = duplicates(card.duplicates);
    let steps = RwSignal::new(card.history.into_iter().map(step).collect::<Vec<Step>>());
    let short = RwSignal::new(card.has_earlier);
    let earlier = move |()| {
        let all = town.read_untracked(|desk| record::earlier(desk, ix));
        steps.set(all.into_iter().map(step).collect());
        short.set(false);
    };
    view! {
        {deleted} {joined} {torn} {notices} {disputes} {left} {proposals}
        {flow_panel::panel(town, ix)}
        <section>{facts(rows)}</section>
        {joined_in}
        {related}
        <section><h3>"变更经过"</h3><History steps />
            <Show when=move || short.get()>
                <p class="no-print"><Button label="看更早的修改".to_owned() on_press=earlier /></p>
            </Show>
        </section>
    }
    .into_any()
}

fn fact(fact: &Fact) -> (String, AnyView) {
    let text = fact.text.clone();
    let value = match (&fact.phone, &fact.link) {
        (Some(phone), _) if !phone.is_empty() => view! { <MaskedPhone phone=phone.clone() /> }.into_any(),
        (_, Some(Link::Unit(code))) if !code.is_empty() => {
            view! { <a href=Address::from(Route::Unit(code.clone())).hash()>{text}</a> }.into_any()
        }
        (_, Some(Link::Record(id))) if !id.is_empty() => {
            view! { <a href=Address::from(Route::Record(id.clone())).hash()>{text}</a> }.into_any()
        }
        _ => folded(text),
    };
    let mark = fact
        .disputed
        .then(|| view! { <span class="small muted">"（填得不同）"</span> });
    (fact.label.clone(), view! { {value} {mark} }.into_any())
}

/// A disputed field with its first `most` values side by side, each to be adopted.
pub fn conflict(town: AppStore, ix: RecordIx, dispute: &Dispute, most: usize) -> AnyView {
    let reason = why_not(town, ix, Some(dispute.slot));
    let more = dispute.more + Portion::of(dispute.rivals.len(), most).rest;
    if !reason.is_empty() {
        let texts = dispute.rivals.iter().take(most);
        let texts: Vec<String> = texts.map(|r| show::brief(&r.text, show::FOLDED)).collect();
        let text = format!(
            "{}填得不同：{}。{reason}，由有权限的人核定。",
            dispute.label,
            texts.join("、")
        );
        let text = match more {
            0 => text,
            more => format!("{text}另 {more} 个值没有列出。"),
        };
        return view! { <p>{text}</p> }.into_any();
    }
    let values = dispute
        .rivals
        .iter()
        .take(most)
        .enumerate()
        .map(|(place, rival)| RivalValue {
            key: place.to_string(),
            value: rival.text.clone(),
            short: show::brief(&rival.text, 16),
            by: rival.source.clone(),
        });
    let chosen = dispute.clone();
    let adopt = move |key: String| {
        let rival = key.parse::<usize>().ok().and_then(|place| chosen.rivals.get(place));
        if let Some(rival) = rival {
            let label = format!("核定{}：{}", chosen.label, show::brief(&rival.text, 16));
            let choice = (ix, chosen.slot, rival.value.clone());
            town.act_and_say(format!("已{label}"), |desk| desk.resolve(&label, &[choice]));
            focus_instead(".conflict-list button, main .card-head a, h1");
        }
    };
    let values: Vec<RivalValue> = values.collect();
    view! { <ConflictBox field=dispute.label.clone() values more on_adopt=adopt /> }.into_any()
}

/// What waits in a record from one author, to be accepted or turned down.
pub fn proposal(town: AppStore, ix: RecordIx, proposal: &Proposal) -> AnyView {
    let change = proposal.change;
    let touched: Vec<Slot> = town.read_untracked(|desk| {
        let atoms = desk.replica().record(ix).map(|r| r.atoms.iter());
        let waits = atoms
            .into_iter()
            .flatten()
            .filter(|a| a.change == change && a.is(Atom::PENDING));
        waits.map(|a| a.slot).collect()
    });
    let reasons = touched.iter().map(|&slot| why_not(town, ix, Some(slot)));
    let reason = reasons.into_iter().find(|r| !r.is_empty()).unwrap_or_default();
    let decide = move |accept: bool| {
        let label = if accept { "确认修改" } else { "退回修改" };
        town.act_and_say(format!("已{label}"), |desk| desk.decide(label, ix, &[change], accept));
    };
    let lines = proposal
        .lines
        .iter()
        .map(|line| view! { <li>{line.clone()}</li> })
        .collect_view();
    // Who may not decide is told who does.
    let acts = match reason.is_empty() {
        true => view! {
            <p class="button-row">
                <Button label="确认".to_owned() on_press=move |()| decide(true) />
                <Button label="退回".to_owned() on_press=move |()| decide(false) />
            </p>
        }
        .into_any(),
        false => view! { <p class="small">{format!("等有权限的人确认：{reason}。")}</p> }.into_any(),
    };
    view! {
        <section role="group" aria-label="待确认的修改">
            <h3>"待确认的修改"</h3>
            <p class="small muted">{proposal.source.clone()}</p>
            <ul>{lines}</ul>
            {acts}
        </section>
    }
    .into_any()
}

/// What somebody who did not know of a join deleted with the duplicate or wrote to it: it can be taken over.
pub fn left_behind(town: AppStore, ix: RecordIx, left: &LeftBehind) -> AnyView {
    let (gone, change, title) = (left.ix, left.change, left.title.clone());
    let items = left
        .lines
        .iter()
        .map(|line| view! { <li>{line.clone()}</li> })
        .collect_view();
    let reasons = left.values.iter().map(|(slot, _)| why_not(town, ix, Some(*slot)));
    let reason = reasons
        .into_iter()
        .find(|reason| !reason.is_empty())
        .unwrap_or_default();
    let choices: Vec<(RecordIx, Slot, Value)> = left.values.iter().map(|(s, v)| (ix, *s, v.clone())).collect();
    let label = format!("采用“{title}”所填");
    let take = move |()| {
        town.act_and_say(format!("已{label}"), |desk| desk.resolve(&label, &choices));
    };
    let leave = move |()| {
        let label = format!("不用“{title}”所填");
        town.act_and_say(label.clone(), |desk| match change {
            None => desk.delete_alone(&label, &[gone]),
            Some(change) => desk.leave_apart(&label, gone, change),
        });
    };
    let leaves = if change.is_some() { slots::SEEN } else { slots::DELETED };
    let leaving = why_not(town, gone, Some(leaves));
    let about = match change {
        None => "并为一条的记录已被删除",
        Some(_) => "并为一条的记录另有修改",
    };
    view! {
        <section role="group" aria-label=about>
            <p>{left.told.clone()}</p>
            <p class="small muted">{left.source.clone()}</p>
            <ul>{items}</ul>
            <p class="button-row">
                <Button label="采用".to_owned() on_press=take why_not=reason />
                <Button label="不用".to_owned() on_press=leave why_not=leaving />
            </p>
        </section>
    }
    .into_any()
}

/// The records that were joined into this one, and what they say otherwise.
fn duplicates(all: Vec<Duplicate>) -> Option<AnyView> {
    let count = all.len();
    let one = |duplicate: Duplicate| {
        let gone = if duplicate.deleted { "，已删除" } else { "" };
        let said = match duplicate.lines.as_slice() {
            [] => String::new(),
            lines => format!("：{}", lines.join("；")),
        };
        view! { <li>{format!("{}{gone}{said}", duplicate.title)}</li> }
    };
    (count > 0).then(|| {
        let items = all.into_iter().map(one).collect_view();
        view! {
            <section>
                <h3>{format!("已并入这一条的记录，{count}")}</h3>
                <ul>{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn related(group: Related) -> AnyView {
    let count = group.records.len();
    let link = |(id, title)| view! { <li><a href=Address::from(Route::Record(id)).hash()>{title}</a></li> };
    let links = portion(Signal::stored(group.records), ROWS, link, |rows| {
        view! { <ul>{rows}</ul> }.into_any()
    });
    view! {
        <section>
            <h3>{format!("{}，{}", group.label, format::count(count as i64))}</h3>
            {links}
        </section>
    }
    .into_any()
}

fn step(past: Past) -> Step {
    let empty = past.before.is_empty() && past.after.is_empty();
    let read = |text: &str| show::brief(record::or_unknown(text), show::FOLDED);
    Step {
        values: (!empty).then(|| (read(&past.before), read(&past.after))),
        what: past.what,
        by: past.source,
        disputed: past.disputed,
    }
}

/// 修改, 删除 or 恢复, 复制链接. `on_gone` is called after the record was deleted.
pub fn acts(shell: Shell, town: AppStore, id: String, on_gone: Callback<()>) -> AnyView {
    let Some(card) = card_of(town, &id) else {
        return ().into_any();
    };
    let (ix, ledger) = (card.ix, card.ledger);
    let title = card.title.clone();
    let edit = {
        let record = id.clone();
        move |()| {
            shell.go_to(Route::EditRecord {
                ledger: ledger.to_owned(),
                record: record.clone(),
            });
        }
    };
    // Others go with a record that they were joined into: asked once.
    let asked = RwSignal::new(None::<String>);
    let remove = {
        let title = title.clone();
        move |()| {
            let question = town.read_untracked(|desk| joined::asks_to_delete(desk.replica(), ix));
            if question.is_some() && asked.get_untracked() != question {
                asked.set(question);
                return;
            }
            on_gone.run(());
            let dependants = town.read_untracked(|desk| record::dependants(desk.replica(), ix));
            town.act_and_say(record::deleted_words(&title, dependants), |desk| {
                desk.delete(&format!("删除：{title}"), &[ix])
            });
        }
    };
    let restore = move |()| {
        let label = format!("恢复：{title}");
        town.act_and_say(format!("已{label}"), |desk| desk.restore(&label, &[ix]));
    };
    let (writes, deletes) = (why_not(town, ix, None), why_not(town, ix, Some(slots::DELETED)));
    let question = move || {
        asked
            .get()
            .map(|told| view! { <p class="strong" role="alert">{told}</p> })
    };
    // What may not be done here is not offered; whose it is is said once.
    let whose = if writes.is_empty() {
        deletes.clone()
    } else {
        writes.clone()
    };
    let whose = (!whose.is_empty()).then(|| view! { <span class="small muted">{whose} "。"</span> });
    let (may_write, may_delete) = (writes.is_empty(), deletes.is_empty());
    let change = match card.deleted {
        true => may_delete
            .then(|| view! { <Button kind=ButtonKind::Main label="恢复".to_owned() on_press=restore /> }.into_any()),
        false => Some(
            view! {
                {may_write.then(|| view! { <Button kind=ButtonKind::Main label="修改".to_owned() on_press=edit /> })}
                {may_delete.then(|| view! { <Button label="删除".to_owned() on_press=remove /> })}
            }
            .into_any(),
        ),
    };
    let papers = papers::of_record_href(ledger, &id).filter(|_| !card.deleted);
    let papers = papers.map(|href| view! { <a class=ButtonKind::Plain.class() href=href>"做成文稿"</a> });
    let copy = move |()| copy_link(shell, &id);
    view! { {question} {change} {whose} {papers} <Button label="复制链接".to_owned() on_press=copy /> }.into_any()
}

/// Hands the address of a record to the clipboard; where the browser does not let it, goes to the record's own page,
/// so that the address bar holds it.
fn copy_link(shell: Shell, id: &str) {
    let to = Address::from(Route::Record(id.to_owned()));
    let page = window().location().href().unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default().to_owned();
    spawn_local(async move {
        if copy(&format!("{page}{}", to.hash())).await {
            shell.toasts.say("已复制链接", None);
        } else {
            shell.go(&to);
            shell.toasts.say("浏览器不能代为复制，请复制地址栏里的链接", None);
        }
    });
}

/// The ledger with this id, unless it is one the pages do not show.
pub fn ledger(id: &str) -> Option<&'static Ledger> {
    // Tasks are no records of the ledgers, but they are filled in like any.
    catalogue()
        .get(id)
        .filter(|ledger| !ledger.system || ledger.id == Dispatch::LEDGER.id)
}
