//! What a merge leaves for people to decide: values that differ, entries that wait, records that look alike.

use leptos::prelude::*;

use super::record::{conflict, left_behind, proposal};
use crate::model::ledger::{TypedRow as _, slots};
use crate::model::programmes::catalogue;
use crate::model::programmes::town::ledgers::Setting;
use crate::model::value::Value;
use crate::replica::RecordIx;
use crate::ui::app::{Shell, use_shell};
use crate::ui::components::button::{Button, Select};
use crate::ui::components::card::Card;
use crate::ui::components::message::AllDone;
use crate::ui::components::portion::portion;
use crate::ui::state::{AppStore, use_store};
use crate::view::conflicts::{self, Rule};
use crate::view::joined::{self, Denied};
use crate::view::portion::{BLOCKS, PARTS, Portion};
use crate::view::record::{or_unknown, source_with_file};
use crate::view::route::{Address, Route};
use crate::view::show;

/// Key of the unit in the address.
const UNIT: &str = "f.unit";

/// The page `#/conflicts`.
pub fn page() -> AnyView {
    let (shell, town) = (use_shell(), use_store());
    let unit = Memo::new(move |_| shell.address.read().get(UNIT).map(str::to_owned));
    let items = Memo::new(move |_| town.read(|desk| conflicts::items(desk.replica(), unit.read().as_deref())));
    let pairs = Memo::new(move |_| town.read(|desk| conflicts::pairs(desk.replica())));
    let lede = move || match (items.read().len(), pairs.read().len()) {
        (0, 0) => view! { <AllDone text="没有要核对的内容。合并文件后，填得不同和待确认的会列在这里。" /> }.into_any(),
        (open, alike) => {
            let parts = [(open, "条记录填得不同或待确认"), (alike, "对记录可能是同一个")];
            let parts = parts
                .iter()
                .filter(|part| part.0 > 0)
                .map(|(count, word)| format!("{count} {word}"));
            let parts: Vec<String> = parts.collect();
            view! { <p class="lede"><b>{parts.join("，")}</b>"。两边的内容都已保留，选定后可撤销。"</p> }.into_any()
        }
    };
    view! {
        {lede}
        {tools(shell, town, unit, items)}
        <div class="stack">
            {portion(items.into(), BLOCKS, move |ix| item(town, ix), stacked)}
            {portion(pairs.into(), BLOCKS, move |(keep, other)| pair(town, keep, other), stacked)}
        </div>
    }
    .into_any()
}

fn stacked(rows: Vec<AnyView>) -> AnyView {
    view! { <div class="stack">{rows}</div> }.into_any()
}

/// The unit looked at, and the rules that settle all that is listed.
fn tools(shell: Shell, town: AppStore, unit: Memo<Option<String>>, items: Memo<Vec<RecordIx>>) -> AnyView {
    let options = Signal::derive(move || {
        let units = town.read(|desk| {
            let replica = desk.replica();
            let mut units = conflicts::units(replica, &conflicts::items(replica, None));
            units.retain(|(code, _)| !code.is_empty());
            let named = |(code, count): (String, usize)| {
                let name = show::unit_name(replica, &code);
                (code, format!("{name}，{count} 条"))
            };
            units.into_iter().map(named).collect::<Vec<_>>()
        });
        let all = (String::new(), "全部村（社区）".to_owned());
        std::iter::once(all).chain(units).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || unit.get().unwrap_or_default());
    let shown = Memo::new(move |_| !items.read().is_empty() || unit.read().is_some());
    view! {
        <Show when=move || shown.get()>
            <div class="filters conflict-tools" role="group" aria-label="核对范围">
                <Select
                    label="村（社区）"
                    options
                    chosen
                    on_choose=move |code: String| shell.refine_query(UNIT, &code)
                />
                {Rule::ALL.map(|rule| by_rule(town, rule, items)).into_iter().collect_view()}
            </div>
        </Show>
    }
    .into_any()
}

fn by_rule(town: AppStore, rule: Rule, items: Memo<Vec<RecordIx>>) -> AnyView {
    let choices = Memo::new(move |_| {
        let items = items.read();
        town.read(|desk| conflicts::by_rule(desk, &items, rule))
    });
    let act = move |()| {
        let choices = choices.get_untracked();
        let label = format!("{}核定 {} 处", rule.label(), choices.len());
        town.act_and_say(format!("已{label}"), |desk| desk.resolve(&label, &choices));
    };
    let label = Signal::derive(move || format!("{}，{} 处", rule.label(), choices.read().len()));
    let some = Memo::new(move |_| !choices.read().is_empty());
    view! { <Show when=move || some.get()><Button label on_press=act /></Show> }.into_any()
}

fn item(town: AppStore, ix: RecordIx) -> AnyView {
    // A record with several fields to settle changes while it stays listed.
    let item = Memo::new(move |_| {
        town.read(|desk| conflicts::item(desk.replica(), &|change| source_with_file(desk, change), ix))
    });
    let title = Signal::derive(move || item.read().as_ref().map(|i| i.title.clone()).unwrap_or_default());
    let meta = Signal::derive(move || item.read().as_ref().map(|i| i.about.clone()).unwrap_or_default());
    let body = move || {
        let item = item.get()?;
        let disputes = item
            .disputes
            .iter()
            .take(PARTS)
            .map(|dispute| conflict(town, ix, dispute, PARTS))
            .collect_view();
        let proposals = item
            .proposals
            .iter()
            .take(PARTS)
            .map(|waiting| proposal(town, ix, waiting))
            .collect_view();
        let left_behind = item
            .left_behind
            .iter()
            .take(PARTS)
            .map(|left| left_behind(town, ix, left))
            .collect_view();
        // The record's own page has them all.
        let denied = item.denied.iter().map(|denied| parted(town, ix, denied)).collect_view();
        let counts = [item.disputes.len(), item.proposals.len(), item.left_behind.len()];
        let left = counts.iter().map(|all| Portion::of(*all, PARTS).rest).sum::<usize>();
        let left = Portion::of(left, 0).left_out();
        let torn = item.torn.is_some().then(|| torn(town, ix));
        let href = Address::from(Route::Record(item.id)).hash();
        let part = view! {
            <div class="conflict-list">{disputes} {denied} {proposals} {left_behind} {torn}</div>
            <p>{left} " " <a href=href>"查看这条记录"</a></p>
        };
        Some(part)
    };
    view! { <Card title meta>{body}</Card> }.into_any()
}

/// Joined with one that it was said not to be the same as: one, or two after all.
fn parted(town: AppStore, ix: RecordIx, denied: &Denied) -> AnyView {
    let may_not_join = town
        .read_untracked(|desk| desk.why_not(Setting::LEDGER, "", None))
        .unwrap_or_default();
    let may_not_part = town.read_untracked(|desk| {
        let record = desk.replica().record(ix)?;
        let ledger = catalogue().get(desk.replica().ledger_id(record))?;
        desk.why_not(ledger, desk.replica().unit_of(record), Some(slots::ALIAS))
    });
    let (join_label, part_label) = (
        format!("并为一条：{}", denied.title),
        format!("仍是两条：{}", denied.title),
    );
    let (setting, parting) = (denied.setting.clone(), denied.parting.clone());
    let join = move |()| {
        let slot = Setting::LEDGER.slot("value").unwrap_or(slots::FIRST);
        town.act_and_say(format!("已{join_label}"), |desk| {
            desk.set(&join_label, Setting::LEDGER, &setting, slot, Value::text("false"))
        });
    };
    let part = move |()| {
        town.act_and_say(part_label.clone(), |desk| desk.resolve(&part_label, &parting));
    };
    let sources = denied
        .sources
        .iter()
        .map(|source| view! { <p class="small muted">{source.clone()}</p> })
        .collect_view();
    view! {
        <section role="group" aria-label="是不是同一条，说法不同">
            <p>{denied.told.clone()}</p>
            {sources}
            <p class="button-row">
                <Button label="并为一条".to_owned() on_press=join why_not=may_not_join />
                <Button label="仍是两条".to_owned() on_press=part why_not=may_not_part.unwrap_or_default() />
            </p>
        </section>
    }
    .into_any()
}

/// Deleted by one, written by another: keep it or delete it for good.
fn torn(town: AppStore, ix: RecordIx) -> AnyView {
    let Some(torn) = town.read(|desk| joined::torn(desk, ix)) else {
        return ().into_any();
    };
    let (keep, remove) = (format!("保留：{}", torn.title), format!("删除：{}", torn.title));
    let lines = torn
        .lines
        .into_iter()
        .map(|line| view! { <p>{line}</p> })
        .collect_view();
    let (deleted, why_not) = (torn.deleted, torn.why_not);
    let keep_it = move |()| {
        let label = keep.clone();
        town.act_and_say(format!("已{keep}"), |desk| desk.restore(&label, &[ix]));
    };
    let delete_it = move |()| {
        let label = remove.clone();
        town.act_and_say(deleted.clone(), |desk| desk.delete_alone(&label, &[ix]));
    };
    view! {
        <section role="group" aria-label="删除与修改同时发生">
            {lines}
            <p class="button-row">
                <Button label="保留记录".to_owned() on_press=keep_it why_not=why_not.clone() />
                <Button label="删除记录".to_owned() on_press=delete_it why_not />
            </p>
        </section>
    }
    .into_any()
}

/// Two records side by side that may be the same.
fn pair(town: AppStore, keep: RecordIx, other: RecordIx) -> AnyView {
    let Some(pair) = town.read_untracked(|desk| conflicts::pair(desk.replica(), keep, other)) else {
        return ().into_any();
    };
    let [first, second] = pair.ids.map(|id| Address::from(Route::Record(id)).hash());
    let brief = |text: &str| show::brief(or_unknown(text), show::FOLDED);
    let rows = pair.differing.into_iter().map(|(label, one, two)| {
        view! { <tr><th scope="row">{label}</th><td>{brief(&one)}</td><td>{brief(&two)}</td></tr> }
    });
    let rows = rows.collect_view();
    let label = format!("并为一条：{}", pair.title);
    let why_not = town.read_untracked(|desk| {
        let replica = desk.replica();
        let record = replica.record(other)?;
        desk.why_not(
            catalogue().get(replica.ledger_id(record))?,
            replica.unit_of(record),
            None,
        )
    });
    let join = move |()| {
        let text = label.clone();
        town.act_and_say(format!("已{label}"), |desk| desk.join(&text, other, keep));
    };
    let may_not_part = town
        .read_untracked(|desk| desk.why_not(Setting::LEDGER, "", None))
        .unwrap_or_default();
    let named = pair.title.clone();
    let part = move |()| {
        let text = format!("不是同一条：{named}");
        let draft = town.read_untracked(|desk| conflicts::distinct(desk.replica(), keep, other));
        town.act_and_say(format!("已记下，{text}"), |desk| desk.save(&text, draft.as_slice()));
    };
    view! {
        <Card title=format!("可能重复：{}", pair.title) meta=pair.about>
            <p class="small">"并为一条后，指向后来一条的记录都算到先有的一条；先有的没填的，用后来的补上。"</p>
            <table class="table table-plain table-values">
                <thead>
                    <tr>
                        <th scope="col">"不同之处"</th>
                        <th scope="col"><a href=first>"先有的一条"</a></th>
                        <th scope="col"><a href=second>"后来的一条"</a></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <div class="button-row">
                <Button label="并为一条，保留先有的".to_owned() why_not=why_not.unwrap_or_default() on_press=join />
                <Button label="不是同一条".to_owned() why_not=may_not_part on_press=part />
            </div>
        </Card>
    }
    .into_any()
}
