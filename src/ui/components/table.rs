//! The table of a ledger: only the rows in sight are in the document, so fifty thousand scroll like fifty.
//!
//! Rows have one height, so the first row in sight follows from the scroll position, and two empty rows stand for
//! those above and below. On phones each row is a card instead.

use std::collections::BTreeSet;
use std::ops::Range;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::flower::{Petal, flower};
use super::portion::more;
use super::status::{shape, status_tag};
use crate::model::status::Status;
use crate::ui::dom::watch_size;
use crate::ui::screen::{Width, use_screen};
use crate::view::format::count as number;
use crate::view::portion::{CARDS, PRINTED, Portion};
use crate::view::route::Sort;

/// Bytes from which on a cell may break on paper.
const LONG: usize = 60;
/// Rows kept above and below those in sight.
const SPARE: usize = 8;
/// The first row moves in steps of this many, so that a small scroll changes nothing.
const STEP: usize = 4;

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Key, as in [`Sort`].
    pub key: String,
    /// Head, with the unit after a comma: `群众，人`.
    pub label: String,
    /// Width in rem.
    pub width: f64,
    /// Numbers stand right.
    pub numeric: bool,
    /// Whether the head sorts.
    pub sortable: bool,
    /// Stays in sight at the left edge. Sticky columns come first.
    pub sticky: bool,
    /// Takes the width that is left over. Without one all columns share it.
    pub grows: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// The text; unknown is `--`.
    pub text: String,
    /// Where the text leads.
    pub href: Option<String>,
    /// A shape before the text, e.g. 预警 for a value in conflict.
    pub mark: Option<Status>,
    /// A status tag instead of the text.
    pub tag: Option<Status>,
    /// The flower instead of the text, which then names it for screen readers.
    pub petals: Option<[Petal; 5]>,
    /// Greyed, for running numbers.
    pub muted: bool,
    /// A tick that selects the row.
    pub tick: Option<Tick>,
}

/// A tick that selects one record among several.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Ids of the selected records.
    pub chosen: RwSignal<BTreeSet<String>>,
    /// Id of this one.
    pub id: String,
    /// What it selects, for screen readers.
    pub name: String,
}

impl Tick {
    /// The box that is ticked.
    fn control(self) -> AnyView {
        let id = self.id.clone();
        let is_on = move || self.chosen.read().contains(&id);
        let change = move |_| toggle(self.chosen, &self.id);
        view! { <input type="checkbox" class="row-tick" aria-label=format!("选择 {}", self.name) prop:checked=is_on on:change=change /> }
            .into_any()
    }
}

/// Selects a record, or takes it out again.
pub fn toggle(chosen: RwSignal<BTreeSet<String>>, id: &str) {
    chosen.update(|ids| {
        if !ids.remove(id) {
            ids.insert(id.to_owned());
        }
    });
}

impl Cell {
    /// A cell with text alone.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// A row, and the same as a card for phones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Id of the record.
    pub id: String,
    /// Address that shows the record; the cell of the last sticky column links to it.
    pub href: String,
    /// One per column.
    pub cells: Vec<Cell>,
    /// Card: the name.
    pub card_title: String,
    /// Card: the date.
    pub card_aside: String,
    /// Card: one line of substance.
    pub card_line: String,
    /// Card: one line of counts.
    pub card_counts: String,
    /// Card: the tick in front of it, while several are selected.
    pub tick: Option<Tick>,
}

/// The table. `row` gives the row at a place in the sorted, filtered list; `None` if there is none any more.
#[component]
pub fn DataTable(
    /// Name of the table for screen readers.
    #[prop(into)]
    name: Signal<String>,
    #[prop(into)] columns: Signal<Vec<Column>>,
    #[prop(into)] count: Signal<usize>,
    #[prop(into)] row: Callback<usize, Option<Row>>,
    #[prop(optional, into)] sort: Signal<Option<Sort>>,
    #[prop(into)] on_sort: Callback<Sort>,
    /// One text per column; empty for no totals row.
    #[prop(optional, into)]
    totals: Signal<Vec<String>>,
    /// The totals as one line for phones.
    #[prop(optional, into)]
    totals_line: Signal<String>,
    /// Id of the selected record.
    #[prop(optional, into)]
    selected: Signal<Option<String>>,
    /// A row was pressed beside its link; takes the id.
    #[prop(into)]
    on_open: Callback<String>,
    /// Rows of 36 instead of 44, for pointers.
    #[prop(optional, into)]
    dense: Signal<bool>,
    /// Shown in place of the rows when there are none.
    #[prop(into)]
    empty: ViewFn,
) -> AnyView {
    let screen = use_screen();
    let as_cards = Memo::new(move |_| screen.width.get() == Width::Phone && !screen.printing.get());
    let none = Memo::new(move |_| count.get() == 0);
    let parts = Parts {
        name,
        columns,
        count,
        row,
        sort,
        on_sort,
        totals,
        selected,
        on_open,
        dense,
    };
    let body = move || match (none.get(), as_cards.get()) {
        (true, _) => view! { <div class="card table-empty">{empty.run()}</div> }.into_any(),
        (false, true) => cards(parts, totals_line),
        (false, false) => table(parts),
    };
    body.into_any()
}

/// What both forms are made from.
#[derive(Clone, Copy)]
struct Parts {
    name: Signal<String>,
    columns: Signal<Vec<Column>>,
    count: Signal<usize>,
    row: Callback<usize, Option<Row>>,
    sort: Signal<Option<Sort>>,
    on_sort: Callback<Sort>,
    totals: Signal<Vec<String>>,
    selected: Signal<Option<String>>,
    on_open: Callback<String>,
    dense: Signal<bool>,
}

fn table(parts: Parts) -> AnyView {
    let screen = use_screen();
    let frame = NodeRef::<html::Div>::new();
    let scrolled = RwSignal::new(0.0_f64);
    let height = RwSignal::new(800.0_f64);
    let cut = RwSignal::new(false);
    let measure = move || {
        let Some(frame) = frame.get_untracked() else {
            return;
        };
        scrolled.set(f64::from(frame.scroll_top()));
        height.maybe_update(|old| std::mem::replace(old, frame.client_height().into()) != *old);
        let more = frame.scroll_left() + frame.client_width() < frame.scroll_width() - 1;
        cut.maybe_update(|old| std::mem::replace(old, more) != more);
    };
    watch_size(frame, measure);
    let row_px = Memo::new(move |_| screen.scale.get() * 16.0 * if parts.dense.get() { 2.25 } else { 2.75 });
    let shown = Memo::new(move |_| {
        let count = parts.count.get();
        if screen.printing.get() {
            return 0..count.min(PRINTED);
        }
        in_sight(scrolled.get(), height.get(), row_px.get(), count)
    });
    let above = move || format!("{}px", shown.read().start as f64 * row_px.get());
    let below = move || {
        format!(
            "{}px",
            parts.count.get().saturating_sub(shown.read().end) as f64 * row_px.get()
        )
    };
    let span = move || parts.columns.read().len().to_string();
    let min_width = move || {
        format!(
            "{}rem",
            parts.columns.read().iter().map(|column| column.width).sum::<f64>()
        )
    };
    view! {
        <div class="table-box">
            <div
                class="table-frame"
                node_ref=frame
                tabindex="0"
                role="region"
                aria-label=move || parts.name.get()
                data-keep-scroll=""
                on:scroll=move |_| measure()
            >
                <table
                    class="table is-fixed"
                    class:is-dense=parts.dense
                    aria-rowcount=move || (parts.count.get() + 1).to_string()
                    style:min-width=min_width
                >
                    {move || widths(&parts.columns.read())}
                    <thead><tr aria-rowindex="1">{move || heads(parts)}</tr></thead>
                    <tbody>
                        <tr class="is-gap" aria-hidden="true"><td colspan=span style:height=above></td></tr>
                        <For each=move || shown.get() key=|place| *place children=move |place| table_row(parts, place) />
                        <tr class="is-gap" aria-hidden="true"><td colspan=span style:height=below></td></tr>
                    </tbody>
                    {move || totals_row(&parts.columns.read(), parts.totals.get())}
                </table>
            </div>
            <Show when=move || cut.get()><div class="table-shade" aria-hidden="true"></div></Show>
        </div>
        <Show when=move || screen.printing.get() && (parts.count.get() > PRINTED)>
            <p class="note">{format!("只打印前 {} 行，请先筛选", number(PRINTED as i64))}</p>
        </Show>
    }
    .into_any()
}

/// The rows to keep in the document.
fn in_sight(scrolled: f64, height: f64, row: f64, count: usize) -> Range<usize> {
    // Truncation is meant: the row that is cut by the upper edge counts.
    let first = (scrolled.max(0.0) / row.max(1.0)) as usize;
    let fits = (height / row.max(1.0)) as usize + 1;
    let start = first.saturating_sub(SPARE) / STEP * STEP;
    let start = start.min(count.saturating_sub(fits));
    start..(first + fits + SPARE + STEP).min(count)
}

fn widths(columns: &[Column]) -> AnyView {
    // Where none grows, the width that is left over is shared by all.
    let grows = columns.iter().position(|column| column.grows);
    let cols = columns.iter().enumerate().map(|(place, column)| {
        let width = if Some(place) == grows {
            "auto".to_owned()
        } else {
            format!("{}rem", column.width)
        };
        view! { <col style:width=width /> }
    });
    view! { <colgroup>{cols.collect_view()}</colgroup> }.into_any()
}

/// Style names and left edge of the cell in column `place`.
fn stand(columns: &[Column], place: usize) -> (String, Option<String>) {
    let Some(column) = columns.get(place) else {
        return (String::new(), None);
    };
    let mut class = String::from(match (column.numeric, column.grows) {
        (true, _) => "num",
        (false, true) => "is-long",
        (false, false) => "",
    });
    if !column.sticky {
        return (class, None);
    }
    class.push_str(" stick");
    if columns.get(place + 1).is_none_or(|next| !next.sticky) {
        class.push_str(" stick-last");
    }
    let left: f64 = columns.iter().take(place).map(|before| before.width).sum();
    (class, Some(format!("{left}rem")))
}

fn heads(parts: Parts) -> AnyView {
    let columns = parts.columns.get();
    let sort = parts.sort.get();
    let heads = columns.iter().enumerate().map(|(place, column)| {
        let (class, left) = stand(&columns, place);
        let sorted = sort.as_ref().filter(|sort| sort.column == column.key).map(|sort| sort.descending);
        let label = column.label.clone();
        if !column.sortable {
            return view! { <th scope="col" class=class style:left=left title=label.clone()>{label.clone()}</th> }.into_any();
        }
        let next = Sort { column: column.key.clone(), descending: sorted == Some(false) };
        let arrow = sorted.map(|descending| {
            let d = if descending { "M0 1h10L5 9z" } else { "M0 9h10L5 1z" };
            view! { <svg viewBox="0 0 10 10" aria-hidden="true"><path d=d></path></svg> }
        });
        let order = sorted.map(|descending| if descending { "descending" } else { "ascending" });
        view! {
            <th scope="col" class=class style:left=left aria-sort=order.unwrap_or("none") data-head=label.clone()>
                <button type="button" class="sort" title=label.clone() on:click=move |_| parts.on_sort.run(next.clone())>
                    <span>{label.clone()}</span> {arrow}
                </button>
            </th>
        }
        .into_any()
    });
    heads.collect_view().into_any()
}

fn table_row(parts: Parts, place: usize) -> AnyView {
    let row = Memo::new(move |_| parts.row.run(place));
    let id = move || row.read().as_ref().map(|row| row.id.clone());
    let is_selected = Memo::new(move |_| {
        let selected = parts.selected.read();
        selected.is_some() && *selected == id()
    });
    let open = move |event: MouseEvent| {
        let on_control = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("a, button, input").ok().flatten());
        if let (None, Some(id)) = (on_control, untrack(id)) {
            parts.on_open.run(id);
        }
    };
    let cells = move || {
        let columns = parts.columns.read();
        let row = row.get().unwrap_or_default();
        let link = columns.iter().rposition(|column| column.sticky).unwrap_or(0);
        let href = row.href;
        let cells = row.cells.into_iter().enumerate().map(|(at, cell)| {
            let (mut class, left) = stand(&columns, at);
            if cell.muted {
                class.push_str(" muted");
            }
            // On paper, what is longer than a day or a name takes several lines.
            if cell.text.len() > LONG && !class.starts_with("num") && !class.starts_with("is-long") {
                class.push_str(" is-long");
            }
            let title = cell.text.clone();
            let row_link = (at == link && !href.is_empty()).then(|| href.clone());
            view! { <td class=class style:left=left title=title>{cell_view(cell, row_link)}</td> }
        });
        cells.collect_view()
    };
    view! {
        <tr
            class="is-clickable"
            class:is-selected=is_selected
            aria-selected=move || if is_selected.get() { "true" } else { "false" }
            aria-rowindex=(place + 2).to_string()
            on:click=open
        >
            {cells}
        </tr>
    }
    .into_any()
}

/// A cell; `row_link` is the address of the record in its identifying cell.
fn cell_view(cell: Cell, row_link: Option<String>) -> AnyView {
    if let Some(tick) = cell.tick {
        return tick.control();
    }
    if let Some(status) = cell.tag {
        return status_tag(status, None);
    }
    if let Some(petals) = cell.petals {
        return flower(petals, cell.text);
    }
    let text = match (cell.href, row_link) {
        (Some(href), _) => view! { <a href=href>{cell.text}</a> }.into_any(),
        (None, Some(href)) => view! { <a class="row-link" href=href>{cell.text}</a> }.into_any(),
        (None, None) => cell.text.into_any(),
    };
    match cell.mark {
        Some(status) => view! { <span class="cell-mark">{shape(status, true)} {text}</span> }.into_any(),
        None => text,
    }
}

fn totals_row(columns: &[Column], totals: Vec<String>) -> Option<AnyView> {
    if totals.is_empty() {
        return None;
    }
    let cells = totals.into_iter().enumerate().map(|(place, text)| {
        let (class, left) = stand(columns, place);
        view! { <td class=class style:left=left>{text}</td> }
    });
    Some(view! { <tfoot><tr>{cells.collect_view()}</tr></tfoot> }.into_any())
}

fn cards(parts: Parts, totals_line: Signal<String>) -> AnyView {
    let limit = RwSignal::new(CARDS);
    let shown = Memo::new(move |_| parts.count.get().min(limit.get()));
    let rest = Memo::new(move |_| Portion::of(parts.count.get(), limit.get()));
    view! {
        <ul class="record-cards" aria-label=move || parts.name.get()>
            <Show when=move || !totals_line.read().is_empty()>
                <li class="record-card record-total">{move || totals_line.get()}</li>
            </Show>
            <For each=move || 0..shown.get() key=|place| *place children=move |place| record_card(parts, place) />
        </ul>
        {move || more(rest.get(), CARDS, limit)}
    }
    .into_any()
}

fn record_card(parts: Parts, place: usize) -> AnyView {
    let row = Memo::new(move |_| parts.row.run(place));
    let card = move || {
        row.get().map(|row| {
            let id = row.id;
            let is_selected = move || parts.selected.read().as_ref() == Some(&id);
            let lines = view! {
                <span class="record-card-head"><b>{row.card_title}</b> <span>{row.card_aside}</span></span>
                <div>{row.card_line}</div>
                <div class="small label">{row.card_counts}</div>
            };
            match row.tick {
                Some(tick) => {
                    view! { <label class="record-card tick-card">{tick.control()} <span>{lines}</span></label> }
                        .into_any()
                }
                None => {
                    view! { <a class="record-card" class:is-selected=is_selected href=row.href>{lines}</a> }.into_any()
                }
            }
        })
    };
    view! { <li>{card}</li> }.into_any()
}
