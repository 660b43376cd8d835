//! Which page an address shows.

#[cfg(debug_assertions)]
mod gallery;
mod not_found;

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
        _ => ().into_any(),
    }
}
