//! Which sheet, which ledger, which heading is which field.

use leptos::prelude::*;
use office::book::State;

use super::Session;
use crate::model::ledger::{Kind, Slot};
use crate::model::programmes::catalogue;
use crate::ui::components::button::Select;
use crate::ui::dom::next_id;
use crate::view::fill::fills_in;
use crate::view::route::{Address, Route};
use crate::view::tables::layout::{HEADING_ROWS, Layout, text_of};
use crate::view::tables::names::Names;
use crate::view::tables::sample_of;

/// Most records that one value for all rows is chosen from.
const MOST: usize = 300;

pub(super) fn assign(session: Session) -> AnyView {
    view! {
        <p class="button-row">{move || sheets(session)} {ledgers(session)} {move || heading(session)}</p>
        {move || columns(session)}
        {move || lacking(session)}
        {move || skipped(session)}
    }
    .into_any()
}

fn sheets(session: Session) -> Option<AnyView> {
    let sheets = session.sheets();
    let options = sheets.iter().map(|(at, name, state)| {
        let name = match state {
            State::Visible => name.clone(),
            _ => format!("{name}（隐藏的工作表）"),
        };
        (at.to_string(), name)
    });
    let options: Vec<(String, String)> = options.collect();
    let several = options.len() > 1;
    let chosen = Signal::derive(move || session.sheet.get().to_string());
    let choose = move |key: String| session.choose_sheet(key.parse().ok());
    several.then(|| view! { <span class="labelled">"工作表" <Select label="工作表".to_owned() options chosen on_choose=choose /></span> }.into_any())
}

fn ledgers(session: Session) -> AnyView {
    let options = Signal::derive(move || {
        let all = session.town.read(|desk| {
            let shown = catalogue().all().iter().copied().filter(|l| !l.system);
            let own = shown.filter(|l| fills_in(desk.person(), l));
            own.map(|l| (l.id.to_owned(), l.label.to_owned())).collect::<Vec<_>>()
        });
        let none = session
            .ledger
            .read()
            .is_empty()
            .then(|| (String::new(), "请选择".to_owned()));
        none.into_iter().chain(all).collect::<Vec<_>>()
    });
    let choose = move |id: String| session.choose_ledger(id);
    view! {
        <span class="labelled">
            "导入到" <Select label="导入到哪个台账".to_owned() options chosen=session.ledger on_choose=choose />
        </span>
    }
    .into_any()
}

/// The row of headings; a person can point to another one.
fn heading(session: Session) -> Option<AnyView> {
    let (table, layout) = (session.table()?, session.layout()?);
    let found = layout.heading_rows.first().copied().unwrap_or(0);
    let rows = table.rows.iter().take_while(|row| row.number <= HEADING_ROWS + 20);
    let option = |row: &office::book::Row| {
        let texts: Vec<&str> = row
            .cells
            .iter()
            .map(text_of)
            .filter(|text| !text.is_empty())
            .take(4)
            .collect();
        let words = crate::model::value::brief(&texts.join(" "), 24);
        (row.number.to_string(), format!("第 {} 行 {words}", row.number))
    };
    let mut options: Vec<(String, String)> = rows.map(option).collect();
    if found == 0 {
        options.insert(0, ("0".to_owned(), "没有找到，请选择".to_owned()));
    }
    let chosen = Signal::stored(found.to_string());
    let choose = move |key: String| {
        session.pointed.set(key.parse().ok().filter(|row| *row > 0));
        session.choose_ledger(session.ledger.get_untracked());
    };
    let note = (found == 0).then(|| {
        view! { <span role="status" class="small">{format!("前 {HEADING_ROWS} 行没有找到表头，请指出哪一行是表头。")}</span> }
    });
    Some(
        view! {
            <span class="labelled">
                "表头" <Select label="表头在哪一行".to_owned() options chosen on_choose=choose />
            </span>
            {note}
        }
        .into_any(),
    )
}

fn columns(session: Session) -> Option<AnyView> {
    let (table, layout, ledger) = (session.table()?, session.layout()?, session.ledger()?);
    if layout.heading_rows.is_empty() {
        return None;
    }
    let mapped = session.mapped.get();
    let fields: Vec<(String, String)> = ledger
        .slots()
        .map(|(slot, field)| (slot.to_string(), field.head()))
        .collect();
    let rows = layout.columns.iter().map(|column| {
        let at = column.at;
        let own = mapped.iter().find(|entry| entry.at == at).and_then(|entry| entry.slot);
        let key = own.map_or_else(String::new, |slot| slot.to_string());
        let none = (String::new(), "不导入".to_owned());
        let options: Vec<(String, String)> = std::iter::once(none).chain(fields.clone()).collect();
        let label = column.label();
        let choose = move |key: String| {
            let slot: Option<Slot> = key.parse().ok();
            session.mapped.update(|all| {
                // A field is filled by one column: the other one lets it go.
                for entry in all.iter_mut().filter(|entry| slot.is_some() && entry.slot == slot) {
                    entry.slot = None;
                }
                if let Some(entry) = all.iter_mut().find(|entry| entry.at == at) {
                    entry.slot = slot;
                }
            });
        };
        let hidden = column.hidden.then_some("（隐藏的列）");
        view! {
            <tr>
                <th scope="row">{label.clone()} {hidden}</th>
                <td class="muted">{sample_of(&table, &layout, at)}</td>
                <td>
                    <Select
                        label=format!("{label}对应的栏目")
                        options
                        chosen=Signal::stored(key)
                        on_choose=choose
                    />
                </td>
            </tr>
        }
    });
    Some(
        view! {
            <table class="mini assign" aria-label="表头和栏目的对应关系">
                <thead>
                    <tr>
                        <th scope="col">"表头"</th>
                        <th scope="col">"例子"</th>
                        <th scope="col">"台账栏目"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            {unused(&layout, &mapped)}
        }
        .into_any(),
    )
}

/// Headings that are taken for nothing are named.
fn unused(layout: &Layout, mapped: &[crate::view::tables::mapping::Mapped]) -> Option<AnyView> {
    let left = layout
        .columns
        .iter()
        .filter(|column| mapped.iter().any(|entry| entry.at == column.at && entry.slot.is_none()));
    let names: Vec<String> = left.map(|column| column.label()).collect();
    (!names.is_empty())
        .then(|| view! { <p class="small">{format!("不导入的列：{}。", names.join("、"))}</p> }.into_any())
}

/// Required fields without a column, to be filled in once for all rows.
fn lacking(session: Session) -> Option<AnyView> {
    let lacking = session.lacking();
    let with_headings = session.layout().is_some_and(|layout| !layout.heading_rows.is_empty());
    if lacking.is_empty() || !with_headings {
        return None;
    }
    let rows = lacking.into_iter().map(|(slot, field)| {
        let label = format!("全表的{}", field.label);
        let stands = session
            .fixed
            .with_untracked(|all| all.iter().find(|(s, _)| *s == slot).map(|(_, t)| t.clone()));
        let stands = stands.unwrap_or_default();
        let set = move |text: String| {
            session.fixed.update(|all| {
                all.retain(|(s, _)| *s != slot);
                all.push((slot, text));
            });
        };
        let control = match field.kind {
            Kind::Ref | Kind::Refs | Kind::Unit | Kind::District | Kind::Choice | Kind::Choices => {
                let offers = session.town.read_untracked(|desk| {
                    let unit = desk.own_unit().map(str::to_owned);
                    Names::new(desk.replica(), catalogue()).offers(field, unit.as_deref(), MOST)
                });
                let target = catalogue().get(field.target).filter(|_| offers.is_empty());
                let register = target.map(|target| {
                    let form = Address::from(Route::NewRecord(target.id.to_owned())).hash();
                    view! { <span class="small">{format!("还没有{}，", target.label)} <a href=form>{target.verb}</a> "，再回来导入"</span> }
                });
                let none = (String::new(), "请选择".to_owned());
                let options: Vec<(String, String)> = std::iter::once(none).chain(offers).collect();
                view! { <Select label=label.clone() options chosen=Signal::stored(stands) on_choose=set /> {register} }
                    .into_any()
            }
            Kind::YesNo => {
                let options = [("", "请选择"), ("yes", "是"), ("no", "否")];
                let options = options.map(|(key, word)| (key.to_owned(), word.to_owned())).to_vec();
                view! { <Select label=label.clone() options chosen=Signal::stored(stands) on_choose=set /> }.into_any()
            }
            _ => {
                let id = next_id("fixed");
                let hint = match field.kind {
                    Kind::Day => "例如 2022-03-05",
                    Kind::Month => "例如 2022-03",
                    Kind::Year => "例如 2022",
                    _ => "",
                };
                view! {
                    <input
                        id=id
                        class="input"
                        aria-label=label.clone()
                        placeholder=hint
                        prop:value=stands
                        on:change=move |event| set(event_target_value(&event))
                    />
                }
                .into_any()
            }
        };
        view! { <p class="labelled">{field.label} {control}</p> }
    });
    Some(
        view! {
            <p role="status">"表里没有下面这些必填栏目，请填一次，全部行都用它："</p>
            <div class="stack fixed-values">{rows.collect_view()}</div>
        }
        .into_any(),
    )
}

/// Rows that are no records are named.
fn skipped(session: Session) -> Option<AnyView> {
    let layout = session.layout()?;
    if layout.heading_rows.is_empty() || layout.skipped.is_empty() {
        return None;
    }
    let lines = layout.skipped.iter().map(|(row, why, text)| {
        let text = crate::model::value::brief(text, 40);
        view! { <li>{format!("第 {row} 行（{}）：{text}", why.label())}</li> }
    });
    let count = layout.skipped.len();
    Some(
        view! {
            <details class="fold">
                <summary>{format!("不当作记录的 {count} 行")}</summary>
                <ul>{lines.collect_view()}</ul>
            </details>
        }
        .into_any(),
    )
}
