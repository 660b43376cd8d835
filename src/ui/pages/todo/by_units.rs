//! A table of units by periods or steps, as the pages of organisation life and of 换届 show them: its frame, its marked cells
//! and what the marks mean.

use leptos::prelude::*;

use super::list::status;
use crate::model::engine::due::State;
use crate::ui::components::status::shape;

/// A column: its head, and whether numbers stand below it.
pub(super) type Head = (String, bool);

/// The table; the first column names the units.
pub(super) fn table(label: &'static str, heads: Vec<Head>, rows: Vec<AnyView>) -> AnyView {
    let head = |(text, numeric): Head| view! { <th scope="col" class:num=numeric>{text}</th> };
    view! {
        <div class="chart-scroll summary-scroll" tabindex="0" role="region" aria-label=label>
            <table class="mini summary-table life">
                <thead>
                    <tr>
                        <th scope="col">"村（社区）"</th>
                        {heads.into_iter().map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A unit with its cells.
pub(super) fn row(name: &str, href: &str, cells: Vec<AnyView>) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=href.to_owned()>{name.to_owned()}</a></th>
            {cells}
        </tr>
    }
    .into_any()
}

/// How something stands in a cell: a mark and a few signs, and the whole of it when it is pointed at. It leads somewhere
/// where there is something to be read.
pub(super) fn cell(state: Option<State>, (text, title): (&str, &str), href: Option<&str>, more: AnyView) -> AnyView {
    let mark = state.map(|state| shape(status(state), true));
    let inside = view! { {mark} <span>{text.to_owned()}</span> {more} };
    let title = title.to_owned();
    let body = match href.filter(|_| !text.is_empty()) {
        Some(href) => view! { <a href=href.to_owned() title=title>{inside}</a> }.into_any(),
        None => view! { <span title=title>{inside}</span> }.into_any(),
    };
    view! { <td class="life-cell">{body}</td> }.into_any()
}

/// What the marks mean, and what else is to be known of the cells.
pub(super) fn legend(states: &[State], note: &'static str) -> AnyView {
    let mark = |state: &State| view! { <span>{shape(status(*state), false)} " " {state.label()}</span> };
    view! {
        <p class="life-key note">
            {states.iter().map(mark).collect_view()}
            <span>{note}</span>
        </p>
    }
    .into_any()
}
