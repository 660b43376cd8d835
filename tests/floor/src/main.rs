//! The smallest Leptos page. It says that it is ready as the page itself does: two frames after it was mounted.

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;

    fn ready() {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-ready", "yes");
        }
    }
    leptos::mount::mount_to_body(|| {
        let count = RwSignal::new(0);
        request_animation_frame(|| request_animation_frame(ready));
        view! { <button on:click=move |_| count.update(|n| *n += 1)>{move || count.get()}</button> }
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
