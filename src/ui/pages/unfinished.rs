//! What is begun and not saved, in forms and grids: kept with its tab, brought back, offered to other tabs.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::browser::tabs::tab_name;
use crate::desk::{Desk, Unfinished};
use crate::ui::app::Shell;
use crate::ui::components::button::Button;
use crate::ui::components::frame::SaveState;
use crate::ui::state::AppStore;

/// So many unfinished ones of other tabs are offered.
pub const OFFERED: usize = 3;

/// Keeps what is typed, and says so at the top.
pub fn keep(shell: Shell, town: AppStore, (form, tab): (&str, &str), text: &str) {
    let kept = town.update(|desk| desk.keep_draft(form, tab, text));
    let (_, hour, minute) = town.read_untracked(|desk| desk.now().office());
    let state = match kept {
        Ok(()) => SaveState::Draft(format!("{hour:02}:{minute:02}")),
        Err(_) => SaveState::Failed,
    };
    if shell.head.read_untracked().saved.as_ref() != Some(&state) {
        shell.head.update(|head| head.saved = Some(state));
    }
}

/// Does away with it.
pub fn forget(shell: Shell, town: AppStore, (form, tab): (&str, &str)) {
    town.update(|desk| desk.forget_own_draft(form, tab));
    shell.head.update(|head| head.saved = None);
}

/// That typed content came back, and the way to be rid of it.
pub fn restored(drop: impl Fn() + Send + Sync + 'static) -> AnyView {
    view! {
        <p class="button-row form-note" role="status">
            "已恢复上次没有保存的内容" <Button label="放弃这些内容".to_owned() on_press=move |()| drop() />
        </p>
    }
    .into_any()
}

/// That something was typed elsewhere and not saved; `place` says where.
pub fn offered(
    kept: &Unfinished,
    place: &str,
    take: impl Fn() + Send + Sync + 'static,
    drop: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    let when = kept.at.map(|at| {
        let (day, hour, minute) = at.office();
        format!("{day} {hour:02}:{minute:02} {place}")
    });
    let text = format!("{}写的内容没有保存", when.unwrap_or_else(|| "以前".to_owned()));
    view! {
        <p class="button-row form-note">
            {text} " " <Button label="接着写".to_owned() on_press=move |()| take() />
            <Button label="不要了".to_owned() on_press=move |()| drop() />
        </p>
    }
    .into_any()
}

/// What was typed into a panel, by the name of each answer; what stands there by itself is left out.
pub type Typed = BTreeMap<String, String>;

/// The answers of a panel, kept with the tab while they are typed. Copies are the same.
#[derive(Clone, Copy)]
pub struct Panel {
    shell: Shell,
    town: AppStore,
    form: StoredValue<String>,
    tab: StoredValue<String>,
}

impl Panel {
    /// The panel of that name.
    pub fn new(shell: Shell, town: AppStore, form: String) -> Panel {
        let tab = tab_name(|| town.read_untracked(Desk::draw_name));
        Panel {
            shell,
            town,
            form: StoredValue::new(form),
            tab: StoredValue::new(tab),
        }
    }

    /// What was typed before; nothing where it is damaged.
    pub fn typed(self) -> Typed {
        let (form, tab) = (self.form.get_value(), self.tab.get_value());
        let kept = self.town.read_untracked(|desk| desk.own_draft(&form, &tab));
        kept.and_then(|kept| serde_json::from_str(&kept.text).ok())
            .unwrap_or_default()
    }

    fn write(self, typed: &Typed) {
        let (form, tab) = (self.form.get_value(), self.tab.get_value());
        match typed.is_empty() {
            true => forget(self.shell, self.town, (&form, &tab)),
            false => {
                let text = serde_json::to_string(typed).unwrap_or_default();
                keep(self.shell, self.town, (&form, &tab), &text);
            }
        }
    }

    /// Keeps what `now` says whenever it changes.
    pub fn watch(self, now: impl Fn() -> Typed + 'static) {
        Effect::new(move |before: Option<Typed>| {
            let now = now();
            if before.is_some_and(|before| before != now) {
                self.write(&now);
            }
            now
        });
    }

    /// Does away with the answers whose names begin so: they were saved.
    pub fn forget(self, begin: &str) {
        let mut typed = self.typed();
        typed.retain(|name, _| !name.starts_with(begin));
        self.write(&typed);
    }
}

/// An answer of a panel: its name, what stands there by itself, and what is typed.
pub type Answer = (String, String, RwSignal<String>);

/// An answer as it was typed before, or as it stands by itself.
pub fn answer(typed: &Typed, name: String, fresh: String) -> Answer {
    let value = typed.get(&name).cloned().unwrap_or_else(|| fresh.clone());
    (name, fresh, RwSignal::new(value))
}

/// The answers that differ from what stands there by itself.
pub fn typed_of(answers: &[Answer]) -> Typed {
    let typed = answers.iter().filter(|(_, fresh, answer)| *answer.read() != *fresh);
    typed.map(|(name, _, answer)| (name.clone(), answer.get())).collect()
}
