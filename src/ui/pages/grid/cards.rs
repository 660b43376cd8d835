//! The rows of a grid on a phone.

use leptos::prelude::*;

use super::Drawn;
use super::session::{Session, ticks};
use super::table::{name_of, tick};
use crate::model::ledger::Kind;
use crate::view::grid::At;

/// The same for phones: a block for each row, large ticks for yes and no.
pub fn cards(session: Session, drawn: Drawn) -> AnyView {
    let Drawn {
        rows,
        heads: columns,
        matrix,
        roll,
    } = drawn;
    let row = |row: usize| {
        let name = name_of(session, row);
        let (mut ticked, mut typed) = (Vec::new(), Vec::new());
        for (place, (head, column)) in columns.iter().enumerate() {
            let field = column.field;
            let called = if matrix { head.as_str() } else { field.label };
            let label = format!("{name} {called}");
            let is_tick = ticks(field, matrix);
            if is_tick {
                ticked.push(big_tick(session, (row, place), label.clone(), called.to_owned()));
            }
            // The day of a tick can be put right.
            if !is_tick || field.kind == Kind::Day {
                typed.push(box_of(session, (row, place), label, head.clone()));
            }
        }
        let few = matrix && ticked.is_empty();
        let title = match matrix || roll.is_some() {
            true => view! { <b>{name}</b> }.into_any(),
            false => view! { <label class="tick">{tick(session, row, name.clone())} <b>{name}</b></label> }.into_any(),
        };
        let others = if matrix { "日期" } else { "其他栏目" };
        let rest = match few {
            true => view! { <div class="stack">{typed}</div> }.into_any(),
            false => {
                view! { <details><summary>{others}</summary><div class="stack">{typed}</div></details> }.into_any()
            }
        };
        view! { <li class="grid-card">{title} {ticked} {rest}</li> }
    };
    view! { <ul class="grid-cards">{(0..rows).map(row).collect_view()}</ul> }.into_any()
}

fn text_at(session: Session, at: At) -> Memo<String> {
    Memo::new(move |_| {
        let grid = session.grid.read();
        grid.as_ref().map_or_else(String::new, |grid| grid.text(at).to_owned())
    })
}

/// A large tick of a card: yes, or done on a day.
fn big_tick(session: Session, at: At, label: String, called: String) -> AnyView {
    let text = text_at(session, at);
    let is_on = Memo::new(move |_| !matches!(text.read().as_str(), "" | "否"));
    let is_out = session.is_roll(at);
    let sign = move || match text.read().as_str() {
        "" if is_out => "不记 ",
        "" | "否" => "× ",
        _ => "√ ",
    };
    let day = move || Some(text.get()).filter(|text| !text.is_empty() && text != "是" && text != "否");
    view! {
        <button
            type="button"
            class="big-tick"
            role="checkbox"
            aria-checked=move || if is_on.get() { "true" } else { "false" }
            aria-label=label
            on:click=move |_| session.toggle(at)
        >
            {sign}
            {called}
            {move || day().map(|day| view! { " " <span class="small">{day}</span> })}
        </button>
    }
    .into_any()
}

/// The box of a card that a text is typed into.
fn box_of(session: Session, at: At, label: String, head: String) -> AnyView {
    let text = text_at(session, at);
    view! {
        <label class="labelled">
            <span class="small muted">{head}</span>
            <input
                class="input"
                aria-label=label
                prop:value=text
                on:input=move |event| {
                    session.at.set(at);
                    session.typing.set(Some(event_target_value(&event)));
                    session.keep();
                }
                on:change=move |_| session.take()
            />
        </label>
    }
    .into_any()
}
