//! New names for units and districts, and colours for districts, in the bar of the editor.

use leptos::prelude::*;

use super::MapPage;
use crate::model::programmes::town::ledgers::DistrictColour;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::dom::next_id;
use crate::view::map_edit::{colour, recolour, rename_district, rename_unit};
use crate::view::show;

impl MapPage {
    /// The unit that is chosen can be renamed.
    pub(super) fn name_unit(self, code: String) -> AnyView {
        let field = self.name_field(code, true);
        view! { <div class="map-edit" role="group" aria-label="修改村（社区）">{field} {self.done_button()}</div> }
            .into_any()
    }

    /// The district that is chosen can be renamed and takes another colour.
    pub(super) fn name_district(self, id: String) -> AnyView {
        let field = self.name_field(id.clone(), false);
        view! {
            <div class="map-edit" role="group" aria-label="修改片区">
                {field} {self.colours(id)} {self.done_button()}
            </div>
        }
        .into_any()
    }

    fn done_button(self) -> AnyView {
        view! { <Button label="返回全镇".to_owned() on_press=move |()| self.go(None, None) /> }.into_any()
    }

    fn name_field(self, id: String, is_unit: bool) -> AnyView {
        let town = self.figures.town;
        let label = if is_unit {
            "村（社区）名称"
        } else {
            "片区名称"
        };
        let (field, why) = (next_id("name"), next_id("why"));
        let typed = NodeRef::<leptos::html::Input>::new();
        let wrong = RwSignal::new(String::new());
        let now = {
            let id = id.clone();
            Memo::new(move |_| {
                town.read(|desk| match is_unit {
                    true => show::unit_name(desk.replica(), &id),
                    false => show::district_name(desk.replica(), &id),
                })
            })
        };
        let save = move |()| {
            let Some(input) = typed.get_untracked() else { return };
            let name = input.value();
            let draft = town.read_untracked(|desk| match is_unit {
                true => rename_unit(desk.replica(), &id, &name),
                false => rename_district(desk.replica(), &id, &name),
            });
            wrong.set(draft.as_ref().err().cloned().unwrap_or_default());
            if let Ok(Some(draft)) = draft {
                let said = format!("{}已改名为{}", now.get_untracked(), name.trim());
                town.act_and_say(said, |desk| desk.save("改名", &[draft]));
            } else if draft.is_err() {
                crate::ui::dom::focus(&input);
            }
        };
        let press = Callback::new(save);
        let enter = move |event: leptos::ev::KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                press.run(());
            }
        };
        view! {
            <label class="field-label" for=field.clone()>{label}</label>
            <input
                node_ref=typed
                class="input map-name-input"
                id=field
                autocomplete="off"
                maxlength="40"
                prop:value=now
                aria-invalid=move || (!wrong.read().is_empty()).then_some("true")
                aria-describedby=why.clone()
                on:keydown=enter
            />
            <Button kind=ButtonKind::Main label="改名".to_owned() on_press=press />
            <span class="field-error" id=why role="alert">{wrong}</span>
        }
        .into_any()
    }

    fn colours(self, id: String) -> AnyView {
        let town = self.figures.town;
        let now = {
            let id = id.clone();
            Memo::new(move |_| town.read(|desk| colour(desk.replica(), &id)))
        };
        let group = next_id("colour");
        let automatic = ("", "自动", 0);
        let given = DistrictColour::ALL
            .iter()
            .enumerate()
            .map(|(i, c)| (c.code, c.label, i + 1));
        let choices = std::iter::once(automatic).chain(given).map(|(code, word, place)| {
            let id = id.clone();
            let choose = move |_| {
                let name = town.read_untracked(|desk| show::district_name(desk.replica(), &id));
                let draft = recolour(&id, code);
                let said = match code {
                    "" => format!("{name}改为自动配色"),
                    _ => format!("{name}改为{word}色"),
                };
                town.act_and_say(said, |desk| desk.save("换颜色", &[draft]));
            };
            let sign = match place {
                0 => "swatch".to_owned(),
                place => format!("swatch ground-tint-{place}"),
            };
            view! {
                <label class="tint-choice">
                    <input type="radio" name=group.clone() prop:checked=move || *now.read() == *code on:change=choose />
                    <span class=sign></span>
                    {word}
                </label>
            }
        });
        view! { <span class="tint-choices" role="radiogroup" aria-label="片区颜色">{choices.collect_view()}</span> }
            .into_any()
    }
}
