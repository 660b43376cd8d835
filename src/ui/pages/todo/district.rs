//! The units of a district for the person who answers for it: what is late, the last contact, a text that reminds.

use leptos::prelude::*;

use super::use_dues;
use crate::desk::Desk;
use crate::model::date::Day;
use crate::model::engine::indicator::Scope;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::catalogue;
use crate::model::programmes::lead::ledgers::Contact;
use crate::model::status::Status;
use crate::ui::by_hand::give_text;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::card::Card;
use crate::ui::components::message::EmptyState;
use crate::ui::components::portion::portion;
use crate::ui::components::status::status_tag;
use crate::ui::pages::form::probe_unit;
use crate::view::district::{UnitStanding, reminder, standings, told};
use crate::view::due::unit_href;
use crate::view::format::UNKNOWN;
use crate::view::portion::ROWS;
use crate::view::route::{Address, Route};

/// `各村待办`, first on the page of a district.
pub fn district_card(id: &str, name: String) -> AnyView {
    let dues = use_dues();
    let scope = StoredValue::new(Scope::District(id.to_owned()));
    let all = Memo::new(move |_| {
        scope.with_value(|scope| dues.with(|board, desk| standings(desk.replica(), catalogue(), board, scope)))
    });
    let today = move || dues.town.read(Desk::today);
    let said = Signal::derive(move || told(&all.read()));
    let name = StoredValue::new(name);
    let remind = move |code: Option<String>| {
        let units: Vec<UnitStanding> = all
            .get_untracked()
            .into_iter()
            .filter(|unit| code.as_ref().is_none_or(|code| *code == unit.code))
            .collect();
        let text = name.with_value(|name| reminder(name, &units, untrack(today)));
        if let Some(text) = text {
            give_text(dues.town, "催办语", text);
        }
    };
    let any = move || all.read().iter().any(|unit| unit.of_unit().next().is_some());
    let whole = move || {
        any().then(|| {
            view! {
                <p class="button-row standing-act no-print">
                    <Button kind=ButtonKind::Main label="复制全部催办语".to_owned() on_press=move |()| remind(None) />
                    <span class="small muted">"未报的任务和逾期的事，每个村（社区）分开写，粘贴到微信群即可"</span>
                </p>
            }
        })
    };
    let may = dues
        .town
        .read_untracked(|desk| desk.why_not(Contact::LEDGER, &probe_unit(desk), None).is_none());
    let row = move |unit: UnitStanding| {
        let code = unit.code.clone();
        let act = unit.of_unit().next().is_some().then(|| {
            let label = format!("催办：{}", unit.name);
            view! {
                <button type="button" class="button button-link" aria-label=label on:click=move |_| remind(Some(code.clone()))>
                    "催办"
                </button>
            }
        });
        let contact = may.then(|| {
            let label = format!("记联系：{}", unit.name);
            view! { <a class=ButtonKind::Plain.class() href=unit.contact_href() aria-label=label>"记联系"</a> }
        });
        standing_row(&unit, untrack(today), view! { {contact} {act} }.into_any())
    };
    let frame = |rows: Vec<AnyView>| match rows.is_empty() {
        true => view! { <EmptyState why="片区里还没有村（社区）。" /> }.into_any(),
        false => view! { <ul class="dues">{rows}</ul> }.into_any(),
    };
    view! {
        <Card title="各村待办".to_owned() meta=said class="span-12" flush=true>
            {whole}
            {portion(all.into(), ROWS, row, frame)}
        </Card>
    }
    .into_any()
}

fn standing_row(unit: &UnitStanding, today: Day, acts: AnyView) -> AnyView {
    let status = if unit.late.is_empty() { Status::Ok } else { Status::Late };
    let first = unit
        .late
        .first()
        .map(|thing| format!("{}，逾期 {} 天", thing.what, thing.days));
    let first = first.map(|what| view! { <a href=unit_href(&unit.code)>{what}</a> });
    let day = |day: Option<Day>| day.map_or_else(|| UNKNOWN.to_owned(), |day| day.to_string());
    let talk = match unit.next_talk {
        Some(day) => format!("，下次夜话 {day}"),
        None => String::new(),
    };
    view! {
        <li class="due" data-standing=unit.code.clone()>
            {status_tag(status, Some(unit.words()))}
            <div class="due-what">
                <b><a href=Address::from(Route::Unit(unit.code.clone())).hash()>{unit.name.clone()}</a></b>
                <span class="due-of">{first}</span>
            </div>
            <div class="due-day">
                <b>{format!("上次联系 {}", unit.contact_words(today))}</b>
                <span>{format!("下次最晚 {}{talk}", day(unit.next_contact))}</span>
            </div>
            <div class="due-acts no-print">{acts}</div>
        </li>
    }
    .into_any()
}
