//! An address that leads nowhere.

use leptos::prelude::*;

use crate::ui::components::button::ButtonKind;
use crate::ui::components::message::EmptyState;
use crate::view::route::{Address, Route};

/// Says that there is no such page and offers the way home.
pub fn not_found(path: String) -> AnyView {
    let home = Address::from(Route::Overview).hash();
    let why = format!("没有“{path}”这个页面，可能是地址少抄了几个字。");
    view! {
        <EmptyState why>
            <a class=ButtonKind::Plain.class() href=home>"回到总览"</a>
        </EmptyState>
    }
    .into_any()
}
