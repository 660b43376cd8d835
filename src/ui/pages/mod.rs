//! Which page an address shows, and in which part of the page it comes.

mod bin;
mod charts;
mod columns;
mod compare;
mod conflicts;
mod development;
mod fill;
pub(in crate::ui) mod form;
mod grid;
mod help;
mod ledgers;
mod list;
mod map;
mod merge;
mod not_found;
mod overview;
mod papers;
mod person;
mod pivot;
mod place;
mod process;
mod programme;
mod receipt;
mod record;
mod report;
mod rules;
mod score;
mod screen;
mod settings;
mod several;
mod snapshots;
mod start;
mod summary;
mod tables;
mod todo;
pub(in crate::ui) mod unfinished;
mod unit;

use leptos::prelude::*;

pub use overview::{Told, figure_link, rest as overview_rest};
pub use start::new_town;
pub use todo::remind;

use crate::desk::Desk;
use crate::model::programmes::town::ledgers::Unit;
use crate::model::records::rows;
use crate::ui::app::use_shell;
use crate::ui::components::button::ButtonKind;
use crate::ui::components::message::EmptyState;
use crate::ui::file_door::file_door;
use crate::ui::parts::{self, Part, PartRequest};
use crate::ui::state::use_store;
use crate::view::route::{Address, Route, needs_units, pages};
use crate::view::stands::stands;
use crate::view::text::NO_UNITS;

/// The page of a route. It is built anew whenever the route becomes another page.
///
/// Without units there is nothing to show or to fill in: what needs them says the same everywhere, and where to begin.
pub fn page(route: Route) -> AnyView {
    let town = use_store();
    let units = town.read_untracked(|desk| needs_units(&route, desk.replica().schemas()));
    // A link to a record says nothing on a device that holds none.
    let record = matches!(route, Route::Record(_) | Route::EditRecord { .. });
    if !units && !record {
        return built(route);
    }
    let bare = Memo::new(move |_| {
        let none = |desk: &Desk| desk.is_blank() || units && rows::<Unit>(desk.replica()).is_empty();
        !town.is_opening() && town.read(none)
    });
    (move || if bare.get() { no_units() } else { built(route.clone()) }).into_any()
}

/// Leads an address that names a joined duplicate to the record that stands for it, also when they are joined while the
/// page is open. A form in which something was typed stays: saving it leads there.
fn lead_to_what_stands() {
    let (town, shell) = (use_store(), use_shell());
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
    let start = Address::from(Route::Start).hash();
    view! {
        <EmptyState why=NO_UNITS>
            {file_door("我收到了文件", ButtonKind::Main)}
            <a class=ButtonKind::Plain.class() href=start>"开始使用"</a>
        </EmptyState>
    }
    .into_any()
}

fn built(route: Route) -> AnyView {
    match part_of(&route) {
        None => pages!(in_part Main route []),
        Some(part) => parts::shown(part, move || PartRequest::Page(route.clone())),
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
    pages!(part_of_page route)
}

macro_rules! part_of_page {
    ($route:ident $({
        $page:ident $(as $bind:tt)? path $path:tt title $title:tt units $units:ident nav $nav:tt section $section:ident
        icon $icon:ident words $words:tt part $part:ident => $($built:tt)*
    })*) => {
        match $route {
            $(Route::$page { .. } => part_of_page!(@ $part),)*
        }
    };
    (@ Main) => { None };
    (@ $part:ident) => { Some(Part::$part) };
}
use part_of_page;

/// Builds the page of a route, if it comes in the part named. Other pages are not named in it, so that no part holds what
/// another brings.
macro_rules! in_part {
    (Main $route:ident [$($arms:tt)*]) => {
        match $route {
            $($arms)*
            _ => overview::overview(),
        }
    };
    ($wanted:ident $route:ident [$($arms:tt)*]) => {
        match $route {
            $($arms)*
            route => missing(route),
        }
    };
    (Main $route:ident [$($arms:tt)*] { $page:ident $(as $bind:tt)? path $path:tt title $title:tt units $units:ident
        nav $nav:tt section $section:ident icon $icon:ident words $words:tt part Main => $($built:tt)* } $($more:tt)*) => {
        in_part!(Main $route [$($arms)* Route::$page $($bind)? => $($built)*,] $($more)*)
    };
    (Records $route:ident [$($arms:tt)*] { $page:ident $(as $bind:tt)? path $path:tt title $title:tt units $units:ident
        nav $nav:tt section $section:ident icon $icon:ident words $words:tt part Records => $($built:tt)* } $($more:tt)*) => {
        in_part!(Records $route [$($arms)* Route::$page $($bind)? => $($built)*,] $($more)*)
    };
    (Figures $route:ident [$($arms:tt)*] { $page:ident $(as $bind:tt)? path $path:tt title $title:tt units $units:ident
        nav $nav:tt section $section:ident icon $icon:ident words $words:tt part Figures => $($built:tt)* } $($more:tt)*) => {
        in_part!(Figures $route [$($arms)* Route::$page $($bind)? => $($built)*,] $($more)*)
    };
    (Office $route:ident [$($arms:tt)*] { $page:ident $(as $bind:tt)? path $path:tt title $title:tt units $units:ident
        nav $nav:tt section $section:ident icon $icon:ident words $words:tt part Office => $($built:tt)* } $($more:tt)*) => {
        in_part!(Office $route [$($arms)* Route::$page $($bind)? => $($built)*,] $($more)*)
    };
    ($wanted:ident $route:ident [$($arms:tt)*] { $($other:tt)* } $($more:tt)*) => {
        in_part!($wanted $route [$($arms)*] $($more)*)
    };
}
use in_part;

/// A page of [`Part::Records`].
pub fn in_records(route: Route) -> AnyView {
    lead_to_what_stands();
    pages!(in_part Records route [])
}

/// A page of [`Part::Figures`].
pub fn in_figures(route: Route) -> AnyView {
    lead_to_what_stands();
    pages!(in_part Figures route [])
}

/// A page of [`Part::Office`].
pub fn in_office(route: Route) -> AnyView {
    lead_to_what_stands();
    pages!(in_part Office route [])
}

fn missing(route: Route) -> AnyView {
    not_found::not_found(match route {
        Route::NotFound(path) => path,
        route => Address::from(route).hash(),
    })
}
