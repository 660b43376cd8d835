//! What is begun and not saved, in forms and grids: kept with its tab, brought back, offered to other tabs.

use leptos::prelude::*;

use crate::desk::Unfinished;
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
