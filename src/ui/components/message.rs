//! Messages that stay: the banner of a failure, the empty state, "all done".

use leptos::prelude::*;

use super::button::{Button, ButtonKind};
use super::status::shape;
use crate::model::status::Status;

/// A message that stays until it is solved, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its weight: a failure is `Late`, a reminder `Warn`, news `Done`.
    pub status: Status,
    /// One sentence.
    pub text: String,
    /// The act that helps, e.g. `导出备份`; empty for none.
    pub action: String,
}

/// A [`Notice`] under the top bar, or `inset` inside a page.
#[component]
pub fn Banner(notice: Notice, #[prop(into)] on_action: Callback<()>, #[prop(optional)] inset: bool) -> AnyView {
    let class = format!(
        "banner banner-{}{}",
        notice.status.key(),
        if inset { " is-inset" } else { "" }
    );
    let role = if notice.status == Status::Late {
        "alert"
    } else {
        "status"
    };
    let act = (!notice.action.is_empty())
        .then(|| view! { <Button kind=ButtonKind::Plain label=notice.action.clone() on_press=on_action /> });
    view! {
        <div class=class role=role>
            {shape(notice.status, true)}
            <p>{notice.text}</p>
            {act}
        </div>
    }
    .into_any()
}

/// Why there is nothing here, and the next step as `children` (a button or a link).
#[component]
pub fn EmptyState(#[prop(into)] why: String, #[prop(optional)] children: Option<Children>) -> AnyView {
    view! {
        <div class="empty">
            <p>{why}</p>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}

/// Nothing is left to do.
#[component]
pub fn AllDone(#[prop(into)] text: String) -> AnyView {
    view! { <p class="all-done">{shape(Status::Done, false)} {text}</p> }.into_any()
}
