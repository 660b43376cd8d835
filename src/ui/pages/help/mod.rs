//! How to work with the page: one leaf for each role, to be read and handed out on paper, and everything by topic.

mod all;
mod leaf;

use leptos::prelude::*;

use crate::model::ledger::Role;
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::state::use_store;
use crate::view::route::{Address, Route};
use leaf::{LEAVES, Leaf, leaf};

/// The query key that chooses whose leaf is read: `?for=unit`.
const WHOSE: &str = "for";
/// Its value for everything.
const ALL: &str = "all";

/// The page `#/help`.
pub fn help() -> AnyView {
    let (shell, town) = (use_shell(), use_store());
    let usual = move || {
        town.read(|desk| match desk.person().role {
            Role::Unit => Role::Unit.code(),
            Role::District => Role::District.code(),
            Role::Town | Role::Guide | Role::Viewer => Role::Town.code(),
        })
    };
    let whose = Memo::new(move |_| {
        let asked = shell.address.read().get(WHOSE).map(str::to_owned);
        asked.unwrap_or_else(|| usual().to_owned())
    });
    let tabs = move || {
        let one = |code: &'static str, words: &'static str| {
            let href = Address::from(Route::Help).with(WHOSE, code).hash();
            let here = move || (*whose.read() == *code).then_some("page");
            view! { <a class=ButtonKind::Plain.class() href=href aria-current=here>{words}</a> }
        };
        let leaves = LEAVES.iter().map(|leaf| one(leaf.code, leaf.whom)).collect_view();
        view! {
            <nav class="button-row help-tabs no-print" aria-label="给谁看的说明">{leaves} {one(ALL, "全部说明")}</nav>
        }
    };
    let print = move |()| {
        if window().print().is_err() {
            shell.toasts.say("这个窗口不能打印，请在浏览器菜单里选“打印”", None);
        }
    };
    let found = move |code: &str| -> Option<&'static Leaf> { LEAVES.iter().find(|leaf| leaf.code == code) };
    let body = move || match found(&whose.read()) {
        Some(one) => view! {
            {leaf(one)}
            <p class="button-row no-print"><Button label="打印这一页".to_owned() on_press=print /></p>
        }
        .into_any(),
        None => all::all(),
    };
    view! { {tabs} {body} }.into_any()
}
