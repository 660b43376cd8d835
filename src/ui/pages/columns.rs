//! 选择列: which columns the list of a ledger shows, remembered on this device.

use leptos::prelude::*;

use crate::model::ledger::{Field, Ledger};
use crate::ui::components::button::{Button, disclosure};
use crate::ui::state::AppStore;
use crate::view::list::List;

/// The button and, once it is pressed, a tick for each field. `shown` has the names of those that were chosen.
pub fn menu(town: AppStore, ledger: &'static Ledger, list: Memo<List>, shown: RwSignal<Vec<String>>) -> AnyView {
    let open = RwSignal::new(false);
    let choose = move |names: Vec<String>| {
        town.update(|desk| desk.choose_columns(ledger, &names));
        shown.set(names);
    };
    let tick = move |(place, field): (usize, &'static Field)| {
        let is_on = move || list.read().columns.iter().any(|column| column.key == field.name);
        let toggle = move |_| {
            let mut names: Vec<String> = list.with_untracked(|list| {
                let names = list.columns.iter().map(|column| column.key.to_owned());
                names.collect()
            });
            match names.iter().position(|name| name == field.name) {
                Some(at) => drop(names.remove(at)),
                None => names.push(field.name.to_owned()),
            }
            choose(names);
        };
        // The first leads to the record.
        view! {
            <label class="tick">
                <input type="checkbox" prop:checked=is_on disabled=place == 0 on:change=toggle />
                {field.label}
            </label>
        }
    };
    let body = move || {
        open.get().then(|| {
            let first = list.with_untracked(|list| list.columns.first().map_or("", |column| column.key));
            let (first, rest): (Vec<_>, Vec<_>) = ledger.fields.iter().partition(|field| field.name == first);
            let ticks = first.into_iter().chain(rest).enumerate().map(tick);
            view! {
                <div class="export-menu columns-menu" role="group" aria-label="选择列">
                    <Button label="恢复原来的列".to_owned() on_press=move |()| choose(Vec::new()) />
                    {ticks.collect_view()}
                </div>
            }
        })
    };
    disclosure("选择列", open, body)
}
