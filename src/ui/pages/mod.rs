//! Which page an address shows.

#[cfg(debug_assertions)]
mod gallery;

mod bin;
mod form;
mod ledgers;
mod list;
mod not_found;
mod record;

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
        _ => ().into_any(),
    }
}
