//! What came from each unit and when, with its receipts; of one unit all of it, with the reminder for it.

use leptos::prelude::*;

use crate::model::status::Status;
use crate::ui::app::Shell;
use crate::ui::by_hand::give_text;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::portion::portion;
use crate::ui::components::status::status_tag;
use crate::ui::state::AppStore;
use crate::view::arrivals::{Arrival, UnitFiles, arrivals};
use crate::view::exchange::{Tab, Whom, reminder, reports, tasks};
use crate::view::format::UNKNOWN;
use crate::view::portion::ROWS;
use crate::view::route::{Address, Route, key};

/// Query key of the unit that is looked at.
const UNIT: &str = "unit";

/// Where all that came from a unit is listed.
pub fn address(code: &str) -> Address {
    Tab::Log.address().with(UNIT, code)
}

/// The card's content.
pub fn units(shell: Shell, town: AppStore) -> AnyView {
    let all = Memo::new(move |_| town.read(arrivals));
    let wanted = Memo::new(move |_| shell.address.read().get(UNIT).unwrap_or_default().to_owned());
    let part = move || {
        let all = all.get();
        match all.iter().find(|unit| unit.code == *wanted.read()) {
            Some(unit) => one(town, unit),
            None => list(all),
        }
    };
    part.into_any()
}

/// `of` names the unit where several stand in one list.
fn receipt(arrival: &Arrival, of: Option<&str>) -> AnyView {
    let to = Address::from(Route::Receipt)
        .with(key::IMPORT, &arrival.import)
        .with(key::FILE, &arrival.place.to_string());
    let named = of.map(|of| format!("打印回执，{of}"));
    view! { <a class=ButtonKind::Plain.class() href=to.hash() aria-label=named>"打印回执"</a> }.into_any()
}

fn list(all: Vec<UnitFiles>) -> AnyView {
    let known = |text: &str| {
        if text.is_empty() {
            UNKNOWN.to_owned()
        } else {
            text.to_owned()
        }
    };
    let row = |unit: UnitFiles| {
        let last = unit.files.first();
        let when = known(last.map_or("", |last| &last.when));
        let files = match unit.files.len() {
            0 => UNKNOWN.to_owned(),
            count => count.to_string(),
        };
        let receipt = last.map(|last| receipt(last, Some(&unit.name)));
        view! {
            <tr>
                <th scope="row"><a href=address(&unit.code).hash()>{unit.name.clone()}</a></th>
                <td data-label="最近上报">{known(&unit.reported)}</td>
                <td data-label="最近合并">{when}</td>
                <td class="num" data-label="文件，份">{files}</td>
                <td>{receipt}</td>
            </tr>
        }
    };
    let rows = all.into_iter().map(row).collect_view();
    view! {
        <div class="scroll-x">
            <table class="table table-plain is-stacked">
                <thead>
                    <tr>
                        <th scope="col">"村（社区）"</th>
                        <th scope="col">"最近上报"</th>
                        <th scope="col">"最近合并"</th>
                        <th scope="col" class="num">"文件，份"</th>
                        <th scope="col">"最近一份的回执"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn one(town: AppStore, unit: &UnitFiles) -> AnyView {
    let code = unit.code.clone();
    let remind = move |()| {
        let (code, text) = (code.clone(), reminded(town, &code));
        match text {
            Some(text) => give_text(town, "催报语", text),
            None => town
                .toasts
                .say(format!("{}已经报了，不用催", name_of(town, &code)), None),
        }
    };
    let page = Address::from(Route::Unit(unit.code.clone())).hash();
    let row = |arrival: Arrival| {
        let gone = arrival
            .withdrawn
            .then(|| status_tag(Status::None, Some("已撤回".to_owned())));
        view! {
            <div class="setting">
                <span>{arrival.when.clone()} " " {arrival.name.clone()} " " <span class="small muted">{arrival.about.clone()}</span> {gone}</span>
                {receipt(&arrival, None)}
            </div>
        }
    };
    let files = match unit.files.is_empty() {
        true => view! { <p>"还没有合并过这个村（社区）发来的文件。"</p> }.into_any(),
        false => portion(Signal::stored(unit.files.clone()), ROWS, row, IntoAny::into_any),
    };
    let reported = match unit.reported.as_str() {
        "" => "还没有上报过".to_owned(),
        day => format!("最近上报 {day}"),
    };
    view! {
        <h3>{unit.name.clone()}</h3>
        <p>{reported}</p>
        {files}
        <p class="button-row">
            <Button label="复制催报语".to_owned() on_press=remind />
            <a class=ButtonKind::Plain.class() href=page>"看这个村（社区）"</a>
            <a class=ButtonKind::Plain.class() href=Tab::Log.address().hash()>"看全部村（社区）"</a>
        </p>
    }
    .into_any()
}

fn name_of(town: AppStore, code: &str) -> String {
    town.read_untracked(|desk| crate::view::show::unit_name(desk.replica(), code))
}

/// The reminder of a unit for the task that is due last, as the board begins with it.
fn reminded(town: AppStore, code: &str) -> Option<String> {
    town.read_untracked(|desk| {
        let (task, _) = tasks(desk.replica()).into_iter().next()?;
        let board = reports(desk.replica(), &task, desk.today());
        reminder(desk.replica(), &task, &board, &Whom::Unit(code.to_owned()))
    })
}
