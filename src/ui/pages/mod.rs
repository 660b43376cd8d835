//! Which page an address shows, and in which part of the page it comes.

mod bin;
mod charts;
mod compare;
mod conflicts;
mod fill;
mod form;
mod help;
mod ledgers;
mod list;
mod map;
mod merge;
mod not_found;
mod overview;
mod pivot;
mod programme;
mod receipt;
mod record;
mod report;
mod rules;
mod screen;
mod settings;
mod snapshots;
mod start;
mod unit;

use leptos::prelude::*;

pub use overview::{Told, rest as overview_rest};
pub use start::new_town;

use crate::model::programmes::town::ledgers::Unit;
use crate::model::records::rows;
use crate::ui::app::use_shell;
use crate::ui::components::button::ButtonKind;
use crate::ui::components::message::EmptyState;
use crate::ui::parts::{self, Errand, Part};
use crate::ui::state::use_town;
use crate::view::route::{Address, Route, needs_units};
use crate::view::stands::stands;
use crate::view::text::NO_UNITS;

/// The page of a route. It is built anew whenever the route becomes another page.
///
/// Without units there is nothing to show or to fill in: what needs them says the same everywhere, and where to begin.
pub fn page(route: Route) -> AnyView {
    let town = use_town();
    if !town.peek(|desk| needs_units(&route, desk.replica().catalogue())) {
        return built(route);
    }
    let bare = Memo::new(move |_| !town.is_opening() && town.read(|desk| rows::<Unit>(desk.replica()).is_empty()));
    (move || if bare.get() { no_units() } else { built(route.clone()) }).into_any()
}

/// Leads an address that names a joined duplicate to the record that stands for it, also when they are joined while the
/// page is open. A form in which something was typed stays: saving it leads there.
fn lead_to_what_stands() {
    let (town, shell) = (use_town(), use_shell());
    Effect::new(move |before: Option<Address>| {
        let at = shell.address.get();
        let to = town.read(|desk| stands(desk.replica(), &at));
        let open = before.is_some_and(|before| before == at && matches!(at.route, Route::EditRecord { .. }));
        if let Some(to) = to.filter(|_| !open) {
            shell.refine(to);
        }
        at
    });
}

fn no_units() -> AnyView {
    let [start, merge] = [Route::Start, Route::Merge].map(|to| Address::from(to).hash());
    view! {
        <EmptyState why=NO_UNITS>
            <a class=ButtonKind::Main.class() href=start>"开始使用"</a>
            <a class=ButtonKind::Plain.class() href=merge>"导入文件"</a>
        </EmptyState>
    }
    .into_any()
}

fn built(route: Route) -> AnyView {
    match part_of(&route) {
        None if route == Route::Start => start::start(),
        None => overview::overview(),
        Some(part) => parts::shown(part, move || Errand::Page(route.clone())),
    }
}

/// Has the part that a route cannot do without on its way before anything else is done.
pub fn fetch_early(route: &Route) {
    if let Some(part) = part_of(route) {
        parts::fetch_quietly(part);
    }
}

/// The part a page comes in; what is seen first is in the main part: the overview, or the first steps.
fn part_of(route: &Route) -> Option<Part> {
    Some(match route {
        Route::Overview | Route::Start => return None,
        Route::Ledgers
        | Route::Ledger(_)
        | Route::NewRecord(_)
        | Route::EditRecord { .. }
        | Route::Record(_)
        | Route::Bin
        | Route::Conflicts => Part::Records,
        Route::Map { .. }
        | Route::Unit(_)
        | Route::Person { .. }
        | Route::Units
        | Route::District(_)
        | Route::Programme(_)
        | Route::Charts
        | Route::Report
        | Route::Screen => Part::Figures,
        Route::Fill
        | Route::Merge
        | Route::Settings
        | Route::Snapshots
        | Route::Compare
        | Route::Receipt
        | Route::Rules
        | Route::Help
        | Route::NotFound(_) => Part::Office,
    })
}

/// A page of [`Part::Records`].
pub fn in_records(route: Route) -> AnyView {
    lead_to_what_stands();
    match route {
        Route::Ledgers => ledgers::page(),
        Route::Ledger(ledger) => list::page(ledger),
        Route::NewRecord(ledger) => form::page(ledger, None),
        Route::EditRecord { ledger, record } => form::page(ledger, Some(record)),
        Route::Record(id) => record::page(id),
        Route::Bin => bin::page(),
        Route::Conflicts => conflicts::page(),
        route => missing(route),
    }
}

/// A page of [`Part::Figures`].
pub fn in_figures(route: Route) -> AnyView {
    lead_to_what_stands();
    match route {
        Route::Map { .. } => map::map(),
        Route::Unit(code) => unit::unit(code),
        Route::Units => unit::units(),
        Route::District(id) => unit::district(id),
        Route::Programme(which) => programme::programme(which),
        Route::Person { unit, name } => unit::person(unit, name),
        Route::Charts => charts::charts(),
        Route::Report => report::report(),
        Route::Screen => screen::screen(),
        route => missing(route),
    }
}

/// A page of [`Part::Office`].
pub fn in_office(route: Route) -> AnyView {
    lead_to_what_stands();
    match route {
        Route::Fill => fill::page(),
        Route::Merge => merge::merge(),
        Route::Settings => settings::settings(),
        Route::Snapshots => snapshots::snapshots(),
        Route::Compare => compare::compare(),
        Route::Receipt => receipt::receipt(),
        Route::Help => help::help(),
        Route::Rules => rules::rules(),
        route => missing(route),
    }
}

fn missing(route: Route) -> AnyView {
    not_found::not_found(match route {
        Route::NotFound(path) => path,
        route => Address::from(route).hash(),
    })
}
