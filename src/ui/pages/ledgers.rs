//! All ledgers, grouped by programme.

use leptos::prelude::*;

use crate::exchange::writing::town_name;
use crate::model::ledger::{Ledger, Programme};
use crate::model::programmes::catalogue;
use crate::ui::components::button::ButtonKind;
use crate::ui::components::card::Card;
use crate::ui::figures::use_figures;
use crate::ui::state::{AppStore, use_store};
use crate::ui::tables::{Asks, Wanted, export_menu};
use crate::view::fill::fills_in;
use crate::view::format;
use crate::view::list::count;
use crate::view::route::{Address, Route};
use crate::view::tables::book::whole_town;

/// The page `#/l`.
pub fn page() -> AnyView {
    let town = use_store();
    let figures = use_figures();
    let groups = Programme::ALL.map(|programme| group(town, programme.full_name(), Some(programme)));
    let bin = Address::from(Route::Bin).hash();
    let import = Address::from(Route::Import).hash();
    let make = move |wanted: Wanted| {
        untrack(|| {
            figures.with(|board| {
                town.read(|desk| {
                    let whose = town_name(desk.replica());
                    let sheets = whole_town(desk.replica(), board, &whose, wanted.personal);
                    (format!("{whose}全镇工作簿 {}", board.as_of()), sheets)
                })
            })
        })
    };
    let links = view! {
        <div class="button-row">
            <a class=ButtonKind::Plain.class() href=import>"从表格导入"</a>
            {export_menu(town, Asks::Personal, make)}
            <a class=ButtonKind::Plain.class() href=bin>"回收站"</a>
        </div>
    };
    view! {
        <div class="stack">
            {groups.into_iter().collect_view()}
            {group(town, "基础信息", None)}
            {links}
        </div>
    }
    .into_any()
}

/// A secretary sees the ledgers of the own village; the others see all.
fn group(town: AppStore, title: &'static str, programme: Option<Programme>) -> AnyView {
    let ledgers = Memo::new(move |_| {
        town.read(|desk| {
            let all = catalogue().all().iter().copied();
            let shown = all.filter(|l| l.programme == programme && !l.system);
            let shown = shown.filter(|l| desk.own_unit().is_none() || fills_in(desk.person(), l));
            shown.map(|l| l.id).collect::<Vec<_>>()
        })
    });
    let part = move || {
        let ledgers = ledgers.get();
        let all = ledgers.iter().filter_map(|id| catalogue().get(id)).collect::<Vec<_>>();
        (!all.is_empty()).then(|| {
            let links = all.into_iter().map(|ledger| entry(town, ledger)).collect_view();
            view! { <Card title=title.to_owned()><div class="ledger-groups">{links}</div></Card> }
        })
    };
    part.into_any()
}

fn entry(town: AppStore, ledger: &'static Ledger) -> AnyView {
    let records = Memo::new(move |_| town.read(|desk| count(desk.replica(), ledger, desk.own_unit())));
    let count = move || {
        let count = format::count(i64::try_from(records.get()).unwrap_or(i64::MAX));
        format!("{count} {}", ledger.counted)
    };
    let href = Address::from(Route::Ledger(ledger.id.to_owned())).hash();
    view! {
        <a class="ledger-link" href=href data-ledger=ledger.id data-value=move || records.get().to_string()>
            <span><span class="ledger-name">{ledger.label}</span> <span class="small muted">{ledger.help}</span></span>
            <span class="num nowrap">{count}</span>
        </a>
    }
    .into_any()
}
