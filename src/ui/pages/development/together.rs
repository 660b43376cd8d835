//! 一起登记: one step of one meeting for several persons, saved as one change.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use super::{ACT, is_today};
use crate::model::date::Day;
use crate::model::ledger::{Field, Slot, TypedRow as _};
use crate::model::notice::Notice;
use crate::model::programmes::seedling::ledgers::development::Development;
use crate::ui::app::{Shell, use_shell};
use crate::ui::components::button::{Button, ButtonKind, Select};
use crate::ui::components::card::Card;
use crate::ui::components::field::{DayField, Label};
use crate::ui::components::portion::portion;
use crate::ui::dom::next_id;
use crate::ui::figures::Figures;
use crate::ui::flow_panel::of_field;
use crate::ui::pages::unfinished::{self, Panel, Typed, answer};
use crate::ui::state::AppStore;
use crate::view::portion::BLOCKS;
use crate::view::programmes::seedling::board::{BoardVm, Sitting, asked_together, together};

/// A person who can be ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Candidate {
    id: String,
    name: String,
    unit: String,
}

/// What was answered for one person: field and text.
type Own = Vec<(Slot, &'static Field, RwSignal<String>)>;

/// One step that is being registered. Copies are the same.
#[derive(Clone, Copy)]
struct Meeting {
    town: AppStore,
    shell: Shell,
    kept: Panel,
    act: StoredValue<String>,
    words: StoredValue<String>,
    ticked: RwSignal<BTreeSet<String>>,
    on: RwSignal<String>,
    shared: StoredValue<Own>,
    own: StoredValue<BTreeMap<String, Own>>,
    refused: RwSignal<Vec<(String, Vec<Notice>)>>,
}

/// The choice of a step, and the panel in which it is registered.
pub fn panel(figures: Figures, board: Memo<BoardVm>, act: Memo<String>) -> AnyView {
    let shell = use_shell();
    let options = Memo::new(move |_| {
        let none = (String::new(), "选择步骤".to_owned());
        let acts = board.with(BoardVm::acts);
        let each = acts
            .into_iter()
            .map(|(key, words, count)| (key.to_owned(), format!("{words}（{count} 人）")));
        std::iter::once(none).chain(each).collect::<Vec<_>>()
    });
    let may = Memo::new(move |_| {
        let role = figures.town.read(|desk| desk.person().role);
        role != crate::model::ledger::Role::Viewer && is_today(figures)
    });
    let bar = move || {
        (may.get() && options.read().len() > 1).then(|| {
            view! {
                <p class="button-row meeting-bar no-print">
                    <span>"一次会议办几个人："</span>
                    <Select label="一起登记" options chosen=act on_choose=move |key: String| shell.refine_query(ACT, &key) />
                </p>
            }
        })
    };
    // Built anew when the step or the persons change, not when something else of them does.
    let persons = Memo::new(move |_| {
        let act = act.get();
        board.with(|board| {
            let cards = board.cards().filter(|card| card.act == act);
            cards
                .map(|card| Candidate {
                    id: card.id.clone(),
                    name: card.name.clone(),
                    unit: card.unit.0.clone(),
                })
                .collect::<Vec<_>>()
        })
    });
    let open = move || {
        let persons = persons.get();
        let act = act.get_untracked();
        let words = options
            .read_untracked()
            .iter()
            .find(|(key, _)| *key == act)
            .map(|(_, words)| words.clone());
        let words = words.filter(|_| may.get() && !act.is_empty() && !persons.is_empty())?;
        let words = words.split('（').next().unwrap_or_default().to_owned();
        Some(meeting(figures.town, shell, act, words, persons))
    };
    view! { {bar} {open} }.into_any()
}

fn meeting(town: AppStore, shell: Shell, act: String, words: String, persons: Vec<Candidate>) -> AnyView {
    let persons: Vec<Candidate> = town.read_untracked(|desk| {
        let may = |one: &Candidate| {
            let replica = desk.replica();
            let record = replica
                .find_ix(Development::SCHEMA.id, &one.id)
                .and_then(|ix| replica.record(ix));
            record.is_some_and(|record| {
                desk.why_not(Development::LEDGER, replica.unit_of(record), None)
                    .is_none()
            })
        };
        persons.into_iter().filter(may).collect()
    });
    let today = town.read_untracked(|desk| desk.today());
    let ids: Vec<String> = persons.iter().map(|one| one.id.clone()).collect();
    let fields = |ids: &[String]| {
        town.read_untracked(|desk| {
            let settings = crate::model::programmes::settings(desk.replica());
            asked_together(desk.replica(), ids, &act, today, &settings)
        })
    };
    let kept = Panel::new(shell, town, format!("together.{act}"));
    let typed = kept.typed();
    let answers = |of: &str, fields: Vec<(Slot, &'static Field)>| -> Own {
        let one = |(slot, field): (Slot, &'static Field)| {
            let (.., signal) = answer(&typed, of_person(of, field.name), String::new());
            (slot, field, signal)
        };
        fields.into_iter().map(one).collect()
    };
    let [shared, _] = fields(&ids);
    let own = ids.iter().map(|id| {
        let [_, own] = fields(std::slice::from_ref(id));
        (id.clone(), answers(id, own))
    });
    let own = own.collect();
    let was_ticked = ids.iter().filter(|id| typed.contains_key(&of_person(id, TICK)));
    let (.., on) = answer(&typed, ON.to_owned(), today.to_string());
    let meeting = Meeting {
        town,
        shell,
        kept,
        act: StoredValue::new(act),
        words: StoredValue::new(words),
        ticked: RwSignal::new(was_ticked.cloned().collect()),
        on,
        shared: StoredValue::new(answers("", shared)),
        own: StoredValue::new(own),
        refused: RwSignal::new(Vec::new()),
    };
    kept.watch(move || typed_into(meeting, &today.to_string()));
    drawn(meeting, persons, !typed.is_empty())
}

/// The name of the day among what is kept, and what stands for a tick among the answers of a person.
const ON: &str = "@on";
const TICK: &str = "@tick";

/// The name of an answer of a person; of what is asked once, of nobody.
fn of_person(person: &str, field: &str) -> String {
    format!("{person}/{field}")
}

/// What was typed and ticked.
fn typed_into(meeting: Meeting, fresh: &str) -> Typed {
    let mut typed = Typed::new();
    let mut add = |of: &str, own: &Own| {
        for (_, field, answer) in own {
            let text = answer.get();
            if !text.is_empty() {
                typed.insert(of_person(of, field.name), text);
            }
        }
    };
    meeting.shared.with_value(|shared| add("", shared));
    meeting
        .own
        .with_value(|own| own.iter().for_each(|(id, own)| add(id, own)));
    for id in meeting.ticked.read().iter() {
        typed.insert(of_person(id, TICK), String::new());
    }
    let on = meeting.on.get();
    if on != fresh {
        typed.insert(ON.to_owned(), on);
    }
    typed
}

fn drawn(meeting: Meeting, persons: Vec<Candidate>, is_back: bool) -> AnyView {
    let town = meeting.town;
    let label = Label {
        id: next_id("meeting-day"),
        text: "日期".to_owned(),
        ..Label::default()
    };
    let today = Signal::derive(move || town.read(|desk| desk.today().to_string()));
    let wrong = RwSignal::new(Vec::<Notice>::new());
    let shared = meeting.shared.with_value(|shared| {
        let one = |&(_, field, answer): &(Slot, &'static Field, RwSignal<String>)| {
            of_field(town, next_id("meeting"), field, answer, wrong)
        };
        shared.iter().map(one).collect_view()
    });
    let everyone: BTreeSet<String> = persons.iter().map(|one| one.id.clone()).collect();
    let all = move |()| meeting.ticked.set(everyone.clone());
    let why_not = Signal::derive(move || match meeting.ticked.read().len() {
        0 => "先选人".to_owned(),
        _ => String::new(),
    });
    let save = Signal::derive(move || match meeting.ticked.read().len() {
        0 => "保存".to_owned(),
        count => format!("给 {count} 人登记"),
    });
    let frame = |rows: Vec<AnyView>| view! { <ul class="meeting-list">{rows}</ul> }.into_any();
    let close = move |()| meeting.shell.refine_query(ACT, "");
    let back = RwSignal::new(is_back);
    let drop = move || {
        clear(meeting);
        back.set(false);
    };
    view! {
        <Card title=format!("一起登记：{}", meeting.words.get_value()) class="meeting no-print">
            <Show when=move || back.get()>{unfinished::restored(drop)}</Show>
            <div class="meeting-shared">
                <DayField label value=meeting.on today on_commit=move |day| meeting.on.set(day) /> {shared}
            </div>
            <p class="button-row">
                <Button label=format!("全选 {} 人", persons.len()) on_press=all />
                <Button label="全不选".to_owned() on_press=move |()| meeting.ticked.update(BTreeSet::clear) />
            </p>
            {portion(Signal::stored(persons), BLOCKS, move |one| candidate(meeting, one), frame)}
            {move || refused(&meeting.refused.read())}
            <p class="button-row">
                <Button kind=ButtonKind::Main label=save why_not on_press=move |()| run(meeting) />
                <Button label="收起".to_owned() on_press=close />
            </p>
        </Card>
    }
    .into_any()
}

/// Everything as it stood before anybody typed.
fn clear(meeting: Meeting) {
    let blank = |own: &Own| own.iter().for_each(|(.., answer)| answer.set(String::new()));
    meeting.shared.with_value(blank);
    meeting.own.with_value(|own| own.values().for_each(blank));
    meeting.ticked.update(BTreeSet::clear);
    let today = meeting.town.read_untracked(|desk| desk.today());
    meeting.on.set(today.to_string());
}

/// A person with a tick; what is asked of each person opens with it.
fn candidate(meeting: Meeting, one: Candidate) -> AnyView {
    let id = StoredValue::new(one.id);
    let is_ticked = Memo::new(move |_| id.with_value(|id| meeting.ticked.read().contains(id)));
    let tick = move |event| {
        let on = event_target_checked(&event);
        meeting.ticked.update(|ticked| {
            let id = id.get_value();
            if on {
                ticked.insert(id);
            } else {
                ticked.remove(&id);
            }
        });
    };
    let wrong = RwSignal::new(Vec::<Notice>::new());
    let fields = move || {
        is_ticked.get().then(|| {
            meeting.own.with_value(|own| {
                let own = id.with_value(|id| own.get(id).cloned()).unwrap_or_default();
                let each = own
                    .into_iter()
                    .map(|(_, field, answer)| of_field(meeting.town, next_id("meeting"), field, answer, wrong));
                let each: Vec<AnyView> = each.collect();
                (!each.is_empty()).then(|| view! { <div class="meeting-own">{each}</div> })
            })
        })
    };
    view! {
        <li role="group" aria-label=one.name.clone()>
            <label class="check-line">
                <input type="checkbox" prop:checked=move || is_ticked.get() on:change=tick />
                <span>{one.name.clone()} " " <span class="small muted">{one.unit}</span></span>
            </label>
            {fields}
        </li>
    }
    .into_any()
}

fn refused(all: &[(String, Vec<Notice>)]) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let lines = all.iter().flat_map(|(name, notices)| {
        let said = |notice: &Notice| match name.as_str() {
            "" => format!("{}，{}", notice.what, notice.todo),
            name => format!("{name}：{}，{}", notice.what, notice.todo),
        };
        notices.iter().map(said).collect::<Vec<_>>()
    });
    view! {
        <div role="alert" class="flow-refused">
            <p>"没有保存。改好下面的，或者不选这些人："</p>
            <ul>{lines.map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// Saves the step of all who are ticked, or says of whom it may not be registered.
fn run(meeting: Meeting) {
    let town = meeting.town;
    let Some(on) = Day::parse(&meeting.on.get_untracked()) else {
        let notice = Notice::error("", "日期没有认出来", "选择办理的日期");
        return meeting.refused.set(vec![(String::new(), vec![notice])]);
    };
    let text = |own: &Own, field: &str| {
        let found = own.iter().find(|(_, of, _)| of.name == field);
        found.map(|(.., answer)| answer.get_untracked()).unwrap_or_default()
    };
    let ids: Vec<String> = meeting.ticked.get_untracked().into_iter().collect();
    let made = town.read_untracked(|desk| {
        meeting.act.with_value(|act| {
            let sitting = Sitting {
                act,
                on,
                today: desk.today(),
                shared: &|field| meeting.shared.with_value(|shared| text(shared, field)),
                own: &|id, field| {
                    meeting
                        .own
                        .with_value(|own| own.get(id).map(|own| text(own, field)).unwrap_or_default())
                },
            };
            together(desk.replica(), &ids, &sitting)
        })
    });
    match made {
        Err(refused) => meeting.refused.set(refused),
        Ok(drafts) => {
            let label = format!("给 {} 人登记“{}”", ids.len(), meeting.words.get_value());
            meeting.refused.set(Vec::new());
            let done = town.act_and_say(format!("已{label}"), |desk| desk.save(&label, &drafts));
            // What was not saved stays as it was typed.
            if done.failure.is_none() {
                meeting.kept.forget("");
                meeting.shell.refine_query(ACT, "");
            }
        }
    }
}
