//! The cells of a grid on a wide screen.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::Drawn;
use super::heads::MOST;
use super::session::Session;
use crate::model::ledger::{Field, Kind};
use crate::model::programmes::catalogue;
use crate::ui::dom::next_id;
use crate::view::grid::At;
use crate::view::matrix::shape;
use crate::view::tables::names::Names;

fn cell_id((row, column): At) -> String {
    format!("cell-{row}-{column}")
}

/// Sends keys to a cell: to its box where it has one, so that an input method finds a place to write into from the first
/// letter on.
pub fn focus_cell(at: At) {
    let found = document().get_element_by_id(&cell_id(at));
    let Some(cell) = found.and_then(|cell| cell.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    match box_in(&cell) {
        Some(input) => {
            let _ = input.focus();
            input.select();
        }
        None => drop(cell.focus()),
    }
}

/// The box of a cell.
fn box_in(cell: &HtmlElement) -> Option<HtmlInputElement> {
    let found = cell.query_selector("input.cell-input").ok().flatten();
    found.and_then(|input| input.dyn_into().ok())
}

/// Whether an event comes from the box of a cell.
pub fn is_in_box(event: &web_sys::Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    target.is_some_and(|input| input.class_list().contains("cell-input"))
}

/// Puts a text into the box of a cell that has one, and the caret behind it.
pub fn begin_in_box(at: At, text: &str) {
    let found = document().get_element_by_id(&cell_id(at));
    let input = found
        .and_then(|cell| cell.dyn_into::<HtmlElement>().ok())
        .and_then(|cell| box_in(&cell));
    if let Some(input) = input {
        input.set_value(text);
        let _ = input.focus();
        to_end(&input);
    }
}

fn to_end(input: &HtmlInputElement) {
    let end = u32::try_from(input.value().encode_utf16().count()).unwrap_or(0);
    let _ = input.set_selection_range(end, end);
}

/// The tick in front of a row.
pub fn tick(session: Session, row: usize, name: String) -> AnyView {
    let taken = move || {
        let grid = session.grid.read();
        grid.as_ref()
            .and_then(|grid| grid.rows.get(row))
            .is_some_and(|row| row.taken)
    };
    let set = move |event: web_sys::Event| {
        let on = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlInputElement>().ok())
            .is_some_and(|input| input.checked());
        session.change(|grid| grid.tick(row, on));
    };
    view! { <input type="checkbox" aria-label=format!("保存 {name}") prop:checked=taken on:change=set /> }.into_any()
}

pub fn name_of(session: Session, row: usize) -> String {
    let name = session
        .grid
        .with_untracked(|grid| grid.as_ref().map_or_else(String::new, |grid| grid.name(row).to_owned()));
    match name.is_empty() {
        true => format!("新的第 {} 行", row + 1),
        false => name,
    }
}

/// The table.
pub fn table(session: Session, drawn: Drawn) -> AnyView {
    let Drawn {
        rows,
        heads: columns,
        matrix,
        roll,
    } = drawn;
    let has_ticks = !matrix && roll.is_none();
    let heads = columns.iter().map(|(head, column)| {
        let star = (column.field.required && !matrix).then_some("（必填）");
        view! { <th scope="col">{head.clone()} <span class="muted small">{star}</span></th> }
    });
    let heads = heads.collect_view();
    let row = |row: usize| {
        let name = name_of(session, row);
        let cells = columns.iter().enumerate().map(|(place, (head, column))| {
            let called = if matrix { head } else { column.field.label };
            cell(session, (row, place), column.field, format!("{name} {called}"))
        });
        let cells = cells.collect::<Vec<_>>();
        let saves = has_ticks.then(|| view! { <td class="grid-tick">{tick(session, row, name.clone())}</td> });
        view! {
            <tr>
                {saves}
                <th scope="row">{name}</th>
                {cells}
            </tr>
        }
    };
    let name = format!("成批填写 {}", session.ledger.label);
    let first = match shape(session.ledger).filter(|_| matrix) {
        Some(shape) => shape.rows.map_or("村（社区）", |(_, field)| field.label),
        None => "记录",
    };
    view! {
        <div
            class="chart-scroll grid-scroll"
            on:keydown=move |event| session.key(&event)
            on:beforecopy=|event: web_sys::Event| event.prevent_default()
            on:copy=move |event| session.copy(&event)
            on:cut=move |event| session.cut(&event)
            on:paste=move |event| session.paste(&event)
        >
            <table role="grid" class="cells" aria-label=name>
                <thead>
                    <tr>
                        {has_ticks.then(|| view! { <th scope="col">"保存"</th> })}
                        <th scope="col">{first}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{(0..rows).map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn cell(session: Session, at: At, field: &'static Field, label: String) -> AnyView {
    let text = Memo::new(move |_| {
        session
            .grid
            .read()
            .as_ref()
            .map_or_else(String::new, |grid| grid.text(at).to_owned())
    });
    let here = Memo::new(move |_| session.at.get() == at);
    let chosen = Memo::new(move |_| {
        let ((a, b), (c, d)) = (session.at.get(), session.other.get());
        (a.min(c)..=a.max(c)).contains(&at.0) && (b.min(d)..=b.max(d)).contains(&at.1)
    });
    let wrong = Memo::new(move |_| {
        let faults = session.faults.read();
        let own = faults
            .iter()
            .find(|fault| fault.row == at.0 && fault.column == Some(at.1));
        own.map_or_else(String::new, |fault| fault.why.clone())
    });
    let typing = Memo::new(move |_| here.get() && session.typing.read().is_some());
    let press = move |event: web_sys::MouseEvent| {
        if session.typing.get_untracked().is_some() && !here.get_untracked() {
            session.take();
        }
        if !typing.get_untracked() {
            // What the box holds stays selected.
            event.prevent_default();
            session.go(at.0 as isize, at.1 as isize, event.shift_key());
        }
    };
    let open = move |_| match session.is_tick(at) {
        true => session.toggle(at),
        false => session.edit(None),
    };
    // A cell that is typed into has its box before the first letter; one that is ticked has none.
    let boxed = Memo::new(move |_| here.get() && (typing.get() || !session.is_tick(at)));
    let shown = move || match (field.kind, text.get().as_str()) {
        _ if typing.get() => ().into_any(),
        (Kind::YesNo, "是") => "√".into_any(),
        (Kind::YesNo, "否") => "×".into_any(),
        (Kind::YesNo, "") if session.is_roll(at) => view! { <span class="muted small">"不记"</span> }.into_any(),
        (_, text) => text.to_owned().into_any(),
    };
    let input = move || {
        boxed
            .get()
            .then(|| editor(session, field, label.clone(), (text, typing)))
    };
    let numeric = matches!(field.kind, Kind::Int | Kind::Decimal | Kind::Year);
    view! {
        <td
            role="gridcell"
            id=cell_id(at)
            class="cell"
            class:num=numeric
            class:is-chosen=chosen
            class:is-wrong=move || !wrong.read().is_empty()
            aria-selected=move || if chosen.get() { "true" } else { "false" }
            aria-invalid=move || (!wrong.read().is_empty()).then_some("true")
            title=move || wrong.get()
            tabindex=move || if here.get() && !boxed.get() { "0" } else { "-1" }
            on:mousedown=press
            on:dblclick=open
        >
            {shown}
            {input}
        </td>
    }
    .into_any()
}

/// The box of the cell that keys go to. It holds what the cell says, all of it selected, so that what is typed replaces
/// it: a key, what is pasted, or what an input method puts together.
fn editor(
    session: Session,
    field: &'static Field,
    label: String,
    (text, typing): (Memo<String>, Memo<bool>),
) -> AnyView {
    let id = next_id("choices");
    let options = move || {
        let offers = if typing.get() {
            offered(session, field)
        } else {
            Vec::new()
        };
        let options = offers.into_iter().map(|word| view! { <option value=word></option> });
        options.collect_view()
    };
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |begun: Option<bool>| {
        let Some(input) = node.get() else { return false };
        let is_first = begun != Some(true);
        let (said, is_typing) = (text.get(), typing.get());
        let cell = input.parent_element();
        let has_focus =
            document().active_element() == cell || document().active_element() == Some(input.clone().into());
        if is_typing && is_first {
            let _ = input.focus();
            to_end(&input);
        } else if !is_typing {
            input.set_value(&said);
            if has_focus {
                let _ = input.focus();
                input.select();
            }
        }
        true
    });
    let first = session.typing.get_untracked().unwrap_or_else(|| text.get_untracked());
    let list = id.clone();
    view! {
        <input
            node_ref=node
            class="cell-input"
            class:is-typing=typing
            aria-label=label
            list=move || typing.get().then(|| list.clone())
            autocomplete="off"
            value=first
            on:compositionstart=move |_| {
                if !typing.get_untracked() {
                    session.begin_typing(String::new());
                }
            }
            on:input=move |event| session.begin_typing(event_target_value(&event))
            on:blur=move |_| session.take()
        />
        <datalist id=id>{options}</datalist>
    }
    .into_any()
}

/// What is offered in the box of a field.
pub fn offered(session: Session, field: &'static Field) -> Vec<String> {
    session.town.read_untracked(|desk| match field.kind {
        Kind::YesNo => vec!["是".to_owned(), "否".to_owned()],
        kind if offers(kind) => {
            let offers = Names::new(desk.replica(), catalogue()).offers(field, None, MOST);
            offers.into_iter().map(|(_, word)| word).collect()
        }
        _ => Vec::new(),
    })
}

/// Whether the box of a field of this kind has a list, in which the arrows go up and down.
pub fn offers(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Choice | Kind::Choices | Kind::Unit | Kind::District | Kind::Ref | Kind::Refs | Kind::YesNo
    )
}
