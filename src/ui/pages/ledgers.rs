//! All ledgers, grouped by programme.

use leptos::prelude::*;

use crate::model::ledger::{Ledger, Programme};
use crate::ui::components::card::Card;
use crate::ui::state::{Town, use_town};
use crate::view::format;
use crate::view::list::live_records;
use crate::view::route::{Address, Route};

/// The page `#/l`.
pub fn page() -> AnyView {
    let town = use_town();
    let groups = Programme::ALL.map(|programme| group(town, programme.full_name(), Some(programme)));
    view! {
        {groups.into_iter().collect_view()}
        {group(town, "基础信息", None)}
    }
    .into_any()
}

fn group(town: Town, title: &str, programme: Option<Programme>) -> AnyView {
    let ledgers: Vec<&'static Ledger> = town.peek(|desk| {
        let all = desk.replica().catalogue().all().iter().copied();
        all.filter(|l| l.programme == programme && !l.system).collect()
    });
    if ledgers.is_empty() {
        return ().into_any();
    }
    let links = ledgers.into_iter().map(|ledger| entry(town, ledger)).collect_view();
    view! { <Card title=title.to_owned()><div class="ledger-groups">{links}</div></Card> }.into_any()
}

fn entry(town: Town, ledger: &'static Ledger) -> AnyView {
    let count = move || {
        let count = town.read(|desk| live_records(desk.replica(), ledger).len());
        format!(
            "{} {}",
            format::count(i64::try_from(count).unwrap_or(i64::MAX)),
            ledger.counted
        )
    };
    let href = Address::from(Route::Ledger(ledger.id.to_owned())).hash();
    view! {
        <a class="ledger-link" href=href>
            <span>{ledger.label} <span class="small muted">" " {ledger.help}</span></span>
            <span class="num nowrap">{count}</span>
        </a>
    }
    .into_any()
}
