//! 办理: the steps of a record's workflow, and a form for what may be done next.

use leptos::prelude::*;

use super::components::button::{Button, ButtonKind};
use super::components::field::{ChoiceField, DayField, Label, TextField};
use super::state::AppStore;
use crate::model::date::Day;
use crate::model::ledger::{Field, Ledger};
use crate::model::notice::Notice;
use crate::replica::RecordIx;
use crate::ui::app::use_shell;
use crate::ui::dom::next_id;
use crate::ui::pages::form::input;
use crate::ui::pages::unfinished::{self, Answer, Panel, Typed, answer, typed_of};
use crate::view::flow::{Act, Answers, Ask, Flow, FlowStep, Place, perform};
use crate::view::form::value_of;
use crate::view::offer::{Offered, at, may_not, offered};
use crate::view::route::{Address, Route, key};
use crate::view::show;

/// The panel of a record; nothing if its ledger has no workflow.
pub fn panel(town: AppStore, ix: RecordIx) -> AnyView {
    let found = town.read_untracked(|desk| offered(desk, ix));
    let says = |o: &Offered| {
        let f = &o.flow;
        !f.steps.is_empty() || !f.acts.is_empty() || !f.state.is_empty() || !o.by_others.is_empty()
    };
    let Some(Offered {
        ledger,
        flow,
        by_others,
    }) = found.filter(says)
    else {
        return ().into_any();
    };
    let Flow {
        state,
        steps,
        waiting,
        acts,
    } = flow;
    let wait = waiting.filter(|days| *days > 0).map(|days| {
        view! { <span class="small muted">{format!("已等 {days} 天")}</span> }
    });
    let name = town.read_untracked(|desk| at(desk, ix, |place| format!("flow.{}.{}", ledger.id, place.cells.id())));
    let kept = Panel::new(use_shell(), town, name.unwrap_or_default());
    let typed = kept.typed();
    let mut answers: Vec<Answer> = Vec::new();
    let forms = acts
        .into_iter()
        .enumerate()
        .map(|(n, act)| {
            // Answers typed before stand open.
            let begun = typed.keys().any(|name| name.starts_with(&of_act(&act.key, "")));
            let own = answers_of(town, &act, &typed);
            answers.extend(own.iter().cloned());
            form((town, kept), (ix, ledger), act, own, n == 0 || begun)
        })
        .collect_view();
    // What others do is said, and not offered.
    let others = by_others
        .into_iter()
        .map(|said| view! { <p class="small">{said} "。"</p> })
        .collect_view();
    let steps = steps.into_iter().map(step).collect_view();
    let restored = restored(kept, &answers, &typed);
    kept.watch(move || typed_of(&answers));
    view! {
        <section class="flow" aria-label="办理进度">
            <h3>"办理进度"</h3>
            <p class="button-row"><b>{state}</b> {wait}</p>
            <div class="no-print">{restored} {forms} {others}</div>
            <ol class="flow-steps">{steps}</ol>
        </section>
    }
    .into_any()
}

/// The name of an answer of an act; that of the day is empty.
fn of_act(act: &str, ask: &str) -> String {
    format!("{act}/{ask}")
}

/// The day of an act and its answers, as they were typed before.
fn answers_of(town: AppStore, act: &Act, typed: &Typed) -> Vec<Answer> {
    let today = town.read_untracked(|desk| desk.today().to_string());
    let day = answer(typed, of_act(&act.key, ""), today);
    let asks = act.asks.iter();
    let asks = asks.map(|ask| answer(typed, of_act(&act.key, ask.key), first(ask)));
    std::iter::once(day).chain(asks).collect()
}

/// That answers came back, until they are thrown away.
fn restored(kept: Panel, answers: &[Answer], typed: &Typed) -> AnyView {
    let back: Vec<Answer> = answers
        .iter()
        .filter(|(name, ..)| typed.contains_key(name))
        .cloned()
        .collect();
    let shown = RwSignal::new(!back.is_empty());
    let back = StoredValue::new(back);
    let drop = move || {
        back.with_value(|back| back.iter().for_each(|(_, fresh, answer)| answer.set(fresh.clone())));
        kept.forget("");
        shown.set(false);
    };
    view! { <Show when=move || shown.get()>{unfinished::restored(drop)}</Show> }.into_any()
}

fn step(step: FlowStep) -> AnyView {
    let class = match (step.done, step.current) {
        (true, _) => "flow-step is-done",
        (false, true) => "flow-step is-current",
        (false, false) => "flow-step",
    };
    let day = match (step.day, step.done, step.current) {
        (Some(day), ..) => day.to_string(),
        (None, true, _) => "已完成".to_owned(),
        (None, false, true) => "待办".to_owned(),
        (None, false, false) => String::new(),
    };
    let note = (!step.note.is_empty()).then(|| view! { <span class="small muted flow-note">{step.note}</span> });
    view! {
        <li class=class aria-current=step.current.then_some("step")>
            <span>{step.label}</span> <span class="small muted">{step.who}</span> <span class="small digits">{day}</span>
            {note}
        </li>
    }
    .into_any()
}

/// One act: closed to a line except the first, open to its questions.
fn form(
    (town, kept): (AppStore, Panel),
    (ix, ledger): (RecordIx, &'static Ledger),
    act: Act,
    own: Vec<Answer>,
    open: bool,
) -> AnyView {
    let mut own = own.into_iter().map(|(.., answer)| answer);
    let on = own.next().unwrap_or_else(|| RwSignal::new(String::new()));
    let answers: Vec<(&'static str, RwSignal<String>)> = act.asks.iter().map(|ask| ask.key).zip(own).collect();
    let wrong = RwSignal::new(Vec::<Notice>::new());
    let fields = act
        .asks
        .into_iter()
        .zip(&answers)
        .map(|(ask, (_, answer))| question(town, ledger, ask, *answer, wrong))
        .collect_view();
    let asked: Vec<&'static str> = answers.iter().map(|(key, _)| *key).collect();
    let (key, label) = (act.key, act.label.clone());
    let press = move |()| {
        let text = |key: &str| {
            let found = answers.iter().find(|(k, _)| *k == key);
            found.map(|(_, signal)| signal.get_untracked()).unwrap_or_default()
        };
        wrong.set(
            run((town, kept), ix, (&key, &label), &on.get_untracked(), &text)
                .err()
                .unwrap_or_default(),
        );
    };
    let day = Label {
        id: next_id("flow-day"),
        text: "日期".to_owned(),
        ..Label::default()
    };
    let why_not = act.waits;
    let button = view! { <Button kind=ButtonKind::Main label="保存这一步".to_owned() why_not on_press=press /> };
    view! {
        <details class="flow-act" open=open>
            <summary>{act.label}</summary>
            <div class="flow-form">
                <DayField label=day value=on today=today_of(town) on_commit=move |day| on.set(day) />
                {fields}
                <p class="button-row">{button}</p>
                {move || refused(town, ix, &wrong.read(), &asked)}
            </div>
        </details>
    }
    .into_any()
}

/// Today, asked anew each time: a panel may stay open over midnight.
fn today_of(town: AppStore) -> Signal<String> {
    Signal::derive(move || town.read(|desk| desk.today().to_string()))
}

/// A result is never chosen for the person; where there is only one to choose from, it is.
fn first(ask: &Ask) -> String {
    match ask.options.as_slice() {
        [(only, _)] => only.clone(),
        _ => ask.value.clone(),
    }
}

/// A question in a field like those of every form, with its label once.
fn question(
    town: AppStore,
    ledger: &'static Ledger,
    ask: Ask,
    answer: RwSignal<String>,
    wrong: RwSignal<Vec<Notice>>,
) -> AnyView {
    let id = next_id("flow-ask");
    let on_commit = move |text: String| answer.set(text);
    if let Some(field) = ask.field.and_then(|slot| ledger.field_at(slot)) {
        return of_field(town, id, field, answer, wrong);
    }
    let label = Label {
        id,
        text: ask.label.to_owned(),
        ..Label::default()
    };
    match ask.day {
        Some(lies) => view! { <DayField label value=answer today=today_of(town) lies on_commit /> }.into_any(),
        None if !ask.options.is_empty() => {
            view! { <ChoiceField label options=ask.options value=answer on_commit /> }.into_any()
        }
        None => view! { <TextField label value=answer on_commit /> }.into_any(),
    }
}

/// The control of a field of the record, as in its form.
pub(super) fn of_field(
    town: AppStore,
    id: String,
    field: &'static Field,
    answer: RwSignal<String>,
    wrong: RwSignal<Vec<Notice>>,
) -> AnyView {
    let label = Label {
        id,
        text: field.head(),
        hint: town.read_untracked(|desk| show::hint(desk.replica(), field)),
        optional: false,
    };
    let stored = Memo::new(move |_| value_of(field, &answer.read()));
    let error = Signal::derive(move || {
        let wrong = wrong.read();
        let own = wrong.iter().find(|notice| notice.place == field.name);
        own.map(|notice| notice.todo.clone()).unwrap_or_default()
    });
    let commit = Callback::new(move |text: String| {
        if *answer.read_untracked() != text {
            answer.set(text);
        }
    });
    let unit = Memo::new(|_| String::new());
    input(town, unit, field, label, stored, error, commit, None)
}

/// Saves what an act writes, as one step that can be undone.
fn run(
    (town, kept): (AppStore, Panel),
    ix: RecordIx,
    (key, label): (&str, &str),
    on: &str,
    text: &dyn Fn(&str) -> String,
) -> Result<(), Vec<Notice>> {
    let what = if on.trim().is_empty() {
        "没有填日期"
    } else {
        "日期没有认出来"
    };
    let on = Day::parse(on).ok_or_else(|| vec![Notice::error("", what, "选择办理的日期")])?;
    let new_id = town.update(|desk| desk.next_record_id(0));
    let answers = Answers {
        on,
        text,
        new_id: &new_id,
    };
    let drafts = town
        .read_untracked(|desk| at(desk, ix, |place| perform(place, key, &answers)))
        .unwrap_or_else(|| Ok(Vec::new()))?;
    if let Some(reason) = town.read_untracked(|desk| may_not(desk, ix, &drafts)) {
        return Err(vec![Notice::error("", reason, "请由可以办理的人登记")]);
    }
    let done = town.act_and_say(format!("已{label}"), |desk| desk.save(label, &drafts));
    // What was not saved stays as it was typed.
    if done.failure.is_none() {
        kept.forget(&of_act(key, ""));
    }
    Ok(())
}

/// Why it was refused. What can be answered here is answered here, everything else in the form of the record.
fn refused(town: AppStore, ix: RecordIx, wrong: &[Notice], asked: &[&str]) -> AnyView {
    if wrong.is_empty() {
        return ().into_any();
    }
    let items = wrong
        .iter()
        .map(|notice| view! { <li>{format!("{}，{}", notice.what, notice.todo)}</li> })
        .collect_view();
    let elsewhere = wrong.iter().find(|notice| !asked.contains(&notice.place.as_str()));
    let edit = elsewhere.and_then(|notice| {
        let form = |place: &Place<'_>| Route::EditRecord {
            ledger: place.ledger.id.to_owned(),
            record: place.cells.id().to_owned(),
        };
        let form = town.read_untracked(|desk| at(desk, ix, form))?;
        Some(Address::from(form).with(key::FIELD, &notice.place).hash())
    });
    let edit = edit.map(|href| view! { <a href=href>"打开记录补填"</a> });
    view! {
        <div role="alert" class="flow-refused">
            <ul>{items}</ul>
            {edit}
        </div>
    }
    .into_any()
}
