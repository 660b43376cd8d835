//! A code on somebody's screen instead of a file, read by the camera.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ImportSession, words};
use crate::browser::camera::{Camera, supported};
use crate::exchange::letters::are_in;
use crate::ui::components::button::Button;

/// The button that opens the camera, where the browser can; what it sees while it is open.
pub(super) fn scan(session: ImportSession) -> Option<AnyView> {
    supported().then(|| {
        let open = RwSignal::new(false);
        let told = RwSignal::new(String::new());
        let press = move |()| {
            told.set(String::new());
            open.update(|open| *open = !*open);
        };
        let label = Signal::derive(move || if open.get() { "不扫了" } else { "扫二维码" }.to_owned());
        let seen = move || open.get().then(|| picture(session, open, told));
        view! {
            <p class="button-row"><Button label on_press=press /> <span role="status">{move || told.get()}</span></p>
            {seen}
        }
        .into_any()
    })
}

fn picture(session: ImportSession, open: RwSignal<bool>, told: RwSignal<String>) -> AnyView {
    let video = NodeRef::<html::Video>::new();
    Effect::new(move |_| {
        let Some(video) = video.get() else { return };
        spawn_local(async move {
            let camera = match Camera::open(video.into()).await {
                Ok(camera) => camera,
                Err(notice) => {
                    let _ = (told.try_set(words(&notice)), open.try_set(false));
                    return;
                }
            };
            // Until something is read, the person closes it or leaves the page.
            while open.try_get_untracked() == Some(true) {
                let seen = camera.look().await;
                let Some(text) = seen.filter(|_| open.try_get_untracked() == Some(true)) else {
                    continue;
                };
                if are_in(&text) {
                    open.set(false);
                    told.set(String::new());
                    session.take_text(&text);
                } else {
                    told.set("这不是本系统的二维码，请对准对方出示的那一个".to_owned());
                }
            }
        });
    });
    view! { <video class="scan" node_ref=video muted=true playsinline=true aria-label="摄像头看到的"></video> }
        .into_any()
}
