//! The calendar of a month; on phones a list of its days.

use leptos::prelude::*;

use super::list::status;
use super::{Dues, filters, on_paper, use_dues};
use crate::browser::files::offer_bytes;
use crate::model::date::Month;
use crate::model::programmes::catalogue;
use crate::model::working_days::DayKind;
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::card::{Lede, Words};
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::components::portion::{opened, portion};
use crate::ui::components::status::shape;
use crate::ui::figures::link;
use crate::ui::screen::{Width, use_screen};
use crate::view::calendar::{self as vm, DayVm, EntryVm, MonthVm, SHOWN};
use crate::view::due::asked;
use crate::view::ics::ics;
use crate::view::portion::{PARTS, ROWS};
use crate::view::route::{Address, Route};

/// The page `#/calendar`.
pub fn calendar() -> AnyView {
    use_shell().head.set(Head {
        back: Some(link(Route::Todo)),
        ..Head::titled("日历")
    });
    let dues = use_dues();
    let screen = use_screen();
    let month = Memo::new(move |_| {
        let address = dues.shell.address.read();
        let typed = address.get(asked::MONTH).and_then(Month::parse);
        typed.unwrap_or_else(|| dues.town.read(|desk| desk.today().month()))
    });
    let shown = Memo::new(move |_| {
        let (month, wanted) = (month.get(), dues.wanted.read());
        dues.with(|board, _| vm::month(board, month, &wanted))
    });
    let lede = Signal::derive(move || vec![Words::Fact(shown.read().words()), Words::Plain("。".to_owned())]);
    let step = move |months: i32| {
        let to = month.get_untracked().plus(months);
        dues.refine(asked::MONTH, &to.to_string());
    };
    let drawn = move || {
        let whole = screen.printing.get().then_some(usize::MAX);
        match screen.width.get() {
            Width::Phone => days(&shown.read(), whole.unwrap_or(PARTS)),
            _ => weeks(&shown.read(), whole.unwrap_or(SHOWN)),
        }
    };
    let remark = move || {
        shown
            .read()
            .remark
            .clone()
            .map(|said| view! { <p class="note">{said}</p> })
    };
    let print = move |()| {
        if window().print().is_err() {
            dues.shell.toasts.say("浏览器不能打印这一页", None);
        }
    };
    let names = RwSignal::new(false);
    view! {
        {on_paper(dues)}
        <Lede parts=lede />
        {filters(dues)}
        <div class="charts-bar no-print">
            <div class="button-row">
                <Button label="上个月".to_owned() on_press=move |()| step(-1) />
                <b class="calendar-title">{move || shown.read().title.clone()}</b>
                <Button label="下个月".to_owned() on_press=move |()| step(1) />
                <Button label="本月".to_owned() on_press=move |()| dues.refine(asked::MONTH, "") />
            </div>
            <div class="button-row">
                <a class=ButtonKind::Plain.class() href=link(Route::Holidays)>"节假日"</a>
                <label class="tick">
                    <input
                        type="checkbox"
                        prop:checked=move || names.get()
                        on:change=move |event| names.set(event_target_checked(&event))
                    />
                    "手机日历写上姓名和内容"
                </label>
                <Button label="存到手机日历".to_owned() on_press=move |()| save_ics(dues, names.get_untracked()) />
                <Button label="打印".to_owned() on_press=print />
            </div>
        </div>
        <p class="print-only calendar-title">{move || shown.read().title.clone()}</p>
        {remark}
        {drawn}
    }
    .into_any()
}

/// Offers what is wanted and still open as a file for the calendar of a phone.
fn save_ics(dues: Dues, names: bool) {
    let (text, name) = untrack(|| {
        dues.with(|board, desk| {
            let stamp = desk.now().to_string().replace(['-', ':'], "");
            let text = ics(board, desk.replica(), catalogue(), (&dues.wanted.read(), names), &stamp);
            (text, format!("待办 {}.ics", board.today()))
        })
    });
    match offer_bytes(&name, "text/calendar;charset=utf-8", text.as_bytes()) {
        true => dues.shell.toasts.say(format!("已交给浏览器保存：{name}"), None),
        false => dues.shell.toasts.say("浏览器没有保存文件，请换一个浏览器再试", None),
    }
}

fn classes(day: &DayVm) -> String {
    let mut class = String::from("calendar-day");
    for (is, name) in [
        (!day.inside, " is-outside"),
        (day.today, " is-today"),
        (matches!(day.kind, DayKind::Holiday | DayKind::Weekend), " is-off"),
    ] {
        if is {
            class.push_str(name);
        }
    }
    class
}

fn entry(entry: &EntryVm) -> AnyView {
    let count = Some(entry.words())
        .filter(|words| !words.is_empty())
        .map(|words| format!(" {words}"));
    let title = format!("{}：{}，{}", entry.what, entry.units, entry.state.label());
    view! {
        <li title=title>
            {shape(status(entry.state), false)}
            <span class="calendar-what">{entry.what.clone()} {count}</span>
            <span class="calendar-units">{entry.units.clone()}</span>
        </li>
    }
    .into_any()
}

/// The rest of a day's deadlines, built when somebody opens it, a portion at a time.
fn more(day: &DayVm, shown: usize) -> Option<AnyView> {
    let left = day.entries.len().checked_sub(shown).filter(|left| *left > 0)?;
    let rest = day.entries[shown..].to_vec();
    let frame = |rows: Vec<AnyView>| view! { <ul>{rows}</ul> }.into_any();
    let body = move || portion(Signal::stored(rest.clone()), ROWS, |one| entry(&one), frame);
    let summary = view! { <summary>{format!("还有 {left} 项")}</summary> };
    Some(opened("calendar-more", summary, false, body))
}

/// The month as weeks, so many entries of each day; on paper all of them.
fn weeks(shown: &MonthVm, entries: usize) -> AnyView {
    let heads = ["一", "二", "三", "四", "五", "六", "日"];
    let cell = |day: &DayVm| {
        let (_, month, date) = day.day.ymd();
        let number = if date == 1 || !day.inside {
            format!("{month}月{date}日")
        } else {
            date.to_string()
        };
        let mark = (!day.mark.is_empty()).then(|| view! { <span class="calendar-mark">{day.mark.clone()}</span> });
        view! {
            <td class=classes(day) data-day=day.day.to_string() aria-current=day.today.then_some("date")>
                <p class="calendar-number"><span>{number}</span> {mark}</p>
                <ul>{day.entries.iter().take(entries).map(entry).collect_view()}</ul>
                {more(day, entries)}
            </td>
        }
    };
    let week = |week: &[DayVm; 7]| view! { <tr>{week.iter().map(cell).collect_view()}</tr> };
    view! {
        <table class="calendar" aria-label=shown.title.clone()>
            <thead>
                <tr>{heads.into_iter().map(|head| view! { <th scope="col">{format!("周{head}")}</th> }).collect_view()}</tr>
            </thead>
            <tbody>{shown.weeks.iter().map(week).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Days with something due, one after the other. Those that lie back with everything done are folded: the list begins with
/// what is left. On paper it is whole.
fn days(shown: &MonthVm, entries: usize) -> AnyView {
    let today = shown.weeks.iter().flatten().find(|day| day.today).map(|day| day.day);
    let inside = shown.weeks.iter().flatten();
    let inside = inside.filter(|day| day.inside && !day.entries.is_empty());
    let is_over = |day: &&DayVm| {
        let over = today.is_some_and(|today| day.day < today) && entries < usize::MAX;
        over && day.entries.iter().all(|entry| entry.open == 0)
    };
    let (over, all): (Vec<&DayVm>, Vec<&DayVm>) = inside.partition(is_over);
    if over.is_empty() && all.is_empty() {
        let todo = Address::from(Route::Todo).hash();
        return view! {
            <EmptyState why=format!("{}。", shown.words())>
                <a class=ButtonKind::Plain.class() href=todo>"看待办"</a>
            </EmptyState>
        }
        .into_any();
    }
    let list = move |days: Vec<AnyView>, title: String| {
        view! { <ul class="calendar-list" aria-label=title>{days}</ul> }.into_any()
    };
    let before = (!over.is_empty()).then(|| {
        let over: Vec<DayVm> = over.into_iter().cloned().collect();
        let summary = view! { <summary>{format!("今天以前办完的 {} 天", over.len())}</summary> };
        let body = move || {
            list(
                over.iter().map(|day| day_line(day, entries)).collect(),
                "今天以前办完的".to_owned(),
            )
        };
        opened("calendar-more", summary, false, body)
    });
    let all = all.into_iter().map(|day| day_line(day, entries)).collect();
    view! { {before} {list(all, shown.title.clone())} }.into_any()
}

fn day_line(day: &DayVm, entries: usize) -> AnyView {
    let mark = (!day.mark.is_empty()).then(|| format!("（{}）", day.mark));
    let weekday = ["一", "二", "三", "四", "五", "六", "日"];
    let weekday = weekday[usize::try_from(day.day.weekday()).unwrap_or(0)];
    let (_, month, date) = day.day.ymd();
    view! {
        <li class=classes(day) data-day=day.day.to_string()>
            <p class="calendar-number">{format!("{month}月{date}日 周{weekday}")} {mark}</p>
            <ul>{day.entries.iter().take(entries).map(entry).collect_view()}</ul>
            {more(day, entries)}
        </li>
    }
    .into_any()
}
