//! The editor of the map: units are put elsewhere, or into another district from a day on; names, colours and borders
//! in the files beside. Every act is a record, so it is undone, sent and merged like any other.

use leptos::prelude::*;

use super::MapPage;
use crate::desk::Desk;
use crate::map::Point;
use crate::model::date::Day;
use crate::model::ledger::{Lies, TypedRow as _};
use crate::model::programmes::town::ledgers::UnitMove;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::day::day_box;
use crate::view::map_page::{move_draft, place_draft, places};
use crate::view::show;

impl MapPage {
    pub(super) fn edit_button(self) -> AnyView {
        let label = Signal::derive(move || {
            if self.editing.get() {
                "结束调整"
            } else {
                "调整地图"
            }
            .to_owned()
        });
        let why = Signal::derive(move || {
            let why = self.figures.town.read(|desk| desk.why_not(UnitMove::LEDGER, "", None));
            why.unwrap_or_default()
        });
        let press = move |()| {
            self.moving.set(None);
            self.survey.set(None);
            self.editing.update(|on| *on = !*on);
        };
        view! { <Button label=label on_press=press why_not=why /> }.into_any()
    }

    /// A handle was put down: in another district it asks from which day on, elsewhere the unit stays there.
    pub(super) fn put(self, cell: usize, (x, y): (f64, f64)) {
        let map = self.map.get_untracked();
        let Some(own) = map.cells.get(cell) else { return };
        let under = map.cell_at(Point::new(x, y)).and_then(|i| map.cells.get(i));
        match under.and_then(|c| c.district) {
            Some(district) if own.district != Some(district) => self.moving.set(Some((cell, district))),
            _ if map.is_from_file => {
                let town = self.figures.town;
                town.toasts
                    .say("已用导入的边界，位置不能移动；拖到别的片区可以调整片区", None);
            }
            _ => {
                // Places are whole map units within the drawing.
                let place = (x.clamp(0.0, map.view.w) as i32, y.clamp(0.0, map.view.h) as i32);
                let draft = place_draft(&own.code, &own.name, Some(place));
                let town = self.figures.town;
                town.act_and_say(format!("已移动{}", own.name), |desk| {
                    desk.save("移动地图上的村", &[draft])
                });
            }
        }
    }

    /// What the editor says and asks.
    pub(super) fn edit_bar(self) -> Option<AnyView> {
        self.editing.get().then(|| {
            if let Some((cell, district)) = self.moving.get() {
                return self.ask_day(cell, district);
            }
            if let Some(found) = self.survey.get() {
                return self.survey_report(found);
            }
            match self.chosen.get() {
                (_, Some(code)) => self.name_unit(code),
                (Some(id), None) => self.name_district(id),
                _ => self.edit_hint(),
            }
        })
    }

    fn edit_hint(self) -> AnyView {
        let town = self.figures.town;
        let moved = move || town.read(|desk| places(desk.replica()).len());
        let back = move |()| {
            let drafts: Vec<_> = town.read_untracked(|desk| {
                let replica = desk.replica();
                let all = places(replica).into_keys();
                all.map(|code| place_draft(&code, &show::unit_name(replica, &code), None))
                    .collect()
            });
            town.act_and_say("已恢复自动位置", |desk| desk.save("恢复地图", &drafts));
        };
        let why = Signal::derive(move || {
            if moved() > 0 {
                String::new()
            } else {
                "没有手动移动过".to_owned()
            }
        });
        view! {
            <div class="map-edit" role="group" aria-label="调整地图">
                <span>
                    "拖动圆点移动村（社区），拖到别的片区就是调整片区；也可以用方向键移动、回车放下。点开片区或村（社区），可以改名、换颜色。"
                </span>
                {self.survey_buttons()}
                <Button label="恢复自动位置".to_owned() on_press=back why_not=why />
            </div>
        }
        .into_any()
    }

    fn ask_day(self, cell: usize, district: usize) -> AnyView {
        let map = self.map.get_untracked();
        let names = map.cells.get(cell).zip(map.districts.get(district)).map(|(c, d)| {
            let to = self
                .figures
                .town
                .read_untracked(|desk| show::district_name(desk.replica(), &d.id));
            (c.code.clone(), c.name.clone(), d.id.clone(), to)
        });
        let Some((code, unit, id, to)) = names else {
            return ().into_any();
        };
        let day = RwSignal::new(untrack(|| self.figures.asked().1));
        let typed = move |new: Option<Day>| {
            if let Some(new) = new {
                day.set(new);
            }
        };
        let today = (self.figures.town.read_untracked(Desk::today), Lies::Near);
        let shown = Signal::derive(move || day.get().to_string());
        let said = format!("{unit}划入{to}");
        let words = format!("{said}，从");
        let save = move |()| {
            let draft = move_draft(&code, &id, day.get_untracked());
            let town = self.figures.town;
            self.moving.set(None);
            town.act_and_say(format!("已把{said}"), |desk| desk.save("调整片区", &[draft]));
        };
        view! {
            <div class="map-edit" role="group" aria-label="调整片区">
                <span class="period-day">
                    {words} {day_box("生效日期", shown, today, self.shell.toasts, Callback::new(typed))} "起"
                </span>
                <Button kind=ButtonKind::Main label="调整片区".to_owned() on_press=save />
                <Button label="不调整".to_owned() on_press=move |()| self.moving.set(None) />
            </div>
        }
        .into_any()
    }
}
