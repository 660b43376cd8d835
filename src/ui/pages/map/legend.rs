//! The legend under the map. A step can be pressed to show only its units.

use leptos::prelude::*;

use super::MapPage;
use crate::model::engine::indicator::Scope;
use crate::model::ledger::Programme;
use crate::model::status::Status;
use crate::ui::components::flower::programme_icon;
use crate::ui::components::status::shape;
use crate::view::map_page::{CellVm, Coloured, Mode};
use crate::view::reach;

/// The entry of the legend that a cell belongs to.
pub fn key_of(look: &CellVm, mode: Mode) -> String {
    match mode {
        Mode::Status => look.status.map_or("none", Status::key).to_owned(),
        Mode::Indicator | Mode::Petals => look.step.map_or_else(|| "none".to_owned(), |s| s.to_string()),
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

impl MapPage {
    /// The legend strip.
    pub(super) fn legend(self) -> AnyView {
        let Some((vm, coloured)) = self.shown.get() else {
            return ().into_any();
        };
        let body = match self.mode.get() {
            Mode::Indicator => self.steps(&vm.subject, &coloured),
            Mode::Petals => self.petals(),
            Mode::Status => self.statuses(&coloured),
        };
        view! { <div class="map-legend" role="group" aria-label="图例">{body}</div> }.into_any()
    }

    fn entry(self, key: String, sign: AnyView, words: String, count: usize) -> AnyView {
        let pressed = {
            let key = key.clone();
            move || {
                if self.keep.with(|k| k.as_ref() == Some(&key)) {
                    "true"
                } else {
                    "false"
                }
            }
        };
        let press = move |_| {
            self.keep.update(|keep| {
                *keep = (keep.as_ref() != Some(&key)).then(|| key.clone());
            });
        };
        view! {
            <button type="button" class="legend-step" aria-pressed=pressed on:click=press>
                {sign}
                {words}
                " "
                <span class="muted">{format!("{count} 个")}</span>
            </button>
        }
        .into_any()
    }

    fn steps(self, subject: &str, coloured: &Coloured) -> AnyView {
        let steps = coloured.steps.iter().map(|step| {
            let sign = view! { <span class=format!("swatch swatch-{}", step.step)></span> }.into_any();
            self.entry(step.step.to_string(), sign, step.range.clone(), step.count)
        });
        let steps = steps.collect_view();
        let without = (coloured.without > 0).then(|| {
            let sign = view! { <span class="swatch swatch-none"></span> }.into_any();
            self.entry("none".to_owned(), sign, "不适用".to_owned(), coloured.without)
        });
        view! { <b>{subject.to_owned()}</b> {steps} {without} }.into_any()
    }

    fn statuses(self, coloured: &Coloured) -> AnyView {
        let entries = Status::ALL.into_iter().filter_map(|status| {
            let count = coloured.cells.iter().filter(|c| c.status == Some(status)).count();
            (count > 0).then(|| {
                let words = status.word().to_owned();
                self.entry(status.key().to_owned(), shape(status, false), words, count)
            })
        });
        view! { <b>"五项中最落后的一项"</b> {entries.collect_view()} }.into_any()
    }

    fn petals(self) -> AnyView {
        let town = Programme::ALL.map(|p| (p, self.figures.with(|board| board.progress(p, &Scope::Town))));
        let entries = town.into_iter().map(|(programme, progress)| {
            let shown = progress.map_or_else(|| "无数据".to_owned(), crate::view::format::whole);
            view! {
                <span class="legend-step">
                    {programme_icon(programme)}
                    {programme.label()}
                    " "
                    <span class="muted">{shown}</span>
                </span>
            }
        });
        let reach = self.figures.reach();
        let whose = self
            .figures
            .town
            .read_untracked(|desk| reach::name(desk.replica(), &reach));
        view! { <b>{format!("花瓣长短是进度，{whose}")}</b> {entries.collect_view()} }.into_any()
    }
}
