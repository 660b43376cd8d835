//! Cards, the sentence on top, facts, history, conflict, figure frame, value card.

use leptos::prelude::*;

use super::button::{Button, ButtonKind};
use super::portion::{opened, portion};
use super::status::shape;
use crate::model::status::Status;
use crate::ui::dom::next_id;
use crate::ui::screen::use_screen;
use crate::view::portion::ROWS;
use crate::view::show;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// Plain words.
    Plain(String),
    /// A fact, in bold.
    Fact(String),
    /// What needs a hand, with the address that leads there.
    Follow(String, String),
}

/// Words in a row; links are [`Words::Follow`].
pub fn words(parts: Vec<Words>) -> AnyView {
    let parts = parts.into_iter().map(|part| match part {
        Words::Plain(text) => text.into_any(),
        Words::Fact(text) => view! { <b>{text}</b> }.into_any(),
        Words::Follow(text, href) => view! { <a href=href>{text}</a> }.into_any(),
    });
    parts.collect_view().into_any()
}

/// The sentence a page opens with: what holds, then what needs a hand.
#[component]
pub fn Lede(#[prop(into)] parts: Signal<Vec<Words>>) -> AnyView {
    view! { <p class="lede">{move || words(parts.get())}</p> }.into_any()
}

/// A card: title left, meta beside it, one link right.
#[component]
pub fn Card(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] meta: Signal<String>,
    /// Words and address of the one link.
    #[prop(optional)]
    link: Option<(String, String)>,
    /// Style names of the place in the grid, e.g. `span-6`.
    #[prop(optional, into)]
    class: String,
    /// Rows that reach the edges.
    #[prop(optional)]
    flush: bool,
    children: Children,
) -> AnyView {
    let id = next_id("card");
    let link = link.map(|(text, href)| view! { <a class="card-link" href=href>{text}</a> });
    view! {
        <section class=format!("card {class}") aria-labelledby=id.clone()>
            <header class="card-head">
                <h2 id=id.clone()>{move || title.get()}</h2>
                <span class="card-meta">{move || meta.get()}</span>
                {link}
            </header>
            <div class=if flush { "card-body is-flush" } else { "card-body" }>{children()}</div>
        </section>
    }
    .into_any()
}

/// One step in the history of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What was changed: a field's label, or `新增记录`.
    pub what: String,
    /// Old and new value; `None` where the step is not about one field.
    pub values: Option<(String, String)>,
    /// Who and when: `党建办 · 2022-02-14 09:12`.
    pub by: String,
    /// Part of an open conflict.
    pub disputed: bool,
}

/// A text, folded if it is long.
pub fn folded(text: String) -> AnyView {
    match show::fold(&text) {
        Some(line) => {
            let summary = view! { <summary>{line}</summary> };
            opened("fold", summary, false, move || text.clone().into_any())
        }
        None => text.into_any(),
    }
}

/// The history of a record, newest first.
#[component]
pub fn History(#[prop(into)] steps: Signal<Vec<Step>>) -> AnyView {
    let row = |step: Step| {
        let values = step
            .values
            .map(|(old, new)| view! { " " <del>{old}</del> " → " <ins>{new}</ins> });
        view! {
            <li class:is-disputed=step.disputed>
                {step.what} {values} <span class="small">{step.by}</span>
            </li>
        }
    };
    portion(steps, ROWS, row, |rows| {
        view! { <ul class="history">{rows}</ul> }.into_any()
    })
}

/// One of the values people entered at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RivalValue {
    /// What adopting it is called with.
    pub key: String,
    /// The value with its unit: `35 人`.
    pub value: String,
    /// The value in the button: `35` gives `采用 35`.
    pub short: String,
    /// Who and when.
    pub by: String,
}

/// Values that differ, side by side; none is preselected or coloured as right.
#[component]
pub fn ConflictBox(
    /// Label of the field.
    #[prop(into)]
    field: String,
    values: Vec<RivalValue>,
    /// Further values that are not listed.
    #[prop(default = 0)]
    more: usize,
    /// Takes the `key` of the adopted value.
    #[prop(into)]
    on_adopt: Callback<String>,
) -> AnyView {
    let count = match values.len() + more {
        2 => "两处".to_owned(),
        n => format!("{n} 处"),
    };
    let id = next_id("conflict");
    let boxes = values.into_iter().map(|rival| {
        let key = rival.key;
        view! {
            <div class="conflict-value">
                <div>
                    <b>{folded(rival.value)}</b>
                    <span class="small label">{rival.by}</span>
                </div>
                <Button
                    kind=ButtonKind::Plain
                    label=format!("采用 {}", rival.short)
                    on_press=move |()| on_adopt.run(key.clone())
                />
            </div>
        }
    });
    view! {
        <div class="conflict" role="group" aria-labelledby=id.clone()>
            <h3 id=id.clone()>{shape(Status::Warn, false)} {format!("“{field}”{count}填得不同")}</h3>
            <p class="small">"都已保留，请选一个作准；选后可撤销。"</p>
            <div class="conflict-values">{boxes.collect_view()}</div>
            {(more > 0).then(|| view! { <p class="small">{format!("另 {more} 个值没有列出；都不对的，修改这条记录即可。")}</p> })}
        </div>
    }
    .into_any()
}

/// Labels and values of a record. Values may hold links or marks.
pub fn facts(rows: Vec<(String, AnyView)>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|(label, value)| view! { <dt>{label}</dt> <dd>{value}</dd> });
    view! { <dl class="facts">{rows.collect_view()}</dl> }.into_any()
}

/// The frame of a chart: the finding, what it shows, the plot or its table, the records behind it.
#[component]
pub fn FigureCard(
    /// The finding with its number.
    #[prop(into)]
    finding: Signal<String>,
    /// What, unit, period.
    #[prop(into)]
    about: Signal<String>,
    /// Words and address of the records behind the figure.
    #[prop(into)]
    records: Signal<Option<(String, String)>>,
    /// Saves the drawing as a picture; without it there is no such button.
    #[prop(optional)]
    on_picture: Option<Callback<()>>,
    /// The data as a table.
    #[prop(into)]
    table: ViewFn,
    /// What takes the table away as a file, shown with it.
    #[prop(into)]
    export: ViewFn,
    #[prop(optional, into)] class: String,
    /// The plot.
    children: ChildrenFn,
) -> AnyView {
    let as_table = RwSignal::new(false);
    let printing = use_screen().printing;
    let on_paper = table.clone();
    let behind = move || records.get().map(|(text, href)| view! { <a href=href>{text}</a> });
    let picture =
        on_picture.map(|save| view! { <Button kind=ButtonKind::Link label="下载图片".to_owned() on_press=save /> });
    let switch = Signal::derive(move || if as_table.get() { "看图" } else { "数据表" }.to_owned());
    view! {
        <figure class=format!("chart {class}")>
            <figcaption>
                <h3>{move || finding.get()}</h3>
                <p>{move || about.get()}</p>
            </figcaption>
            <Show
                when=move || as_table.get()
                fallback=move || view! { <div class="chart-plot">{children()}</div> }
            >
                <div class="chart-data">{table.run()}</div>
            </Show>
            // On paper a chart stands with its numbers.
            <Show when=move || printing.get() && !as_table.get()>
                <div class="chart-data">{on_paper.run()}</div>
            </Show>
            <div class="chart-foot">
                {behind}
                <span class="end">
                    {move || as_table.get().then(|| export.run())}
                    <Button kind=ButtonKind::Link label=switch on_press=move |()| as_table.update(|on| *on = !*on) />
                    {picture}
                </span>
            </div>
        </figure>
    }
    .into_any()
}

/// The card that names a value under the pointer or the focus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueCardVm {
    /// Left edge inside the frame, in CSS pixels.
    pub left: f64,
    /// Top edge inside the frame, in CSS pixels.
    pub top: f64,
    /// What is pointed at.
    pub title: String,
    /// Name and value of each line.
    pub rows: Vec<(String, String)>,
    /// One line of keys or meaning; may be empty.
    pub note: String,
}

/// Shows a [`ValueCardVm`] inside a frame that is `position: relative`.
#[component]
pub fn ValueCard(#[prop(into)] card: Signal<Option<ValueCardVm>>) -> AnyView {
    let body = move || {
        card.get().map(|card| {
            let rows = card
                .rows
                .into_iter()
                .map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> });
            view! {
                <div
                    class="value-card"
                    style:left=format!("{:.0}px", card.left)
                    style:top=format!("{:.0}px", card.top)
                >
                    <b>{card.title}</b>
                    <dl>{rows.collect_view()}</dl>
                    {(!card.note.is_empty()).then(|| view! { <span class="muted">{card.note}</span> })}
                </div>
            }
        })
    };
    body.into_any()
}
