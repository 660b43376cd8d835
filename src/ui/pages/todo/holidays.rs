//! 节假日: the days off of a year, and the notice of a new year, pasted.

use leptos::prelude::*;

use crate::model::ledger::TypedRow as _;
use crate::model::programmes::town::calendar::HolidayRow;
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind, Select};
use crate::ui::components::card::Card;
use crate::ui::components::frame::Head;
use crate::ui::figures::link;
use crate::ui::pages::unfinished::{self, Panel, answer, typed_of};
use crate::ui::state::use_store;
use crate::view::holidays::{Preview, of_year, preview, source};
use crate::view::route::Route;

/// The query key of the year.
const YEAR: &str = "year";

/// The page `#/holidays`.
pub fn holidays() -> AnyView {
    let (shell, town) = (use_shell(), use_store());
    shell.head.set(Head {
        back: Some(link(Route::Calendar)),
        ..Head::titled("节假日")
    });
    let year = Memo::new(move |_| {
        let typed = shell.address.read().get(YEAR).and_then(|text| text.parse::<i32>().ok());
        let typed = typed.filter(|year| (2000..2200).contains(year));
        typed.unwrap_or_else(|| town.read(|desk| desk.today().year()))
    });
    // What was pasted stays over a reload.
    let panel = Panel::new(shell, town, "holidays".to_owned());
    let notice = answer(&panel.typed(), "text".to_owned(), String::new());
    let text = notice.2;
    let back = RwSignal::new(!text.read_untracked().is_empty());
    let drop_back = move || {
        text.set(String::new());
        back.set(false);
    };
    panel.watch(move || typed_of(std::slice::from_ref(&notice)));
    let shown = Memo::new(move |_| {
        let typed = text.read();
        if typed.trim().is_empty() {
            return Preview::default();
        }
        town.read(|desk| preview(desk.replica(), &typed, year.get()))
    });
    let years = Signal::derive(move || {
        let this = town.read(|desk| desk.today().year());
        let mut years: Vec<i32> = (this - 3..=this + 2).collect();
        if !years.contains(&year.get()) {
            years.push(year.get());
        }
        years
            .iter()
            .map(|year| (year.to_string(), format!("{year} 年")))
            .collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || year.get().to_string());
    let why_not = Signal::derive(move || match text.read().trim().is_empty() {
        true => "先粘贴通知".to_owned(),
        false => town
            .read(|desk| desk.why_not(HolidayRow::LEDGER, "", None))
            .unwrap_or_else(|| shown.read().why_not.clone()),
    });
    let save = move |()| {
        let drafts = shown.with_untracked(|shown| shown.drafts.clone());
        let label = format!("登记节假日 {} 个", drafts.len());
        let done = town.act_and_say(format!("已保存：{label}"), |desk| {
            desk.save_and_delete(&label, &drafts, &[])
        });
        if done.failure.is_none() {
            text.set(String::new());
            back.set(false);
        }
    };
    let about = Signal::derive(move || town.read(|desk| source(desk.replica(), year.get()).to_owned()));
    let title = Signal::derive(move || format!("{} 年放假和调休", year.get()));
    view! {
        <div class="period-bar no-print" role="group" aria-label="年度">
            <Select label="年度" options=years chosen=chosen on_choose=move |key: String| shell.refine_query(YEAR, &key) />
        </div>
        <div class="stack">
            <Card title=title meta=about>{move || table(town, year.get())}</Card>
            <Card title="粘贴放假通知".to_owned()>
                <p class="note">
                    "把国务院办公厅通知里“一、元旦：……”那几行粘贴到这里，核对后保存。登记了哪一年，哪一年就以登记的为准；随文件带给各村（社区）。"
                </p>
                <Show when=move || back.get()>{unfinished::restored(drop_back)}</Show>
                <textarea
                    class="input textarea"
                    aria-label="放假通知"
                    rows="8"
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                ></textarea>
                {move || read(&shown.read())}
                <div class="button-row">
                    <Button kind=ButtonKind::Main label="保存节假日".to_owned() why_not on_press=save />
                    <a class=ButtonKind::Plain.class() href=link(Route::Ledger(HolidayRow::SCHEMA.id.to_owned()))>
                        "节假日台账"
                    </a>
                </div>
            </Card>
        </div>
    }
    .into_any()
}

/// The days of a year that differ from an ordinary week.
fn table(town: crate::ui::state::AppStore, year: i32) -> AnyView {
    let runs = town.read(|desk| of_year(desk.replica(), year));
    if runs.is_empty() {
        return view! { <p>"这一年还没有放假安排，工作日按周一至周五暂算。"</p> }.into_any();
    }
    let row = runs.into_iter().map(|run| {
        let (from, to) = run.days;
        let days = to.since(from) + 1;
        let span = if from == to {
            from.to_string()
        } else {
            format!("{from} 至 {to}")
        };
        view! {
            <tr>
                <td class="nowrap">{span}</td>
                <td>{if run.worked { "上班" } else { "放假" }}</td>
                <td class="num">{format!("{days} 天")}</td>
                <td>{run.name}</td>
            </tr>
        }
    });
    view! {
        <div class="scroll-x">
        <table class="mini">
            <thead>
                <tr>
                    <th scope="col">"日期"</th>
                    <th scope="col">"安排"</th>
                    <th scope="col" class="num">"天数"</th>
                    <th scope="col">"节日"</th>
                </tr>
            </thead>
            <tbody>{row.collect_view()}</tbody>
        </table>
        </div>
    }
    .into_any()
}

/// What was read of the pasted notice.
fn read(shown: &Preview) -> AnyView {
    let holidays = shown.holidays.iter().map(|holiday| {
        let worked: Vec<String> = holiday.worked.iter().map(ToString::to_string).collect();
        let worked = if worked.is_empty() {
            String::new()
        } else {
            format!("，{} 上班", worked.join("、"))
        };
        let days = holiday.to.since(holiday.from) + 1;
        let said = format!(
            "{}：{} 至 {} 放假 {days} 天{worked}",
            holiday.name, holiday.from, holiday.to
        );
        view! { <li>{said}</li> }
    });
    let unread = shown.unread.iter().map(|unread| {
        let said = format!("“{}”：{}", unread.text, unread.why);
        view! { <li>{said}</li> }
    });
    let unread = unread.collect::<Vec<_>>();
    let errors = (!unread.is_empty()).then(|| view! { <ul role="alert" class="field-error">{unread}</ul> });
    view! {
        <ul role="status">{holidays.collect_view()}</ul>
        {errors}
    }
    .into_any()
}
