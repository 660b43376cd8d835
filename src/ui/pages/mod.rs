//! Which page an address shows.

#[cfg(debug_assertions)]
mod gallery;
mod not_found;

use leptos::prelude::*;

use crate::view::route::Route;

/// The page of a route. It is built anew whenever the route becomes another page.
pub fn page(route: Route) -> AnyView {
    match route {
        #[cfg(debug_assertions)]
        Route::NotFound(path) if path == "parts" => gallery::gallery(),
        Route::NotFound(path) => not_found::not_found(path),
        _ => ().into_any(),
    }
}
