//! Borders from a file: chosen, reported on, and used or left.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Event, File, HtmlInputElement};

use super::MapPage;
use crate::browser::files::bytes;
use crate::map::geojson::{GeoError, MOST_BYTES, listed as named};
use crate::model::programmes;
use crate::ui::components::button::{Button, ButtonKind, Select};
use crate::ui::dom::next_id;
use crate::view::map_edit::{Answer, Question, Survey, file_in_use, schematic, survey};
use crate::view::map_page::sites_now;

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
                self.figures.town.read_untracked(|desk| {
                    let sites = sites_now(&programmes::roster(desk.replica(), desk.today()));
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
        let answers = RwSignal::new(vec![None; found.questions.len()]);
        let questions: Vec<AnyView> = found
            .questions
            .iter()
            .enumerate()
            .map(|(at, question)| asked(question, at, answers))
            .collect();
        let open = move || answers.read().iter().filter(|answer| answer.is_none()).count();
        let why_not = Signal::derive(move || match open() {
            0 => String::new(),
            n => format!("还有 {n} 个图形没有选是哪个村"),
        });
        let adopt = move |()| self.adopt(&found, &answers.read_untracked());
        view! {
            <div class="map-edit is-report" role="group" aria-label="导入边界">
                <b>{title}</b>
                <ul class="survey-report">{lines}</ul>
                {questions}
                <Button kind=ButtonKind::Main label="采用这些边界".to_owned() why_not on_press=adopt />
                <Button label="不采用".to_owned() on_press=leave />
            </div>
        }
        .into_any()
    }

    /// Puts the borders in use, with the answers to what was asked.
    fn adopt(self, found: &Survey, answers: &[Option<Answer>]) {
        let town = self.figures.town;
        let answers: Vec<Answer> = answers.iter().filter_map(|answer| *answer).collect();
        let settled = match found.questions.is_empty() {
            true => Ok(found.clone()),
            false => town.read_untracked(|desk| {
                let sites = sites_now(&programmes::roster(desk.replica(), desk.today()));
                found.answered(desk.replica(), &sites, &answers)
            }),
        };
        match settled {
            Ok(settled) => {
                let drafts = settled.adopt();
                self.survey.set(None);
                self.go(None, None);
                town.act_and_say("已采用导入的边界", |desk| desk.save("导入边界", &drafts));
            }
            Err(why) => self.survey.set(Some(Err(why.to_string()))),
        }
    }
}

/// Which of two units a shape is: its name says one, its code the other.
fn asked(question: &Question, at: usize, answers: RwSignal<Vec<Option<Answer>>>) -> AnyView {
    let (other, code) = &question.by_code;
    let options = vec![
        (String::new(), "请选择".to_owned()),
        ("name".to_owned(), format!("{}（按名称）", question.by_name)),
        ("code".to_owned(), format!("{other}（按代码 {code}）")),
        ("none".to_owned(), "都不是，不用这个图形".to_owned()),
    ];
    let word = move || match answers.read().get(at).copied().flatten() {
        None => "",
        Some(Answer::ByName) => "name",
        Some(Answer::ByCode) => "code",
        Some(Answer::Neither) => "none",
    };
    let choose = move |word: String| {
        let answer = match word.as_str() {
            "name" => Some(Answer::ByName),
            "code" => Some(Answer::ByCode),
            "none" => Some(Answer::Neither),
            _ => None,
        };
        answers.update(|answers| {
            if let Some(place) = answers.get_mut(at) {
                *place = answer;
            }
        });
    };
    let says = format!("图形“{}”的名称和代码不是同一个村（社区）：", question.shape);
    view! {
        <p class="small">{says}</p>
        <Select
            label=format!("图形“{}”是哪个村（社区）", question.shape)
            options=Signal::stored(options)
            chosen=Signal::derive(move || word().to_owned())
            on_choose=choose
        />
    }
    .into_any()
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
    if found.points > 0 {
        lines.push(format!("简化后共 {} 个点", found.points));
    }
    if !found.questions.is_empty() {
        lines.push(format!(
            "{} 个图形的名称和代码对不上，请在下面选择",
            found.questions.len()
        ));
    }
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
