//! The map of the town, coloured by an indicator, with the district beside it.

use std::sync::Arc;

use leptos::prelude::*;

use super::overview::figure_link;
use crate::map::TownMap;
use crate::model::indicator::{Form, Indicator, Scope, all, by_id};
use crate::ui::app::use_shell;
use crate::ui::components::button::{ButtonKind, Select};
use crate::ui::components::frame::Head;
use crate::ui::components::panel::SidePanel;
use crate::ui::components::town_map::{TownMapView, TownMapVm};
use crate::ui::figures::{Figures, use_figures};
use crate::ui::state::use_town;
use crate::view::map_page::{self, Coloured, FIRST_INDICATOR};
use crate::view::overview as vm;
use crate::view::route::{Address, Route};
use crate::view::show;

/// The query key of the chosen indicator.
const BY: &str = "by";

/// The geometry, kept as long as units and districts stay.
pub fn use_map(figures: Figures) -> Memo<Arc<TownMap>> {
    let town = use_town();
    let frame = Memo::new(move |_| figures.with(|board| board.frame().clone()));
    Memo::new(move |_| Arc::new(town.read(|desk| map_page::town_map(desk.replica(), &frame.read()))))
}

/// What the map shows for an indicator.
pub fn drawn(figures: Figures, map: Memo<Arc<TownMap>>, by: &'static Indicator) -> (TownMapVm, Coloured) {
    let map = map.get();
    let town = use_town_of(figures);
    figures.with(|board| {
        let coloured = map_page::coloured(&map, board, by);
        let plates = town.read(|desk| map_page::plates(&map, desk.replica(), board, by));
        let vm = TownMapVm {
            map: Arc::clone(&map),
            cells: coloured.cells.clone(),
            plates,
            subject: by.name.to_owned(),
        };
        (vm, coloured)
    })
}

const fn use_town_of(figures: Figures) -> crate::ui::state::Town {
    figures.town
}

/// The page.
pub fn map() -> AnyView {
    let shell = use_shell();
    shell.head.set(Head {
        full: true,
        ..Head::titled("地图")
    });
    let figures = use_figures();
    let town = figures.town;
    let map = use_map(figures);
    let by = Memo::new(move |_| shell.address.read().get(BY).unwrap_or(FIRST_INDICATOR).to_owned());
    let indicator = move || by_id(&by.read()).or_else(|| by_id(FIRST_INDICATOR));
    let shown = Memo::new(move |_| indicator().map(|i| drawn(figures, map, i)));
    let selected = Memo::new(move |_| match &shell.address.read().route {
        Route::Map { district, unit } => district.clone().or_else(|| {
            let unit = unit.as_deref()?;
            figures.with(|board| board.frame().unit(unit).map(|u| u.district.clone()))
        }),
        _ => None,
    });
    let go = move |district: Option<String>| {
        let here = shell.address.get_untracked();
        let mut to = here.clone();
        to.route = Route::Map { district, unit: None };
        shell.go(&to);
    };
    let choose = move |cell: usize| {
        let map = map.get_untracked();
        let district = map.cells.get(cell).and_then(|c| c.district);
        go(district.and_then(|d| map.districts.get(d)).map(|d| d.id.clone()));
    };
    let options: Vec<(String, String)> = all()
        .filter(|i| i.form != Form::Mean)
        .map(|i| (i.id.to_owned(), i.name.to_owned()))
        .collect();
    let picture = move || {
        shown.with(Option::is_some).then(|| {
            let vm = Signal::derive(move || shown.get().map(|s| s.0).unwrap_or_else(|| empty(map)));
            view! { <TownMapView vm selected on_choose=choose /> }
        })
    };
    let panel = move || {
        selected
            .get()
            .map(|id| district_panel(figures, id, Callback::new(move |()| go(None))))
    };
    view! {
        <div class="map-page">
            <div class="map-main">
                <div class="map-tools">
                    <span class="label">"着色"</span>
                    <Select label="着色指标" options=options chosen=by on_choose=move |id: String| shell.refine_query(BY, &id) />
                </div>
                {picture}
                <p class="map-note" style="position:static;padding:0 1.25rem .5rem">
                    "示意图，非实测边界"
                    {move || town.read(|desk| vm::is_sample_division(desk.replica())).then(|| view! { <br /> "片区为示例划分" })}
                </p>
                {move || shown.get().map(|s| legend(&s.0.subject, &s.1))}
            </div>
            {panel}
        </div>
    }
    .into_any()
}

fn empty(map: Memo<Arc<TownMap>>) -> TownMapVm {
    TownMapVm {
        map: map.get(),
        cells: Vec::new(),
        plates: Vec::new(),
        subject: String::new(),
    }
}

/// The legend as a bar of equal parts, for the small map.
pub fn scale_bar(coloured: &Coloured) -> AnyView {
    let steps = coloured.steps.iter().map(|step| {
        view! {
            <div>
                <span class=format!("swatch swatch-{}", step.step)></span>
                {step.range.clone()}
                <br />
                {format!("{} 个", step.count)}
            </div>
        }
    });
    view! { <div class="scale-bar">{steps.collect_view()}</div> }.into_any()
}

/// The legend strip with counts.
pub fn legend(subject: &str, coloured: &Coloured) -> AnyView {
    let steps = coloured.steps.iter().map(|step| {
        view! {
            <span class="legend-step">
                <span class=format!("swatch swatch-{}", step.step)></span>
                {step.range.clone()}
                " "
                <span class="muted">{format!("{} 个", step.count)}</span>
            </span>
        }
    });
    let steps = steps.collect_view();
    let without = (coloured.without > 0).then(|| {
        view! {
            <span class="legend-step">
                <span class="swatch swatch-none"></span>
                "不适用 "
                <span class="muted">{format!("{} 个", coloured.without)}</span>
            </span>
        }
    });
    view! { <div class="map-legend"><b>{subject.to_owned()}</b> {steps} {without}</div> }.into_any()
}

fn district_panel(figures: Figures, id: String, on_close: Callback<()>) -> AnyView {
    let town = figures.town;
    let name = town.read(|desk| show::district_name(desk.replica(), &id));
    let leader = figures.with(|board| town.read(|desk| vm::leader_name(desk.replica(), &id, board.as_of())));
    let scope = Scope::District(id.clone());
    let count = figures.with(|board| board.frame().units_in(&scope).count());
    let leader = leader.map_or_else(|| "还没有联系领导".to_owned(), |l| format!("联系领导 {l}"));
    let href = Address::from(Route::District(id.clone())).hash();
    view! {
        <SidePanel title=name about=format!("{leader} · {count} 个村（社区）") on_close peek=true>
            {district_body(figures, &id)}
            <p><a class=ButtonKind::Plain.class() href=href>"看片区"</a></p>
        </SidePanel>
    }
    .into_any()
}

/// Figures and units of a district.
pub fn district_body(figures: Figures, id: &str) -> AnyView {
    let scope = Scope::District(id.to_owned());
    figures.with(|board| {
        let trio = vm::figures(
            board,
            &["dream.night_talks", "dream.annual_plan", "base.centres"],
            &scope,
        );
        let trio = trio.into_iter().map(|f| {
            let label = format!("{}，{}", f.name, f.measure);
            view! { <div>{figure_link(&f)} <span>{label}</span></div> }
        });
        let trio = trio.collect_view();
        let units = board
            .frame()
            .units_in(&scope)
            .map(|unit| super::unit::unit_row(board, unit))
            .collect_view();
        view! {
            <div class="trio">{trio}</div>
            <table class="mini">
                <thead><tr><th>"村（社区）"</th><th>"五项"</th><th class="num">"夜话"</th><th>"状态"</th></tr></thead>
                <tbody>{units}</tbody>
            </table>
        }
        .into_any()
    })
}
