//! Borders from a file: chosen, reported on, and used or left.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Event, File, HtmlInputElement};

use super::MapPage;
use crate::browser::files::bytes;
use crate::map::geojson::{GeoError, MOST_BYTES};
use crate::model::indicator::Frame;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::dom::next_id;
use crate::view::map_edit::{Survey, file_in_use, schematic, survey};
use crate::view::map_page::sites_now;

/// Names that are listed before the rest is only counted.
const MOST_NAMES: usize = 8;

/// `寺前村、河田村等 12 个`.
pub fn named(names: &[String]) -> String {
    let listed = names.iter().take(MOST_NAMES).cloned().collect::<Vec<_>>().join("、");
    match names.len() {
        n if n > MOST_NAMES => format!("{listed}等 {n} 个"),
        _ => listed,
    }
}

impl MapPage {
    /// Chooses a file, or goes back to the schematic map.
    pub(super) fn survey_buttons(self) -> AnyView {
        let id = next_id("borders");
        let chosen = move |event: Event| {
            let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            if let Some(input) = input {
                if let Some(file) = input.files().and_then(|files| files.get(0)) {
                    self.read_survey(file);
                }
                // So that the same file can be chosen again.
                input.set_value("");
            }
        };
        let town = self.figures.town;
        let back = move |()| {
            town.act_and_say("已恢复示意图", |desk| desk.save("恢复示意图", &[schematic()]));
        };
        let using = Memo::new(move |_| town.read(|desk| file_in_use(desk.replica())));
        view! {
            <input class="file-input" type="file" id=id.clone() accept=".geojson,.json,application/geo+json,application/json" on:change=chosen />
            <label class="button" for=id>"导入边界…"</label>
            <Show when=move || using.read().is_some()>
                <Button label="恢复示意图".to_owned() on_press=back />
            </Show>
        }
        .into_any()
    }

    fn read_survey(self, file: File) {
        let name = file.name();
        let too_long = file.size() as usize > MOST_BYTES;
        spawn_local(async move {
            let read = match too_long {
                true => Err(GeoError::TooLong.to_string()),
                false => bytes(&file)
                    .await
                    .map_err(|_| "读不到这个文件，可能已移动或删除，请重新选择".to_owned()),
            };
            let found = read.and_then(|bytes| {
                self.figures.town.peek(|desk| {
                    let sites = sites_now(&Frame::at(desk.replica(), desk.today()));
                    survey(desk.replica(), &sites, &name, &bytes).map_err(|error| error.to_string())
                })
            });
            // The page may have been left meanwhile.
            self.survey.try_set(Some(found));
        });
    }

    /// What was found in the file, and the choice to use it.
    pub(super) fn survey_report(self, found: Result<Survey, String>) -> AnyView {
        let leave = move |()| self.survey.set(None);
        let found = match found {
            Ok(found) => found,
            Err(why) => {
                return view! {
                    <div class="map-edit is-report" role="group" aria-label="导入边界">
                        <p class="field-error" role="alert">"没有导入："{why}</p>
                        {self.survey_buttons()}
                        <Button label="取消".to_owned() on_press=leave />
                    </div>
                }
                .into_any();
            }
        };
        let lines = report(&found)
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect_view();
        let title = format!("文件“{}”里的边界", found.file);
        let town = self.figures.town;
        let adopt = move |()| {
            let drafts = found.adopt();
            self.survey.set(None);
            self.go(None, None);
            town.act_and_say("已采用导入的边界", |desk| desk.save("导入边界", &drafts));
        };
        view! {
            <div class="map-edit is-report" role="group" aria-label="导入边界">
                <b>{title}</b>
                <ul class="survey-report">{lines}</ul>
                <Button kind=ButtonKind::Main label="采用这些边界".to_owned() on_press=adopt />
                <Button label="不采用".to_owned() on_press=leave />
            </div>
        }
        .into_any()
    }
}

/// The sentences of the report.
fn report(found: &Survey) -> Vec<String> {
    let mut lines = Vec::new();
    if found.units > 0 {
        lines.push(format!("{} 个村（社区）有边界", found.units));
    }
    if found.districts > 0 {
        lines.push(format!(
            "{} 个片区有边界，区内各村（社区）的界线为示意",
            found.districts
        ));
    }
    lines.push(format!("简化后共 {} 个点", found.points));
    if !found.unmatched.is_empty() {
        lines.push(format!("文件里没有对上的图形：{}", named(&found.unmatched)));
    }
    lines.push(if found.without.is_empty() {
        "全部村（社区）都能画在图上".to_owned()
    } else {
        format!("没有边界、图上不画的村（社区）：{}", named(&found.without))
    });
    lines
}
