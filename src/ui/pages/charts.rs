//! The charts: a finding per frame, from the records of the period.

use leptos::prelude::*;

use crate::model::engine::indicator::Scope;
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, Select};
use crate::ui::components::chart::chart;
use crate::ui::figures::{narrow_bar, period_bar, use_narrowed_figures};
use crate::ui::screen::{print, use_screen};
use crate::view::charts::{self, ChartVm, Source};
use crate::view::stands::CHARTED_UNIT;

/// The page.
pub fn charts() -> AnyView {
    let shell = use_shell();
    let screen = use_screen();
    let figures = use_narrowed_figures();
    let asked = Memo::new(move |_| shell.address.read().get(CHARTED_UNIT).map(str::to_owned));
    let units = Memo::new(move |_| {
        figures.with(|board| {
            let units = board.frame().units.iter();
            units.map(|u| (u.code.clone(), u.name.clone())).collect::<Vec<_>>()
        })
    });
    let unit = Signal::derive(move || {
        let units = units.read();
        let asked = asked.get().filter(|code| units.iter().any(|u| u.0 == *code));
        asked.or_else(|| units.first().map(|u| u.0.clone())).unwrap_or_default()
    });
    let town = move |draw: fn(Source) -> ChartVm, class, height| {
        chart(Signal::derive(move || figures.source(draw)), class, height)
    };
    let of_unit = move |draw: fn(Source, &str) -> ChartVm, class, height| {
        chart(
            Signal::derive(move || figures.source(|s| draw(s, &unit.get()))),
            class,
            height,
        )
    };
    let reach = Memo::new(move |_| figures.reach());
    // Of a single unit there is nothing to choose and nothing to compare; of a single district nothing to compare.
    let all = move || {
        let whole = *reach.read() == Scope::Town;
        if matches!(*reach.read(), Scope::Unit(_)) {
            return view! {
                {town(charts::talks_by_month, "span-6", 300.0)}
                {town(charts::kinds_by_month, "span-6", 300.0)}
                {of_unit(charts::plan_items, "span-12", 300.0)}
                {town(charts::centre_stages, "span-12", 300.0)}
            }
            .into_any();
        }
        view! {
            {town(charts::talks_heat, "span-7 tall", 0.0)}
            {town(charts::kinds_by_month, "span-5", 200.0)}
            {town(charts::talks_by_month, "span-5", 200.0)}
            {town(charts::centres, "span-5", 200.0)}
            {whole.then(|| town(charts::talks_by_district, "span-6", 300.0))}
            {whole.then(|| town(charts::programmes_by_district, "span-6", 300.0))}
            {of_unit(charts::radar, "span-4", 290.0)}
            {town(charts::pipeline, "span-4", 290.0)}
            {town(charts::secretaries, "span-4", 290.0)}
            {of_unit(charts::plan_items, "span-7", 300.0)}
            {town(charts::centre_and_income, "span-5", 300.0)}
            {town(charts::centre_stages, "span-7", 300.0)}
            {town(charts::incomes, "span-5", 300.0)}
            {town(charts::progress_heat, "span-12", 0.0)}
        }
        .into_any()
    };
    view! {
        <div class="charts-bar">
            {period_bar(figures)}
        {narrow_bar(figures)}
            <Show when=move || !matches!(*reach.read(), Scope::Unit(_))>
                <Select
                    label="单个村（社区）的图"
                    options=units
                    chosen=unit
                    on_choose=move |code: String| shell.refine_query(CHARTED_UNIT, &code)
                />
            </Show>
            <span class="end"><Button label="打印".to_owned() on_press=move |()| print(screen) /></span>
        </div>
        <div class="grid">{all}</div>
    }
    .into_any()
}
