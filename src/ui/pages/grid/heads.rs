//! What stands above a grid: what was left unfinished, what its rows are, what holds for all of them.

use leptos::prelude::*;

use super::super::unfinished::{self, OFFERED};
use super::session::Session;
use crate::desk::Unfinished;
use crate::model::ledger::{Field, Kind, Slot};
use crate::model::programmes::catalogue;
use crate::ui::components::button::{Button, Segments, Select};
use crate::view::grid::Way;
use crate::view::grid_draft::{Kept, from_text};
use crate::view::matrix::{held_in, way_label};
use crate::view::tables::names::Names;

/// Most records that one value for all rows is chosen from.
pub const MOST: usize = 300;

/// What was written into this grid in other tabs and not saved. It stays theirs until the person goes on with it here or
/// does away with it.
pub fn others(session: Session, ways: Vec<Way>) -> AnyView {
    let (name, tab) = (session.name.get_value(), session.tab.get_value());
    let all = session.town.read_untracked(|desk| desk.other_drafts(&name, &tab));
    let fits = |kept: Unfinished| {
        let mut read = from_text(session.ledger, &kept.text);
        read.retain(|read| ways.contains(&read.way));
        (!read.is_empty()).then_some((kept, read))
    };
    let list = RwSignal::new(all.into_iter().filter_map(fits).take(OFFERED).collect::<Vec<_>>());
    let one = move |(kept, read): (Unfinished, Vec<Kept>)| {
        let name = kept.name.clone();
        let off = move || list.update(|all| all.retain(|(other, _)| other.name != name));
        let name = kept.name.clone();
        let done = off.clone();
        let drop = move || {
            session.town.update(|desk| desk.forget_draft(&name));
            done();
        };
        let go_on = move || {
            session.go_on(read.clone());
            off();
        };
        unfinished::offered(&kept, "在另一个窗口", go_on, drop)
    };
    view! { {move || list.get().into_iter().map(one).collect_view()} }.into_any()
}

/// What was written into other grids of this ledger before something else was chosen.
pub fn aside(session: Session) -> AnyView {
    let one = move |(at, kept): (usize, Kept)| {
        let told = session.ground(|ground, _| kept.told(ground, session.ledger));
        let take = move |()| {
            if let Some(kept) = session.without(at) {
                session.go_on(vec![kept]);
            }
        };
        let drop = move |()| {
            session.without(at);
            session.keep();
        };
        view! {
            <p class="button-row form-note" role="status">
                {told} " " <Button label="接着填".to_owned() on_press=take /> <Button label="不要了".to_owned() on_press=drop />
            </p>
        }
    };
    session
        .aside
        .get()
        .into_iter()
        .enumerate()
        .map(one)
        .collect_view()
        .into_any()
}

/// What the rows are.
pub fn choice(session: Session, ways: Vec<Way>) -> AnyView {
    let number = |at: usize| at.to_string();
    let options = ways.iter().enumerate();
    let options: Vec<_> = options
        .map(|(at, way)| (number(at), way_label(session.ledger, *way)))
        .collect();
    let (all, others) = (ways.clone(), ways);
    let chosen = Signal::derive(move || {
        let here = session.way.get();
        all.iter().position(|way| *way == here).map_or_else(String::new, number)
    });
    let choose = move |at: String| {
        let way = at.parse().ok().and_then(|at: usize| others.get(at).copied());
        session.way.set(way.unwrap_or_default());
    };
    view! { <Segments label="填什么".to_owned() options chosen on_choose=choose /> }.into_any()
}

/// What holds for all rows.
pub fn held(session: Session) -> Option<AnyView> {
    let wanted = held_in(session.ledger, session.way.get())?;
    let one = move |(slot, field): (Slot, &'static Field)| {
        let label = format!("全表的{}", field.label);
        let set = move |text: String| {
            session.fixed.update(|all| {
                all.retain(|(s, _)| *s != slot);
                all.push((slot, text));
            });
        };
        let chosen = Signal::derive(move || {
            let all = session.fixed.read();
            all.iter()
                .find(|(s, _)| *s == slot)
                .map_or_else(String::new, |(_, text)| text.clone())
        });
        let offers = session
            .town
            .read_untracked(|desk| Names::new(desk.replica(), catalogue()).offers(field, None, MOST));
        let control = match field.kind {
            Kind::Ref | Kind::Choice => {
                let none = (String::new(), "请选择".to_owned());
                let options: Vec<(String, String)> = std::iter::once(none).chain(offers).collect();
                view! { <Select label=label options chosen on_choose=set /> }.into_any()
            }
            _ => view! {
                <input
                    class="input"
                    aria-label=label
                    prop:value=chosen
                    on:change=move |event| set(event_target_value(&event))
                />
            }
            .into_any(),
        };
        view! { <span class="labelled">{field.label} {control}</span> }
    };
    (!wanted.is_empty())
        .then(|| view! { <p class="button-row">{wanted.into_iter().map(one).collect_view()}</p> }.into_any())
}
