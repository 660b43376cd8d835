//! Asks the person for whom a file of the town was made whether that is who sits here.

use leptos::prelude::*;

use super::app::{Shell, use_shell};
use super::components::button::{Button, ButtonKind};
use super::components::card::Card;
use super::state::AppStore;
use crate::model::ledger::Role;
use crate::view::route::{Address, Route};
use crate::view::show;

/// The question; nothing where it does not arise.
pub fn who(town: AppStore) -> AnyView {
    let shell = use_shell();
    let asked = Memo::new(move |_| {
        town.read(|desk| {
            let (role, place) = desk.addressee()?;
            let name = match role {
                Role::Unit => show::unit_name(desk.replica(), &place),
                _ => show::district_name(desk.replica(), &place),
            };
            Some((role.code(), place, name))
        })
    });
    let part = move || {
        asked.get().map(|(role, place, name)| {
            let unit = role == Role::Unit.code();
            let (question, yes) = match unit {
                true => (format!("您是{name}的吗"), format!("是，我是{name}的")),
                false => (format!("您负责联系{name}吗"), format!("是，我联系{name}")),
            };
            let home = match unit {
                true => Route::Overview,
                false => Route::District(place.clone()),
            };
            let take = move |()| {
                let done = town.update(|desk| {
                    let label = desk.person().label.clone();
                    match unit {
                        true => desk.become_person(Role::Unit, &place, "", &label),
                        false => desk.become_person(Role::District, "", &place, &label),
                    }
                });
                town.refresh();
                if let Some(failure) = done.failure {
                    town.toasts
                        .say(format!("身份没有存下：{}", failure.notice().what), None);
                }
                shell.go_to(home.clone());
            };
            let other = move |()| {
                town.update(|desk| desk.forget_addressee());
                town.refresh();
                shell.go(&Address::from(Route::Settings).with("role", Role::Unit.code()));
            };
            view! {
                <Card title=question>
                    <p>{format!("刚合并的文件是发给{name}的。认了身份，就能看到该看、该填的，以后不用再选。")}</p>
                    <p class="button-row">
                        <Button kind=ButtonKind::Main label=yes on_press=take />
                        <Button label="不是，另选身份".to_owned() on_press=other />
                    </p>
                </Card>
            }
        })
    };
    part.into_any()
}

/// What a village is to do is on its first page: a file that was merged leads there.
pub fn after_merge(shell: Shell, town: AppStore) {
    if town.read_untracked(|desk| desk.own_unit().is_some()) {
        shell.go_to(Route::Overview);
    }
}
