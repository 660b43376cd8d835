//! Which page an address shows.

#[cfg(debug_assertions)]
mod gallery;

mod bin;
mod charts;
mod form;
mod help;
mod ledgers;
mod list;
mod map;
mod merge;
mod not_found;
mod overview;
mod programme;
mod record;
mod report;
mod screen;
mod settings;
mod start;
mod unit;

use leptos::prelude::*;

use crate::view::route::Route;

/// The page of a route. It is built anew whenever the route becomes another page.
pub fn page(route: Route) -> AnyView {
    #[cfg(debug_assertions)]
    if let Route::NotFound(path) = &route
        && let Some(part) = gallery::page(path)
    {
        return part;
    }
    match route {
        Route::NotFound(path) => not_found::not_found(path),
        Route::Ledgers => ledgers::page(),
        Route::Ledger(ledger) => list::page(ledger),
        Route::NewRecord(ledger) => form::page(ledger, None),
        Route::EditRecord { ledger, record } => form::page(ledger, Some(record)),
        Route::Record(id) => record::page(id),
        Route::Bin => bin::page(),
        Route::Merge => merge::merge(),
        Route::Start => start::start(),
        Route::Settings => settings::settings(),
        Route::Help => help::help(),
        Route::Overview => overview::overview(),
        Route::Map { .. } => map::map(),
        Route::Unit(code) => unit::unit(code),
        Route::Person { unit, name } => unit::person(unit, name),
        Route::Units => unit::units(),
        Route::District(id) => unit::district(id),
        Route::Programme(which) => programme::programme(which),
        Route::Charts => charts::charts(),
        Route::Report => report::report(),
        Route::Screen => screen::screen(),
        route @ (Route::Conflicts | Route::Check) => {
            not_found::not_found(crate::view::route::Address::from(route).hash())
        }
    }
}
