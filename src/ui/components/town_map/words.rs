//! Names, values, flowers and plates on the map.

use leptos::prelude::*;

use super::Drawing;
use crate::map::{DISC_EDGE, Labels, Point, TownMap, UnitLabel, flower};
use crate::model::ledger::Programme;
use crate::ui::components::status::shape;
use crate::view::map_page::Mode;

impl Drawing {
    pub(super) fn words(self, labels: &Labels) -> AnyView {
        let map = self.map.get();
        let units = labels
            .units
            .iter()
            .map(|label| self.unit_label(&map, label))
            .collect_view();
        let plates = labels.plates.iter().map(|plate| {
            let id = map.districts[plate.district].id.clone();
            let chosen = move || self.acts.selected.with(|s| s.as_deref() == Some(id.as_str()));
            let b = plate.bounds;
            let district = plate.district;
            let shown = move || {
                let value = self.plates.with(|p| p.get(district).and_then(|p| p.value.clone()));
                value.unwrap_or_default()
            };
            let first = map.districts[district].units.first().copied();
            let bar = move || {
                let tint = first.and_then(|i| self.looks.with(|l| l.get(i).and_then(|c| c.tint)))?;
                let height = 4.0 / self.scale().max(0.01);
                let d = format!("M{} {}h{}v{height}h{}z", b.x, b.y + b.h - height, b.w, -b.w);
                Some(view! { <path class=format!("tint-{tint}") d=d></path> })
            };
            let value = plate.value.as_ref().map(|v| {
                let size = format!("font-size:{:.2}px", v.size);
                view! { <text x=v.at.x.to_string() y=v.at.y.to_string() style=size>{shown}</text> }
            });
            view! {
                <g class="plate" class:is-selected=chosen>
                    <rect x=b.x.to_string() y=b.y.to_string() width=b.w.to_string() height=b.h.to_string() rx="3"></rect>
                    {bar}
                    {text("", &plate.name)}
                    {value}
                </g>
            }
        });
        view! { <g aria-hidden="true">{units} {plates.collect_view()}</g> }.into_any()
    }

    fn unit_label(self, map: &TownMap, label: &UnitLabel) -> AnyView {
        let i = label.unit;
        let own = map.cells[i].district.map(|d| map.districts[d].id.clone());
        let on = move || {
            let step = self.looks.with(|l| l.get(i).and_then(|c| c.step));
            match (self.mode.get(), step) {
                (Mode::Indicator, Some(step)) => format!("map-label on-q-{step}"),
                _ => "map-label".to_owned(),
            }
        };
        let dim = move || self.is_dim(i, &own);
        let value = label.value.as_ref().map(|v| {
            let shown = move || self.looks.with(|l| l.get(i).map_or(String::new(), |c| c.shown.clone()));
            view! {
                <text class="map-value" x=v.at.x.to_string() y=v.at.y.to_string() style=format!("font-size:{:.2}px", v.size)>
                    {shown}
                </text>
            }
        });
        let glyph = label.flower.map(|(centre, radius)| self.glyph(i, centre, radius));
        let is_marked = label.mark.filter(|_| !self.acts.editing.get_untracked());
        let mark = is_marked.map(|b| {
            view! {
                <svg x=b.x.to_string() y=b.y.to_string() width=b.w.to_string() height=b.h.to_string()>
                    {move || self.looks.with(|l| l.get(i).and_then(|c| c.status)).map(|s| shape(s, false))}
                </svg>
            }
        });
        view! { <g class=on class:is-dim=dim>{glyph} {mark} {text("map-name", &label.name)} {value}</g> }.into_any()
    }

    fn glyph(self, i: usize, centre: Point, radius: f64) -> AnyView {
        let disc = DISC_EDGE / self.scale().max(0.01);
        let petals = move || {
            let progress = self.looks.with(|l| l.get(i).map_or([None; 5], |c| c.petals));
            let petals = Programme::ALL.into_iter().zip(flower(centre, radius, &progress));
            let petals = petals.map(|(programme, petal)| {
                let ghost = if petal.is_missing {
                    "petal-unknown"
                } else {
                    "petal-ghost"
                };
                let fill = petal
                    .fill
                    .map(|d| view! { <path class=format!("petal-{}", programme.id()) d=d></path> });
                view! { <path class=ghost d=petal.ghost></path> {fill} }
            });
            petals.collect_view()
        };
        let place = (centre.x.to_string(), centre.y.to_string());
        view! {
            <g class="map-glyph">
                <circle class="petal-disc" cx=place.0 cy=place.1 r=(radius + disc).to_string()></circle>
                {petals}
            </g>
        }
        .into_any()
    }
}

fn text(class: &'static str, t: &crate::map::Text) -> AnyView {
    let place = (t.at.x.to_string(), t.at.y.to_string());
    view! { <text class=class x=place.0 y=place.1 style=format!("font-size:{:.2}px", t.size)>{t.text.clone()}</text> }
        .into_any()
}
